//! Uploading: files are looked at first, questions are asked before anything is sent, and a retry remembers the
//! decisions.

use super::dialog::{Dialog, UploadQuestions};
use super::requests::Purpose;
use super::transfers::{End, Preparing, Transfer};
use super::{State, text};
use coffer_model::message::Pick;
use coffer_model::transfer::{Decision, PlannedFile, UploadPlan};
use coffer_model::{Direction, Job, Outcome, Receipt, RemotePath, RequestId};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

/// What is being planned.
pub(super) struct PlanRun {
    local_paths: Vec<PathBuf>,
    target: RemotePath,
    /// Decisions that were taken before, when this is another try.
    decisions: HashMap<RemotePath, Decision>,
}

impl PlanRun {
    /// What a plan of an earlier run was made from.
    pub(super) fn of_plan(plan: &UploadPlan) -> Self {
        Self { local_paths: plan.sources.clone(), target: plan.target.clone(), decisions: HashMap::new() }
    }

    /// The folder in which all of it lies, in words.
    fn origin(&self) -> String {
        let mut parents = self.local_paths.iter().map(|path| path.parent().unwrap_or(path));
        match parents.next() {
            Some(first) if parents.all(|parent| parent == first) => first.display().to_string(),
            Some(_) => text::SEVERAL_FOLDERS.to_owned(),
            None => String::new(),
        }
    }
}

impl UploadQuestions {
    /// Asks about every conflict of a plan that has no decision yet; the offered one loses nothing on either side.
    fn new(mut plan: UploadPlan, source: Arc<PlanRun>) -> Self {
        let is_open = |file: &PlannedFile| file.open_conflict().is_some();
        let conflicts = (0..plan.files.len()).filter(|&index| is_open(&plan.files[index])).collect();
        for file in plan.files.iter_mut().filter(|file| file.decision.is_none()) {
            file.decide(Decision::KeepBoth);
        }
        Self { plan, conflicts, source }
    }

    /// The files whose names are taken by other content; each has a decision.
    pub fn conflicts(&self) -> impl Iterator<Item = &PlannedFile> {
        self.conflicts.iter().filter_map(|&index| self.plan.files.get(index))
    }

    /// How many files need a decision.
    pub fn conflict_count(&self) -> usize {
        self.conflicts.len()
    }

    /// How many files have this decision.
    pub fn decided(&self, decision: Decision) -> usize {
        self.conflicts().filter(|file| file.decision == Some(decision)).count()
    }

    /// How many files would be sent.
    pub fn files_to_send(&self) -> usize {
        self.plan.files.iter().filter(|file| file.action().is_sent()).count()
    }
}

/// The bytes that an upload has to send; none are known of other jobs.
pub(super) fn planned_bytes(job: &Job) -> u64 {
    let Job::Upload { plan } = job else { return 0 };
    plan.files.iter().filter(|file| file.action().is_sent()).map(|file| file.size_bytes).sum()
}

impl State {
    pub(super) fn pick_upload(&mut self, folders: bool) {
        let Some(target) = self.navigation.current().folder().cloned() else { return };
        self.cancel_picks();
        let pick = if folders { Pick::Folder } else { Pick::Files };
        self.run(Job::Pick(pick), Purpose::PickUpload(target));
    }

    /// The system's dialog for files is one: a newer takes its place.
    pub(super) fn cancel_picks(&mut self) {
        let is_pick = |purpose: &Purpose| {
            matches!(purpose, Purpose::PickUpload(_) | Purpose::PickDownload(_) | Purpose::PickSaveAs(_))
        };
        for id in self.requests.ids(is_pick) {
            self.cancel(Some(id));
        }
    }

    /// Looks at files that were dropped, pasted or picked. None were picked when the person cancelled.
    pub(super) fn plan_upload(&mut self, local_paths: Vec<PathBuf>, target: RemotePath) {
        self.plan_again(Arc::new(PlanRun { local_paths, target, decisions: HashMap::new() }));
    }

    pub(super) fn on_planned(&mut self, id: RequestId, run: &Arc<PlanRun>, outcome: Outcome) {
        self.transfers.preparing.retain(|preparing| preparing.id != id);
        match outcome {
            Outcome::Done(Receipt::Planned(plan)) => self.ask_or_upload(plan, run),
            Outcome::Failed(problem) if problem.kind.needs_sign_in() => {
                self.note_failure(&problem);
                self.transfers.held.push(Arc::clone(run));
            }
            Outcome::Failed(problem) => {
                let (local_paths, target) = (run.local_paths.clone(), run.target.clone());
                self.report(problem, Some(Job::PlanUpload { local_paths, target }));
            }
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    /// Opens the questions of an upload as soon as no other dialog is open.
    pub(super) fn ask_waiting_questions(&mut self) {
        if self.dialog.is_none()
            && let Some(questions) = self.transfers.questions.pop_front()
        {
            self.dialog = Some(Dialog::UploadQuestions(questions));
        }
    }

    pub(super) fn answer_conflict(&mut self, index: usize, decision: Decision) {
        if let Some(Dialog::UploadQuestions(questions)) = &mut self.dialog
            && let Some(index) = questions.conflicts.get(index)
            && let Some(file) = questions.plan.files.get_mut(*index)
        {
            file.decide(decision);
        }
    }

    pub(super) fn answer_all_conflicts(&mut self, decision: Decision) {
        if let Some(Dialog::UploadQuestions(questions)) = &mut self.dialog {
            questions.plan.decide_all(decision);
        }
    }

    pub(super) fn confirm_upload(&mut self) {
        if !matches!(self.dialog, Some(Dialog::UploadQuestions(_))) {
            return;
        }
        if let Some(Dialog::UploadQuestions(questions)) = self.dialog.take()
            && (questions.files_to_send() > 0 || !questions.plan.empty_folders.is_empty())
        {
            self.run_upload(Job::Upload { plan: Arc::new(questions.plan) }, &questions.source);
        }
    }

    /// Tries again what did not arrive: the failed files alone when others did, else all of it planned anew, which
    /// finds out what is there by now.
    pub(super) fn retry_upload(&mut self, transfer: &Transfer) {
        let (Job::Upload { plan }, Some(source)) = (&transfer.job, &transfer.source) else { return };
        let failed: Option<HashSet<&RemotePath>> = match &transfer.end {
            Some(End::Done { report, .. }) => {
                report.failed.iter().map(|problem| problem.path.as_ref()).collect()
            }
            _ => None,
        };
        match failed {
            Some(failed) => {
                let plan = Arc::new(only(plan, &failed));
                self.run_upload(Job::Upload { plan }, source);
            }
            // Folders alone leave no trace of where they came from.
            None if source.local_paths.is_empty() => {
                self.run_upload(transfer.job.clone(), source);
            }
            None => self.plan_again(Arc::new(PlanRun {
                local_paths: source.local_paths.clone(),
                target: source.target.clone(),
                decisions: plan
                    .conflicts()
                    .filter_map(|(file, _)| Some((file.remote_path.clone(), file.decision?)))
                    .collect(),
            })),
        }
    }

    pub(super) fn plan_again(&mut self, run: Arc<PlanRun>) {
        if run.local_paths.is_empty() {
            return;
        }
        let (local_paths, target) = (run.local_paths.clone(), run.target.clone());
        let preparing = (local_paths.len(), target.clone());
        let id = self.run(Job::PlanUpload { local_paths, target }, Purpose::PlanUpload(run));
        self.transfers.preparing.push(Preparing { id, count: preparing.0, target: preparing.1 });
    }

    fn ask_or_upload(&mut self, plan: Arc<UploadPlan>, run: &Arc<PlanRun>) {
        let mut plan = Arc::unwrap_or_clone(plan);
        for file in &mut plan.files {
            if let Some(decision) = run.decisions.get(&file.remote_path) {
                file.decide(*decision);
            }
        }
        let is_decided = plan.conflicts().all(|(file, _)| file.decision.is_some());
        if plan.refused.is_empty() && plan.unreadable.is_empty() && is_decided {
            if plan.files.is_empty() && plan.empty_folders.is_empty() {
                self.toast_done(text::NOTHING_TO_UPLOAD.to_owned(), None);
            } else {
                self.run_upload(Job::Upload { plan: Arc::new(plan) }, run);
            }
        } else {
            let questions = UploadQuestions::new(plan, Arc::clone(run));
            self.transfers.questions.push_back(questions);
        }
    }

    pub(super) fn run_upload(&mut self, job: Job, source: &Arc<PlanRun>) -> RequestId {
        let (title, target) = match &job {
            Job::Upload { plan, .. } => (text::upload_title(plan), plan.target.shown_path()),
            _ => (String::new(), String::new()),
        };
        let words = [title, source.origin(), target];
        self.run_transfer(job, Direction::Upload, words, Some(Arc::clone(source)))
    }
}

/// The part of a plan that brings these files.
fn only(plan: &UploadPlan, wanted: &HashSet<&RemotePath>) -> UploadPlan {
    let is_wanted = |path: &RemotePath| wanted.contains(path);
    let files: Vec<PlannedFile> =
        plan.files.iter().filter(|file| is_wanted(&file.remote_path)).cloned().collect();
    UploadPlan {
        sources: plan.sources.clone(),
        target: plan.target.clone(),
        empty_folders: plan.empty_folders.iter().filter(|path| is_wanted(path)).cloned().collect(),
        total_bytes: files.iter().map(|file| file.size_bytes).sum(),
        files,
        refused: Vec::new(),
        unreadable: Vec::new(),
    }
}
