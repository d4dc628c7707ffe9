//! What is done with tabs: opening, closing, showing and arranging them.

use super::tab::TabId;
use super::{Location, State};
use coffer_model::RemotePath;

/// What is done with a tab in the strip, or with something that can be one.
#[derive(Clone, Debug, PartialEq)]
pub enum TabAction {
    Show(TabId),
    Close(TabId),
    /// Closes all but this one.
    CloseOthers(TabId),
    /// Puts it to this place among the tabs, counted from the left.
    Move(TabId, usize),
    /// Opens a location behind the tab that is shown.
    Open(Location),
}

impl State {
    pub(super) fn apply_to_tabs(&mut self, action: TabAction) {
        match action {
            TabAction::Show(id) => {
                if let Some(index) = self.navigation.tab_index(id) {
                    self.show_tab(index);
                }
            }
            TabAction::Close(id) => {
                if let Some(index) = self.navigation.tab_index(id) {
                    self.close_tab(index);
                }
            }
            TabAction::CloseOthers(id) => {
                if let Some(index) = self.navigation.tab_index(id) {
                    self.show_tab(index);
                }
                let others = |state: &Self| state.navigation.tabs().iter().rposition(|tab| tab.id != id);
                while let Some(index) = others(self).filter(|_| self.navigation.tab_index(id).is_some()) {
                    self.close_tab(index);
                }
            }
            TabAction::Move(id, to) => {
                if let Some(index) = self.navigation.tab_index(id) {
                    self.navigation.move_tab(index, to);
                }
            }
            TabAction::Open(location) => self.open_behind(location),
        }
    }

    fn show_tab(&mut self, index: usize) {
        if index != self.navigation.shown_tab() {
            self.leave_tab();
            self.navigation.show_tab(index);
            self.enter_tab();
        }
    }

    /// Another tab at the same folder, which is shown; where there is none, at home.
    pub(super) fn new_tab(&mut self) {
        let folder = self.navigation.current().shown_folder().cloned();
        let location = Location::Folder(folder.unwrap_or_else(|| self.home()));
        let index = self.navigation.add_tab(location);
        self.show_tab(index);
    }

    /// A tab that is not shown until the person goes there. Nothing is asked for it before.
    fn open_behind(&mut self, location: Location) {
        let is_refused = location.folder().cloned().is_some_and(|folder| self.refuses_to_open(&folder));
        if !is_refused {
            self.navigation.add_tab(location);
        }
    }

    /// Opens the selected folder behind the tab that is shown.
    pub(super) fn open_selected_behind(&mut self) {
        if let Some(folder) = self.folder_for_tab().cloned() {
            self.open_behind(self.navigation.current().of_folder(folder));
        }
    }

    /// The one selected folder.
    pub(super) fn folder_for_tab(&self) -> Option<&RemotePath> {
        self.browser.only_selected().filter(|entry| entry.is_folder()).map(|entry| &entry.path)
    }

    fn close_tab(&mut self, index: usize) {
        if self.navigation.tabs().len() == 1 {
            return;
        }
        let is_shown = index == self.navigation.shown_tab();
        if is_shown {
            self.leave_tab();
        }
        self.navigation.close_tab(index);
        if is_shown {
            self.enter_tab();
        }
    }

    pub(super) fn close_shown_tab(&mut self) {
        self.close_tab(self.navigation.shown_tab());
    }

    /// Opens the tab again that was closed last, with its history.
    pub(super) fn reopen_tab(&mut self) {
        if let Some(index) = self.navigation.reopen_tab() {
            self.show_tab(index);
        }
    }

    /// Shows the tab beside the one that is shown, round and round.
    pub(super) fn step_tab(&mut self, forward: bool) {
        let count = self.navigation.tabs().len();
        let step = if forward { 1 } else { count - 1 };
        self.show_tab((self.navigation.shown_tab() + step) % count);
    }

    /// Puts the tab that is shown one place to the right or left.
    pub(super) fn move_shown_tab(&mut self, right: bool) {
        let from = self.navigation.shown_tab();
        let to = if right { from + 1 } else { from.saturating_sub(1) };
        self.navigation.move_tab(from, to);
    }
}
