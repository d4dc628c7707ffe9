//! A folder that is brought back while the program is killed, items change and calls fail.

use super::past::{catch_up, contents, now, seed};
use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job};
use coffer_model::{
    Amount, BringBack, BringBackPlace, BringBackPlan, History, HistoryQuery, OperationKind, Problem, Receipt,
    RemotePath, Update,
};
use coffer_testing::house::{House, PATIENCE};
use dropbox_protocol::files::{LIST_REVISIONS, ListRevisionsArg, MOVE, REVISIONS_PAGE_LIMIT, RelocationArg};
use fastrand::Rng;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

pub(crate) type Contents = BTreeMap<String, Option<Vec<u8>>>;

/// The calls by which a folder is brought back.
const ROUTES: [&str; 4] =
    ["files/restore", "files/move_v2", "files/move_batch_v2", "files/create_folder_batch"];

/// A folder with an accident in it: what was in the account before and after, and the moment between.
pub(crate) struct Accident {
    pub house: House,
    pub at: Timestamp,
    pub before: Contents,
    pub after: Contents,
}

impl Accident {
    /// Of some files in three folders a third is changed, a third deleted and a third renamed; a folder is renamed and another
    /// one deleted.
    pub(crate) fn new(files: usize) -> Self {
        let mut house = House::that_follows_nothing();
        let folders = ["/F", "/F/Notes", "/F/Photos/Old"];
        let path = |number: usize| format!("{}/{number}.txt", folders[number % folders.len()]);
        for number in 0..files {
            house.put(&path(number), format!("file {number}"));
        }
        catch_up(&mut house);
        house.clock.advance(60);
        let (at, before) = (now(&house), contents(&house));
        catch_up(&mut house);
        house.clock.advance(60);
        for number in 0..files {
            match number / folders.len() % 3 {
                0 => drop(house.put(&path(number), format!("scrambled {number}"))),
                1 => house.delete(&path(number)),
                _ => rename(&house, &path(number), &format!("{}.locked", path(number))),
            }
        }
        rename(&house, "/F/Notes", "/F/Notes.locked");
        house.delete("/F/Photos");
        house.put("/F/READ ME.txt", "made since");
        house.clock.advance(60);
        catch_up(&mut house);
        let after = contents(&house);
        Self { house, at, before, after }
    }

    pub(crate) fn expected(&self) -> Contents {
        let mut expected = self.before.clone();
        expected.insert("/f/read me.txt".to_owned(), Some(b"made since".to_vec()));
        expected
    }

    pub(crate) fn asked(&self) -> BringBack {
        BringBack::of_folder(RemotePath::new("/F"), self.at)
    }

    pub(crate) fn job(&self) -> Job {
        Job::Edit(Edit::BringBack(Box::new(self.asked())))
    }

    fn revisions(&self) -> BTreeMap<String, usize> {
        let files = self.before.iter().filter(|(_, content)| content.is_some());
        let count = |path: &String| {
            let arg = ListRevisionsArg { limit: REVISIONS_PAGE_LIMIT, ..ListRevisionsArg::new(path) };
            let house = &self.house;
            house.runtime.block_on(house.client.rpc(&LIST_REVISIONS, &arg)).unwrap().entries.len()
        };
        files.map(|(path, _)| (path.clone(), count(path))).collect()
    }

    pub(crate) fn records(&self) -> usize {
        fs::read_dir(self.house.local("coffer/state/bring-backs")).unwrap().count()
    }

    pub(crate) fn history(&mut self) -> Arc<History> {
        match self.house.run(Job::ListHistory(HistoryQuery::default())).receipt() {
            Receipt::History(history) => history,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until the session has ended what an earlier run has begun, and tells what it could not do.
    pub(crate) fn wait_until_finished(&mut self) -> Vec<Problem> {
        let session = self.house.session;
        self.house.wait_for(session, |update| match update {
            Update::BroughtBack { failed, .. } => Some(failed.clone()),
            _ => None,
        })
    }
}

pub(crate) fn rename(house: &House, from: &str, to: &str) {
    house.runtime.block_on(house.client.rpc(&MOVE, &RelocationArg::new(from, to))).unwrap();
}

/// Tells when so many calls of a bring back have passed. From then on none is answered, and of the last one chance says whether
/// the service has heard it.
pub(crate) fn stop_after(proxy: &Proxy, calls: usize, rng: &mut Rng) -> mpsc::Receiver<()> {
    let (reached, is_reached) = mpsc::channel();
    let (count, is_heard) = (AtomicUsize::new(0), rng.bool());
    proxy.twist(move |call| {
        if !ROUTES.contains(&&*call.route) {
            return Twist::Pass;
        }
        let number = count.fetch_add(1, Ordering::Relaxed) + 1;
        if number < calls {
            return Twist::Pass;
        }
        let _ = reached.send(());
        if number == calls && is_heard { Twist::HoldAfter(0) } else { Twist::Never }
    });
    is_reached
}

#[test]
fn a_bring_back_goes_on_after_twenty_kills_and_restores_nothing_twice() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    let mut accident = Accident::new(240);
    let expected = accident.expected();
    let versions_then = accident.revisions();
    let proxy = Proxy::between(&mut accident.house);
    for kill in 0..20 {
        let reached = stop_after(&proxy, rng.usize(1..12), rng);
        if kill == 0 {
            let job = accident.job();
            accident.house.start(job);
        } else {
            proxy.restart_worker(&mut accident.house);
        }
        reached.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("kill {kill}, COFFER_WALK_SEED={seed}"));
        accident.house.worker = None;
        assert_eq!(accident.records(), 1, "kill {kill}, COFFER_WALK_SEED={seed}");
    }
    proxy.reset();
    proxy.restart_worker(&mut accident.house);
    assert_eq!(accident.wait_until_finished(), [], "COFFER_WALK_SEED={seed}");
    assert_eq!(accident.records(), 0);
    assert_eq!(contents(&accident.house), expected, "COFFER_WALK_SEED={seed}");
    for (path, versions) in accident.revisions() {
        // What was renamed keeps its versions, and all others have got one.
        let more = versions - versions_then[&path];
        assert!(more <= 1, "{path} has got {more} versions, COFFER_WALK_SEED={seed}");
    }

    // All of it is one operation, whichever run has done it.
    let history = accident.history();
    let [operation] = &history.operations[..] else { panic!("{:?}", history.operations) };
    assert_eq!(operation.kind, OperationKind::BringBack);
    let undone = accident.house.reverse(operation);
    assert_eq!(undone.failed, []);
    assert_eq!(contents(&accident.house), accident.after, "COFFER_WALK_SEED={seed}");
    let done_again = accident.house.reverse(&undone.operation);
    assert_eq!(done_again.failed, []);
    assert_eq!(contents(&accident.house), expected, "COFFER_WALK_SEED={seed}");
}

#[test]
fn what_changed_between_a_kill_and_the_next_start_is_left_alone_and_named() {
    let mut accident = Accident::new(24);
    let mut expected = accident.expected();
    let proxy = Proxy::between(&mut accident.house);
    let reached = stop_after(&proxy, 1, &mut Rng::with_seed(1));
    let job = accident.job();
    accident.house.start(job);
    reached.recv_timeout(PATIENCE).unwrap();
    accident.house.worker = None;
    // A file that was to be restored, one that was to go back to its version of then, and one that was to move.
    for path in ["/F/3.txt", "/F/0.txt", "/F/6.txt"] {
        accident.house.put(path, "somebody else’s");
        expected.insert(path.to_lowercase(), Some("somebody else’s".into()));
    }
    expected.insert("/f/6.txt.locked".to_owned(), Some(b"file 6".to_vec()));
    proxy.reset();
    proxy.restart_worker(&mut accident.house);
    let mut failed = accident.wait_until_finished();
    failed.sort_by(|one, other| one.title.cmp(&other.title));
    let said: Vec<(&str, &str)> = failed.iter().map(|it| (&*it.title, &*it.detail)).collect();
    assert_eq!(
        said,
        [
            ("“0.txt” could not be brought back", "It was changed in the meantime, so it was left as it is."),
            ("“3.txt” could not be brought back", "Another item has its name now."),
            ("“6.txt” could not be brought back", "Another item has its name now."),
        ]
    );
    assert_eq!(contents(&accident.house), expected);
    assert_eq!(accident.history().operations[0].failed, 3);
}

#[test]
fn without_a_network_it_waits_and_the_same_asked_for_again_does_the_rest() {
    let mut accident = Accident::new(60);
    let expected = accident.expected();
    let proxy = Proxy::between(&mut accident.house);
    let is_gone = AtomicBool::new(false);
    proxy.twist(move |call| {
        is_gone.fetch_or(call.route == "files/restore" && call.number >= 12, Ordering::Relaxed);
        if is_gone.load(Ordering::Relaxed) { Twist::CutAfter(0) } else { Twist::Pass }
    });
    let job = accident.job();
    let problem = accident.house.run(job.clone()).problem();
    assert_eq!(problem.title, "“F” is not brought back yet");
    assert_eq!(accident.records(), 1);
    proxy.reset();
    let Receipt::Edited { failed, .. } = accident.house.run(job).receipt() else { panic!("it is an edit") };
    assert_eq!(failed, []);
    assert_eq!(contents(&accident.house), expected);
    assert_eq!(accident.records(), 0);
    let history = accident.history();
    let [operation] = &history.operations[..] else { panic!("{:?}", history.operations) };
    assert_eq!(accident.house.reverse(operation).failed, []);
    assert_eq!(contents(&accident.house), accident.after);
}

#[test]
fn a_cancel_leaves_what_is_done_and_one_undo_takes_that_back() {
    let mut accident = Accident::new(60);
    let proxy = Proxy::between(&mut accident.house);
    let ((reached, is_reached), (proceed, may_proceed)) = (mpsc::channel(), mpsc::channel::<()>());
    let may_proceed = Mutex::new(may_proceed);
    proxy.twist(move |call| {
        if call.route == "files/restore" && call.number == 8 {
            let _ = reached.send(());
            let _ = may_proceed.lock().unwrap().recv();
        }
        Twist::Pass
    });
    let job = accident.job();
    let id = accident.house.start(job);
    is_reached.recv_timeout(PATIENCE).unwrap();
    accident.house.cancel(id);
    drop(proceed);
    let Receipt::Edited { operation, .. } = accident.house.wait(id).receipt() else {
        panic!("it is an edit")
    };
    assert_eq!(accident.records(), 0, "nobody wants the rest");
    assert_ne!(contents(&accident.house), accident.after);
    assert_eq!(accident.house.reverse(&operation.unwrap()).failed, []);
    assert_eq!(contents(&accident.house), accident.after);
}

/// Renames as `before` and after the moment as `since`, each with its content, and brings the folder back.
#[track_caller]
fn check_renamed(before: &[&str], renames: &[(&str, &str)]) {
    let mut house = House::that_follows_nothing();
    for path in before {
        house.put(path, (*path).to_owned());
    }
    catch_up(&mut house);
    house.clock.advance(60);
    let (at, expected) = (now(&house), contents(&house));
    catch_up(&mut house);
    for (from, to) in renames {
        house.clock.advance(60);
        rename(&house, from, to);
        catch_up(&mut house);
    }
    let after = contents(&house);
    let asked = BringBack::of_folder(RemotePath::new("/F"), at);
    let done = house.run(Job::Edit(Edit::BringBack(Box::new(asked)))).receipt();
    let Receipt::Edited { failed, operation, .. } = done else { panic!("it is an edit") };
    assert_eq!(failed, [], "{renames:?}");
    assert_eq!(contents(&house), expected, "{renames:?}");
    let undone = house.reverse(&operation.unwrap());
    assert_eq!(undone.failed, [], "{renames:?}");
    assert_eq!(contents(&house), after, "{renames:?}");
    assert_eq!(house.reverse(&undone.operation).failed, [], "{renames:?}");
    assert_eq!(contents(&house), expected, "{renames:?}");
}

#[test]
fn items_go_back_in_an_order_in_which_none_is_in_the_way_of_another() {
    // Each has got the name of the next one.
    check_renamed(
        &["/F/1.jpg", "/F/2.jpg", "/F/3.jpg"],
        &[("/F/3.jpg", "/F/4.jpg"), ("/F/2.jpg", "/F/3.jpg"), ("/F/1.jpg", "/F/2.jpg")],
    );
    check_renamed(
        &["/F/2.jpg", "/F/3.jpg", "/F/4.jpg"],
        &[("/F/2.jpg", "/F/1.jpg"), ("/F/3.jpg", "/F/2.jpg"), ("/F/4.jpg", "/F/3.jpg")],
    );
    // A file has gone into a folder that was renamed, and one has left it.
    check_renamed(
        &["/F/Notes/a.md", "/F/Notes/b.md", "/F/Z/c.md"],
        &[("/F/Notes", "/F/Old notes"), ("/F/Z/c.md", "/F/Old notes/c.md"), ("/F/Old notes/a.md", "/F/a.md")],
    );
    // A folder has gone into another one that was renamed later.
    check_renamed(
        &["/F/A/B/x", "/F/A/y", "/F/C/z"],
        &[("/F/A/B", "/F/C/B"), ("/F/C", "/F/D"), ("/F/D/B/x", "/x"), ("/F/A/y", "/F/D/B/y")],
    );
}

#[track_caller]
pub(crate) fn plan(accident: &mut Accident, asked: BringBack) -> Arc<BringBackPlan> {
    match accident.house.run(Job::PlanBringBack(Box::new(asked))).receipt() {
        Receipt::BringBackPlanned(plan) => plan,
        other => panic!("{other:?}"),
    }
}

/// Brings back, takes that back, and does it again; answers with what was in the account after the first time.
#[track_caller]
pub(crate) fn bring_back(accident: &mut Accident, asked: BringBack) -> Contents {
    let done = accident.house.run(Job::Edit(Edit::BringBack(Box::new(asked)))).receipt();
    let Receipt::Edited { failed, operation, .. } = done else { panic!("it is an edit") };
    assert_eq!(failed, []);
    let now = contents(&accident.house);
    let undone = accident.house.reverse(&operation.unwrap());
    assert_eq!(undone.failed, []);
    assert_eq!(contents(&accident.house), accident.after);
    assert_eq!(accident.house.reverse(&undone.operation).failed, []);
    assert_eq!(contents(&accident.house), now);
    now
}

/// Those at or below a path, by their paths in it.
pub(crate) fn below(contents: &Contents, folder: &str) -> Contents {
    let inside = contents.iter().filter_map(|(path, content)| Some((path.strip_prefix(folder)?, content)));
    inside
        .filter(|(path, _)| path.starts_with('/'))
        .map(|(path, content)| (path.to_owned(), content.clone()))
        .collect()
}

#[test]
fn beside_the_folder_of_then_is_in_a_new_one_and_nothing_else_changes() {
    let mut accident = Accident::new(36);
    accident.house.put("/F (12 March)/a.txt", "the name is taken");
    accident.after = contents(&accident.house);
    let place = BringBackPlace::Beside(RemotePath::new("/F (12 March)"));
    let asked = BringBack { place, ..accident.asked() };
    let plan = plan(&mut accident, asked.clone());
    // In the folder that was deleted are a third of all files.
    let files = |amount: Amount| amount.files;
    assert_eq!((files(plan.copied), files(plan.changed), files(plan.deleted)), (8, 8, 20), "{plan:?}");
    accident.house.server.request_counts().clear();
    let now = bring_back(&mut accident, asked);
    assert_eq!(below(&now, "/f (12 march) (2)"), below(&accident.before, "/f"));
    assert_eq!(below(&now, "/f"), below(&accident.after, "/f"));
}

#[test]
fn only_what_is_chosen_comes_back_without_what_is_left_out() {
    let mut accident = Accident::new(36);
    let path = RemotePath::new;
    let asked = BringBack {
        items: vec![path("/F/Photos"), path("/F/0.txt"), path("/F/6.txt")],
        left_out: vec![path("/F/Photos/Old/2.txt")],
        ..accident.asked()
    };
    let plan = plan(&mut accident, asked.clone());
    assert_eq!((plan.deleted.files, plan.changed.files, plan.moved, plan.added), (11, 1, 1, 0), "{plan:?}");
    assert_eq!(plan.items.len(), 15, "with two folders");
    let now = bring_back(&mut accident, asked);
    let mut expected = accident.after.clone();
    let photos = below(&accident.before, "/f/photos").into_iter();
    expected.extend(photos.map(|(path, content)| (format!("/f/photos{path}"), content)));
    expected.insert("/f/photos".to_owned(), None);
    expected.remove("/f/photos/old/2.txt");
    expected.insert("/f/0.txt".to_owned(), Some(b"file 0".to_vec()));
    expected.remove("/f/6.txt.locked");
    expected.insert("/f/6.txt".to_owned(), Some(b"file 6".to_vec()));
    assert_eq!(now, expected);
}

#[test]
fn what_the_service_keeps_no_more_is_said_before_and_left_out() {
    let mut accident = Accident::new(36);
    let proxy = Proxy::between(&mut accident.house);
    // Their versions of then, which are the short ones.
    proxy.twist(|call| match &*call.route {
        "files/list_revisions" => Twist::Change(|body| {
            let mut list: serde_json::Value = serde_json::from_slice(&body).unwrap();
            for revision in list["entries"].as_array_mut().into_iter().flatten() {
                let name = revision["name"].as_str().unwrap();
                if ["0.txt", "3.txt"].contains(&name) && revision["size"] == 6 {
                    revision["is_restorable"] = false.into();
                }
            }
            serde_json::to_vec(&list).unwrap()
        }),
        _ => Twist::Pass,
    });
    let asked = accident.asked();
    let plan = plan(&mut accident, asked.clone());
    let not_kept: Vec<&str> = plan.not_kept.iter().map(RemotePath::as_str).collect();
    assert_eq!(not_kept, ["/F/0.txt", "/F/3.txt"]);
    let now = bring_back(&mut accident, asked);
    let mut expected = accident.expected();
    expected.insert("/f/0.txt".to_owned(), Some(b"scrambled 0".to_vec()));
    expected.remove("/f/3.txt");
    assert_eq!(now, expected);
}

#[test]
fn a_restore_costs_one_call_and_everything_else_hardly_any() {
    let mut accident = Accident::new(450);
    let asked = accident.asked();
    accident.house.server.request_counts().clear();
    let plan = plan(&mut accident, asked);
    let calls = |house: &House| -> BTreeMap<String, u64> {
        let counts = house.server.request_counts();
        counts.routes().into_iter().map(|(route, calls)| (route, calls.count)).collect()
    };
    let planning = calls(&accident.house);
    let restores = plan.deleted.files + plan.changed.files;
    // A list of versions for each that is not what it was, one more for those that were renamed before they were deleted and for
    // the two deleted folders, and the list of what is deleted.
    assert_eq!(planning.get("files/list_revisions"), Some(&(restores + 52)), "{planning:?}");
    assert_eq!(planning.values().sum::<u64>(), restores + 53, "{planning:?}");
    accident.house.server.request_counts().clear();
    let job = accident.job();
    accident.house.run(job).receipt();
    let carrying_out = calls(&accident.house);
    assert_eq!(carrying_out.get("files/restore"), Some(&restores), "{carrying_out:?}");
    let most = restores + restores / 20;
    assert!(carrying_out.values().sum::<u64>() <= most, "at most {most}: {carrying_out:?}");
}
