//! Reading what has changed. What is logged has only its last part as it is spelt; the folders around it are spelt as they
//! are now, where they are still there.

use crate::error::IndexError;
use crate::read::find;
use crate::spelt_paths::spelt_path;
use coffer_model::{ChangeKind, LoggedChange, RemotePath, Rev};
use jiff::Timestamp;
use rusqlite::Connection;
use std::collections::HashMap;

/// What was changed elsewhere after the change with a number, the latest first.
pub(crate) fn read_elsewhere(
    connection: &Connection,
    after: i64,
    most: usize,
) -> Result<Vec<LoggedChange>, IndexError> {
    let below = RemotePath::root();
    read_where(connection, "change > ?1 AND own = 0 ORDER BY change DESC", after, &below, most)
}

/// The latest changes below a folder that were seen since a moment, the latest first.
pub(crate) fn read(
    connection: &Connection,
    below: &RemotePath,
    since: Option<Timestamp>,
    most: usize,
) -> Result<Vec<LoggedChange>, IndexError> {
    let since = since.map_or(i64::MIN, Timestamp::as_second);
    read_where(connection, "seen >= ?1 ORDER BY seen DESC, change DESC", since, below, most)
}

fn read_where(
    connection: &Connection,
    rows: &str,
    value: i64,
    below: &RemotePath,
    most: usize,
) -> Result<Vec<LoggedChange>, IndexError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT change, kind, path, old_path, seen, items, bytes, rev, old_rev, modified_by, person.name
         FROM change LEFT JOIN person ON account_id = modified_by
         WHERE {rows}"
    ))?;
    let mut found = statement.query([value])?;
    let mut folders = SpeltFolders { connection, known: HashMap::new() };
    let mut changes = Vec::new();
    while let Some(row) = found.next()? {
        let number: i64 = row.get(1)?;
        let path = RemotePath::new(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?);
        let old_path: Option<String> = row.get(3)?;
        let old_path = old_path.map(|path| RemotePath::new(&path));
        if !below.contains(&path) && !old_path.as_ref().is_some_and(|path| below.contains(path)) {
            continue;
        }
        let path = folders.spell(&path)?;
        let old_path = old_path.map(|path| folders.spell(&path)).transpose()?;
        let rev = |text: Option<String>| text.map(|rev| Rev(rev.into()));
        changes.push(LoggedChange {
            number: row.get(0)?,
            kind: kind_of(number),
            is_folder: number & 1 != 0,
            path,
            seen: Timestamp::from_second(row.get(4)?).unwrap_or(Timestamp::MIN),
            old_path,
            files: row.get::<_, i64>(5)? as u64,
            bytes: row.get::<_, Option<i64>>(6)?.map(|bytes| bytes as u64),
            rev: rev(row.get(7)?),
            old_rev: rev(row.get(8)?),
            modified_by: row.get(9)?,
            modified_by_name: row.get(10)?,
        });
        if changes.len() == most {
            break;
        }
    }
    Ok(changes)
}

struct SpeltFolders<'a> {
    connection: &'a Connection,
    known: HashMap<RemotePath, RemotePath>,
}

impl SpeltFolders<'_> {
    fn spell(&mut self, path: &RemotePath) -> rusqlite::Result<RemotePath> {
        let Some(parent) = path.parent() else { return Ok(path.clone()) };
        if let Some(spelt) = self.known.get(&parent) {
            return Ok(spelt.join(path.name()));
        }
        let spelt = match find(self.connection, &parent)? {
            Some(folder) => RemotePath::new(&spelt_path(self.connection, folder)?),
            None => self.spell(&parent)?,
        };
        let path = spelt.join(path.name());
        self.known.insert(parent, spelt);
        Ok(path)
    }
}

pub(crate) fn kind_of(number: i64) -> ChangeKind {
    match number >> 1 {
        0 => ChangeKind::Added,
        1 => ChangeKind::Edited,
        2 => ChangeKind::Moved,
        _ => ChangeKind::Deleted,
    }
}
