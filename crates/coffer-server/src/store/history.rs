//! The revisions of a file: those that were at a path, or those of one file wherever it was.

use super::entry::{ENTRY_COLUMNS, StoredEntry, find, find_by_id, find_by_rev, read_entry};
use super::error::StoreError;
use rusqlite::{Connection, OptionalExtension as _, params};

/// Some revisions, newest first, and whether older ones follow.
#[derive(Debug)]
pub struct RevisionPage {
    pub entries: Vec<StoredEntry>,
    pub has_more: bool,
}

/// Revisions that were at the path of `entry`, older than `before` (a revision of that path) if given.
/// `Ok(None)`: `before` was never there.
pub fn revisions_at_path(
    connection: &Connection,
    entry: &StoredEntry,
    before: Option<i64>,
    limit: usize,
) -> Result<Option<RevisionPage>, StoreError> {
    let before_sequence = match before {
        None => i64::MAX,
        Some(rev) => {
            let sequence = connection
                .prepare_cached("SELECT max(sequence) FROM history WHERE entry = ?1 AND rev = ?2")?
                .query_row([entry.row, rev], |row| row.get::<_, Option<i64>>(0))?;
            match sequence {
                Some(sequence) => sequence,
                None => return Ok(None),
            }
        }
    };
    // A file that was moved away and back was here twice with one revision; that is listed once.
    let columns = ENTRY_COLUMNS.replace("e.id", "r.file_id");
    let sql = format!(
        "SELECT {columns} FROM \
         (SELECT rev, max(sequence) AS since FROM history WHERE entry = ?1 GROUP BY rev) h \
         JOIN revisions r ON r.rev = h.rev JOIN entries e ON e.entry = ?1 \
         WHERE h.since < ?2 ORDER BY h.since DESC LIMIT ?3"
    );
    collect(connection, &sql, params![entry.row, before_sequence, limit as i64 + 1], limit).map(Some)
}

/// Revisions of the file with this id, at whatever path each was made.
pub fn revisions_of_file(
    connection: &Connection,
    id: &str,
    limit: usize,
) -> Result<RevisionPage, StoreError> {
    let columns = ENTRY_COLUMNS.replace("e.id", "r.file_id");
    let sql = format!(
        "SELECT {columns} FROM revisions r JOIN entries e ON e.entry = r.entry \
         WHERE r.file_id = ?1 ORDER BY r.rev DESC LIMIT ?2"
    );
    collect(connection, &sql, params![id, limit as i64 + 1], limit)
}

/// The file or folder with this id, or the file that had it last and is deleted.
pub fn find_by_id_even_deleted(connection: &Connection, id: &str) -> Result<Option<StoredEntry>, StoreError> {
    if let Some(entry) = find_by_id(connection, id)? {
        return Ok(Some(entry));
    }
    let rev: Option<i64> = connection
        .prepare_cached("SELECT max(rev) FROM revisions WHERE file_id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .flatten();
    let Some(entry) = rev.map(|rev| find_by_rev(connection, rev)).transpose()?.flatten() else {
        return Ok(None);
    };
    find(connection, &entry.path_lower)
}

fn collect(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
    limit: usize,
) -> Result<RevisionPage, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut entries = statement.query_map(parameters, read_entry)?.collect::<Result<Vec<_>, _>>()?;
    let has_more = entries.len() > limit;
    entries.truncate(limit);
    Ok(RevisionPage { entries, has_more })
}
