//! Asking about a move or copy that has left items in conflict, and carrying out the answers.

use super::dialog::Dialog;
use super::relocation_dialog::RelocationDialog;
use super::runs::{EarlierPart, EditRun};
use super::{State, text};
use coffer_model::transfer::Decision;
use coffer_model::{Edit, Entry, Relocation, RelocationConflict, RemotePath};
use std::collections::HashSet;

impl State {
    /// Asks about what a move or copy has left, behind a dialog that is open. What a copy would only replace by the same
    /// content is there already, and nobody is asked.
    pub(super) fn ask_about_conflicts(
        &mut self,
        edit: &Edit,
        mut conflicts: Vec<RelocationConflict>,
        earlier: Option<EarlierPart>,
    ) {
        let kind = if matches!(edit, Edit::Move(_)) { Relocation::Move } else { Relocation::Copy };
        if kind == Relocation::Copy && !conflicts.is_empty() {
            let identical = conflicts.len();
            conflicts.retain(|conflict| !conflict.is_identical());
            if conflicts.is_empty() {
                self.toast_done(text::already_exist(identical), None);
            }
        }
        if !conflicts.is_empty() {
            let questions = RelocationDialog::new(kind, conflicts, earlier);
            self.waiting_questions.push_back(Dialog::Relocation(questions));
        }
    }

    pub(super) fn confirm_relocation(&mut self) {
        if !matches!(self.dialog, Some(Dialog::Relocation(_))) {
            return;
        }
        let Some(Dialog::Relocation(mut questions)) = self.dialog.take() else { return };
        let (kind, earlier) = (questions.kind, questions.earlier.take());
        let conflicts = questions.into_decided();
        if conflicts.iter().all(|conflict| conflict.decision == Some(Decision::Skip)) {
            return;
        }
        let joined = earlier.as_ref().map(|earlier| earlier.operation);
        let edit = Edit::Relocate { kind, conflicts, earlier: joined };
        let label = text::relocation_label(&edit, earlier.as_ref());
        self.send_edit(EditRun { edit, reversed: None, label, earlier });
    }
}

/// The part of a move or copy that was not in conflict.
pub(super) fn without_conflicts(run: &EditRun, conflicts: &[RelocationConflict]) -> EditRun {
    let taken: HashSet<&RemotePath> = conflicts.iter().map(|conflict| &conflict.entry.path).collect();
    let others = |items: &[(Entry, RemotePath)]| {
        items.iter().filter(|(entry, _)| !taken.contains(&entry.path)).cloned().collect()
    };
    let edit = match &run.edit {
        Edit::Move(items) => Edit::Move(others(items)),
        Edit::Copy(items) => Edit::Copy(others(items)),
        other => other.clone(),
    };
    let label = text::edit_label(&edit);
    EditRun { edit, reversed: None, label, earlier: None }
}
