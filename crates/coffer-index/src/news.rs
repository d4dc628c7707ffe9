//! Folders in which something was changed elsewhere since the person last looked into them. Bounded.

use crate::change::split;
use crate::error::IndexError;
use coffer_model::RemotePath;
use rusqlite::Connection;
use std::collections::HashSet;
use std::sync::Arc;

/// How many folders are remembered.
const MOST_FOLDERS: i64 = 1_000;

/// What this program changes itself: items by their lower-case paths, each with all that is below it.
#[derive(Clone, Debug, Default)]
pub struct OwnPaths(pub Vec<Arc<HashSet<Arc<str>>>>);

impl OwnPaths {
    pub(crate) fn contains(&self, path_lower: &str) -> bool {
        let mut path = Some(path_lower).filter(|_| !self.0.is_empty());
        while let Some(item) = path {
            if self.0.iter().any(|paths| paths.contains(item)) {
                return true;
            }
            path = split(item).map(|(parent, _)| parent);
        }
        false
    }
}

/// Something in a folder was changed elsewhere.
pub(crate) fn add(connection: &Connection, folder_lower: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT OR REPLACE INTO news (path) VALUES (?1)")?.execute([folder_lower])?;
    Ok(())
}

/// Forgets those beyond the bound, the oldest ones.
pub(crate) fn forget_old(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM news WHERE news < (SELECT min(news) FROM (SELECT news FROM news ORDER BY news DESC LIMIT ?1))",
        )?
        .execute([MOST_FOLDERS])?;
    Ok(())
}

/// The person has looked into a folder; `None`: at everything.
pub(crate) fn see(connection: &Connection, folder: Option<&RemotePath>) -> Result<(), IndexError> {
    match folder {
        Some(folder) => {
            connection.prepare_cached("DELETE FROM news WHERE path = ?1")?.execute([&**folder.lower()])?
        }
        None => connection.execute("DELETE FROM news", [])?,
    };
    Ok(())
}

/// All of them, the latest last; some may be gone.
pub(crate) fn read(connection: &Connection) -> Result<Vec<RemotePath>, IndexError> {
    let mut statement = connection.prepare_cached("SELECT path FROM news ORDER BY news")?;
    let paths = statement.query_map([], |row| Ok(RemotePath::new(row.get_ref(0)?.as_str()?)))?;
    Ok(paths.collect::<rusqlite::Result<_>>()?)
}

/// The number of the latest change, whoever made it.
pub(crate) fn last_change(connection: &Connection) -> Result<i64, IndexError> {
    let mut statement = connection.prepare_cached("SELECT ifnull(max(change), 0) FROM change")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}
