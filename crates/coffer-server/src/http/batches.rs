//! Batches in the background: the same for folders, deletions, copies, moves and commits.

use super::call::Call;
use super::failure::CallFailure;
use crate::jobs::{AsyncJobStatus, Finished};
use crate::store::edit::random;
use crate::store::error::StoreError;
use dropbox_protocol::job::PollError;
use std::sync::Arc;

/// Entries of a batch of deletions, copies, moves or commits.
pub(super) use dropbox_protocol::files::BATCH_LIMIT;

/// Starts `work` in the background and returns the id by which its outcome can be asked for.
/// A shutdown waits for it.
pub(super) fn launch(
    call: &Call,
    work: impl Future<Output = Finished> + Send + 'static,
) -> Result<String, StoreError> {
    let id = format!("dbjid:{}", hex::encode(random::<16>()?));
    let app = Arc::clone(&call.app);
    app.jobs.begin(id.clone());
    let job = id.clone();
    call.app.tasks.spawn(async move {
        let outcome = work.await;
        app.jobs.finish(job, outcome);
    });
    Ok(id)
}

/// The state of a job of the kind that `pick` recognises; `None` while it runs.
pub(super) fn check<T>(
    call: &Call,
    id: &str,
    pick: impl FnOnce(Finished) -> Option<T>,
) -> Result<Option<T>, CallFailure<PollError>> {
    let invalid = CallFailure::Answer(PollError::InvalidAsyncJobId);
    match call.app.jobs.check(id) {
        None => Err(invalid),
        Some(AsyncJobStatus::InProgress) => Ok(None),
        Some(AsyncJobStatus::Finished(outcome)) => pick(outcome).map(Some).ok_or(invalid),
    }
}

/// Refuses batches of no or too many entries.
pub(super) fn check_size<E>(entries: usize) -> Result<(), CallFailure<E>> {
    if (1..=BATCH_LIMIT).contains(&entries) {
        Ok(())
    } else {
        Err(CallFailure::BadArgument(format!(
            "request body: entries: must have 1 to {BATCH_LIMIT} items, not {entries}"
        )))
    }
}
