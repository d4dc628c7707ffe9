//! Names that differ only by case, or by how their letters are composed: one name to the account, two to most disks.

use super::support::Desk;
use serde_json::json;
use std::fs;

/// "é" in one character, and in two.
const COMPOSED: &str = "caf\u{e9}.txt";
const DECOMPOSED: &str = "cafe\u{301}.txt";

#[test]
fn of_names_that_are_one_to_the_account_the_first_goes_and_the_others_are_told() {
    let desk = Desk::new();
    let file = |folder: &str, name: &str| {
        desk.write(&format!("{folder}/{name}"), name);
        format!("{folder}/{}", name.split('/').next().unwrap())
    };
    // From folders of their own, since they are one to some disks too.
    let one = ["Photo.jpg", COMPOSED, "Dir/a.txt", "fine.txt"].map(|name| file("one", name));
    let two = ["photo.JPG", DECOMPOSED, "dir/b.txt"].map(|name| file("two", name));
    let put = ["put", "--json"].into_iter().map(str::to_owned);
    let put: Vec<String> = put.chain(one).chain(two.clone()).chain(["/Trip/".to_owned()]).collect();
    let told = desk.run(&put).ended(7).json();
    let failed = told["failed"].as_array().unwrap();
    assert_eq!(told["files"], 4);
    assert!(
        failed.iter().all(|it| it["detail"].as_str().unwrap().contains("as the same name")),
        "{failed:?}"
    );
    let refused: Vec<&str> = failed.iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert_eq!(refused.len(), two.len());
    assert!(refused.iter().zip(&two).all(|(path, name)| path.ends_with(name)), "{refused:?}");
    assert_eq!(desk.house.read("/Trip/photo.jpg"), b"Photo.jpg");
    assert_eq!(desk.remote_files("/Trip").len(), 4);
    // Again: nothing is sent, nothing is numbered, and the same names are told.
    let again = desk.run(&put).ended(7).json();
    assert_eq!(
        (&again["files"], &again["skipped"], &again["failed"]),
        (&json!(0), &json!(4), &told["failed"])
    );
}

#[test]
fn a_file_that_is_spelt_otherwise_there_is_the_same_file() {
    for (theirs, mine) in [("Photo.jpg", "PHOTO.JPG"), (COMPOSED, DECOMPOSED), ("\u{c9}.txt", "e\u{301}.TXT")]
    {
        let desk = Desk::new();
        desk.house.put(&format!("/Trip/{theirs}"), "same");
        desk.write(mine, "same");
        let told = desk.run(&["put", "--json", mine, "/trip/"]).ok().json();
        assert_eq!((&told["files"], &told["skipped"]), (&json!(0), &json!(1)), "{mine}");
        desk.write(mine, "other");
        desk.run(&["put", mine, "/trip/"]).ended(3);
        desk.run(&["put", "--on-conflict", "replace", mine, "/TRIP/"]).ok();
        let files = desk.remote_files("/Trip");
        assert_eq!(files.values().collect::<Vec<_>>(), [b"other"], "{mine}");
        desk.run(&["put", "--on-conflict", "keep-both", mine, "/Trip"]).ok();
        assert_eq!(desk.remote_files("/Trip").len(), 1, "the same content is never sent twice");
    }
}

#[test]
fn a_tree_that_is_spelt_otherwise_there_is_filled_and_not_doubled() {
    let desk = Desk::new();
    for number in 0..12 {
        desk.house.put(&format!("/TRIP/Caf\u{e9}/{number}.txt"), format!("{number}"));
        desk.write(&format!("Trip/cafe\u{301}/{number}.TXT"), format!("{number}"));
    }
    desk.write("Trip/cafe\u{301}/new.txt", "new");
    let told = desk.run(&["put", "--json", "Trip", "/"]).ok().json();
    assert_eq!((&told["files"], &told["skipped"]), (&json!(1), &json!(12)));
    let folders: Vec<String> =
        desk.house.every_path().into_iter().filter(|path| path.ends_with('/')).collect();
    assert_eq!(folders, ["/TRIP/", "/TRIP/Caf\u{e9}/"]);
}

/// Whether a folder tells upper from lower case, and how letters are composed: what most disks do.
fn tells_apart(desk: &Desk) -> bool {
    desk.write("probe/a", "");
    desk.write("probe/A", "");
    desk.write(&format!("probe/{COMPOSED}"), "");
    desk.write(&format!("probe/{DECOMPOSED}"), "");
    fs::read_dir(desk.house.local("probe")).unwrap().count() == 4
}

#[test]
fn what_is_two_to_the_disk_stays_two_on_the_way_down() {
    let desk = Desk::new();
    desk.house.put("/one/Photo.jpg", "one");
    desk.house.put("/two/PHOTO.JPG", "two");
    desk.house.put(&format!("/one/{COMPOSED}"), "composed");
    desk.write(&format!("in/{DECOMPOSED}"), "mine");
    let args = ["get", "--json", "/one/Photo.jpg", "/two/PHOTO.JPG", &format!("/one/{COMPOSED}"), "in"];
    let apart = tells_apart(&desk);
    let run = desk.run(&args);
    let told = run.json();
    let found = desk.local_files("in");
    if apart {
        assert_eq!((run.code, &told["files"]), (Some(0), &json!(3)), "{told}");
        let expected =
            [("PHOTO.JPG", "two"), ("Photo.jpg", "one"), (DECOMPOSED, "mine"), (COMPOSED, "composed")];
        assert_eq!(found.len(), 4);
        for (name, content) in expected {
            assert_eq!(found[name], content.as_bytes(), "{name}");
        }
    } else {
        // The second photo gets a number, and what is here already is left alone.
        assert_eq!((run.code, &told["files"]), (Some(7), &json!(2)), "{told}");
        assert!(found.values().any(|bytes| bytes == b"mine") && found.values().any(|bytes| bytes == b"two"));
    }
    // Nothing changes when it is run again.
    desk.run(&args);
    assert!(desk.local_files("in") == found);
}

#[test]
fn a_folder_that_was_put_with_decomposed_names_comes_back_and_is_the_same() {
    let desk = Desk::new();
    for number in 0..12 {
        desk.write(&format!("Trip/cafe\u{301} {number}.txt"), format!("{number}"));
    }
    desk.run(&["put", "Trip", "/"]).ok();
    desk.run(&["get", "/Trip", "back"]).ok();
    let back = desk.local_files("back/Trip");
    assert_eq!(back.len(), 12);
    assert_eq!(back["caf\u{e9} 7.txt"], b"7", "the account composes");
    desk.write("back/Trip/new.txt", "new");
    let told = desk.run(&["put", "--json", "-T", "back/Trip", "/Trip"]).ok().json();
    assert_eq!((&told["files"], &told["skipped"]), (&json!(1), &json!(12)));
}

/// A folder that no disk takes under its own name, and files in it that are more than few, so that they come in an
/// archive, and one that comes by itself.
fn put_long_names(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{} day", "ö".repeat(200));
    let mut files: Vec<(String, Vec<u8>)> = (0..12)
        .map(|number| (format!("{folder}/{} {number}.txt", "語".repeat(120)), vec![b'x'; number]))
        .collect();
    files.push((format!("{folder}/{} film.bin", "é".repeat(150)), vec![7; 17 << 20]));
    files.push(("plain.txt".to_owned(), b"plain".to_vec()));
    for (name, bytes) in &files {
        desk.house.put(&format!("/Trip/{name}"), bytes.clone());
    }
    files
}

#[test]
fn names_that_the_disk_does_not_take_are_replaced_told_and_found_again() {
    let desk = Desk::new();
    let files = put_long_names(&desk);
    let told = desk.run(&["get", "--json", "/Trip", "."]).ok().json();
    let here = desk.local_files("Trip");
    assert_eq!(here.len(), files.len(), "no two have one name");
    let renamed = told["renamed"].as_array().unwrap();
    assert_eq!(renamed.len(), 1 + 13, "the folder and what is in it: {told}");
    for it in renamed {
        let (path, local_path) = (it["path"].as_str().unwrap(), it["local_path"].as_str().unwrap());
        let expected = files.iter().find(|(name, _)| path == format!("/Trip/{name}"));
        assert!(fs::metadata(local_path).is_ok(), "{local_path}");
        assert!(expected.is_none_or(|(_, bytes)| fs::read(local_path).unwrap() == *bytes), "{path}");
    }
    // Again: nothing is downloaded, and nothing is numbered.
    desk.house.server.request_counts().clear();
    let again = desk.run(&["get", "--json", "/Trip", "."]).ok().json();
    assert_eq!((&again["files"], &again["skipped"]), (&json!(0), &json!(files.len())));
    assert!(desk.local_files("Trip") == here);
    // Into another folder they have the same names.
    desk.run(&["get", "-q", "/Trip", "other"]).ok();
    assert!(desk.local_files("other/Trip") == here);
    let lines = desk.run(&["get", "-n", "/Trip", "third"]).ok();
    assert_eq!(lines.lines().iter().filter(|line| line.contains(" would be saved as ")).count(), 14);
    let lines = desk.run(&["get", "/Trip", "third"]).ok();
    assert_eq!(lines.lines().iter().filter(|line| line.contains(" was saved as ")).count(), 14);
}

#[test]
fn files_with_replaced_names_go_back_under_their_own() {
    let desk = Desk::new();
    let files = put_long_names(&desk);
    desk.run(&["get", "-q", "/Trip", "."]).ok();
    let told = desk.run(&["put", "--json", "Trip", "/"]).ok().json();
    assert_eq!((&told["files"], &told["skipped"]), (&json!(0), &json!(files.len())));
    // Also to another folder, by another way, and what was changed here.
    let inner =
        fs::read_dir(desk.house.local("Trip")).unwrap().find(|it| it.as_ref().unwrap().path().is_dir());
    let inner = inner.unwrap().unwrap().path();
    let film = fs::read_dir(&inner).unwrap().map(|it| it.unwrap().path());
    let film = film.max_by_key(|path| path.metadata().unwrap().len()).unwrap();
    fs::write(&film, "cut").unwrap();
    std::os::unix::fs::symlink(desk.house.local("Trip"), desk.house.local("link")).unwrap();
    let told = desk.run(&["put", "--json", "link", "/New"]).ok().json();
    assert_eq!(told["files"], files.len());
    let there = desk.remote_files("/New/link");
    for (name, bytes) in &files {
        let expected = if name.ends_with("film.bin") { b"cut" } else { bytes.as_slice() };
        assert!(there[name] == expected, "{name}");
    }
    assert_eq!(there.len(), files.len());
    // By itself as well.
    desk.run(&["put", "--on-conflict", "replace", film.to_str().unwrap(), "/One/"]).ok();
    let alone = desk.remote_files("/One");
    assert!(alone.keys().all(|name| name.ends_with("é film.bin")) && alone.len() == 1, "{:?}", alone.keys());
}
