//! Limits of speed that are given for one run. Nothing here is timed: with its limit a transfer would take hours, and
//! the same one without a limit is over meanwhile.

use super::support::{Desk, Running};
use coffer_testing::counting_proxy::{Call, Way};
use coffer_testing::house::bulk;
use rustix::process::Signal;
use std::process::Stdio;

const MEBIBYTES: usize = 24;
const SIZE: u64 = (MEBIBYTES as u64) << 20;
/// Two hours for the file.
const LIMIT: &str = "3k";
/// What the systems between take at once, however slowly it is handed on.
const BUFFERED: u64 = 8 << 20;

#[test]
fn an_upload_with_a_limit_is_overtaken_by_one_without() {
    let mut desk = Desk::new();
    desk.write("slow.bin", bulk(MEBIBYTES, 1));
    desk.write("fast.bin", bulk(MEBIBYTES, 2));
    let slow = ["put", "--limit-up", LIMIT, "slow.bin", "/"];
    // The other direction is not meant.
    let fast = ["put", "--limit-down", LIMIT, "fast.bin", "/"];
    overtake(&mut desk, Way::Up, &slow, &fast);
    assert_eq!(desk.house.tree(), ["/fast.bin"]);
}

#[test]
fn a_download_with_a_limit_is_overtaken_by_one_without() {
    let mut desk = Desk::new();
    desk.house.put("/slow.bin", bulk(MEBIBYTES, 3));
    desk.house.put("/fast.bin", bulk(MEBIBYTES, 4));
    let slow = ["get", "--limit-down", LIMIT, "/slow.bin", "."];
    let fast = ["get", "--limit-up", LIMIT, "/fast.bin", "."];
    overtake(&mut desk, Way::Down, &slow, &fast);
    assert_eq!(desk.local("fast.bin").len() as u64, SIZE);
    assert!(!desk.house.local("slow.bin").exists());
}

/// Starts one command, waits until its bytes move, runs the other to its end, and stops the first.
fn overtake(desk: &mut Desk, way: Way, slow: &[&str], fast: &[&str]) {
    let url = desk.url.clone();
    let proxy = desk.proxied();
    let mut running = Running(desk.command(slow).stdout(Stdio::null()).spawn().unwrap());
    let mut has_ended = || running.0.try_wait().unwrap().is_some();
    assert!(proxy.wait_for(way, 64 << 10, &mut has_ended), "it ended before anything moved");
    desk.url = url;
    desk.run(fast).ok();
    assert!(!has_ended(), "the limit did not hold");
    let bytes = |call: &Call| if way == Way::Up { call.up_bytes } else { call.down_bytes };
    let moved: u64 = proxy.calls().iter().map(bytes).sum();
    assert!(moved < BUFFERED, "{moved} bytes came through");
    running.signal(Signal::TERM);
    assert_eq!(running.wait(), Some(143));
    assert!(!desk.house.local("data/config/settings.toml").exists(), "it is not remembered");
}
