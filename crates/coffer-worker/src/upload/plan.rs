//! What an upload would do, looked up before anything is sent.

use super::conflicts;
use super::walk::{Walk, WalkOptions, walk, walk_as};
use crate::act::Act;
use crate::blocking;
use crate::context::{JobContext, JobError};
use crate::problem;
use crate::worker_context::WorkerContext;
use coffer_model::transfer::UploadPlan;
use coffer_model::{Receipt, RemotePath};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) async fn plan(
    worker: &WorkerContext,
    job: &JobContext,
    local_paths: Vec<PathBuf>,
    target: RemotePath,
    follows_links: bool,
) -> Result<Receipt, JobError> {
    let (walked_target, cancel) = (target.clone(), job.cancel.clone());
    let (sources, store) = (local_paths.clone(), worker.transfers.store.clone());
    let walk = move || {
        let own_name = |path: &Path| store.own_name(path);
        walk(
            &local_paths,
            &walked_target,
            WalkOptions { own_name: &own_name, follows_links, cancel: &cancel },
        )
    };
    scan_and_compare(worker, job, sources, target, walk).await
}

/// One file or folder under another name.
pub(crate) async fn plan_as(
    worker: &WorkerContext,
    job: &JobContext,
    local_path: PathBuf,
    remote_path: RemotePath,
    follows_links: bool,
) -> Result<Receipt, JobError> {
    let target = remote_path.parent().unwrap_or_default();
    let cancel = job.cancel.clone();
    let (sources, store) = (vec![local_path.clone()], worker.transfers.store.clone());
    let walk = move || {
        let own_name = |path: &Path| store.own_name(path);
        walk_as(
            &local_path,
            &remote_path,
            WalkOptions { own_name: &own_name, follows_links, cancel: &cancel },
        )
    };
    scan_and_compare(worker, job, sources, target, walk).await
}

async fn scan_and_compare(
    worker: &WorkerContext,
    job: &JobContext,
    sources: Vec<PathBuf>,
    target: RemotePath,
    walk: impl FnOnce() -> Walk + Send + 'static,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let about = || problem::item(&target, Act::CompareWithLocal);
    let path_root = account.service.path_root().await.map_err(|error| about().call(&error))?;
    let walked = blocking(walk).await?;
    let mut plan = UploadPlan {
        sources,
        target,
        path_root,
        files: walked.files,
        empty_folders: walked.empty_folders,
        refused: walked.refused,
        unreadable: walked.unreadable,
        total_bytes: 0,
    };
    conflicts::find_conflicts(&account, &worker.lanes, job, &mut plan, &walked.folders).await?;
    plan.total_bytes = plan.files.total_bytes();
    Ok(Receipt::Planned(Arc::new(plan)))
}
