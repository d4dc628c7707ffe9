//! The uploads and downloads of this run in three sections (running, failed, finished), what they add up to, and the
//! panel that shows them. What happens to a transfer is in `transferring` and `steering`; how one begins is in
//! `uploads` and `downloads`.

pub mod files;
pub mod history;
pub mod lines;
pub mod transfer;

mod sums;
mod throughput;

pub use files::{FileRow, Files, Shown};
pub use history::History;
pub use lines::{Cursor, Line, Lines};
pub use sums::Summary;
pub use transfer::{End, Preparing, Transfer};

use super::dialog::UploadQuestions;
use super::uploads::PlanRun;
use coffer_model::transfer::{FileNews, Progress};
use coffer_model::{Job, RequestId};
use history::Speeds;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use sums::Sums;
use throughput::Throughput;

/// Finished transfers that are kept in the list, and failed ones.
const FINISHED_LIMIT: usize = 1_000;
const FAILED_LIMIT: usize = 10_000;

/// Files of ended transfers that are remembered one by one, in all.
const ENDED_FILES_LIMIT: usize = 50_000;

/// The parts of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// Also what waits for its turn or is paused, in the order in which it gets its turn.
    #[default]
    Running,
    /// What did not arrive, or not all of it; the newest first.
    Failed,
    /// What arrived or was stopped; the newest first.
    Finished,
}

#[derive(Default)]
pub struct Transfers {
    all: HashMap<RequestId, Transfer>,
    running: VecDeque<RequestId>,
    failed: VecDeque<RequestId>,
    finished: VecDeque<RequestId>,
    sums: Sums,
    throughput: Throughput,

    pub panel_open: bool,

    /// The section that the person chose; see [`Self::section`].
    pub(super) chosen: Option<Section>,

    /// The line of the panel that keys act on.
    pub cursor: Option<Cursor>,

    /// The transfer whose files are listed below it, and which of them.
    pub unfolded: Option<RequestId>,
    pub shown: Shown,

    /// The speed of the last minutes.
    pub history: History,

    /// Uploads whose files are being looked at; [`super::Action::CancelTransfer`] stops them too.
    pub preparing: Vec<Preparing>,

    /// Uploads that could not be planned because the sign-in ended.
    pub(super) held: Vec<Arc<PlanRun>>,

    /// Questions about uploads that wait until no dialog is open.
    pub(super) questions: VecDeque<UploadQuestions>,

    /// Nobody opened the panel, so nobody has to close it: when it does so.
    pub(super) close_due_secs: Option<f64>,
    pub(super) opened_itself: bool,

    /// Begun so lately that the panel has not opened for them yet, the oldest first, with the time of their begin.
    pub(super) unnoticed: VecDeque<(RequestId, f64)>,

    /// What has been going on since nothing ran.
    pub(super) batch: Option<Batch>,
}

/// All transfers from the moment on when the first of them began until none runs any more.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Batch {
    pub since_secs: f64,
    pub done: usize,
    pub failed: usize,
    pub stopped: usize,
    pub files: u64,
    pub bytes: u64,
    /// Of what is done, for the sum of all.
    pub progress_bytes: u64,
    /// The one that ended last.
    pub title: String,
}

impl Transfers {
    pub fn get(&self, id: RequestId) -> Option<&Transfer> {
        self.all.get(&id)
    }

    /// The transfers of a section, in the order in which they are shown.
    pub fn ids(&self, section: Section) -> &VecDeque<RequestId> {
        match section {
            Section::Running => &self.running,
            Section::Failed => &self.failed,
            Section::Finished => &self.finished,
        }
    }

    pub fn in_section(&self, section: Section) -> impl DoubleEndedIterator<Item = &Transfer> {
        self.ids(section).iter().filter_map(|id| self.all.get(id))
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.preparing.is_empty()
    }

    /// How many are in a section, with those being looked at.
    pub fn count(&self, section: Section) -> usize {
        let preparing = if section == Section::Running { self.preparing.len() } else { 0 };
        self.ids(section).len() + preparing
    }

    /// The section in sight: the one that was chosen, else the one in which there is something to see.
    pub fn section(&self) -> Section {
        self.chosen.unwrap_or_else(|| {
            let sections = [Section::Running, Section::Failed, Section::Finished];
            sections.into_iter().find(|section| self.count(*section) > 0).unwrap_or_default()
        })
    }

    pub fn summary(&self) -> Summary {
        let (done, looked_at) =
            (self.batch.as_ref().map_or(0, |batch| batch.progress_bytes), &self.preparing);
        let running = self.count(Section::Running);
        self.sums.summary(running, looked_at.len(), self.failed.len(), done, self.speeds())
    }

    /// Whether speeds are worth noting: something moves, or waits to.
    pub(super) fn is_active(&self) -> bool {
        self.sums.moving > 0 || self.sums.waiting > 0 || self.speeds() != Speeds::default()
    }

    /// Nothing may move: each one that runs is paused or waits, or nothing runs.
    fn rests(&self) -> bool {
        self.sums.held == self.running.len()
    }

    /// Time has gone on: how fast bytes went meanwhile.
    pub(super) fn measure(&mut self, now_secs: f64) {
        if !self.rests() {
            self.throughput.mark(now_secs);
        } else if !self.running.is_empty() {
            // What comes later is measured anew.
            self.throughput.rest();
        } else {
            self.throughput.forget_old(now_secs);
        }
    }

    pub(super) fn waits(&self) -> bool {
        self.sums.waiting > 0
    }

    /// Of all that runs: what has passed, which counts what is over too soon to have a speed of its own and hides no
    /// standstill. Until that has been measured for a moment, and while nothing may move, what each tells of itself.
    pub(super) fn speeds(&self) -> Speeds {
        let told = Speeds { up: self.sums.up, down: self.sums.down };
        if self.rests() { told } else { self.throughput.speeds().unwrap_or(told) }
    }

    /// Whether what runs would be lost, or has to go on, when the program ends. The copies behind "Open" do not count.
    pub fn keep_open(&self) -> bool {
        let is_order = |it: &Transfer| !matches!(it.job, Job::Open { .. });
        !self.preparing.is_empty() || self.in_section(Section::Running).any(is_order)
    }

    /// Changes a transfer and keeps the sums right; `None` when it is not there.
    pub(super) fn change<R>(&mut self, id: RequestId, change: impl FnOnce(&mut Transfer) -> R) -> Option<R> {
        let transfer = self.all.get_mut(&id)?;
        self.sums.remove(transfer);
        let result = change(transfer);
        self.sums.add(transfer);
        Some(result)
    }

    /// Puts a new one at the end of the queue.
    pub(super) fn push(&mut self, transfer: Transfer) {
        self.batch.get_or_insert_with(|| Batch { since_secs: transfer.started_secs, ..Batch::default() });
        self.sums.add(&transfer);
        self.running.push_back(transfer.id);
        self.all.insert(transfer.id, transfer);
    }

    /// Takes a transfer out of the list as if it had never been there.
    pub(super) fn remove(&mut self, id: RequestId) -> Option<Transfer> {
        self.leave(id);
        let transfer = self.all.remove(&id)?;
        self.sums.remove(&transfer);
        Some(transfer)
    }

    /// Moves a transfer that has ended to its section.
    pub(super) fn end(&mut self, id: RequestId, end: End) {
        let ended = self.change(id, |transfer| {
            transfer.cancelling = false;
            transfer.paused = false;
            transfer.files.end(&end, &transfer.job);
            transfer.end = Some(end);
        });
        if ended.is_none() {
            return;
        }
        self.leave(id);
        let Some(transfer) = self.all.get(&id) else { return };
        if let Some(batch) = &mut self.batch {
            batch.note(transfer);
        }
        let files = transfer.files.len();
        let (section, limit) = if transfer.has_failed() {
            (&mut self.failed, FAILED_LIMIT)
        } else {
            (&mut self.finished, FINISHED_LIMIT)
        };
        section.push_front(id);
        if section.len() > limit
            && let Some(oldest) = section.back().copied()
        {
            self.remove(oldest);
        }
        // Sections are bounded, and with them the files of transfers that have but one.
        if files > 1 {
            self.forget_files();
        }
    }

    /// The batch that is over when nothing runs any more.
    pub(super) fn take_ended_batch(&mut self) -> Option<Batch> {
        if self.running.is_empty() { self.batch.take() } else { None }
    }

    /// Puts a running transfer before all others.
    pub(super) fn put_first(&mut self, id: RequestId) {
        if let Some(at) = self.running.iter().position(|running| *running == id) {
            self.running.remove(at);
            self.running.push_front(id);
        }
    }

    /// Forgets what has ended in a section.
    pub(super) fn clear(&mut self, section: Section) {
        let ids = match section {
            Section::Running => return,
            Section::Failed => std::mem::take(&mut self.failed),
            Section::Finished => std::mem::take(&mut self.finished),
        };
        for id in ids {
            self.remove(id);
        }
        if self.is_empty() {
            self.panel_open = false;
        }
        if self.count(self.section()) == 0 {
            self.chosen = None;
        }
    }

    pub(super) fn toggle_panel(&mut self) {
        self.panel_open = !self.panel_open;
        self.opened_itself = false;
        self.close_due_secs = None;
        self.chosen = None;
        // Whoever closes the panel knows of what runs.
        self.unnoticed.clear();
    }

    pub(super) fn on_progress(&mut self, id: RequestId, progress: Progress) {
        let Some(transfer) = self.all.get(&id) else { return };
        let before = transfer.progress.as_ref().map_or(0, |progress| progress.bytes_passed);
        self.throughput.add(transfer.direction, progress.bytes_passed.saturating_sub(before));
        self.change(id, |transfer| transfer.progress = Some(progress));
    }

    pub(super) fn on_files(&mut self, id: RequestId, news: Vec<FileNews>) {
        if let Some(transfer) = self.all.get_mut(&id) {
            transfer.files.note(news, &transfer.job);
        }
    }

    /// Lists the files of a transfer below it, or no longer.
    pub(super) fn unfold(&mut self, id: RequestId, unfold: bool) {
        let Some(transfer) = self.all.get_mut(&id).filter(|it| it.can_unfold()) else { return };
        if unfold {
            transfer.files.fill(&transfer.job);
            self.unfolded = Some(id);
            // Of what is over, the files that did not arrive are what one looks for.
            let wanted = transfer.has_failed() && transfer.files.count(Shown::Failed) > 0;
            self.shown = if wanted { Shown::Failed } else { Shown::All };
        } else if self.unfolded == Some(id) {
            self.unfolded = None;
            self.cursor = Some(Cursor { id, file: None });
        }
    }

    /// Takes a transfer out of its section; the cursor goes to the neighbour.
    fn leave(&mut self, id: RequestId) {
        if self.cursor.is_some_and(|cursor| cursor.id == id) {
            let ids = self.ids(self.section());
            let at = ids.iter().position(|known| *known == id);
            let beside = at.and_then(|at| ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)));
            self.cursor = beside.map(|id| Cursor { id: *id, file: None });
        }
        if self.unfolded == Some(id) {
            self.unfolded = None;
        }
        for section in [&mut self.running, &mut self.failed, &mut self.finished] {
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
                    transfer.files = Files::forgotten();
                }
            }
        }
    }
}

impl Batch {
    fn note(&mut self, transfer: &Transfer) {
        self.title.clone_from(&transfer.title);
        match &transfer.end {
            Some(End::Cancelled) => self.stopped += 1,
            _ if transfer.has_failed() => self.failed += 1,
            _ => self.done += 1,
        }
        if let Some(End::Done { report, .. }) = &transfer.end {
            self.files += report.files;
            self.bytes += report.bytes;
            self.progress_bytes += transfer.progress.as_ref().map_or(report.bytes, |it| it.bytes_total);
        }
    }
}
