//! Memory for bytes on their way up: a few buffers for the whole program, so that it stays small however much is sent.
//! What is in them is the business of those who send. Nobody holds one while paused: a small file takes its slot
//! first, and a large one that has read ahead gives back what it has read.
//!
//! Whoever has a slot must get a buffer at last, or nothing would ever move again. So those who fill one before they
//! have a slot need the right to read ahead as well, of which there are fewer than buffers.

use bytes::Bytes;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What one buffer holds: two blocks of the content hash.
pub(crate) const BUFFER_BYTES: usize = 8 * 1024 * 1024;
/// Up to this size a file goes in one call, since the whole of it fits a buffer.
pub(crate) const ONE_CALL_BYTES: u64 = BUFFER_BYTES as u64;
/// Buffers in use at once over all uploads.
const MOST: usize = 10;
/// Of which so many may be filled by those who have no slot yet.
const MOST_AHEAD: usize = 4;

/// All buffers there are. Clones share them.
#[derive(Clone)]
pub(crate) struct Buffers {
    permits: Arc<Semaphore>,
    ahead: Arc<Semaphore>,
    free: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Default for Buffers {
    fn default() -> Self {
        let (permits, ahead) = (Arc::new(Semaphore::new(MOST)), Arc::new(Semaphore::new(MOST_AHEAD)));
        Self { permits, ahead, free: Arc::default() }
    }
}

/// The right to hold a buffer without a slot.
pub(crate) struct Ahead {
    _permit: Option<OwnedSemaphorePermit>,
}

/// A buffer to fill. It goes back when the last that reads it is done.
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    free: Arc<Mutex<Vec<Vec<u8>>>>,
    permits: Arc<Semaphore>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Buffers {
    /// Waits for the right to take a buffer before a slot; it is to be dropped when there is a slot.
    pub(crate) async fn ahead(&self) -> Ahead {
        // The semaphore is never closed.
        Ahead { _permit: Arc::clone(&self.ahead).acquire_owned().await.ok() }
    }

    /// Waits until one is free. Only for those who have a slot, or the right to read ahead.
    pub(crate) async fn take(&self) -> Buffer {
        // The semaphore is never closed.
        let permit = Arc::clone(&self.permits).acquire_owned().await.ok();
        let used = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // Zeroed memory is mapped only where it is written to.
        let bytes = used.unwrap_or_else(|| vec![0; BUFFER_BYTES]);
        Buffer { bytes, free: Arc::clone(&self.free), permits: Arc::clone(&self.permits), permit }
    }
}

impl Buffer {
    /// The first `length` bytes, to be written to; at most [`BUFFER_BYTES`].
    pub(crate) fn space(&mut self, length: usize) -> &mut [u8] {
        let length = length.min(BUFFER_BYTES);
        &mut self.bytes[..length]
    }

    /// The first `length` bytes as they are now, without a copy.
    pub(crate) fn freeze(self, length: usize) -> Bytes {
        Bytes::from_owner(Filled { length: length.min(BUFFER_BYTES), buffer: self })
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.push(bytes);
        drop(self.permit.take());
        // Nothing is sent any more: the memory is given back.
        if self.permits.available_permits() == MOST {
            free.clear();
        }
    }
}

struct Filled {
    buffer: Buffer,
    length: usize,
}

impl AsRef<[u8]> for Filled {
    fn as_ref(&self) -> &[u8] {
        &self.buffer.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::{Buffers, MOST};
    use futures_util::FutureExt;
    use futures_util::future::join_all;

    #[tokio::test]
    async fn those_who_read_ahead_leave_buffers_to_those_who_have_a_slot() {
        let buffers = Buffers::default();
        let mut held = Vec::new();
        while let Some(ahead) = buffers.ahead().now_or_never() {
            held.push((ahead, buffers.take().await));
        }
        assert!(buffers.take().now_or_never().is_some());
    }

    #[tokio::test]
    async fn there_are_so_many_and_no_more_until_the_last_reader_is_done() {
        let buffers = Buffers::default();
        let mut held = join_all((0..MOST).map(|_| buffers.take())).await;
        assert!(buffers.take().now_or_never().is_none());
        let mut buffer = held.pop().unwrap();
        buffer.space(3).copy_from_slice(b"abc");
        let bytes = buffer.freeze(3);
        let part = bytes.slice(1..);
        drop(bytes);
        assert_eq!(part, "bc");
        assert!(buffers.take().now_or_never().is_none());
        drop(part);
        assert!(buffers.take().now_or_never().is_some());
    }
}
