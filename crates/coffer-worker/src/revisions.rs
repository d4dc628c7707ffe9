//! The versions of a file, newest first. Restoring one is an edit.

use super::context::{JobContext, JobError};
use super::worker_context::WorkerContext;
use super::{convert, problem};
use coffer_model::{Receipt, RemotePath, Update};
use dropbox_protocol::files::{LIST_REVISIONS, ListRevisionsArg, REVISIONS_PAGE_LIMIT};
use std::sync::Arc;

/// Pages of at most a hundred; each tells all that came so far.
pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let mut revisions = Vec::new();
    let mut before_rev = None;
    loop {
        let arg = ListRevisionsArg {
            limit: REVISIONS_PAGE_LIMIT,
            before_rev: before_rev.take(),
            ..ListRevisionsArg::new(path.as_str())
        };
        let page = account.service.rpc(&LIST_REVISIONS, &arg).await.map_err(|error| {
            problem::general(format!("The versions of “{}” could not be listed", path.name())).call(&error)
        })?;
        before_rev = page.entries.last().map(|file| file.rev.clone());
        revisions.extend(page.entries.iter().map(|file| convert::file_entry(file, None)));
        let complete = !page.has_more || before_rev.is_none();
        job.update(Update::Revisions { revisions: Arc::new(revisions.clone()), complete });
        if complete {
            return Ok(Receipt::Nothing);
        }
    }
}
