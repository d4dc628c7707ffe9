//! What the calls of one direction keep to: the limit of speed, and the limiter that learns from what goes wrong.

use super::limits::Limit;
use super::slots::{CongestionSignal, Slots};
use coffer_model::Direction;
use dropbox_client::Pacer;
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Pace {
    slots: Slots,
    direction: Direction,
    limit: Arc<Limit>,
}

impl Pace {
    pub(crate) fn new(slots: Slots, direction: Direction, limit: Arc<Limit>) -> Self {
        Self { slots, direction, limit }
    }

    /// What bytes have to pass.
    pub(crate) fn limit(&self) -> Arc<dyn Pacer> {
        Arc::clone(&self.limit) as Arc<dyn Pacer>
    }

    /// Tells the limiter of transfer calls what went wrong with one.
    pub(crate) fn signal(&self, signal: CongestionSignal) {
        self.slots.signal(self.direction, signal);
    }
}
