//! What takes the space of a folder, from the index alone.

use super::answers::{no_index, not_found};
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::worker_context::WorkerContext;
use coffer_model::{FolderSummary, Listing, Receipt, RemotePath, Sort, SortColumn, SpacePart, Update};
use std::sync::Arc;

/// Blocks of a map. A window of usual size shows no more.
const MAP_BLOCKS: usize = 1_500;
/// Files that are listed as the largest or oldest.
const LISTED_FILES: usize = 500;
/// Files of a folder that are told as the largest or newest.
const TOLD_FILES: usize = 5;

/// A view of the space of a folder: its rows, and what is drawn around them.
pub(crate) async fn list_space(
    worker: &WorkerContext,
    job: &JobContext,
    folder: RemotePath,
    part: SpacePart,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    if part == SpacePart::Map {
        let path = folder.clone();
        let map = account.index.ask(move |index| index.space_map(&path, MAP_BLOCKS)).await;
        let map = map.ok_or_else(no_index)?.ok_or_else(|| not_found(&folder))?;
        let by_size = Sort::by(SortColumn::Size, true);
        // The map first: rows are looked for in it.
        let rows = Listing::new(map.items(), by_size, true);
        job.update(Update::SpaceMap(Arc::new(map)));
        job.update(Update::Listing(Arc::new(rows)));
    }
    let summary = summed(&account, job, folder, LISTED_FILES).await?;
    let rows = match part {
        SpacePart::Map => None,
        SpacePart::LargestFiles => Some((summary.largest.clone(), Sort::by(SortColumn::Size, true))),
        SpacePart::OldestFiles => Some((summary.oldest.clone(), Sort::by(SortColumn::Modified, false))),
        SpacePart::Kinds => Some((Vec::new(), Sort::default())),
    };
    job.update(Update::FolderSummary(Arc::new(summary)));
    if let Some((entries, sort)) = rows {
        job.update(Update::Listing(Arc::new(Listing::new(entries, sort, true))));
    }
    Ok(Receipt::Nothing)
}

/// What is below a folder, shortly.
pub(crate) async fn summarize(
    worker: &WorkerContext,
    job: &JobContext,
    folder: RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let summary = summed(&account, job, folder, TOLD_FILES).await?;
    job.update(Update::FolderSummary(Arc::new(summary)));
    Ok(Receipt::Nothing)
}

async fn summed(
    account: &OpenAccount,
    job: &JobContext,
    folder: RemotePath,
    most: usize,
) -> Result<FolderSummary, JobError> {
    let (path, cancel) = (folder.clone(), job.cancel.clone());
    let summary = account.index.ask(move |index| index.summary(&path, most, || !cancel.is_cancelled())).await;
    Ok(summary.ok_or_else(no_index)?.ok_or_else(|| not_found(&folder))?)
}
