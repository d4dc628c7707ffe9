//! The versions dialog: all revisions of a file, a preview of each, restoring one.

use super::State;
use super::context::StateContext;
use super::requests::{RequestPurpose, finish_load};
use coffer_model::{Edit, Entry, Job, Load, Outcome, Preview, Problem, RemotePath, RequestId, Rev};
use std::sync::Arc;

/// The selection has to rest so long before a preview is asked for.
const REST_SECS: f64 = 0.1;

/// The longest side of a picture in the dialog, in pixels.
const PREVIEW_SIDE: u32 = 1600;

/// All revisions of a file, one of them previewed.
pub struct VersionsDialog {
    pub path: RemotePath,
    /// The file was deleted: restoring brings it back.
    pub deleted: bool,
    pub revisions: Load<Arc<Vec<Entry>>>,
    /// A row of `revisions`.
    pub selected: usize,
    /// The preview of the selected one.
    pub preview: Load<Arc<Preview>>,
    /// Set while the restore is under way.
    pub restoring: Option<RequestId>,
    pub problem: Option<Problem>,
    request: Option<RequestId>,
    preview_request: Option<RequestId>,
    /// When the preview of the selected one is asked for: not while the selection moves.
    preview_due_secs: Option<f64>,
}

impl VersionsDialog {
    /// Asks for the revisions of a file. `known` are shown until they have come.
    fn open(
        entry: &Entry,
        selected: usize,
        known: Option<Arc<Vec<Entry>>>,
        context: &mut StateContext,
    ) -> Self {
        let job = Job::Revisions { path: entry.path.clone() };
        let mut versions = Self {
            path: entry.path.clone(),
            deleted: entry.is_deleted(),
            revisions: Load::Pending { previous: known },
            selected,
            preview: Load::Pending { previous: None },
            restoring: None,
            problem: None,
            request: Some(context.run(job, RequestPurpose::VersionsRevisions)),
            preview_request: None,
            preview_due_secs: Some(context.now_secs()),
        };
        versions.preview_when_due(context);
        versions
    }

    pub fn selected_entry(&self) -> Option<&Entry> {
        self.revisions.value()?.get(self.selected)
    }

    /// Not what is the newest anyway, unless the file is deleted; and once at a time.
    pub fn can_restore(&self) -> bool {
        self.restoring.is_none() && self.selected_entry().is_some() && (self.deleted || self.selected > 0)
    }

    /// Not what is the newest itself; what was deleted has no current version.
    pub fn selected_and_current(&self) -> Option<(Entry, Entry)> {
        let current = self.revisions.value()?.first().filter(|_| !self.deleted && self.selected > 0)?;
        Some((self.selected_entry()?.clone(), current.clone()))
    }

    fn selected_rev(&self) -> Option<Rev> {
        Some(self.selected_entry()?.file()?.rev.clone())
    }

    /// Makes the selected revision the newest one.
    fn restore_edit(&self) -> Option<Edit> {
        let rev = self.selected_rev().filter(|_| self.can_restore())?;
        let newest = self.revisions.value()?.first()?.file();
        let current = newest.map(|file| file.rev.clone()).filter(|_| !self.deleted);
        Some(Edit::Restore { path: self.path.clone(), rev, current })
    }

    fn count(&self) -> usize {
        self.revisions.value().map_or(0, |revisions| revisions.len())
    }

    pub(super) fn select(&mut self, index: usize, context: &mut StateContext) {
        if index < self.count() && index != self.selected {
            self.selected = index;
            self.plan_preview(REST_SECS, context);
        }
    }

    pub(super) fn on_revisions(&mut self, revisions: Arc<Vec<Entry>>, context: &mut StateContext) {
        let before = self.selected_rev();
        self.revisions.grow(revisions);
        let changed = before != self.selected_rev();
        if changed || (self.preview.is_pending() && self.preview_request.is_none()) {
            self.plan_preview(0.0, context);
            self.preview_when_due(context);
        }
    }

    pub(super) fn on_revisions_listed(&mut self, outcome: Outcome) {
        self.request = None;
        finish_load(&mut self.revisions, outcome);
        self.selected = self.selected.min(self.count().saturating_sub(1));
        if self.count() == 0 {
            self.preview = Load::Idle;
            self.preview_due_secs = None;
        }
    }

    pub(super) fn on_previewed(&mut self, outcome: Outcome) {
        self.preview_request = None;
        finish_load(&mut self.preview, outcome);
    }

    pub(super) fn due_secs(&self) -> Option<f64> {
        self.preview_due_secs
    }

    pub(super) fn preview_when_due(&mut self, context: &mut StateContext) {
        if !context.is_due(self.preview_due_secs) {
            return;
        }
        self.preview_due_secs = None;
        if let Some(entry) = self.selected_entry().cloned() {
            let job = Job::Preview { entry, max_side: PREVIEW_SIDE };
            self.preview_request = Some(context.run(job, RequestPurpose::VersionsPreview));
        }
    }

    fn plan_preview(&mut self, rest_secs: f64, context: &mut StateContext) {
        self.preview = Load::Pending { previous: None };
        self.preview_due_secs = Some(context.now_secs() + rest_secs);
        context.cancel(self.preview_request.take());
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
        context.cancel(self.preview_request);
    }
}

impl State {
    pub(super) fn open_versions(&mut self) {
        if let Some(entry) = self.browser.only_selected().cloned() {
            self.open_versions_of(&entry, 0);
        }
    }

    /// From the list in the inspector.
    pub(super) fn show_revision(&mut self, index: usize) {
        if let Some(entry) = self.inspector.entry.clone() {
            self.open_versions_of(&entry, index);
        }
    }

    pub(super) fn open_versions_of(&mut self, entry: &Entry, selected: usize) {
        if entry.is_folder() {
            return;
        }
        let inspected = self.inspector.entry.as_ref().filter(|shown| shown.path == entry.path);
        let known = inspected.and_then(|_| self.inspector.revisions.value().cloned());
        self.close_dialog();
        let versions = VersionsDialog::open(entry, selected, known, &mut self.context);
        self.open_dialog(versions);
    }

    pub(super) fn select_revision(&mut self, index: usize) {
        if let Some((versions, context)) = self.versions_mut() {
            versions.select(index, context);
        }
    }

    pub(super) fn restore_revision(&mut self) {
        let Some(edit) = self.versions_mut().and_then(|(versions, _)| versions.restore_edit()) else {
            return;
        };
        let id = self.run_edit(edit);
        if let Some((versions, _)) = self.versions_mut() {
            versions.restoring = Some(id);
            versions.problem = None;
        }
    }

    pub(super) fn preview_version_when_due(&mut self) {
        if let Some((versions, context)) = self.versions_mut() {
            versions.preview_when_due(context);
        }
    }
}
