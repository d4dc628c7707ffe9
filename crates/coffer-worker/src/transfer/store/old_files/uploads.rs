//! How far the uploads of version 0.1.0 had come: files that it had committed, sessions that it had started, and blocks
//! of large files that the service had confirmed.

use super::super::change::{AssignedFile, CommittedFile};
use super::super::change::{Change, prepare_entries};
use super::super::entry_row::write_entry;
use super::super::upload_session;
use super::{Locked, Notes, whole_lines};
use crate::convert;
use crate::fingerprint::Fingerprint;
use coffer_model::{Job, RemotePath};
use dropbox_protocol::files::{FileMetadata, FolderMetadata};
use rusqlite::{Connection, params};
use serde::Deserialize;

#[derive(Deserialize)]
struct Arrival {
    place: usize,
    metadata: FileMetadata,
}

#[derive(Deserialize)]
struct Started {
    started_unix_secs: i64,
    ids: Vec<String>,
}

#[derive(Deserialize)]
struct Sent {
    place: usize,
    session_id: String,
    hash: String,
    fingerprint: OldFingerprint,
    #[serde(default)]
    fits: bool,
}

#[derive(Clone, Copy, Deserialize)]
struct OldFingerprint {
    size_bytes: u64,
    modified_nanos: u64,
    number: u64,
}

impl From<OldFingerprint> for Fingerprint {
    fn from(old: OldFingerprint) -> Self {
        Self { size_bytes: old.size_bytes, modified_nanos: old.modified_nanos, inode: old.number }
    }
}

pub(super) fn import_committed(
    connection: &Connection,
    transfer: i64,
    job: &Job,
    notes: &Notes,
) -> rusqlite::Result<()> {
    let Job::Upload { plan } = job else { return Ok(()) };
    let mut insert = prepare_entries(connection, "committed_file")?;
    for arrival in notes.series::<Vec<Arrival>>("arrived").into_iter().flatten() {
        let folder = plan.files.get(arrival.place).and_then(|file| file.remote_path.parent());
        let file = CommittedFile {
            index: arrival.place,
            entry: convert::file_entry(&arrival.metadata, folder.as_ref()),
        };
        insert.raw_bind_parameter(1, transfer)?;
        insert.raw_bind_parameter(2, file.index as i64)?;
        write_entry(&mut insert, 3, &file.entry)?;
        insert.raw_execute()?;
    }
    let folders: Vec<FolderMetadata> = notes.get("folders").unwrap_or_default();
    let folders = folders.iter().map(|folder| convert::folder_entry(folder, None)).collect();
    Change::FoldersMade { transfer, folders }.apply(connection)?;
    for index in 0..plan.files.len() {
        if let Some(path) = notes.get::<String>(&format!("numbered {index}")) {
            Change::NameNumbered { transfer, index, path: RemotePath::new(&path) }.apply(connection)?;
        }
    }
    Ok(())
}

/// Sessions that were started, which file was sent to which, and what the service has answered to each call.
pub(super) fn import_batches(connection: &Connection, transfer: i64, notes: &Notes) -> rusqlite::Result<()> {
    for Started { started_unix_secs, ids } in notes.series("sessions") {
        Change::SessionsStarted { transfer, started_secs: started_unix_secs, ids }.apply(connection)?;
    }
    for (number, sent) in notes.series::<Vec<Sent>>("sent").into_iter().enumerate() {
        let held: Option<Vec<(String, String)>> = notes.get(&format!("held {number}"));
        let useless = match &held {
            None => Vec::new(),
            Some(held) => sent
                .iter()
                .filter(|file| !held.iter().any(|(id, hash)| *id == file.session_id && *hash == file.hash))
                .map(|file| file.session_id.clone())
                .collect(),
        };
        let files = sent.into_iter().map(|file| AssignedFile {
            index: file.place,
            session_id: file.session_id,
            hash: file.hash,
            fingerprint: file.fingerprint.into(),
            fits: file.fits,
        });
        Change::FilesAssigned { transfer, files: files.collect() }.apply(connection)?;
        Change::FilesHeld { transfer, held: held.unwrap_or_default(), useless }.apply(connection)?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct SessionTitle {
    session_id: String,
    fingerprint: OldFingerprint,
    started_unix_secs: i64,
}

#[derive(Deserialize)]
struct ConfirmedBlocks {
    first: u64,
    hashes: Vec<String>,
}

/// The file's name is the key, which has the same formula today.
pub(super) fn import_session(connection: &Connection, file: &Locked) -> rusqlite::Result<()> {
    let key = file.path.file_stem().and_then(|stem| hex::decode(stem.as_encoded_bytes()).ok());
    let mut lines = whole_lines(&file.text);
    let title = lines.next().and_then(|line| serde_json::from_str::<SessionTitle>(line).ok());
    let Some((key, title)) = key.zip(title) else { return Ok(()) };
    if !upload_session::is_session_alive(title.started_unix_secs) {
        return Ok(());
    }
    let fingerprint = Fingerprint::from(title.fingerprint);
    let inserted = connection.execute(
        "INSERT OR IGNORE INTO upload_session (key, session_id, started_secs, size_bytes, modified_nanos, inode)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            key,
            title.session_id,
            title.started_unix_secs,
            fingerprint.size_bytes.cast_signed(),
            fingerprint.modified_nanos.cast_signed(),
            fingerprint.inode.cast_signed(),
        ],
    )?;
    if inserted == 0 {
        return Ok(());
    }
    let session = connection.last_insert_rowid();
    for blocks in lines.filter_map(|line| serde_json::from_str::<ConfirmedBlocks>(line).ok()) {
        let hashes: Vec<_> =
            blocks.hashes.iter().filter_map(|text| hex::decode_to_array(text).ok()).collect();
        if hashes.len() == blocks.hashes.len() {
            Change::BlocksUploaded { session, first: blocks.first, hashes }.apply(connection)?;
        }
    }
    Ok(())
}
