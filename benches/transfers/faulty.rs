//! One request in twenty fails: refused, asked to wait, broken, answered without the answer arriving, cut. The tree goes
//! up and down, in turns with runs without failures, and everything must be right.

use super::measured::{self, Runs};
use super::service::Service;
use super::setting::Setting;
use super::table::Table;
use super::{data, ours, sdk};
use dropbox_protocol::content_hash;
use std::path::Path;
use std::time::Duration;

/// Each to one call in a hundred.
pub const FAULTS: [&str; 5] = ["*:429:1%", "*:503:1%", "*:reset:1%", "*:lost-reply:1%", "*:cut:1%"];

pub fn run(setting: &Setting, table: &mut Table) {
    let tree = setting.place("tree");
    data::tree(&tree, setting.files);
    for latency in [setting.latency, Duration::ZERO] {
        let line = format!("{} ms", latency.as_millis());
        up(setting, table, &tree, &line, latency);
        down(setting, table, &tree, &line, latency);
    }
}

fn up(setting: &Setting, table: &mut Table, tree: &Path, line: &str, latency: Duration) {
    let (mut clean, mut faulty) = (Runs::default(), Runs::default());
    let (mut wrong, mut left) = (0, 0);
    for _ in 0..setting.rounds {
        for (runs, faults) in [(&mut clean, &[] as &[&str]), (&mut faulty, &FAULTS)] {
            drop(Service::fresh(setting, latency));
            let service = Service::open(setting, latency, faults);
            // A command that tells of an error ends this here.
            runs.0.push(measured::run(ours::put(ours::program(setting, &service), tree, "/tree")));
            wrong += wrong_in_account(&service, tree);
            left += service.count("SELECT count(*) FROM upload_sessions");
            // Nobody can end a session, or use one of which it was never told.
            wrong += service.count("SELECT count(*) FROM upload_sessions WHERE received > 0");
        }
    }
    let what = format!("one call in 20 fails, {line}, up");
    report(table, &what, &clean, &faulty, wrong);
    let why = "empty ones, whose start got no answer";
    table.number(&format!("{what}: sessions left for seven days"), left as f64, None, "sessions", why);
}

fn down(setting: &Setting, table: &mut Table, tree: &Path, line: &str, latency: Duration) {
    {
        let service = Service::fresh(setting, Duration::ZERO);
        measured::run(sdk::command(&service, "upload-tree", tree, "/tree"));
    }
    let (mut clean, mut faulty) = (Runs::default(), Runs::default());
    let mut wrong = 0;
    for _ in 0..setting.rounds {
        for (runs, faults) in [(&mut clean, &[] as &[&str]), (&mut faulty, &FAULTS)] {
            let service = Service::open(setting, latency, faults);
            let received = setting.fresh("received").join("tree");
            runs.0.push(measured::run(ours::get(ours::program(setting, &service), "/tree", &received)));
            wrong += u64::from(!data::same_trees(tree, &received));
        }
    }
    report(table, &format!("one call in 20 fails, {line}, down"), &clean, &faulty, wrong);
}

fn report(table: &mut Table, what: &str, clean: &Runs, faulty: &Runs, wrong: u64) {
    table.number(&format!("{what}: wrong, missing or double"), wrong as f64, Some(0.0), "files", "");
    table.ratio(&format!("{what}: wall"), faulty.wall(), ("the clean run", clean.wall()), Some(2.0));
}

/// How many of the account's files differ from the tree, are missing, too many, or were made twice.
pub fn wrong_in_account(service: &Service, tree: &Path) -> u64 {
    let names = data::files_below(tree);
    let expected = names.iter().map(|name| {
        let hash = content_hash(&std::fs::read(tree.join(name)).unwrap());
        (format!("/tree/{}", name.display()).to_lowercase(), hash)
    });
    let files = service.files();
    let missing = expected.filter(|(path, hash)| files.get(path) != Some(hash)).count() as u64;
    let made = service.count("SELECT count(*) FROM revisions");
    missing + (names.len() as u64).abs_diff(made)
}
