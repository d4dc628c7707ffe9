//! Tags on items.

use super::edit::EditTransaction;
use super::error::StoreError;
use rusqlite::Connection;

/// The tags of an item, oldest first.
pub fn tags_of_item(connection: &Connection, item: &str) -> Result<Vec<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT tag FROM tags WHERE item = ?1 ORDER BY added, tag")?;
    Ok(statement.query_map([item], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Adds a tag; again is no harm.
pub fn add(edit: &mut EditTransaction<'_>, item: &str, tag: &str) -> Result<(), StoreError> {
    edit.connection().execute(
        "INSERT OR IGNORE INTO tags (item, tag, added) \
         VALUES (?1, ?2, (SELECT coalesce(max(added), 0) + 1 FROM tags WHERE item = ?1))",
        [item, tag],
    )?;
    Ok(())
}

/// Removes a tag; returns whether it was there.
pub fn remove(edit: &mut EditTransaction<'_>, item: &str, tag: &str) -> Result<bool, StoreError> {
    Ok(edit.connection().execute("DELETE FROM tags WHERE item = ?1 AND tag = ?2", [item, tag])? > 0)
}
