//! Which bytes of a large file are still to be asked for, and how much at a time: so much that asking costs nothing
//! beside it, but so little that a pause holds soon on a slow connection, and that all streams end at about the same
//! time. All ranges begin at blocks of the content hash.

use dropbox_protocol::content_hash::BLOCK_BYTES;
use parking_lot::{Mutex, MutexGuard};
use std::collections::VecDeque;
use std::time::Duration;

const BLOCK: u64 = BLOCK_BYTES as u64;
/// How much is asked for before anything is known of the connection.
pub(crate) const FIRST_BYTES: u64 = 16 * 1024 * 1024;
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// A range that comes faster is followed by a longer one, one that comes slower by a shorter one.
const FAST: Duration = Duration::from_secs(1);
const SLOW: Duration = Duration::from_secs(4);

/// Shared by all streams of a file.
#[derive(Debug)]
pub(crate) struct Ranges {
    missing: Mutex<VecDeque<(u64, u64)>>,
}

impl Ranges {
    /// Of missing blocks, in their order.
    pub(crate) fn of(blocks: impl Iterator<Item = (u64, u64)>) -> Self {
        let mut missing: VecDeque<(u64, u64)> = VecDeque::new();
        for (start, end) in blocks {
            match missing.back_mut() {
                Some(last) if last.1 == start => last.1 = end,
                _ => missing.push_back((start, end)),
            }
        }
        Self { missing: Mutex::new(missing) }
    }

    /// What nobody has taken yet.
    pub(crate) fn bytes(&self) -> u64 {
        self.lock().iter().map(|(start, end)| end - start).sum()
    }

    /// More streams would have nothing to do.
    pub(crate) fn most_streams(&self) -> usize {
        self.lock().iter().map(|(start, end)| (end - start).div_ceil(FIRST_BYTES) as usize).sum()
    }

    /// How long the next range is to be after one of `length` that took so long.
    pub(crate) fn next_length(&self, length: u64, took: Duration) -> u64 {
        let length = match took {
            _ if took < FAST => length * 2,
            _ if took > SLOW => length / 2,
            _ => length,
        };
        // Towards the end shorter ones let all streams work until it has come.
        let share = (self.bytes() / 4).next_multiple_of(BLOCK).max(FIRST_BYTES);
        length.clamp(BLOCK, MOST_BYTES).min(share)
    }

    /// The next bytes to ask for: `length`, or what there is in one piece. `None` when all are taken.
    pub(crate) fn take(&self, length: u64) -> Option<(u64, u64)> {
        let mut missing = self.lock();
        let (start, end) = missing.pop_front()?;
        let split = start + length.max(BLOCK).next_multiple_of(BLOCK);
        if split < end {
            missing.push_front((split, end));
        }
        Some((start, split.min(end)))
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(u64, u64)>> {
        self.missing.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, FIRST_BYTES, MOST_BYTES, Ranges};
    use crate::download::blocks::{block_count, block_range};
    use std::time::Duration;

    /// A file of twenty blocks and five bytes, of which the fourth block is there.
    fn ranges() -> Ranges {
        let size = 20 * BLOCK + 5;
        Ranges::of((0..block_count(size)).filter(|index| *index != 3).map(|index| block_range(index, size)))
    }

    #[test]
    fn what_is_missing_is_taken_once_in_pieces_that_begin_at_blocks() {
        let ranges = ranges();
        assert_eq!(ranges.bytes(), 19 * BLOCK + 5);
        let taken: Vec<(u64, u64)> = std::iter::from_fn(|| ranges.take(8 * BLOCK - 1)).collect();
        let blocks = |start: u64, end: u64| (start * BLOCK, end * BLOCK);
        assert_eq!(taken, [blocks(0, 3), blocks(4, 12), blocks(12, 20), (20 * BLOCK, 20 * BLOCK + 5)]);
        assert_eq!(ranges.bytes(), 0);
    }

    #[test]
    fn ranges_grow_on_a_fast_line_and_shrink_on_a_slow_one() {
        let long = Ranges::of(std::iter::once((0, 1000 * BLOCK)));
        let (fast, slow) = (Duration::from_millis(10), Duration::from_secs(10));
        assert_eq!(long.next_length(FIRST_BYTES, fast), 2 * FIRST_BYTES);
        assert_eq!(long.next_length(MOST_BYTES, fast), MOST_BYTES);
        assert_eq!(long.next_length(FIRST_BYTES, slow), FIRST_BYTES / 2);
        assert_eq!(long.next_length(BLOCK, slow), BLOCK);
        assert_eq!(long.next_length(BLOCK, Duration::from_secs(2)), BLOCK);
        assert_eq!(ranges().next_length(MOST_BYTES, fast), 5 * BLOCK);
    }
}
