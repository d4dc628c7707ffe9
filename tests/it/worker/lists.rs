//! Listing folders and other places.

use super::support::{House, names};
use coffer::model::message::{Job, Update};
use coffer::model::{Receipt, Recovery, RemotePath, Sort, SortColumn};
use coffer::server::faults::{Fault, FaultKind};
use std::sync::Arc;

#[test]
fn a_folder_is_listed_in_order_and_is_known_at_once_the_second_time() {
    let mut house = House::new();
    house.put("/b10.txt", "x");
    house.put("/b9.txt", "xx");
    house.put("/Folder/inside.txt", "x");
    assert_eq!(names(&house.list("/")), ["Folder", "b9.txt", "b10.txt"]);

    house.put("/a.txt", "new");
    let again = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() });
    let listings = again.listings();
    assert_eq!(names(&listings[0]), ["Folder", "b9.txt", "b10.txt"], "what is known comes first");
    assert_eq!(names(&listings[1]), ["Folder", "a.txt", "b9.txt", "b10.txt"]);
    assert_eq!(listings.len(), 2);

    let unchanged = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() });
    assert_eq!(unchanged.listings().len(), 1, "no news, no second listing");
    assert!(Arc::ptr_eq(&unchanged.listings()[0], &listings[1]));
}

#[test]
fn another_order_comes_from_memory_even_when_the_service_is_gone() {
    let mut house = House::new();
    house.put("/small.txt", "x");
    house.put("/large.txt", "xxxxxx");
    house.list("/");
    house.faults().add(Fault::new("files/*", FaultKind::Reset, 1000));
    let sort = Sort { column: SortColumn::Size, descending: true };
    let ended = house.run(Job::List { path: RemotePath::root(), sort });
    assert_eq!(names(&ended.listings()[0]), ["large.txt", "small.txt"]);
    assert_eq!(ended.problem().recovery, Recovery::Offline);
}

#[test]
fn a_folder_that_is_not_there_is_told_in_plain_words() {
    let mut house = House::new();
    let problem = house.run(Job::List { path: RemotePath::new("/Nowhere"), sort: Sort::default() }).problem();
    assert_eq!(problem.title, "“Nowhere” could not be listed");
    assert_eq!(problem.detail, "It is no longer there.");
    assert_eq!(problem.recovery, Recovery::Refresh);
    assert!(problem.request_id.is_some());
}

#[test]
fn a_typed_path_is_found_whatever_its_case() {
    let mut house = House::new();
    house.put("/Folder/File.txt", "x");
    let Receipt::Located(entry) =
        house.run(Job::Locate { path: RemotePath::new("folder/file.TXT") }).receipt()
    else {
        panic!("it is located");
    };
    assert_eq!(entry.name(), "File.txt");
    let Receipt::Located(root) = house.run(Job::Locate { path: RemotePath::root() }).receipt() else {
        panic!("the root is always there");
    };
    assert!(root.is_folder());
}

#[test]
fn revisions_come_newest_first() {
    let mut house = House::new();
    let first = house.put("/a.txt", "one");
    let second = house.put("/a.txt", "two");
    let ended = house.run(Job::Revisions { path: RemotePath::new("/a.txt") });
    let Some(Update::Revisions { revisions, complete: true }) = ended.updates.last() else {
        panic!("revisions are told");
    };
    let revs: Vec<_> = revisions.iter().map(|entry| entry.file().unwrap().rev.clone()).collect();
    assert_eq!(revs, [second.file().unwrap().rev.clone(), first.file().unwrap().rev.clone()]);
}
