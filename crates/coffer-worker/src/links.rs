//! Makes and finds the link of an item. Lists of links are in `list`, ending a link is an edit.

use super::context::JobError;
use super::worker_context::WorkerContext;
use super::{convert, problem};
use coffer_model::{ProblemKind, Receipt, RemotePath};

/// The link that this account made for the item, or a new one that anyone with it can use.
pub(crate) async fn create(worker: &WorkerContext, path: &RemotePath) -> Result<Receipt, JobError> {
    let account = worker.account().await?;
    let _permit = worker.lanes.interactive().await;
    let about = || problem::item(path, "shared");
    let metadata = account
        .service
        .run_repeated(|client| async move { client.shared_link(path.as_str()).await })
        .await
        .map_err(|error| about().call(&error))?;
    let (link, _) = convert::link(&metadata)
        .ok_or_else(|| about().because(ProblemKind::ServiceError, "Dropbox returned no link."))?;
    Ok(Receipt::Link(link))
}
