//! Buffers for the bytes of uploads: a few for the whole program, so that its memory stays small however much is sent.
//! No paused upload holds one: a small file acquires its transfer permit first, and a large one that has read ahead
//! gives its buffer back.
//!
//! Acquire a transfer permit first and a buffer second. Whoever has a permit must get a buffer in the end, or nothing
//! would ever move again. Those who fill a buffer before they have a permit therefore need a read-ahead permit as well,
//! and there are fewer of these than buffers.

use bytes::Bytes;
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What one buffer holds: two blocks of the content hash.
pub(crate) const BUFFER_BYTES: usize = 8 * 1024 * 1024;
/// Up to this size a file goes in one call, since the whole of it fits a buffer.
pub(crate) const ONE_CALL_BYTES: u64 = BUFFER_BYTES as u64;
/// Buffers in use at once over all uploads.
const MOST: usize = 10;
/// How many of them may be filled by those who have no transfer permit yet.
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

/// The right to fill a buffer without a transfer permit.
pub(crate) struct ReadAheadPermit {
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
    /// Acquires the right to fill a buffer before there is a transfer permit; drop it when there is one.
    pub(crate) async fn acquire_read_ahead(&self) -> ReadAheadPermit {
        // The semaphore is never closed.
        ReadAheadPermit { _permit: Arc::clone(&self.ahead).acquire_owned().await.ok() }
    }

    /// Waits until a buffer is free. Only for those who have a transfer permit, or a read-ahead permit.
    pub(crate) async fn acquire(&self) -> Buffer {
        // The semaphore is never closed.
        let permit = Arc::clone(&self.permits).acquire_owned().await.ok();
        let bytes = self.free.lock().pop().unwrap_or_default();
        Buffer { bytes, free: Arc::clone(&self.free), permits: Arc::clone(&self.permits), permit }
    }
}

impl Buffer {
    /// The first `length` bytes, to be written to; at most [`BUFFER_BYTES`]. What was written before stays.
    pub(crate) fn space(&mut self, length: usize) -> &mut [u8] {
        let length = length.min(BUFFER_BYTES);
        // A buffer grows to what it is used for: small files seldom fill one before the argument of their call is full.
        if self.bytes.is_empty() {
            self.bytes = vec![0; length];
        } else if self.bytes.len() < length {
            self.bytes.resize(length, 0);
        }
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
        let mut free = self.free.lock();
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
    async fn those_who_read_ahead_leave_buffers_to_those_who_have_a_permit() {
        let buffers = Buffers::default();
        let mut held = Vec::new();
        while let Some(ahead) = buffers.acquire_read_ahead().now_or_never() {
            held.push((ahead, buffers.acquire().await));
        }
        assert!(buffers.acquire().now_or_never().is_some());
    }

    #[tokio::test]
    async fn there_are_so_many_and_no_more_until_the_last_reader_is_done() {
        let buffers = Buffers::default();
        let mut held = join_all((0..MOST).map(|_| buffers.acquire())).await;
        assert!(buffers.acquire().now_or_never().is_none());
        let mut buffer = held.pop().unwrap();
        buffer.space(3).copy_from_slice(b"abc");
        let bytes = buffer.freeze(3);
        let part = bytes.slice(1..);
        drop(bytes);
        assert_eq!(part, "bc");
        assert!(buffers.acquire().now_or_never().is_none());
        drop(part);
        assert!(buffers.acquire().now_or_never().is_some());
    }
}
