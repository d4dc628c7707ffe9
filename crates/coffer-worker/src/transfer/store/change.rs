//! What is written while a transfer runs. Changes can be applied again when the file could not be written, so each says
//! what is so from now on.

use super::entry_row::{ENTRY_COLUMN_COUNT, ENTRY_COLUMNS, LocalPath, write_entry};
use super::failed_file::write_end;
use super::replaced_name::resolved;
use crate::fingerprint::Fingerprint;
use crate::problem::kind_word;
use coffer_model::transfer::TransferReport;
use coffer_model::{Entry, EntryKind, Problem, RemotePath, Rev};
use dropbox_protocol::content_hash::BlockHash;
use jiff::Timestamp;
use rusqlite::{CachedStatement, Connection, params};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug)]
pub(crate) enum Change {
    Paused {
        transfer: i64,
        paused: bool,
    },
    /// Nobody works on it any more.
    TransferReleased {
        transfer: i64,
    },
    /// It is over, but files have failed: another try is spared what has been transferred.
    TransferEnded {
        transfer: i64,
        report: Box<TransferReport>,
    },
    /// It has ended with this before it was done, and rests until the person asks for it.
    TransferRested {
        transfer: i64,
        problem: Problem,
    },
    TransferRemoved {
        transfer: i64,
    },

    SessionsStarted {
        transfer: i64,
        started_secs: i64,
        ids: Vec<String>,
    },
    /// Files are about to be sent to sessions.
    FilesAssigned {
        transfer: i64,
        files: Vec<AssignedFile>,
    },
    /// The service has answered: it holds these, and the other sessions of the call are of no use.
    FilesHeld {
        transfer: i64,
        held: Vec<(String, String)>,
        useless: Vec<String>,
    },
    FilesCommitted {
        transfer: i64,
        files: Vec<CommittedFile>,
    },
    /// A file is about to be committed under a name with a number, which is free.
    NameNumbered {
        transfer: i64,
        index: usize,
        path: RemotePath,
    },
    FoldersMade {
        transfer: i64,
        folders: Vec<Entry>,
    },

    /// `rev` is that of a file; folders have none.
    ItemDownloaded {
        transfer: i64,
        path_lower: Arc<str>,
        local_name: String,
        rev: Option<Rev>,
    },

    /// The service has confirmed blocks of a large file, from `first` on.
    BlocksUploaded {
        session: i64,
        first: u64,
        hashes: Vec<BlockHash>,
    },
    UploadSessionReleased {
        session: i64,
    },
    UploadSessionRemoved {
        session: i64,
    },

    /// A block was written to a partial file.
    BlockDownloaded {
        file: i64,
        index: usize,
        hash: BlockHash,
    },
    PartialFileReleased {
        file: i64,
    },
    PartialFileRemoved {
        file: i64,
    },
    StagingFolderRemoved {
        local_path: PathBuf,
    },

    /// An item has this local path because its file system does not take the item's own name.
    NameReplaced {
        local_path: PathBuf,
        own_name: String,
    },
}

/// A file of the plan that is a file of the account.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CommittedFile {
    /// Of the file in the plan.
    pub index: usize,
    /// As it was committed.
    pub entry: Entry,
}

/// A small file, and the session that it goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AssignedFile {
    /// Of the file in the plan.
    pub index: usize,
    pub session_id: String,
    /// The content hash of what is sent.
    pub hash: String,
    pub fingerprint: Fingerprint,
    /// Nothing but this very content can be in the session.
    pub fits: bool,
}

impl Change {
    pub(super) fn apply(&self, connection: &Connection) -> rusqlite::Result<()> {
        let prepare = |sql: &str| connection.prepare_cached(sql);
        let now = Timestamp::now().as_second();
        match self {
            Self::Paused { transfer, paused } => {
                prepare("UPDATE transfer SET paused = ?2 WHERE id = ?1")?
                    .execute(params![transfer, paused])?;
            }
            Self::TransferReleased { transfer } => {
                let sql = "UPDATE transfer SET program = NULL, touched_secs = ?2 WHERE id = ?1";
                prepare(sql)?.execute(params![transfer, now])?;
            }
            Self::TransferEnded { transfer, report } => write_end(connection, *transfer, report)?,
            Self::TransferRested { transfer, problem } => {
                let sql = "UPDATE transfer SET program = NULL, touched_secs = ?2, problem_kind = ?3,
                           problem_title = ?4, problem_detail = ?5 WHERE id = ?1";
                let kind = kind_word(problem.kind);
                prepare(sql)?.execute(params![transfer, now, kind, problem.title, problem.detail])?;
            }
            Self::TransferRemoved { transfer } => {
                prepare("DELETE FROM transfer WHERE id = ?1")?.execute([transfer])?;
            }
            Self::SessionsStarted { transfer, started_secs, ids } => {
                let sql = "INSERT OR IGNORE INTO batch_session (transfer, session_id, started_secs) VALUES (?1, ?2, ?3)";
                let mut insert = prepare(sql)?;
                for id in ids {
                    insert.execute(params![transfer, id, started_secs])?;
                }
            }
            Self::FilesAssigned { transfer, files } => assign(connection, *transfer, files)?,
            Self::FilesHeld { transfer, held, useless } => {
                // With the hash: an answer proves nothing of a file that the session was given to later.
                let sql = "UPDATE batch_session SET held = 1
                           WHERE transfer = ?1 AND session_id = ?2 AND content_hash = ?3";
                let mut update = prepare(sql)?;
                for (id, hash) in held {
                    update.execute(params![transfer, id, hash])?;
                }
                let mut delete =
                    prepare("DELETE FROM batch_session WHERE transfer = ?1 AND session_id = ?2")?;
                for id in useless {
                    delete.execute(params![transfer, id])?;
                }
            }
            Self::FilesCommitted { transfer, files } => {
                let mut insert = prepare_entries(connection, "committed_file")?;
                for file in files {
                    insert.raw_bind_parameter(1, transfer)?;
                    insert.raw_bind_parameter(2, file.index as i64)?;
                    write_entry(&mut insert, 3, &file.entry)?;
                    insert.raw_execute()?;
                }
            }
            Self::NameNumbered { transfer, index, path } => {
                let sql = "INSERT OR REPLACE INTO numbered_name (transfer, position, remote_path) VALUES (?1, ?2, ?3)";
                prepare(sql)?.execute(params![transfer, *index as i64, path.as_str()])?;
            }
            Self::FoldersMade { transfer, folders } => {
                let sql =
                    "INSERT OR REPLACE INTO made_folder (transfer, remote_path, item_id) VALUES (?1, ?2, ?3)";
                let mut insert = prepare(sql)?;
                for folder in folders {
                    let EntryKind::Folder { id } = &folder.kind else { continue };
                    insert.execute(params![transfer, folder.path.as_str(), id])?;
                }
            }
            Self::ItemDownloaded { transfer, path_lower, local_name, rev } => {
                let sql = "INSERT OR REPLACE INTO downloaded_item (transfer, path_lower, local_name, rev)
                           VALUES (?1, ?2, ?3, ?4)";
                let rev = rev.as_ref().map(|rev| &*rev.0);
                prepare(sql)?.execute(params![transfer, path_lower, local_name, rev])?;
            }
            Self::BlocksUploaded { session, first, hashes } => {
                let sql = "INSERT OR REPLACE INTO upload_block (session, position, hash) VALUES (?1, ?2, ?3)";
                let mut insert = prepare(sql)?;
                for (position, hash) in (first.cast_signed()..).zip(hashes) {
                    insert.execute(params![session, position, hash])?;
                }
            }
            Self::UploadSessionReleased { session } => {
                prepare("UPDATE upload_session SET program = NULL WHERE id = ?1")?.execute([session])?;
            }
            Self::UploadSessionRemoved { session } => {
                prepare("DELETE FROM upload_session WHERE id = ?1")?.execute([session])?;
            }
            Self::BlockDownloaded { file, index, hash } => {
                let sql = "INSERT OR REPLACE INTO partial_block (file, position, hash) VALUES (?1, ?2, ?3)";
                prepare(sql)?.execute(params![file, *index as i64, hash])?;
            }
            Self::PartialFileReleased { file } => {
                let sql = "UPDATE partial_file SET program = NULL, touched_secs = ?2 WHERE id = ?1";
                prepare(sql)?.execute(params![file, now])?;
            }
            Self::PartialFileRemoved { file } => {
                prepare("DELETE FROM partial_file WHERE id = ?1")?.execute([file])?;
            }
            Self::StagingFolderRemoved { local_path } => {
                prepare("DELETE FROM staging_folder WHERE local_path = ?1")?
                    .execute([LocalPath(local_path)])?;
            }
            Self::NameReplaced { local_path, own_name } => {
                let sql = "INSERT OR REPLACE INTO replaced_name (local_path, own_name) VALUES (?1, ?2)";
                prepare(sql)?.execute(params![LocalPath(&resolved(local_path)), own_name])?;
            }
        }
        Ok(())
    }
}

fn assign(connection: &Connection, transfer: i64, files: &[AssignedFile]) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(
        "UPDATE batch_session
         SET position = ?3, content_hash = ?4, size_bytes = ?5, modified_nanos = ?6, inode = ?7, fits = ?8, held = 0
         WHERE transfer = ?1 AND session_id = ?2",
    )?;
    for file in files {
        let fingerprint = &file.fingerprint;
        update.execute(params![
            transfer,
            file.session_id,
            file.index as i64,
            file.hash,
            fingerprint.size_bytes.cast_signed(),
            fingerprint.modified_nanos.cast_signed(),
            fingerprint.inode.cast_signed(),
            file.fits,
        ])?;
    }
    Ok(())
}

/// The statement that writes one row of a table with the columns of an entry behind `transfer` and `position`.
pub(super) fn prepare_entries<'c>(
    connection: &'c Connection,
    table: &str,
) -> rusqlite::Result<CachedStatement<'c>> {
    let parameters: Vec<String> = (1..=2 + ENTRY_COLUMN_COUNT).map(|number| format!("?{number}")).collect();
    let parameters = parameters.join(", ");
    connection.prepare_cached(&format!(
        "INSERT OR REPLACE INTO {table} (transfer, position, {ENTRY_COLUMNS}) VALUES ({parameters})"
    ))
}
