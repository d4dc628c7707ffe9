//! What every running transfer has: its account, its meter, its record on disk, and the permits to move bytes. What it
//! moves, and how, is in `upload` and `download`.

mod concurrency_limiter;
mod file_updates;
mod handle;
pub(crate) mod pace;
mod queue;
mod speed_limit;
mod store;
pub(crate) mod transfer_manager;
pub(crate) mod transfer_permits;

pub(crate) use handle::TransferHandle;
pub(crate) use store::{
    AssignedFile, Change, CommittedFile, DownloadedItem, PartialFileRecord, SessionRow, StagingRecord,
    TransferStore, UploadSessionRecord, is_session_alive,
};
pub(crate) use transfer_permits::TransferPermit;

use super::account::OpenAccount;
use super::context::{JobContext, JobError};
use super::progress::Meter;
use super::service::Service;
use super::worker_context::WorkerContext;
use coffer_model::transfer::{FileUpdate, UploadPlan};
use coffer_model::{Direction, Job, TransferPhase};
use file_updates::FileUpdates;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// A wait for a permit that is shorter than this is not shown.
const HIDDEN_WAIT: Duration = Duration::from_secs(1);

/// One transfer that runs. The transfer queue knows it until its job has ended.
pub(crate) struct RunningTransfer<'a> {
    worker: &'a WorkerContext,
    job: &'a JobContext,
    pub account: Arc<OpenAccount>,
    /// The account's service; its calls show on the meter what they wait for, and obey the speed limits.
    pub service: Service,
    pub meter: Meter,
    /// What earlier runs of the same transfer have done, and what the next run must know.
    pub handle: TransferHandle,
    file_updates: FileUpdates,
}

impl<'a> RunningTransfer<'a> {
    /// Begins, and is kept on disk from now on, so that a later run can resume it. `request` is the job as it was asked
    /// for, and has joined the queue when the request came; `None` for a transfer that has no record. Refused while the
    /// same transfer runs, here or in another program. The paths of an upload start from the root of its `plan`, those of
    /// a download from that of the account when it was asked for.
    ///
    /// The dispatcher decides about the record when the job ends, is cancelled or panics:
    /// - every file was transferred, or the person has cancelled it: it is removed;
    /// - some files failed: it is over, but the record is kept for 30 days, so that the same transfer asked for again
    ///   knows what has been transferred;
    /// - it failed in a way that another try may help, or the program closes: the record is kept, and the next start
    ///   reports it as [`Update::Unfinished`](coffer_model::Update::Unfinished).
    pub(crate) async fn begin(
        worker: &'a WorkerContext,
        job: &'a JobContext,
        direction: Direction,
        request: Option<&Arc<Job>>,
        plan: Option<&UploadPlan>,
    ) -> Result<Self, JobError> {
        let meter = Meter::new(job, 0, 0);
        let account = worker.account(job).await?;
        let pace = worker.transfers.pace(direction);
        let file_updates = FileUpdates::new(job);
        let handle = worker.transfers.handle(job.id);
        let mut noted = match plan {
            Some(plan) => plan.path_root.clone().into(),
            None => account.service.root().known(),
        };
        if let Some(request) = request {
            noted = handle.open(&account.choice, noted, request).await?;
        }
        let account = account.noted_under(noted);
        let service = account.service.for_transfer(&meter).paced(pace);
        worker.transfers.begin_reporting(job.id, &meter, &file_updates);
        Ok(Self { worker, job, account, service, meter, handle, file_updates })
    }

    /// Acquires the right to one call that moves bytes, or to a few that follow each other. Waits while the transfer is
    /// paused, while others go first, and while all permits are in use. Add to the permit what the call has moved, and
    /// drop it soon.
    pub(crate) async fn acquire_permit(&self) -> TransferPermit {
        let mut acquired = pin!(self.worker.transfers.permits.acquire(self.job.id));
        let permit = if let Ok(permit) = tokio::time::timeout(HIDDEN_WAIT, &mut acquired).await {
            permit
        } else {
            // Otherwise calls that move bytes already say more about the transfer than this one that waits.
            if !self.worker.transfers.permits.is_moving(self.job.id) {
                self.meter.phase(TransferPhase::Queued);
            }
            acquired.await
        };
        self.meter.phase(TransferPhase::Moving);
        permit
    }

    /// The same for those who have the bytes in memory already. `None` once the transfer is paused: others need the
    /// memory.
    pub(crate) async fn acquire_permit_unless_paused(&self) -> Option<TransferPermit> {
        tokio::select! {
            biased;
            permit = self.acquire_permit() => Some(permit),
            () = self.worker.transfers.permits.wait_until_paused(self.job.id) => None,
        }
    }

    /// Returns when the person has not paused it, or has resumed it.
    pub(crate) async fn wait_until_resumed(&self) {
        self.worker.transfers.permits.wait_until_resumed(self.job.id).await;
    }

    /// Whether the person has paused it; for work that would otherwise continue for long.
    pub(crate) fn is_paused(&self) -> bool {
        self.worker.transfers.permits.is_paused(self.job.id)
    }

    /// Acquires the right to a call that changes many items: the service takes one at a time from an account (reference
    /// §2.7). Waits while the transfer is paused.
    pub(crate) async fn acquire_commit_permit(&self) -> Option<OwnedSemaphorePermit> {
        self.wait_until_resumed().await;
        self.worker.lanes.batch().await
    }

    /// Where updates of files go, for what outlives a call.
    pub(crate) fn file_updates(&self) -> FileUpdates {
        self.file_updates.clone()
    }

    /// Emits what became of some files: at most ten times a second, and of each file the newest update. So it may be
    /// called for each file and each chunk.
    pub(crate) fn emit_file_updates(&self, updates: Vec<FileUpdate>) {
        self.file_updates.add(updates);
    }
}
