//! The time of the server: the system's clock, or one that a test moves by hand.
//! Waiting (longpoll, delays) is real time and not here.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01T00:00:00Z: the precision of every timestamp of the API (reference 2.5).
pub type Seconds = i64;

/// Tells the time. Clones share the same time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Seconds by which this clock is ahead of the system's.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that agrees with the system's until [`Clock::advance`] is called.
    pub fn new() -> Self {
        Self::default()
    }

    /// The present moment.
    pub fn now(&self) -> Seconds {
        let system =
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as Seconds);
        system.saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Lets `seconds` pass at once, so that expiry can be tested without waiting.
    pub fn advance(&self, seconds: Seconds) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_the_time_that_was_let_pass() {
        let clock = Clock::new();
        let other = clock.clone();
        let before = other.now();
        clock.advance(1_000);
        assert!(other.now() >= before + 1_000);
    }
}
