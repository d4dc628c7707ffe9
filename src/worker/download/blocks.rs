//! Bytes on their way into a file: written at their place and hashed from memory, in the blocks of the account's
//! content hash, so that nothing is read again and several pieces of a file can come at once. Blocks.

use super::feed::{ALIGNED_BYTES, Sink};
use crate::protocol::content_hash::BLOCK_BYTES;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The hash of one block.
pub type Digest = [u8; 32];

const BLOCK: u64 = BLOCK_BYTES as u64;

/// How many blocks a file of so many bytes has.
pub fn block_count(size_bytes: u64) -> usize {
    size_bytes.div_ceil(BLOCK) as usize
}

/// Where a block starts and ends.
pub fn block_range(index: usize, size_bytes: u64) -> (u64, u64) {
    let start = index as u64 * BLOCK;
    (start, (start + BLOCK).min(size_bytes))
}

/// The content hash of the file that these blocks are.
pub fn hash_of_blocks(digests: &[Digest]) -> String {
    let mut overall = Sha256::new();
    for digest in digests {
        overall.update(digest);
    }
    hex::encode(overall.finalize())
}

/// Is told of each block that is written whole.
pub type BlockKeeper = Arc<dyn Fn(usize, Digest) + Send + Sync>;

/// A file that several runs of bytes are written into at once.
///
/// Where the file system can do it, they go to the disk without a stay in the system's cache. A large file that is kept
/// until its end is written when it is synced, after the last byte has come, and pushes out of the cache what other
/// programs read; so it is written while the rest comes, and costs a copy less.
pub struct Target {
    pub file: File,
    /// The same file, past the cache.
    direct: Option<File>,
    /// The file system does not want it after all.
    refused: AtomicBool,
    /// The cache takes one write into a file at a time, and those that wait for that burn their processor meanwhile.
    writing: Mutex<()>,
}

impl Target {
    pub fn new(file: File, direct: Option<File>) -> Self {
        Self { file, direct, refused: AtomicBool::new(false), writing: Mutex::default() }
    }

    fn write_at(&self, bytes: &[u8], position: u64) -> io::Result<()> {
        if let Some(direct) = &self.direct
            && is_aligned(bytes, position)
            && !self.refused.load(Ordering::Relaxed)
        {
            match direct.write_all_at(bytes, position) {
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                    self.refused.store(true, Ordering::Relaxed);
                }
                result => return result,
            }
        }
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.file.write_all_at(bytes, position)
    }
}

/// Whether a disk can take these bytes from where they are to where they are to be.
fn is_aligned(bytes: &[u8], position: u64) -> bool {
    let aligned = |number: usize| number.is_multiple_of(ALIGNED_BYTES);
    aligned(bytes.as_ptr().addr()) && aligned(bytes.len()) && position.is_multiple_of(ALIGNED_BYTES as u64)
}

/// Writes one run of bytes, from the start of a block on.
pub struct BlockWriter {
    file: Arc<Target>,
    size_bytes: u64,
    position: u64,
    hasher: Sha256,
    keeper: BlockKeeper,
}

impl BlockWriter {
    /// `start` is the start of a block of a file that is to have `size_bytes`.
    pub fn new(file: Arc<Target>, start: u64, size_bytes: u64, keeper: BlockKeeper) -> Self {
        Self { file, size_bytes, position: start, hasher: Sha256::new(), keeper }
    }

    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.file.write_at(bytes, self.position)?;
        while !bytes.is_empty() {
            let index = (self.position / BLOCK) as usize;
            let (_, end) = block_range(index, self.size_bytes);
            let length = bytes.len().min((end - self.position) as usize);
            if length == 0 {
                return Err(io::Error::other("more bytes came than the file has"));
            }
            let (piece, rest) = bytes.split_at(length);
            self.hasher.update(piece);
            self.position += length as u64;
            if self.position == end {
                (self.keeper)(index, self.hasher.finalize_reset().into());
            }
            bytes = rest;
        }
        Ok(())
    }
}

impl Sink for BlockWriter {
    fn take(&mut self, bytes: Bytes) -> io::Result<()> {
        self.write(&bytes)
    }
}

/// The hash of a block as it stands in a file.
pub fn digest_of(file: &File, index: usize, size_bytes: u64, buffer: &mut Vec<u8>) -> io::Result<Digest> {
    let (start, end) = block_range(index, size_bytes);
    buffer.resize((end - start) as usize, 0);
    file.read_exact_at(buffer, start)?;
    Ok(Sha256::digest(buffer).into())
}

#[cfg(test)]
mod tests {
    use super::{ALIGNED_BYTES, BLOCK, BlockWriter, Digest, Target, block_count, digest_of, hash_of_blocks};
    use crate::protocol::content_hash;
    use rustix::fs::OFlags;
    use std::fs::{self, OpenOptions};
    use std::os::unix::fs::OpenOptionsExt;
    use std::sync::{Arc, Mutex};

    #[test]
    fn runs_that_come_in_any_order_give_the_content_hash_of_the_whole() {
        let content: Vec<u8> = (0..BLOCK * 2 + 1000).map(|index| (index % 251) as u8).collect();
        let size = content.len() as u64;
        let file = Arc::new(Target::new(tempfile::tempfile().unwrap(), None));
        let digests = Arc::new(Mutex::new(vec![Digest::default(); block_count(size)]));
        for (start, end) in [(BLOCK, size), (0, BLOCK)] {
            let kept = Arc::clone(&digests);
            let keeper = Arc::new(move |index: usize, digest| kept.lock().unwrap()[index] = digest);
            let mut writer = BlockWriter::new(Arc::clone(&file), start, size, keeper);
            for piece in content[start as usize..end as usize].chunks(70_001) {
                writer.write(piece).unwrap();
            }
        }
        let digests = digests.lock().unwrap().clone();
        assert_eq!(hash_of_blocks(&digests), content_hash(&content));
        let mut buffer = Vec::new();
        for (index, digest) in digests.iter().enumerate() {
            assert_eq!(digest_of(&file.file, index, size, &mut buffer).unwrap(), *digest);
        }
    }

    #[test]
    fn what_goes_past_the_cache_and_what_does_not_make_one_file() {
        let named = tempfile::NamedTempFile::new().unwrap();
        let direct = OpenOptions::new().write(true).custom_flags(OFlags::DIRECT.bits().cast_signed());
        let target = Target::new(named.reopen().unwrap(), direct.open(named.path()).ok());
        let mut room = vec![0; ALIGNED_BYTES * 4];
        let start = room.as_ptr().align_offset(ALIGNED_BYTES);
        for (place, byte) in room.iter_mut().enumerate() {
            *byte = (place % 251) as u8;
        }
        let (whole, end) = (&room[start..start + 2 * ALIGNED_BYTES], &room[start..start + 100]);
        target.write_at(whole, 0).unwrap();
        target.write_at(end, 2 * ALIGNED_BYTES as u64).unwrap();
        assert_eq!(fs::read(named.path()).unwrap(), [whole, end].concat());
    }

    #[test]
    fn more_bytes_than_the_file_has_are_refused() {
        let file = Arc::new(Target::new(tempfile::tempfile().unwrap(), None));
        let mut writer = BlockWriter::new(file, 0, 5, Arc::new(|_, _| {}));
        assert!(writer.write(b"sixsix").is_err());
    }
}
