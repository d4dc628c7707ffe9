//! Two versions of a file beside each other: both of a conflict, of which one is chosen here, or an earlier version and the
//! current one.

use super::State;
use super::context::StateContext;
use super::requests::{RequestPurpose, finish_load};
use coffer_model::comparison::{ComparedFiles, Comparison, Difference};
use coffer_model::{Entry, Job, Load, Outcome, RequestId, WorkingCopy, WorkingCopyId};
use std::ops::Range;
use std::sync::Arc;

pub struct CompareDialog {
    pub files: ComparedFiles,
    /// Of the file, as both versions are called or as others call it.
    pub name: String,
    pub comparison: Load<Arc<Comparison>>,
    /// The difference that was gone to last; the first one to begin with.
    pub current: usize,
    /// Where “Back” leads: the versions of a file, and which of them was selected.
    pub versions: Option<(Entry, usize)>,
    request: Option<RequestId>,
}

impl CompareDialog {
    fn open(files: ComparedFiles, name: String, context: &mut StateContext) -> Self {
        let comparison = Load::Pending { previous: None };
        let mut dialog = Self { files, name, comparison, current: 0, versions: None, request: None };
        dialog.load(context);
        dialog
    }

    /// Compares them, or once more when one of them has been changed or it has failed.
    pub(super) fn load(&mut self, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.comparison.begin();
        let job = Job::Compare(self.files.clone());
        self.request = Some(context.run(job, RequestPurpose::Comparison));
    }

    pub(super) fn on_comparison(&mut self, comparison: Arc<Comparison>) {
        self.comparison.grow(comparison);
        self.current = self.current.min(self.differences().len().saturating_sub(1));
    }

    pub(super) fn on_compared(&mut self, outcome: Outcome) {
        self.request = None;
        finish_load(&mut self.comparison, outcome);
    }

    /// The rows of each difference of two texts; none of other files.
    pub fn differences(&self) -> &[Range<usize>] {
        match self.comparison.value().map(|comparison| &comparison.difference) {
            Some(Difference::Lines(lines)) => &lines.differences,
            _ => &[],
        }
    }

    /// After the last difference comes the first.
    pub(super) fn step(&mut self, forward: bool) {
        let count = self.differences().len();
        if count > 0 {
            self.current = (self.current + if forward { 1 } else { count - 1 }) % count;
        }
    }

    /// The working copy whose conflict it shows.
    pub fn conflict(&self) -> Option<&WorkingCopyId> {
        match &self.files {
            ComparedFiles::Conflict(id) => Some(id),
            ComparedFiles::Revisions(_) => None,
        }
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
    }
}

impl State {
    /// Shows both versions of a file in conflict beside each other.
    pub(super) fn compare_conflict(&mut self, id: WorkingCopyId) {
        let copy = self.transfers.open_files.get(&id);
        let Some(conflict) = copy.and_then(|copy| copy.conflict.as_ref()) else { return };
        let name = conflict.theirs.name().to_owned();
        self.close_dialog();
        let files = ComparedFiles::Conflict(id);
        let dialog = CompareDialog::open(files, name, &mut self.context);
        self.open_dialog(dialog);
    }

    /// Shows the selected version beside the current one.
    pub(super) fn compare_with_current(&mut self) {
        let Some((versions, _)) = self.versions_mut() else { return };
        let Some((earlier, current)) = versions.selected_and_current() else { return };
        let origin = (current.clone(), versions.selected);
        let (files, name) =
            (ComparedFiles::Revisions(Box::new([earlier, current])), versions.path.name().to_owned());
        self.close_dialog();
        let mut dialog = CompareDialog::open(files, name, &mut self.context);
        dialog.versions = Some(origin);
        self.open_dialog(dialog);
    }

    /// From a comparison back to the versions.
    pub(super) fn back_to_versions(&mut self) {
        let origin = self.compare_mut().and_then(|(compare, _)| compare.versions.take());
        if let Some((entry, selected)) = origin {
            self.open_versions_of(&entry, selected);
        }
    }

    /// The copy in conflict that is compared.
    pub(super) fn compared_copy(&self) -> Option<&WorkingCopy> {
        let compare = self.dialog.as_ref()?.try_as_compare_ref()?;
        self.transfers.open_files.get(compare.conflict()?)
    }

    /// The worker has told of the working copies: what was compared `before` may have another content now, or be no
    /// conflict any more.
    pub(super) fn refresh_comparison(&mut self, before: &WorkingCopy) {
        let now = self.transfers.open_files.get(&before.id);
        let (is_same, is_over) = (now == Some(before), now.is_none_or(|copy| copy.conflict.is_none()));
        if is_over {
            self.close_dialog();
        } else if !is_same && let Some((compare, context)) = self.compare_mut() {
            compare.load(context);
        }
    }
}
