//! What the history keeps, for how long, and together with other programs.

use super::database::Database;
use super::{Inverse, NewOperation, rows};
use crate::path_root::NotedRoot;
use coffer_model::{HistoryQuery, Operation, OperationKind, RemotePath};
use rusqlite::Connection;
use std::path::PathBuf;
use tempfile::TempDir;

struct Fixture {
    folder: TempDir,
    database: Database,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&file(&folder));
        Self { folder, database }
    }

    /// Keeps that a folder was made.
    fn record(&mut self, account: &str, name: &str) -> Operation {
        let path = RemotePath::new(name);
        let mut new = NewOperation::new(OperationKind::CreateFolder, Some(Inverse::Remove(Vec::new())));
        new.add_item(&path, true, None);
        self.database.write(|connection| rows::insert(connection, account, &NotedRoot::Home, &new)).unwrap()
    }

    fn list(&mut self, account: &str) -> Vec<Operation> {
        let query = HistoryQuery::default();
        self.database.write(|connection| rows::list(connection, account, &query)).unwrap()
    }

    fn sql(&mut self, sql: &str) {
        let run = |connection: &Connection| Ok(connection.execute_batch(sql)?);
        self.database.write(run).unwrap();
    }
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("state/history.sqlite")
}

#[test]
fn of_each_account_ten_thousand_operations_are_kept_with_what_undoes_them() {
    let mut fixture = Fixture::new();
    fixture.record("other", "/Other");
    fixture.record("own", "/First");
    fixture.sql(
        "WITH RECURSIVE number (id) AS (SELECT 3 UNION ALL SELECT id + 1 FROM number WHERE id < 10001)
         INSERT INTO operation SELECT number.id, account, path_root, number.id, at_millis, kind, item, is_folder, before,
             items, files, bytes, failed, undone_millis, inverse_bytes, problem_kind, problem_title, problem_detail, search
         FROM number, operation WHERE operation.id = 2;
         UPDATE counter SET last = 10001",
    );
    assert_eq!(fixture.list("own").len(), 10_000);
    let last = fixture.record("own", "/Last");
    let listed = fixture.list("own");
    assert_eq!((listed.len(), listed[0].id, listed[9_999].id.0), (10_000, last.id, 3));
    assert_eq!(fixture.list("other").len(), 1);
    let left: i64 = fixture
        .database
        .write(|connection| {
            Ok(connection
                .query_row("SELECT count(*) FROM inverse WHERE operation = 2", [], |it| it.get(0))?)
        })
        .unwrap();
    assert_eq!(left, 0, "what undid the one that is gone");
}

#[test]
fn what_is_older_than_ninety_days_goes() {
    let mut fixture = Fixture::new();
    fixture.record("own", "/Old");
    fixture.record("own", "/Newer");
    fixture.sql("UPDATE operation SET at_millis = at_millis - 91 * 86400000 WHERE id = 1");
    fixture.sql("UPDATE operation SET at_millis = at_millis - 89 * 86400000 WHERE id = 2");
    fixture.record("own", "/New");
    let names: Vec<String> = fixture.list("own").iter().map(|it| it.item.to_string()).collect();
    assert_eq!(names, ["/New", "/Newer"]);
}

#[test]
fn where_undoing_takes_too_much_room_the_oldest_operations_can_no_longer_be_undone() {
    let mut fixture = Fixture::new();
    for name in ["/a", "/b", "/c"] {
        fixture.record("own", name);
    }
    fixture.sql("UPDATE operation SET inverse_bytes = 120 << 20");
    fixture.record("own", "/d");
    let can_reverse: Vec<bool> = fixture.list("own").iter().map(|it| it.can_reverse).collect();
    assert_eq!(can_reverse, [true, true, true, false]);
}

#[test]
fn two_programs_share_one_history_and_each_sees_that_the_other_has_written() {
    let mut window = Fixture::new();
    let before = window.database.data_version();
    window.record("own", "/window");
    assert_eq!(window.database.data_version(), before, "its own changes are no news");
    let mut command = Database::open(&file(&window.folder));
    let listed = command.write(|connection| rows::list(connection, "own", &HistoryQuery::default())).unwrap();
    let undone = command.write(|connection| {
        rows::reverse(connection, "own", &listed[0], Some(jiff::Timestamp::now()), None, None)
    });
    assert!(undone.unwrap().unwrap().undone.is_some());
    assert_ne!(window.database.data_version(), before);
    // Whoever has loaded it before changes nothing any more.
    let late =
        window.database.write(|connection| rows::reverse(connection, "own", &listed[0], None, None, None));
    assert_eq!(late.unwrap(), None);
    assert!(window.list("own")[0].undone.is_some());
}

#[test]
fn a_history_of_a_newer_version_is_left_as_it_is() {
    let mut fixture = Fixture::new();
    fixture.record("own", "/a");
    fixture.sql("PRAGMA user_version = 99");
    let mut newer = Database::open(&file(&fixture.folder));
    assert!(newer.problem.as_ref().unwrap().detail.contains("a newer version of Coffer"));
    let listed = newer.write(|connection| rows::list(connection, "own", &HistoryQuery::default())).unwrap();
    assert_eq!((listed.len(), fixture.list("own").len()), (0, 1));
}

#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = Fixture::new();
    let mode = std::fs::metadata(file(&fixture.folder)).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
}
