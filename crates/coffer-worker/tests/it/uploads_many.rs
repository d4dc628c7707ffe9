//! Many small files: few calls, and nothing that happens on the way spoils the others.

use coffer_model::message::{Job, Outcome, Update};
use coffer_model::transfer::{Decision, FileState, TransferReport};
use coffer_model::{Receipt, TransferPhase};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, plan, transferred, upload};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

const PATIENCE: FaultKind = FaultKind::Status { status: 429, retry_after_secs: 600 };

/// What the `number`th file of a tree holds.
fn content(number: usize) -> String {
    format!("file {number} ").repeat(20 + number % 50)
}

/// A folder called `Tree` with files in `folders` folders; gives the remote path and content of each below `target`.
pub fn tree(
    house: &House,
    files: usize,
    folders: usize,
    target: &str,
) -> (PathBuf, BTreeMap<String, String>) {
    let root = house.local("Tree");
    let mut expected = BTreeMap::new();
    for number in 0..files {
        let folder = format!("folder {}", number % folders);
        fs::create_dir_all(root.join(&folder)).unwrap();
        fs::write(root.join(&folder).join(format!("{number}.txt")), content(number)).unwrap();
        expected.insert(format!("{target}/Tree/{folder}/{number}.txt"), content(number));
    }
    (root, expected)
}

#[track_caller]
pub fn check_there(house: &House, expected: &BTreeMap<String, String>) {
    let files: Vec<String> = house.every_path().into_iter().filter(|path| !path.ends_with('/')).collect();
    assert!(files.iter().eq(expected.keys()), "each file is there once: {files:?}");
    for (path, content) in expected {
        assert!(house.read(path) == content.as_bytes(), "{path}");
    }
}

#[track_caller]
fn all_well(report: &TransferReport, files: usize) {
    assert_eq!(report.failed, []);
    assert_eq!(report.files, files as u64);
}

fn is_waiting(update: &Update) -> Option<()> {
    match update {
        Update::Transfer(progress) => matches!(progress.phase, TransferPhase::Waiting { .. }).then_some(()),
        _ => None,
    }
}

#[test]
fn five_hundred_files_need_few_calls_and_are_taken_back_whole() {
    let mut house = House::new();
    let (root, expected) = tree(&house, 500, 20, "");
    let moment = UNIX_EPOCH + Duration::from_secs(1_234_567_890);
    let dated = root.join("folder 3/3.txt");
    File::options().write(true).open(dated).unwrap().set_modified(moment).unwrap();
    fs::create_dir_all(root.join("nothing/in here")).unwrap();
    fs::write(root.join("nothing at all.txt"), "").unwrap();
    let plan = plan(&mut house, vec![root], "/");
    house.server.request_counts().clear();
    let ended = house.run(Job::Upload { plan });
    let calls = house.server.request_counts().routes();
    let told: usize = ended.updates.iter().map(|update| verified(update).len()).sum();
    assert_eq!(told, 501, "each file is told to be verified");
    let (report, undo) = transferred(ended.receipt());
    all_well(&report, 501);
    let count: u64 =
        calls.iter().filter(|(route, _)| route.starts_with("files/")).map(|(_, calls)| calls.count).sum();
    assert!(count <= 25, "{count} calls: {calls:?}");
    assert!(house.exists("/Tree/nothing/in here"));
    assert_eq!(house.read("/Tree/nothing at all.txt"), b"");
    let dated = house.entry("/Tree/folder 3/3.txt");
    assert_eq!(dated.file().unwrap().client_modified.as_second(), 1_234_567_890);
    for (path, content) in expected.iter().step_by(17) {
        assert_eq!(house.read(path), content.as_bytes());
    }
    assert_eq!(house.reverse(&undo.unwrap()).failed, []);
    assert_eq!(house.tree(), [""; 0]);
}

fn verified(update: &Update) -> Vec<String> {
    let Update::Files(news) = update else { return Vec::new() };
    let verified = news.iter().filter(|news| news.state == FileState::Verified);
    verified.map(|news| news.name.clone()).collect()
}

#[test]
fn a_single_small_file_is_one_call() {
    let mut house = House::new();
    let local = house.local("a.txt");
    fs::write(&local, "small").unwrap();
    let plan = plan(&mut house, vec![local], "/");
    house.server.request_counts().clear();
    let (report, _) = upload(&mut house, plan, &[]);
    all_well(&report, 1);
    let calls = house.server.request_counts().routes();
    let changes: Vec<&String> = calls
        .keys()
        .filter(|route| route.starts_with("files/upload") || route.starts_with("files/create"))
        .collect();
    assert_eq!(changes, ["files/upload"]);
    assert_eq!(calls["files/upload"].count, 1);
}

#[test]
fn whatever_fails_when_a_file_goes_alone_is_made_good_and_it_is_there_once() {
    let kinds = [
        FaultKind::Status { status: 429, retry_after_secs: 1 },
        FaultKind::Status { status: 503, retry_after_secs: 1 },
        FaultKind::Reset,
        FaultKind::LostReply,
        FaultKind::Cut,
        FaultKind::Garbled,
    ];
    let mut house = House::new();
    house.put("/Replaced/a.txt", "0");
    let local = house.local("a.txt");
    for (number, kind) in (1..).zip(&kinds) {
        fs::write(&local, format!("{number}")).unwrap();
        for (target, answers) in [("/New", vec![]), ("/Replaced", vec![Decision::Replace])] {
            let target = if target == "/New" { format!("/{kind}") } else { target.to_owned() };
            let plan = plan(&mut house, vec![local.clone()], &target);
            house.faults().add(Fault::new("files/upload", kind.clone(), 1));
            let (report, _) = upload(&mut house, plan, &answers);
            all_well(&report, 1);
            assert_eq!(house.faults().next_for_route("files/upload"), None, "{kind} has happened");
            assert_eq!(house.read(&format!("{target}/a.txt")), format!("{number}").as_bytes(), "{kind}");
        }
    }
    let files = house.every_path().iter().filter(|path| !path.ends_with('/')).count();
    assert_eq!(files, 1 + kinds.len(), "nothing is there twice");
}

#[test]
fn whatever_fails_on_the_way_is_made_good_and_nothing_is_there_twice() {
    let routes = [
        "files/create_folder_batch",
        "files/upload_session/start_batch",
        "files/upload_session/append_batch",
        "files/upload_session/finish_batch_v2",
    ];
    let kinds = [
        FaultKind::Status { status: 429, retry_after_secs: 1 },
        FaultKind::Status { status: 503, retry_after_secs: 1 },
        FaultKind::Reset,
        FaultKind::LostReply,
        FaultKind::Cut,
        FaultKind::Garbled,
    ];
    let mut house = House::new();
    for route in routes {
        for kind in &kinds {
            let target = format!("/{} {kind}", route.rsplit('/').next().unwrap());
            let (root, expected) = tree(&house, 60, 6, &target);
            let plan = plan(&mut house, vec![root.clone()], &target);
            house.server.request_counts().clear();
            house.faults().add(Fault::new(route, kind.clone(), 1));
            let (report, _) = upload(&mut house, plan, &[]);
            assert!(
                house.server.request_counts().calls(route).count > 1,
                "{route} was called again after {kind}"
            );
            all_well(&report, 60);
            let all = house.every_path();
            let below = all.iter().filter(|path| path.starts_with(&target) && !path.ends_with('/'));
            assert!(below.eq(expected.keys()), "{route} {kind}: each file is there once");
            let (path, content) = expected.iter().nth(7).unwrap();
            assert_eq!(house.read(path), content.as_bytes());
            fs::remove_dir_all(root).unwrap();
        }
    }
}

#[test]
fn a_file_that_cannot_be_sent_does_not_hold_up_the_others() {
    let mut house = House::new();
    let (root, mut expected) = tree(&house, 40, 2, "");
    let plan = plan(&mut house, vec![root.clone()], "/");
    fs::remove_file(root.join("folder 0/10.txt")).unwrap();
    fs::remove_file(root.join("folder 1/11.txt")).unwrap();
    fs::create_dir(root.join("folder 1/11.txt")).unwrap();
    fs::write(root.join("folder 0/12.txt"), "it has grown".repeat(1_000_000)).unwrap();
    fs::write(root.join("folder 1/13.txt"), "short").unwrap();
    let (report, _) = upload(&mut house, plan, &[]);
    expected.remove("/Tree/folder 0/10.txt");
    expected.remove("/Tree/folder 1/11.txt");
    expected.insert("/Tree/folder 0/12.txt".into(), "it has grown".repeat(1_000_000));
    expected.insert("/Tree/folder 1/13.txt".into(), "short".into());
    assert_eq!(report.files, 38);
    let mut failed: Vec<(&str, &str)> =
        report.failed.iter().map(|problem| (problem.title.as_str(), problem.detail.as_str())).collect();
    failed.sort_unstable();
    assert_eq!(
        failed,
        [
            ("“10.txt” could not be uploaded", "It is no longer on this computer."),
            ("“11.txt” could not be uploaded", "It is a folder, not a file."),
        ]
    );
    check_there(&house, &expected);
}

#[test]
fn what_has_changed_there_meanwhile_is_never_overwritten() {
    let mut house = House::new();
    let (root, mut expected) = tree(&house, 30, 1, "");
    for number in [1, 2, 3] {
        house.put(&format!("/Tree/folder 0/{number}.txt"), format!("theirs {number}"));
    }
    let plan = plan(&mut house, vec![root], "/");
    house.put("/Tree/folder 0/2.txt", "theirs, newer");
    house.put("/Tree/folder 0/20.txt", "theirs, new");
    house.put("/Tree/folder 0/21.txt", content(21));
    let answers = [Decision::Replace, Decision::Replace, Decision::KeepBoth];
    let (report, undo) = upload(&mut house, plan, &answers);
    assert_eq!(report.files, 29);
    assert_eq!(report.failed.len(), 1);
    assert!(report.failed[0].detail.contains("was changed after you were asked"), "{:?}", report.failed);
    expected.insert("/Tree/folder 0/2.txt".into(), "theirs, newer".into());
    expected.insert("/Tree/folder 0/3.txt".into(), "theirs 3".into());
    expected.insert("/Tree/folder 0/3 (1).txt".into(), content(3));
    expected.insert("/Tree/folder 0/20.txt".into(), "theirs, new".into());
    expected.insert("/Tree/folder 0/20 (1).txt".into(), content(20));
    check_there(&house, &expected);
    assert_eq!(house.reverse(&undo.unwrap()).failed, []);
    assert_eq!(house.read("/Tree/folder 0/1.txt"), b"theirs 1");
    assert!(!house.exists("/Tree/folder 0/20 (1).txt") && house.exists("/Tree/folder 0/20.txt"));
}

#[test]
fn a_folder_that_is_spelt_otherwise_there_is_the_same_folder() {
    let mut house = House::new();
    house.put("/TREE/Folder 0/here.txt", "here");
    let (root, _) = tree(&house, 20, 2, "");
    let plan = plan(&mut house, vec![root], "/");
    let (report, _) = upload(&mut house, plan, &[]);
    all_well(&report, 20);
    let paths = house.every_path();
    let folders: Vec<&String> = paths.iter().filter(|path| path.ends_with('/')).collect();
    assert_eq!(folders, ["/TREE/", "/TREE/Folder 0/", "/TREE/folder 1/"]);
    assert_eq!(paths.len(), 3 + 21);
}

#[test]
fn an_upload_goes_on_after_the_program_was_closed_in_the_middle() {
    let mut house = House::new();
    let (root, expected) = tree(&house, 600, 10, "");
    let plan = plan(&mut house, vec![root], "/");
    let faults = house.faults();
    faults.add(Fault::new("files/upload_session/finish_batch_v2", FaultKind::Delay(Duration::ZERO), 1));
    faults.add(Fault::new("files/upload_session/finish_batch_v2", PATIENCE, 1));
    let counts = house.server.request_counts();
    counts.clear();
    let job = Job::Upload { plan };
    let id = house.start(job.clone());
    house.wait_for(id, is_waiting);
    house.restart_worker();
    faults.clear();
    let first = counts.calls("files/upload_session/append_batch").body_bytes;
    let (report, undo) = transferred(house.run(job).receipt());
    all_well(&report, 600);
    check_there(&house, &expected);
    let total: u64 = expected.values().map(|content| content.len() as u64).sum();
    let both = counts.calls("files/upload_session/append_batch").body_bytes;
    assert!(first > 0 && both <= total + 8 * 70 * 1000, "{first} and then {both} of {total} bytes were sent");
    let started = counts.calls("files/upload_session/start_batch").count;
    assert!(started <= 2, "sessions that were started are used");
    assert_eq!(house.reverse(&undo.unwrap()).failed, []);
    assert_eq!(house.tree(), [""; 0], "what the first run has brought is taken back as well");
}

#[test]
fn notes_that_claim_more_than_the_service_has_do_no_harm() {
    let mut house = House::new();
    let (root, expected) = tree(&house, 60, 3, "");
    let plan = plan(&mut house, vec![root], "/");
    house.faults().add(Fault::new("files/upload_session/append_batch", PATIENCE, 10));
    let job = Job::Upload { plan };
    let id = house.start(job.clone());
    house.wait_for(id, is_waiting);
    house.worker = None;
    let claim = "UPDATE batch_session SET held = 1 WHERE position IS NOT NULL";
    assert!(house.transfers().execute(claim) > 0);
    house.faults().clear();
    house.restart_worker();
    let (report, _) = transferred(house.run(job).receipt());
    all_well(&report, 60);
    check_there(&house, &expected);
}

#[test]
fn sessions_that_the_service_has_forgotten_meanwhile_cost_the_bytes_and_nothing_else() {
    let mut house = House::new();
    let (root, expected) = tree(&house, 300, 10, "");
    let plan = plan(&mut house, vec![root], "/");
    house.faults().add(Fault::new("files/upload_session/finish_batch_v2", PATIENCE, 1));
    let job = Job::Upload { plan };
    let id = house.start(job.clone());
    house.wait_for(id, is_waiting);
    house.restart_worker();
    house.faults().clear();
    house.clock.advance(8 * 24 * 3600);
    let (report, _) = transferred(house.run(job).receipt());
    all_well(&report, 300);
    check_there(&house, &expected);
}

#[test]
fn a_cancelled_upload_leaves_nothing_but_what_has_arrived() {
    let mut house = House::new();
    let (root, expected) = tree(&house, 600, 10, "");
    let empty = root.join("zz empty");
    fs::create_dir(empty).unwrap();
    let plan = plan(&mut house, vec![root], "/");
    let faults = house.faults();
    faults.add(Fault::new("files/upload_session/finish_batch_v2", FaultKind::Delay(Duration::ZERO), 1));
    let hanging = FaultKind::Delay(Duration::from_mins(1));
    faults.add(Fault::new("files/upload_session/finish_batch_v2", hanging, 1));
    let id = house.start(Job::Upload { plan });
    house.wait_for(id, |update| (!verified(update).is_empty()).then_some(()));
    house.cancel(id);
    let Outcome::Done(receipt) = house.wait(id).outcome else { panic!("it tells what has arrived") };
    let (report, undo) = transferred(receipt);
    let files: Vec<String> = house.every_path().into_iter().filter(|path| !path.ends_with('/')).collect();
    assert_eq!(files.len() as u64, report.files);
    assert!(files.iter().all(|path| expected.contains_key(path)));
    assert!(!house.exists("/Tree/zz empty"));
    assert_eq!(house.reverse(&undo.unwrap()).failed, []);
    assert_eq!(house.tree(), [""; 0]);
}

#[test]
fn an_upload_that_is_cancelled_before_anything_has_arrived_leaves_nothing() {
    let mut house = House::new();
    let (root, _) = tree(&house, 60, 3, "");
    let plan = plan(&mut house, vec![root], "/");
    house.faults().add(Fault::new("files/upload_session/append_batch", PATIENCE, 1));
    let id = house.start(Job::Upload { plan });
    house.wait_for(id, is_waiting);
    house.faults().clear();
    house.cancel(id);
    let outcome = house.wait(id).outcome;
    if let Outcome::Done(Receipt::Transferred { report, .. }) = &outcome {
        assert_eq!(report.files, 0);
    }
    assert_eq!(house.tree().iter().filter(|path| !path.ends_with('/')).count(), 0);
}

fn copy_of(house: &mut House, local: &Path, target: &str) -> (TransferReport, Vec<FileState>) {
    house.list("/Known");
    let plan = plan(house, vec![local.to_owned()], target);
    let ended = house.run(Job::Upload { plan });
    let states = ended
        .updates
        .iter()
        .filter_map(|update| match update {
            Update::Files(news) => Some(news.iter().map(|news| news.state.clone()).collect::<Vec<_>>()),
            _ => None,
        })
        .flatten()
        .collect();
    (transferred(ended.receipt()).0, states)
}

#[test]
fn what_the_account_has_already_is_copied_there() {
    let mut house = House::new();
    let bytes = coffer_testing::house::noise(700_000, 1);
    house.put("/Known/film.bin", bytes.clone());
    house.put("/Known/other.bin", coffer_testing::house::noise(700_000, 2));
    let local = house.local("again.bin");
    fs::write(&local, &bytes).unwrap();
    let counts = house.server.request_counts();
    counts.clear();
    let (report, states) = copy_of(&mut house, &local, "/New");
    all_well(&report, 1);
    assert_eq!(states.last(), Some(&FileState::CopiedInAccount));
    assert_eq!(counts.calls("files/upload").count, 0);
    assert_eq!(house.read("/New/again.bin"), bytes);
    // The listing is older than the account: what is copied would be something else, and is sent.
    house.list("/Known");
    house.put("/Known/film.bin", coffer_testing::house::noise(700_000, 3));
    let plan = plan(&mut house, vec![local], "/Newer");
    let (report, _) = upload(&mut house, plan, &[]);
    all_well(&report, 1);
    assert_eq!(house.read("/Newer/again.bin"), bytes);
    assert_eq!(house.every_path().iter().filter(|path| path.starts_with("/Newer/")).count(), 2);
}

#[test]
fn a_file_that_is_cheap_to_send_is_copied_only_with_its_time() {
    let mut house = House::new();
    let known = house.put("/Known/a.txt", "the same");
    let local = house.local("a.txt");
    fs::write(&local, "the same").unwrap();
    let set = |seconds: i64| {
        let moment = UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs());
        File::options().write(true).open(&local).unwrap().set_modified(moment).unwrap();
    };
    set(known.file().unwrap().client_modified.as_second());
    let (_, copied) = copy_of(&mut house, &local, "/Same time");
    assert_eq!(copied.last(), Some(&FileState::CopiedInAccount));
    set(1_000_000_000);
    let (_, states) = copy_of(&mut house, &local, "/Other time");
    assert_eq!(states.last(), Some(&FileState::Verified));
    let other = house.entry("/Other time/a.txt");
    assert_eq!(other.file().unwrap().client_modified.as_second(), 1_000_000_000);
}
