//! What the passing of time does to transfers: the panel that opens and closes itself, the speeds that are noted, the
//! message on the desktop when much was done while nobody looked.

use super::State;
use super::clock::COUNTDOWN_SECS;
use super::requests::Purpose;
use super::text;
use super::transfers::Section;
use coffer_model::Job;

/// A transfer that takes longer opens the panel.
const NOTICE_SECS: f64 = 1.0;

/// A panel that opened itself closes so long after all went well.
const CLOSE_SECS: f64 = 4.0;

/// Only the end of what took longer is worth a message on the desktop.
const LONG_SECS: f64 = 20.0;

impl State {
    /// Opens the panel for what takes long, closes it when it opened itself and all went well, notes the speeds.
    pub(super) fn watch_transfers(&mut self) {
        let now = self.clock_secs;
        let transfers = &mut self.transfers;
        while transfers.unnoticed.front().is_some_and(|(_, started)| started + NOTICE_SECS <= now) {
            let Some((id, _)) = transfers.unnoticed.pop_front() else { break };
            let runs = transfers.get(id).is_some_and(|it| it.is_running() && !it.is_paused());
            if runs && !transfers.panel_open {
                transfers.panel_open = true;
                transfers.opened_itself = true;
            }
        }
        if transfers.close_due_secs.is_some_and(|due| due <= now) {
            transfers.close_due_secs = None;
            transfers.panel_open = false;
        }
        transfers.measure(now);
        if transfers.is_active() {
            let speeds = transfers.speeds();
            transfers.history.sample(now, speeds);
        }
    }

    pub(super) fn transfers_due_secs(&self) -> Option<f64> {
        let transfers = &self.transfers;
        let unnoticed = transfers.unnoticed.front().map(|(_, started)| started + NOTICE_SECS);
        // A wait counts down, and nobody else tells the window that time passes.
        let countdown = transfers.waits().then_some(self.clock_secs + COUNTDOWN_SECS);
        let sample = if transfers.is_active() { transfers.history.due_secs() } else { None };
        [unnoticed, transfers.close_due_secs, countdown, sample].into_iter().flatten().min_by(f64::total_cmp)
    }

    /// A transfer has ended: perhaps it was the last one.
    pub(super) fn settle_transfers(&mut self) {
        self.forget_toasts();
        let Some(batch) = self.transfers.take_ended_batch() else { return };
        let transfers = &mut self.transfers;
        let all_well = transfers.preparing.is_empty() && transfers.ids(Section::Failed).is_empty();
        if transfers.panel_open && transfers.opened_itself && all_well {
            transfers.close_due_secs = Some(self.clock_secs + CLOSE_SECS);
        }
        let long = self.clock_secs - batch.since_secs >= LONG_SECS;
        if long && !self.window_focused && batch.done + batch.failed > 0 {
            let (title, body) = text::all_transferred(&batch);
            self.run(Job::Notify { title, body }, Purpose::Notify);
        }
    }
}
