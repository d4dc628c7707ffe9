//! The account on disk: names, revisions, cursors and links in SQLite, contents beside it.
//!
//! [`Store::read`] runs on one of a few reading connections and sees one consistent state;
//! [`Store::write`] runs on the one writing thread and returns when the change is durable. Neither
//! blocks the async runtime. Nothing here knows HTTP.

pub mod blobs;
pub mod commit;
mod connection;
pub mod copies;
pub mod edit;
pub mod entry;
pub mod error;
pub mod folders;
mod folding;
mod free_names;
pub mod grants;
mod group_sync;
pub mod history;
pub mod link_password;
pub mod links;
pub mod listing;
pub mod mounts;
pub mod refusal;
pub mod relocation;
pub mod removal;
mod schema;
pub mod search;
pub mod sessions;
pub mod tags;
pub mod unmounted;
mod writer;

use crate::clock::{Clock, Seconds};
use blobs::Blobs;
use coffer_stdx::private;
use connection::Readers;
use edit::{EditTransaction, random};
use error::StoreError;
use rusqlite::{Connection, InterruptHandle, OptionalExtension as _, params};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;
use writer::Writer;

/// An open vault. Clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    // Fields are dropped in this order: the writer ends its work before the lock is given up.
    writer: Writer,
    readers: Readers,
    blobs: Arc<Blobs>,
    sequence: watch::Receiver<i64>,
    path: PathBuf,
    _lock: File,
    /// Dropped last: its watchers learn that the lock is free.
    closed: watch::Sender<()>,
}

impl Store {
    /// Opens the vault in `path`, making it if there is none. Blocks for the time of a few file operations.
    pub fn open(path: &Path, clock: Clock) -> Result<Self, StoreError> {
        make_folder(path)?;
        let lock = lock(path)?;
        let database = path.join("vault.sqlite");
        check_database(path, &database)?;
        let connection = open_database(&database).map_err(|error| error.with_damage(path))?;
        let blobs = Arc::new(Blobs::open(path)?);
        let (sender, sequence) = watch::channel(listing::current_sequence(&connection)?);
        let writer = Writer::start(connection, clock, sender)?;
        let readers = Readers::new(database);
        let inner = Inner {
            writer,
            readers,
            blobs,
            sequence,
            path: path.to_owned(),
            _lock: lock,
            closed: watch::channel(()).0,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Runs `work` on a consistent state of the account.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let _permit = self.inner.readers.permit().await?;
        let inner = Arc::clone(&self.inner);
        match tokio::task::spawn_blocking(move || inner.readers.with(work)).await {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => Err(error.into()),
            Err(_) => Err(StoreError::Closed.into()),
        }
    }

    /// Runs `work` alone and returns once its changes are durable. If it fails, nothing has changed.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut EditTransaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.inner.writer.write(work).await
    }

    /// The contents on disk.
    pub fn blobs(&self) -> Arc<Blobs> {
        Arc::clone(&self.inner.blobs)
    }

    /// Tells the sequence of the last change, and when it grows.
    pub fn changes(&self) -> watch::Receiver<i64> {
        self.inner.sequence.clone()
    }

    /// Makes a copy of the database beside it, unless the newest one is as new. Blocks for as long as it takes to read all
    /// of it; `begun` gets what ends it early.
    pub(crate) fn copy_database(
        &self,
        now: Seconds,
        begun: impl FnOnce(InterruptHandle),
    ) -> Result<(), StoreError> {
        let connection = connection::open_reader(&self.inner.path.join("vault.sqlite"))?;
        begun(connection.get_interrupt_handle());
        copies::make(&self.inner.path, &connection, now)
    }

    /// Waits until the last handle to this store is gone and the vault may be opened again. Call it for its
    /// future first, and then drop the handle.
    pub fn closed(&self) -> impl Future<Output = ()> + use<> {
        let mut watching = self.inner.closed.subscribe();
        async move { while watching.changed().await.is_ok() {} }
    }

    /// The vault's folder.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// A lasting fact about the account; made by `make` when it is asked for the first time.
    pub async fn fact(
        &self,
        name: &'static str,
        make: fn() -> Result<String, StoreError>,
    ) -> Result<String, StoreError> {
        self.write(move |edit| {
            let known: Option<String> = edit
                .connection()
                .prepare_cached("SELECT value FROM account WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()?;
            if let Some(known) = known {
                return Ok(known);
            }
            let value = make()?;
            edit.connection()
                .execute("INSERT INTO account (name, value) VALUES (?1, ?2)", params![name, value])?;
            Ok(value)
        })
        .await
    }
}

/// A new folder is for its owner alone. One that is there already stays as it is, because it may hold other things; what
/// Coffer makes in it is closed to others all the same.
fn make_folder(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return private::create_folder(path).map_err(StoreError::at(path));
    }
    if private::is_open_to_others(path) {
        tracing::warn!(
            folder = %path.display(),
            "other users of this computer can look into the folder of the account; its contents are closed to them"
        );
    }
    Ok(())
}

/// Refuses to begin an account anew where the contents of one are, and makes a file for a new one. SQLite gives the
/// permissions of the file to those that it makes beside it.
fn check_database(vault: &Path, database: &Path) -> Result<(), StoreError> {
    let is_there = fs::metadata(database).is_ok_and(|metadata| metadata.len() > 0);
    if !is_there && blobs::count(&vault.join("blobs")) > 0 {
        return Err(StoreError::DatabaseMissing(vault.to_owned()));
    }
    private::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(database)
        .map_err(StoreError::at(database))?;
    for ending in ["", "-wal", "-shm"] {
        let part = database.with_file_name(format!("vault.sqlite{ending}"));
        if part.exists() {
            private::close(&part).map_err(StoreError::at(&part))?;
        }
    }
    Ok(())
}

fn open_database(database: &Path) -> Result<Connection, StoreError> {
    let mut connection = connection::open_writer(database)?;
    schema::migrate(&mut connection)?;
    begin_counters(&connection)?;
    Ok(connection)
}

/// One process may have a vault open: two would not see each other's counters.
fn lock(vault: &Path) -> Result<File, StoreError> {
    let path = vault.join("lock");
    let file = private::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(StoreError::at(&path))?;
    private::close(&path).map_err(StoreError::at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(vault.to_owned())),
        Err(TryLockError::Error(error)) => Err(StoreError::at(&path)(error)),
    }
}

/// Revisions start at a random number, so that no two accounts have the same ones;
/// in hexadecimal they have 14 digits (the API wants at least 9) and leave room for 2^32 of them.
fn begin_counters(connection: &Connection) -> Result<(), StoreError> {
    let height = u32::from_be_bytes(random()?) & 0xf_ffff | 0x10_0000;
    connection.execute(
        "INSERT OR IGNORE INTO counters (only_row, sequence, rev, used_bytes) VALUES (1, 0, ?1, 0)",
        [i64::from(height) << 32],
    )?;
    Ok(())
}
