//! What time does to the list of transfers: the panel that opens and closes itself, and the speeds that are recorded.

use super::batch::TransferBatch;
use super::focus::Section;
use super::list::TransferList;
use crate::clock::COUNTDOWN_SECS;

/// A transfer that takes longer opens the panel.
const NOTICE_SECS: f64 = 1.0;

/// A panel that opened itself closes so long after all went well.
const CLOSE_SECS: f64 = 4.0;

impl TransferList {
    /// Opens the panel for what takes long, closes it when it opened itself and all went well, records the speeds.
    pub(crate) fn on_tick(&mut self, now_secs: f64) {
        while self.unnoticed.front().is_some_and(|(_, started)| started + NOTICE_SECS <= now_secs) {
            let Some((id, _)) = self.unnoticed.pop_front() else { break };
            let runs = self.get(id).is_some_and(|it| it.is_running() && !it.is_paused());
            if runs && !self.panel_open {
                self.panel_open = true;
                self.opened_itself = true;
            }
        }
        if self.close_due_secs.take_if(|due| *due <= now_secs).is_some() {
            self.panel_open = false;
        }
        self.measure(now_secs);
        if self.is_active() {
            let speeds = self.speeds();
            self.history.sample(now_secs, speeds);
        }
    }

    pub(crate) fn due_secs(&self, now_secs: f64) -> Option<f64> {
        let unnoticed = self.unnoticed.front().map(|(_, started)| started + NOTICE_SECS);
        // A wait counts down, and nobody else tells the window that time passes.
        let countdown = self.is_waiting().then_some(now_secs + COUNTDOWN_SECS);
        let sample = if self.is_active() { self.history.due_secs() } else { None };
        [unnoticed, self.close_due_secs, countdown, sample].into_iter().flatten().min_by(f64::total_cmp)
    }

    /// A transfer has ended. If it was the last one: all that has been going on, and the panel is about to close.
    pub(crate) fn finish_batch(&mut self, now_secs: f64) -> Option<TransferBatch> {
        let batch = self.take_ended_batch()?;
        let all_well = self.preparing.is_empty() && self.ids(Section::Failed).is_empty();
        if self.panel_open && self.opened_itself && all_well {
            self.close_due_secs = Some(now_secs + CLOSE_SECS);
        }
        Some(batch)
    }
}
