//! Small files on their way lie in one hidden folder inside the target, on the same disk, until they are verified and
//! get their names. Another run downloads them again, so the folder goes whenever the work stops. After a kill the
//! transfer store knows it; should that be lost as well, the next download into the same target finds it without the
//! lock that a folder in use has. All blocks.

use crate::transfer::{StagingRecord, TransferStore};
use coffer_stdx::system::{self, FolderLock};
use parking_lot::Mutex;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Around the number of a folder in its name.
const PREFIX: &str = ".coffer-";
const SUFFIX: &str = ".part";

/// Clones are the same folder; it is made when the first file needs it.
#[derive(Clone)]
pub(crate) struct Staging(Arc<Inner>);

struct Inner {
    store: TransferStore,
    target: PathBuf,
    made: Mutex<Option<StagingFolder>>,
    files: AtomicU64,
}

struct StagingFolder {
    folder: PathBuf,
    /// `None`: after a kill the store does not know it.
    record: Option<StagingRecord>,
    /// Held as long as the folder is in use, where the file system has locks.
    _lock: FolderLock,
}

/// A small file that has no name yet. Dropped, it is gone.
pub(crate) struct Staged {
    pub path: PathBuf,
    /// Keeps the folder until the last file in it has gone.
    _staging: Staging,
}

impl Staging {
    pub(crate) fn new(store: TransferStore, target: PathBuf) -> Self {
        let inner = Inner { store, target, made: Mutex::default(), files: AtomicU64::new(0) };
        Self(Arc::new(inner))
    }

    /// Makes the folder now, to see whether the target takes it, and removes those that nobody uses any more.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        remove_abandoned(&self.0.target);
        self.0.folder().map(|_| ())
    }

    pub(crate) fn create(&self) -> io::Result<(File, Staged)> {
        let number = self.0.files.fetch_add(1, Ordering::Relaxed);
        let path = self.0.folder()?.join(number.to_string());
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        Ok((file, Staged { path, _staging: self.clone() }))
    }

    /// Makes everything that was written here so far outlive a power cut, in one go: syncing each of thousands of
    /// small files by itself would make the disk wait for itself as often. The price is that what others have written
    /// to the same disk is waited for as well, which is why a few files are synced one by one.
    pub(crate) fn sync(&self) -> io::Result<()> {
        system::sync_disk(&self.0.folder()?)
    }
}

impl Inner {
    fn folder(&self) -> io::Result<PathBuf> {
        let mut made = self.made.lock();
        if let Some(made) = &*made {
            return Ok(made.folder.clone());
        }
        loop {
            let folder = self.target.join(format!("{PREFIX}{:016x}{SUFFIX}", fastrand::u64(..)));
            // Before it is made: so a kill leaves no folder that nobody knows.
            let record = self.store.record_staging(&folder);
            // Where there are no locks, others can't get one either, and leave the folder alone.
            let made_folder = fs::create_dir(&folder).and_then(|()| FolderLock::wait_for(&folder));
            // Before it was locked somebody may have taken it for one that is not used.
            let is_gone = fs::symlink_metadata(&folder).is_err();
            match made_folder {
                Ok(lock) if !is_gone => {
                    *made = Some(StagingFolder { folder: folder.clone(), record, _lock: lock });
                    return Ok(folder);
                }
                failed => {
                    if let Some(record) = record {
                        record.remove();
                    }
                    failed?;
                }
            }
        }
    }
}

/// Removes the staging folders in a target whose programs have ended: their locks are free.
fn remove_abandoned(target: &Path) {
    for entry in fs::read_dir(target).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
        let is_staging = number
            .is_some_and(|number| number.len() == 16 && number.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if !is_staging || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        if let Some(_lock) = FolderLock::try_now(&entry.path()) {
            // While it is locked, so that whoever has just made it notices.
            let removed = fs::remove_dir_all(entry.path());
            tracing::info!(?removed, folder = %entry.path().display(), "removed what an earlier run has left");
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let made = self.made.get_mut().take();
        if let Some(StagingFolder { folder, record, .. }) = made {
            let _ = fs::remove_dir_all(folder);
            if let Some(record) = record {
                record.remove();
            }
        }
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After it got its name nothing is here any more.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::Staging;
    use crate::transfer::TransferStore;
    use std::fs;

    #[test]
    fn a_folder_that_nobody_uses_is_removed_and_one_in_use_is_not() {
        let target = tempfile::tempdir().unwrap();
        let states = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let staging = |state: usize| {
            Staging::new(TransferStore::new(states[state].path().to_owned(), false), target.path().to_owned())
        };
        let count = || fs::read_dir(target.path()).unwrap().count();
        let abandoned = target.path().join(".coffer-0123456789abcdef.part");
        fs::create_dir(&abandoned).unwrap();
        fs::write(abandoned.join("7"), "half").unwrap();
        // What only looks like one belongs to somebody else.
        fs::create_dir(target.path().join(".coffer-notes.part")).unwrap();
        fs::write(target.path().join(".coffer-0123456789abcde0.part"), "a file").unwrap();
        let first = staging(0);
        first.prepare().unwrap();
        assert!(!abandoned.exists() && count() == 3);
        // Another program, which does not know the store of the first.
        let second = staging(1);
        second.prepare().unwrap();
        assert_eq!(count(), 4, "the folder of the first is in use");
        drop((first, second));
        assert_eq!(count(), 2);
    }
}
