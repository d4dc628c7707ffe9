//! Links: the share dialog, and the command that puts a link straight on the clipboard.

use super::State;
use super::context::StateContext;
use super::requests::RequestPurpose;
use super::text;
use coffer_model::link::{Audience, LinkOptions, LinkSettings};
use coffer_model::{
    Edit, Entry, Job, Load, Operation, Outcome, Problem, Receipt, RemotePath, RequestId, SharedLink,
};

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
    /// As the link is to be, or as it is.
    pub settings: LinkSettings,
    /// Its settings are being changed.
    pub is_changing: bool,
    /// They were, or why they were not.
    pub changed: Option<Result<(), Problem>>,
    /// What can be chosen for a new link.
    new_link_options: LinkOptions,
    request: Option<RequestId>,
}

impl ShareDialog {
    /// Shows the link that there is. None is made: whoever looks has not shared anything yet.
    fn open(
        entry: Entry,
        known: Option<SharedLink>,
        new_link_options: LinkOptions,
        context: &mut StateContext,
    ) -> Self {
        let mut share = Self {
            settings: known.as_ref().map_or(LinkSettings::PLAIN, LinkSettings::of),
            link: Load::Pending { previous: known },
            entry,
            copied: false,
            revoked: false,
            creating: false,
            revoking: None,
            is_changing: false,
            changed: None,
            new_link_options,
            request: None,
        };
        share.load_link(context);
        share
    }

    /// What can be chosen, for the link or before there is one.
    pub fn options(&self) -> &LinkOptions {
        self.link.value().map_or(&self.new_link_options, |link| &link.options)
    }

    /// Whether something was chosen that is not so yet.
    pub fn is_edited(&self) -> bool {
        self.settings != self.link.value().map_or(LinkSettings::PLAIN, LinkSettings::of)
    }

    /// Whether a link can be as it was chosen: a password is needed where there is none yet.
    pub fn can_have_settings(&self) -> bool {
        let has_password = self.link.value().is_some_and(|link| link.audience == Audience::Password);
        self.settings.audience != Audience::Password || has_password || self.settings.password.is_some()
    }

    pub(super) fn edit_settings(&mut self, settings: LinkSettings) {
        if !self.is_changing {
            self.settings = settings;
            self.changed = None;
        }
    }

    /// Lets the link be as it was chosen.
    pub(super) fn change_link(&mut self, context: &mut StateContext) {
        let Some(link) = self.link.value().filter(|_| self.can_change()) else { return };
        let (path, settings) = (self.entry.path.clone(), self.settings.clone());
        let job = Job::ChangeLink { path: path.clone(), link: link.clone(), settings };
        context.run(job, RequestPurpose::ChangeLink(path));
        self.is_changing = true;
        self.changed = None;
    }

    pub fn can_change(&self) -> bool {
        self.is_edited() && self.can_have_settings() && !self.is_changing && self.revoking.is_none()
    }

    /// Creates the link, which is put on the clipboard.
    pub(super) fn create_link(&mut self, context: &mut StateContext) {
        if self.can_have_settings() {
            self.creating = true;
            self.load_link(context);
        }
    }

    /// Finds the link, or creates it once the person has asked for that. Also another try of what has failed.
    pub(super) fn load_link(&mut self, context: &mut StateContext) {
        if self.request.is_none() && self.revoking.is_none() {
            let path = self.entry.path.clone();
            let settings = self.settings.clone();
            let job = if self.creating { Job::CreateLink { path, settings } } else { Job::FindLink { path } };
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

    /// The link is there, or was changed.
    fn show(&mut self, link: SharedLink) {
        self.settings = LinkSettings::of(&link);
        self.link = Load::Ready(link);
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
        self.settings = LinkSettings::PLAIN;
        self.changed = None;
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
            let options = self.session.account.as_ref().map(|account| account.link_options.clone());
            let known = self.link_of(&entry).cloned();
            let share = ShareDialog::open(entry, known, options.unwrap_or_default(), &mut self.context);
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
                // What was chosen while the link was looked up stays chosen.
                let chosen = (share.is_edited() && !share.creating).then(|| share.settings.clone());
                share.show(link.clone());
                share.settings = chosen.unwrap_or_else(|| LinkSettings::of(&link));
                if share.creating {
                    share.copy_link(context);
                    self.on_link_created(&path, &link, operation);
                }
            }
            // What the row said was not true any more.
            Outcome::Done(_) => {
                share.link = Load::Idle;
                share.settings = LinkSettings::PLAIN;
            }
            Outcome::Cancelled => share.link.end(),
            Outcome::Failed(problem) => share.link.fail(problem),
        }
    }

    /// The settings of a link were changed, or were not. The dialog may be closed by then.
    pub(super) fn on_changed_link(&mut self, path: &RemotePath, outcome: Outcome) {
        if let Outcome::Done(Receipt::Link { link, .. }) = &outcome {
            self.keep_link(path, link);
            self.on_changed(Some(path.parent().as_slice()));
        }
        if let Some((share, _)) = self.share_mut().filter(|(share, _)| share.entry.path == *path) {
            share.is_changing = false;
            match outcome {
                Outcome::Done(Receipt::Link { link, .. }) => {
                    share.show(link);
                    share.changed = Some(Ok(()));
                }
                Outcome::Failed(problem) => share.changed = Some(Err(problem)),
                Outcome::Done(_) | Outcome::Cancelled => {}
            }
        } else if let Outcome::Failed(problem) = outcome {
            self.report(problem, None);
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
        let job = Job::CreateLink { path: path.clone(), settings: LinkSettings::PLAIN };
        self.context.run(job, RequestPurpose::CopyLink(path));
    }

    pub(super) fn on_copied_link(&mut self, path: RemotePath, outcome: Outcome) {
        match outcome {
            Outcome::Done(Receipt::Link { link, operation }) => {
                self.context.copy_text(link.url.clone());
                self.toast_done(text::link_copied(path.name()), None);
                self.on_link_created(&path, &link, operation);
            }
            Outcome::Failed(problem) => {
                self.report(problem, Some(Job::CreateLink { path, settings: LinkSettings::PLAIN }));
            }
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    /// The row of the item has a badge from now on.
    fn on_link_created(&mut self, path: &RemotePath, link: &SharedLink, operation: Option<Operation>) {
        self.keep_link(path, link);
        self.record_operation(operation);
        self.on_changed(Some(path.parent().as_slice()));
    }
}
