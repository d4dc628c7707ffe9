//! The transfers that run in this process, as the rest of the worker controls them: enqueued, paused, cancelled, finished.
//! What a transfer itself does is in `upload` and `download`.

use super::file_updates::FileUpdates;
use super::handle::{Disposition, TransferHandle};
use super::pace::Pace;
use super::speed_limit::{SpeedLimits, effective_limit};
use super::store::TransferStore;
use super::transfer_permits::TransferPermits;
use crate::progress::Meter;
use coffer_model::message::{Outcome, UnfinishedTransfer};
use coffer_model::transfer::{TransferCommand, TransferReport};
use coffer_model::{AccountChoice, Direction, Job, Receipt, RequestId, Settings};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) struct TransferManager {
    pub permits: TransferPermits,
    speed_limits: SpeedLimits,
    pub store: TransferStore,
    running: Mutex<HashMap<RequestId, ManagedTransfer>>,
}

struct ManagedTransfer {
    handle: TransferHandle,
    /// What it reports with, once it has begun.
    reporting: Option<(Meter, FileUpdates)>,
    /// The person has cancelled it.
    is_cancelled: bool,
}

impl TransferManager {
    /// Transfer records are kept in the state folder.
    pub(crate) fn new(state_folder: PathBuf, from_command_line: bool) -> Self {
        Self {
            permits: TransferPermits::default(),
            speed_limits: SpeedLimits::default(),
            store: TransferStore::new(state_folder, from_command_line),
            running: Mutex::default(),
        }
    }

    /// Applies the speed limits of the settings, also to bytes that wait already.
    pub(crate) fn apply_speed_limits(&self, settings: &Settings) {
        for direction in [Direction::Upload, Direction::Download] {
            let limit = effective_limit(settings, direction);
            self.speed_limits.for_direction(direction).set(limit);
            self.permits.set_speed_limit(direction, limit);
        }
    }

    pub(crate) fn pace(&self, direction: Direction) -> Pace {
        Pace::new(self.permits.clone(), direction, Arc::clone(self.speed_limits.for_direction(direction)))
    }

    /// Puts a job that is a transfer into the queue. To be called in the order of the requests: the transfer can be
    /// controlled from then on, though it begins later.
    pub(crate) fn enqueue(&self, id: RequestId, job: &Job) {
        if let Some(direction) = direction(job) {
            self.permits.join(id, direction);
            self.running.lock().insert(id, self.new_managed());
        }
    }

    /// The handle of a transfer that begins; not opened yet.
    pub(crate) fn handle(&self, id: RequestId) -> TransferHandle {
        self.running.lock().entry(id).or_insert_with(|| self.new_managed()).handle.clone()
    }

    fn new_managed(&self) -> ManagedTransfer {
        let handle = TransferHandle::new(self.store.clone());
        ManagedTransfer { handle, reporting: None, is_cancelled: false }
    }

    /// A transfer has begun, and its record is on disk: from now on `meter` shows whether it is paused.
    pub(crate) fn begin_reporting(&self, id: RequestId, meter: &Meter, file_updates: &FileUpdates) {
        if let Some(transfer) = self.running.lock().get_mut(&id) {
            transfer.reporting = Some((meter.clone(), file_updates.clone()));
            meter.pause(self.permits.is_paused(id));
        }
    }

    pub(crate) fn control(&self, id: RequestId, command: TransferCommand) {
        self.permits.control(id, command);
        if let Some(transfer) = self.running.lock().get(&id) {
            let paused = self.permits.is_paused(id);
            transfer.handle.set_paused(paused);
            if let Some((meter, _)) = &transfer.reporting {
                meter.pause(paused);
            }
        }
    }

    /// The person has cancelled it: no later run resumes it.
    pub(crate) fn mark_cancelled(&self, id: RequestId) {
        if let Some(transfer) = self.running.lock().get_mut(&id) {
            transfer.is_cancelled = true;
        }
    }

    /// A job has ended; the window does not know that yet.
    pub(crate) async fn finish(&self, id: RequestId, outcome: &Outcome) {
        self.permits.leave(id);
        let Some(transfer) = self.running.lock().remove(&id) else { return };
        if let Some((_, file_updates)) = &transfer.reporting {
            file_updates.emit();
        }
        let disposition = if transfer.is_cancelled { Disposition::Discard } else { disposition(outcome) };
        transfer.handle.close(disposition).await;
    }

    /// Forgets transfers that have failed.
    pub(crate) async fn forget(&self, account: &AccountChoice, jobs: Vec<Job>) {
        if let Err(error) = self.store.remove(account, jobs).await {
            tracing::warn!(%error, "could not remove transfer records");
        }
    }

    /// Transfers of this account that had not ended, or in which files have failed, and that run nowhere, oldest first.
    pub(crate) async fn unfinished(&self, account: &AccountChoice) -> Vec<UnfinishedTransfer> {
        self.store.unfinished(account).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "could not read the transfers of earlier runs");
            Vec::new()
        })
    }
}

fn direction(job: &Job) -> Option<Direction> {
    match job {
        Job::Upload { .. } | Job::SaveWorkingCopy { .. } | Job::ResolveEditConflict { .. } => {
            Some(Direction::Upload)
        }
        Job::Download { .. } | Job::DownloadPast(_) | Job::SaveAs { .. } | Job::FetchPromised { .. } => {
            Some(Direction::Download)
        }
        _ => None,
    }
}

/// A cancel that the person has not asked for comes from the end of the program.
fn disposition(outcome: &Outcome) -> Disposition {
    match outcome {
        Outcome::Cancelled => Disposition::Keep,
        Outcome::Done(Receipt::Transferred { report, .. }) if !report.failed.is_empty() => {
            // Only how many items it has transferred is kept, and not which.
            let TransferReport { files, bytes, skipped, failed, .. } = report;
            let (files, bytes, skipped, failed) = (*files, *bytes, *skipped, failed.clone());
            let report = TransferReport { files, bytes, skipped, failed, ..TransferReport::default() };
            Disposition::Finished(Box::new(report))
        }
        Outcome::Failed(problem) if problem.kind.may_succeed_later() => Disposition::Rest(problem.clone()),
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
    fn what_another_try_can_finish_is_kept_and_rests_after_a_failure() {
        let problem = |kind| Problem::new(kind, "", "");
        let done = |failed| {
            let report = TransferReport { failed, ..TransferReport::default() };
            Outcome::Done(Receipt::Transferred { report, operation: None })
        };
        assert_eq!(disposition(&Outcome::Cancelled), Disposition::Keep);
        assert_eq!(disposition(&done(vec![])), Disposition::Discard);
        let failed = vec![problem(ProblemKind::Forbidden)];
        let report = TransferReport { failed: failed.clone(), ..TransferReport::default() };
        assert_eq!(disposition(&done(failed)), Disposition::Finished(Box::new(report)));
        for kind in [
            ProblemKind::Unreachable,
            ProblemKind::SignedOut,
            ProblemKind::DiskFull,
            ProblemKind::ServiceFailed,
        ] {
            assert_eq!(disposition(&Outcome::Failed(problem(kind))), Disposition::Rest(problem(kind)));
        }
        assert_eq!(disposition(&Outcome::Failed(problem(ProblemKind::Forbidden))), Disposition::Discard);
    }
}
