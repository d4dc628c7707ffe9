//! Who has made changes: the names of accounts, as far as somebody has asked the service for them.

use crate::error::IndexError;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::HashMap;

/// Accounts in the log of changes whose names nobody has asked for yet.
pub(crate) fn unnamed(connection: &Connection, most: usize) -> Result<Vec<String>, IndexError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT modified_by FROM change WHERE modified_by IS NOT NULL
           AND modified_by NOT IN (SELECT account_id FROM person) LIMIT ?1",
    )?;
    let ids = statement.query_map([most as i64], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Those of the accounts that somebody has asked for; without a name where the service knows nobody.
pub(crate) fn names(
    connection: &Connection,
    account_ids: &[String],
) -> Result<HashMap<String, Option<String>>, IndexError> {
    let mut statement = connection.prepare_cached("SELECT name FROM person WHERE account_id = ?1")?;
    let mut names = HashMap::new();
    for account_id in account_ids {
        if let Some(name) = statement.query_row([account_id], |row| row.get(0)).optional()? {
            names.insert(account_id.clone(), name);
        }
    }
    Ok(names)
}

/// `None`: the service knows nobody of this id.
pub(crate) fn set_names(
    connection: &Connection,
    names: &[(String, Option<String>)],
) -> Result<(), IndexError> {
    let mut insert =
        connection.prepare_cached("INSERT OR REPLACE INTO person (account_id, name) VALUES (?1, ?2)")?;
    for (account_id, name) in names {
        insert.execute(params![account_id, name])?;
    }
    Ok(())
}
