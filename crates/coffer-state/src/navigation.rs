//! History: where the person was, with scroll, selection and cursor, as in a web browser.

use super::requests::Purpose;
use super::selection::Selection;
use super::{Focus, Place, State};
use coffer_model::{Entry, Job, Outcome, Receipt, RemotePath};

/// So many visits are kept.
const VISIT_LIMIT: usize = 200;

pub struct Navigation {
    pub(super) visits: Vec<Visit>,
    pub(super) at: usize,
}

#[derive(Clone, Debug)]
pub struct Visit {
    pub place: Place,
    pub scroll_top: f32,
    pub selection: Selection,
}

impl Visit {
    fn new(place: Place) -> Self {
        Self { place, scroll_top: 0.0, selection: Selection::default() }
    }
}

impl Default for Navigation {
    fn default() -> Self {
        Self { visits: vec![Visit::new(Place::Folder(RemotePath::root()))], at: 0 }
    }
}

impl Navigation {
    pub fn current(&self) -> &Place {
        &self.visits[self.at].place
    }

    pub fn can_go_back(&self) -> bool {
        self.at > 0
    }

    pub fn can_go_forward(&self) -> bool {
        self.at + 1 < self.visits.len()
    }

    /// Forgets what lay ahead and stands at a new place.
    fn push(&mut self, place: Place) {
        self.visits.truncate(self.at + 1);
        self.visits.push(Visit::new(place));
        if self.visits.len() > VISIT_LIMIT {
            self.visits.remove(0);
        }
        self.at = self.visits.len() - 1;
    }

    /// The newest visit before the current one that is no search.
    pub(super) fn before_search(&self) -> Option<usize> {
        (0..self.at).rev().find(|&at| !matches!(self.visits[at].place, Place::Search { .. }))
    }
}

impl State {
    /// The place shown.
    pub fn place(&self) -> &Place {
        self.navigation.current()
    }

    pub(super) fn go(&mut self, place: Place) {
        self.path_text = None;
        if *self.navigation.current() == place {
            self.refresh();
            return;
        }
        self.leave();
        self.navigation.push(place);
        self.arrive();
    }

    /// Shows another entry of the history.
    pub(super) fn visit(&mut self, at: usize) {
        if at < self.navigation.visits.len() && at != self.navigation.at {
            self.leave();
            self.navigation.at = at;
            self.arrive();
        }
    }

    /// Puts another search in the place of the current one, so that each letter does not make a step to go back.
    pub(super) fn replace_visit(&mut self, place: Place) {
        self.leave();
        self.navigation.visits.truncate(self.navigation.at + 1);
        self.navigation.visits[self.navigation.at] = Visit::new(place);
        self.arrive();
    }

    pub(super) fn go_back(&mut self) {
        if self.navigation.can_go_back() {
            self.visit(self.navigation.at - 1);
        }
    }

    pub(super) fn go_forward(&mut self) {
        self.visit(self.navigation.at + 1);
    }

    /// To the folder around, with the folder that was left selected in it.
    pub(super) fn go_up(&mut self) {
        match self.navigation.current().clone() {
            Place::Folder(path) => {
                if let Some(parent) = path.parent() {
                    self.show_in(parent, vec![path]);
                }
            }
            Place::Search { .. } => self.leave_search(),
            Place::Deleted | Place::Links => self.go(Place::Folder(RemotePath::root())),
        }
    }

    /// Opens a folder and selects items in it as soon as they are listed.
    pub(super) fn show_in(&mut self, folder: RemotePath, items: Vec<RemotePath>) {
        let place = Place::Folder(folder);
        if *self.navigation.current() != place {
            self.go(place);
        }
        self.select_when_listed(items);
    }

    /// A typed path: shown at once when it is known what stands there, else looked up.
    pub(super) fn go_to_typed(&mut self, text: &str) {
        let path = RemotePath::new(text.trim());
        let known = self.browser.listing.value().and_then(|listing| listing.entry_of(&path)).cloned();
        self.cancel(self.locating);
        self.locating = None;
        if path.is_root() {
            self.arrive_at_typed(Place::Folder(path));
        } else if let Some(entry) = known {
            self.arrive_at_located(&entry);
        } else {
            self.path_text = Some(text.to_owned());
            self.locating = Some(self.run(Job::Locate { path }, Purpose::Locate));
        }
    }

    pub(super) fn on_located(&mut self, outcome: Outcome) {
        self.locating = None;
        match outcome {
            Outcome::Done(Receipt::Located(entry)) => self.arrive_at_located(&entry),
            // The field stays as it was typed, to be mended.
            Outcome::Failed(problem) => self.report(problem, None),
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    pub(super) fn leave_path(&mut self) {
        self.cancel(self.locating);
        self.locating = None;
        self.path_text = None;
        if self.focus == Focus::Path {
            self.focus = Focus::Content;
        }
    }

    fn arrive_at_located(&mut self, entry: &Entry) {
        self.leave_path();
        if entry.is_folder() {
            self.arrive_at_typed(Place::Folder(entry.path.clone()));
        } else if let Some(parent) = entry.path.parent() {
            self.show_in(parent, vec![entry.path.clone()]);
            self.focus = Focus::Content;
        }
    }

    fn arrive_at_typed(&mut self, place: Place) {
        self.leave_path();
        self.focus = Focus::Content;
        self.go(place);
    }

    /// Notes how the place is left, to find it again so.
    fn leave(&mut self) {
        let visit = &mut self.navigation.visits[self.navigation.at];
        visit.scroll_top = self.browser.scroll_top;
        visit.selection = self.browser.selection.to_keep();
    }

    /// Shows the place that is current now: known rows at once, then what the account says.
    fn arrive(&mut self) {
        let visit = self.navigation.visits[self.navigation.at].clone();
        self.cancel(self.locating);
        self.locating = None;
        self.path_text = None;
        self.search_due_secs = None;
        self.search_text = match &visit.place {
            Place::Search { query, .. } => query.clone(),
            _ => String::new(),
        };
        self.thumbnails.forget_failures();
        // The rows are asked for before the tree.
        self.enter(visit.selection, visit.scroll_top);
        if let Place::Folder(path) = &visit.place {
            self.unfold_tree_to(path);
        }
    }
}
