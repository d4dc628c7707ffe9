//! Two panes side by side, each with a location, rows and a history of its own. All of the state speaks of the active one, which
//! has the keyboard. The other is kept here, hears of all changes, and changes places with it when the person goes there.

use super::browser::Browser;
use super::tab::Tab;
use super::{Focus, Location, State};
use coffer_model::{RemotePath, SavedPane};

/// The pane that is not active.
pub struct OtherPane {
    pub(super) tab: Tab,
    pub(super) browser: Browser,
    /// It stands at the left of the active one.
    pub is_left: bool,
}

/// What is done with a pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaneAction {
    /// The other pane becomes the active one.
    ShowOther,
    /// Closes the other pane, or the active one, in whose place the other comes.
    Close { other: bool },
}

impl OtherPane {
    pub fn location(&self) -> &Location {
        self.tab.current()
    }
}

impl Location {
    /// Its rows are all that there is to show. What else is known of the others is there once, for the active pane.
    pub fn is_shown_in_other_pane(&self) -> bool {
        matches!(self, Self::Folder(_) | Self::Search { .. } | Self::Deleted | Self::Links)
    }
}

impl State {
    /// Does something with the other pane as if it were the active one; `None` where there is only one.
    pub fn with_other_pane<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.other_pane.as_ref()?;
        self.swap_panes();
        let result = act(self);
        self.swap_panes();
        Some(result)
    }

    /// Does something in each pane.
    pub(super) fn in_each_pane(&mut self, act: impl Fn(&mut Self)) {
        act(self);
        self.with_other_pane(act);
    }

    pub(super) fn swap_panes(&mut self) {
        if let Some(other) = &mut self.other_pane {
            std::mem::swap(&mut *self.navigation, &mut other.tab);
            std::mem::swap(&mut self.browser, &mut other.browser);
        }
    }

    pub(super) fn apply_to_panes(&mut self, action: PaneAction) {
        match action {
            PaneAction::ShowOther => self.show_other_pane(),
            PaneAction::Close { other: true } => self.close_other_pane(),
            PaneAction::Close { other: false } => {
                self.show_other_pane();
                self.close_other_pane();
            }
        }
    }

    /// Opens a second pane at the right, with the same folder, or closes the other one.
    pub(super) fn toggle_panes(&mut self) {
        if self.other_pane.is_some() {
            self.close_other_pane();
            return;
        }
        let folder = self.navigation.current().shown_folder().cloned();
        let location = Location::Folder(folder.unwrap_or_else(|| self.home()));
        let tab = self.navigation.new_tab(location);
        self.other_pane = Some(OtherPane { tab, browser: self.browser.for_other_pane(), is_left: false });
        self.with_other_pane(Self::list_pane);
        self.show_other_pane();
    }

    /// Opens the second pane as an earlier run has left it.
    pub(super) fn restore_other_pane(&mut self, saved: Option<SavedPane>) {
        if let Some(SavedPane { is_left, location }) = saved {
            let tab = self.navigation.new_tab(Location::from(location));
            self.other_pane = Some(OtherPane { tab, browser: self.browser.for_other_pane(), is_left });
            self.with_other_pane(|state| {
                if state.navigation.current().is_shown_in_other_pane() {
                    state.list_pane();
                }
            });
        }
    }

    fn close_other_pane(&mut self) {
        if let Some(mut other) = self.other_pane.take() {
            other.browser.cancel_requests(&mut self.context);
        }
    }

    /// Goes to the other pane: what the window shows beside the rows is about that one now.
    pub(super) fn show_other_pane(&mut self) {
        if self.other_pane.is_none() {
            return;
        }
        self.record_stay();
        self.leave_changes();
        // Only the active pane gives way when its folder is gone since an earlier run.
        self.navigation.set_restored(None);
        self.swap_panes();
        if let Some(other) = &mut self.other_pane {
            other.is_left = !other.is_left;
        }
        self.focus = Focus::Content;
        self.show_beside_rows();
        if self.navigation.current().is_shown_in_other_pane() {
            self.tree.leave_past();
        } else {
            self.enter_location();
        }
    }

    /// When the rows of the other pane are listed again by themselves.
    pub(super) fn other_pane_due_secs(&self) -> Option<f64> {
        self.other_pane.as_ref()?.browser.list_due_secs()
    }

    /// Lists the rows of a pane that is not active.
    fn list_pane(&mut self) {
        let view = self.folder_view();
        self.browser.enter(self.navigation.visit(), view, &mut self.context);
    }

    /// The folder of the other pane was removed, or got another path.
    pub(super) fn follow_in_other_pane(&mut self, shown: &Location, parent: Option<RemotePath>) {
        if let Some(parent) = parent {
            self.navigation.replace(Location::Folder(parent));
        }
        if self.navigation.current() != shown {
            self.list_pane();
        }
    }

    /// Where the other pane lets what is selected here go; `None` where that means nothing.
    pub(super) fn folder_of_other_pane(&self) -> Option<&RemotePath> {
        let target = self.other_pane.as_ref()?.location().folder()?;
        (self.navigation.current().folder() != Some(target)).then_some(target)
    }

    /// Moves or copies what is selected into the folder of the other pane.
    pub(super) fn send_to_other_pane(&mut self, copy: bool) {
        if let Some(target) = self.folder_of_other_pane().cloned() {
            let entries = self.browser.cloned_selection();
            self.drop_entries(entries, &target, copy);
        }
    }
}
