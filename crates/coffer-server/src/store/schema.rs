//! The tables of a vault and how an older vault becomes a newer one.
//!
//! One row of `entries` is one path that was ever used, present or gone, and `sequence` is the
//! moment of its last change. That one column is the whole change feed: what happened after a cursor is
//! every row with a larger sequence, in its present state, which is what the API promises (net states).
//! No log grows beside it, and a cursor never becomes too old.

use super::entry::name_of;
use super::error::StoreError;
use super::folding::fold;
use rusqlite::{Connection, Transaction, params};

type Migration = fn(&Transaction<'_>) -> Result<(), StoreError>;

/// Each step brings a vault from version `index` to `index + 1`. Published steps never change.
const STEPS: &[Migration] =
    &[|transaction| Ok(transaction.execute_batch(include_str!("schema_1.sql"))?), index_names_again];

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
        step(&transaction)?;
        transaction.pragma_update(None, "user_version", index as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Fills the search index again, with names as they are folded now.
fn index_names_again(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    transaction.execute_batch(include_str!("schema_2.sql"))?;
    let mut insert = transaction.prepare("INSERT INTO names (rowid, folded) VALUES (?1, ?2)")?;
    let mut entries = transaction.prepare("SELECT entry, path_lower FROM entries ORDER BY entry")?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        let path = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        insert.execute(params![row.get::<_, i64>(0)?, fold(name_of(path))])?;
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

    #[test]
    fn an_index_that_could_not_be_filled_is_filled_at_the_next_start() {
        let mut connection = Connection::open_in_memory().unwrap();
        let transaction = connection.transaction().unwrap();
        STEPS[0](&transaction).unwrap();
        transaction.pragma_update(None, "user_version", 1).unwrap();
        for number in 0..3_000 {
            let insert = "INSERT INTO entries (path_lower, parent_lower, path_display, id, gone, sequence, changed) \
                          VALUES (?1, '', ?1, ?1, 0, ?2, 0)";
            transaction.execute(insert, params![format!("/o’brien {number}"), number]).unwrap();
        }
        transaction.execute("INSERT INTO names (rowid, folded) VALUES (1, 'as it was')", []).unwrap();
        transaction.commit().unwrap();
        let found = |connection: &Connection, piece: &str| -> i64 {
            let count = "SELECT count(*) FROM names WHERE names MATCH ?1";
            connection.query_row(count, [piece], |row| row.get(0)).unwrap()
        };
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        let limit = |connection: &Connection, pages: i64| {
            let set = format!("PRAGMA max_page_count = {pages}");
            connection.query_row(&set, [], |_| Ok(())).unwrap();
        };

        limit(&connection, pages + 2);
        assert!(migrate(&mut connection).unwrap_err().is_disk_full());
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!((version, found(&connection, "was")), (1, 1));

        limit(&connection, 1_000_000);
        migrate(&mut connection).unwrap();
        assert_eq!((found(&connection, "obr"), found(&connection, "was")), (3_000, 0));
    }
}
