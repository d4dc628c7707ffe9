//! Makes and finds the link of an item. Lists of links are in `list`, ending a link is an edit.

use super::account::OpenAccount;
use super::context::{JobContext, JobError};
use super::history::{Inverse, NewOperation};
use super::worker_context::WorkerContext;
use super::{convert, problem};
use crate::act::Act;
use coffer_model::{OperationKind, Problem, ProblemKind, Receipt, RemotePath, SharedLink};
use coffer_texts::tr;
use dropbox_protocol::sharing::{LIST_SHARED_LINKS, ListSharedLinksArg};

/// The link that this account made for the item itself, if there is one.
pub(crate) async fn find(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let found = find_link(&account, path).await?;
    Ok(found.map_or(Receipt::Nothing, |link| Receipt::Link { link, operation: None }))
}

async fn find_link(account: &OpenAccount, path: &RemotePath) -> Result<Option<SharedLink>, Problem> {
    let arg = ListSharedLinksArg {
        path: Some(path.as_str().to_owned()),
        direct_only: Some(true),
        ..ListSharedLinksArg::new()
    };
    let page = account
        .service
        .rpc(&LIST_SHARED_LINKS, &arg)
        .await
        .map_err(|error| problem::item(path, Act::Share).call(&error))?;
    Ok(page.links.iter().find_map(convert::link).map(|(link, _)| link))
}

/// The link that this account made for the item, or a new one that anyone with it can use.
pub(crate) async fn create(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    // One that is there already was not made now, and Undo must not take it away.
    if let Some(link) = find_link(&account, path).await? {
        return Ok(Receipt::Link { link, operation: None });
    }
    let about = || problem::item(path, Act::Share);
    let metadata = account
        .service
        .run_repeated(|client| async move { client.shared_link(path.as_str()).await })
        .await
        .map_err(|error| about().call(&error))?;
    let (link, entry) = convert::link(&metadata)
        .ok_or_else(|| about().because(ProblemKind::ServiceError, tr!("why-no-link")))?;
    let inverse = Inverse::RevokeLink { path: path.clone(), url: link.url.clone() };
    let mut new = NewOperation::new(OperationKind::CreateLink, Some(inverse));
    new.add_item(path, entry.is_folder(), None);
    let operation = worker.history.record(&account, new).await;
    Ok(Receipt::Link { link, operation })
}
