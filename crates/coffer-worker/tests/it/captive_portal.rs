//! Networks that want a person to sign in on a web page first, as in hotels and trains.

use super::downloads::{downloads, order};
use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job, Outcome, Update};
use coffer_model::transfer::{OnExisting, TransferPhase};
use coffer_model::{Problem, ProblemKind, Recovery, RemotePath, Sort};
use coffer_testing::house::House;
use std::fs;

const PORTAL: &str = "http://login.hotel.example/";
const START: &str = "https://www.dropbox.com/";

/// The ways in which networks do it: status, type and address; and the page that helps.
const REPLIES: [(u16, &str, &str, &str); 6] = [
    (200, "text/html; charset=utf-8", "", START),
    (302, "text/html", PORTAL, PORTAL),
    (307, "text/plain", PORTAL, PORTAL),
    (302, "text/html", "javascript:alert(1)", START),
    (407, "text/html", "", START),
    (511, "text/html", "", START),
];

#[track_caller]
fn check_problem(problem: &Problem, page: &str) {
    assert_eq!((problem.kind, problem.recovery()), (ProblemKind::NetworkSignIn, Recovery::NetworkSignIn));
    assert!(problem.detail.starts_with("This network asks you to sign in first."), "{problem:?}");
    assert_eq!(problem.sign_in_page(), Some(page));
}

#[test]
fn a_network_that_wants_a_sign_in_is_told_as_that_with_its_page() {
    let mut house = House::new();
    house.put("/a.txt", "a");
    let file = house.entry("/a.txt");
    let proxy = Proxy::between(&mut house);
    for (status, content_type, location, page) in REPLIES {
        proxy.twist(move |_| Twist::Stranger(status, content_type, location));
        proxy.restart_worker(&mut house);
        let session = house.session;
        let outage = house.wait_for(session, |update| match update {
            Update::Outage(problem) => problem.clone(),
            _ => None,
        });
        check_problem(&outage, page);
        let list = Job::List { path: RemotePath::root(), sort: Sort::default() };
        check_problem(&house.run(list).problem(), page);
        let edit = Edit::CreateFolder { path: RemotePath::new("/New") };
        check_problem(&house.run(Job::Edit(edit)).problem(), page);
        let preview = Job::Preview { entry: file.clone(), max_side: 100 };
        check_problem(&house.run(preview).problem(), page);
    }
    assert_eq!(house.tree(), ["/a.txt"]);
}

#[test]
fn a_transfer_waits_until_somebody_has_signed_in() {
    let mut house = House::new();
    house.put("/a.txt", "a");
    let file = house.entry("/a.txt");
    let folder = downloads(&house);
    let proxy = Proxy::between(&mut house);
    proxy.twist(|_| Twist::Stranger(302, "text/html", PORTAL));
    let id = house.start(order(&[file], &folder, OnExisting::Number));
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) => matches!(progress.phase, TransferPhase::Waiting { .. }).then_some(()),
        _ => None,
    });
    assert!(!folder.join("a.txt").exists());
    proxy.twist(|_| Twist::Pass);
    assert!(matches!(house.wait(id).outcome, Outcome::Done(_)));
    assert_eq!(fs::read(folder.join("a.txt")).unwrap(), b"a");
}
