//! What happens to transfers: how each begins and ends, what is said then, retrying what failed, showing the result.

use super::open_files::saved_by;
use super::requests::RequestPurpose;
use super::resume_transfers::is_same;
use super::selection::SelectionMark;
use super::session::is_same_account;
use super::toast::ToastAction;
use super::transfer_summary::TransferSummary;
use super::transfers::title::top_level_items;
use super::transfers::{NewTransfer, Section, TransferEnd, TransferItem};
use super::{State, text};
use coffer_model::transfer::{Direction, TransferReport};
use coffer_model::{
    AccountChoice, Job, Operation, Outcome, PathRootId, Problem, ProblemKind, Receipt, Recovery, RemotePath,
    RequestId,
};
use std::path::{Path, PathBuf};

/// Only the end of what took longer is worth a message on the desktop.
const LONG_SECS: f64 = 20.0;

impl State {
    /// Starts a transfer and puts it at the end of the queue.
    pub(super) fn start_transfer(&mut self, new: NewTransfer) -> RequestId {
        let id = self.context.run(new.job.clone(), RequestPurpose::Transfer);
        let owner = self.owner_of(&new.job);
        let mut transfer = TransferItem::new(id, new, owner, self.context.now_secs());
        transfer.selected_before = Some(self.browser.selection_mark());
        self.transfers.start(transfer);
        id
    }

    /// The account and the team space to which a transfer that begins now belongs.
    fn owner_of(&self, job: &Job) -> (AccountChoice, Option<PathRootId>) {
        // An upload goes where it was planned, also when it was planned in an earlier run.
        let path_root = match job {
            Job::Upload { plan } => plan.path_root.clone(),
            _ => self.path_root().cloned(),
        };
        (self.session.choice.clone(), path_root)
    }

    /// Lists a transfer that has ended in an earlier run; the person may try it again.
    pub(super) fn add_ended_transfer(&mut self, new: NewTransfer, end: TransferEnd) {
        let owner = self.owner_of(&new.job);
        let id = self.context.next_id();
        let transfer = TransferItem::new(id, new, owner, self.context.now_secs());
        self.transfers.add_ended(transfer, end);
    }

    /// Whether the paths of a transfer mean the same items as those that are seen now.
    fn is_here(&self, transfer: &TransferItem) -> bool {
        is_same_account(&transfer.account, &self.session.choice) && self.has_path_root_of(transfer)
    }

    pub(super) fn has_path_root_of(&self, transfer: &TransferItem) -> bool {
        transfer.path_root.as_ref() == self.path_root()
    }

    pub(super) fn on_transferred(&mut self, id: RequestId, outcome: Outcome) {
        let Some(transfer) = self.transfers.get(id) else { return };
        let here = self.is_here(transfer);
        let (direction, job) = (transfer.direction, transfer.job.clone());
        let selected_before = transfer.selected_before.clone();
        if let Job::FetchPromised { folder, .. } = job {
            self.transfers.remove(id);
            self.on_promised_fetched(folder, outcome);
            return self.after_transfer_ended();
        }
        match outcome {
            // Stopped on its way: the worker tells what had arrived by then.
            Outcome::Done(Receipt::Transferred { report, operation }) if report.cancelled => {
                for problem in &report.failed {
                    self.session.record_failure(problem);
                }
                if here {
                    self.after_transfer(&job, &report, operation);
                }
                self.transfers.end(id, TransferEnd::Cancelled);
            }
            Outcome::Done(Receipt::Transferred { report, operation }) => {
                self.report_transferred(id, direction, &report);
                if here {
                    self.after_transfer(&job, &report, operation);
                    self.select_uploaded(&job, &report, selected_before.as_ref());
                }
                self.transfers.end(id, TransferEnd::Done { at: self.now, report });
            }
            Outcome::Done(Receipt::SavedCopy(saved)) => {
                self.transfers.remove(id);
                if here {
                    self.on_copy_saved(&job, saved);
                }
            }
            // The copy behind "Open" is open now: nothing more to say.
            Outcome::Done(_) => {
                self.on_save_ended(&job);
                self.transfers.remove(id);
            }
            Outcome::Cancelled => {
                self.on_save_ended(&job);
                self.transfers.end(id, TransferEnd::Cancelled);
            }
            // The file is here: what failed is no transfer.
            Outcome::Failed(problem)
                if problem.kind == ProblemKind::NotSupported
                    && matches!(job, Job::Open { .. } | Job::CheckOut { .. }) =>
            {
                self.transfers.remove(id);
                self.report(problem, None);
            }
            Outcome::Failed(problem) => {
                self.on_save_ended(&job);
                self.transfers.end(id, TransferEnd::Failed(problem.clone()));
                self.report_failed(id, &problem);
            }
        }
        self.after_transfer_ended();
    }

    /// A message on the desktop when that was the last one of much, and nobody looks.
    fn after_transfer_ended(&mut self) {
        self.forget_toasts();
        let now_secs = self.context.now_secs();
        let Some(batch) = self.transfers.finish_batch(now_secs) else { return };
        let long = now_secs - batch.since_secs >= LONG_SECS;
        if long && !self.window_focused && batch.done + batch.failed > 0 {
            let (title, body) = text::all_transferred(batch.done, batch.failed, batch.files, &batch.title);
            self.context.run(Job::Notify { title, body }, RequestPurpose::Notify);
        }
    }

    /// Tries again what did not arrive, and only that.
    pub(super) fn retry_transfer(&mut self, id: RequestId) {
        let here = |it: &TransferItem| is_same_account(&it.account, &self.session.choice);
        if !self.transfers.get(id).is_some_and(|it| it.can_retry() && here(it)) {
            return;
        }
        let Some(transfer) = self.transfers.remove(id) else { return };
        self.toasts.remove_retried(id);
        match (&transfer.job, &transfer.end) {
            (Job::Upload { .. }, _) => self.retry_upload(&transfer),
            (Job::Download { entries, folder, existing }, Some(TransferEnd::Done { report, .. }))
                if self.has_path_root_of(&transfer) =>
            {
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
                let job = Job::Download { entries: again, folder: folder.clone(), existing: *existing };
                self.forget_replaced(&transfer, &job);
                if let Some(new) = NewTransfer::of_download(job, transfer.from_command_line) {
                    self.start_transfer(new);
                }
            }
            (job, _) if saved_by(job).is_some() => {
                self.start_save(job.clone());
            }
            (job, _) => {
                if let Some(new) = NewTransfer::of_download(job.clone(), transfer.from_command_line) {
                    self.start_transfer(new);
                }
            }
        }
    }

    /// Files that have failed are tried again as another transfer: a later run must not tell of the one before.
    pub(super) fn forget_replaced(&mut self, transfer: &TransferItem, by: &Job) {
        if !is_same(&transfer.job, by) {
            let jobs = vec![transfer.job.clone()];
            self.context.run(Job::ForgetTransfers(jobs), RequestPurpose::ForgetTransfers);
        }
    }

    /// Tries again all transfers that failed for a reason that has passed.
    pub(super) fn retry_transfers_after(&mut self, has_passed: impl Fn(ProblemKind) -> bool) {
        self.retry_failed(|transfer| transfer.problems().iter().any(|problem| has_passed(problem.kind)));
    }

    /// Plans those uploads that were held for a sign-in.
    pub(super) fn prepare_waiting_plans(&mut self) {
        for run in std::mem::take(&mut self.transfers.waiting_plans) {
            self.transfers.prepare(run, &mut self.context);
        }
    }

    pub(super) fn retry_all_failed(&mut self) {
        self.retry_failed(|_| true);
    }

    /// In the order in which they failed.
    fn retry_failed(&mut self, wanted: impl Fn(&TransferItem) -> bool) {
        let failed = self.transfers.in_section(Section::Failed).rev();
        let ids: Vec<RequestId> = failed.filter(|it| wanted(it)).map(|it| it.id).collect();
        for id in ids {
            self.retry_transfer(id);
        }
    }

    /// Forgets what has ended in a section. What has failed is not told at the next start either.
    pub(super) fn clear_transfers(&mut self, section: Section) {
        let here = &self.session.choice;
        let is_kept = |it: &TransferItem| {
            let is_transfer = matches!(
                it.job,
                Job::Upload { .. } | Job::Download { .. } | Job::DownloadPast(_) | Job::SaveAs { .. }
            );
            is_transfer && it.has_failed() && is_same_account(&it.account, here)
        };
        let cleared = self.transfers.clear(section);
        let jobs: Vec<Job> = cleared.into_iter().filter(is_kept).map(|it| it.job).collect();
        if !jobs.is_empty() {
            self.context.run(Job::ForgetTransfers(jobs), RequestPurpose::ForgetTransfers);
        }
        self.forget_toasts();
    }

    /// Shows what arrived: in its folder here, or in the file manager.
    pub(super) fn show_transferred(&mut self, id: RequestId) {
        let Some(transfer) = self.transfers.get(id) else { return };
        let Some(TransferEnd::Done { report, .. }) = &transfer.end else { return };
        match &transfer.job {
            Job::Upload { plan, .. } if self.is_here(transfer) => {
                let target = plan.target.clone();
                let mut tops: Vec<RemotePath> =
                    report.uploaded.iter().filter_map(|it| child_towards(&target, &it.remote_path)).collect();
                tops.dedup();
                self.close_dialog();
                self.show_in(target, tops);
            }
            Job::Download { folder, .. } => self.show_on_computer(shown_path(report, folder)),
            Job::DownloadPast(download) => self.show_on_computer(shown_path(report, &download.folder)),
            Job::SaveAs { local_path, .. } => self.show_on_computer(local_path.clone()),
            _ => {}
        }
    }

    fn show_on_computer(&mut self, local_path: PathBuf) {
        self.context.run(Job::ShowFile { local_path }, RequestPurpose::Browse);
    }

    /// What an account's own transfers change here.
    fn after_transfer(&mut self, job: &Job, report: &TransferReport, operation: Option<Operation>) {
        if let Job::Upload { plan, .. } = job {
            // Files of one folder mostly stand together, and there may be very many of them.
            let files = report.uploaded.iter().map(|uploaded| uploaded.remote_path);
            let mut folders: Vec<RemotePath> = vec![plan.target.clone()];
            for path in files.chain(plan.empty_folders.iter().cloned()) {
                if !folders.last().is_some_and(|last| last.is_parent_of(&path)) {
                    folders.extend(path.parent());
                }
            }
            folders.sort_unstable();
            folders.dedup();
            let uploaded: Vec<RemotePath> =
                report.uploaded.iter().take(1).map(|uploaded| uploaded.remote_path).collect();
            self.select_pasted(&uploaded);
            self.on_changed(Some(&folders));
        }
        if operation.is_some() {
            self.drop_earlier_undo();
        }
        self.record_operation(operation);
    }

    /// What was uploaded into the folder that is shown is selected, as what was pasted is, unless the person has selected
    /// something else meanwhile.
    fn select_uploaded(&mut self, job: &Job, report: &TransferReport, before: Option<&SelectionMark>) {
        let Job::Upload { plan } = job else { return };
        let is_shown = self.navigation.current().folder() == Some(&plan.target);
        if !is_shown || before != Some(&self.browser.selection_mark()) {
            return;
        }
        let uploaded = report.uploaded.iter();
        let mut items: Vec<RemotePath> =
            uploaded.filter_map(|it| child_towards(&plan.target, &it.remote_path)).collect();
        items.dedup();
        if !items.is_empty() {
            self.browser.select_when_listed(items);
        }
    }

    fn report_transferred(&mut self, id: RequestId, direction: Direction, report: &TransferReport) {
        if report.failed.is_empty() {
            let shown = report.files > 0 || report.skipped == 0;
            let action = shown.then_some(ToastAction::ShowTransfer(id));
            self.report_done(id, report, action);
        } else {
            for problem in &report.failed {
                self.session.record_failure(problem);
            }
            let any = |has: fn(ProblemKind) -> bool| report.failed.iter().any(|problem| has(problem.kind));
            let action = match report.failed.first() {
                // It is kept, and tried again after the sign-in.
                _ if any(ProblemKind::needs_sign_in) => return,
                Some(first) if !any(ProblemKind::may_succeed_at_once) && !any(ProblemKind::is_offline) => {
                    ToastAction::Details(text::all_problems(first, &report.failed))
                }
                _ => ToastAction::RetryTransfer(id),
            };
            self.toasts.push_transfer_failed(id, text::transfer_failed(direction, report), action);
        }
    }

    fn report_done(&mut self, id: RequestId, report: &TransferReport, action: Option<ToastAction>) {
        let Some(transfer) = self.transfers.get(id) else { return };
        let summary = summary(transfer, report, action.is_some());
        let text = text::transferred(&transfer.title.quoted(), &summary);
        self.toasts.push_transferred(text, summary, action, self.context.now_secs());
    }

    fn report_failed(&mut self, id: RequestId, problem: &Problem) {
        self.session.record_failure(problem);
        let action = match problem.recovery() {
            // It is kept, and tried again after the sign-in.
            Recovery::SignIn => return,
            Recovery::Retry | Recovery::Offline | Recovery::NetworkSignIn => ToastAction::RetryTransfer(id),
            _ => ToastAction::Details(problem.clone()),
        };
        self.toasts.push_transfer_failed(id, problem.title.clone(), action);
    }
}

/// What a transfer has uploaded or downloaded. `can_show`: its target is a folder that the toast can show.
fn summary(transfer: &TransferItem, report: &TransferReport, can_show: bool) -> TransferSummary {
    let folders = match &transfer.job {
        _ if report.files + report.skipped > 0 => 0,
        Job::Upload { plan, .. } => top_level_items(plan).len(),
        Job::Download { entries, .. } => entries.len(),
        Job::DownloadPast(download) => download.wanted.items.len().max(1),
        _ => 0,
    };
    TransferSummary {
        direction: transfer.direction,
        files: report.files,
        folders: folders as u64,
        skipped: report.skipped,
        renamed: report.renamed.len() as u64,
        targets: can_show.then(|| transfer.target.clone()).into_iter().collect(),
    }
}

/// One item is shown selected in its folder, many are shown as the folder.
pub(super) fn shown_path(report: &TransferReport, folder: &Path) -> PathBuf {
    match &report.downloaded[..] {
        [only] => only.clone(),
        _ => folder.to_owned(),
    }
}

/// The item in `folder` that is `path` or holds it.
pub(super) fn child_towards(folder: &RemotePath, path: &RemotePath) -> Option<RemotePath> {
    path.lineage().into_iter().find(|step| step.parent().as_ref() == Some(folder))
}

#[cfg(test)]
mod tests {
    use super::child_towards;
    use coffer_model::RemotePath;

    #[test]
    fn what_was_uploaded_is_shown_by_the_item_that_holds_it() {
        let path = RemotePath::new;
        assert_eq!(child_towards(&path("/A"), &path("/A/b/c.txt")), Some(path("/A/b")));
        assert_eq!(child_towards(&path("/"), &path("/c.txt")), Some(path("/c.txt")));
        assert_eq!(child_towards(&path("/A"), &path("/B/c.txt")), None);
    }
}
