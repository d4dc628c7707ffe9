//! What is still to be listed before the index is complete. Kept in the file, so that a kill costs at most a page of each
//! list.

use crate::error::IndexError;
use rusqlite::{Connection, params};

/// A list that was not read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingList {
    /// In lower case.
    pub path: String,
    /// With all folders below.
    pub is_recursive: bool,
    /// Continues it, if it was begun.
    pub cursor: Option<String>,
}

/// Those that were begun come first.
pub(crate) fn read(connection: &Connection, most: usize) -> Result<Vec<PendingList>, IndexError> {
    let mut statement = connection.prepare_cached(
        "SELECT path, recursive, cursor FROM listing_queue ORDER BY cursor IS NULL, recursive, path LIMIT ?1",
    )?;
    let lists = statement.query_map([most as i64], |row| {
        Ok(PendingList { path: row.get(0)?, is_recursive: row.get(1)?, cursor: row.get(2)? })
    })?;
    Ok(lists.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn push(connection: &Connection, path: &str, is_recursive: bool) -> Result<(), IndexError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO listing_queue (path, recursive) VALUES (?1, ?2)")?
        .execute(params![path, is_recursive])?;
    Ok(())
}

/// Notes where a list goes on, or that it is at its end. False if it was not where `list` says: another program is further.
pub(crate) fn advance(
    connection: &Connection,
    list: &PendingList,
    next_cursor: Option<&str>,
) -> Result<bool, IndexError> {
    let changed = match next_cursor {
        Some(next) => connection
            .prepare_cached("UPDATE listing_queue SET cursor = ?3 WHERE path = ?1 AND cursor IS ?2")?
            .execute(params![list.path, list.cursor, next])?,
        None => connection
            .prepare_cached("DELETE FROM listing_queue WHERE path = ?1 AND cursor IS ?2")?
            .execute(params![list.path, list.cursor])?,
    };
    Ok(changed > 0)
}

pub(crate) fn remove(connection: &Connection, path: &str) -> Result<(), IndexError> {
    connection.prepare_cached("DELETE FROM listing_queue WHERE path = ?1")?.execute([path])?;
    Ok(())
}

pub(crate) fn clear(connection: &Connection) -> Result<(), IndexError> {
    connection.execute_batch("DELETE FROM listing_queue")?;
    Ok(())
}

/// The list begins again: its cursor is too old.
pub(crate) fn restart(connection: &Connection, path: &str) -> Result<(), IndexError> {
    connection.prepare_cached("UPDATE listing_queue SET cursor = NULL WHERE path = ?1")?.execute([path])?;
    Ok(())
}

pub(crate) fn is_empty(connection: &Connection) -> Result<bool, IndexError> {
    Ok(connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM listing_queue)", [], |row| row.get(0))?)
}
