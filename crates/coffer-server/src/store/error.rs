//! What can go wrong in the store apart from the answers the API defines: a broken disk, a full disk,
//! a vault that somebody else holds. Conflicts, missing paths and the like are values of `protocol`.

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use std::io::ErrorKind;
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

    /// The version of the tables is none that there ever was.
    #[error(
        "the account’s database has an unknown version ({0}), so it was changed by another program; \
         “coffer repair” puts the newest copy in its place"
    )]
    UnknownSchema(i64),

    /// The contents of an account are there, but not the database with their names.
    #[error(
        "the database of the account in {} is missing or empty, but its contents are there. Nothing was changed. \
         “coffer repair” puts the newest copy of the database in its place", .0.display()
    )]
    DatabaseMissing(PathBuf),

    /// SQLite can’t read the database.
    #[error(
        "the database of the account in {} is damaged ({source}). Nothing was changed. \
         “coffer repair” puts the newest copy of the database in its place", .vault.display()
    )]
    DatabaseDamaged { vault: PathBuf, source: rusqlite::Error },

    /// There is nothing wrong with the database.
    #[error("the database of the account in {} is sound, so nothing was changed", .0.display())]
    NothingToRepair(PathBuf),

    /// There is no copy of the database that could be restored.
    #[error("there is no sound copy of the account’s database in {}", .0.join("copies").display())]
    NoCopy(PathBuf),

    #[error("the account’s database failed: {0}")]
    Sqlite(#[from] rusqlite::Error),

    /// A commit that several edits shared did not reach the disk; none of them happened.
    #[error("the change could not be written: {reason}")]
    Commit { reason: String, is_disk_full: bool },

    /// SQLite has taken back the transaction that several edits shared; one of them knows why.
    #[error("the database has taken back what was written together with a change that failed")]
    RolledBack,

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
            Self::File { source, .. } => {
                matches!(
                    source.kind(),
                    ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
                )
            }
            // The index of the write-ahead log is a file as well, and for it SQLite has an error of its own.
            Self::Sqlite(error) => error.sqlite_error().is_some_and(|error| {
                error.code == ErrorCode::DiskFull || error.extended_code == SQLITE_IOERR_SHMSIZE
            }),
            Self::Commit { is_disk_full, .. } => *is_disk_full,
            _ => false,
        }
    }

    /// Says which account it is, where SQLite can’t read its database.
    pub(super) fn with_damage(self, vault: &Path) -> Self {
        match self {
            Self::Sqlite(source)
                if matches!(
                    source.sqlite_error_code(),
                    Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
                ) =>
            {
                Self::DatabaseDamaged { vault: vault.to_owned(), source }
            }
            error => error,
        }
    }
}
