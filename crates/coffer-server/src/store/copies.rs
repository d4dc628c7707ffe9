//! Copies of the account's database, in `copies/` beside it. The names, versions and links of all files are in that one
//! file, and what is in `blobs/` has no names without it. A copy is made while the account is in use, and no more than
//! once an hour.

use super::edit::random;
use super::error::StoreError;
use super::{connection, lock};
use crate::clock::Seconds;
use coffer_stdx::private;
use dropbox_protocol::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};
use std::fs;
use std::path::{Path, PathBuf};

/// Copies that are kept: the newest may be of a database that was damaged without anybody having noticed.
const KEPT: usize = 2;

/// More than are made between two copies.
const REVS_BETWEEN_COPIES: i64 = 1 << 24;

/// The name of a copy is the time at which it was made, in UTC.
const NAME: &str = "vault-%Y%m%d-%H%M%S.sqlite";

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredDatabase {
    /// When the copy was made, in seconds since 1970.
    pub made: Seconds,
    /// Contents of files that came after that: they are in `blobs/`, but the database does not name them.
    pub unnamed_contents: u64,
    /// Where the damaged database is now, if there was any.
    pub kept_aside: Option<PathBuf>,
}

/// The copies of a vault, the oldest first.
fn all(vault: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(vault.join("copies")).into_iter().flatten().flatten();
    let is_copy = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "sqlite");
    let mut copies: Vec<PathBuf> = found.map(|item| item.path()).filter(is_copy).collect();
    copies.sort();
    copies
}

/// When the newest copy was made, and the last change that it holds.
pub(crate) fn newest(vault: &Path) -> Option<(Seconds, i64)> {
    let copy = all(vault).pop()?;
    let connection = connection::open_reader(&copy).ok()?;
    let sequence = super::listing::current_sequence(&connection).ok()?;
    Some((time_of(&copy)?, sequence))
}

fn time_of(copy: &Path) -> Option<Seconds> {
    let name = copy.file_name()?.to_str()?;
    let time = jiff::civil::DateTime::strptime(NAME, name).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

/// Makes a copy of the present state. `connection` reads the database and is in no transaction. Blocks for as long as it
/// takes to read all of it.
pub(crate) fn make(vault: &Path, connection: &Connection, now: Seconds) -> Result<(), StoreError> {
    let folder = vault.join("copies");
    private::create_folder(&folder).map_err(StoreError::at(&folder))?;
    let at_folder = || StoreError::at(&folder);
    let temporary =
        tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(&folder).map_err(at_folder())?;
    // One statement, so one state of the account; the writer is not held up.
    connection.execute("VACUUM INTO ?1", [temporary.path().to_string_lossy()])?;
    temporary.as_file().sync_all().map_err(at_folder())?;
    let name = Timestamp::from_unix_secs(now).instant().strftime(NAME).to_string();
    temporary.persist(folder.join(name)).map_err(|error| StoreError::at(&folder)(error.error))?;
    let mut copies = all(vault);
    copies.truncate(copies.len().saturating_sub(KEPT));
    for old in copies {
        fs::remove_file(&old).map_err(StoreError::at(&old))?;
    }
    Ok(())
}

/// Puts the newest copy in the place of a database that is missing or damaged. One that is sound stays.
pub fn restore(vault: &Path) -> Result<RestoredDatabase, StoreError> {
    let _lock = lock(vault)?;
    let database = vault.join("vault.sqlite");
    if is_sound(&database) {
        return Err(StoreError::NothingToRepair(vault.to_owned()));
    }
    let copies = all(vault);
    let sound = copies.iter().rev().find(|copy| is_sound(copy));
    let copy = sound.ok_or_else(|| StoreError::NoCopy(vault.to_owned()))?;
    let made = time_of(copy).unwrap_or_default();
    let kept_aside = keep_aside(vault)?;
    let temporary = tempfile::NamedTempFile::new_in(vault).map_err(StoreError::at(vault))?;
    fs::copy(copy, temporary.path()).map_err(StoreError::at(copy))?;
    begin_epoch(temporary.path())?;
    temporary.as_file().sync_all().map_err(StoreError::at(vault))?;
    temporary.persist(&database).map_err(|error| StoreError::at(&database)(error.error))?;
    private::close(&database).map_err(StoreError::at(&database))?;
    let connection = connection::open_reader(&database)?;
    let named: i64 =
        connection.query_row("SELECT count(DISTINCT hash) FROM revisions", [], |row| row.get(0))?;
    let unnamed_contents = super::blobs::count(&vault.join("blobs")).saturating_sub(named as u64);
    Ok(RestoredDatabase { made, unnamed_contents, kept_aside })
}

/// Begins to count anew in a copy that is restored. Programs know revisions and cursors that came after the copy was made:
/// these revisions must not be made again for other contents, and their cursors must not go on.
fn begin_epoch(database: &Path) -> Result<(), StoreError> {
    let mut connection = Connection::open(database)?;
    let transaction = connection.transaction()?;
    // One copy may be restored several times, so the step is another one each time.
    let steps = 1 + i64::from(u16::from_be_bytes(random()?));
    transaction.execute("UPDATE counters SET rev = rev + ?1", [steps * REVS_BETWEEN_COPIES])?;
    // Some of these have become files since, whose contents must not go with them.
    transaction.execute("DELETE FROM upload_sessions", [])?;
    transaction.execute(
        "INSERT INTO account (name, value) VALUES ('epoch', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [hex::encode(random::<8>()?)],
    )?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error.into())
}

/// The history of the account to which cursors belong; empty until its database was restored for the first time.
pub(crate) fn epoch(connection: &Connection) -> Result<String, StoreError> {
    let sql = "SELECT value FROM account WHERE name = 'epoch'";
    Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// Whether SQLite finds no fault in a database, and it is one of an account.
fn is_sound(database: &Path) -> bool {
    let check = || -> Result<bool, StoreError> {
        let connection = connection::open_reader(database)?;
        super::listing::current_sequence(&connection)?;
        let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        Ok(answer == "ok")
    };
    check().unwrap_or(false)
}

/// Moves what there is of the database into a folder of its own.
fn keep_aside(vault: &Path) -> Result<Option<PathBuf>, StoreError> {
    let mut kept_aside = None;
    for name in ["vault.sqlite", "vault.sqlite-wal", "vault.sqlite-shm"] {
        let part = vault.join(name);
        let Ok(metadata) = fs::metadata(&part) else { continue };
        // The index of the log can be made again.
        if metadata.len() == 0 || name.ends_with("-shm") {
            fs::remove_file(&part).map_err(StoreError::at(&part))?;
            continue;
        }
        let folder = match &kept_aside {
            Some(folder) => folder,
            None => kept_aside.insert(free_folder(vault)?),
        };
        fs::rename(&part, folder.join(name)).map_err(StoreError::at(&part))?;
    }
    Ok(kept_aside)
}

/// A new folder for a damaged database.
fn free_folder(vault: &Path) -> Result<PathBuf, StoreError> {
    let folder = (1..u32::MAX)
        .map(|number| vault.join(format!("damaged-{number}")))
        .find(|folder| !folder.exists())
        .expect("there are more numbers than folders");
    private::create_folder(&folder).map_err(StoreError::at(&folder))?;
    Ok(folder)
}
