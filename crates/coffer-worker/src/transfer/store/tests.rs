//! The store as its users see it. What a kill leaves is in the tests of the whole program.

use super::change::{AssignedFile, CommittedFile};
use super::upload_progress::UploadProgress;
use super::{Change, LeaseError, StoreError, TransferRecord, TransferStore};
use crate::fingerprint::Fingerprint;
use crate::path_root::NotedRoot;
use coffer_model::message::UnfinishedTransfer;
use coffer_model::transfer::{Conflict, Decision, PlannedFile, PlannedFiles, TransferReport, UploadPlan};
use coffer_model::{
    AccountChoice, BringBack, BringBackPlace, Entry, EntryKind, File, Job, OnExisting, PastDownload,
    PathRootId, Problem, ProblemKind, RemotePath, Rev,
};
use jiff::Timestamp;
use rusqlite::Connection;
use std::collections::HashMap;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const HERE: AccountChoice = AccountChoice::Local;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// As another program opens it.
    fn store(&self) -> TransferStore {
        TransferStore::new(self.0.path().join("state"), false)
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("state/transfers.sqlite")
    }

    fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        Connection::open(self.file()).unwrap().query_row(&sql, [], |row| row.get(0)).unwrap()
    }
}

async fn acquire(store: &TransferStore, job: &Job) -> Result<TransferRecord, LeaseError> {
    let job = Arc::new(job.clone());
    Ok(store.acquire(&HERE, NotedRoot::Home, &job, Timestamp::now(), false).await?.expect("it is a transfer"))
}

fn download(name: &str) -> Job {
    let entries = vec![folder(&format!("/{name}"))];
    Job::Download { entries, folder: "/home".into(), existing: OnExisting::Number }
}

fn folder(path: &str) -> Entry {
    Entry::new(RemotePath::new(path), EntryKind::Folder { id: "id:1".into() })
}

fn file(path: &str) -> Entry {
    let kind = EntryKind::File(File {
        id: "id:2".into(),
        rev: Rev("abcdef123".into()),
        size_bytes: u64::MAX,
        client_modified: "2026-05-01T10:00:00.123456789Z".parse().unwrap(),
        server_modified: "1969-05-01T10:00:01Z".parse().unwrap(),
        content_hash: Some("00ff".into()),
        access: coffer_model::entry::ContentAccess::Download,
    });
    Entry::new(RemotePath::new(path), kind)
}

fn planned(name: &str) -> PlannedFile {
    PlannedFile {
        local_path: format!("/home/ida/{name}").into(),
        remote_path: RemotePath::new(&format!("/Täglich/{name}")),
        size_bytes: 7,
        modified: Some("2026-05-01T10:00:00.5Z".parse().unwrap()),
        conflict: None,
        decision: None,
    }
}

fn upload(names: &[&str]) -> Job {
    let files: PlannedFiles = names.iter().map(|name| planned(name)).collect();
    let total_bytes = 7 * files.len() as u64;
    let sources = vec!["/home/ida".into()];
    let target = RemotePath::new("/Täglich");
    Job::Upload {
        plan: Arc::new(UploadPlan { sources, target, files, total_bytes, ..UploadPlan::default() }),
    }
}

async fn unfinished(store: &TransferStore) -> Vec<Job> {
    let found = store.unfinished(&HERE).await.unwrap();
    found.into_iter().map(|unfinished| Job::clone(&unfinished.job)).collect()
}

fn past_download(folder: PathBuf) -> Job {
    let wanted = BringBack {
        items: vec![RemotePath::new("/Photos/Täglich"), RemotePath::new("/Photos/b.txt")],
        left_out: vec![RemotePath::new("/Photos/Täglich/c.txt")],
        place: BringBackPlace::ThisComputer,
        ..BringBack::of_folder(RemotePath::new("/Photos"), Timestamp::from_second(1_773_000_000).unwrap())
    };
    let name = Some("Photos (2026-03-12)".into());
    Job::DownloadPast(Box::new(PastDownload { wanted, folder, name, existing: OnExisting::Number }))
}

#[tokio::test]
async fn what_was_asked_for_comes_back_in_the_order_in_which_it_was() {
    let place = Place::new();
    let mut asked = upload(&["a.txt", "b.txt"]);
    if let Job::Upload { plan } = &mut asked {
        let plan = Arc::make_mut(plan);
        plan.files.set_conflict(1, Conflict { existing: file("/Täglich/B.txt"), identical: false });
        plan.files.decide(1, Decision::Replace);
        plan.empty_folders = vec![RemotePath::new("/Täglich/leer")];
    }
    let no_text: PathBuf = std::ffi::OsStr::from_bytes(b"/home/\xff\xfe").into();
    let jobs = [
        asked,
        Job::SaveAs { entry: file("/a.txt"), local_path: no_text.clone(), existing: OnExisting::Replace },
        past_download(no_text),
        Job::Download {
            entries: vec![folder("/Photos"), file("/a.txt")],
            folder: "/home/ida".into(),
            existing: OnExisting::SkipIdentical,
        },
    ];
    let store = place.store();
    for job in &jobs {
        drop(acquire(&store, job).await.unwrap());
    }
    drop(store);
    assert_eq!(unfinished(&place.store()).await, jobs);
    let elsewhere = AccountChoice::CommandLine { api_url: "http://127.0.0.1:1".into() };
    assert_eq!(place.store().unfinished(&elsewhere).await.unwrap(), []);
    let asked_nothing = TransferStore::new(place.0.path().join("other"), false);
    assert_eq!(asked_nothing.unfinished(&HERE).await.unwrap(), []);
    assert!(!place.0.path().join("other").exists(), "a question makes no file");
}

#[tokio::test]
async fn two_never_work_on_one_transfer_within_a_program_and_between_programs() {
    let place = Place::new();
    let (one, other) = (place.store(), place.store());
    let record = acquire(&one, &download("A")).await.unwrap();
    for store in [&one, &other] {
        assert!(matches!(acquire(store, &download("A")).await, Err(LeaseError::Running)));
        assert_eq!(unfinished(store).await, []);
    }
    let beside = acquire(&other, &download("B")).await.unwrap();
    drop(record);
    drop(acquire(&one, &download("A")).await.unwrap());
    // The first lets it go without a word, as after a kill.
    let kept = acquire(&one, &download("A")).await.unwrap();
    drop((kept, one));
    drop(acquire(&other, &download("A")).await.unwrap());
    drop(beside);
}

#[tokio::test]
async fn one_that_has_ended_is_told_with_what_failed_until_it_is_begun_again_and_a_removed_one_leaves_nothing()
 {
    let place = Place::new();
    let store = place.store();
    let record = acquire(&store, &upload(&["a"])).await.unwrap();
    let transfer = record.id;
    let files = vec![CommittedFile { index: 0, entry: file("/a") }];
    record.change(Change::FilesCommitted { transfer, files });
    let failed = vec![Problem {
        path: Some(RemotePath::new("/a")),
        ..Problem::new(ProblemKind::Forbidden, "“a” could not be read", "You may not.")
    }];
    let report = TransferReport { files: 3, bytes: 40, skipped: 2, failed, ..TransferReport::default() };
    record.close(Change::TransferEnded { transfer, report: Box::new(report.clone()) }).await;
    drop(record);
    let told = store.unfinished(&HERE).await.unwrap();
    assert_eq!(told[0].ended.as_ref().map(|ended| &ended.report), Some(&report));
    let record = acquire(&store, &upload(&["a"])).await.unwrap();
    assert_eq!(record.upload_progress().await.unwrap().committed.len(), 1);
    assert_eq!(place.count("failed_file"), 0);
    record.close(Change::TransferRemoved { transfer }).await;
    drop(record);
    for table in ["transfer", "planned_file", "upload_source", "committed_file", "failed_file"] {
        assert_eq!(place.count(table), 0, "{table}");
    }
    let record = acquire(&store, &upload(&["a"])).await.unwrap();
    assert_ne!(record.id, transfer, "late changes of the old one meet no other");
    assert_eq!(record.upload_progress().await.unwrap(), UploadProgress::default());
}

#[tokio::test]
async fn a_pause_comes_back_and_an_old_transfer_is_removed() {
    let place = Place::new();
    let store = place.store();
    for (name, paused) in [("A", true), ("B", false)] {
        let record = acquire(&store, &download(name)).await.unwrap();
        record.change(Change::Paused { transfer: record.id, paused });
    }
    let told = store.unfinished(&HERE).await.unwrap();
    let expected = [("A", true), ("B", false)];
    assert_eq!(
        told,
        expected.map(|(name, paused)| UnfinishedTransfer {
            paused,
            ..UnfinishedTransfer::new(Arc::new(download(name)))
        })
    );
    let record = acquire(&store, &download("A")).await.unwrap();
    let months = 3 * 30 * 24 * 3600;
    let sql = format!("UPDATE transfer SET touched_secs = touched_secs - {months}");
    Connection::open(place.file()).unwrap().execute(&sql, []).unwrap();
    assert_eq!(unfinished(&store).await, []);
    assert_eq!(place.count("transfer"), 1, "one that is worked on stays");
    drop(record);
    assert_eq!(unfinished(&store).await, [download("A")]);
}

fn assigned(index: usize, session: &str) -> AssignedFile {
    let fingerprint = Fingerprint { size_bytes: 7, modified_nanos: u64::MAX, inode: index as u64 };
    AssignedFile {
        index,
        session_id: session.to_owned(),
        hash: format!("hash {index}"),
        fingerprint,
        fits: true,
    }
}

#[tokio::test]
async fn how_far_an_upload_is_comes_back_as_it_was_recorded_last() {
    let place = Place::new();
    let store = place.store();
    let record = acquire(&store, &upload(&["a", "b"])).await.unwrap();
    let transfer = record.id;
    let ids = ["s1", "s2", "s3", "s4"].map(str::to_owned).to_vec();
    record.change(Change::SessionsStarted { transfer, started_secs: 5, ids });
    let files = vec![assigned(0, "s1"), assigned(1, "s2"), assigned(2, "s3")];
    record.change(Change::FilesAssigned { transfer, files });
    let held = vec![("s1".to_owned(), "hash 0".to_owned()), ("s3".to_owned(), "another".to_owned())];
    record.change(Change::FilesHeld { transfer, held, useless: vec!["s2".to_owned()] });
    record.change(Change::FoldersMade { transfer, folders: vec![folder("/Täglich/x")] });
    record.change(Change::NameNumbered { transfer, index: 1, path: RemotePath::new("/b (1)") });
    record.change(Change::NameNumbered { transfer, index: 1, path: RemotePath::new("/b (2)") });
    let committed = CommittedFile { index: 0, entry: file("/Täglich/a") };
    record.change(Change::FilesCommitted { transfer, files: vec![committed.clone()] });
    assert!(record.flush().await);
    let progress = record.upload_progress().await.unwrap();
    assert_eq!(progress.committed, [committed]);
    assert_eq!(progress.made_folders, [folder("/Täglich/x")]);
    assert_eq!(progress.numbered, HashMap::from([(1, RemotePath::new("/b (2)"))]));
    let sessions: Vec<_> = progress.sessions.into_iter().map(|row| (row.session_id, row.assigned)).collect();
    let expected =
        [("s1", Some((assigned(0, "s1"), true))), ("s3", Some((assigned(2, "s3"), false))), ("s4", None)];
    assert_eq!(sessions, expected.map(|(id, assigned)| (id.to_owned(), assigned)));
}

#[tokio::test]
async fn a_session_of_a_large_file_is_known_again_for_the_same_state_of_the_file_only() {
    let place = Place::new();
    let (local_path, remote_path) = (Path::new("/home/film.mp4"), RemotePath::new("/film.mp4"));
    let state = Fingerprint { size_bytes: 9, modified_nanos: 1, inode: 2 };
    let changed = Fingerprint { size_bytes: 9, modified_nanos: 2, inode: 2 };
    let store = place.store();
    let open = async |store: &TransferStore, state| {
        store.upload_session(&HERE, local_path, state, &remote_path).await
    };
    let (mut record, known) = open(&store, state).await;
    assert_eq!(known, None);
    record.begin("session").await;
    record.confirm(2, vec![[2; 32], [3; 32]]).await;
    record.confirm(0, vec![[0; 32]]).await;
    assert_eq!(open(&store, state).await.1, None, "somebody works on it");
    assert_eq!(open(&place.store(), state).await.1, None, "also in another program");
    drop(record);
    let elsewhere = RemotePath::new("/other.mp4");
    assert_eq!(store.upload_session(&HERE, local_path, state, &elsewhere).await.1, None);
    let (record, known) = open(&place.store(), state).await;
    let known = known.unwrap();
    assert_eq!(known.session_id, "session");
    assert_eq!(known.blocks.into_iter().collect::<Vec<_>>(), [(0, [0; 32]), (2, [2; 32]), (3, [3; 32])]);
    drop(record);
    let store = place.store();
    assert_eq!(open(&store, changed).await.1, None);
    assert_eq!(open(&store, state).await.1, None, "it was of no use any more");
    assert_eq!((place.count("upload_session"), place.count("upload_block")), (0, 0));
}

#[tokio::test]
async fn a_session_that_has_ended_is_not_continued() {
    let place = Place::new();
    let store = place.store();
    let state = Fingerprint { size_bytes: 9, modified_nanos: 1, inode: 2 };
    let remote_path = RemotePath::new("/film.mp4");
    let (mut record, _) = store.upload_session(&HERE, Path::new("/film.mp4"), state, &remote_path).await;
    record.begin("session").await;
    drop(record);
    let sql = "UPDATE upload_session SET started_secs = started_secs - 7 * 24 * 3600";
    Connection::open(place.file()).unwrap().execute(sql, []).unwrap();
    assert_eq!(store.upload_session(&HERE, Path::new("/film.mp4"), state, &remote_path).await.1, None);
}

fn open_partial(store: &TransferStore, folder: &Path, rev: &str) -> super::partial_file::OpenedPartial {
    let (remote_path, rev) = (RemotePath::new("/film.mp4"), Rev(rev.into()));
    let hidden = |suffix: &str| folder.join(format!(".{suffix}"));
    store.open_partial(&HERE, &remote_path, Path::new("/home/film.mp4"), &rev, 9, hidden)
}

#[test]
fn a_partial_file_is_continued_by_one_at_a_time_and_starts_over_for_another_revision() {
    let place = Place::new();
    let (store, folder) = (place.store(), place.0.path());
    let first = open_partial(&store, folder, "1");
    first.record.record_block(3, [3; 32]);
    let beside = open_partial(&store, folder, "1");
    assert!(beside.path != first.path && beside.blocks.is_empty(), "each writes a file of their own");
    beside.record.remove();
    let path = first.path.clone();
    drop((first.record, store));
    let again = open_partial(&place.store(), folder, "1");
    assert_eq!((&again.path, again.blocks), (&path, vec![(3, [3; 32])]));
    drop(again.record);
    let newer = open_partial(&place.store(), folder, "2");
    assert_eq!((newer.path, newer.blocks), (path, vec![]));
    newer.record.remove();
    assert_eq!((place.count("partial_file"), place.count("partial_block")), (0, 0));
}

#[test]
fn what_killed_programs_have_left_goes_when_nobody_works_on_it() {
    let place = Place::new();
    let (killed, store, folder) = (place.store(), place.store(), place.0.path());
    let left = folder.join("left");
    std::fs::create_dir(&left).unwrap();
    let used = folder.join("used");
    std::fs::create_dir(&used).unwrap();
    let (left_record, _used) = (killed.record_staging(&left), store.record_staging(&used));
    let old = open_partial(&killed, folder, "1");
    std::fs::write(&old.path, "x").unwrap();
    let path = old.path.clone();
    store.age_partial_files();
    store.sweep_hidden_files().unwrap();
    assert!(left.exists() && used.exists() && path.exists(), "all of it is worked on");
    drop((old.record, left_record, killed));
    store.age_partial_files();
    store.sweep_hidden_files().unwrap();
    assert_eq!((left.exists(), used.exists(), path.exists()), (false, true, false));
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused_and_left_as_it_is() {
    let place = Place::new();
    drop(acquire(&place.store(), &download("A")).await.unwrap());
    Connection::open(place.file()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(place.file()).unwrap();
    let store = place.store();
    let refused = acquire(&store, &download("A")).await;
    assert!(matches!(refused, Err(LeaseError::Store(StoreError::TooNew { found: 99, .. }))));
    assert!(matches!(store.unfinished(&HERE).await, Err(StoreError::TooNew { .. })));
    drop(store);
    assert!(std::fs::read(place.file()).unwrap() == before);
}

#[tokio::test]
async fn what_is_known_keeps_the_root_under_which_its_paths_were_noted() {
    let place = Place::new();
    let before = NotedRoot::TeamSpace(PathRootId("2".into()));
    let mut uploaded = upload(&["a"]);
    if let Job::Upload { plan } = &mut uploaded {
        Arc::make_mut(plan).path_root = Some(PathRootId("2".into()));
    }
    let jobs = [uploaded, download("Photos")];
    for job in &jobs {
        let take = async |noted: &NotedRoot| {
            let (store, job) = (place.store(), Arc::new(job.clone()));
            store
                .acquire(&HERE, noted.clone(), &job, Timestamp::now(), false)
                .await
                .unwrap()
                .unwrap()
                .noted
                .clone()
        };
        assert_eq!(take(&before).await, before);
        let after = NotedRoot::TeamSpace(PathRootId("9".into()));
        for noted in [NotedRoot::OfAccount, NotedRoot::Home, after] {
            assert_eq!(take(&noted).await, before);
        }
    }
    assert_eq!(unfinished(&place.store()).await, jobs);
}

#[tokio::test]
async fn what_can_not_be_written_is_told_and_written_later() {
    let place = Place::new();
    let store = place.store();
    let record = acquire(&store, &upload(&["a"])).await.unwrap();
    let transfer = record.id;
    // Room is what is missing: no page can be added.
    let limit = |pages: i64| {
        let record = &record;
        async move {
            let set = move |connection: &Connection, _| {
                let pages = if pages == 0 {
                    connection.query_row("PRAGMA page_count", [], |row| row.get(0))?
                } else {
                    pages
                };
                connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
            };
            record.read(set).await.unwrap();
        }
    };
    limit(0).await;
    let ids: Vec<String> = (0..2000).map(|number| format!("session {number}")).collect();
    record.change(Change::SessionsStarted { transfer, started_secs: 1, ids });
    assert!(!record.flush().await);
    assert_eq!(record.batch_sessions().await.unwrap(), []);
    limit(100_000).await;
    assert!(record.flush().await);
    assert_eq!(record.batch_sessions().await.unwrap().len(), 2000);
}
