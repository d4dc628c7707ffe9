//! Asynchronous jobs: launched by a batch call, run in the background, and kept for a while after they have finished.

use dropbox_protocol::files::{
    CreateFolderBatchResult, DeleteBatchResult, FileMetadata, RelocationBatchResult, SaveUrlError,
    UploadSessionFinishBatchResult,
};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};

/// Finished jobs that can still be asked for.
const KEPT: usize = 1_000;

/// What a finished job has to say. Each kind has its own check route.
#[derive(Clone, Debug)]
pub(crate) enum Finished {
    Folders(CreateFolderBatchResult),
    Deletions(DeleteBatchResult),
    Copies(RelocationBatchResult),
    Moves(RelocationBatchResult),
    Commits(UploadSessionFinishBatchResult),
    Saved(Box<Result<FileMetadata, SaveUrlError>>),
}

/// The state of a job.
#[derive(Clone, Debug)]
pub(crate) enum AsyncJobStatus {
    InProgress,
    Finished(Finished),
}

/// All jobs of a server. They do not outlive it.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    table: Mutex<JobTable>,
}

#[derive(Debug, Default)]
struct JobTable {
    jobs: HashMap<String, AsyncJobStatus>,
    finished: VecDeque<String>,
}

impl Jobs {
    /// Registers a job that is about to run.
    pub(crate) fn begin(&self, id: String) {
        self.table.lock().jobs.insert(id, AsyncJobStatus::InProgress);
    }

    /// Notes the outcome of a job.
    pub(crate) fn finish(&self, id: String, outcome: Finished) {
        let mut table = self.table.lock();
        table.jobs.insert(id.clone(), AsyncJobStatus::Finished(outcome));
        table.finished.push_back(id);
        while table.finished.len() > KEPT {
            if let Some(oldest) = table.finished.pop_front() {
                table.jobs.remove(&oldest);
            }
        }
    }

    /// The state of a job; `None` for an id that no job has, or whose job was dropped since.
    pub(crate) fn check(&self, id: &str) -> Option<AsyncJobStatus> {
        self.table.lock().jobs.get(id).cloned()
    }
}
