//! The tables of a vault and how an older vault becomes a newer one.
//!
//! One row of `entries` is one path that was ever used, present or gone, and `sequence` is the
//! moment of its last change. That one column is the whole change feed: what happened after a cursor is
//! every row with a larger sequence, in its present state, which is what the API promises (net states).
//! No log grows beside it, and a cursor never becomes too old.

use super::error::StoreError;
use rusqlite::Connection;

/// Each step brings a vault from version `index` to `index + 1`. Published steps never change.
const STEPS: &[&str] = &[include_str!("schema_1.sql")];

/// Brings the tables up to date, in one transaction a step.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = STEPS.len() as i64;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    // A new database has neither version nor tables.
    if found < 0 || (found == 0 && tables > 0) {
        return Err(StoreError::UnknownSchema(found));
    }
    for (index, step) in STEPS.iter().enumerate().skip(usize::try_from(found).unwrap_or(0)) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", index as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_vault_gets_all_tables_and_opening_it_again_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, STEPS.len() as i64);
        let count: i64 = connection.query_row("SELECT count(*) FROM entries", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 0);
    }

    #[test]
    fn a_database_whose_version_was_changed_is_refused_in_a_plain_sentence() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        for found in [0, -1] {
            connection.pragma_update(None, "user_version", found).unwrap();
            let error = migrate(&mut connection).unwrap_err();
            let expected = format!("the account’s database has an unknown version ({found})");
            assert!(error.to_string().starts_with(&expected), "{error}");
        }
    }

    #[test]
    fn a_vault_of_a_newer_version_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(migrate(&mut connection), Err(StoreError::TooNew { found: 99, .. })));
    }
}
