//! A local file while it is read: at any place, on threads that may block, and watched for changes. Blocks.

use crate::fingerprint::Fingerprint;
use coffer_stdx::system::read_exact_at;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::content_hash::{BLOCK_BYTES, BlockHash, BlockHasher};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Read at a time before it is hashed: so much that it is still in the processor's cache then.
const PIECE_BYTES: usize = 256 * 1024;

pub(crate) struct LocalFile {
    file: File,
    local_path: PathBuf,
    pub fingerprint: Fingerprint,
}

/// Why a part could not be read.
#[derive(Debug)]
pub(crate) enum LocalFileError {
    /// Its size or time is not what it was at the start.
    Changed,
    Unreadable(io::Error),
}

impl LocalFileError {
    /// For those to whom a file that is being written to is as good as one that can't be read.
    pub(crate) fn into_io(self) -> io::Error {
        match self {
            Self::Changed => io::ErrorKind::ResourceBusy.into(),
            Self::Unreadable(error) => error,
        }
    }
}

impl From<io::Error> for LocalFileError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl LocalFile {
    pub(crate) fn open(local_path: &Path) -> io::Result<Self> {
        let file = File::open(local_path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok(Self {
            file,
            local_path: local_path.to_owned(),
            fingerprint: Fingerprint::from_metadata(&metadata),
        })
    }

    /// Fills `buffer` with the bytes from `offset` on, which the file must have, and looks whether it is unchanged.
    pub(crate) fn read_at(&self, buffer: &mut [u8], offset: u64) -> Result<(), LocalFileError> {
        self.fill(buffer, offset)?;
        self.check()
    }

    /// The same from the start of a block on, with the hash of each block.
    pub(crate) fn read_blocks_at(
        &self,
        buffer: &mut [u8],
        mut offset: u64,
    ) -> Result<Vec<BlockHash>, LocalFileError> {
        let mut block_hashes = Vec::new();
        let mut hasher = BlockHasher::new();
        for block in buffer.chunks_mut(BLOCK_BYTES) {
            for piece in block.chunks_mut(PIECE_BYTES) {
                self.fill(piece, offset)?;
                hasher.update(piece);
                offset += piece.len() as u64;
            }
            block_hashes.push(hasher.end_block());
        }
        self.check()?;
        Ok(block_hashes)
    }

    fn fill(&self, buffer: &mut [u8], offset: u64) -> Result<(), LocalFileError> {
        read_exact_at(&self.file, buffer, offset).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => LocalFileError::Changed,
            _ => error.into(),
        })
    }

    /// Whether it is what it was when it was opened.
    pub(crate) fn check(&self) -> Result<(), LocalFileError> {
        if Fingerprint::from_metadata(&self.file.metadata()?) == self.fingerprint {
            Ok(())
        } else {
            Err(LocalFileError::Changed)
        }
    }

    /// Whether no other file stands in its place meanwhile, as many programs save. For uploads that last: a file that
    /// was moved away is read to its end.
    pub(crate) fn check_place(&self) -> Result<(), LocalFileError> {
        match fs::metadata(&self.local_path) {
            Ok(metadata) if Fingerprint::from_metadata(&metadata) != self.fingerprint => {
                Err(LocalFileError::Changed)
            }
            _ => Ok(()),
        }
    }
}

/// The content hash of a whole file.
pub(crate) fn hash(local_path: &Path) -> Result<String, LocalFileError> {
    let source = LocalFile::open(local_path)?;
    let mut hasher = ContentHasher::new();
    let mut piece = vec![0; PIECE_BYTES.min(source.fingerprint.size_bytes as usize)];
    let mut position = 0;
    while position < source.fingerprint.size_bytes {
        let length = piece.len().min((source.fingerprint.size_bytes - position) as usize);
        source.fill(&mut piece[..length], position)?;
        hasher.update(&piece[..length]);
        position += length as u64;
    }
    source.check()?;
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::{LocalFile, LocalFileError, hash};
    use dropbox_protocol::content_hash;
    use std::io::Write;

    #[test]
    fn parts_are_read_in_any_order_and_the_whole_is_hashed() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let bytes: Vec<u8> = (0..5_000_000_u32).map(|place| (place % 251) as u8).collect();
        file.write_all(&bytes).unwrap();
        let source = LocalFile::open(file.path()).unwrap();
        let mut part = vec![0; 1_000_000];
        for offset in [4_000_000, 0, 123_457] {
            source.read_at(&mut part, offset as u64).unwrap();
            assert!(part == bytes[offset..offset + part.len()]);
        }
        assert!(matches!(source.read_at(&mut part, 4_000_001), Err(LocalFileError::Changed)));
        assert_eq!(hash(file.path()).unwrap(), content_hash(&bytes));
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_noticed() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&[1; 100]).unwrap();
        let grown = LocalFile::open(file.path()).unwrap();
        file.write_all(&[2; 100]).unwrap();
        assert!(matches!(grown.read_at(&mut [0; 50], 0), Err(LocalFileError::Changed)));
        let cut = LocalFile::open(file.path()).unwrap();
        file.as_file().set_len(10).unwrap();
        assert!(matches!(cut.read_at(&mut [0; 100], 0), Err(LocalFileError::Changed)));
    }

    #[test]
    fn another_file_at_the_same_place_is_another_file() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&first, "one").unwrap();
        std::fs::write(&second, "two").unwrap();
        let time = std::fs::metadata(&first).unwrap().modified().unwrap();
        std::fs::File::options().write(true).open(&second).unwrap().set_modified(time).unwrap();
        let before = LocalFile::open(&first).unwrap().fingerprint;
        std::fs::rename(&second, &first).unwrap();
        assert_ne!(LocalFile::open(&first).unwrap().fingerprint, before);
        let source = LocalFile::open(&first).unwrap();
        source.check_place().unwrap();
        std::fs::rename(&first, &second).unwrap();
        source.check_place().unwrap();
        std::fs::write(&first, "one").unwrap();
        assert!(source.check().is_ok() && matches!(source.check_place(), Err(LocalFileError::Changed)));
    }
}
