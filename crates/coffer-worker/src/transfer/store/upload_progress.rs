//! How far an earlier run of an upload has come. The uploads decide what of it still counts.

use super::change::{AssignedFile, CommittedFile};
use super::entry_row::{ENTRY_COLUMNS, read_entry};
use super::{StoreError, TransferRecord};
use crate::fingerprint::Fingerprint;
use coffer_model::{Entry, EntryKind, RemotePath};
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// A session for a small file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionRow {
    pub session_id: String,
    pub started_secs: i64,
    /// The file that was last sent to it, and whether the service has confirmed that it holds the file.
    pub assigned: Option<(AssignedFile, bool)>,
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct UploadProgress {
    pub committed: Vec<CommittedFile>,
    pub made_folders: Vec<Entry>,
    pub sessions: Vec<SessionRow>,
    /// Names with a number under which files were about to be committed, by their indexes.
    pub numbered: HashMap<usize, RemotePath>,
}

impl TransferRecord {
    /// All that is known of an upload, with every change so far.
    pub(crate) async fn upload_progress(&self) -> Result<UploadProgress, StoreError> {
        self.read(read).await
    }

    /// The sessions of the small files of an upload, with every change so far.
    pub(crate) async fn batch_sessions(&self) -> Result<Vec<SessionRow>, StoreError> {
        self.read(read_sessions).await
    }
}

fn read(connection: &Connection, transfer: i64) -> rusqlite::Result<UploadProgress> {
    let sql =
        format!("SELECT position, {ENTRY_COLUMNS} FROM committed_file WHERE transfer = ?1 ORDER BY position");
    let committed = connection
        .prepare(&sql)?
        .query_map([transfer], |row| Ok(CommittedFile { index: index(row, 0)?, entry: read_entry(row, 1)? }))?
        .collect::<rusqlite::Result<_>>()?;
    let made_folders = connection
        .prepare("SELECT remote_path, item_id FROM made_folder WHERE transfer = ?1")?
        .query_map([transfer], |row| {
            let kind = EntryKind::Folder { id: row.get_ref(1)?.as_str()?.into() };
            Ok(Entry::new(RemotePath::new(row.get_ref(0)?.as_str()?), kind))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let numbered = connection
        .prepare("SELECT position, remote_path FROM numbered_name WHERE transfer = ?1")?
        .query_map([transfer], |row| Ok((index(row, 0)?, RemotePath::new(row.get_ref(1)?.as_str()?))))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(UploadProgress { committed, made_folders, sessions: read_sessions(connection, transfer)?, numbered })
}

fn read_sessions(connection: &Connection, transfer: i64) -> rusqlite::Result<Vec<SessionRow>> {
    let mut sessions = connection.prepare(
        "SELECT session_id, started_secs, position, content_hash, size_bytes, modified_nanos, inode, fits, held
         FROM batch_session WHERE transfer = ?1",
    )?;
    let rows = sessions.query_map([transfer], |row| {
        let session_id: String = row.get(0)?;
        let assigned = match row.get::<_, Option<i64>>(2)? {
            None => None,
            Some(index) => {
                let number = |column| Ok::<u64, rusqlite::Error>(row.get::<_, i64>(column)?.cast_unsigned());
                let fingerprint =
                    Fingerprint { size_bytes: number(4)?, modified_nanos: number(5)?, inode: number(6)? };
                let file = AssignedFile {
                    index: index as usize,
                    session_id: session_id.clone(),
                    hash: row.get(3)?,
                    fingerprint,
                    fits: row.get(7)?,
                };
                Some((file, row.get(8)?))
            }
        };
        Ok(SessionRow { session_id, started_secs: row.get(1)?, assigned })
    })?;
    rows.collect()
}

fn index(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    Ok(row.get::<_, i64>(column)? as usize)
}
