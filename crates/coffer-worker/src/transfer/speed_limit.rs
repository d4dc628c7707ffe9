//! The limits of speed that the person has set: bytes a second for all transfers of a direction together. Browsing is
//! never limited. How many calls share a limit is the business of `concurrency_limiter`.

use coffer_model::{Direction, Settings};
use dropbox_client::Pacer;
use futures_util::future::BoxFuture;
use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// How much may pass at once after a pause, in seconds of the limit.
const BURST_SECS: f64 = 0.1;
/// The smallest limit that is applied. With a smaller one calls would look dead.
pub(crate) const MIN_BYTES_PER_SECOND: u64 = 4 * 1024;

/// One limit up and one down.
#[derive(Default)]
pub(crate) struct SpeedLimits {
    up: Arc<SpeedLimit>,
    down: Arc<SpeedLimit>,
}

impl SpeedLimits {
    pub(crate) fn for_direction(&self, direction: Direction) -> &Arc<SpeedLimit> {
        match direction {
            Direction::Upload => &self.up,
            Direction::Download => &self.down,
        }
    }
}

/// The limit of a direction as the settings have it, but not below [`MIN_BYTES_PER_SECOND`].
pub(crate) fn effective_limit(settings: &Settings, direction: Direction) -> Option<u64> {
    let configured = match direction {
        Direction::Upload => settings.upload_limit,
        Direction::Download => settings.download_limit,
    };
    configured.map(|limit| limit.max(MIN_BYTES_PER_SECOND))
}

/// The limit of one direction.
pub(crate) struct SpeedLimit {
    began: Instant,
    limited: AtomicBool,
    allowance: Mutex<Allowance>,
    changed: Notify,
}

impl Default for SpeedLimit {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            limited: AtomicBool::new(false),
            allowance: Mutex::default(),
            changed: Notify::new(),
        }
    }
}

impl SpeedLimit {
    /// Holds at once, also for those that wait already.
    pub(crate) fn set(&self, bytes_per_second: Option<u64>) {
        self.allowance().set(self.began.elapsed(), bytes_per_second);
        self.limited.store(bytes_per_second.is_some(), Ordering::Relaxed);
        self.changed.notify_waiters();
    }

    fn allowance(&self) -> MutexGuard<'_, Allowance> {
        self.allowance.lock()
    }

    async fn wait(&self, bytes: u64) {
        let position = self.allowance().issue(self.began.elapsed(), bytes);
        loop {
            let changed = self.changed.notified();
            let Some(wait) = self.allowance().wait(self.began.elapsed(), position) else { return };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = changed => {}
            }
        }
    }
}

impl Pacer for SpeedLimit {
    fn is_limited(&self) -> bool {
        self.limited.load(Ordering::Relaxed)
    }

    fn wait_for(&self, bytes: u64) -> BoxFuture<'_, ()> {
        Box::pin(self.wait(bytes))
    }
}

/// Counts the bytes that were asked for and those that time has allowed. Each call has a position in one queue: the sum
/// of all bytes that were asked for up to it. Its bytes may pass when so many are allowed.
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

    /// Asks for bytes; returns the position of the call in the queue.
    fn issue(&mut self, now: Duration, bytes: u64) -> f64 {
        self.advance(now);
        self.asked += bytes as f64;
        self.asked
    }

    /// How long the call at `position` still has to wait; `None` when its bytes may pass.
    fn wait(&mut self, now: Duration, position: f64) -> Option<Duration> {
        self.advance(now);
        let bytes_per_second = self.bytes_per_second?;
        let missing = position - self.allowed;
        (missing > 0.5).then(|| Duration::from_secs_f64(missing / bytes_per_second))
    }

    fn advance(&mut self, now: Duration) {
        let seconds = now.saturating_sub(self.at).as_secs_f64();
        self.at = self.at.max(now);
        self.allowed = match self.bytes_per_second {
            // Bytes that nobody asks for are not saved up.
            Some(limit) => (self.allowed + limit * seconds).min(self.asked + limit * BURST_SECS),
            None => self.asked,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, MIN_BYTES_PER_SECOND, SpeedLimit, effective_limit};
    use coffer_model::{Direction, Settings};
    use dropbox_client::Pacer;
    use futures_util::FutureExt;
    use std::time::Duration;

    const SECOND: Duration = Duration::from_secs(1);

    /// When each of these pieces may pass, in seconds; all are asked for at once.
    fn times(limit: u64, pieces: &[u64]) -> Vec<f64> {
        let mut allowance = Allowance::default();
        allowance.set(Duration::ZERO, Some(limit));
        let positions: Vec<f64> =
            pieces.iter().map(|bytes| allowance.issue(Duration::ZERO, *bytes)).collect();
        let mut wait = |position| allowance.wait(Duration::ZERO, position).unwrap_or_default().as_secs_f64();
        positions.into_iter().map(&mut wait).collect()
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
            let position = allowance.issue(now, 700);
            while let Some(wait) = allowance.wait(now, position) {
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
        let position = allowance.issue(now, 1000);
        assert_eq!(allowance.wait(now, position), Some(Duration::from_millis(900)));
    }

    #[test]
    fn a_changed_limit_holds_for_those_that_wait() {
        let mut allowance = Allowance::default();
        allowance.set(Duration::ZERO, Some(1000));
        let position = allowance.issue(Duration::ZERO, 10_000);
        allowance.set(SECOND, Some(9000));
        assert_eq!(allowance.wait(SECOND, position), Some(SECOND));
        allowance.set(SECOND, None);
        assert_eq!(allowance.wait(SECOND, position), None);
    }

    #[tokio::test]
    async fn without_a_limit_nothing_is_held_back_and_one_that_is_lifted_frees_who_waits() {
        let limit = SpeedLimit::default();
        assert!(!limit.is_limited());
        assert!(limit.wait_for(u64::MAX).now_or_never().is_some());
        limit.set(Some(MIN_BYTES_PER_SECOND));
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
        assert_eq!(effective_limit(&settings, Direction::Upload), Some(MIN_BYTES_PER_SECOND));
        assert_eq!(effective_limit(&settings, Direction::Download), Some(1 << 20));
        assert_eq!(effective_limit(&Settings::default(), Direction::Upload), None);
    }
}
