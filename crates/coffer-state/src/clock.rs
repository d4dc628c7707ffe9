//! What happens because time passes, and when the next of it is due. Without anything due the window sleeps.

use super::State;
use super::browser::SKELETON_AFTER_SECS;
use coffer_model::Request;
use jiff::Timestamp;

/// A shown wait counts down in these steps.
pub(super) const COUNTDOWN_SECS: f64 = 1.0;

impl State {
    /// Tells the time: of day, and since the program began.
    #[must_use]
    pub fn tick(&mut self, now: Timestamp, program_secs: f64) -> Vec<Request> {
        self.now = now;
        self.clock_secs = self.clock_secs.max(program_secs);
        self.expire_toasts();
        self.session.expire_waiting(now);
        self.watch_transfers();
        self.close_when_stopped();
        self.search_when_due();
        self.list_when_due();
        self.load_inspector_when_due();
        self.preview_version_when_due();
        self.preview_large_when_due();
        self.save_when_due();
        self.settle();
        self.requests.take()
    }

    /// How many seconds after the last tick the next one is needed; `None`: not until something happens.
    pub fn next_tick_secs(&self) -> Option<f64> {
        let skeleton = (self.browser.listing.is_pending() && self.browser.listing.value().is_none())
            .then_some(self.browser.pending_since_secs + SKELETON_AFTER_SECS)
            .filter(|due| *due > self.clock_secs);
        let countdown = self.session.waiting.as_ref().map(|_| self.clock_secs + COUNTDOWN_SECS);
        [
            skeleton,
            countdown,
            self.toasts_due_secs(),
            self.transfers_due_secs(),
            self.closing_due_secs(),
            self.search_due_secs,
            self.browser.list_due_secs,
            self.inspector_due_secs(),
            self.version_due_secs(),
            self.large_due_secs(),
            self.save_due_secs,
        ]
        .into_iter()
        .flatten()
        .min_by(f64::total_cmp)
        .map(|due| (due - self.clock_secs).max(0.0))
    }

    pub(super) fn is_due(&self, due_secs: Option<f64>) -> bool {
        due_secs.is_some_and(|due| due <= self.clock_secs)
    }

    fn list_when_due(&mut self) {
        if self.is_due(self.browser.list_due_secs) {
            self.browser.list_due_secs = None;
            self.list_again();
        }
    }
}
