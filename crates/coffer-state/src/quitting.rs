//! Closing the window: a question first while transfers run. What was begun is kept by the worker, so the answer that
//! is offered is to go on next time.

use super::State;
use super::dialog::Dialog;
use super::effect::Effect;

/// Transfers that are cancelled before the program ends may take so long to stop.
const STOP_SECS: f64 = 5.0;

/// How far the closing of the window has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Closing {
    #[default]
    Open,
    /// All transfers were cancelled; the window closes when they have stopped, or then.
    Stopping { until_secs: f64 },
    /// The window was told to close.
    Closed,
}

impl Closing {
    /// What was cancelled goes on being cancelled, but the window stays.
    pub(super) fn stay_open(&mut self) {
        *self = Self::Open;
    }

    pub(super) fn due_secs(self) -> Option<f64> {
        match self {
            Self::Stopping { until_secs } => Some(until_secs),
            Self::Open | Self::Closed => None,
        }
    }
}

impl State {
    /// Whether the window may close at once. When it may not, [`super::Action::AskToQuit`] asks the person.
    pub fn may_close(&self) -> bool {
        self.closing == Closing::Closed || !self.transfers.needs_open_window()
    }

    /// All transfers were cancelled, and some have not stopped yet.
    pub fn is_stopping(&self) -> bool {
        matches!(self.closing, Closing::Stopping { .. })
    }

    pub(super) fn ask_to_quit(&mut self) {
        if !self.may_close() && !matches!(self.dialog, Some(Dialog::Quit)) {
            // Questions about an upload or a move are not lost by another question.
            if matches!(self.dialog, Some(Dialog::Conflicts(_) | Dialog::Relocation(_))) {
                self.waiting_questions.extend(self.dialog.take());
                self.waiting_questions.rotate_right(1);
            }
            self.open_dialog(Dialog::Quit);
        }
    }

    pub(super) fn continue_next_time(&mut self) {
        if matches!(self.dialog, Some(Dialog::Quit)) {
            self.close_window();
        }
    }

    pub(super) fn cancel_and_quit(&mut self) {
        if matches!(self.dialog, Some(Dialog::Quit)) && self.closing == Closing::Open {
            self.closing = Closing::Stopping { until_secs: self.context.now_secs() + STOP_SECS };
            self.transfers.cancel_all(&mut self.context);
        }
    }

    /// There is nothing left to ask about: what was waited for has stopped, or all that ran has ended by itself. Then
    /// the window closes, unless the person has yet to hear of a failure.
    pub(super) fn close_when_stopped(&mut self) {
        let asks = matches!(self.dialog, Some(Dialog::Quit)) && self.closing == Closing::Open;
        if asks && !self.transfers.needs_open_window() {
            self.dialog = None;
            if self.transfers.summary().failed == 0 {
                self.close_window();
            }
        }
        if let Closing::Stopping { until_secs } = self.closing
            && (!self.transfers.needs_open_window() || until_secs <= self.context.now_secs())
        {
            self.close_window();
        }
    }

    /// What must still be sent before the program ends.
    #[must_use]
    pub fn quit(&mut self) -> Vec<Effect> {
        // Before an account is chosen, the next start asks again.
        if self.welcome.is_none() {
            self.settings.save_at_end(&mut self.context);
            self.places.save_at_end(&mut self.context);
        }
        self.context.take_effects()
    }

    fn close_window(&mut self) {
        self.dialog = None;
        self.closing = Closing::Closed;
        self.context.emit(Effect::CloseWindow);
    }
}
