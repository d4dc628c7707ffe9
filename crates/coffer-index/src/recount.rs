//! Counts anew what is below every folder. The totals are kept by adding up changes, so one that was wrong once would be
//! wrong for ever.

use crate::folder_tree::FolderNumber;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// The totals of a folder, as they stand in its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct TotalsRow {
    files: i64,
    folders: i64,
    bytes: i64,
    newest: Option<i64>,
}

struct CountedFolder {
    parent: Option<FolderNumber>,
    written: TotalsRow,
    counted: TotalsRow,
}

/// Corrects the totals of all folders; answers with how many were wrong.
pub(crate) fn recount(connection: &Connection) -> rusqlite::Result<u64> {
    let mut folders = read_folders(connection)?;
    count_files(connection, &mut folders)?;
    // A folder is made after the one that it is in, so its number is higher.
    let numbers: Vec<FolderNumber> = folders.keys().rev().copied().collect();
    for number in numbers {
        let Some(CountedFolder { parent: Some(parent), counted, .. }) = folders.get(&number) else {
            continue;
        };
        let (parent, below) = (*parent, *counted);
        if let Some(parent) = folders.get_mut(&parent) {
            parent.counted.files += below.files;
            parent.counted.folders += below.folders + 1;
            parent.counted.bytes += below.bytes;
            parent.counted.newest = parent.counted.newest.max(below.newest);
        }
    }
    let mut update = connection
        .prepare("UPDATE folder SET files = ?2, folders = ?3, bytes = ?4, newest = ?5 WHERE folder = ?1")?;
    let mut wrong = 0;
    for (number, folder) in folders.iter().filter(|(_, folder)| folder.counted != folder.written) {
        let TotalsRow { files, folders, bytes, newest } = folder.counted;
        update.execute(params![number, files, folders, bytes, newest])?;
        wrong += 1;
    }
    Ok(wrong)
}

fn read_folders(connection: &Connection) -> rusqlite::Result<BTreeMap<FolderNumber, CountedFolder>> {
    let mut statement =
        connection.prepare("SELECT folder, parent, files, folders, bytes, newest FROM folder")?;
    let folders = statement.query_map([], |row| {
        let written =
            TotalsRow { files: row.get(2)?, folders: row.get(3)?, bytes: row.get(4)?, newest: row.get(5)? };
        Ok((row.get(0)?, CountedFolder { parent: row.get(1)?, written, counted: TotalsRow::default() }))
    })?;
    folders.collect()
}

/// The files in each folder itself.
fn count_files(
    connection: &Connection,
    folders: &mut BTreeMap<FolderNumber, CountedFolder>,
) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare("SELECT folder, count(*), sum(bytes), max(client_modified) FROM file GROUP BY folder")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(folder) = folders.get_mut(&row.get(0)?) {
            folder.counted =
                TotalsRow { files: row.get(1)?, folders: 0, bytes: row.get(2)?, newest: row.get(3)? };
        }
    }
    Ok(())
}
