//! Edits that are cancelled while the service asks to wait: they end at once, and what they have done can be undone.

use super::proxy::{Call, Proxy, Twist};
use coffer_model::message::{Edit, Job};
use coffer_model::{Entry, Operation, Problem, ProblemKind, Receipt, RemotePath};
use coffer_testing::house::{House, PATIENCE};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// More than one batch.
const MANY: usize = 1_001;

/// A service that asks to come back in ten minutes.
fn refuse_for_long() -> Twist {
    let body = r#"{"error_summary": "too_many_requests/",
        "error": {"reason": {".tag": "too_many_requests"}, "retry_after": 600}}"#;
    Twist::Answer(429, body.to_owned())
}

/// Runs an edit until calls are refused, cancels it then, and answers with what it has done.
fn cancel_when_refused(
    house: &mut House,
    edit: Edit,
    is_refused: impl Fn(&Call) -> bool + Send + Sync + 'static,
) -> Operation {
    let (operation, failed) = cancel_at(house, edit, is_refused);
    assert_eq!(failed, [], "what nobody wants any more has not failed");
    operation
}

fn cancel_at(
    house: &mut House,
    edit: Edit,
    is_refused: impl Fn(&Call) -> bool + Send + Sync + 'static,
) -> (Operation, Vec<Problem>) {
    let proxy = Proxy::between(house);
    let (refused, is_waiting) = mpsc::channel();
    proxy.twist(move |call| {
        if !is_refused(call) {
            return Twist::Pass;
        }
        let _ = refused.send(());
        refuse_for_long()
    });
    let id = house.start(Job::Edit(edit));
    is_waiting.recv_timeout(PATIENCE).expect("a call is refused");
    house.cancel(id);
    let receipt = house.wait(id).receipt();
    let Receipt::Edited { operation: Some(operation), failed, .. } = receipt else { panic!("{receipt:?}") };
    proxy.reset();
    // Another session has another gate.
    proxy.restart_worker(house);
    (operation, failed)
}

fn put_many(house: &House) -> Vec<Entry> {
    (0..MANY).map(|number| house.put(&format!("/F/{number:04}.txt"), "x")).collect()
}

#[test]
fn a_deletion_that_is_cancelled_in_a_wait_can_be_undone() {
    let mut house = House::new();
    let entries = put_many(&house);
    let deleted = cancel_when_refused(&mut house, Edit::Delete(entries), |call| {
        call.route == "files/delete_batch" && call.number > 0
    });
    assert_eq!((deleted.items, house.every_path().len()), (1_000, 2), "a folder and a file");
    assert_eq!(house.reverse(&deleted).failed, []);
    assert_eq!(house.every_path().len(), MANY + 1);
}

#[test]
fn a_move_that_is_cancelled_in_a_wait_can_be_undone() {
    let mut house = House::new();
    let items = put_many(&house).into_iter().map(|entry| {
        let to = RemotePath::new(&format!("/G/{}", entry.name()));
        (entry, to)
    });
    let moved = cancel_when_refused(&mut house, Edit::Move(items.collect()), |call| {
        call.route == "files/move_batch_v2" && call.number > 0
    });
    assert_eq!((moved.items, house.list("/F").entries.len()), (1_000, 1));
    assert_eq!(house.reverse(&moved).failed, []);
    assert_eq!(house.list("/F").entries.len(), MANY);
}

#[test]
fn files_that_come_back_until_a_cancel_in_a_wait_can_be_deleted_again() {
    let mut house = House::new();
    let entries: Vec<Entry> = (0..40).map(|number| house.put(&format!("/F/{number}.txt"), "x")).collect();
    house.run(Job::Edit(Edit::Delete(entries))).receipt();
    let listed = house.run(Job::ListDeleted { path: RemotePath::new("/F"), details: true }).listings();
    let deleted = listed.last().unwrap().entries.clone();
    assert_eq!(deleted.len(), 40);
    let restored = cancel_when_refused(&mut house, Edit::Undelete(deleted), |call| {
        call.route == "files/restore" && call.number >= 20
    });
    assert_eq!(house.list("/F").entries.len() as u64, restored.items);
    assert_eq!(house.reverse(&restored).failed, []);
    assert_eq!(house.list("/F").entries.len(), 0);
}

/// The service does what was launched, and is asked for its end for a while only.
#[test]
fn what_was_done_before_a_batch_whose_end_is_not_heard_can_be_undone() {
    let mut house = House::new();
    let entries = put_many(&house);
    let launched = AtomicUsize::new(0);
    let is_refused = move |call: &Call| {
        if call.route == "files/delete_batch" {
            launched.fetch_add(1, Ordering::SeqCst);
        }
        call.route == "files/delete_batch/check" && launched.load(Ordering::SeqCst) > 1
    };
    let (deleted, failed) = cancel_at(&mut house, Edit::Delete(entries), is_refused);
    assert_eq!((deleted.items, failed.len()), (1_000, 1));
    assert_eq!(failed[0].kind, ProblemKind::OutcomeUnknown);
    assert_eq!(house.reverse(&deleted).failed, []);
}
