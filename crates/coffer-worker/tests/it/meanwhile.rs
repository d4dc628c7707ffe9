//! What happens to a transfer's files while it is paused or waits for its turn: the file here changes, or is replaced as
//! many programs save; the name there, or here, is taken by something else.

use super::downloads::{downloads, order};
use coffer_model::message::{Job, Outcome, Request, RequestId, Update};
use coffer_model::transfer::{Decision, TransferCommand, TransferReport};
use coffer_model::{AccountChoice, OnExisting, Recovery, RemotePath, Settings, TransferPhase};
use coffer_testing::counting_proxy::{CountingProxy, Hold};
use coffer_testing::house::bulk;
use coffer_testing::house::{House, decided, plan, start_worker_at, transferred};
use std::fs;
use std::path::{Path, PathBuf};

fn control(house: &House, id: RequestId, command: TransferCommand) {
    house.port.requests.send(Request::Control { id, command }).unwrap();
}

#[track_caller]
fn wait_until_paused(house: &mut House, id: RequestId) {
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if progress.phase == TransferPhase::Paused => Some(()),
        _ => None,
    });
}

fn limit(house: &mut House, bytes_per_second: Option<u64>) {
    let settings =
        Settings { upload_limit: bytes_per_second, download_limit: bytes_per_second, ..Settings::default() };
    house.run(Job::SaveSettings(settings)).receipt();
}

/// Starts a transfer that is so slow that it is surely in its middle when it is paused.
fn paused_in_the_middle(house: &mut House, job: Job) -> RequestId {
    limit(house, Some(2 << 20));
    let id = house.start(job);
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if progress.bytes_done > 0 => Some(()),
        _ => None,
    });
    control(house, id, TransferCommand::Pause);
    limit(house, None);
    wait_until_paused(house, id);
    id
}

/// A transfer that was paused before anything of it had moved. Nothing passes until it goes on.
struct AtTheStart {
    id: RequestId,
    proxy: CountingProxy,
}

impl AtTheStart {
    fn pause(house: &mut House, job: Job) -> Self {
        let proxy = CountingProxy::start(house.server.address());
        house.worker = None;
        let (worker, port) = start_worker_at(house.folder.path(), &proxy.url(), &house.server.token());
        house.worker = Some(worker);
        house.port = port;
        house.session = house.start(Job::Session(AccountChoice::Local));
        // The account is open when it has told something.
        house.run(Job::Locate { path: RemotePath::root() });
        proxy.hold(Hold::Now);
        let id = house.start(job);
        control(house, id, TransferCommand::Pause);
        wait_until_paused(house, id);
        Self { id, proxy }
    }

    #[track_caller]
    fn resume(self, house: &mut House) -> TransferReport {
        self.proxy.release();
        resumed(house, self.id)
    }
}

#[track_caller]
fn resumed(house: &mut House, id: RequestId) -> TransferReport {
    control(house, id, TransferCommand::Resume);
    transferred(house.wait(id).receipt()).0
}

fn upload_of(house: &mut House, names: &[&str], decisions: &[Decision]) -> Job {
    let paths: Vec<PathBuf> = names.iter().map(|name| house.local(name)).collect();
    Job::Upload { plan: decided(plan(house, paths, "/"), decisions) }
}

fn write_over(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

/// As editors save: a new file takes the place of the old one.
fn put_in_its_place(path: &Path, bytes: &[u8]) {
    let beside = path.with_extension("new");
    fs::write(&beside, bytes).unwrap();
    fs::rename(beside, path).unwrap();
}

#[test]
fn a_film_that_changes_while_its_upload_is_paused_goes_as_it_is_then() {
    let changes: [fn(&Path, &[u8]); 2] = [write_over, put_in_its_place];
    for change in changes {
        let mut house = House::new();
        let path = house.local("film.bin");
        fs::write(&path, bulk(33, 1)).unwrap();
        let job = upload_of(&mut house, &["film.bin"], &[]);
        let id = paused_in_the_middle(&mut house, job);
        let other = bulk(33, 2);
        change(&path, &other);
        let report = resumed(&mut house, id);
        assert_eq!((report.files, report.failed), (1, vec![]));
        assert!(house.read("/film.bin") == other, "it is neither the old one nor a mixture");
        assert_eq!(house.tree(), ["/film.bin"]);
    }
}

#[test]
fn small_files_that_change_while_their_upload_is_paused_go_as_they_are_then() {
    let mut house = House::new();
    let names: Vec<String> = (0..20).map(|number| format!("{number}.txt")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for name in &names {
        fs::write(house.local(name), name).unwrap();
    }
    let job = upload_of(&mut house, &names, &[]);
    let paused = AtTheStart::pause(&mut house, job);
    write_over(&house.local("3.txt"), b"written over, and longer than before");
    put_in_its_place(&house.local("4.txt"), b"another");
    fs::remove_file(house.local("5.txt")).unwrap();
    let report = paused.resume(&mut house);
    // What was read before the pause may have gone as it was; nothing is half one and half the other.
    let three = house.read("/3.txt");
    assert!(three == b"3.txt" || three == b"written over, and longer than before");
    let four = house.read("/4.txt");
    assert!(four == b"4.txt" || four == b"another");
    assert_eq!(report.files as usize + report.failed.len(), 20);
    assert!(report.failed.iter().all(|problem| problem.title == "“5.txt” could not be uploaded"));
}

#[test]
fn a_film_that_changes_in_the_account_while_its_download_is_paused_comes_as_it_was_ordered() {
    let mut house = House::new();
    let film = bulk(33, 3);
    let entry = house.put("/film.bin", film.clone());
    let folder = downloads(&house);
    let id = paused_in_the_middle(&mut house, order(&[entry], &folder, OnExisting::SkipIdentical));
    house.put("/film.bin", bulk(33, 4));
    let report = resumed(&mut house, id);
    assert_eq!((report.files, report.failed), (1, vec![]));
    assert!(fs::read(folder.join("film.bin")).unwrap() == film, "it is neither the new one nor a mixture");
}

#[test]
fn a_name_that_is_taken_in_the_account_while_an_upload_waits_is_not_taken_away() {
    // One that goes by itself, many that go together, and one that goes in pieces.
    for names in [vec!["a.txt"], vec!["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"], vec!["film.bin"]] {
        let mut house = House::new();
        for name in &names {
            let content = if *name == "film.bin" { bulk(9, 5) } else { name.as_bytes().to_vec() };
            fs::write(house.local(name), content).unwrap();
        }
        let job = upload_of(&mut house, &names, &[]);
        let paused = AtTheStart::pause(&mut house, job);
        house.put(&format!("/{}", names[0]), "theirs");
        let report = paused.resume(&mut house);
        assert_eq!((report.files, report.failed), (names.len() as u64, vec![]));
        assert_eq!(house.read(&format!("/{}", names[0])), b"theirs");
        let numbered = format!("/{}", names[0].replace('.', " (1)."));
        assert!(house.read(&numbered) == fs::read(house.local(names[0])).unwrap());
        assert_eq!(house.tree().len(), names.len() + 1);
    }
}

#[test]
fn what_has_changed_in_the_account_while_an_upload_waits_is_not_replaced() {
    for names in [vec!["a.txt"], vec!["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"], vec!["film.bin"]] {
        let mut house = House::new();
        for name in &names {
            let content = if *name == "film.bin" { bulk(9, 6) } else { name.as_bytes().to_vec() };
            fs::write(house.local(name), content).unwrap();
        }
        house.put(&format!("/{}", names[0]), "as the person has seen it");
        let job = upload_of(&mut house, &names, &[Decision::Replace]);
        let paused = AtTheStart::pause(&mut house, job);
        house.put(&format!("/{}", names[0]), "newer");
        let report = paused.resume(&mut house);
        assert_eq!((report.files, report.failed.len()), (names.len() as u64 - 1, 1));
        assert_eq!(report.failed[0].recovery(), Recovery::Refresh);
        assert_eq!(house.read(&format!("/{}", names[0])), b"newer");
        assert_eq!(house.tree().len(), names.len());
    }
}

#[test]
fn a_name_that_is_taken_here_while_a_download_waits_is_not_taken_away() {
    for size in [1, 17] {
        for (existing, files, failed) in
            [(OnExisting::SkipIdentical, 0, 1), (OnExisting::Number, 1, 0), (OnExisting::Replace, 1, 0)]
        {
            let mut house = House::new();
            let content = bulk(size, 7);
            let entry = house.put("/film.bin", content.clone());
            let folder = downloads(&house);
            let job = order(std::slice::from_ref(&entry), &folder, existing);
            let paused = AtTheStart::pause(&mut house, job);
            fs::write(folder.join("film.bin"), "mine").unwrap();
            let report = paused.resume(&mut house);
            assert_eq!((report.files, report.failed.len()), (files, failed), "{existing:?}");
            let at_its_name = fs::read(folder.join("film.bin")).unwrap();
            if existing == OnExisting::Replace {
                assert!(at_its_name == content);
            } else {
                assert_eq!(at_its_name, b"mine", "{existing:?}");
            }
            let count = 1 + usize::from(existing == OnExisting::Number);
            assert_eq!(fs::read_dir(&folder).unwrap().count(), count, "{existing:?}");
        }
        // The same content is no conflict.
        let mut house = House::new();
        let content = bulk(size, 8);
        let entry = house.put("/film.bin", content.clone());
        let folder = downloads(&house);
        let paused = AtTheStart::pause(&mut house, order(&[entry], &folder, OnExisting::SkipIdentical));
        // At once, so that nobody sees a part of it.
        put_in_its_place(&folder.join("film.bin"), &content);
        assert_eq!(paused.resume(&mut house).failed, []);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }
}

#[test]
fn a_transfer_that_is_cancelled_while_it_is_paused_leaves_nothing() {
    let mut house = House::new();
    fs::write(house.local("mine.bin"), bulk(33, 9)).unwrap();
    let entry = house.put("/theirs.bin", bulk(33, 10));
    let folder = downloads(&house);
    let up = upload_of(&mut house, &["mine.bin"], &[]);
    let down = order(&[entry], &folder, OnExisting::Number);
    for job in [up, down] {
        let id = paused_in_the_middle(&mut house, job);
        let known = ["upload_session", "partial_file"].map(|table| house.transfers().count(table));
        assert_ne!(known, [0, 0], "it is known how far it is");
        house.cancel(id);
        assert_eq!(house.wait(id).outcome, Outcome::Cancelled);
    }
    // Threads that write end a moment later.
    house.worker = None;
    assert_eq!(house.transfers().rows(), [""; 0]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    assert_eq!(house.tree(), ["/theirs.bin"]);
}
