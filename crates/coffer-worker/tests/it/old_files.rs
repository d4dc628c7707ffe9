//! Transfers that version 0.1.0 has left are found at the start, continued, and their files removed. The files in
//! `old_files/` are as that version wrote them when it was killed, but for what is between two `@`.

use super::proxy::Proxy;
use coffer_model::message::UnfinishedTransfer;
use coffer_model::message::{Job, Update};
use coffer_model::{AccountChoice, OnExisting};
use coffer_testing::house::{House, noise, transferred};
use dropbox_client::Body;
use dropbox_protocol::content_hash::{self, BLOCK_BYTES};
use dropbox_protocol::files::{
    UPLOAD_SESSION_APPEND, UPLOAD_SESSION_APPEND_BATCH, UPLOAD_SESSION_START, UPLOAD_SESSION_START_BATCH,
    UploadSessionAppendArg, UploadSessionAppendBatchArg, UploadSessionAppendBatchArgEntry,
    UploadSessionCursor, UploadSessionStartArg, UploadSessionStartBatchArg, UploadSessionType,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Writes an old file with what differs from run to run.
fn write(house: &House, name: &str, text: &str, values: &[(&str, String)]) {
    let mut text = text.to_owned();
    for (key, value) in values {
        text = text.replace(&format!("@{key}@"), value);
    }
    assert!(!text.contains('@'), "something is not filled in: {text}");
    let path = house.local("coffer/state").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn fingerprint(path: &Path) -> (String, String) {
    let metadata = fs::metadata(path).unwrap();
    let nanos = metadata.mtime() * 1_000_000_000 + metadata.mtime_nsec();
    (nanos.to_string(), metadata.ino().to_string())
}

/// The name of the note of a file: a hash of its parts and their lengths.
fn note_name(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex::encode(hasher.finalize())
}

fn block_hashes(bytes: &[u8]) -> Vec<String> {
    bytes.chunks(BLOCK_BYTES).map(|block| hex::encode(content_hash::of_block(block))).collect()
}

#[track_caller]
fn told_unfinished(house: &mut House) -> Vec<UnfinishedTransfer> {
    let session = house.session;
    house.wait_for(session, |update| match update {
        Update::Unfinished(unfinished) => Some(unfinished.clone()),
        _ => None,
    })
}

/// A session for the first two blocks of a film.
fn start_film(house: &House, film: &[u8]) -> String {
    let start = async {
        let arg = UploadSessionStartArg {
            session_type: Some(UploadSessionType::Concurrent),
            ..UploadSessionStartArg::new()
        };
        let session =
            house.client.upload(&UPLOAD_SESSION_START, &arg, Body::empty()).await.unwrap().session_id;
        let cursor = UploadSessionCursor::new(session.clone(), 0u64);
        let arg = UploadSessionAppendArg::new(cursor);
        let first = Body::from(film[..2 * BLOCK_BYTES].to_vec());
        house.client.upload(&UPLOAD_SESSION_APPEND, &arg, first).await.unwrap();
        session
    };
    house.runtime.block_on(start)
}

/// Two sessions for small files, of which the first holds one.
fn start_small(house: &House, bytes: &[u8]) -> Vec<String> {
    let start = async {
        let arg = UploadSessionStartBatchArg::new(2u64);
        let ids = house.client.rpc(&UPLOAD_SESSION_START_BATCH, &arg).await.unwrap().session_ids;
        let cursor = UploadSessionCursor::new(ids[0].clone(), 0u64);
        let entry = UploadSessionAppendBatchArgEntry {
            close: true,
            ..UploadSessionAppendBatchArgEntry::new(cursor, bytes.len() as u64)
        };
        let arg = UploadSessionAppendBatchArg::new(vec![entry]);
        house.client.upload(&UPLOAD_SESSION_APPEND_BATCH, &arg, Body::from(bytes.to_vec())).await.unwrap();
        ids
    };
    house.runtime.block_on(start)
}

#[test]
fn an_upload_is_continued_where_it_was() {
    let mut house = House::new();
    let film = noise(9 << 20, 1);
    let local = house.local("local");
    fs::create_dir_all(local.join("Tree")).unwrap();
    fs::write(local.join("film.bin"), &film).unwrap();
    for number in 1..=3 {
        fs::write(local.join(format!("Tree/{number}.txt")), format!("file {number}\n").as_bytes()).unwrap();
    }
    house.put("/film.bin", "theirs\n");
    let arrived = house.put("/Tree/1.txt", "file 1\n");
    let (session, small) = (start_film(&house, &film), start_small(&house, b"file 2\n"));
    house.worker = None;
    let (film_nanos, film_inode) = fingerprint(&local.join("film.bin"));
    let (held_nanos, held_inode) = fingerprint(&local.join("Tree/2.txt"));
    let blocks = block_hashes(&film);
    let arrived = arrived.file().unwrap();
    let values = [
        ("LOCAL", local.to_str().unwrap().to_owned()),
        ("NOW", Timestamp::now().as_second().to_string()),
        ("FILM", session),
        ("FILM_NANOS", film_nanos),
        ("FILM_INODE", film_inode),
        ("BLOCK_0", blocks[0].clone()),
        ("BLOCK_1", blocks[1].clone()),
        ("HELD", small[0].clone()),
        ("SPARE", small[1].clone()),
        ("HELD_NANOS", held_nanos),
        ("HELD_INODE", held_inode),
        ("HELD_HASH", dropbox_protocol::content_hash(b"file 2\n")),
        ("ARRIVED_HASH", dropbox_protocol::content_hash(b"file 1\n")),
        ("ARRIVED_REV", arrived.rev.0.to_string()),
    ];
    let film_path = local.join("film.bin");
    let journal = note_name(&[b"embedded", film_path.as_os_str().as_bytes(), b"/film.bin"]);
    write(&house, "transfers/44dd.json", include_str!("old_files/upload.json"), &values);
    write(&house, "transfers/44dd.notes", include_str!("old_files/upload.notes"), &values);
    write(&house, "transfers/lock", "", &[]);
    write(&house, &format!("uploads/{journal}.jsonl"), include_str!("old_files/upload.jsonl"), &values);
    house.server.request_counts().clear();
    house.restart_worker();
    let unfinished = told_unfinished(&mut house);
    let [UnfinishedTransfer { job, paused: true, .. }] = unfinished.as_slice() else {
        panic!("{unfinished:?}")
    };
    let Job::Upload { plan } = &**job else { panic!("it is an upload") };
    assert_eq!(plan.sources, [local.join("Tree"), local.join("film.bin")]);
    let state = house.local("coffer/state");
    assert!(!state.join("transfers").exists() && !state.join("uploads").exists(), "the old files are gone");

    let (report, undo) = transferred(house.run(Job::clone(job)).receipt());
    assert_eq!((report.files, report.failed.len()), (4, 0));
    assert!(undo.is_some());
    assert_eq!(
        house.tree(),
        ["/Tree/", "/Tree/1.txt", "/Tree/2.txt", "/Tree/3.txt", "/film (1).bin", "/film.bin"]
    );
    assert!(house.read("/film (1).bin") == film, "the film is another one");
    let counts = house.server.request_counts();
    let sent = |route: &str| counts.calls(route).body_bytes;
    assert_eq!(sent("files/upload_session/append_v2"), 1 << 20, "the last block alone was missing");
    assert_eq!(sent("files/upload_session/append_batch"), 7, "one small file was missing");
    let started = ["files/upload_session/start", "files/upload_session/start_batch"];
    assert_eq!(started.map(|route| counts.calls(route).count), [0, 0], "every session is used up");
    assert_eq!(house.transfers().rows(), [""; 0]);
}

#[test]
fn a_download_is_continued_where_it_was() {
    let mut house = House::new();
    let proxy = Proxy::between(&mut house);
    let big = noise(32 << 20, 2);
    let small = house.put("/Down/small.txt", "small");
    let entry = house.put("/Down/big.bin", big.clone());
    let local = house.local("local");
    let folder = local.join("Down (1)");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("small.txt"), "small").unwrap();
    let modified = small.file().unwrap().client_modified;
    let file = fs::File::options().write(true).open(folder.join("small.txt")).unwrap();
    file.set_modified(modified.into()).unwrap();
    let place = folder.join("big.bin");
    let account = serde_json::to_vec(&AccountChoice::Local).unwrap();
    let key = note_name(&[&account, b"/down/big.bin", place.as_os_str().as_bytes()])[..32].to_owned();
    let part = folder.join(format!(".big.bin.{}.coffer-part", &key[..8]));
    // Two of its eight blocks were written; of a third that only is claimed.
    let mut written = vec![0; big.len()];
    written[..BLOCK_BYTES].copy_from_slice(&big[..BLOCK_BYTES]);
    written[2 * BLOCK_BYTES..3 * BLOCK_BYTES].copy_from_slice(&big[2 * BLOCK_BYTES..3 * BLOCK_BYTES]);
    fs::write(&part, written).unwrap();
    let staging = local.join(".coffer-d3339fd4094d01b2.part");
    fs::create_dir(&staging).unwrap();
    house.worker = None;
    let blocks = block_hashes(&big);
    let bytes = |path: &Path| format!("{:?}", path.as_os_str().as_bytes());
    let values = [
        ("LOCAL", local.to_str().unwrap().to_owned()),
        ("SMALL_REV", small.file().unwrap().rev.0.to_string()),
        ("BIG_REV", entry.file().unwrap().rev.0.to_string()),
        ("PART", bytes(&part)),
        ("STAGING", bytes(&staging)),
        ("BLOCK_0", blocks[0].clone()),
        ("BLOCK_2", blocks[2].clone()),
    ];
    write(&house, "transfers/7d79.json", include_str!("old_files/download.json"), &values);
    write(&house, "transfers/7d79.notes", include_str!("old_files/download.notes"), &values);
    write(&house, &format!("downloads/{key}"), include_str!("old_files/download.part"), &values);
    write(&house, "downloads/.coffer-d3339fd4094d01b2.part", include_str!("old_files/staging"), &values);
    proxy.restart_worker(&mut house);
    let unfinished = told_unfinished(&mut house);
    let [UnfinishedTransfer { job, paused: false, .. }] = unfinished.as_slice() else {
        panic!("{unfinished:?}")
    };
    assert!(matches!(&**job, Job::Download { existing: OnExisting::Number, .. }));
    assert!(!staging.exists() && !house.local("coffer/state/downloads").exists());

    let (report, _) = transferred(house.run(Job::clone(job)).receipt());
    assert_eq!((report.files, report.failed.len()), (2, 0));
    assert!(fs::read(&place).unwrap() == big, "the file is another one");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|item| item.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["big.bin", "small.txt"], "nothing else is left");
    assert_eq!(fs::read_dir(&local).unwrap().count(), 1);
    assert_eq!(proxy.served("files/download"), 6 * BLOCK_BYTES as u64, "two blocks were there");
    assert_eq!(house.transfers().rows(), [""; 0]);
}

#[test]
fn what_a_running_older_program_works_on_is_left_to_it() {
    let mut house = House::new();
    house.worker = None;
    let values = [("LOCAL", house.local("local").to_str().unwrap().to_owned())];
    write(&house, "transfers/7d79.json", include_str!("old_files/download.json"), &values);
    write(&house, "transfers/7d79.notes", "", &[]);
    let notes = fs::File::open(house.local("coffer/state/transfers/7d79.notes")).unwrap();
    notes.lock().unwrap();
    house.restart_worker();
    let session = house.session;
    house.wait_for(session, |update| matches!(update, Update::Account(_)).then_some(()));
    house.list("/");
    assert!(house.local("coffer/state/transfers/7d79.json").exists());
    drop(notes);
    house.restart_worker();
    assert_eq!(told_unfinished(&mut house).len(), 1);
}
