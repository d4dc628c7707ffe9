//! Files that many bytes are written into. Where the file system can do it, they go to the disk without a stay in the
//! system's cache: what is kept there is only written when the file is synced, after the last byte has come, costs a
//! copy, and pushes out what other programs read. Blocks.

use super::system;
use bytes::{Buf as _, BytesMut};
use parking_lot::Mutex;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// What goes past the cache begins and ends at multiples of this, in memory and in the file.
const ALIGNED_BYTES: usize = 4096;

/// What is written at a time: large enough that the change of threads costs little beside hashing it, small enough for
/// the processor's cache.
pub const BATCH_BYTES: usize = 512 * 1024;

/// Room for so many bytes, from where a disk can fetch them.
pub fn room(bytes: usize) -> BytesMut {
    let mut room = BytesMut::with_capacity(bytes + ALIGNED_BYTES);
    let before = room.as_ptr().align_offset(ALIGNED_BYTES);
    room.resize(before, 0);
    room.advance(before);
    room
}

/// A file that several runs of bytes are written into at once.
#[derive(Debug)]
pub struct DiskFile {
    pub file: File,
    /// The same file, past the cache.
    direct: Option<File>,
    /// The file system does not want it after all.
    refused: AtomicBool,
    /// The cache takes one write into a file at a time, and those that wait for that burn their processor meanwhile.
    writing: Mutex<()>,
}

impl DiskFile {
    /// Of a file that is open for writing at this path.
    pub fn new(file: File, path: &Path) -> Self {
        Self {
            file,
            direct: system::open_past_cache(path),
            refused: AtomicBool::new(false),
            writing: Mutex::default(),
        }
    }

    /// Writes at a place of the file. What is not aligned goes through the cache.
    pub fn write_at(&self, bytes: &[u8], position: u64) -> io::Result<()> {
        if let Some(direct) = &self.direct
            && is_aligned(bytes, position)
            && !self.refused.load(Ordering::Relaxed)
        {
            match system::write_all_at(direct, bytes, position) {
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                    self.refused.store(true, Ordering::Relaxed);
                }
                result => return result,
            }
        }
        let _turn = self.writing.lock();
        system::write_all_at(&self.file, bytes, position)
    }
}

fn is_aligned(bytes: &[u8], position: u64) -> bool {
    let aligned = |number: usize| number.is_multiple_of(ALIGNED_BYTES);
    aligned(bytes.as_ptr().addr()) && aligned(bytes.len()) && position.is_multiple_of(ALIGNED_BYTES as u64)
}

#[cfg(test)]
mod tests {
    use super::{ALIGNED_BYTES, DiskFile, is_aligned, room};
    use std::fs;

    #[test]
    fn what_goes_past_the_cache_and_what_does_not_make_one_file() {
        let named = tempfile::NamedTempFile::new().unwrap();
        let file = DiskFile::new(named.reopen().unwrap(), named.path());
        let content: Vec<u8> = (0..2 * ALIGNED_BYTES + 100).map(|place| (place % 251) as u8).collect();
        for (start, end) in
            [(ALIGNED_BYTES, 2 * ALIGNED_BYTES), (2 * ALIGNED_BYTES, content.len()), (0, 4096)]
        {
            let mut bytes = room(end - start);
            bytes.extend_from_slice(&content[start..end]);
            assert_eq!(is_aligned(&bytes, start as u64), end < content.len());
            file.write_at(&bytes, start as u64).unwrap();
        }
        assert_eq!(fs::read(named.path()).unwrap(), content);
    }

    #[test]
    fn room_that_is_used_again_is_where_it_was() {
        let mut bytes = room(100_000);
        for _ in 0..3 {
            bytes.resize(100_000, 7);
            let whole = bytes.freeze();
            assert!(whole.as_ptr().addr().is_multiple_of(ALIGNED_BYTES));
            bytes = whole.try_into_mut().unwrap();
            bytes.clear();
        }
    }
}
