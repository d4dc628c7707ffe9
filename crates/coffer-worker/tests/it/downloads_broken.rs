//! Downloads when the line, the service or the archive is not as it should be.

use super::downloads::{MIB, assert_tidy, assert_tree, downloads, many_files, order, report};
use super::proxy::{Proxy, Twist};
use coffer_model::message::Job;
use coffer_model::{Entry, EntryKind, OnExisting, Recovery, RemotePath, Rev};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, noise};
use std::fs;

#[test]
fn whatever_breaks_on_the_way_everything_arrives_once_and_right() {
    let kinds = [
        FaultKind::Status { status: 429, retry_after_secs: 0 },
        FaultKind::Status { status: 503, retry_after_secs: 0 },
        FaultKind::Reset,
        FaultKind::Cut,
        FaultKind::LostReply,
        FaultKind::Garbled,
    ];
    let mut house = House::new();
    let mut expected = many_files(&house, "Trip");
    let film = noise(17 * MIB, 40);
    house.put("/Trip/deep/film.bin", film.clone());
    expected.push(("Trip/deep/film.bin".to_owned(), film));
    expected.sort();
    let entries = [house.entry("/Trip")];
    let folder = downloads(&house);
    for kind in kinds {
        for route in ["files/list_folder", "files/download", "files/download_zip"] {
            house.faults().add(Fault::new(route, kind.clone(), 1));
        }
        let told = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
        assert_eq!(told.failed, [], "{kind}");
        assert_eq!((told.files, told.skipped), (31, 0), "{kind}");
        assert_tree(&folder, &expected);
        assert_tidy(&house);
        assert_eq!(house.faults().next_for_route("files/download_zip"), None, "{kind} has happened");
        fs::remove_dir_all(folder.join("Trip")).unwrap();
    }
}

/// Downloads a folder whose archive is changed on its way; what it is then, and how many files came by themselves.
#[track_caller]
fn with_archive(change: fn(Vec<u8>) -> Vec<u8>) -> (usize, usize) {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    proxy.twist(move |call| match call.route.as_str() {
        "files/download_zip" if call.number == 0 => Twist::Change(change),
        _ => Twist::Pass,
    });
    let told = report(house.run(order(&[house.entry("/Trip")], &folder, OnExisting::Number)));
    assert_eq!((told.files, told.failed.len()), (30, 0));
    assert_tree(&folder, &expected);
    assert_tidy(&house);
    let around: Vec<String> = fs::read_dir(house.folder.path())
        .unwrap()
        .map(|item| item.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["coffer", "downloads", "vault"].contains(&name.as_str()))
        .collect();
    assert_eq!(around, [""; 0], "nothing is written elsewhere");
    (proxy.calls("files/download_zip").len(), proxy.calls("files/download").len())
}

/// Puts other bytes of the same length in the place of the first occurrence.
fn replaced(mut archive: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let place = archive.windows(old.len()).position(|window| window == old).unwrap();
    archive[place..place + old.len()].copy_from_slice(new);
    archive
}

#[test]
fn a_file_that_is_other_than_listed_comes_by_itself() {
    let calls = with_archive(|archive| {
        replaced(archive, b"content of Trip/deep/er/file 4.txt", b"CONTENT of Trip/deep/er/file 4.txt")
    });
    assert_eq!(calls, (1, 1));
}

#[test]
fn a_name_that_is_not_listed_is_never_written() {
    let calls =
        with_archive(|archive| replaced(archive, b"Trip/deep/er/file 4.txt", b"Trip/../../../escap.txt"));
    assert_eq!(calls, (1, 1));
    let calls =
        with_archive(|archive| replaced(archive, b"Trip/deep/er/file 4.txt", b"Trip/deep/er/file 5.txt"));
    assert_eq!(calls.0, 1);
}

#[test]
fn what_came_before_an_archive_broke_stays() {
    let calls = with_archive(|mut archive| {
        let place = archive.windows(13).position(|window| window == b"er/file 5.txt").unwrap();
        archive.truncate(place + 20);
        archive
    });
    assert!(calls.0 + calls.1 <= 1 + 25, "{calls:?}");
    assert!(calls.0 >= 2 || calls.1 < 30, "not all of it came again: {calls:?}");
}

/// A list without the content hashes of its files.
fn without_hashes(reply: Vec<u8>) -> Vec<u8> {
    String::from_utf8(reply).unwrap().replace("\"content_hash\"", "\"something_else\"").into_bytes()
}

#[test]
fn what_cannot_be_verified_is_said() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "files/list_folder" | "files/list_folder/continue" => Twist::Change(without_hashes),
        _ => Twist::Pass,
    });
    let entries = [house.entry("/Trip")];
    let told = report(house.run(order(&entries, &folder, OnExisting::Number)));
    assert_eq!((told.files, told.unverified, told.failed.len()), (30, 30, 0));
    assert_tree(&folder, &expected);
    proxy.reset();
    let told = report(house.run(order(&entries, &folder, OnExisting::Number)));
    assert_eq!((told.files, told.unverified), (30, 0));
}

#[test]
fn what_is_no_archive_at_all_costs_nothing_but_calls() {
    with_archive(|_| b"<html>Welcome to this hotel</html>".to_vec());
    with_archive(|_| Vec::new());
}

#[test]
fn an_archive_that_is_refused_is_tried_for_smaller_folders() {
    let mut house = House::new();
    let expected = many_files(&house, "Trip");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "files/download_zip" if call.number == 0 => Twist::Answer(
            409,
            r#"{"error_summary":"too_many_files/.","error":{".tag":"too_many_files"}}"#.into(),
        ),
        _ => Twist::Pass,
    });
    let told = report(house.run(order(&[house.entry("/Trip")], &folder, OnExisting::Number)));
    assert_eq!((told.files, told.failed.len()), (30, 0));
    assert_tree(&folder, &expected);
    let archives: Vec<String> =
        proxy.calls("files/download_zip").into_iter().map(|call| call.argument).collect();
    assert_eq!(archives.len(), 3, "{archives:?}");
    assert_eq!(proxy.calls("files/download").len(), 9, "the files in the folder itself, but the empty one");
}

#[test]
fn a_version_that_is_gone_is_told_and_the_rest_comes() {
    let mut house = House::new();
    let here = house.put("/here.txt", "here");
    let mut gone = house.put("/gone.txt", "gone");
    if let EntryKind::File(file) = &mut gone.kind {
        file.rev = Rev("0123456789abcdef".into());
    }
    let no_folder = Entry::new(RemotePath::new("/Nowhere"), EntryKind::Folder { id: "id:x".into() });
    let folder = downloads(&house);
    let told = report(house.run(order(&[gone, no_folder, here], &folder, OnExisting::Number)));
    assert_eq!(told.files, 1);
    let mut details: Vec<(&str, &str)> =
        told.failed.iter().map(|problem| (problem.title.as_str(), problem.detail.as_str())).collect();
    details.sort_unstable();
    assert_eq!(
        details,
        [
            ("“Nowhere” could not be downloaded", "It no longer exists."),
            ("“gone.txt” could not be downloaded", "Dropbox no longer has this version."),
        ]
    );
    assert_tree(&folder, &[("here.txt".to_owned(), b"here".to_vec())]);
}

#[test]
fn a_file_that_arrives_wrong_is_not_kept() {
    let mut house = House::new();
    let entry = house.put("/a.txt", "theirs");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "files/download" => Twist::Change(|_| b"THEIRS".to_vec()),
        _ => Twist::Pass,
    });
    let told = report(house.run(order(&[entry], &folder, OnExisting::Number)));
    assert_eq!(told.failed.len(), 1);
    assert!(told.failed[0].detail.contains("differs from the one in Dropbox"), "{}", told.failed[0].detail);
    assert_tree(&folder, &[]);
    assert_tidy(&house);
}

#[test]
fn a_target_that_is_not_there_is_told_once() {
    let mut house = House::new();
    many_files(&house, "Trip");
    let folder = house.local("gone");
    let problem = house.run(order(&[house.entry("/Trip")], &folder, OnExisting::Number)).problem();
    assert_eq!(problem.title, "Nothing could be downloaded to “gone”");
    assert_eq!(problem.detail, "The folder does not exist on this computer.");
    assert_eq!(problem.recovery(), Recovery::Retry);
    let save = Job::SaveAs {
        entry: house.entry("/Trip/file 1.txt"),
        local_path: folder.join("a.txt"),
        existing: OnExisting::Replace,
    };
    assert_eq!(house.run(save).problem().title, "Nothing could be downloaded to “gone”");
}
