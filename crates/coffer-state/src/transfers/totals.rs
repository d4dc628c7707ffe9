//! What all running transfers add up to, kept up to date with every change, so that asking costs nothing.

use super::history::Speeds;
use super::transfer::TransferItem;
use coffer_model::TransferPhase;
use coffer_stdx::speed::seconds_left;

/// All running transfers in one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TransferTotals {
    /// Also those whose files are being looked at.
    pub running: usize,
    pub preparing: usize,
    pub paused: usize,
    /// Those that the service, or the line, keeps waiting.
    pub waiting: usize,
    /// Ended ones with something that did not arrive.
    pub failed: usize,
    /// Of what runs, and of what arrived since the first of it began.
    pub bytes_done: u64,
    pub bytes_total: u64,
    pub bytes_per_second: f64,
    pub up_per_second: u64,
    pub down_per_second: u64,
    /// Unknown while nothing moves.
    pub seconds_left: Option<f64>,
    /// Of all bytes, 0 to 1; unknown while no transfer knows its bytes.
    pub fraction: Option<f32>,
}

impl TransferTotals {
    /// Nothing moves because the person wants it so.
    pub fn all_paused(&self) -> bool {
        self.running > 0 && self.paused == self.running
    }
}

/// Whole numbers, so that what is added can be taken away again exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunningSums {
    pub paused: usize,
    pub waiting: usize,
    /// Paused or waiting, or both.
    pub held: usize,
    pub moving: usize,
    bytes_done: u64,
    bytes_total: u64,
    /// Bytes that are left and not kept back by a pause.
    left_to_move: u64,
}

impl RunningSums {
    fn from_transfer(transfer: &TransferItem) -> Self {
        let mut totals = Self::default();
        if !transfer.is_running() {
            return totals;
        }
        totals.paused = usize::from(transfer.is_paused());
        totals.held = totals.paused;
        (totals.bytes_done, totals.bytes_total) = transfer.bytes();
        let left = totals.bytes_total.saturating_sub(totals.bytes_done);
        totals.left_to_move = if transfer.is_paused() { 0 } else { left };
        let Some(progress) = &transfer.progress else { return totals };
        match progress.phase {
            TransferPhase::Waiting { .. } => (totals.waiting, totals.held) = (1, 1),
            TransferPhase::Moving | TransferPhase::Verifying => totals.moving = 1,
            TransferPhase::Queued | TransferPhase::Paused | TransferPhase::Preparing => {}
        }
        totals
    }

    pub(super) fn add(&mut self, transfer: &TransferItem) {
        let other = Self::from_transfer(transfer);
        self.combine(&other, usize::wrapping_add, u64::wrapping_add);
    }

    pub(super) fn remove(&mut self, transfer: &TransferItem) {
        let other = Self::from_transfer(transfer);
        self.combine(&other, usize::wrapping_sub, u64::wrapping_sub);
    }

    /// Wrapping, so that nonsense from outside cannot end the program; what was added is taken away unchanged.
    fn combine(&mut self, other: &Self, count: fn(usize, usize) -> usize, amount: fn(u64, u64) -> u64) {
        self.paused = count(self.paused, other.paused);
        self.waiting = count(self.waiting, other.waiting);
        self.held = count(self.held, other.held);
        self.moving = count(self.moving, other.moving);
        self.bytes_done = amount(self.bytes_done, other.bytes_done);
        self.bytes_total = amount(self.bytes_total, other.bytes_total);
        self.left_to_move = amount(self.left_to_move, other.left_to_move);
    }

    /// `arrived_bytes` are those of transfers that have ended well since the first of these began.
    pub(super) fn summary(
        &self,
        running: usize,
        preparing: usize,
        failed: usize,
        arrived_bytes: u64,
        Speeds { up, down }: Speeds,
    ) -> TransferTotals {
        let bytes_done = self.bytes_done.saturating_add(arrived_bytes);
        let bytes_total = self.bytes_total.saturating_add(arrived_bytes);
        let bytes_per_second = up.saturating_add(down) as f64;
        let fraction =
            (self.bytes_total > 0).then(|| (bytes_done as f64 / bytes_total as f64).clamp(0.0, 1.0) as f32);
        TransferTotals {
            running,
            preparing,
            paused: self.paused,
            waiting: self.waiting,
            failed,
            bytes_done,
            bytes_total,
            bytes_per_second,
            up_per_second: up,
            down_per_second: down,
            seconds_left: seconds_left(self.left_to_move, bytes_per_second),
            fraction,
        }
    }
}
