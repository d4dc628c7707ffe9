//! The versions dialog: all revisions of a file, a preview of each, restoring one.

use super::State;
use super::context::StateContext;
use super::requests::{RequestPurpose, finish_load};
use coffer_model::message::OpenWith;
use coffer_model::{
    DeletedKind, Edit, Entry, EntryKind, Job, LastVersion, Load, Outcome, Preview, Problem, RemotePath,
    RequestId, Rev, VersionMaker,
};
use std::collections::HashMap;
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
    /// Who made which revision, where the service tells.
    pub makers: Arc<HashMap<Rev, VersionMaker>>,
    /// A row of `revisions`.
    pub selected: usize,
    /// The row that the selected one is compared with instead of the current version.
    pub marked: Option<usize>,
    /// Of each row, the older one whose content it has again, with others between.
    restored_from: Vec<Option<usize>>,
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
            restored_from: known.as_ref().map(|known| restored_from(known)).unwrap_or_default(),
            revisions: Load::Pending { previous: known },
            makers: Arc::default(),
            selected,
            marked: None,
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

    /// The selected version and the marked one, or else the current one; the earlier comes first. What was deleted has
    /// no current version.
    pub fn compared(&self) -> Option<[Entry; 2]> {
        let current = (!self.deleted).then_some(0);
        let other = self.marked.or(current).filter(|other| *other != self.selected)?;
        let revisions = self.revisions.value()?;
        let earlier = revisions.get(other.max(self.selected))?;
        Some([earlier.clone(), revisions.get(other.min(self.selected))?.clone()])
    }

    /// The file as it is now, to come back to its versions.
    pub(super) fn file_now(&self) -> Option<Entry> {
        let newest = self.revisions.value()?.first()?.clone();
        let file = newest.file().filter(|_| self.deleted).cloned();
        Some(match file {
            Some(file) => {
                let kind = DeletedKind::File(LastVersion::Known(Arc::new(file)));
                Entry::new(self.path.clone(), EntryKind::Deleted(kind))
            }
            None => newest,
        })
    }

    /// The older version whose content a row has again.
    pub fn restored_from(&self, index: usize) -> Option<&Entry> {
        let older = (*self.restored_from.get(index)?)?;
        self.revisions.value()?.get(older)
    }

    /// Marks a row to compare others with, or no longer.
    fn mark(&mut self, index: usize) {
        if index < self.count() {
            self.marked = Some(index).filter(|_| self.marked != Some(index));
        }
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

    pub(super) fn on_revisions(
        &mut self,
        revisions: Arc<Vec<Entry>>,
        makers: Arc<HashMap<Rev, VersionMaker>>,
        context: &mut StateContext,
    ) {
        let before = self.selected_rev();
        self.makers = makers;
        self.restored_from = restored_from(&revisions);
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

/// Of each revision, the nearest older one with the same content that is not its neighbour.
fn restored_from(revisions: &[Entry]) -> Vec<Option<usize>> {
    let hash = |index: usize| revisions.get(index)?.file()?.content_hash.as_ref();
    // From the oldest on: the latest place of each content.
    let mut places: HashMap<&Arc<str>, usize> = HashMap::new();
    let mut found = vec![None; revisions.len()];
    for index in (0..revisions.len()).rev() {
        if let Some(own) = hash(index) {
            found[index] = places.insert(own, index).filter(|older| *older > index + 1);
        }
    }
    found
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

    pub(super) fn mark_revision(&mut self, index: usize) {
        if let Some((versions, _)) = self.versions_mut() {
            versions.mark(index);
        }
    }

    /// Opens a copy of the selected version, which cannot be changed.
    pub(super) fn open_revision(&mut self) {
        let selected = self.versions_mut().and_then(|(versions, _)| versions.selected_entry().cloned());
        if let Some(entry) = selected {
            self.open_copy(entry, OpenWith::SystemProgram);
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
