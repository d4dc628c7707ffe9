//! What bringing a folder back would do.

use coffer_model::{RemotePath, SinceCounts};
use jiff::Timestamp;

/// What would be done, before it is.
#[derive(Clone, Debug, PartialEq)]
pub struct BringBackQuestion {
    pub folder: RemotePath,
    pub at: Timestamp,
    pub counts: SinceCounts,
}

impl BringBackQuestion {
    /// How many files would be changed.
    pub fn files(&self) -> u64 {
        self.counts.deleted + self.counts.changed + self.counts.moved
    }
}
