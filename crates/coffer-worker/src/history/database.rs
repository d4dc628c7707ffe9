//! The file of the history: opened when it is first needed, made, and begun anew where it is damaged. Where there can be
//! none, the history is in memory for as long as the program runs.

use crate::problem;
use coffer_model::{Problem, ProblemKind};
use coffer_stdx::private;
use coffer_texts::tr;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Each step brings a file from version `index` to `index + 1`. Published steps never change.
const STEPS: &[&str] = &[include_str!("schema_1.sql")];

/// How long to wait for another program that writes.
const BUSY: Duration = Duration::from_secs(10);

/// Why the history could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HistoryError {
    /// A newer version of the program has written the file. It is left as it is.
    #[error("the file is of a newer version of Coffer ({found}; this one knows {known})")]
    TooNew { found: i64, known: i64 },
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl HistoryError {
    fn is_damage(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
    }
}

/// The open file.
#[derive(Debug)]
pub(super) struct Database {
    connection: Connection,
    file: PathBuf,
    /// Why not everything is here, or why it is not kept.
    pub problem: Option<Problem>,
}

impl Database {
    /// Without a rollback log that stays (WAL): an operation is rare, and each is synced when it is written.
    pub(super) fn open(file: &Path) -> Self {
        let opened = open(file).or_else(|error| {
            if !error.is_damage() {
                return Err(error);
            }
            tracing::warn!(%error, "the history is damaged; it begins anew");
            let connection = Connection::open(file)?;
            replace(&connection, file)?;
            Ok((connection, Some(damaged())))
        });
        let file = file.to_owned();
        match opened {
            Ok((connection, problem)) => Self { connection, file, problem },
            Err(error) => {
                tracing::warn!(%error, "the history can't be kept");
                let problem = Some(not_kept(&error));
                let connection = in_memory().expect("a new table in memory can always be made");
                Self { connection, file, problem }
            }
        }
    }

    /// Runs `work` in a transaction. Where the file proves to be damaged, it begins anew, and `work` runs again.
    pub(super) fn write<T>(
        &mut self,
        mut work: impl FnMut(&Connection) -> Result<T, HistoryError>,
    ) -> Result<T, HistoryError> {
        match in_transaction(&self.connection, &mut work) {
            Err(error) if error.is_damage() => {
                tracing::warn!(%error, "the history is damaged; it begins anew");
                replace(&self.connection, &self.file)?;
                self.problem = Some(damaged());
                in_transaction(&self.connection, &mut work)
            }
            result => result,
        }
    }

    /// Another number than before tells that another program has written.
    pub(super) fn data_version(&self) -> i64 {
        self.connection.query_row("PRAGMA data_version", [], |row| row.get(0)).unwrap_or(0)
    }
}

/// The write lock is taken at the start: a transaction that read first and then wanted to write would fail at once when
/// another program has written in between.
fn in_transaction<T>(
    connection: &Connection,
    work: &mut impl FnMut(&Connection) -> Result<T, HistoryError>,
) -> Result<T, HistoryError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let result = work(&transaction)?;
    transaction.commit()?;
    Ok(result)
}

fn open(file: &Path) -> Result<(Connection, Option<Problem>), HistoryError> {
    if let Some(folder) = file.parent() {
        private::create_folder(folder)?;
    }
    if !file.exists() {
        // It tells the names of files, so it is for its owner's eyes only.
        private::options().create(true).append(true).open(file)?;
    }
    let connection = Connection::open(file)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    make(&connection)?;
    Ok((connection, None))
}

fn in_memory() -> Result<Connection, HistoryError> {
    let connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    make(&connection)?;
    Ok(connection)
}

/// Makes what is missing of the tables, unless another program does so meanwhile.
fn make(connection: &Connection) -> Result<(), HistoryError> {
    let known = STEPS.len() as i64;
    if version(connection)? == known {
        return Ok(());
    }
    in_transaction(connection, &mut |connection| {
        let found = version(connection)?;
        if found > known {
            return Err(HistoryError::TooNew { found, known });
        }
        for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
            connection.execute_batch(step)?;
        }
        Ok(connection.pragma_update(None, "user_version", known)?)
    })
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Begins anew in the same file, because other programs have it open; what was in it is kept beside it.
fn replace(connection: &Connection, file: &Path) -> Result<(), HistoryError> {
    fs::copy(file, file.with_extension("damaged.sqlite"))?;
    connection.flush_prepared_statement_cache();
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, true)?;
    let emptied = connection.execute_batch("VACUUM");
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, false)?;
    emptied?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    make(connection)
}

fn damaged() -> Problem {
    problem::general(tr!("history-damaged")).because(ProblemKind::LocalError, tr!("why-history-damaged"))
}

fn not_kept(error: &HistoryError) -> Problem {
    let about = problem::general(tr!("history-not-kept"));
    match error {
        HistoryError::TooNew { .. } => about.because(ProblemKind::LocalError, tr!("why-history-too-new")),
        HistoryError::Io(error) => about.local(error),
        HistoryError::Sqlite(error) => {
            about.because(ProblemKind::LocalError, tr!("why-history-not-written", error = error.to_string()))
        }
    }
}
