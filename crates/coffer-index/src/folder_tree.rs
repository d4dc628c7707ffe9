//! Folders by their path while changes are taken in. Most entries of a page lie in few folders, so these are remembered.

use crate::change::split;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::{HashMap, HashSet};

/// The number of a folder in the file.
pub(crate) type FolderNumber = i64;

pub(crate) const ROOT: FolderNumber = 1;

/// Folders that are remembered at most.
const MOST_REMEMBERED: usize = 20_000;

#[derive(Debug, Default)]
pub(crate) struct FolderTree {
    by_path: HashMap<String, FolderNumber>,
    parents: HashMap<FolderNumber, FolderNumber>,
    /// Folders that were made since this was forgotten, and had no folders in them since.
    leaves: HashSet<FolderNumber>,
}

impl FolderTree {
    /// The folder at a path, if it is known.
    pub(crate) fn find(
        &mut self,
        connection: &Connection,
        path_lower: &str,
    ) -> rusqlite::Result<Option<FolderNumber>> {
        let Some((parent_path, key)) = split(path_lower) else { return Ok(Some(ROOT)) };
        if let Some(&folder) = self.by_path.get(path_lower) {
            return Ok(Some(folder));
        }
        let Some(parent) = self.find(connection, parent_path)? else { return Ok(None) };
        let found = child(connection, parent, key)?;
        if let Some(folder) = found {
            self.remember(path_lower, folder, parent);
        }
        Ok(found)
    }

    /// The folder around `folder`; `None` for the root.
    pub(crate) fn parent(
        &mut self,
        connection: &Connection,
        folder: FolderNumber,
    ) -> rusqlite::Result<Option<FolderNumber>> {
        if let Some(&parent) = self.parents.get(&folder) {
            return Ok(Some(parent));
        }
        let mut statement = connection.prepare_cached("SELECT parent FROM folder WHERE folder = ?1")?;
        let parent = statement.query_row([folder], |row| row.get::<_, Option<FolderNumber>>(0))?;
        if let Some(parent) = parent {
            self.parents.insert(folder, parent);
        }
        Ok(parent)
    }

    /// A folder was made.
    pub(crate) fn made(&mut self, path_lower: &str, folder: FolderNumber, parent: FolderNumber) {
        self.remember(path_lower, folder, parent);
        self.leaves.remove(&parent);
        self.leaves.insert(folder);
    }

    /// Whether there is surely no folder in it.
    pub(crate) fn is_leaf(&self, folder: FolderNumber) -> bool {
        self.leaves.contains(&folder)
    }

    fn remember(&mut self, path_lower: &str, folder: FolderNumber, parent: FolderNumber) {
        if self.by_path.len() >= MOST_REMEMBERED {
            self.forget();
        }
        self.by_path.insert(path_lower.to_owned(), folder);
        self.parents.insert(folder, parent);
    }

    /// To be called when folders were removed.
    pub(crate) fn forget(&mut self) {
        self.by_path.clear();
        self.parents.clear();
        self.leaves.clear();
    }
}

/// The folder of a name in a folder.
pub(crate) fn child(
    connection: &Connection,
    parent: FolderNumber,
    key: &str,
) -> rusqlite::Result<Option<FolderNumber>> {
    connection
        .prepare_cached("SELECT folder FROM folder WHERE parent = ?1 AND key = ?2")?
        .query_row(params![parent, key], |row| row.get(0))
        .optional()
}
