//! What another program takes from the window: downloaded into a folder of the program's own.

use super::downloads::report;
use coffer_model::entry::EntryKind;
use coffer_model::message::Job;
use coffer_testing::house::House;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn files_and_folders_that_another_program_takes_are_in_a_private_folder_and_in_no_record() {
    let mut house = House::new();
    let file = house.put("/Letter.txt", "Dear Ida");
    house.put("/Trip/Day 1/notes.txt", "rain");
    let entries = vec![file, house.entry("/Trip")];
    let folder = house.local("coffer/cache/promised/1");
    let report = report(house.run(Job::FetchPromised { entries, folder: folder.clone() }));
    let mut downloaded = report.downloaded;
    downloaded.sort();
    assert_eq!(downloaded, [folder.join("Letter.txt"), folder.join("Trip")]);
    assert_eq!(fs::read(folder.join("Letter.txt")).unwrap(), b"Dear Ida");
    assert_eq!(fs::read(folder.join("Trip/Day 1/notes.txt")).unwrap(), b"rain");
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o077, 0);
    assert_eq!(house.transfers().count("transfer"), 0, "no later run resumes it");
}

#[test]
fn more_than_other_programs_are_given_at_once_is_refused_with_what_to_do() {
    let mut house = House::new();
    let mut entry = house.put("/film.bin", "short");
    let EntryKind::File(file) = &mut entry.kind else { panic!("it is a file") };
    file.size_bytes = 10_000_000_001;
    let folder = house.local("coffer/cache/promised/1");
    let problem = house.run(Job::FetchPromised { entries: vec![entry], folder: folder.clone() }).problem();
    assert_eq!(problem.title, "Nothing could be given to the other program");
    assert!(problem.detail.contains("Download the items into a folder instead"), "{}", problem.detail);
    assert!(!folder.join("film.bin").exists());
}
