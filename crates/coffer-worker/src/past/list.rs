//! Lists a folder as it was, first as far as is known, then better with every answer of the service.

use super::evidence::Question;
use super::folder_past::FolderPast;
use super::gather::{ask, gather, keep, known_answers};
use super::reconstruct::{PastItem, PastTree, reconstruct};
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::list::{Row, group_rows, sort_rows};
use crate::worker_context::WorkerContext;
use crate::{blocking, problem};
use coffer_model::{
    Entry, EntryKind, FolderTotals, Listing, PastQuery, PastSummary, ProblemKind, Receipt, RemotePath,
    SinceCounts, SinceThen, Sort, Update,
};
use coffer_texts::tr;
use futures_util::future::{BoxFuture, OptionFuture};
use futures_util::{FutureExt, StreamExt, TryFutureExt, stream};
use jiff::{Timestamp, Zoned};
use std::collections::HashMap;
use std::ops::Bound;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Calls at once.
const AT_ONCE: usize = 8;
/// The least time between two pictures of a folder that becomes better known.
const STEP: Duration = Duration::from_millis(300);

/// A picture that is being worked out, or told.
type Telling<'a> = BoxFuture<'a, Result<Option<Arc<PastTree>>, JobError>>;

/// Told of each picture, with how many lists of versions were read for it.
pub(crate) type Tell<'a> =
    dyn FnMut(Arc<PastTree>, u64) -> BoxFuture<'static, Result<(), JobError>> + Send + 'a;

pub(crate) async fn list_past(
    worker: &WorkerContext,
    job: &JobContext,
    query: &PastQuery,
) -> Result<Receipt, JobError> {
    let PastQuery { folder, at, sort } = query;
    let (at, sort) = (*at, *sort);
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let about = || problem::item(folder, Act::ShowPast);
    let past = gather(&account, folder).await.map_err(|error| about().call(&error))?;
    let past = past.ok_or_else(|| about().because(ProblemKind::NotFound, tr!("why-not-indexed")))?;
    let mut tell = |tree: Arc<PastTree>, read| {
        let (folder, job) = (folder.clone(), job.clone());
        async move {
            let listing = blocking(move || listing(&tree, &folder, at, sort, read)).await?;
            job.update(Update::Listing(Arc::new(listing)));
            Ok(())
        }
        .boxed()
    };
    complete(&account, &past, folder, at, &mut tell).await?;
    Ok(Receipt::Nothing)
}

/// Works out what was there, asking as long as anything is missing, and tells each picture: with how many lists of versions were
/// read. What is in `folder` itself is asked for first.
pub(crate) async fn complete(
    account: &OpenAccount,
    past: &Arc<FolderPast>,
    folder: &RemotePath,
    at: Timestamp,
    tell: &mut Tell<'_>,
) -> Result<Arc<PastTree>, JobError> {
    let about = || problem::item(folder, Act::ShowPast);
    let mut read = 0;
    loop {
        let mut tree = picture(past, at).await?;
        if !tree.missing.is_empty() {
            let missing = tree.missing.iter().cloned().collect();
            let known = known_answers(account, past, missing, at).await;
            if !known.is_empty() {
                read += known.len() as u64;
                past.add(known);
                tree = picture(past, at).await?;
            }
        }
        if tree.missing.is_empty() {
            tell(Arc::clone(&tree), read).await?;
            return Ok(tree);
        }
        let mut missing: Vec<Question> = tree.missing.iter().cloned().collect();
        missing.sort_by_key(|question| match question {
            Question::AtPath(path) => !folder.is_parent_of(path),
            Question::OfFile(_) => true,
        });
        let asked = account.index.now();
        let mut answers = stream::iter(missing)
            .map(|question| async move {
                ask(account, &question, at).await.map(|list| (question, Arc::new(list)))
            })
            .buffer_unordered(AT_ONCE);
        let mut batch = Vec::new();
        let mut failure = None;
        let mut told = Instant::now();
        // Meanwhile the service goes on answering.
        let mut telling: Option<Telling<'_>> = Some(tell(tree, read).map_ok(|()| None).boxed());
        loop {
            tokio::select! {
                answer = answers.next() => match answer {
                    Some(Ok(answer)) => batch.push(answer),
                    Some(Err(error)) => {
                        failure = Some(error);
                        break;
                    }
                    None => break,
                },
                Some(worked_out) = OptionFuture::from(telling.as_mut()) => {
                    told = Instant::now();
                    telling = worked_out?.map(|tree| tell(tree, read).map_ok(|()| None).boxed());
                }
            }
            if telling.is_none() && told.elapsed() >= STEP {
                read += batch.len() as u64;
                past.add(batch.clone());
                let batch = std::mem::take(&mut batch);
                let work_out = async move {
                    keep(account, batch, asked).await;
                    picture(past, at).await.map(Some)
                };
                telling = Some(work_out.boxed());
            }
        }
        if let Some(telling) = telling {
            telling.await?;
        }
        read += batch.len() as u64;
        past.add(batch.clone());
        keep(account, batch, asked).await;
        if let Some(error) = failure {
            tell(picture(past, at).await?, read).await?;
            return Err(about().call(&error).into());
        }
    }
}

async fn picture(past: &Arc<FolderPast>, at: Timestamp) -> Result<Arc<PastTree>, JobError> {
    let evidence = past.evidence();
    Ok(blocking(move || Arc::new(reconstruct(&evidence, at))).await?)
}

/// The rows of one folder.
fn listing(tree: &PastTree, folder: &RemotePath, at: Timestamp, sort: Sort, read: u64) -> Listing {
    // Opened by its path of now, it is shown where it was.
    let folder = if tree.folder.contains(folder) { folder } else { &tree.folder };
    let mut counts = SinceCounts::default();
    let mut files = 0;
    let mut rows: Vec<Row> = Vec::new();
    let mut facts: HashMap<Arc<str>, (SinceThen, SinceCounts)> = HashMap::new();
    let mut below: HashMap<Arc<str>, (SinceCounts, FolderTotals)> = HashMap::new();
    let start = format!("{}/", folder.lower());
    let range = (Bound::Included(&*start), Bound::Unbounded);
    let inside = tree.items.range::<str, _>(range).take_while(|(key, _)| key.starts_with(&start));
    for (key, item) in inside {
        let rest = &key[start.len()..];
        let is_file = matches!(item.kind, EntryKind::File(_));
        if is_file {
            counts.add(&item.since);
            files += u64::from(!matches!(item.since, SinceThen::Added | SinceThen::Unknown));
        }
        match rest.split_once('/') {
            None => {
                rows.push(Row::new(Entry::new(item.path.clone(), item.kind.clone())));
                facts.insert(Arc::clone(key), (item.since.clone(), SinceCounts::default()));
            }
            Some((child, _)) => {
                let child = &key[..start.len() + child.len()];
                let (counts, totals) = match below.get_mut(child) {
                    Some(known) => known,
                    None => below.entry(child.into()).or_default(),
                };
                add_below(counts, totals, item);
            }
        }
    }
    for row in &mut rows {
        let key = Arc::clone(row.entry.path.lower());
        if row.entry.is_folder() {
            let (counts, totals) = below.remove(&key).unwrap_or_default();
            if let Some(fact) = facts.get_mut(&key) {
                fact.1 = counts;
                // What is in it now is not what was there.
                row.entry.totals = (fact.0 != SinceThen::Added).then(|| Arc::new(totals));
            }
        }
    }
    sort_rows(&mut rows, sort);
    // What came since stands behind what was there.
    rows.sort_by_key(|row| {
        facts.get(row.entry.path.lower()).is_some_and(|(since, _)| *since == SinceThen::Added)
    });
    let groups = group_rows(&mut rows, sort, &Zoned::now());
    let (since, below) = rows
        .iter()
        .map(|row| {
            facts.remove(row.entry.path.lower()).unwrap_or((SinceThen::Unknown, SinceCounts::default()))
        })
        .unzip();
    let entries = rows.into_iter().map(|row| row.entry).collect();
    let summary = PastSummary {
        at,
        since,
        below,
        counts,
        files,
        read,
        needed: read + tree.missing.len() as u64,
        is_observed: tree.is_observed,
    };
    let listing = Listing::new(entries, sort, tree.missing.is_empty()).with_groups(groups);
    Listing { past: Some(Arc::new(summary)), ..listing }
}

fn add_below(counts: &mut SinceCounts, totals: &mut FolderTotals, item: &PastItem) {
    let was_there = !matches!(item.since, SinceThen::Added | SinceThen::Unknown);
    match &item.kind {
        EntryKind::File(file) => {
            counts.add(&item.since);
            if was_there {
                totals.files += 1;
                totals.bytes += file.size_bytes;
                totals.newest = totals.newest.max(Some(file.client_modified));
            }
        }
        EntryKind::Folder { .. } => totals.folders += u64::from(was_there),
        EntryKind::Deleted(_) => {}
    }
}
