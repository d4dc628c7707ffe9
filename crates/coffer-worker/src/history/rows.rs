//! The rows of the history: written, changed, read back, and removed when they are old or too many.

use super::database::HistoryError;
use super::inverse::Inverse;
use super::new_operation::NewOperation;
use super::packed::{PackedInverse, pack, unpack};
use crate::path_root::NotedRoot;
use crate::problem;
use coffer_model::{
    HistoryQuery, Operation, OperationGroup, OperationId, OperationItem, OperationItems, OperationKind,
    Problem, RemotePath,
};
use coffer_stdx::folding::folded;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::fmt::Write as _;
use std::sync::Arc;

/// Of an account so many operations are kept at most, so long at most, and so many bytes of what undoes them.
const MOST_OPERATIONS: i64 = 10_000;
pub(crate) const MOST_DAYS: i64 = 90;
const MOST_INVERSE_BYTES: i64 = 256 << 20;

/// More of the names of an operation are not looked in.
const MOST_SEARCH_BYTES: usize = 4096;

const COLUMNS: &str = "id, changed, at_millis, kind, item, is_folder, before, items, files, bytes, failed, undone_millis, \
                       inverse_bytes, problem_kind, problem_title, problem_detail, path_root";
const PATH_ROOT: usize = 16;

/// One operation with all that undoing it needs.
pub(crate) struct LoadedOperation {
    pub operation: Operation,
    /// The root under which its paths were noted.
    pub noted: NotedRoot,
    /// None where it is not kept any more.
    pub inverse: Option<Inverse>,
}

pub(super) fn insert(
    connection: &Connection,
    account: &str,
    noted: &NotedRoot,
    new: &NewOperation,
) -> Result<Operation, HistoryError> {
    if let Some(id) = new.reserved
        && let Some(recorded) = read(connection, account, id)?
    {
        return Ok(recorded.operation);
    }
    let changed = next(connection)?;
    let id = new.reserved.map_or(changed, |id| id.0);
    let Some(first) = new.items.first() else { return Err(rusqlite::Error::QueryReturnedNoRows.into()) };
    connection.execute(
        "INSERT INTO operation (id, account, path_root, changed, at_millis, kind, item, is_folder, before, items, files,
                                bytes, failed, inverse_bytes, search)
         VALUES (?1, ?2, ?3, ?14, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, ?13)",
        params![
            id,
            account,
            noted.to_column(),
            Timestamp::now().as_millisecond(),
            kind_word(new.kind),
            first.path,
            first.is_folder,
            new.before.as_ref().map(RemotePath::as_str),
            new.item_count.cast_signed(),
            new.files.cast_signed(),
            new.bytes.cast_signed(),
            new.failed.cast_signed(),
            search_text(&new.items),
            changed,
        ],
    )?;
    write_items(connection, id, &OperationItems { items: new.items.clone(), more: more(new) })?;
    write_inverse(connection, id, new.inverse.as_ref())?;
    prune(connection, account)?;
    read(connection, account, OperationId(id))?
        .map(|loaded| loaded.operation)
        .ok_or_else(|| rusqlite::Error::QueryReturnedNoRows.into())
}

fn more(new: &NewOperation) -> u64 {
    new.item_count.saturating_sub(new.items.len() as u64)
}

/// Adds what was done later to an operation that has neither been undone nor refused; none where there is no such one.
pub(super) fn extend(
    connection: &Connection,
    account: &str,
    earlier: OperationId,
    new: &NewOperation,
) -> Result<Option<Operation>, HistoryError> {
    let known = load(connection, account, earlier)?;
    let Some(LoadedOperation { operation, inverse: Some(earlier_inverse), .. }) = known else {
        return Ok(None);
    };
    if operation.undone.is_some() || operation.problem.is_some() {
        return Ok(None);
    }
    let mut items = read_items(connection, account, earlier)?.unwrap_or_default();
    items.items.extend(new.items.iter().cloned());
    let beyond = items.items.len().saturating_sub(NewOperation::MOST_ITEMS);
    items.items.truncate(NewOperation::MOST_ITEMS);
    items.more += more(new) + beyond as u64;
    // What was done last is undone first.
    let inverse = Inverse::all(new.inverse.iter().cloned().chain([earlier_inverse]).collect());
    connection.execute(
        "UPDATE operation SET items = items + ?2, files = files + ?3, bytes = bytes + ?4, failed = failed + ?5, search = ?6
         WHERE id = ?1",
        params![
            earlier.0,
            new.item_count.cast_signed(),
            new.files.cast_signed(),
            new.bytes.cast_signed(),
            new.failed.cast_signed(),
            search_text(&items.items),
        ],
    )?;
    write_items(connection, earlier.0, &items)?;
    write_inverse(connection, earlier.0, inverse.as_ref())?;
    Ok(read(connection, account, earlier)?.map(|loaded| loaded.operation))
}

/// An operation was undone or redone. `None`: it has changed since it was loaded, and stays as it is.
pub(super) fn reverse(
    connection: &Connection,
    account: &str,
    loaded: &Operation,
    undone: Option<Timestamp>,
    inverse: Option<&Inverse>,
    problem: Option<&Problem>,
) -> Result<Option<Operation>, HistoryError> {
    let changed = next(connection)?;
    let (kind, title, detail) = problem_columns(problem);
    let rows = connection.execute(
        "UPDATE operation SET changed = ?3, undone_millis = ?4, problem_kind = ?5, problem_title = ?6, problem_detail = ?7
         WHERE id = ?1 AND changed = ?2",
        params![
            loaded.id.0,
            loaded.changed,
            changed,
            undone.map(Timestamp::as_millisecond),
            kind,
            title,
            detail
        ],
    )?;
    if rows == 0 {
        return Ok(None);
    }
    write_inverse(connection, loaded.id.0, inverse)?;
    Ok(read(connection, account, loaded.id)?.map(|loaded| loaded.operation))
}

/// An undo or redo was refused; it can be tried again.
pub(super) fn refuse(
    connection: &Connection,
    account: &str,
    loaded: &Operation,
    problem: &Problem,
) -> Result<Option<Operation>, HistoryError> {
    let (kind, title, detail) = problem_columns(Some(problem));
    connection.execute(
        "UPDATE operation SET problem_kind = ?3, problem_title = ?4, problem_detail = ?5 WHERE id = ?1 AND changed = ?2",
        params![loaded.id.0, loaded.changed, kind, title, detail],
    )?;
    Ok(read(connection, account, loaded.id)?.map(|loaded| loaded.operation))
}

fn problem_columns(problem: Option<&Problem>) -> (Option<String>, Option<&str>, Option<&str>) {
    let kind = problem.map(|problem| problem::kind_word(problem.kind));
    (kind, problem.map(|problem| problem.title.as_str()), problem.map(|problem| problem.detail.as_str()))
}

/// Without what undoes it.
fn read(
    connection: &Connection,
    account: &str,
    id: OperationId,
) -> Result<Option<LoadedOperation>, HistoryError> {
    let sql = format!("SELECT {COLUMNS} FROM operation WHERE id = ?1 AND account = ?2");
    let read = |row: &Row<'_>| {
        let noted = NotedRoot::from_column(row.get::<_, Option<Arc<str>>>(PATH_ROOT)?);
        Ok(LoadedOperation { operation: read_row(row)?, noted, inverse: None })
    };
    Ok(connection.query_row(&sql, params![id.0, account], read).optional()?)
}

pub(super) fn load(
    connection: &Connection,
    account: &str,
    id: OperationId,
) -> Result<Option<LoadedOperation>, HistoryError> {
    let Some(mut loaded) = read(connection, account, id)? else { return Ok(None) };
    let sql = "SELECT packed FROM inverse WHERE operation = ?1";
    let packed: Option<Vec<u8>> = connection.query_row(sql, [id.0], |row| row.get(0)).optional()?;
    loaded.inverse = match packed.as_deref().map(unpack::<PackedInverse>).transpose() {
        Ok(packed) => packed.map(Inverse::from),
        Err(error) => {
            tracing::warn!(%error, "what undoes an operation could not be read");
            None
        }
    };
    Ok(Some(loaded))
}

pub(super) fn read_items(
    connection: &Connection,
    account: &str,
    id: OperationId,
) -> Result<Option<OperationItems>, HistoryError> {
    let sql = "SELECT packed FROM item_list JOIN operation ON operation.id = item_list.operation
               WHERE operation.id = ?1 AND account = ?2";
    let packed: Option<Vec<u8>> =
        connection.query_row(sql, params![id.0, account], |row| row.get(0)).optional()?;
    let Some(packed) = packed else { return Ok(None) };
    let (items, more): (Vec<OperationItem>, u64) = unpack(&packed)?;
    Ok(Some(OperationItems { items, more }))
}

fn write_items(connection: &Connection, id: i64, items: &OperationItems) -> Result<(), HistoryError> {
    let packed = pack(&(&items.items, items.more))?;
    connection.execute(
        "INSERT OR REPLACE INTO item_list (operation, packed) VALUES (?1, ?2)",
        params![id, packed],
    )?;
    Ok(())
}

fn write_inverse(connection: &Connection, id: i64, inverse: Option<&Inverse>) -> Result<(), HistoryError> {
    let packed = inverse.map(|inverse| pack(&PackedInverse::from(inverse))).transpose()?;
    match &packed {
        Some(packed) => connection.execute(
            "INSERT OR REPLACE INTO inverse (operation, packed) VALUES (?1, ?2)",
            params![id, packed],
        )?,
        None => connection.execute("DELETE FROM inverse WHERE operation = ?1", [id])?,
    };
    let bytes = packed.map_or(0, |packed| packed.len() as i64);
    connection.execute("UPDATE operation SET inverse_bytes = ?2 WHERE id = ?1", params![id, bytes])?;
    Ok(())
}

/// The operations that a query asks for, the latest first.
pub(super) fn list(
    connection: &Connection,
    account: &str,
    query: &HistoryQuery,
) -> Result<Vec<Operation>, HistoryError> {
    let kinds = query.group.map(kinds_of);
    let words: Vec<String> = query.text.split_whitespace().map(|word| folded(word).collect()).collect();
    let mut sql = format!("SELECT {COLUMNS} FROM operation WHERE account = ?1");
    if let Some(kinds) = &kinds {
        let _ = write!(sql, " AND kind IN ({kinds})");
    }
    for index in 0..words.len() {
        let _ = write!(sql, " AND instr(search, ?{}) > 0", index + 2);
    }
    let most = query.most.and_then(|most| i64::try_from(most).ok()).unwrap_or(-1);
    let _ = write!(sql, " ORDER BY id DESC LIMIT {most}");
    let mut statement = connection.prepare(&sql)?;
    let parameters = std::iter::once(account).chain(words.iter().map(String::as_str));
    let rows = statement.query_map(rusqlite::params_from_iter(parameters), read_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// As a list in SQL.
fn kinds_of(group: OperationGroup) -> String {
    let kinds = OperationKind::ALL.iter().filter(|kind| kind.group() == group);
    kinds.map(|kind| format!("'{}'", kind_word(*kind))).collect::<Vec<_>>().join(", ")
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Operation> {
    let path = |text: String| RemotePath::new(&text);
    let time = |millis: i64| Timestamp::from_millisecond(millis).unwrap_or_default();
    let count = |column: usize| row.get::<_, i64>(column).map(i64::cast_unsigned);
    let problem: Option<String> = row.get(13)?;
    let problem = match problem {
        Some(kind) => Some(Box::new(problem::from_columns(&kind, row.get(14)?, row.get(15)?))),
        None => None,
    };
    Ok(Operation {
        id: OperationId(row.get(0)?),
        changed: row.get(1)?,
        at: time(row.get(2)?),
        kind: read_kind(row.get_ref(3)?.as_str()?),
        item: path(row.get(4)?),
        is_folder: row.get(5)?,
        before: row.get::<_, Option<String>>(6)?.map(path),
        items: count(7)?,
        files: count(8)?,
        bytes: count(9)?,
        failed: count(10)?,
        undone: row.get::<_, Option<i64>>(11)?.map(time),
        can_reverse: count(12)? > 0,
        problem,
    })
}

/// The number of the next change.
pub(super) fn next(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("UPDATE counter SET last = last + 1 RETURNING last", [], |row| row.get(0))
}

fn prune(connection: &Connection, account: &str) -> rusqlite::Result<()> {
    let oldest = Timestamp::now().as_millisecond() - MOST_DAYS * 24 * 60 * 60 * 1000;
    connection.execute("DELETE FROM operation WHERE at_millis < ?1", [oldest])?;
    connection.execute(
        "DELETE FROM operation WHERE account = ?1 AND id <=
             (SELECT id FROM operation WHERE account = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        params![account, MOST_OPERATIONS],
    )?;
    let mut kept: i64 =
        connection.query_row("SELECT sum(inverse_bytes) FROM operation", [], |row| row.get(0))?;
    while kept > MOST_INVERSE_BYTES {
        // The operation stays in the list; it can’t be undone any more.
        let sql = "SELECT id, inverse_bytes FROM operation WHERE inverse_bytes > 0 ORDER BY id LIMIT 1";
        let (id, bytes): (i64, i64) = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        connection.execute("DELETE FROM inverse WHERE operation = ?1", [id])?;
        connection.execute("UPDATE operation SET inverse_bytes = 0 WHERE id = ?1", [id])?;
        kept -= bytes;
    }
    Ok(())
}

fn search_text(items: &[OperationItem]) -> String {
    let mut text = String::new();
    for item in items {
        if text.len() >= MOST_SEARCH_BYTES {
            break;
        }
        text.extend(folded(&item.path));
        text.push('\n');
    }
    text
}

fn kind_word(kind: OperationKind) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn read_kind(word: &str) -> OperationKind {
    // Nobody else writes the file, and a newer version is not read.
    serde_json::from_value(word.into()).unwrap_or(OperationKind::Move)
}
