//! The transfers that run in this process: what must be done with each from outside, when it is steered, cancelled, or
//! has ended. What a transfer does itself stands in `upload` and `download`.

use super::handle::{Disposition, TransferHandle};
use super::limits::{Limits, chosen};
use super::news::News;
use super::pace::Pace;
use super::slots::Slots;
use super::store::TransferStore;
use crate::progress::Meter;
use coffer_model::message::Outcome;
use coffer_model::transfer::{TransferCommand, UnfinishedTransfer};
use coffer_model::{AccountChoice, Direction, Job, Receipt, RequestId, Settings};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Which of the jobs are transfers, and what is known of them.
pub(crate) struct Transfers {
    pub slots: Slots,
    limits: Limits,
    pub store: TransferStore,
    running: Mutex<HashMap<RequestId, Running>>,
}

struct Running {
    handle: TransferHandle,
    /// Once it has begun.
    shown: Option<(Meter, News)>,
    /// The person has cancelled it.
    unwanted: bool,
}

impl Transfers {
    /// Transfers are kept in the state folder.
    pub(crate) fn new(state_folder: PathBuf) -> Self {
        Self {
            slots: Slots::default(),
            limits: Limits::default(),
            store: TransferStore::new(state_folder),
            running: Mutex::default(),
        }
    }

    /// The limits of speed in the settings hold from now on, for bytes that wait already too.
    pub(crate) fn keep_to(&self, settings: &Settings) {
        for direction in [Direction::Upload, Direction::Download] {
            let limit = chosen(settings, direction);
            self.limits.of(direction).set(limit);
            self.slots.set_limit(direction, limit);
        }
    }

    pub(crate) fn pace(&self, direction: Direction) -> Pace {
        Pace::new(self.slots.clone(), direction, Arc::clone(self.limits.of(direction)))
    }

    /// A job was asked for; if it is a transfer, it takes its place in the queue. To be called in the order of the
    /// requests, so that a transfer can be steered from then on.
    pub(crate) fn expect(&self, id: RequestId, job: &Job) {
        if let Some(direction) = direction(job) {
            self.slots.join(id, direction);
            self.running().insert(id, self.new_running());
        }
    }

    /// The handle of a transfer that begins; not opened yet.
    pub(crate) fn handle(&self, id: RequestId) -> TransferHandle {
        self.running().entry(id).or_insert_with(|| self.new_running()).handle.clone()
    }

    fn new_running(&self) -> Running {
        Running { handle: TransferHandle::new(self.store.clone()), shown: None, unwanted: false }
    }

    /// A transfer shows itself from now on: what is seen of it is on disk.
    pub(crate) fn show(&self, id: RequestId, meter: &Meter, news: &News) {
        if let Some(running) = self.running().get_mut(&id) {
            running.shown = Some((meter.clone(), news.clone()));
            meter.pause(self.slots.is_paused(id));
        }
    }

    pub(crate) fn control(&self, id: RequestId, command: TransferCommand) {
        self.slots.control(id, command);
        if let Some(running) = self.running().get(&id) {
            let paused = self.slots.is_paused(id);
            running.handle.set_paused(paused);
            if let Some((meter, _)) = &running.shown {
                meter.pause(paused);
            }
        }
    }

    /// The person has cancelled it: no later run is to go on with it.
    pub(crate) fn forget(&self, id: RequestId) {
        if let Some(running) = self.running().get_mut(&id) {
            running.unwanted = true;
        }
    }

    /// A job has ended; the window does not know it yet.
    pub(crate) async fn conclude(&self, id: RequestId, outcome: &Outcome) {
        self.slots.leave(id);
        let Some(running) = self.running().remove(&id) else { return };
        if let Some((_, news)) = &running.shown {
            news.tell();
        }
        let disposition = if running.unwanted { Disposition::Discard } else { disposition(outcome) };
        running.handle.close(disposition).await;
    }

    /// Transfers of this account that had not ended and run nowhere, oldest first.
    pub(crate) async fn unfinished(&self, account: &AccountChoice) -> Vec<UnfinishedTransfer> {
        self.store.unfinished(account).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "transfers of earlier runs can't be read");
            Vec::new()
        })
    }

    fn running(&self) -> MutexGuard<'_, HashMap<RequestId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn direction(job: &Job) -> Option<Direction> {
    match job {
        Job::Upload { .. } => Some(Direction::Upload),
        Job::Download { .. } | Job::SaveAs { .. } => Some(Direction::Download),
        _ => None,
    }
}

/// A cancel that the person has not asked for comes from the end of the program.
fn disposition(outcome: &Outcome) -> Disposition {
    match outcome {
        Outcome::Cancelled => Disposition::Keep,
        Outcome::Done(Receipt::Transferred { report, .. }) if !report.failed.is_empty() => {
            Disposition::Finished
        }
        Outcome::Failed(problem) if problem.kind.may_succeed_later() => Disposition::Keep,
        Outcome::Done(_) | Outcome::Failed(_) => Disposition::Discard,
    }
}

#[cfg(test)]
mod tests {
    use super::disposition;
    use crate::transfer::handle::Disposition;
    use coffer_model::message::Outcome;
    use coffer_model::transfer::TransferReport;
    use coffer_model::{Problem, ProblemKind, Receipt};

    #[test]
    fn what_another_try_can_finish_is_kept() {
        let problem = |kind| Problem::new(kind, "", "");
        let done = |failed| {
            let report = TransferReport { failed, ..TransferReport::default() };
            Outcome::Done(Receipt::Transferred { report, undo: None })
        };
        assert_eq!(disposition(&Outcome::Cancelled), Disposition::Keep);
        assert_eq!(disposition(&done(vec![])), Disposition::Discard);
        assert_eq!(disposition(&done(vec![problem(ProblemKind::Forbidden)])), Disposition::Finished);
        for kind in [
            ProblemKind::Unreachable,
            ProblemKind::SignedOut,
            ProblemKind::DiskFull,
            ProblemKind::ServiceFailed,
        ] {
            assert_eq!(disposition(&Outcome::Failed(problem(kind))), Disposition::Keep);
        }
        assert_eq!(disposition(&Outcome::Failed(problem(ProblemKind::Forbidden))), Disposition::Discard);
    }
}
