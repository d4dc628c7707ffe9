//! Commands that change the account: `mkdir`, `mv`, `cp`, `rm`, `revs`, `restore`, `link`.

use super::support::{Desk, Stopped};
use coffer_testing::counting_proxy::{Hold, Way};
use serde_json::json;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.house.put("/Photos/a.jpg", "a");
    desk.house.put("/Photos/b.jpg", "b");
    desk.house.put("/note.txt", "first");
    desk.house.put("/note.txt", "second");
    desk
}

#[test]
fn folders_are_made_and_with_p_whatever_is_there() {
    let desk = desk();
    desk.run(&["mkdir", "New"]).ok();
    desk.run(&["mkdir", "New"]).ended(3);
    desk.run(&["mkdir", "-p", "New"]).ok();
    desk.run(&["mkdir", "One/Two/Three"]).ended(4);
    desk.run(&["mkdir", "-p", "One/Two/Three"]).ok();
    desk.run(&["mkdir", "-p", "note.txt"]).ended(3);
    desk.run(&["mkdir", "Bad/"]).ok();
    desk.run(&["mkdir", "-p", "/a\\b"]).ended(2);
    assert!(desk.house.exists("/One/Two/Three") && desk.house.exists("/Bad"));
    let told = desk.run(&["mkdir", "--json", "Last"]).ok().json();
    assert_eq!(
        (&told["entries"][0]["path"], &told["entries"][0]["type"]),
        (&json!("/Last"), &json!("folder"))
    );
}

#[test]
fn files_are_moved_and_renamed_and_nothing_is_replaced() {
    let desk = desk();
    desk.run(&["mv", "note.txt", "Photos"]).ok();
    desk.run(&["mv", "Photos/note.txt", "/Photos/remark.txt"]).ok();
    desk.run(&["mv", "/Photos/a.jpg", "/Photos/b.jpg"]).ended(3);
    desk.run(&["mv", "/Photos/a.jpg", "/Photos/b.jpg", "/Nowhere/"]).ended(4);
    desk.run(&["mv", "/Photos", "/Photos/Inner"]).ended(1);
    desk.run(&["mv", "/", "/Photos"]).ended(1);
    desk.run(&["mv", "/gone", "/Photos"]).ended(4);
    assert_eq!(desk.house.tree(), ["/Photos/", "/Photos/a.jpg", "/Photos/b.jpg", "/Photos/remark.txt"]);
    let told = desk.run(&["mv", "--json", "/Photos/remark.txt", "/gone", "/"]).ended(7).json();
    assert_eq!(told["entries"][0]["path"], "/remark.txt");
    assert_eq!(told["failed"][0]["code"], "not_found");
    desk.run(&["mv", "/photos", "/PHOTOS"]).ok();
    assert_eq!(desk.house.tree()[0], "/PHOTOS/");
}

#[test]
fn copies_stand_beside_their_originals() {
    let desk = desk();
    desk.run(&["cp", "Photos", "/Copies"]).ok();
    desk.run(&["cp", "Photos/a.jpg", "Photos/b.jpg", "/"]).ok();
    desk.run(&["cp", "note.txt", "/a.jpg"]).ended(3);
    desk.run(&["cp", "note.txt", "note.txt"]).ended(3);
    assert_eq!(
        desk.house.tree(),
        [
            "/Copies/",
            "/Copies/a.jpg",
            "/Copies/b.jpg",
            "/Photos/",
            "/Photos/a.jpg",
            "/Photos/b.jpg",
            "/a.jpg",
            "/b.jpg",
            "/note.txt"
        ]
    );
}

#[test]
fn a_large_folder_that_was_moved_or_copied_in_part_is_completed_by_the_same_command() {
    for (command, route) in [("mv", "files/move_batch_v2"), ("cp", "files/copy_batch_v2")] {
        for (place, target) in [("/New", "/New"), ("/Photos/", "/Photos/Large"), ("/Photos", "/Photos/Large")]
        {
            let mut desk = Desk::with(|config| config.most_items = 10);
            desk.house.put("/Photos/a.jpg", "a");
            for number in 0..12 {
                desk.house.put(&format!("/Large/{number}.txt"), "x");
                desk.house.put(&format!("/Large/deep/{number}.txt"), "x");
            }
            let before = desk.remote_files("/Large");
            let proxy = desk.proxied();
            // All but the inner folder is at the new place.
            let hold = Hold::Call { way: Way::Up, route, number: 2 };
            desk.stop_at(&proxy, &hold, &[command, "/Large", place], Stopped::Killed);
            assert_eq!(desk.remote_files(target).len(), 12);
            desk.run(&[command, "/Large", place]).ok();
            assert_eq!(desk.remote_files(target), before, "{command} {place}");
            assert_eq!(desk.house.exists("/Large"), command == "cp");
            // What is complete is an item as any other.
            desk.run(&["cp", target, "/Other"]).ok();
            desk.run(&["cp", target, "/Photos/a.jpg"]).ended(3);
        }
    }
}

#[test]
fn deleting_takes_care_and_tells_the_way_back() {
    let desk = desk();
    desk.run(&["rm", "/"]).ended(1);
    desk.run(&["rm", "-r", "-f", "/"]).ended(1);
    desk.run(&["rm", "Photos"]).ended(1);
    desk.run(&["rm", "gone"]).ended(4);
    desk.run(&["rm", "-f", "gone"]).ok();
    assert_eq!(desk.house.tree().len(), 4);
    let run = desk.run(&["rm", "-r", "Photos", "note.txt"]).ok();
    assert_eq!(desk.house.tree(), Vec::<String>::new());
    // What is printed can be copied into the shell as it stands.
    for line in run.lines() {
        let command = line.split_once("restore with: coffer ").unwrap().1;
        desk.run(&command.split(' ').collect::<Vec<_>>()).ok();
    }
    assert_eq!(desk.house.tree(), ["/Photos/", "/Photos/a.jpg", "/Photos/b.jpg", "/note.txt"]);
    assert_eq!(desk.house.read("/note.txt"), b"second");
    let told = desk.run(&["rm", "--json", "note.txt", "gone"]).ended(7).json();
    assert_eq!(told["entries"][0]["path"], "/note.txt");
    assert!(told["entries"][0]["restore"].as_str().unwrap().starts_with("coffer restore /note.txt --rev "));
}

#[test]
fn versions_are_listed_and_brought_back() {
    let desk = desk();
    let told = desk.run(&["revs", "--json", "note.txt"]).ok().json();
    let revisions = told["revisions"].as_array().unwrap();
    assert_eq!(revisions.len(), 2);
    assert_eq!((&told["current"], &told["deleted"]), (&revisions[0]["rev"], &json!(false)));
    let old = revisions[1]["rev"].as_str().unwrap();
    desk.run(&["restore", "-n", "note.txt", "--rev", old]).ok();
    assert_eq!(desk.house.read("/note.txt"), b"second");
    desk.run(&["restore", "note.txt", "--rev", old]).ok();
    assert_eq!(desk.house.read("/note.txt"), b"first");
    desk.run(&["restore", "note.txt", "--rev", "0123456789"]).ended(4);
    desk.run(&["restore", "note.txt"]).ended(3);
    desk.run(&["restore", "/typo"]).ended(4);
    assert!(!desk.house.exists("/typo"));
    desk.run(&["revs", "Photos"]).ended(1);
    desk.run(&["revs", "/gone"]).ended(4);
    desk.run(&["rm", "note.txt"]).ok();
    assert_eq!(desk.run(&["revs", "--json", "note.txt"]).ok().json()["deleted"], true);
    desk.run(&["restore", "note.txt"]).ok();
    assert_eq!(desk.house.read("/note.txt"), b"first");
}

#[test]
fn a_restore_says_before_what_comes_back() {
    let desk = desk();
    for (path, bytes) in [("/F/old", "old"), ("/F/keep", "keep")] {
        desk.house.put(path, bytes);
    }
    desk.run(&["rm", "/F/old"]).ok();
    desk.house.clock.advance(5);
    desk.run(&["rm", "-r", "/F"]).ok();
    let run = desk.run(&["restore", "-n", "/F"]).ok();
    assert_eq!(run.lines()[..2], ["would restore /F/", "would restore /F/keep"]);
    let told = desk.run(&["restore", "-n", "--json", "/F"]).ok().json();
    let entries = told["entries"].as_array().unwrap();
    assert_eq!((&entries[0]["type"], &entries[1]["type"]), (&json!("folder"), &json!("file")));
    assert!(!desk.house.exists("/F"));
    desk.run(&["restore", "/F"]).ok();
    assert!(desk.house.exists("/F/keep") && !desk.house.exists("/F/old"));
    desk.run(&["restore", "-n", "/typo"]).ended(4);
}

#[test]
fn a_link_is_made_once_and_can_be_ended() {
    let desk = desk();
    let run = desk.run(&["link", "-n", "note.txt"]).ok();
    assert!(run.out.contains("would create"), "{run:?}");
    let url = desk.run(&["link", "note.txt"]).ok().out;
    assert!(url.starts_with("http"), "{url}");
    assert_eq!(desk.run(&["link", "note.txt"]).ok().out, url);
    let told = desk.run(&["link", "--json", "note.txt"]).ok().json();
    assert_eq!((&told["url"], &told["audience"]), (&json!(url.trim()), &json!("anyone")));
    desk.run(&["link", "-n", "--revoke", "note.txt"]).ok();
    assert_eq!(desk.run(&["link", "note.txt"]).ok().out, url);
    desk.run(&["link", "--revoke", "note.txt"]).ok();
    desk.run(&["link", "--revoke", "note.txt"]).ended(4);
    desk.run(&["link", "/gone"]).ended(4);
}

#[test]
fn a_link_gets_a_password_and_a_last_day_and_keeps_what_is_not_named() {
    let desk = desk();
    desk.write("password", "open sesame\r\nnot this\n");
    desk.write("empty", "\nopen sesame\n");
    let told = |args: &[&str]| {
        let told = desk.run(&[&["link", "--json", "note.txt"], args].concat()).ok().json();
        let day = told["expires"].as_str().map(|end| end[..10].to_owned());
        (told["url"].clone(), told["audience"].as_str().unwrap().to_owned(), day)
    };
    let day = |days: i64| (jiff::Zoned::now().date() + jiff::Span::new().days(days)).to_string();
    let run = desk.run(&["link", "-n", "--password-file", "password", "note.txt"]).ok();
    assert_eq!(run.out.trim(), "would create a link to /note.txt for anyone who has it and the password");
    let (url, audience, end) = told(&["--password-file", "password"]);
    assert_eq!((audience.as_str(), end), ("password", None));
    let later = told(&["--expires", &day(40)]);
    assert_eq!((&later.0, later.1.as_str()), (&url, "password"), "the password stays");
    assert!(later.2.is_some_and(|end| end >= day(39) && end <= day(41)), "in UTC it may be the next day");
    assert_eq!(told(&[]).1, "password");
    let open = told(&["--for", "anyone", "--expires", "never"]);
    assert_eq!(open, (url, "anyone".to_owned(), None));
    let run = desk.run(&["link", "--expires", &day(-1), "note.txt"]).ended(2);
    assert!(run.err.contains("is over"), "{run:?}");
    let run = desk.run(&["link", "--expires", "soon", "note.txt"]).ended(2);
    assert!(run.err.contains("expected a day, such as 2026-12-31"), "{run:?}");
    desk.run(&["link", "--for", "team", "--password-file", "password", "note.txt"]).ended(2);
    desk.run(&["link", "--password-file", "missing", "note.txt"]).ended(2);
    desk.run(&["link", "--password-file", "empty", "note.txt"]).ended(2);
}

#[test]
fn dry_runs_change_nothing() {
    let desk = desk();
    let before = desk.house.tree();
    for (args, told) in [
        (vec!["mkdir", "-n", "New"], "would create /New/"),
        (vec!["mv", "-n", "note.txt", "Photos"], "would move /note.txt to /Photos/note.txt"),
        (vec!["cp", "-n", "Photos", "Copies"], "would copy /Photos to /Copies"),
        (vec!["rm", "-n", "-r", "Photos"], "would delete /Photos/"),
    ] {
        let run = desk.run(&args).ok();
        assert_eq!(run.lines()[0], told);
        assert_eq!(desk.house.tree(), before);
    }
}

#[test]
fn dry_runs_say_how_much_it_is_and_how_full_the_account_is_then() {
    let desk = Desk::with(|config| config.quota_bytes = 100_000);
    desk.house.put("/Photos/a.jpg", vec![0; 30_000]);
    desk.house.put("/Photos/deep/b.jpg", vec![1; 20_000]);
    desk.house.put("/note.txt", vec![2; 1000]);
    desk.house.put("/Copies/empty.txt", "");
    let last = |args: &[&str]| desk.run(args).ok().lines().last().unwrap().to_string();
    // What is below a folder is not known before the account is indexed.
    assert_eq!(last(&["cp", "-n", "/Photos", "/Copies"]), "nothing was copied (dry run)");
    assert_eq!(
        last(&["cp", "-n", "/note.txt", "/Photos"]),
        "1 file, 1 KB; 52 KB of 100 KB used afterwards; nothing was copied (dry run)"
    );
    desk.run(&["index"]).ok();
    assert_eq!(
        last(&["cp", "-n", "/Photos", "/note.txt", "/Copies"]),
        "3 files, 51 KB; 102 KB of 100 KB used afterwards; 2 KB more than is free; nothing was copied (dry run)"
    );
    assert_eq!(last(&["mv", "-n", "/Photos", "/Moved"]), "2 files, 50 KB; nothing was moved (dry run)");
    assert_eq!(
        last(&["rm", "-n", "-r", "/Photos"]),
        "2 files, 50 KB; 1 KB of 100 KB used afterwards; nothing was deleted (dry run)"
    );
    let told = desk.run(&["cp", "-n", "--json", "/Photos", "/Copies"]).ok().json();
    assert_eq!(told["amount"], json!({ "files": 2, "bytes": 50_000, "used_afterwards": 101_000 }));
    // A new version takes the place of the one before.
    desk.write("note.txt", vec![3; 3000]);
    assert_eq!(
        last(&["put", "-n", "--on-conflict", "replace", "note.txt", "/"]),
        "1 file, 3 KB; 53 KB of 100 KB used afterwards; nothing was uploaded (dry run)"
    );
    desk.run(&["rm", "-r", "/Photos"]).ok();
    assert_eq!(
        last(&["restore", "-n", "/Photos"]),
        "2 files, 50 KB; 51 KB of 100 KB used afterwards; nothing was restored (dry run)"
    );
}
