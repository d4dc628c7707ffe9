//! Transfer permits: the right to one call that moves bytes, and the pool for each direction that they come from.
//!
//! Three questions are answered in three files, so that each can be tested without the others:
//!
//! - *How many* calls may run at once: `concurrency_limiter`, from what the calls before have achieved.
//! - *Whose* call is next: `queue`, from the order of the transfers and what the person has paused or prioritized.
//! - *When*: here. [`TransferPermits::acquire`] puts the caller into the queue, and a permit is granted whenever there
//!   are fewer permits in use than the limiter allows: when a call begins to wait, when a permit is dropped, and when
//!   a transfer is resumed or prioritized.
//!
//! A permit counts from the moment it is granted, not from the moment its owner is polled. Otherwise two dropped permits
//! in a row could both be granted on the same count.
//!
//! Each call holds the bytes that it moves in memory for as long as it has its permit, so the number of permits bounds
//! the memory of all transfers together, however many of them run.
//!
//! **Dropping.** A permit that is dropped goes back to its pool, also when the future that holds it is cancelled. A
//! waiter whose future is dropped stays in the queue as a closed channel; it is skipped when its turn comes.
//!
//! **Locking.** The one mutex is held for a few lines without I/O and without `await`. Permits are sent after it is
//! released, because a permit that nobody receives is dropped on the spot, and its drop locks the mutex again.

use super::concurrency_limiter::ConcurrencyLimiter;
use super::queue::TransferQueue;
use coffer_model::transfer::TransferCommand;
use coffer_model::{Direction, RequestId};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

/// All permits there are. Clones share them.
#[derive(Clone)]
pub(crate) struct TransferPermits(Arc<Inner>);

struct Inner {
    began: Instant,
    pools: Mutex<PermitPools>,
    /// Notified when a transfer is paused, resumed, prioritized, or has ended.
    controlled: Notify,
}

/// One pool up and one down: a connection that is slow one way need not be so the other way.
struct PermitPools {
    upload: PermitPool,
    download: PermitPool,
}

struct PermitPool {
    queue: TransferQueue<oneshot::Sender<TransferPermit>>,
    limiter: ConcurrencyLimiter,
    in_use: usize,
    /// Permits in use by each transfer that has any.
    in_use_by: HashMap<RequestId, usize>,
}

/// What went wrong with a call, as far as it says something about the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CongestionSignal {
    /// The service asked to slow down.
    TooFast,
    /// No answer came, or the connection broke.
    Lost,
    /// There is no connection at all, or the service has trouble of its own.
    Away,
}

/// A permit that is not needed while its call waits; dropping it takes it back, also beyond what the limiter allows.
pub(crate) struct LentPermit {
    permits: TransferPermits,
    direction: Direction,
}

/// The right to one call that moves bytes; dropping it gives it back.
#[must_use = "a permit that is dropped is given back"]
pub(crate) struct TransferPermit {
    /// The pool that it came from. `None`: it counts nowhere, because its transfer has ended.
    origin: Option<(TransferPermits, Direction, RequestId)>,
    since: Instant,
    bytes: u64,
}

impl Default for TransferPermits {
    fn default() -> Self {
        Self(Arc::new(Inner {
            began: Instant::now(),
            pools: Mutex::new(PermitPools::new()),
            controlled: Notify::new(),
        }))
    }
}

impl TransferPermits {
    /// Puts a transfer into the queue behind those that were begun before.
    pub(crate) fn join(&self, transfer: RequestId, direction: Direction) {
        self.0.pools.lock().pool(direction).queue.join(transfer);
    }

    /// A transfer has ended. Its calls that still wait for a permit get one that counts nowhere.
    pub(crate) fn leave(&self, transfer: RequestId) {
        let mut pools = self.0.pools.lock();
        if let Some(direction) = pools.direction(transfer) {
            pools.pool(direction).queue.leave(transfer);
        }
        drop(pools);
        self.0.controlled.notify_waiters();
    }

    /// Pauses, resumes or prioritizes a transfer, unless it has ended.
    pub(crate) fn control(&self, transfer: RequestId, command: TransferCommand) {
        let mut pools = self.0.pools.lock();
        let Some(direction) = pools.direction(transfer) else { return };
        let queue = &mut pools.pool(direction).queue;
        match command {
            TransferCommand::Pause => queue.pause(transfer, true),
            TransferCommand::Resume => queue.pause(transfer, false),
            TransferCommand::Prioritize => queue.prioritize(transfer),
        }
        drop(pools);
        self.0.controlled.notify_waiters();
        self.grant_permits(direction);
    }

    pub(crate) fn is_paused(&self, transfer: RequestId) -> bool {
        let mut pools = self.0.pools.lock();
        pools.direction(transfer).is_some_and(|direction| pools.pool(direction).queue.is_paused(transfer))
    }

    /// Whether a call of the transfer moves bytes now.
    pub(crate) fn is_moving(&self, transfer: RequestId) -> bool {
        let pools = self.0.pools.lock();
        pools.upload.in_use_by.contains_key(&transfer) || pools.download.in_use_by.contains_key(&transfer)
    }

    /// Returns when the transfer is not paused.
    pub(crate) async fn wait_until_resumed(&self, transfer: RequestId) {
        self.wait_until(|| !self.is_paused(transfer)).await;
    }

    /// Returns when the transfer is paused.
    pub(crate) async fn wait_until_paused(&self, transfer: RequestId) {
        self.wait_until(|| self.is_paused(transfer)).await;
    }

    async fn wait_until(&self, condition: impl Fn() -> bool) {
        loop {
            // Before the condition is checked, so that no change between the two is missed.
            let controlled = self.0.controlled.notified();
            if condition() {
                return;
            }
            controlled.await;
        }
    }

    /// Waits for a permit of a transfer that has [joined](Self::join).
    pub(crate) async fn acquire(&self, transfer: RequestId) -> TransferPermit {
        let (sender, receiver) = oneshot::channel();
        let direction = {
            let mut pools = self.0.pools.lock();
            let direction = pools.direction(transfer);
            direction.filter(|direction| pools.pool(*direction).queue.wait(transfer, sender).is_ok())
        };
        if let Some(direction) = direction {
            self.grant_permits(direction);
            if let Ok(permit) = receiver.await {
                return permit;
            }
        }
        TransferPermit { origin: None, since: Instant::now(), bytes: 0 }
    }

    /// Something went wrong with a call.
    pub(crate) fn signal(&self, direction: Direction, signal: CongestionSignal) {
        let now = self.0.began.elapsed();
        let mut pools = self.0.pools.lock();
        let limiter = &mut pools.pool(direction).limiter;
        match signal {
            CongestionSignal::TooFast => limiter.slow_down(now),
            CongestionSignal::Lost => limiter.lost(now),
            CongestionSignal::Away => limiter.idle(),
        }
    }

    /// Lets another call run while one that has a permit waits before it is made again: otherwise a few failed calls
    /// would look like a slow connection. `None` for uploads, whose calls hold their bytes in memory meanwhile.
    pub(crate) fn lend(&self, direction: Direction) -> Option<LentPermit> {
        let mut pools = self.0.pools.lock();
        let pool = pools.pool(direction);
        if direction == Direction::Upload || pool.in_use == 0 {
            return None;
        }
        pool.in_use -= 1;
        drop(pools);
        self.grant_permits(direction);
        Some(LentPermit { permits: self.clone(), direction })
    }

    /// Allows only as many calls as a speed limit, in bytes a second, leaves room for.
    pub(crate) fn set_speed_limit(&self, direction: Direction, bytes_per_second: Option<u64>) {
        self.0.pools.lock().pool(direction).limiter.set_speed_limit(bytes_per_second);
        self.grant_permits(direction);
    }

    /// Grants all permits that the limiter allows now.
    fn grant_permits(&self, direction: Direction) {
        let mut granted = Vec::new();
        {
            let mut pools = self.0.pools.lock();
            let pool = pools.pool(direction);
            while pool.in_use < pool.limiter.concurrency()
                && let Some((transfer, sender)) = pool.queue.next(|sender| !sender.is_closed())
            {
                pool.in_use += 1;
                *pool.in_use_by.entry(transfer).or_default() += 1;
                granted.push((transfer, sender));
            }
            if pool.in_use < pool.limiter.concurrency() {
                pool.limiter.idle();
            }
        }
        for (transfer, sender) in granted {
            let origin = Some((self.clone(), direction, transfer));
            // A receiver that was dropped meanwhile returns the permit as the error; dropping that gives it back.
            drop(sender.send(TransferPermit { origin, since: Instant::now(), bytes: 0 }));
        }
    }
}

impl PermitPool {
    fn new(direction: Direction) -> Self {
        Self {
            queue: TransferQueue::default(),
            limiter: ConcurrencyLimiter::new(direction),
            in_use: 0,
            in_use_by: HashMap::new(),
        }
    }
}

impl PermitPools {
    fn new() -> Self {
        let [upload, download] = [Direction::Upload, Direction::Download].map(PermitPool::new);
        Self { upload, download }
    }

    fn pool(&mut self, direction: Direction) -> &mut PermitPool {
        match direction {
            Direction::Upload => &mut self.upload,
            Direction::Download => &mut self.download,
        }
    }

    fn direction(&self, transfer: RequestId) -> Option<Direction> {
        if self.upload.queue.contains(transfer) {
            return Some(Direction::Upload);
        }
        self.download.queue.contains(transfer).then_some(Direction::Download)
    }
}

impl Drop for LentPermit {
    fn drop(&mut self) {
        self.permits.0.pools.lock().pool(self.direction).in_use += 1;
    }
}

impl TransferPermit {
    /// A call with this permit has moved so many bytes.
    pub(crate) fn add_moved(&mut self, bytes: u64) {
        self.bytes += bytes;
    }
}

impl Drop for TransferPermit {
    fn drop(&mut self) {
        let Some((permits, direction, transfer)) = self.origin.take() else { return };
        let now = permits.0.began.elapsed();
        {
            let mut pools = permits.0.pools.lock();
            let pool = pools.pool(direction);
            pool.in_use = pool.in_use.saturating_sub(1);
            if let Some(in_use) = pool.in_use_by.get_mut(&transfer) {
                *in_use -= 1;
                if *in_use == 0 {
                    pool.in_use_by.remove(&transfer);
                }
            }
            pool.limiter.ended(now, self.bytes, self.since.elapsed());
        }
        permits.grant_permits(direction);
    }
}

#[cfg(test)]
mod tests {
    use super::{CongestionSignal, TransferPermit, TransferPermits};
    use coffer_model::transfer::TransferCommand;
    use coffer_model::{Direction, RequestId};
    use futures_util::FutureExt;
    use std::pin::Pin;

    const FILM: RequestId = RequestId(1);
    const PHOTOS: RequestId = RequestId(2);

    fn permits() -> TransferPermits {
        let permits = TransferPermits::default();
        permits.join(FILM, Direction::Upload);
        permits.join(PHOTOS, Direction::Upload);
        permits
    }

    type Wait<'a> = Pin<Box<dyn Future<Output = TransferPermit> + 'a>>;

    /// Asks for a permit; the future has begun to wait.
    fn ask(permits: &TransferPermits, transfer: RequestId) -> Result<TransferPermit, Wait<'_>> {
        let mut wait: Wait = Box::pin(permits.acquire(transfer));
        match (&mut wait).now_or_never() {
            Some(permit) => Ok(permit),
            None => Err(wait),
        }
    }

    #[track_caller]
    fn must_wait(permits: &TransferPermits, transfer: RequestId) -> Wait<'_> {
        ask(permits, transfer).err().expect("there is no permit yet")
    }

    #[track_caller]
    fn gets_at_once(permits: &TransferPermits, transfer: RequestId) -> TransferPermit {
        ask(permits, transfer).ok().expect("there is a permit")
    }

    #[tokio::test]
    async fn a_dropped_permit_goes_to_the_one_whose_turn_it_is() {
        let permits = permits();
        let (first, _second) = (gets_at_once(&permits, FILM), gets_at_once(&permits, FILM));
        let mut photos = must_wait(&permits, PHOTOS);
        let mut film = must_wait(&permits, FILM);
        drop(first);
        assert!((&mut photos).now_or_never().is_none());
        assert!((&mut film).now_or_never().is_some());
        assert!(photos.now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_transfer_moved_to_the_front_overtakes_those_that_wait() {
        let permits = permits();
        let (first, _second) = (gets_at_once(&permits, FILM), gets_at_once(&permits, FILM));
        let mut film = must_wait(&permits, FILM);
        let mut photos = must_wait(&permits, PHOTOS);
        permits.control(PHOTOS, TransferCommand::Prioritize);
        drop(first);
        assert!((&mut film).now_or_never().is_none());
        assert!((&mut photos).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_paused_transfer_waits_and_holds_nobody_up() {
        let permits = permits();
        permits.control(FILM, TransferCommand::Pause);
        assert!(permits.is_paused(FILM));
        let mut film = must_wait(&permits, FILM);
        let mut resumed = Box::pin(permits.wait_until_resumed(FILM));
        assert!((&mut resumed).now_or_never().is_none());
        drop(gets_at_once(&permits, PHOTOS));
        permits.control(FILM, TransferCommand::Resume);
        assert!(resumed.now_or_never().is_some());
        assert!((&mut film).now_or_never().is_some());
    }

    #[tokio::test]
    async fn the_directions_do_not_wait_for_each_other() {
        let permits = permits();
        let download = RequestId(3);
        permits.join(download, Direction::Download);
        let _held = (gets_at_once(&permits, FILM), gets_at_once(&permits, FILM));
        let _waits = must_wait(&permits, FILM);
        drop(gets_at_once(&permits, download));
    }

    #[tokio::test]
    async fn a_download_that_waits_lends_its_permit_and_an_upload_does_not() {
        for (direction, is_lent) in [(Direction::Download, true), (Direction::Upload, false)] {
            let permits = TransferPermits::default();
            permits.join(FILM, direction);
            let _first = permits.acquire(FILM).await;
            let _second = permits.acquire(FILM).await;
            let mut third = Box::pin(permits.acquire(FILM));
            assert!((&mut third).now_or_never().is_none(), "two are all there are at first");
            let lent = permits.lend(direction);
            assert_eq!((&mut third).now_or_never().is_some(), is_lent, "{direction:?}");
            drop(lent);
            let mut fourth = Box::pin(permits.acquire(FILM));
            assert!((&mut fourth).now_or_never().is_none(), "{direction:?}");
        }
    }

    #[tokio::test]
    async fn what_has_ended_waits_for_nothing_and_cannot_be_controlled() {
        let permits = permits();
        let (first, second) = (gets_at_once(&permits, FILM), gets_at_once(&permits, FILM));
        let photos = must_wait(&permits, PHOTOS);
        assert!(permits.is_moving(FILM) && !permits.is_moving(PHOTOS));
        permits.leave(PHOTOS);
        permits.control(PHOTOS, TransferCommand::Pause);
        assert!(!permits.is_paused(PHOTOS));
        assert!(photos.now_or_never().is_some());
        drop((first, second));
        assert!(!permits.is_moving(FILM));
        drop((gets_at_once(&permits, FILM), gets_at_once(&permits, FILM)));
    }

    #[tokio::test]
    async fn waiters_that_were_dropped_use_up_no_permit() {
        let permits = permits();
        let (first, _second) = (gets_at_once(&permits, FILM), gets_at_once(&permits, FILM));
        let gone = must_wait(&permits, FILM);
        let mut photos = must_wait(&permits, PHOTOS);
        drop(gone);
        drop(first);
        assert!((&mut photos).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_service_that_asks_for_patience_and_a_limit_of_speed_leave_one_call() {
        for slow_down in [
            (|permits: &TransferPermits| permits.signal(Direction::Upload, CongestionSignal::TooFast))
                as fn(&TransferPermits),
            |permits: &TransferPermits| permits.set_speed_limit(Direction::Upload, Some(10_000)),
        ] {
            let permits = permits();
            slow_down(&permits);
            let first = gets_at_once(&permits, FILM);
            let mut second = must_wait(&permits, FILM);
            drop(first);
            assert!((&mut second).now_or_never().is_some());
        }
    }
}
