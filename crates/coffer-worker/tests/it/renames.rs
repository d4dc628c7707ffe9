//! Renaming many items together: some get the names that others give up, and one undo takes all of it back.

use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job, Update};
use coffer_model::{Operation, OperationKind, Outcome, Problem, ProblemKind, Receipt, RemotePath};
use coffer_testing::house::{House, PATIENCE};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Renames items of a folder: "a b" is from `a` to `b`.
fn rename(house: &mut House, folder: &str, renames: &[(&str, &str)]) -> (Option<Operation>, Vec<Problem>) {
    let path = |name: &str| format!("{folder}/{name}");
    let items = renames.iter().map(|(from, to)| (house.entry(&path(from)), RemotePath::new(&path(to))));
    let edit = Edit::Move(items.collect());
    match house.run(Job::Edit(edit)).outcome {
        Outcome::Done(Receipt::Edited { operation, failed, conflicts, .. }) => {
            assert_eq!(conflicts, []);
            (operation, failed)
        }
        Outcome::Failed(problem) => (None, vec![problem]),
        other => panic!("{other:?}"),
    }
}

/// Each file has its first name as its content.
fn with_files(names: &[&str]) -> House {
    let house = House::new();
    for name in names {
        house.put(&format!("/F/{name}"), (*name).to_owned());
    }
    house
}

/// What is in the folder: each name, and the content.
fn contents(house: &House) -> Vec<String> {
    let names = house.tree().into_iter().filter(|path| !path.ends_with('/'));
    names
        .map(|path| {
            let content = String::from_utf8(house.read(&path)).unwrap();
            format!("{}={content}", path.trim_start_matches("/F/"))
        })
        .collect()
}

#[test]
fn names_change_places_and_one_undo_and_redo_are_for_all() {
    let check = |names: &[&str], renames: &[(&str, &str)], expected: &[&str]| {
        let mut house = with_files(names);
        let before = contents(&house);
        let (operation, failed) = rename(&mut house, "/F", renames);
        assert_eq!(failed, []);
        assert_eq!(contents(&house), expected);
        let operation = operation.unwrap();
        assert_eq!((operation.kind, operation.items), (OperationKind::Rename, renames.len() as u64));
        let undone = house.reverse(&operation);
        assert_eq!(undone.failed, []);
        assert_eq!(contents(&house), before);
        let redone = house.reverse(&undone.operation);
        assert_eq!(redone.failed, []);
        assert_eq!(contents(&house), expected);
        assert_eq!(house.reverse(&redone.operation).failed, []);
        assert_eq!(contents(&house), before);
    };
    check(&["a", "b"], &[("a", "b"), ("b", "a")], &["a=b", "b=a"]);
    check(&["a", "b", "c"], &[("a", "b"), ("b", "c"), ("c", "a")], &["a=c", "b=a", "c=b"]);
    // Each gets the name of its neighbour.
    check(
        &["1", "2", "3", "x"],
        &[("1", "2"), ("2", "3"), ("3", "4"), ("x", "y")],
        &["2=1", "3=2", "4=3", "y=x"],
    );
    // The case of one alone, and of one whose neighbour gets its name in other letters.
    check(&["a", "b"], &[("a", "A"), ("b", "B")], &["A=a", "B=b"]);
    check(&["a", "b"], &[("a", "B"), ("b", "c")], &["B=a", "c=b"]);
}

#[test]
fn very_many_go_in_batches() {
    let mut house = House::new();
    for number in 0..300 {
        house.put(&format!("/F/img{number:03}.jpg"), "x");
    }
    let proxy = Proxy::between(&mut house);
    let names: Vec<(String, String)> =
        (0..300).map(|number| (format!("img{number:03}.jpg"), format!("img{:03}.jpg", number + 1))).collect();
    let renames: Vec<(&str, &str)> = names.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let (operation, failed) = rename(&mut house, "/F", &renames);
    assert_eq!(failed, []);
    assert!(!house.exists("/F/img000.jpg") && house.exists("/F/img300.jpg"));
    assert_eq!(proxy.calls("files/move_v2").len(), 1, "only the first is in nobody’s way");
    assert_eq!(proxy.calls("files/move_batch_v2").len(), 2);
    assert_eq!(house.reverse(&operation.unwrap()).failed, []);
    assert!(house.exists("/F/img000.jpg") && !house.exists("/F/img300.jpg"));
}

#[test]
fn an_item_that_can_not_get_its_name_keeps_its_own_and_the_others_go_on() {
    let mut house = with_files(&["a", "b", "c", "taken"]);
    // In other letters, and onto a name that nobody gives up.
    let (operation, failed) = rename(&mut house, "/F", &[("a", "A"), ("b", "taken"), ("c", "b")]);
    let titles: Vec<&str> = failed.iter().map(|problem| problem.title.as_str()).collect();
    assert_eq!(titles, ["“b” could not be renamed"]);
    assert!(failed[0].detail.contains("It is called “taken.renaming-"), "{failed:?}");
    assert_eq!(house.tree().len(), 5);
    assert_eq!(String::from_utf8(house.read("/F/b")).unwrap(), "c");
    assert_eq!(house.reverse(&operation.unwrap()).failed, []);
    assert_eq!(String::from_utf8(house.read("/F/c")).unwrap(), "c");

    let mut house = with_files(&["a", "b", "taken"]);
    let (_, failed) = rename(&mut house, "/F", &[("a", "A"), ("b", "taken")]);
    assert_eq!(failed[0].title, "“b” could not be renamed");
    assert_eq!(contents(&house), ["A=a", "b=b", "taken=taken"]);
}

#[test]
fn what_stopped_half_way_is_finished_at_the_next_start_and_can_be_undone() {
    let mut house = with_files(&["a", "b", "c"]);
    let proxy = Proxy::between(&mut house);
    // Neither the second step nor the way back gets through.
    proxy.twist(|call| match (call.route.as_str(), call.number) {
        ("files/move_batch_v2", 1..) => Twist::Answer(500, "{}".into()),
        _ => Twist::Pass,
    });
    let (operation, failed) = rename(&mut house, "/F", &[("a", "b"), ("b", "a"), ("c", "C")]);
    assert_eq!(operation, None);
    assert!(failed[0].detail.contains("for now. Coffer gives it its name"), "{failed:?}");
    assert_eq!(contents(&house).iter().filter(|name| name.contains(".renaming-")).count(), 3);
    proxy.reset();
    proxy.restart_worker(&mut house);
    let session = house.session;
    let history = house.wait_for(session, |update| match update {
        Update::History(history) => Some(history.clone()),
        _ => None,
    });
    assert_eq!(contents(&house), ["C=c", "a=b", "b=a"]);
    assert_eq!(history.operations[0].items, 3);
    assert_eq!(house.reverse(&history.operations[0]).failed, []);
    assert_eq!(contents(&house), ["a=a", "b=b", "c=c"]);
}

/// The service renames them all the same, so they must not keep their temporary names.
#[test]
fn names_are_exchanged_at_the_next_start_when_the_end_of_the_first_step_was_not_heard() {
    let mut house = with_files(&["a", "b"]);
    let proxy = Proxy::between(&mut house);
    let is_launched = AtomicBool::new(false);
    proxy.twist(move |call| {
        if is_launched.load(Ordering::SeqCst) {
            return Twist::Answer(409, r#"{"error_summary": "other/", "error": {".tag": "other"}}"#.into());
        }
        is_launched.store(call.route == "files/move_batch_v2", Ordering::SeqCst);
        Twist::Pass
    });
    let (_, failed) = rename(&mut house, "/F", &[("a", "b"), ("b", "a")]);
    assert_eq!(failed[0].kind, ProblemKind::OutcomeUnknown, "{failed:?}");
    let end = Instant::now() + PATIENCE;
    while house.exists("/F/a") || house.exists("/F/b") {
        assert!(Instant::now() < end, "the service renames them");
    }
    proxy.reset();
    proxy.restart_worker(&mut house);
    let session = house.session;
    house.wait_for(session, |update| matches!(update, Update::History(_)).then_some(()));
    assert_eq!(contents(&house), ["a=b", "b=a"]);
}

#[test]
fn what_was_changed_since_stays_and_the_others_get_their_names_back() {
    let mut house = with_files(&["a", "b", "c"]);
    let (operation, _) = rename(&mut house, "/F", &[("a", "A"), ("b", "B"), ("c", "C")]);
    house.delete("/F/B");
    let reversal = house.reverse(&operation.unwrap());
    assert_eq!(reversal.failed.len(), 1);
    assert_eq!(reversal.failed[0].title, "“B” could not be renamed");
    assert_eq!(contents(&house), ["a=a", "c=c"]);
}
