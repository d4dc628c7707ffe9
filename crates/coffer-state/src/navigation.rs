//! The tabs, and going from one location to another. What a tab remembers is in `tab`, what is done with tabs in `tabs`.

use super::tab::{Tab, TabId};
use super::{Focus, Location, State};
use coffer_model::RemotePath;
use std::ops::{Deref, DerefMut};

/// So many closed tabs can be opened again.
const CLOSED_LIMIT: usize = 20;

/// The tabs, of which one is shown.
pub struct Navigation {
    tabs: Vec<Tab>,
    shown: usize,

    /// Tabs that were closed, with where they stood, the latest last.
    closed: Vec<(usize, Tab)>,

    last_id: u64,
}

impl Default for Navigation {
    fn default() -> Self {
        let root = Tab::new(TabId(0), Location::Folder(RemotePath::root()));
        Self { tabs: vec![root], shown: 0, closed: Vec::new(), last_id: 0 }
    }
}

/// The tab that is shown.
impl Deref for Navigation {
    type Target = Tab;

    fn deref(&self) -> &Tab {
        &self.tabs[self.shown]
    }
}

impl DerefMut for Navigation {
    fn deref_mut(&mut self) -> &mut Tab {
        &mut self.tabs[self.shown]
    }
}

impl Navigation {
    /// The tabs of an earlier run; at the root where there are none.
    pub(super) fn restored_tabs(locations: Vec<Location>, shown: usize) -> Self {
        if locations.is_empty() {
            return Self::default();
        }
        let last_id = locations.len() as u64 - 1;
        let tabs = (0..).zip(locations).map(|(id, location)| Tab::restored_at(TabId(id), location)).collect();
        let mut navigation = Self { tabs, shown: 0, closed: Vec::new(), last_id };
        navigation.show_tab(shown);
        navigation
    }

    /// From left to right; there is always one.
    pub fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    /// Which of the tabs is shown.
    pub fn shown_tab(&self) -> usize {
        self.shown
    }

    pub(super) fn tab_index(&self, id: TabId) -> Option<usize> {
        self.tabs.iter().position(|tab| tab.id == id)
    }

    pub(super) fn show_tab(&mut self, index: usize) {
        self.shown = index.min(self.tabs.len() - 1);
    }

    /// Adds a tab behind all others; answers where it is.
    pub(super) fn add_tab(&mut self, location: Location) -> usize {
        let tab = self.new_tab(location);
        self.tabs.push(tab);
        self.tabs.len() - 1
    }

    /// Makes a tab that is not among the others.
    pub(super) fn new_tab(&mut self, location: Location) -> Tab {
        self.last_id += 1;
        Tab::new(TabId(self.last_id), location)
    }

    /// Closes a tab. In the place of the one that is shown comes the next, or the one before the last. The only one stays.
    pub(super) fn close_tab(&mut self, index: usize) {
        if self.tabs.len() == 1 || index >= self.tabs.len() {
            return;
        }
        let tab = self.tabs.remove(index);
        self.closed.push((index, tab));
        if self.closed.len() > CLOSED_LIMIT {
            self.closed.remove(0);
        }
        let shown = if index < self.shown { self.shown - 1 } else { self.shown };
        self.show_tab(shown);
    }

    pub(super) fn has_closed_tab(&self) -> bool {
        !self.closed.is_empty()
    }

    /// Puts the tab that was closed last back to its place; answers where that is.
    pub(super) fn reopen_tab(&mut self) -> Option<usize> {
        let (index, tab) = self.closed.pop()?;
        let index = index.min(self.tabs.len());
        self.tabs.insert(index, tab);
        if index <= self.shown {
            self.shown += 1;
        }
        Some(index)
    }

    /// Puts a tab to another place among the others.
    pub(super) fn move_tab(&mut self, from: usize, to: usize) {
        if from.max(to) < self.tabs.len() {
            let shown = self.id;
            let tab = self.tabs.remove(from);
            self.tabs.insert(to, tab);
            self.shown = self.tab_index(shown).unwrap_or_default();
        }
    }

    /// Folders that moved are followed in all tabs.
    pub(super) fn follow_move(&mut self, from: &RemotePath, to: &RemotePath) {
        let closed = self.closed.iter_mut().map(|(_, tab)| tab);
        for tab in self.tabs.iter_mut().chain(closed) {
            tab.follow_move(from, to);
        }
    }

    /// Tabs that are not shown leave what was removed.
    pub(super) fn leave_removed(&mut self, removed: &RemotePath) {
        let shown = self.id;
        for tab in self.tabs.iter_mut().filter(|tab| tab.id != shown) {
            tab.leave_removed(removed);
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
        self.browser.keep_narrowed(self.navigation.current());
        self.record_visit();
    }

    /// Records how the rows are left.
    fn record_visit(&mut self) {
        let browser = &self.browser;
        let (selection, unfolded) = (browser.selection.to_keep(), browser.unfolded.paths());
        self.navigation.leave(browser.scroll_top, selection, unfolded);
    }

    /// As [`Self::leave_location`], with what narrows the rows kept for the tab.
    pub(super) fn leave_tab(&mut self) {
        self.record_stay();
        self.leave_changes();
        self.browser.keep_narrowed(self.navigation.current());
        self.record_visit();
        self.navigation.filter = self.browser.take_filter(&mut self.context);
    }

    /// Shows the tab that is the current one now as it was left.
    pub(super) fn enter_tab(&mut self) {
        self.browser.filter = self.navigation.filter.take();
        self.focus = Focus::Content;
        self.finish_navigation();
    }

    /// Shows the location that is current now: known rows at once, then what the account says.
    pub(super) fn finish_navigation(&mut self) {
        self.leave_inspector();
        self.thumbnails.forget_failures();
        // The rows are asked for before the tree.
        self.enter_location();
        self.show_beside_rows();
    }

    /// Path, search and tree follow the location that is current now.
    pub(super) fn show_beside_rows(&mut self) {
        self.path_field.cancel_lookup(&mut self.context);
        self.path_field.close();
        self.search.show(self.navigation.current());
        self.search.since_secs = self.context.now_secs();
        if let Some(path) = self.navigation.current().shown_folder() {
            self.tree.unfold_to(path, &mut self.context);
        }
    }

    /// Shows the rows of the current location, with the selection and scroll it was left with.
    pub(super) fn enter_location(&mut self) {
        self.toasts.leave_location(self.context.now_secs());
        let view = self.folder_view();
        self.browser.enter(self.navigation.visit(), view, &mut self.context);
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
        self.leave_changes();
        self.close_filter();
        self.record_visit();
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
