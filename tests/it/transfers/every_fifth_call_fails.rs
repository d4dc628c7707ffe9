//! Many small files over a service that fails all the time, in every way there is. Everything arrives, once.

use super::program::{Setup, local_tree};
use crate::worker::support::noise;
use coffer::server::faults::{Fault, FaultKind};
use std::collections::BTreeMap;
use std::time::Duration;

const FILES: usize = 300;
/// More than anybody will call.
const CALLS: usize = 4000;

/// Four calls pass, one fails; each kind of failure in its turn.
fn let_every_fifth_call_fail(setup: &Setup) {
    let kinds = [
        FaultKind::Status { status: 429, retry_after_secs: 0 },
        FaultKind::Status { status: 503, retry_after_secs: 0 },
        FaultKind::Reset,
        FaultKind::LostReply,
        FaultKind::Cut,
    ];
    let faults = setup.server.faults();
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
    let setup = Setup::new();
    let tree = tree();
    for (name, bytes) in &tree {
        setup.write(&format!("tree/{name}"), bytes);
    }
    let_every_fifth_call_fail(&setup);
    setup.run(&["put", "--exact", setup.local("tree").to_str().unwrap(), "/tree"]);
    setup.server.faults().clear();
    let arrived = setup.read_tree("/tree");
    assert_eq!(arrived.keys().collect::<Vec<_>>(), tree.keys().collect::<Vec<_>>());
    assert!(arrived == tree, "a file has other bytes");
    assert_eq!(setup.count("SELECT count(*) FROM revisions"), FILES as i64, "each was made once");
    assert_eq!(setup.count("SELECT count(*) FROM upload_sessions"), 0, "no session is left behind");
}

#[test]
fn a_tree_comes_down_whole_and_leaves_nothing_else() {
    let setup = Setup::new();
    let tree = tree();
    for (name, bytes) in &tree {
        setup.put(&format!("/tree/{name}"), bytes.clone());
    }
    let_every_fifth_call_fail(&setup);
    let target = setup.local("downloads/tree");
    std::fs::create_dir(setup.local("downloads")).unwrap();
    setup.run(&["get", "--exact", "/tree", target.to_str().unwrap()]);
    setup.server.faults().clear();
    let arrived = local_tree(&target);
    assert_eq!(arrived.keys().collect::<Vec<_>>(), tree.keys().collect::<Vec<_>>());
    assert!(arrived == tree, "a file has other bytes");
    assert_eq!(local_tree(&setup.local("downloads")).len(), FILES, "nothing is left beside it");
}
