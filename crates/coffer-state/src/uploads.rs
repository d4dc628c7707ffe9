//! Uploading: files are looked at first, questions are asked before anything is sent, and a retry remembers the
//! decisions.

use super::conflict_dialog::ConflictDialog;
use super::dialog::Dialog;
use super::large_operation::{PlannedOperation, PlannedUpload};
use super::requests::RequestPurpose;
use super::runs::PlanRun;
use super::transfers::{NewTransfer, TransferEnd, TransferItem, TransferTitle};
use super::{State, text};
use coffer_model::message::Pick;
use coffer_model::transfer::{PlannedFile, PlannedFiles, RefusedName, UploadPlan};
use coffer_model::{Direction, Job, Outcome, Receipt, RemotePath, RequestId};
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

impl State {
    pub(super) fn pick_upload(&mut self, folders: bool) {
        let Some(target) = self.navigation.current().folder().cloned() else { return };
        let pick = if folders { Pick::Folder } else { Pick::Files };
        self.context.pick(pick, RequestPurpose::PickUpload(target));
    }

    /// Files of another program were dropped on the window. Behind a dialog they are uploaded as well, and what has to
    /// be asked about them waits until it is closed; what cannot be taken is refused in words.
    pub(super) fn drop_files(&mut self, local_paths: Vec<PathBuf>, target: Option<RemotePath>) {
        let changes_account = matches!(self.dialog, Some(Dialog::SignIn(_)));
        match target {
            Some(target) if !changes_account && self.refuses_write(&target) => {}
            Some(target) if !changes_account => {
                if self.dialog.is_some() {
                    let said = text::dropped_behind_dialog(local_paths.len(), &target);
                    self.toast_done(said, None);
                }
                self.plan_upload(local_paths, target);
            }
            Some(_) => self.toasts.push_failed(text::dropped_on_sign_in().to_owned(), None),
            None => self.toasts.push_failed(text::dropped_on_no_folder().to_owned(), None),
        }
    }

    /// The program was started with something to show and to upload.
    pub(super) fn start_with(&mut self, path: Option<&str>, local_paths: Vec<PathBuf>) {
        if self.welcome.is_some() {
            self.start_later(path.map(str::to_owned), local_paths);
            return;
        }
        let target = match path {
            Some(path) => RemotePath::new(path.trim()),
            None => self.navigation.current().folder().cloned().unwrap_or_default(),
        };
        if let Some(path) = path {
            self.go_to_typed(path);
        }
        if !local_paths.is_empty() {
            self.drop_files(local_paths, Some(target));
        }
    }

    /// Looks at files that were dropped, pasted or picked. None were picked when the person cancelled.
    pub(super) fn plan_upload(&mut self, local_paths: Vec<PathBuf>, target: RemotePath) {
        // A slash at the end of a folder would stand for what is in it.
        let local_paths = local_paths.into_iter().map(|path| path.components().collect()).collect();
        self.transfers.prepare(Arc::new(PlanRun::new(local_paths, target)), &mut self.context);
    }

    pub(super) fn on_planned(&mut self, id: RequestId, run: &Arc<PlanRun>, outcome: Outcome) {
        self.transfers.preparing.retain(|preparing| preparing.id != id);
        match outcome {
            Outcome::Done(Receipt::Planned(plan)) => self.ask_or_upload(plan, run),
            Outcome::Failed(problem) if problem.kind.needs_sign_in() => {
                self.session.record_failure(&problem);
                self.transfers.waiting_plans.push(Arc::clone(run));
            }
            Outcome::Failed(problem) => {
                let (local_paths, target) = (run.local_paths.clone(), run.target.clone());
                self.report(problem, Some(Job::PlanUpload { local_paths, target, follows_links: false }));
            }
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    pub(super) fn confirm_upload(&mut self) {
        if self.conflicts_mut().is_none() {
            return;
        }
        if let Some(Dialog::Conflicts(questions)) = self.dialog.take()
            && questions.has_something_to_send()
        {
            self.run_upload(Job::Upload { plan: Arc::new(questions.plan) }, &questions.source);
        }
    }

    /// Tries again what did not arrive: the failed files alone when others did, else all of it planned anew, which
    /// finds out what is there by now.
    pub(super) fn retry_upload(&mut self, transfer: &TransferItem) {
        let (Job::Upload { plan }, Some(source)) = (&transfer.job, &transfer.source) else { return };
        let failed: Option<HashSet<&RemotePath>> = match &transfer.end {
            Some(TransferEnd::Done { report, .. }) => {
                report.failed.iter().map(|problem| problem.path.as_ref()).collect()
            }
            _ => None,
        };
        match failed {
            Some(failed) => {
                let job = Job::Upload { plan: Arc::new(plan_of_files(plan, &failed)) };
                self.forget_replaced(transfer, &job);
                self.run_upload(job, source);
            }
            // Folders alone leave no trace of where they came from.
            // The paths of another root mean nothing to a plan that is made now.
            None if source.local_paths.is_empty() || !self.has_path_root_of(transfer) => {
                self.run_upload(transfer.job.clone(), source);
            }
            None => {
                let decided = |(file, _): (PlannedFile, _)| Some((file.remote_path, file.decision?));
                let run = PlanRun {
                    local_paths: source.local_paths.clone(),
                    target: source.target.clone(),
                    decisions: plan.conflicts().filter_map(decided).collect(),
                    from_command_line: source.from_command_line,
                    is_confirmed: true,
                };
                self.transfers.prepare(Arc::new(run), &mut self.context);
            }
        }
    }

    fn ask_or_upload(&mut self, plan: Arc<UploadPlan>, run: &Arc<PlanRun>) {
        let mut plan = Arc::unwrap_or_clone(plan);
        let open: Vec<(usize, RemotePath)> = plan
            .files
            .open_conflicts()
            .filter_map(|(index, _)| Some((index, plan.files.get(index)?.remote_path)))
            .collect();
        for (index, path) in open {
            if let Some(decision) = run.decisions.get(&path) {
                plan.files.decide(index, *decision);
            }
        }
        let is_decided = plan.files.open_conflicts().all(|(index, _)| plan.files.decision(index).is_some());
        let is_missed = plan.refused.iter().any(RefusedName::is_missed);
        if !is_missed && plan.unreadable.is_empty() && is_decided {
            if plan.files.is_empty() && plan.empty_folders.is_empty() {
                self.toast_done(text::nothing_to_upload().to_owned(), None);
            } else {
                let source = Arc::clone(run);
                self.begin_or_ask(PlannedOperation::Upload(PlannedUpload { plan, source }));
            }
        } else {
            let questions = ConflictDialog::new(plan, Arc::clone(run));
            self.waiting_questions.push_back(Dialog::Conflicts(questions));
        }
    }

    pub(super) fn run_upload(&mut self, job: Job, source: &Arc<PlanRun>) -> RequestId {
        self.start_transfer(NewTransfer::of_upload(job, source))
    }
}

impl NewTransfer {
    /// An upload; its words follow from its plan.
    pub(super) fn of_upload(job: Job, source: &Arc<PlanRun>) -> Self {
        let (title, target) = match &job {
            Job::Upload { plan, .. } => (TransferTitle::from_plan(plan), plan.target.display_path()),
            _ => (TransferTitle::default(), String::new()),
        };
        Self {
            job,
            direction: Direction::Upload,
            title,
            origin: text::local_origin(&source.local_paths),
            target,
            source: Some(Arc::clone(source)),
            from_command_line: source.from_command_line,
        }
    }
}

/// The part of a plan that brings these files.
fn plan_of_files(plan: &UploadPlan, wanted: &HashSet<&RemotePath>) -> UploadPlan {
    let is_wanted = |path: &RemotePath| wanted.contains(path);
    let files: PlannedFiles = plan.files.iter().filter(|file| is_wanted(&file.remote_path)).collect();
    UploadPlan {
        sources: plan.sources.clone(),
        target: plan.target.clone(),
        path_root: plan.path_root.clone(),
        empty_folders: plan.empty_folders.iter().filter(|path| is_wanted(path)).cloned().collect(),
        total_bytes: files.total_bytes(),
        files,
        refused: Vec::new(),
        unreadable: Vec::new(),
    }
}
