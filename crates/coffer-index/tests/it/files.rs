//! The file on disk, lists that were not read to their end, and equal files.

use crate::naive::{Said, file, folder};
use coffer_index::{Index, ItemChange, OpenedIndex, OwnPaths};
use coffer_model::RemotePath;
use jiff::Timestamp;
use std::fs;

#[test]
fn a_damaged_file_and_one_of_another_version_are_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.sqlite");
    assert_eq!(Index::open(&path).unwrap().1, OpenedIndex::New);
    assert_eq!(Index::open(&path).unwrap().1, OpenedIndex::Known);

    for damage in ["short".to_owned(), "not a database, but as long as one ".repeat(2000)] {
        fs::write(&path, damage).unwrap();
        let (index, opened) = Index::open(&path).unwrap();
        assert_eq!(opened, OpenedIndex::Replaced);
        assert_eq!(index.state().unwrap(), coffer_index::IndexState::default());
    }

    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert_eq!(Index::open(&path).unwrap().1, OpenedIndex::Replaced);
    assert_eq!(Index::open(&path).unwrap().1, OpenedIndex::Known);
}

fn changes(said: &[Said]) -> Vec<ItemChange<'_>> {
    said.iter().map(Said::change).collect()
}

#[test]
fn lists_go_on_where_they_were_after_a_kill() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("index.sqlite");
    let (index, _) = Index::open(&path).unwrap();
    index.begin("first").unwrap();
    let pending = index.pending_lists(10).unwrap();
    assert_eq!(pending.len(), 1);
    let said = [folder("/a"), folder("/b")];
    index.apply_listed(&pending[0], &changes(&said), None, &[("/a", true), ("/b", true)]).unwrap();
    let pending = index.pending_lists(10).unwrap();
    index.apply_listed(&pending[1], &[], Some("page 2"), &[]).unwrap();
    drop(index);

    let (index, _) = Index::open(&path).unwrap();
    let pending = index.pending_lists(10).unwrap();
    assert_eq!((pending[0].path.as_str(), pending[0].cursor.as_deref()), ("/b", Some("page 2")));
    assert_eq!((pending[1].path.as_str(), pending[1].cursor.as_deref()), ("/a", None));
    index.finish_lists().unwrap();
    assert!(!index.state().unwrap().is_complete, "two lists are still open");
    for list in &pending {
        index.drop_pending(list).unwrap();
    }
    index.finish_lists().unwrap();
    index.apply_feed(&[], OwnPaths::default(), "first", "second", Timestamp::UNIX_EPOCH).unwrap();
    let state = index.state().unwrap();
    assert!(state.is_complete);
    assert_eq!((state.cursor.as_deref(), state.folders), (Some("second"), 2));
}

#[test]
fn what_no_list_tells_of_any_more_is_swept_away_and_the_rest_stays_visible_meanwhile() {
    let directory = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(&directory.path().join("index.sqlite")).unwrap();
    let round = |said: &[Said]| {
        index.begin("cursor").unwrap();
        let before = index.state().unwrap();
        index.apply_listed(&index.pending_lists(1).unwrap()[0], &changes(said), None, &[]).unwrap().unwrap();
        index.finish_lists().unwrap();
        (before, index.state().unwrap())
    };
    let first = [
        folder("/a"),
        file("/a/one", 1, 5, 1),
        file("/a/two", 2, 5, 2),
        folder("/b"),
        folder("/b/c"),
        file("/b/c/x", 3, 5, 3),
    ];
    assert_eq!(round(&first).1.files, 3);
    let second = [folder("/a"), file("/a/one", 1, 5, 1), file("/b", 4, 7, 4), file("/new", 5, 1, 1)];
    // Begun, told of what is gone by now, and begun again.
    index.begin("cursor").unwrap();
    let list = index.pending_lists(1).unwrap().remove(0);
    index
        .apply_listed(&list, &changes(&[file("/gone meanwhile", 9, 5, 1)]), Some("page"), &[])
        .unwrap()
        .unwrap();
    index.begin("cursor").unwrap();
    index.apply_listed(&index.pending_lists(1).unwrap()[0], &changes(&first), None, &[]).unwrap().unwrap();
    index.finish_lists().unwrap();
    assert_eq!(index.state().unwrap().files, 3);
    for _ in 0..3 {
        let (before, after) = round(&second);
        assert!(!before.is_complete && before.files == 3, "{before:?}");
        assert_eq!((after.is_complete, after.files, after.folders, after.bytes), (true, 3, 1, 13));
        assert_eq!(index.entry(&RemotePath::new("/a/two")).unwrap(), None);
    }
}

/// One program is about to end its round when another begins a new one: of that nothing was told yet, so nothing is swept away.
#[test]
fn a_round_that_another_program_has_begun_is_not_ended() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("index.sqlite");
    let ((one, _), (other, _)) = (Index::open(&path).unwrap(), Index::open(&path).unwrap());
    one.begin("c1").unwrap();
    let list = one.pending_lists(1).unwrap().remove(0);
    one.apply_listed(&list, &changes(&[folder("/a"), file("/a/x", 1, 5, 1)]), None, &[]).unwrap().unwrap();
    other.begin("c2").unwrap();
    one.finish_lists().unwrap();
    let state = one.state().unwrap();
    assert_eq!((state.is_complete, state.files, state.folders), (false, 1, 1));
}

#[test]
fn of_two_programs_none_takes_in_what_the_other_has_passed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("index.sqlite");
    let ((one, _), (other, _)) = (Index::open(&path).unwrap(), Index::open(&path).unwrap());
    one.begin("c1").unwrap();
    let list = one.pending_lists(1).unwrap().remove(0);
    let old = [folder("/a"), file("/a/x", 1, 5, 1)];
    assert!(one.apply_listed(&list, &changes(&old), None, &[]).unwrap().is_some());
    assert!(other.apply_listed(&list, &changes(&[file("/never", 9, 9, 9)]), None, &[]).unwrap().is_none());
    one.finish_lists().unwrap();
    // Both know the folder by its number, and all names.
    let query = coffer_model::SearchQuery::parse("x", &jiff::Zoned::now());
    let found = |index: &Index| index.search(&query, coffer_index::SearchOrder::Match, 9).unwrap().count;
    other.apply_mended(&[]).unwrap();
    assert_eq!((found(&one), found(&other)), (1, 1));
    let new = [Said::removed("/a"), folder("/other"), file("/other/x", 2, 6, 2), file("/a/x", 3, 7, 3)];
    assert!(
        other
            .apply_feed(&changes(&new), OwnPaths::default(), "c1", "c2", Timestamp::UNIX_EPOCH)
            .unwrap()
            .is_some()
    );
    assert!(
        one.apply_feed(&changes(&old), OwnPaths::default(), "c1", "c2", Timestamp::UNIX_EPOCH)
            .unwrap()
            .is_none()
    );
    one.apply_feed(
        &changes(&[file("/a/y", 4, 1, 1)]),
        OwnPaths::default(),
        "c2",
        "c3",
        Timestamp::UNIX_EPOCH,
    )
    .unwrap()
    .unwrap();
    for index in [&one, &other] {
        assert_eq!(index.state().unwrap().bytes, 14);
        assert_eq!(index.totals(&RemotePath::new("/a")).unwrap().unwrap().files, 2);
    }
    assert_eq!(found(&one), 2);
}

#[test]
fn equal_files_are_found_those_that_waste_most_first() {
    let directory = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(&directory.path().join("index.sqlite")).unwrap();
    // Files of one size are equal here.
    let said = [
        file("/a/one.jpg", 1, 700, 20),
        file("/b/copy of one.jpg", 2, 700, 10),
        file("/b/again.jpg", 3, 700, 30),
        file("/x.bin", 4, 1000, 1),
        file("/a/y.bin", 5, 1000, 2),
        file("/single.bin", 6, 50_000, 2),
        file("/empty", 7, 0, 2),
        file("/empty too", 8, 0, 2),
    ];
    index.apply_mended(&changes(&said)).unwrap();
    let groups = |below: &str| -> Vec<(u64, Vec<String>)> {
        let groups = index.duplicates(&RemotePath::new(below)).unwrap();
        let names = |group: &coffer_model::DuplicateGroup| {
            group.files.iter().map(|file| file.path.as_str().to_owned()).collect()
        };
        groups.iter().map(|group| (group.wasted_bytes(), names(group))).collect()
    };
    let three = ["/b/copy of one.jpg", "/a/one.jpg", "/b/again.jpg"].map(str::to_owned).to_vec();
    let two = ["/x.bin", "/a/y.bin"].map(str::to_owned).to_vec();
    assert_eq!(groups(""), [(1400, three.clone()), (1000, two)]);
    assert_eq!(groups("/b"), [(700, vec![three[0].clone(), three[2].clone()])]);
    let hash = index.entry(&RemotePath::new("/x.bin")).unwrap().unwrap();
    let hash = hash.file().unwrap().content_hash.clone().unwrap();
    assert_eq!(index.files_with_content(&hash).unwrap().len(), 2);
    assert_eq!(index.files_with_content("no hash").unwrap(), []);
    let largest = index.largest_files(&RemotePath::root(), 2).unwrap();
    assert_eq!(largest.iter().map(coffer_model::Entry::name).collect::<Vec<_>>(), ["single.bin", "x.bin"]);
}
