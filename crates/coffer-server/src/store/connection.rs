//! Connections to the vault's database: their settings, and the pool of readers.
//! The one connection that writes lives in `writer`.

use super::error::StoreError;
use parking_lot::Mutex;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many readers work at the same time.
const READERS: usize = 4;

/// Opens the connection that writes, and the database with it.
///
/// `synchronous=FULL`: with a write-ahead log, NORMAL would sync at checkpoints only and could lose the
/// last commits in a power cut, but an answer must mean "it is on disk". The writer shares one commit
/// among the edits that wait, which keeps that affordable.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // A transaction that touches many rows (a folder of 10,000 is moved) should not spill to disk early.
    connection.pragma_update(None, "cache_size", -32_768)?;
    prepare(&connection)?;
    Ok(connection)
}

/// Connections that read. Each use sees one consistent state of the account.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, idle: Mutex::default(), permits: Semaphore::new(READERS) }
    }

    /// Waits for its turn; hold the permit while using [`Readers::with`].
    pub(super) async fn permit(&self) -> Result<tokio::sync::SemaphorePermit<'_>, StoreError> {
        self.permits.acquire().await.map_err(|_| StoreError::Closed)
    }

    /// Runs `work` on a reader inside a read transaction. Blocks; call it off the async threads.
    pub(super) fn with<T>(&self, work: impl FnOnce(&Connection) -> T) -> Result<T, StoreError> {
        let idle = self.idle.lock().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        let transaction = connection.transaction()?;
        let result = work(&transaction);
        transaction.finish()?;
        self.idle.lock().push(connection);
        Ok(result)
    }
}

/// Opens another connection, which reads.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(128);
    // Otherwise statements whose values might lead to another plan are planned again at each use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}
