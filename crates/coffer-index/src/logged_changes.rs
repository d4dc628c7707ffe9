//! Reading what has changed. What is logged has only its last part as it is spelt; the folders around it are spelt as they
//! are now, where they are still there.
//!
//! One thing that somebody did may be ten thousands of changes. A folder that was moved in parts is one change for people, and
//! of many changes of one kind in one folder only the latest are told one by one; so what was done before is told as well.

use crate::error::IndexError;
use crate::read::find;
use crate::spelt_paths::spelt_path;
use crate::split_moves::{PartOfMove, SplitMoves};
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
    let told = ToldChanges { most, most_of_a_kind: usize::MAX, splits: SplitMoves::default() };
    read_where(connection, "change > ?1 AND own = 0 ORDER BY change DESC", after, &below, &told)
}

/// The latest changes below a folder that were seen since a moment, the latest first.
pub(crate) fn read(
    connection: &Connection,
    below: &RemotePath,
    since: Option<Timestamp>,
    most: usize,
    most_of_a_kind: usize,
) -> Result<Vec<LoggedChange>, IndexError> {
    let since = since.map_or(i64::MIN, Timestamp::as_second);
    let told = ToldChanges { most, most_of_a_kind, splits: SplitMoves::read(connection)? };
    read_where(connection, "seen >= ?1 ORDER BY seen DESC, change DESC", since, below, &told)
}

/// Which changes are told one by one.
struct ToldChanges {
    most: usize,
    most_of_a_kind: usize,
    splits: SplitMoves,
}

/// Whole days begin and end with a quarter of an hour in all time zones.
const QUARTER_OF_AN_HOUR: i64 = 15 * 60;

/// Changes of one kind.
#[derive(PartialEq, Eq, Hash)]
struct ChangesOfAKind {
    kind: i64,
    folder: Option<RemotePath>,
    modified_by: Option<String>,
    quarter: i64,
}

fn read_where(
    connection: &Connection,
    rows: &str,
    value: i64,
    below: &RemotePath,
    told: &ToldChanges,
) -> Result<Vec<LoggedChange>, IndexError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT change, kind, path, old_path, seen, items, bytes, rev, old_rev, modified_by, person.name
         FROM change LEFT JOIN person ON account_id = modified_by
         WHERE {rows}"
    ))?;
    let mut found = statement.query([value])?;
    let mut folders = SpeltFolders { connection, known: HashMap::new() };
    // With where the earliest of them stands that is told.
    let mut of_kinds: HashMap<ChangesOfAKind, (usize, usize)> = HashMap::new();
    let mut changes: Vec<LoggedChange> = Vec::new();
    while let Some(row) = found.next()? {
        let (number, kind): (i64, i64) = (row.get(0)?, row.get(1)?);
        let path = RemotePath::new(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?);
        let old_path: Option<String> = row.get(3)?;
        let old_path = old_path.map(|path| RemotePath::new(&path));
        let seen: i64 = row.get(4)?;
        let files = row.get::<_, i64>(5)?.cast_unsigned();
        let rev = |text: Option<String>| text.map(|rev| Rev(rev.into()));
        let mut change = LoggedChange {
            number,
            kind: kind_of(kind),
            is_folder: kind & 1 != 0,
            path,
            seen: Timestamp::from_second(seen).unwrap_or(Timestamp::MIN),
            old_path,
            files,
            bytes: row.get::<_, Option<i64>>(6)?.map(i64::cast_unsigned),
            rev: rev(row.get(7)?),
            old_rev: rev(row.get(8)?),
            modified_by: row.get(9)?,
            modified_by_name: row.get(10)?,
            further: 0,
        };
        match told.splits.part(&change) {
            None => {}
            Some(PartOfMove::Other) => continue,
            Some(PartOfMove::Last(split)) => {
                change.kind = ChangeKind::Moved;
                change.path = split.to.clone();
                change.old_path = Some(split.from.clone());
                (change.files, change.bytes) = (split.files, Some(split.bytes));
            }
        }
        let mut paths = std::iter::once(&change.path).chain(&change.old_path);
        if !paths.any(|path| below.contains(path)) {
            continue;
        }
        let of_a_kind = ChangesOfAKind {
            kind,
            folder: change.path.parent(),
            modified_by: change.modified_by.clone(),
            quarter: seen.div_euclid(QUARTER_OF_AN_HOUR),
        };
        let (count, earliest) = of_kinds.entry(of_a_kind).or_insert((0, changes.len()));
        if *count == told.most_of_a_kind {
            changes[*earliest].further += 1;
            continue;
        }
        if changes.len() == told.most {
            break;
        }
        (*count, *earliest) = (*count + 1, changes.len());
        change.path = folders.spell(&change.path)?;
        change.old_path = change.old_path.map(|path| folders.spell(&path)).transpose()?;
        changes.push(change);
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
