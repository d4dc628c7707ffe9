//! Names that are taken by other content: nothing is replaced that nobody has said may be replaced.

use super::support::Desk;
use serde_json::json;
use std::collections::BTreeMap;

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
    let told = desk.run(&["put", "--on-conflict", "keep-both", "Trip", "/"]);
    assert!(told.ok().out.contains("/Trip/note (1).txt"), "where it is now is said");
    assert_eq!(desk.house.read("/Trip/note.txt"), b"theirs");
    assert_eq!(desk.house.read("/Trip/note (1).txt"), b"mine, longer");
}

#[test]
fn a_dry_run_tells_what_would_become_of_each() {
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

/// What a dry run of a download says of each file, by its path in the account: what would be done, and where.
fn dry_run(desk: &Desk, args: &[&str], code: i32) -> BTreeMap<String, (String, String)> {
    let told = desk.run(&[&["get", "-n", "--json"], args].concat()).ended(code).json();
    let here = format!("{}/", desk.folder().display());
    let files = told["files"].as_array().unwrap().iter().map(|file| {
        let text = |field: &str| file[field].as_str().unwrap().to_owned();
        (text("path"), (text("action"), text("local_path").replace(&here, "")))
    });
    files.collect()
}

#[test]
fn a_dry_run_of_a_download_compares_with_what_is_here() {
    let desk = desk();
    desk.house.put("/Trip/deep/more.txt", "more");
    let before = desk.local_files("Trip");
    let expected = |note: &str| {
        let files = [("note.txt", note), ("same.txt", "skip_identical"), ("deep/more.txt", "download")];
        files
            .map(|(name, action)| (format!("/Trip/{name}"), (action.to_owned(), format!("Trip/{name}"))))
            .into()
    };
    for (how, note, code) in [("fail", "conflict", 7), ("skip", "skip", 0), ("replace", "replace", 0)] {
        let args = ["--on-conflict", how, "/Trip", "."];
        assert_eq!(dry_run(&desk, &args, code), expected(note), "{how}");
        assert!(desk.local_files("Trip") == before, "{how}");
    }
    let told = desk.run(&["get", "-n", "--json", "/Trip", "."]).ended(7).json();
    assert_eq!(told["failed"][0]["code"], "conflict");
    assert_eq!(told["folders"], json!([desk.house.local("Trip/deep").to_str().unwrap()]));
    assert_eq!(told["bytes"], 4);
    let text = desk.run(&["get", "-n", "/Trip", "."]).ended(7);
    assert!(text.out.contains("would download /Trip/deep/more.txt"), "{text:?}");
    assert!(text.err.contains("note.txt"), "{text:?}");
    assert!(!desk.house.local("Trip/deep").exists());
    // What it says is what then happens.
    let real = desk.run(&["get", "--json", "/Trip", "."]).ended(7).json();
    assert_eq!((&real["files"], &real["skipped"]), (&json!(1), &json!(1)));
    assert_eq!(real["failed"], told["failed"]);
}

#[test]
fn a_dry_run_of_a_download_tells_numbers_and_other_names() {
    let desk = desk();
    desk.house.put("/Other/note.txt", "another");
    let long = format!("{}.txt", "ö".repeat(200));
    desk.house.put(&format!("/Trip/{long}"), "long");
    let both = ["--on-conflict", "keep-both", "/Trip/note.txt", "Trip/note.txt"];
    let found = dry_run(&desk, &both, 0);
    assert_eq!(found["/Trip/note.txt"], ("keep_both".to_owned(), "Trip/note (1).txt".to_owned()));
    let folder = dry_run(&desk, &["--on-conflict", "keep-both", "/Trip", "."], 0);
    assert_eq!(folder["/Trip/same.txt"], ("download".to_owned(), "Trip (1)/same.txt".to_owned()));
    let two = dry_run(&desk, &["/Trip/note.txt", "/Other/note.txt", "new"], 0);
    assert_eq!(two["/Other/note.txt"].1, "new/note (1).txt");
    let told = desk.run(&["get", "-n", "--json", "/Trip", "new"]).ok().json();
    assert_eq!(told["renamed"].as_array().unwrap().len(), 1);
    assert_eq!(told["renamed"][0]["path"], format!("/Trip/{long}"));
    let exact = desk.run(&["get", "-n", "--json", "-T", "/Trip", "Journey"]).ok().json();
    assert_eq!(exact["renamed"].as_array().unwrap().len(), 1, "the chosen name is no news");
    assert!(!desk.house.local("new").exists() && !desk.house.local("Journey").exists());
    desk.run(&["get", "-n", "--json", "/gone", "/Trip", "new"]).ended(7);
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
