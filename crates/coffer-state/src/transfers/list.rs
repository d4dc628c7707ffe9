//! The list of transfers: which there are in each section, and what changes when one begins, moves on and ends.

use super::batch::TransferBatch;
use super::end::TransferEnd;
use super::files::{FileFilter, TransferFiles};
use super::focus::{RowFocus, Section};
use super::history::{SpeedHistory, Speeds};
use super::throughput::Throughput;
use super::totals::{RunningSums, TransferTotals};
use super::transfer::{PreparingUpload, TransferItem};
use crate::context::StateContext;
use crate::open_files::OpenFiles;
use crate::requests::RequestPurpose;
use crate::runs::PlanRun;
use coffer_model::transfer::{FileUpdate, Progress};
use coffer_model::{Job, RequestId};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Finished transfers that are kept in the list, and failed ones.
const FINISHED_LIMIT: usize = 1_000;
const FAILED_LIMIT: usize = 10_000;

/// Files of ended transfers that are remembered one by one, in all.
const ENDED_FILES_LIMIT: usize = 50_000;

static NONE: VecDeque<RequestId> = VecDeque::new();

#[derive(Default)]
pub struct TransferList {
    all: HashMap<RequestId, TransferItem>,
    running: VecDeque<RequestId>,
    failed: VecDeque<RequestId>,
    finished: VecDeque<RequestId>,
    cancelled: VecDeque<RequestId>,
    totals: RunningSums,
    throughput: Throughput,

    pub panel_open: bool,

    pub open_files: OpenFiles,

    /// The section that the person chose; see [`Self::section`].
    pub(super) chosen: Option<Section>,

    /// The line of the panel that keys act on.
    pub cursor: Option<RowFocus>,

    /// The transfer whose files are listed below it, and which of them.
    pub unfolded: Option<RequestId>,
    pub file_filter: FileFilter,

    /// The speed of the last minutes.
    pub history: SpeedHistory,

    /// Uploads whose files are being looked at; [`crate::Action::CancelTransfer`] stops them too.
    pub preparing: Vec<PreparingUpload>,

    /// Uploads that could not be planned because the sign-in ended.
    pub(crate) waiting_plans: Vec<Arc<PlanRun>>,

    /// Nobody opened the panel, so nobody has to close it: when it does so.
    pub(super) close_due_secs: Option<f64>,
    pub(super) opened_itself: bool,

    /// Begun so lately that the panel has not opened for them yet, the oldest first, with the time of their begin.
    pub(super) unnoticed: VecDeque<(RequestId, f64)>,

    /// What has been going on since nothing ran.
    batch: Option<TransferBatch>,
}

impl TransferList {
    pub fn get(&self, id: RequestId) -> Option<&TransferItem> {
        self.all.get(&id)
    }

    /// The transfers of a section, in the order in which they are shown.
    pub fn ids(&self, section: Section) -> &VecDeque<RequestId> {
        match section {
            Section::Running => &self.running,
            Section::Failed => &self.failed,
            Section::Finished => &self.finished,
            Section::Cancelled => &self.cancelled,
            Section::OpenFiles => &NONE,
        }
    }

    pub fn in_section(&self, section: Section) -> impl DoubleEndedIterator<Item = &TransferItem> {
        self.ids(section).iter().filter_map(|id| self.all.get(id))
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.preparing.is_empty() && self.open_files.copies().is_empty()
    }

    /// How many are in a section, with those being looked at.
    pub fn count(&self, section: Section) -> usize {
        let others = match section {
            Section::Running => self.preparing.len(),
            Section::OpenFiles => self.open_files.copies().len(),
            Section::Failed | Section::Finished | Section::Cancelled => 0,
        };
        self.ids(section).len() + others
    }

    /// The section in sight: the one that was chosen, else the one in which there is something to see.
    pub fn section(&self) -> Section {
        self.chosen.unwrap_or_else(|| {
            Section::ALL.into_iter().find(|section| self.count(*section) > 0).unwrap_or_default()
        })
    }

    pub fn summary(&self) -> TransferTotals {
        let (done, looked_at) =
            (self.batch.as_ref().map_or(0, |batch| batch.progress_bytes), &self.preparing);
        let running = self.count(Section::Running);
        self.totals.summary(running, looked_at.len(), self.failed.len(), done, self.speeds())
    }

    /// Whether speeds are worth noting: something moves, or waits to.
    pub(crate) fn is_active(&self) -> bool {
        self.totals.moving > 0 || self.totals.waiting > 0 || self.speeds() != Speeds::default()
    }

    /// Nothing may move: each one that runs is paused or waits, or nothing runs.
    fn is_resting(&self) -> bool {
        self.totals.held == self.running.len()
    }

    /// Time has gone on: how fast bytes went meanwhile.
    pub(crate) fn measure(&mut self, now_secs: f64) {
        if !self.is_resting() {
            self.throughput.mark(now_secs);
        } else if !self.running.is_empty() {
            // What comes later is measured anew.
            self.throughput.clear();
        } else {
            self.throughput.forget_old(now_secs);
        }
    }

    pub(crate) fn is_waiting(&self) -> bool {
        self.totals.waiting > 0
    }

    /// Of all that runs: what has passed, which counts what is over too soon to have a speed of its own and hides no
    /// standstill. Nothing until that has been measured for a moment, and while nothing may move.
    pub(crate) fn speeds(&self) -> Speeds {
        if self.is_resting() { Speeds::default() } else { self.throughput.speeds().unwrap_or_default() }
    }

    /// Whether what runs would be lost, or has to go on, when the program ends. The copies behind "Open" and for
    /// other programs do not count.
    pub fn needs_open_window(&self) -> bool {
        let is_order = |it: &TransferItem| {
            !matches!(it.job, Job::Open { .. } | Job::CheckOut { .. } | Job::FetchPromised { .. })
        };
        !self.preparing.is_empty() || self.in_section(Section::Running).any(is_order)
    }

    /// Changes a transfer and keeps the sums right; `None` when it is not there.
    pub(crate) fn change<R>(
        &mut self,
        id: RequestId,
        change: impl FnOnce(&mut TransferItem) -> R,
    ) -> Option<R> {
        let transfer = self.all.get_mut(&id)?;
        self.totals.remove(transfer);
        let result = change(transfer);
        self.totals.add(transfer);
        Some(result)
    }

    /// Looks at the files of an upload, to plan it.
    pub(crate) fn prepare(&mut self, run: Arc<PlanRun>, context: &mut StateContext) {
        if run.local_paths.is_empty() {
            return;
        }
        let (local_paths, target) = (run.local_paths.clone(), run.target.clone());
        let count = local_paths.len();
        let job = Job::PlanUpload { local_paths, target: target.clone(), follows_links: false };
        let id = context.run(job, RequestPurpose::PlanUpload(run));
        self.preparing.push(PreparingUpload { id, count, target });
    }

    /// Puts a new one at the end of the queue.
    pub(crate) fn start(&mut self, transfer: TransferItem) {
        self.close_due_secs = None;
        self.unnoticed.push_back((transfer.id, transfer.started_secs));
        self.batch.get_or_insert_with(|| TransferBatch {
            since_secs: transfer.started_secs,
            ..TransferBatch::default()
        });
        self.totals.add(&transfer);
        self.running.push_back(transfer.id);
        self.all.insert(transfer.id, transfer);
    }

    /// Nobody asked for this transfer just now, so the panel does not open for it.
    pub(crate) fn mark_noticed(&mut self, id: RequestId) {
        self.unnoticed.retain(|(unnoticed, _)| *unnoticed != id);
    }

    /// Forgets all that was not begun yet.
    pub(crate) fn forget_plans(&mut self) {
        self.preparing.clear();
        self.waiting_plans.clear();
    }

    /// Takes a transfer out of the list as if it had never been there.
    pub(crate) fn remove(&mut self, id: RequestId) -> Option<TransferItem> {
        self.remove_from_section(id);
        let transfer = self.all.remove(&id)?;
        self.totals.remove(&transfer);
        Some(transfer)
    }

    /// Moves a transfer that has ended to its section.
    pub(crate) fn end(&mut self, id: RequestId, end: TransferEnd) {
        let ended = self.change(id, |transfer| {
            transfer.cancelling = false;
            transfer.paused = false;
            transfer.files.end(&end, &transfer.job);
            transfer.end = Some(end);
        });
        if ended.is_none() {
            return;
        }
        self.remove_from_section(id);
        let Some(transfer) = self.all.get(&id) else { return };
        if let Some(batch) = &mut self.batch {
            batch.record_finished(transfer);
        }
        let files = transfer.files.len();
        self.push_ended(id);
        // Sections are bounded, and with them the files of transfers that have but one.
        if files > 1 {
            self.forget_files();
        }
    }

    /// Adds a transfer that has ended in an earlier run.
    pub(crate) fn add_ended(&mut self, mut transfer: TransferItem, end: TransferEnd) {
        let id = transfer.id;
        transfer.end = Some(end);
        self.totals.add(&transfer);
        self.all.insert(id, transfer);
        self.push_ended(id);
    }

    /// Puts a transfer that has ended at the front of its section, which forgets the oldest when it is too long.
    fn push_ended(&mut self, id: RequestId) {
        let Some(transfer) = self.all.get(&id) else { return };
        let (section, limit) = match &transfer.end {
            _ if transfer.has_failed() => (&mut self.failed, FAILED_LIMIT),
            Some(TransferEnd::Cancelled) => (&mut self.cancelled, FINISHED_LIMIT),
            _ => (&mut self.finished, FINISHED_LIMIT),
        };
        section.push_front(id);
        if section.len() > limit
            && let Some(oldest) = section.back().copied()
        {
            self.remove(oldest);
        }
    }

    /// The batch that is over when nothing runs any more.
    pub(crate) fn take_ended_batch(&mut self) -> Option<TransferBatch> {
        if self.running.is_empty() { self.batch.take() } else { None }
    }

    /// Puts a running transfer before all others.
    pub(crate) fn move_to_front(&mut self, id: RequestId) {
        if let Some(at) = self.running.iter().position(|running| *running == id) {
            self.running.remove(at);
            self.running.push_front(id);
        }
    }

    /// Forgets what has ended in a section, and gives it back.
    pub(crate) fn clear(&mut self, section: Section) -> Vec<TransferItem> {
        let ids = match section {
            Section::Running | Section::OpenFiles => return Vec::new(),
            Section::Failed => std::mem::take(&mut self.failed),
            Section::Finished => std::mem::take(&mut self.finished),
            Section::Cancelled => std::mem::take(&mut self.cancelled),
        };
        let cleared = ids.into_iter().filter_map(|id| self.remove(id)).collect();
        if self.is_empty() {
            self.panel_open = false;
        }
        if self.count(self.section()) == 0 {
            self.chosen = None;
        }
        cleared
    }

    pub(crate) fn toggle_panel(&mut self) {
        self.panel_open = !self.panel_open;
        self.opened_itself = false;
        self.close_due_secs = None;
        self.chosen = None;
        // Whoever closes the panel knows of what runs.
        self.unnoticed.clear();
    }

    pub(crate) fn on_progress(&mut self, id: RequestId, progress: Progress) {
        let Some(transfer) = self.all.get(&id) else { return };
        let before = transfer.progress.as_ref().map_or(0, |progress| progress.bytes_passed);
        self.throughput.add(transfer.direction, progress.bytes_passed.saturating_sub(before));
        self.change(id, |transfer| transfer.progress = Some(progress));
    }

    pub(crate) fn on_files(&mut self, id: RequestId, updates: Vec<FileUpdate>) {
        if let Some(transfer) = self.all.get_mut(&id) {
            transfer.files.apply_updates(updates, &transfer.job);
        }
    }

    /// Lists the files of a transfer below it, or no longer.
    pub(crate) fn unfold(&mut self, id: RequestId, unfold: bool) {
        let Some(transfer) = self.all.get_mut(&id).filter(|it| it.can_unfold()) else { return };
        if unfold {
            transfer.files.fill(&transfer.job);
            // Of one that has ended in an earlier run they were not told one by one.
            if let Some(end) = &transfer.end {
                transfer.files.end(end, &transfer.job);
            }
            self.unfolded = Some(id);
            // Of what is over, the files that did not arrive are what one looks for.
            let wanted = transfer.has_failed() && transfer.files.count(FileFilter::Failed) > 0;
            self.file_filter = if wanted { FileFilter::Failed } else { FileFilter::All };
        } else if self.unfolded == Some(id) {
            self.unfolded = None;
            self.cursor = Some(RowFocus { id, file: None });
        }
    }

    /// Takes a transfer out of its section; the cursor goes to the neighbour.
    fn remove_from_section(&mut self, id: RequestId) {
        if self.cursor.is_some_and(|cursor| cursor.id == id) {
            let ids = self.ids(self.section());
            let at = ids.iter().position(|known| *known == id);
            let beside = at.and_then(|at| ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)));
            self.cursor = beside.map(|id| RowFocus { id: *id, file: None });
        }
        if self.unfolded == Some(id) {
            self.unfolded = None;
        }
        for section in [&mut self.running, &mut self.failed, &mut self.finished, &mut self.cancelled] {
            if let Some(at) = section.iter().position(|known| *known == id) {
                section.remove(at);
            }
        }
    }

    /// Keeps the memory bounded: the files of what ended longest ago are forgotten first.
    fn forget_files(&mut self) {
        let mut kept = 0;
        for id in self.failed.iter().chain(&self.finished) {
            if let Some(transfer) = self.all.get_mut(id) {
                kept += transfer.files.len();
                if kept > ENDED_FILES_LIMIT && self.unfolded != Some(*id) {
                    kept -= transfer.files.len();
                    transfer.files = TransferFiles::empty();
                }
            }
        }
    }
}
