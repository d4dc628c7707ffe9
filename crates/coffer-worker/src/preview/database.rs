//! SQLite databases: which tables they have, and the first rows of each. The file is read from a copy on this computer
//! that nothing writes to; what it contains is taken for hostile.

use super::office::SheetWriter;
use super::{fetch, none};
use crate::account::OpenAccount;
use crate::blocking;
use crate::context::JobError;
use crate::worker_context::WorkerContext;
use coffer_model::Entry;
use coffer_model::entry::File;
use coffer_model::preview::{PreviewBody, TablePreview};
use coffer_model::table::TableSheet;
use coffer_texts::tr;
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::io::Write as _;
use std::time::{Duration, Instant};

/// A larger one is not downloaded.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

const MOST_TABLES: u32 = 60;
const MOST_ROWS: usize = 1000;
const MOST_COLUMNS: u32 = 100;

/// A longer text is cut off.
const MOST_CELL_CHARS: usize = 400;

/// After so long the rest is left out.
const LONGEST_TIME: Duration = Duration::from_secs(4);

pub(super) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
) -> Result<PreviewBody, JobError> {
    if file.size_bytes > MOST_BYTES {
        return Ok(none(tr!("database-too-large")));
    }
    let bytes = fetch::content(worker, account, entry, file, MOST_BYTES).await?;
    let permit = worker.previews.memory.acquire(2 * MOST_BYTES).await;
    let sheets = blocking(move || {
        let _permit = permit;
        read(&bytes)
    });
    Ok(match sheets.await? {
        Some(sheets) if sheets.len() > 1 => PreviewBody::Table(TablePreview {
            sheets: sheets.into(),
            text: None,
            loaded_bytes: file.size_bytes,
            truncated_from_bytes: None,
        }),
        Some(_) => none(tr!("database-is-empty")),
        None => none(tr!("database-damaged")),
    })
}

/// The list of tables, and each of them. `None` for what can't be read.
fn read(bytes: &[u8]) -> Option<Vec<TableSheet>> {
    let mut copy = tempfile::NamedTempFile::new().ok()?;
    copy.write_all(bytes).ok()?;
    let connection = open(copy.path().to_str()?).ok()?;
    let end = Instant::now() + LONGEST_TIME;
    let names = table_names(&connection).ok()?;
    let mut list = SheetWriter::default();
    write_row(&mut list, [tr!("database-table"), tr!("database-columns")]);
    let mut sheets = Vec::new();
    for name in &names {
        if Instant::now() > end {
            break;
        }
        let columns = columns(&connection, name).ok()?;
        write_row(&mut list, [name.as_str(), &columns.join(", ")]);
        // One table that is damaged leaves the others.
        sheets.extend(rows(&connection, name, &columns, end).ok());
    }
    let mut all = vec![with_header(list.finish(tr!("database-tables").to_owned()))];
    all.extend(sheets);
    Some(all)
}

/// Nothing is written, no journal is looked for, and what the file defines is not run.
fn open(path: &str) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(format!("file:{path}?immutable=1"), flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    Ok(connection)
}

/// In the order of the alphabet. Virtual tables are those of extensions, which are not here.
fn table_names(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
               AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name COLLATE NOCASE LIMIT ?1";
    connection.prepare(sql)?.query_map([MOST_TABLES], |row| row.get(0))?.collect()
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_info(?1) LIMIT ?2";
    connection.prepare(sql)?.query_map((table, MOST_COLUMNS), |row| row.get(0))?.collect()
}

fn rows(
    connection: &Connection,
    table: &str,
    columns: &[String],
    end: Instant,
) -> rusqlite::Result<TableSheet> {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
    let sql = format!("SELECT {} FROM {} LIMIT {}", names.join(", "), quoted(table), MOST_ROWS + 1);
    let mut writer = SheetWriter::default();
    write_row(&mut writer, columns.iter().map(String::as_str));
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        if count > MOST_ROWS || Instant::now() > end {
            break;
        }
        let cells = (0..columns.len()).map(|column| row.get_ref(column).map(in_words));
        let cells = cells.collect::<rusqlite::Result<Vec<String>>>()?;
        write_row(&mut writer, cells.iter().map(String::as_str));
    }
    let note = (count > MOST_ROWS).then(|| tr!("database-rows-cut", count = MOST_ROWS));
    Ok(TableSheet { note, ..with_header(writer.finish(table.to_owned())) })
}

fn write_row<'a>(writer: &mut SheetWriter, cells: impl IntoIterator<Item = &'a str>) {
    for (column, cell) in cells.into_iter().enumerate() {
        writer.cell(column, cell);
    }
    writer.end_row();
}

/// The first row names the columns.
fn with_header(mut sheet: TableSheet) -> TableSheet {
    sheet.cells.has_header = true;
    sheet
}

fn in_words(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => {
            // What is cut off need not be read.
            let text = String::from_utf8_lossy(&text[..text.len().min(MOST_CELL_CHARS * 4)]);
            text.chars().take(MOST_CELL_CHARS).collect()
        }
        ValueRef::Blob(bytes) => tr!("database-blob", count = bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use rusqlite::Connection;

    fn database(sql: &str) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made.sqlite");
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(sql).unwrap();
        drop(connection);
        std::fs::read(path).unwrap()
    }

    #[test]
    fn a_database_is_its_tables_with_their_columns_and_first_rows() {
        let sheets = read(&database(
            "CREATE TABLE \"odd \"\"name\" (a, b); INSERT INTO \"odd \"\"name\" VALUES (NULL, x'0102');
             CREATE TABLE numbers (n INTEGER, half REAL);
             WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 1500)
             INSERT INTO numbers SELECT n, n / 2.0 FROM many;
             CREATE VIEW endless AS WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n FROM many) SELECT * FROM many;",
        ))
        .unwrap();
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Tables", "numbers", "odd \"name"]);
        let row = |sheet: usize, row: usize| sheets[sheet].cells.row(row).collect::<Vec<_>>();
        assert_eq!((row(0, 1), row(0, 2)), (vec!["numbers", "n, half"], vec!["odd \"name", "a, b"]));
        assert_eq!((row(1, 0), row(1, 1)), (vec!["n", "half"], vec!["1", "0.5"]));
        assert_eq!(sheets[1].cells.row_count(), 1001, "with the names of its columns");
        assert_eq!(sheets[1].note.as_deref(), Some("The first 1,000 rows"));
        assert_eq!(row(2, 1), ["", "2 bytes"]);
    }

    #[test]
    fn what_is_damaged_or_no_database_is_none() {
        assert!(read(b"SQLite format 3\0 and no more").is_none());
        assert!(read(b"no database at all, but some text").is_none());
        let mut damaged = database("CREATE TABLE a (b); INSERT INTO a VALUES (1);");
        damaged[100..200].fill(0xff);
        assert!(read(&damaged).is_none());
        assert_eq!(read(&database("VACUUM;")).map(|sheets| sheets.len()), Some(1));
    }
}
