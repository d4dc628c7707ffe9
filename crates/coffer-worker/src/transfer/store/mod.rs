//! The transfer store: one SQLite file with all transfers that have not ended, and how far each has come. A later run,
//! of this program or another over the same folders, continues from what it says.
//!
//! - `schema_1.sql` and those behind it have the tables, `change` what is written while a transfer runs, `writer` the
//!   thread that does it;
//! - `records` begins and ends transfers, `unfinished` reads back those of earlier runs, `failed_file` what of them has failed, `upload_progress`,
//!   `upload_session`, `partial_file` and `staging_folder` are what uploads and downloads know again; `target_disk` tells
//!   whether the disk of a download is still there;
//! - `replaced_name` knows the own names of local files that have another one, long after their download;
//! - `lease` and `program` keep two programs from working on one thing; `key` says by what a thing is known again;
//! - `old_files` imports what version 0.1.0 has left.
//!
//! **What survives.** A kill loses nothing that was flushed, and at most what was queued a moment ago. A power cut may
//! lose the last commits, never their order, and never leaves the file damaged: with a write-ahead log and
//! `synchronous=NORMAL` SQLite syncs when the log is folded into the file. Nothing here may therefore be believed
//! without a look at what it is about; those who read it say how they check. The begin of a transfer is synced.
//!
//! **Where nothing can be written** transfers run all the same, and a kill costs what they have transferred.

mod change;
mod downloaded;
mod entry_row;
mod error;
mod failed_file;
mod key;
mod lease;
mod old_files;
mod partial_file;
mod program;
mod records;
mod replaced_name;
mod staging_folder;
mod target_disk;
#[cfg(test)]
mod tests;
mod unfinished;
mod upload_progress;
mod upload_session;
mod writer;

pub(crate) use change::{AssignedFile, Change, CommittedFile};
pub(crate) use downloaded::DownloadedItem;
pub(crate) use error::{LeaseError, StoreError};
pub(crate) use partial_file::PartialFileRecord;
pub(crate) use records::TransferRecord;
pub(crate) use staging_folder::StagingRecord;
pub(crate) use upload_progress::{SessionRow, UploadProgress};
pub(crate) use upload_session::{UploadSessionRecord, is_session_alive};

use coffer_stdx::private;
use lease::LeaseKey;
use old_files::OldFiles;
use parking_lot::Mutex;
use program::Program;
use rusqlite::Connection;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use writer::Writer;

/// Each step brings a file from version `index` to `index + 1`. Published steps never change.
const STEPS: &[&str] = &[
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
    include_str!("schema_6.sql"),
];

/// How long to wait for another program that writes.
const BUSY: Duration = Duration::from_secs(10);

/// Clones are the same store. The file is opened when it is first needed.
#[derive(Clone, Debug)]
pub(crate) struct TransferStore(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    // Dropped in this order: everything is written before the leases end.
    writer: Mutex<Option<Arc<Writer>>>,
    /// Once something was leased.
    program: Mutex<Option<Program>>,
    /// What this program works on.
    leased: Mutex<HashSet<LeaseKey>>,
    /// The state folder.
    folder: PathBuf,
    /// Its transfers are asked for on the command line.
    from_command_line: bool,
}

impl TransferStore {
    /// The store in a state folder.
    pub(crate) fn new(folder: PathBuf, from_command_line: bool) -> Self {
        Self(Arc::new(Inner {
            writer: Mutex::default(),
            program: Mutex::default(),
            leased: Mutex::default(),
            folder,
            from_command_line,
        }))
    }

    fn file(&self) -> PathBuf {
        self.0.folder.join("transfers.sqlite")
    }

    fn leases_folder(&self) -> PathBuf {
        self.0.folder.join("transfers.leases")
    }

    /// Opens the file if that was not done yet, makes it, and imports what an older version has left. Blocks.
    fn open(&self) -> Result<Arc<Writer>, StoreError> {
        let mut open = self.0.writer.lock();
        if let Some(writer) = &*open {
            return Ok(Arc::clone(writer));
        }
        make_private_folder(&self.0.folder)?;
        // Held while the file gets its mode and its tables: SQLite does not wait for another program that does the same.
        let _guard = program::guard(&self.leases_folder())?;
        program::sweep(&self.leases_folder());
        let connection = open_connection(&self.file())?;
        let old = OldFiles::new(&self.0.folder);
        if old.exist() {
            old.import(&connection)?;
        }
        let writer = Arc::new(Writer::start(connection)?);
        *open = Some(Arc::clone(&writer));
        Ok(writer)
    }

    /// The same beside the jobs.
    async fn writer(&self) -> Result<Arc<Writer>, StoreError> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.open()).await.map_err(|_| StoreError::Closed)?
    }

    /// Whether there is anything to read, now or from an older version.
    fn exists(&self) -> bool {
        self.file().exists() || OldFiles::new(&self.0.folder).exist()
    }
}

fn open_connection(file: &std::path::Path) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(file)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    // Before anything is written: a file of a newer version is left as it is.
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = STEPS.len() as i64;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // The log is folded in after 16 MiB instead of 4, because that is when the disk is waited for: while a large file is
    // on its way the blocks of some gigabytes fit.
    connection.pragma_update(None, "wal_autocheckpoint", 4096)?;
    make_private(file);
    for (index, step) in STEPS.iter().enumerate().skip(usize::try_from(found).unwrap_or(0)) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", index as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(connection)
}

/// It tells the names of files, so it is for its owner's eyes only. A folder that is there already stays as it is.
fn make_private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    private::create_missing_folder(folder)
}

/// SQLite gives the files beside it the same mode. Some file systems have none; the folder is private as well.
fn make_private(file: &std::path::Path) {
    let _ = private::close(file);
}
