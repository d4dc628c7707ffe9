//! Limits of speed that the person has set: bytes a second for all transfers of a direction together. Browsing is never
//! limited. How many calls share a limit is the business of `concurrency_limiter`.

use coffer_model::{Direction, Settings};
use dropbox_client::Pacer;
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// After a pause so much may pass at once, in seconds of the limit.
const BURST_SECS: f64 = 0.1;
/// A smaller limit would make calls look dead; it is taken for this one.
pub(crate) const LEAST_BYTES_PER_SECOND: u64 = 4 * 1024;

/// One limit up and one down.
#[derive(Default)]
pub(crate) struct Limits {
    up: Arc<Limit>,
    down: Arc<Limit>,
}

impl Limits {
    pub(crate) fn of(&self, direction: Direction) -> &Arc<Limit> {
        match direction {
            Direction::Upload => &self.up,
            Direction::Download => &self.down,
        }
    }
}

/// What the settings say of a direction, as it is applied.
pub(crate) fn chosen(settings: &Settings, direction: Direction) -> Option<u64> {
    let chosen = match direction {
        Direction::Upload => settings.upload_limit,
        Direction::Download => settings.download_limit,
    };
    chosen.map(|limit| limit.max(LEAST_BYTES_PER_SECOND))
}

/// The limit of one direction.
pub(crate) struct Limit {
    began: Instant,
    limited: AtomicBool,
    allowance: Mutex<Allowance>,
    changed: Notify,
}

impl Default for Limit {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            limited: AtomicBool::new(false),
            allowance: Mutex::default(),
            changed: Notify::new(),
        }
    }
}

impl Limit {
    /// Holds at once, also for those that wait already.
    pub(crate) fn set(&self, bytes_per_second: Option<u64>) {
        self.allowance().set(self.began.elapsed(), bytes_per_second);
        self.limited.store(bytes_per_second.is_some(), Ordering::Relaxed);
        self.changed.notify_waiters();
    }

    fn allowance(&self) -> MutexGuard<'_, Allowance> {
        self.allowance.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn wait(&self, bytes: u64) {
        let place = self.allowance().issue(self.began.elapsed(), bytes);
        loop {
            let changed = self.changed.notified();
            let Some(wait) = self.allowance().wait(self.began.elapsed(), place) else { return };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = changed => {}
            }
        }
    }
}

impl Pacer for Limit {
    fn is_limited(&self) -> bool {
        self.limited.load(Ordering::Relaxed)
    }

    fn wait_for(&self, bytes: u64) -> BoxFuture<'_, ()> {
        Box::pin(self.wait(bytes))
    }
}

/// Counts what has been asked for and what time has allowed. Those who ask stand in one line.
#[derive(Debug, Default)]
struct Allowance {
    bytes_per_second: Option<f64>,
    asked: f64,
    allowed: f64,
    at: Duration,
}

impl Allowance {
    fn set(&mut self, now: Duration, bytes_per_second: Option<u64>) {
        self.advance(now);
        self.bytes_per_second = bytes_per_second.map(|limit| limit as f64);
    }

    /// Somebody asks for bytes; gives its place in the line.
    fn issue(&mut self, now: Duration, bytes: u64) -> f64 {
        self.advance(now);
        self.asked += bytes as f64;
        self.asked
    }

    /// How long a place has to wait still; `None` when its bytes may pass.
    fn wait(&mut self, now: Duration, place: f64) -> Option<Duration> {
        self.advance(now);
        let bytes_per_second = self.bytes_per_second?;
        let missing = place - self.allowed;
        (missing > 0.5).then(|| Duration::from_secs_f64(missing / bytes_per_second))
    }

    fn advance(&mut self, now: Duration) {
        let seconds = now.saturating_sub(self.at).as_secs_f64();
        self.at = self.at.max(now);
        self.allowed = match self.bytes_per_second {
            // What nobody asks for is not saved up.
            Some(limit) => (self.allowed + limit * seconds).min(self.asked + limit * BURST_SECS),
            None => self.asked,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, LEAST_BYTES_PER_SECOND, Limit, chosen};
    use coffer_model::{Direction, Settings};
    use dropbox_client::Pacer;
    use futures_util::FutureExt;
    use std::time::Duration;

    const SECOND: Duration = Duration::from_secs(1);

    /// When each of these pieces may pass, in seconds; all are asked for at once.
    fn times(limit: u64, pieces: &[u64]) -> Vec<f64> {
        let mut allowance = Allowance::default();
        allowance.set(Duration::ZERO, Some(limit));
        let places: Vec<f64> = pieces.iter().map(|bytes| allowance.issue(Duration::ZERO, *bytes)).collect();
        let mut wait = |place| allowance.wait(Duration::ZERO, place).unwrap_or_default().as_secs_f64();
        places.into_iter().map(&mut wait).collect()
    }

    #[test]
    fn bytes_pass_one_after_the_other_as_fast_as_is_allowed() {
        assert_eq!(times(1000, &[1000, 500, 500, 2000]), [1.0, 1.5, 2.0, 4.0]);
    }

    #[test]
    fn over_any_time_no_more_passes_than_is_allowed() {
        let mut allowance = Allowance::default();
        allowance.set(Duration::ZERO, Some(10_000));
        let (mut now, mut passed) = (Duration::ZERO, 0);
        while now < 60 * SECOND {
            let place = allowance.issue(now, 700);
            while let Some(wait) = allowance.wait(now, place) {
                now += wait;
            }
            passed += 700;
        }
        assert!((598_000..=602_000).contains(&passed), "{passed}");
    }

    #[test]
    fn what_was_not_used_is_not_saved_up() {
        let mut allowance = Allowance::default();
        allowance.set(Duration::ZERO, Some(1000));
        let now = 3600 * SECOND;
        let place = allowance.issue(now, 1000);
        assert_eq!(allowance.wait(now, place), Some(Duration::from_millis(900)));
    }

    #[test]
    fn a_changed_limit_holds_for_those_that_wait() {
        let mut allowance = Allowance::default();
        allowance.set(Duration::ZERO, Some(1000));
        let place = allowance.issue(Duration::ZERO, 10_000);
        allowance.set(SECOND, Some(9000));
        assert_eq!(allowance.wait(SECOND, place), Some(SECOND));
        allowance.set(SECOND, None);
        assert_eq!(allowance.wait(SECOND, place), None);
    }

    #[tokio::test]
    async fn without_a_limit_nothing_is_held_back_and_one_that_is_lifted_frees_who_waits() {
        let limit = Limit::default();
        assert!(!limit.is_limited());
        assert!(limit.wait_for(u64::MAX).now_or_never().is_some());
        limit.set(Some(LEAST_BYTES_PER_SECOND));
        assert!(limit.is_limited());
        let mut waits = limit.wait_for(1 << 40);
        assert!((&mut waits).now_or_never().is_none());
        limit.set(None);
        assert!(waits.now_or_never().is_some());
    }

    #[test]
    fn a_limit_so_small_that_calls_would_look_dead_is_raised() {
        let settings =
            Settings { upload_limit: Some(1), download_limit: Some(1 << 20), ..Settings::default() };
        assert_eq!(chosen(&settings, Direction::Upload), Some(LEAST_BYTES_PER_SECOND));
        assert_eq!(chosen(&settings, Direction::Download), Some(1 << 20));
        assert_eq!(chosen(&Settings::default(), Direction::Upload), None);
    }
}
