//! A service that does everything wrong that the tests know: it refuses, asks to wait, breaks off, loses, cuts, garbles
//! and delays replies. The tree goes up and down, by a command and by the window, and everything must be right.

use super::faulty::{self, wrong_in_account};
use super::measured;
use super::service::Service;
use super::setting::Setting;
use super::table::Table;
use super::windowless::Windowless;
use super::{data, ours, sdk};
use std::path::Path;
use std::time::Duration;

/// Beside those that cost time in `faults`.
const MORE_FAULTS: [&str; 2] = ["*:garbled:1%", "*:delay-300:1%"];

pub fn run(setting: &Setting, table: &mut Table) {
    let tree = setting.place("tree");
    data::tree(&tree, setting.files);
    let faults: Vec<&str> = faulty::FAULTS.into_iter().chain(MORE_FAULTS).collect();
    for by_window in [false, true] {
        let who = if by_window { "window" } else { "command" };
        drop(Service::fresh(setting, Duration::ZERO));
        let service = Service::open(setting, Duration::ZERO, &faults);
        if by_window {
            by_the_window(setting, &service, &format!("drop {}", tree.display()));
        } else {
            measured::run(ours::put(ours::program(setting, &service), &tree, "/tree"));
        }
        let wrong = wrong_in_account(&service, &tree);
        report(table, setting, &format!("{who}, up"), wrong);
        drop(service);

        let service = Service::fresh(setting, Duration::ZERO);
        measured::run(sdk::command(&service, "upload-tree", &tree, "/tree"));
        drop(service);
        let service = Service::open(setting, Duration::ZERO, &faults);
        let received = setting.fresh("received");
        if by_window {
            by_the_window(setting, &service, &format!("get {}", received.display()));
        } else {
            measured::run(ours::get(ours::program(setting, &service), "/tree", &received.join("tree")));
        }
        let wrong = wrong_here(&tree, &received);
        report(table, setting, &format!("{who}, down"), wrong);
    }
}

fn by_the_window(setting: &Setting, service: &Service, what: &str) {
    setting.fresh("windowless");
    let mut program = Windowless::start(setting, service);
    program.tell(what);
    program.wait_until("the transfer ends", |now| now.ended != (0, 0));
    assert_eq!(program.ended, (1, 0), "it ends well");
}

fn report(table: &mut Table, setting: &Setting, which: &str, wrong: u64) {
    let what = format!("seven kinds of faults, {which}: wrong, missing or double");
    table.number(&what, wrong as f64, Some(0.0), "files", &format!("of {}", setting.files));
}

/// Files that differ, are missing or too many.
fn wrong_here(tree: &Path, received: &Path) -> u64 {
    let names = data::files_below(tree);
    let differs =
        |name: &&std::path::PathBuf| !data::same_files(&tree.join(name), &received.join("tree").join(name));
    let wrong = names.iter().filter(differs).count();
    (wrong + data::files_below(received).len().abs_diff(names.len())) as u64
}
