//! Deleted files and folders. The service tells when something was deleted only file by file, so the list comes first
//! and is put in order by time when that is known. Bringing back is an edit.

use super::growing::Growing;
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::worker_context::WorkerContext;
use crate::{convert, problem};
use coffer_model::{Receipt, RemotePath, Sort, SortColumn};
use dropbox_protocol::files::{LIST_FOLDER, LIST_REVISIONS, ListFolderArg, ListRevisionsArg, Metadata};
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;

/// Of longer lists the times are not asked for: that is a call for each file.
const MOST_TIMES: usize = 300;
const AT_ONCE: usize = 6;

/// Everything deleted below a folder. What was made again since is not deleted any more.
pub(crate) async fn deleted(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
    sort: Sort,
) -> Result<Receipt, JobError> {
    let account = worker.account().await?;
    let _permit = worker.lanes.interactive().await;
    let about = || problem::general("Deleted files could not be listed");
    let arg = ListFolderArg { recursive: true, include_deleted: true, ..ListFolderArg::new(path.as_str()) };
    let mut page = account.service.rpc(&LIST_FOLDER, &arg).await.map_err(|error| about().call(&error))?;
    let mut growing = Growing::new(job, Some(sort));
    loop {
        for metadata in &page.entries {
            let entry = convert::entry(metadata, None);
            match metadata {
                Metadata::Deleted(_) => growing.insert(entry),
                // A later page may say that something stands there again.
                _ => growing.remove(&entry),
            }
        }
        if !page.has_more {
            break;
        }
        growing.emit_when_due().await?;
        page = account.service.continue_list(&page.cursor).await.map_err(|error| about().call(&error))?;
    }
    let by_time = sort == Sort::default() || sort.column == SortColumn::Modified;
    if by_time && growing.len() > 1 && growing.len() <= MOST_TIMES {
        growing.emit(false).await?;
        growing.set_times(times(&account, growing.paths()).await);
    }
    growing.emit(true).await?;
    Ok(Receipt::Nothing)
}

/// When items were deleted, as far as it can be known: of a folder, when the last of its files went.
async fn times(account: &OpenAccount, paths: Vec<RemotePath>) -> HashMap<Arc<str>, Timestamp> {
    let mut asked = stream::iter(paths.clone())
        .map(|path| async move {
            let arg = ListRevisionsArg { limit: 1, ..ListRevisionsArg::new(path.as_str()) };
            let revisions = account.service.rpc(&LIST_REVISIONS, &arg).await.ok()?;
            Some((path, revisions.server_deleted?.instant()))
        })
        .buffer_unordered(AT_ONCE);
    let mut times: HashMap<Arc<str>, Timestamp> = HashMap::new();
    let listed: std::collections::HashSet<RemotePath> = paths.into_iter().collect();
    while let Some(answer) = asked.next().await {
        let Some((path, time)) = answer else { continue };
        let around =
            std::iter::successors(Some(path), RemotePath::parent).filter(|path| listed.contains(path));
        for path in around {
            let newest = times.entry(Arc::clone(path.lower())).or_insert(time);
            *newest = (*newest).max(time);
        }
    }
    times
}
