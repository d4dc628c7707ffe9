//! Transfers of an earlier run that had not ended: they go on by themselves. Those that have ended with an error rest in
//! the list, and so do those that would go to another disk than before.

use super::State;
use super::runs::PlanRun;
use super::text;
use super::transfers::NewTransfer;
use coffer_model::RequestId;
use coffer_model::message::{Job, UnfinishedTransfer};
use std::sync::Arc;

impl State {
    /// Starts again what the worker kept, in its order; what was paused comes back paused.
    pub(super) fn on_unfinished(&mut self, unfinished: Vec<UnfinishedTransfer>) {
        let mut started = 0;
        let before = self.transfers.running_or_failed();
        for UnfinishedTransfer { job, paused, resting, from_command_line } in unfinished {
            let is_this = |id: &RequestId| self.transfers.get(*id).is_some_and(|it| it.job == *job);
            // The account was opened again in this run: its transfers were never interrupted.
            if before.iter().any(is_this) {
                continue;
            }
            let Some(new) = new_transfer(Job::clone(&job), from_command_line) else { continue };
            if let Some(problem) = resting {
                self.add_resting_transfer(new, problem);
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

/// A file that was only to be opened is not opened a day later.
fn new_transfer(job: Job, from_command_line: bool) -> Option<NewTransfer> {
    match &job {
        Job::Upload { plan, .. } => {
            let source = Arc::new(PlanRun::from_plan(plan, from_command_line));
            Some(NewTransfer::of_upload(job, &source))
        }
        Job::Download { .. } | Job::SaveAs { .. } => NewTransfer::of_download(job, from_command_line),
        _ => None,
    }
}
