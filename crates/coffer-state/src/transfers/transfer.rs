//! One transfer: what it brings from where to where, how far it is, how it ended.

use super::end::TransferEnd;
use super::files::TransferFiles;
use super::title::TransferTitle;
use crate::runs::PlanRun;
use crate::selection::SelectionMark;
use coffer_model::transfer::{Direction, Progress};
use coffer_model::{AccountChoice, Entry, Job, PathRootId, Problem, RemotePath, RequestId, TransferPhase};
use coffer_stdx::speed::seconds_left;
use std::sync::Arc;

/// Files being looked at before they are uploaded.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparingUpload {
    pub id: RequestId,
    /// Files and folders that were dropped or picked.
    pub count: usize,
    pub target: RemotePath,
}

pub struct TransferItem {
    pub id: RequestId,
    pub direction: Direction,
    pub title: TransferTitle,
    /// Where it comes from and where it goes, in words.
    pub origin: String,
    pub target: String,
    pub progress: Option<Progress>,
    pub end: Option<TransferEnd>,
    /// What became of its files, one by one.
    pub files: TransferFiles,
    /// What to send again for a retry.
    pub job: Job,
    /// A command has begun it, and the window goes on with it.
    pub from_command_line: bool,
    /// The person has stopped it for now.
    pub paused: bool,
    /// It was asked to stop and has not yet.
    pub cancelling: bool,
    /// Program time at which it began.
    pub(super) started_secs: f64,
    /// The account it belongs to; only there it can be tried again.
    pub(crate) account: AccountChoice,
    /// The team space from which its remote paths start.
    pub(crate) path_root: Option<PathRootId>,
    /// What is left of an upload without the files that are there already or that the person skips.
    planned_bytes: u64,
    /// What an upload was planned from.
    pub(crate) source: Option<Arc<PlanRun>>,
    /// What was selected when it began.
    pub(crate) selected_before: Option<SelectionMark>,
}

/// What a transfer begins with.
pub(crate) struct NewTransfer {
    pub job: Job,
    pub direction: Direction,
    pub title: TransferTitle,
    /// Where it comes from and where it goes, in words.
    pub origin: String,
    pub target: String,
    /// What an upload was planned from.
    pub source: Option<Arc<PlanRun>>,
    /// A command has begun it, and the window goes on with it.
    pub from_command_line: bool,
}

impl TransferItem {
    /// Nothing is known yet of how far it is.
    pub(crate) fn new(
        id: RequestId,
        new: NewTransfer,
        (account, path_root): (AccountChoice, Option<PathRootId>),
        now_secs: f64,
    ) -> Self {
        Self {
            id,
            direction: new.direction,
            title: new.title,
            origin: new.origin,
            target: new.target,
            progress: None,
            end: None,
            files: TransferFiles::default(),
            planned_bytes: planned_bytes(&new.job),
            job: new.job,
            from_command_line: new.from_command_line,
            paused: false,
            cancelling: false,
            started_secs: now_secs,
            account,
            path_root,
            source: new.source,
            selected_before: None,
        }
    }

    pub fn is_running(&self) -> bool {
        self.end.is_none()
    }

    /// Whether the account is one at Dropbox, and not the one of this computer.
    pub fn is_with_dropbox(&self) -> bool {
        !matches!(self.account, AccountChoice::Local)
    }

    /// Stopped for now, or about to be.
    pub fn is_paused(&self) -> bool {
        self.paused || self.phase() == Some(&TransferPhase::Paused)
    }

    pub fn phase(&self) -> Option<&TransferPhase> {
        self.progress.as_ref().map(|progress| &progress.phase)
    }

    /// Whether all or part of it did not arrive.
    pub fn has_failed(&self) -> bool {
        match &self.end {
            Some(TransferEnd::Failed(_)) => true,
            Some(TransferEnd::Done { report, .. }) => !report.failed.is_empty(),
            Some(TransferEnd::Cancelled) | None => false,
        }
    }

    pub fn can_retry(&self) -> bool {
        self.has_failed() || matches!(self.end, Some(TransferEnd::Cancelled))
    }

    /// Whether there is something here to be shown in its folder.
    pub fn can_show(&self) -> bool {
        matches!(&self.end, Some(TransferEnd::Done { report, .. }) if report.files > 0)
    }

    /// Whether it has files that can be listed below it.
    pub fn can_unfold(&self) -> bool {
        if self.files.len() > 1 {
            return true;
        }
        match &self.job {
            Job::Upload { plan, .. } => plan.files.len() > 1 && !self.files.are_forgotten(),
            Job::Download { entries, .. } => {
                let several = entries.len() > 1 || entries.iter().any(Entry::is_folder);
                several && self.is_running()
            }
            Job::DownloadPast(_) => self.is_running(),
            _ => false,
        }
    }

    /// What did not arrive, and why.
    pub fn problems(&self) -> &[Problem] {
        match &self.end {
            Some(TransferEnd::Failed(problem)) => std::slice::from_ref(problem),
            Some(TransferEnd::Done { report, .. }) => &report.failed,
            Some(TransferEnd::Cancelled) | None => &[],
        }
    }

    /// All that did not arrive, as one problem to read.
    pub fn problem(&self) -> Option<Problem> {
        let problems = self.problems();
        problems.first().map(|first| crate::text::all_problems(first, problems))
    }

    /// Done and in all. Before the first progress of an upload, what was planned.
    pub(super) fn bytes(&self) -> (u64, u64) {
        match &self.progress {
            Some(progress) if progress.bytes_total > 0 => (progress.bytes_done, progress.bytes_total),
            _ => (0, self.planned_bytes),
        }
    }

    /// Unknown while it does not move.
    pub fn seconds_left(&self) -> Option<f64> {
        let progress = self.progress.as_ref()?;
        let left = progress.bytes_total.saturating_sub(progress.bytes_done);
        seconds_left(left, progress.bytes_per_second)
    }

    /// How much is done, 0 to 1, when that is known.
    pub fn fraction(&self) -> Option<f32> {
        let progress = self.progress.as_ref()?;
        let (done, total) = match progress.bytes_total {
            0 => (progress.files_done, progress.files_total),
            total => (progress.bytes_done, total),
        };
        (total > 0).then(|| (done as f64 / total as f64).clamp(0.0, 1.0) as f32)
    }
}

/// The bytes that an upload has to send; none are known of other jobs.
fn planned_bytes(job: &Job) -> u64 {
    let Job::Upload { plan } = job else { return 0 };
    plan.files.sent_bytes()
}
