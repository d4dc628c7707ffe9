//! What is remembered of an edit, or of a look at files before an upload, while the worker is at it.

use coffer_model::transfer::{Decision, UploadPlan};
use coffer_model::{Edit, Operation, OperationId, RemotePath, UndoStep};
use std::collections::HashMap;
use std::path::PathBuf;

/// An edit under way.
pub(super) struct EditRun {
    pub(super) edit: Edit,
    /// The operation that it undoes or redoes.
    pub(super) reversed: Option<Operation>,
    /// What it does, in words: "Delete “Budget.csv”".
    pub(super) label: String,
    /// What a move or copy had done before the questions that this run carries out. Both are undone together.
    pub(super) earlier: Option<EarlierPart>,
}

impl EditRun {
    /// Set when it undoes or redoes an operation.
    pub(super) fn step(&self) -> Option<UndoStep> {
        self.reversed.as_ref().map(Operation::next_step)
    }
}

/// The items of a move or copy that needed no question.
pub(super) struct EarlierPart {
    pub(super) items: usize,
    pub(super) operation: OperationId,
}

/// Local files that are looked at before an upload.
pub(super) struct PlanRun {
    pub(super) local_paths: Vec<PathBuf>,
    pub(super) target: RemotePath,
    /// Decisions of an earlier try.
    pub(super) decisions: HashMap<RemotePath, Decision>,
    /// A command has begun the upload, and the window goes on with it.
    pub(super) from_command_line: bool,
    /// It is tried again: the person has seen how much it is.
    pub(super) is_confirmed: bool,
}

impl PlanRun {
    pub(super) fn new(local_paths: Vec<PathBuf>, target: RemotePath) -> Self {
        Self { local_paths, target, decisions: HashMap::new(), from_command_line: false, is_confirmed: false }
    }

    /// What a plan of an earlier run was made from.
    pub(super) fn from_plan(plan: &UploadPlan, from_command_line: bool) -> Self {
        Self { from_command_line, ..Self::new(plan.sources.clone(), plan.target.clone()) }
    }
}
