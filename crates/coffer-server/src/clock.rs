//! The time of the server: the system's clock, or one that a test moves by hand; and the times that sample files claim.
//! Waiting (longpoll, delays) is real time and not here.

use parking_lot::RwLock;
use std::collections::HashMap;
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
    /// When items claim to have been changed, by their paths in lower case.
    item_times: Arc<RwLock<HashMap<String, Seconds>>>,
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

    /// From now on, what happens to these items, given by their paths in lower case, and to what is below them, claims to have
    /// happened at these times. It replaces what was said before. A new account gets a history by it: no call can reach it.
    pub fn set_item_times(&self, times: impl IntoIterator<Item = (String, Seconds)>) {
        *self.item_times.write() = times.into_iter().collect();
    }

    /// The time that the item at a path, or the nearest folder around it, claims.
    pub(crate) fn item_time(&self, path_lower: &str) -> Option<Seconds> {
        let times = self.item_times.read();
        if times.is_empty() {
            return None;
        }
        std::iter::successors(Some(path_lower), |path| path.rsplit_once('/').map(|(parent, _)| parent))
            .find_map(|path| times.get(path).copied())
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
    #[test]
    fn an_item_claims_its_own_time_or_that_of_the_nearest_folder() {
        let clock = Clock::new();
        assert_eq!(clock.item_time("/a"), None);
        clock.set_item_times([("/a".to_owned(), 10), ("/a/b/c".to_owned(), 20)]);
        let times = ["/a", "/a/b", "/a/b/c", "/a/b/c/d", "/ab", "/x/a", ""].map(|path| clock.item_time(path));
        assert_eq!(times, [Some(10), Some(10), Some(20), Some(20), None, None, None]);
        clock.set_item_times([]);
        assert_eq!(clock.item_time("/a"), None);
    }
}
