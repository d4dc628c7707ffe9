//! The questions before an upload: names that are taken, refused or unreadable, asked about before anything is sent.

use super::runs::PlanRun;
use coffer_model::transfer::{Decision, PlannedFile, UploadPlan};
use std::sync::Arc;

pub struct ConflictDialog {
    /// With the decisions so far.
    pub plan: UploadPlan,
    /// The indexes of the files that need a decision, in the order of the plan.
    conflicts: Vec<usize>,
    /// How many more bytes the account has afterwards.
    pub growth_bytes: i64,
    /// What it was planned from, for another try.
    pub(super) source: Arc<PlanRun>,
}

impl ConflictDialog {
    /// Asks about every conflict of a plan that has no decision yet; the offered one loses nothing on either side.
    pub(super) fn new(mut plan: UploadPlan, source: Arc<PlanRun>) -> Self {
        let conflicts: Vec<usize> = plan.files.open_conflicts().map(|(index, _)| index).collect();
        for &index in &conflicts {
            if plan.files.decision(index).is_none() {
                plan.files.decide(index, Decision::KeepBoth);
            }
        }
        let growth_bytes = plan.files.growth_bytes();
        Self { plan, conflicts, growth_bytes, source }
    }

    /// One of the files whose names are taken by other content; each has a decision. `index` counts the conflicts.
    pub fn conflict(&self, index: usize) -> Option<PlannedFile> {
        self.plan.files.get(*self.conflicts.get(index)?)
    }

    /// How many files need a decision.
    pub fn conflict_count(&self) -> usize {
        self.conflicts.len()
    }

    /// How many files have this decision.
    pub fn decided(&self, decision: Decision) -> usize {
        self.conflicts.iter().filter(|index| self.plan.files.decision(**index) == Some(decision)).count()
    }

    /// How many files would be sent.
    pub fn files_to_send(&self) -> usize {
        self.plan.files.sent_count()
    }

    pub(super) fn has_something_to_send(&self) -> bool {
        self.files_to_send() > 0 || !self.plan.empty_folders.is_empty()
    }

    /// `index` counts the conflicts.
    pub(super) fn decide(&mut self, index: usize, decision: Decision) {
        if let Some(&file) = self.conflicts.get(index) {
            self.plan.files.decide(file, decision);
            self.growth_bytes = self.plan.files.growth_bytes();
        }
    }

    pub(super) fn decide_all(&mut self, decision: Decision) {
        self.plan.decide_all(decision);
        self.growth_bytes = self.plan.files.growth_bytes();
    }
}
