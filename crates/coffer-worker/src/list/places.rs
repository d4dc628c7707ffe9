//! Lists that are no folders: what is shared, what a search finds, and what stands at one path.

use super::folder::not_listed;
use super::growing::Growing;
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::error::{Classify, ServiceError};
use crate::links::LinkPages;
use crate::worker_context::WorkerContext;
use crate::{account_index, convert, problem};
use coffer_model::{Entry, EntryKind, Receipt, RemotePath, SearchSort, Sort, SortColumn};
use coffer_texts::tr;
use dropbox_protocol::files::{
    GET_METADATA, GetMetadataArg, LIST_FOLDER, ListFolderArg, MetadataV2, SEARCH, SEARCH_CONTINUE,
    SearchOptions, SearchV2Arg, SearchV2ContinueArg,
};
use std::time::Duration;

/// The service gives no more than this for one search.
const SEARCH_LIMIT: usize = 10_000;
const SEARCH_PAGE: u64 = 200;

/// Matches that are shown before all others are read.
const FIRST_MATCHES: usize = 200;

/// More than the first matches are read when nobody has typed on for so long, and the service is asked so much later.
const LIST_REST: Duration = Duration::from_millis(120);
const SERVICE_REST: Duration = Duration::from_millis(230);

/// A page may have nothing although there is more; after so many in a row nothing more will come.
const MAX_EMPTY_PAGES: u32 = 20;

/// Every item that has a link.
pub(crate) async fn links(worker: &WorkerContext, job: &JobContext, sort: Sort) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let mut growing = Growing::new(job, Some(sort));
    let mut pages = LinkPages::default();
    while let Some(entries) = pages.next(&account).await? {
        for entry in account_index::with_what_is_known(&account, entries).await {
            growing.insert(entry);
        }
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
    let about = || problem::item(path, Act::List);
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

/// What the index finds at once, then what the service finds besides, when typing has rested.
pub(crate) async fn search(
    worker: &WorkerContext,
    job: &JobContext,
    text: &str,
    below: &RemotePath,
    sort: Option<Sort>,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let query = account_index::query(text, below);
    let mut growing = Growing::new(job, None);
    let order = sort.map_or(SearchSort::Match, search_sort);
    // The index has no order of names: the best matches are sorted here, all that are listed.
    let first_matches =
        if sort.is_some() && order == SearchSort::Match { SEARCH_LIMIT } else { FIRST_MATCHES };
    let first = account_index::found(&account, query.clone(), order, first_matches).await;
    let has_index = first.is_some();
    let has_more = first.as_ref().is_some_and(|answer| answer.count as usize > answer.entries.len());
    if let Some(answer) = first {
        growing.show_found(&query, answer, sort).await?;
        growing.emit(false).await?;
    }
    // A letter that follows soon cancels the job here, before anything is done that takes long.
    tokio::time::sleep(LIST_REST).await;
    if has_more
        && first_matches < SEARCH_LIMIT
        && let Some(answer) = account_index::found(&account, query.clone(), order, SEARCH_LIMIT).await
    {
        growing.show_found(&query, answer, sort).await?;
        growing.emit(false).await?;
    }
    tokio::time::sleep(SERVICE_REST).await;
    // The service knows words only. What it finds is by what is in the files, unless there is no index.
    let words = query.words.join(" ");
    if !words.is_empty() && (!has_index || query.filters.is_empty() && query.patterns.is_empty()) {
        let searched = search_service(worker, &account, &mut growing, &words, &query.below).await;
        if let Err(error) = searched
            && !(has_index && error.kind().is_away())
        {
            return Err(problem::general(tr!("search-failed")).call(&error).into());
        }
    }
    growing.emit(true).await?;
    Ok(Receipt::Nothing)
}

/// The order of the index that is nearest.
fn search_sort(sort: Sort) -> SearchSort {
    match (sort.column, sort.descending) {
        (SortColumn::Size, true) => SearchSort::Largest,
        (SortColumn::Size, false) => SearchSort::Smallest,
        (SortColumn::Modified, true) => SearchSort::Newest,
        (SortColumn::Modified, false) => SearchSort::Oldest,
        (SortColumn::Name | SortColumn::Kind, _) => SearchSort::Match,
    }
}

async fn search_service(
    worker: &WorkerContext,
    account: &OpenAccount,
    growing: &mut Growing<'_>,
    words: &str,
    below: &RemotePath,
) -> Result<(), ServiceError> {
    let _permit = worker.lanes.interactive().await;
    let options = SearchOptions {
        path: (!below.is_root()).then(|| below.as_str().to_owned()),
        max_results: SEARCH_PAGE,
        ..SearchOptions::new()
    };
    let arg = SearchV2Arg { options: Some(options), ..SearchV2Arg::new(words) };
    let mut page = account.service.rpc(&SEARCH, &arg).await?;
    let mut empty_pages = 0;
    let most = growing.len() + SEARCH_LIMIT;
    loop {
        growing.add_unreadable(page.matches.unreadable);
        for found in &page.matches {
            let MetadataV2::Metadata(metadata) = &found.metadata else { continue };
            growing.insert_new(convert::entry(metadata, None));
        }
        empty_pages = if page.matches.is_empty() { empty_pages + 1 } else { 0 };
        let goes_on = page.has_more && growing.len() < most && empty_pages < MAX_EMPTY_PAGES;
        let (true, Some(cursor)) = (goes_on, page.cursor) else { return Ok(()) };
        // A job that is not wanted any more ends at its next call.
        let _ = growing.emit_when_due().await;
        page = account.service.rpc(&SEARCH_CONTINUE, &SearchV2ContinueArg::new(cursor)).await?;
    }
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
    let error = match account.service.rpc(&GET_METADATA, &GetMetadataArg::new(path.as_str())).await {
        Ok(metadata) => return Ok(Receipt::Located(convert::entry(&metadata, None))),
        Err(error) => error,
    };
    // Whoever looks at folders offline also types where to go; a command wants the account as it is.
    if error.kind().is_away() && worker.config.follows_changes {
        let wanted = path.clone();
        if let Some(Some(entry)) = account.index.ask(move |index| index.entry(&wanted)).await {
            return Ok(Receipt::Located(entry));
        }
    }
    Err(problem::item(path, Act::Find).call(&error).into())
}
