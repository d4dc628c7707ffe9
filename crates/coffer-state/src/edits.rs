//! Edits of the account: starting them, dimming what they touch, and what follows when they are done or refused.

use super::dialog::Dialog;
use super::edit_paths::{affected_folders, moves_of, names_given, removed_by, touched};
use super::large_operation::PlannedOperation;
use super::relocating::without_conflicts;
use super::requests::RequestPurpose;
use super::runs::{EarlierPart, EditRun};
use super::toast::ToastAction;
use super::{Location, State, text};
use coffer_model::{
    BringBackPlace, Edit, Entry, Job, Operation, OperationKind, Outcome, Problem, Progress, Receipt,
    Relocation, RemotePath, RequestId, Reversal, UndoStep,
};
use std::sync::Arc;

impl State {
    /// Sends an edit that the person asked for.
    pub(super) fn run_edit(&mut self, edit: Edit) -> RequestId {
        self.drop_earlier_undo();
        let label = text::edit_label(&edit);
        self.send_edit(EditRun { edit, reversed: None, label, earlier: None })
    }

    pub(super) fn send_edit(&mut self, run: EditRun) -> RequestId {
        let (paths, names) = (touched(&run), names_given(&run.edit));
        let job = Job::Edit(run.edit.clone());
        let id = self.context.run(job, RequestPurpose::Edit(Arc::new(run)));
        if let Some(other) = &mut self.other_pane {
            other.browser.begin_edit(id, paths.clone(), names.clone());
        }
        self.browser.begin_edit(id, paths, names);
        id
    }

    pub(super) fn delete_selected(&mut self) {
        let entries = self.browser.cloned_selection();
        // Deleting one would take it out of this Dropbox alone, which is asked for one by one.
        if let Some(shared) = entries.iter().find(|entry| entry.sharing.is_shared_folder) {
            self.toasts.push_failed(text::shared_folder_among_others(shared.name()), None);
        } else if !entries.is_empty() {
            self.begin_or_ask(PlannedOperation::Edit(Edit::Delete(entries)));
        }
    }

    pub(super) fn undelete_selected(&mut self) {
        let entries = self.browser.cloned_selection();
        if !entries.is_empty() {
            self.run_edit(Edit::Undelete(entries));
        }
    }

    /// Rows dropped on a folder of this window.
    pub(super) fn drop_entries(&mut self, entries: Vec<Entry>, target: &RemotePath, copy: bool) {
        if self.navigation.current().is_past() || self.refuses_write(target) {
            return;
        }
        if copy {
            self.copy_into(entries, target);
        } else {
            self.move_into(entries, target);
        }
    }

    /// Says how far an edit of very many items is.
    pub(super) fn on_edit_progress(&mut self, id: RequestId, run: &EditRun, progress: &Progress) {
        self.toasts.show_progress(id, text::edit_progress(run, progress), self.context.now_secs());
    }

    pub(super) fn on_edited(&mut self, id: RequestId, run: &EditRun, outcome: Outcome) {
        self.shared_folders_after(id, run, matches!(outcome, Outcome::Done(_)));
        if matches!(outcome, Outcome::Done(_)) {
            self.links_after(&run.edit);
        }
        self.toasts.end_progress(id);
        match outcome {
            Outcome::Done(Receipt::Edited { entries, operation, failed, conflicts }) => {
                let done = operation.as_ref().map(|operation| operation.id);
                let earlier = done.map(|operation| EarlierPart { items: entries.len(), operation });
                if conflicts.is_empty() {
                    self.edit_is_done(id, run, &entries, operation, &failed);
                } else if entries.is_empty() && operation.is_none() && failed.is_empty() {
                    self.in_each_pane(|state| state.browser.edit_failed(id));
                } else {
                    self.edit_is_done(id, &without_conflicts(run, &conflicts), &entries, operation, &failed);
                }
                self.ask_about_conflicts(&run.edit, conflicts, earlier);
            }
            Outcome::Done(Receipt::Reversed(reversal)) => self.on_reversed(id, run, *reversal),
            Outcome::Done(_) => self.edit_is_done(id, run, &[], None, &[]),
            Outcome::Cancelled => self.in_each_pane(|state| state.browser.edit_failed(id)),
            Outcome::Failed(problem) => self.edit_is_refused(id, run, problem),
        }
        self.next_undo_step();
    }

    fn edit_is_done(
        &mut self,
        id: RequestId,
        run: &EditRun,
        entries: &[Entry],
        operation: Option<Operation>,
        failed: &[Problem],
    ) {
        self.in_each_pane(|state| state.browser.edit_done(id));
        if let Some(earlier) = &run.earlier {
            self.toasts.remove_undone(earlier.operation);
        }
        self.follow_moves(&moves_of(&run.edit), &removed_by(&run.edit), failed);
        self.duplicates_after(&run.edit, failed);
        self.in_each_pane(|state| state.select_results(&run.edit, entries));
        self.close_after(id);
        self.choose_made_folder(id, entries);
        self.on_changed(Some(&affected_folders(&run.edit, entries)));
        self.in_each_pane(Self::list_gathered_again);
        if let Some(first) = failed.first() {
            self.stay_to_tell(&text::all_problems(first, failed));
            self.report_all(text::edit_partly_done(&run.label, failed), failed);
            if let Some(operation) = &operation {
                self.toasts.last_is_of(operation.id);
            }
        } else if let Some(said) = text::edit_done(run) {
            let undoable = operation.as_ref().filter(|operation| operation.can_reverse);
            self.toast_done(said, undoable.map(|it| ToastAction::Reverse(it.id, UndoStep::Undo)));
        }
        self.record_operation(operation);
    }

    /// A list that is no folder may show anything.
    fn list_gathered_again(&mut self) {
        if self.navigation.current().folder().is_none() {
            self.list_again();
        }
    }

    /// An operation was done here.
    pub(super) fn record_operation(&mut self, operation: Option<Operation>) {
        if let Some(operation) = operation {
            self.record_in_activity(&operation);
            self.undo.record(operation, self.navigation.current());
        }
    }

    /// An operation was undone or redone; or that was refused, and it stands as before.
    fn on_reversed(&mut self, id: RequestId, run: &EditRun, reversal: Reversal) {
        let Reversal { operation, entries, failed, moved, removed, folders } = reversal;
        let is_refused = Some(operation.next_step()) == run.step();
        let is_of_many = operation.kind == OperationKind::BringBack;
        self.record_operation(Some(operation));
        if is_refused {
            self.undo.on_edit_failed();
            self.in_each_pane(|state| state.browser.edit_failed(id));
        } else {
            self.in_each_pane(|state| state.browser.edit_done(id));
        }
        self.follow_moves(&moved, &removed, &failed);
        // What a folder brought back comes and goes in many places; nobody has asked for a selection of that.
        if !is_of_many {
            self.in_each_pane(|state| state.select_results(&run.edit, &entries));
        }
        self.on_changed(folders.as_deref());
        self.in_each_pane(Self::list_gathered_again);
        match failed.as_slice() {
            [] => {
                if let Some(said) = text::edit_done(run) {
                    self.toast_done(said, None);
                }
            }
            [problem] => {
                self.stay_to_tell(problem);
                self.report(problem.clone(), None);
            }
            failed => self.report_all(text::edit_partly_done(&run.label, failed), failed),
        }
    }

    fn edit_is_refused(&mut self, id: RequestId, run: &EditRun, problem: Problem) {
        self.in_each_pane(|state| state.browser.edit_failed(id));
        self.undo.on_edit_failed();
        let refused = |state: &mut Self| state.browser.rename_refused(id, &problem);
        if refused(self)
            || self.with_other_pane(refused) == Some(true)
            || self.refused_in_dialog(id, &problem)
        {
            self.session.record_failure(&problem);
            return;
        }
        self.stay_to_tell(&problem);
        self.report(problem, Some(Job::Edit(run.edit.clone())));
    }

    /// New names and locations are selected as soon as they are listed here.
    fn select_results(&mut self, edit: &Edit, entries: &[Entry]) {
        let brings_selection = match edit {
            Edit::CreateFolder { .. } | Edit::Copy(_) | Edit::AddSharedFolder(_) | Edit::Undo { .. } => true,
            Edit::Relocate { kind, .. } => *kind == Relocation::Copy,
            Edit::BringBack(asked) => matches!(asked.place, BringBackPlace::Beside(_)),
            Edit::Move(moves) => moves.iter().all(|(entry, to)| entry.path.parent() == to.parent()),
            Edit::Delete(_)
            | Edit::DeleteCopies(_)
            | Edit::Restore { .. }
            | Edit::Undelete(_)
            | Edit::RevokeLink { .. }
            | Edit::RemoveSharedFolder(_) => false,
        };
        let Some(folder) = self.navigation.current().folder() else { return };
        let is_shown = |parent: RemotePath| parent == *folder || self.browser.unfolded.contains(&parent);
        let here: Vec<RemotePath> = entries
            .iter()
            .filter(|entry| !entry.is_deleted() && entry.path.parent().is_some_and(is_shown))
            .map(|entry| entry.path.clone())
            .collect();
        if brings_selection && !here.is_empty() {
            self.browser.select_when_listed(here);
        }
    }

    /// A dialog whose edit was refused says so itself.
    fn refused_in_dialog(&mut self, id: RequestId, problem: &Problem) -> bool {
        match &mut self.dialog {
            Some(Dialog::Versions(versions)) if versions.restoring == Some(id) => {
                versions.restoring = None;
                versions.problem = Some(problem.clone());
                true
            }
            Some(Dialog::Share(share)) if share.revoking == Some(id) => {
                share.revoking = None;
                share.link.fail(problem.clone());
                true
            }
            Some(Dialog::FolderChooser(chooser)) if chooser.is_making(id) => {
                chooser.on_folder_refused(problem);
                true
            }
            _ => false,
        }
    }

    /// A folder was made for what is to be moved into it.
    fn choose_made_folder(&mut self, id: RequestId, entries: &[Entry]) {
        if let Some((chooser, context)) = self.folder_chooser_mut()
            && chooser.is_making(id)
            && let [made] = entries
        {
            chooser.on_folder_made(made.path.clone(), context);
        }
    }

    /// A dialog whose edit is done has nothing more to say.
    fn close_after(&mut self, id: RequestId) {
        match &mut self.dialog {
            Some(Dialog::Versions(versions)) if versions.restoring == Some(id) => self.close_dialog(),
            Some(Dialog::Share(share)) if share.revoking == Some(id) => share.on_revoked(),
            _ => {}
        }
    }

    /// Folders that moved are followed: the person stays in the folder they were in, whatever its name.
    fn follow_moves(
        &mut self,
        moves: &[(RemotePath, RemotePath)],
        removed: &[RemotePath],
        failed: &[Problem],
    ) {
        let shown = self.navigation.current().clone();
        let shown_in_other = self.other_pane.as_ref().map(|other| other.location().clone());
        let happened = |path: &RemotePath| failed.iter().all(|problem| problem.path.as_ref() != Some(path));
        for (from, to) in moves.iter().filter(|(from, _)| happened(from)) {
            self.navigation.follow_move(from, to);
            if let Some(other) = &mut self.other_pane {
                other.tab.follow_move(from, to);
            }
            self.in_each_pane(|state| state.follow_unfolded(from, to));
            self.settings.follow_move(self.session.key(), from, to, &self.context);
        }
        for removed in removed.iter().filter(|path| happened(path)) {
            self.navigation.leave_removed(removed);
        }
        let parent_of_removed = |shown: &Location| {
            let gone = shown.folder()?;
            removed.iter().find(|path| path.contains(gone) && happened(path))?.parent()
        };
        if let Some(parent) = parent_of_removed(&shown) {
            self.replace_visit(Location::Folder(parent));
        } else if *self.navigation.current() != shown {
            self.enter_same_location();
        }
        if let Some(shown) = shown_in_other {
            self.with_other_pane(|state| state.follow_in_other_pane(&shown, parent_of_removed(&shown)));
        }
    }
}
