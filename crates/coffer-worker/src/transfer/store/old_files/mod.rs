//! Imports what version 0.1.0 has left: transfers in `transfers/`, sessions of large uploads in `uploads/`, and partial
//! files in `downloads/`, each a file of JSON lines that its program has locked while it works on it. What is imported
//! is removed; what a running 0.1.0 has locked stays for the next start. The formats of then are in the modules below,
//! and nowhere else: `order` has the requests, `uploads` and `downloads` have how far they had come.

mod downloads;
mod order;
mod uploads;

use super::StoreError;
use super::key::transfer_key;
use super::records::{NewRecord, insert_transfer};
use crate::account::account_name;
use crate::path_root::NotedRoot;
pub(super) use downloads::partial_key;
use downloads::{import_downloaded, import_partial};
use jiff::Timestamp;
use order::Order;
use rusqlite::{Connection, params};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use uploads::{import_batches, import_committed, import_session};

/// The version that the order files of 0.1.0 have.
const ORDER_VERSION: u32 = 1;

pub(super) struct OldFiles {
    orders: PathBuf,
    uploads: PathBuf,
    downloads: PathBuf,
}

/// A file that nobody else has locked, until it is dropped.
struct Locked {
    path: PathBuf,
    text: String,
    _file: File,
}

impl OldFiles {
    pub(super) fn new(state_folder: &Path) -> Self {
        let folder = |name| state_folder.join(name);
        Self { orders: folder("transfers"), uploads: folder("uploads"), downloads: folder("downloads") }
    }

    pub(super) fn exist(&self) -> bool {
        [&self.orders, &self.uploads, &self.downloads].into_iter().any(|folder| folder.exists())
    }

    /// Imports all in one transaction, then removes the files. What can't be read is removed as well: 0.1.0 could not
    /// have continued it either.
    pub(super) fn import(&self, connection: &Connection) -> Result<(), StoreError> {
        let transaction = connection.unchecked_transaction()?;
        let mut done = Vec::new();
        for order in files(&self.orders, Some("json")) {
            // An order without notes is one that has just begun.
            let _ = File::create_new(order.with_extension("notes"));
        }
        for notes in locked(&self.orders, Some("notes")) {
            let order = notes.path.with_extension("json");
            let stored = fs::read(&order).ok().and_then(|bytes| serde_json::from_slice::<Order>(&bytes).ok());
            if let Some(stored) = stored {
                import_order(&transaction, stored, &notes.text)?;
            }
            done.push((Some(order), notes));
        }
        for session in locked(&self.uploads, Some("jsonl")) {
            import_session(&transaction, &session)?;
            done.push((None, session));
        }
        let mut staging = Vec::new();
        for note in locked(&self.downloads, None) {
            staging.extend(import_partial(&transaction, &note)?);
            done.push((None, note));
        }
        transaction.commit()?;
        for folder in staging {
            let _ = fs::remove_dir_all(folder);
        }
        for (order, locked) in done {
            order.into_iter().chain([locked.path]).for_each(|path| drop(fs::remove_file(path)));
        }
        let _ = fs::remove_file(self.orders.join("lock"));
        // Only when nothing of a running program is left in them.
        for folder in [&self.orders, &self.uploads, &self.downloads] {
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }
}

fn import_order(connection: &Connection, order: Order, notes: &str) -> rusqlite::Result<()> {
    if order.version != ORDER_VERSION {
        return Ok(());
    }
    let account = account_name(&order.account);
    let created: Timestamp = order.created.parse().unwrap_or_default();
    let (choice, paused, ended) = (order.account.clone(), order.paused, order.ended);
    let job = order.into_job();
    let key = transfer_key(&choice, &job);
    let is_known = connection
        .prepare("SELECT 1 FROM transfer WHERE account = ?1 AND key = ?2")?
        .exists(params![account, key])?;
    if is_known {
        return Ok(());
    }
    let new = NewRecord { account: &account, noted: NotedRoot::Home, key, created };
    let transfer = insert_transfer(connection, &new, &job)?;
    connection.execute(
        "UPDATE transfer SET paused = ?2, ended = ?3 WHERE id = ?1",
        params![transfer, paused, ended],
    )?;
    let notes = Notes::read(notes);
    import_committed(connection, transfer, &job, &notes)?;
    import_batches(connection, transfer, &notes)?;
    import_downloaded(connection, transfer, &notes)
}

fn locked(folder: &Path, extension: Option<&str>) -> impl Iterator<Item = Locked> {
    files(folder, extension).into_iter().filter_map(|path| lock(path).ok().flatten())
}

/// With this extension, or all of them.
fn files(folder: &Path, extension: Option<&str>) -> Vec<PathBuf> {
    let Ok(items) = fs::read_dir(folder) else { return Vec::new() };
    let paths = items.flatten().map(|item| item.path());
    let fits = |path: &PathBuf| extension.is_none_or(|wanted| path.extension().unwrap_or_default() == wanted);
    paths.filter(fits).collect()
}

fn lock(path: PathBuf) -> io::Result<Option<Locked>> {
    let mut file = File::options().read(true).write(true).open(&path)?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Some(Locked { path, text: String::from_utf8_lossy(&bytes).into_owned(), _file: file }))
}

/// The notes of an order by their keys, newer ones in place of older ones. A line may be cut, or stand behind one that
/// was cut.
struct Notes(HashMap<String, Value>);

impl Notes {
    fn read(text: &str) -> Self {
        let note = |line: &str| {
            line.match_indices("[\"").find_map(|(start, _)| serde_json::from_str(&line[start..]).ok())
        };
        Self(text.split('\n').filter_map(note).collect())
    }

    fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        T::deserialize(self.0.get(key)?).ok()
    }

    /// "name 0", "name 1" and so on.
    fn series<T: DeserializeOwned>(&self, name: &str) -> Vec<T> {
        (0..).map_while(|number: usize| self.get(&format!("{name} {number}"))).collect()
    }
}

/// Without what stands behind the last line break: a kill has cut it.
fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    text.rsplit_once('\n').map_or("", |(whole, _)| whole).lines()
}
