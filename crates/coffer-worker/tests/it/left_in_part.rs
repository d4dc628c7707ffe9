//! Folders that a run which was killed has moved or copied in part: the next one says what is where, once, and what was moved
//! can be undone.

use super::large_folders::{batch_route, below, check_nothing_lost, edit, house};
use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job};
use coffer_model::{
    History, HistoryQuery, OperationKind, Problem, ProblemKind, Receipt, Relocation, RemotePath, Update,
};
use coffer_testing::house::{House, PATIENCE};
use std::sync::{Arc, mpsc};

/// Kills the program while it moves or copies the second batch of `/Large`.
fn killed_in_the_middle(house: &mut House, kind: Relocation) {
    let proxy = Proxy::between(house);
    let (reached, is_reached) = mpsc::channel();
    proxy.twist(move |call| {
        if call.route != batch_route(kind) || call.number != 1 {
            return Twist::Pass;
        }
        let _ = reached.send(());
        Twist::Never
    });
    let job = edit(house, kind, "/Large", "/Target/Large");
    house.start(job);
    is_reached.recv_timeout(PATIENCE).expect("the batch is sent");
    house.restart_worker();
    proxy.reset();
}

/// What the session says of it.
fn told(house: &mut House) -> Problem {
    let session = house.session;
    house.wait_for(session, |update| match update {
        Update::LeftInPart(problem) => Some(problem.clone()),
        _ => None,
    })
}

fn history(house: &mut House) -> Arc<History> {
    match house.run(Job::ListHistory(HistoryQuery::default())).receipt() {
        Receipt::History(history) => history,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_moved_before_a_kill_is_told_and_can_be_undone() {
    let mut house = house();
    let before = below(&house, "/Large");
    killed_in_the_middle(&mut house, Relocation::Move);
    let problem = told(&mut house);
    assert_eq!(problem.kind, ProblemKind::Incomplete);
    assert_eq!(problem.title, "“Large” could not be moved completely");
    assert!(problem.detail.contains("“/Target/Large”") && problem.detail.contains("“/Large”"), "{problem:?}");
    check_nothing_lost(&house, Relocation::Move, &before);
    let latest = history(&mut house).operations[0].clone();
    assert_eq!((latest.kind, latest.failed, latest.can_reverse), (OperationKind::Move, 1, true));
    assert_eq!(latest.item, RemotePath::new("/Target/Large"));
    assert_eq!(latest.before, Some(RemotePath::new("/Large")));
    assert_eq!(house.reverse(&latest).failed, []);
    assert_eq!(below(&house, "/Large"), before);
}

#[test]
fn a_copy_in_part_is_told_and_left_as_it_is() {
    let mut house = house();
    killed_in_the_middle(&mut house, Relocation::Copy);
    assert_eq!(told(&mut house).title, "“Large” could not be copied completely");
    let kinds: Vec<OperationKind> = history(&mut house).operations.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [OperationKind::CreateFolder; 2], "who knows what others have put there since");
}

#[test]
fn it_is_told_once() {
    let mut house = house();
    killed_in_the_middle(&mut house, Relocation::Move);
    told(&mut house);
    let operations = history(&mut house).operations.len();
    house.restart_worker();
    // Another one that is told now comes after it.
    for number in 0..11 {
        house.put(&format!("/Other/{number}.txt"), "x");
    }
    let path = RemotePath::new("/Target/Other");
    let entry = house.entry("/Other");
    house.run(Job::Edit(Edit::Move(vec![(entry, path)]))).receipt();
    assert_eq!(history(&mut house).operations.len(), operations + 1);
    let session = house.session;
    house.cancel(session);
    let told = house.wait(session).updates.into_iter().any(|it| matches!(it, Update::LeftInPart(_)));
    assert!(!told);
}

#[test]
fn the_same_move_again_completes_what_was_told() {
    let mut house = house();
    let before = below(&house, "/Large");
    killed_in_the_middle(&mut house, Relocation::Move);
    told(&mut house);
    let job = edit(&house, Relocation::Move, "/Large", "/Target/Large");
    house.run(job).receipt();
    assert_eq!(below(&house, "/Target/Large"), before);
    assert!(!house.exists("/Large"));
}
