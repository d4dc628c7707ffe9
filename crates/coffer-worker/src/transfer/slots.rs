//! Who may move bytes now: slots shared by all transfers of a direction. Whose turn it is stands in `queue`, how many
//! slots there are in `concurrency_limiter`; here they are handed out and taken back. As each slot stands for one piece in memory,
//! slots bound the memory as well.

use super::concurrency_limiter::ConcurrencyLimiter;
use super::queue::TransferQueue;
use coffer_model::transfer::TransferCommand;
use coffer_model::{Direction, RequestId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

/// All slots there are. Clones share them.
#[derive(Clone)]
pub(crate) struct Slots(Arc<Inner>);

struct Inner {
    began: Instant,
    lines: Mutex<Lines>,
    /// Told when a transfer goes on.
    steered: Notify,
}

/// One line up and one down: what is slow one way need not be so the other way.
#[derive(Default)]
struct Lines {
    up: Line,
    down: Line,
}

#[derive(Default)]
struct Line {
    queue: TransferQueue<oneshot::Sender<Slot>>,
    width: ConcurrencyLimiter,
    held: usize,
    holders: HashMap<RequestId, usize>,
}

/// What went wrong with a call, as far as it tells something about the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CongestionSignal {
    /// The service asked to slow down.
    TooFast,
    /// No answer came, or the connection broke.
    Lost,
    /// There is no line at all, or the service has trouble of its own.
    Away,
}

/// The right to one call that moves bytes; dropping it hands it on.
#[must_use = "a slot that is dropped is handed on"]
pub(crate) struct Slot {
    /// `None`: it counts nowhere, because its transfer has ended.
    place: Option<(Slots, Direction, RequestId)>,
    since: Instant,
    bytes: u64,
}

impl Default for Slots {
    fn default() -> Self {
        Self(Arc::new(Inner { began: Instant::now(), lines: Mutex::default(), steered: Notify::new() }))
    }
}

impl Slots {
    /// A transfer takes its place behind those that were begun before.
    pub(crate) fn join(&self, transfer: RequestId, direction: Direction) {
        self.lines().of(direction).queue.join(transfer);
    }

    /// It has ended: calls that still wait for a slot get none.
    pub(crate) fn leave(&self, transfer: RequestId) {
        let mut lines = self.lines();
        if let Some(direction) = lines.direction(transfer) {
            lines.of(direction).queue.leave(transfer);
        }
        drop(lines);
        self.0.steered.notify_waiters();
    }

    /// Changes the course of a transfer; one that has ended is past it.
    pub(crate) fn control(&self, transfer: RequestId, command: TransferCommand) {
        let mut lines = self.lines();
        let Some(direction) = lines.direction(transfer) else { return };
        let line = lines.of(direction);
        match command {
            TransferCommand::Pause => line.queue.pause(transfer, true),
            TransferCommand::Resume => line.queue.pause(transfer, false),
            TransferCommand::Prioritize => line.queue.prioritize(transfer),
        }
        drop(lines);
        self.0.steered.notify_waiters();
        self.hand_out(direction);
    }

    pub(crate) fn is_paused(&self, transfer: RequestId) -> bool {
        let mut lines = self.lines();
        lines.direction(transfer).is_some_and(|direction| lines.of(direction).queue.is_paused(transfer))
    }

    /// Whether something of the transfer is on its way.
    pub(crate) fn is_moving(&self, transfer: RequestId) -> bool {
        let lines = self.lines();
        lines.up.holders.contains_key(&transfer) || lines.down.holders.contains_key(&transfer)
    }

    /// Returns when the transfer is not paused.
    pub(crate) async fn resumed(&self, transfer: RequestId) {
        self.steered_until(|| !self.is_paused(transfer)).await;
    }

    /// Returns when the transfer is paused.
    pub(crate) async fn paused(&self, transfer: RequestId) {
        self.steered_until(|| self.is_paused(transfer)).await;
    }

    async fn steered_until(&self, done: impl Fn() -> bool) {
        loop {
            let steered = self.0.steered.notified();
            if done() {
                return;
            }
            steered.await;
        }
    }

    /// Waits for the turn of a transfer that has [joined](Self::join).
    pub(crate) async fn take(&self, transfer: RequestId) -> Slot {
        let (sender, receiver) = oneshot::channel();
        let direction = {
            let mut lines = self.lines();
            let direction = lines.direction(transfer);
            direction.filter(|direction| lines.of(*direction).queue.wait(transfer, sender).is_ok())
        };
        if let Some(direction) = direction {
            self.hand_out(direction);
            if let Ok(slot) = receiver.await {
                return slot;
            }
        }
        Slot { place: None, since: Instant::now(), bytes: 0 }
    }

    /// Something went wrong with a call.
    pub(crate) fn signal(&self, direction: Direction, signal: CongestionSignal) {
        let now = self.0.began.elapsed();
        let mut lines = self.lines();
        let width = &mut lines.of(direction).width;
        match signal {
            CongestionSignal::TooFast => width.slow_down(now),
            CongestionSignal::Lost => width.lost(now),
            CongestionSignal::Away => width.idle(),
        }
    }

    /// No more calls than a limit of speed, in bytes a second, leaves room for.
    pub(crate) fn set_limit(&self, direction: Direction, bytes_per_second: Option<u64>) {
        self.lines().of(direction).width.set_speed_limit(bytes_per_second);
        self.hand_out(direction);
    }

    /// Gives free slots to those whose turn it is.
    fn hand_out(&self, direction: Direction) {
        let mut turns = Vec::new();
        {
            let mut lines = self.lines();
            let line = lines.of(direction);
            while line.held < line.width.concurrency()
                && let Some((transfer, sender)) = line.queue.next(|sender| !sender.is_closed())
            {
                line.held += 1;
                *line.holders.entry(transfer).or_default() += 1;
                turns.push((transfer, sender));
            }
            if line.held < line.width.concurrency() {
                line.width.idle();
            }
        }
        for (transfer, sender) in turns {
            let place = Some((self.clone(), direction, transfer));
            // Whoever has gone meanwhile gives it back in the error, and it is handed on by being dropped.
            drop(sender.send(Slot { place, since: Instant::now(), bytes: 0 }));
        }
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.0.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn of(&mut self, direction: Direction) -> &mut Line {
        match direction {
            Direction::Upload => &mut self.up,
            Direction::Download => &mut self.down,
        }
    }

    fn direction(&self, transfer: RequestId) -> Option<Direction> {
        if self.up.queue.contains(transfer) {
            return Some(Direction::Upload);
        }
        self.down.queue.contains(transfer).then_some(Direction::Download)
    }
}

impl Slot {
    /// So many bytes have arrived by a call that used this slot.
    pub(crate) fn moved(&mut self, bytes: u64) {
        self.bytes += bytes;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let Some((slots, direction, transfer)) = self.place.take() else { return };
        let now = slots.0.began.elapsed();
        {
            let mut lines = slots.lines();
            let line = lines.of(direction);
            line.held = line.held.saturating_sub(1);
            if let Some(held) = line.holders.get_mut(&transfer) {
                *held -= 1;
                if *held == 0 {
                    line.holders.remove(&transfer);
                }
            }
            line.width.ended(now, self.bytes, self.since.elapsed());
        }
        slots.hand_out(direction);
    }
}

#[cfg(test)]
mod tests {
    use super::{CongestionSignal, Slot, Slots};
    use coffer_model::transfer::TransferCommand;
    use coffer_model::{Direction, RequestId};
    use futures_util::FutureExt;
    use std::pin::Pin;

    const FILM: RequestId = RequestId(1);
    const PHOTOS: RequestId = RequestId(2);

    fn slots() -> Slots {
        let slots = Slots::default();
        slots.join(FILM, Direction::Upload);
        slots.join(PHOTOS, Direction::Upload);
        slots
    }

    type Wait<'a> = Pin<Box<dyn Future<Output = Slot> + 'a>>;

    /// Asks for a slot; the future has begun to wait.
    fn ask(slots: &Slots, transfer: RequestId) -> Result<Slot, Wait<'_>> {
        let mut wait: Wait = Box::pin(slots.take(transfer));
        match (&mut wait).now_or_never() {
            Some(slot) => Ok(slot),
            None => Err(wait),
        }
    }

    #[track_caller]
    fn waits(slots: &Slots, transfer: RequestId) -> Wait<'_> {
        ask(slots, transfer).err().expect("there is no slot yet")
    }

    #[track_caller]
    fn has(slots: &Slots, transfer: RequestId) -> Slot {
        ask(slots, transfer).ok().expect("there is a slot")
    }

    #[tokio::test]
    async fn a_slot_that_is_dropped_goes_to_the_one_whose_turn_it_is() {
        let slots = slots();
        let (first, _second) = (has(&slots, FILM), has(&slots, FILM));
        let mut photos = waits(&slots, PHOTOS);
        let mut film = waits(&slots, FILM);
        drop(first);
        assert!((&mut photos).now_or_never().is_none());
        assert!((&mut film).now_or_never().is_some());
        assert!(photos.now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_transfer_moved_to_the_front_overtakes_those_that_wait() {
        let slots = slots();
        let (first, _second) = (has(&slots, FILM), has(&slots, FILM));
        let mut film = waits(&slots, FILM);
        let mut photos = waits(&slots, PHOTOS);
        slots.control(PHOTOS, TransferCommand::Prioritize);
        drop(first);
        assert!((&mut film).now_or_never().is_none());
        assert!((&mut photos).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_paused_transfer_waits_and_holds_nobody_up() {
        let slots = slots();
        slots.control(FILM, TransferCommand::Pause);
        assert!(slots.is_paused(FILM));
        let mut film = waits(&slots, FILM);
        let mut resumed = Box::pin(slots.resumed(FILM));
        assert!((&mut resumed).now_or_never().is_none());
        drop(has(&slots, PHOTOS));
        slots.control(FILM, TransferCommand::Resume);
        assert!(resumed.now_or_never().is_some());
        assert!((&mut film).now_or_never().is_some());
    }

    #[tokio::test]
    async fn the_directions_do_not_wait_for_each_other() {
        let slots = slots();
        let download = RequestId(3);
        slots.join(download, Direction::Download);
        let _held = (has(&slots, FILM), has(&slots, FILM));
        let _waits = waits(&slots, FILM);
        drop(has(&slots, download));
    }

    #[tokio::test]
    async fn what_has_ended_waits_for_nothing_and_cannot_be_steered() {
        let slots = slots();
        let (first, second) = (has(&slots, FILM), has(&slots, FILM));
        let photos = waits(&slots, PHOTOS);
        assert!(slots.is_moving(FILM) && !slots.is_moving(PHOTOS));
        slots.leave(PHOTOS);
        slots.control(PHOTOS, TransferCommand::Pause);
        assert!(!slots.is_paused(PHOTOS));
        assert!(photos.now_or_never().is_some());
        drop((first, second));
        assert!(!slots.is_moving(FILM));
        drop((has(&slots, FILM), has(&slots, FILM)));
    }

    #[tokio::test]
    async fn waits_that_were_given_up_take_no_slot() {
        let slots = slots();
        let (first, _second) = (has(&slots, FILM), has(&slots, FILM));
        let gone = waits(&slots, FILM);
        let mut photos = waits(&slots, PHOTOS);
        drop(gone);
        drop(first);
        assert!((&mut photos).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_service_that_asks_for_patience_and_a_limit_of_speed_leave_one_call() {
        for slow_down in [
            (|slots: &Slots| slots.signal(Direction::Upload, CongestionSignal::TooFast)) as fn(&Slots),
            |slots: &Slots| slots.set_limit(Direction::Upload, Some(10_000)),
        ] {
            let slots = slots();
            slow_down(&slots);
            let first = has(&slots, FILM);
            let mut second = waits(&slots, FILM);
            drop(first);
            assert!((&mut second).now_or_never().is_some());
        }
    }
}
