//! Uploads and downloads.

use coffer_model::message::Job;
use coffer_model::transfer::{Decision, OnExisting};
use coffer_testing::house::{House, noise, plan, transferred, upload};
use std::fs;
use std::path::PathBuf;

#[test]
fn a_folder_goes_up_whole_and_is_taken_back_whole() {
    let mut house = House::new();
    let trip = house.local("Trip");
    fs::create_dir_all(trip.join("deep")).unwrap();
    fs::create_dir_all(trip.join("empty")).unwrap();
    let large = noise(9 * 1024 * 1024 + 17, 1);
    fs::write(trip.join("deep/large.bin"), &large).unwrap();
    fs::write(trip.join("nothing.txt"), "").unwrap();
    fs::write(trip.join("small.txt"), "small").unwrap();
    let plan = plan(&mut house, vec![trip], "/Photos");
    assert_eq!(plan.files.len(), 3);
    assert_eq!(plan.total_bytes, large.len() as u64 + 5);
    let (report, undo) = upload(&mut house, plan, &[]);
    assert_eq!((report.files, report.failed.len()), (3, 0));
    assert_eq!(
        house.tree(),
        [
            "/Photos/",
            "/Photos/Trip/",
            "/Photos/Trip/deep/",
            "/Photos/Trip/deep/large.bin",
            "/Photos/Trip/empty/",
            "/Photos/Trip/nothing.txt",
            "/Photos/Trip/small.txt",
        ]
    );
    assert_eq!(house.read("/Photos/Trip/deep/large.bin"), large);
    assert_eq!(house.reverse(&undo.unwrap()).failed, []);
    assert_eq!(house.tree(), ["/Photos/"]);
}

#[test]
fn conflicts_are_found_and_each_answer_is_followed() {
    let mut house = House::new();
    let old = house.put("/replace.txt", "old");
    house.put("/both.txt", "theirs");
    house.put("/skip.txt", "theirs");
    house.put("/same.txt", "same");
    let names = ["both.txt", "new.txt", "replace.txt", "same.txt", "skip.txt"];
    let paths: Vec<PathBuf> = names
        .iter()
        .map(|name| {
            let path = house.local(name);
            fs::write(&path, if *name == "same.txt" { "same" } else { "mine" }).unwrap();
            path
        })
        .collect();
    let plan = plan(&mut house, paths, "/");
    let conflicts: Vec<Option<bool>> =
        plan.files.iter().map(|file| file.conflict.as_ref().map(|conflict| conflict.identical)).collect();
    assert_eq!(conflicts, [Some(false), None, Some(false), Some(true), Some(false)]);
    let answers = [Decision::KeepBoth, Decision::Replace, Decision::Skip];
    let (report, undo) = upload(&mut house, plan, &answers);
    assert_eq!((report.files, report.skipped), (3, 2));
    assert_eq!(
        house.tree(),
        ["/both (1).txt", "/both.txt", "/new.txt", "/replace.txt", "/same.txt", "/skip.txt"]
    );
    assert_eq!(house.read("/both (1).txt"), b"mine");
    assert_eq!(house.read("/replace.txt"), b"mine");
    assert_eq!(house.read("/skip.txt"), b"theirs");
    assert_eq!(house.entry("/replace.txt").file().unwrap().id, old.file().unwrap().id);
    assert_eq!(house.reverse(&undo.unwrap()).failed, []);
    assert_eq!(house.tree(), ["/both.txt", "/replace.txt", "/same.txt", "/skip.txt"]);
    assert_eq!(house.read("/replace.txt"), b"old");
}

#[test]
fn a_file_that_vanishes_fails_alone() {
    let mut house = House::new();
    let (gone, stays) = (house.local("gone.txt"), house.local("stays.txt"));
    fs::write(&gone, "x").unwrap();
    fs::write(&stays, "y").unwrap();
    let plan = plan(&mut house, vec![gone.clone(), stays], "/");
    fs::remove_file(gone).unwrap();
    let (report, _) = upload(&mut house, plan, &[]);
    assert_eq!(report.files, 1);
    assert_eq!(report.failed[0].title, "“gone.txt” could not be uploaded");
    assert_eq!(report.failed[0].detail, "It is no longer on this computer.");
    assert_eq!(house.tree(), ["/stays.txt"]);
}

#[test]
fn files_and_folders_come_down_verified_with_numbers_for_taken_names() {
    let mut house = House::new();
    let large = noise(6_000_000, 2);
    house.put("/a.txt", "theirs");
    house.put("/Folder/deep/large.bin", large.clone());
    house.put("/Folder/empty.txt", "");
    let downloads = house.local("downloads");
    fs::create_dir(&downloads).unwrap();
    fs::write(downloads.join("a.txt"), "mine").unwrap();
    let entries = vec![house.entry("/a.txt"), house.entry("/Folder")];
    let job = Job::Download { entries, folder: downloads.clone(), existing: OnExisting::Number };
    let (report, _) = transferred(house.run(job).receipt());
    assert_eq!((report.files, report.failed.len()), (3, 0));
    assert_eq!(fs::read(downloads.join("a.txt")).unwrap(), b"mine");
    assert_eq!(fs::read(downloads.join("a (1).txt")).unwrap(), b"theirs");
    assert_eq!(fs::read(downloads.join("Folder/deep/large.bin")).unwrap(), large);
    assert_eq!(fs::read(downloads.join("Folder/empty.txt")).unwrap(), b"");
}
