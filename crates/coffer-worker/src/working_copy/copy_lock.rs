//! One program works on a copy at a time: a lock on a file in its folder, which a kill frees. Blocks.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

const LOCK: &str = "lock";

/// Dropping it lets others have the copy.
#[derive(Debug)]
pub(crate) struct CopyLock {
    locked: File,
}

impl Drop for CopyLock {
    fn drop(&mut self) {
        // A child that is being started has the file open for a moment as well, so closing it does not do.
        let _ = self.locked.unlock();
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum CopyLockError {
    #[error("another program works on the copy")]
    Taken,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<CopyLockError> for io::Error {
    fn from(error: CopyLockError) -> Self {
        match error {
            CopyLockError::Taken => Self::new(io::ErrorKind::WouldBlock, error),
            CopyLockError::Io(error) => error,
        }
    }
}

impl CopyLock {
    pub(crate) fn acquire(folder: &Path) -> Result<Self, CopyLockError> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { locked: file }),
            Err(TryLockError::WouldBlock) => Err(CopyLockError::Taken),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
