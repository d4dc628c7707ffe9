//! Lists that are no folders: what was deleted, what is shared, what a search finds, and what stands at one path.

use super::order::{Row, sort_rows};
use crate::model::{Entry, EntryKind, Listing, Receipt, RemotePath, Sort, Update};
use crate::protocol::files::{
    GET_METADATA, GetMetadataArg, LIST_FOLDER, LIST_FOLDER_CONTINUE, ListFolderArg, ListFolderContinueArg,
    Metadata, MetadataV2, SEARCH, SEARCH_CONTINUE, SearchOptions, SearchV2Arg, SearchV2ContinueArg,
};
use crate::protocol::sharing::{LIST_SHARED_LINKS, ListSharedLinksArg};
use crate::worker::context::{JobContext, Stop};
use crate::worker::shared::Shared;
use crate::worker::{blocking, convert, problem};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

const STEP: Duration = Duration::from_millis(200);
/// The service gives no more than this for one search.
const SEARCH_LIMIT: usize = 10_000;
const SEARCH_PAGE: u64 = 200;

/// Everything deleted below a folder. What was made again since is not deleted any more.
pub async fn deleted(
    shared: &Shared,
    job: &JobContext,
    path: &RemotePath,
    sort: Sort,
) -> Result<Receipt, Stop> {
    let account = shared.account().await?;
    let _permit = shared.lanes.interactive().await;
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
        growing.show_when_due().await?;
        let arg = ListFolderContinueArg::new(page.cursor);
        page =
            account.service.rpc(&LIST_FOLDER_CONTINUE, &arg).await.map_err(|error| about().call(&error))?;
    }
    growing.show(true).await?;
    Ok(Receipt::Nothing)
}

/// Every item that has a link.
pub async fn links(shared: &Shared, job: &JobContext, sort: Sort) -> Result<Receipt, Stop> {
    let account = shared.account().await?;
    let _permit = shared.lanes.interactive().await;
    let mut growing = Growing::new(job, Some(sort));
    let mut cursor = None;
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
        if !page.has_more || page.cursor.is_none() {
            break;
        }
        cursor = page.cursor;
        growing.show_when_due().await?;
    }
    growing.show(true).await?;
    Ok(Receipt::Nothing)
}

/// What the service finds, best match first.
pub async fn search(
    shared: &Shared,
    job: &JobContext,
    query: &str,
    below: &RemotePath,
) -> Result<Receipt, Stop> {
    let account = shared.account().await?;
    let _permit = shared.lanes.interactive().await;
    let about = || problem::general("The search did not work");
    let options = SearchOptions {
        path: (!below.is_root()).then(|| below.as_str().to_owned()),
        max_results: SEARCH_PAGE,
        ..SearchOptions::new()
    };
    let arg = SearchV2Arg { options: Some(options), ..SearchV2Arg::new(query) };
    let mut page = account.service.rpc(&SEARCH, &arg).await.map_err(|error| about().call(&error))?;
    let mut growing = Growing::new(job, None);
    loop {
        for found in &page.matches {
            let MetadataV2::Metadata(metadata) = &found.metadata else { continue };
            growing.insert(convert::entry(metadata, None));
        }
        let (true, Some(cursor)) = (page.has_more && growing.len() < SEARCH_LIMIT, page.cursor) else {
            break;
        };
        growing.show_when_due().await?;
        let arg = SearchV2ContinueArg::new(cursor);
        page = account.service.rpc(&SEARCH_CONTINUE, &arg).await.map_err(|error| about().call(&error))?;
    }
    growing.show(true).await?;
    Ok(Receipt::Nothing)
}

/// What stands at a path that somebody typed.
pub async fn locate(shared: &Shared, path: &RemotePath) -> Result<Receipt, Stop> {
    if path.is_root() {
        // The service knows no metadata of the root.
        let kind = EntryKind::Folder { id: "".into() };
        return Ok(Receipt::Located(Entry { path: path.clone(), kind, link: None }));
    }
    let account = shared.account().await?;
    let _permit = shared.lanes.interactive().await;
    let metadata = account
        .service
        .rpc(&GET_METADATA, &GetMetadataArg::new(path.as_str()))
        .await
        .map_err(|error| problem::item(path, "found").call(&error))?;
    Ok(Receipt::Located(convert::entry(&metadata, None)))
}

/// A list that grows while its pages come, without doubles.
struct Growing<'a> {
    job: &'a JobContext,
    /// `None` keeps the order of arrival.
    sort: Option<Sort>,
    rows: Vec<Option<Row>>,
    places: HashMap<Arc<str>, usize>,
    shown: Option<Instant>,
}

impl<'a> Growing<'a> {
    fn new(job: &'a JobContext, sort: Option<Sort>) -> Self {
        Self { job, sort, rows: Vec::new(), places: HashMap::new(), shown: None }
    }

    fn len(&self) -> usize {
        self.places.len()
    }

    fn insert(&mut self, entry: Entry) {
        let key = Arc::clone(entry.path.lower());
        let row = Some(Row::new(entry));
        if let Some(&place) = self.places.get(&key) {
            self.rows[place] = row;
        } else {
            self.places.insert(key, self.rows.len());
            self.rows.push(row);
        }
    }

    fn remove(&mut self, entry: &Entry) {
        if let Some(place) = self.places.remove(entry.path.lower()) {
            self.rows[place] = None;
        }
    }

    async fn show_when_due(&mut self) -> Result<(), Stop> {
        // Each snapshot costs as much as all rows: wait longer the more there are.
        let step = STEP.max(Duration::from_micros(4 * self.rows.len() as u64));
        if self.shown.is_none_or(|when| when.elapsed() >= step) { self.show(false).await } else { Ok(()) }
    }

    async fn show(&mut self, complete: bool) -> Result<(), Stop> {
        let mut rows: Vec<Row> = self.rows.iter().flatten().cloned().collect();
        let sort = self.sort;
        let listing = blocking(move || {
            if let Some(sort) = sort {
                sort_rows(&mut rows, sort);
            }
            let entries = rows.into_iter().map(|row| row.entry).collect();
            Listing::new(entries, sort.unwrap_or_default(), complete)
        })
        .await?;
        self.job.update(Update::Listing(Arc::new(listing)));
        self.shown = Some(Instant::now());
        Ok(())
    }
}
