//! Short news at the foot of the window, each with at most one button.

use super::transfers::Transfer;
use super::{State, text};
use coffer_model::transfer::TransferReport;
use coffer_model::{Direction, Edit, Inverse, Job, Problem, Recovery, RemotePath, RequestId};
use std::collections::BTreeSet;

/// At most so many at once.
const TOAST_LIMIT: usize = 2;

const DONE_SECS: f64 = 5.0;

/// Time enough to think better of it.
const UNDO_SECS: f64 = 10.0;

/// A toast under the pointer stays at least so much longer.
const HOLD_SECS: f64 = 1.5;

#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub id: u64,
    pub text: String,
    pub kind: ToastKind,
    pub action: Option<ToastAction>,
    /// Program time at which it goes away; moved on while the pointer rests on it. Infinite for problems, which stay
    /// until they are closed or newer toasts take their place.
    pub until_secs: f64,
    /// The pointer was on it when it was drawn last.
    pub held: bool,
    /// What has arrived, for the next of that kind to be added to.
    pub(super) arrived: Option<Arrived>,
    /// The transfer whose failure it tells; it goes when that is tried again.
    pub(super) failed: Option<RequestId>,
}

/// What one or more transfers have brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    pub direction: Direction,
    pub files: u64,
    /// Of transfers that brought no files.
    pub folders: u64,
    pub skipped: u64,
    /// Where it can be shown, in words.
    targets: BTreeSet<String>,
}

impl Arrived {
    fn of(transfer: &Transfer, report: &TransferReport, can_show: bool) -> Self {
        let folders = match &transfer.job {
            _ if report.files + report.skipped > 0 => 0,
            Job::Upload { plan, .. } => text::tops(plan).len(),
            Job::Download { entries, .. } => entries.len(),
            _ => 0,
        };
        Self {
            direction: transfer.direction,
            files: report.files,
            folders: folders as u64,
            skipped: report.skipped,
            targets: can_show.then(|| transfer.target.clone()).into_iter().collect(),
        }
    }

    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.folders += other.folders;
        self.skipped += other.skipped;
        self.targets.extend(other.targets);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    Done,
    Failed,
}

/// What the button does; [`super::text::toast_button`] is its text.
#[derive(Clone, Debug, PartialEq)]
pub enum ToastAction {
    Undo(Inverse),
    Retry(Box<Job>),
    Show(RemotePath),
    Details(Problem),
    RetryTransfer(RequestId),
    ShowTransfer(RequestId),
}

impl State {
    pub(super) fn toast_done(&mut self, text: String, action: Option<ToastAction>) {
        let secs = if matches!(action, Some(ToastAction::Undo(_))) { UNDO_SECS } else { DONE_SECS };
        self.push_toast(text, ToastKind::Done, action, self.clock_secs + secs);
    }

    /// Says that a transfer has arrived. What arrives while that is still said is added to it, so that a hundred small
    /// transfers do not chase each other over the window; it is shown only where all of it is in one place.
    pub(super) fn toast_arrived(
        &mut self,
        id: RequestId,
        report: &TransferReport,
        action: Option<ToastAction>,
    ) {
        let Some(transfer) = self.transfers.get(id) else { return };
        let new = Arrived::of(transfer, report, action.is_some());
        let before = self.toasts.iter_mut().find_map(|toast| {
            let same = toast.arrived.as_ref().is_some_and(|arrived| arrived.direction == new.direction);
            same.then_some((&mut toast.text, &mut toast.action, &mut toast.until_secs, &mut toast.arrived))
        });
        if let Some((words, button, until_secs, Some(arrived))) = before {
            arrived.add(new);
            *words = text::arrived(arrived);
            *button = action.or(button.take()).filter(|_| arrived.targets.len() == 1);
            *until_secs = self.clock_secs + DONE_SECS;
            return;
        }
        self.toast_done(text::transferred(&transfer.title, &new), action);
        if let Some(toast) = self.toasts.last_mut() {
            toast.arrived = Some(new);
        }
    }

    /// Takes away the toasts whose button is about a transfer that is no longer in the list.
    pub(super) fn forget_toasts(&mut self) {
        let transfers = &self.transfers;
        self.toasts.retain(|toast| match toast.action {
            Some(ToastAction::RetryTransfer(id) | ToastAction::ShowTransfer(id)) => {
                transfers.get(id).is_some()
            }
            _ => true,
        });
    }

    pub(super) fn toast_failed(&mut self, text: String, action: Option<ToastAction>) {
        self.push_toast(text, ToastKind::Failed, action, f64::INFINITY);
    }

    /// Says that a transfer has failed, or a part of it, until it is tried again.
    pub(super) fn toast_transfer_failed(&mut self, id: RequestId, text: String, action: ToastAction) {
        self.toast_failed(text, Some(action));
        if let Some(toast) = self.toasts.last_mut() {
            toast.failed = Some(id);
        }
    }

    /// Says that something did not work, with the one button that helps. `retry` is what to try again.
    pub(super) fn report(&mut self, problem: Problem, retry: Option<Job>) {
        self.note_failure(&problem);
        let action = match (problem.recovery(), retry) {
            // The card says it, with its own button.
            (Recovery::SignIn, _) => return,
            (Recovery::Retry | Recovery::Offline, Some(job)) => ToastAction::Retry(Box::new(job)),
            _ => ToastAction::Details(problem.clone()),
        };
        if problem.kind.is_outdated() {
            self.list_again();
        }
        self.toast_failed(problem.title, Some(action));
    }

    pub(super) fn hold_toast(&mut self, id: u64) {
        if let Some(toast) = self.toasts.iter_mut().find(|toast| toast.id == id) {
            toast.held = true;
        }
    }

    /// Takes away what was there long enough.
    pub(super) fn expire_toasts(&mut self) {
        let now = self.clock_secs;
        for toast in self.toasts.iter_mut().filter(|toast| toast.until_secs <= now && toast.held) {
            // The window says in the next frame whether the pointer is still on it.
            toast.held = false;
            toast.until_secs = now + HOLD_SECS;
        }
        self.toasts.retain(|toast| toast.until_secs > now);
    }

    pub(super) fn toasts_due_secs(&self) -> Option<f64> {
        let untils = self.toasts.iter().map(|toast| toast.until_secs);
        untils.filter(|until| until.is_finite()).min_by(f64::total_cmp)
    }

    /// Presses the button of a toast, which goes away with that.
    pub(super) fn toast_action(&mut self, id: u64) {
        let Some(at) = self.toasts.iter().position(|toast| toast.id == id) else { return };
        match self.toasts.remove(at).action {
            Some(ToastAction::Undo(inverse)) => self.undo_this(&inverse),
            Some(ToastAction::Retry(job)) => self.retry(*job),
            Some(ToastAction::Show(path)) => {
                if let Some(parent) = path.parent() {
                    self.show_in(parent, vec![path]);
                }
            }
            Some(ToastAction::Details(problem)) => self.open_dialog(super::dialog::Dialog::Problem(problem)),
            Some(ToastAction::RetryTransfer(id)) => self.retry_transfer(id),
            Some(ToastAction::ShowTransfer(id)) => self.show_transferred(id),
            None => {}
        }
    }

    /// Sends once more what failed.
    fn retry(&mut self, job: Job) {
        match job {
            Job::Edit(Edit::Undo(inverse)) => self.undo_this(&inverse),
            Job::Edit(edit) => {
                self.run_edit(edit);
            }
            Job::PlanUpload { local_paths, target } => self.plan_upload(local_paths, target),
            Job::CreateLink { path } => self.copy_link_of(path),
            // Nothing else is offered to be tried again by a toast.
            _ => {}
        }
    }

    fn push_toast(&mut self, text: String, kind: ToastKind, action: Option<ToastAction>, until_secs: f64) {
        // The same news again takes the place of the old.
        self.toasts.retain(|toast| toast.text != text || toast.kind != kind);
        self.last_toast += 1;
        self.toasts.push(Toast {
            id: self.last_toast,
            text,
            kind,
            action,
            until_secs,
            held: false,
            arrived: None,
            failed: None,
        });
        if self.toasts.len() > TOAST_LIMIT {
            self.toasts.remove(0);
        }
    }
}
