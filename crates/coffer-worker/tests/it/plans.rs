//! Plans of uploads are made beside everything else: nobody waits for them but who has asked.

use super::proxy::{Proxy, Twist};
use coffer_model::message::{Job, RequestId};
use coffer_model::{Receipt, RemotePath};
use coffer_testing::house::{House, PATIENCE, names};
use rustix::fs::OFlags;
use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;

/// As many as there are interactive permits, and more.
const PLANS: usize = 12;

/// Whoever opens it for reading waits until somebody writes.
fn replace_with_pipe(local_path: &Path) {
    fs::remove_file(local_path).unwrap();
    assert!(Command::new("mkfifo").arg(local_path).status().unwrap().success());
}

/// Ends the waiting also when the test fails: the worker can't be closed before.
struct Pipes(Vec<PathBuf>);

impl Drop for Pipes {
    fn drop(&mut self) {
        for path in &self.0 {
            let flags = OFlags::NONBLOCK.bits().cast_signed();
            drop(File::options().write(true).custom_flags(flags).open(path));
        }
    }
}

#[test]
fn files_that_take_long_to_hash_keep_nobody_from_browsing() {
    let mut house = House::new();
    let paths: Vec<PathBuf> = (0..PLANS).map(|number| house.local(&format!("{number}.bin"))).collect();
    for (number, path) in paths.iter().enumerate() {
        fs::write(path, "old").unwrap();
        // Of the same size, so that only the content tells whether it is the same file.
        house.put(&format!("/Backup {number}/{number}.bin"), "OLD");
    }
    let proxy = Proxy::between(&mut house);
    // The first call asks for the folder and the second for the file. By then it is known that the file is one.
    let (sender, asked) = mpsc::channel();
    let (replaced, pipes) = (paths.clone(), Pipes(paths.clone()));
    proxy.twist(move |call| {
        if call.route == "files/get_metadata" && call.number % 2 == 1 {
            replace_with_pipe(&replaced[call.number / 2]);
            sender.send(()).unwrap();
        }
        Twist::Pass
    });
    let plans: Vec<RequestId> = paths
        .iter()
        .enumerate()
        .map(|(number, path)| {
            let target = RemotePath::new(&format!("/Backup {number}"));
            let id = house.start(Job::PlanUpload {
                local_paths: vec![path.clone()],
                target,
                follows_links: false,
            });
            asked.recv_timeout(PATIENCE).unwrap();
            id
        })
        .collect();
    // All of them hash, and none comes to an end.
    assert_eq!(names(&house.list("/Backup 7")), ["7.bin"]);
    for path in &pipes.0 {
        // Whoever reads finds nothing, and goes on.
        drop(File::options().write(true).open(path).unwrap());
    }
    for id in plans {
        let Receipt::Planned(plan) = house.wait(id).receipt() else { panic!("a plan answers with a plan") };
        assert_eq!(plan.conflicts().count(), 1);
    }
}
