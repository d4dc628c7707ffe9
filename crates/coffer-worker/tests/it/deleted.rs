//! Deleted items: how they are listed, and what comes back when one is restored.

use coffer_model::message::{Edit, Job};
use coffer_model::{DeletedKind, Entry, EntryKind, Listing, Receipt, RemotePath};
use coffer_testing::house::{House, names};
use std::sync::Arc;

/// Follows steps such as `put /a.txt; rm /a.txt; mkdir /b; wait`. A wait is longer than it takes to delete a folder, and after an
/// hour something is another deletion.
fn follow(house: &mut House, steps: &str) {
    for step in steps.split("; ") {
        match step.split_once(' ').unwrap_or((step, "")) {
            ("put", path) => {
                house.put(path, path.to_owned());
            }
            ("rm", path) => {
                let entry = house.entry(path);
                house.run(Job::Edit(Edit::Delete(vec![entry]))).receipt();
            }
            ("mkdir", path) => {
                house.run(Job::Edit(Edit::CreateFolder { path: RemotePath::new(path) })).receipt();
            }
            ("wait", "") => house.clock.advance(5),
            ("hour", "") => house.clock.advance(3600),
            other => panic!("no such step: {other:?}"),
        }
    }
}

fn deleted(path: &str) -> Entry {
    Entry::new(RemotePath::new(path), EntryKind::Deleted(DeletedKind::Unknown))
}

fn marked(entry: &Entry) -> String {
    let slash = if entry.is_folder() { "/" } else { "" };
    format!("{}{slash}", entry.path)
}

/// After these steps, restoring `path` makes this tree of an empty account; and a plan has said so before.
#[track_caller]
fn check_restored(steps: &str, path: &str, expected: &[&str]) {
    for kind in ["as it is typed", "as it is listed"] {
        let mut house = House::new();
        follow(&mut house, steps);
        let entry = match kind {
            "as it is typed" => deleted(path),
            _ => list_deleted(&mut house).into_iter().find(|entry| entry.path.as_str() == path).unwrap(),
        };
        let planned = match house.run(Job::PlanUndelete(vec![entry.clone()])).receipt() {
            Receipt::UndeletePlanned(entries) => entries,
            other => panic!("a plan answers with a plan: {other:?}"),
        };
        assert_eq!(planned.iter().map(marked).collect::<Vec<_>>(), expected, "planned {kind}: {steps}");
        match house.run(Job::Edit(Edit::Undelete(vec![entry]))).receipt() {
            Receipt::Edited { failed, .. } => assert_eq!(failed, [], "{steps}"),
            other => panic!("an edit answers with an edit: {other:?}"),
        }
        let mut tree = house.tree();
        tree.retain(|there| there.starts_with(path));
        assert_eq!(tree, expected, "{kind}: {steps}");
    }
}

fn listing(house: &mut House) -> Arc<Listing> {
    let job = Job::ListDeleted { path: RemotePath::root(), details: true };
    house.run(job).listings().last().unwrap().clone()
}

/// The rows that are shown when all folders are folded.
fn list_deleted(house: &mut House) -> Vec<Entry> {
    let listing = listing(house);
    let rows = &listing.deleted.as_ref().unwrap().rows;
    let tops = listing.entries.iter().zip(rows).filter(|(_, row)| row.level == 0);
    tops.map(|(entry, _)| entry.clone()).collect()
}

/// The rows are these, the newest deletion first, folders with a slash.
#[track_caller]
fn check_listed(steps: &str, expected: &[&str]) {
    let mut house = House::new();
    follow(&mut house, steps);
    let rows: Vec<String> = list_deleted(&mut house)
        .iter()
        .map(|entry| match entry.kind {
            EntryKind::Deleted(DeletedKind::Folder) => format!("{}/", entry.path),
            EntryKind::Deleted(DeletedKind::File(_)) => entry.path.to_string(),
            _ => panic!("it is not known what {} was", entry.path),
        })
        .collect();
    assert_eq!(rows, expected, "{steps}");
}

#[test]
fn what_was_deleted_last_comes_back_be_it_a_file_or_a_folder() {
    for pause in ["; ", "; wait; "] {
        let check = |steps: &str, expected: &[&str]| {
            check_restored(&steps.replace("; ", pause), "/K/x", expected);
        };
        check("mkdir /K; put /K/x; rm /K/x", &["/K/x"]);
        check("mkdir /K; put /K/x/in.txt; rm /K/x", &["/K/x/", "/K/x/in.txt"]);
        check("mkdir /K; put /K/x; rm /K/x; put /K/x/in.txt; rm /K/x", &["/K/x/", "/K/x/in.txt"]);
        check("mkdir /K; put /K/x/in.txt; rm /K/x; put /K/x; rm /K/x", &["/K/x"]);
    }
}

#[test]
fn a_folder_comes_back_with_what_was_deleted_with_it_and_nothing_else() {
    let check = |steps: &str, expected: &[&str]| check_restored(steps, "/F", expected);
    check("put /F/old; put /F/keep; rm /F/old; wait; rm /F", &["/F/", "/F/keep"]);
    check(
        "put /F/old/a; put /F/old/b; put /F/in/keep; put /F/in/old; rm /F/old; rm /F/in/old; wait; rm /F",
        &["/F/", "/F/in/", "/F/in/keep"],
    );
    check(
        "put /F/a; mkdir /F/empty; mkdir /F/empty/in; wait; rm /F",
        &["/F/", "/F/a", "/F/empty/", "/F/empty/in/"],
    );
    check(
        "put /F/y/a; rm /F/y; wait; put /F/y; rm /F/y; wait; put /F/y/b; rm /F",
        &["/F/", "/F/y/", "/F/y/b"],
    );
    // A file of a folder that was deleted twice comes as it was the second time.
    check("put /F/a; put /F/b; rm /F; wait; put /F/b; rm /F", &["/F/", "/F/b"]);
}

#[test]
fn a_deleted_folder_is_one_row_beside_what_was_deleted_before_it() {
    check_listed("put /a.txt; rm /a.txt", &["/a.txt"]);
    check_listed("put /F/a; put /F/in/b; mkdir /F/empty; rm /F", &["/F/"]);
    check_listed("put /F/old; put /F/keep; rm /F/old; wait; rm /F", &["/F/", "/F/old"]);
    check_listed("put /F/old/a; put /F/keep; rm /F/old; wait; rm /F", &["/F/", "/F/old/"]);
    check_listed("put /F/a; put /F/in/b; rm /F/in; hour; rm /F/a", &["/F/a", "/F/in/"]);
    check_listed("put /x/a; rm /x; wait; put /x; rm /x", &["/x", "/x/a"]);
    check_listed("put /x; rm /x; wait; put /x/a; rm /x", &["/x/"]);
    check_listed("put /F/a; rm /F; hour; put /F!; rm /F!", &["/F!", "/F/"]);
}

#[test]
fn several_deleted_items_are_restored_at_once() {
    let mut house = House::new();
    follow(&mut house, "put /Trip/a.txt; put /Trip/deep/b.txt; put /single.txt; rm /Trip; rm /single.txt");
    let rows = list_deleted(&mut house);
    assert_eq!(rows.len(), 2);
    house.run(Job::Edit(Edit::Undelete(rows))).receipt();
    assert_eq!(house.tree(), ["/Trip/", "/Trip/a.txt", "/Trip/deep/", "/Trip/deep/b.txt", "/single.txt"]);
}

#[test]
fn where_nothing_was_deleted_nothing_is_made() {
    let mut house = House::new();
    follow(&mut house, "put /here.txt; put /gone/in.txt; rm /gone");
    for path in ["/never", "/here.txt", "/gone/never", "/never/never"] {
        let problem = house.run(Job::Edit(Edit::Undelete(vec![deleted(path)]))).problem();
        assert_eq!(problem.detail, "Nothing that was deleted has this name.", "{path}");
    }
    assert_eq!(house.tree(), ["/here.txt"]);
}

#[test]
fn a_large_deleted_folder_is_one_row_with_a_time() {
    let mut house = House::new();
    let seed = house.put("/seed", "x");
    let copies = (0..400).map(|number| (seed.clone(), RemotePath::new(&format!("/Large/{number}"))));
    house.run(Job::Edit(Edit::Copy(copies.collect()))).receipt();
    follow(&mut house, "put /before; rm /before; hour; rm /Large; hour; rm /seed");
    let rows = list_deleted(&mut house);
    assert_eq!(rows.iter().map(Entry::name).collect::<Vec<_>>(), ["seed", "Large", "before"]);
    assert_eq!(rows[1].kind, EntryKind::Deleted(DeletedKind::Folder));
    assert_eq!(listing(&mut house).entries.len(), 403);
}

#[test]
fn deleted_items_are_listed_with_the_newest_first() {
    let mut house = House::new();
    for name in ["a", "b", "c"] {
        follow(&mut house, &format!("put /{name}.txt; rm /{name}.txt; put /{name}.keep; hour"));
    }
    house.put("/b.txt", "made again");
    let job = Job::ListDeleted { path: RemotePath::root(), details: true };
    let listings = house.run(job).listings();
    assert_eq!(names(listings.last().unwrap()), ["c.txt", "a.txt"]);
    assert!(listings.last().unwrap().complete);
}
