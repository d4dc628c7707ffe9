//! A tree of small files down from a service that gives no archives, so that each file is a call: beside the crate with
//! 20 calls at once, and where one call in twenty fails beside where none does.

use super::measured::{self, Runs, run};
use super::service::{Service, new_folder};
use super::setting::Setting;
use super::table::Table;
use super::{data, faulty, ours, sdk};
use std::time::Duration;

/// Every archive is refused as too large.
const NO_ARCHIVE: &str = "files/download_zip:409:100%";

pub fn download(setting: &Setting, table: &mut Table) {
    let tree = setting.place("tree");
    data::tree(&tree, setting.files);
    let service = Service::fresh(setting, Duration::ZERO);
    let remote_path = new_folder();
    measured::run(sdk::command(&service, "upload-tree", &tree, &remote_path));
    drop(service);
    let (mut clean, mut theirs, mut failing) = (Runs::default(), Runs::default(), Runs::default());
    let get = |runs: &mut Runs, faults: &[&str]| {
        let service = Service::open(setting, setting.latency, faults);
        let received = setting.fresh("received").join("tree");
        runs.0.push(run(ours::get(ours::program(setting, &service), &remote_path, &received)));
        assert!(data::same_trees(&tree, &received), "other files came");
    };
    let faults: Vec<&str> = [NO_ARCHIVE].into_iter().chain(faulty::FAULTS).collect();
    for round in 0..setting.rounds {
        eprintln!("  round {}", round + 1);
        get(&mut clean, &[NO_ARCHIVE]);
        get(&mut failing, &faults);
        let service = Service::open(setting, setting.latency, &[]);
        let received = setting.fresh("received");
        theirs.0.push(run(sdk::command(&service, "download-tree", &received, &remote_path)));
    }
    let what = format!("small files down without archives, {} ms", setting.latency.as_millis());
    table.ratio(
        &format!("{what}: wall"),
        clean.wall(),
        ("the crate with 20 in flight", theirs.wall()),
        Some(1.0),
    );
    let what = format!("{what}, one call in 20 fails: wall");
    table.ratio(&what, failing.wall(), ("the clean run", clean.wall()), Some(2.5));
}
