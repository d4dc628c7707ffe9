//! The tables of the file: made in an empty one, or in place of what is damaged.

use crate::error::IndexError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

const SCHEMA: &str = include_str!("schema_4.sql");
/// A file of another version is made anew: what is in it can be asked for again.
pub(crate) const VERSION: i64 = 4;

/// Makes the tables, unless another program has made them meanwhile.
pub(crate) fn make(connection: &Connection) -> Result<(), IndexError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    if version(&transaction)? == 0 {
        transaction.execute_batch(SCHEMA)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        let number: i64 = transaction.query_row("SELECT random()", [], |row| row.get(0))?;
        transaction.pragma_update(None, "application_id", number as i32)?;
    }
    Ok(transaction.commit()?)
}

pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Drawn when the tables are made: another number tells that another program has made them anew.
pub(crate) fn number(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA application_id", [], |row| row.get(0))
}

/// Throws everything away and begins anew in the same file: other programs have it open, and go on with what is in it. Removed
/// and made again, it would be another file for them, and the last one to close would remove the log of the new one.
pub(crate) fn replace(connection: &Connection) -> Result<(), IndexError> {
    connection.flush_prepared_statement_cache();
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, true)?;
    let emptied = connection.execute_batch("VACUUM");
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, false)?;
    emptied?;
    make(connection)
}
