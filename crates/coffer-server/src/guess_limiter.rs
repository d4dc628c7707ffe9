//! Slows down guessing. A secret that people type (the password of a link, the passcode of the account) may be wrong a few
//! times in a row, and after that only now and then.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// So many tries in a row need no wait.
const FREE_TRIES: u32 = 10;

/// Beyond them, one try in this time. Four digits take 14 hours then.
const STEP: Duration = Duration::from_secs(5);

/// Counts the tries for each secret by its name.
#[derive(Debug, Default)]
pub(crate) struct GuessLimiter {
    /// When all tries for a secret will be forgotten.
    forgotten_at: Mutex<HashMap<String, Instant>>,
}

/// Too many tries; the next one is allowed after this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooManyGuesses {
    pub retry_after: Duration,
}

impl TooManyGuesses {
    /// For `Retry-After`, at least 1.
    pub(crate) fn retry_after_secs(self) -> u64 {
        self.retry_after.as_secs() + 1
    }
}

impl GuessLimiter {
    /// Counts a try. Ask before the secret is compared: tries that come together are all counted then.
    pub(crate) fn begin_try(&self, secret: &str) -> Result<(), TooManyGuesses> {
        self.begin_try_at(secret, Instant::now())
    }

    fn begin_try_at(&self, secret: &str, now: Instant) -> Result<(), TooManyGuesses> {
        let mut forgotten_at = self.forgotten_at.lock();
        forgotten_at.retain(|_, at| *at > now);
        let at = forgotten_at.get(secret).copied().unwrap_or(now) + STEP;
        let retry_after = at.saturating_duration_since(now).saturating_sub(STEP * FREE_TRIES);
        if !retry_after.is_zero() {
            return Err(TooManyGuesses { retry_after });
        }
        forgotten_at.insert(secret.to_owned(), at);
        Ok(())
    }

    /// The secret was right: its tries are forgotten.
    pub(crate) fn forget(&self, secret: &str) {
        self.forgotten_at.lock().remove(secret);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_few_tries_each_one_has_to_wait() {
        let limiter = GuessLimiter::default();
        let start = Instant::now();
        for _ in 0..FREE_TRIES {
            limiter.begin_try_at("link", start).unwrap();
        }
        let refused = limiter.begin_try_at("link", start + Duration::from_secs(1)).unwrap_err();
        assert_eq!(refused.retry_after, Duration::from_secs(4));
        limiter.begin_try_at("another", start).unwrap();
        limiter.begin_try_at("link", start + STEP).unwrap();
        assert!(limiter.begin_try_at("link", start + STEP).is_err());
    }

    #[test]
    fn the_right_secret_makes_the_tries_before_it_forgotten() {
        let limiter = GuessLimiter::default();
        let start = Instant::now();
        for _ in 0..3 * FREE_TRIES {
            limiter.begin_try_at("link", start).unwrap();
            limiter.forget("link");
        }
    }
}
