//! Downloads when all goes well: what comes how, where it stands then, and what happens where something stands
//! already.

use super::proxy::Proxy;
use coffer_model::message::{Job, Update};
use coffer_model::transfer::{FileState, TransferReport};
use coffer_model::{Entry, OnExisting, Recovery, RemotePath};
use coffer_testing::house::{Ended, House, noise, transferred};
use dropbox_protocol::files::{CREATE_FOLDER, CreateFolderArg};
use rustix::fs::{XattrFlags, getxattr, setxattr};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub const MIB: usize = 1024 * 1024;

/// A folder on this computer to download to.
pub fn downloads(house: &House) -> PathBuf {
    let folder = house.local("downloads");
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn order(entries: &[Entry], folder: &Path, existing: OnExisting) -> Job {
    Job::Download { entries: entries.to_vec(), folder: folder.to_owned(), existing }
}

#[track_caller]
pub fn report(ended: Ended) -> TransferReport {
    transferred(ended.receipt()).0
}

/// Every path below a folder with the content of files, sorted; folders end in a slash. Hidden ones count as well.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for item in fs::read_dir(next).unwrap() {
            let path = item.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                found.push((format!("{name}/"), Vec::new()));
                folders.push(path);
            } else {
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A folder has exactly this. Contents are compared without being printed.
#[track_caller]
pub fn assert_tree(folder: &Path, expected: &[(String, Vec<u8>)]) {
    let found = tree(folder);
    let names = |items: &[(String, Vec<u8>)]| -> Vec<String> {
        items.iter().map(|(name, content)| format!("{name} ({} bytes)", content.len())).collect()
    };
    assert_eq!(names(&found), names(expected));
    for (found, expected) in found.iter().zip(expected) {
        assert!(found == expected, "{} is not what it should be", found.0);
    }
}

/// Nothing half done is left: no hidden file, and no note of one.
#[track_caller]
pub fn assert_tidy(house: &House) {
    let hidden: Vec<String> = tree(&house.local("downloads"))
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.contains("coffer"))
        .collect();
    assert_eq!(hidden, [""; 0]);
    let left = ["partial_file", "staging_folder"].map(|table| house.transfers().count(table));
    assert_eq!(left, [0, 0], "no row of anything half done is left");
}

/// A folder of small files in folders; what it is to be here.
pub fn many_files(house: &House, top: &str) -> Vec<(String, Vec<u8>)> {
    let mut expected = vec![(format!("{top}/"), Vec::new())];
    for folder in ["", "Ünïcode/", "deep/er/"] {
        for number in 0..10 {
            let name = format!("{top}/{folder}file {number}.txt");
            let content = format!("content of {name}\n").repeat(number).into_bytes();
            house.put(&format!("/{name}"), content.clone());
            expected.push((name, content));
        }
    }
    for folder in ["Ünïcode/", "deep/", "deep/er/", "empty/"] {
        expected.push((format!("{top}/{folder}"), Vec::new()));
    }
    let empty = CreateFolderArg::new(format!("/{top}/empty"));
    house.runtime.block_on(house.client.rpc(&CREATE_FOLDER, &empty)).unwrap();
    expected.sort();
    expected
}

#[test]
fn a_folder_of_small_files_comes_by_one_archive_with_times_and_empty_folders() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let ended = house.run(order(&[house.entry("/Trip")], &folder, OnExisting::Number));
    let mut verified = 0;
    for update in &ended.updates {
        if let Update::Files(news) = update {
            verified += news.iter().filter(|news| news.state == FileState::Verified).count();
            assert!(news.iter().all(|news| news.name.starts_with("Trip/")), "{news:?}");
        }
    }
    assert_eq!(verified, 30);
    let Some(Update::Transfer(last)) =
        ended.updates.iter().rfind(|update| matches!(update, Update::Transfer(_)))
    else {
        panic!("progress is told")
    };
    let bytes: u64 = expected.iter().map(|(_, content)| content.len() as u64).sum();
    assert_eq!((last.files_done, last.files_total), (30, 30));
    assert_eq!((last.bytes_done, last.bytes_total), (bytes, bytes));
    let report = report(ended);
    assert_eq!((report.files, report.bytes, report.failed.len()), (30, bytes, 0));
    assert_eq!(report.downloaded, [folder.join("Trip")]);
    assert_tree(&folder, &expected);
    assert_eq!(proxy.calls("files/download_zip").len(), 1);
    assert_eq!(proxy.calls("files/download").len(), 0);
    let time = house.entry("/Trip/file 3.txt").file().unwrap().client_modified;
    let here = fs::metadata(folder.join("Trip/file 3.txt")).unwrap().modified().unwrap();
    assert_eq!(here, SystemTime::from(time));
    assert_tidy(&house);
}

#[test]
fn a_large_file_comes_in_parts_and_is_whole() {
    let mut house = House::new();
    let content = noise(37 * MIB + 5, 20);
    let entry = house.put("/film.bin", content.clone());
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let report = report(house.run(order(std::slice::from_ref(&entry), &folder, OnExisting::Number)));
    assert_eq!(report.downloaded, [folder.join("film.bin")]);
    assert!(fs::read(folder.join("film.bin")).unwrap() == content);
    assert_eq!(proxy.served("files/download"), content.len() as u64);
    assert!(proxy.calls("files/download").len() >= 3);
    let here = fs::metadata(folder.join("film.bin")).unwrap().modified().unwrap();
    assert_eq!(here, SystemTime::from(entry.file().unwrap().client_modified));
    assert_tidy(&house);
}

#[test]
fn the_same_order_again_does_nothing_and_says_nothing() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let film = house.put("/film.bin", noise(17 * MIB, 21));
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let entries = [house.entry("/Trip"), film];
    let first = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert_eq!((first.files, first.skipped, first.failed.len()), (31, 0, 0));
    proxy.reset();
    let again = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert_eq!((again.files, again.skipped, again.failed.len()), (0, 31, 0));
    assert_eq!(proxy.served("files/download") + proxy.served("files/download_zip"), 0);
    // What has gone here comes again, and what else is here stays.
    fs::remove_file(folder.join("Trip/file 4.txt")).unwrap();
    fs::write(folder.join("Trip/mine.txt"), "mine").unwrap();
    let third = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert_eq!((third.files, third.skipped, third.failed.len()), (1, 30, 0));
    fs::remove_file(folder.join("Trip/mine.txt")).unwrap();
    fs::remove_file(folder.join("film.bin")).unwrap();
    assert_tree(&folder, &expected);
    assert_tidy(&house);
}

#[test]
fn a_file_that_is_replaced_keeps_its_mode() {
    let mut house = House::new();
    let entry = house.put("/a.sh", "new");
    for mode in [0o600, 0o755, 0o444] {
        let place = house.local("a.sh");
        fs::remove_file(&place).ok();
        fs::write(&place, "old").unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
        let job =
            Job::SaveAs { entry: entry.clone(), local_path: place.clone(), existing: OnExisting::Replace };
        transferred(house.run(job).receipt());
        assert_eq!(fs::read(&place).unwrap(), b"new");
        let kept = fs::metadata(&place).unwrap().permissions().mode() & 0o777;
        assert_eq!(kept, mode, "{mode:o} became {kept:o}");
    }
}

#[test]
fn a_file_that_is_replaced_keeps_what_is_attached_to_it() {
    let mut house = House::new();
    let long = vec![b'x'; 2000];
    let attributes: [(&str, &[u8]); 3] =
        [("user.xdg.comment", b"by the lake"), ("user.empty", b""), ("user.long", &long)];
    // One comes in one piece, the other in several and with a file of its own until it is whole.
    for bytes in [b"new".to_vec(), noise(17 << 20, 31)] {
        let entry = house.put("/a.bin", bytes.clone());
        let place = house.local("a.bin");
        fs::write(&place, "old").unwrap();
        let set = |(name, value): &(&str, &[u8])| setxattr(&place, *name, value, XattrFlags::empty());
        // Not every disk on which tests run has such attributes; then the file arrives all the same.
        let can_attach = attributes.iter().map(set).all(|set| set.is_ok());
        fs::set_permissions(&place, fs::Permissions::from_mode(0o444)).unwrap();
        let job = Job::SaveAs { entry, local_path: place.clone(), existing: OnExisting::Replace };
        transferred(house.run(job).receipt());
        assert!(fs::read(&place).unwrap() == bytes);
        for (name, value) in attributes.iter().filter(|_| can_attach) {
            let mut kept = Vec::with_capacity(4096);
            getxattr(&place, *name, rustix::buffer::spare_capacity(&mut kept)).unwrap();
            assert!(kept == *value, "{name}");
        }
        fs::remove_file(&place).unwrap();
    }
}

#[test]
fn a_different_file_is_left_alone_unless_it_is_to_be_replaced() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    fs::create_dir(folder.join("Trip")).unwrap();
    let (mine, in_the_way) = (folder.join("Trip/file 2.txt"), folder.join("Trip/file 3.txt"));
    fs::write(&mine, "mine").unwrap();
    fs::create_dir(&in_the_way).unwrap();
    let entries = [house.entry("/Trip")];
    let told = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert_eq!((told.files, told.failed.len()), (28, 2));
    let details: Vec<(&str, &str)> =
        told.failed.iter().map(|problem| (problem.title.as_str(), problem.detail.as_str())).collect();
    let refused = "“file 2.txt” could not be downloaded";
    let different = "A different file with this name already exists, so it was not replaced.";
    assert!(details.contains(&(refused, different)), "{details:?}");
    assert!(details.iter().any(|(_, detail)| detail.starts_with("A folder with this name")), "{details:?}");
    assert!(told.failed.iter().all(|problem| problem.recovery() == Recovery::Rename));
    assert_eq!(fs::read(&mine).unwrap(), b"mine");
    fs::remove_dir(&in_the_way).unwrap();
    let replaced = report(house.run(order(&entries, &folder, OnExisting::Replace)));
    assert_eq!((replaced.files, replaced.skipped, replaced.failed.len()), (2, 28, 0));
    assert_tree(&folder, &expected);
    assert_tidy(&house);
}

#[test]
fn a_file_in_the_place_of_a_folder_is_told_once() {
    let mut house = House::new();
    many_files(&house, "Trip");
    let folder = downloads(&house);
    fs::create_dir(folder.join("Trip")).unwrap();
    fs::write(folder.join("Trip/deep"), "mine").unwrap();
    let report = report(house.run(order(&[house.entry("/Trip")], &folder, OnExisting::SkipIdentical)));
    assert_eq!(report.files, 20);
    let told: Vec<&str> = report.failed.iter().map(|problem| problem.title.as_str()).collect();
    assert_eq!(told, ["“deep” could not be downloaded"]);
    assert_eq!(report.failed[0].detail, "A file has the name of a folder that is needed.");
    assert_eq!(fs::read(folder.join("Trip/deep")).unwrap(), b"mine");
}

#[test]
fn files_of_the_same_name_stand_beside_each_other() {
    let mut house = House::new();
    let entries = [house.put("/a/notes.txt", "one"), house.put("/b/notes.txt", "two")];
    let folder = downloads(&house);
    for existing in [OnExisting::SkipIdentical, OnExisting::Number] {
        let told = report(house.run(order(&entries, &folder, existing)));
        assert_eq!(told.failed.len(), 0);
        assert_eq!(told.renamed.len(), 1);
        assert_eq!(told.renamed[0].remote_path, RemotePath::new("/b/notes.txt"));
        assert_eq!(told.renamed[0].local_path, folder.join("notes (1).txt"));
    }
    assert_eq!(fs::read(folder.join("notes.txt")).unwrap(), b"one");
    assert_eq!(fs::read(folder.join("notes (1).txt")).unwrap(), b"two");
}

#[test]
fn names_that_this_computer_cannot_hold_are_told() {
    let mut house = House::new();
    let name = |end| format!("{}{end}.txt", "ö".repeat(200));
    house.put(&format!("/Folder/{}", name(1)), "one");
    house.put(&format!("/Folder/{}", name(2)), "two");
    let folder = downloads(&house);
    let entries = [house.entry("/Folder")];
    let told = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert_eq!((told.files, told.renamed.len()), (2, 2));
    let contents: Vec<Vec<u8>> =
        told.renamed.iter().map(|renamed| fs::read(&renamed.local_path).unwrap()).collect();
    assert_eq!(contents, [b"one", b"two"]);
    let again = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert_eq!((again.files, again.skipped), (0, 2));
}

#[test]
fn saving_under_a_chosen_name_keeps_to_what_was_asked() {
    let mut house = House::new();
    let entry = house.put("/a.txt", "theirs");
    let place = downloads(&house).join("chosen.txt");
    let save = |existing| Job::SaveAs { entry: entry.clone(), local_path: place.clone(), existing };
    fs::write(&place, "mine").unwrap();
    let problem = house.run(save(OnExisting::SkipIdentical)).problem();
    assert_eq!(problem.recovery(), Recovery::Rename);
    assert_eq!(fs::read(&place).unwrap(), b"mine");
    let replaced = report(house.run(save(OnExisting::Replace)));
    assert_eq!(replaced.downloaded, std::slice::from_ref(&place));
    assert_eq!(fs::read(&place).unwrap(), b"theirs");
    let again = report(house.run(save(OnExisting::SkipIdentical)));
    assert_eq!((again.files, again.skipped), (0, 1));
    assert_tidy(&house);
}

#[test]
fn a_folder_is_saved_under_a_chosen_name_by_one_archive() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    let save = Job::SaveAs {
        entry: house.entry("/Trip"),
        local_path: folder.join("Journey"),
        existing: OnExisting::SkipIdentical,
    };
    let told = report(house.run(save.clone()));
    assert_eq!((told.files, told.failed.len(), told.renamed.len()), (30, 0, 0));
    assert_eq!(told.downloaded, [folder.join("Journey")]);
    assert_eq!((proxy.calls("files/download_zip").len(), proxy.calls("files/download").len()), (1, 0));
    let renamed: Vec<(String, Vec<u8>)> =
        expected.into_iter().map(|(name, content)| (name.replacen("Trip", "Journey", 1), content)).collect();
    assert_tree(&folder, &renamed);
    let again = report(house.run(save));
    assert_eq!((again.files, again.skipped), (0, 30));
    assert_tidy(&house);
}
