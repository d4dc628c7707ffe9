//! Replacements by a move or copy that stop half-way: the next start finishes them, or takes them back.

use super::proxy::{Proxy, Twist};
use super::relocating::{decide, relocate, undo};
use coffer_model::message::{Edit, Job, Update};
use coffer_model::transfer::Decision::Replace;
use coffer_model::{HistoryQuery, ProblemKind, Receipt, Relocation};
use coffer_testing::house::{House, PATIENCE};
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Instant;

/// Stops the program while files have been deleted that others are to replace: the service does not answer the second step.
fn stop_between(house: &mut House, kind: Relocation, names: &[&str]) {
    for name in names {
        house.put(&format!("/{name}"), format!("new {name}"));
        house.put(&format!("/Target/{name}"), format!("old {name}"));
    }
    let paths: Vec<String> = names.iter().map(|name| format!("/{name}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let mut conflicts = relocate(house, kind, &paths, "/Target").conflicts;
    for conflict in &mut conflicts {
        conflict.decide(Replace);
    }
    let proxy = Proxy::between(house);
    let (reached, is_reached) = mpsc::channel();
    proxy.twist(move |call| match call.route.as_str() {
        "files/move_v2" | "files/move_batch_v2" | "files/copy_v2" | "files/copy_batch_v2" => {
            let _ = reached.send(());
            Twist::Never
        }
        _ => Twist::Pass,
    });
    house.start(Job::Edit(Edit::Relocate { kind, conflicts, earlier: None }));
    is_reached.recv_timeout(PATIENCE).expect("the files are moved");
    for name in names {
        assert!(!house.exists(&format!("/Target/{name}")), "{name} is deleted already");
    }
}

/// Waits until the next start has ended what was begun.
fn finish(house: &mut House) {
    house.restart_worker();
    let (session, records) = (house.session, house.local("coffer/state/replacements"));
    // Told when that is done; what others change is told in the same way.
    house.wait_for(session, |update| {
        let is_change = matches!(update, Update::Changed { .. });
        (is_change && fs::read_dir(&records).unwrap().count() == 0).then_some(())
    });
}

#[test]
fn a_replacement_that_a_kill_stopped_half_way_is_finished_at_the_next_start() {
    for kind in [Relocation::Move, Relocation::Copy] {
        for names in [&["a.txt"][..], &["a.txt", "b.txt", "c.txt"]] {
            let mut house = House::new();
            stop_between(&mut house, kind, names);
            finish(&mut house);
            for name in names {
                assert_eq!(house.read(&format!("/Target/{name}")), format!("new {name}").into_bytes());
                assert_eq!(house.exists(&format!("/{name}")), kind == Relocation::Copy);
            }
            // What was finished can be undone as a whole, as if nothing had stopped it.
            let listed = house.run(Job::ListHistory(HistoryQuery::default())).receipt();
            let Receipt::History(history) = listed else { panic!("{listed:?}") };
            let operation = history.operations[0].clone();
            assert_eq!(operation.items, names.len() as u64);
            undo(&mut house, Some(operation));
            for name in names {
                assert_eq!(house.read(&format!("/Target/{name}")), format!("old {name}").into_bytes());
                assert_eq!(house.read(&format!("/{name}")), format!("new {name}").into_bytes());
            }
        }
    }
}

/// The job runs at the service all the same, so what it deletes must not be missed.
#[test]
fn a_replacement_is_finished_at_the_next_start_when_the_end_of_its_deletion_was_not_heard() {
    let mut house = House::new();
    let names = ["a.txt", "b.txt", "c.txt"];
    for name in names {
        house.put(&format!("/{name}"), format!("new {name}"));
        house.put(&format!("/Target/{name}"), format!("old {name}"));
    }
    let mut conflicts =
        relocate(&mut house, Relocation::Move, &["/a.txt", "/b.txt", "/c.txt"], "/Target").conflicts;
    for conflict in &mut conflicts {
        conflict.decide(Replace);
    }
    let proxy = Proxy::between(&mut house);
    let is_launched = AtomicBool::new(false);
    proxy.twist(move |call| {
        if is_launched.load(Ordering::SeqCst) {
            return Twist::Answer(409, r#"{"error_summary": "other/", "error": {".tag": "other"}}"#.into());
        }
        is_launched.store(call.route == "files/delete_batch", Ordering::SeqCst);
        Twist::Pass
    });
    let replace = Edit::Relocate { kind: Relocation::Move, conflicts, earlier: None };
    assert_eq!(house.run(Job::Edit(replace)).problem().kind, ProblemKind::OutcomeUnknown);
    let end = Instant::now() + PATIENCE;
    while names.iter().any(|name| house.exists(&format!("/Target/{name}"))) {
        assert!(Instant::now() < end, "the service deletes them");
    }
    finish(&mut house);
    for name in names {
        assert_eq!(house.read(&format!("/Target/{name}")), format!("new {name}").into_bytes());
    }
}

#[test]
fn a_replacement_that_cannot_be_finished_any_more_is_taken_back() {
    let mut house = House::new();
    stop_between(&mut house, Relocation::Move, &["a.txt", "b.txt", "c.txt"]);
    // Another program has done something else meanwhile.
    house.delete("/a.txt");
    house.put("/Target/b.txt", "another");
    finish(&mut house);
    assert_eq!(house.read("/Target/a.txt"), b"old a.txt");
    assert_eq!(house.read("/Target/b.txt"), b"another");
    assert_eq!(house.read("/b.txt"), b"new b.txt");
    assert_eq!(house.read("/Target/c.txt"), b"new c.txt");
}

#[test]
fn a_replacement_leaves_no_record_behind() {
    let mut house = House::new();
    house.put("/a.txt", "new");
    house.put("/Target/a.txt", "old");
    let asked = relocate(&mut house, Relocation::Move, &["/a.txt"], "/Target");
    assert_eq!(decide(&mut house, Relocation::Move, asked.conflicts, &[Replace]).failed, []);
    assert_eq!(fs::read_dir(house.local("coffer/state/replacements")).unwrap().count(), 0);
}
