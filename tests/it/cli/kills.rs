//! A transfer that is killed, or stopped by Ctrl+C, goes on when the same command is run again.

use super::proxy::{Proxy, Way};
use super::support::{Desk, Run, Running, bulk};
use rustix::process::Signal;
use std::fs;
use std::path::Path;

const MEBIBYTES: usize = 160;
/// Where the way is closed, and the program stopped.
const MIDDLE: u64 = 112 << 20;
/// One piece of each stream in flight, and what the calls themselves need.
const SENT_AGAIN: u64 = (6 * 8 + 2) << 20;

/// Runs a command twice through a proxy that closes in the middle; answers with the bytes of the second run.
fn stop_and_go_on(
    desk: &mut Desk,
    way: Way,
    args: &[&str],
    stop: impl FnOnce(Running),
    between: impl FnOnce(&Desk),
) -> (Run, u64) {
    let proxy = Proxy::before(&desk.house.server.url());
    desk.url.clone_from(&proxy.url);
    proxy.close_after(way, MIDDLE);
    let running = Running::start(desk.command(args));
    proxy.wait_until_closed();
    stop(running);
    between(desk);
    proxy.open();
    let run = desk.run(args).ok();
    (run, proxy.passed(way))
}

fn kill(mut running: Running) {
    running.0.kill().unwrap();
    assert_eq!(running.0.wait().unwrap().code(), None, "a killed program has no exit code");
}

fn interrupt(running: Running) {
    running.signal(Signal::INT);
    assert_eq!(running.wait(), Some(130));
}

fn assert_only_the_rest(bytes: u64) {
    let rest = ((MEBIBYTES as u64) << 20) - MIDDLE;
    assert!(bytes < rest + SENT_AGAIN, "{} MiB went the second time", bytes >> 20);
}

#[test]
fn an_upload_that_was_killed_sends_only_the_rest_the_second_time() {
    let mut desk = Desk::new();
    let content = bulk(MEBIBYTES, 1);
    desk.write("film.bin", &content);
    let nothing_yet = |desk: &Desk| assert!(!desk.house.exists("/Films/film.bin"));
    let args = ["put", "film.bin", "/Films/"];
    let (_, bytes) = stop_and_go_on(&mut desk, Way::Up, &args, kill, nothing_yet);
    assert_only_the_rest(bytes);
    assert!(desk.house.read("/Films/film.bin") == content);
    assert_eq!(desk.house.tree(), ["/Films/", "/Films/film.bin"]);
}

#[test]
fn an_upload_goes_on_after_ctrl_c() {
    let mut desk = Desk::new();
    desk.write("film.bin", bulk(MEBIBYTES, 2));
    let args = ["put", "film.bin", "/film.bin"];
    let (_, bytes) = stop_and_go_on(&mut desk, Way::Up, &args, interrupt, |_| {});
    assert_only_the_rest(bytes);
    assert_eq!(desk.house.entry("/film.bin").file().unwrap().size_bytes, (MEBIBYTES as u64) << 20);
}

#[test]
fn a_download_that_was_killed_brings_only_the_rest_the_second_time() {
    let mut desk = Desk::new();
    let content = bulk(MEBIBYTES, 3);
    desk.write("source.bin", &content);
    desk.run(&["put", "source.bin", "/film.bin"]).ok();
    let nothing_yet = |desk: &Desk| assert!(!desk.house.local("films/film.bin").exists());
    let args = ["get", "/film.bin", "films/"];
    let (_, bytes) = stop_and_go_on(&mut desk, Way::Down, &args, kill, nothing_yet);
    assert_only_the_rest(bytes);
    assert!(desk.local("films/film.bin") == content);
    assert_eq!(names(&desk.house.local("films")), ["film.bin"]);
}

#[test]
fn a_download_goes_on_after_ctrl_c() {
    let mut desk = Desk::new();
    let content = bulk(MEBIBYTES, 4);
    desk.write("source.bin", &content);
    desk.run(&["put", "source.bin", "/film.bin"]).ok();
    let nothing_yet = |desk: &Desk| assert!(!desk.house.local("copy.bin").exists());
    let args = ["get", "/film.bin", "copy.bin"];
    let (_, bytes) = stop_and_go_on(&mut desk, Way::Down, &args, interrupt, nothing_yet);
    assert_only_the_rest(bytes);
    assert!(desk.local("copy.bin") == content);
}

#[test]
fn a_polite_kill_is_told_apart_from_ctrl_c() {
    let mut desk = Desk::new();
    desk.write("film.bin", bulk(16, 5));
    let proxy = Proxy::before(&desk.house.server.url());
    desk.url.clone_from(&proxy.url);
    proxy.close_after(Way::Up, 1 << 20);
    let running = Running::start(desk.command(&["put", "film.bin", "/"]));
    proxy.wait_until_closed();
    running.signal(Signal::TERM);
    assert_eq!(running.wait(), Some(143));
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
