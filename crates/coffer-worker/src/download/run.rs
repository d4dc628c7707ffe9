//! One download from its request to its report: what was requested is looked at page by page, what is missing is
//! downloaded as the plan says, and what has arrived gets its name in batches. One file that fails stops no other.

use super::archive::{ArchiveEnd, ExtractedFiles};
use super::cancel_policy::CancelPolicy;
use super::context::{DownloadContext, PermitSource};
use super::download_action::DownloadAction;
use super::download_file::DownloadFile;
use super::finalize::finalize;
use super::lister::{Lister, PlanPage};
use super::local_paths::LocalPathAllocator;
use super::plan::{DownloadSchedule, Unit};
use super::requested_item::{DownloadLimit, Requested, RequestedItem, RequestedPast};
use super::staging::Staging;
use super::verified_file::VerifiedFile;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::transfer::{Change, RunningTransfer, TransferStore};
use crate::worker_context::WorkerContext;
use crate::{blocking, problem};
use coffer_model::transfer::{FileState, TransferReport};
use coffer_model::{
    Direction, Entry, Job, OnExisting, Problem, ProblemKind, Receipt, RemotePath, TransferPhase,
};
use coffer_texts::tr;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt, unfold};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

/// Files and archives of one download under way at once; how many of them move bytes is for the queue to say.
const MAX_RUNNING: usize = 48;
/// So many while the lists still grow and archives may follow.
const MAX_RUNNING_WHILE_LISTING: usize = 8;
/// So many files are written out before more are begun, whether under way or waiting for their names: a few of the
/// largest archives would otherwise take more memory than all files that wait for their turn.
const MAX_UNFINISHED: usize = 12_000;
/// Files that get their names together, and how long the first of them waits for others. A kill costs what waits.
const BATCH_FILES: usize = 1000;
const BATCH_TIME: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Downloads what was asked for: files and folders into a folder, or one item under a name that somebody has chosen.
pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    request: &Arc<Job>,
) -> Result<Receipt, JobError> {
    match &**request {
        Job::Download { entries, folder, existing } => {
            let requested = entries.iter().map(|entry| RequestedItem::new(entry.clone(), None)).collect();
            let requested = Requested::Items(requested);
            let report = carry_out(worker, job, Some(request), requested, folder.clone(), *existing).await?;
            Ok(Receipt::Transferred { report, operation: None })
        }
        Job::DownloadPast(download) => {
            let (requested, folder) = (Requested::Past(download), download.folder.clone());
            let report = carry_out(worker, job, Some(request), requested, folder, download.existing).await?;
            Ok(Receipt::Transferred { report, operation: None })
        }
        Job::SaveAs { entry, local_path, existing } => {
            save_as(worker, job, request, entry, local_path, *existing).await
        }
        _ => Err(problem::internal().into()),
    }
}

async fn save_as(
    worker: &WorkerContext,
    job: &JobContext,
    request: &Arc<Job>,
    entry: &Entry,
    local_path: &Path,
    existing: OnExisting,
) -> Result<Receipt, JobError> {
    let about = problem::item(&entry.path, Act::Download);
    let (Some(folder), Some(name)) = (local_path.parent(), local_path.file_name()) else {
        return Err(about.because(ProblemKind::InvalidInput, tr!("why-no-place-to-save")).into());
    };
    let requested = Requested::Items(vec![RequestedItem::new(entry.clone(), Some(name.to_owned()))]);
    let mut report = carry_out(worker, job, Some(request), requested, folder.to_owned(), existing).await?;
    match report.failed.pop() {
        Some(problem) if !entry.is_folder() => Err(problem.into()),
        Some(problem) => {
            report.failed.push(problem);
            Ok(Receipt::Transferred { report, operation: None })
        }
        None => Ok(Receipt::Transferred { report, operation: None }),
    }
}

/// Downloads items into a folder, without a record of it: no later run resumes it.
pub(super) async fn run_unrecorded(
    worker: &WorkerContext,
    job: &JobContext,
    requested: Requested<'_>,
    folder: PathBuf,
) -> Result<Receipt, JobError> {
    let report = carry_out(worker, job, None, requested, folder, OnExisting::Number).await?;
    Ok(Receipt::Transferred { report, operation: None })
}

async fn carry_out(
    worker: &WorkerContext,
    job: &JobContext,
    request: Option<&Arc<Job>>,
    requested: Requested<'_>,
    target: PathBuf,
    existing: OnExisting,
) -> Result<TransferReport, JobError> {
    let transfer = RunningTransfer::begin(worker, job, Direction::Download, request, None).await?;
    transfer.meter.phase(TransferPhase::Preparing);
    let store = worker.transfers.store.clone();
    let staging = Staging::new(store.clone(), target.clone());
    let cancel_policy = CancelPolicy::new(job.cancel.clone(), worker.closing.clone());
    let _decided = Decided(cancel_policy.clone());
    prepare(&store, &staging, &target, worker.config.dirs.state()).await?;
    let context = DownloadContext {
        service: &transfer.service,
        meter: &transfer.meter,
        account: &transfer.account.choice,
        store,
        staging,
        cancel_policy,
        permits: PermitSource::Queue(&transfer),
        disk_is_full: Arc::default(),
    };
    let (RequestedPast { items, failed }, most) = requested.items(&transfer.account).await?;
    let local_paths = LocalPathAllocator::new(target.clone(), existing);
    let lister =
        Lister::new(&transfer.service, transfer.handle.clone(), items, &target, local_paths, existing);
    let mut download = DownloadRun::new(&transfer, &context, target, existing);
    download.report.failed = failed;
    download.most = most;
    let result = download.carry_out(lister).await;
    let report = download.report;
    transfer.meter.report();
    result?;
    Ok(report)
}

/// Sweeps up after killed runs, and tries whether the target takes anything at all.
async fn prepare(
    store: &TransferStore,
    staging: &Staging,
    target: &Path,
    state: PathBuf,
) -> Result<(), Problem> {
    let (store, staging, folder) = (store.clone(), staging.clone(), target.to_owned());
    let tried = blocking(move || {
        if let Err(error) = store.sweep_hidden_files() {
            tracing::warn!(%error, "could not remove what earlier runs have left");
        }
        staging.prepare().map_err(|error| (error, folder.is_dir(), takes_bytes(&folder)))
    })
    .await?;
    let Err((error, is_folder, is_writable)) = tried else { return Ok(()) };
    if is_writable {
        let title = tr!("could-not-write-own-folder", folder = state.display().to_string());
        return Err(problem::general(title).local(&error));
    }
    let name = target.file_name().unwrap_or(target.as_os_str()).to_string_lossy();
    let about = problem::general(tr!("could-not-download-to", name = name));
    if is_folder {
        return Err(about.local(&error));
    }
    Err(about.because(ProblemKind::LocalError, tr!("why-no-such-local-folder")))
}

/// Whether there is room in a folder, and the right to use it.
fn takes_bytes(folder: &Path) -> bool {
    tempfile::tempfile_in(folder).and_then(|mut file| file.write_all(&[0; 8192])).is_ok()
}

/// When the work is dropped, what is half done learns its fate before the program closes.
struct Decided(CancelPolicy);

impl Drop for Decided {
    fn drop(&mut self) {
        self.0.is_removal();
    }
}

/// What has ended.
enum DownloadEvent {
    File(DownloadFile, Result<(), Problem>),
    Folder(RemotePath, ExtractedFiles),
    Finalized(Vec<(DownloadFile, Result<PathBuf, Problem>)>),
}

type RunningDownloads<'a> = FuturesUnordered<BoxFuture<'a, DownloadEvent>>;

struct DownloadRun<'a> {
    transfer: &'a RunningTransfer<'a>,
    context: &'a DownloadContext<'a>,
    target: PathBuf,
    existing: OnExisting,
    schedule: DownloadSchedule,
    report: TransferReport,
    files_total: u64,
    bytes_total: u64,
    most: Option<DownloadLimit>,
    /// Files whose bytes are there, waiting for their names, and since when.
    ready: Vec<VerifiedFile>,
    ready_since: Option<Instant>,
    finalizing: bool,
    /// Files that are written out: those under way and those that wait for their names.
    unfinished: usize,
    arrivals: (UnboundedSender<VerifiedFile>, UnboundedReceiver<VerifiedFile>),
    /// Why nothing more is begun.
    fatal: Option<Problem>,
}

impl<'a> DownloadRun<'a> {
    fn new(
        transfer: &'a RunningTransfer<'a>,
        context: &'a DownloadContext<'a>,
        target: PathBuf,
        existing: OnExisting,
    ) -> Self {
        Self {
            transfer,
            context,
            target,
            existing,
            schedule: DownloadSchedule::default(),
            report: TransferReport::default(),
            files_total: 0,
            bytes_total: 0,
            most: None,
            ready: Vec::new(),
            ready_since: None,
            finalizing: false,
            unfinished: 0,
            arrivals: mpsc::unbounded_channel(),
            fatal: None,
        }
    }

    async fn carry_out(&mut self, lister: Lister<'_>) -> Result<(), Problem> {
        let mut pages = pin!(unfold(lister, |mut lister| async {
            let page = lister.next_page().await?;
            Some((page, lister))
        }));
        let mut all_known = false;
        let mut running = RunningDownloads::new();
        let mut tick = tokio::time::interval(TICK);
        while self.fatal.is_none() {
            self.begin_more(&mut running, all_known);
            if all_known && running.is_empty() && self.ready.is_empty() && self.schedule.is_empty() {
                return Ok(());
            }
            tokio::select! {
                page = pages.next(), if !all_known => match page {
                    Some(page) => {
                        all_known = page.last;
                        self.add_page(page);
                    }
                    None => all_known = true,
                },
                Some(done) = running.next(), if !running.is_empty() => self.handle_event(done),
                Some(arrived) = self.arrivals.1.recv() => self.ready.push(arrived),
                _ = tick.tick() => self.transfer.meter.report_late(),
            }
            while let Ok(arrived) = self.arrivals.1.try_recv() {
                self.ready.push(arrived);
            }
        }
        // Nothing more is begun, but what has been verified gets its name.
        while self.finalizing {
            match running.next().await {
                Some(done) => self.handle_event(done),
                None => break,
            }
        }
        drop(running);
        while let Ok(arrived) = self.arrivals.1.try_recv() {
            self.ready.push(arrived);
        }
        let finalized = self.finalize_next().await;
        self.handle_event(finalized);
        self.fatal.take().map_or(Ok(()), Err)
    }

    fn begin_more(&mut self, running: &mut RunningDownloads<'a>, all_known: bool) {
        self.ready_since =
            if self.ready.is_empty() { None } else { self.ready_since.or(Some(Instant::now())) };
        let is_late = self.ready_since.is_some_and(|since| since.elapsed() >= BATCH_TIME);
        let nothing_else = running.is_empty() && (self.schedule.is_empty() || !all_known);
        if !self.finalizing
            && (self.ready.len() >= BATCH_FILES || is_late || nothing_else)
            && !self.ready.is_empty()
        {
            running.push(Box::pin(self.finalize_next()));
            self.finalizing = true;
        }
        while running.len() < MAX_RUNNING
            && (self.unfinished < MAX_UNFINISHED || running.is_empty())
            && let Some(unit) = self.schedule.next(all_known, running.len() >= MAX_RUNNING_WHILE_LISTING)
        {
            let (context, arrivals) = (self.context, self.arrivals.0.clone());
            self.unfinished += match &unit {
                Unit::File(_) => 1,
                Unit::Folder(_, files) => files.len(),
            };
            running.push(match unit {
                Unit::File(wanted) => Box::pin(async move {
                    let arrived = context.fetch(&wanted).await.map(|arrived| {
                        // The receiver lives as long as this work.
                        let _ = arrivals.send(arrived);
                    });
                    DownloadEvent::File(wanted, arrived)
                }),
                Unit::Folder(folder, wanted) => Box::pin(async move {
                    let extracted = context.fetch_archive(&folder, wanted, &arrivals).await;
                    DownloadEvent::Folder(folder, extracted)
                }),
            });
        }
    }

    /// Gives names to all files that wait for one.
    fn finalize_next(&mut self) -> impl Future<Output = DownloadEvent> + Send + use<'a> {
        let ready = std::mem::take(&mut self.ready);
        let (staging, existing) = (self.context.staging.clone(), self.existing);
        self.ready_since = None;
        async move {
            match blocking(move || finalize(ready, &staging, existing)).await {
                Ok(finalized) => DownloadEvent::Finalized(finalized),
                Err(problem) => {
                    tracing::error!(?problem, "files could not be given their names");
                    DownloadEvent::Finalized(Vec::new())
                }
            }
        }
    }

    /// Takes in what has become known of the transfer.
    fn add_page(&mut self, page: PlanPage) {
        let top = page.top.as_ref();
        for (path, size_bytes) in &page.seen {
            if let Some(top) = top {
                self.schedule.saw(top, path, *size_bytes);
            }
        }
        self.report.renamed.extend(page.renamed);
        self.report.downloaded.extend(page.made);
        self.files_total += page.files.len() as u64;
        self.bytes_total += page.files.iter().map(|(wanted, _)| wanted.size_bytes).sum::<u64>();
        self.transfer.meter.totals(self.files_total, self.bytes_total);
        let is_more =
            |most: &mut DownloadLimit| self.files_total > most.files || self.bytes_total > most.bytes;
        if let Some(most) = self.most.take_if(is_more) {
            self.fatal = Some(most.problem);
            return;
        }
        for (wanted, action) in page.files {
            match action {
                // An archive has no exports.
                DownloadAction::Download => self.schedule.want(top.filter(|_| !wanted.is_exported), &wanted),
                DownloadAction::Resumed(place) => {
                    self.transfer.meter.add_known(wanted.size_bytes);
                    self.record_finished(&wanted, place, FileState::Verified);
                }
                DownloadAction::SkipIdentical => {
                    self.transfer.meter.add_known(wanted.size_bytes);
                    self.transfer.meter.end_file();
                    self.report.skipped += 1;
                    self.context.emit(&wanted, FileState::Skipped);
                }
                DownloadAction::Conflict(problem) => self.record_failed(&wanted, problem),
            }
        }
        for problem in page.failed {
            self.record_problem(problem);
        }
        if let Some(top) = page.top.filter(|_| page.top_is_known) {
            self.schedule.knows_all_of(&top);
        }
    }

    fn handle_event(&mut self, done: DownloadEvent) {
        match done {
            DownloadEvent::File(_, Ok(())) => {}
            DownloadEvent::File(wanted, Err(problem)) => {
                self.subtract_unfinished(1);
                self.record_failed(&wanted, problem);
            }
            DownloadEvent::Folder(folder, extracted) => self.extracted(&folder, extracted),
            DownloadEvent::Finalized(finalized) => {
                self.finalizing = false;
                self.subtract_unfinished(finalized.len());
                for (wanted, result) in finalized {
                    match result {
                        Ok(place) => self.record_named(&wanted, place),
                        Err(problem) => {
                            self.transfer.meter.subtract_bytes(wanted.size_bytes);
                            self.record_failed(&wanted, problem);
                        }
                    }
                }
            }
        }
    }

    fn extracted(&mut self, folder: &RemotePath, extracted: ExtractedFiles) {
        let fruitless = extracted.arrived == 0;
        self.subtract_unfinished(extracted.others.len() + extracted.rest.len());
        match extracted.end {
            ArchiveEnd::Whole | ArchiveEnd::Paused => {}
            ArchiveEnd::Broken if !fruitless => {}
            ArchiveEnd::Broken | ArchiveEnd::Refused => self.schedule.refuse(folder),
            ArchiveEnd::Failed(problem) => self.record_problem(problem),
        }
        for wanted in extracted.others {
            self.schedule.want_by_itself(&wanted);
        }
        // The plan decides anew about what is left: a smaller archive, or one by one.
        for wanted in extracted.rest {
            self.schedule.want(Some(folder), &wanted);
        }
    }

    fn subtract_unfinished(&mut self, files: usize) {
        self.unfinished = self.unfinished.saturating_sub(files);
    }

    fn record_named(&mut self, wanted: &DownloadFile, place: PathBuf) {
        if let Some(name) = place.file_name().and_then(|name| name.to_str()) {
            let (path_lower, local_name) = (Arc::clone(wanted.path.lower()), name.to_owned());
            let rev = Some(wanted.rev.clone());
            self.transfer.handle.record_change(|transfer| Change::ItemDownloaded {
                transfer,
                path_lower,
                local_name,
                rev,
            });
        }
        self.report.unverified += u64::from(wanted.content_hash.is_none());
        self.record_finished(wanted, place, FileState::Verified);
    }

    fn record_finished(&mut self, wanted: &DownloadFile, place: PathBuf, state: FileState) {
        self.transfer.meter.end_file();
        self.report.files += 1;
        self.report.bytes += wanted.size_bytes;
        self.context.emit(wanted, state);
        // A folder is one place, however much is in it.
        if place.parent() == Some(&self.target) {
            self.report.downloaded.push(place);
        }
    }

    fn record_failed(&mut self, wanted: &DownloadFile, problem: Problem) {
        self.context.emit(wanted, FileState::Failed(problem.clone()));
        self.record_problem(problem);
    }

    fn record_problem(&mut self, problem: Problem) {
        if problem.kind.ends_transfer() {
            self.fatal.get_or_insert(problem);
        } else {
            self.report.failed.push(problem);
        }
    }
}
