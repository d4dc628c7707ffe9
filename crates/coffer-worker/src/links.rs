//! Makes and finds the link of an item. Lists of links are in `list`, ending a link is an edit.

use super::context::{JobContext, JobError};
use super::worker_context::WorkerContext;
use super::{convert, problem};
use coffer_model::{ProblemKind, Receipt, RemotePath};
use dropbox_protocol::sharing::{LIST_SHARED_LINKS, ListSharedLinksArg};

/// The link that this account made for the item itself, if there is one.
pub(crate) async fn find(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let arg = ListSharedLinksArg {
        path: Some(path.as_str().to_owned()),
        direct_only: Some(true),
        ..ListSharedLinksArg::new()
    };
    let page = account
        .service
        .rpc(&LIST_SHARED_LINKS, &arg)
        .await
        .map_err(|error| problem::item(path, "shared").call(&error))?;
    let found = page.links.iter().find_map(convert::link);
    Ok(found.map_or(Receipt::Nothing, |(link, _)| Receipt::Link(link)))
}

/// The link that this account made for the item, or a new one that anyone with it can use.
pub(crate) async fn create(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
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
