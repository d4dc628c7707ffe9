//! The search box: what is typed is searched when typing rests, in the whole account; Esc leads back.

use super::{Focus, Location, State};
use coffer_model::RemotePath;

/// Typing has to rest so long before it is searched.
const REST_SECS: f64 = 0.25;

#[derive(Default)]
pub struct SearchField {
    /// As typed, whether or not it is being searched.
    text: String,

    /// When the text is searched.
    due_secs: Option<f64>,
}

impl SearchField {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn due_secs(&self) -> Option<f64> {
        self.due_secs
    }

    /// Shows the query of a location; nothing where that is no search.
    pub(super) fn show(&mut self, location: &Location) {
        self.due_secs = None;
        self.text = match location {
            Location::Search { query, .. } => query.clone(),
            _ => String::new(),
        };
    }

    fn edit(&mut self, text: String, now_secs: f64) {
        self.due_secs = (!text.trim().is_empty()).then_some(now_secs + REST_SECS);
        self.text = text;
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl State {
    pub(super) fn edit_search(&mut self, text: String) {
        if text.trim().is_empty() {
            self.return_from_search();
        }
        self.search.edit(text, self.context.now_secs());
    }

    pub(super) fn search_when_due(&mut self) {
        if self.context.is_due(self.search.due_secs) {
            self.run_search();
        }
    }

    /// Enter in the box: searched at once, and the keys go to the matches.
    pub(super) fn submit_search(&mut self) {
        self.run_search();
        self.focus = Focus::Content;
    }

    pub(super) fn leave_search(&mut self) {
        self.search.clear();
        self.return_from_search();
        self.release_focus(Focus::Search);
    }

    fn run_search(&mut self) {
        self.search.due_secs = None;
        let text = self.search.text.clone();
        let query = text.trim().to_owned();
        let location = Location::Search { query, below: RemotePath::root() };
        if text.trim().is_empty() || *self.navigation.current() == location {
            return;
        }
        if self.navigation.current().is_search() {
            self.replace_visit(location);
        } else {
            self.navigate_to(location);
        }
        // As typed, with a space that the next word will follow.
        self.search.text = text;
    }

    /// To the location where the search began.
    fn return_from_search(&mut self) {
        if !self.navigation.current().is_search() {
            return;
        }
        match self.navigation.before_search() {
            Some(index) => self.go_to_visit(index),
            None => self.navigate_to(Location::Folder(RemotePath::root())),
        }
    }
}
