//! A tab: where the person was in it, with scroll, selection and cursor, as in a web browser. A tab that is not shown is
//! nothing but this: its rows are listed when it is shown.

use super::Location;
use super::row_filter::RowFilter;
use super::selection::Selection;
use coffer_model::RemotePath;

/// So many visits are kept.
const VISIT_LIMIT: usize = 200;

/// Names a tab as long as the account is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TabId(pub u64);

pub struct Tab {
    pub id: TabId,
    visits: Vec<Visit>,
    pub(super) index: usize,

    /// What narrowed its rows when another tab was shown.
    pub(super) filter: Option<RowFilter>,
}

#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) location: Location,
    pub(super) scroll_top: f32,
    pub(super) selection: Selection,

    /// The folders among the rows that were unfolded, in order.
    pub(super) unfolded: Vec<RemotePath>,

    /// The folder in which an earlier run left the tab, as long as it is not known whether it is still there.
    restored: Option<RemotePath>,
}

impl Visit {
    fn new(location: Location) -> Self {
        Self {
            location,
            scroll_top: 0.0,
            selection: Selection::default(),
            unfolded: Vec::new(),
            restored: None,
        }
    }
}

impl Tab {
    pub(super) fn new(id: TabId, location: Location) -> Self {
        Self { id, visits: vec![Visit::new(location)], index: 0, filter: None }
    }

    /// One of an earlier run.
    pub(super) fn restored_at(id: TabId, location: Location) -> Self {
        let folder = location.folder().cloned();
        let mut tab = Self::new(id, location);
        tab.set_restored(folder);
        tab
    }

    pub(super) fn restored(&self) -> Option<&RemotePath> {
        self.visit().restored.as_ref()
    }

    pub(super) fn set_restored(&mut self, folder: Option<RemotePath>) {
        self.visits[self.index].restored = folder;
    }

    /// The location that it shows.
    pub fn current(&self) -> &Location {
        &self.visits[self.index].location
    }

    pub fn can_go_back(&self) -> bool {
        self.index > 0
    }

    pub fn can_go_forward(&self) -> bool {
        self.index + 1 < self.visits.len()
    }

    /// Nobody has gone anywhere since the account was opened for the first time.
    pub(super) fn is_at_begin(&self) -> bool {
        let is_at_root = self.current().folder().is_some_and(RemotePath::is_root);
        is_at_root && self.visits.len() == 1 && self.restored().is_none()
    }

    pub(super) fn visit(&self) -> &Visit {
        &self.visits[self.index]
    }

    /// Records how the current location is left, to show it again like that.
    pub(super) fn leave(&mut self, scroll_top: f32, selection: Selection, unfolded: Vec<RemotePath>) {
        let visit = &mut self.visits[self.index];
        visit.scroll_top = scroll_top;
        visit.selection = selection;
        visit.unfolded = unfolded;
    }

    /// Adds a location behind the current one; what lay ahead is forgotten.
    pub(super) fn push(&mut self, location: Location) {
        self.visits.truncate(self.index + 1);
        self.visits.push(Visit::new(location));
        if self.visits.len() > VISIT_LIMIT {
            self.visits.remove(0);
        }
        self.index = self.visits.len() - 1;
    }

    /// Puts a location in place of the current one; what lay ahead is forgotten.
    pub(super) fn replace(&mut self, location: Location) {
        self.visits.truncate(self.index + 1);
        self.visits[self.index] = Visit::new(location);
    }

    /// Goes to another visit; false when it is the current one or does not exist.
    pub(super) fn select(&mut self, index: usize) -> bool {
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

    /// Folders that moved are followed: what is known of them gets the new path.
    pub(super) fn follow_move(&mut self, from: &RemotePath, to: &RemotePath) {
        for visit in &mut self.visits {
            let folder = match &mut visit.location {
                Location::Folder(path) | Location::Space { folder: path, .. } => Some(path),
                _ => None,
            };
            for path in folder.into_iter().chain(&mut visit.unfolded).chain(&mut visit.restored) {
                if let Some(moved) = path.moved(from, to) {
                    *path = moved;
                }
            }
        }
    }

    /// Shows the parent of what was removed, if it shows something in there.
    pub(super) fn leave_removed(&mut self, removed: &RemotePath) {
        if let (Location::Folder(gone), Some(parent)) = (self.current(), removed.parent())
            && removed.contains(gone)
        {
            self.replace(Location::Folder(parent));
        }
    }
}
