//! What every running transfer holds: its account, its meter, and the right to move bytes. What is moved, and how, is
//! the business of `upload` and `download`.

mod log;
mod slots;

pub use log::TransferLog;
pub use slots::{Slot, Slots};

use super::account::OpenAccount;
use super::context::{JobContext, Stop};
use super::progress::Meter;
use super::service::Service;
use super::shared::Shared;
use crate::model::transfer::FileNews;
use crate::model::{Direction, Job, Phase, Update};
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// One transfer under way. Dropping it ends its turn.
pub struct Transfer<'a> {
    shared: &'a Shared,
    job: &'a JobContext,
    pub direction: Direction,
    pub account: Arc<OpenAccount>,
    /// The account's service; its calls show on the meter what they wait for, and keep to the limits of speed.
    pub service: Service,
    pub meter: Meter,
    /// What is known of earlier runs of the same order, and what the next run must know.
    pub log: TransferLog,
}

impl<'a> Transfer<'a> {
    /// Takes its place in the queue, and is kept on disk until [`end`](Self::end), so that a later run can go on with
    /// it. `order` is the job as it was asked for.
    pub async fn begin(
        shared: &'a Shared,
        job: &'a JobContext,
        direction: Direction,
        order: &Job,
    ) -> Result<Self, Stop> {
        let meter = Meter::new(job, 0, 0);
        let account = shared.account().await?;
        let service = account.service.for_transfer(&meter);
        let log = TransferLog::open(&shared.config.dirs, &account.choice, order).await?;
        Ok(Self { shared, job, direction, account, service, meter, log })
    }

    /// The right to one call that moves bytes, or to a few that follow each other. Waits while the transfer is paused,
    /// while others go first, and while the line is full. Tell the slot what it has moved, and drop it soon.
    pub async fn slot(&self) -> Slot {
        let slot = self.shared.slots.take(self.job.id).await;
        self.meter.phase(Phase::Moving);
        slot
    }

    /// For calls that change many items: the service takes one at a time from an account (reference §2.7).
    pub async fn commit_turn(&self) -> Option<OwnedSemaphorePermit> {
        self.shared.lanes.batch().await
    }

    /// Tells what became of some files.
    pub fn tell(&self, news: Vec<FileNews>) {
        self.job.update(Update::Files(news));
    }

    /// It is over, well or not, and no later run is to go on with it.
    pub async fn end(self) -> Result<(), Stop> {
        self.log.remove().await
    }
}
