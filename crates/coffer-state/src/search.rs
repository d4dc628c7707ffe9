//! The search box: what is typed is searched when typing rests, in the whole account; Esc leads back.

use super::{Focus, Place, State};
use coffer_model::RemotePath;

/// Typing has to rest so long before it is searched.
const REST_SECS: f64 = 0.25;

impl State {
    pub(super) fn edit_search(&mut self, text: String) {
        if text.trim().is_empty() {
            self.return_from_search();
            self.search_due_secs = None;
        } else {
            self.search_due_secs = Some(self.clock_secs + REST_SECS);
        }
        self.search_text = text;
    }

    pub(super) fn search_when_due(&mut self) {
        if self.is_due(self.search_due_secs) {
            self.search();
        }
    }

    /// Enter in the box: searched at once, and the keys go to the matches.
    pub(super) fn submit_search(&mut self) {
        self.search();
        self.focus = Focus::Content;
    }

    pub(super) fn leave_search(&mut self) {
        self.search_text.clear();
        self.search_due_secs = None;
        self.return_from_search();
        if self.focus == Focus::Search {
            self.focus = Focus::Content;
        }
    }

    fn search(&mut self) {
        self.search_due_secs = None;
        let query = self.search_text.trim().to_owned();
        if query.is_empty() {
            return;
        }
        let text = self.search_text.clone();
        let place = Place::Search { query, below: RemotePath::root() };
        if *self.navigation.current() == place {
            return;
        }
        if matches!(self.navigation.current(), Place::Search { .. }) {
            self.replace_visit(place);
        } else {
            self.go(place);
        }
        // As typed, with a space that the next word will follow.
        self.search_text = text;
    }

    /// To the place where the search began.
    fn return_from_search(&mut self) {
        if !matches!(self.navigation.current(), Place::Search { .. }) {
            return;
        }
        match self.navigation.before_search() {
            Some(at) => self.visit(at),
            None => self.go(Place::Folder(RemotePath::root())),
        }
    }
}
