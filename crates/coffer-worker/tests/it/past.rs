//! A folder as it was: worked out from what the service keeps and what the index has seen, against the truth.

use coffer_model::message::Job;
use coffer_model::{Listing, PastQuery, Receipt, RemotePath, SinceThen, Sort};
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
type Truth = BTreeMap<String, Option<String>>;

fn now(house: &House) -> Timestamp {
    Timestamp::from_second(house.clock.now()).unwrap()
}

fn truth(house: &House) -> Truth {
    let arg = ListFolderArg { recursive: true, ..ListFolderArg::new("") };
    let mut page = house.runtime.block_on(house.client.rpc(&LIST_FOLDER, &arg)).unwrap();
    let mut truth = Truth::new();
    loop {
        for entry in page.entries.iter() {
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
fn catch_up(house: &mut House) {
    match house.run(Job::UpdateIndex { rebuild: false, verify: false }).receipt() {
        Receipt::Indexed(_) => {}
        other => panic!("{other:?}"),
    }
}

fn list_past(house: &mut House, folder: &RemotePath, at: Timestamp) -> Arc<Listing> {
    let ended = house.run(Job::ListPast(PastQuery { folder: folder.clone(), at, sort: Sort::default() }));
    let listing = ended.listings().pop().unwrap();
    ended.receipt();
    assert!(listing.complete);
    listing
}

/// Every item below a folder as it was, by its path: what it was, and what has become of it.
fn past(house: &mut House, at: Timestamp) -> BTreeMap<String, (Option<String>, SinceThen)> {
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
            run(Box::pin(async { client.rpc(&DELETE, &DeleteArg::new(&file)).await.map(drop).map_err(drop) })
                as futures_util::future::BoxFuture<'_, _>)
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

/// An account with 250 edits, and what was in it at five moments. The index hears of everything `at_once`, or now and then.
fn walk(rng: &mut Rng, at_once: bool) -> (House, Vec<(Timestamp, Truth)>) {
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

fn seed() -> u64 {
    std::env::var("COFFER_WALK_SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap())
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
