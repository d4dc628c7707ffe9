//! Two versions of a file beside each other: what is told of them, and how they differ.

use crate::working_copies::{LETTER, check_out, conflict, letter, save};
use bytes::Bytes;
use coffer_model::comparison::{ComparedFile, ComparedFiles, Comparison, Difference};
use coffer_model::message::{Edit, Job, Update};
use coffer_model::preview::PreviewBody;
use coffer_model::working_copy::{ConflictChoice, SaveResult};
use coffer_model::{Entry, ProblemKind, RemotePath};
use coffer_testing::house::House;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::fs;
use std::io::Cursor;
use std::sync::Arc;

fn compare(house: &mut House, files: ComparedFiles) -> Arc<Comparison> {
    let ended = house.run(Job::Compare { files, ignores_space: false });
    let compared = ended.updates.iter().find_map(|update| match update {
        Update::Comparison(comparison) => Some(Arc::clone(comparison)),
        _ => None,
    });
    ended.receipt();
    compared.unwrap()
}

/// Two revisions of one file.
fn revisions(house: &House, path: &str, earlier: impl Into<Bytes>, later: impl Into<Bytes>) -> ComparedFiles {
    pair(house.put(path, earlier), house.put(path, later))
}

fn pair(first: Entry, second: Entry) -> ComparedFiles {
    ComparedFiles::Pair(Box::new([first, second].map(ComparedFile::Revision)))
}

/// Lines that one of both has alone, with its mark.
fn own_lines(comparison: &Comparison) -> Vec<String> {
    let Difference::Lines(lines) = &comparison.difference else { panic!("{:?}", comparison.difference) };
    let own = |side: usize| {
        let rows = lines.rows.iter().filter(|row| !row.is_equal).filter_map(move |row| row.lines[side]);
        rows.map(move |line| format!("{}{}", ["-", "+"][side], &lines.texts[side][line.bytes()]))
    };
    own(0).chain(own(1)).collect()
}

fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(40, 30, Rgb([shade, 80, 80]));
    DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn both_versions_in_conflict_are_compared_line_by_line() {
    let mut house = House::new();
    let (copy, mine) = conflict(&mut house);
    let found = compare(&mut house, ComparedFiles::Conflict(copy.id));
    assert_eq!(own_lines(&found), ["-Dear Ida, from home", "+Dear Ida, from the office"]);
    let [here, there] = &found.versions;
    assert_eq!((here.name.as_str(), here.is_on_this_computer), (mine.name(), true));
    assert_eq!((there.name.as_str(), there.is_on_this_computer), ("Letter.txt", false));
    assert_eq!((here.size_bytes, there.size_bytes), (19, 25));
}

#[test]
fn what_is_compared_is_the_file_on_this_computer_and_not_what_was_saved_of_it() {
    let mut house = House::new();
    let (copy, _) = conflict(&mut house);
    fs::write(&copy.local_path, "Dear Ida, from the office").unwrap();
    assert_eq!(compare(&mut house, ComparedFiles::Conflict(copy.id)).difference, Difference::None);
}

#[test]
fn theirs_is_followed_when_it_is_renamed_and_missed_when_it_is_deleted() {
    let mut house = House::new();
    let (copy, _) = conflict(&mut house);
    let (theirs, renamed) = (house.entry(LETTER), RemotePath::new("/Docs/Letter to Ida.txt"));
    house.run(Job::Edit(Edit::Move(vec![(theirs, renamed.clone())]))).receipt();
    let files = ComparedFiles::Conflict(copy.id);
    assert_eq!(compare(&mut house, files.clone()).versions[1].name, "Letter to Ida.txt");
    house.run(Job::Edit(Edit::Delete(vec![house.entry(renamed.as_str())]))).receipt();
    assert_eq!(house.run(Job::Compare { files, ignores_space: false }).problem().kind, ProblemKind::Changed);
}

#[test]
fn a_file_that_is_in_no_conflict_is_not_compared() {
    let mut house = House::new();
    let copy = letter(&mut house);
    let ended = house.run(Job::Compare { files: ComparedFiles::Conflict(copy.id), ignores_space: false });
    assert_eq!(ended.problem().kind, ProblemKind::Changed);
}

#[test]
fn both_versions_can_be_kept_as_files_of_their_own() {
    let mut house = House::new();
    let (copy, mine) = conflict(&mut house);
    let keep = ConflictChoice::Both;
    house.run(Job::ResolveEditConflict { id: copy.id.clone(), keep }).receipt();
    assert_eq!(house.read("/Docs/Letter.txt"), b"Dear Ida, from the office");
    assert_eq!(house.read(mine.as_str()), b"Dear Ida, from home");
    // From now on it is a file like any other.
    fs::write(&copy.local_path, "Dear Ida, from home, later").unwrap();
    let saved = save(&mut house, &copy.id);
    assert_eq!((saved.result, saved.remote_path), (SaveResult::NewVersion, mine));
}

#[test]
fn revisions_are_compared_by_what_they_are() {
    let mut house = House::new();
    let pair = revisions(&house, "/notes.txt", "a\nb\nc\n", "a\nc\nx\n");
    assert_eq!(own_lines(&compare(&mut house, pair)), ["-b", "+x"]);

    let pair = revisions(&house, "/breaks.txt", "one\r\ntwo\r\n", "one\ntwo\n");
    assert!(own_lines(&compare(&mut house, pair)).is_empty());

    let pair = revisions(&house, "/data.bin", &b"\0\x01\x02"[..], &b"\0\x01\x03"[..]);
    let found = compare(&mut house, pair);
    let Difference::Bytes(bytes) = &found.difference else { panic!("they are no texts") };
    assert_eq!((bytes.equal_bytes, bytes.is_long_text), (Some(2), false));
    let hashes = found.versions.each_ref().map(|version| version.content_hash.clone().unwrap());
    assert_ne!(hashes[0], hashes[1]);

    let pair = revisions(&house, "/picture.png", png(10), png(200));
    let found = compare(&mut house, pair);
    let Difference::Pictures(pictures) = &found.difference else { panic!("they are pictures") };
    assert!(pictures.difference.as_ref().unwrap().strong > 0.99, "{:?}", pictures.difference);
    assert!(pictures.equal_bytes.is_some_and(|bytes| bytes >= 8), "both begin as PNG files do");
    for preview in &pictures.previews {
        assert!(matches!(preview.body, PreviewBody::Picture { width: 40, height: 30, .. }), "{preview:?}");
    }
}

#[test]
fn a_picture_on_this_computer_is_shown_beside_the_one_in_the_account() {
    let mut house = House::new();
    let entry = house.put("/picture.png", png(10));
    let copy = check_out(&mut house, &entry);
    house.put("/picture.png", png(90));
    fs::write(&copy.local_path, png(200)).unwrap();
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Conflict);
    let found = compare(&mut house, ComparedFiles::Conflict(copy.id));
    let Difference::Pictures(pictures) = &found.difference else { panic!("they are pictures") };
    let shades = pictures.previews.each_ref().map(|preview| match &preview.body {
        PreviewBody::Picture { frames, .. } => frames[0].pixels.rgba[0][0],
        other => panic!("{other:?}"),
    });
    assert_eq!(shades, [200, 90]);
}

#[test]
fn large_files_are_not_read_and_the_same_content_is_known_by_its_hash() {
    let mut house = House::new();
    let large = vec![7; 17 * 1024 * 1024];
    let first = house.put("/large.bin", large.clone());
    let second = house.put("/copy.bin", large.clone());
    let same = compare(&mut house, pair(first.clone(), second));
    assert_eq!(same.difference, Difference::None);
    let other = house.put("/large.bin", large[1..].to_vec());
    let Difference::Bytes(bytes) = compare(&mut house, pair(first, other)).difference.clone() else {
        panic!("they differ")
    };
    assert_eq!((bytes.equal_bytes, bytes.is_long_text), (None, false));
}

#[test]
fn two_files_of_the_account_and_one_of_this_computer_are_compared() {
    let mut house = House::new();
    let (one, other) = (house.put("/one.txt", "a\nb\n"), house.put("/Docs/other.txt", "a\nc\n"));
    let found = compare(&mut house, pair(one.clone(), other));
    assert_eq!(own_lines(&found), ["-b", "+c"]);
    assert_eq!(found.versions.each_ref().map(|version| version.name.as_str()), ["one.txt", "other.txt"]);

    let folder = tempfile::tempdir().unwrap();
    let local_path = folder.path().join("here.txt");
    fs::write(&local_path, "a\nhere\n").unwrap();
    let sides = [ComparedFile::Local(local_path), ComparedFile::Revision(one)];
    let files = ComparedFiles::Pair(Box::new(sides));
    let found = compare(&mut house, files.clone());
    assert_eq!(own_lines(&found), ["-here", "+b"]);
    assert_eq!(found.versions.each_ref().map(|version| version.is_on_this_computer), [true, false]);

    folder.close().unwrap();
    assert_eq!(
        house.run(Job::Compare { files, ignores_space: false }).problem().kind,
        ProblemKind::LocalNotFound
    );
}
