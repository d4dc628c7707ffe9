//! What was deleted together is listed together, and what was found out about it is known from then on.

use coffer_model::message::{Edit, Job};
use coffer_model::{DeletedSummary, DeletionTime, Entry, Listing, Receipt, Recovery, RemotePath, UndoStep};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, names};
use std::collections::HashSet;
use std::sync::Arc;

fn list(house: &mut House) -> Arc<Listing> {
    let job = Job::ListDeleted { path: RemotePath::root(), details: true };
    Arc::clone(house.run(job).listings().last().unwrap())
}

fn delete(house: &mut House, paths: &[&str]) {
    let entries = paths.iter().map(|path| house.entry(path)).collect();
    house.run(Job::Edit(Edit::Delete(entries))).receipt();
}

fn catch_up(house: &mut House) {
    house.run(Job::UpdateIndex { rebuild: false, verify: false }).receipt();
}

fn summary(listing: &Listing) -> &DeletedSummary {
    listing.deleted.as_ref().unwrap()
}

/// Each deletion with its rows, indented as they are in folders.
fn deletions(listing: &Listing) -> Vec<String> {
    let deleted = summary(listing);
    let words = |(number, deletion): (usize, &coffer_model::Deletion)| {
        let rows = deleted.rows_of(number).map(|row| {
            format!("{}{}", ">".repeat(deleted.rows[row].level.into()), listing.entries[row].name())
        });
        let time = match deletion.time {
            DeletionTime::At(_) => "at",
            DeletionTime::Before(_) => "before",
            DeletionTime::Unknown => "unknown",
        };
        let bytes = deletion.bytes.map_or("?".to_owned(), |bytes| bytes.to_string());
        format!("{time} in {}: {} ({bytes})", deletion.folder, rows.collect::<Vec<_>>().join(" "))
    };
    deleted.deletions.iter().enumerate().map(words).collect()
}

/// A folder with two files and a folder, two pictures of another folder, and single files.
fn with_deletions() -> House {
    let mut house = House::new();
    for (path, content) in [
        ("/Trip/a.txt", "12345"),
        ("/Trip/deep/b.txt", "1"),
        ("/Photos/2026/one.jpg", "12"),
        ("/Photos/2025/two.jpg", "123"),
        ("/here.txt", "1"),
        ("/Work/c.txt", "1"),
        ("/keep.txt", "1"),
    ] {
        house.put(path, content);
    }
    catch_up(&mut house);
    delete(&mut house, &["/Trip"]);
    house.clock.advance(3600);
    delete(&mut house, &["/Photos/2026/one.jpg"]);
    house.clock.advance(40);
    delete(&mut house, &["/Photos/2025/two.jpg"]);
    house.clock.advance(3600);
    delete(&mut house, &["/here.txt", "/Work/c.txt"]);
    house
}

#[test]
fn what_was_deleted_within_a_minute_of_one_folder_is_one_deletion() {
    let mut house = with_deletions();
    let listing = list(&mut house);
    assert_eq!(
        deletions(&listing),
        [
            "at in /: here.txt (1)",
            "at in /Work: c.txt (1)",
            "at in /Photos: one.jpg two.jpg (5)",
            "at in /: Trip >deep >>b.txt >a.txt (6)",
        ]
    );
    assert_eq!(summary(&listing).pending, 0);
    let trip = listing.entry_of(&RemotePath::new("/Trip")).unwrap();
    let totals = trip.totals.as_ref().unwrap();
    assert_eq!((totals.files, totals.folders, totals.bytes), (2, 1, 6));
    let picture = listing.entry_of(&RemotePath::new("/Photos/2026/one.jpg")).unwrap();
    assert!(picture.last_version().is_some_and(|file| file.content_hash.is_some()));
}

#[test]
fn what_the_service_has_told_of_deleted_items_is_not_asked_again() {
    let mut house = with_deletions();
    catch_up(&mut house);
    house.clock.advance(10);
    let first = list(&mut house);
    house.server.request_counts().clear();
    let again = list(&mut house);
    assert_eq!(first, again);
    let calls = |route: &str| house.server.request_counts().calls(route).count;
    assert_eq!((calls("files/list_revisions"), calls("files/list_folder")), (0, 1));
}

#[test]
fn without_a_connection_what_is_known_is_listed() {
    let mut house = with_deletions();
    catch_up(&mut house);
    house.clock.advance(10);
    let before = list(&mut house);
    delete(&mut house, &["/keep.txt"]);
    house.put("/here.txt", "made again");
    catch_up(&mut house);
    house.faults().add(Fault::new("files/*", FaultKind::Reset, 1000));
    let ended = house.run(Job::ListDeleted { path: RemotePath::root(), details: true });
    let known = Arc::clone(ended.listings().last().unwrap());
    assert_eq!(ended.problem().recovery(), Recovery::Offline);
    assert_eq!(deletions(&known)[0], "at in /: keep.txt (1)", "the log has told of it");
    assert_eq!(deletions(&known)[1..], deletions(&before)[1..]);
}

#[test]
fn the_log_knows_when_something_was_deleted_where_the_service_does_not_answer() {
    let mut house = with_deletions();
    catch_up(&mut house);
    house.faults().add(Fault::new("files/list_revisions", FaultKind::Reset, 1000));
    let listing = list(&mut house);
    let times: Vec<_> = summary(&listing).deletions.iter().map(|deletion| deletion.time).collect();
    assert!(!times.contains(&DeletionTime::Unknown), "{times:?}");
    let trip = listing.entry_of(&RemotePath::new("/Trip")).unwrap();
    assert_eq!(trip.size_bytes(), Some(6));
    let file = listing.entry_of(&RemotePath::new("/here.txt")).unwrap();
    assert_eq!((file.size_bytes(), file.last_version()), (Some(1), None));
}

#[test]
fn contents_are_shown_where_a_folder_is_unfolded_and_a_query_finds_them_all_the_same() {
    let mut house = with_deletions();
    let rows = list(&mut house);
    let mut shown = |query: &str, unfolded: &[&str]| {
        let unfolded: HashSet<RemotePath> = unfolded.iter().map(|path| RemotePath::new(path)).collect();
        let job = Job::FilterRows {
            rows: Arc::clone(&rows),
            query: query.to_owned(),
            unfolded: Arc::new(unfolded),
            inside: Arc::default(),
        };
        match house.run(job).receipt() {
            Receipt::Listed(listing) => listing,
            other => panic!("rows are listed: {other:?}"),
        }
    };
    let folded = shown("", &[]);
    assert_eq!(names(&folded), ["here.txt", "c.txt", "one.jpg", "two.jpg", "Trip"]);
    assert_eq!(summary(&folded).rows_of(2), 2..4);
    assert_eq!(summary(&folded).rows[4].contents, 3);
    assert_eq!(names(&shown("", &["/Trip"]))[4..], ["Trip", "deep", "a.txt"]);
    assert_eq!(names(&shown("", &["/Trip", "/Trip/deep"]))[4..], ["Trip", "deep", "b.txt", "a.txt"]);
    let found = shown("txt", &[]);
    assert_eq!(
        deletions(&found),
        ["at in /: here.txt (1)", "at in /Work: c.txt (1)", "at in /: b.txt a.txt (6)"]
    );
}

#[test]
fn a_whole_deletion_is_restored_at_once_and_undone_at_once() {
    let mut house = with_deletions();
    let listing = list(&mut house);
    let of_photos = summary(&listing).rows_of(2);
    let mut entries: Vec<Entry> = listing.entries[of_photos].to_vec();
    entries.extend(listing.entry_of(&RemotePath::new("/Trip")).cloned());
    let receipt = house.run(Job::Edit(Edit::Undelete(entries))).receipt();
    let Receipt::Edited { failed, operation: Some(operation), .. } = receipt else {
        panic!("it is an operation: {receipt:?}")
    };
    assert_eq!(failed, []);
    assert_eq!((operation.items, operation.next_step()), (3, UndoStep::Undo));
    for path in ["/Photos/2026/one.jpg", "/Photos/2025/two.jpg", "/Trip/deep/b.txt", "/Trip/a.txt"] {
        assert!(house.exists(path), "{path}");
    }
    house.reverse(&operation);
    assert!(!house.exists("/Photos/2026/one.jpg") && !house.exists("/Trip"));
}
