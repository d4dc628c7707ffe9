//! Sends a plan: large files in pieces, many small ones together, what the account has already by copying it there;
//! and tells what arrived and how to take it back, also when it is cancelled or was begun by an earlier run.

use super::batch;
use super::buffers::ONE_CALL_BYTES;
use super::context::{LAST_MOMENT, UploadContext, session_lost};
use super::copies;
use super::decisions::{FileUpload, Naming, folders_needed, naming};
use super::folders;
use super::outcome::UploadReportBuilder;
use super::resume;
use super::sessions::KnownSessions;
use crate::context::{JobContext, JobError};
use crate::edit::remove_made;
use crate::transfer::RunningTransfer;
use crate::worker_context::WorkerContext;
use coffer_model::transfer::{FileState, UploadPlan};
use coffer_model::{Direction, Job, Receipt, TransferPhase};
use futures_util::FutureExt;
use std::sync::Arc;

/// So few small files go each by itself: that is sooner done.
const FEW_SMALL: usize = 3;
/// How often files are sent anew that the service has lost.
const PASSES: usize = 3;

/// `request` is the job as it was asked for, of which a record is kept; `None` for an upload that another record keeps.
pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    request: Option<&Arc<Job>>,
    plan: &Arc<UploadPlan>,
) -> Result<Receipt, JobError> {
    let transfer = RunningTransfer::begin(worker, job, Direction::Upload, request).await?;
    let store = worker.transfers.store.clone();
    if let Err(error) = store.prune_upload_sessions().await {
        tracing::debug!(%error, "could not remove sessions that have ended");
    }
    let progress = transfer.handle.upload_progress().await;
    let has_sessions = !progress.sessions.is_empty();
    let sessions = KnownSessions::from_rows(progress.sessions);
    let outcome = UploadReportBuilder::new(progress.made_folders);
    let buffers = worker.upload_buffers.clone();
    let mut context =
        UploadContext::new(&transfer, job, store, has_sessions, buffers, plan.target.clone(), outcome);
    context.planned = plan.files.iter().map(|file| Arc::clone(file.remote_path.lower())).collect();
    let mut tasks: Vec<Arc<FileUpload>> = Vec::with_capacity(plan.files.len());
    let mut there: Vec<Arc<FileUpload>> = Vec::new();
    for (index, file) in plan.files.iter().enumerate() {
        let naming = naming(file);
        let skipped = naming.is_none();
        let task = FileUpload { index, file: file.clone(), naming: naming.unwrap_or(Naming::New) };
        if skipped {
            context.emit(&task, FileState::Skipped);
            context.outcome().skipped(1);
            if task.file.conflict.as_ref().is_some_and(|conflict| conflict.identical) {
                there.push(Arc::new(task));
            }
        } else {
            tasks.push(Arc::new(task));
        }
    }
    transfer.meter.totals(tasks.len() as u64, tasks.iter().map(|task| task.file.size_bytes).sum());
    let needed = folders_needed(plan, tasks.iter().map(AsRef::as_ref));
    let tasks = resume::skip_committed(&context, tasks, progress.committed).await?;
    let (made, tasks) = resume::find_numbered(&context, tasks, progress.numbered).await?;
    there.extend(made);
    // An earlier run may have been killed between making a file and forgetting how far it was.
    discard_sessions(&context, there).await;
    transfer.meter.phase(TransferPhase::Preparing);
    let work = async {
        let sending = send_all(&context, worker, &tasks, sessions).boxed();
        futures_util::future::try_join(folders::make(&context, &needed, &plan.empty_folders).boxed(), sending)
            .await
    };
    let result = work.await;
    transfer.meter.phase(TransferPhase::Verifying);
    match result {
        Ok(_) => {}
        // The program is closing: the next run goes on.
        Err(JobError::Cancelled) if worker.closing.is_cancelled() => return Err(JobError::Cancelled),
        Err(JobError::Cancelled) => discard(&context, worker, tasks).await?,
        Err(JobError::Failed(problem)) => {
            return Err(problem.into());
        }
    }
    let mut outcome = context.into_outcome();
    transfer.meter.report();
    if result.is_err() {
        if outcome.is_empty() {
            return Err(JobError::Cancelled);
        }
        outcome.cancelled(plan);
    }
    Ok(outcome.into_receipt())
}

/// Sends everything, several files at once; small ones to the sessions of earlier runs before others are begun.
async fn send_all(
    context: &UploadContext<'_>,
    worker: &WorkerContext,
    tasks: &[Arc<FileUpload>],
    sessions: KnownSessions,
) -> Result<(), JobError> {
    // What has a session already is not copied: the session would be left over.
    let (begun, others) = batch::begun(&sessions, tasks);
    let (candidates, mut others) = copies::find(context, &others).await?;
    others.extend(begun);
    let (mut again, not_copied) = futures_util::future::try_join(
        run_pass(context, others, Some(sessions)).boxed(),
        copies::make(context, worker, candidates).boxed(),
    )
    .await?;
    again.extend(not_copied);
    for _ in 1..PASSES {
        if again.is_empty() {
            return Ok(());
        }
        again = run_pass(context, again, None).await?;
    }
    for task in again {
        context.record_failed(&task, session_lost(&task));
    }
    Ok(())
}

/// Sends each file once; gives back those that have to be sent anew.
async fn run_pass(
    context: &UploadContext<'_>,
    tasks: Vec<Arc<FileUpload>>,
    sessions: Option<KnownSessions>,
) -> Result<Vec<Arc<FileUpload>>, JobError> {
    let (mut small, mut alone): (Vec<Arc<FileUpload>>, Vec<Arc<FileUpload>>) =
        tasks.into_iter().partition(|task| task.file.size_bytes <= ONE_CALL_BYTES);
    if small.len() <= FEW_SMALL && !batch::is_begun(context) {
        small.append(&mut alone);
        alone = std::mem::take(&mut small);
    }
    let alone = context.upload_each(alone).boxed();
    let together = async {
        if small.is_empty() { Ok(Vec::new()) } else { batch::send(context, small, sessions).boxed().await }
    };
    let ((), again) = futures_util::future::try_join(alone, together).await?;
    Ok(again)
}

/// After a cancel: nothing stays but files that have arrived, and what holds them.
async fn discard(
    context: &UploadContext<'_>,
    worker: &WorkerContext,
    tasks: Vec<Arc<FileUpload>>,
) -> Result<(), JobError> {
    discard_sessions(context, tasks).await;
    let idle = context.outcome().idle_folders();
    if !idle.is_empty() {
        let removing = remove_made(worker, context.account(), context.job, idle);
        // What can't be removed now is among what can be taken back.
        let gone = tokio::time::timeout(LAST_MOMENT, removing).await.unwrap_or_default();
        context.outcome().folders_removed(&gone);
    }
    Ok(())
}

/// Nobody continues these files.
async fn discard_sessions(context: &UploadContext<'_>, tasks: Vec<Arc<FileUpload>>) {
    let large = tasks.iter().filter(|task| task.file.size_bytes > ONE_CALL_BYTES);
    let paths = large.map(|task| (task.file.local_path.as_path(), &task.file.remote_path));
    if let Err(error) = context.store.remove_upload_sessions(&context.account().choice, paths).await {
        tracing::warn!(%error, "could not remove the sessions of files that are not uploaded any more");
    }
}
