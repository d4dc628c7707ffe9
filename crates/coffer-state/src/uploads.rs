//! Uploading: files are looked at first, questions are asked before anything is sent, and a retry remembers the
//! answers.

use super::dialog::{Dialog, UploadQuestions};
use super::requests::Purpose;
use super::transfers::{End, Preparing, Transfer};
use super::{State, text};
use coffer_model::message::Pick;
use coffer_model::transfer::{ConflictAnswer, PlannedFile, UploadPlan};
use coffer_model::{Direction, Job, Outcome, Receipt, Recovery, RemotePath, RequestId};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is being planned.
pub(super) struct PlanRun {
    local_paths: Vec<PathBuf>,
    target: RemotePath,
    /// Answers that were given before, when this is another try.
    answers: HashMap<RemotePath, ConflictAnswer>,
}

impl PlanRun {
    /// What a plan of an earlier run was made from: of each file the item that it came with.
    pub(super) fn of_plan(plan: &UploadPlan) -> Self {
        let depth = plan.target.lineage().len();
        let root = |file: &PlannedFile| {
            let below = file.remote_path.lineage().len().checked_sub(depth + 1)?;
            file.local_path.ancestors().nth(below).map(Path::to_path_buf)
        };
        let mut local_paths: Vec<PathBuf> = plan.files.iter().filter_map(root).collect();
        local_paths.sort_unstable();
        local_paths.dedup();
        Self { local_paths, target: plan.target.clone(), answers: HashMap::new() }
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
    /// The files whose names are taken by other content; `answers` has one for each.
    pub fn conflicts(&self) -> impl Iterator<Item = &PlannedFile> {
        open_conflicts(&self.plan)
    }

    /// How many files would be sent.
    pub fn files_to_send(&self) -> usize {
        let skipped = self.answers.iter().filter(|answer| **answer == ConflictAnswer::Skip).count();
        let identical = self.plan.files.iter().filter(|file| is_identical(file)).count();
        self.plan.files.len() - identical - skipped
    }
}

fn is_identical(file: &PlannedFile) -> bool {
    file.conflict.as_ref().is_some_and(|conflict| conflict.identical)
}

/// A file cannot take the place of a folder; both are kept then.
fn possible(file: &PlannedFile, answer: ConflictAnswer) -> ConflictAnswer {
    let folder = file.conflict.as_ref().is_some_and(|conflict| conflict.existing.is_folder());
    if folder && answer == ConflictAnswer::Replace { ConflictAnswer::KeepBoth } else { answer }
}

fn open_conflicts(plan: &UploadPlan) -> impl Iterator<Item = &PlannedFile> {
    plan.files.iter().filter(|file| file.conflict.as_ref().is_some_and(|conflict| !conflict.identical))
}

/// The bytes that an upload has to send; none are known of other jobs.
pub(super) fn planned_bytes(job: &Job) -> u64 {
    let Job::Upload { plan, answers } = job else { return 0 };
    let mut answers = answers.iter();
    let is_sent = |file: &&PlannedFile| match &file.conflict {
        Some(conflict) => !conflict.identical && answers.next() != Some(&ConflictAnswer::Skip),
        None => true,
    };
    plan.files.iter().filter(is_sent).map(|file| file.size_bytes).sum()
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
        self.plan_again(Arc::new(PlanRun { local_paths, target, answers: HashMap::new() }));
    }

    pub(super) fn on_planned(&mut self, id: RequestId, run: &Arc<PlanRun>, outcome: Outcome) {
        self.transfers.preparing.retain(|preparing| preparing.id != id);
        match outcome {
            Outcome::Done(Receipt::Planned(plan)) => self.ask_or_upload(plan, run),
            Outcome::Failed(problem) if problem.recovery == Recovery::SignIn => {
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

    pub(super) fn answer_conflict(&mut self, index: usize, answer: ConflictAnswer) {
        if let Some(Dialog::UploadQuestions(questions)) = &mut self.dialog {
            let possible = questions.conflicts().nth(index).map(|file| possible(file, answer));
            if let (Some(given), Some(answer)) = (questions.answers.get_mut(index), possible) {
                *given = answer;
            }
        }
    }

    pub(super) fn answer_all_conflicts(&mut self, answer: ConflictAnswer) {
        if let Some(Dialog::UploadQuestions(questions)) = &mut self.dialog {
            questions.answers = questions.conflicts().map(|file| possible(file, answer)).collect();
        }
    }

    pub(super) fn confirm_upload(&mut self) {
        if !matches!(self.dialog, Some(Dialog::UploadQuestions(_))) {
            return;
        }
        if let Some(Dialog::UploadQuestions(questions)) = self.dialog.take()
            && (questions.files_to_send() > 0 || !questions.plan.empty_folders.is_empty())
        {
            self.upload(questions.plan, questions.answers, &questions.source);
        }
    }

    /// Tries again what did not arrive: the failed files alone when others did, else all of it planned anew, which
    /// finds out what is there by now.
    pub(super) fn retry_upload(&mut self, transfer: &Transfer) {
        let (Job::Upload { plan, answers }, Some(source)) = (&transfer.job, &transfer.source) else { return };
        let failed: Option<HashSet<&RemotePath>> = match &transfer.end {
            Some(End::Done { report, .. }) => {
                report.failed.iter().map(|problem| problem.path.as_ref()).collect()
            }
            _ => None,
        };
        match failed {
            Some(failed) => {
                let (plan, answers) = only(plan, answers, &failed);
                self.upload(Arc::new(plan), answers, source);
            }
            // Folders alone leave no trace of where they came from.
            None if source.local_paths.is_empty() => {
                self.run_upload(transfer.job.clone(), source);
            }
            None => self.plan_again(Arc::new(PlanRun {
                local_paths: source.local_paths.clone(),
                target: source.target.clone(),
                answers: open_conflicts(plan)
                    .map(|file| file.remote_path.clone())
                    .zip(answers.iter().copied())
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
        let given = |file: &PlannedFile| run.answers.get(&file.remote_path).copied();
        let answered = open_conflicts(&plan).all(|file| given(file).is_some());
        // The safe answer loses nothing on either side.
        let answers: Vec<ConflictAnswer> =
            open_conflicts(&plan).map(|file| given(file).unwrap_or(ConflictAnswer::KeepBoth)).collect();
        if plan.refused.is_empty() && plan.unreadable.is_empty() && answered {
            if plan.files.is_empty() && plan.empty_folders.is_empty() {
                self.toast_done(text::NOTHING_TO_UPLOAD.to_owned(), None);
            } else {
                self.upload(plan, answers, run);
            }
        } else {
            let source = Arc::clone(run);
            self.transfers.questions.push_back(UploadQuestions { plan, answers, source });
        }
    }

    fn upload(&mut self, plan: Arc<UploadPlan>, answers: Vec<ConflictAnswer>, source: &Arc<PlanRun>) {
        self.run_upload(Job::Upload { plan, answers }, source);
    }

    pub(super) fn run_upload(&mut self, job: Job, source: &Arc<PlanRun>) -> RequestId {
        let (title, target) = match &job {
            Job::Upload { plan, .. } => (text::upload_title(plan), text::folder_in_words(&plan.target)),
            _ => (String::new(), String::new()),
        };
        let words = [title, source.origin(), target];
        self.run_transfer(job, Direction::Upload, words, Some(Arc::clone(source)))
    }
}

/// The part of a plan that brings these files.
fn only(
    plan: &UploadPlan,
    answers: &[ConflictAnswer],
    wanted: &HashSet<&RemotePath>,
) -> (UploadPlan, Vec<ConflictAnswer>) {
    let answers_left = open_conflicts(plan)
        .zip(answers)
        .filter(|(file, _)| wanted.contains(&file.remote_path))
        .map(|(_, answer)| *answer)
        .collect();
    let is_wanted = |path: &RemotePath| wanted.contains(path);
    let files: Vec<PlannedFile> =
        plan.files.iter().filter(|file| is_wanted(&file.remote_path)).cloned().collect();
    let rest = UploadPlan {
        target: plan.target.clone(),
        empty_folders: plan.empty_folders.iter().filter(|path| is_wanted(path)).cloned().collect(),
        total_bytes: files.iter().map(|file| file.size_bytes).sum(),
        files,
        refused: Vec::new(),
        unreadable: Vec::new(),
    };
    (rest, answers_left)
}
