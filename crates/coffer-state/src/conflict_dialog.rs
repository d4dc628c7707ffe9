//! The questions before an upload: names that are taken, refused or unreadable, asked about before anything is sent.

use super::runs::PlanRun;
use coffer_model::transfer::{Decision, PlannedFile, UploadPlan};
use std::sync::Arc;

pub struct ConflictDialog {
    /// With the decisions so far.
    pub plan: UploadPlan,
    /// The indexes of the files that need a decision, in the order of the plan.
    conflicts: Vec<usize>,
    /// What it was planned from, for another try.
    pub(super) source: Arc<PlanRun>,
}

impl ConflictDialog {
    /// Asks about every conflict of a plan that has no decision yet; the offered one loses nothing on either side.
    pub(super) fn new(mut plan: UploadPlan, source: Arc<PlanRun>) -> Self {
        let is_open = |file: &PlannedFile| file.open_conflict().is_some();
        let conflicts = (0..plan.files.len()).filter(|&index| is_open(&plan.files[index])).collect();
        for file in plan.files.iter_mut().filter(|file| file.decision.is_none()) {
            file.decide(Decision::KeepBoth);
        }
        Self { plan, conflicts, source }
    }

    /// The files whose names are taken by other content; each has a decision.
    pub fn conflicts(&self) -> impl Iterator<Item = &PlannedFile> {
        self.conflicts.iter().filter_map(|&index| self.plan.files.get(index))
    }

    /// How many files need a decision.
    pub fn conflict_count(&self) -> usize {
        self.conflicts.len()
    }

    /// How many files have this decision.
    pub fn decided(&self, decision: Decision) -> usize {
        self.conflicts().filter(|file| file.decision == Some(decision)).count()
    }

    /// How many files would be sent.
    pub fn files_to_send(&self) -> usize {
        self.plan.files.iter().filter(|file| file.action().is_sent()).count()
    }

    pub(super) fn has_something_to_send(&self) -> bool {
        self.files_to_send() > 0 || !self.plan.empty_folders.is_empty()
    }

    /// `index` counts the conflicts.
    pub(super) fn decide(&mut self, index: usize, decision: Decision) {
        let file = self.conflicts.get(index).and_then(|index| self.plan.files.get_mut(*index));
        if let Some(file) = file {
            file.decide(decision);
        }
    }

    pub(super) fn decide_all(&mut self, decision: Decision) {
        self.plan.decide_all(decision);
    }
}
