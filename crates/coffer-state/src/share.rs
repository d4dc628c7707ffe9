//! Links: the share dialog, and the command that puts a link straight on the clipboard.

use super::State;
use super::dialog::{Dialog, Share};
use super::requests::Purpose;
use super::text;
use coffer_model::{Edit, Job, Load, Outcome, Receipt, RemotePath, SharedLink};

impl State {
    /// Opens the dialog; the link is found or made, and copied as soon as it is there.
    pub(super) fn open_share(&mut self) {
        let Some(entry) = self.only_selected().filter(|entry| !entry.is_deleted()).cloned() else { return };
        let previous = entry.link.as_deref().cloned();
        let link = Load::Pending { previous };
        self.open_dialog(Dialog::Share(Share {
            entry,
            link,
            request: None,
            copied: false,
            revoked: false,
            revoking: None,
        }));
        self.create_link();
    }

    pub(super) fn create_link(&mut self) {
        let Some(Dialog::Share(share)) = &self.dialog else { return };
        if share.request.is_some() || share.revoking.is_some() {
            return;
        }
        let request = self.run(Job::CreateLink { path: share.entry.path.clone() }, Purpose::ShareLink);
        if let Some(Dialog::Share(share)) = &mut self.dialog {
            share.request = Some(request);
            share.revoked = false;
            share.link.begin();
        }
    }

    pub(super) fn on_share_link(&mut self, outcome: Outcome) {
        let Some(Dialog::Share(share)) = &mut self.dialog else { return };
        share.request = None;
        match outcome {
            Outcome::Done(Receipt::Link(link)) => {
                let folder = share.entry.path.parent();
                share.link = Load::Ready(link);
                self.copy_shared_link();
                // Its row has a badge from now on.
                self.on_changed(Some(&folder.into_iter().collect::<Vec<_>>()));
            }
            Outcome::Done(_) | Outcome::Cancelled => share.link.end(),
            Outcome::Failed(problem) => {
                share.link.fail(problem.clone());
                self.note_failure(&problem);
            }
        }
    }

    pub(super) fn copy_shared_link(&mut self) {
        if let Some(Dialog::Share(share)) = &mut self.dialog
            && let Some(link) = share.link.value()
        {
            self.clipboard.outgoing_text = Some(link.url.clone());
            share.copied = true;
        }
    }

    pub(super) fn open_shared_link(&mut self) {
        if let Some(url) = self.shared_link().map(|link| link.url.clone()) {
            self.run(Job::Browse { url }, Purpose::Browse);
        }
    }

    pub(super) fn revoke_link(&mut self) {
        let Some(Dialog::Share(share)) = &self.dialog else { return };
        if share.revoking.is_some() {
            return;
        }
        let path = share.entry.path.clone();
        let Some(link) = self.shared_link().cloned() else { return };
        let id = self.run_edit(Edit::RevokeLink { path, link });
        if let Some(Dialog::Share(share)) = &mut self.dialog {
            share.revoking = Some(id);
        }
    }

    /// The command: no dialog, a toast says that the link is on the clipboard.
    pub(super) fn copy_link(&mut self) {
        if let Some(path) = self.only_selected().map(|entry| entry.path.clone()) {
            self.copy_link_of(path);
        }
    }

    pub(super) fn copy_link_of(&mut self, path: RemotePath) {
        let name = path.as_str().into();
        self.run(Job::CreateLink { path }, Purpose::CopyLink(name));
    }

    pub(super) fn on_copied_link(&mut self, path: &str, outcome: Outcome) {
        let path = RemotePath::new(path);
        match outcome {
            Outcome::Done(Receipt::Link(link)) => {
                self.clipboard.outgoing_text = Some(link.url);
                self.toast_done(text::link_copied(path.name()), None);
                self.on_changed(Some(&path.parent().into_iter().collect::<Vec<_>>()));
            }
            Outcome::Failed(problem) => self.report(problem, Some(Job::CreateLink { path })),
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    fn shared_link(&self) -> Option<&SharedLink> {
        match &self.dialog {
            Some(Dialog::Share(share)) => share.link.value(),
            _ => None,
        }
    }
}
