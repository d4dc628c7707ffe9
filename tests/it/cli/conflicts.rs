//! Names that are taken by other content: nothing is replaced that nobody has said may be replaced.

use super::support::Desk;
use serde_json::json;

/// A file on both sides with other content, one that is new, and one that is the same.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.house.put("/Trip/same.txt", "same");
    desk.house.put("/Trip/note.txt", "theirs");
    desk.write("Trip/same.txt", "same");
    desk.write("Trip/note.txt", "mine, longer");
    desk.write("Trip/new.txt", "new");
    desk
}

#[test]
fn without_a_word_nothing_is_sent() {
    let desk = desk();
    let before = desk.house.tree();
    let run = desk.run(&["put", "Trip", "/"]).ended(3);
    assert!(run.err.contains("/Trip/note.txt") && run.err.contains("--on-conflict"), "{run:?}");
    assert_eq!(desk.house.tree(), before);
    let told = desk.run(&["put", "--json", "Trip", "/"]).ended(3).json();
    assert_eq!(told["error"]["code"], "conflict");
    assert_eq!(told["error"]["path"], "/Trip/note.txt");
    // Nobody can be asked here.
    desk.run(&["put", "--on-conflict", "ask", "Trip", "/"]).ended(3);
    assert_eq!(desk.house.tree(), before);
}

#[test]
fn replacing_keeps_the_old_version() {
    let desk = desk();
    let told = desk.run(&["put", "--json", "--on-conflict", "replace", "Trip", "/"]).ok().json();
    assert_eq!((&told["files"], &told["skipped"]), (&json!(2), &json!(1)));
    assert_eq!(desk.house.read("/Trip/note.txt"), b"mine, longer");
    let uploaded = told["uploaded"].as_array().unwrap();
    let note = uploaded.iter().find(|it| it["path"] == "/Trip/note.txt").unwrap();
    let replaced = note["replaced"].as_str().unwrap();
    assert_eq!(desk.house.read(&format!("rev:{replaced}")), b"theirs");
}

#[test]
fn keeping_both_numbers_the_new_one_and_skipping_leaves_it() {
    let desk = desk();
    desk.run(&["put", "--on-conflict", "skip", "Trip", "/"]).ok();
    assert_eq!(desk.house.read("/Trip/note.txt"), b"theirs");
    assert_eq!(desk.house.read("/Trip/new.txt"), b"new");
    desk.run(&["put", "--on-conflict", "keep-both", "Trip", "/"]).ok();
    assert_eq!(desk.house.read("/Trip/note.txt"), b"theirs");
    assert_eq!(desk.house.read("/Trip/note (1).txt"), b"mine, longer");
}

#[test]
fn a_rehearsal_tells_what_would_become_of_each() {
    let desk = desk();
    let action = |how: &str| {
        let args = ["put", "-n", "--json", "--on-conflict", how, "Trip", "/"];
        let run = desk.run(&args);
        let told = run.json();
        let files = told["files"].as_array().unwrap();
        let of = |name: &str| {
            files.iter().find(|it| it["path"] == name).unwrap()["action"].as_str().unwrap().to_owned()
        };
        (of("/Trip/note.txt"), of("/Trip/same.txt"), run.code)
    };
    let same = "skip_identical".to_owned();
    assert_eq!(action("replace"), ("replace".to_owned(), same.clone(), Some(0)));
    assert_eq!(action("keep-both"), ("keep_both".to_owned(), same.clone(), Some(0)));
    assert_eq!(action("skip"), ("skip".to_owned(), same.clone(), Some(0)));
    assert_eq!(action("fail"), ("conflict".to_owned(), same, Some(3)));
    assert_eq!(desk.house.tree(), ["/Trip/", "/Trip/note.txt", "/Trip/same.txt"]);
}

#[test]
fn a_download_leaves_other_content_alone_unless_told_otherwise() {
    let desk = desk();
    desk.house.put("/Trip/more.txt", "more");
    let told = desk.run(&["get", "--json", "/Trip", "."]).ended(7).json();
    assert_eq!(told["failed"][0]["code"], "conflict");
    assert_eq!(desk.local("Trip/note.txt"), b"mine, longer");
    assert_eq!(desk.local("Trip/more.txt"), b"more");
    desk.run(&["get", "--on-conflict", "skip", "/Trip", "."]).ok();
    assert_eq!(desk.local("Trip/note.txt"), b"mine, longer");
    desk.run(&["get", "/Trip/note.txt", "Trip/note.txt"]).ended(3);
    assert_eq!(desk.local("Trip/note.txt"), b"mine, longer");
    desk.run(&["get", "--on-conflict", "keep-both", "/Trip/note.txt", "Trip/"]).ok();
    assert_eq!(desk.local("Trip/note.txt"), b"mine, longer");
    assert_eq!(desk.local("Trip/note (1).txt"), b"theirs");
    desk.run(&["get", "--on-conflict", "replace", "/Trip", "."]).ok();
    assert_eq!(desk.local("Trip/note.txt"), b"theirs");
}

#[test]
fn a_folder_never_takes_the_place_of_a_file() {
    let desk = Desk::new();
    desk.house.put("/Trip", "a file");
    desk.write("Trip/a.txt", "a");
    desk.run(&["put", "Trip/a.txt", "/Trip/"]).ended(3);
    desk.run(&["put", "Trip", "/Trip"]).ended(3);
    let run = desk.run(&["put", "Trip", "/"]);
    assert_ne!(run.code, Some(0), "{run:?}");
    assert_eq!(desk.house.read("/Trip"), b"a file");
    desk.write("file", "x");
    desk.house.put("/Folder/a.txt", "a");
    desk.run(&["get", "/Folder", "file"]).ended(3);
    assert_eq!(desk.local("file"), b"x");
}
