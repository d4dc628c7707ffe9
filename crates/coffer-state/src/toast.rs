//! Short messages at the foot of the window, each with at most one button: which there are, for how long, and what a
//! new one does to those that are there. What a button does is in `toasting`.

use super::text;
use super::transfer_summary::TransferSummary;
use coffer_model::settings::{Bookmark, SavedSearch};
use coffer_model::{Job, OperationId, Problem, RemotePath, RequestId, UndoStep};
use coffer_texts::tr;

/// At most so many at once.
const TOAST_LIMIT: usize = 2;

const DONE_SECS: f64 = 5.0;

/// Time enough to think better of it.
const UNDO_SECS: f64 = 10.0;

/// An edit that takes no longer says nothing until it is done.
const PROGRESS_AFTER_SECS: f64 = 1.0;

/// A toast under the pointer stays at least so much longer.
const HOLD_SECS: f64 = 1.5;

#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub id: u64,
    pub text: String,
    pub kind: ToastKind,
    pub action: Option<ToastAction>,
    /// Program time at which it goes away; moved on while the pointer rests on it. Infinite for problems, which stay
    /// until they are closed, newer toasts take their place, or another location is shown.
    until_secs: f64,
    /// The pointer was on it when it was drawn last.
    pub under_pointer: bool,
    /// What was transferred, for the next transfer of that kind to be added to.
    transferred: Option<TransferSummary>,
    /// The transfer whose failure it tells; it goes when that is tried again.
    failed: Option<RequestId>,
    /// The operation that was done in part only, as it tells; it goes when that is undone.
    done_in_part: Option<OperationId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    Done,
    Failed,
}

/// What the button does.
#[derive(Clone, Debug, PartialEq)]
pub enum ToastAction {
    Reverse(OperationId, UndoStep),
    /// Saves a search again that was removed.
    KeepSearch {
        index: usize,
        search: SavedSearch,
    },
    /// The bookmark leads nowhere.
    RemoveBookmark(RemotePath),
    /// Puts a bookmark back that was removed.
    PutBookmark {
        index: usize,
        bookmark: Bookmark,
    },
    Retry(Box<Job>),
    Details(Problem),
    CancelEdit(RequestId),
    RetryTransfer(RequestId),
    ShowTransfer(RequestId),
    /// Files that are open in other programs need the person.
    ReviewOpenFiles,
}

impl ToastAction {
    /// The text of the button.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Reverse(_, UndoStep::Undo) | Self::KeepSearch { .. } | Self::PutBookmark { .. } => {
                tr!("command-undo")
            }
            Self::RemoveBookmark(_) => tr!("command-remove-bookmark"),
            Self::Reverse(_, UndoStep::Redo) => tr!("command-redo"),
            Self::Retry(_) | Self::RetryTransfer(_) => tr!("retry"),
            Self::ShowTransfer(_) => tr!("toast-show"),
            Self::Details(_) => tr!("toast-details"),
            Self::CancelEdit(_) => tr!("cancel"),
            Self::ReviewOpenFiles => tr!("toast-review"),
        }
    }
}

/// At most two, oldest first.
#[derive(Default)]
pub struct Toasts {
    list: Vec<Toast>,
    last_id: u64,
    progress: Option<ShownProgress>,
}

/// The edit whose progress is shown.
struct ShownProgress {
    edit: RequestId,
    since_secs: f64,
    text: String,
    /// The person has closed its toast.
    is_closed: bool,
}

impl Toasts {
    pub fn list(&self) -> &[Toast] {
        &self.list
    }

    pub(super) fn clear(&mut self) {
        self.list.clear();
    }

    pub(super) fn push_done(&mut self, text: String, action: Option<ToastAction>, now_secs: f64) {
        let undoes = matches!(
            action,
            Some(ToastAction::Reverse(..) | ToastAction::KeepSearch { .. } | ToastAction::PutBookmark { .. })
        );
        let secs = if undoes { UNDO_SECS } else { DONE_SECS };
        self.push(text, ToastKind::Done, action, now_secs + secs);
    }

    /// Something did not work. It stays until it is closed.
    pub(super) fn push_failed(&mut self, text: String, action: Option<ToastAction>) {
        self.push(text, ToastKind::Failed, action, f64::INFINITY);
    }

    /// Another location is shown: what did not work in the one before is said for a while more. What can be tried again, and
    /// what is under way, stays.
    pub(super) fn leave_location(&mut self, now_secs: f64) {
        let is_told = |action: &Option<ToastAction>| matches!(action, None | Some(ToastAction::Details(_)));
        for toast in self.list.iter_mut().filter(|toast| toast.failed.is_none() && is_told(&toast.action)) {
            toast.until_secs = toast.until_secs.min(now_secs + UNDO_SECS);
        }
    }

    /// Says how far an edit is that takes long, in one toast that stays until the edit ends.
    pub(super) fn show_progress(&mut self, edit: RequestId, text: String, now_secs: f64) {
        let progress = match &mut self.progress {
            Some(known) if known.edit == edit => known,
            _ => self.progress.insert(ShownProgress {
                edit,
                since_secs: now_secs,
                text: String::new(),
                is_closed: false,
            }),
        };
        progress.text.clone_from(&text);
        if progress.is_closed || now_secs - progress.since_secs < PROGRESS_AFTER_SECS {
            return;
        }
        let action = ToastAction::CancelEdit(edit);
        match self.list.iter_mut().find(|toast| toast.action.as_ref() == Some(&action)) {
            Some(toast) => toast.text = text,
            None => self.push(text, ToastKind::Done, Some(action), f64::INFINITY),
        }
    }

    /// How far the edit is of which that is told.
    pub(super) fn progress_text(&self) -> Option<&str> {
        self.progress.as_ref().map(|progress| progress.text.as_str())
    }

    pub(super) fn end_progress(&mut self, edit: RequestId) {
        self.progress.take_if(|progress| progress.edit == edit);
        self.list.retain(|toast| toast.action != Some(ToastAction::CancelEdit(edit)));
    }

    /// A transfer has failed, or a part of it. It stays until that is tried again.
    pub(super) fn push_transfer_failed(&mut self, id: RequestId, text: String, action: ToastAction) {
        self.push_failed(text, Some(action));
        if let Some(toast) = self.list.last_mut() {
            toast.failed = Some(id);
        }
    }

    /// A transfer is done. What is done while the toast of an earlier one is shown is added to that, so that a hundred
    /// small transfers do not chase each other over the window; it is shown only where all of it is in one folder.
    /// `text` is for a toast of its own.
    pub(super) fn push_transferred(
        &mut self,
        text: String,
        summary: TransferSummary,
        action: Option<ToastAction>,
        now_secs: f64,
    ) {
        let same = |toast: &&mut Toast| {
            toast.transferred.as_ref().is_some_and(|known| known.direction == summary.direction)
        };
        if let Some(toast) = self.list.iter_mut().find(same)
            && let Some(known) = &mut toast.transferred
        {
            known.add(summary);
            toast.text = text::transfer_summary(known);
            toast.action = action.or(toast.action.take()).filter(|_| known.targets.len() == 1);
            toast.until_secs = now_secs + DONE_SECS;
            return;
        }
        self.push_done(text, action, now_secs);
        if let Some(toast) = self.list.last_mut() {
            toast.transferred = Some(summary);
        }
    }

    /// The pointer is on a toast.
    pub(super) fn set_under_pointer(&mut self, id: u64) {
        if let Some(toast) = self.list.iter_mut().find(|toast| toast.id == id) {
            toast.under_pointer = true;
        }
    }

    /// Removes what was there long enough.
    pub(super) fn expire(&mut self, now_secs: f64) {
        for toast in self.list.iter_mut().filter(|toast| toast.until_secs <= now_secs && toast.under_pointer)
        {
            // The window says in the next frame whether the pointer is still on it.
            toast.under_pointer = false;
            toast.until_secs = now_secs + HOLD_SECS;
        }
        self.list.retain(|toast| toast.until_secs > now_secs);
    }

    pub(super) fn due_secs(&self) -> Option<f64> {
        let untils = self.list.iter().map(|toast| toast.until_secs);
        untils.filter(|until| until.is_finite()).min_by(f64::total_cmp)
    }

    /// Removes a toast; answers with what its button does.
    pub(super) fn remove(&mut self, id: u64) -> Option<ToastAction> {
        let index = self.list.iter().position(|toast| toast.id == id)?;
        let action = self.list.remove(index).action;
        if let (Some(ToastAction::CancelEdit(edit)), Some(progress)) = (&action, &mut self.progress) {
            progress.is_closed |= progress.edit == *edit;
        }
        action
    }

    /// Whether a toast has a button that does this.
    pub(super) fn offers(&self, action: &ToastAction) -> bool {
        self.list.iter().any(|toast| toast.action.as_ref() == Some(action))
    }

    /// What was said last is about an operation that was done in part only.
    pub(super) fn last_is_of(&mut self, operation: OperationId) {
        if let Some(toast) = self.list.last_mut() {
            toast.done_in_part = Some(operation);
        }
    }

    /// An operation is undone or redone: a toast that offered that has nothing to offer any longer.
    pub(super) fn remove_undone(&mut self, operation: OperationId) {
        self.list.retain(|toast| {
            let offers_it =
                matches!(&toast.action, Some(ToastAction::Reverse(offered, _)) if *offered == operation);
            !offers_it && toast.done_in_part != Some(operation)
        });
    }

    /// A failed transfer is tried again.
    pub(super) fn remove_retried(&mut self, id: RequestId) {
        self.list.retain(|toast| toast.failed != Some(id));
    }

    /// Removes the toasts whose button is about a transfer that is no longer in the list.
    pub(super) fn keep_transfers(&mut self, is_listed: impl Fn(RequestId) -> bool) {
        self.list.retain(|toast| match toast.action {
            Some(ToastAction::RetryTransfer(id) | ToastAction::ShowTransfer(id)) => is_listed(id),
            _ => true,
        });
    }

    fn push(&mut self, text: String, kind: ToastKind, action: Option<ToastAction>, until_secs: f64) {
        // The same message again takes the place of the old one.
        self.list.retain(|toast| toast.text != text || toast.kind != kind);
        self.last_id += 1;
        self.list.push(Toast {
            id: self.last_id,
            text,
            kind,
            action,
            until_secs,
            under_pointer: false,
            transferred: None,
            failed: None,
            done_in_part: None,
        });
        if self.list.len() > TOAST_LIMIT {
            // What is under way can be stopped as long as it is.
            let is_over = |toast: &Toast| !matches!(toast.action, Some(ToastAction::CancelEdit(_)));
            self.list.remove(self.list.iter().position(is_over).unwrap_or(0));
        }
    }
}
