//! Events of the worker: each goes to where it belongs by the purpose of its request.

use super::State;
use super::effect::Effect;
use super::requests::RequestPurpose;
use coffer_model::{Event, Outcome, RequestId, Update};

impl State {
    /// Takes an event of the worker. Events of requests that nobody waits for any longer are dropped.
    #[must_use]
    pub fn on_event(&mut self, event: Event) -> Vec<Effect> {
        let (Event::Update { id, .. } | Event::Finished { id, .. }) = &event;
        if self.other_pane.as_ref().is_some_and(|other| other.browser.waits_for(*id)) {
            self.with_other_pane(|state| state.take_event(event));
        } else {
            self.take_event(event);
        }
        self.after_change();
        self.context.take_effects()
    }

    fn take_event(&mut self, event: Event) {
        match event {
            Event::Update { id, update } => {
                if let Some(purpose) = self.context.purpose(id) {
                    self.on_update(id, purpose, update);
                }
            }
            Event::Finished { id, outcome } => {
                if let Some(purpose) = self.context.finish(id) {
                    self.on_finished(id, purpose, outcome);
                }
            }
        }
    }

    fn on_update(&mut self, id: RequestId, purpose: RequestPurpose, update: Update) {
        use RequestPurpose as For;
        match (purpose, update) {
            (For::Session, update) => self.on_session_update(update),
            (For::List, Update::Listing(listing)) => {
                if let Some(folder) = self.navigation.current().folder() {
                    self.tree.learn(folder, &listing);
                }
                self.browser.on_listing(&listing, self.navigation.current(), &mut self.context);
            }
            (For::ListUnfolded(path), Update::Listing(listing)) => self.on_unfolded_listing(&path, &listing),
            (For::List, Update::SpaceMap(map)) => self.space.on_map(map),
            (For::List, Update::FolderSummary(summary)) => self.space.on_summary(summary),
            (For::Tree(path), Update::Listing(listing)) => {
                let shown = self.navigation.current().shown_folder();
                self.tree.on_listing(&path, &listing, shown, &mut self.context);
            }
            (For::ChooserTree(path), Update::Listing(listing)) => {
                if let Some((chooser, context)) = self.folder_chooser_mut() {
                    chooser.tree.on_listing(&path, &listing, None, context);
                }
            }
            (For::Thumbnails, Update::Thumbnail { key, pixels }) => {
                self.thumbnails.on_thumbnail(key, pixels, &mut self.context);
            }
            (For::InspectorPreview, Update::Preview(preview)) => self.inspector.preview.grow(preview),
            (For::InspectorRevisions, Update::Revisions { revisions, .. }) => {
                self.inspector.revisions.grow(revisions);
            }
            (For::InspectorSummary, Update::FolderSummary(summary)) => self.inspector.summary.grow(summary),
            (For::VersionsRevisions, Update::Revisions { revisions, makers, .. }) => {
                if let Some((versions, context)) = self.versions_mut() {
                    versions.on_revisions(revisions, makers, context);
                }
            }
            (For::VersionsPreview, Update::Preview(preview)) => {
                if let Some((versions, _)) = self.versions_mut() {
                    versions.preview.grow(preview);
                }
            }
            (For::LargePreview, Update::Preview(preview)) => {
                if let Some((large, _)) = self.large_preview_mut() {
                    large.preview.grow(preview);
                }
            }
            // The worker keeps it until it is asked for.
            (For::NeighbourPreview, Update::Preview(_)) => {}
            (For::PagePart, Update::PagePart { part, pixels }) => {
                if let Some((large, _)) = self.large_preview_mut() {
                    large.parts.on_part(part, pixels);
                }
            }
            (For::PageTexts, Update::PageTexts { first_page, texts }) => {
                if let Some((large, context)) = self.large_preview_mut() {
                    large.texts.on_texts(first_page, texts);
                    large.texts.stop_when_full(context);
                }
            }
            (For::TextSearch, Update::FoundInText(found)) => {
                if let Some((large, context)) = self.large_preview_mut() {
                    large.search.on_found(found, context);
                }
            }
            (For::Sound, Update::Sound(progress)) => {
                if let Some((large, _)) = self.large_preview_mut() {
                    large.player.on_progress(progress);
                }
            }
            (For::Comparison, Update::Comparison(comparison)) => {
                if let Some((compare, _)) = self.compare_mut() {
                    compare.on_comparison(comparison);
                }
            }
            (For::SignInPage, Update::AuthorizePage { url }) => {
                if let Some((sign_in, _)) = self.sign_in_mut() {
                    sign_in.page_url = Some(url);
                }
            }
            (For::Edit(run), Update::Transfer(progress)) => self.on_edit_progress(id, &run, &progress),
            (For::Transfer, Update::Transfer(progress)) => self.transfers.on_progress(id, progress),
            (For::Transfer, Update::Files(updates)) => self.transfers.on_files(id, updates),
            (For::PickUpload(target), Update::Picked(paths)) => self.plan_upload(paths, target),
            (For::PickDownload(entries), Update::Picked(paths)) => self.download(&entries, paths),
            (For::PickPastDownload(wanted), Update::Picked(paths)) => self.download_past(&wanted, paths),
            (For::PickSaveAs(entry), Update::Picked(paths)) => self.save_as(&entry, paths),
            (For::PickComparison(entry), Update::Picked(paths)) => self.compare_with_local(&entry, paths),
            // Without files on the system's clipboard, what was copied here is pasted when the request ends.
            (For::PasteFiles(_), Update::Picked(paths)) if paths.is_empty() => {}
            (For::PasteFiles(target), Update::Picked(paths)) => self.paste_files(id, paths, target),
            (For::PasteFiles(target), Update::Pasted(file)) => self.paste_new_file(id, file, target),
            (purpose, update) => on_misplaced((&purpose).into(), &update),
        }
    }

    fn on_finished(&mut self, id: RequestId, purpose: RequestPurpose, outcome: Outcome) {
        use RequestPurpose as For;
        match purpose {
            For::Session => self.session.on_ended(outcome),
            For::List => self.on_listed(outcome),
            For::ListUnfolded(path) => self.on_unfolded_listed(&path, outcome),
            For::FilterRows => self.on_filtered(outcome),
            For::ChangeTimes => self.past.on_change_times(outcome),
            For::Tree(path) => self.tree.on_listed(&path, outcome, &mut self.context),
            For::ChooserTree(path) => {
                if let Some((chooser, context)) = self.folder_chooser_mut() {
                    chooser.tree.on_listed(&path, outcome, context);
                }
            }
            For::ChooserSearch => {
                if let Some((chooser, _)) = self.folder_chooser_mut() {
                    chooser.on_found(outcome);
                }
            }
            For::SelectPattern => {
                if let Some((dialog, _)) = self.select_pattern_mut() {
                    dialog.on_found(outcome);
                }
            }
            For::RenamePlan => {
                if let Some((dialog, _)) = self.rename_many_mut() {
                    dialog.on_planned(outcome);
                }
            }
            For::SharedFolders => self.on_shared_folders(outcome),
            For::Locate => self.on_located(outcome),
            For::Thumbnails => self.thumbnails.on_finished(id, &outcome),
            For::InspectorPreview => self.inspector.on_previewed(outcome),
            For::InspectorRevisions => self.inspector.on_revisions_listed(outcome),
            For::InspectorSummary => self.inspector.on_summed(outcome),
            For::InspectorNow => self.inspector.on_now_located(outcome),
            For::VersionsRevisions => {
                if let Some((versions, _)) = self.versions_mut() {
                    versions.on_revisions_listed(outcome);
                }
            }
            For::VersionsPreview => {
                if let Some((versions, _)) = self.versions_mut() {
                    versions.on_previewed(outcome);
                }
            }
            For::LargePreview => self.on_large_previewed(outcome),
            For::PagePart => {
                if let Some((large, context)) = self.large_preview_mut() {
                    large.parts.on_finished(&outcome, &large.entry, context);
                }
            }
            For::PageTexts => {
                if let Some((large, context)) = self.large_preview_mut() {
                    let has_failed = matches!(outcome, Outcome::Failed(_));
                    large.texts.on_finished(has_failed, &large.entry, context);
                }
            }
            For::TextSearch => {
                if let Some((large, _)) = self.large_preview_mut() {
                    large.search.on_finished(matches!(outcome, Outcome::Failed(_)));
                }
            }
            For::Sound => {
                if let Some((large, _)) = self.large_preview_mut() {
                    large.player.on_ended(outcome);
                }
            }
            For::Loudness => {
                if let Some((large, _)) = self.large_preview_mut() {
                    large.player.on_measured(outcome);
                }
            }
            For::Comparison => {
                if let Some((compare, _)) = self.compare_mut() {
                    compare.on_compared(outcome);
                }
            }
            For::CompletePath => self.path_field.on_completed(outcome),
            For::GoTo => {
                if let Some((go_to, _)) = self.go_to_mut() {
                    go_to.on_found(outcome);
                }
            }
            For::MeasureCache => {
                if let Some((settings, _)) = self.settings_mut() {
                    settings.on_measured(outcome);
                }
            }
            For::Guide => {
                if let Some((guide, _)) = self.guide_mut() {
                    guide.on_read(outcome);
                }
            }
            For::BringBackPlan => self.on_bring_back_planned(outcome),
            For::OperationItems => self.on_operation_items(outcome),
            For::KnownLinks => self.on_known_links(outcome),
            For::ShareLink => self.on_share_link(outcome),
            For::ChangeLink(path) => self.on_changed_link(&path, outcome),
            For::CopyLink(path) => self.on_copied_link(path, outcome),
            For::Edit(run) => self.on_edited(id, &run, outcome),
            For::PasteFiles(target) => self.paste_entries(&target),
            For::PlanUpload(run) => self.on_planned(id, &run, outcome),
            For::Transfer => self.on_transferred(id, outcome),
            For::SavePlaces => self.on_places_saved(outcome),
            For::SignInPage => {
                if let Some((sign_in, _)) = self.sign_in_mut() {
                    sign_in.on_page_ended(outcome);
                }
            }
            For::SignIn => self.on_signed_in(outcome),
            For::SignOut => self.on_signed_out(outcome),
            // A desktop without a place for messages is none the worse for it. Transfers that could not be forgotten are
            // told again at the next start.
            For::Notify | For::ForgetTransfers | For::See => {}
            For::NeighbourPreview => {
                if let Some((large, _)) = self.large_preview_mut() {
                    large.on_prepared(id);
                }
            }
            For::CloseWorkingCopy(copy) => self.on_copy_closed(copy, outcome),
            For::PickUpload(_)
            | For::PickDownload(_)
            | For::PickPastDownload(_)
            | For::PickSaveAs(_)
            | For::PickComparison(_)
            | For::Browse
            | For::DiscardWorkingCopy
            | For::SaveSettings => {
                if let Outcome::Failed(problem) = outcome {
                    self.report(problem, None);
                }
            }
        }
    }
}

/// The worker sent an update that does not belong to the request. There is nothing to show, but the worker is wrong.
pub(super) fn on_misplaced(purpose: &str, update: &Update) {
    debug_assert!(false, "an update that does not belong to {purpose}: {update:?}");
    tracing::warn!(purpose, ?update, "dropped an update that does not belong to its request");
}
