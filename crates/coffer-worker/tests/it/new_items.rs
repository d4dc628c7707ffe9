//! A folder that is brought back in place while what was made since is moved aside.

use super::bringing_back::{Accident, Contents, below, bring_back, plan, rename, stop_after};
use super::past::{Truth, catch_up, contents, now, past, seed, walk};
use super::proxy::Proxy;
use coffer_model::message::{Edit, Job};
use coffer_model::{BringBack, BringBackPlace, NewItems, OperationKind, Receipt, RemotePath, SinceThen};
use coffer_testing::house::{House, PATIENCE};
use fastrand::Rng;

pub(crate) fn with_aside(asked: BringBack, aside: &str) -> BringBack {
    BringBack { place: BringBackPlace::InPlace(NewItems::Aside(RemotePath::new(aside))), ..asked }
}

/// Everything but what is in a folder.
fn without(contents: &Contents, folder: &str) -> Contents {
    let inside = |path: &str| path == folder || path.starts_with(&format!("{folder}/"));
    contents.iter().filter(|(path, _)| !inside(path)).map(|(path, it)| (path.clone(), it.clone())).collect()
}

#[test]
fn the_account_is_what_it_was_at_moments_of_random_walks_and_one_undo_takes_that_back() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    for number in 0..6 {
        let (mut house, moments) = walk(rng, true);
        let before = contents(&house);
        for (moment, (at, truth)) in moments.iter().enumerate() {
            let what = format!("walk {number}, moment {moment}, COFFER_WALK_SEED={seed}");
            // What the program knows of it: others of these moments were brought back and undone since, which the index has
            // heard of in one go. Before that it is the truth.
            let shown: Truth = past(&mut house, *at)
                .into_iter()
                .filter(|(_, (_, since))| *since != SinceThen::Added)
                .map(|(path, (rev, _))| (path, rev))
                .collect();
            if moment == 0 {
                assert_eq!(shown, *truth, "{what}");
            }
            let read = |(path, rev): (&String, &Option<String>)| {
                (path.clone(), rev.as_ref().map(|rev| house.read(&format!("rev:{rev}"))))
            };
            let expected: Contents = shown.iter().map(read).collect();
            let asked = with_aside(BringBack::of_folder(RemotePath::root(), *at), "/New since then");
            let receipt = house.run(Job::Edit(Edit::BringBack(Box::new(asked)))).receipt();
            let Receipt::Edited { failed, operation, .. } = receipt else { panic!("{what}") };
            assert_eq!(failed, [], "{what}");
            assert_eq!(without(&contents(&house), "/new since then"), expected, "{what}");
            if let Some(operation) = operation {
                assert_eq!(house.reverse(&operation).failed, [], "{what}");
            }
            assert_eq!(contents(&house), before, "{what}");
            catch_up(&mut house);
            house.clock.advance(10);
        }
    }
}

/// In a folder with an accident are a new folder with a file that was moved into it, one with an old name, and new files.
fn with_new_items() -> Accident {
    let mut accident = Accident::new(24);
    let house = &mut accident.house;
    house.put("/F/New/deep/a.txt", "a");
    house.put("/F/Notes.locked/b.txt", "b");
    rename(house, "/F/0.txt", "/F/New/deep/0.txt");
    house.put("/F/0.txt/c.txt", "a folder has the name of a file now");
    house.clock.advance(60);
    catch_up(house);
    accident.after = contents(house);
    accident
}

fn check_brought_back(accident: &Accident, aside: &str) {
    let now = contents(&accident.house);
    assert_eq!(below(&now, "/f"), below(&accident.before, "/f"));
    let expected = [
        ("/0.txt", None),
        ("/0.txt/c.txt", Some("a folder has the name of a file now")),
        ("/new", None),
        ("/new/deep", None),
        ("/new/deep/a.txt", Some("a")),
        ("/notes", None),
        ("/notes/b.txt", Some("b")),
        ("/read me.txt", Some("made since")),
    ];
    let expected =
        expected.map(|(path, content)| (path.to_owned(), content.map(|it| it.as_bytes().to_vec())));
    assert_eq!(below(&now, aside), Contents::from(expected));
}

#[test]
fn what_was_made_since_is_moved_beside_and_makes_room() {
    let mut accident = with_new_items();
    accident.house.put("/F (new since then)/x.txt", "the name is taken");
    accident.after = contents(&accident.house);
    let asked = with_aside(accident.asked(), "/F (new since then)");
    let plan = plan(&mut accident, asked.clone());
    assert_eq!((plan.aside, plan.added), (4, 0), "{plan:?}");
    let new: Vec<&str> = plan.items.iter().map(|item| item.path.as_str()).collect();
    assert!(
        new.contains(&"/F/New/deep/a.txt") && new.is_sorted_by_key(|path| path.to_lowercase()),
        "{new:?}"
    );
    bring_back(&mut accident, asked);
    check_brought_back(&accident, "/f (new since then) (2)");
    let history = accident.history();
    let [operation] = &history.operations[..] else { panic!("{:?}", history.operations) };
    assert_eq!(operation.kind, OperationKind::BringBack);
    let undone = accident.house.reverse(operation);
    assert_eq!(undone.failed, []);
    assert_eq!(contents(&accident.house), accident.after);
    assert_eq!(accident.house.reverse(&undone.operation).failed, []);
    check_brought_back(&accident, "/f (new since then) (2)");
}

#[test]
fn what_is_left_out_of_what_was_made_since_stays() {
    let mut accident = with_new_items();
    let left_out = vec![RemotePath::new("/F/New/deep/a.txt"), RemotePath::new("/F/READ ME.txt")];
    let asked = BringBack { left_out, ..with_aside(accident.asked(), "/Aside") };
    let now = bring_back(&mut accident, asked);
    let mut expected = below(&accident.before, "/f");
    expected.insert("/new".to_owned(), None);
    expected.insert("/new/deep".to_owned(), None);
    expected.insert("/new/deep/a.txt".to_owned(), Some(b"a".to_vec()));
    expected.insert("/read me.txt".to_owned(), Some(b"made since".to_vec()));
    assert_eq!(below(&now, "/f"), expected);
}

#[test]
fn where_it_stays_a_folder_in_the_place_of_a_file_is_named() {
    let mut accident = with_new_items();
    let job = Job::Edit(Edit::BringBack(Box::new(accident.asked())));
    let Receipt::Edited { failed, .. } = accident.house.run(job).receipt() else { panic!("it is an edit") };
    let said: Vec<(&str, &str)> = failed.iter().map(|it| (&*it.title, &*it.detail)).collect();
    assert_eq!(said, [("“0.txt” could not be brought back", "Another item has its name now.")]);
}

#[test]
fn moving_aside_goes_on_after_kills_and_is_one_operation() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    let mut accident = with_new_items();
    let proxy = Proxy::between(&mut accident.house);
    for kill in 0..8 {
        let reached = stop_after(&proxy, rng.usize(1..4), rng);
        if kill == 0 {
            let asked = with_aside(accident.asked(), "/Aside");
            accident.house.start(Job::Edit(Edit::BringBack(Box::new(asked))));
        } else {
            proxy.restart_worker(&mut accident.house);
        }
        reached.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("kill {kill}, COFFER_WALK_SEED={seed}"));
        accident.house.worker = None;
    }
    proxy.reset();
    proxy.restart_worker(&mut accident.house);
    assert_eq!(accident.wait_until_finished(), [], "COFFER_WALK_SEED={seed}");
    assert_eq!(accident.records(), 0);
    check_brought_back(&accident, "/aside");
    let history = accident.history();
    let [operation] = &history.operations[..] else { panic!("{:?}", history.operations) };
    assert_eq!(accident.house.reverse(operation).failed, []);
    assert_eq!(contents(&accident.house), accident.after, "COFFER_WALK_SEED={seed}");
}

#[test]
fn what_was_moved_aside_is_not_moved_again() {
    let mut house = House::that_follows_nothing();
    house.put("/F/old.txt", "old");
    catch_up(&mut house);
    house.clock.advance(60);
    let at = now(&house);
    catch_up(&mut house);
    house.clock.advance(60);
    house.put("/F/New/a.txt", "a");
    catch_up(&mut house);
    let asked = with_aside(BringBack::of_folder(RemotePath::new("/F"), at), "/Aside");
    let job = Job::Edit(Edit::BringBack(Box::new(asked)));
    house.run(job.clone()).receipt();
    catch_up(&mut house);
    let once = contents(&house);
    assert_eq!(below(&once, "/aside").len(), 2);
    house.run(job).receipt();
    assert_eq!(contents(&house), once);
}
