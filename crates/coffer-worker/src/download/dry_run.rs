//! What a download would do. It is looked for in the same way as before a real one, but nothing is downloaded, no
//! folder is made, and nothing noted.

use super::download_action::DownloadAction;
use super::download_file::DownloadFile;
use super::finalize::free_name;
use super::lister::Lister;
use super::local_paths::{LocalPathAllocator, must_be_free};
use super::requested_item::{RequestedItem, RequestedPast, request_past};
use crate::account::OpenAccount;
use crate::blocking;
use crate::context::{JobContext, JobError};
use crate::transfer::TransferHandle;
use crate::worker_context::WorkerContext;
use coffer_model::transfer::{DownloadPlan, LocalState, PlannedDownload};
use coffer_model::{Entry, OnExisting, PastDownload, Problem, Receipt};
use coffer_stdx::system;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) async fn plan_download(
    worker: &WorkerContext,
    job: &JobContext,
    entries: Vec<Entry>,
    folder: PathBuf,
    name: Option<OsString>,
    existing: OnExisting,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let items = entries.into_iter().map(|entry| RequestedItem::new(entry, name.clone())).collect();
    let plan = DownloadPlan::default();
    plan_items(worker, job, &account, items, &folder, existing, plan).await
}

pub(crate) async fn plan_past_download(
    worker: &WorkerContext,
    job: &JobContext,
    download: &PastDownload,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let RequestedPast { items, failed } = request_past(&account, download).await?;
    let plan = DownloadPlan { failed, ..DownloadPlan::default() };
    plan_items(worker, job, &account, items, &download.folder, download.existing, plan).await
}

/// Adds to a plan what is found of the requested items.
async fn plan_items(
    worker: &WorkerContext,
    job: &JobContext,
    account: &OpenAccount,
    requested: Vec<RequestedItem>,
    folder: &Path,
    existing: OnExisting,
    mut plan: DownloadPlan,
) -> Result<Receipt, JobError> {
    let places = LocalPathAllocator::dry_run(folder.to_owned(), existing);
    // Never opened: it knows nothing, and keeps nothing.
    let handle = TransferHandle::new(worker.transfers.store.clone());
    let mut lister = Lister::new(&account.service, handle, requested, folder, places, existing);
    lister.use_lanes(worker.lanes.clone());
    while let Some(page) = lister.next_page().await {
        job.check_wanted()?;
        plan.renamed.extend(page.renamed);
        plan.failed.extend(page.failed);
        let files = page.files;
        let planned = blocking(move || {
            files.into_iter().map(|(wanted, action)| planned(wanted, action, existing)).collect()
        });
        let planned: Vec<Result<PlannedDownload, Problem>> = planned.await?;
        for file in planned {
            match file {
                Ok(file) => plan.files.push(file),
                Err(problem) => plan.failed.push(problem),
            }
        }
    }
    plan.folders =
        lister.into_local_paths().map(LocalPathAllocator::into_planned_folders).unwrap_or_default();
    Ok(Receipt::DownloadPlanned(Arc::new(plan)))
}

fn planned(
    wanted: DownloadFile,
    action: DownloadAction,
    existing: OnExisting,
) -> Result<PlannedDownload, Problem> {
    if matches!(action, DownloadAction::Download) {
        let folder = wanted.local_path.parent().unwrap_or(Path::new("."));
        check_writable(folder).map_err(|error| wanted.problem().local(&error))?;
    }
    let problem = wanted.problem();
    let (size_bytes, place) = (wanted.size_bytes, wanted.local_path);
    let is_free = fs::symlink_metadata(&place).is_err();
    let (local_path, local_state) = match action {
        DownloadAction::Resumed(place) => (place, LocalState::Identical),
        DownloadAction::SkipIdentical => (place, LocalState::Identical),
        DownloadAction::Conflict(problem) => (place, LocalState::Conflict(problem)),
        DownloadAction::Download if is_free => (place, LocalState::Nothing),
        // Nothing is exported to compare it. Mostly it is what an earlier run has exported.
        DownloadAction::Download if wanted.is_exported && existing == OnExisting::SkipIdentical => {
            (place, LocalState::Identical)
        }
        DownloadAction::Download if existing == OnExisting::Number => {
            let free = free_name(&place, must_be_free).map_err(|error| problem.local(&error))?;
            (free, LocalState::Numbered)
        }
        DownloadAction::Download => (place, LocalState::Replaced),
    };
    Ok(PlannedDownload { remote_path: wanted.path, local_path, size_bytes, local_state })
}

/// Whether files can be made in a folder, or in the one around it in which it would be made.
fn check_writable(folder: &Path) -> io::Result<()> {
    let exists = |folder: &&Path| fs::symlink_metadata(folder).is_ok();
    let existing = folder.ancestors().find(exists).unwrap_or(folder);
    system::check_writable(existing)
}
