//! Folders with more items than the service moves or copies at once: they go in parts, lose nothing whatever happens in
//! the middle, and the same edit again completes them.

use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job};
use coffer_model::{
    Entry, Operation, Outcome, Problem, ProblemKind, Receipt, Relocation, RemotePath, Update,
};
use coffer_server::{FolderAccess, SharedFolder, TeamSpace};
use coffer_testing::house::{House, PATIENCE, plan, upload};
use dropbox_client::PathRoot;
use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, mpsc};

/// What one call may move or copy in these tests.
const MOST_ITEMS: usize = 10;
/// The batches in which the folder of [`house`] goes.
const BATCHES: usize = 3;
const BOTH: [Relocation; 2] = [Relocation::Move, Relocation::Copy];

/// With a folder that is too large, in which there is such a folder, in which there is another one.
pub(super) fn house() -> House {
    let mut house = House::with(|config| config.most_items = MOST_ITEMS, false);
    for (folder, files) in
        [("/Large", 12), ("/Large/deep", 15), ("/Large/deep/Down", 11), ("/Large/small", 3)]
    {
        for number in 0..files {
            let path = format!("{folder}/{number}.txt");
            house.put(&path, path.clone());
        }
    }
    let path = RemotePath::new("/Large/empty");
    house.run(Job::Edit(Edit::CreateFolder { path })).receipt();
    let path = RemotePath::new("/Target");
    house.run(Job::Edit(Edit::CreateFolder { path })).receipt();
    house
}

struct Edited {
    entries: Vec<Entry>,
    operation: Option<Operation>,
    failed: Vec<Problem>,
}

#[track_caller]
fn edited(outcome: Outcome) -> Edited {
    match outcome {
        Outcome::Done(Receipt::Edited { entries, operation, failed, conflicts }) => {
            assert_eq!(conflicts, [], "nobody is asked");
            Edited { entries, operation, failed }
        }
        other => panic!("an edit answers with an edit: {other:?}"),
    }
}

pub(super) fn edit(house: &House, kind: Relocation, from: &str, to: &str) -> Job {
    let items = vec![(house.entry(from), RemotePath::new(to))];
    Job::Edit(match kind {
        Relocation::Move => Edit::Move(items),
        Relocation::Copy => Edit::Copy(items),
    })
}

#[track_caller]
fn relocate(house: &mut House, kind: Relocation, from: &str, to: &str) -> Edited {
    let job = edit(house, kind, from, to);
    edited(house.run(job).outcome)
}

#[track_caller]
fn undo(house: &mut House, operation: Option<Operation>) -> Edited {
    let reversal = house.reverse(&operation.expect("it can be undone"));
    Edited { entries: reversal.entries, operation: Some(reversal.operation), failed: reversal.failed }
}

/// What is below a folder, by the path in it, with the content of the files.
pub(super) fn below(house: &House, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let paths = house.every_path().into_iter().filter(|path| path.trim_end_matches('/') != folder);
    paths
        .filter_map(|path| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?.to_owned();
            let content = if path.ends_with('/') { Vec::new() } else { house.read(&path) };
            Some((name, content))
        })
        .collect()
}

/// After a move or copy of `/Large` to `/Target/Large`.
#[track_caller]
fn check_complete(house: &House, kind: Relocation, before: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(below(house, "/Target/Large"), *before);
    match kind {
        Relocation::Move => assert!(!house.exists("/Large")),
        Relocation::Copy => assert_eq!(below(house, "/Large"), *before),
    }
    let records = fs::read_dir(house.local("coffer/state/split-folders")).unwrap();
    assert_eq!(records.count(), 0, "nothing is left to go on with");
}

pub(super) fn batch_route(kind: Relocation) -> &'static str {
    match kind {
        Relocation::Move => "files/move_batch_v2",
        Relocation::Copy => "files/copy_batch_v2",
    }
}

#[test]
fn a_large_folder_arrives_with_all_that_is_in_it() {
    for kind in BOTH {
        let mut house = house();
        let before = below(&house, "/Large");
        let done = relocate(&mut house, kind, "/Large", "/Target/Large");
        assert_eq!(done.failed, []);
        assert_eq!(done.entries, [house.entry("/Target/Large")]);
        check_complete(&house, kind, &before);
    }
}

#[test]
fn a_large_folder_is_renamed_and_moved_back_and_again() {
    let mut house = house();
    let before = below(&house, "/Large");
    let mut done = relocate(&mut house, Relocation::Move, "/Large", "/Renamed");
    for place in ["/Large", "/Renamed", "/Large"] {
        done = undo(&mut house, done.operation);
        assert_eq!(done.failed, []);
        assert_eq!(below(&house, place), before);
        assert_eq!(house.entry(place).id(), done.entries[0].id());
    }
    assert!(!house.exists("/Renamed"));
}

#[test]
fn a_large_copy_beside_its_original_gets_a_number() {
    let mut house = house();
    let before = below(&house, "/Large");
    house.put("/Large (1)", "taken");
    let done = relocate(&mut house, Relocation::Copy, "/Large", "/Large");
    assert_eq!(done.failed, []);
    let copy = &done.entries[0].path;
    assert_ne!(copy.as_str(), "/Large (1)");
    assert_eq!(below(&house, copy.as_str()), before);
}

#[test]
fn progress_is_told() {
    let mut house = house();
    let job = edit(&house, Relocation::Move, "/Large", "/Target/Large");
    let counts = house.run(job).updates.into_iter().filter_map(|update| match update {
        Update::Transfer(progress) => Some(progress.files_done),
        _ => None,
    });
    assert!(counts.max() > Some(0));
}

#[test]
fn wherever_it_fails_nothing_is_lost_and_the_same_edit_completes_it() {
    for kind in BOTH {
        for number in 0..BATCHES {
            let mut house = house();
            let before = below(&house, "/Large");
            let proxy = Proxy::between(&mut house);
            refuse_batches(&proxy, kind, number);
            let done = relocate(&mut house, kind, "/Large", "/Target/Large");
            assert_eq!(done.entries, []);
            let [problem] = &done.failed[..] else { panic!("one problem: {:?}", done.failed) };
            let past = if kind == Relocation::Move { "moved" } else { "copied" };
            assert_eq!(problem.title, format!("“Large” could not be {past} completely"));
            assert!(problem.detail.contains("“/Target/Large”"), "{problem:?}");
            assert_eq!(problem.path.as_ref().map(RemotePath::as_str), Some("/Large"));
            check_nothing_lost(&house, kind, &before);
            proxy.reset();
            let done = relocate(&mut house, kind, "/Large", "/Target/Large");
            assert_eq!(done.failed, [], "{kind:?} {number}");
            check_complete(&house, kind, &before);
        }
    }
}

/// Each file is at one of the two places; after a copy that is the old one.
#[track_caller]
pub(super) fn check_nothing_lost(house: &House, kind: Relocation, before: &BTreeMap<String, Vec<u8>>) {
    let mut all = below(house, "/Large");
    if kind == Relocation::Move {
        all.extend(below(house, "/Target/Large"));
    }
    assert_eq!(all, *before);
}

#[test]
fn what_was_moved_before_a_failure_can_be_moved_back() {
    for number in 0..BATCHES {
        let mut house = house();
        let before = below(&house, "/Large");
        let proxy = Proxy::between(&mut house);
        refuse_batches(&proxy, Relocation::Move, number);
        let done = relocate(&mut house, Relocation::Move, "/Large", "/Target/Large");
        proxy.reset();
        let done = undo(&mut house, done.operation);
        assert_eq!(done.failed, []);
        assert_eq!(below(&house, "/Large"), before);
        assert_eq!(below(&house, "/Target"), BTreeMap::new());
        // What was undone can be done again.
        let done = undo(&mut house, done.operation);
        assert_eq!(done.failed, []);
        check_complete(&house, Relocation::Move, &before);
    }
}

/// Refuses every batch from the `number`th on.
fn refuse_batches(proxy: &Proxy, kind: Relocation, number: usize) {
    proxy.twist(move |call| match &*call.route {
        route if route == batch_route(kind) && call.number >= number => Twist::Answer(500, "{}".into()),
        _ => Twist::Pass,
    });
}

#[test]
fn a_program_that_is_killed_in_the_middle_is_gone_on_with_by_the_next() {
    for kind in BOTH {
        for number in 0..BATCHES {
            let mut house = house();
            let before = below(&house, "/Large");
            let proxy = Proxy::between(&mut house);
            let (reached, is_reached) = mpsc::channel();
            proxy.twist(move |call| {
                if call.route != batch_route(kind) || call.number != number {
                    return Twist::Pass;
                }
                let _ = reached.send(());
                Twist::Never
            });
            let job = edit(&house, kind, "/Large", "/Target/Large");
            house.start(job);
            is_reached.recv_timeout(PATIENCE).expect("the batch is sent");
            house.restart_worker();
            check_nothing_lost(&house, kind, &before);
            let done = relocate(&mut house, kind, "/Large", "/Target/Large");
            assert_eq!(done.failed, [], "{kind:?} {number}");
            check_complete(&house, kind, &before);
        }
    }
}

#[test]
fn a_cancel_stops_after_the_batch_and_says_what_is_where() {
    let mut house = house();
    let before = below(&house, "/Large");
    let kind = Relocation::Move;
    let proxy = Proxy::between(&mut house);
    let ((reached, is_reached), (proceed, may_proceed)) = (mpsc::channel(), mpsc::channel::<()>());
    let may_proceed = Mutex::new(may_proceed);
    proxy.twist(move |call| {
        if call.route == batch_route(kind) && call.number == 1 {
            let _ = reached.send(());
            let _ = may_proceed.lock().unwrap().recv();
        }
        Twist::Pass
    });
    let job = edit(&house, kind, "/Large", "/Target/Large");
    let id = house.start(job);
    is_reached.recv_timeout(PATIENCE).expect("the second batch is sent");
    house.cancel(id);
    drop(proceed);
    let done = edited(house.wait(id).outcome);
    let [problem] = &done.failed[..] else { panic!("one problem: {:?}", done.failed) };
    assert_eq!(problem.kind, ProblemKind::Incomplete);
    assert_eq!(
        problem.detail,
        "What was moved is in “/Target/Large”, and the rest is still in “/Large”. To go on, move the folder there again."
    );
    check_nothing_lost(&house, kind, &before);
    assert!(house.exists("/Target/Large/deep/1.txt") && house.exists("/Large/deep/Down/1.txt"));
    assert_eq!(undo(&mut house, done.operation).failed, []);
    assert_eq!(below(&house, "/Large"), before);
}

/// A page of a list without the item that comes later.
fn without_new(page: Vec<u8>) -> Vec<u8> {
    let page = String::from_utf8(page).unwrap();
    let mut page: serde_json::Value = serde_json::from_str(&page).unwrap();
    page["entries"].as_array_mut().unwrap().retain(|entry| entry["name"] != "new.txt");
    serde_json::to_vec(&page).unwrap()
}

#[test]
fn what_comes_into_the_folder_meanwhile_stays_with_it() {
    let mut house = house();
    house.put("/Large/deep/new.txt", "new");
    let proxy = Proxy::between(&mut house);
    // The three folders are listed before it comes.
    proxy.twist(|call| match (&*call.route, call.number) {
        ("files/list_folder", 0..3) => Twist::Change(without_new),
        _ => Twist::Pass,
    });
    let done = relocate(&mut house, Relocation::Move, "/Large", "/Target/Large");
    assert!(done.failed[0].detail.contains("Something has come into the folder"), "{:?}", done.failed);
    assert_eq!(below(&house, "/Large").keys().collect::<Vec<_>>(), ["deep/", "deep/new.txt"]);
    let done = relocate(&mut house, Relocation::Move, "/Large", "/Target/Large");
    assert_eq!(done.failed, []);
    assert_eq!(house.read("/Target/Large/deep/new.txt"), b"new");
    assert!(!house.exists("/Large"));
}

#[test]
fn what_has_the_name_of_an_item_meanwhile_is_not_replaced() {
    for kind in BOTH {
        let mut house = house();
        let proxy = Proxy::between(&mut house);
        refuse_batches(&proxy, kind, 2);
        relocate(&mut house, kind, "/Large", "/Target/Large");
        proxy.reset();
        house.put("/Target/Large/deep/Down/3.txt", "theirs");
        let done = relocate(&mut house, kind, "/Large", "/Target/Large");
        assert!(done.failed[0].detail.contains("“3.txt” could not be"), "{:?}", done.failed);
        assert_eq!(house.read("/Target/Large/deep/Down/3.txt"), b"theirs");
        assert_eq!(house.read("/Large/deep/Down/3.txt"), b"/Large/deep/Down/3.txt");
    }
}

#[test]
fn a_copy_that_goes_on_copies_what_has_come_since_and_replaces_nothing() {
    let mut house = house();
    let kind = Relocation::Copy;
    let proxy = Proxy::between(&mut house);
    refuse_batches(&proxy, kind, 1);
    relocate(&mut house, kind, "/Large", "/Target/Large");
    proxy.reset();
    // In a folder that is there as a whole, and in one that is there in part.
    house.put("/Large/small/new.txt", "new");
    house.put("/Large/1.txt", "changed");
    let done = relocate(&mut house, kind, "/Large", "/Target/Large");
    assert!(done.failed[0].detail.contains("“1.txt” could not be copied"), "{:?}", done.failed);
    assert_eq!(house.read("/Target/Large/small/new.txt"), b"new");
    assert_eq!(house.read("/Target/Large/1.txt"), b"/Large/1.txt");
    let (mut old, new) = (below(&house, "/Large"), below(&house, "/Target/Large"));
    old.insert("1.txt".into(), b"/Large/1.txt".to_vec());
    assert_eq!(new, old);
}

#[test]
fn a_large_folder_does_not_go_into_itself() {
    for kind in BOTH {
        let mut house = house();
        let before = below(&house, "");
        let job = edit(&house, kind, "/Large", "/Large/deep/Large");
        let problem = house.run(job).problem();
        assert!(
            matches!(problem.kind, ProblemKind::FolderIntoItself | ProblemKind::DuplicatePaths),
            "{problem:?}"
        );
        assert_eq!(below(&house, ""), before);
    }
}

#[test]
fn a_change_of_case_alone_is_refused_with_what_helps() {
    let mut house = house();
    let before = below(&house, "");
    let job = edit(&house, Relocation::Move, "/Large", "/LARGE");
    let problem = house.run(job).problem();
    assert!(problem.detail.contains("Give it another name first"), "{problem:?}");
    assert_eq!(below(&house, ""), before);
}

/// A member’s home with a large folder in which there is a shared one, seen from the team space.
fn team_house(shared_files: usize) -> House {
    let mut team = TeamSpace::example();
    let shared = "/Ada Lovelace/Large/Shared";
    team.folders.push(SharedFolder::new(shared, "30", FolderAccess::Edit));
    let configure = |config: &mut coffer_server::ServerConfig| {
        config.team = Some(team);
        config.most_items = MOST_ITEMS;
    };
    let mut house = House::with(configure, false);
    house.client = house.client.with_path_root(PathRoot::Root("2".to_owned()));
    for (folder, files) in [("/Ada Lovelace/Large", 12), (shared, shared_files)] {
        for number in 0..files {
            house.put(&format!("{folder}/{number}.txt"), "x");
        }
    }
    house
}

#[test]
fn a_shared_folder_that_is_too_large_is_left_with_its_members() {
    let mut house = team_house(15);
    let from = "/Ada Lovelace/Large/Shared";
    let mut entry = house.entry(from);
    entry.sharing.is_shared_folder = true;
    for kind in BOTH {
        let items = vec![(entry.clone(), RemotePath::new("/Ada Lovelace/Other"))];
        let job = match kind {
            Relocation::Move => Edit::Move(items),
            Relocation::Copy => Edit::Copy(items),
        };
        let problem = house.run(Job::Edit(job)).problem();
        assert!(problem.detail.contains("Its members would not come along"), "{problem:?}");
        assert_eq!(below(&house, from).len(), 15);
        assert!(!house.exists("/Ada Lovelace/Other"));
    }
}

#[test]
fn a_large_shared_folder_in_a_large_folder_stays_and_the_others_go() {
    let mut house = team_house(15);
    let done = relocate(&mut house, Relocation::Move, "/Ada Lovelace/Large", "/Ada Lovelace/Other");
    let [problem] = &done.failed[..] else { panic!("one problem: {:?}", done.failed) };
    assert!(problem.detail.contains("“Shared” could not be moved"), "{problem:?}");
    assert_eq!(below(&house, "/Ada Lovelace/Large").len(), 16);
    assert_eq!(below(&house, "/Ada Lovelace/Other").len(), 12);
}

#[test]
fn a_folder_beyond_the_limit_of_the_service_is_copied_moved_and_deleted_and_all_of_it_undone() {
    const FILES: usize = 10_005;
    let mut house = House::new();
    let large = house.local("Large");
    fs::create_dir_all(large.join("deep")).unwrap();
    for number in 0..FILES {
        fs::write(large.join(format!("deep/{number}.txt")), "").unwrap();
    }
    fs::write(large.join("beside.txt"), "beside").unwrap();
    let plan = plan(&mut house, vec![large], "");
    upload(&mut house, plan, &[]);
    let files = |house: &House| house.every_path().into_iter().filter(|path| !path.ends_with('/')).count();

    let copied = relocate(&mut house, Relocation::Copy, "/Large", "/Copy");
    assert_eq!((copied.failed, files(&house)), (vec![], 2 * FILES + 2));
    let added = house.put("/Copy/deep/precious.txt", "precious");
    let refused = undo(&mut house, copied.operation.clone()).failed;
    assert!(refused[0].detail.contains("precious.txt"), "{refused:?}");
    house.run(Job::Edit(Edit::Delete(vec![added]))).receipt();
    assert_eq!(undo(&mut house, copied.operation).failed, []);
    assert!(!house.exists("/Copy") && files(&house) == FILES + 1);

    let moved = relocate(&mut house, Relocation::Move, "/Large", "/Moved");
    assert_eq!((moved.failed, house.exists("/Large"), files(&house)), (vec![], false, FILES + 1));
    assert_eq!(undo(&mut house, moved.operation).failed, []);
    assert_eq!((house.exists("/Moved"), files(&house)), (false, FILES + 1));

    let entry = house.entry("/Large");
    let ended = house.run(Job::Edit(Edit::Delete(vec![entry])));
    let told = |it: &Update| matches!(it, Update::Transfer(it) if it.files_total == FILES as u64 + 1);
    assert!(ended.updates.iter().any(told), "of how many");
    let deleted = edited(ended.outcome);
    assert_eq!((deleted.failed, house.tree()), (vec![], vec![]));
    assert_eq!(deleted.operation.map(|it| (it.items, it.can_reverse)), Some((1, true)));
}
