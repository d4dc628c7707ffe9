//! Contents on disk, named by their content hash: `blobs/ab/cdef…`. A content is written once, however many files
//! have it; it is never changed, and one that a file has ever had is never removed, because every revision is kept.
//!
//! New bytes are collected under `incoming/` and come in by rename, after they and before their name have
//! been synced, so a name in `blobs/` always means complete, durable bytes. Which file has which
//! content is in the database, and not here.

use super::error::StoreError;
use super::group_sync::GroupSync;
use coffer_stdx::disk::DiskFile;
use coffer_stdx::{private, system};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// From this many files on, one sync of the whole file system costs less than one sync a file.
const MANY: usize = 6;

/// Files that are open at once while many are written.
const OPEN_FILES: usize = 200;

/// A content hash as bytes (reference section 5).
pub type Hash = [u8; 32];

/// The folders of a vault that hold contents.
#[derive(Debug)]
pub struct Blobs {
    contents: PathBuf,
    incoming: PathBuf,
    sessions: PathBuf,
    #[cfg_attr(not(target_os = "linux"), allow(dead_code))]
    group: GroupSync,
}

/// Bytes that are being received. Dropped before [`Blobs::insert`], they are deleted.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    path: PathBuf,
    kept: bool,
}

impl Incoming {
    /// The open file, to write to.
    pub fn file(&self) -> &File {
        &self.file
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept {
            // A leftover is swept at the next start.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Blobs {
    /// Prepares the folders below `vault` and removes what an interrupted upload left behind.
    pub fn open(vault: &Path) -> Result<Self, StoreError> {
        let blobs = Self {
            contents: vault.join("blobs"),
            incoming: vault.join("incoming"),
            sessions: vault.join("sessions"),
            group: GroupSync::default(),
        };
        if let Err(error) = fs::remove_dir_all(&blobs.incoming)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(StoreError::at(&blobs.incoming)(error));
        }
        for folder in [&blobs.contents, &blobs.incoming, &blobs.sessions] {
            private::create_folder(folder).map_err(StoreError::at(folder))?;
        }
        sync_folder(vault)?;
        Ok(blobs)
    }

    /// A new, empty file for bytes that are received.
    pub fn incoming(&self) -> Result<Incoming, StoreError> {
        let path = self.incoming.join(format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..)));
        let file = private::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(StoreError::at(&path))?;
        Ok(Incoming { file, path, kept: false })
    }

    /// Makes complete bytes a durable content. Returns once they would survive a power cut.
    pub fn insert(&self, mut incoming: Incoming, hash: &Hash) -> Result<(), StoreError> {
        if self.has(hash) {
            // Whoever brought it may not have come to syncing its name yet.
            return self.sync_name(hash);
        }
        incoming.file.sync_all().map_err(StoreError::at(&incoming.path))?;
        self.adopt(&incoming.path, hash)?;
        incoming.kept = true;
        Ok(())
    }

    /// Turns the first `size` bytes of an upload session into a durable content. What is behind them was
    /// left by a call that failed. One that has become a content already stays one.
    pub fn insert_session(&self, session: &str, hash: &Hash, size: u64) -> Result<(), StoreError> {
        let path = self.session_path(session);
        if self.has(hash) {
            self.sync_name(hash)?;
            return self.remove_session(session);
        }
        self.end_session_file(session, size)?;
        self.adopt(&path, hash)
    }

    /// Leaves exactly `size` bytes in the file of a session, which has that many or more.
    fn end_session_file(&self, session: &str, size: u64) -> Result<(), StoreError> {
        let path = self.session_path(session);
        let file = self.session_file(session)?;
        let length = file.metadata().map_err(StoreError::at(&path))?.len();
        if length < size {
            return Err(StoreError::Inconsistent(format!("the upload session {session} has lost bytes")));
        }
        file.set_len(size).and_then(|()| file.sync_all()).map_err(StoreError::at(&path))
    }

    /// Writes the whole content of many upload sessions, each from its beginning, and returns once all would survive
    /// a power cut.
    pub fn fill_sessions<'a>(
        &self,
        sessions: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<(), StoreError> {
        let mut files = Vec::new();
        for (session, bytes) in sessions.into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
            let path = self.session_path(session);
            let mut file = private::options()
                .write(true)
                .create(true)
                .truncate(true)
                .open(&path)
                .map_err(StoreError::at(&path))?;
            file.write_all(bytes).map_err(StoreError::at(&path))?;
            files.push((path, file));
            if files.len() == OPEN_FILES {
                self.sync_files(&mut files)?;
            }
        }
        self.sync_files(&mut files)
    }

    fn sync_files(&self, files: &mut Vec<(PathBuf, File)>) -> Result<(), StoreError> {
        let together = files.len() >= MANY && self.sync_everything()?;
        for (path, file) in files.drain(..) {
            if !together {
                file.sync_data().map_err(StoreError::at(&path))?;
            }
        }
        Ok(())
    }

    /// Makes everything durable that was written to the vault's file system; returns whether the system can.
    fn sync_everything(&self) -> Result<bool, StoreError> {
        if system::CAN_SYNC_DISK {
            self.group.sync(|| system::sync_disk(&self.contents)).map_err(StoreError::at(&self.contents))?;
        }
        Ok(system::CAN_SYNC_DISK)
    }

    /// As [`insert_session`](Self::insert_session) for many sessions, whose bytes are durable already.
    pub fn insert_sessions(&self, sessions: &[(String, Hash, u64)]) -> Result<(), StoreError> {
        let mut folders = BTreeSet::new();
        for (session, hash, size) in sessions {
            let path = self.session_path(session);
            let to = self.path(hash);
            if self.has(hash) {
                self.remove_session(session)?;
            } else {
                if path.metadata().map_or(u64::MAX, |metadata| metadata.len()) != *size {
                    self.end_session_file(session, *size)?;
                }
                self.make_folder_of(&to)?;
                fs::rename(&path, &to).map_err(StoreError::at(&to))?;
            }
            folders.insert(to.parent().unwrap_or(&self.contents).to_owned());
        }
        if folders.len() >= MANY && self.sync_everything()? {
            return Ok(());
        }
        folders.iter().try_for_each(|folder| sync_folder(folder))
    }

    /// Gives an upload session back the `size` bytes of a content that it had handed over, so that it can grow again.
    /// One that was not handed over still has them.
    pub fn reopen_session(&self, session: &str, hash: &Hash, size: u64) -> Result<(), StoreError> {
        let path = self.session_path(session);
        if fs::metadata(&path).is_ok_and(|metadata| metadata.len() >= size) {
            return Ok(());
        }
        // Under its name it is whole, also after a power cut.
        let copy = self.incoming.join(session);
        fs::copy(self.path(hash), &copy).map_err(StoreError::at(&copy))?;
        File::open(&copy).and_then(|file| file.sync_all()).map_err(StoreError::at(&copy))?;
        fs::rename(&copy, &path).map_err(StoreError::at(&path))?;
        sync_folder(&self.sessions)
    }

    /// The file in which an upload session collects its bytes, created when it is missing.
    pub fn session_file(&self, session: &str) -> Result<File, StoreError> {
        let path = self.session_path(session);
        private::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(StoreError::at(&path))
    }

    /// The same file for several calls that write into it at once.
    pub fn session_disk_file(&self, session: &str) -> Result<DiskFile, StoreError> {
        Ok(DiskFile::new(self.session_file(session)?, &self.session_path(session)))
    }

    /// Forgets the bytes of a session that has ended or expired.
    pub fn remove_session(&self, session: &str) -> Result<(), StoreError> {
        let path = self.session_path(session);
        fs::remove_file(&path).or_else(tolerate_missing).map_err(StoreError::at(&path))
    }

    /// Removes a content that no file ever had and no session has.
    pub fn remove_unused(&self, hash: &Hash) -> Result<(), StoreError> {
        let path = self.path(hash);
        fs::remove_file(&path).or_else(tolerate_missing).map_err(StoreError::at(&path))
    }

    /// Names of all sessions that have a file.
    pub fn session_names(&self) -> Result<Vec<String>, StoreError> {
        let listing = fs::read_dir(&self.sessions).map_err(StoreError::at(&self.sessions))?;
        Ok(listing.flatten().filter_map(|item| item.file_name().into_string().ok()).collect())
    }

    /// Opens a content for reading.
    pub fn read(&self, hash: &Hash) -> Result<File, StoreError> {
        let path = self.path(hash);
        File::open(&path).map_err(StoreError::at(&path))
    }

    /// Whether a content is here already.
    pub fn has(&self, hash: &Hash) -> bool {
        self.path(hash).exists()
    }

    /// Where a content is or would be.
    pub fn path(&self, hash: &Hash) -> PathBuf {
        let name = hex::encode(hash);
        self.contents.join(&name[..2]).join(&name[2..])
    }

    /// The names of sessions are made by the server from letters and digits, so they are safe file names.
    fn session_path(&self, session: &str) -> PathBuf {
        self.sessions.join(session)
    }

    fn sync_name(&self, hash: &Hash) -> Result<(), StoreError> {
        let path = self.path(hash);
        sync_folder(path.parent().unwrap_or(&self.contents))
    }

    fn adopt(&self, from: &Path, hash: &Hash) -> Result<(), StoreError> {
        let to = self.path(hash);
        self.make_folder_of(&to)?;
        fs::rename(from, &to).map_err(StoreError::at(&to))?;
        sync_folder(to.parent().unwrap_or(&self.contents))
    }

    fn make_folder_of(&self, content: &Path) -> Result<(), StoreError> {
        let folder = content.parent().unwrap_or(&self.contents);
        match fs::create_dir(folder) {
            Ok(()) => sync_folder(&self.contents),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(StoreError::at(folder)(error)),
        }
    }
}

/// How many contents there are below a folder of contents; none if there is no such folder.
pub(super) fn count(contents: &Path) -> u64 {
    let folders = fs::read_dir(contents).into_iter().flatten().flatten();
    folders.map(|folder| fs::read_dir(folder.path()).into_iter().flatten().count() as u64).sum()
}

fn tolerate_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// A renamed or created name is durable only when its folder has been synced.
fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    system::sync_folder(folder).map_err(StoreError::at(folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    #[test]
    fn many_sessions_become_contents_and_leave_no_file_behind() {
        let vault = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(vault.path()).unwrap();
        for count in [2, 3 * MANY as u8] {
            let names: Vec<String> = (0..count).map(|number| format!("session-{number}")).collect();
            blobs.fill_sessions(names.iter().map(|name| (name.as_str(), name.as_bytes()))).unwrap();
            // Left behind by a call that failed.
            fs::OpenOptions::new()
                .append(true)
                .open(vault.path().join("sessions/session-1"))
                .and_then(|mut file| file.write_all(b"more"))
                .unwrap();
            let kept: Vec<(String, Hash, u64)> = names
                .iter()
                .zip(0..count)
                .map(|(name, number)| (name.clone(), [number; 32], name.len() as u64))
                .collect();
            blobs.insert_sessions(&kept).unwrap();
            for (name, hash, _) in kept {
                let mut text = String::new();
                blobs.read(&hash).unwrap().read_to_string(&mut text).unwrap();
                assert_eq!(text, name);
            }
            assert_eq!(blobs.session_names().unwrap(), Vec::<String>::new());
        }
    }

    #[test]
    fn a_kept_content_can_be_read_and_is_stored_once() {
        let vault = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(vault.path()).unwrap();
        let hash = [7; 32];
        for _ in 0..2 {
            let incoming = blobs.incoming().unwrap();
            incoming.file().write_all(b"hello").unwrap();
            blobs.insert(incoming, &hash).unwrap();
        }
        let mut text = String::new();
        blobs.read(&hash).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "hello");
        assert_eq!(fs::read_dir(vault.path().join("incoming")).unwrap().count(), 0);
    }

    #[test]
    fn what_is_not_kept_leaves_no_file_behind() {
        let vault = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(vault.path()).unwrap();
        drop(blobs.incoming().unwrap());
        std::mem::forget(blobs.incoming().unwrap());
        assert_eq!(fs::read_dir(vault.path().join("incoming")).unwrap().count(), 1);
        Blobs::open(vault.path()).unwrap();
        assert_eq!(fs::read_dir(vault.path().join("incoming")).unwrap().count(), 0);
    }
}
