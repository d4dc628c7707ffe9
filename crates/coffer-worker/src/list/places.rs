//! Lists that are no folders: what is shared, what a search finds, and what stands at one path.

use super::folder::not_listed;
use super::growing::Growing;
use crate::context::{JobContext, JobError};
use crate::worker_context::WorkerContext;
use crate::{convert, problem};
use coffer_model::{Entry, EntryKind, Receipt, RemotePath, Sort};
use dropbox_protocol::files::{
    GET_METADATA, GetMetadataArg, LIST_FOLDER, ListFolderArg, MetadataV2, SEARCH, SEARCH_CONTINUE,
    SearchOptions, SearchV2Arg, SearchV2ContinueArg,
};
use dropbox_protocol::sharing::{LIST_SHARED_LINKS, ListSharedLinksArg};

/// The service gives no more than this for one search.
const SEARCH_LIMIT: usize = 10_000;
const SEARCH_PAGE: u64 = 200;

/// A page may have nothing although there is more; after so many in a row nothing more will come.
const MAX_EMPTY_PAGES: u32 = 20;

/// Every item that has a link.
pub(crate) async fn links(worker: &WorkerContext, job: &JobContext, sort: Sort) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let mut growing = Growing::new(job, Some(sort));
    let (mut cursor, mut empty_pages) = (None, 0);
    loop {
        let arg = ListSharedLinksArg { cursor: cursor.clone(), ..ListSharedLinksArg::new() };
        let page = account
            .service
            .rpc(&LIST_SHARED_LINKS, &arg)
            .await
            .map_err(|error| problem::general("Shared links could not be listed").call(&error))?;
        for (_, entry) in page.links.iter().filter_map(convert::link) {
            growing.insert(entry);
        }
        empty_pages = if page.links.is_empty() { empty_pages + 1 } else { 0 };
        if !page.has_more || page.cursor.is_none() || empty_pages == MAX_EMPTY_PAGES {
            break;
        }
        cursor = page.cursor;
        growing.emit_when_due().await?;
    }
    growing.emit(true).await?;
    Ok(Receipt::Nothing)
}

/// Everything in a folder, at any depth.
pub(crate) async fn tree(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
    sort: Sort,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let about = || problem::item(path, "listed");
    let arg = ListFolderArg { recursive: true, ..ListFolderArg::new(path.as_str()) };
    let mut page = match account.service.rpc(&LIST_FOLDER, &arg).await {
        Ok(page) => page,
        Err(error) => return Err(not_listed(&account, path, &error).await.into()),
    };
    let mut growing = Growing::new(job, Some(sort));
    loop {
        growing.add_unreadable(page.entries.unreadable);
        for entry in page.entries.iter().map(|item| convert::entry(item, None)) {
            if entry.is_deleted() {
                growing.remove(&entry);
            } else if entry.path != *path {
                growing.insert(entry);
            }
        }
        if !page.has_more {
            break;
        }
        growing.emit_when_due().await?;
        page = account.service.continue_list(&page.cursor).await.map_err(|error| about().call(&error))?;
    }
    growing.emit(true).await?;
    Ok(Receipt::Nothing)
}

/// What the service finds, best match first.
pub(crate) async fn search(
    worker: &WorkerContext,
    job: &JobContext,
    query: &str,
    below: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let about = || problem::general("The search failed");
    let options = SearchOptions {
        path: (!below.is_root()).then(|| below.as_str().to_owned()),
        max_results: SEARCH_PAGE,
        ..SearchOptions::new()
    };
    let arg = SearchV2Arg { options: Some(options), ..SearchV2Arg::new(query) };
    let mut page = account.service.rpc(&SEARCH, &arg).await.map_err(|error| about().call(&error))?;
    let mut growing = Growing::new(job, None);
    let mut empty_pages = 0;
    loop {
        growing.add_unreadable(page.matches.unreadable);
        for found in &page.matches {
            let MetadataV2::Metadata(metadata) = &found.metadata else { continue };
            growing.insert(convert::entry(metadata, None));
        }
        empty_pages = if page.matches.is_empty() { empty_pages + 1 } else { 0 };
        let goes_on = page.has_more && growing.len() < SEARCH_LIMIT && empty_pages < MAX_EMPTY_PAGES;
        let (true, Some(cursor)) = (goes_on, page.cursor) else {
            break;
        };
        growing.emit_when_due().await?;
        let arg = SearchV2ContinueArg::new(cursor);
        page = account.service.rpc(&SEARCH_CONTINUE, &arg).await.map_err(|error| about().call(&error))?;
    }
    growing.emit(true).await?;
    Ok(Receipt::Nothing)
}

/// What stands at a path that somebody typed.
pub(crate) async fn locate(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
) -> Result<Receipt, JobError> {
    if path.is_root() {
        // The service knows no metadata of the root.
        let kind = EntryKind::Folder { id: "".into() };
        return Ok(Receipt::Located(Entry::new(path.clone(), kind)));
    }
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let metadata = account
        .service
        .rpc(&GET_METADATA, &GetMetadataArg::new(path.as_str()))
        .await
        .map_err(|error| problem::item(path, "found").call(&error))?;
    Ok(Receipt::Located(convert::entry(&metadata, None)))
}
