//! What is said by toasts, and what their buttons do.

use super::dialog::Dialog;
use super::toast::ToastAction;
use super::{State, text};
use coffer_model::{Edit, Job, Problem, Recovery};

impl State {
    pub(super) fn toast_done(&mut self, text: String, action: Option<ToastAction>) {
        self.toasts.push_done(text, action, self.context.now_secs());
    }

    /// Says that something did not work, with the one button that helps. `retry` is what to try again.
    pub(super) fn report(&mut self, problem: Problem, retry: Option<Job>) {
        self.session.record_failure(&problem);
        let action = match (problem.recovery(), retry) {
            // The card says it, with its own button.
            (Recovery::SignIn, _) => return,
            (Recovery::Retry | Recovery::Offline | Recovery::NetworkSignIn, Some(job)) => {
                ToastAction::Retry(Box::new(job))
            }
            _ => ToastAction::Details(problem.clone()),
        };
        if problem.kind.is_outdated() {
            self.list_again();
        }
        self.toasts.push_failed(problem.title, Some(action));
    }

    /// Says that some items of an edit or a transfer did not work, and shows all of them in one dialog.
    pub(super) fn report_all(&mut self, title: String, failed: &[Problem]) {
        for problem in failed {
            self.session.record_failure(problem);
        }
        let details = failed.first().map(|first| ToastAction::Details(text::all_problems(first, failed)));
        self.toasts.push_failed(title, details);
    }

    /// Presses the button of a toast, which goes away with that.
    pub(super) fn toast_action(&mut self, id: u64) {
        match self.toasts.remove(id) {
            Some(ToastAction::Reverse(id, step)) => self.reverse_known(id, step),
            Some(ToastAction::KeepSearch { index, search }) => self.restore_saved_search(index, search),
            Some(ToastAction::RemoveBookmark(path)) => self.remove_bookmark(&path),
            Some(ToastAction::PutBookmark { index, bookmark }) => self.put_bookmark_back(index, bookmark),
            Some(ToastAction::Retry(job)) => self.retry(*job),
            Some(ToastAction::Details(problem)) => self.open_dialog(Dialog::Problem(problem)),
            Some(ToastAction::CancelEdit(id)) => self.context.stop(id),
            Some(ToastAction::RetryTransfer(id)) => self.retry_transfer(id),
            Some(ToastAction::ShowTransfer(id)) => self.show_transferred(id),
            Some(ToastAction::ReviewOpenFiles) => self.review_open_files(),
            None => {}
        }
    }

    /// Sends once more what failed.
    fn retry(&mut self, job: Job) {
        match job {
            Job::Edit(Edit::Undo { operation, step }) => self.reverse_known(operation, step),
            Job::Edit(edit) => {
                self.run_edit(edit);
            }
            Job::PlanUpload { local_paths, target, .. } => self.plan_upload(local_paths, target),
            Job::CreateLink { path, .. } => self.copy_link_of(path),
            // Nothing else is offered to be tried again by a toast.
            _ => {}
        }
    }

    /// The list of transfers became shorter: toasts about those that are gone go as well.
    pub(super) fn forget_toasts(&mut self) {
        let transfers = &self.transfers;
        self.toasts.keep_transfers(|id| transfers.get(id).is_some());
    }
}
