//! What jobs and commands ask the index.

use crate::account::OpenAccount;
use crate::act::Act;
use crate::blocking;
use crate::context::{JobContext, JobError};
use crate::list::sorted_listing;
use crate::problem::{self, words_for_kind};
use crate::worker_context::WorkerContext;
use coffer_index::{Index, SearchAnswer, SearchOrder};
use coffer_model::{
    Entry, FoundItems, Listing, News, Problem, ProblemKind, Receipt, RemotePath, SearchQuery, SearchSort,
    Sort,
};
use coffer_texts::tr;
use jiff::{Timestamp, Zoned};
use std::sync::Arc;

/// What is known of a folder, in order; `None` if it is not in the index.
pub(crate) async fn show_known(account: &OpenAccount, path: &RemotePath, sort: Sort) -> Option<Arc<Listing>> {
    let path = path.clone();
    let entries = account
        .index
        .ask(move |index| {
            let entries = index.folder(&path)?;
            // One that seems empty may not have been listed yet.
            Ok(if entries.as_ref().is_some_and(Vec::is_empty) && !index.state()?.is_complete {
                None
            } else {
                entries
            })
        })
        .await??;
    blocking(move || Arc::new(sorted_listing(entries, sort))).await.ok()
}

/// Items of which the service has told the place in lower case and no content hash, with what the index knows of them.
pub(crate) async fn with_what_is_known(account: &OpenAccount, entries: Vec<Entry>) -> Vec<Entry> {
    let asked = entries.clone();
    let known = account
        .index
        .ask(move |index| asked.iter().map(|entry| index.entry(&entry.path)).collect::<Result<Vec<_>, _>>());
    let Some(known) = known.await else { return entries };
    let complete = |(entry, known): (Entry, Option<Entry>)| {
        let Some(known) = known else { return entry };
        let is_same = match (entry.file(), known.file()) {
            (Some(told), Some(known)) => told.rev == known.rev,
            (told, known) => told.is_none() && known.is_none(),
        };
        let kind = if is_same { known.kind } else { entry.kind };
        Entry { path: known.path, kind, ..entry }
    };
    entries.into_iter().zip(known).map(complete).collect()
}

pub(crate) async fn list_known(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
    sort: Sort,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let listing = show_known(&account, path, sort).await.ok_or_else(|| not_found(path))?;
    Ok(Receipt::Listed(listing))
}

/// The items that match, from the index alone. `None` where it has not even begun to be filled.
pub(crate) async fn found(
    account: &OpenAccount,
    query: SearchQuery,
    sort: SearchSort,
    most: usize,
) -> Option<SearchAnswer> {
    let order = match sort {
        SearchSort::Match => SearchOrder::Match,
        SearchSort::Largest => SearchOrder::LargestFirst,
        SearchSort::Smallest => SearchOrder::SmallestFirst,
        SearchSort::Newest => SearchOrder::NewestFirst,
        SearchSort::Oldest => SearchOrder::OldestFirst,
    };
    account
        .index
        .ask(move |index| {
            let is_begun = index.state()?.cursor.is_some();
            is_begun.then(|| index.search(&query, order, most)).transpose()
        })
        .await?
}

/// What a query finds in the index.
pub(crate) async fn search_index(
    worker: &WorkerContext,
    job: &JobContext,
    text: &str,
    below: &RemotePath,
    sort: SearchSort,
    most: usize,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let query = query(text, below);
    let mistakes = query.mistakes.clone();
    let answer = found(&account, query, sort, most).await.ok_or_else(no_index)?;
    let SearchAnswer { entries, count, bytes } = answer;
    Ok(Receipt::Found(Arc::new(FoundItems { entries, count, bytes, mistakes })))
}

/// A query that looks below a folder, unless it names one itself.
pub(crate) fn query(text: &str, below: &RemotePath) -> SearchQuery {
    let mut query = SearchQuery::parse(text, &Zoned::now());
    if query.below.is_root() && !query.is_empty() {
        query.below = below.clone();
    }
    query
}

/// The items whose paths have what is typed.
pub(crate) async fn find_paths(
    worker: &WorkerContext,
    job: &JobContext,
    typed: String,
    folders_only: bool,
    most: usize,
) -> Result<Receipt, JobError> {
    let matches = ask(worker, job, move |index| index.fuzzy(&typed, folders_only, most)).await?;
    Ok(Receipt::FoundPaths(Arc::new(matches)))
}

pub(crate) async fn duplicates(
    worker: &WorkerContext,
    job: &JobContext,
    below: RemotePath,
) -> Result<Receipt, JobError> {
    let groups = ask(worker, job, move |index| index.duplicates(&below)).await?;
    Ok(Receipt::Duplicates(Arc::new(groups)))
}

pub(crate) async fn changes(
    worker: &WorkerContext,
    job: &JobContext,
    below: RemotePath,
    since: Option<Timestamp>,
    (most, most_of_a_kind): (usize, usize),
) -> Result<Receipt, JobError> {
    let changes = ask(worker, job, move |index| index.changes(&below, since, most, most_of_a_kind)).await?;
    Ok(Receipt::Changes(Arc::new(changes)))
}

/// More changes are not told one by one.
const MOST_NEWS: usize = 1_000;

/// The folders in which something was changed elsewhere, and what was after the change with a number. Also the number of the
/// latest change; without one to begin with, no changes are told.
pub(crate) async fn news(account: &OpenAccount, after: Option<i64>) -> Option<(News, i64)> {
    account
        .index
        .ask(move |index| {
            let last = index.last_change()?;
            let changes = match after {
                Some(after) if after < last => index.changes_elsewhere(after, MOST_NEWS)?,
                _ => Vec::new(),
            };
            Ok((News { folders: index.news()?, changes }, last))
        })
        .await
}

/// The person has looked into a folder; `None`: at everything that has changed.
pub(crate) async fn see(
    worker: &WorkerContext,
    job: &JobContext,
    folder: Option<RemotePath>,
) -> Result<Receipt, JobError> {
    ask(worker, job, move |index| index.see(folder.as_ref())).await?;
    Ok(Receipt::Nothing)
}

pub(crate) async fn largest(
    worker: &WorkerContext,
    job: &JobContext,
    below: RemotePath,
    most: usize,
) -> Result<Receipt, JobError> {
    let entries = ask(worker, job, move |index| index.largest_files(&below, most)).await?;
    Ok(Receipt::Listed(Arc::new(Listing::new(entries, Sort::default(), true))))
}

async fn ask<T: Send + 'static>(
    worker: &WorkerContext,
    job: &JobContext,
    question: impl FnOnce(&Index) -> Result<T, coffer_index::IndexError> + Send + 'static,
) -> Result<T, JobError> {
    let account = worker.account(job).await?;
    Ok(account.index.ask(question).await.ok_or_else(no_index)?)
}

pub(super) fn not_found(path: &RemotePath) -> Problem {
    problem::item(path, Act::FindInIndex)
        .because(ProblemKind::NotFound, words_for_kind(ProblemKind::NotFound))
}

pub(super) fn no_index() -> Problem {
    problem::general(tr!("account-not-indexed"))
        .because(ProblemKind::NotFound, tr!("why-not-indexed-command"))
}
