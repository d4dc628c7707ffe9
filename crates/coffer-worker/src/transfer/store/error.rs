//! Why the transfer store could not do something.

use coffer_model::Problem;
use std::io;

#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// A newer version of the program has written the file. It is left as it is.
    #[error("the file of transfers is of a newer version of Coffer ({found}; this one knows {known})")]
    TooNew { found: i64, known: i64 },
    #[error("the file of transfers: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the folder of the file of transfers: {0}")]
    Io(#[from] io::Error),
    /// The thread that writes has ended.
    #[error("the file of transfers is closed")]
    Closed,
    /// What a row says cannot be understood.
    #[error("a row of the file of transfers has an unknown {0}")]
    Unknown(&'static str),
}

/// Why a lease was not given.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LeaseError {
    /// Somebody works on it, here or in another program.
    #[error("it is under way already")]
    Running,
    /// The target of a download can't be written to for now.
    #[error("{}", .0.title)]
    Target(Problem),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for LeaseError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<io::Error> for LeaseError {
    fn from(error: io::Error) -> Self {
        Self::Store(error.into())
    }
}
