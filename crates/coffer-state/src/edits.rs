//! Edits of the account: starting them, dimming what they touch, and what follows when they are done or refused.

use super::dialog::Dialog;
use super::requests::Purpose;
use super::toast::ToastAction;
use super::undo::Step;
use super::{Place, State, text};
use coffer_model::{Edit, Entry, Inverse, Job, Load, Outcome, Problem, Receipt, RemotePath, RequestId};
use std::sync::Arc;

/// An edit under way.
pub(super) struct EditRun {
    pub(super) edit: Edit,
    /// Set when it takes back or repeats another one.
    pub(super) step: Option<Step>,
    /// What it does, in words: "Delete “Budget.csv”".
    pub(super) label: String,
}

impl State {
    /// Sends an edit that the person asked for.
    pub(super) fn run_edit(&mut self, edit: Edit) -> RequestId {
        let label = text::edit_label(&edit);
        self.send_edit(EditRun { edit, step: None, label })
    }

    pub(super) fn send_edit(&mut self, run: EditRun) -> RequestId {
        let touched = touched(&run.edit);
        let id = self.run(Job::Edit(run.edit.clone()), Purpose::Edit(Arc::new(run)));
        self.browser.busy.extend(touched.into_iter().map(|path| (path, id)));
        id
    }

    pub(super) fn edit_is_running(&self) -> bool {
        !self.requests.ids(|purpose| matches!(purpose, Purpose::Edit(_))).is_empty()
    }

    pub(super) fn delete_selected(&mut self) {
        let entries: Vec<Entry> = self.selected_entries().into_iter().cloned().collect();
        if !entries.is_empty() {
            self.run_edit(Edit::Delete(entries));
        }
    }

    pub(super) fn undelete_selected(&mut self) {
        let paths: Vec<RemotePath> = self.selected_entries().iter().map(|entry| entry.path.clone()).collect();
        if !paths.is_empty() {
            self.run_edit(Edit::Undelete(paths));
        }
    }

    /// Rows dropped on a folder of this window.
    pub(super) fn drop_entries(&mut self, entries: Vec<Entry>, target: &RemotePath, copy: bool) {
        if copy {
            self.copy_into(entries, target);
        } else {
            self.move_into(entries, target);
        }
    }

    /// Whether dropping these on that folder would do anything: not into itself, its child, or where they are.
    pub fn can_drop(&self, entries: &[Entry], target: &RemotePath, copy: bool) -> bool {
        entries.iter().any(|entry| {
            let stays = entry.path.parent().as_ref() == Some(target);
            !entry.is_deleted() && !entry.path.contains(target) && (copy || !stays)
        })
    }

    pub(super) fn on_edited(&mut self, id: RequestId, run: &EditRun, outcome: Outcome) {
        match outcome {
            Outcome::Done(Receipt::Edited { entries, undo, failed }) => {
                self.edit_is_done(id, run, &entries, undo, &failed);
            }
            Outcome::Done(_) => self.edit_is_done(id, run, &[], None, &[]),
            Outcome::Cancelled => self.edit_failed(id),
            Outcome::Failed(problem) => self.edit_is_refused(id, run, problem),
        }
        self.next_step();
    }

    fn edit_is_done(
        &mut self,
        id: RequestId,
        run: &EditRun,
        entries: &[Entry],
        inverse: Option<Inverse>,
        failed: &[Problem],
    ) {
        self.edit_done(id);
        self.follow_moves(&run.edit, failed);
        self.select_results(run, entries);
        self.close_after(id, run);
        self.on_changed(Some(&affected_folders(&run.edit, entries)));
        if self.navigation.current().folder().is_none() {
            self.list_again();
        }
        if let Some(first) = failed.first() {
            for problem in failed {
                self.note_failure(problem);
            }
            let details = ToastAction::Details(text::all_problems(first, failed));
            self.toast_failed(text::edit_partly_done(run, failed), Some(details));
        } else if let Some(said) = text::edit_done(run) {
            self.toast_done(said, inverse.clone().filter(|_| run.step.is_none()).map(ToastAction::Undo));
        }
        self.remember_inverse(run, inverse);
    }

    fn edit_is_refused(&mut self, id: RequestId, run: &EditRun, problem: Problem) {
        self.edit_failed(id);
        self.step_failed(run, &problem);
        if self.naming_failed(id, &problem) || self.dialog_edit_failed(id, &problem) {
            self.note_failure(&problem);
            return;
        }
        self.report(problem, Some(Job::Edit(run.edit.clone())));
    }

    /// New names and places are selected as soon as they are listed here.
    fn select_results(&mut self, run: &EditRun, entries: &[Entry]) {
        let brings_selection = match &run.edit {
            Edit::CreateFolder { .. } | Edit::Copy(_) | Edit::Undo(_) => true,
            Edit::Move(moves) => moves.iter().all(|(entry, to)| entry.path.parent() == to.parent()),
            Edit::Delete(_) | Edit::Restore { .. } | Edit::Undelete(_) | Edit::RevokeLink { .. } => false,
        };
        let Place::Folder(folder) = self.navigation.current() else { return };
        let here: Vec<RemotePath> = entries
            .iter()
            .filter(|entry| !entry.is_deleted() && entry.path.parent().as_ref() == Some(folder))
            .map(|entry| entry.path.clone())
            .collect();
        if brings_selection && !here.is_empty() {
            self.select_when_listed(here);
        }
    }

    /// A dialog whose edit was refused says so itself.
    fn dialog_edit_failed(&mut self, id: RequestId, problem: &Problem) -> bool {
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
            _ => false,
        }
    }

    /// A dialog whose edit is done has nothing more to say.
    fn close_after(&mut self, id: RequestId, run: &EditRun) {
        match &mut self.dialog {
            Some(Dialog::Versions(versions)) if versions.restoring == Some(id) => self.close_dialog(),
            Some(Dialog::Share(share)) if share.revoking == Some(id) => {
                share.revoking = None;
                share.revoked = true;
                share.copied = false;
                share.link = Load::Idle;
                share.entry.link = None;
            }
            _ => {}
        }
        // A toast that offered to undo this has nothing to offer any longer.
        if let Edit::Undo(inverse) = &run.edit {
            self.toasts.retain(|toast| toast.action != Some(ToastAction::Undo(inverse.clone())));
        }
    }

    /// Places that moved are followed: the person stays in the folder they were in, whatever its name.
    fn follow_moves(&mut self, edit: &Edit, failed: &[Problem]) {
        let shown = self.navigation.current().clone();
        let happened = |path: &RemotePath| failed.iter().all(|problem| problem.path.as_ref() != Some(path));
        for (from, to) in moves_of(edit).into_iter().filter(|(from, _)| happened(from)) {
            for visit in &mut self.navigation.visits {
                if let Place::Folder(path) = &mut visit.place
                    && let Some(moved) = path.moved(&from, &to)
                {
                    *path = moved;
                }
            }
        }
        if let Place::Folder(gone) = &shown
            && let Some(removed) = removed_by(edit).iter().find(|path| path.contains(gone) && happened(path))
            && let Some(parent) = removed.parent()
        {
            self.replace_visit(Place::Folder(parent));
        } else if *self.navigation.current() != shown {
            let (selection, scroll) = (self.browser.selection.to_keep(), self.browser.scroll_top);
            self.enter(selection, scroll);
        }
    }
}

/// The items that an edit changes, drawn dimmed meanwhile.
fn touched(edit: &Edit) -> Vec<RemotePath> {
    match edit {
        Edit::Move(moves) => moves.iter().map(|(entry, _)| entry.path.clone()).collect(),
        Edit::Delete(entries) => entries.iter().map(|entry| entry.path.clone()).collect(),
        Edit::Undelete(paths) => paths.clone(),
        Edit::Restore { path, .. } | Edit::RevokeLink { path, .. } => vec![path.clone()],
        Edit::Undo(inverse) => touched_by_undo(inverse),
        Edit::CreateFolder { .. } | Edit::Copy(_) => Vec::new(),
    }
}

fn touched_by_undo(inverse: &Inverse) -> Vec<RemotePath> {
    match inverse {
        Inverse::MoveBack(moves) => moves.iter().map(|(entry, _)| entry.path.clone()).collect(),
        Inverse::Remove(entries) => entries.iter().map(|entry| entry.path.clone()).collect(),
        Inverse::Rewind(rewinds) => rewinds.iter().map(|rewind| rewind.path.clone()).collect(),
        Inverse::Undelete { .. } => Vec::new(),
        Inverse::All(steps) => steps.iter().flat_map(touched_by_undo).collect(),
    }
}

/// (from, to) of all that moves.
fn moves_of(edit: &Edit) -> Vec<(RemotePath, RemotePath)> {
    match edit {
        Edit::Move(moves) | Edit::Undo(Inverse::MoveBack(moves)) => {
            moves.iter().map(|(entry, to)| (entry.path.clone(), to.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// What is no longer there afterwards.
fn removed_by(edit: &Edit) -> Vec<RemotePath> {
    match edit {
        Edit::Delete(entries) | Edit::Undo(Inverse::Remove(entries)) => {
            entries.iter().map(|entry| entry.path.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// The folders whose rows an edit changes.
fn affected_folders(edit: &Edit, results: &[Entry]) -> Vec<RemotePath> {
    let mut paths: Vec<RemotePath> = results.iter().map(|entry| entry.path.clone()).collect();
    match edit {
        Edit::CreateFolder { path } | Edit::Restore { path, .. } | Edit::RevokeLink { path, .. } => {
            paths.push(path.clone());
        }
        Edit::Move(moves) | Edit::Copy(moves) => {
            paths.extend(moves.iter().flat_map(|(entry, to)| [entry.path.clone(), to.clone()]));
        }
        Edit::Delete(entries) => paths.extend(entries.iter().map(|entry| entry.path.clone())),
        Edit::Undelete(deleted) => paths.extend(deleted.iter().cloned()),
        Edit::Undo(inverse) => collect_paths(inverse, &mut paths),
    }
    let mut folders: Vec<RemotePath> = paths.iter().filter_map(RemotePath::parent).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

fn collect_paths(inverse: &Inverse, paths: &mut Vec<RemotePath>) {
    match inverse {
        Inverse::Undelete { folders, files } => {
            paths.extend(folders.iter().cloned());
            paths.extend(files.iter().map(|(path, _)| path.clone()));
        }
        Inverse::MoveBack(moves) => {
            paths.extend(moves.iter().flat_map(|(entry, to)| [entry.path.clone(), to.clone()]));
        }
        Inverse::Rewind(rewinds) => paths.extend(rewinds.iter().map(|rewind| rewind.path.clone())),
        Inverse::Remove(entries) => paths.extend(entries.iter().map(|entry| entry.path.clone())),
        Inverse::All(steps) => steps.iter().for_each(|step| collect_paths(step, paths)),
    }
}
