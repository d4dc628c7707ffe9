//! A folder as it was: worked out from what the service keeps and what the index has seen, against the truth.

use coffer_model::message::{Edit, Job};
use coffer_model::{BringBack, Listing, PastQuery, Receipt, RemotePath, SinceThen, Sort};
use coffer_testing::house::House;
use dropbox_protocol::files::{
    COPY, CREATE_FOLDER, CreateFolderArg, DELETE, DeleteArg, LIST_FOLDER, LIST_FOLDER_CONTINUE,
    LIST_REVISIONS, ListFolderArg, ListFolderContinueArg, ListRevisionsArg, MOVE, Metadata, RESTORE,
    RelocationArg, RestoreArg,
};
use fastrand::Rng;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every item by its path in lower case: the revision of a file, nothing for a folder.
pub type Truth = BTreeMap<String, Option<String>>;

pub fn now(house: &House) -> Timestamp {
    Timestamp::from_second(house.clock.now()).unwrap()
}

fn truth(house: &House) -> Truth {
    let arg = ListFolderArg { recursive: true, ..ListFolderArg::new("") };
    let mut page = house.runtime.block_on(house.client.rpc(&LIST_FOLDER, &arg)).unwrap();
    let mut truth = Truth::new();
    loop {
        for entry in &page.entries {
            let rev = match entry {
                Metadata::File(file) => Some(file.rev.clone()),
                _ => None,
            };
            truth.insert(entry.path_lower().unwrap().to_owned(), rev);
        }
        if !page.has_more {
            return truth;
        }
        let arg = ListFolderContinueArg::new(&page.cursor);
        page = house.runtime.block_on(house.client.rpc(&LIST_FOLDER_CONTINUE, &arg)).unwrap();
    }
}

/// Lets the index hear of everything.
pub fn catch_up(house: &mut House) {
    match house.run(Job::UpdateIndex { rebuild: false, verify: false }).receipt() {
        Receipt::Indexed(_) => {}
        other => panic!("{other:?}"),
    }
}

pub(crate) fn list_past(house: &mut House, folder: &RemotePath, at: Timestamp) -> Arc<Listing> {
    let ended = house.run(Job::ListPast(PastQuery { folder: folder.clone(), at, sort: Sort::default() }));
    let listing = ended.listings().pop().unwrap();
    ended.receipt();
    assert!(listing.complete);
    listing
}

/// Every item below a folder as it was, by its path: what it was, and what has become of it.
pub(crate) fn past(house: &mut House, at: Timestamp) -> BTreeMap<String, (Option<String>, SinceThen)> {
    let mut open = vec![RemotePath::root()];
    let mut items = BTreeMap::new();
    while let Some(folder) = open.pop() {
        let listing = list_past(house, &folder, at);
        let past = listing.past.clone().unwrap();
        for (entry, since) in listing.entries.iter().zip(&past.since) {
            if entry.is_folder() {
                open.push(entry.path.clone());
            }
            let rev = entry.file().map(|file| file.rev.0.to_string());
            items.insert(entry.path.lower().to_string(), (rev, since.clone()));
        }
    }
    items
}

fn random_folder(rng: &mut Rng) -> String {
    let names = ["/a", "/B", "/a/c", "/a/É", "/B/d", "/B/d/e"];
    names[rng.usize(0..names.len())].to_owned()
}

fn random_file(rng: &mut Rng) -> String {
    format!("{}/File {}.txt", random_folder(rng), rng.u8(0..6))
}

/// One edit by another program. What is refused changes nothing.
fn edit(house: &House, rng: &mut Rng) {
    let run = |future| {
        let _: Result<(), ()> = house.runtime.block_on(future);
    };
    let (file, other, folder) = (random_file(rng), random_file(rng), random_folder(rng));
    let client = &house.client;
    match rng.u8(0..20) {
        0..8 => {
            house.put(&file, vec![b'x'; rng.usize(0..100)]);
        }
        8..11 => {
            run(
                Box::pin(async { client.rpc(&DELETE, &DeleteArg::new(&file)).await.map(drop).map_err(drop) })
                    as futures_util::future::BoxFuture<'_, _>,
            );
        }
        11..14 => run(Box::pin(async {
            client.rpc(&MOVE, &RelocationArg::new(&file, &other)).await.map(drop).map_err(drop)
        })),
        14 => run(Box::pin(async {
            client.rpc(&COPY, &RelocationArg::new(&file, &other)).await.map(drop).map_err(drop)
        })),
        15 => run(Box::pin(async {
            client.rpc(&DELETE, &DeleteArg::new(&folder)).await.map(drop).map_err(drop)
        })),
        16 => run(Box::pin(async {
            let to = format!("{folder} moved");
            client.rpc(&MOVE, &RelocationArg::new(&folder, &to)).await.map(drop).map_err(drop)
        })),
        17 => run(Box::pin(async {
            let from = format!("{folder} moved");
            client.rpc(&MOVE, &RelocationArg::new(&from, &folder)).await.map(drop).map_err(drop)
        })),
        18 => run(Box::pin(async {
            client.rpc(&CREATE_FOLDER, &CreateFolderArg::new(&folder)).await.map(drop).map_err(drop)
        })),
        _ => run(Box::pin(async {
            let found = client.rpc(&LIST_REVISIONS, &ListRevisionsArg::new(&file)).await.map_err(drop)?;
            let Some(revision) = found.entries.last() else { return Ok(()) };
            client.rpc(&RESTORE, &RestoreArg::new(&file, &revision.rev)).await.map(drop).map_err(drop)
        })),
    }
}

/// What a picture of the past says wrongly, and of which files it does not know enough.
fn differences(
    truth: &Truth,
    items: &BTreeMap<String, (Option<String>, SinceThen)>,
) -> (Vec<String>, Vec<String>) {
    let (mut wrong, mut unknown) = (Vec::new(), Vec::new());
    let is_unknown = |since: &SinceThen| matches!(since, SinceThen::Unknown | SinceThen::VersionUnknown);
    for (path, rev) in truth {
        match items.get(path) {
            Some((_, since)) if is_unknown(since) => {}
            Some((_, SinceThen::Added)) => wrong.push(format!("{path} was there and is called added")),
            Some((claimed, since)) if claimed != rev => {
                wrong.push(format!("{path} was {rev:?} and is called {claimed:?} ({since:?})"));
            }
            Some(_) => {}
            None => wrong.push(format!("{path} was there ({rev:?}) and is left out")),
        }
    }
    for (path, (rev, since)) in items {
        if is_unknown(since) && rev.is_some() {
            unknown.push(path.clone());
        } else if !is_unknown(since) && *since != SinceThen::Added && !truth.contains_key(path) {
            wrong.push(format!("{path} was not there and is called {since:?}"));
        }
    }
    (wrong, unknown)
}

/// What is in a file, by its path; nothing for a folder.
pub fn contents(house: &House) -> BTreeMap<String, Option<Vec<u8>>> {
    let read = |path: String, rev: Option<String>| (path.clone(), rev.map(|_| house.read(&path)));
    truth(house).into_iter().map(|(path, rev)| read(path, rev)).collect()
}

#[test]
fn a_folder_is_brought_back_after_an_accident_and_one_undo_takes_that_back() {
    let mut house = House::that_follows_nothing();
    for name in ["one", "two", "three", "four"] {
        house.put(&format!("/Docs/{name}.txt"), name);
        house.put(&format!("/Docs/Notes/{name}.md"), name);
    }
    house.put("/Docs/Photos/beach.jpg", "a beach");
    house.put("/Elsewhere.txt", "not of this folder");
    catch_up(&mut house);
    house.clock.advance(60);
    let (at, before) = (now(&house), contents(&house));
    catch_up(&mut house);

    house.clock.advance(60);
    let run = |from: &str, to: &str| {
        house.runtime.block_on(house.client.rpc(&MOVE, &RelocationArg::new(from, to))).unwrap();
    };
    house.put("/Docs/one.txt", "scrambled");
    house.delete("/Docs/two.txt");
    house.put("/Docs/two.txt", "another file");
    run("/Docs/three.txt", "/Docs/0001.txt");
    run("/Docs/Notes", "/Docs/Old notes");
    house.put("/Docs/Old notes/one.md", "scrambled as well");
    run("/Docs/Old notes/four.md", "/four.md");
    house.delete("/Docs/Photos");
    house.put("/Docs/new.txt", "made since");
    house.put("/Elsewhere.txt", "changed, and none of this");
    house.clock.advance(60);
    catch_up(&mut house);
    let accident = contents(&house);

    let folder = RemotePath::new("/Docs");
    let listing = list_past(&mut house, &folder, at);
    let counts = listing.past.as_ref().unwrap().counts;
    assert_eq!((counts.changed, counts.deleted, counts.moved, counts.added), (2, 1, 5, 1), "{counts:?}");
    let ended = house.run(Job::Edit(Edit::BringBack(Box::new(BringBack::of_folder(folder.clone(), at)))));
    let Receipt::Edited { failed, operation, .. } = ended.receipt() else { panic!("it is an edit") };
    assert_eq!(failed, []);
    let mut expected = before.clone();
    expected.insert("/docs/new.txt".to_owned(), Some(b"made since".to_vec()));
    expected.insert("/elsewhere.txt".to_owned(), Some(b"changed, and none of this".to_vec()));
    assert_eq!(contents(&house), expected);

    // There is nothing left to do, so doing it again does nothing.
    catch_up(&mut house);
    house.server.request_counts().clear();
    house.run(Job::Edit(Edit::BringBack(Box::new(BringBack::of_folder(folder, at))))).receipt();
    assert_eq!(contents(&house), expected);

    let undo = Edit::reverse(&operation.expect("it can be undone"));
    house.run(Job::Edit(undo)).receipt();
    assert_eq!(contents(&house), accident);
}

#[test]
fn what_has_not_changed_costs_no_call_and_what_is_known_none_again() {
    let mut house = House::that_follows_nothing();
    for number in 0..200 {
        house.put(&format!("/F/{}/{number}.txt", number % 10), "x");
    }
    catch_up(&mut house);
    house.clock.advance(100);
    let at = now(&house);
    catch_up(&mut house);
    house.clock.advance(100);
    for number in 0..50 {
        house.put(&format!("/F/{}/{number}.txt", number % 10), format!("changed {number}"));
    }
    for number in 50..70 {
        house.delete(&format!("/F/{}/{number}.txt", number % 10));
    }
    catch_up(&mut house);
    house.clock.advance(1);
    let folder = RemotePath::new("/F");
    house.server.request_counts().clear();
    let listing = list_past(&mut house, &folder, at);
    let past = listing.past.as_ref().unwrap();
    assert_eq!((past.files, past.counts.changed, past.counts.deleted), (200, 50, 20));
    let calls = |house: &House| {
        let counts = house.server.request_counts();
        ["files/list_revisions", "files/list_folder"].map(|route| counts.calls(route).count)
    };
    let first = calls(&house);
    assert_eq!(first, [70, 1]);

    // Another start knows it still; another moment that lies between the same versions costs nothing either.
    house.restart_worker();
    catch_up(&mut house);
    house.server.request_counts().clear();
    let between = at.checked_add(jiff::SignedDuration::from_secs(10)).unwrap();
    for at in [at, between] {
        assert_eq!(list_past(&mut house, &folder, at).past.as_ref().unwrap().counts, past.counts);
    }
    assert_eq!(calls(&house), [0, 0]);
}

/// An account with 250 edits, and what was in it at five moments. The index hears of everything `at_once`, or now and then.
pub fn walk(rng: &mut Rng, at_once: bool) -> (House, Vec<(Timestamp, Truth)>) {
    let mut house = House::that_follows_nothing();
    catch_up(&mut house);
    let mut moments: Vec<(Timestamp, Truth)> = Vec::new();
    for step in 0..250 {
        house.clock.advance(10);
        edit(&house, rng);
        if at_once || rng.u8(0..4) == 0 {
            catch_up(&mut house);
        }
        if step % 50 == 25 {
            house.clock.advance(5);
            let at = now(&house);
            if at_once || rng.bool() {
                // The index hears that nothing more has happened until now.
                catch_up(&mut house);
            }
            moments.push((at, truth(&house)));
        }
    }
    catch_up(&mut house);
    (house, moments)
}

pub fn seed() -> u64 {
    std::env::var("COFFER_WALK_SEED").map_or(7, |seed| seed.parse().unwrap())
}

/// Eight accounts, each with 250 edits and five moments.
#[test]
fn the_folder_at_each_of_forty_moments_of_random_walks_is_the_truth() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    let mut wrong = Vec::new();
    for number in 0..8 {
        let (mut house, moments) = walk(rng, true);
        for (moment, (at, truth)) in moments.iter().enumerate() {
            let (differences, unknown) = differences(truth, &past(&mut house, *at));
            let unknown = unknown.into_iter().map(|path| format!("{path} is not known"));
            let found = differences.into_iter().chain(unknown);
            wrong.extend(found.map(|difference| format!("walk {number}, moment {moment}: {difference}")));
        }
    }
    assert!(wrong.is_empty(), "COFFER_WALK_SEED={seed}: {wrong:#?}");
}

#[test]
fn where_the_index_heard_late_it_says_so_and_nothing_else_is_wrong() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    let (mut observed, mut items, mut wrong) = (0, 0, 0);
    for _ in 0..8 {
        let (mut house, moments) = walk(rng, false);
        for (at, truth) in &moments {
            let (differences, unknown) = differences(truth, &past(&mut house, *at));
            let listing = list_past(&mut house, &RemotePath::root(), *at);
            if listing.past.as_ref().unwrap().is_observed {
                observed += 1;
                assert!(
                    differences.is_empty() && unknown.is_empty(),
                    "COFFER_WALK_SEED={seed}: {differences:#?}"
                );
            }
            items += truth.len();
            wrong += differences.len();
        }
    }
    assert!(observed > 0 && wrong * 5 < items, "COFFER_WALK_SEED={seed}: {observed}; {wrong} of {items}");
}
