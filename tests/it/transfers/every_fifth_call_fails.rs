//! Many small files over a service that fails all the time, in every way there is. Everything arrives, once.

use crate::cli::support::Desk;
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::noise;
use std::collections::BTreeMap;
use std::time::Duration;

const FILES: usize = 300;
/// More than anybody will call.
const CALLS: usize = 4000;

/// Four calls pass, one fails; each kind of failure in its turn.
fn let_every_fifth_call_fail(desk: &Desk) {
    let kinds = [
        FaultKind::Status { status: 429, retry_after_secs: 0 },
        FaultKind::Status { status: 503, retry_after_secs: 0 },
        FaultKind::Reset,
        FaultKind::LostReply,
        FaultKind::Cut,
        FaultKind::Garbled,
    ];
    let faults = desk.house.faults();
    for kind in kinds.iter().cycle().take(CALLS / 5) {
        faults.add(Fault::new("*", FaultKind::Delay(Duration::ZERO), 4));
        faults.add(Fault::new("*", kind.clone(), 1));
    }
}

fn tree() -> BTreeMap<String, Vec<u8>> {
    let name = |number: usize| format!("folder {}/file {number:03}.bin", number % 10);
    // Sizes from nothing to a few pages.
    (0..FILES).map(|number| (name(number), noise(number * 29, number as u64))).collect()
}

#[test]
fn a_tree_goes_up_whole_and_once() {
    let desk = Desk::new();
    let tree = tree();
    for (name, bytes) in &tree {
        desk.write(&format!("tree/{name}"), bytes);
    }
    let_every_fifth_call_fail(&desk);
    desk.run(&["put", "--exact", "tree", "/tree"]).ok();
    desk.house.faults().clear();
    assert!(desk.remote_files("/tree") == tree, "a file is missing or has other bytes");
    assert_eq!(desk.revisions(), FILES as i64, "each was made once");
    assert_eq!(desk.sessions(), 0, "no session is left behind");
    assert_eq!(desk.notes(), [""; 0]);
}

#[test]
fn a_tree_comes_down_whole_and_leaves_nothing_else() {
    let desk = Desk::new();
    let tree = tree();
    for (name, bytes) in &tree {
        desk.house.put(&format!("/tree/{name}"), bytes.clone());
    }
    let_every_fifth_call_fail(&desk);
    desk.run(&["get", "--exact", "/tree", "downloads/tree"]).ok();
    desk.house.faults().clear();
    assert!(desk.local_files("downloads/tree") == tree, "a file is missing or has other bytes");
    assert_eq!(desk.local_files("downloads").len(), FILES, "nothing is left beside it");
    assert_eq!(desk.notes(), [""; 0]);
}
