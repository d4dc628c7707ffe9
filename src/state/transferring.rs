//! What happens to transfers: how each ends, what is said then, trying again what failed, showing what arrived.

use super::requests::Purpose;
use super::session::is_same_account;
use super::toast::ToastAction;
use super::transfers::{End, Transfer};
use super::uploads::PlanRun;
use super::{State, text};
use crate::model::transfer::{Direction, TransferReport};
use crate::model::{Inverse, Job, Outcome, Problem, Receipt, Recovery, RemotePath, RequestId};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
            (Job::Download { entries, folder, .. }, Some(End::Done { report, .. })) => {
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
