//! Taking back and doing again. Every finished edit leaves its inverse; taking it back leaves the inverse of that.
//! Steps run one after the other, and only when no other edit is under way: the newest edit is known only then.

use super::State;
use super::edits::EditRun;
use super::text;
use coffer_model::{Edit, Inverse, Problem};
use std::collections::VecDeque;

/// So many edits can be taken back.
const DEPTH: usize = 200;

/// Edits that can be taken back, with the words for it ("Move “Budget.csv”").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoStack {
    pub undo: Vec<(String, Inverse)>,
    pub redo: Vec<(String, Inverse)>,

    /// Asked for while an edit was under way.
    queue: VecDeque<Step>,

    /// A step is under way.
    running: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Undo,
    Redo,
}

impl UndoStack {
    pub(super) fn is_running(&self) -> bool {
        self.running
    }

    fn of(&mut self, step: Step) -> &mut Vec<(String, Inverse)> {
        match step {
            Step::Undo => &mut self.undo,
            Step::Redo => &mut self.redo,
        }
    }

    fn push(&mut self, step: Step, label: String, inverse: Inverse) {
        let stack = self.of(step);
        stack.push((label, inverse));
        if stack.len() > DEPTH {
            stack.remove(0);
        }
    }
}

impl State {
    /// What Undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.undo.last().map(|(label, _)| label.as_str())
    }

    /// What Redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undo.redo.last().map(|(label, _)| label.as_str())
    }

    pub(super) fn step(&mut self, step: Step) {
        if self.edit_is_running() {
            self.undo.queue.push_back(step);
        } else if let Some((label, inverse)) = self.undo.of(step).pop() {
            self.undo.running = true;
            self.send_edit(EditRun { edit: Edit::Undo(inverse), step: Some(step), label });
        }
    }

    /// Goes on with what was asked for while an edit was under way.
    pub(super) fn next_step(&mut self) {
        if !self.edit_is_running() {
            self.undo.running = false;
            if let Some(step) = self.undo.queue.pop_front() {
                self.step(step);
            }
        }
    }

    /// The button of a toast: takes back this edit, also when it is no longer the newest.
    pub(super) fn undo_this(&mut self, inverse: &Inverse) {
        if let Some(at) = self.undo.undo.iter().rposition(|(_, known)| known == inverse) {
            let (label, inverse) = self.undo.undo.remove(at);
            self.undo.running = true;
            self.send_edit(EditRun { edit: Edit::Undo(inverse), step: Some(Step::Undo), label });
        } else if let Some(at) = self.undo.redo.iter().rposition(|(_, known)| known == inverse) {
            let (label, inverse) = self.undo.redo.remove(at);
            self.undo.running = true;
            self.send_edit(EditRun { edit: Edit::Undo(inverse), step: Some(Step::Redo), label });
        }
    }

    /// A finished edit can be taken back, a finished undo done again.
    pub(super) fn remember_inverse(&mut self, run: &EditRun, inverse: Option<Inverse>) {
        if run.step.is_none() {
            self.undo.redo.clear();
        }
        let onto = if run.step == Some(Step::Undo) { Step::Redo } else { Step::Undo };
        if let Some(inverse) = inverse {
            self.undo.push(onto, run.label.clone(), inverse);
        }
    }

    /// An upload or download that can be taken back.
    pub(super) fn remember_transfer(&mut self, title: &str, inverse: Option<Inverse>) {
        if let Some(inverse) = inverse {
            self.undo.redo.clear();
            self.undo.push(Step::Undo, text::upload_label(title), inverse);
        }
    }

    /// A step that may work later goes back to where it was taken from; one that was refused is gone. What was asked
    /// for behind a failed edit was meant for another state of things.
    pub(super) fn step_failed(&mut self, run: &EditRun, problem: &Problem) {
        self.undo.queue.clear();
        let later = problem.kind.may_succeed_later() && !problem.kind.is_full();
        if let (Some(step), Edit::Undo(inverse), true) = (run.step, &run.edit, later) {
            self.undo.push(step, run.label.clone(), inverse.clone());
        }
    }
}
