//! The totals of folders: how many files and folders are below each, how many bytes, and the newest date.
//!
//! What changes is added up for the folder in which it is, and goes from there to all folders above once a transaction:
//! that costs as many steps as folders were touched times their depth, however large the account is. Only the newest date
//! can't be taken off again; where the newest file goes, the next one is looked for in its folder.

use crate::folder_tree::{FolderNumber, FolderTree};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is added to the totals of a folder.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TotalsChange {
    pub files: i64,
    pub folders: i64,
    pub bytes: i64,
    /// The date of a file that came.
    pub newest: Option<i64>,
}

impl TotalsChange {
    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.folders += other.folders;
        self.bytes += other.bytes;
        self.newest = self.newest.max(other.newest);
    }
}

/// The changes of one transaction that are not in the file yet.
#[derive(Debug, Default)]
pub(crate) struct PendingTotals {
    changes: HashMap<FolderNumber, TotalsChange>,
    /// Folders from which a file of this date went, or one that contained it.
    gone: HashMap<FolderNumber, i64>,
}

impl PendingTotals {
    pub(crate) fn add(&mut self, folder: FolderNumber, change: TotalsChange) {
        self.changes.entry(folder).or_default().add(change);
    }

    /// Something of this date went from a folder.
    pub(crate) fn remove_date(&mut self, folder: FolderNumber, date: i64) {
        let latest = self.gone.entry(folder).or_insert(date);
        *latest = date.max(*latest);
    }

    /// Writes all of it.
    pub(crate) fn flush(&mut self, connection: &Connection, tree: &mut FolderTree) -> rusqlite::Result<()> {
        if self.changes.is_empty() && self.gone.is_empty() {
            return Ok(());
        }
        let mut sums: HashMap<FolderNumber, TotalsChange> = HashMap::with_capacity(self.changes.len() * 2);
        for (folder, change) in self.changes.drain() {
            let mut above = Some(folder);
            while let Some(folder) = above {
                sums.entry(folder).or_default().add(change);
                above = tree.parent(connection, folder)?;
            }
        }
        let mut update = connection.prepare_cached(
            "UPDATE folder SET files = files + ?2, folders = folders + ?3, bytes = bytes + ?4,
               newest = CASE WHEN ?5 IS NULL THEN newest WHEN newest IS NULL OR newest < ?5 THEN ?5 ELSE newest END
             WHERE folder = ?1",
        )?;
        for (folder, sum) in sums {
            update.execute(params![folder, sum.files, sum.folders, sum.bytes, sum.newest])?;
        }
        self.renew_dates(connection, tree)
    }

    /// Looks for the newest date of folders whose newest file may have gone, from below upwards.
    fn renew_dates(&mut self, connection: &Connection, tree: &mut FolderTree) -> rusqlite::Result<()> {
        let mut by_depth: BTreeMap<usize, HashSet<FolderNumber>> = BTreeMap::new();
        for (folder, date) in std::mem::take(&mut self.gone) {
            if newest(connection, folder)?.is_some_and(|newest| newest <= date) {
                by_depth.entry(depth(connection, tree, folder)?).or_default().insert(folder);
            }
        }
        while let Some((depth, folders)) = by_depth.pop_last() {
            for folder in folders {
                let before = newest(connection, folder)?;
                let now = newest_within(connection, folder)?;
                if now == before {
                    continue;
                }
                connection
                    .prepare_cached("UPDATE folder SET newest = ?2 WHERE folder = ?1")?
                    .execute(params![folder, now])?;
                if let Some(parent) = tree.parent(connection, folder)?
                    && newest(connection, parent)? <= before
                {
                    by_depth.entry(depth - 1).or_default().insert(parent);
                }
            }
        }
        Ok(())
    }
}

fn depth(connection: &Connection, tree: &mut FolderTree, folder: FolderNumber) -> rusqlite::Result<usize> {
    let (mut depth, mut above) = (0, folder);
    while let Some(parent) = tree.parent(connection, above)? {
        depth += 1;
        above = parent;
    }
    Ok(depth)
}

fn newest(connection: &Connection, folder: FolderNumber) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT newest FROM folder WHERE folder = ?1")?
        .query_row([folder], |row| row.get(0))
}

/// By its own files and the folders in it.
fn newest_within(connection: &Connection, folder: FolderNumber) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT max(date) FROM (SELECT max(client_modified) AS date FROM file WHERE folder = ?1
             UNION ALL SELECT max(newest) FROM folder WHERE parent = ?1)",
        )?
        .query_row([folder], |row| row.get(0))
}
