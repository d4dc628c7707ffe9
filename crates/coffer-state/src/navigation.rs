//! History: where the person was, with scroll, selection and cursor, as in a web browser; and going from one location
//! to another.

use super::selection::Selection;
use super::{Focus, Location, State};
use coffer_model::RemotePath;

/// So many visits are kept.
const VISIT_LIMIT: usize = 200;

pub struct Navigation {
    visits: Vec<Visit>,
    index: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) location: Location,
    pub(super) scroll_top: f32,
    pub(super) selection: Selection,
}

impl Visit {
    fn new(location: Location) -> Self {
        Self { location, scroll_top: 0.0, selection: Selection::default() }
    }
}

impl Default for Navigation {
    fn default() -> Self {
        Self { visits: vec![Visit::new(Location::Folder(RemotePath::root()))], index: 0 }
    }
}

impl Navigation {
    pub fn current(&self) -> &Location {
        &self.visits[self.index].location
    }

    pub fn can_go_back(&self) -> bool {
        self.index > 0
    }

    pub fn can_go_forward(&self) -> bool {
        self.index + 1 < self.visits.len()
    }

    /// Nobody has gone anywhere since the account was opened.
    pub(super) fn is_at_begin(&self) -> bool {
        self.visits.len() == 1 && self.current().folder().is_some_and(RemotePath::is_root)
    }

    pub(super) fn visit(&self) -> &Visit {
        &self.visits[self.index]
    }

    /// Records how the current location is left, to show it again like that.
    fn leave(&mut self, scroll_top: f32, selection: Selection) {
        let visit = &mut self.visits[self.index];
        visit.scroll_top = scroll_top;
        visit.selection = selection;
    }

    /// Adds a location behind the current one; what lay ahead is forgotten.
    fn push(&mut self, location: Location) {
        self.visits.truncate(self.index + 1);
        self.visits.push(Visit::new(location));
        if self.visits.len() > VISIT_LIMIT {
            self.visits.remove(0);
        }
        self.index = self.visits.len() - 1;
    }

    /// Puts a location in place of the current one; what lay ahead is forgotten.
    fn replace(&mut self, location: Location) {
        self.visits.truncate(self.index + 1);
        self.visits[self.index] = Visit::new(location);
    }

    /// Goes to another visit; false when it is the current one or does not exist.
    fn select(&mut self, index: usize) -> bool {
        let selects = index < self.visits.len() && index != self.index;
        if selects {
            self.index = index;
        }
        selects
    }

    /// The newest visit before the current one that is no search.
    pub(super) fn before_search(&self) -> Option<usize> {
        (0..self.index).rev().find(|&index| !self.visits[index].location.is_search())
    }

    /// The folders that were shown last, but the current one, the latest first.
    pub(super) fn recent_folders(&self, most: usize) -> Vec<RemotePath> {
        let mut folders: Vec<RemotePath> = Vec::new();
        for visit in self.visits.iter().rev() {
            if let Location::Folder(path) = &visit.location
                && folders.len() < most
                && visit.location != *self.current()
                && !folders.contains(path)
            {
                folders.push(path.clone());
            }
        }
        folders
    }

    /// Where the search that is shown began.
    pub(super) fn location_before_search(&self) -> Option<&Location> {
        self.before_search().map(|index| &self.visits[index].location)
    }

    /// Folders that moved are followed: their visits get the new path.
    pub(super) fn follow_move(&mut self, from: &RemotePath, to: &RemotePath) {
        for visit in &mut self.visits {
            if let Location::Folder(path) | Location::Space { folder: path, .. } = &mut visit.location
                && let Some(moved) = path.moved(from, to)
            {
                *path = moved;
            }
        }
    }
}

impl State {
    /// Shows or hides the side bar. What is hidden does not keep the keyboard.
    pub(super) fn toggle_side_bar(&mut self) {
        self.settings.toggle_side_bar(&self.context);
        if !self.settings.side_bar_open && self.focus == Focus::Tree {
            self.focus = Focus::Content;
        }
    }

    pub(super) fn navigate_to(&mut self, location: Location) {
        self.path_field.close();
        if let Location::Folder(path) = &location
            && self.refuses_to_open(path)
        {
            return;
        }
        if *self.navigation.current() == location {
            self.refresh();
            return;
        }
        self.record_stay();
        self.leave_location();
        self.navigation.push(location);
        self.finish_navigation();
    }

    /// Shows another visit of the history.
    pub(super) fn go_to_visit(&mut self, index: usize) {
        self.record_stay();
        self.leave_location();
        if self.navigation.select(index) {
            self.finish_navigation();
        }
    }

    /// Puts another location in the place of the current one, which is no step to go back to.
    pub(super) fn replace_visit(&mut self, location: Location) {
        self.leave_location();
        self.navigation.replace(location);
        self.finish_navigation();
    }

    /// Each letter makes another search. The rows stay until those of the new one are there.
    pub(super) fn replace_search(&mut self, location: Location) {
        let shown = self.browser.listing.value().cloned();
        self.replace_visit(location);
        self.browser.keep_showing(shown);
    }

    pub(super) fn go_back(&mut self) {
        if self.navigation.can_go_back() {
            self.go_to_visit(self.navigation.index - 1);
        }
    }

    pub(super) fn go_forward(&mut self) {
        self.go_to_visit(self.navigation.index + 1);
    }

    /// To the parent folder, with the folder that was left selected in it.
    pub(super) fn go_up(&mut self) {
        match self.navigation.current().clone() {
            Location::Folder(path) => {
                if let Some(parent) = path.parent() {
                    self.show_in(parent, vec![path]);
                }
            }
            location @ Location::Past { .. } => self.go_up_in_past(&location),
            Location::Search { .. } => self.leave_search(),
            Location::Space { folder, .. } => self.leave_space(&folder),
            Location::Duplicates(below) if !below.is_root() => self.navigate_to(Location::Folder(below)),
            Location::Deleted
            | Location::Links
            | Location::Changes
            | Location::Activity { .. }
            | Location::Duplicates(_) => {
                self.navigate_to(Location::Folder(self.home()));
            }
        }
    }

    /// Opens a folder and selects items in it as soon as they are listed.
    pub(super) fn show_in(&mut self, folder: RemotePath, items: Vec<RemotePath>) {
        let location = Location::Folder(folder);
        if *self.navigation.current() != location {
            self.navigate_to(location);
        }
        self.browser.select_when_listed(items);
    }

    fn leave_location(&mut self) {
        self.leave_changes();
        self.close_filter();
        self.navigation.leave(self.browser.scroll_top, self.browser.selection.to_keep());
    }

    /// Shows the location that is current now: known rows at once, then what the account says.
    fn finish_navigation(&mut self) {
        self.path_field.cancel_lookup(&mut self.context);
        self.path_field.close();
        self.search.show(self.navigation.current());
        self.search.since_secs = self.context.now_secs();
        self.thumbnails.forget_failures();
        // The rows are asked for before the tree.
        self.enter_location();
        if let Some(path) = self.navigation.current().shown_folder() {
            self.tree.unfold_to(path, &mut self.context);
        }
    }

    /// Shows the rows of the current location, with the selection and scroll it was left with.
    pub(super) fn enter_location(&mut self) {
        let sort = self.folder_view().sort;
        self.browser.enter(self.navigation.visit(), sort, &mut self.context);
        match self.navigation.current().clone() {
            Location::Duplicates(below) => self.enter_duplicates(&below),
            Location::Changes => self.enter_changes(),
            Location::Activity { .. } => self.enter_activity(),
            Location::Past { folder, at } => self.enter_past(folder, at),
            _ => {}
        }
        if !self.navigation.current().is_past() {
            self.tree.leave_past();
        }
    }

    /// The folder that is shown got another path: its rows are listed there, and look as they did.
    pub(super) fn enter_same_location(&mut self) {
        self.leave_location();
        self.enter_location();
    }

    pub(super) fn set_focus(&mut self, focus: Focus) {
        self.focus = focus;
        if focus == Focus::Tree {
            self.tree.focus(self.navigation.current().shown_folder());
        }
    }

    /// Gives the keyboard back to the rows when a field had it.
    pub(super) fn release_focus(&mut self, field: Focus) {
        if self.focus == field {
            self.focus = Focus::Content;
        }
    }
}
