//! The ZIP archive that an office document is, with bounds on what is unpacked of it.

use super::UnreadableOffice;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::result::ZipError;

/// All parts that are read may be so long together when they are unpacked, whatever they claim.
const MOST_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;

/// What a document with a password begins with: it is packed into a file of another kind.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

pub(super) struct Package<F> {
    archive: ZipArchive<F>,
    left_bytes: u64,
}

impl<F: Read + Seek> Package<F> {
    pub(super) fn open(mut file: F) -> Result<Self, UnreadableOffice> {
        let mut beginning = [0; 4];
        let read = file.read_exact(&mut beginning).and_then(|()| file.seek(SeekFrom::Start(0)));
        read.map_err(|_| UnreadableOffice::Damaged)?;
        if beginning == *COMPOUND_FILE {
            return Err(UnreadableOffice::Locked);
        }
        let archive = ZipArchive::new(file).map_err(|_| UnreadableOffice::Damaged)?;
        Ok(Self { archive, left_bytes: MOST_UNPACKED_BYTES })
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.archive.index_for_name(path).is_some()
    }

    /// Has `read` go through a part. One that is longer than what is left ends early, which reads as damage.
    pub(super) fn read<T>(
        &mut self,
        path: &str,
        read: impl FnOnce(&mut dyn BufRead) -> Result<T, UnreadableOffice>,
    ) -> Result<T, UnreadableOffice> {
        let part = self.archive.by_name(path).map_err(|error| match error {
            ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                UnreadableOffice::Locked
            }
            _ => UnreadableOffice::Damaged,
        })?;
        let mut part = BufReader::new(part.take(self.left_bytes));
        let value = read(&mut part)?;
        self.left_bytes = part.into_inner().limit();
        Ok(value)
    }

    /// The same for a part that a document need not have.
    pub(super) fn read_if_there<T: Default>(
        &mut self,
        path: &str,
        read: impl FnOnce(&mut dyn BufRead) -> Result<T, UnreadableOffice>,
    ) -> Result<T, UnreadableOffice> {
        if self.has(path) { self.read(path, read) } else { Ok(T::default()) }
    }

    /// The paths of parts in a folder that are numbered from 1: `ppt/slides/slide1.xml`.
    pub(super) fn numbered(&self, before: &str, after: &str) -> Vec<String> {
        let paths = (1..=u32::MAX).map(|number| format!("{before}{number}{after}"));
        paths.take_while(|path| self.has(path)).collect()
    }
}
