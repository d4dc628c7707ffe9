//! Opening and following an account.

use coffer_model::message::{Event, Job, Outcome, Request, RequestId, Update};
use coffer_model::{
    Account, AccountChoice, AccountPlaces, Places, Problem, ProblemKind, Receipt, Recovery, RemotePath,
    Settings, Sort,
};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, PATIENCE};
use coffer_worker::{Dirs, SecretStorage, ServerEndpoint, Worker, WorkerConfig, load_places, load_settings};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[test]
fn an_account_that_another_program_uses_is_waited_for_and_then_open() {
    let house = House::closed(|_| {}, false);
    let folder = tempfile::tempdir().unwrap();
    let endpoint = ServerEndpoint::new(house.server.url(), house.server.token());
    let calls = AtomicUsize::new(0);
    let local_server = move || -> BoxFuture<'static, Result<ServerEndpoint, Problem>> {
        let is_free = calls.fetch_add(1, Ordering::Relaxed) >= 3;
        let endpoint = endpoint.clone();
        Box::pin(async move {
            if is_free { Ok(endpoint) } else { Err(Problem::new(ProblemKind::AccountInUse, "In use", "")) }
        })
    };
    let dirs = Dirs::new(Some(folder.path().to_owned())).unwrap();
    let (_worker, port) =
        Worker::start(WorkerConfig::new(dirs, Arc::new(|_| {}), Arc::new(local_server))).unwrap();
    let run = |id, job| port.requests.send(Request::Run { id: RequestId(id), job }).unwrap();
    run(1, Job::Session(AccountChoice::Local));
    // It waits with the session.
    run(2, Job::List { path: RemotePath::root(), sort: Sort::default() });
    let mut told = Vec::new();
    loop {
        match port.events.recv_timeout(PATIENCE).unwrap() {
            Event::Update { update: Update::InUse(problem), .. } => told.push(problem.map(|it| it.title)),
            Event::Finished { id: RequestId(2), outcome } => {
                assert_eq!(outcome, Outcome::Done(Receipt::Nothing));
                break;
            }
            Event::Finished { outcome, .. } => panic!("the session has ended: {outcome:?}"),
            Event::Update { .. } => {}
        }
    }
    assert_eq!(told, [Some("In use".to_owned()), None], "it is told once, and when it is over");
}

#[test]
fn the_account_is_told_first_and_its_quota_when_it_changes() {
    let mut house = House::new();
    let first = house.wait_for(house.session, account);
    assert!(first.is_local);
    assert!(first.allocated_bytes > 0);
    house.put("/a.txt", vec![7; 1000]);
    wait_for_quota(&mut house, first.used_bytes + 1000);
}

/// The feed begins at a moment of its own, and does not tell what was before.
#[test]
fn the_quota_is_told_when_something_changes_before_the_feed_begins() {
    let mut house = House::with(
        |config| config.faults.add(Fault::percent("files/list_folder*", FaultKind::Reset, 100.0)),
        false,
    );
    let first = house.wait_for(house.session, account);
    house.put("/a.txt", vec![7; 1000]);
    house.faults().clear();
    wait_for_quota(&mut house, first.used_bytes + 1000);
}

fn account(update: &Update) -> Option<Account> {
    match update {
        Update::Account(account) => Some(account.clone()),
        _ => None,
    }
}

fn wait_for_quota(house: &mut House, used_bytes: u64) {
    house.wait_for(house.session, |update| account(update).filter(|it| it.used_bytes == used_bytes));
}

#[test]
fn changes_from_elsewhere_name_their_folders() {
    let mut house = House::new();
    let id = house.session;
    // When the index is there, everything may have changed.
    house.wait_for(id, |update| matches!(update, Update::Changed { folders: None }).then_some(()));
    house.put("/One/Two/a.txt", "x");
    let mut seen = Vec::new();
    while !seen.contains(&RemotePath::new("/One/Two")) {
        seen.extend(house.wait_for(id, |update| match update {
            Update::Changed { folders } => Some(folders.clone().unwrap()),
            _ => None,
        }));
    }
    assert!(seen.contains(&RemotePath::root()));
}

#[test]
fn a_request_to_slow_down_is_shown_and_honoured() {
    let mut house = House::new();
    let id = house.session;
    house.wait_for(id, |update| matches!(update, Update::Account(_)).then_some(()));
    house.faults().add(Fault::status("files/list_folder", 429, 1));
    let list = house.start(Job::List { path: RemotePath::root(), sort: Sort::default() });
    let waiting = house.wait_for(id, |update| match update {
        Update::Waiting(Some(waiting)) => Some(waiting.clone()),
        _ => None,
    });
    assert!(waiting.reason.contains("slow down"));
    house.wait_for(id, |update| matches!(update, Update::Waiting(None)).then_some(()));
    assert!(matches!(house.wait(list).outcome, Outcome::Done(_)));
}

#[test]
fn an_outage_is_told_and_so_is_its_end() {
    let mut house = House::with(|config| config.faults.add(Fault::new("*", FaultKind::Reset, 7)), false);
    let id = house.session;
    let online = |update: &Update| match update {
        Update::Outage(problem) => Some(problem.is_none()),
        _ => None,
    };
    assert!(!house.wait_for(id, online));
    house.wait_for(id, |update| matches!(update, Update::Account(_)).then_some(()));
    assert!(house.wait_for(id, online));
}

#[test]
fn a_token_that_dies_ends_the_session_and_what_needs_it_with_a_way_back() {
    let mut house = House::new();
    let id = house.session;
    house.wait_for(id, |update| matches!(update, Update::Account(_)).then_some(()));
    house.faults().add(Fault::status("files/list_folder", 401, 5));
    let list = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() });
    assert_eq!(list.problem().recovery(), Recovery::SignIn);
    assert_eq!(house.wait(id).problem().recovery(), Recovery::SignIn);
    // What comes later is told the same at once.
    let later = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() });
    assert_eq!(later.problem().recovery(), Recovery::SignIn);
}

#[test]
fn every_request_ends_once_also_when_it_is_cancelled_twice_or_too_late() {
    let mut house = House::new();
    let id = house.session;
    house.cancel(id);
    house.cancel(id);
    house.cancel(RequestId(777));
    assert_eq!(house.wait(id).outcome, Outcome::Cancelled);
    let list = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() });
    assert_eq!(list.problem().title, "No account is open");
    // Nothing more comes from either.
    house.worker = None;
    assert!(house.port.events.try_iter().next().is_none());
}

#[test]
fn closing_the_worker_cancels_what_runs_and_what_comes_later() {
    let mut house = House::new();
    house.worker = None;
    house
        .port
        .requests
        .send(Request::Run { id: RequestId(50), job: Job::PasteFiles(String::new()) })
        .unwrap();
    let ended: Vec<Event> = std::iter::from_fn(|| {
        let event = house.port.events.recv_timeout(Duration::from_secs(5)).ok()?;
        Some(event)
    })
    .filter(|event| matches!(event, Event::Finished { .. }))
    .take(2)
    .collect();
    assert_eq!(ended[0], Event::Finished { id: house.session, outcome: Outcome::Cancelled });
    assert_eq!(ended[1], Event::Finished { id: RequestId(50), outcome: Outcome::Cancelled });
}

#[test]
fn another_account_takes_over_for_the_jobs_that_follow() {
    let mut house = House::new();
    house.put("/a.txt", "x");
    house.list("/");
    house.cancel(house.session);
    let gone = AccountChoice::CommandLine { api_url: "http://127.0.0.1:9".into() };
    let id = house.start(Job::Session(gone));
    let problem = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() }).problem();
    assert_eq!(problem.title, "No account is open");
    assert!(matches!(house.wait(id).outcome, Outcome::Failed(_)));
}

#[test]
fn a_job_that_panics_ends_once_and_harms_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let dirs = Dirs::new(Some(folder.path().to_owned())).unwrap();
    let mut config = WorkerConfig::new(dirs, Arc::new(|_| {}), Arc::new(|| panic!("as the test wants it")));
    config.secrets = SecretStorage::File;
    let (worker, port) = Worker::start(config).unwrap();
    let run = |id, job| port.requests.send(Request::Run { id: RequestId(id), job }).unwrap();
    let next = || port.events.recv_timeout(Duration::from_secs(20)).unwrap();
    run(1, Job::Session(AccountChoice::Local));
    let Event::Finished { id: RequestId(1), outcome: Outcome::Failed(problem) } = next() else {
        panic!("the session ends with a problem");
    };
    assert_eq!(problem.title, "Something went wrong inside Coffer");
    run(2, Job::SaveSettings(Settings::default()));
    let done = Outcome::Done(Receipt::Nothing);
    assert_eq!(next(), Event::Finished { id: RequestId(2), outcome: done });
    drop(worker);
    assert!(port.events.try_iter().next().is_none());
}

#[test]
fn what_is_to_be_saved_when_the_program_ends_is_saved() {
    for round in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let dirs = Dirs::new(Some(folder.path().to_owned())).unwrap();
        let mut config =
            WorkerConfig::new(dirs.clone(), Arc::new(|_| {}), Arc::new(|| panic!("nothing is opened")));
        config.secrets = SecretStorage::File;
        let (worker, port) = Worker::start(config).unwrap();
        let run = |id, job| port.requests.send(Request::Run { id: RequestId(id), job }).unwrap();
        let places: AccountPlaces = [("local".to_owned(), Places { shown: 3, ..Places::default() })].into();
        let settings = |width| Settings { side_bar_width: width, ..Settings::default() };
        run(1, Job::SaveSettings(settings(200.0)));
        run(2, Job::SaveSettings(settings(300.0)));
        run(3, Job::SavePlaces(places.clone()));
        drop(worker);
        assert_eq!(load_settings(&dirs).settings, settings(300.0), "round {round}");
        assert_eq!(load_places(&dirs), places, "round {round}");
    }
}
