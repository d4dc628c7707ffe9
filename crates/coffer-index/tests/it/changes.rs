//! What is remembered of changes.

use crate::naive::{Said, file, folder};
use coffer_index::{Index, ItemChange, OwnPaths};
use coffer_model::{ChangeKind, LoggedChange, RemotePath};
use jiff::Timestamp;
use std::sync::Arc;

struct Feed {
    _folder: tempfile::TempDir,
    index: Index,
}

impl Feed {
    /// A complete index of these items.
    fn of(said: &[Said]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (index, _) = Index::open(&folder.path().join("index.sqlite")).unwrap();
        let changes: Vec<ItemChange<'_>> = said.iter().map(Said::change).collect();
        index.begin("cursor").unwrap();
        index.apply_listed(&index.pending_lists(1).unwrap()[0], &changes, None, &[]).unwrap();
        index.finish_lists().unwrap();
        Self { _folder: folder, index }
    }

    fn tell(&self, said: &[Said], seen: i64) {
        let changes: Vec<ItemChange<'_>> = said.iter().map(Said::change).collect();
        let seen = Timestamp::from_second(seen).unwrap();
        self.index.apply_feed(&changes, OwnPaths::default(), "cursor", "cursor", seen).unwrap().unwrap();
    }

    fn changes(&self) -> Vec<LoggedChange> {
        self.index.changes(&RemotePath::root(), None, 1000, 1000).unwrap()
    }

    fn kinds(&self) -> Vec<(ChangeKind, String)> {
        self.changes().into_iter().map(|change| (change.kind, change.path.as_str().to_owned())).collect()
    }
}

#[test]
fn what_is_there_from_the_beginning_is_no_change() {
    let feed = Feed::of(&[folder("/a"), file("/a/b.txt", 1, 1, 1)]);
    assert_eq!(feed.changes(), []);
}

#[test]
fn added_edited_and_deleted_files_the_latest_first() {
    let feed = Feed::of(&[file("/a/B.txt", 1, 10, 1)]);
    feed.tell(&[file("/a/B.txt", 2, 20, 2), file("/a/new.txt", 3, 5, 2)], 100);
    feed.tell(&[Said::removed("/a/b.txt")], 200);
    let changes = feed.changes();
    assert_eq!(
        feed.kinds(),
        [
            (ChangeKind::Deleted, "/a/B.txt".to_owned()),
            (ChangeKind::Added, "/a/new.txt".to_owned()),
            (ChangeKind::Edited, "/a/B.txt".to_owned()),
        ]
    );
    assert_eq!(changes[0].old_rev, changes[2].rev);
    assert_eq!(changes[2].old_rev.as_ref().map(|rev| &*rev.0), Some("000000000001"));
    assert_eq!(changes[0].seen, Timestamp::from_second(200).unwrap());
    let since = Timestamp::from_second(150).ok();
    assert_eq!(feed.index.changes(&RemotePath::root(), since, 10, 10).unwrap().len(), 1);
    assert_eq!(feed.index.changes(&RemotePath::new("/elsewhere"), None, 10, 10).unwrap(), []);
}

#[test]
fn folders_around_a_change_are_spelt_as_they_are_now() {
    let feed = Feed::of(&[folder("/Photos"), folder("/Photos/Été 2026")]);
    feed.tell(
        &[file("/Photos/Été 2026/B.jpg", 1, 10, 1), file("/Photos/Été 2026/Gone/C.jpg", 2, 10, 1)],
        100,
    );
    let paths = |feed: &Feed| feed.kinds().into_iter().map(|(_, path)| path).collect::<Vec<_>>();
    assert!(paths(&feed).contains(&"/Photos/Été 2026/B.jpg".to_owned()), "{:?}", paths(&feed));
    feed.tell(&[Said::removed("/photos/été 2026/gone")], 200);
    assert_eq!(paths(&feed)[0], "/Photos/Été 2026/gone");
}

#[test]
fn what_is_said_again_is_no_change() {
    let feed = Feed::of(&[file("/a/b.txt", 1, 10, 1)]);
    feed.tell(&[folder("/a"), file("/a/b.txt", 1, 10, 1)], 100);
    // The folder was not named before, so only its id is new.
    assert_eq!(feed.changes(), []);
}

#[test]
fn a_moved_folder_is_one_change_in_whatever_order_it_is_told() {
    for turned in [false, true] {
        let feed = Feed::of(&[
            folder("/A").with_id("id:folder"),
            file("/A/one.txt", 1, 10, 1).with_id("id:1"),
            file("/A/two.txt", 2, 10, 1).with_id("id:2"),
        ]);
        let mut said = vec![
            Said::removed("/a"),
            folder("/B").with_id("id:folder"),
            file("/B/one.txt", 1, 10, 1).with_id("id:1"),
            file("/B/two.txt", 2, 10, 1).with_id("id:2"),
        ];
        if turned {
            said.rotate_left(1);
        }
        feed.tell(&said, 100);
        let changes = feed.changes();
        assert_eq!(feed.kinds(), [(ChangeKind::Moved, "/B".to_owned())], "{turned}");
        assert_eq!(changes[0].old_path, Some(RemotePath::new("/A")));
        assert_eq!(changes[0].files, 2);
    }
}

#[test]
fn a_deleted_folder_is_one_change_with_the_number_of_its_files() {
    let feed = Feed::of(&[folder("/a/b"), file("/a/one.txt", 1, 10, 1), file("/a/b/two.txt", 2, 5, 1)]);
    feed.tell(&[Said::removed("/a")], 100);
    let changes = feed.changes();
    assert_eq!(feed.kinds(), [(ChangeKind::Deleted, "/a".to_owned())]);
    assert_eq!((changes[0].files, changes[0].bytes, changes[0].is_folder), (2, Some(15), true));
}

#[test]
fn old_changes_and_those_beyond_the_bound_are_forgotten() {
    let feed = Feed::of(&[]);
    feed.tell(&[file("/old.txt", 1, 1, 1)], 0);
    let in_a_year = 365 * 24 * 3600;
    feed.tell(&[file("/new.txt", 1, 1, 1)], in_a_year);
    assert_eq!(feed.kinds(), [(ChangeKind::Added, "/new.txt".to_owned())]);
    let many: Vec<Said> = (0..100_010).map(|number| file(&format!("/{number}"), 1, 1, 1)).collect();
    feed.tell(&many, in_a_year);
    assert_eq!(feed.index.changes(&RemotePath::root(), None, usize::MAX, usize::MAX).unwrap().len(), 100_000);
}

#[test]
fn changes_are_told_with_their_folders_as_these_are_spelt() {
    let feed = Feed::of(&[folder("/Work"), folder("/Work/Plans")]);
    feed.tell(&[file("/Work/Plans/New.md", 1, 10, 1), folder("/Work/Plans/Old")], 100);
    let paths: Vec<String> = feed.kinds().into_iter().map(|(_, path)| path).collect();
    assert_eq!(paths, ["/Work/Plans/Old", "/Work/Plans/New.md"]);
}

#[test]
fn folders_have_news_until_they_are_seen_and_what_the_program_changes_itself_is_none() {
    let feed = Feed::of(&[folder("/a"), folder("/a/b"), folder("/own"), folder("/gone")]);
    let tell = |own: &[&str], said: &[Said]| {
        let own = Arc::new(own.iter().map(|path| Arc::from(*path)).collect());
        let changes: Vec<ItemChange<'_>> = said.iter().map(Said::change).collect();
        let (own, seen) = (OwnPaths { paths: vec![own], ..OwnPaths::default() }, Timestamp::UNIX_EPOCH);
        feed.index.apply_feed(&changes, own, "cursor", "cursor", seen).unwrap().unwrap();
    };
    let news = || -> Vec<String> {
        feed.index.news().unwrap().iter().map(|path| path.lower().to_string()).collect()
    };
    let said =
        [file("/a/b/x", 1, 1, 1), file("/gone/y", 2, 1, 1), file("/own/z", 3, 1, 1), file("/top", 4, 1, 1)];
    tell(&["/own/z", "/a/c"], &said);
    assert_eq!(news(), ["/a/b", "/gone", ""]);
    // Below what the program has moved, and from where it was moved.
    tell(&["/own"], &[file("/own/deep/er", 5, 1, 1)]);
    tell(&["/top"], &[Said::removed("/top"), file("/elsewhere", 4, 1, 1).with_id("id:/top")]);
    assert_eq!(news(), ["/a/b", "/gone", ""]);
    let elsewhere = feed.index.changes_elsewhere(0, 100).unwrap();
    let paths: Vec<&str> = elsewhere.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(paths, ["/top", "/gone/y", "/a/b/x"]);
    assert_eq!(feed.index.changes_elsewhere(elsewhere[0].number, 100).unwrap(), []);
    assert!(feed.index.last_change().unwrap() > elsewhere[0].number);
    feed.index.see(Some(&RemotePath::new("/A/B"))).unwrap();
    tell(&[], &[Said::removed("/gone")]);
    assert_eq!(news(), [""]);
    feed.index.see(None).unwrap();
    assert_eq!(news(), [""; 0]);
}

#[test]
fn the_news_of_very_many_folders_are_bounded() {
    let feed = Feed::of(&[]);
    let many: Vec<Said> = (0..1_500).map(|number| file(&format!("/{number}/x"), 1, 1, 1)).collect();
    feed.tell(&many, 100);
    let news = feed.index.news().unwrap();
    assert_eq!((news.len(), news[999].as_str()), (1_000, "/1499"));
}

#[test]
fn what_claims_a_time_of_its_own_is_told_among_what_happened_then() {
    let feed = Feed::of(&[folder("/a"), file("/a/one", 1, 1, 1), file("/a/two", 2, 1, 1)]);
    let moment = |seconds| Timestamp::from_second(seconds).unwrap();
    let tell = |times: &[(&str, i64)], said: &[Said], seen: i64| {
        let times = times.iter().map(|(path, time)| (Arc::from(*path), moment(*time))).collect();
        let own = OwnPaths { times: vec![Arc::new(times)], ..OwnPaths::default() };
        let changes: Vec<ItemChange<'_>> = said.iter().map(Said::change).collect();
        feed.index.apply_feed(&changes, own, "cursor", "cursor", moment(seen)).unwrap().unwrap();
    };
    tell(&[], &[file("/a/one", 3, 1, 1)], 9_000_000);
    tell(
        &[("/a", 8_000_000), ("/a/two", 7_000_000)],
        &[Said::removed("/a/one"), Said::removed("/a/two")],
        9_000_100,
    );
    let seen: Vec<(i64, String)> = feed
        .changes()
        .into_iter()
        .map(|change| (change.seen.as_second(), change.path.as_str().to_owned()))
        .collect();
    assert_eq!(
        seen,
        [(9_000_000, "/a/one".into()), (8_000_000, "/a/one".into()), (7_000_000, "/a/two".into())]
    );
    feed.index.log_goes_back_to(moment(6_000_000)).unwrap();
    let log = feed.index.path_changes(moment(0)).unwrap();
    assert_eq!(log.since, Some(moment(6_000_000)));
    let between: Vec<(i64, i64)> = log
        .changes
        .iter()
        .take(2)
        .map(|change| (change.after.as_second(), change.seen.as_second()))
        .collect();
    assert_eq!(between, [(6_999_999, 7_000_000), (7_999_999, 8_000_000)]);
}

/// A move in parts as the service tells it: a new folder, its parts, the old folder that is empty.
fn move_in_parts(feed: &Feed, (from, to): (&str, &str), files: std::ops::Range<u64>, seen: i64) {
    feed.tell(&[folder(to).with_id("id:new")], seen);
    for number in files {
        let gone = Said::removed(&format!("{from}/{number}").to_lowercase());
        let come = file(&format!("{to}/{number}"), number, 10, 1).with_id(&format!("id:{number}"));
        feed.tell(&[gone, come], seen + 1);
    }
    feed.tell(&[Said::removed(&from.to_lowercase())], seen + 2);
}

fn numbered_files(folder: &str, numbers: std::ops::Range<u64>) -> Vec<Said> {
    let named = |number| file(&format!("{folder}/{number}"), number, 10, 1).with_id(&format!("id:{number}"));
    numbers.map(named).collect()
}

#[test]
fn a_folder_that_was_moved_in_parts_is_one_change() {
    let feed = Feed::of(&[vec![folder("/A"), folder("/Old")], numbered_files("/Old", 1..6)].concat());
    feed.tell(&[file("/A/before.txt", 100, 1, 1).with_id("id:100")], 100);
    // One of the files had gone elsewhere before.
    feed.tell(&[Said::removed("/old/5"), file("/A/5", 5, 10, 1).with_id("id:5")], 150);
    move_in_parts(&feed, ("/Old", "/A/New"), 1..5, 200);
    let changes = feed.changes();
    assert_eq!(
        feed.kinds(),
        [
            (ChangeKind::Moved, "/A/New".to_owned()),
            (ChangeKind::Moved, "/A/5".to_owned()),
            (ChangeKind::Added, "/A/before.txt".to_owned()),
        ]
    );
    assert_eq!(changes[0].old_path, Some(RemotePath::new("/Old")));
    assert_eq!((changes[0].is_folder, changes[0].files, changes[0].bytes), (true, 4, Some(40)));
    // And back.
    move_in_parts(&feed, ("/A/New", "/Old"), 1..5, 300);
    assert_eq!(
        feed.kinds()[..2],
        [(ChangeKind::Moved, "/Old".to_owned()), (ChangeKind::Moved, "/A/New".to_owned()),]
    );
    assert_eq!(feed.changes()[0].old_path, Some(RemotePath::new("/A/New")));
}

#[test]
fn a_move_in_parts_that_is_not_complete_is_told_as_far_as_it_went() {
    let feed = Feed::of(&[vec![folder("/Old")], numbered_files("/Old", 1..4)].concat());
    feed.tell(&[folder("/New").with_id("id:new")], 100);
    feed.tell(&[Said::removed("/old/1"), file("/New/1", 1, 10, 1).with_id("id:1")], 101);
    let kinds = [(ChangeKind::Moved, "/New/1".to_owned()), (ChangeKind::Added, "/New".to_owned())];
    assert_eq!(feed.kinds(), kinds);
}

#[test]
fn a_folder_whose_files_went_into_one_that_was_there_is_no_moved_folder() {
    let feed = Feed::of(&[vec![folder("/Old"), folder("/New")], numbered_files("/Old", 1..3)].concat());
    for number in 1..3 {
        let come = file(&format!("/New/{number}"), number, 10, 1).with_id(&format!("id:{number}"));
        feed.tell(&[Said::removed(&format!("/old/{number}")), come], 100);
    }
    feed.tell(&[Said::removed("/old")], 101);
    let kinds: Vec<ChangeKind> = feed.kinds().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [ChangeKind::Deleted, ChangeKind::Moved, ChangeKind::Moved]);
}

#[test]
fn of_many_changes_of_one_kind_in_one_folder_the_latest_are_told_and_the_others_counted() {
    let feed = Feed::of(&[]);
    feed.tell(&[file("/a/first.txt", 900, 1, 1)], 900);
    feed.tell(&numbered_files("/many", 1..201), 1000);
    feed.tell(&numbered_files("/many", 201..301), 8000);
    let changes = feed.index.changes(&RemotePath::root(), None, 1000, 50).unwrap();
    let counted: Vec<(usize, u64)> = changes
        .chunk_by(|one, other| one.path.parent() == other.path.parent() && one.seen == other.seen)
        .map(|of_a_kind| (of_a_kind.len(), of_a_kind.iter().map(|change| change.further).sum()))
        .collect();
    // The folders themselves are changes too.
    assert_eq!(counted, [(50, 50), (50, 150), (1, 0), (1, 0), (1, 0)]);
    assert_eq!(changes.last().map(|change| change.path.as_str()), Some("/a"));
}
