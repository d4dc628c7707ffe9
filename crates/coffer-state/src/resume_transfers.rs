//! Transfers of an earlier run that were not done: they go on by themselves. Those that have ended with an error or with
//! failed files rest in the list, and so do those that would go to another disk than before.

use super::State;
use super::runs::PlanRun;
use super::text;
use super::transfers::{NewTransfer, TransferEnd};
use coffer_model::message::{EndedTransfer, Job, UnfinishedTransfer};
use coffer_model::{Entry, RequestId};
use std::sync::Arc;

impl State {
    /// Starts again what the worker kept, in its order; what was paused comes back paused.
    pub(super) fn on_unfinished(&mut self, unfinished: Vec<UnfinishedTransfer>) {
        let mut started = 0;
        let before = self.transfers.running_or_failed();
        for UnfinishedTransfer { job, paused, resting, ended, from_command_line } in unfinished {
            let is_this = |id: &RequestId| self.transfers.get(*id).is_some_and(|it| is_same(&it.job, &job));
            // The account was opened again in this run: its transfers were never interrupted.
            if before.iter().any(is_this) {
                continue;
            }
            let Some(new) = new_transfer(Job::clone(&job), from_command_line) else { continue };
            let ended = ended.map(|EndedTransfer { at, report }| TransferEnd::Done { at, report });
            if let Some(end) = ended.or(resting.map(TransferEnd::Failed)) {
                self.add_ended_transfer(new, end);
                continue;
            }
            let id = self.start_transfer(new);
            started += 1;
            // Nobody asked for it just now, so the panel does not open for it.
            self.transfers.mark_noticed(id);
            if paused {
                self.transfers.pause(id, &mut self.context);
            }
        }
        if started > 0 {
            self.toast_done(text::resumed(started), None);
        }
    }
}

/// Whether both transfer the same. What is kept of a job does not say everything that the window knew of its items.
pub(super) fn is_same(one: &Job, other: &Job) -> bool {
    let rev = |entry: &Entry| entry.file().map(|file| file.rev.clone());
    let is_same_item = |(one, other): (&Entry, &Entry)| {
        one.path == other.path && one.id() == other.id() && rev(one) == rev(other)
    };
    match (one, other) {
        (Job::Upload { plan: one }, Job::Upload { plan: other }) => {
            one.target == other.target
                && one.path_root == other.path_root
                && one.empty_folders == other.empty_folders
                && one.files == other.files
        }
        (
            Job::Download { entries: one, folder, existing },
            Job::Download { entries: other, folder: other_folder, existing: other_existing },
        ) => {
            folder == other_folder
                && existing == other_existing
                && one.len() == other.len()
                && one.iter().zip(other).all(is_same_item)
        }
        _ => one == other,
    }
}

/// A file that was only to be opened is not opened a day later.
fn new_transfer(job: Job, from_command_line: bool) -> Option<NewTransfer> {
    match &job {
        Job::Upload { plan, .. } => {
            let source = Arc::new(PlanRun::from_plan(plan, from_command_line));
            Some(NewTransfer::of_upload(job, &source))
        }
        Job::Download { .. } | Job::DownloadPast(_) | Job::SaveAs { .. } => {
            NewTransfer::of_download(job, from_command_line)
        }
        _ => None,
    }
}
