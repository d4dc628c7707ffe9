//! Files of the account that are edited with other programs. What was changed is saved by itself as soon as the worker
//! tells of it; what was changed before this program started waits for the person.

use super::action::OpenFileAction;
use super::requests::RequestPurpose;
use super::toast::ToastAction;
use super::transfers::{NewTransfer, Section, TransferTitle};
use super::{State, text};
use coffer_model::receipt::SavedCopy;
use coffer_model::working_copy::{ConflictChoice, SaveResult};
use coffer_model::{
    AccountChoice, Direction, Entry, Job, Outcome, ProblemKind, RemotePath, RequestId, UndoStep, WorkingCopy,
    WorkingCopyId, WorkingCopyState,
};
use coffer_texts::tr;
use std::collections::{HashMap, HashSet};

/// The working copies of the account, as the worker tells of them.
#[derive(Default)]
pub struct OpenFiles {
    copies: Vec<WorkingCopy>,

    /// The saves that run, and whether the copy has been changed again since they began.
    saving: HashMap<WorkingCopyId, bool>,

    /// Those whose save has failed or was cancelled: the next one is for the person to ask for.
    unsaved: HashSet<WorkingCopyId>,

    /// The one that is about to be thrown away, and why it could not be closed.
    confirming: Option<(WorkingCopyId, Option<String>)>,

    /// Changes of an earlier run were told.
    is_announced: bool,
}

/// What the window says of a file that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenFileStatus {
    /// Nothing was changed that is not in the account.
    Saved,
    Saving,
    /// Changed; it is saved when the person asks for it.
    Unsaved,
    /// Another version stands beside it until the person chooses one.
    Conflict,
}

impl OpenFiles {
    pub fn copies(&self) -> &[WorkingCopy] {
        &self.copies
    }

    pub fn get(&self, id: &WorkingCopyId) -> Option<&WorkingCopy> {
        self.copies.iter().find(|copy| copy.id == *id)
    }

    /// The copy of the file at a path.
    pub fn at(&self, path: &RemotePath) -> Option<&WorkingCopy> {
        self.copies.iter().find(|copy| copy.remote_path == *path)
    }

    pub fn status(&self, copy: &WorkingCopy) -> OpenFileStatus {
        if self.saving.contains_key(&copy.id) {
            OpenFileStatus::Saving
        } else if copy.conflict.is_some() {
            OpenFileStatus::Conflict
        } else {
            match copy.state {
                WorkingCopyState::Saved => OpenFileStatus::Saved,
                // The save is about to begin.
                WorkingCopyState::Edited if !self.unsaved.contains(&copy.id) => OpenFileStatus::Saving,
                WorkingCopyState::Edited | WorkingCopyState::Unsent => OpenFileStatus::Unsaved,
            }
        }
    }

    /// Whether the question is open if a copy is to be thrown away.
    pub fn is_confirming(&self, id: &WorkingCopyId) -> bool {
        self.confirming.as_ref().is_some_and(|(confirming, _)| confirming == id)
    }

    /// Why the copy that the question is about could not be closed.
    pub fn why_not_closed(&self) -> Option<&str> {
        self.confirming.as_ref()?.1.as_deref()
    }

    /// How many need the person: they are not saved, or in conflict.
    pub fn waiting(&self) -> usize {
        let waits = |copy: &&WorkingCopy| {
            matches!(self.status(copy), OpenFileStatus::Unsaved | OpenFileStatus::Conflict)
        };
        self.copies.iter().filter(waits).count()
    }

    /// Takes what the worker tells; answers with the copies that are to be saved now.
    fn update(&mut self, copies: Vec<WorkingCopy>) -> Vec<WorkingCopyId> {
        self.copies = copies;
        let known: HashSet<&WorkingCopyId> = self.copies.iter().map(|copy| &copy.id).collect();
        self.unsaved.retain(|id| known.contains(id));
        self.confirming.take_if(|(id, _)| !known.contains(id));
        let mut wanted = Vec::new();
        for copy in &self.copies {
            match copy.state {
                WorkingCopyState::Saved => {
                    self.unsaved.remove(&copy.id);
                }
                WorkingCopyState::Edited => {
                    if let Some(changed_again) = self.saving.get_mut(&copy.id) {
                        *changed_again = true;
                    } else if !self.unsaved.contains(&copy.id) {
                        wanted.push(copy.id.clone());
                    }
                }
                WorkingCopyState::Unsent => {}
            }
        }
        wanted
    }

    /// A save has ended; answers whether the copy was changed again meanwhile.
    fn end_save(&mut self, id: &WorkingCopyId, is_saved: bool) -> bool {
        let changed_again = self.saving.remove(id).unwrap_or(false);
        if is_saved {
            self.unsaved.remove(id);
        } else {
            self.unsaved.insert(id.clone());
        }
        is_saved && changed_again
    }

    /// Changes of an earlier run that nobody was told of yet.
    fn announce_unsent(&mut self) -> usize {
        let unsent = self.copies.iter().filter(|copy| copy.state == WorkingCopyState::Unsent).count();
        if std::mem::replace(&mut self.is_announced, true) { 0 } else { unsent }
    }
}

/// The copy that a job saves, and whether it ends a conflict as well.
pub(super) fn saved_by(job: &Job) -> Option<&WorkingCopyId> {
    match job {
        Job::SaveWorkingCopy { id } | Job::ResolveEditConflict { id, .. } => Some(id),
        _ => None,
    }
}

impl State {
    pub(super) fn open_file(&mut self, entry: Entry) {
        self.ask_and_open(entry.clone(), Job::CheckOut { entry, open: true });
    }

    pub(super) fn on_working_copies(&mut self, copies: Vec<WorkingCopy>) {
        let compared = self.compared_copy().cloned();
        for id in self.transfers.open_files.update(copies) {
            self.save_copy(&id);
        }
        if let Some(compared) = compared {
            self.refresh_comparison(&compared);
        }
        let unsent = self.transfers.open_files.announce_unsent();
        if unsent > 0 {
            self.toasts.push_failed(tr!("unsent", count = unsent), Some(ToastAction::ReviewOpenFiles));
        }
    }

    pub(super) fn apply_to_open_file(&mut self, id: WorkingCopyId, action: OpenFileAction) {
        match action {
            OpenFileAction::Save => {
                self.save_copy(&id);
            }
            OpenFileAction::Reopen => self.reopen_copy(&id),
            OpenFileAction::Compare => self.compare_conflict(id),
            OpenFileAction::Show => self.show_copy(&id),
            OpenFileAction::Close => self.close_copy(id),
            OpenFileAction::Discard => self.discard_copy(id),
            OpenFileAction::KeepChanges => self.keep_copy(),
            OpenFileAction::Resolve(keep) => self.resolve_conflict(&id, keep),
        }
    }

    /// Saves a copy whose changes are not in the account, unless that is under way.
    pub(super) fn save_copy(&mut self, id: &WorkingCopyId) -> Option<RequestId> {
        self.start_save(Job::SaveWorkingCopy { id: id.clone() })
    }

    fn resolve_conflict(&mut self, id: &WorkingCopyId, keep: ConflictChoice) {
        if self.compared_copy().is_some_and(|copy| copy.id == *id) {
            self.close_dialog();
        }
        self.start_save(Job::ResolveEditConflict { id: id.clone(), keep });
    }

    pub(super) fn start_save(&mut self, job: Job) -> Option<RequestId> {
        let id = saved_by(&job)?.clone();
        let copy = self
            .transfers
            .open_files
            .get(&id)
            .filter(|_| !self.transfers.open_files.saving.contains_key(&id))?;
        let new = NewTransfer {
            direction: Direction::Upload,
            title: TransferTitle::Item { name: copy.remote_path.name().to_owned(), files: None },
            origin: text::other_program().to_owned(),
            target: copy.remote_path.parent().unwrap_or_default().display_path(),
            source: None,
            job,
            from_command_line: false,
        };
        self.transfers.open_files.unsaved.remove(&id);
        self.transfers.open_files.saving.insert(id, false);
        let request = self.start_transfer(new);
        // Nobody asked for it just now, so the panel does not open for it.
        self.transfers.mark_noticed(request);
        Some(request)
    }

    /// A save has ended well.
    pub(super) fn on_copy_saved(&mut self, job: &Job, saved: SavedCopy) {
        let Some(id) = saved_by(job) else { return };
        let changed_again = self.transfers.open_files.end_save(id, true);
        let said = match job {
            Job::ResolveEditConflict { keep, .. } => Some(text::conflict_resolved(&saved.remote_path, *keep)),
            _ => text::copy_saved(
                &saved.remote_path,
                saved.result,
                !matches!(self.session.choice, AccountChoice::Local),
            ),
        };
        if let Some(said) = said {
            let undo = saved.operation.as_ref().map(|it| ToastAction::Reverse(it.id, UndoStep::Undo));
            if saved.result == SaveResult::Conflict {
                self.toasts.push_failed(said, Some(ToastAction::ReviewOpenFiles));
            } else {
                self.toast_done(said, undo);
            }
        }
        self.record_operation(saved.operation);
        if let Some(folder) = saved.remote_path.parent() {
            self.on_changed(Some(&[folder]));
        }
        if changed_again {
            self.save_copy(id);
        }
    }

    /// A save has failed or was cancelled: the changes stay where they are.
    pub(super) fn on_save_ended(&mut self, job: &Job) {
        if let Some(id) = saved_by(job) {
            self.transfers.open_files.end_save(id, false);
        }
    }

    fn close_copy(&mut self, id: WorkingCopyId) {
        if self.transfers.open_files.get(&id).is_some() {
            let job = Job::CloseWorkingCopy { id: id.clone() };
            self.context.run(job, RequestPurpose::CloseWorkingCopy(id));
        }
    }

    /// One that another program works with can be thrown away all the same. One that was changed is saved.
    pub(super) fn on_copy_closed(&mut self, id: WorkingCopyId, outcome: Outcome) {
        let Outcome::Failed(problem) = outcome else { return };
        // Done was pressed twice, and it is closed.
        if problem.kind == ProblemKind::LocalNotFound {
            return;
        }
        if problem.kind == ProblemKind::LocalInUse {
            self.transfers.open_files.confirming = Some((id, Some(problem.detail.clone())));
        }
        self.report(problem, None);
    }

    /// Throws a copy away; asks first.
    fn discard_copy(&mut self, id: WorkingCopyId) {
        if self.transfers.open_files.get(&id).is_none() {
            return;
        }
        if self.transfers.open_files.is_confirming(&id) {
            self.transfers.open_files.confirming = None;
            self.context.run(Job::DiscardWorkingCopy { id }, RequestPurpose::DiscardWorkingCopy);
        } else {
            self.transfers.open_files.confirming = Some((id, None));
        }
    }

    fn keep_copy(&mut self) {
        self.transfers.open_files.confirming = None;
    }

    /// Opens a copy again, as it is.
    fn reopen_copy(&mut self, id: &WorkingCopyId) {
        if let Some(copy) = self.transfers.open_files.get(id) {
            let local_path = copy.local_path.clone();
            self.context.run(Job::OpenLocalFile { local_path }, RequestPurpose::Browse);
        }
    }

    /// Shows the file in its folder; in a conflict both versions, selected side by side.
    fn show_copy(&mut self, id: &WorkingCopyId) {
        let Some(copy) = self.transfers.open_files.get(id) else { return };
        let mut paths = vec![copy.remote_path.clone()];
        if let Some(conflict) = &copy.conflict {
            paths.push(conflict.theirs.clone());
        }
        let folder = copy.remote_path.parent().unwrap_or_default();
        paths.retain(|path| path.parent().as_ref() == Some(&folder));
        self.close_dialog();
        self.show_in(folder, paths);
    }

    pub(super) fn review_open_files(&mut self) {
        self.transfers.panel_open = true;
        self.transfers.choose_section(Section::OpenFiles);
    }
}
