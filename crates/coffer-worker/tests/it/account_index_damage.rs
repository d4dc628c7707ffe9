//! The file of the index is damaged, or another program lists everything anew: nothing is lost, and the window goes on.

use coffer_model::message::{Event, Job, Request, RequestId, Update};
use coffer_model::{AccountChoice, IndexPhase, IndexReport, Receipt, RemotePath, SearchSort};
use coffer_server::faults::Fault;
use coffer_testing::house::{House, start_worker_at};
use fastrand::Rng;
use std::fs;
use std::path::PathBuf;

fn house() -> House {
    let mut house = House::new();
    for number in 0..300 {
        house.put(&format!("/folder {}/picture {number}.jpg", number % 10), "x");
    }
    house.wait_for_files(300);
    house
}

fn report(house: &mut House, job: Job) -> IndexReport {
    match house.run(job).receipt() {
        Receipt::Indexed(report) => report,
        other => panic!("it is a report: {other:?}"),
    }
}

fn update(house: &mut House) -> IndexReport {
    report(house, Job::UpdateIndex { rebuild: false, verify: false })
}

fn search() -> Job {
    let (query, below) = ("picture".to_owned(), RemotePath::root());
    Job::SearchIndex { query, below, sort: SearchSort::Match, most: 1000 }
}

fn index_file(house: &House) -> PathBuf {
    let files = fs::read_dir(house.local("coffer/cache/index")).unwrap();
    let mut files = files.map(|file| file.unwrap().path());
    files.find(|path| path.extension().is_some_and(|end| end == "sqlite")).unwrap()
}

/// Noise in all pages but the first one.
fn damage(house: &House) {
    let file = index_file(house);
    let mut bytes = fs::read(&file).unwrap();
    Rng::with_seed(1).fill(&mut bytes[4096..]);
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_file_that_is_damaged_in_the_middle_is_made_anew_when_the_session_needs_it() {
    let mut house = house();
    house.worker = None;
    damage(&house);
    house.restart_worker();
    house.wait_for_files(300);
    house.put("/new.jpg", "x");
    house.wait_for_files(301);
    assert!(update(&mut house).was_replaced);
    assert!(!update(&mut house).was_replaced, "it is told once");
}

#[test]
fn a_file_that_is_damaged_while_it_is_used_is_made_anew_and_followed_again() {
    let mut house = house();
    let file = index_file(&house);
    // What is in the log goes into the file, so that there is something to damage.
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(connection);
    damage(&house);
    // It tells of the damage, or has what it asks for in memory.
    house.run(search());
    house.run(Job::FindDuplicates { below: RemotePath::root() });
    assert!(update(&mut house).was_replaced);
    house.put("/new.jpg", "x");
    house.wait_for_files(301);
    let Receipt::Found(found) = house.run(search()).receipt() else { panic!("it is an answer") };
    assert_eq!(found.count, 300);
    let report = report(&mut house, Job::UpdateIndex { rebuild: false, verify: true });
    assert_eq!((report.differences, report.was_replaced), (0, false));
}

#[test]
fn the_status_is_told_without_a_call_and_says_what_the_file_takes() {
    let mut house = house();
    house.faults().add(Fault::status("*", 500, u32::MAX));
    let report = report(&mut house, Job::ReadIndexStatus);
    assert_eq!(
        (report.status.phase, report.status.files, report.status.folders),
        (IndexPhase::Complete, 300, 10)
    );
    assert_eq!(report.file.as_deref(), Some(index_file(&house).as_path()));
    assert!(report.file_bytes > 10_000, "{report:?}");
}

#[test]
fn a_rebuild_that_another_program_leaves_unfinished_is_finished_here() {
    let mut house = house();
    house.faults().add(Fault::status("files/list_folder", 500, u32::MAX));
    let (other, port) = start_worker_at(house.folder.path(), &house.server.url(), &house.server.token());
    let (session, rebuild) = (RequestId(1), RequestId(2));
    let choice = AccountChoice::Local;
    port.requests.send(Request::Run { id: session, job: Job::Session(choice) }).unwrap();
    let job = Job::UpdateIndex { rebuild: true, verify: false };
    port.requests.send(Request::Run { id: rebuild, job }).unwrap();
    let begun = port.events.iter().any(|event| match event {
        Event::Update { id, update: Update::Index(status) } => {
            id == rebuild && matches!(status.phase, IndexPhase::Building { .. })
        }
        _ => false,
    });
    assert!(begun);
    drop(other);
    house.faults().clear();
    house.put("/new.jpg", "x");
    house.wait_for_files(301);
    assert_eq!(report(&mut house, Job::UpdateIndex { rebuild: false, verify: true }).differences, 0);
}
