//! The list of uploads and downloads of this run, running ones first, their sum, and the panel that shows them.
//! What happens to them is in `transferring`; how they begin is in `uploads` and `downloads`.

use super::State;
use super::clock::COUNTDOWN_SECS;
use super::dialog::UploadQuestions;
use super::uploads::PlanRun;
use crate::model::transfer::{Direction, Progress, TransferReport};
use crate::model::{AccountChoice, Job, Phase, Problem, RemotePath, RequestId};
use jiff::Timestamp;
use std::collections::VecDeque;
use std::sync::Arc;

/// A transfer that takes longer opens the panel.
const NOTICE_SECS: f64 = 1.0;

/// A panel that opened itself closes so long after all went well.
const CLOSE_SECS: f64 = 4.0;

/// Ended transfers that are kept in the list.
const ENDED_LIMIT: usize = 100;

#[derive(Default)]
pub struct Transfers {
    pub list: Vec<Transfer>,
    pub panel_open: bool,

    /// Uploads whose files are being looked at; [`super::Action::CancelTransfer`] stops them too.
    pub preparing: Vec<Preparing>,

    /// Uploads that could not be planned because the sign-in ended.
    pub(super) held: Vec<Arc<PlanRun>>,

    /// Questions about uploads that wait until no dialog is open.
    pub(super) questions: VecDeque<UploadQuestions>,

    /// Nobody opened the panel, so nobody has to close it: when it does so.
    pub(super) close_due_secs: Option<f64>,
    opened_itself: bool,
}

/// Files being looked at before they are uploaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Preparing {
    pub id: RequestId,
    /// Files and folders that were dropped or picked.
    pub count: usize,
    pub target: RemotePath,
}

pub struct Transfer {
    pub id: RequestId,
    pub direction: Direction,
    /// "Crossing the glacier.mp4", "Expedition 2026 (412 files)".
    pub title: String,
    /// Where it goes, in words.
    pub target: String,
    pub progress: Option<Progress>,
    pub end: Option<End>,
    /// What to send again for a retry.
    pub job: Job,
    /// It was asked to stop and has not yet.
    pub cancelling: bool,
    /// Program time at which it began.
    pub started_secs: f64,
    /// The account it belongs to; only there it can be tried again.
    pub(super) account: AccountChoice,
    /// What an upload was planned from.
    pub(super) source: Option<Arc<PlanRun>>,
    /// Long enough under way to be shown.
    pub(super) noticed: bool,
}

pub enum End {
    Done { at: Timestamp, report: TransferReport },
    Failed(Problem),
    Cancelled,
}

/// All running transfers in one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    pub running: usize,
    /// Ended ones with something that did not arrive.
    pub failed: usize,
    pub bytes_done: u64,
    pub bytes_total: u64,
    pub bytes_per_second: f64,
    /// Unknown while nothing moves.
    pub seconds_left: Option<f64>,
    /// Of all bytes, 0 to 1; unknown while no transfer knows its bytes.
    pub fraction: Option<f32>,
}

impl Transfer {
    pub fn is_running(&self) -> bool {
        self.end.is_none()
    }

    /// Whether all or part of it did not arrive.
    pub fn has_failed(&self) -> bool {
        match &self.end {
            Some(End::Failed(_)) => true,
            Some(End::Done { report, .. }) => !report.failed.is_empty(),
            Some(End::Cancelled) | None => false,
        }
    }

    pub fn can_retry(&self) -> bool {
        self.has_failed() || matches!(self.end, Some(End::Cancelled))
    }

    /// What did not arrive, and why.
    pub fn problems(&self) -> &[Problem] {
        match &self.end {
            Some(End::Failed(problem)) => std::slice::from_ref(problem),
            Some(End::Done { report, .. }) => &report.failed,
            Some(End::Cancelled) | None => &[],
        }
    }

    pub fn seconds_left(&self) -> Option<f64> {
        let progress = self.progress.as_ref()?;
        (progress.bytes_per_second > 0.0).then(|| bytes_left(progress) as f64 / progress.bytes_per_second)
    }
}

fn bytes_left(progress: &Progress) -> u64 {
    progress.bytes_total.saturating_sub(progress.bytes_done)
}

impl Transfers {
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { running: self.preparing.len(), ..Summary::default() };
        let mut left = 0;
        for transfer in &self.list {
            summary.failed += usize::from(transfer.has_failed());
            if !transfer.is_running() {
                continue;
            }
            summary.running += 1;
            if let Some(progress) = &transfer.progress {
                summary.bytes_done += progress.bytes_done;
                summary.bytes_total += progress.bytes_total;
                left += bytes_left(progress);
                if progress.phase == Phase::Moving {
                    summary.bytes_per_second += progress.bytes_per_second;
                }
            }
        }
        if summary.bytes_per_second > 0.0 {
            summary.seconds_left = Some(left as f64 / summary.bytes_per_second);
        }
        if summary.bytes_total > 0 {
            let fraction = summary.bytes_done as f64 / summary.bytes_total as f64;
            summary.fraction = Some(fraction.clamp(0.0, 1.0) as f32);
        }
        summary
    }

    pub fn get(&self, id: RequestId) -> Option<&Transfer> {
        self.list.iter().find(|transfer| transfer.id == id)
    }

    pub(super) fn get_mut(&mut self, id: RequestId) -> Option<&mut Transfer> {
        self.list.iter_mut().find(|transfer| transfer.id == id)
    }

    pub(super) fn toggle_panel(&mut self) {
        self.panel_open = !self.panel_open;
        self.opened_itself = false;
        self.close_due_secs = None;
    }

    /// Forgets what has ended.
    pub(super) fn clear(&mut self) {
        self.list.retain(Transfer::is_running);
        if self.list.is_empty() {
            self.panel_open = false;
        }
    }

    pub(super) fn on_progress(&mut self, id: RequestId, progress: Progress) {
        if let Some(transfer) = self.get_mut(id) {
            transfer.progress = Some(progress);
        }
    }

    fn is_idle(&self) -> bool {
        self.preparing.is_empty() && self.list.iter().all(|transfer| !transfer.is_running())
    }

    /// Running ones first, the newest of each first, and not too many that have ended.
    pub(super) fn arrange(&mut self) {
        self.list.sort_by_key(|transfer| !transfer.is_running());
        let running = self.list.iter().filter(|transfer| transfer.is_running()).count();
        self.list.truncate(running + ENDED_LIMIT);
    }
}

impl State {
    /// Opens the panel for what takes long, closes it when it opened itself and all went well.
    pub(super) fn watch_transfers(&mut self) {
        let now = self.clock_secs;
        let transfers = &mut self.transfers;
        for transfer in &mut transfers.list {
            if !transfer.noticed && transfer.is_running() && transfer.started_secs + NOTICE_SECS <= now {
                transfer.noticed = true;
                if !transfers.panel_open {
                    transfers.panel_open = true;
                    transfers.opened_itself = true;
                }
            }
        }
        if transfers.close_due_secs.is_some_and(|due| due <= now) {
            transfers.close_due_secs = None;
            transfers.panel_open = false;
        }
    }

    pub(super) fn transfers_due_secs(&self) -> Option<f64> {
        let unnoticed =
            self.transfers.list.iter().filter(|transfer| transfer.is_running() && !transfer.noticed);
        // A wait counts down, and nobody else tells the window that time passes.
        let waiting = |it: &Transfer| {
            it.is_running()
                && it.progress.as_ref().is_some_and(|it| matches!(it.phase, Phase::Waiting { .. }))
        };
        let countdown = self.transfers.list.iter().any(waiting).then_some(self.clock_secs + COUNTDOWN_SECS);
        unnoticed
            .map(|transfer| transfer.started_secs + NOTICE_SECS)
            .chain(self.transfers.close_due_secs)
            .chain(countdown)
            .min_by(f64::total_cmp)
    }

    /// Closes a panel that opened itself a while after all went well.
    pub(super) fn close_panel_later(&mut self) {
        let transfers = &mut self.transfers;
        let all_well = !transfers.list.iter().any(Transfer::has_failed);
        if transfers.panel_open && transfers.opened_itself && transfers.is_idle() && all_well {
            transfers.close_due_secs = Some(self.clock_secs + CLOSE_SECS);
        }
    }
}
