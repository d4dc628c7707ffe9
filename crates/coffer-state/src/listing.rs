//! When the rows are listed: entering, refreshing, sorting, after changes, and when the service is back.

use super::{Location, State};
use coffer_model::{Outcome, RemotePath};

impl State {
    /// Nothing is known yet and waiting takes long enough to show it.
    pub fn shows_skeleton(&self) -> bool {
        self.context.is_due(self.browser.skeleton_due_secs())
    }

    /// What F5 does.
    pub(super) fn refresh(&mut self) {
        self.thumbnails.forget_failures();
        self.in_each_pane(Self::list_again);
        self.tree.refresh(None, &mut self.context);
        self.list_shared_folders();
        self.list_known_links();
        self.retry_inspector();
    }

    pub(super) fn list_again(&mut self) {
        let sort = self.folder_view().sort;
        self.browser.unfolded.list_again(None, sort, &mut self.context);
        self.browser.list_again(self.navigation.current(), sort, &mut self.context);
    }

    /// When rows are listed again by themselves.
    pub(super) fn list_due_secs(&self) -> Option<f64> {
        self.browser.list_due_secs().or_else(|| self.groups_end_secs())
    }

    pub(super) fn list_when_due(&mut self) {
        if self.browser.take_list_due(&self.context) {
            self.list_again();
        }
    }

    /// When the groups of the rows say “today” of what is yesterday.
    fn groups_end_secs(&self) -> Option<f64> {
        let until = self.browser.listing.value()?.groups.until?;
        let left = until.duration_since(self.now).as_secs_f64();
        Some(self.context.now_secs() + left.max(0.0))
    }

    /// Asks for the rows again at midnight.
    pub(super) fn group_when_due(&mut self) {
        if self.context.is_due(self.groups_end_secs()) {
            self.browser.list_soon(self.context.now_secs());
        }
    }

    pub(super) fn on_listed(&mut self, outcome: Outcome) {
        // All other lists are answered from what is kept here, or may be, whether or not the service is there.
        let is_of_service = matches!(self.navigation.current(), Location::Folder(_) | Location::Links);
        let is_online = matches!(outcome, Outcome::Done(_)) && is_of_service;
        if let Outcome::Failed(problem) = &outcome {
            self.session.record_failure(problem);
        }
        if self.replaces_restored(&outcome) {
            return;
        }
        self.check_opened_bookmark(&outcome);
        self.take_duplicates(&outcome);
        self.take_changes(&outcome);
        self.take_activity(&outcome);
        if matches!(outcome, Outcome::Done(_)) {
            self.on_past_listed();
        }
        let sort = self.folder_view().sort;
        self.browser.on_listed(outcome, self.navigation.current(), sort, &mut self.context);
        if is_online && self.session.offline {
            self.on_online(true);
        }
    }

    /// Something was edited, here or elsewhere. `None`: anything may have changed.
    pub(super) fn on_changed(&mut self, folders: Option<&[RemotePath]>) {
        self.past_has_grown();
        self.in_each_pane(|state| state.list_changed(folders));
        self.tree.refresh(folders, &mut self.context);
    }

    fn list_changed(&mut self, folders: Option<&[RemotePath]>) {
        if let Some(path) = self.navigation.current().folder() {
            let is_shown = folders.is_none_or(|folders| folders.contains(path));
            let sort = self.folder_view().sort;
            if self.browser.unfolded.list_again(folders, sort, &mut self.context) || is_shown {
                self.browser.list_again(self.navigation.current(), sort, &mut self.context);
            }
        } else {
            self.browser.list_soon(self.context.now_secs());
        }
    }
}
