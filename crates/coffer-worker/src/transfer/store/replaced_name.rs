//! The own names of local files and folders that have another one, because their file system does not take it. They are
//! kept until another item gets the local path: the disk may be away for long. A row takes some 200 bytes.

use super::entry_row::LocalPath;
use super::{StoreError, TransferStore};
use rusqlite::{Connection, OptionalExtension as _};
use std::fs;
use std::path::{Path, PathBuf};

impl TransferStore {
    /// The name that a local item has in the account, if a download has given it another one. Blocks.
    pub(crate) fn own_name(&self, local_path: &Path) -> Option<String> {
        if !self.exists() {
            return None;
        }
        let path = resolved(local_path);
        let find = |writer: std::sync::Arc<super::writer::Writer>| {
            writer.call_blocking(move |connection| Ok::<_, StoreError>(find(connection, &path)?))
        };
        self.open().and_then(find).unwrap_or_else(|error| {
            tracing::warn!(%error, "could not look for the own name of a file");
            None
        })
    }
}

fn find(connection: &Connection, local_path: &Path) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT own_name FROM replaced_name WHERE local_path = ?1";
    connection.prepare_cached(sql)?.query_row([LocalPath(local_path)], |row| row.get(0)).optional()
}

/// The same path, however one has come there.
pub(super) fn resolved(local_path: &Path) -> PathBuf {
    match (local_path.parent().map(fs::canonicalize), local_path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => local_path.to_owned(),
    }
}
