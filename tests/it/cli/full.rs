//! No room is left, in the account or on this computer, in the middle of a transfer: it is told with its code, what has
//! arrived is whole, and the same command goes on once there is room.

use super::support::{Desk, Run, Running};
use coffer_testing::counting_proxy::{Hold, Way};
use coffer_testing::house::bulk;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};

fn tree(files: usize, bytes: usize) -> BTreeMap<String, Vec<u8>> {
    let content = |number: usize| format!("{number:04} ").into_bytes().repeat(bytes / 5);
    (0..files).map(|number| (format!("folder {}/{number}.txt", number % 5), content(number))).collect()
}

#[test]
fn a_tree_for_which_the_account_has_no_room_goes_on_once_there_is_some() {
    let desk = Desk::with(|config| config.quota_bytes = 400_000);
    desk.house.put("/filling.bin", vec![7; 200_000]);
    // So few that all are committed together.
    let tree = tree(150, 2000);
    for (name, bytes) in &tree {
        desk.write(&format!("Tree/{name}"), bytes);
    }
    let put = ["put", "--json", "Tree", "/"];
    let told = desk.run(&put).ended(7).json();
    let arrived = desk.remote_files("/Tree");
    assert!((1..150).contains(&arrived.len()), "{} files found room", arrived.len());
    assert!(arrived.iter().all(|(name, bytes)| tree[name] == *bytes));
    let named = |list: &str| -> BTreeSet<String> {
        let items = told[list].as_array().unwrap();
        items.iter().map(|item| item["path"].as_str().unwrap()["/Tree/".len()..].to_owned()).collect()
    };
    assert!(named("uploaded").iter().eq(arrived.keys()), "what was done is told: {told}");
    let missing: BTreeSet<String> =
        tree.keys().filter(|name| !arrived.contains_key(*name)).cloned().collect();
    assert_eq!(named("failed"), missing, "what was not done is told");
    assert!(told["failed"].as_array().unwrap().iter().all(|failed| failed["code"] == "full"), "{told}");
    assert!(told.get("error").is_none() && told["files"] == arrived.len());
    desk.run(&["rm", "/filling.bin"]).ok();
    let sent = || desk.house.server.request_counts().calls("files/upload_session/append_batch").body_bytes;
    let before = sent();
    desk.run(&put).ok();
    assert!(before > 0 && sent() == before, "what the service holds is not sent again");
    assert!(desk.remote_files("/Tree") == tree);
    assert_eq!(desk.revisions(), 151);
    assert_eq!(desk.sessions(), 0);
    assert_eq!(desk.notes(), [""; 0]);
}

#[test]
fn a_film_for_which_the_account_has_no_room_is_sent_once_there_is_some() {
    let desk = Desk::with(|config| config.quota_bytes = 20 << 20);
    desk.house.put("/filling.bin", vec![7; 10 << 20]);
    let film = bulk(13, 3);
    desk.write("film.bin", &film);
    let run = desk.run(&["put", "film.bin", "/"]).ended(8);
    assert!(run.err.contains("film.bin"), "{run:?}");
    assert_eq!(desk.house.tree(), ["/filling.bin"]);
    desk.run(&["rm", "/filling.bin"]).ok();
    desk.run(&["put", "film.bin", "/"]).ok();
    let sent = desk.house.server.request_counts().calls("files/upload_session/append_v2").body_bytes;
    assert_eq!(sent, film.len() as u64);
    assert!(desk.house.read("/film.bin") == film);
    assert_eq!((desk.sessions(), desk.notes()), (0, vec![]));
}

/// Runs the command that follows twice: with too little room in the folder `$1`, and with enough. What is there in
/// between and at last is copied beside it. `$2` says how room is taken away: by a small disk, or by a limit for files.
const TWICE: &str = r#"
disk=$1; how=$2; shift 2
if [ "$how" = disk ]; then mount -t tmpfs -o size=1m none "$disk" || exit 99
else trap '' XFSZ; ulimit -S -f 1024; fi
"$@" >first.json; echo $? >first.code
cp -R "$disk" between
if [ "$how" = disk ]; then mount -o remount,size=64m "$disk" || exit 98
else ulimit -S -f unlimited; fi
"$@" >second.json; code=$?
cp -R "$disk" finally
exit $code
"#;

/// An ordinary user may have a small disk of their own where the system allows namespaces.
pub fn may_mount() -> bool {
    let args = ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"];
    let mut command = Command::new("unshare");
    command.args(args).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// In each way in which room can be taken away here, the second of which is there for everybody.
fn in_too_little_room(
    prepare: impl Fn(&Desk),
    args: &[&str],
    code: &str,
    check: impl Fn(&Desk, &str, &serde_json::Value),
) {
    for how in ["disk", "limit"] {
        if how == "disk" && !may_mount() {
            // Then the limit alone has to show it.
            continue;
        }
        let desk = Desk::new();
        prepare(&desk);
        std::fs::create_dir(desk.house.local("disk")).unwrap();
        let program = desk.command(args);
        let mut command = Command::new(if how == "disk" { "unshare" } else { "sh" });
        if how == "disk" {
            command.args(["-rm", "sh"]);
        }
        command.args(["-c", TWICE, "sh", "disk", how]).arg(program.get_program()).args(program.get_args());
        command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(desk.folder());
        Run::from(command.output().unwrap()).ok();
        assert_eq!(desk.local("first.code"), format!("{code}\n").as_bytes(), "{how}");
        let told: serde_json::Value = serde_json::from_slice(&desk.local("first.json")).unwrap();
        for failed in told["failed"].as_array().unwrap() {
            assert_eq!(failed["code"], "full", "{how}: {told}");
        }
        check(&desk, how, &told);
        assert_eq!(desk.notes(), [""; 0], "{how}");
    }
}

#[test]
fn a_dry_run_notices_a_disk_that_cannot_be_written_to() {
    if !may_mount() {
        return;
    }
    let desk = Desk::new();
    desk.house.put("/Trip/a.txt", "a");
    std::fs::create_dir(desk.house.local("disk")).unwrap();
    let program = desk.command(&["get", "-n", "--json", "/Trip", "disk"]);
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", r#"mount -t tmpfs -o ro none disk && exec "$@""#, "sh"]);
    command.arg(program.get_program()).args(program.get_args()).current_dir(desk.folder());
    command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let run = Run::from(command.output().unwrap());
    let told = run.json();
    assert_eq!(told["failed"][0]["path"], "/Trip/a.txt", "{told}");
    assert_eq!(told["files"], serde_json::json!([]));
}

#[test]
fn a_film_for_which_the_disk_has_no_room_comes_once_there_is_some() {
    let film = bulk(24, 4);
    in_too_little_room(
        |desk| drop(desk.house.put("/film.bin", film.clone())),
        &["get", "--json", "/film.bin", "disk"],
        "8",
        |desk, how, told| {
            assert_eq!(told["failed"].as_array().unwrap().len(), 1, "{how}: {told}");
            assert_eq!(desk.local_files("between").len(), 0, "{how}: nothing half is left");
            let found = desk.local_files("finally");
            assert_eq!(found.keys().collect::<Vec<_>>(), ["film.bin"], "{how}");
            assert!(found["film.bin"] == film, "{how}");
        },
    );
}

#[test]
fn of_a_tree_comes_what_finds_room_and_the_rest_once_there_is_some() {
    let mut tree = tree(40, 30_000);
    // The one that no limit for files lets through.
    tree.insert("folder 4/zz.bin".to_owned(), bulk(2, 5));
    in_too_little_room(
        |desk| {
            for (name, bytes) in &tree {
                desk.house.put(&format!("/Tree/{name}"), bytes.clone());
            }
        },
        &["get", "--json", "/Tree", "disk"],
        "7",
        |desk, how, told| {
            let between = desk.local_files("between");
            assert!(!between.contains_key("Tree/folder 4/zz.bin"), "{how}: it has no room anywhere");
            let failed = told["failed"].as_array().unwrap();
            assert_eq!(between.len() + failed.len(), tree.len(), "{how}: each is there or named: {told}");
            if how == "limit" {
                assert_eq!(failed.len(), 1, "the one that is too large stops no other: {told}");
            }
            for (name, bytes) in between {
                assert!(name.strip_prefix("Tree/").is_some_and(|name| tree[name] == bytes), "{how}: {name}");
            }
            let finally = desk.local_files("finally");
            assert!(
                finally.keys().eq(tree.keys().map(|name| format!("Tree/{name}")).collect::<Vec<_>>().iter()),
                "{how}"
            );
            assert!(finally.values().eq(tree.values()), "{how}");
        },
    );
}

#[test]
fn nothing_is_sent_to_a_session_that_could_not_be_noted() {
    const FILES: usize = 330;
    const APPEND: &str = "files/upload_session/append_batch";
    // There is no room for anything more; for the sessions, but not for all that goes to them.
    for room in [None, Some(32_768)] {
        let mut desk = Desk::new();
        let tree = tree(FILES, 300);
        for (name, bytes) in &tree {
            desk.write(&format!("Tree/{name}"), bytes);
        }
        let proxy = desk.proxied();
        let program = desk.command(&["put", "Tree", "/"]);
        let mut command = Command::new("sh");
        // What does not fit is told as an error.
        command.args(["-c", r#"trap '' XFSZ; exec "$@""#, "sh"]).arg(program.get_program());
        command.args(program.get_args()).current_dir(desk.folder());
        command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let route = "files/upload_session/start_batch";
        proxy.hold(Hold::Call { way: Way::Down, route, number: 1 });
        let mut running = Running::start(command);
        assert!(proxy.wait_until_held(|| running.0.try_wait().unwrap().is_some()));
        let log = desk.house.local("data/state/transfers.sqlite-wal");
        let length = std::fs::metadata(log).unwrap().len();
        limit_files(&running, room.map_or(1000, |room| length + room));
        proxy.release();
        assert_eq!(running.wait(), Some(0), "{room:?}");
        let appends = proxy.calls().iter().filter(|call| call.route == APPEND).count();
        assert!(room.is_some() || appends == 0, "a kill would have left what was sent");
        // That it is over could not be written either. The next run finds that all is there.
        desk.run(&["put", "Tree", "/"]).ok();
        assert!(desk.remote_files("/Tree") == tree, "{room:?}: a file is missing or has other bytes");
        assert_eq!(desk.revisions(), FILES as i64, "{room:?}: each was made once");
        assert_eq!(desk.notes(), [""; 0], "{room:?}");
    }
}

/// From now on no file of a program can grow beyond so many bytes.
fn limit_files(running: &Running, bytes: u64) {
    let id = rustix::process::Pid::from_child(&running.0);
    let limit = rustix::process::Rlimit { current: Some(bytes), maximum: None };
    rustix::process::prlimit(Some(id), rustix::process::Resource::Fsize, limit).unwrap();
}

#[test]
fn a_standard_output_that_is_full_is_told() {
    let desk = Desk::new();
    desk.house.put("/note.txt", "some bytes");
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["get", "/note.txt", "-"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(8), "{output:?}");
}

/// Serves an account on a disk (`$1`) with too little room, made as `$2` says, by the program `$3`; uploads to it, and makes
/// a folder when nothing at all is left.
const SERVED: &str = r#"
disk=$1; how=$2; program=$3
if [ "$how" = disk ]; then mount -t tmpfs -o size=24m none "$disk" || exit 99; fi
mkfifo address
(if [ "$how" = limit ]; then trap '' XFSZ; ulimit -S -f 20480; fi
exec "$program" serve --dir "$disk/vault" >address 2>log) &
server=$!
read -r line <address
export COFFER_API_URL="${line#listening on }"
"$program" put --json film.bin / >put.json; echo $? >put.code
if [ "$how" = disk ]; then
    head -c 100m /dev/zero >"$disk/filling" 2>/dev/null
    "$program" mkdir --json /Folder >mkdir.json; echo $? >mkdir.code
fi
kill $server; wait $server
"#;

#[test]
fn a_full_disk_under_the_account_is_told_as_one_and_is_in_the_log_of_the_server() {
    for how in ["disk", "limit"] {
        if how == "disk" && !may_mount() {
            continue;
        }
        let desk = Desk::new();
        desk.write("film.bin", bulk(40, 6));
        std::fs::create_dir(desk.house.local("disk")).unwrap();
        let program = desk.command::<&str>(&[]);
        let mut command = Command::new(if how == "disk" { "unshare" } else { "sh" });
        if how == "disk" {
            command.args(["-rm", "sh"]);
        }
        command.args(["-c", SERVED, "sh", "disk", how]).arg(program.get_program());
        command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(desk.folder());
        Run::from(command.output().unwrap()).ok();
        let commands: &[&str] = if how == "disk" { &["put", "mkdir"] } else { &["put"] };
        for command in commands {
            let told = String::from_utf8(desk.local(&format!("{command}.json"))).unwrap();
            assert_eq!(desk.local(&format!("{command}.code")), b"8\n", "{how}, {command}: {told}");
            assert!(told.contains("The disk is full"), "{how}, {command}: {told}");
        }
        let log = String::from_utf8(desk.local("log")).unwrap();
        assert!(log.contains("the disk is full"), "{how}: {log}");
    }
}

/// Serves an account on a small disk (`$1`) by the program `$2`, and uploads a tree to it.
const SERVED_TREE: &str = r#"
mount -t tmpfs -o size=24m none "$1" || exit 99
mkfifo address
"$2" serve --dir "$1/vault" >address 2>log &
server=$!
read -r line <address
export COFFER_API_URL="${line#listening on }"
"$2" put --json Tree / >put.json; echo $? >put.code
"$2" ls -R / >list
kill $server; wait $server
"#;

#[test]
fn a_full_disk_under_the_account_stops_no_upload_and_what_finds_no_room_is_named() {
    if !may_mount() {
        // Tests with a quota show the same of the upload.
        return;
    }
    let desk = Desk::new();
    for number in 0..30 {
        desk.write(&format!("Tree/{number}.bin"), bulk(1, number));
        desk.write(&format!("Tree/zz {number}.txt"), "small");
    }
    std::fs::create_dir(desk.house.local("disk")).unwrap();
    let program = desk.command::<&str>(&[]);
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", SERVED_TREE, "sh", "disk"]).arg(program.get_program());
    command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(desk.folder());
    Run::from(command.output().unwrap()).ok();
    let told: serde_json::Value = serde_json::from_slice(&desk.local("put.json")).unwrap();
    assert_eq!(desk.local("put.code"), b"7\n", "{told}");
    let failed = told["failed"].as_array().unwrap();
    assert!(failed.iter().all(|failed| failed["code"] == "full"), "{told}");
    assert_eq!(told["files"].as_u64().unwrap() as usize + failed.len(), 60, "each is there or named");
    let list = String::from_utf8(desk.local("list")).unwrap();
    let there = list.lines().filter(|line| !line.ends_with('/')).count();
    assert_eq!(told["files"], there, "what is told is there: {list}");
}
