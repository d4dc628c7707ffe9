//! Who may move bytes now: slots shared by all transfers.

use crate::model::RequestId;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Calls that move bytes at once.
const AT_ONCE: usize = 4;

/// All slots there are.
#[derive(Clone)]
pub struct Slots(Arc<Semaphore>);

/// The right to move bytes; dropping it hands it on.
pub struct Slot {
    _permit: Option<OwnedSemaphorePermit>,
}

impl Default for Slots {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Slots {
    /// Waits for the turn of a transfer.
    pub async fn take(&self, _transfer: RequestId) -> Slot {
        Slot { _permit: Arc::clone(&self.0).acquire_owned().await.ok() }
    }
}

impl Slot {
    /// So many bytes have arrived by a call that used this slot.
    pub fn moved(&mut self, _bytes: u64) {}
}
