//! Whose call gets the next permit, among the transfers of one direction.
//!
//! The rules, in the order in which they decide:
//!
//! 1. A paused transfer gets none.
//! 2. The transfer that was prioritized last gets all of them, for as long as it has calls that wait.
//! 3. Otherwise the transfer that was begun first gets three permits out of four. Finishing one transfer after the other
//!    gives the person the first results soonest; sharing equally would finish all of them late.
//! 4. Every fourth permit goes to the transfer that has waited longest. Without this a single file behind a transfer of
//!    a hundred gigabytes would wait for hours.
//!
//! The queue only knows the waiters (`W`) and counts the permits that it has handed out. How many there are at a time is
//! decided in `concurrency_limiter`, and `transfer_permits` grants them; so these rules are tested without time and
//! without tasks.

use coffer_model::RequestId;
use std::collections::{HashMap, VecDeque};

/// One permit of so many goes to the transfer that has waited longest.
const PERMITS_PER_ROUND: u64 = 4;

/// Transfers in the order in which they are served, each with its calls that wait.
pub(crate) struct TransferQueue<W> {
    /// Prioritized transfers come first, the last one before the others; the rest as they were begun.
    order: VecDeque<RequestId>,
    transfers: HashMap<RequestId, Waiters<W>>,
    /// How many permits were handed out.
    permits: u64,
}

struct Waiters<W> {
    waiting: VecDeque<W>,
    /// It was prioritized: rule 4 does not take permits from it.
    is_prioritized: bool,
    paused: bool,
    /// The number of the last permit that it got.
    last_permit: u64,
}

impl<W> Default for TransferQueue<W> {
    fn default() -> Self {
        Self { order: VecDeque::new(), transfers: HashMap::new(), permits: 0 }
    }
}

impl<W> TransferQueue<W> {
    /// Adds a transfer at the end. Joining twice changes nothing.
    pub(crate) fn join(&mut self, transfer: RequestId) {
        if !self.contains(transfer) {
            self.order.push_back(transfer);
            let waiters = Waiters {
                waiting: VecDeque::new(),
                is_prioritized: false,
                paused: false,
                last_permit: self.permits,
            };
            self.transfers.insert(transfer, waiters);
        }
    }

    /// It has ended; its calls no longer wait.
    pub(crate) fn leave(&mut self, transfer: RequestId) {
        self.order.retain(|known| *known != transfer);
        self.transfers.remove(&transfer);
    }

    pub(crate) fn contains(&self, transfer: RequestId) -> bool {
        self.transfers.contains_key(&transfer)
    }

    pub(crate) fn pause(&mut self, transfer: RequestId, paused: bool) {
        if let Some(waiters) = self.transfers.get_mut(&transfer) {
            waiters.paused = paused;
        }
    }

    pub(crate) fn is_paused(&self, transfer: RequestId) -> bool {
        self.transfers.get(&transfer).is_some_and(|waiters| waiters.paused)
    }

    /// It goes before all others from now on.
    pub(crate) fn prioritize(&mut self, transfer: RequestId) {
        if let Some(waiters) = self.transfers.get_mut(&transfer) {
            waiters.is_prioritized = true;
            self.order.retain(|known| *known != transfer);
            self.order.push_front(transfer);
        }
    }

    /// Adds a call that waits for a permit. Gives it back when the transfer is not in the queue.
    pub(crate) fn wait(&mut self, transfer: RequestId, waiter: W) -> Result<(), W> {
        match self.transfers.get_mut(&transfer) {
            Some(waiters) => {
                waiters.waiting.push_back(waiter);
                Ok(())
            }
            None => Err(waiter),
        }
    }

    /// Takes out the call that gets the next permit, with its transfer. `wanted` tells whether somebody still waits for a
    /// call; those that were given up are removed, and use up no permit.
    pub(crate) fn next(&mut self, wanted: impl Fn(&W) -> bool) -> Option<(RequestId, W)> {
        loop {
            let transfer = self.next_transfer()?;
            let waiters = self.transfers.get_mut(&transfer)?;
            let waiter = waiters.waiting.pop_front()?;
            if wanted(&waiter) {
                self.permits += 1;
                waiters.last_permit = self.permits;
                return Some((transfer, waiter));
            }
        }
    }

    fn next_transfer(&self) -> Option<RequestId> {
        let ready = |transfer: &&RequestId| {
            self.transfers
                .get(*transfer)
                .is_some_and(|waiters| !waiters.paused && !waiters.waiting.is_empty())
        };
        let foremost = *self.order.iter().find(ready)?;
        let waiters = |transfer: &RequestId| self.transfers.get(transfer);
        let shares = waiters(&foremost).is_some_and(|waiters| !waiters.is_prioritized);
        if shares && self.permits % PERMITS_PER_ROUND == PERMITS_PER_ROUND - 1 {
            let last_permit = |transfer: &&RequestId| waiters(transfer).map(|waiters| waiters.last_permit);
            return self.order.iter().filter(ready).min_by_key(last_permit).copied();
        }
        Some(foremost)
    }
}

#[cfg(test)]
mod tests {
    use super::TransferQueue;
    use coffer_model::RequestId;

    /// A queue in which each of these transfers has many calls waiting; a waiter is the transfer's number.
    fn queue(transfers: &[u64]) -> TransferQueue<u64> {
        let mut queue = TransferQueue::default();
        for &transfer in transfers {
            queue.join(RequestId(transfer));
            for _ in 0..100 {
                queue.wait(RequestId(transfer), transfer).unwrap();
            }
        }
        queue
    }

    fn permits(queue: &mut TransferQueue<u64>, count: usize) -> Vec<u64> {
        std::iter::from_fn(|| queue.next(|_| true)).map(|(_, waiter)| waiter).take(count).collect()
    }

    #[test]
    fn the_first_begun_goes_first_and_the_others_share_every_fourth_permit() {
        let mut queue = queue(&[7, 3, 5]);
        assert_eq!(permits(&mut queue, 12), [7, 7, 7, 3, 7, 7, 7, 5, 7, 7, 7, 3]);
    }

    #[test]
    fn the_last_one_moved_to_the_front_goes_before_all_others() {
        let mut queue = queue(&[1, 2, 3]);
        queue.prioritize(RequestId(3));
        assert_eq!(permits(&mut queue, 6), [3; 6]);
        queue.prioritize(RequestId(2));
        assert_eq!(permits(&mut queue, 6), [2; 6]);
        queue.leave(RequestId(2));
        assert_eq!(permits(&mut queue, 6), [3; 6]);
    }

    #[test]
    fn a_paused_transfer_gets_no_permit_until_it_is_resumed() {
        let mut queue = queue(&[1]);
        queue.pause(RequestId(1), true);
        assert_eq!(queue.next(|_| true), None);
        queue.pause(RequestId(1), false);
        assert_eq!(queue.next(|_| true), Some((RequestId(1), 1)));
    }

    #[test]
    fn calls_that_were_given_up_are_skipped_and_use_up_no_permit() {
        let mut queue = TransferQueue::default();
        queue.join(RequestId(1));
        for waiter in 1..=3 {
            queue.wait(RequestId(1), waiter).unwrap();
        }
        assert_eq!(queue.next(|waiter| *waiter == 3), Some((RequestId(1), 3)));
        assert_eq!(queue.next(|_| true), None);
        assert_eq!(queue.wait(RequestId(2), 9), Err(9), "nobody knows it");
    }
}
