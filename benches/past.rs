//! What a folder as it was costs, and bringing it back: calls against those that nobody can do without, and the time of the first
//! visit against the same calls made bare.
//!
//! `cargo bench --bench past`; `COFFER_PAST_FILES` (10,000) makes it smaller.

// A benchmark that cannot run has nothing to say.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use bytes::Bytes;
use coffer_model::message::{Edit, Job};
use coffer_model::{BringBack, PastQuery, Receipt, RemotePath, Sort};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::House;
use dropbox_client::PutOptions;
use dropbox_protocol::files::{
    DELETE, DeleteArg, LIST_REVISIONS, ListRevisionsArg, ListRevisionsMode, REVISIONS_PAGE_LIMIT,
};
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use std::time::{Duration, Instant};

const LATENCY: Duration = Duration::from_millis(50);
/// Calls for versions that the program makes at once.
const AT_ONCE: usize = 8;
const FOLDER: &str = "/F";

fn main() {
    let files: usize =
        std::env::var("COFFER_PAST_FILES").map_or(10_000, |text| text.replace('_', "").parse().unwrap());
    visit(files, files / 20, files / 50);
    bring_back(files, files / 4, files / 4);
}

/// A folder of files in hundred folders, of which the first are changed since the moment, and the next deleted.
fn account(files: usize, changed: usize, deleted: usize) -> (House, Timestamp) {
    let mut house = House::that_follows_nothing();
    put(&house, 0..files, "then");
    catch_up(&mut house);
    house.clock.advance(60);
    let at = Timestamp::from_second(house.clock.now()).unwrap();
    catch_up(&mut house);
    house.clock.advance(60);
    put(&house, 0..changed, "changed since");
    let client = &house.client;
    house.runtime.block_on(stream::iter(changed..changed + deleted).for_each_concurrent(AT_ONCE, |number| {
        let arg = DeleteArg::new(path(number));
        async move { drop(client.rpc(&DELETE, &arg).await.unwrap()) }
    }));
    house.clock.advance(60);
    catch_up(&mut house);
    house.clock.advance(60);
    (house, at)
}

fn path(number: usize) -> String {
    format!("{FOLDER}/{}/{number}.txt", number % 100)
}

fn put(house: &House, numbers: std::ops::Range<usize>, text: &str) {
    let client = &house.client;
    let options = PutOptions::default().with_overwrite(true);
    house.runtime.block_on(stream::iter(numbers).for_each_concurrent(AT_ONCE, |number| {
        let (options, content) = (options.clone(), format!("{text} {number}"));
        async move { drop(client.put_file(&path(number), Bytes::from(content), &options).await.unwrap()) }
    }));
}

fn catch_up(house: &mut House) {
    house.run(Job::UpdateIndex { rebuild: false, verify: false }).receipt();
}

fn list_past(house: &mut House, at: Timestamp) {
    let query = PastQuery { folder: RemotePath::new(FOLDER), at, sort: Sort::default() };
    house.run(Job::ListPast(query)).receipt();
}

/// All calls since they were counted last, and how many of them are of a route.
fn calls(house: &House, route: &str) -> (u64, u64) {
    let counts = house.server.request_counts();
    let all = counts.routes().values().map(|calls| calls.count).sum();
    let of_route = counts.calls(route).count;
    counts.clear();
    (all, of_route)
}

fn visit(files: usize, changed: usize, deleted: usize) {
    let (mut house, at) = account(files, changed, deleted);
    let needed = changed + deleted;
    println!("a folder of {files} files, {changed} changed and {deleted} deleted since, at {LATENCY:?}:");
    house.faults().add(Fault::percent("*", FaultKind::Delay(LATENCY), 100.0));
    house.server.request_counts().clear();
    let started = Instant::now();
    list_past(&mut house, at);
    let wall = started.elapsed();
    let (all, of_versions) = calls(&house, "files/list_revisions");
    let most = needed + needed / 35;
    println!("  calls: {all}, {of_versions} of them for versions ({needed} are needed, at most {most})");
    let client = &house.client;
    let started = Instant::now();
    house.runtime.block_on(stream::iter(0..needed).for_each_concurrent(AT_ONCE, |number| {
        let arg = ListRevisionsArg {
            mode: ListRevisionsMode::Path,
            limit: REVISIONS_PAGE_LIMIT,
            include_restorable_info: true,
            ..ListRevisionsArg::new(path(number))
        };
        async move { drop(client.rpc(&LIST_REVISIONS, &arg).await.unwrap()) }
    }));
    let bare = started.elapsed();
    let ratio = wall.as_secs_f64() / bare.as_secs_f64();
    println!("  time: {wall:.1?}, the bare calls {bare:.1?}: {ratio:.2} x (at most 1.2)");
    house.restart_worker();
    catch_up(&mut house);
    house.server.request_counts().clear();
    list_past(&mut house, at);
    let (_, of_versions) = calls(&house, "files/list_revisions");
    println!("  second visit, after a restart: {of_versions} calls for versions (0)");
}

fn bring_back(files: usize, changed: usize, deleted: usize) {
    let (mut house, at) = account(files, changed, deleted);
    let restores = (changed + deleted) as u64;
    println!("a folder of {files} files, {changed} changed and {deleted} deleted since, brought back:");
    let asked = BringBack::of_folder(RemotePath::new(FOLDER), at);
    house.server.request_counts().clear();
    let Receipt::BringBackPlanned(plan) = house.run(Job::PlanBringBack(Box::new(asked.clone()))).receipt()
    else {
        panic!("it is a plan")
    };
    assert_eq!(plan.files(), restores);
    let (planning, _) = calls(&house, "files/list_revisions");
    let Receipt::Edited { failed, .. } = house.run(Job::Edit(Edit::BringBack(Box::new(asked)))).receipt()
    else {
        panic!("it is an edit")
    };
    assert_eq!(failed, []);
    let (carrying_out, of_restores) = calls(&house, "files/restore");
    assert_eq!(of_restores, restores);
    for (what, count) in [("plan", planning), ("restores", carrying_out)] {
        let ratio = count as f64 / restores as f64;
        println!("  {what}: {count} calls, {restores} are needed: {ratio:.3} x (at most 1.05)");
    }
}
