//! Keeps a copy of the account’s database (`store::copies`) while the server runs.

use super::clock::Clock;
use super::shutdown::{ShutdownPhase, wait_for_phase};
use super::store::error::StoreError;
use super::store::{Store, copies};
use std::time::Duration;
use tokio::sync::{oneshot, watch};

/// A copy is at least so old before the next one is made: it costs reading and writing the whole database.
const INTERVAL_SECS: i64 = 60 * 60;

/// After a change, others are waited for.
const PAUSE: Duration = Duration::from_mins(1);

/// Copies the database when it has changed and the last copy is old, until the server stops. A server that runs for a
/// moment only, as that of a command, copies what earlier ones have changed.
pub(crate) async fn run(store: Store, clock: Clock, mut phase: watch::Receiver<ShutdownPhase>) {
    let mut changes = store.changes();
    let keeping = async {
        loop {
            let sequence = *changes.borrow_and_update();
            let path = store.path().to_owned();
            let newest = tokio::task::spawn_blocking(move || copies::newest(&path)).await.ok().flatten();
            let now = clock.now();
            if sequence > 0 && newest.is_none_or(|(_, copied)| copied != sequence) {
                // A copy from the future is one from before the clock was set.
                let age = newest.map(|(made, _)| now - made).filter(|age| *age >= 0);
                let wait = INTERVAL_SECS - age.unwrap_or(INTERVAL_SECS);
                if wait > 0 {
                    tokio::time::sleep(Duration::from_secs(wait as u64)).await;
                    continue;
                }
                if let Err(error) = copy(&store, now).await {
                    tracing::warn!(%error, "the account’s database could not be copied");
                }
            }
            if changes.changed().await.is_err() {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::select! {
        () = keeping => {}
        () = wait_for_phase(&mut phase, ShutdownPhase::Stopping) => {}
    }
}

/// Makes a copy. If this is given up, so is the copy.
async fn copy(store: &Store, now: i64) -> Result<(), StoreError> {
    let (sender, receiver) = oneshot::channel();
    let store = store.clone();
    let copying = tokio::task::spawn_blocking(move || {
        store.copy_database(now, |handle| {
            // Nobody waits any more if it fails.
            let _ = sender.send(handle);
        })
    });
    let mut interrupt = InterruptGuard(receiver.await.ok());
    let outcome = copying.await.unwrap_or(Err(StoreError::Closed));
    interrupt.0 = None;
    outcome
}

/// Interrupts the copying when it is dropped, so that it does not hold up the end of the server.
struct InterruptGuard(Option<rusqlite::InterruptHandle>);

impl Drop for InterruptGuard {
    fn drop(&mut self) {
        if let Some(handle) = &self.0 {
            handle.interrupt();
        }
    }
}
