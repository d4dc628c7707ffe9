//! Small files on their way lie in one hidden folder inside the target, on the same disk, until they are verified and
//! get their names. Another run downloads them again, so the folder goes whenever the work stops. All blocks.

use crate::transfer::{StagingRecord, TransferStore};
use parking_lot::Mutex;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    /// `None`: after a kill the folder would stay.
    record: Option<StagingRecord>,
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

    /// Makes the folder now, to see whether the target takes it.
    pub(crate) fn prepare(&self) -> io::Result<()> {
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
    #[cfg(target_os = "linux")]
    pub(crate) fn sync(&self) -> io::Result<()> {
        let folder = File::open(self.0.folder()?)?;
        rustix::fs::syncfs(folder).map_err(io::Error::from)
    }
}

impl Inner {
    fn folder(&self) -> io::Result<PathBuf> {
        let mut made = self.made.lock();
        if let Some(made) = &*made {
            return Ok(made.folder.clone());
        }
        let folder = self.target.join(format!(".coffer-{:016x}.part", fastrand::u64(..)));
        // Before it is made: so a kill leaves no folder that nobody knows.
        let record = self.store.record_staging(&folder);
        if let Err(error) = fs::create_dir(&folder) {
            if let Some(record) = record {
                record.remove();
            }
            return Err(error);
        }
        *made = Some(StagingFolder { folder: folder.clone(), record });
        Ok(folder)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let made = self.made.get_mut().take();
        if let Some(StagingFolder { folder, record }) = made {
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
