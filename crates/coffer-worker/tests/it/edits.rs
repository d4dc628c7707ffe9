//! Changing the account, and taking it back.

use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job, Update};
use coffer_model::{CopiesToDelete, Entry, Operation, Problem, Receipt, Recovery, RemotePath};
use coffer_testing::house::House;

/// Runs an edit that must go well as a whole.
#[track_caller]
fn edit(house: &mut House, edit: Edit) -> (Vec<Entry>, Option<Operation>) {
    let (entries, undo, failed) = edit_in_part(house, edit);
    assert_eq!(failed, []);
    (entries, undo)
}

#[track_caller]
fn edit_in_part(house: &mut House, edit: Edit) -> (Vec<Entry>, Option<Operation>, Vec<Problem>) {
    match house.run(Job::Edit(edit)).receipt() {
        Receipt::Edited { entries, operation, failed, conflicts } => {
            assert_eq!(conflicts, []);
            (entries, operation, failed)
        }
        other => panic!("an edit answers with an edit: {other:?}"),
    }
}

#[track_caller]
fn undo(house: &mut House, operation: Option<Operation>) -> Vec<Problem> {
    house.reverse(&operation.expect("it can be undone")).failed
}

#[test]
fn a_folder_is_made_and_a_taken_name_is_refused() {
    let mut house = House::new();
    let path = RemotePath::new("/New folder");
    let (entries, operation) = edit(&mut house, Edit::CreateFolder { path: path.clone() });
    assert_eq!(entries[0].path, path);
    let problem = house.run(Job::Edit(Edit::CreateFolder { path })).problem();
    assert_eq!(problem.title, "The folder “New folder” could not be created");
    assert_eq!(problem.recovery(), Recovery::Rename);
    assert_eq!(undo(&mut house, operation), []);
    assert_eq!(house.tree(), [""; 0]);
}

#[test]
fn a_new_folder_that_was_filled_since_is_not_taken_back() {
    let mut house = House::new();
    let (_, operation) = edit(&mut house, Edit::CreateFolder { path: RemotePath::new("/New") });
    house.put("/New/precious.txt", "x");
    let problems = undo(&mut house, operation);
    assert!(problems[0].detail.contains("precious.txt"), "{problems:?}");
    assert_eq!(house.tree(), ["/New/", "/New/precious.txt"]);
}

#[test]
fn a_deleted_folder_comes_back_with_everything_even_what_was_empty() {
    let mut house = House::new();
    house.put("/Trip/a.txt", "one");
    house.put("/Trip/deep/down/b.txt", "two");
    edit(&mut house, Edit::CreateFolder { path: RemotePath::new("/Trip/empty") });
    let before = house.tree();
    let folder = house.entry("/Trip");
    let (_, operation) = edit(&mut house, Edit::Delete(vec![folder]));
    assert_eq!(house.tree(), [""; 0]);
    assert_eq!(undo(&mut house, operation), []);
    assert_eq!(house.tree(), before);
    assert_eq!(house.read("/Trip/deep/down/b.txt"), b"two");
}

#[test]
fn many_items_are_deleted_in_a_batch_and_one_that_changed_is_kept_and_told() {
    let mut house = House::new();
    let entries: Vec<Entry> =
        (0..30).map(|number| house.put(&format!("/f{number}.txt"), format!("{number}"))).collect();
    house.put("/f7.txt", "changed meanwhile");
    let (_, operation, failed) = edit_in_part(&mut house, Edit::Delete(entries));
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].title, "“f7.txt” could not be deleted");
    assert_eq!(failed[0].recovery(), Recovery::Refresh);
    assert_eq!(house.tree(), ["/f7.txt"]);
    assert_eq!(undo(&mut house, operation), []);
    assert_eq!(house.tree().len(), 30);
    assert_eq!(house.read("/f7.txt"), b"changed meanwhile");
}

#[test]
fn copies_are_deleted_only_where_one_that_stays_still_has_the_content() {
    let mut house = House::new();
    let group = |house: &House, deleted: &str, kept: &[&str]| {
        let put = |path: &&str| house.put(path, format!("content of {deleted}"));
        CopiesToDelete { deleted: vec![put(&deleted)], kept: kept.iter().map(put).collect() }
    };
    let groups = vec![
        group(&house, "/Copies/same", &["/Kept/same"]),
        group(&house, "/Copies/changed", &["/Kept/changed"]),
        group(&house, "/Copies/gone", &["/Kept/gone"]),
        group(&house, "/Copies/one of two", &["/Kept/one", "/Kept/two"]),
        // Uploaded again with the same content.
        group(&house, "/Copies/again", &["/Kept/again"]),
    ];
    house.put("/Kept/changed", "another content");
    house.put("/Kept/one", "another content");
    house.put("/Kept/again", "for a moment");
    house.put("/Kept/again", "content of /Copies/again");
    let gone = house.entry("/Kept/gone");
    edit(&mut house, Edit::Delete(vec![gone]));
    let (_, inverse, failed) = edit_in_part(&mut house, Edit::DeleteCopies(groups));
    let copies = |house: &House| -> Vec<String> {
        house
            .every_path()
            .into_iter()
            .filter(|path| path.starts_with("/Copies/") && path != "/Copies/")
            .collect()
    };
    assert_eq!(copies(&house), ["/Copies/changed", "/Copies/gone"]);
    let titles: Vec<&str> = failed.iter().map(|problem| problem.title.as_str()).collect();
    assert_eq!(titles, ["“changed” could not be deleted", "“gone” could not be deleted"]);
    assert!(failed[0].detail.contains("/Kept/changed, was changed"), "{failed:?}");
    assert_eq!(failed[0].recovery(), Recovery::Refresh);
    assert_eq!(undo(&mut house, inverse), []);
    assert_eq!(copies(&house).len(), 5);
}

#[test]
fn a_copy_that_was_changed_itself_stays() {
    let mut house = House::new();
    let groups = vec![CopiesToDelete {
        deleted: vec![house.put("/a.txt", "same"), house.put("/b.txt", "same")],
        kept: vec![house.put("/kept.txt", "same")],
    }];
    house.put("/b.txt", "precious");
    let (_, _, failed) = edit_in_part(&mut house, Edit::DeleteCopies(groups));
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert_eq!(house.tree(), ["/b.txt", "/kept.txt"]);
}

#[test]
fn a_delete_is_not_undone_over_something_new() {
    let mut house = House::new();
    let old = house.put("/a.txt", "old");
    let (_, operation) = edit(&mut house, Edit::Delete(vec![old]));
    house.put("/a.txt", "new");
    let problems = undo(&mut house, operation);
    assert_eq!(problems[0].title, "“a.txt” could not be restored");
    assert_eq!(house.read("/a.txt"), b"new");
}

#[test]
fn renames_go_through_also_when_only_the_case_changes() {
    let mut house = House::new();
    let entry = house.put("/report.TXT", "x");
    let to = RemotePath::new("/Report.txt");
    let (entries, operation) = edit(&mut house, Edit::Move(vec![(entry, to)]));
    assert_eq!(entries[0].name(), "Report.txt");
    assert_eq!(house.tree(), ["/Report.txt"]);
    assert_eq!(undo(&mut house, operation), []);
    assert_eq!(house.tree(), ["/report.TXT"]);
}

#[test]
fn a_rename_that_stopped_half_way_is_finished_at_the_next_start() {
    for taken in [false, true] {
        let mut house = House::new();
        house.put("/F/kayaks.JPG", "x");
        let proxy = Proxy::between(&mut house);
        // Neither the second step nor the way back gets through.
        proxy.twist(|call| match (call.route.as_str(), call.number) {
            ("files/move_v2", 1..) => Twist::Answer(500, "{}".into()),
            _ => Twist::Pass,
        });
        let entry = house.entry("/F/kayaks.JPG");
        let rename = Edit::Move(vec![(entry, RemotePath::new("/F/Kayaks.jpg"))]);
        let problem = house.run(Job::Edit(rename)).problem();
        let temporary = house.tree().pop().unwrap();
        assert!(temporary.starts_with("/F/Kayaks.jpg.renaming-"), "{temporary}");
        let name = temporary.rsplit('/').next().unwrap();
        assert!(problem.detail.contains(&format!("It is called “{name}” for now.")), "{problem:?}");
        if taken {
            house.put("/F/kayaks.jpg", "another");
        }
        proxy.reset();
        proxy.restart_worker(&mut house);
        let session = house.session;
        let expected: &[&str] =
            if taken { &["/F/", "/F/Kayaks (1).jpg", "/F/kayaks.jpg"] } else { &["/F/", "/F/Kayaks.jpg"] };
        // It can be undone as if nothing had stopped it.
        let history = house.wait_for(session, |update| match update {
            Update::History(history) => Some(history.clone()),
            _ => None,
        });
        assert_eq!(house.tree(), expected);
        if !taken {
            assert_eq!(house.reverse(&history.operations[0]).failed, []);
            assert_eq!(house.tree(), ["/F/", "/F/kayaks.JPG"]);
        }
    }
}

#[test]
fn a_rename_to_a_taken_name_is_refused() {
    let mut house = House::new();
    let entry = house.put("/a.txt", "a");
    house.put("/b.txt", "b");
    let problem = house.run(Job::Edit(Edit::Move(vec![(entry, RemotePath::new("/b.txt"))]))).problem();
    assert_eq!(problem.title, "“a.txt” could not be renamed");
    assert_eq!(problem.recovery(), Recovery::Rename);
    assert_eq!(house.read("/b.txt"), b"b");
}

#[test]
fn a_moved_item_that_was_replaced_since_is_not_moved_back() {
    let mut house = House::new();
    let entry = house.put("/a.txt", "x");
    let (moved, operation) = edit(&mut house, Edit::Move(vec![(entry, RemotePath::new("/b.txt"))]));
    edit(&mut house, Edit::Delete(moved));
    house.put("/b.txt", "another");
    let problems = undo(&mut house, operation);
    assert_eq!(problems[0].title, "“b.txt” could not be moved back");
    assert_eq!(house.tree(), ["/b.txt"]);
}

#[test]
fn copies_get_a_number_and_are_taken_back_only_as_they_were_made() {
    let mut house = House::new();
    let file = house.put("/a.txt", "x");
    house.put("/Folder/inside.txt", "y");
    let folder = house.entry("/Folder");
    let (_, of_file) = edit(&mut house, Edit::Copy(vec![(file, RemotePath::new("/a.txt"))]));
    let (_, of_folder) = edit(&mut house, Edit::Copy(vec![(folder, RemotePath::new("/Copied"))]));
    assert!(house.exists("/a (1).txt") && house.exists("/Copied/inside.txt"));
    house.put("/Copied/inside.txt", "changed");
    assert!(undo(&mut house, of_folder)[0].detail.contains("inside.txt"));
    assert_eq!(undo(&mut house, of_file), []);
    assert!(!house.exists("/a (1).txt") && house.exists("/Copied/inside.txt"));
}

#[test]
fn an_old_revision_is_restored_and_that_is_taken_back() {
    let mut house = House::new();
    let old = house.put("/a.txt", "old").file().unwrap().rev.clone();
    let current = house.put("/a.txt", "current").file().unwrap().rev.clone();
    let path = RemotePath::new("/a.txt");
    let restore = Edit::Restore { path: path.clone(), rev: old.clone(), current: Some(current.clone()) };
    let (_, operation) = edit(&mut house, restore);
    assert_eq!(house.read("/a.txt"), b"old");
    assert_eq!(undo(&mut house, operation), []);
    assert_eq!(house.read("/a.txt"), b"current");
    // Now another revision is the newest one, so the same restore is refused.
    let problem = house.run(Job::Edit(Edit::Restore { path, rev: old, current: Some(current) })).problem();
    assert_eq!(problem.recovery(), Recovery::Refresh);
}

#[test]
fn copies_beside_their_original_are_counted() {
    let mut house = House::new();
    let original = house.put("/a.md", "a");
    let other = house.put("/b", "b");
    for _ in 0..3 {
        let copies = vec![(original.clone(), original.path.clone()), (other.clone(), other.path.clone())];
        house.run(Job::Edit(Edit::Copy(copies))).receipt();
    }
    let expected = ["/a (1).md", "/a (2).md", "/a (3).md", "/a.md", "/b", "/b (1)", "/b (2)", "/b (3)"];
    assert_eq!(house.tree(), expected);
}
