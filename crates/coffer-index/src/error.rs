//! Why the index can't be used.

use rusqlite::ErrorCode::{
    CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, OutOfMemory, PermissionDenied, ReadOnly,
    SystemIoFailure,
};
use std::io;

/// Why the index can't be used. Nothing is lost by that: it is made anew.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    #[error("the index can't be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the file of the index can't be made: {0}")]
    Io(#[from] io::Error),
}

impl IndexError {
    /// Whether the file itself is wrong, and only a new one helps. Otherwise a later try may go better: another program has the
    /// file, or the disk is full.
    pub fn is_damage(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        !matches!(
            error.sqlite_error_code(),
            Some(
                CannotOpen
                    | DatabaseBusy
                    | DatabaseLocked
                    | DiskFull
                    | OutOfMemory
                    | PermissionDenied
                    | ReadOnly
                    | SystemIoFailure
            )
        )
    }
}
