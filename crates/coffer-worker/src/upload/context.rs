//! What all parts of one upload share: the transfer, the outcome so far, the ways to end. How files are sent is in
//! `single`, `chunks` and `batch`.

use super::buffers::{Buffers, ONE_CALL_BYTES};
use super::decisions::FileUpload;
use super::outcome::UploadReportBuilder;
use super::relative_name::relative_name;
use super::room::AccountRoom;
use super::source::LocalFileError;
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::convert;
use crate::problem::{self, Subject};
use crate::progress::FileProgress;
use crate::service::Service;
use crate::transfer::{Change, CommittedFile, RunningTransfer, TransferPermit, TransferStore};
use coffer_model::transfer::{FileState, FileUpdate, PlannedFile, UploadPlan};
use coffer_model::{Problem, ProblemKind, RemotePath};
use coffer_texts::tr;
use dropbox_protocol::files::FileMetadata;
use parking_lot::{Mutex, MutexGuard};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};

/// What is under way may take so long after a cancel.
pub(crate) const LAST_MOMENT: Duration = Duration::from_secs(2);

pub(crate) struct UploadContext<'a> {
    pub transfer: &'a RunningTransfer<'a>,
    pub job: &'a JobContext,
    pub store: TransferStore,
    /// Sessions of small files are known, which files should be sent to before others are started.
    pub has_sessions: AtomicBool,
    pub buffers: Buffers,
    pub plan: Arc<UploadPlan>,
    /// Made when the first file needs a number.
    planned_paths: OnceLock<HashSet<u64>>,
    pub folders_made: watch::Sender<bool>,
    room: AccountRoom,
    outcome: Mutex<UploadReportBuilder>,
}

/// Why a file was not sent.
#[derive(Debug)]
pub(crate) enum FileError {
    /// It concerns this file; the others go on.
    ThisFile(Problem),
    /// The others would end the same, or nothing is wanted any more.
    All(JobError),
}

impl From<Problem> for FileError {
    fn from(problem: Problem) -> Self {
        if problem.kind.ends_transfer() {
            Self::All(JobError::Failed(problem))
        } else {
            Self::ThisFile(problem)
        }
    }
}

impl From<JobError> for FileError {
    fn from(stop: JobError) -> Self {
        match stop {
            JobError::Failed(problem) => problem.into(),
            JobError::Cancelled => Self::All(JobError::Cancelled),
        }
    }
}

impl<'a> UploadContext<'a> {
    pub(crate) fn new(
        transfer: &'a RunningTransfer<'a>,
        job: &'a JobContext,
        store: TransferStore,
        has_sessions: bool,
        buffers: Buffers,
        plan: Arc<UploadPlan>,
        outcome: UploadReportBuilder,
    ) -> Self {
        let room = AccountRoom::new(plan.files.sent_bytes() > ONE_CALL_BYTES);
        Self {
            transfer,
            job,
            store,
            has_sessions: AtomicBool::new(has_sessions),
            buffers,
            room,
            plan,
            planned_paths: OnceLock::new(),
            folders_made: watch::Sender::new(false),
            outcome: Mutex::new(outcome),
        }
    }

    /// A file of the plan that is sent.
    pub(crate) fn file_upload(&self, index: usize) -> Option<Arc<FileUpload>> {
        FileUpload::from_plan(&self.plan, index).map(Arc::new)
    }

    /// Whether a file of the plan is too large for one call.
    pub(crate) fn is_large(&self, index: usize) -> bool {
        self.plan.files.size_bytes(index) > ONE_CALL_BYTES
    }

    /// Whether a file of the plan is to have this path, so that no other file may get it with a number.
    pub(crate) fn is_planned(&self, path: &RemotePath) -> bool {
        // Hashes instead of paths save nine tenths of the memory. Two paths with one hash cost a number that is skipped.
        let hash = |lower: &str| {
            let mut hasher = DefaultHasher::new();
            lower.hash(&mut hasher);
            hasher.finish()
        };
        let all = || self.plan.files.iter().map(|file| hash(file.remote_path.lower())).collect();
        self.planned_paths.get_or_init(all).contains(&hash(path.lower()))
    }

    pub(crate) fn service(&self) -> &Service {
        &self.transfer.service
    }

    pub(crate) fn account(&self) -> &OpenAccount {
        &self.transfer.account
    }

    pub(crate) fn outcome(&self) -> MutexGuard<'_, UploadReportBuilder> {
        self.outcome.lock()
    }

    pub(crate) fn into_outcome(self) -> UploadReportBuilder {
        self.outcome.into_inner()
    }

    /// Waits for something unless the upload is cancelled. What is dropped half-way must be no change of the account.
    pub(crate) async fn unless_cancelled<T>(&self, work: impl Future<Output = T>) -> Result<T, JobError> {
        tokio::select! {
            biased;
            () = self.job.cancel.cancelled() => Err(JobError::Cancelled),
            done = work => Ok(done),
        }
    }

    /// The same for a change of the account that is under way: it gets a moment to end, so that it is known what has
    /// arrived. Should it not, it may happen or not.
    pub(crate) async fn finish_before_exit<T>(&self, change: impl Future<Output = T>) -> Result<T, JobError> {
        let given_up = async {
            self.job.cancel.cancelled().await;
            tokio::time::sleep(LAST_MOMENT).await;
        };
        tokio::select! {
            biased;
            done = change => Ok(done),
            () = given_up => Err(JobError::Cancelled),
        }
    }

    pub(crate) async fn acquire_permit(&self) -> Result<TransferPermit, JobError> {
        self.unless_cancelled(self.transfer.acquire_permit()).await
    }

    /// The right to one change of many items, or of an item among many.
    pub(crate) async fn acquire_commit_permit(&self) -> Result<Option<OwnedSemaphorePermit>, JobError> {
        self.unless_cancelled(self.transfer.acquire_commit_permit()).await
    }

    /// Files are made only after the folders: so it is known which folders were made here.
    pub(crate) async fn wait_for_folders(&self) -> Result<(), JobError> {
        let mut made = self.folders_made.subscribe();
        // This context owns the sending end, so it can’t be closed.
        self.unless_cancelled(async { made.wait_for(|made| *made).await.is_ok() }).await.map(|_| ())
    }

    /// Files stand at their places, and their contents are what was read.
    pub(crate) fn record_uploaded(&self, files: Vec<(Arc<FileUpload>, FileMetadata)>) {
        self.record_finished(files, &FileState::Verified);
    }

    /// The same for files that were copied within the account.
    pub(crate) fn record_copied(&self, files: Vec<(Arc<FileUpload>, FileMetadata)>) {
        self.record_finished(files, &FileState::CopiedInAccount);
    }

    fn record_finished(&self, files: Vec<(Arc<FileUpload>, FileMetadata)>, state: &FileState) {
        if files.is_empty() {
            return;
        }
        let mut committed = Vec::with_capacity(files.len());
        let mut outcome = self.outcome();
        for (task, metadata) in files {
            let entry = convert::file_entry(&metadata, task.file.remote_path.parent().as_ref());
            outcome.add_committed(&task, &entry);
            committed.push(CommittedFile { index: task.index, entry });
            self.transfer.meter.end_file();
            self.emit(&task.file, state.clone());
        }
        let files = committed;
        self.transfer.handle.record_change(|transfer| Change::FilesCommitted { transfer, files });
    }

    /// Whether the account has room for a file, as far as that is known. One that has none is recorded as failed, and is
    /// not to be sent.
    pub(crate) async fn has_room(&self, task: &FileUpload) -> bool {
        let Some(kind) = self.room.refusal(self.account(), task.added_bytes()).await else { return true };
        self.record_failed(task, problem_for(task).because(kind, problem::words_for_kind(kind)));
        false
    }

    /// A file did not make it; the others go on.
    pub(crate) fn record_failed(&self, task: &FileUpload, problem: Problem) {
        self.emit(&task.file, FileState::Failed(problem.clone()));
        self.outcome().add_failed(problem);
    }

    /// For the bodies of a file: tells how much of it has gone.
    pub(crate) fn file_progress(&self, file: &PlannedFile) -> FileProgress {
        let (updates, size_bytes) = (self.transfer.file_updates(), file.size_bytes);
        let name = relative_name(&self.plan.target, &file.remote_path);
        FileProgress::new(move |bytes_done| {
            let state = FileState::Moving { bytes_done };
            updates.add(vec![FileUpdate { name: name.clone(), size_bytes, state }]);
        })
    }

    /// Emits what became of one file.
    pub(crate) fn emit(&self, file: &PlannedFile, state: FileState) {
        let name = relative_name(&self.plan.target, &file.remote_path);
        self.transfer.emit_file_updates(vec![FileUpdate { name, size_bytes: file.size_bytes, state }]);
    }

    /// The error of one file is told; that of all is passed on.
    pub(crate) fn finish_file(&self, task: &FileUpload, error: FileError) -> Result<(), JobError> {
        match error {
            FileError::ThisFile(problem) => {
                self.room.record_problem(problem.kind, task.added_bytes());
                self.record_failed(task, problem);
                Ok(())
            }
            FileError::All(stop) => Err(stop),
        }
    }
}

pub(crate) fn problem_for(task: &FileUpload) -> Subject {
    problem::item(&task.file.remote_path, Act::Upload)
}

pub(crate) fn local_file_problem(task: &FileUpload, error: LocalFileError) -> Problem {
    match error {
        LocalFileError::Changed => {
            problem_for(task).because(ProblemKind::LocalUnreadable, tr!("why-changed-during-upload"))
        }
        LocalFileError::Unreadable(error) => problem_for(task).local(&error),
    }
}

pub(crate) fn session_lost(task: &FileUpload) -> Problem {
    problem_for(task).because(ProblemKind::UploadOutOfStep, tr!("why-upload-interrupted"))
}

/// What arrived must be what was read.
pub(crate) fn check_content(task: &FileUpload, metadata: &FileMetadata, hash: &str) -> Result<(), Problem> {
    if metadata.content_hash.as_ref().is_some_and(|arrived| arrived != hash) {
        let detail = tr!("why-upload-damaged");
        return Err(problem_for(task).because(ProblemKind::ContentMismatch, detail));
    }
    Ok(())
}
