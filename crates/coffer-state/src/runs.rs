//! What is remembered of an edit, or of a look at files before an upload, while the worker is at it.

use coffer_model::transfer::{Decision, UploadPlan};
use coffer_model::{Edit, Inverse, RemotePath};
use std::collections::HashMap;
use std::path::PathBuf;

/// Which way an edit goes that takes back another one, or repeats it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UndoStep {
    Undo,
    Redo,
}

/// An edit under way.
pub(super) struct EditRun {
    pub(super) edit: Edit,
    /// Set when it takes back or repeats another one.
    pub(super) step: Option<UndoStep>,
    /// What it does, in words: "Delete “Budget.csv”".
    pub(super) label: String,
    /// What a move or copy had done before the questions that this run carries out. Both are undone together.
    pub(super) earlier: Option<EarlierPart>,
}

/// The items of a move or copy that needed no question.
pub(super) struct EarlierPart {
    pub(super) items: usize,
    pub(super) undo: Inverse,
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
