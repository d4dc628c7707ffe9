//! Transfers of an earlier run that had not ended: they go on by themselves.

use super::State;
use super::text;
use super::uploads::PlanRun;
use coffer_model::message::Job;
use coffer_model::transfer::{Steer, Unfinished};
use coffer_model::{Direction, RequestId};
use std::sync::Arc;

impl State {
    /// Starts again what the worker kept, in its order; what was paused comes back paused.
    pub(super) fn on_unfinished(&mut self, unfinished: Vec<Unfinished>) {
        let mut started = 0;
        let before = self.running_transfers();
        for Unfinished { job, paused } in unfinished {
            let is_this = |id: &RequestId| self.transfers.get(*id).is_some_and(|it| it.job == *job);
            let runs = before.iter().any(is_this);
            // The account was opened again in this run: its transfers were never interrupted.
            if runs {
                continue;
            }
            let Some(id) = self.run_unfinished(Job::clone(&job)) else { continue };
            started += 1;
            // Nobody asked for it just now, so the panel does not open for it.
            self.transfers.unnoticed.pop_back();
            if paused {
                self.transfers.change(id, |transfer| transfer.paused = true);
                self.steer(id, Steer::Pause);
            }
        }
        if started > 0 {
            self.toast_done(text::going_on(started), None);
        }
    }

    /// A file that was only to be opened is not opened a day later.
    fn run_unfinished(&mut self, job: Job) -> Option<RequestId> {
        match &job {
            Job::Upload { plan, .. } => {
                let source = Arc::new(PlanRun::of_plan(plan));
                Some(self.run_upload(job, &source))
            }
            Job::Download { entries, folder, .. } => {
                let (title, target) = (text::items(entries), folder.display().to_string());
                let origin = text::origin_of(entries);
                Some(self.run_transfer(job, Direction::Download, [title, origin, target], None))
            }
            Job::SaveAs { entry, local_path, .. } => {
                let words = text::save_as(entry, local_path);
                Some(self.run_transfer(job, Direction::Download, words, None))
            }
            _ => None,
        }
    }
}
