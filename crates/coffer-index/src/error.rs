//! Why the index can't be used.

use rusqlite::Error::{QueryReturnedNoRows, SqliteFailure};
use rusqlite::ErrorCode::{ConstraintViolation, DatabaseCorrupt, NotADatabase, TypeMismatch, Unknown};
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
    /// Whether the file itself is wrong, and only a new one helps: pages or values that can't be read, tables that are not there.
    /// Otherwise a later try may go better: another program has the file or has removed a row meanwhile, or the disk is full.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Sqlite(SqliteFailure(failure, _)) => matches!(
                failure.code,
                ConstraintViolation | DatabaseCorrupt | NotADatabase | TypeMismatch | Unknown
            ),
            Self::Sqlite(error) => !matches!(error, QueryReturnedNoRows),
            Self::Io(_) => false,
        }
    }
}
