//! How far the downloads of version 0.1.0 had come: items that it had finished, and partial files beside their final
//! places.

use super::super::change::Change;
use super::super::entry_row::LocalPath;
use super::{Locked, Notes, whole_lines};
use coffer_model::{AccountChoice, RemotePath, Rev};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The key under which 0.1.0 kept a partial file: another formula, with more of the account than its name.
pub(crate) fn partial_key(account: &AccountChoice, remote_path: &RemotePath, local_path: &Path) -> Vec<u8> {
    let account = serde_json::to_vec(account).unwrap_or_default();
    let mut hasher = Sha256::new();
    for part in [&account, remote_path.lower().as_bytes(), local_path.as_os_str().as_encoded_bytes()] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex::encode(&hasher.finalize()[..16]).into_bytes()
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Brought {
    File { rev: String, name: String },
    Folder(String),
}

pub(super) fn import_downloaded(
    connection: &Connection,
    transfer: i64,
    notes: &Notes,
) -> rusqlite::Result<()> {
    for (key, value) in &notes.0 {
        let Some(path) = key.strip_prefix("brought ") else { continue };
        let (local_name, rev) = match Brought::deserialize(value) {
            Ok(Brought::File { rev, name }) => (name, Some(Rev(rev.into()))),
            Ok(Brought::Folder(name)) => (name, None),
            Err(_) => continue,
        };
        Change::ItemDownloaded { transfer, path_lower: path.into(), local_name, rev }.apply(connection)?;
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum HiddenFile {
    Part { place: OsString, rev: String, size_bytes: u64 },
    Staging { place: OsString },
}

/// Gives a staging folder, which is to be removed.
pub(super) fn import_partial(connection: &Connection, file: &Locked) -> rusqlite::Result<Option<PathBuf>> {
    let mut lines = whole_lines(&file.text);
    let hidden = lines.next().and_then(|line| serde_json::from_str(line).ok());
    let (place, rev, size_bytes) = match hidden {
        None => return Ok(None),
        Some(HiddenFile::Staging { place }) => return Ok(Some(place.into())),
        Some(HiddenFile::Part { place, rev, size_bytes }) => (PathBuf::from(place), rev, size_bytes),
    };
    let key = file.path.file_name().map(|name| name.as_encoded_bytes().to_vec()).unwrap_or_default();
    connection.execute(
        "INSERT INTO partial_file (key, local_path, rev, size_bytes, touched_secs) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![key, LocalPath(&place), rev, size_bytes.cast_signed(), Timestamp::now().as_second()],
    )?;
    let id = connection.last_insert_rowid();
    for line in lines {
        let block = line
            .split_once(' ')
            .and_then(|(index, hash)| Some((index.parse().ok()?, hex::decode_to_array(hash).ok()?)));
        if let Some((index, hash)) = block {
            Change::BlockDownloaded { file: id, index, hash }.apply(connection)?;
        }
    }
    Ok(None)
}
