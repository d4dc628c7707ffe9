//! A file that is being written beside its final place. It gets its name only when it is whole; until then nothing
//! but a temporary file exists, and that vanishes when the work stops. All functions block.

use super::local_name::numbered;
use crate::protocol::ContentHasher;
use bytes::Bytes;
use jiff::Timestamp;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::NamedTempFile;

/// Numbers that are tried when a name is taken.
const MOST_NUMBERS: u32 = 10_000;

pub struct Target {
    file: NamedTempFile,
    hasher: ContentHasher,
    pub written: u64,
}

impl Target {
    pub fn create(folder: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".coffer-").suffix(".part");
        // Readable as any other file of the person, not only as a temporary one.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self { file: builder.tempfile_in(folder)?, hasher: ContentHasher::new(), written: 0 })
    }

    pub fn write(&mut self, bytes: &Bytes) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// The content hash of what was written.
    pub fn hash(&self) -> String {
        self.hasher.clone().finish()
    }

    /// Gives the file a name in `folder`: `name`, or with a number when that is taken. Nothing is overwritten.
    pub fn settle(mut self, folder: &Path, name: &str, modified: Timestamp) -> io::Result<PathBuf> {
        self.seal(modified)?;
        for number in 0..MOST_NUMBERS {
            let place = folder.join(numbered(name, number));
            match self.file.persist_noclobber(&place) {
                Ok(_) => return Ok(place),
                Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => self.file = error.file,
                Err(error) => return Err(error.error),
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }

    /// Gives the file exactly this name, in place of what was there.
    pub fn replace(mut self, place: &Path, modified: Timestamp) -> io::Result<()> {
        self.seal(modified)?;
        self.file.persist(place).map_err(|error| error.error)?;
        Ok(())
    }

    /// From here on a power cut loses nothing.
    fn seal(&mut self, modified: Timestamp) -> io::Result<()> {
        self.file.flush()?;
        let file = self.file.as_file();
        // Some file systems keep no times; the content counts.
        let _ = file.set_modified(SystemTime::from(modified));
        file.sync_all()
    }
}

/// A new folder called `name` in `parent`, with a number if that is taken.
pub fn new_folder(parent: &Path, name: &str) -> io::Result<PathBuf> {
    for number in 0..MOST_NUMBERS {
        let place = parent.join(numbered(name, number));
        match fs::create_dir(&place) {
            Ok(()) => return Ok(place),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

#[cfg(test)]
mod tests {
    use super::{Target, new_folder};
    use bytes::Bytes;
    use jiff::Timestamp;
    use std::fs;

    #[test]
    fn a_taken_name_gets_a_number_and_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "mine").unwrap();
        let mut target = Target::create(folder.path()).unwrap();
        target.write(&Bytes::from_static(b"theirs")).unwrap();
        let place = target.settle(folder.path(), "a.txt", Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(place, folder.path().join("a (1).txt"));
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"mine");
        assert_eq!(fs::read(&place).unwrap(), b"theirs");
        assert_eq!(new_folder(folder.path(), "a.txt").unwrap(), folder.path().join("a (2).txt"));
    }

    #[test]
    fn what_is_given_up_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let mut target = Target::create(folder.path()).unwrap();
        target.write(&Bytes::from_static(b"half")).unwrap();
        drop(target);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
