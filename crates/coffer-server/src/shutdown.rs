//! How far a shutdown has come. Requests that wait for something watch it; [`Server`](super::Server) drives it.

use tokio::sync::watch;

/// How far a shutdown has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ShutdownPhase {
    Running,
    /// No new requests; those under way finish, and long polls end at once.
    Stopping,
    /// Requests under way are dropped.
    Stopped,
}

/// Begins the shutdown when it is dropped.
#[derive(Debug)]
pub(crate) struct ShutdownGuard(watch::Sender<ShutdownPhase>);

impl ShutdownGuard {
    /// A server that runs, and the receiver that learns of its shutdown.
    pub(crate) fn new() -> (Self, watch::Receiver<ShutdownPhase>) {
        let (sender, receiver) = watch::channel(ShutdownPhase::Running);
        (Self(sender), receiver)
    }

    /// Advances the shutdown to `phase`; it never goes back.
    pub(crate) fn advance_to(&self, phase: ShutdownPhase) {
        self.0.send_if_modified(|current| {
            let is_later = phase > *current;
            *current = phase.max(*current);
            is_later
        });
    }
}

impl Drop for ShutdownGuard {
    fn drop(&mut self) {
        self.advance_to(ShutdownPhase::Stopping);
    }
}

/// Waits until the shutdown has come to `wanted`.
pub(crate) async fn wait_for_phase(phase: &mut watch::Receiver<ShutdownPhase>, wanted: ShutdownPhase) {
    // An error means that the sender is gone, and with it the server: the wait is over as well.
    let _ = phase.wait_for(|phase| *phase >= wanted).await;
}
