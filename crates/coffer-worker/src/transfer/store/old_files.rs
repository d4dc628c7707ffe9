//! Imports what version 0.1.0 has left: transfers in `transfers/`, sessions of large uploads in `uploads/`, and partial
//! files in `downloads/`, each a file of JSON lines that its program has locked while it works on it. What is imported
//! is removed; what a running 0.1.0 has locked stays for the next start. All formats of then are in this file.

use super::change::{Change, prepare_entries};
use super::entry_row::{LocalPath, write_entry};
use super::key::transfer_key;
use super::records::insert_transfer;
use super::upload_progress::{AssignedFile, CommittedFile};
use super::{StoreError, upload_session};
use crate::account::account_name;
use crate::convert;
use crate::fingerprint::Fingerprint;
use coffer_model::transfer::{Conflict, Decision, PlannedFile, UploadPlan};
use coffer_model::{AccountChoice, Entry, EntryKind, File as FileItem, Job, OnExisting, RemotePath, Rev};
use dropbox_protocol::files::{FileMetadata, FolderMetadata};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The version that the order files of 0.1.0 have.
const ORDER_VERSION: u32 = 1;

pub(super) struct OldFiles {
    orders: PathBuf,
    uploads: PathBuf,
    downloads: PathBuf,
}

/// A file that nobody else has locked, until it is dropped.
struct Locked {
    path: PathBuf,
    text: String,
    _file: File,
}

impl OldFiles {
    pub(super) fn new(state_folder: &Path) -> Self {
        let folder = |name| state_folder.join(name);
        Self { orders: folder("transfers"), uploads: folder("uploads"), downloads: folder("downloads") }
    }

    pub(super) fn exist(&self) -> bool {
        [&self.orders, &self.uploads, &self.downloads].into_iter().any(|folder| folder.exists())
    }

    /// Imports all in one transaction, then removes the files. What can't be read is removed as well: 0.1.0 could not
    /// have continued it either.
    pub(super) fn import(&self, connection: &Connection) -> Result<(), StoreError> {
        let transaction = connection.unchecked_transaction()?;
        let mut done = Vec::new();
        for order in files(&self.orders, Some("json")) {
            // An order without notes is one that has just begun.
            let _ = File::create_new(order.with_extension("notes"));
        }
        for notes in locked(&self.orders, Some("notes")) {
            let order = notes.path.with_extension("json");
            let stored = fs::read(&order).ok().and_then(|bytes| serde_json::from_slice::<Order>(&bytes).ok());
            if let Some(stored) = stored {
                import_order(&transaction, stored, &notes.text)?;
            }
            done.push((Some(order), notes));
        }
        for session in locked(&self.uploads, Some("jsonl")) {
            import_session(&transaction, &session)?;
            done.push((None, session));
        }
        let mut staging = Vec::new();
        for note in locked(&self.downloads, None) {
            staging.extend(import_partial(&transaction, &note)?);
            done.push((None, note));
        }
        transaction.commit()?;
        for folder in staging {
            let _ = fs::remove_dir_all(folder);
        }
        for (order, locked) in done {
            order.into_iter().chain([locked.path]).for_each(|path| drop(fs::remove_file(path)));
        }
        let _ = fs::remove_file(self.orders.join("lock"));
        // Only when nothing of a running program is left in them.
        [&self.orders, &self.uploads, &self.downloads]
            .into_iter()
            .for_each(|folder| drop(fs::remove_dir(folder)));
        Ok(())
    }
}

/// The key under which 0.1.0 kept a partial file: another formula, with more of the account than its name.
pub(super) fn partial_key(account: &AccountChoice, remote_path: &RemotePath, local_path: &Path) -> Vec<u8> {
    let account = serde_json::to_vec(account).unwrap_or_default();
    let mut hasher = Sha256::new();
    for part in [&account, remote_path.lower().as_bytes(), local_path.as_os_str().as_bytes()] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex::encode(&hasher.finalize()[..16]).into_bytes()
}

fn locked(folder: &Path, extension: Option<&str>) -> impl Iterator<Item = Locked> {
    files(folder, extension).into_iter().filter_map(|path| lock(path).ok().flatten())
}

/// With this extension, or all of them.
fn files(folder: &Path, extension: Option<&str>) -> Vec<PathBuf> {
    let Ok(items) = fs::read_dir(folder) else { return Vec::new() };
    let paths = items.flatten().map(|item| item.path());
    let fits = |path: &PathBuf| extension.is_none_or(|wanted| path.extension().unwrap_or_default() == wanted);
    paths.filter(fits).collect()
}

fn lock(path: PathBuf) -> io::Result<Option<Locked>> {
    let mut file = File::options().read(true).write(true).open(&path)?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Some(Locked { path, text: String::from_utf8_lossy(&bytes).into_owned(), _file: file }))
}

#[derive(Deserialize)]
struct Order {
    version: u32,
    account: AccountChoice,
    created: String,
    paused: bool,
    ended: bool,
    order: OrderJob,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum OrderJob {
    Upload { plan: OrderPlan, answers: Vec<String> },
    Download { entries: Vec<OrderEntry>, folder: OrderPath, existing: OnExisting },
    SaveAs { entry: OrderEntry, local_path: OrderPath, existing: OnExisting },
}

#[derive(Deserialize)]
struct OrderPlan {
    target: String,
    files: Vec<OrderFile>,
    empty_folders: Vec<String>,
    total_bytes: u64,
}

#[derive(Deserialize)]
struct OrderFile {
    local_path: OrderPath,
    remote_path: String,
    size_bytes: u64,
    modified: Option<OldTime>,
    conflict: Option<OrderConflict>,
}

#[derive(Deserialize)]
struct OrderConflict {
    existing: OrderEntry,
    identical: bool,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum OrderEntry {
    Folder {
        path: String,
        id: String,
    },
    File {
        path: String,
        id: String,
        rev: String,
        size_bytes: u64,
        client_modified: OldTime,
        server_modified: OldTime,
        content_hash: Option<String>,
    },
    Deleted {
        path: String,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OrderPath {
    Text(String),
    Bytes { hex: String },
}

/// A time as text.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct OldTime(Timestamp);

impl TryFrom<String> for OldTime {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

impl OrderJob {
    fn into_job(self) -> Job {
        match self {
            Self::Upload { plan, answers } => Job::Upload { plan: Arc::new(plan.into_plan(&answers)) },
            Self::Download { entries, folder, existing } => Job::Download {
                entries: entries.into_iter().map(OrderEntry::into_entry).collect(),
                folder: folder.into_path(),
                existing,
            },
            Self::SaveAs { entry, local_path, existing } => {
                Job::SaveAs { entry: entry.into_entry(), local_path: local_path.into_path(), existing }
            }
        }
    }
}

impl OrderPlan {
    /// There was one answer for each conflict that is not identical, in order.
    fn into_plan(self, answers: &[String]) -> UploadPlan {
        let target = RemotePath::new(&self.target);
        let mut files: Vec<PlannedFile> = self.files.into_iter().map(OrderFile::into_file).collect();
        let open = files.iter_mut().filter(|file| file.open_conflict().is_some());
        for (file, answer) in open.zip(answers) {
            match answer.as_str() {
                "replace" => file.decide(Decision::Replace),
                "keep_both" => file.decide(Decision::KeepBoth),
                _ => file.decide(Decision::Skip),
            }
        }
        UploadPlan {
            sources: sources(&target, &files),
            target,
            files,
            empty_folders: self.empty_folders.iter().map(|path| RemotePath::new(path)).collect(),
            total_bytes: self.total_bytes,
            ..UploadPlan::default()
        }
    }
}

/// What a plan was made from: of each file the item that it came with.
fn sources(target: &RemotePath, files: &[PlannedFile]) -> Vec<PathBuf> {
    let depth = target.lineage().len();
    let source = |file: &PlannedFile| {
        let below = file.remote_path.lineage().len().checked_sub(depth + 1)?;
        file.local_path.ancestors().nth(below).map(Path::to_path_buf)
    };
    let mut sources: Vec<PathBuf> = files.iter().filter_map(source).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

impl OrderFile {
    fn into_file(self) -> PlannedFile {
        let conflict = self.conflict.map(|conflict| {
            Box::new(Conflict { existing: conflict.existing.into_entry(), identical: conflict.identical })
        });
        PlannedFile {
            local_path: self.local_path.into_path(),
            remote_path: RemotePath::new(&self.remote_path),
            size_bytes: self.size_bytes,
            modified: self.modified.map(|time| time.0),
            conflict,
            decision: None,
        }
    }
}

impl OrderEntry {
    fn into_entry(self) -> Entry {
        let (path, kind) = match self {
            Self::Folder { path, id } => (path, EntryKind::Folder { id: id.into() }),
            Self::Deleted { path } => (path, EntryKind::Deleted),
            Self::File { path, id, rev, size_bytes, client_modified, server_modified, content_hash } => {
                let file = FileItem {
                    id: id.into(),
                    rev: Rev(rev.into()),
                    size_bytes,
                    client_modified: client_modified.0,
                    server_modified: server_modified.0,
                    content_hash: content_hash.map(Into::into),
                };
                (path, EntryKind::File(file))
            }
        };
        Entry { path: RemotePath::new(&path), kind, link: None }
    }
}

impl OrderPath {
    fn into_path(self) -> PathBuf {
        match self {
            Self::Text(text) => text.into(),
            Self::Bytes { hex } => OsString::from_vec(hex::decode(hex).unwrap_or_default()).into(),
        }
    }
}

/// The notes of an order by their keys, newer ones in place of older ones. A line may be cut, or stand behind one that
/// was cut.
struct Notes(HashMap<String, Value>);

impl Notes {
    fn read(text: &str) -> Self {
        let note = |line: &str| {
            line.match_indices("[\"").find_map(|(start, _)| serde_json::from_str(&line[start..]).ok())
        };
        Self(text.split('\n').filter_map(note).collect())
    }

    fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        T::deserialize(self.0.get(key)?).ok()
    }

    /// "name 0", "name 1" and so on.
    fn series<T: DeserializeOwned>(&self, name: &str) -> Vec<T> {
        (0..).map_while(|number: usize| self.get(&format!("{name} {number}"))).collect()
    }
}

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

#[derive(Deserialize)]
#[serde(untagged)]
enum Brought {
    File { rev: String, name: String },
    Folder(String),
}

impl From<OldFingerprint> for Fingerprint {
    fn from(old: OldFingerprint) -> Self {
        Self { size_bytes: old.size_bytes, modified_nanos: old.modified_nanos, inode: old.number }
    }
}

fn import_order(connection: &Connection, order: Order, notes: &str) -> rusqlite::Result<()> {
    if order.version != ORDER_VERSION {
        return Ok(());
    }
    let job = order.order.into_job();
    let account = account_name(&order.account);
    let key = transfer_key(&order.account, &job);
    let created: Timestamp = order.created.parse().unwrap_or_default();
    let is_known = connection
        .prepare("SELECT 1 FROM transfer WHERE account = ?1 AND key = ?2")?
        .exists(params![account, key])?;
    if is_known {
        return Ok(());
    }
    let transfer = insert_transfer(connection, &account, key, &job, created)?;
    connection.execute(
        "UPDATE transfer SET paused = ?2, ended = ?3 WHERE id = ?1",
        params![transfer, order.paused, order.ended],
    )?;
    let notes = Notes::read(notes);
    import_committed(connection, transfer, &job, &notes)?;
    import_batches(connection, transfer, &notes)?;
    import_downloaded(connection, transfer, &notes)
}

fn import_committed(
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
fn import_batches(connection: &Connection, transfer: i64, notes: &Notes) -> rusqlite::Result<()> {
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

fn import_downloaded(connection: &Connection, transfer: i64, notes: &Notes) -> rusqlite::Result<()> {
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
fn import_session(connection: &Connection, file: &Locked) -> rusqlite::Result<()> {
    let key = file.path.file_stem().and_then(|stem| hex::decode(stem.as_bytes()).ok());
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

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum HiddenFile {
    Part { place: OsString, rev: String, size_bytes: u64 },
    Staging { place: OsString },
}

/// Gives a staging folder, which is to be removed.
fn import_partial(connection: &Connection, file: &Locked) -> rusqlite::Result<Option<PathBuf>> {
    let mut lines = whole_lines(&file.text);
    let hidden = lines.next().and_then(|line| serde_json::from_str(line).ok());
    let (place, rev, size_bytes) = match hidden {
        None => return Ok(None),
        Some(HiddenFile::Staging { place }) => return Ok(Some(place.into())),
        Some(HiddenFile::Part { place, rev, size_bytes }) => (PathBuf::from(place), rev, size_bytes),
    };
    let key = file.path.file_name().map(|name| name.as_bytes().to_vec()).unwrap_or_default();
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

/// Without what stands behind the last line break: a kill has cut it.
fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    text.rsplit_once('\n').map_or("", |(whole, _)| whole).lines()
}
