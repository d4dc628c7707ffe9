//! Batches in the background: the same for folders, deletions, copies, moves and commits.

use super::call::Call;
use super::failure::Failure;
use crate::jobs::{Finished, Job};
use crate::store::edit::random;
use crate::store::error::StoreError;
use dropbox_protocol::job::PollError;
use std::sync::Arc;

/// Entries of a batch of deletions, copies, moves or commits.
pub use dropbox_protocol::files::BATCH_LIMIT;

/// Starts `work` in the background and returns the id by which its outcome can be asked for.
/// A shutdown waits for it.
pub fn launch(
    call: &Call,
    work: impl Future<Output = Finished> + Send + 'static,
) -> Result<String, StoreError> {
    let id = format!("dbjid:{}", hex::encode(random::<16>()?));
    let account = Arc::clone(&call.account);
    account.jobs.begin(id.clone());
    let job = id.clone();
    call.account.tasks.spawn(async move {
        let outcome = work.await;
        account.jobs.finish(job, outcome);
    });
    Ok(id)
}

/// The state of a job of the kind that `pick` recognises; `None` while it runs.
pub fn check<T>(
    call: &Call,
    id: &str,
    pick: impl FnOnce(Finished) -> Option<T>,
) -> Result<Option<T>, Failure<PollError>> {
    let invalid = Failure::Answer(PollError::InvalidAsyncJobId);
    match call.account.jobs.check(id) {
        None => Err(invalid),
        Some(Job::InProgress) => Ok(None),
        Some(Job::Finished(outcome)) => pick(outcome).map(Some).ok_or(invalid),
    }
}

/// Refuses batches of no or too many entries.
pub fn check_size<E>(entries: usize) -> Result<(), Failure<E>> {
    if (1..=BATCH_LIMIT).contains(&entries) {
        Ok(())
    } else {
        Err(Failure::BadArgument(format!(
            "request body: entries: must have 1 to {BATCH_LIMIT} items, not {entries}"
        )))
    }
}
