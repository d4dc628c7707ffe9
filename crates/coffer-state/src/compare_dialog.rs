//! Two files beside each other: both versions of a conflict, of which one is chosen here, an earlier version and the
//! current one, two files, or a file and one on this computer.

use super::State;
use super::context::StateContext;
use super::picture_zoom::PictureZoom;
use super::requests::{RequestPurpose, finish_load};
use coffer_model::comparison::{ComparedFile, ComparedFiles, Comparison, Difference};
use coffer_model::comparison_view::ComparisonView;
use coffer_model::message::Pick;
use coffer_model::{Edit, Entry, Job, Load, Outcome, RequestId, WorkingCopy, WorkingCopyId};
use coffer_texts::tr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

pub struct CompareDialog {
    pub files: ComparedFiles,
    /// Of the files; one name if both have the same.
    pub name: String,
    pub comparison: Load<Arc<Comparison>>,
    /// The difference that was gone to last; the first one to begin with.
    pub current: usize,
    /// Of both pictures.
    pub zoom: PictureZoom,
    pub origin: Option<ComparisonOrigin>,
    ignores_space: bool,
    request: Option<RequestId>,
}

/// What “Back” leads to.
pub enum ComparisonOrigin {
    /// The versions of a file, and which of them was selected.
    Versions(Entry, usize),
    /// A question about taken names, which waits until the comparison is closed.
    Question,
}

impl CompareDialog {
    /// It was opened from the versions of a file, to which it leads back.
    pub(super) fn is_of_versions(&self) -> bool {
        matches!(self.origin, Some(ComparisonOrigin::Versions(..)))
    }

    fn open(files: ComparedFiles, name: String, view: ComparisonView, context: &mut StateContext) -> Self {
        let mut dialog = Self {
            files,
            name,
            comparison: Load::Pending { previous: None },
            current: 0,
            zoom: PictureZoom::default(),
            origin: None,
            ignores_space: view.ignores_space,
            request: None,
        };
        dialog.load(context);
        dialog
    }

    /// Compares them, or once more when one of them has been changed or it has failed.
    pub(super) fn load(&mut self, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.comparison.begin();
        let job = Job::Compare { files: self.files.clone(), ignores_space: self.ignores_space };
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
            ComparedFiles::Pair(_) => None,
        }
    }

    /// Both are versions of one file, the second one the current version if `true`.
    pub fn versions(&self) -> Option<bool> {
        let Some(ComparisonOrigin::Versions(current, _)) = &self.origin else { return None };
        let ComparedFiles::Pair(files) = &self.files else { return None };
        let ComparedFile::Revision(later) = &files[1] else { return None };
        let rev = |entry: &Entry| entry.file().map(|file| file.rev.clone());
        Some(rev(later) == rev(current))
    }

    /// Makes the earlier version the current one, which must be the later one.
    fn restore_edit(&self) -> Option<Edit> {
        let ComparedFiles::Pair(files) = &self.files else { return None };
        let [ComparedFile::Revision(earlier), ComparedFile::Revision(current)] = &**files else {
            return None;
        };
        let rev = |entry: &Entry| entry.file().map(|file| file.rev.clone());
        self.versions().filter(|is_current| *is_current)?;
        Some(Edit::Restore { path: current.path.clone(), rev: rev(earlier)?, current: rev(current) })
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
        let view = self.settings.comparison;
        let dialog = CompareDialog::open(ComparedFiles::Conflict(id), name, view, &mut self.context);
        self.open_dialog(dialog);
    }

    /// Shows the selected version beside the current one.
    pub(super) fn compare_with_current(&mut self) {
        let Some((versions, _)) = self.versions_mut() else { return };
        let (Some(pair), Some(current)) = (versions.compared(), versions.file_now()) else { return };
        let origin = ComparisonOrigin::Versions(current, versions.selected);
        self.compare_pair(pair.map(ComparedFile::Revision), Some(origin));
    }

    /// From a comparison back to the versions.
    pub(super) fn back_to_versions(&mut self) {
        let origin = self.compare_mut().and_then(|(compare, _)| compare.origin.take());
        if let Some(ComparisonOrigin::Versions(entry, selected)) = origin {
            self.open_versions_of(&entry, selected);
        }
    }

    /// A toast says how it went, and takes it back.
    pub(super) fn restore_compared(&mut self) {
        let edit = self.compare_mut().and_then(|(compare, _)| compare.restore_edit());
        if let Some(edit) = edit {
            self.close_dialog();
            self.run_edit(edit);
        }
    }

    /// How this comparison is looked at, and the next ones.
    pub(super) fn view_comparison(&mut self, view: ComparisonView) {
        self.settings.set_comparison(view, &self.context);
        if let Some((compare, context)) = self.compare_mut()
            && compare.ignores_space != view.ignores_space
        {
            compare.ignores_space = view.ignores_space;
            compare.load(context);
        }
    }

    /// The two selected files, the one that was changed earlier on the left.
    pub(super) fn compare_selected(&mut self) {
        let mut selected = self.browser.cloned_selection();
        selected.sort_by_key(|entry| entry.file().map(|file| file.client_modified));
        if let Ok(pair) = <[Entry; 2]>::try_from(selected) {
            self.compare_pair(pair.map(ComparedFile::Revision), None);
        }
    }

    /// Asks for the file on this computer that the selected one is compared with.
    pub(super) fn pick_comparison(&mut self) {
        if let Some(entry) = self.browser.only_selected().cloned() {
            self.context.pick(Pick::FileToCompare, RequestPurpose::PickComparison(Arc::new(entry)));
        }
    }

    /// The person chose the file, or none.
    pub(super) fn compare_with_local(&mut self, entry: &Entry, picked: Vec<PathBuf>) {
        if let Some(local_path) = picked.into_iter().next() {
            let pair = [ComparedFile::Local(local_path), ComparedFile::Revision(entry.clone())];
            self.compare_pair(pair, None);
        }
    }

    /// The two files of which one has the name of the other, before it is decided about them.
    pub(super) fn compare_asked(&mut self, index: usize) {
        let Some(question) = &self.dialog else { return };
        let pair = if let Some(questions) = question.try_as_conflicts_ref() {
            questions.conflict(index).and_then(|file| {
                let existing = file.conflict?.existing;
                Some([ComparedFile::Local(file.local_path), ComparedFile::Revision(existing)])
            })
        } else {
            let conflict = question.try_as_relocation_ref().and_then(|questions| questions.conflict(index));
            conflict.map(|conflict| {
                [conflict.entry.clone(), conflict.existing.clone()].map(ComparedFile::Revision)
            })
        };
        if let Some(pair) = pair {
            // With the decisions so far it is asked again as soon as no dialog is open.
            self.waiting_questions.extend(self.dialog.take());
            self.waiting_questions.rotate_right(1);
            self.compare_pair(pair, Some(ComparisonOrigin::Question));
        }
    }

    fn compare_pair(&mut self, pair: [ComparedFile; 2], origin: Option<ComparisonOrigin>) {
        let [first, second] = pair.each_ref().map(ComparedFile::name);
        let name =
            if first == second { first } else { tr!("first-and-second", first = first, second = second) };
        let (files, view) = (ComparedFiles::Pair(Box::new(pair)), self.settings.comparison);
        let mut dialog = CompareDialog::open(files, name, view, &mut self.context);
        dialog.origin = origin;
        self.open_dialog(dialog);
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
