//! Looks into the file in which the program keeps its transfers, and damages it as a power cut or a full disk does.

use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The file in a state folder.
pub struct TransferFile {
    state_folder: PathBuf,
}

/// Tables whose rows are part of a transfer, or of something that it has left.
const TABLES: [&str; 6] =
    ["transfer", "planned_file", "batch_session", "upload_session", "partial_file", "staging_folder"];

impl TransferFile {
    pub fn new(state_folder: &Path) -> Self {
        Self { state_folder: state_folder.to_owned() }
    }

    /// What is kept of transfers that are not over, as "3 `planned_file`". Files of older versions count as well.
    pub fn rows(&self) -> Vec<String> {
        let counts = TABLES.map(|table| (self.count(table), table));
        let mut rows: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, table)| format!("{count} {table}"))
            .collect();
        let old = ["transfers", "uploads", "downloads"].map(|name| self.state_folder.join(name));
        rows.extend(old.iter().filter(|folder| folder.exists()).map(|folder| folder.display().to_string()));
        rows
    }

    /// How many rows a table has; none when nothing was ever kept.
    pub fn count(&self, table: &str) -> i64 {
        // The program may be making the file just now.
        let Some(connection) = self.open().filter(|it| it.table_exists(None, table).unwrap()) else {
            return 0;
        };
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    }

    /// Changes rows behind the program's back; tells how many.
    pub fn execute(&self, sql: &str) -> usize {
        self.open().expect("there is a file of transfers").execute(sql, []).unwrap()
    }

    fn open(&self) -> Option<Connection> {
        let file = self.state_folder.join("transfers.sqlite");
        file.exists().then(|| Connection::open(file).unwrap())
    }
}
