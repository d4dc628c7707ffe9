//! Hidden folders in which small files wait for their names. Another run downloads those files again, so a folder whose
//! program has ended is only to be removed.

use super::entry_row::{LocalPath, LocalPathBuf};
use super::lease::Leasing;
use super::writer::Writer;
use super::{Change, StoreError, TransferStore};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The row of one staging folder.
#[derive(Debug)]
pub(crate) struct StagingRecord {
    writer: Arc<Writer>,
    local_path: PathBuf,
}

impl TransferStore {
    /// A folder is about to be made. `None`: that can't be kept, and after a kill it stays. Blocks.
    pub(crate) fn record_staging(&self, local_path: &Path) -> Option<StagingRecord> {
        let record = || {
            let (writer, leasing, path) = (self.open()?, self.leasing()?, local_path.to_owned());
            writer.call_blocking(move |connection| {
                let sql = "INSERT OR REPLACE INTO staging_folder (local_path, program) VALUES (?1, ?2)";
                connection.execute(sql, params![LocalPath(&path), leasing.program])?;
                Ok::<_, StoreError>(())
            })?;
            Ok::<_, StoreError>(StagingRecord { writer, local_path: local_path.to_owned() })
        };
        record()
            .inspect_err(|error| tracing::warn!(%error, "could not save the name of a hidden folder"))
            .ok()
    }
}

impl StagingRecord {
    /// The folder is gone.
    pub(crate) fn remove(self) {
        self.writer.change(Change::StagingFolderRemoved { local_path: self.local_path });
    }
}

/// The folders of programs that have ended.
pub(super) fn left(connection: &Connection, leasing: &Leasing) -> rusqlite::Result<Vec<PathBuf>> {
    let mut rows = connection.prepare("SELECT local_path, program FROM staging_folder")?;
    let rows: Vec<(LocalPathBuf, String)> =
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    // Those of this program are in use, or are just being removed.
    let is_left = |program: &str| program != leasing.program && leasing.is_free(Some(program));
    Ok(rows.into_iter().filter(|(_, program)| is_left(program)).map(|(path, _)| path.0).collect())
}
