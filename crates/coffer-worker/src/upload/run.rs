//! Sends a plan: large files in pieces, many small ones together, what the account has already by copying it there;
//! and tells what arrived and how to take it back, also when it is cancelled or was begun by an earlier run.

use super::batch;
use super::context::{LAST_MOMENT, UploadContext, session_lost};
use super::copies;
use super::decisions::folders_needed;
use super::folders;
use super::outcome::UploadReportBuilder;
use super::resume;
use super::sessions::KnownSessions;
use crate::account::OpenAccount;
use crate::account_index::own_changes::paths_of_upload;
use crate::context::{JobContext, JobError};
use crate::edit::remove_made;
use crate::history::NewOperation;
use crate::transfer::RunningTransfer;
use crate::worker_context::WorkerContext;
use coffer_model::transfer::{FileState, TransferReport, UploadPlan};
use coffer_model::{Direction, Job, Receipt, TransferPhase};
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use std::sync::Arc;

/// So few small files go each by itself: that is sooner done.
const FEW_SMALL: usize = 3;
/// How often files are sent anew that the service has lost.
const PASSES: usize = 3;

/// What an upload has done.
pub(crate) struct UploadOutcome {
    pub report: TransferReport,
    /// What is to be kept of it in the history, if it has changed anything.
    pub operation: Option<NewOperation>,
    /// As the paths of the plan were noted.
    account: Arc<OpenAccount>,
}

/// `request` is the job as it was asked for, of which a record is kept.
pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    request: &Arc<Job>,
    plan: &Arc<UploadPlan>,
) -> Result<Receipt, JobError> {
    let UploadOutcome { report, operation, account } = send(worker, job, Some(request), plan).await?;
    let operation = match operation {
        Some(new) => worker.history.record(&account, new).await,
        None => None,
    };
    Ok(Receipt::Transferred { report, operation })
}

/// The same without a place in the history. `request` is `None` for an upload that another record keeps.
pub(super) async fn send(
    worker: &WorkerContext,
    job: &JobContext,
    request: Option<&Arc<Job>>,
    plan: &Arc<UploadPlan>,
) -> Result<UploadOutcome, JobError> {
    let transfer = RunningTransfer::begin(worker, job, Direction::Upload, request, Some(plan)).await?;
    let _own = transfer.account.index.own.begin(paths_of_upload(plan));
    let store = worker.transfers.store.clone();
    if let Err(error) = store.prune_upload_sessions().await {
        tracing::debug!(%error, "could not remove sessions that have ended");
    }
    let progress = transfer.handle.upload_progress().await;
    let has_sessions = !progress.sessions.is_empty();
    let sessions = KnownSessions::from_rows(progress.sessions);
    let outcome = UploadReportBuilder::new(Arc::clone(plan), progress.made_folders);
    let buffers = worker.upload_buffers.clone();
    let context = UploadContext::new(&transfer, job, store, has_sessions, buffers, Arc::clone(plan), outcome);
    let (files, identical) = divide(&context);
    transfer.meter.totals(files.len() as u64, plan.files.sent_bytes());
    let needed = folders_needed(plan, &files);
    let files = resume::skip_committed(&context, files, progress.committed).await?;
    let (made, files) = resume::find_numbered(&context, files, progress.numbered).await?;
    // An earlier run may have been killed between making a file and removing how far it was.
    discard_sessions(&context, identical.into_iter().chain(made)).await;
    transfer.meter.phase(TransferPhase::Preparing);
    let making = folders::make(&context, &needed, &plan.empty_folders).boxed();
    let sending = send_all(&context, worker, files, sessions).boxed();
    let result = match select(making, sending).await {
        Either::Left((Ok(()), sending)) => sending.await,
        Either::Right((Ok(()), making)) => making.await,
        Either::Right((Err(JobError::Cancelled), making)) => {
            // A call that is under way ends soon, and then it is known which folders it has made. Whether it was cancelled
            // as well changes nothing.
            let _ = making.await;
            Err(JobError::Cancelled)
        }
        Either::Left((Err(stop), _)) | Either::Right((Err(stop), _)) => Err(stop),
    };
    transfer.meter.phase(TransferPhase::Verifying);
    match result {
        Ok(()) => {}
        // The program is closing: the next run continues.
        Err(JobError::Cancelled) if worker.closing.is_cancelled() => return Err(JobError::Cancelled),
        Err(JobError::Cancelled) => discard(&context, worker).await?,
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
        outcome.set_cancelled(plan);
    }
    let (report, operation) = outcome.finish(&plan.target);
    Ok(UploadOutcome { report, operation, account: Arc::clone(&transfer.account) })
}

/// The files that are sent, by their indexes in the plan, and those whose content the account had already when the
/// upload was planned. Emits which ones are skipped.
fn divide(context: &UploadContext<'_>) -> (Vec<usize>, Vec<usize>) {
    let (mut sent, mut identical) = (Vec::with_capacity(context.plan.files.len()), Vec::new());
    for index in 0..context.plan.files.len() {
        if context.plan.files.action(index).is_sent() {
            sent.push(index);
            continue;
        }
        if let Some(file) = context.plan.files.get(index) {
            context.emit(&file, FileState::Skipped);
        }
        context.outcome().add_skipped(1);
        if context.plan.files.conflict(index).is_some_and(|conflict| conflict.identical) {
            identical.push(index);
        }
    }
    (sent, identical)
}

/// Sends everything, several files at once; small ones to the sessions of earlier runs before others are begun.
async fn send_all(
    context: &UploadContext<'_>,
    worker: &WorkerContext,
    files: Vec<usize>,
    sessions: KnownSessions,
) -> Result<(), JobError> {
    // A file that has a session already is not copied: the session would be left over.
    let (begun, others): (Vec<usize>, Vec<usize>) =
        files.into_iter().partition(|index| sessions.contains(*index));
    let (candidates, mut others) = copies::find(context, others).await?;
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
    for task in again.into_iter().filter_map(|index| context.file_upload(index)) {
        context.record_failed(&task, session_lost(&task));
    }
    Ok(())
}

/// Sends each file once; returns those that have to be sent again.
async fn run_pass(
    context: &UploadContext<'_>,
    files: Vec<usize>,
    sessions: Option<KnownSessions>,
) -> Result<Vec<usize>, JobError> {
    let (mut small, mut alone): (Vec<usize>, Vec<usize>) =
        files.into_iter().partition(|index| !context.is_large(*index));
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

/// After a cancel: nothing stays but files that were uploaded, and the folders that hold them.
async fn discard(context: &UploadContext<'_>, worker: &WorkerContext) -> Result<(), JobError> {
    let is_sent = |index: &usize| context.plan.files.action(*index).is_sent();
    discard_sessions(context, (0..context.plan.files.len()).filter(is_sent)).await;
    let idle = context.outcome().idle_folders();
    if !idle.is_empty() {
        let removing = remove_made(worker, context.account(), context.job, idle);
        // What can't be removed now is among what can be undone.
        let gone = tokio::time::timeout(LAST_MOMENT, removing).await.unwrap_or_default();
        context.outcome().subtract_folders(&gone);
    }
    Ok(())
}

/// Nobody continues these files.
async fn discard_sessions(context: &UploadContext<'_>, files: impl IntoIterator<Item = usize>) {
    let large = files.into_iter().filter(|index| context.is_large(*index));
    let paths = large.filter_map(|index| context.plan.files.get(index));
    let paths = paths.map(|file| (file.local_path, file.remote_path));
    if let Err(error) = context.store.remove_upload_sessions(&context.account().choice, paths).await {
        tracing::warn!(%error, "could not remove the sessions of files that are not uploaded any more");
    }
}
