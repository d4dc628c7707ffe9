//! A service that never comes to an end: of a list, of an archive. The job does.

use super::downloads::{assert_tree, downloads, many_files, order, report};
use super::proxy::{Endless, Proxy, Twist};
use coffer_model::message::{Job, Outcome};
use coffer_model::{OnExisting, RemotePath, Sort};
use coffer_testing::house::House;
use std::fs;

const PAGE: &str = r#"{"entries": [], "cursor": "here", "has_more": true}"#;
const RESET: &str = r#"{"error_summary": "reset/.", "error": {".tag": "reset"}}"#;

/// Each way to list something, with a service that answers each question for the next page so.
fn with_next_page(status: u16, body: &'static str) {
    let mut house = House::new();
    house.put("/Trip/a.txt", "x");
    let trip = house.entry("/Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    proxy.twist(move |call| match call.route.as_str() {
        "files/list_folder" => Twist::Answer(200, PAGE.into()),
        "files/list_folder/continue" => Twist::Answer(status, body.into()),
        _ => Twist::Pass,
    });
    let (path, sort) = (RemotePath::new("/Trip"), Sort::default());
    for job in [
        Job::List { path: path.clone(), sort },
        Job::ListTree { path: path.clone(), sort },
        Job::ListDeleted { path, details: true },
    ] {
        let ended = house.run(job.clone());
        assert!(matches!(ended.outcome, Outcome::Failed(_)), "{job:?}: {:?}", ended.outcome);
    }
    let ended = house.run(order(&[trip], &folder, OnExisting::Number));
    assert!(!matches!(ended.outcome, Outcome::Cancelled));
    assert_eq!(fs::read_dir(folder.join("Trip")).map_or(0, Iterator::count), 0);
    let asked = proxy.calls("files/list_folder/continue").len();
    assert!(asked < 60, "asked {asked} times");
}

#[test]
fn a_list_that_neither_goes_on_nor_ends_fails() {
    with_next_page(200, PAGE);
}

#[test]
fn a_list_that_always_starts_again_fails() {
    with_next_page(409, RESET);
}

#[test]
fn a_search_that_finds_nothing_for_ever_ends_with_what_was_found() {
    let mut house = House::new();
    house.put("/note.txt", "x");
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "files/search_v2" | "files/search/continue_v2" => {
            Twist::Answer(200, r#"{"matches": [], "cursor": "here", "has_more": true}"#.into())
        }
        _ => Twist::Pass,
    });
    let job = Job::Search { query: "note".into(), below: RemotePath::root(), sort: None };
    assert!(matches!(house.run(job).outcome, Outcome::Done(_)));
    assert!(proxy.calls("files/search/continue_v2").len() < 30);
}

/// The archive without its directory, and an entry that nobody wants.
fn without_end(mut archive: Vec<u8>) -> Endless {
    let directory = archive.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    archive.truncate(directory);
    let mut entry = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    let (name, content) = (b"Trip/nobody asked.txt", vec![7; 60_000]);
    for size in [content.len(), content.len()] {
        entry.extend((size as u32).to_le_bytes());
    }
    entry.extend((name.len() as u16).to_le_bytes());
    entry.extend([0, 0]);
    entry.extend(name);
    entry.extend(content);
    Endless { first: archive, then: entry }
}

#[test]
fn an_archive_that_goes_on_behind_all_that_is_wanted_is_left() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "files/download_zip" => Twist::ThenForever(without_end),
        _ => Twist::Pass,
    });
    let told = report(house.run(order(&[house.entry("/Trip")], &folder, OnExisting::Number)));
    assert_eq!((told.files, told.failed.len()), (30, 0));
    assert_tree(&folder, &expected);
}
