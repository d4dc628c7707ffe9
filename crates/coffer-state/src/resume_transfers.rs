//! Transfers of an earlier run that had not ended: they go on by themselves.

use super::State;
use super::runs::PlanRun;
use super::text;
use coffer_model::RequestId;
use coffer_model::message::{Job, UnfinishedTransfer};
use std::sync::Arc;

impl State {
    /// Starts again what the worker kept, in its order; what was paused comes back paused.
    pub(super) fn on_unfinished(&mut self, unfinished: Vec<UnfinishedTransfer>) {
        let mut started = 0;
        let before = self.transfers.running();
        for UnfinishedTransfer { job, paused } in unfinished {
            let is_this = |id: &RequestId| self.transfers.get(*id).is_some_and(|it| it.job == *job);
            let runs = before.iter().any(is_this);
            // The account was opened again in this run: its transfers were never interrupted.
            if runs {
                continue;
            }
            let Some(id) = self.run_unfinished(Job::clone(&job)) else { continue };
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

    /// A file that was only to be opened is not opened a day later.
    fn run_unfinished(&mut self, job: Job) -> Option<RequestId> {
        match &job {
            Job::Upload { plan, .. } => {
                let source = Arc::new(PlanRun::from_plan(plan));
                Some(self.run_upload(job, &source))
            }
            Job::Download { .. } | Job::SaveAs { .. } => self.start_download(job),
            _ => None,
        }
    }
}
