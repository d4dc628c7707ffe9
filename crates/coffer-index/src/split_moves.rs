//! Folders that were moved in parts, because they were too large for one call. The log has each part of such a move: a new
//! folder, what went into it, and at the end the old folder, deleted when nothing was left in it. People have moved one folder.

use coffer_model::{ChangeKind, LoggedChange, RemotePath};
use rusqlite::Connection;
use std::collections::HashMap;

/// A folder that was moved in parts.
#[derive(Debug)]
pub(crate) struct SplitMove {
    pub from: RemotePath,
    pub to: RemotePath,
    /// The number of the change that made the new folder.
    first: i64,
    /// The number of the change that deleted the old one.
    pub last: i64,
    pub files: u64,
    pub bytes: u64,
}

/// What a change is of a folder that was moved in parts.
pub(crate) enum PartOfMove<'a> {
    /// The last one, which stands for the whole move.
    Last(&'a SplitMove),
    Other,
}

/// A folder that was deleted when it was empty; what was moved out of it before went there.
struct Emptied {
    from: RemotePath,
    last: i64,
    to: Option<RemotePath>,
    files: u64,
    bytes: u64,
}

/// The moves in parts that are complete, the latest first.
#[derive(Debug, Default)]
pub(crate) struct SplitMoves(Vec<SplitMove>);

/// One row of the log, as far as it matters here.
struct LogRow {
    number: i64,
    kind: ChangeKind,
    is_folder: bool,
    path: RemotePath,
    old_path: Option<RemotePath>,
    files: u64,
    bytes: u64,
}

impl SplitMoves {
    pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut emptied: HashMap<RemotePath, Emptied> = HashMap::new();
        // Where what was in them went, and from which of them.
        let mut sources: HashMap<RemotePath, RemotePath> = HashMap::new();
        let mut moves = Vec::new();
        // New folders, all that was moved, and deleted folders (`change_log.rs`).
        let mut statement = connection.prepare_cached(
            "SELECT change, kind, path, old_path, items, bytes FROM change WHERE kind IN (1, 4, 5, 7) ORDER BY change DESC",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let kind: i64 = row.get(1)?;
            // Nothing else matters before an emptied folder is met.
            if emptied.is_empty() && kind != 7 {
                continue;
            }
            let row = LogRow {
                number: row.get(0)?,
                kind: crate::logged_changes::kind_of(kind),
                is_folder: kind & 1 != 0,
                path: RemotePath::new(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?),
                old_path: row.get::<_, Option<String>>(3)?.map(|path| RemotePath::new(&path)),
                files: row.get::<_, i64>(4)?.cast_unsigned(),
                bytes: row.get::<_, Option<i64>>(5)?.unwrap_or_default().cast_unsigned(),
            };
            match row.kind {
                ChangeKind::Deleted if row.files == 0 => {
                    let LogRow { path: from, number: last, .. } = row;
                    emptied.insert(from.clone(), Emptied { from, last, to: None, files: 0, bytes: 0 });
                }
                ChangeKind::Moved => {
                    if let Some(part_of) = take_part(&mut emptied, &row)
                        && let Some(to) = &part_of.to
                    {
                        sources.entry(to.clone()).or_insert_with(|| part_of.from.clone());
                    }
                }
                ChangeKind::Added => {
                    let Some(from) = sources.remove(&row.path) else { continue };
                    // The folder may have been emptied before as well, into another one.
                    let is_from_there = |emptied: &Emptied| emptied.to.as_ref() == Some(&row.path);
                    if emptied.get(&from).is_some_and(is_from_there)
                        && let Some(Emptied { from, last, files, bytes, .. }) = emptied.remove(&from)
                    {
                        moves.push(SplitMove { from, to: row.path, first: row.number, last, files, bytes });
                    }
                }
                ChangeKind::Deleted | ChangeKind::Edited => {}
            }
        }
        // Those that end last come first, whenever they began.
        moves.sort_by_key(|found| std::cmp::Reverse(found.last));
        Ok(Self(moves))
    }

    /// Whether a change is a part of one.
    pub(crate) fn part(&self, change: &LoggedChange) -> Option<PartOfMove<'_>> {
        let LoggedChange { number, kind, is_folder, path, old_path, files, .. } = change;
        let split = self.0.iter().find(|split| {
            let during = (split.first..=split.last).contains(number);
            during
                && match kind {
                    ChangeKind::Moved => old_path.as_ref().is_some_and(|old_path| {
                        let name = below(old_path, &split.from);
                        name.is_some() && name == below(path, &split.to)
                    }),
                    ChangeKind::Added => *is_folder && split.to.contains(path),
                    ChangeKind::Deleted => *is_folder && *files == 0 && split.from.contains(path),
                    ChangeKind::Edited => false,
                }
        })?;
        Some(if *number == split.last { PartOfMove::Last(split) } else { PartOfMove::Other })
    }

    /// Whether the deletion of a folder is a part of one: all that was in it is elsewhere.
    pub(crate) fn has_emptied(&self, number: i64, folder: &RemotePath) -> bool {
        self.0.iter().any(|split| (split.first..=split.last).contains(&number) && split.from.contains(folder))
    }
}

/// Counts what was moved for the outermost folder around it that was emptied, and answers with that.
fn take_part<'a>(emptied: &'a mut HashMap<RemotePath, Emptied>, row: &LogRow) -> Option<&'a Emptied> {
    let old_path = row.old_path.as_ref()?;
    let is_part_of = |folder: &RemotePath| {
        let emptied = emptied.get(folder)?;
        let to = new_folder(folder, old_path, &row.path)?;
        (*emptied.to.as_ref().unwrap_or(&to) == to).then_some(to)
    };
    let around = old_path.lineage().into_iter().filter(|path| path != old_path);
    let (folder, to) = around.into_iter().find_map(|folder| is_part_of(&folder).map(|to| (folder, to)))?;
    let part_of = emptied.get_mut(&folder)?;
    part_of.to.get_or_insert(to);
    part_of.files += if row.is_folder { row.files } else { 1 };
    part_of.bytes += row.bytes;
    Some(part_of)
}

/// What a path is called below a folder, in lower case; `None` where it is not in it.
fn below<'a>(path: &'a RemotePath, folder: &RemotePath) -> Option<&'a str> {
    path.lower().strip_prefix(&**folder.lower())?.strip_prefix('/')
}

/// Where a folder is now if an item of it went from one path to another together with it.
fn new_folder(folder: &RemotePath, from: &RemotePath, to: &RemotePath) -> Option<RemotePath> {
    let below = below(from, folder)?;
    to.lower().strip_suffix(below)?.strip_suffix('/').filter(|path| !path.is_empty())?;
    let depth = below.split('/').count();
    std::iter::successors(Some(to.clone()), RemotePath::parent).nth(depth)
}
