//! Links: the share dialog, and the command that puts a link straight on the clipboard.

use super::State;
use super::context::StateContext;
use super::requests::RequestPurpose;
use super::text;
use coffer_model::{Edit, Entry, Job, Load, Operation, Outcome, Receipt, RemotePath, RequestId, SharedLink};

pub struct ShareDialog {
    pub entry: Entry,
    pub link: Load<SharedLink>,
    /// The link was put on the clipboard.
    pub copied: bool,
    pub revoked: bool,
    /// The person has asked for a link, so one is made if there is none.
    pub creating: bool,
    /// Set while it is being revoked.
    pub revoking: Option<RequestId>,
    request: Option<RequestId>,
}

impl ShareDialog {
    /// Shows the link that there is. None is made: whoever looks has not shared anything yet.
    fn open(entry: Entry, context: &mut StateContext) -> Self {
        let link = Load::Pending { previous: entry.link.as_deref().cloned() };
        let (copied, revoked, creating) = (false, false, false);
        let mut share = Self { entry, link, copied, revoked, creating, revoking: None, request: None };
        share.load_link(context);
        share
    }

    /// Creates the link, which is put on the clipboard.
    pub(super) fn create_link(&mut self, context: &mut StateContext) {
        self.creating = true;
        self.load_link(context);
    }

    /// Finds the link, or creates it once the person has asked for that. Also another try of what has failed.
    pub(super) fn load_link(&mut self, context: &mut StateContext) {
        if self.request.is_none() && self.revoking.is_none() {
            let path = self.entry.path.clone();
            let job = if self.creating { Job::CreateLink { path } } else { Job::FindLink { path } };
            self.request = Some(context.run(job, RequestPurpose::ShareLink));
            self.revoked = false;
            self.link.begin();
        }
    }

    pub(super) fn copy_link(&mut self, context: &mut StateContext) {
        if let Some(link) = self.link.value() {
            context.copy_text(link.url.clone());
            self.copied = true;
        }
    }

    pub(super) fn open_link(&self, context: &mut StateContext) {
        if let Some(link) = self.link.value() {
            context.browse(link.url.clone());
        }
    }

    fn revoke_edit(&self) -> Option<Edit> {
        let link = self.link.value().filter(|_| self.revoking.is_none())?.clone();
        Some(Edit::RevokeLink { path: self.entry.path.clone(), link })
    }

    /// The link no longer works.
    pub(super) fn on_revoked(&mut self) {
        self.revoking = None;
        self.revoked = true;
        self.copied = false;
        self.creating = false;
        self.link = Load::Idle;
        self.entry.link = None;
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
    }
}

impl State {
    pub(super) fn open_share(&mut self) {
        if let Some(entry) = self.browser.only_selected().filter(|entry| !entry.is_deleted()).cloned() {
            self.close_dialog();
            let share = ShareDialog::open(entry, &mut self.context);
            self.open_dialog(share);
        }
    }

    /// The dialog's link is there, or there is none. One that was asked for is copied at once.
    pub(super) fn on_share_link(&mut self, outcome: Outcome) {
        if let Outcome::Failed(problem) = &outcome {
            self.session.record_failure(problem);
        }
        let Some((share, context)) = self.share_mut() else { return };
        share.request = None;
        match outcome {
            Outcome::Done(Receipt::Link { link, operation }) => {
                let path = share.entry.path.clone();
                share.link = Load::Ready(link);
                if share.creating {
                    share.copy_link(context);
                    self.on_link_created(&path, operation);
                }
            }
            // What the row said was not true any more.
            Outcome::Done(_) => share.link = Load::Idle,
            Outcome::Cancelled => share.link.end(),
            Outcome::Failed(problem) => share.link.fail(problem),
        }
    }

    pub(super) fn revoke_link(&mut self) {
        let Some(edit) = self.share_mut().and_then(|(share, _)| share.revoke_edit()) else { return };
        let id = self.run_edit(edit);
        if let Some((share, _)) = self.share_mut() {
            share.revoking = Some(id);
        }
    }

    /// The command: no dialog, a toast says that the link is on the clipboard.
    pub(super) fn copy_link(&mut self) {
        if let Some(path) = self.browser.only_selected().map(|entry| entry.path.clone()) {
            self.copy_link_of(path);
        }
    }

    pub(super) fn copy_link_of(&mut self, path: RemotePath) {
        self.context.run(Job::CreateLink { path: path.clone() }, RequestPurpose::CopyLink(path));
    }

    pub(super) fn on_copied_link(&mut self, path: RemotePath, outcome: Outcome) {
        match outcome {
            Outcome::Done(Receipt::Link { link, operation }) => {
                self.context.copy_text(link.url);
                self.toast_done(text::link_copied(path.name()), None);
                self.on_link_created(&path, operation);
            }
            Outcome::Failed(problem) => self.report(problem, Some(Job::CreateLink { path })),
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    /// The row of the item has a badge from now on.
    fn on_link_created(&mut self, path: &RemotePath, operation: Option<Operation>) {
        self.record_operation(operation);
        self.on_changed(Some(path.parent().as_slice()));
    }
}
