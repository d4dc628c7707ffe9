//! What can go wrong in the store apart from the answers the API defines: a broken disk, a full disk,
//! a vault that somebody else holds. Conflicts, missing paths and the like are values of `protocol`.

use std::path::{Path, PathBuf};

/// A failure of the vault itself. Over HTTP it becomes a 500 whose text does not reveal local paths.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process (or another server in this one) has the vault open.
    #[error("the local account in {} is open in another program", .0.display())]
    InUse(PathBuf),

    /// The vault was written by a newer version, whose tables this one does not know.
    #[error("the account was written by a newer version (schema {found}, this version knows {known})")]
    TooNew { found: i64, known: i64 },

    #[error("the account’s database failed: {0}")]
    Sqlite(#[from] rusqlite::Error),

    /// A commit that several edits shared did not reach the disk; none of them happened.
    #[error("the change could not be written: {0}")]
    Commit(String),

    #[error("{}: {source}", .path.display())]
    File { path: PathBuf, source: std::io::Error },

    /// A row that cannot be: the database was changed by somebody else.
    #[error("the account’s database is inconsistent: {0}")]
    Inconsistent(String),

    /// The system has no source of random numbers, so there are no safe ids and tokens.
    #[error("no random numbers available from the system")]
    NoRandomness,

    /// The store has been shut down, or its thread has died.
    #[error("the account has been closed")]
    Closed,
}

impl StoreError {
    /// For `map_err` after a file operation on `path`.
    pub fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_owned(), source }
    }

    /// Whether the disk (not the account's quota) has no room left.
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::File { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
            Self::Sqlite(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            _ => false,
        }
    }
}
