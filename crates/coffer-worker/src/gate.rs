//! The one place where we wait because the service asked us to. Every call passes it; when calls are refused it is closed
//! for all, and the session shows the person how long.
//!
//! A service that limits an account refuses all of its calls for a while. One that refuses a single call among many that
//! it answers means that call: it alone waits. Closing the gate for each of them would multiply what was asked for by the
//! number of calls that run at once.

use coffer_model::message::Waiting;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// A refusal after so many answers in a row is one of a single call.
const ANSWERS_BETWEEN: u32 = 8;

/// Shared by all calls of an account.
#[derive(Clone)]
pub(crate) struct Gate {
    closed: Arc<watch::Sender<Option<Closed>>>,
    /// Answers since a call was refused last.
    answers: Arc<AtomicU32>,
}

/// Who has to wait after a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefusalScope {
    /// The call that was refused.
    OfOneCall,
    /// Everybody: so many calls are refused that the account is meant.
    OfAll,
}

/// Why and until when nothing is sent.
#[derive(Clone, Debug)]
struct Closed {
    until: Instant,
    shown: Waiting,
}

impl Default for Gate {
    fn default() -> Self {
        Self { closed: Arc::new(watch::Sender::new(None)), answers: Arc::default() }
    }
}

impl Gate {
    /// Returns when the wait that is set now is over; by then there may be another one, so ask
    /// [`waiting`](Self::waiting) again before a call.
    pub(crate) async fn wait(&self) {
        let until = self.closed.borrow().as_ref().map(|closed| closed.until);
        if let Some(until) = until {
            tokio::time::sleep_until(until).await;
        }
    }

    /// A call was answered.
    pub(crate) fn answered(&self) {
        self.answers.fetch_add(1, Ordering::Relaxed);
    }

    /// A call was refused.
    pub(crate) fn refused(&self) -> RefusalScope {
        let answers = self.answers.swap(0, Ordering::Relaxed);
        if answers >= ANSWERS_BETWEEN { RefusalScope::OfOneCall } else { RefusalScope::OfAll }
    }

    /// Nothing is sent for so long. A longer wait that is already set stays.
    pub(crate) fn close_for(&self, wait: Duration, reason: &str) {
        let until = Instant::now() + wait;
        self.closed.send_if_modified(|closed| {
            if closed.as_ref().is_some_and(|closed| closed.until >= until) {
                return false;
            }
            let shown_until = Timestamp::now().checked_add(wait).unwrap_or(Timestamp::MAX);
            *closed =
                Some(Closed { until, shown: Waiting { until: shown_until, reason: reason.to_owned() } });
            true
        });
    }

    /// What the person is to be told now, if the gate is closed.
    pub(crate) fn waiting(&self) -> Option<Waiting> {
        self.closed
            .borrow()
            .as_ref()
            .filter(|closed| closed.until > Instant::now())
            .map(|closed| closed.shown.clone())
    }

    /// Tells each change: closed until when, and open again. Never returns.
    pub(crate) async fn follow(&self, tell: impl Fn(Option<Waiting>)) {
        let mut news = self.closed.subscribe();
        loop {
            let closed = news.borrow_and_update().clone();
            let Some(closed) = closed.filter(|closed| closed.until > Instant::now()) else {
                if news.changed().await.is_err() {
                    return std::future::pending().await;
                }
                continue;
            };
            tell(Some(closed.shown));
            tokio::select! {
                () = tokio::time::sleep_until(closed.until) => tell(None),
                told = news.changed() => if told.is_err() {
                    return std::future::pending().await;
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ANSWERS_BETWEEN, Gate, RefusalScope};
    use std::sync::Mutex;
    use std::time::Duration;
    use tokio::time::Instant;

    #[tokio::test]
    async fn a_closed_gate_holds_everybody_for_as_long_as_was_asked() {
        let gate = Gate::default();
        gate.wait().await;
        let start = Instant::now();
        gate.close_for(Duration::from_millis(70), "busy");
        gate.close_for(Duration::from_millis(30), "busy");
        gate.wait().await;
        assert!(start.elapsed() >= Duration::from_millis(70));
        assert!(gate.waiting().is_none());
    }

    #[test]
    fn a_refusal_among_many_answers_is_about_one_call_and_several_in_a_row_about_all() {
        let gate = Gate::default();
        assert_eq!(gate.refused(), RefusalScope::OfAll, "nothing is known yet");
        for _ in 0..ANSWERS_BETWEEN {
            gate.answered();
        }
        assert_eq!(gate.refused(), RefusalScope::OfOneCall);
        assert_eq!(gate.refused(), RefusalScope::OfAll, "those that ran beside it are refused as well");
    }

    #[tokio::test]
    async fn the_wait_and_its_end_are_told_once_each() {
        let gate = Gate::default();
        let told = Mutex::new(Vec::new());
        gate.close_for(Duration::from_millis(20), "busy");
        let follow = gate.follow(|waiting| told.lock().unwrap().push(waiting.map(|waiting| waiting.reason)));
        let _ = tokio::time::timeout(Duration::from_millis(200), follow).await;
        assert_eq!(*told.lock().unwrap(), [Some("busy".to_owned()), None]);
    }
}
