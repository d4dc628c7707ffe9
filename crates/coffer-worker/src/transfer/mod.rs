//! What every running transfer holds: its account, its meter, and the right to move bytes. What is moved, and how, is
//! the business of `upload` and `download`.

mod concurrency_limiter;
mod handle;
mod limits;
mod news;
pub(crate) mod pace;
mod queue;
pub(crate) mod running;
pub(crate) mod slots;
mod store;

pub(crate) use handle::TransferHandle;
pub(crate) use slots::Slot;
pub(crate) use store::{
    AssignedFile, Change, CommittedFile, DownloadedItem, PartialFileRecord, SessionRow, StagingRecord,
    TransferStore, UploadSessionRecord, is_session_alive,
};

use super::account::OpenAccount;
use super::context::{JobContext, Stop};
use super::progress::Meter;
use super::service::Service;
use super::shared::Shared;
use coffer_model::transfer::FileUpdate;
use coffer_model::{Direction, Job, TransferPhase};
use news::News;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// A wait for a slot that is shorter than this is not shown.
const UNSEEN_WAIT: Duration = Duration::from_secs(1);

/// One transfer under way. Dropping it ends its turn.
pub(crate) struct Transfer<'a> {
    shared: &'a Shared,
    job: &'a JobContext,
    pub account: Arc<OpenAccount>,
    /// The account's service; its calls show on the meter what they wait for, and keep to the limits of speed.
    pub service: Service,
    pub meter: Meter,
    /// What earlier runs of the same transfer have done, and what the next run must know.
    pub handle: TransferHandle,
    news: News,
}

impl<'a> Transfer<'a> {
    /// Begins, and is kept on disk from now on, so that a later run can resume it. `request` is the job as it was asked
    /// for; its place in the queue was taken when the request came. Refused while the same transfer is under way, here
    /// or in another program.
    ///
    /// What becomes of the record when the job ends, is cancelled or panics is seen to by the dispatcher:
    /// - every file is there, or the person has cancelled it: it is removed;
    /// - some files failed: it is over, but the record is kept for 30 days, so that the same transfer asked for again
    ///   knows what has been transferred;
    /// - it failed in a way that another try may help, or the program closes: the record is kept, and the next start
    ///   tells it as [`Update::Unfinished`](coffer_model::Update::Unfinished).
    pub(crate) async fn begin(
        shared: &'a Shared,
        job: &'a JobContext,
        direction: Direction,
        request: &Arc<Job>,
    ) -> Result<Self, Stop> {
        let meter = Meter::new(job, 0, 0);
        let account = shared.account().await?;
        let service = account.service.for_transfer(&meter).paced(shared.transfers.pace(direction));
        let news = News::new(job);
        let handle = shared.transfers.handle(job.id);
        handle.open(&account.choice, request).await?;
        shared.transfers.show(job.id, &meter, &news);
        Ok(Self { shared, job, account, service, meter, handle, news })
    }

    /// The right to one call that moves bytes, or to a few that follow each other. Waits while the transfer is paused,
    /// while others go first, and while the line is full. Tell the slot what it has moved, and drop it soon.
    pub(crate) async fn slot(&self) -> Slot {
        let slot = self.in_turn(self.shared.transfers.slots.take(self.job.id)).await;
        self.meter.phase(TransferPhase::Moving);
        slot
    }

    /// The same for those who have the bytes in memory already. `None` once the transfer is paused: others need the
    /// memory.
    pub(crate) async fn slot_unless_paused(&self) -> Option<Slot> {
        tokio::select! {
            biased;
            slot = self.slot() => Some(slot),
            () = self.shared.transfers.slots.paused(self.job.id) => None,
        }
    }

    /// Waits for what other transfers hold. A wait that is long enough to be seen is one for its turn.
    async fn in_turn<T>(&self, turn: impl Future<Output = T>) -> T {
        let mut turn = pin!(turn);
        if let Ok(got) = tokio::time::timeout(UNSEEN_WAIT, &mut turn).await {
            return got;
        }
        if !self.shared.transfers.slots.is_moving(self.job.id) {
            self.meter.phase(TransferPhase::Queued);
        }
        turn.await
    }

    /// Returns when the person has not stopped it, or no longer.
    pub(crate) async fn resumed(&self) {
        self.shared.transfers.slots.resumed(self.job.id).await;
    }

    /// Whether the person has stopped it for now; for what would otherwise go on for long.
    pub(crate) fn is_paused(&self) -> bool {
        self.shared.transfers.slots.is_paused(self.job.id)
    }

    /// For calls that change many items: the service takes one at a time from an account (reference §2.7). Waits while
    /// the transfer is paused.
    pub(crate) async fn commit_turn(&self) -> Option<OwnedSemaphorePermit> {
        self.resumed().await;
        self.shared.lanes.batch().await
    }

    /// Tells what became of some files: at most ten times a second, of each file the newest. So it may be called for
    /// each file and each piece.
    pub(crate) fn tell(&self, news: Vec<FileUpdate>) {
        self.news.add(news);
    }
}
