//! The files that have failed in a transfer that has ended: they can be retried in a later run.

use crate::problem::{from_columns, kind_word};
use coffer_model::message::EndedTransfer;
use coffer_model::transfer::TransferReport;
use coffer_model::{Problem, RemotePath};
use jiff::Timestamp;
use rusqlite::{Connection, params};

/// Keeps how a transfer has ended; nobody works on it any more.
pub(super) fn write_end(
    connection: &Connection,
    transfer: i64,
    report: &TransferReport,
) -> rusqlite::Result<()> {
    let sql = "UPDATE transfer SET program = NULL, touched_secs = ?2, ended = 1, files = ?3, bytes = ?4, skipped = ?5
               WHERE id = ?1";
    let now = Timestamp::now().as_second();
    let counts = [report.files, report.bytes, report.skipped].map(u64::cast_signed);
    let mut update = connection.prepare_cached(sql)?;
    // Somebody may have forgotten it meanwhile.
    if update.execute(params![transfer, now, counts[0], counts[1], counts[2]])? == 0 {
        return Ok(());
    }
    let sql = "INSERT OR REPLACE INTO failed_file (transfer, position, path, kind, title, detail)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = connection.prepare_cached(sql)?;
    for (position, failed) in report.failed.iter().enumerate() {
        let path = failed.path.as_ref().map(RemotePath::as_str);
        let kind = kind_word(failed.kind);
        insert.execute(params![transfer, position as i64, path, kind, failed.title, failed.detail])?;
    }
    Ok(())
}

/// A transfer runs again: what had failed is tried once more.
pub(super) fn forget_failed(connection: &Connection, transfer: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM failed_file WHERE transfer = ?1")?.execute([transfer])?;
    Ok(())
}

/// How a transfer has ended; `None` if no file has failed.
pub(super) fn read_end(connection: &Connection, transfer: i64) -> rusqlite::Result<Option<EndedTransfer>> {
    let sql = "SELECT path, kind, title, detail FROM failed_file WHERE transfer = ?1 ORDER BY position";
    let failed: Vec<Problem> = connection
        .prepare(sql)?
        .query_map([transfer], |row| {
            let path: Option<String> = row.get(0)?;
            let path = path.map(|path| RemotePath::new(&path));
            let kind: String = row.get(1)?;
            Ok(Problem { path, ..from_columns(&kind, row.get(2)?, row.get(3)?) })
        })?
        .collect::<rusqlite::Result<_>>()?;
    if failed.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT touched_secs, files, bytes, skipped FROM transfer WHERE id = ?1";
    connection.query_row(sql, [transfer], |row| {
        let count = |column: usize| row.get::<_, i64>(column).map(i64::cast_unsigned);
        let at = Timestamp::from_second(row.get(0)?).unwrap_or_default();
        let (files, bytes, skipped) = (count(1)?, count(2)?, count(3)?);
        let report = TransferReport { files, bytes, skipped, failed, ..TransferReport::default() };
        Ok(Some(EndedTransfer { at, report }))
    })
}
