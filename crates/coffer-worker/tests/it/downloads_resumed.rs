//! Downloads that were interrupted: by a close, a cancel, a failure. What has come is kept where it helps, and
//! nothing half done stays where it does not.

use super::downloads::{MIB, assert_tidy, assert_tree, downloads, many_files, order, report, tree};
use super::proxy::{Proxy, Twist};
use coffer_model::message::{Job, Outcome, Update};
use coffer_model::{OnExisting, RemotePath};
use coffer_testing::house::{House, PATIENCE, noise};
use std::fs;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// Cuts the first range of a large file after eleven of its sixteen mebibytes, and never answers what comes then.
/// Returns when that has been asked for: by then all that came is written.
fn interrupt_in_the_middle(house: &mut House, proxy: &Proxy, job: Job) {
    let (asked, is_asked) = mpsc::channel();
    proxy.twist(move |call| {
        let start = call.range.as_deref().unwrap_or("bytes=0-").trim_start_matches("bytes=");
        if call.route != "files/download" {
            Twist::Pass
        } else if start.starts_with("0-") {
            Twist::CutAfter(11 * MIB as u64)
        } else if start.starts_with("16777216-") {
            Twist::Pass
        } else {
            asked.send(()).unwrap();
            Twist::Never
        }
    });
    house.start(job);
    is_asked.recv_timeout(PATIENCE).unwrap();
}

/// Answers on this route come to a halt after so many bytes; it is told that one was asked for.
fn hold_after(proxy: &Proxy, route: &'static str, bytes: u64) -> Receiver<()> {
    let (asked, is_asked) = mpsc::channel();
    proxy.twist(move |call| {
        if call.route != route {
            return Twist::Pass;
        }
        asked.send(()).unwrap();
        Twist::HoldAfter(bytes)
    });
    is_asked
}

#[test]
fn a_large_file_goes_on_after_the_program_was_closed() {
    let mut house = House::new();
    let content = noise(17 * MIB, 30);
    let entry = house.put("/film.bin", content.clone());
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let job = order(&[entry], &folder, OnExisting::SkipIdentical);
    interrupt_in_the_middle(&mut house, &proxy, job.clone());
    house.worker = None;
    let left: Vec<String> = tree(&folder).into_iter().map(|(name, _)| name).collect();
    assert!(
        left.len() == 1 && left[0].starts_with(".film.bin.") && left[0].ends_with(".coffer-part"),
        "{left:?}"
    );
    proxy.reset();
    proxy.restart_worker(&mut house);
    assert_eq!(report(house.run(job)).files, 1);
    assert!(fs::read(folder.join("film.bin")).unwrap() == content);
    let again = proxy.served("files/download");
    assert!(again <= 9 * MIB as u64, "two of its blocks were there: {again}");
    assert_tidy(&house);
}

#[test]
fn what_a_part_claims_is_not_believed() {
    let mut house = House::new();
    let content = noise(17 * MIB, 31);
    let entry = house.put("/film.bin", content.clone());
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let job = order(&[entry], &folder, OnExisting::Number);
    interrupt_in_the_middle(&mut house, &proxy, job.clone());
    house.worker = None;
    let part = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let mut damaged = fs::read(&part).unwrap();
    damaged[5 * MIB] ^= 1;
    fs::write(&part, damaged).unwrap();
    proxy.reset();
    proxy.restart_worker(&mut house);
    assert_eq!(report(house.run(job)).files, 1);
    assert!(fs::read(folder.join("film.bin")).unwrap() == content);
    let again = proxy.served("files/download");
    assert!((8 * MIB as u64..=13 * MIB as u64).contains(&again), "the damaged block came again: {again}");
    assert_tidy(&house);
}

#[test]
fn a_file_that_has_changed_meanwhile_starts_anew() {
    let mut house = House::new();
    let entry = house.put("/film.bin", noise(17 * MIB, 32));
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    interrupt_in_the_middle(&mut house, &proxy, order(&[entry], &folder, OnExisting::SkipIdentical));
    house.worker = None;
    let content = noise(17 * MIB + 1, 33);
    let entry = house.put("/film.bin", content.clone());
    proxy.reset();
    proxy.restart_worker(&mut house);
    assert_eq!(report(house.run(order(&[entry], &folder, OnExisting::SkipIdentical))).files, 1);
    assert!(fs::read(folder.join("film.bin")).unwrap() == content);
    assert_eq!(proxy.served("files/download"), content.len() as u64);
    assert_tidy(&house);
}

#[test]
fn a_cancelled_large_file_leaves_nothing() {
    let mut house = House::new();
    let entry = house.put("/film.bin", noise(17 * MIB, 34));
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let is_asked = hold_after(&proxy, "files/download", 9 * MIB as u64);
    let id = house.start(order(&[entry], &folder, OnExisting::Number));
    is_asked.recv_timeout(PATIENCE).unwrap();
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if progress.bytes_done > 0 => Some(()),
        _ => None,
    });
    house.cancel(id);
    assert_eq!(house.wait(id).outcome, Outcome::Cancelled);
    house.worker = None;
    assert_tree(&folder, &[]);
    assert_tidy(&house);
}

#[test]
fn a_cancelled_archive_leaves_only_what_has_a_name() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let is_asked = hold_after(&proxy, "files/download_zip", 2000);
    let id = house.start(order(&[house.entry("/Trip")], &folder, OnExisting::Number));
    is_asked.recv_timeout(PATIENCE).unwrap();
    house.cancel(id);
    assert_eq!(house.wait(id).outcome, Outcome::Cancelled);
    house.worker = None;
    for item in tree(&folder) {
        assert!(expected.contains(&item), "{}", item.0);
    }
    assert_tidy(&house);
}

#[test]
fn an_archive_goes_on_after_the_program_was_closed() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let is_asked = hold_after(&proxy, "files/download_zip", 2000);
    let job = order(&[house.entry("/Trip")], &folder, OnExisting::Number);
    house.start(job.clone());
    is_asked.recv_timeout(PATIENCE).unwrap();
    house.worker = None;
    assert_tidy(&house);
    proxy.reset();
    proxy.restart_worker(&mut house);
    let told = report(house.run(job));
    assert_eq!((told.files, told.failed.len()), (30, 0));
    assert_eq!(told.downloaded, [folder.join("Trip")]);
    assert_tree(&folder, &expected);
    assert_tidy(&house);
}

#[test]
fn an_order_that_failed_in_part_brings_only_the_rest_when_it_is_run_again() {
    let mut house = House::new();
    let mut expected = many_files(&house, "Trip");
    let film = noise(5 * MIB, 35);
    let refused = house.put("/Trip/film.bin", film.clone());
    let rev = refused.file().unwrap().rev.0.to_string();
    expected.push(("Trip/film.bin".to_owned(), film));
    expected.sort();
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    proxy.twist(move |call| {
        if call.argument.contains(&rev) {
            return Twist::Answer(409, r#"{"error_summary":"odd/..","error":{".tag":"odd"}}"#.into());
        }
        Twist::Pass
    });
    let job = order(&[house.entry("/Trip")], &folder, OnExisting::Number);
    let first = report(house.run(job.clone()));
    assert_eq!((first.files, first.failed.len()), (30, 1));
    assert_eq!(first.failed[0].path, Some(RemotePath::new("/Trip/film.bin")));
    proxy.reset();
    let second = report(house.run(job));
    assert_eq!((second.files, second.failed.len()), (31, 0));
    assert_eq!(second.downloaded, [folder.join("Trip")]);
    assert_eq!(proxy.calls("files/download").len(), 1);
    assert_eq!(proxy.calls("files/download_zip").len(), 0);
    assert_tree(&folder, &expected);
    assert_tidy(&house);
}

#[test]
fn a_folder_goes_on_in_the_same_place_after_the_program_was_closed() {
    let mut house = House::new();
    let mut expected = many_files(&house, "Trip");
    let film = noise(17 * MIB, 36);
    house.put("/Trip/film.bin", film.clone());
    expected.push(("Trip/film.bin".to_owned(), film));
    expected.sort();
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let job = order(&[house.entry("/Trip")], &folder, OnExisting::Number);
    interrupt_in_the_middle(&mut house, &proxy, job.clone());
    // The small files that come beside the film get their names in their own time.
    let end = std::time::Instant::now() + PATIENCE;
    while !expected.iter().all(|(name, _)| name.ends_with("film.bin") || folder.join(name).exists()) {
        assert!(std::time::Instant::now() < end, "the small files don't come");
        std::thread::sleep(Duration::from_millis(20));
    }
    proxy.reset();
    proxy.restart_worker(&mut house);
    let told = report(house.run(job));
    assert_eq!((told.files, told.failed.len()), (31, 0));
    assert_tree(&folder, &expected);
    assert!(proxy.served("files/download") <= 9 * MIB as u64);
    assert_eq!(proxy.served("files/download_zip"), 0);
    assert_tidy(&house);
}
