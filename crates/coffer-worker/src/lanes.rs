//! Who may use the network now: lanes with their own permits, so that browsing never waits behind thumbnails.
//! Transfers have permits of their own (`transfer`); how long to wait when the service asks for it is the gate's business.

use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};

use coffer_model::RequestId;

/// Listings, previews, searches, edits: everything that somebody looks at and waits for.
const INTERACTIVE: usize = 8;
/// Calls for thumbnails at once. They wait more than they work: over a line of 50 ms, with eight at a time the
/// waiting alone would take half a second for a folder of 2,000 pictures.
pub(crate) const BACKGROUND: usize = 12;

#[derive(Clone)]
pub(crate) struct Lanes {
    interactive: Arc<Semaphore>,
    /// How many interactive permits are out.
    interactive_out: watch::Sender<usize>,
    pub background: LatestFirst,
    batches: Arc<Semaphore>,
    bring_backs: Arc<Semaphore>,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            interactive: Arc::new(Semaphore::new(INTERACTIVE)),
            interactive_out: watch::Sender::new(0),
            background: LatestFirst::new(BACKGROUND),
            batches: Arc::new(Semaphore::new(1)),
            bring_backs: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Lanes {
    pub(crate) async fn interactive(&self) -> Option<InteractivePermit> {
        self.interactive_out.send_modify(|out| *out += 1);
        let counted = InteractiveCount(self.interactive_out.clone());
        let permit = Arc::clone(&self.interactive).acquire_owned().await.ok()?;
        Some(InteractivePermit { _permit: permit, _counted: counted })
    }

    /// Returns when nobody waits for anything, for what has time.
    pub(crate) async fn quiet(&self) {
        // The sender is here, so there is no error.
        let _ = self.interactive_out.subscribe().wait_for(|out| *out == 0).await;
    }

    /// For batches of commits: the service takes one at a time from an account (reference §2.7).
    pub(crate) async fn batch(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.batches).acquire_owned().await.ok()
    }

    /// For folders that are brought back: of two that have steps in common the second finds them done.
    pub(crate) async fn bring_back(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.bring_backs).acquire_owned().await.ok()
    }
}

/// The right to a call that somebody waits for; dropping it gives it back.
pub(crate) struct InteractivePermit {
    _permit: OwnedSemaphorePermit,
    _counted: InteractiveCount,
}

struct InteractiveCount(watch::Sender<usize>);

impl Drop for InteractiveCount {
    fn drop(&mut self) {
        self.0.send_modify(|out| *out -= 1);
    }
}

/// A lane in which the newest request goes first, because that is what is on screen.
#[derive(Clone)]
pub(crate) struct LatestFirst(Arc<Mutex<Queue>>);

struct Queue {
    free: usize,
    arrivals: u64,
    /// By request, then by arrival turned round: within one request the first comes first.
    waiting: BTreeMap<(RequestId, std::cmp::Reverse<u64>), oneshot::Sender<LatestPermit>>,
}

/// The right to one call; dropping it hands it on.
pub(crate) struct LatestPermit(LatestFirst);

impl LatestFirst {
    pub(crate) fn new(permits: usize) -> Self {
        Self(Arc::new(Mutex::new(Queue { free: permits, arrivals: 0, waiting: BTreeMap::new() })))
    }

    pub(crate) async fn acquire(&self, id: RequestId) -> LatestPermit {
        let receiver = {
            let mut queue = self.lock();
            if queue.free > 0 {
                queue.free -= 1;
                return LatestPermit(self.clone());
            }
            let (sender, receiver) = oneshot::channel();
            queue.arrivals += 1;
            let arrival = queue.arrivals;
            queue.waiting.insert((id, std::cmp::Reverse(arrival)), sender);
            receiver
        };
        match receiver.await {
            Ok(permit) => permit,
            // The sender leaves the queue only together with a permit, so this is never reached.
            Err(_) => std::future::pending().await,
        }
    }

    fn lock(&self) -> parking_lot::MutexGuard<'_, Queue> {
        self.0.lock()
    }
}

impl Drop for LatestPermit {
    fn drop(&mut self) {
        let next = {
            let mut queue = self.0.lock();
            let Some((_, next)) = queue.waiting.pop_last() else {
                queue.free += 1;
                return;
            };
            next
        };
        // When the waiter has gone, the permit comes back in the error and is handed on by being dropped.
        drop(next.send(LatestPermit(self.0.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::LatestFirst;
    use coffer_model::RequestId;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn the_newest_request_goes_first_and_the_gone_are_passed_over() {
        let lane = LatestFirst::new(1);
        let held = lane.acquire(RequestId(1)).await;
        let mut older = Box::pin(lane.acquire(RequestId(2)));
        let mut gone = Box::pin(lane.acquire(RequestId(9)));
        let mut newer = Box::pin(lane.acquire(RequestId(3)));
        assert!((&mut older).now_or_never().is_none());
        assert!((&mut gone).now_or_never().is_none());
        assert!((&mut newer).now_or_never().is_none());
        drop(gone);
        drop(held);
        assert!((&mut older).now_or_never().is_none());
        let permit = (&mut newer).now_or_never().expect("the newer request has the permit");
        drop(permit);
        assert!((&mut older).now_or_never().is_some());
    }

    #[tokio::test]
    async fn within_a_request_the_first_call_goes_first() {
        let lane = LatestFirst::new(1);
        let held = lane.acquire(RequestId(1)).await;
        let mut first = Box::pin(lane.acquire(RequestId(2)));
        let mut second = Box::pin(lane.acquire(RequestId(2)));
        assert!((&mut first).now_or_never().is_none());
        assert!((&mut second).now_or_never().is_none());
        drop(held);
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut first).now_or_never().is_some());
    }
}
