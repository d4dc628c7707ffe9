//! Files that may not be read. The superuser may read everything, so there the program runs without that power.

use super::support::{Desk, Run};
use coffer_testing::house::bulk;
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Runs the program as somebody whom permissions concern.
fn run_as_anybody(desk: &Desk, args: &[&str]) -> Run {
    let program = desk.command(args);
    let probe = desk.write("probe", "");
    fs::set_permissions(&probe, Permissions::from_mode(0o0)).unwrap();
    if fs::read(&probe).is_err() {
        return desk.run(args);
    }
    let mut command = Command::new("setpriv");
    command.args(["--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]);
    command.arg(program.get_program()).args(program.get_args()).current_dir(desk.folder());
    command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.output().unwrap().into()
}

fn lock(desk: &Desk, name: &str) {
    fs::set_permissions(desk.house.local(name), Permissions::from_mode(0o0)).unwrap();
}

/// So that the test can clean up after itself.
fn unlock(desk: &Desk, name: &str) {
    fs::set_permissions(desk.house.local(name), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_or_folder_that_may_not_be_read_is_told_and_the_others_arrive() {
    let desk = Desk::new();
    for number in 0..40 {
        desk.write(&format!("Trip/{number}.txt"), format!("{number}"));
    }
    desk.write("Trip/film.bin", bulk(9, 1));
    desk.write("Trip/secret/in it.txt", "secret");
    let locked = ["Trip/7.txt", "Trip/film.bin", "Trip/secret"];
    for name in locked {
        lock(&desk, name);
    }
    let run = run_as_anybody(&desk, &["put", "--json", "Trip", "/"]);
    for name in locked {
        unlock(&desk, name);
    }
    let told = run.ended(7).json();
    let failed = told["failed"].as_array().unwrap();
    assert_eq!((&told["files"], failed.len()), (&json!(39), 3), "{failed:?}");
    for name in ["7.txt", "film.bin", "secret"] {
        assert!(failed.iter().any(|it| it["title"].as_str().unwrap().contains(name)), "{name}: {failed:?}");
    }
    assert!(!desk.house.exists("/Trip/7.txt") && desk.house.exists("/Trip/8.txt"));
    // Once they may be read, the same command brings them, and only them.
    let again = desk.run(&["put", "--json", "Trip", "/"]).ok().json();
    assert_eq!((&again["files"], &again["skipped"]), (&json!(3), &json!(39)));
    assert_eq!(desk.sessions(), 0, "nothing was begun for them in vain");
}

#[test]
fn a_folder_that_may_not_be_written_to_is_told_and_nothing_is_left() {
    let desk = Desk::new();
    for number in 0..12 {
        desk.house.put(&format!("/Trip/{number}.txt"), format!("{number}"));
    }
    fs::create_dir(desk.house.local("closed")).unwrap();
    fs::set_permissions(desk.house.local("closed"), Permissions::from_mode(0o555)).unwrap();
    let run = run_as_anybody(&desk, &["get", "--json", "/Trip", "closed"]);
    unlock(&desk, "closed");
    assert_eq!(run.ended(1).json()["error"]["code"], "failed");
    assert_eq!(desk.local_files("closed").len(), 0);
    desk.run(&["get", "/Trip", "closed"]).ok();
    assert_eq!(desk.local_files("closed").len(), 12);
}
