//! What happens because time passes, and when the next of it is due. Without anything due the window sleeps.

use super::State;
use super::dialog::Dialog;
use super::effect::Effect;
use jiff::Timestamp;

/// A shown wait counts down in these steps.
pub(super) const COUNTDOWN_SECS: f64 = 1.0;

impl State {
    /// Tells the time: of day, and since the program began.
    #[must_use]
    pub fn tick(&mut self, now: Timestamp, program_secs: f64) -> Vec<Effect> {
        self.now = now;
        self.context.set_now(program_secs);
        let now_secs = self.context.now_secs();
        self.toasts.expire(now_secs);
        self.session.expire_waiting(now);
        self.transfers.on_tick(now_secs);
        self.close_when_stopped();
        self.in_each_pane(|state| {
            state.group_when_due();
            state.list_when_due();
        });
        self.load_inspector_when_due();
        self.preview_version_when_due();
        self.preview_large_when_due();
        self.save_settings_when_due();
        self.announce_changes_when_due();
        self.after_change();
        self.context.take_effects()
    }

    /// How many seconds after the last tick the next one is needed; `None`: not until something happens.
    pub fn next_tick_secs(&self) -> Option<f64> {
        let now_secs = self.context.now_secs();
        let skeleton = self.browser.skeleton_due_secs().filter(|due| *due > now_secs);
        let countdown = self.session.waiting.as_ref().map(|_| now_secs + COUNTDOWN_SECS);
        let dialog = match &self.dialog {
            Some(Dialog::Versions(versions)) => versions.due_secs(),
            Some(Dialog::LargePreview(large)) => large.due_secs(),
            _ => None,
        };
        [
            skeleton,
            countdown,
            dialog,
            self.toasts.due_secs(),
            self.transfers.due_secs(now_secs),
            self.closing.due_secs(),
            self.list_due_secs(),
            self.other_pane_due_secs(),
            self.inspector_due_secs(),
            self.settings.due_secs().filter(|_| self.welcome.is_none()),
            self.places.due_secs(),
            self.change_notice.due_secs(),
        ]
        .into_iter()
        .flatten()
        .min_by(f64::total_cmp)
        .map(|due| (due - now_secs).max(0.0))
    }
}
