//! Short news at the foot of the window, each with at most one button, and what can be undone.

use crate::model::{Inverse, Problem, RemotePath};

#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub id: u64,
    pub text: String,
    pub kind: ToastKind,
    pub action: Option<ToastAction>,
    /// Program time at which it goes away; moved on while the pointer rests on it.
    pub until_secs: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    Done,
    Failed,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ToastAction {
    Undo(Inverse),
    Retry(Box<crate::model::Job>),
    Show(RemotePath),
    Details(Problem),
}

/// Edits that can be taken back, with the words for it ("Move “Budget.csv”").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoStack {
    pub undo: Vec<(String, Inverse)>,
    pub redo: Vec<(String, Inverse)>,
}
