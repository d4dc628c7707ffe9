//! The index of the account: filled by the session, kept up to date, asked by jobs, and right whatever happens.

use coffer_model::message::{Edit, Job, Update};
use coffer_model::{
    AccountChoice, ChangeKind, FoundItems, IndexPhase, IndexReport, IndexStatus, Receipt, Recovery,
    RemotePath, SearchSort, Sort,
};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, bulk, names, plan, transferred, upload};
use dropbox_protocol::files::{CREATE_FOLDER, CreateFolderArg, DELETE, DeleteArg, MOVE, RelocationArg};
use fastrand::Rng;
use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

fn verify(house: &mut House) -> IndexReport {
    match house.run(Job::UpdateIndex { rebuild: false, verify: true }).receipt() {
        Receipt::Indexed(report) => report,
        other => panic!("it is a report: {other:?}"),
    }
}

fn find(house: &mut House, query: &str) -> Arc<FoundItems> {
    let (query, below, sort) = (query.to_owned(), RemotePath::root(), SearchSort::Match);
    match house.run(Job::SearchIndex { query, below, sort, most: 100 }).receipt() {
        Receipt::Found(found) => found,
        other => panic!("it is an answer: {other:?}"),
    }
}

/// In the order of the alphabet.
fn found_paths(house: &mut House, query: &str) -> Vec<String> {
    let found = find(house, query);
    let mut paths: Vec<String> = found.entries.iter().map(|entry| entry.path.as_str().to_owned()).collect();
    paths.sort();
    paths
}

#[test]
fn the_session_fills_the_index_and_keeps_it_up_to_date() {
    let mut house = House::new();
    house.put("/Photos/2026/beach.jpg", "12345");
    house.put("/Photos/2026/forest.jpg", "123");
    house.put("/Work/tax.pdf", "1");
    let status = house.wait_for_files(3);
    assert_eq!((status.folders, status.bytes), (3, 9));
    assert_eq!(found_paths(&mut house, "forest"), ["/Photos/2026/forest.jpg"]);

    house.put("/Photos/2026/lake.jpg", "1234567");
    house.wait_for_files(4);
    house.delete("/Work");
    house.wait_for_files(3);
    assert_eq!(
        found_paths(&mut house, "kind:picture"),
        ["/Photos/2026/beach.jpg", "/Photos/2026/forest.jpg", "/Photos/2026/lake.jpg"]
    );
    assert_eq!(found_paths(&mut house, "tax"), [""; 0]);
    let report = verify(&mut house);
    assert_eq!((report.checked_folders, report.differences), (3, 0));
}

#[test]
fn folders_tell_what_is_below_them_also_after_a_change_far_below() {
    let mut house = House::new();
    house.put("/A/b/c/one.bin", "12345");
    house.put("/A/two.bin", "123");
    house.wait_for_files(2);
    let totals = |house: &mut House| {
        let listing = house.list("/");
        let totals = listing.entries[0].totals.clone().expect("the folder has totals");
        (totals.files, totals.folders, totals.bytes)
    };
    assert_eq!(totals(&mut house), (2, 2, 8));
    house.put("/A/b/c/more.bin", "1234567");
    let session = house.session;
    // The root is among the folders that have changed, because what is below its folder has. That is told at most once in some
    // seconds, so it may come before what the index says or after.
    let (mut is_root_told, mut is_counted) = (false, false);
    while !(is_root_told && is_counted) {
        house.wait_for(session, |update| match update {
            Update::Changed { folders: Some(folders) } => {
                is_root_told |= folders.contains(&RemotePath::root());
                Some(())
            }
            Update::Index(status) => {
                is_counted |= status.files == 3;
                Some(())
            }
            _ => None,
        });
    }
    assert_eq!(totals(&mut house), (3, 2, 15));
}

#[test]
fn what_was_listed_before_the_index_was_there_is_listed_again() {
    let mut house = House::closed(|_| {}, false);
    house.put("/A/one.bin", "12345");
    house.session = house.start(Job::Session(AccountChoice::Local));
    let session = house.session;
    house.wait_for(session, |update| matches!(update, Update::Changed { folders: None }).then_some(()));
    assert_eq!(house.list("/").entries[0].totals.as_ref().map(|totals| totals.bytes), Some(5));
}

#[test]
fn a_folder_that_was_never_opened_is_shown_and_searched_without_the_service() {
    let mut house = House::new();
    house.put("/Deep/er/file.txt", "x");
    house.put("/Deep/Other.txt", "xx");
    house.wait_for_files(2);
    let session = house.session;
    house.faults().add(Fault::new("*", FaultKind::Reset, u32::MAX));
    house.restart_worker();
    let ended = house.run(Job::List { path: RemotePath::new("/deep"), sort: Sort::default() });
    assert_eq!(names(&ended.listings()[0]), ["er", "Other.txt"]);
    assert_eq!(ended.listings()[0].entries[0].totals.as_ref().unwrap().files, 1);
    assert_eq!(ended.problem().recovery(), Recovery::Offline);
    assert_eq!(found_paths(&mut house, "fil"), ["/Deep/er/file.txt"]);
    let ended = house.run(Job::Search { query: "other".to_owned(), below: RemotePath::root(), sort: None });
    let listings = ended.listings();
    let last = listings.last().unwrap();
    assert_eq!((names(last), last.complete), (vec!["Other.txt"], true));
    assert_eq!(last.search.as_ref().map(|search| (search.count, search.bytes)), Some((1, 2)));
    ended.receipt();

    house.faults().clear();
    assert_ne!(session, house.session);
    house.put("/Deep/new.txt", "xyz");
    house.wait_for_files(3);
}

#[test]
fn a_search_adds_what_only_the_service_finds_behind_what_the_index_has() {
    let mut house = House::new();
    house.put("/tax 2025.pdf", "x");
    house.wait_for_files(1);
    // The index has not heard of it.
    house.faults().add(Fault::new("files/list_folder/*", FaultKind::Reset, u32::MAX));
    house.put("/Archive/tax 1999.pdf", "x");
    let ended = house.run(Job::Search { query: "tax".to_owned(), below: RemotePath::root(), sort: None });
    let last = ended.listings().pop().unwrap();
    assert_eq!(names(&last), ["tax 2025.pdf", "tax 1999.pdf"]);
    assert_eq!(last.search.as_ref().map(|search| (search.count, search.service_from)), Some((1, 1)));
}

#[test]
fn an_account_is_not_listed_over_a_metered_network_unless_a_command_asks_for_it() {
    let mut house = House::closed(|_| {}, false);
    house.desktop.is_metered.store(true, Ordering::Relaxed);
    house.put("/a/one.txt", "x");
    house.session = house.start(Job::Session(AccountChoice::Local));
    let session = house.session;
    let phase = house.wait_for(session, |update| match update {
        Update::Index(status) => Some(status.phase),
        _ => None,
    });
    assert_eq!(phase, IndexPhase::Metered);
    assert_eq!(verify(&mut house).status.files, 1);
    house.desktop.is_metered.store(false, Ordering::Relaxed);
    house.restart_worker();
    house.wait_for_files(1);
}

#[test]
fn a_fill_that_was_killed_goes_on_and_changes_meanwhile_are_not_missed() {
    let mut house = House::closed(|_| {}, false);
    for number in 0..40 {
        house.put(&format!("/folder {}/file {number}.txt", number % 20), "x");
    }
    // Some lists are read, the others fail.
    house.faults().add(Fault::percent(
        "files/list_folder",
        FaultKind::Status { status: 500, retry_after_secs: 0 },
        70.0,
    ));
    for start in 0..4 {
        house.restart_worker();
        let session = house.session;
        // Now and then all of it succeeds.
        house.wait_for(session, |update| match update {
            Update::Index(IndexStatus {
                phase: IndexPhase::Building { .. } | IndexPhase::Complete, ..
            }) => Some(()),
            _ => None,
        });
        house.put(&format!("/folder {start}/between {start}.txt"), "x");
        house.delete(&format!("/folder {}", start + 10));
    }
    house.faults().clear();
    house.restart_worker();
    house.wait_for_files(40 + 4 - 8);
    assert_eq!(verify(&mut house).differences, 0);
}

#[test]
fn a_cursor_that_is_too_old_costs_a_new_listing_and_nothing_else() {
    let mut house = House::with(|config| config.cursor_lifetime_secs = Some(3600), false);
    house.put("/a/one.txt", "x");
    house.put("/a/two.txt", "x");
    house.wait_for_files(2);
    house.worker = None;
    house.delete("/a/one.txt");
    house.put("/b/three.txt", "xx");
    house.put("/b/four.txt", "xx");
    house.clock.advance(7200);
    house.restart_worker();
    house.wait_for_files(3);
    assert_eq!(verify(&mut house).differences, 0);
    assert_eq!(found_paths(&mut house, "one"), [""; 0]);
}

#[test]
fn what_is_wrong_in_the_index_is_found_and_mended() {
    let mut house = House::new();
    house.put("/a/one.txt", "x");
    house.put("/a/two.txt", "x");
    house.put("/b/three.txt", "xx");
    house.wait_for_files(3);
    // What was changed before the index was there is in it by the feed; from here on that has nothing more to tell.
    assert_eq!(verify(&mut house).differences, 0);
    house.worker = None;
    let file = std::fs::read_dir(house.local("coffer/cache/index")).unwrap().find_map(|file| {
        let path = file.unwrap().path();
        (path.extension().is_some_and(|end| end == "sqlite")).then_some(path)
    });
    let connection = rusqlite::Connection::open(file.unwrap()).unwrap();
    connection.execute("DELETE FROM file WHERE key = 'one.txt'", []).unwrap();
    connection.execute("UPDATE file SET rev = '000' WHERE key = 'three.txt'", []).unwrap();
    drop(connection);
    house.restart_worker();
    assert_eq!(verify(&mut house).differences, 2);
    assert_eq!(verify(&mut house).differences, 0);
    assert_eq!(found_paths(&mut house, "one"), ["/a/one.txt"]);
}

#[test]
fn changes_are_remembered_and_equal_files_found() {
    let mut house = House::new();
    house.put("/a/one.txt", "same");
    house.wait_for_files(1);
    house.put("/b/copy.txt", "same");
    house.wait_for_files(2);
    let arg = RelocationArg::new("/b/copy.txt", "/b/moved.txt");
    house.runtime.block_on(house.client.rpc(&MOVE, &arg)).unwrap();
    house.put("/a/one.txt", "other");
    house.put("/c.txt", "same");
    house.wait_for_files(3);
    let Receipt::Changes(changes) = house
        .run(Job::ListChanges { below: RemotePath::root(), since: None, most: 100, most_of_a_kind: 100 })
        .receipt()
    else {
        panic!("changes are listed");
    };
    let told: Vec<(ChangeKind, &str)> =
        changes.iter().map(|change| (change.kind, change.path.as_str())).collect();
    assert!(told.contains(&(ChangeKind::Edited, "/a/one.txt")), "{told:?}");
    assert!(told.contains(&(ChangeKind::Added, "/b/copy.txt")), "{told:?}");
    let Receipt::Duplicates(groups) = house.run(Job::FindDuplicates { below: RemotePath::root() }).receipt()
    else {
        panic!("equal files are listed");
    };
    let mut paths: Vec<&str> = groups[0].files.iter().map(|file| file.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!((groups.len(), paths), (1, vec!["/b/moved.txt", "/c.txt"]));
}

#[test]
fn a_large_file_that_the_account_has_in_a_folder_that_nobody_opened_is_not_sent_again() {
    let mut house = House::new();
    let content = bulk(1, 5);
    house.put("/Deep/er/film.mp4", content.clone());
    house.put("/Deep/er/other.mp4", bulk(1, 6));
    house.wait_for_files(2);
    let local = house.local("copy of film.mp4");
    std::fs::write(&local, &content).unwrap();
    house.server.request_counts().clear();
    let plan = plan(&mut house, vec![local], "/New");
    let (report, _) = transferred(house.run(Job::Upload { plan }).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.read("/New/copy of film.mp4"), content);
    let sent: u64 = house
        .server
        .request_counts()
        .routes()
        .iter()
        .filter(|(route, _)| route.starts_with("files/upload"))
        .map(|(_, calls)| calls.body_bytes)
        .sum();
    assert_eq!(sent, 0, "it was copied within the account");
}

/// Two programs change the account: this one by its jobs, the other by calls. Replies are lost, pages fail, the program is
/// killed, cursors expire. In the end the index is what the account is.
#[test]
fn after_random_edits_by_two_programs_with_faults_and_kills_the_index_is_right() {
    let mut rng = Rng::with_seed(7);
    let mut house = House::with(|config| config.cursor_lifetime_secs = Some(3600), false);
    for round in 0..6 {
        house.faults().add(Fault::percent("files/list_folder*", FaultKind::LostReply, 10.0));
        house.faults().add(Fault::percent("files/list_folder/continue", FaultKind::Cut, 10.0));
        for _ in 0..25 {
            change_by_another_program(&house, &mut rng);
            if rng.usize(0..4) == 0 {
                let path = RemotePath::new(&random_path(&mut rng, 2));
                // It may be there already.
                house.run(Job::Edit(Edit::CreateFolder { path }));
            }
        }
        match round % 3 {
            0 => house.restart_worker_with(AccountChoice::Local),
            1 => house.clock.advance(7200),
            _ => {}
        }
        house.faults().clear();
        assert_eq!(verify(&mut house).differences, 0, "round {round}");
        let totals = house
            .list("/")
            .entries
            .iter()
            .filter_map(|entry| entry.totals.clone())
            .map(|totals| totals.files)
            .sum::<u64>();
        let files = house.every_path().iter().filter(|path| !path.ends_with('/')).count() as u64;
        let files_in_root =
            house.list("/").entries.iter().filter(|entry| entry.file().is_some()).count() as u64;
        assert_eq!(totals + files_in_root, files, "round {round}");
    }
}

fn random_path(rng: &mut Rng, depth: usize) -> String {
    let mut path = String::new();
    for _ in 0..=rng.usize(0..depth) {
        path.push('/');
        path.push_str(["a", "B", "ccc", "É", "d d"][rng.usize(0..5)]);
    }
    path
}

fn change_by_another_program(house: &House, rng: &mut Rng) {
    let (path, other) = (random_path(rng, 4), random_path(rng, 4));
    // What is refused (a file in the way, nothing there) changes nothing.
    match rng.usize(0..10) {
        0..5 => {
            if !house.exists(&path) {
                let _ =
                    house.runtime.block_on(house.client.rpc(&CREATE_FOLDER, &CreateFolderArg::new(&path)));
            }
            let file = format!("{path}/file {}.txt", rng.u8(0..5));
            if house.exists(&path) && !house.exists(&file) {
                house.put(&file, vec![b'x'; rng.usize(0..50)]);
            }
        }
        5..7 => {
            let _ = house.runtime.block_on(house.client.rpc(&DELETE, &DeleteArg::new(&path)));
        }
        _ => {
            let _ = house.runtime.block_on(house.client.rpc(&MOVE, &RelocationArg::new(&path, &other)));
        }
    }
}

#[test]
fn the_window_hears_of_changes_that_a_job_has_taken_into_the_index_first() {
    let mut house = House::new();
    house.wait_for_files(0);
    let mut untold: HashSet<RemotePath> = HashSet::new();
    for round in 0..150 {
        let folder = format!("/folder {round}");
        house.put(&format!("{folder}/file.txt"), "new");
        // Sometimes it is sooner than the session, sometimes not.
        house.run(Job::UpdateIndex { rebuild: false, verify: false }).receipt();
        untold.insert(RemotePath::new(&folder));
    }
    let untold = RefCell::new(untold);
    house.wait_for(house.session, |update| {
        if let Update::Changed { folders: Some(folders) } = update {
            untold.borrow_mut().retain(|folder| !folders.contains(folder));
        }
        untold.borrow().is_empty().then_some(())
    });
}

#[test]
fn a_long_folder_that_the_index_knows_is_not_listed_again_until_it_has_changed() {
    let mut house = House::new();
    let local = house.local("Long");
    std::fs::create_dir(&local).unwrap();
    for number in 0..2_100 {
        std::fs::write(local.join(format!("{number}.txt")), number.to_string()).unwrap();
    }
    let plan = plan(&mut house, vec![local], "/");
    upload(&mut house, plan, &[]);
    house.wait_for_files(2_100);
    house.restart_worker();
    house.wait_for_files(2_100);

    let counts = house.server.request_counts();
    counts.clear();
    assert_eq!(house.list("/Long").entries.len(), 2_100);
    let listed = |house: &House| house.server.request_counts().routes().contains_key("files/list_folder");
    assert!(!listed(&house), "what the index knows is enough");
    // Another program adds a file; whether the index has heard of it already makes no difference.
    house.put("/Long/one more.txt", "more");
    assert_eq!(house.list("/Long").entries.len(), 2_101);
    assert!(listed(&house));
}

#[test]
fn a_path_that_is_typed_offline_is_found_in_the_index() {
    let mut house = House::new();
    let file = house.put("/Photos/Planets/Moon.gif", "x");
    house.wait_for_files(1);
    house.faults().add(Fault::new("files/get_metadata", FaultKind::Reset, u32::MAX));
    let locate = |path: &str| Job::Locate { path: RemotePath::new(path) };
    match house.run(locate("/photos/planets")).receipt() {
        Receipt::Located(folder) => assert!(folder.is_folder() && folder.name() == "Planets"),
        other => panic!("{other:?}"),
    }
    assert_eq!(house.run(locate("/Photos/Planets/Moon.gif")).receipt(), Receipt::Located(file));
    assert!(house.run(locate("/Photos/gone")).problem().kind.is_away());
}
