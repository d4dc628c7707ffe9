//! Folders in which something was changed elsewhere since the person last looked into them. Bounded.

use crate::change::split;
use crate::error::IndexError;
use coffer_model::RemotePath;
use jiff::Timestamp;
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How many folders are remembered.
const MOST_FOLDERS: i64 = 1_000;

/// What this program changes itself: items by their lower-case paths, each with all that is below it.
#[derive(Clone, Debug, Default)]
pub struct OwnPaths {
    pub paths: Vec<Arc<HashSet<Arc<str>>>>,
    /// When items of them claim to have been changed; sample files have a history that is older than the account.
    pub times: Vec<Arc<HashMap<Arc<str>, Timestamp>>>,
}

impl OwnPaths {
    pub(crate) fn contains(&self, path_lower: &str) -> bool {
        !self.paths.is_empty()
            && lineage(path_lower).any(|item| self.paths.iter().any(|paths| paths.contains(item)))
    }

    /// The time that an item, or the nearest folder around it, claims; a folder that nobody has named claims that of the first
    /// item in it.
    pub(crate) fn time(&self, path_lower: &str) -> Option<Timestamp> {
        if self.times.is_empty() {
            return None;
        }
        let is_below = |path: &str| {
            path.strip_prefix(path_lower).is_some_and(|below| below.starts_with('/'))
                && !path_lower.is_empty()
        };
        lineage(path_lower)
            .find_map(|item| self.times.iter().find_map(|times| times.get(item).copied()))
            .or_else(|| {
                let all = self.times.iter().flat_map(|times| times.iter());
                all.filter(|(path, _)| is_below(path)).map(|(_, time)| *time).min()
            })
    }
}

/// A path, and the folders around it from the nearest one on.
fn lineage(path_lower: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path_lower), |item| split(item).map(|(parent, _)| parent))
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
