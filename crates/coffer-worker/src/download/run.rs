//! One download from its order to its report: what was ordered is looked at page by page, what is missing is brought
//! as the plan says, and what has arrived gets its name in batches. One file that fails stops no other.

use super::archive::{End, Unpacked};
use super::cancel_policy::CancelPolicy;
use super::line::{Line, Turns};
use super::lister::{Lister, Ordered, Page};
use super::places::Places;
use super::plan::{Plan, Unit};
use super::present::Standing;
use super::settle::{Arrived, settle};
use super::staging::Staging;
use super::wanted::Wanted;
use crate::context::{JobContext, Stop};
use crate::shared::Shared;
use crate::transfer::{Change, Transfer, TransferStore};
use crate::{blocking, problem};
use coffer_model::transfer::{FileState, TransferReport};
use coffer_model::{Direction, Entry, Existing, Job, Phase, Problem, ProblemKind, Receipt, RemotePath};
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt, unfold};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

/// Files and archives of one download under way at once; how many of them move bytes is for the queue to say.
const AT_ONCE: usize = 32;
/// So many while the lists still grow and archives may follow.
const AT_ONCE_EARLY: usize = 8;
/// Files that get their names together, and how long the first of them waits for others. A kill costs what waits.
const BATCH_FILES: usize = 1000;
const BATCH_TIME: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Brings what was asked for: files and folders into a folder, or one item under a name that somebody has chosen.
pub async fn run(shared: &Shared, job: &JobContext, request: &Arc<Job>) -> Result<Receipt, Stop> {
    match &**request {
        Job::Download { entries, folder, existing } => {
            let ordered = entries.iter().map(|entry| Ordered { entry: entry.clone(), name: None }).collect();
            let report = carry_out(shared, job, request, ordered, folder.clone(), *existing).await?;
            Ok(Receipt::Transferred { report, undo: None })
        }
        Job::SaveAs { entry, local_path, existing } => {
            save_as(shared, job, request, entry, local_path, *existing).await
        }
        _ => Err(problem::internal().into()),
    }
}

async fn save_as(
    shared: &Shared,
    job: &JobContext,
    request: &Arc<Job>,
    entry: &Entry,
    local_path: &Path,
    existing: Existing,
) -> Result<Receipt, Stop> {
    let about = problem::item(&entry.path, "downloaded");
    let (Some(folder), Some(name)) = (local_path.parent(), local_path.file_name()) else {
        return Err(about.because(ProblemKind::InvalidInput, "A file can’t be saved here.").into());
    };
    let ordered = vec![Ordered { entry: entry.clone(), name: Some(name.to_owned()) }];
    let mut report = carry_out(shared, job, request, ordered, folder.to_owned(), existing).await?;
    // That name is no news to who has chosen it.
    report.renamed.retain(|renamed| renamed.local_path != local_path);
    match report.failed.pop() {
        Some(problem) if !entry.is_folder() => Err(problem.into()),
        Some(problem) => {
            report.failed.push(problem);
            Ok(Receipt::Transferred { report, undo: None })
        }
        None => Ok(Receipt::Transferred { report, undo: None }),
    }
}

async fn carry_out(
    shared: &Shared,
    job: &JobContext,
    request: &Arc<Job>,
    ordered: Vec<Ordered>,
    target: PathBuf,
    existing: Existing,
) -> Result<TransferReport, Stop> {
    let transfer = Transfer::begin(shared, job, Direction::Download, request).await?;
    transfer.meter.phase(Phase::Preparing);
    let store = shared.transfers.store.clone();
    let staging = Staging::new(store.clone(), target.clone());
    let cancel_policy = CancelPolicy::new(job.cancel.clone(), shared.closing.clone());
    let _decided = Decided(cancel_policy.clone());
    prepare(&store, &staging, &target).await?;
    let line = Line {
        service: &transfer.service,
        meter: &transfer.meter,
        account: &transfer.account.choice,
        store,
        staging,
        cancel_policy,
        turns: Turns::Queue(&transfer),
    };
    let places = Places::new(target.clone(), existing);
    let lister = Lister::new(&transfer.service, transfer.handle.clone(), ordered, &target, places, existing);
    let mut download = Download::new(&transfer, &line, target, existing);
    let result = download.carry_out(lister).await;
    let report = download.report;
    transfer.meter.report();
    result?;
    Ok(report)
}

/// Sweeps up after killed runs, and tries whether the target takes anything at all.
async fn prepare(store: &TransferStore, staging: &Staging, target: &Path) -> Result<(), Problem> {
    let (store, staging, folder) = (store.clone(), staging.clone(), target.to_owned());
    let tried = blocking(move || {
        if let Err(error) = store.sweep_hidden_files() {
            tracing::warn!(%error, "could not remove what earlier runs have left");
        }
        staging.prepare().map_err(|error| (error, folder.is_dir()))
    })
    .await?;
    let Err((error, is_folder)) = tried else { return Ok(()) };
    let name = target.file_name().unwrap_or(target.as_os_str()).to_string_lossy();
    let about = problem::general(format!("Nothing could be downloaded to “{name}”"));
    Err(if is_folder {
        about.local(&error)
    } else {
        about.because(ProblemKind::LocalError, "The folder does not exist on this computer.")
    })
}

/// When the work is dropped, what is half done learns its fate before the program closes.
struct Decided(CancelPolicy);

impl Drop for Decided {
    fn drop(&mut self) {
        self.0.is_removal();
    }
}

/// What has ended.
enum Done {
    File(Wanted, Result<(), Problem>),
    Folder(RemotePath, Unpacked),
    Settled(Vec<(Wanted, Result<PathBuf, Problem>)>),
}

type Running<'a> = FuturesUnordered<BoxFuture<'a, Done>>;

struct Download<'a> {
    transfer: &'a Transfer<'a>,
    line: &'a Line<'a>,
    target: PathBuf,
    existing: Existing,
    plan: Plan,
    report: TransferReport,
    files_total: u64,
    bytes_total: u64,
    /// Files whose bytes are there, waiting for their names, and since when.
    ready: Vec<Arrived>,
    ready_since: Option<Instant>,
    settling: bool,
    arrivals: (UnboundedSender<Arrived>, UnboundedReceiver<Arrived>),
    /// Why nothing more is begun.
    fatal: Option<Problem>,
}

impl<'a> Download<'a> {
    fn new(transfer: &'a Transfer<'a>, line: &'a Line<'a>, target: PathBuf, existing: Existing) -> Self {
        Self {
            transfer,
            line,
            target,
            existing,
            plan: Plan::default(),
            report: TransferReport::default(),
            files_total: 0,
            bytes_total: 0,
            ready: Vec::new(),
            ready_since: None,
            settling: false,
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
        let mut running = Running::new();
        let mut tick = tokio::time::interval(TICK);
        while self.fatal.is_none() {
            self.begin_more(&mut running, all_known);
            if all_known && running.is_empty() && self.ready.is_empty() && self.plan.is_empty() {
                return Ok(());
            }
            tokio::select! {
                page = pages.next(), if !all_known => match page {
                    Some(page) => {
                        all_known = page.last;
                        self.know(page);
                    }
                    None => all_known = true,
                },
                Some(done) = running.next(), if !running.is_empty() => self.note(done),
                Some(arrived) = self.arrivals.1.recv() => self.ready.push(arrived),
                _ = tick.tick() => self.transfer.meter.report_late(),
            }
            while let Ok(arrived) = self.arrivals.1.try_recv() {
                self.ready.push(arrived);
            }
        }
        // Nothing more is begun, but what has been verified gets its name.
        while self.settling {
            match running.next().await {
                Some(done) => self.note(done),
                None => break,
            }
        }
        drop(running);
        while let Ok(arrived) = self.arrivals.1.try_recv() {
            self.ready.push(arrived);
        }
        let settled = self.settle().await;
        self.note(settled);
        self.fatal.take().map_or(Ok(()), Err)
    }

    fn begin_more(&mut self, running: &mut Running<'a>, all_known: bool) {
        self.ready_since =
            if self.ready.is_empty() { None } else { self.ready_since.or(Some(Instant::now())) };
        let is_late = self.ready_since.is_some_and(|since| since.elapsed() >= BATCH_TIME);
        let nothing_else = running.is_empty() && (self.plan.is_empty() || !all_known);
        if !self.settling
            && (self.ready.len() >= BATCH_FILES || is_late || nothing_else)
            && !self.ready.is_empty()
        {
            running.push(Box::pin(self.settle()));
            self.settling = true;
        }
        while running.len() < AT_ONCE
            && let Some(unit) = self.plan.next(all_known, running.len() >= AT_ONCE_EARLY)
        {
            let (line, arrivals) = (self.line, self.arrivals.0.clone());
            running.push(match unit {
                Unit::File(wanted) => Box::pin(async move {
                    let arrived = line.fetch(&wanted).await.map(|arrived| {
                        // The receiver lives as long as this work.
                        let _ = arrivals.send(arrived);
                    });
                    Done::File(wanted, arrived)
                }),
                Unit::Folder(folder, wanted) => Box::pin(async move {
                    let unpacked = line.fetch_archive(&folder, wanted, &arrivals).await;
                    Done::Folder(folder, unpacked)
                }),
            });
        }
    }

    /// Gives names to all files that wait for one.
    fn settle(&mut self) -> impl Future<Output = Done> + Send + use<'a> {
        let ready = std::mem::take(&mut self.ready);
        let (staging, existing) = (self.line.staging.clone(), self.existing);
        self.ready_since = None;
        async move {
            match blocking(move || settle(ready, &staging, existing)).await {
                Ok(settled) => Done::Settled(settled),
                Err(problem) => {
                    tracing::error!(?problem, "files could not be given their names");
                    Done::Settled(Vec::new())
                }
            }
        }
    }

    /// Takes in what has become known of the order.
    fn know(&mut self, page: Page) {
        let top = page.top.as_ref();
        for (path, size_bytes) in &page.seen {
            if let Some(top) = top {
                self.plan.saw(top, path, *size_bytes);
            }
        }
        self.report.renamed.extend(page.renamed);
        self.report.downloaded.extend(page.made);
        self.files_total += page.files.len() as u64;
        self.bytes_total += page.files.iter().map(|(wanted, _)| wanted.size()).sum::<u64>();
        self.transfer.meter.totals(self.files_total, self.bytes_total);
        for (wanted, standing) in page.files {
            match standing {
                Standing::Missing => self.plan.want(top, wanted),
                Standing::Brought(place) => {
                    self.transfer.meter.add_known(wanted.size());
                    self.arrived(&wanted, place, FileState::Verified);
                }
                Standing::Same => {
                    self.transfer.meter.add_known(wanted.size());
                    self.transfer.meter.end_file();
                    self.report.skipped += 1;
                    self.line.tell(&wanted, FileState::Skipped);
                }
                Standing::InTheWay(problem) => self.failed(&wanted, problem),
            }
        }
        for problem in page.failed {
            self.fail(problem);
        }
        if let Some(top) = page.top.filter(|_| page.top_is_known) {
            self.plan.knows_all_of(&top);
        }
    }

    fn note(&mut self, done: Done) {
        match done {
            Done::File(_, Ok(())) => {}
            Done::File(wanted, Err(problem)) => self.failed(&wanted, problem),
            Done::Folder(folder, unpacked) => self.unpacked(&folder, unpacked),
            Done::Settled(settled) => {
                self.settling = false;
                for (wanted, result) in settled {
                    match result {
                        Ok(place) => self.settled(&wanted, place),
                        Err(problem) => {
                            self.transfer.meter.subtract_bytes(wanted.size());
                            self.failed(&wanted, problem);
                        }
                    }
                }
            }
        }
    }

    fn unpacked(&mut self, folder: &RemotePath, unpacked: Unpacked) {
        let fruitless = unpacked.arrived == 0;
        match unpacked.end {
            End::Whole | End::Paused => {}
            End::Broken if !fruitless => {}
            End::Broken | End::Refused => self.plan.refuse(folder),
            End::Failed(problem) => self.fail(problem),
        }
        for wanted in unpacked.others {
            self.plan.want_by_itself(wanted);
        }
        // The plan decides anew about what is left: a smaller archive, or one by one.
        for wanted in unpacked.rest {
            self.plan.want(Some(folder), wanted);
        }
    }

    fn settled(&mut self, wanted: &Wanted, place: PathBuf) {
        if let Some(name) = place.file_name().and_then(|name| name.to_str()) {
            let (path_lower, local_name) = (Arc::clone(wanted.path.lower()), name.to_owned());
            let rev = Some(wanted.file.rev.clone());
            self.transfer.handle.record_change(|transfer| Change::ItemDownloaded {
                transfer,
                path_lower,
                local_name,
                rev,
            });
        }
        self.arrived(wanted, place, FileState::Verified);
    }

    fn arrived(&mut self, wanted: &Wanted, place: PathBuf, state: FileState) {
        self.transfer.meter.end_file();
        self.report.files += 1;
        self.report.bytes += wanted.size();
        self.line.tell(wanted, state);
        // A folder is one place, however much is in it.
        if place.parent() == Some(&self.target) {
            self.report.downloaded.push(place);
        }
    }

    fn failed(&mut self, wanted: &Wanted, problem: Problem) {
        self.line.tell(wanted, FileState::Failed(problem.clone()));
        self.fail(problem);
    }

    fn fail(&mut self, problem: Problem) {
        if problem.kind.ends_transfer() {
            self.fatal.get_or_insert(problem);
        } else {
            self.report.failed.push(problem);
        }
    }
}
