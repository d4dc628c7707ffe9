//! Deleting: a file, or a folder with everything in it. Nothing is lost: the rows stay, marked as gone,
//! and so do all revisions.

use super::edit::EditTransaction;
use super::entry::{ENTRY_COLUMNS, ENTRY_TABLES, Presence, StoredEntry, read_entry};
use super::error::StoreError;
use rusqlite::{Connection, params};

/// Items that one request of Dropbox may delete, move or copy (reference 3.0, 3.4).
pub const MOST_ITEMS: usize = 10_000;

/// Deletes an entry and what is below it. `Ok(false)`: those are more than `most_items`.
pub fn delete(
    edit: &mut EditTransaction<'_>,
    entry: &StoredEntry,
    most_items: usize,
) -> Result<bool, StoreError> {
    let Some(below) = descendants(edit.connection(), entry, most_items)? else { return Ok(false) };
    edit.remove(entry, Presence::Deleted)?;
    for item in &below {
        edit.remove(item, Presence::Deleted)?;
    }
    Ok(true)
}

/// Everything present below an entry, parents first; `None` when that and the entry are more than
/// `most_items`.
pub fn descendants(
    connection: &Connection,
    entry: &StoredEntry,
    most_items: usize,
) -> Result<Option<Vec<StoredEntry>>, StoreError> {
    let found = all_below(connection, entry, Some(most_items))?;
    Ok((found.len() < most_items).then_some(found))
}

/// Everything present below an entry, parents first, or the first items of that.
pub(super) fn all_below(
    connection: &Connection,
    entry: &StoredEntry,
    limit: Option<usize>,
) -> Result<Vec<StoredEntry>, StoreError> {
    if !entry.is_folder() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {ENTRY_COLUMNS} FROM {ENTRY_TABLES} \
         WHERE e.path_lower > ?1 AND e.path_lower < ?2 AND e.gone = 0 ORDER BY e.path_lower LIMIT ?3"
    );
    let (start, end) = (format!("{}/", entry.path_lower), format!("{}0", entry.path_lower));
    let mut statement = connection.prepare_cached(&sql)?;
    // SQLite takes a negative number for no limit.
    let limit = limit.map_or(-1, |limit| limit as i64);
    Ok(statement.query_map(params![start, end, limit], read_entry)?.collect::<Result<_, _>>()?)
}
