//! Upload sessions that are being filled: who writes to one at the moment, and the hash of what it holds.
//! What counts is in the store; this is lost with the process and made again from the bytes when needed.

use super::store::blobs::{Blobs, Hash};
use super::store::error::StoreError;
use super::store::sessions::StoredBlock;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::content_hash::{self, BLOCK_BYTES, BlockHasher};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::io::Read as _;
use std::sync::Arc;
use tokio::sync::OwnedMutexGuard;

/// The running hash of a session.
#[derive(Debug, Default)]
pub(crate) struct SessionProgress {
    /// Bytes that were hashed.
    pub hashed: u64,
    pub hasher: ContentHasher,
}

/// A session's progress; the holder of the lock may write to the session.
pub(crate) type SharedSession = Arc<tokio::sync::Mutex<SessionProgress>>;

/// The right to write to a session.
pub(crate) type SessionWriteGuard = OwnedMutexGuard<SessionProgress>;

/// All sessions that have been used since the start.
#[derive(Debug, Default)]
pub(crate) struct Uploads {
    sessions: Mutex<HashMap<String, SharedSession>>,
}

impl Uploads {
    /// The progress of a session.
    pub(crate) fn progress(&self, session: &str) -> SharedSession {
        Arc::clone(self.sessions.lock().entry(session.to_owned()).or_default())
    }

    /// Forgets a session that has ended or never was.
    pub(crate) fn remove(&self, session: &str) {
        self.sessions.lock().remove(session);
    }
}

/// Reads the first `length` bytes of a session again, after a restart.
pub(crate) fn rehash(blobs: &Blobs, session: &str, length: u64) -> Result<SessionProgress, StoreError> {
    let mut progress = SessionProgress::default();
    let mut file = blobs.session_file(session)?.take(length);
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(StoreError::at(session.as_ref()))?;
        if read == 0 {
            break;
        }
        progress.hasher.update(&buffer[..read]);
        progress.hashed += read as u64;
    }
    if progress.hashed == length {
        Ok(progress)
    } else {
        Err(StoreError::Inconsistent(format!("the upload session {session} has lost bytes")))
    }
}

/// The content hash as bytes.
pub(crate) fn finished(hasher: ContentHasher) -> Hash {
    hash_from_text(&hasher.finish())
}

/// The content hash of blocks whose own hashes are known.
pub(crate) fn hash_of_blocks<'a>(blocks: impl IntoIterator<Item = &'a StoredBlock>) -> Hash {
    hash_from_text(&content_hash::of_blocks(blocks.into_iter().map(|block| &block.digest)))
}

fn hash_from_text(text: &str) -> Hash {
    let mut hash = [0; 32];
    // A content hash is always 64 hexadecimal digits.
    let _ = hex::decode_to_slice(text, &mut hash);
    hash
}

/// Cuts bytes into blocks and hashes each.
#[derive(Debug)]
pub(crate) struct BlockCutter {
    next_index: u64,
    hasher: BlockHasher,
    current_length: usize,
    blocks: Vec<StoredBlock>,
}

impl BlockCutter {
    /// Starts at the block with this index.
    pub(crate) fn new(index: u64) -> Self {
        Self { next_index: index, hasher: BlockHasher::new(), current_length: 0, blocks: Vec::new() }
    }

    pub(crate) fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (piece, rest) = bytes.split_at(bytes.len().min(BLOCK_BYTES - self.current_length));
            self.hasher.update(piece);
            self.current_length += piece.len();
            if self.current_length == BLOCK_BYTES {
                self.end_block();
            }
            bytes = rest;
        }
    }

    /// All blocks, a shorter last one included.
    pub(crate) fn finish(mut self) -> Vec<StoredBlock> {
        if self.current_length > 0 {
            self.end_block();
        }
        self.blocks
    }

    fn end_block(&mut self) {
        let digest = self.hasher.end_block();
        self.blocks.push(StoredBlock { index: self.next_index, length: self.current_length as u64, digest });
        self.next_index += 1;
        self.current_length = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hashed_one_by_one_give_the_content_hash() {
        for length in [0, 5, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 2 * BLOCK_BYTES] {
            let content: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
            let mut hasher = BlockCutter::new(0);
            for piece in content.chunks(1_000_003) {
                hasher.update(piece);
            }
            let blocks = hasher.finish();
            assert_eq!(
                hex::encode(hash_of_blocks(&blocks)),
                dropbox_protocol::content_hash(&content),
                "{length}"
            );
        }
    }
}
