//! A file that comes in several ranges at once: its partial file on disk, and the hashes of the blocks that are there.

use super::blocks::{BlockKeeper, block_range};
use super::partial_file::PartialFile;
use super::ranges::Ranges;
use dropbox_protocol::content_hash::BlockHash;
use parking_lot::Mutex;
use std::sync::Arc;

/// A file that comes in ranges.
pub(crate) struct LargeFile {
    pub partial: PartialFile,
    hashes: Mutex<Vec<Option<BlockHash>>>,
}

impl LargeFile {
    /// `known` are the blocks that an earlier run has written.
    pub(crate) fn new(partial: PartialFile, known: Vec<Option<BlockHash>>) -> Self {
        Self { partial, hashes: Mutex::new(known) }
    }

    pub(crate) fn keeper(self: &Arc<Self>) -> BlockKeeper {
        let file = Arc::clone(self);
        Arc::new(move |index, hash| {
            file.partial.record_block(index, &hash);
            let mut hashes = file.hashes.lock();
            if let Some(place) = hashes.get_mut(index) {
                *place = Some(hash);
            }
        })
    }

    pub(crate) fn missing(&self, size_bytes: u64) -> Ranges {
        let hashes = self.hashes.lock();
        let missing = hashes.iter().enumerate().filter(|(_, hash)| hash.is_none());
        Ranges::of(missing.map(|(index, _)| block_range(index, size_bytes)))
    }

    /// All hashes, when there are all.
    pub(crate) fn all_hashes(&self) -> Option<Vec<BlockHash>> {
        self.hashes.lock().iter().copied().collect()
    }
}
