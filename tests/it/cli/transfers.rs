//! `put` and `get`: trees byte for byte with their times, odd names, what can't be read, pipes, dry runs.

use super::support::{Desk, with_input};
use coffer_server::faults::Fault;
use coffer_testing::house::bulk;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

/// The bytes of a file, and when it was changed.
type Stamped = (Vec<u8>, u64);

/// Every file below a folder with its bytes and its time in whole seconds, and every folder.
fn tree(root: &Path) -> Vec<(String, Option<Stamped>)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                found.push((name, None));
                folders.push(path);
            } else {
                let modified = fs::metadata(&path).unwrap().modified().unwrap();
                let secs = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
                found.push((name, Some((fs::read(&path).unwrap(), secs))));
            }
        }
    }
    found.sort();
    found
}

fn write_tree(desk: &Desk) {
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_400_000_000);
    for (index, name) in [
        "Trip/plain.txt",
        "Trip/with spaces in it.txt",
        "Trip/-leading-dash",
        "Trip/--recursive",
        "Trip/ünïcode/日本語.txt",
        "Trip/ünïcode/emoji 🛶.bin",
        "Trip/a\nnewline",
        "Trip/it's \"quoted\" $HOME",
        "Trip/deep/er/and/deeper/file",
        "Trip/empty file",
    ]
    .iter()
    .enumerate()
    {
        let bytes =
            if name.ends_with("empty file") { Vec::new() } else { vec![index as u8; 100 + index * 7000] };
        let path = desk.write(name, bytes);
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(old + Duration::from_secs(index as u64 * 86_400)).unwrap();
    }
    fs::create_dir_all(desk.house.local("Trip/empty folder")).unwrap();
}

#[test]
fn a_tree_goes_up_and_comes_back_byte_for_byte_with_its_times() {
    let desk = Desk::new();
    write_tree(&desk);
    desk.run(&["put", "Trip", "/Backup"]).ok();
    desk.run(&["get", "/Backup/Trip", "back"]).ok();
    assert_eq!(tree(&desk.house.local("back/Trip")), tree(&desk.house.local("Trip")));
}

#[test]
fn the_same_command_again_does_nothing_both_ways() {
    let desk = Desk::new();
    write_tree(&desk);
    desk.run(&["put", "Trip", "/Backup"]).ok();
    let before = desk.house.tree();
    let again = desk.run(&["put", "--json", "Trip", "/Backup"]).ok().json();
    assert_eq!((&again["files"], &again["bytes"], &again["skipped"]), (&json!(0), &json!(0), &json!(10)));
    assert_eq!(desk.house.tree(), before);
    desk.run(&["get", "/Backup/Trip", "back"]).ok();
    let here = tree(&desk.house.local("back"));
    let again = desk.run(&["get", "--json", "/Backup/Trip", "back"]).ok().json();
    assert_eq!((&again["files"], &again["skipped"]), (&json!(0), &json!(10)));
    assert_eq!(tree(&desk.house.local("back")), here);
}

#[test]
fn what_was_taken_away_since_is_sent_again_with_what_failed() {
    let desk = Desk::new();
    // This one goes by itself and is refused at its end.
    desk.house.faults().add(Fault::status("files/upload_session/finish", 400, 100));
    desk.write("Trip/film.bin", bulk(9, 1));
    // Those of one folder are listed, the others looked for by themselves.
    for number in 0..20 {
        desk.write(&format!("Trip/many/{number}"), format!("{number}"));
    }
    for name in ["one", "two"] {
        desk.write(&format!("Trip/few/{name}"), name);
    }
    let put = ["put", "--json", "Trip", "/"];
    desk.run(&put).ended(7);
    assert!(!desk.notes().is_empty(), "what has arrived is known to the next try");
    let whole = desk.house.tree();
    assert_eq!(whole.len(), 25);
    for (gone, files) in [(&["/Trip/few/one", "/Trip/many/7"][..], 2), (&["/Trip/few", "/Trip/many"][..], 22)]
    {
        for path in gone {
            desk.run(&["rm", "-r", path]).ok();
        }
        let told = desk.run(&put).ended(7).json();
        assert_eq!(told["files"], files, "{gone:?}: {told}");
        assert_eq!(desk.house.tree(), whole, "{gone:?}");
    }
    let sent = desk.revisions();
    desk.run(&put).ended(7);
    assert_eq!(desk.revisions(), sent, "what stands there is not sent again");
}

#[test]
fn a_single_file_goes_into_a_folder_or_under_a_new_name() {
    let desk = Desk::new();
    desk.write("a.txt", "a");
    desk.run(&["put", "a.txt"]).ok();
    desk.run(&["mkdir", "Notes"]).ok();
    desk.run(&["put", "a.txt", "Notes"]).ok();
    desk.run(&["put", "a.txt", "Notes/b.txt"]).ok();
    desk.run(&["put", "a.txt", "/New/"]).ok();
    assert_eq!(
        desk.house.tree(),
        ["/New/", "/New/a.txt", "/Notes/", "/Notes/a.txt", "/Notes/b.txt", "/a.txt"]
    );
    desk.run(&["get", "Notes/b.txt", "c.txt"]).ok();
    desk.run(&["get", "Notes/b.txt", "in/"]).ok();
    desk.run(&["get", "Notes/b.txt"]).ok();
    for name in ["c.txt", "in/b.txt", "b.txt"] {
        assert_eq!(desk.local(name), b"a", "{name}");
    }
}

#[test]
fn exact_puts_the_content_of_a_folder_under_another_name() {
    let desk = Desk::new();
    desk.write("Trip/one.txt", "1");
    desk.write("Trip/in/two.txt", "2");
    desk.run(&["put", "-T", "Trip", "/Journey"]).ok();
    assert_eq!(desk.house.tree(), ["/Journey/", "/Journey/in/", "/Journey/in/two.txt", "/Journey/one.txt"]);
    desk.run(&["get", "-T", "/Journey", "Reise"]).ok();
    assert_eq!(desk.local("Reise/one.txt"), b"1");
    assert_eq!(desk.local("Reise/in/two.txt"), b"2");
}

#[test]
fn what_cannot_be_read_does_not_hold_up_the_rest() {
    let desk = Desk::new();
    desk.write("Trip/good.txt", "good");
    std::os::unix::fs::symlink(desk.house.local("nowhere"), desk.house.local("Trip/broken link")).unwrap();
    let locked = desk.write("Trip/locked.txt", "secret");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).unwrap();
    // The superuser reads everything.
    let unreadable = 1 + usize::from(fs::read(&locked).is_err());
    desk.write("Trip/blank ", "no name can end so");
    desk.write("Trip/.DS_Store", "nobody misses it");
    let run = desk.run(&["put", "--json", "Trip", "gone.txt", "/"]).ended(7);
    let told = run.json();
    let failed = told["failed"].as_array().unwrap();
    assert_eq!(failed.len(), unreadable + 2, "{failed:?}");
    assert!(failed.iter().any(|it| it["code"] == "not_found" && it["path"] == "gone.txt"), "{failed:?}");
    assert_eq!(desk.house.read("/Trip/good.txt"), b"good");
    assert!(!desk.house.exists("/Trip/blank ") && !desk.house.exists("/Trip/.DS_Store"));
}

#[test]
fn files_of_the_system_are_left_out_and_told_and_are_no_failure() {
    let desk = Desk::new();
    desk.write("Trip/good.txt", "good");
    desk.write("Trip/.DS_Store", "nobody misses it");
    desk.write("Trip/Pictures/Thumbs.db", "nor this");
    let run = desk.run(&["put", "Trip", "/"]).ok();
    let skipped = run.lines().iter().filter(|line| line.starts_with("skipped ")).count();
    assert_eq!((skipped, run.err.as_str()), (2, ""), "{run:?}");
    assert_eq!(desk.run(&["put", "--json", "Trip", "/"]).ok().json()["failed"], json!([]));
    assert_eq!(desk.house.tree(), ["/Trip/", "/Trip/Pictures/", "/Trip/good.txt"]);
}

#[test]
fn a_file_in_the_way_of_a_folder_is_a_conflict() {
    let desk = Desk::new();
    desk.house.put("/Trip/Day 1", "a file");
    desk.write("Trip/Day 1/a.txt", "a");
    let told = desk.run(&["put", "--json", "Trip", "/"]).ended(3).json();
    assert_eq!(told["error"]["code"], "conflict", "{told}");
    assert_eq!(desk.house.read("/Trip/Day 1"), b"a file");
}

#[test]
fn a_reader_that_goes_away_is_not_a_success() {
    let desk = Desk::new();
    desk.house.put("/long.bin", vec![7; 4 << 20]);
    let mut command = desk.command(&["get", "/long.bin", "-"]);
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    // As `head -c 1` does.
    let mut out = running.stdout.take().unwrap();
    std::io::Read::read_exact(&mut out, &mut [0]).unwrap();
    drop(out);
    assert_eq!(running.wait().unwrap().code(), Some(1));
}

#[test]
fn a_name_with_a_line_break_takes_one_line() {
    let desk = Desk::new();
    desk.write("Trip/two\nlines.txt", "x");
    let run = desk.run(&["put", "Trip", "/"]);
    assert!(run.lines().iter().all(|line| !line.starts_with("lines.txt")), "{run:?}");
}

#[test]
fn what_is_not_there_is_named_with_its_code() {
    let desk = Desk::new();
    let run = desk.run(&["put", "gone.txt", "/"]).ended(4);
    assert!(run.err.contains("gone.txt does not exist"), "{run:?}");
    let told = desk.run(&["put", "--json", "gone.txt", "/"]).ended(4).json();
    assert_eq!((&told["error"]["code"], &told["error"]["path"]), (&json!("not_found"), &json!("gone.txt")));
    let told = desk.run(&["get", "--json", "/gone.txt"]).ended(4).json();
    assert_eq!((&told["error"]["code"], &told["error"]["path"]), (&json!("not_found"), &json!("/gone.txt")));
    desk.house.put("/there.txt", "there");
    desk.run(&["get", "/gone.txt", "/there.txt", "."]).ended(7);
    assert_eq!(desk.local("there.txt"), b"there");
}

#[test]
fn the_standard_input_and_output_are_files_too() {
    let desk = Desk::new();
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let run = with_input(desk.command(&["put", "-", "/Pipes/in.bin"]), &bytes);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(desk.house.read("/Pipes/in.bin"), bytes);
    let out = desk.command(&["get", "/Pipes/in.bin", "-"]).output().unwrap();
    assert!(out.status.success() && out.stdout == bytes);
    desk.run(&["put", "-", "/Pipes"]).ended(2);
    desk.run(&["get", "/Pipes", "-"]).ended(2);
    desk.run(&["get", "/gone", "-"]).ended(4);
}

#[test]
fn an_old_version_is_fetched_by_its_rev_also_of_a_deleted_file() {
    let desk = Desk::new();
    let first = desk.house.put("/note.txt", "first");
    desk.house.put("/note.txt", "second");
    let rev = first.file().unwrap().rev.0.to_string();
    desk.run(&["get", "/note.txt", "--rev", &rev, "old.txt"]).ok();
    assert_eq!(desk.local("old.txt"), b"first");
    assert_eq!(desk.run(&["get", &format!("rev:{rev}"), "-"]).ok().out, "first");
    let id = first.file().unwrap().id.to_string();
    assert_eq!(desk.run(&["get", &id, "-"]).ok().out, "second");
    desk.run(&["rm", "/note.txt"]).ok();
    assert_eq!(desk.run(&["get", "/note.txt", "--rev", &rev, "-"]).ok().out, "first");
    desk.run(&["get", "/note.txt", "--rev", "0123456789", "-"]).ended(4);
}

#[test]
fn a_dry_run_changes_nothing_on_either_side() {
    let desk = Desk::new();
    desk.house.put("/there.txt", "there");
    desk.write("Trip/a.txt", "abc");
    fs::create_dir_all(desk.house.local("Trip/empty")).unwrap();
    let before = desk.house.tree();
    let told = desk.run(&["put", "--dry-run", "--json", "Trip", "/New"]).ok().json();
    assert_eq!(told["dry_run"], true);
    assert_eq!(told["files"][0]["path"], "/New/Trip/a.txt");
    assert_eq!(told["files"][0]["action"], "upload");
    assert_eq!(told["folders"], json!(["/New/Trip/empty"]));
    assert_eq!(told["bytes"], 3);
    assert_eq!(desk.house.tree(), before);
    let run = desk.run(&["get", "-n", "/there.txt", "new/"]).ok();
    assert!(run.out.contains("would download /there.txt"), "{run:?}");
    assert!(!desk.house.local("new").exists());
    assert_eq!(desk.notes(), [""; 0]);
}

#[test]
fn a_file_gets_a_line_and_all_get_a_sum_unless_it_is_to_be_quiet() {
    let desk = Desk::new();
    desk.write("a.txt", "abc");
    let run = desk.run(&["put", "a.txt", "/x/"]).ok();
    assert!(run.out.contains("a.txt") && run.out.contains("Uploaded 1 file (3 B)"), "{run:?}");
    assert_eq!(run.err, "", "no bar where nobody looks");
    let run = desk.run(&["put", "-q", "a.txt", "/y/"]).ok();
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    let run = desk.run(&["get", "-q", "/x", "."]).ok();
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
}

#[test]
fn a_transfer_whose_output_nobody_reads_is_finished_all_the_same() {
    let desk = Desk::new();
    for number in 0..30 {
        desk.write(&format!("Trip/{number}"), format!("content of {number}"));
    }
    let mut child =
        desk.command(&["put", "-v", "Trip", "/"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(desk.house.tree().len(), 31);
}

#[test]
fn a_folder_with_a_slash_stands_for_what_is_in_it() {
    let desk = Desk::new();
    desk.write("Trip/a.txt", "a");
    desk.write("Trip/day 1/.hidden", "b");
    desk.write("other.txt", "c");
    fs::create_dir_all(desk.house.local("Trip/empty")).unwrap();
    fs::create_dir_all(desk.house.local("Nothing")).unwrap();
    desk.run(&["put", "Trip/", "/"]).ok();
    assert_eq!(desk.house.tree(), ["/a.txt", "/day 1/", "/day 1/.hidden", "/empty/"]);
    let told = desk.run(&["put", "--json", "Trip/", "/"]).ok().json();
    assert_eq!((&told["files"], &told["skipped"]), (&json!(0), &json!(2)));
    // Among others, into a folder that is made, and from the folder one is in.
    desk.run(&["put", "Trip/", "other.txt", "Nothing/", "/Both"]).ok();
    let both = ["a.txt", "day 1/.hidden", "other.txt"];
    assert!(desk.remote_files("/Both").keys().eq(both.iter()), "{:?}", desk.house.tree());
    let mut command = desk.command(&["put", "./", "/Here"]);
    assert!(command.current_dir(desk.house.local("Trip")).status().unwrap().success());
    assert!(desk.remote_files("/Here").keys().eq(["a.txt", "day 1/.hidden"].iter()));
    // With a name there is nothing to choose, and a file has no contents.
    desk.run(&["put", "-T", "Trip/", "/Named"]).ok();
    assert!(desk.house.exists("/Named/a.txt"));
    desk.run(&["put", "Nothing/", "/"]).ok();
    desk.run(&["put", "Trip/a.txt/", "/"]).ended(4);
    desk.run(&["put", "Trip/", "/a.txt"]).ended(3);
    let run = desk.run(&["put", "-T", "Trip", "/"]).ended(2);
    assert!(run.err.contains("coffer put FOLDER/ /"), "{run:?}");
}

#[test]
fn a_folder_of_the_account_with_a_slash_stands_for_what_is_in_it() {
    let desk = Desk::new();
    for path in ["/Trip/a.txt", "/Trip/day 1/b.txt", "/other.txt"] {
        desk.house.put(path, "text");
    }
    desk.run(&["mkdir", "/Trip/empty", "/Nothing"]).ok();
    let local = |path: &str| desk.house.local(path);
    desk.run(&["get", "/Trip/", "new"]).ok();
    for path in ["new/a.txt", "new/day 1/b.txt", "new/empty"] {
        assert!(local(path).exists(), "{path}");
    }
    assert!(!local("new/Trip").exists());
    // Again, into what is there by now.
    let told = desk.run(&["get", "--json", "/Trip/", "new"]).ok().json();
    assert_eq!((&told["files"], &told["skipped"]), (&json!(0), &json!(2)));
    let told = desk.run(&["get", "-n", "--json", "/Trip/", "new"]).ok().json();
    assert!(
        told["files"].as_array().unwrap().iter().all(|file| file["action"] == "skip_identical"),
        "{told}"
    );
    desk.run(&["get", "--on-conflict", "keep-both", "/Trip/", "new/"]).ok();
    assert!(local("new/a (1).txt").exists());
    // Among others, from the whole account, and from a folder without anything in it.
    desk.run(&["get", "/Trip/", "/other.txt", "/Nothing/", "both"]).ok();
    assert!(local("both/a.txt").exists() && local("both/other.txt").exists());
    desk.run(&["get", "/", "all"]).ok();
    assert!(local("all/Trip/day 1/b.txt").exists() && local("all/Nothing").is_dir());
    desk.run(&["get", "/Nothing/", "empty"]).ok();
    assert!(local("empty").is_dir());
    // With a name there is nothing to choose, and a file has no contents.
    desk.run(&["get", "-T", "/Trip/", "named"]).ok();
    assert!(local("named/a.txt").exists());
    desk.run(&["get", "/Trip/a.txt/", "."]).ended(4);
    desk.run(&["get", "/Trip/", "both/a.txt"]).ended(3);
    desk.run(&["get", "/Trip/", "-"]).ended(2);
}

#[test]
fn a_dry_run_notices_what_cannot_be_read() {
    let desk = Desk::new();
    desk.write("Trip/good.txt", "good");
    let locked = desk.write("Trip/locked.txt", "secret");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).unwrap();
    // The superuser reads everything, so a broken link stands for both.
    let is_locked = fs::read(&locked).is_err();
    std::os::unix::fs::symlink(desk.house.local("nowhere"), desk.house.local("Trip/broken")).unwrap();
    let told = desk.run(&["put", "-n", "--json", "Trip", "/"]).ended(7).json();
    let real = desk.run(&["put", "--json", "Trip", "/"]).ended(7).json();
    let paths = |document: &serde_json::Value| -> Vec<String> {
        let failed = document["failed"].as_array().unwrap().iter();
        failed.map(|failed| failed["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths(&told), paths(&real), "it says what then happens");
    assert_eq!(paths(&told).len(), 1 + usize::from(is_locked));
    assert_eq!(told["files"].as_array().unwrap().len(), real["files"].as_u64().unwrap() as usize);
}

#[test]
fn a_link_out_of_the_folder_is_named_and_followed_if_that_is_wanted() {
    let desk = Desk::new();
    desk.write("Trip/good.txt", "good");
    desk.write("secret.txt", "secret");
    std::os::unix::fs::symlink(desk.house.local("secret.txt"), desk.house.local("Trip/shadow")).unwrap();
    let told = desk.run(&["put", "--json", "Trip", "/"]).ended(7).json();
    assert!(told["failed"][0]["path"].as_str().unwrap().ends_with("Trip/shadow"), "{told}");
    assert!(told["failed"][0]["detail"].as_str().unwrap().contains("--follow-links"), "{told}");
    assert_eq!(desk.house.tree(), ["/Trip/", "/Trip/good.txt"]);
    desk.run(&["put", "-L", "Trip", "/"]).ok();
    assert_eq!(desk.house.read("/Trip/shadow"), b"secret");
}
