//! Closing the window: a question first while transfers or edits run. A transfer that was begun is kept by the worker, so the
//! answer that is offered is to go on next time. An edit is not: it is finished first, or stopped where it is.

use super::State;
use super::dialog::Dialog;
use super::effect::Effect;
use super::requests::RequestPurpose;
use coffer_model::Problem;

/// Transfers that are cancelled before the program ends may take so long to stop.
const STOP_SECS: f64 = 5.0;

/// So may an edit: the service works on a thousand items at once.
const STOP_EDIT_SECS: f64 = 30.0;

/// How far the closing of the window has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Closing {
    #[default]
    Open,
    /// All transfers were cancelled; the window closes when they have stopped, or then.
    Stopping { until_secs: f64 },
    /// The window closes when the edits under way have ended, or then.
    EndingEdits { until_secs: f64 },
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
            Self::Stopping { until_secs } | Self::EndingEdits { until_secs } => {
                Some(until_secs).filter(|until| until.is_finite())
            }
            Self::Open | Self::Closed => None,
        }
    }
}

impl State {
    /// Whether the window may close at once. When it may not, [`super::Action::AskToQuit`] asks the person.
    pub fn may_close(&self) -> bool {
        self.closing == Closing::Closed || !(self.transfers.needs_open_window() || self.context.is_editing())
    }

    /// All transfers were cancelled, and some have not stopped yet.
    pub fn is_stopping(&self) -> bool {
        match self.closing {
            Closing::Stopping { .. } => true,
            Closing::EndingEdits { until_secs } => until_secs.is_finite(),
            Closing::Open | Closing::Closed => false,
        }
    }

    /// The window closes when the edits under way are done.
    pub fn is_finishing(&self) -> bool {
        matches!(self.closing, Closing::EndingEdits { until_secs } if until_secs.is_infinite())
    }

    /// How far the edit under way is, or what it does: "Move “Photos”… 2,000 of 20,000 items".
    pub fn edit_under_way(&self) -> Option<&str> {
        let label = || self.context.edits().next().map(|run| run.label.as_str());
        self.toasts.progress_text().or_else(label)
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

    /// Transfers go on next time; edits can't, so the window closes as soon as they are done.
    pub(super) fn continue_next_time(&mut self) {
        if !matches!(self.dialog, Some(Dialog::Quit)) {
            return;
        }
        if !self.context.is_editing() {
            self.close_window();
        } else if self.closing == Closing::Open {
            self.closing = Closing::EndingEdits { until_secs: f64::INFINITY };
        }
    }

    /// Cancels what was asked about: the edits, if any are under way, which stop where they are, and otherwise all transfers.
    pub(super) fn cancel_and_quit(&mut self) {
        if !matches!(self.dialog, Some(Dialog::Quit)) || self.is_stopping() {
            return;
        }
        let now = self.context.now_secs();
        if self.context.is_editing() {
            self.closing = Closing::EndingEdits { until_secs: now + STOP_EDIT_SECS };
            for id in self.context.ids(|purpose| matches!(purpose, RequestPurpose::Edit(_))) {
                self.context.stop(id);
            }
        } else {
            self.closing = Closing::Stopping { until_secs: now + STOP_SECS };
            self.transfers.cancel_all(&mut self.context);
        }
    }

    /// An edit has ended in part, or not at all: the person hears what is where before the window closes.
    pub(super) fn stay_to_tell(&mut self, problem: &Problem) {
        if matches!(self.dialog, Some(Dialog::Quit)) {
            self.open_dialog(Dialog::Problem(problem.clone()));
        }
    }

    /// There is nothing left to ask about: what was waited for has stopped, or all that ran has ended by itself. Then
    /// the window closes, unless the person has yet to hear of a failure.
    pub(super) fn close_when_stopped(&mut self) {
        let asks = matches!(self.dialog, Some(Dialog::Quit)) && self.closing == Closing::Open;
        if asks && !self.transfers.needs_open_window() && !self.context.is_editing() {
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
        if let Closing::EndingEdits { until_secs } = self.closing
            && (!self.context.is_editing() || until_secs <= self.context.now_secs())
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
