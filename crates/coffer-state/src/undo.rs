//! Undo and redo. Every finished edit leaves its inverse; undoing it leaves the inverse of that. Steps run one after the
//! other, and only when no other edit is under way: the newest edit is known only then.

use super::runs::{EditRun, UndoStep};
use super::{State, text};
use coffer_model::{Edit, Inverse, Problem};
use std::collections::VecDeque;

/// So many edits can be undone.
const DEPTH: usize = 200;

/// The edits that can be undone and redone (newest last), each with its words ("Move “Budget.csv”").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoStack {
    undo: Vec<(String, Inverse)>,
    redo: Vec<(String, Inverse)>,

    /// Asked for while an edit was under way.
    queue: VecDeque<UndoStep>,

    /// A step is under way.
    running: bool,
}

impl UndoStack {
    /// The edit that Undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|(label, _)| label.as_str())
    }

    /// The edit that Redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|(label, _)| label.as_str())
    }

    /// Whether a step can be done now, or will be known to be possible when the running one has ended.
    pub(super) fn can(&self, step: UndoStep) -> bool {
        let list = match step {
            UndoStep::Undo => &self.undo,
            UndoStep::Redo => &self.redo,
        };
        !list.is_empty() || self.running
    }

    fn list_mut(&mut self, step: UndoStep) -> &mut Vec<(String, Inverse)> {
        match step {
            UndoStep::Undo => &mut self.undo,
            UndoStep::Redo => &mut self.redo,
        }
    }

    /// Takes the newest edit that a step is for.
    fn pop(&mut self, step: UndoStep) -> Option<EditRun> {
        let (label, inverse) = self.list_mut(step).pop()?;
        Some(self.start(step, label, inverse))
    }

    /// Takes the edit with this inverse, also when it is no longer the newest.
    fn pop_inverse(&mut self, inverse: &Inverse) -> Option<EditRun> {
        for step in [UndoStep::Undo, UndoStep::Redo] {
            let list = self.list_mut(step);
            if let Some(index) = list.iter().rposition(|(_, known)| known == inverse) {
                let (label, inverse) = list.remove(index);
                return Some(self.start(step, label, inverse));
            }
        }
        None
    }

    fn start(&mut self, step: UndoStep, label: String, inverse: Inverse) -> EditRun {
        self.running = true;
        EditRun { edit: Edit::Undo(inverse), step: Some(step), label, earlier: None }
    }

    fn push(&mut self, step: UndoStep, label: String, inverse: Inverse) {
        let list = self.list_mut(step);
        list.push((label, inverse));
        if list.len() > DEPTH {
            list.remove(0);
        }
    }

    /// Joins the inverse of a run with that of what was done before its questions, which is then no longer undone by
    /// itself. Where that was undone meanwhile, nothing is joined.
    pub(super) fn join_earlier(&mut self, run: &EditRun, inverse: Option<Inverse>) -> Option<Inverse> {
        let (Some(inverse), Some(earlier)) = (&inverse, &run.earlier) else { return inverse };
        let Some(index) = self.undo.iter().rposition(|(_, known)| *known == earlier.undo) else {
            return Some(inverse.clone());
        };
        let (_, earlier) = self.undo.remove(index);
        // What was done last is undone first.
        Some(Inverse::All(vec![inverse.clone(), earlier]))
    }

    /// A finished edit can be undone, a finished undo redone.
    pub(super) fn record_edit(&mut self, run: &EditRun, inverse: Option<Inverse>) {
        if run.step.is_none() {
            self.redo.clear();
        }
        let onto = if run.step == Some(UndoStep::Undo) { UndoStep::Redo } else { UndoStep::Undo };
        if let Some(inverse) = inverse {
            self.push(onto, run.label.clone(), inverse);
        }
    }

    /// An upload that can be undone.
    pub(super) fn record_upload(&mut self, title: &str, inverse: Option<Inverse>) {
        if let Some(inverse) = inverse {
            self.redo.clear();
            self.push(UndoStep::Undo, text::upload_label(title), inverse);
        }
    }

    /// A step that may work later goes back to where it was taken from; one that was refused is gone. What was asked
    /// for behind a failed edit was meant for another state of things.
    pub(super) fn on_edit_failed(&mut self, run: &EditRun, problem: &Problem) {
        self.queue.clear();
        let later = problem.kind.may_succeed_later() && !problem.kind.is_full();
        if let (Some(step), Edit::Undo(inverse), true) = (run.step, &run.edit, later) {
            self.push(step, run.label.clone(), inverse.clone());
        }
    }
}

impl State {
    pub(super) fn undo_step(&mut self, step: UndoStep) {
        if self.context.is_editing() {
            self.undo.queue.push_back(step);
        } else if let Some(run) = self.undo.pop(step) {
            self.send_edit(run);
        }
    }

    /// Continues with what was asked for while an edit was under way.
    pub(super) fn next_undo_step(&mut self) {
        if !self.context.is_editing() {
            self.undo.running = false;
            if let Some(step) = self.undo.queue.pop_front() {
                self.undo_step(step);
            }
        }
    }

    /// The button of a toast: undoes this edit, also when it is no longer the newest.
    pub(super) fn undo_this(&mut self, inverse: &Inverse) {
        if let Some(run) = self.undo.pop_inverse(inverse) {
            self.send_edit(run);
        }
    }
}
