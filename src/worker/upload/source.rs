//! A local file while it is read: block by block, hashed on the way, and watched for changes. Blocks.

use crate::protocol::ContentHasher;
use bytes::Bytes;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;
use tokio::io::{AsyncRead, ReadBuf};

/// Read at once while hashing without sending.
const PIECE_BYTES: usize = 1 << 20;

/// By what a file is recognised as unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    pub size_bytes: u64,
    pub modified: Option<SystemTime>,
}

pub struct Source {
    file: File,
    pub fingerprint: Fingerprint,
    hasher: ContentHasher,
    position: u64,
}

/// Why a block could not be read.
#[derive(Debug)]
pub enum SourceError {
    /// Its size or time is not what it was at the start.
    Changed,
    Unreadable(io::Error),
}

impl From<io::Error> for SourceError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl Source {
    pub fn open(local_path: &Path) -> io::Result<Self> {
        let file = File::open(local_path)?;
        let fingerprint = fingerprint(&file)?;
        Ok(Self { file, fingerprint, hasher: ContentHasher::new(), position: 0 })
    }

    /// The next `length` bytes, which the file must have.
    pub fn block(&mut self, length: usize) -> Result<Bytes, SourceError> {
        let mut block = vec![0; length];
        match self.file.read_exact(&mut block) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(SourceError::Changed),
            Err(error) => return Err(error.into()),
        }
        self.hasher.update(&block);
        self.position += length as u64;
        self.check()?;
        Ok(block.into())
    }

    /// Goes to `offset`, hashing what is passed over: the service holds it already.
    pub fn skip_to(&mut self, offset: u64) -> Result<(), SourceError> {
        if offset < self.position {
            self.file.seek(SeekFrom::Start(0))?;
            self.hasher = ContentHasher::new();
            self.position = 0;
        }
        let mut piece = vec![0; PIECE_BYTES];
        while self.position < offset {
            let wanted = piece.len().min((offset - self.position) as usize);
            let read = self.file.read(&mut piece[..wanted])?;
            if read == 0 {
                return Err(SourceError::Changed);
            }
            self.hasher.update(&piece[..read]);
            self.position += read as u64;
        }
        self.check()
    }

    /// The hash of what was read; the whole file must have been.
    pub fn hash(&self) -> String {
        self.hasher.clone().finish()
    }

    /// For sending what is left. Reading goes on where this stands.
    pub fn into_reader(self) -> io::Result<SourceReader> {
        let watched = self.file.try_clone()?;
        Ok(SourceReader {
            file: tokio::fs::File::from_std(self.file),
            watched,
            fingerprint: self.fingerprint,
            hasher: self.hasher,
        })
    }

    fn check(&self) -> Result<(), SourceError> {
        if fingerprint(&self.file)? == self.fingerprint { Ok(()) } else { Err(SourceError::Changed) }
    }
}

/// A source that is read without blocking, hashed on the way.
pub struct SourceReader {
    file: tokio::fs::File,
    watched: File,
    fingerprint: Fingerprint,
    hasher: ContentHasher,
}

impl SourceReader {
    /// Whether the file is as it was when it was opened.
    pub fn is_unchanged(&self) -> bool {
        fingerprint(&self.watched).is_ok_and(|now| now == self.fingerprint)
    }

    /// The hash of everything from the beginning to where reading stands.
    pub fn hash(&self) -> String {
        self.hasher.clone().finish()
    }
}

impl AsyncRead for SourceReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.file).poll_read(context, buffer);
        self.hasher.update(&buffer.filled()[before..]);
        polled
    }
}

fn fingerprint(file: &File) -> io::Result<Fingerprint> {
    let metadata = file.metadata()?;
    Ok(Fingerprint { size_bytes: metadata.len(), modified: metadata.modified().ok() })
}

/// The content hash of a whole file.
pub fn hash(local_path: &Path) -> Result<String, SourceError> {
    let mut source = Source::open(local_path)?;
    source.skip_to(source.fingerprint.size_bytes)?;
    Ok(source.hash())
}

#[cfg(test)]
mod tests {
    use super::{Source, SourceError, hash};
    use crate::protocol::content_hash;
    use std::io::Write;

    #[test]
    fn blocks_and_skips_give_the_hash_of_the_whole() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let bytes: Vec<u8> = (0..5_000_000_u32).map(|place| (place % 251) as u8).collect();
        file.write_all(&bytes).unwrap();
        let mut source = Source::open(file.path()).unwrap();
        assert_eq!(source.block(1_000_000).unwrap(), bytes[..1_000_000]);
        source.skip_to(4_500_000).unwrap();
        source.skip_to(10).unwrap();
        source.skip_to(4_000_000).unwrap();
        assert_eq!(source.block(1_000_000).unwrap(), bytes[4_000_000..]);
        assert_eq!(source.hash(), content_hash(&bytes));
        assert_eq!(hash(file.path()).unwrap(), content_hash(&bytes));
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_noticed() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&[1; 100]).unwrap();
        let mut grown = Source::open(file.path()).unwrap();
        let mut cut = Source::open(file.path()).unwrap();
        file.write_all(&[2; 100]).unwrap();
        assert!(matches!(grown.block(50), Err(SourceError::Changed)));
        file.as_file().set_len(10).unwrap();
        assert!(matches!(cut.block(100), Err(SourceError::Changed)));
    }
}
