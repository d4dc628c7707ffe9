//! What the log of changes says of paths: which items were moved or removed, and between which two moments.

use crate::error::IndexError;
use crate::index_state;
use crate::logged_changes::kind_of;
use crate::split_moves::SplitMoves;
use coffer_model::{ChangeKind, RemotePath};
use jiff::Timestamp;
use rusqlite::Connection;

/// The logged changes, the latest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathChanges {
    /// Nothing is left out that was seen later than this; `None` where nothing is known for sure.
    pub since: Option<Timestamp>,
    pub changes: Vec<PathChange>,
}

/// One change, told for whoever wants to know where an item was. It happened later than `after` and not later than `seen`.
#[derive(Clone, Debug, PartialEq)]
pub struct PathChange {
    pub kind: ChangeKind,
    pub is_folder: bool,
    /// Of the item, as entries have it; empty where the service has not told.
    pub id: String,
    /// Spelt as it was where only its case matters; see [`crate::Index::changes`] for people.
    pub path: RemotePath,
    /// Where a moved item was before.
    pub old_path: Option<RemotePath>,
    /// The revision of a file that came or was edited.
    pub rev: Option<String>,
    pub after: Timestamp,
    pub seen: Timestamp,
    /// Of a file, or of all that was in a folder; `None` of what was deleted with a folder.
    pub bytes: Option<u64>,
    /// A folder that was deleted because all that was in it had been moved elsewhere, part by part.
    pub is_emptied: bool,
}

/// All that were seen since a moment. What was in a deleted folder is told as if it had been deleted by itself; so is what was in a
/// moved one and did not come along, which may be told of again later.
pub(crate) fn read(connection: &Connection, since: Timestamp) -> Result<PathChanges, IndexError> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, id, path, old_path, after, seen, change, rev, bytes FROM change
         WHERE seen >= ?1 ORDER BY change DESC",
    )?;
    let mut contents =
        connection.prepare_cached("SELECT is_folder, id, path FROM deleted_item WHERE change = ?1")?;
    let splits = SplitMoves::read(connection)?;
    let mut rows = statement.query([since.as_second()])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, number): (i64, i64) = (row.get(0)?, row.get(6)?);
        let (kind, is_folder) = (kind_of(kind), kind & 1 != 0);
        let id = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let old_path: Option<String> = row.get(3)?;
        let moment = |seconds: i64| Timestamp::from_second(seconds).unwrap_or(Timestamp::MIN);
        let item_id = |is_folder: bool, id: &str| {
            if is_folder || id.is_empty() { id.to_owned() } else { format!("id:{id}") }
        };
        let path = RemotePath::new(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?);
        let change = PathChange {
            is_emptied: is_folder && kind == ChangeKind::Deleted && splits.has_emptied(number, &path),
            kind,
            is_folder,
            id: item_id(is_folder, id),
            path,
            old_path: old_path.map(|path| RemotePath::new(&path)),
            rev: row.get(7)?,
            after: row.get::<_, Option<i64>>(4)?.map_or(Timestamp::MIN, moment),
            seen: moment(row.get(5)?),
            bytes: row.get::<_, Option<i64>>(8)?.map(i64::cast_unsigned),
        };
        if is_folder {
            let mut items = contents.query([number])?;
            while let Some(item) = items.next()? {
                let is_folder = item.get(0)?;
                let id = item_id(is_folder, item.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
                let path = RemotePath::new(item.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?);
                changes.push(PathChange {
                    kind: ChangeKind::Deleted,
                    old_path: None,
                    rev: None,
                    bytes: None,
                    is_emptied: false,
                    is_folder,
                    id,
                    path,
                    ..change.clone()
                });
            }
        }
        changes.push(change);
    }
    Ok(PathChanges { since: index_state::log_since(connection)?, changes })
}
