//! Bytes on their way into a file: written at their place and hashed from memory, in the blocks of the account's
//! content hash, so that nothing is read again and several pieces of a file can come at once. Blocks.

use super::blocking_writer::ByteSink;
use bytes::Bytes;
use coffer_stdx::disk::DiskFile;
use coffer_stdx::system;
use dropbox_protocol::content_hash::{self, BLOCK_BYTES, BlockHash, BlockHasher};
use std::fs::File;
use std::io;
use std::sync::Arc;

const BLOCK: u64 = BLOCK_BYTES as u64;

/// How many blocks a file of so many bytes has.
pub(crate) fn block_count(size_bytes: u64) -> usize {
    size_bytes.div_ceil(BLOCK) as usize
}

/// Where a block starts and ends.
pub(crate) fn block_range(index: usize, size_bytes: u64) -> (u64, u64) {
    let start = index as u64 * BLOCK;
    (start, (start + BLOCK).min(size_bytes))
}

/// Is told of each block that is written whole.
pub(crate) type BlockKeeper = Arc<dyn Fn(usize, BlockHash) + Send + Sync>;

/// Writes one run of bytes, from the start of a block on.
pub(crate) struct BlockWriter {
    file: Arc<DiskFile>,
    size_bytes: u64,
    position: u64,
    hasher: BlockHasher,
    keeper: BlockKeeper,
}

impl BlockWriter {
    /// `start` is the start of a block of a file that is to have `size_bytes`.
    pub(crate) fn new(file: Arc<DiskFile>, start: u64, size_bytes: u64, keeper: BlockKeeper) -> Self {
        Self { file, size_bytes, position: start, hasher: BlockHasher::new(), keeper }
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
                (self.keeper)(index, self.hasher.end_block());
            }
            bytes = rest;
        }
        Ok(())
    }
}

impl ByteSink for BlockWriter {
    fn write_chunk(&mut self, bytes: Bytes) -> io::Result<()> {
        self.write(&bytes)
    }
}

/// The hash of a block as it stands in a file.
pub(crate) fn hash_of(
    file: &File,
    index: usize,
    size_bytes: u64,
    buffer: &mut Vec<u8>,
) -> io::Result<BlockHash> {
    let (start, end) = block_range(index, size_bytes);
    buffer.resize((end - start) as usize, 0);
    system::read_exact_at(file, buffer, start)?;
    Ok(content_hash::of_block(buffer))
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, BlockWriter, block_count, hash_of};
    use coffer_stdx::disk::DiskFile;
    use dropbox_protocol::content_hash::{self, BlockHash, content_hash};
    use std::sync::{Arc, Mutex};

    fn file() -> Arc<DiskFile> {
        let named = tempfile::NamedTempFile::new().unwrap();
        Arc::new(DiskFile::new(named.reopen().unwrap(), named.path()))
    }

    #[test]
    fn runs_that_come_in_any_order_give_the_content_hash_of_the_whole() {
        let content: Vec<u8> = (0..BLOCK * 2 + 1000).map(|index| (index % 251) as u8).collect();
        let size = content.len() as u64;
        let file = file();
        let digests = Arc::new(Mutex::new(vec![BlockHash::default(); block_count(size)]));
        for (start, end) in [(BLOCK, size), (0, BLOCK)] {
            let kept = Arc::clone(&digests);
            let keeper = Arc::new(move |index: usize, digest| kept.lock().unwrap()[index] = digest);
            let mut writer = BlockWriter::new(Arc::clone(&file), start, size, keeper);
            for piece in content[start as usize..end as usize].chunks(70_001) {
                writer.write(piece).unwrap();
            }
        }
        let digests = digests.lock().unwrap().clone();
        assert_eq!(content_hash::of_blocks(&digests), content_hash(&content));
        let mut buffer = Vec::new();
        for (index, digest) in digests.iter().enumerate() {
            assert_eq!(hash_of(&file.file, index, size, &mut buffer).unwrap(), *digest);
        }
    }

    #[test]
    fn more_bytes_than_the_file_has_are_refused() {
        let mut writer = BlockWriter::new(file(), 0, 5, Arc::new(|_, _| {}));
        assert!(writer.write(b"sixsix").is_err());
    }
}
