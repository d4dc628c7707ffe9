//! News from the worker: by the purpose of its request each goes to where it belongs.

use super::State;
use super::requests::Purpose;
use coffer_model::{Event, Outcome, Problem, Request, RequestId, Update};

impl State {
    /// Takes news of the worker. News of requests that nobody waits for any longer is dropped.
    #[must_use]
    pub fn on_event(&mut self, event: Event) -> Vec<Request> {
        match event {
            Event::Update { id, update } => {
                if let Some(purpose) = self.requests.purpose(id) {
                    self.on_update(id, purpose, update);
                }
            }
            Event::Finished { id, outcome } => {
                if let Some(purpose) = self.requests.finish(id) {
                    self.on_finished(id, purpose, outcome);
                }
            }
        }
        self.settle();
        self.requests.take()
    }

    fn on_update(&mut self, id: RequestId, purpose: Purpose, update: Update) {
        match (purpose, update) {
            (Purpose::Session, update) => self.on_session_update(update),
            (Purpose::List, Update::Listing(listing)) => self.on_listing(&listing),
            (Purpose::Tree(path), Update::Listing(listing)) => self.on_tree_listing(&path, &listing),
            (Purpose::Thumbnails, Update::Thumbnail { key, pixels }) => {
                self.thumbnails.on_arrived(key, pixels);
            }
            (Purpose::InspectorPreview, Update::Preview(preview)) => self.inspector.preview.grow(preview),
            (Purpose::InspectorRevisions, Update::Revisions { revisions, .. }) => {
                self.inspector.revisions.grow(revisions);
            }
            (Purpose::VersionsRevisions, Update::Revisions { revisions, .. }) => self.on_versions(revisions),
            (Purpose::VersionsPreview, Update::Preview(preview)) => self.on_version_preview(preview),
            (Purpose::LargePreview, Update::Preview(preview)) => self.on_large_preview(preview),
            (Purpose::SignInPage, Update::AuthorizePage { url }) => self.on_authorize_page(url),
            (Purpose::Transfer, Update::Transfer(progress)) => self.transfers.on_progress(id, progress),
            (Purpose::Transfer, Update::Files(news)) => self.transfers.on_files(id, news),
            (Purpose::PickUpload(target), Update::Picked(paths)) => self.plan_upload(paths, target),
            (Purpose::PickDownload(entries), Update::Picked(paths)) => self.download(&entries, paths),
            (Purpose::PickSaveAs(entry), Update::Picked(paths)) => self.save_as(&entry, paths),
            (Purpose::PasteFiles(target), Update::Picked(paths)) if !paths.is_empty() => {
                self.paste_files(id, paths, target);
            }
            // Anything else would be a slip of the worker; there is nothing to show.
            _ => {}
        }
    }

    fn on_finished(&mut self, id: RequestId, purpose: Purpose, outcome: Outcome) {
        match purpose {
            Purpose::Session => self.on_session_ended(outcome),
            Purpose::List => self.on_listed(outcome),
            Purpose::Tree(path) => self.on_tree_listed(&path, outcome),
            Purpose::Locate => self.on_located(outcome),
            Purpose::Thumbnails => self.thumbnails.on_finished(id, &outcome),
            Purpose::InspectorPreview => self.on_inspector_preview(outcome),
            Purpose::InspectorRevisions => self.on_inspector_revisions(outcome),
            Purpose::VersionsRevisions => self.on_versions_listed(outcome),
            Purpose::VersionsPreview => self.on_version_previewed(outcome),
            Purpose::LargePreview => self.on_large_previewed(outcome),
            Purpose::ShareLink => self.on_share_link(outcome),
            Purpose::CopyLink(name) => self.on_copied_link(&name, outcome),
            Purpose::Edit(run) => self.on_edited(id, &run, outcome),
            Purpose::PasteFiles(target) => self.paste_entries(&target),
            Purpose::PlanUpload(run) => self.on_planned(id, &run, outcome),
            Purpose::Transfer => self.on_transferred(id, outcome),
            Purpose::SignInPage => self.on_authorize_page_ended(outcome),
            Purpose::SignIn => self.on_signed_in(outcome),
            Purpose::SignOut => self.on_signed_out(outcome),
            // A desktop without a place for messages is none the worse for it.
            Purpose::Notify => {}
            Purpose::PickUpload(_)
            | Purpose::PickDownload(_)
            | Purpose::PickSaveAs(_)
            | Purpose::Browse
            | Purpose::SaveSettings => {
                if let Outcome::Failed(problem) = outcome {
                    self.report(problem, None);
                }
            }
        }
    }

    /// What any failure tells about the session.
    pub(super) fn note_failure(&mut self, problem: &Problem) {
        if problem.kind.is_offline() {
            self.session.offline = true;
        } else if problem.kind.needs_sign_in() && self.session.ended.is_none() {
            self.session.ended = Some(problem.clone());
        }
    }
}
