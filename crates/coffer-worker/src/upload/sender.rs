//! What all parts of one upload share: the transfer, the outcome so far, the ways to end. How files are sent is in
//! `alone`, `pieces` and `batch`.

use super::buffers::Buffers;
use super::decide::Task;
use super::news::name_below;
use super::outcome::Outcome;
use super::source::SourceError;
use crate::account::OpenAccount;
use crate::context::{JobContext, Stop};
use crate::convert;
use crate::problem::{self, Subject};
use crate::service::Service;
use crate::transfer::{Change, CommittedFile, Slot, Transfer, TransferStore};
use coffer_model::transfer::{FileNews, FileState};
use coffer_model::{Problem, ProblemKind, RemotePath};
use dropbox_protocol::files::FileMetadata;
use std::collections::HashSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};

/// What is under way may take so long after a cancel.
pub const LAST_MOMENT: Duration = Duration::from_secs(1);

pub struct Sender<'a> {
    pub transfer: &'a Transfer<'a>,
    pub job: &'a JobContext,
    pub store: TransferStore,
    /// Sessions of small files are known, which files should be sent to before others are started.
    pub has_sessions: AtomicBool,
    pub buffers: Buffers,
    /// Every path of the plan, in lower case: a number never leads to one of them.
    pub planned: HashSet<Arc<str>>,
    pub folders_made: watch::Sender<bool>,
    outcome: Mutex<Outcome>,
    target: RemotePath,
}

/// Why a file was not sent.
#[derive(Debug)]
pub enum Trouble {
    /// It concerns this file; the others go on.
    This(Problem),
    /// The others would end the same, or nothing is wanted any more.
    All(Stop),
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        if problem.kind.ends_transfer() { Self::All(Stop::Failed(problem)) } else { Self::This(problem) }
    }
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Failed(problem) => problem.into(),
            Stop::Cancelled => Self::All(Stop::Cancelled),
        }
    }
}

impl<'a> Sender<'a> {
    pub fn new(
        transfer: &'a Transfer<'a>,
        job: &'a JobContext,
        store: TransferStore,
        has_sessions: bool,
        buffers: Buffers,
        target: RemotePath,
        outcome: Outcome,
    ) -> Self {
        Self {
            transfer,
            job,
            store,
            has_sessions: AtomicBool::new(has_sessions),
            buffers,
            planned: HashSet::new(),
            folders_made: watch::Sender::new(false),
            outcome: Mutex::new(outcome),
            target,
        }
    }

    pub fn service(&self) -> &Service {
        &self.transfer.service
    }

    pub fn account(&self) -> &OpenAccount {
        &self.transfer.account
    }

    pub fn outcome(&self) -> MutexGuard<'_, Outcome> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn into_outcome(self) -> Outcome {
        self.outcome.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for something unless the upload is cancelled. What is dropped half-way must be no change of the account.
    pub async fn wanted<T>(&self, work: impl Future<Output = T>) -> Result<T, Stop> {
        tokio::select! {
            biased;
            () = self.job.cancel.cancelled() => Err(Stop::Cancelled),
            done = work => Ok(done),
        }
    }

    /// The same for a change of the account that is under way: it gets a moment to end, so that it is known what has
    /// arrived. Should it not, it may happen or not.
    pub async fn ended<T>(&self, change: impl Future<Output = T>) -> Result<T, Stop> {
        let given_up = async {
            self.job.cancel.cancelled().await;
            tokio::time::sleep(LAST_MOMENT).await;
        };
        tokio::select! {
            biased;
            done = change => Ok(done),
            () = given_up => Err(Stop::Cancelled),
        }
    }

    pub async fn slot(&self) -> Result<Slot, Stop> {
        self.wanted(self.transfer.slot()).await
    }

    /// The right to one change of many items, or of an item among many.
    pub async fn turn(&self) -> Result<Option<OwnedSemaphorePermit>, Stop> {
        self.wanted(self.transfer.commit_turn()).await
    }

    /// Files are made only after the folders: so it is known which folders were made here.
    pub async fn wait_for_folders(&self) -> Result<(), Stop> {
        let mut made = self.folders_made.subscribe();
        // The sender lives as long as this.
        self.wanted(async { made.wait_for(|made| *made).await.is_ok() }).await.map(|_| ())
    }

    /// Files stand at their places, and their contents are what was read.
    pub fn arrived(&self, files: Vec<(Arc<Task>, FileMetadata)>) {
        self.settled(files, &FileState::Verified);
    }

    /// The same for files that were copied within the account.
    pub fn copied(&self, files: Vec<(Arc<Task>, FileMetadata)>) {
        self.settled(files, &FileState::CopiedThere);
    }

    fn settled(&self, files: Vec<(Arc<Task>, FileMetadata)>, state: &FileState) {
        if files.is_empty() {
            return;
        }
        let mut committed = Vec::with_capacity(files.len());
        let mut outcome = self.outcome();
        for (task, metadata) in files {
            let entry = convert::file_entry(&metadata, task.file.remote_path.parent().as_ref());
            outcome.arrived(&task, &entry);
            committed.push(CommittedFile { index: task.place, entry });
            self.transfer.meter.end_file();
            self.tell(&task, state.clone());
        }
        let files = committed;
        self.transfer.handle.record_change(|transfer| Change::FilesCommitted { transfer, files });
    }

    /// A file did not make it; the others go on.
    pub fn failed(&self, task: &Task, problem: Problem) {
        self.tell(task, FileState::Failed(problem.clone()));
        self.outcome().failed(problem);
    }

    /// Tells what became of one file.
    pub fn tell(&self, task: &Task, state: FileState) {
        let name = name_below(&self.target, &task.file.remote_path);
        self.transfer.tell(vec![FileNews { name, size_bytes: task.file.size_bytes, state }]);
    }

    /// The trouble of one file is told; that of all is passed on.
    pub fn settle(&self, task: &Task, trouble: Trouble) -> Result<(), Stop> {
        match trouble {
            Trouble::This(problem) => {
                self.failed(task, problem);
                Ok(())
            }
            Trouble::All(stop) => Err(stop),
        }
    }
}

pub fn about(task: &Task) -> Subject {
    problem::item(&task.file.remote_path, "uploaded")
}

pub fn source_problem(task: &Task, error: SourceError) -> Problem {
    match error {
        SourceError::Changed => about(task).because(
            ProblemKind::LocalUnreadable,
            "The file changed during the upload. Try again when no program is writing to it.",
        ),
        SourceError::Unreadable(error) => about(task).local(&error),
    }
}

pub fn out_of_step(task: &Task) -> Problem {
    about(task).because(ProblemKind::UploadOutOfStep, "The upload was interrupted. Try again.")
}

/// What arrived must be what was read.
pub fn check_arrived(task: &Task, metadata: &FileMetadata, hash: &str) -> Result<(), Problem> {
    if metadata.content_hash.as_ref().is_some_and(|arrived| arrived != hash) {
        let detail = "The upload was damaged on the way. Try again.";
        return Err(about(task).because(ProblemKind::ContentMismatch, detail));
    }
    Ok(())
}
