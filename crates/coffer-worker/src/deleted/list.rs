//! Deleted files and folders. The service tells when something was deleted only file by file, so the list comes first
//! and is put in order by time when that is known. Restoring is an edit.

use super::tree::{DeletedState, DeletedTree};
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::list::Growing;
use crate::worker_context::WorkerContext;
use crate::{convert, problem};
use coffer_model::{Entry, Receipt, RemotePath, Sort, SortColumn};
use dropbox_protocol::files::{LIST_FOLDER, ListFolderArg};
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;

/// Of more items the times are not asked for: that is a call for each.
const MOST_TIMES: usize = 300;
const AT_ONCE: usize = 6;

/// What was deleted below a folder. What was made again since is not deleted any more.
pub(crate) async fn deleted(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
    sort: Sort,
    with_contents: bool,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let about = || problem::general("Deleted files could not be listed");
    let arg = ListFolderArg { recursive: true, include_deleted: true, ..ListFolderArg::new(path.as_str()) };
    let mut page = account.service.rpc(&LIST_FOLDER, &arg).await.map_err(|error| about().call(&error))?;
    let mut items = DeletedTree::default();
    let mut growing = Growing::new(job, Some(sort));
    loop {
        items.add(page.entries.iter().map(|metadata| convert::entry(metadata, None)));
        if !page.has_more {
            break;
        }
        if growing.is_due() {
            growing.replace(rows(&items, with_contents).into_iter());
            growing.emit(false).await?;
        }
        page = account.service.continue_list(&page.cursor).await.map_err(|error| about().call(&error))?;
    }
    let mut entries = rows(&items, with_contents);
    let by_time = sort == Sort::default() || sort.column == SortColumn::Modified;
    if by_time && !entries.is_empty() && entries.len() <= MOST_TIMES {
        growing.replace(entries.iter().cloned());
        growing.emit(false).await?;
        // Without the times the list is still worth something.
        if items.len() <= MOST_TIMES && items.ask_all(&account.service).await.is_ok() {
            entries = rows(&items, with_contents);
            growing.set_times(items.times());
        } else {
            growing.set_times(likely_times(&account, &items, &entries).await);
        }
    }
    growing.replace(entries.into_iter());
    growing.emit(true).await?;
    Ok(Receipt::Nothing)
}

fn rows(items: &DeletedTree, with_contents: bool) -> Vec<Entry> {
    if with_contents { items.entries().collect() } else { items.top_entries() }
}

/// When items were deleted, of a folder by one of its files: for lists in which asking for all would take too long.
async fn likely_times(
    account: &OpenAccount,
    items: &DeletedTree,
    entries: &[Entry],
) -> HashMap<Arc<str>, Timestamp> {
    let paths: Vec<(Arc<str>, RemotePath)> = entries
        .iter()
        .map(|entry| (Arc::clone(entry.path.lower()), items.path_with_time(&entry.path)))
        .collect();
    let mut asked = stream::iter(paths)
        .map(|(key, path)| async move {
            let state = DeletedState::ask(&account.service, &path).await.ok()?;
            Some((key, state.deleted()?))
        })
        .buffer_unordered(AT_ONCE);
    let mut times = HashMap::new();
    while let Some(answer) = asked.next().await {
        times.extend(answer);
    }
    times
}
