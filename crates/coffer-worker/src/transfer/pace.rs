//! What the calls of one direction keep to: the limit of speed, and the limiter that learns from what goes wrong.

use super::speed_limit::SpeedLimit;
use super::transfer_permits::{CongestionSignal, LentPermit, TransferPermits};
use coffer_model::Direction;
use dropbox_client::Pacer;
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Pace {
    permits: TransferPermits,
    direction: Direction,
    limit: Arc<SpeedLimit>,
}

impl Pace {
    pub(crate) fn new(permits: TransferPermits, direction: Direction, limit: Arc<SpeedLimit>) -> Self {
        Self { permits, direction, limit }
    }

    /// What bytes have to pass.
    pub(crate) fn limit(&self) -> Arc<dyn Pacer> {
        Arc::clone(&self.limit) as Arc<dyn Pacer>
    }

    /// Lets another call run while this one waits before it is made again.
    pub(crate) fn lend_permit(&self) -> Option<LentPermit> {
        self.permits.lend(self.direction)
    }

    /// Tells the limiter of transfer calls what went wrong with one.
    pub(crate) fn signal(&self, signal: CongestionSignal) {
        self.permits.signal(self.direction, signal);
    }
}
