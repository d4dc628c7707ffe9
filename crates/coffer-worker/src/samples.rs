//! Writes the sample files into a new local account, through the same calls as everything else. Other jobs go first,
//! and it resumes at the next start when it was interrupted. The files are in `coffer-sample`.
//!
//! They have a history that is older than the account. So the server is told when each step claims to have happened, and so is the
//! index, which hears of each step before the next one: otherwise it could not tell what was moved.

use super::account::OpenAccount;
use super::account_index;
use super::account_index::own_changes::OwnChangesGuard;
use super::blocking;
use super::config::{ItemTimes, ServerEndpoint};
use super::context::JobContext;
use super::error::Classify;
use super::problem;
use super::worker_context::WorkerContext;
use coffer_model::{Problem, ProblemKind, RemotePath, RequestId, Update};
use coffer_sample::{SampleFile, SampleStep, files_until, steps_from};
use coffer_stdx::atomic_file;
use coffer_texts::tr;
use dropbox_protocol::files::{
    CREATE_FOLDER, CommitInfo, CreateFolderArg, DELETE, DeleteArg, MOVE, RelocationArg, UPLOAD,
    UPLOAD_SESSION_FINISH_BATCH, UPLOAD_SESSION_START, UploadArg, UploadSessionCursor,
    UploadSessionFinishArg, UploadSessionFinishBatchArg, UploadSessionFinishBatchResultEntry,
    UploadSessionStartArg, WriteMode,
};
use dropbox_protocol::{Timestamp, path};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Files of a batch that are sent at once.
const FILES_AT_ONCE: usize = 6;
/// The shortest time between two updates.
const UPDATE_STEP: Duration = Duration::from_millis(150);

/// The file that is there until all samples are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SampleMarker {
    /// The moment that the ages of the files count from. It is kept, so that a resumed run gives all files of a folder
    /// ages that fit together.
    now_unix_secs: i64,
    steps_done: usize,
}

/// The sample files that an account is still to get.
pub(crate) struct MissingSamples {
    endpoint: ServerEndpoint,
    marker: SampleMarker,
}

/// What is missing, if anything is; `endpoint` is that of a local account. It is told before any other job can use the account
/// and find that an item is not there.
pub(crate) async fn find_missing(
    worker: &WorkerContext,
    job: &JobContext,
    endpoint: Option<ServerEndpoint>,
) -> Option<MissingSamples> {
    let endpoint = endpoint.filter(|_| worker.config.writes_samples)?;
    let file = worker.config.dirs.samples_marker();
    // The account stays fresh for as long as the program runs; its files are begun once.
    let fresh = endpoint.fresh && !worker.samples_begun.swap(true, Ordering::Relaxed);
    let marker = match blocking(move || read_marker(&file)).await.ok()? {
        Some(marker) if !fresh => marker,
        None if !fresh => return None,
        _ => SampleMarker { now_unix_secs: Timestamp::now().unix_secs(), steps_done: 0 },
    };
    SampleProgress::new(job, marker).tell();
    Some(MissingSamples { endpoint, marker })
}

/// Writes what is missing. Never returns: the session goes on.
pub(crate) async fn write_missing(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    missing: Option<MissingSamples>,
) {
    if let Some(missing) = missing
        && let Err(problem) = write(worker, job, account, missing).await
    {
        // The marker is still there, so the next start resumes.
        tracing::warn!(title = problem.title, detail = problem.detail, "sample files are incomplete");
        SampleProgress::new(job, SampleMarker { now_unix_secs: 0, steps_done: usize::MAX }).finish();
    }
    std::future::pending::<()>().await;
}

async fn write(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    missing: MissingSamples,
) -> Result<(), Problem> {
    let MissingSamples { endpoint, mut marker } = missing;
    let file = worker.config.dirs.samples_marker();
    let about = || problem::general(tr!("could-not-add-samples"));
    save(&file, marker).await.map_err(|error| about().local(&error))?;
    // Nobody else uses an account that has just been made.
    let _own = account.index.own.begin([RemotePath::root()]);
    if marker.steps_done == 0 {
        hear(worker, job, account).await;
        // Nothing had ever happened there.
        account.index.ask(|index| index.log_goes_back_to(jiff::Timestamp::UNIX_EPOCH)).await;
    }
    let mut progress = SampleProgress::new(job, marker);
    for step in steps_from(marker.steps_done, marker.now_unix_secs) {
        let files = files_in(&step);
        let claims = ClaimedTimes::begin(account, &endpoint, &step);
        // What a person waits for goes first: this waits for a permit of the background lane.
        let permit = worker.lanes.background.acquire(RequestId(0)).await;
        apply_step(account, step).await?;
        drop(permit);
        hear(worker, job, account).await;
        drop(claims);
        marker.steps_done += 1;
        save(&file, marker).await.map_err(|error| about().local(&error))?;
        progress.add(files);
    }
    blocking(move || std::fs::remove_file(&file)).await?.map_err(|error| about().local(&error))?;
    progress.finish();
    Ok(())
}

/// The index learns what the last step has done. It is a cache: without it, less is known of the past.
async fn hear(worker: &WorkerContext, job: &JobContext, account: &Arc<OpenAccount>) {
    let tell = |status| job.update(Update::Index(status));
    if let Err(error) = account_index::hear(worker, account, tell).await {
        tracing::debug!(%error, "the index did not hear of the sample files");
    }
}

/// While it is there, what happens to the items of a step claims to have happened when the step says.
struct ClaimedTimes<'a> {
    endpoint: &'a ServerEndpoint,
    _in_index: OwnChangesGuard<'a>,
}

impl<'a> ClaimedTimes<'a> {
    fn begin(account: &'a OpenAccount, endpoint: &'a ServerEndpoint, step: &SampleStep) -> Self {
        let times: Vec<(RemotePath, i64)> =
            step.times().into_iter().map(|(path, secs)| (RemotePath::new(path), secs)).collect();
        if let Some(ItemTimes(set)) = &endpoint.item_times {
            set(times.iter().map(|(path, secs)| (path.lower().to_string(), *secs)).collect());
        }
        let in_index =
            times.into_iter().map(|(path, secs)| (path, Timestamp::from_unix_secs(secs).instant()));
        Self { endpoint, _in_index: account.index.own.begin_at(in_index) }
    }
}

impl Drop for ClaimedTimes<'_> {
    fn drop(&mut self) {
        if let Some(ItemTimes(set)) = &self.endpoint.item_times {
            set(Vec::new());
        }
    }
}

/// Applies a step. Each may be applied twice with the effect of once, because the program may end after a step and before
/// the marker is saved.
async fn apply_step(account: &OpenAccount, step: SampleStep) -> Result<(), Problem> {
    let service = &account.service;
    match step {
        SampleStep::Folder { remote_path, .. } => {
            match service.rpc(&CREATE_FOLDER, &CreateFolderArg::new(remote_path.as_str())).await {
                Ok(_) => Ok(()),
                Err(error) if error.kind() == ProblemKind::FolderExists => Ok(()),
                Err(error) => Err(about(&remote_path).call(&error)),
            }
        }
        SampleStep::File(file) => {
            let commit = commit(&file.remote_path, file.modified_unix_secs, WriteMode::Overwrite);
            service
                .upload(&UPLOAD, &UploadArg::from(commit), || file.bytes.clone().into())
                .await
                .map(drop)
                .map_err(|error| about(&file.remote_path).call(&error))
        }
        SampleStep::Files(files) => upload_batch(account, files).await,
        SampleStep::Move { from, to, .. } => {
            match service.rpc_repeated(&MOVE, &RelocationArg::new(from.as_str(), to)).await {
                Ok(_) => Ok(()),
                Err(error) if error.kind() == ProblemKind::NotFound => Ok(()),
                Err(error) => Err(about(&from).call(&error)),
            }
        }
        SampleStep::Delete { remote_path, .. } => {
            match service.rpc(&DELETE, &DeleteArg::new(remote_path.as_str())).await {
                Ok(_) => Ok(()),
                Err(error) if error.kind() == ProblemKind::NotFound => Ok(()),
                Err(error) => Err(about(&remote_path).call(&error)),
            }
        }
    }
}

/// Many small files: their bytes several at a time, then one commit for all.
async fn upload_batch(account: &OpenAccount, files: Vec<SampleFile>) -> Result<(), Problem> {
    let entries: Vec<UploadSessionFinishArg> =
        stream::iter(files).map(|file| start(account, file)).buffered(FILES_AT_ONCE).try_collect().await?;
    let arg = UploadSessionFinishBatchArg::new(entries);
    let result = account
        .service
        .rpc(&UPLOAD_SESSION_FINISH_BATCH, &arg)
        .await
        .map_err(|error| problem::general(tr!("could-not-add-samples")).call(&error))?;
    for (entry, sent) in result.entries.iter().zip(&arg.entries) {
        if let UploadSessionFinishBatchResultEntry::Failure(error) = entry {
            return Err(about(&sent.commit.path).entry(error));
        }
    }
    Ok(())
}

async fn start(account: &OpenAccount, file: SampleFile) -> Result<UploadSessionFinishArg, Problem> {
    let arg = UploadSessionStartArg { close: true, ..UploadSessionStartArg::new() };
    let started = account
        .service
        .upload(&UPLOAD_SESSION_START, &arg, || file.bytes.clone().into())
        .await
        .map_err(|error| about(&file.remote_path).call(&error))?;
    let cursor = UploadSessionCursor::new(started.session_id, file.bytes.len() as u64);
    let commit = commit(&file.remote_path, file.modified_unix_secs, WriteMode::Overwrite);
    Ok(UploadSessionFinishArg::new(cursor, commit))
}

fn commit(remote_path: &str, modified_unix_secs: i64, mode: WriteMode) -> CommitInfo {
    let client_modified = Some(Timestamp::from_unix_secs(modified_unix_secs));
    CommitInfo { mode, client_modified, ..CommitInfo::new(remote_path) }
}

fn about(remote_path: &str) -> problem::Subject {
    problem::general(tr!("could-not-add-sample", name = path::name(remote_path)))
}

fn files_in(step: &SampleStep) -> u64 {
    match step {
        SampleStep::Folder { .. } | SampleStep::Move { .. } | SampleStep::Delete { .. } => 0,
        SampleStep::File(_) => 1,
        SampleStep::Files(files) => files.len() as u64,
    }
}

fn read_marker(file: &Path) -> Option<SampleMarker> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

async fn save(file: &Path, marker: SampleMarker) -> std::io::Result<()> {
    let file = file.to_owned();
    blocking(move || atomic_file::write_quickly(&file, &serde_json::to_vec(&marker)?))
        .await
        .unwrap_or_else(|problem| Err(std::io::Error::other(problem.title)))
}

/// Emits how many files are written, not too often.
struct SampleProgress<'a> {
    job: &'a JobContext,
    done: u64,
    total: u64,
    last_update: Option<Instant>,
}

impl<'a> SampleProgress<'a> {
    fn new(job: &'a JobContext, marker: SampleMarker) -> Self {
        let (done, total) = (files_until(marker.steps_done) as u64, files_until(usize::MAX) as u64);
        Self { job, done, total, last_update: None }
    }

    fn add(&mut self, files: u64) {
        self.done += files;
        if self.last_update.is_none_or(|time| time.elapsed() >= UPDATE_STEP) {
            self.last_update = Some(Instant::now());
            self.tell();
        }
    }

    /// As long as it is not finished, something is missing.
    fn tell(&self) {
        let done = self.done.min(self.total.saturating_sub(1));
        self.job.update(Update::Samples { done, total: self.total });
    }

    fn finish(&self) {
        self.job.update(Update::Samples { done: self.total, total: self.total });
    }
}
