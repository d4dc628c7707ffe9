//! A folder whose items have each other’s names is brought back: one of them goes to a temporary place first.

use super::bringing_back::{Accident, rename, stop_after};
use super::new_items::with_aside;
use super::past::{catch_up, contents, now, seed};
use super::proxy::Proxy;
use coffer_model::message::{Edit, Job};
use coffer_model::{BringBack, Operation, OperationKind, Receipt, RemotePath};
use coffer_testing::house::{House, PATIENCE};
use fastrand::Rng;

/// What it is, the files that were there, and the renames since.
type Swap = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

const SWAPS: [Swap; 8] = [
    ("two files", &["/F/a", "/F/b"], &[("/F/a", "/F/t"), ("/F/b", "/F/a"), ("/F/t", "/F/b")]),
    (
        "three files",
        &["/F/a", "/F/b", "/F/c", "/F/d"],
        &[("/F/a", "/F/t"), ("/F/b", "/F/a"), ("/F/c", "/F/b"), ("/F/t", "/F/c")],
    ),
    (
        "two folders",
        &["/F/A/1", "/F/A/x", "/F/B/2", "/F/B/x"],
        &[("/F/A", "/F/T"), ("/F/B", "/F/A"), ("/F/T", "/F/B")],
    ),
    (
        "files of two folders",
        &["/F/A/x", "/F/B/x"],
        &[("/F/A/x", "/F/t"), ("/F/B/x", "/F/A/x"), ("/F/t", "/F/B/x")],
    ),
    (
        "files in a folder that was renamed",
        &["/F/A/x", "/F/A/y", "/F/z"],
        &[("/F/A/x", "/F/t"), ("/F/A/y", "/F/A/x"), ("/F/t", "/F/A/y"), ("/F/A", "/F/B")],
    ),
    (
        "a folder and the one in it",
        &["/F/A/1", "/F/A/B/2"],
        &[("/F/A/B", "/F/T"), ("/F/A", "/F/T/A"), ("/F/T", "/F/B")],
    ),
    (
        "a folder and one in it, with the name of the other",
        &["/F/A/1", "/F/A/B/2"],
        &[("/F/A/B", "/F/T"), ("/F/A", "/F/T/B"), ("/F/T", "/F/A")],
    ),
    ("a file and a folder", &["/F/a", "/F/b/c"], &[("/F/a", "/F/t"), ("/F/b", "/F/a"), ("/F/t", "/F/b")]),
];

fn swapped(files: &[&str], renames: &[(&str, &str)]) -> Accident {
    let mut house = House::that_follows_nothing();
    for path in files {
        house.put(path, path.to_string());
    }
    catch_up(&mut house);
    house.clock.advance(60);
    let (at, before) = (now(&house), contents(&house));
    catch_up(&mut house);
    for (from, to) in renames {
        house.clock.advance(60);
        rename(&house, from, to);
        catch_up(&mut house);
    }
    let after = contents(&house);
    assert_ne!(before, after);
    Accident { house, at, before, after }
}

fn check_undo_and_redo(accident: &mut Accident, operation: &Operation, what: &str) {
    let undone = accident.house.reverse(operation);
    assert_eq!(undone.failed, [], "{what}");
    assert_eq!(contents(&accident.house), accident.after, "{what}");
    assert_eq!(accident.house.reverse(&undone.operation).failed, [], "{what}");
    assert_eq!(contents(&accident.house), accident.before, "{what}");
}

#[test]
fn they_get_their_own_names_again_and_one_undo_takes_that_back() {
    for (what, files, renames) in SWAPS {
        let mut accident = swapped(files, renames);
        let receipt = accident.house.run(accident.job()).receipt();
        let Receipt::Edited { failed, operation: Some(operation), .. } = receipt else { panic!("{what}") };
        assert_eq!(failed, [], "{what}");
        assert_eq!(contents(&accident.house), accident.before, "{what}");
        check_undo_and_redo(&mut accident, &operation, what);
    }
}

#[test]
fn that_goes_on_after_kills_and_is_one_operation() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    for (what, files, renames) in SWAPS {
        let what = &format!("{what}, COFFER_WALK_SEED={seed}");
        let mut accident = swapped(files, renames);
        let proxy = Proxy::between(&mut accident.house);
        // Each of these folders takes three moves at least.
        for kill in 0..3 {
            let reached = stop_after(&proxy, 1, rng);
            if kill == 0 {
                accident.house.start(accident.job());
            } else {
                proxy.restart_worker(&mut accident.house);
            }
            reached.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("kill {kill} of {what}"));
            accident.house.worker = None;
        }
        proxy.reset();
        proxy.restart_worker(&mut accident.house);
        assert_eq!(accident.wait_until_finished(), [], "{what}");
        assert_eq!(accident.records(), 0, "{what}");
        assert_eq!(contents(&accident.house), accident.before, "{what}");
        let history = accident.history();
        let [operation] = &history.operations[..] else { panic!("{what}: {:?}", history.operations) };
        assert_eq!(operation.kind, OperationKind::BringBack, "{what}");
        check_undo_and_redo(&mut accident, &operation.clone(), what);
    }
}

/// What can’t be done is named, and the rest is done.
#[test]
fn a_new_file_in_the_place_of_one_of_them_keeps_only_that_one_away() {
    let (_, files, renames) = SWAPS[1];
    let mut accident = swapped(files, renames);
    rename(&accident.house, "/F/d", "/F/e");
    accident.house.put("/F/d", "new");
    catch_up(&mut accident.house);
    let receipt = accident.house.run(accident.job()).receipt();
    let Receipt::Edited { failed, .. } = receipt else { panic!("{receipt:?}") };
    let said: Vec<(&str, &str)> = failed.iter().map(|it| (&*it.title, &*it.detail)).collect();
    assert_eq!(said, [("“d” could not be brought back", "Another item has its name now.")]);
    let mut expected = accident.before.clone();
    expected.insert("/f/e".to_owned(), expected["/f/d"].clone());
    expected.insert("/f/d".to_owned(), Some(b"new".to_vec()));
    assert_eq!(contents(&accident.house), expected);
    let asked = with_aside(BringBack::of_folder(RemotePath::new("/F"), accident.at), "/Aside");
    let receipt = accident.house.run(Job::Edit(Edit::BringBack(Box::new(asked)))).receipt();
    let Receipt::Edited { failed, .. } = receipt else { panic!("{receipt:?}") };
    assert_eq!(failed, []);
}
