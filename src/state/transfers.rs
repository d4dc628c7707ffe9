//! Uploads and downloads of this run, running ones first: progress, end, trying again what failed.
//! How they begin is in `uploads` and `downloads`.

use super::clock::COUNTDOWN_SECS;
use super::requests::Purpose;
use super::session::is_same_account;
use super::toast::ToastAction;
use super::uploads::PlanRun;
use super::{State, dialog::UploadQuestions, text};
use crate::model::transfer::{Direction, Progress, TransferReport};
use crate::model::{
    AccountChoice, Inverse, Job, Outcome, Phase, Problem, Receipt, Recovery, RemotePath, RequestId,
};
use jiff::Timestamp;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
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
    close_due_secs: Option<f64>,
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
    noticed: bool,
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
    fn arrange(&mut self) {
        self.list.sort_by_key(|transfer| !transfer.is_running());
        let running = self.list.iter().filter(|transfer| transfer.is_running()).count();
        self.list.truncate(running + ENDED_LIMIT);
    }
}

impl State {
    /// Starts a transfer and puts it into the list.
    pub(super) fn run_transfer(
        &mut self,
        job: Job,
        direction: Direction,
        title: String,
        target: String,
        source: Option<Arc<PlanRun>>,
    ) -> RequestId {
        let id = self.run(job.clone(), Purpose::Transfer);
        let transfer = Transfer {
            id,
            direction,
            title,
            target,
            progress: None,
            end: None,
            job,
            cancelling: false,
            started_secs: self.clock_secs,
            account: self.session.choice.clone(),
            source,
            noticed: false,
        };
        self.transfers.close_due_secs = None;
        self.transfers.list.insert(0, transfer);
        id
    }

    pub(super) fn on_transferred(&mut self, id: RequestId, outcome: Outcome) {
        let here =
            self.transfers.get(id).is_some_and(|it| is_same_account(&it.account, &self.session.choice));
        let now = self.now;
        let Some(transfer) = self.transfers.get_mut(id) else { return };
        transfer.cancelling = false;
        let title = transfer.title.clone();
        match outcome {
            Outcome::Done(Receipt::Transferred { report, undo }) => {
                let (direction, job) = (transfer.direction, transfer.job.clone());
                transfer.end = Some(End::Done { at: now, report: report.clone() });
                self.say_transferred(id, direction, &title, &report);
                if here {
                    self.after_transfer(&job, &title, &report, undo);
                }
            }
            // The copy behind "Open" is open now: nothing more to say.
            Outcome::Done(_) => self.transfers.list.retain(|transfer| transfer.id != id),
            Outcome::Cancelled => transfer.end = Some(End::Cancelled),
            Outcome::Failed(problem) => {
                transfer.end = Some(End::Failed(problem.clone()));
                self.say_failed(id, &problem);
            }
        }
        self.transfers.arrange();
        self.close_panel_later();
    }

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

    pub(super) fn cancel_transfer(&mut self, id: RequestId) {
        if let Some(at) = self.transfers.preparing.iter().position(|preparing| preparing.id == id) {
            self.transfers.preparing.remove(at);
            self.cancel(Some(id));
        } else if let Some(transfer) = self.transfers.get_mut(id).filter(|it| it.is_running()) {
            transfer.cancelling = true;
            self.stop(id);
        }
    }

    /// Tries again what did not arrive, and only that.
    pub(super) fn retry_transfer(&mut self, id: RequestId) {
        let here = |it: &Transfer| is_same_account(&it.account, &self.session.choice);
        let position = self.transfers.list.iter().position(|it| it.id == id && it.can_retry() && here(it));
        let Some(at) = position else { return };
        let transfer = self.transfers.list.remove(at);
        match (&transfer.job, &transfer.end) {
            (Job::Upload { .. }, _) => self.retry_upload(&transfer),
            (Job::Download { entries, folder }, Some(End::Done { report, .. })) => {
                let failed = |path: &RemotePath| {
                    report
                        .failed
                        .iter()
                        .filter_map(|problem| problem.path.as_ref())
                        .any(|it| path.contains(it))
                };
                let mut again: Vec<_> = entries.iter().filter(|entry| failed(&entry.path)).cloned().collect();
                if again.is_empty() {
                    again.clone_from(entries);
                }
                self.run_download(again, folder.clone());
            }
            (job, _) => {
                let (job, title, target) = (job.clone(), transfer.title, transfer.target);
                self.run_transfer(job, transfer.direction, title, target, transfer.source);
            }
        }
    }

    /// Tries again all transfers that failed for a reason that has passed.
    pub(super) fn retry_transfers_after(&mut self, recovery: Recovery) {
        if recovery == Recovery::SignIn {
            for run in std::mem::take(&mut self.transfers.held) {
                self.plan_again(run);
            }
        }
        let failed = |it: &&Transfer| it.problems().iter().any(|problem| problem.recovery == recovery);
        let ids: Vec<RequestId> = self.transfers.list.iter().filter(failed).map(|it| it.id).collect();
        for id in ids.into_iter().rev() {
            self.retry_transfer(id);
        }
    }

    /// Shows what arrived: in its folder here, or in the file manager.
    pub(super) fn show_transferred(&mut self, id: RequestId) {
        let Some(transfer) = self.transfers.get(id) else { return };
        let Some(End::Done { report, .. }) = &transfer.end else { return };
        match &transfer.job {
            Job::Upload { plan, .. } if is_same_account(&transfer.account, &self.session.choice) => {
                let target = plan.target.clone();
                let mut tops: Vec<RemotePath> =
                    report.uploaded.iter().filter_map(|it| child_towards(&target, &it.remote_path)).collect();
                tops.dedup();
                self.close_dialog();
                self.show_in(target, tops);
            }
            Job::Download { folder, .. } => self.browse_folder(&folder.clone()),
            Job::SaveAs { local_path, .. } => {
                let folder = local_path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
                self.browse_folder(&folder);
            }
            _ => {}
        }
    }

    fn browse_folder(&mut self, folder: &Path) {
        self.run(Job::Browse { url: file_url(folder) }, Purpose::Browse);
    }

    /// What an account's own transfers change here.
    fn after_transfer(&mut self, job: &Job, title: &str, report: &TransferReport, undo: Option<Inverse>) {
        if let Job::Upload { plan, .. } = job {
            let mut folders: Vec<RemotePath> =
                report.uploaded.iter().filter_map(|uploaded| uploaded.remote_path.parent()).collect();
            folders.push(plan.target.clone());
            folders.extend(plan.empty_folders.iter().filter_map(RemotePath::parent));
            folders.sort_unstable();
            folders.dedup();
            self.on_changed(Some(&folders));
        }
        self.remember_transfer(title, undo);
    }

    fn say_transferred(&mut self, id: RequestId, direction: Direction, title: &str, report: &TransferReport) {
        if report.failed.is_empty() {
            let shown = report.files > 0 || report.skipped == 0;
            let action = shown.then_some(ToastAction::ShowTransfer(id));
            self.toast_done(text::transferred(direction, title, report), action);
        } else {
            for problem in &report.failed {
                self.note_failure(problem);
            }
            let has = |recovery| report.failed.iter().any(|problem| problem.recovery == recovery);
            let action = match report.failed.first() {
                // It is kept, and tried again after the sign-in.
                _ if has(Recovery::SignIn) => return,
                Some(first) if !has(Recovery::Retry) && !has(Recovery::Offline) => {
                    ToastAction::Details(text::all_problems(first, &report.failed))
                }
                _ => ToastAction::RetryTransfer(id),
            };
            self.toast_failed(text::transfer_failed(direction, report), Some(action));
        }
    }

    fn say_failed(&mut self, id: RequestId, problem: &Problem) {
        self.note_failure(problem);
        let action = match problem.recovery {
            // It is kept, and tried again after the sign-in.
            Recovery::SignIn => return,
            Recovery::Retry | Recovery::Offline => ToastAction::RetryTransfer(id),
            _ => ToastAction::Details(problem.clone()),
        };
        self.toast_failed(problem.title.clone(), Some(action));
    }

    fn close_panel_later(&mut self) {
        let transfers = &mut self.transfers;
        let all_well = !transfers.list.iter().any(Transfer::has_failed);
        if transfers.panel_open && transfers.opened_itself && transfers.is_idle() && all_well {
            transfers.close_due_secs = Some(self.clock_secs + CLOSE_SECS);
        }
    }
}

/// The item in `folder` that is `path` or holds it.
fn child_towards(folder: &RemotePath, path: &RemotePath) -> Option<RemotePath> {
    path.lineage().into_iter().find(|step| step.parent().as_ref() == Some(folder))
}

/// A local folder as an address that the system opens in its file manager.
fn file_url(folder: &Path) -> String {
    let mut url = String::from("file://");
    for byte in folder.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push('%');
            url.extend(
                [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])),
            );
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::{child_towards, file_url};
    use crate::model::RemotePath;
    use std::path::Path;

    #[test]
    fn a_folder_becomes_an_address_whatever_its_name() {
        assert_eq!(file_url(Path::new("/home/ida/My é")), "file:///home/ida/My%20%C3%A9");
    }

    #[test]
    fn what_was_uploaded_is_shown_by_the_item_that_holds_it() {
        let path = RemotePath::new;
        assert_eq!(child_towards(&path("/A"), &path("/A/b/c.txt")), Some(path("/A/b")));
        assert_eq!(child_towards(&path("/"), &path("/c.txt")), Some(path("/c.txt")));
        assert_eq!(child_towards(&path("/A"), &path("/B/c.txt")), None);
    }
}
