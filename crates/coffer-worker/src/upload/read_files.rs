//! Reads the files of one append call into one buffer.

use super::buffers::{BUFFER_BYTES, Buffer};
use super::source::{LocalFile, LocalFileError};
use crate::fingerprint::Fingerprint;
use bytes::Bytes;
use dropbox_protocol::content_hash;
use std::path::{Path, PathBuf};

/// What became of reading one file.
pub(crate) enum ReadResult {
    Complete {
        hash: String,
        fingerprint: Fingerprint,
    },
    /// It has grown since it was planned.
    TooLong,
    Failed(LocalFileError),
}

/// Reads files one after the other into a buffer. Gives the bytes of those that could be read, the hash of these bytes,
/// and the result of each file. Blocks.
pub(crate) fn read_files(mut buffer: Buffer, paths: &[PathBuf]) -> (Bytes, String, Vec<ReadResult>) {
    let mut filled = 0;
    let reads = paths
        .iter()
        .map(|path| {
            let read = read_one(&mut buffer, filled, path);
            if let ReadResult::Complete { fingerprint, .. } = &read {
                filled += fingerprint.size_bytes as usize;
            }
            read
        })
        .collect();
    let bytes = buffer.freeze(filled);
    let hash = content_hash(&bytes);
    (bytes, hash, reads)
}

fn read_one(buffer: &mut Buffer, filled: usize, path: &Path) -> ReadResult {
    let source = match LocalFile::open(path) {
        Ok(source) => source,
        Err(error) => return ReadResult::Failed(error.into()),
    };
    let fingerprint = source.fingerprint;
    let length = fingerprint.size_bytes;
    if length > (BUFFER_BYTES - filled) as u64 {
        return ReadResult::TooLong;
    }
    let space = &mut buffer.space(filled + length as usize)[filled..];
    match source.read_at(space, 0) {
        Ok(()) => ReadResult::Complete { hash: content_hash(space), fingerprint },
        Err(error) => ReadResult::Failed(error),
    }
}
