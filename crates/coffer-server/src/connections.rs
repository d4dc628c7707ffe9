//! The connections that are open. Everybody on the computer can open some, so those of strangers are few and short:
//! otherwise they would use up the files that this process may have open, and the owner could not connect any more.

use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Connections on which no good token has been shown. Beyond so many the oldest is closed for a new one, so that there is
/// always room for the owner's: they show their token at once.
const MAX_STRANGERS: usize = 128;

/// How long a connection may be open without a request: before the first one is complete, and between two.
const STRANGER_IDLE_TIME: Duration = Duration::from_secs(30);

/// The same for who has shown a good token. Longer than HTTP clients keep their connections, so that no request meets a
/// closed one.
const TRUSTED_IDLE_TIME: Duration = Duration::from_mins(3);

/// All connections of a server.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    /// Those of strangers, the oldest first.
    strangers: Mutex<VecDeque<Weak<ConnectionState>>>,
}

impl Connections {
    /// Takes in a new connection.
    pub(crate) fn open(&self) -> Arc<ConnectionState> {
        let connection = Arc::new(ConnectionState::default());
        let mut strangers = self.strangers.lock();
        strangers.retain(|stranger| stranger.upgrade().is_some_and(|stranger| !stranger.is_trusted()));
        if strangers.len() >= MAX_STRANGERS
            && let Some(oldest) = strangers.pop_front().and_then(|oldest| oldest.upgrade())
        {
            tracing::debug!("a connection without a token was closed for a new one");
            oldest.evicted.cancel();
        }
        strangers.push_back(Arc::downgrade(&connection));
        connection
    }
}

/// What is known of one connection.
#[derive(Debug)]
pub(crate) struct ConnectionState {
    /// A good token was shown.
    trusted: AtomicBool,
    evicted: CancellationToken,
    /// Requests that have begun, and whose reply has not ended.
    requests: watch::Sender<usize>,
}

impl Default for ConnectionState {
    fn default() -> Self {
        let evicted = CancellationToken::new();
        Self { trusted: AtomicBool::new(false), evicted, requests: watch::Sender::new(0) }
    }
}

impl ConnectionState {
    /// A good token has been shown.
    pub(crate) fn trust(&self) {
        self.trusted.store(true, Ordering::Relaxed);
    }

    fn is_trusted(&self) -> bool {
        self.trusted.load(Ordering::Relaxed)
    }

    /// A request begins; it ends when the guard is dropped.
    pub(crate) fn begin_request(self: &Arc<Self>) -> RequestGuard {
        self.requests.send_modify(|requests| *requests += 1);
        RequestGuard { connection: Arc::clone(self) }
    }

    /// Returns when the connection has been idle for too long, or has to make room for another one.
    pub(crate) async fn must_close(&self) {
        self.must_close_after(STRANGER_IDLE_TIME, TRUSTED_IDLE_TIME).await;
    }

    async fn must_close_after(&self, strangers: Duration, trusted: Duration) {
        tokio::select! {
            () = self.evicted.cancelled() => {}
            () = self.idle_longer_than(strangers, trusted) => {}
        }
    }

    async fn idle_longer_than(&self, strangers: Duration, trusted: Duration) {
        let mut requests = self.requests.subscribe();
        loop {
            let is_idle = *requests.borrow_and_update() == 0;
            let limit = if self.is_trusted() { trusted } else { strangers };
            // The sender is in `self`, so a change is all that can end the wait.
            if is_idle {
                if timeout(limit, requests.changed()).await.is_err() {
                    return;
                }
            } else {
                let _ = requests.changed().await;
            }
        }
    }
}

/// A request under way.
#[derive(Debug)]
pub(crate) struct RequestGuard {
    connection: Arc<ConnectionState>,
}

impl RequestGuard {
    pub(crate) fn connection(&self) -> &ConnectionState {
        &self.connection
    }
}

impl Drop for RequestGuard {
    fn drop(&mut self) {
        self.connection.requests.send_modify(|requests| *requests -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_is_idle_between_requests_and_not_during_one() {
        const SHORT: Duration = Duration::from_millis(20);
        const LONG: Duration = Duration::from_mins(1);
        let connection = Arc::new(ConnectionState::default());
        let is_closed = async |strangers, trusted| {
            timeout(5 * SHORT, connection.must_close_after(strangers, trusted)).await.is_ok()
        };
        assert!(!is_closed(LONG, SHORT).await && is_closed(SHORT, LONG).await);
        let request = connection.begin_request();
        assert!(!is_closed(SHORT, SHORT).await, "a request may take long");
        drop(request);
        assert!(is_closed(SHORT, LONG).await);
        connection.trust();
        assert!(!is_closed(SHORT, LONG).await && is_closed(LONG, SHORT).await);
    }

    #[tokio::test]
    async fn the_oldest_stranger_makes_room_and_whoever_is_trusted_stays() {
        let connections = Connections::default();
        let owner = connections.open();
        owner.trust();
        let first = connections.open();
        let others: Vec<_> = (1..MAX_STRANGERS).map(|_| connections.open()).collect();
        assert!(!first.evicted.is_cancelled());
        let _new = connections.open();
        assert!(first.evicted.is_cancelled());
        drop(others);
        let _another = connections.open();
        assert!(!owner.evicted.is_cancelled());
    }
}
