//! How far an index is.

use crate::error::IndexError;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, ToSql, params};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexState {
    /// From where the feed goes on; `None` if nothing was asked for yet.
    pub cursor: Option<String>,
    /// Everything in the account is in it, up to its cursor.
    pub is_complete: bool,
    /// When the service was last asked what has changed.
    pub as_of: Option<Timestamp>,
    pub files: u64,
    pub folders: u64,
    pub bytes: u64,
    /// Lists that are still to be asked for.
    pub pending_lists: u64,
}

pub(crate) fn read(connection: &Connection) -> Result<IndexState, IndexError> {
    let (files, folders, bytes) = connection
        .prepare_cached("SELECT files, folders, bytes FROM folder WHERE folder = 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))?;
    let pending: i64 =
        connection.prepare_cached("SELECT count(*) FROM listing_queue")?.query_row([], |row| row.get(0))?;
    Ok(IndexState {
        cursor: cursor(connection)?,
        is_complete: is_complete(connection)?,
        as_of: as_of(connection)?,
        files: files as u64,
        folders: folders as u64,
        bytes: bytes as u64,
        pending_lists: pending as u64,
    })
}

pub(crate) fn cursor(connection: &Connection) -> Result<Option<String>, IndexError> {
    Ok(fact(connection, "cursor")?)
}

pub(crate) fn set_cursor(connection: &Connection, cursor: &str) -> Result<(), IndexError> {
    Ok(set_fact(connection, "cursor", &cursor)?)
}

pub(crate) fn root(connection: &Connection) -> Result<Option<String>, IndexError> {
    Ok(fact(connection, "root")?)
}

pub(crate) fn set_root(connection: &Connection, root: &str) -> Result<(), IndexError> {
    Ok(set_fact(connection, "root", &root)?)
}

/// Forgets everything.
pub(crate) fn clear(connection: &Connection) -> Result<(), IndexError> {
    connection.execute_batch(
        "DELETE FROM fact; DELETE FROM file; DELETE FROM listing_queue; DELETE FROM change; DELETE FROM deleted_item; DELETE FROM person; DELETE FROM news;
         DELETE FROM folder WHERE parent IS NOT NULL;
         UPDATE folder SET files = 0, folders = 0, bytes = 0, newest = NULL",
    )?;
    Ok(())
}

pub(crate) fn is_complete(connection: &Connection) -> Result<bool, IndexError> {
    Ok(fact::<i64>(connection, "complete")?.is_some())
}

/// The round of lists that is read now, or was last.
pub(crate) fn round(connection: &Connection) -> Result<i64, IndexError> {
    Ok(fact(connection, "round")?.unwrap_or(0))
}

/// From now on everything is listed again; what is known stays until it is known to be gone.
pub(crate) fn begin_round(connection: &Connection) -> Result<(), IndexError> {
    let round = round(connection)?;
    if is_complete(connection)? {
        set_fact(connection, "round", &(1 - round))?;
        // What happens until it is complete again is found out, but not when.
        connection.execute_batch("DELETE FROM fact WHERE name IN ('complete', 'log_since')")?;
    } else {
        // What the lists of an unfinished round have told may be gone by now.
        for table in ["file", "folder"] {
            connection.execute(&format!("UPDATE {table} SET round = 1 - ?1 WHERE round = ?1"), [round])?;
        }
    }
    size_cache(connection)
}

/// Everything is in it, up to the cursor.
pub(crate) fn set_complete(connection: &Connection) -> Result<(), IndexError> {
    if !is_complete(connection)? {
        // Made now and not before: one that grows with every row costs more, and is less dense.
        connection.execute_batch("CREATE INDEX IF NOT EXISTS file_by_hash ON file (substr(hash, 1, 6))")?;
        set_fact(connection, "complete", &1)?;
        size_cache(connection)?;
    }
    Ok(())
}

pub(crate) fn set_as_of(connection: &Connection, as_of: Timestamp) -> Result<(), IndexError> {
    // Of two programs the slower one tells of an earlier moment.
    let as_of = self::as_of(connection)?.map_or(as_of, |known| known.max(as_of));
    Ok(set_fact(connection, "as_of", &as_of.as_second())?)
}

/// The log of changes leaves nothing out that was seen later than this; `None` before anything could be logged.
pub(crate) fn log_since(connection: &Connection) -> Result<Option<Timestamp>, IndexError> {
    let seconds: Option<i64> = fact(connection, "log_since")?;
    Ok(seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()))
}

pub(crate) fn set_log_since(connection: &Connection, seconds: i64) -> rusqlite::Result<()> {
    set_fact(connection, "log_since", &seconds)
}

/// When the service was last asked what has changed.
pub(crate) fn as_of(connection: &Connection) -> Result<Option<Timestamp>, IndexError> {
    let seconds: Option<i64> = fact(connection, "as_of")?;
    Ok(seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()))
}

/// KiB of pages that the writing connection remembers while everything is written, and later.
const CACHE_KIB_AT_FIRST: i64 = 24 * 1024;
const CACHE_KIB: i64 = 6 * 1024;

/// Lets the connection remember as many pages as the index needs in its state.
pub(crate) fn size_cache(connection: &Connection) -> Result<(), IndexError> {
    let kib = if is_complete(connection)? { CACHE_KIB } else { CACHE_KIB_AT_FIRST };
    connection.pragma_update(None, "cache_size", -kib)?;
    Ok(connection.execute_batch("PRAGMA shrink_memory")?)
}

fn fact<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> rusqlite::Result<Option<T>> {
    connection
        .prepare_cached("SELECT value FROM fact WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

fn set_fact(connection: &Connection, name: &str, value: &dyn ToSql) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO fact (name, value) VALUES (?1, ?2)")?
        .execute(params![name, value])?;
    Ok(())
}
