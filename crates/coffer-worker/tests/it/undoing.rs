//! The undo of what was done to many items: what is asked of the service does not grow with their number.

use super::bringing_back::Accident;
use super::past::contents;
use coffer_model::message::{Edit, Job};
use coffer_model::{Entry, HistoryQuery, Operation, Receipt, RemotePath};
use coffer_testing::house::{House, plan, upload};
use std::fs;

fn path(text: &str) -> RemotePath {
    RemotePath::new(text)
}

#[track_caller]
fn operation(receipt: Receipt) -> Operation {
    match receipt {
        Receipt::Edited { operation: Some(operation), failed, .. } if failed.is_empty() => operation,
        other => panic!("an edit answers with an operation: {other:?}"),
    }
}

/// Undoes or redoes an operation; answers with how many files were restored, and how many other calls that took.
#[track_caller]
fn calls_to_reverse(house: &mut House, operation: &Operation) -> (Operation, u64, u64) {
    house.server.request_counts().clear();
    let reversal = house.reverse(operation);
    assert_eq!(reversal.failed, []);
    let counts = house.server.request_counts();
    let restores = counts.calls("files/restore").count;
    // How often a batch is asked whether it is done depends on the time that it takes.
    let routes = counts.routes().into_iter().filter(|(route, _)| !route.ends_with("check"));
    let all: u64 = routes.map(|(_, calls)| calls.count).sum();
    (reversal.operation, restores, all - restores)
}

#[test]
fn the_undo_of_a_bring_back_asks_no_more_for_a_thousand_files_than_for_a_hundred() {
    for files in [99, 990] {
        let mut accident = Accident::new(files);
        let expected = accident.expected();
        let job = accident.job();
        let done = operation(accident.house.run(job).receipt());
        assert_eq!(contents(&accident.house), expected);

        let (undone, restores, others) = calls_to_reverse(&mut accident.house, &done);
        assert_eq!(contents(&accident.house), accident.after);
        // Of the changed files a third was in a folder that was deleted later.
        assert_eq!(restores, files as u64 * 2 / 9);
        assert!(others <= 20, "{others} for {files}");

        let (_, restores, others) = calls_to_reverse(&mut accident.house, &undone);
        assert_eq!(contents(&accident.house), expected);
        assert_eq!(restores, files as u64 * 7 / 9, "what was not renamed");
        assert!(others <= 30, "{others} for {files}");
    }
}

#[test]
fn what_an_undo_has_refused_can_be_undone_later_and_what_it_has_done_be_done_again() {
    let mut house = House::that_follows_nothing();
    let names = ["a", "b", "c"];
    let moves: Vec<(Entry, RemotePath)> =
        names.iter().map(|name| (house.put(&format!("/F/{name}"), *name), path("/G").join(name))).collect();
    let done = operation(house.run(Job::Edit(Edit::Move(moves))).receipt());
    // Its place is taken.
    house.put("/F/b", "somebody else’s");
    let first = house.reverse(&done);
    assert_eq!(first.failed.len(), 1);
    assert_eq!(house.tree(), ["/F/", "/F/a", "/F/b", "/F/c", "/G/", "/G/b"]);
    let list = |house: &mut House| match house.run(Job::ListHistory(HistoryQuery::default())).receipt() {
        Receipt::History(history) => history.operations.clone(),
        other => panic!("{other:?}"),
    };
    let operations = list(&mut house);
    let [rest, undone] = &operations[..] else { panic!("{operations:?}") };
    assert_eq!((rest.kind, rest.items, rest.item.as_str()), (done.kind, 1, "/G/b"));
    assert!(rest.undone.is_none() && rest.can_reverse && rest.problem.is_some(), "{rest:?}");
    assert!(undone.undone.is_some() && undone.changed > rest.id.0, "it is the last step: {undone:?}");

    house.delete("/F/b");
    assert_eq!(house.reverse(rest).failed, []);
    assert_eq!(house.tree(), ["/F/", "/F/a", "/F/b", "/F/c", "/G/"]);
    assert_eq!(house.reverse(undone).failed, []);
    assert_eq!(house.tree(), ["/F/", "/F/b", "/G/", "/G/a", "/G/c"]);
}

/// The undo of an edit of three hundred files, its redo and its undo again, each with so many calls at most and a restore for
/// each file that comes back.
#[track_caller]
fn check(house: &mut House, act: impl FnOnce(&mut House) -> Operation, most: u64) {
    let before = contents(house);
    let mut operation = act(house);
    let after = contents(house);
    for expected in [&before, &after, &before] {
        let (reversed, _, others) = calls_to_reverse(house, &operation);
        assert!(contents(house) == *expected, "{:?} {:?}", operation.kind, operation.next_step());
        assert!(others <= most, "{others} calls for {:?} {:?}", operation.kind, operation.next_step());
        operation = reversed;
    }
}

#[test]
fn what_was_done_to_three_hundred_files_is_undone_and_redone_in_a_few_calls() {
    let mut house = House::that_follows_nothing();
    for number in 0..300 {
        house.put(&format!("/F/{}/{number}.txt", number % 3), format!("file {number}"));
    }
    house.put("/G/here.txt", "it stays");
    let files = |house: &mut House| -> Vec<Entry> {
        let folders = ["/F/0", "/F/1", "/F/2"].map(|folder| house.list(folder));
        folders.iter().flat_map(|folder| folder.entries.clone()).collect()
    };
    let run = |house: &mut House, edit: Edit| operation(house.run(Job::Edit(edit)).receipt());
    let delete = |house: &mut House| {
        let entries = files(house);
        run(house, Edit::Delete(entries))
    };
    check(&mut house, delete, 12);
    let moved = |house: &mut House| {
        let to = |entry: Entry| {
            let to = path("/G").join(entry.name());
            (entry, to)
        };
        let items = files(house).into_iter().map(to).collect();
        run(house, Edit::Move(items))
    };
    check(&mut house, moved, 12);
    let copied = |house: &mut House| {
        let to = |entry: Entry| {
            let to = path("/G").join(entry.name());
            (entry, to)
        };
        let items = files(house).into_iter().map(to).collect();
        run(house, Edit::Copy(items))
    };
    check(&mut house, copied, 12);
    let local = house.local("F");
    for number in 0..300 {
        let file = local.join(format!("{}/{number}.txt", number % 3));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, format!("of here {number}")).unwrap();
    }
    let uploaded = |house: &mut House| {
        let local = house.local("F");
        let plan = plan(house, vec![local], "/G");
        upload(house, plan, &[]).1.expect("it has changed something")
    };
    check(&mut house, uploaded, 12);
}
