//! Killed in the middle of a folder of small files, wherever that is, the program brings every file once when the same
//! command is run again, and leaves nothing behind, here or at the service.

use crate::cli::support::{Desk, Stopped};
use coffer_testing::counting_proxy::{CountingProxy, Hold, Way};
use std::collections::BTreeMap;

const FILES: usize = 330;
const START: &str = "files/upload_session/start_batch";
const APPEND: &str = "files/upload_session/append_batch";
const FINISH: &str = "files/upload_session/finish_batch_v2";

/// Small files in folders; each has content of its own.
fn tree() -> BTreeMap<String, Vec<u8>> {
    let name = |number: usize| format!("folder {}/file {number:03}.bin", number % 10);
    (0..FILES).map(|number| (name(number), format!("{number} ").repeat(50 + number).into_bytes())).collect()
}

/// Kills an upload of the tree there; what the bodies of appended files had by then, and in the run after it.
fn kill_upload(desk: &Desk, proxy: &CountingProxy, hold: &Hold) -> (u64, u64) {
    for (name, bytes) in &tree() {
        desk.write(&format!("Tree/{name}"), bytes);
    }
    let put = ["put", "Tree", "/"];
    desk.stop_at(proxy, hold, &put, Stopped::Killed);
    let sent = || proxy.calls().iter().filter(|call| call.route == APPEND).map(|call| call.up_bytes).sum();
    let before: u64 = sent();
    desk.run(&put).ok();
    let after: u64 = sent();
    assert!(desk.remote_files("/Tree") == tree(), "{hold:?}: a file is missing or has other bytes");
    assert_eq!(desk.revisions(), FILES as i64, "{hold:?}: each was made once");
    assert_eq!(desk.notes(), [""; 0], "{hold:?}");
    (before, after - before)
}

#[test]
fn an_upload_that_was_killed_uses_every_session_up_wherever_that_was() {
    let whole: u64 = tree().values().map(|bytes| bytes.len() as u64).sum();
    // What one call has on its way, or as many as go at once.
    let call = 80 * 400;
    let points = [
        // Nothing has arrived yet, but the sessions are there.
        (Hold::Call { way: Way::Up, route: APPEND, number: 1 }, 10 * call),
        (Hold::At(Way::Up, whole / 3), 10 * call),
        // The service holds what the program does not know of.
        (Hold::Call { way: Way::Down, route: APPEND, number: 1 }, 10 * call),
        (Hold::Call { way: Way::Down, route: APPEND, number: 4 }, 10 * call),
        (Hold::Call { way: Way::Up, route: FINISH, number: 1 }, 10 * call),
        (Hold::Call { way: Way::Down, route: FINISH, number: 1 }, 10 * call),
    ];
    for (hold, again) in points {
        let mut desk = Desk::new();
        let proxy = desk.proxied();
        let (before, after) = kill_upload(&desk, &proxy, &hold);
        assert_eq!(desk.sessions(), 0, "{hold:?}: a session is left behind");
        assert!(before + after <= whole + again, "{hold:?}: {before} and {after} bytes for {whole}");
    }
}

#[test]
fn sessions_of_which_the_program_was_never_told_are_all_that_a_kill_can_leave() {
    let mut desk = Desk::new();
    let proxy = desk.proxied();
    kill_upload(&desk, &proxy, &Hold::Call { way: Way::Down, route: START, number: 1 });
    // The service ends them by itself.
    assert_eq!(desk.sessions(), FILES as i64);
}

/// What was noted last is lost with the power, or for want of room.
fn lose_what_was_sent(desk: &Desk) {
    let sql = "UPDATE batch_session SET position = NULL, content_hash = NULL, size_bytes = NULL,
                                        modified_nanos = NULL, inode = NULL, fits = NULL, held = 0
               WHERE position IS NOT NULL";
    assert!(desk.transfers().execute(sql) > 0, "there was something to lose");
}

#[test]
fn files_of_one_length_never_get_each_others_bytes_when_notes_were_lost() {
    for hold in [
        Hold::Call { way: Way::Down, route: APPEND, number: 2 },
        Hold::Call { way: Way::Up, route: FINISH, number: 1 },
    ] {
        let mut desk = Desk::new();
        let proxy = desk.proxied();
        let tree: BTreeMap<String, Vec<u8>> = (0..FILES)
            .map(|number| (format!("{number}.bin"), format!("{number:0100}").into_bytes()))
            .collect();
        for (name, bytes) in &tree {
            desk.write(&format!("Tree/{name}"), bytes);
        }
        let put = ["put", "Tree", "/"];
        desk.stop_at(&proxy, &hold, &put, Stopped::Killed);
        lose_what_was_sent(&desk);
        desk.run(&put).ok();
        assert!(desk.remote_files("/Tree") == tree, "{hold:?}: a file is missing or has other bytes");
        assert_eq!(desk.revisions(), FILES as i64, "{hold:?}: each was made once");
        assert_eq!(desk.notes(), [""; 0], "{hold:?}");
    }
}

#[test]
fn a_small_file_that_changes_after_a_kill_is_sent_as_it_is_now() {
    let mut desk = Desk::new();
    let proxy = desk.proxied();
    let mut tree = tree();
    for (name, bytes) in &tree {
        desk.write(&format!("Tree/{name}"), bytes);
    }
    let put = ["put", "Tree", "/"];
    let hold = Hold::Call { way: Way::Up, route: FINISH, number: 1 };
    desk.stop_at(&proxy, &hold, &put, Stopped::Killed);
    for name in ["folder 3/file 003.bin", "folder 9/file 329.bin"] {
        tree.insert(name.to_owned(), b"other".to_vec());
        desk.write(&format!("Tree/{name}"), "other");
    }
    desk.run(&put).ok();
    assert!(desk.remote_files("/Tree") == tree, "a file is missing or has other bytes");
    assert_eq!(desk.revisions(), FILES as i64, "each was made once");
}

#[test]
fn a_download_that_was_killed_is_whole_after_the_next_run_and_nothing_else_is_there() {
    let tree = tree();
    let points = [
        Hold::Call { way: Way::Down, route: "files/list_folder", number: 1 },
        Hold::Call { way: Way::Down, route: "files/download_zip", number: 1 },
        Hold::At(Way::Down, 100_000),
        Hold::At(Way::Down, 150_000),
    ];
    for hold in points {
        let mut desk = Desk::new();
        for (name, bytes) in &tree {
            desk.write(&format!("Tree/{name}"), bytes);
        }
        desk.run(&["put", "Tree", "/"]).ok();
        let proxy = desk.proxied();
        let get = ["get", "/Tree", "back"];
        desk.stop_at(&proxy, &hold, &get, Stopped::Killed);
        if desk.house.local("back/Tree").exists() {
            for (name, bytes) in desk.local_files("back/Tree") {
                assert!(tree[&name] == bytes, "{hold:?}: {name} is not whole");
            }
        }
        desk.run(&get).ok();
        assert!(desk.local_files("back/Tree") == tree, "{hold:?}: a file is missing or has other bytes");
        assert_eq!(desk.local_files("back").len(), FILES, "{hold:?}: nothing else is left");
        assert_eq!(desk.notes(), [""; 0], "{hold:?}");
    }
}
