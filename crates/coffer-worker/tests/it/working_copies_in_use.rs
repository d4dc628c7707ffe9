//! Files that other programs work with while something else is done with them: a newer version comes, a conflict is ended,
//! the copy is closed. What such a program saves then is neither lost nor over what it was not made from.

use super::proxy::{Proxy, Twist};
use super::working_copies::{LETTER, check_out, conflict, letter, save, saved, wait_until};
use coffer_model::comparison::ComparedFiles;
use coffer_model::message::Job;
use coffer_model::working_copy::{ConflictChoice, SaveResult, WorkingCopyState};
use coffer_model::{Outcome, ProblemKind, Receipt, WorkingCopyId};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::House;
use std::fs;

fn close(house: &mut House, id: &WorkingCopyId) -> Result<(), ProblemKind> {
    match house.run(Job::CloseWorkingCopy { id: id.clone() }).outcome {
        Outcome::Done(_) => Ok(()),
        Outcome::Failed(problem) => Err(problem.kind),
        other @ Outcome::Cancelled => panic!("{other:?}"),
    }
}

#[test]
fn a_copy_is_closed_only_when_the_account_has_all_of_it_and_no_program_works_with_it() {
    let mut house = House::new();
    let copy = letter(&mut house);
    fs::write(&copy.local_path, "Dear Ida, just now").unwrap();
    assert_eq!(close(&mut house, &copy.id), Err(ProblemKind::Changed));
    save(&mut house, &copy.id);
    let lock = copy.local_path.with_file_name(".~lock.Letter.txt#");
    fs::write(&lock, "").unwrap();
    assert_eq!(close(&mut house, &copy.id), Err(ProblemKind::LocalInUse));
    fs::remove_file(lock).unwrap();
    let beside = copy.local_path.with_file_name("Letter 2.txt");
    fs::write(&beside, "Dear Eve").unwrap();
    let problem = house.run(Job::CloseWorkingCopy { id: copy.id.clone() }).problem();
    assert_eq!(
        (problem.kind, problem.title.as_str()),
        (ProblemKind::LocalInUse, "“Letter.txt” could not be closed")
    );
    assert!(problem.detail.starts_with("“Letter 2.txt” was saved beside it"), "{}", problem.detail);
    fs::remove_file(beside).unwrap();
    assert_eq!(close(&mut house, &copy.id), Ok(()));
    assert!(!copy.local_path.exists());
    assert_eq!(house.read(LETTER), b"Dear Ida, just now");
}

#[test]
fn a_file_that_is_asked_for_twice_at_once_has_one_copy() {
    let mut house = House::new();
    let entry = house.put(LETTER, "Dear Ida");
    let jobs = [0, 1].map(|_| house.start(Job::CheckOut { entry: entry.clone(), open: false }));
    let copies = jobs.map(|id| match house.wait(id).receipt() {
        Receipt::CheckedOut(copy) => copy.id,
        other => panic!("{other:?}"),
    });
    assert_eq!(copies[0], copies[1]);
}

/// It shows the version that it has read, so what it saves was made from that one.
#[test]
fn a_newer_version_does_not_come_under_a_program_that_has_the_file_open() {
    let mut house = House::new();
    let copy = letter(&mut house);
    let lock = copy.local_path.with_file_name(".~lock.Letter.txt#");
    fs::write(&lock, "").unwrap();
    let newer = house.put(LETTER, "Dear Ida, from the office");
    let refused = house.run(Job::CheckOut { entry: newer.clone(), open: false }).problem();
    assert_eq!(refused.kind, ProblemKind::LocalInUse);
    assert!(
        refused.detail.starts_with("Another program has an older version of it open"),
        "{}",
        refused.detail
    );
    assert_eq!(fs::read(&copy.local_path).unwrap(), b"Dear Ida");
    fs::write(&copy.local_path, "Dear Ida, from home").unwrap();
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Conflict);
    assert_eq!(house.read(LETTER), b"Dear Ida, from the office");
}

#[test]
fn what_is_saved_while_a_newer_version_comes_is_not_replaced_by_it() {
    let mut house = House::new();
    let copy = letter(&mut house);
    let newer = house.put(LETTER, "Dear Ida, from the office");
    let proxy = Proxy::between(&mut house);
    wait_until(&mut house, &copy.id, WorkingCopyState::Saved);
    let file = copy.local_path.clone();
    proxy.twist(move |call| {
        if call.route == "files/download" {
            fs::write(&file, "Dear Ida, from home").unwrap();
        }
        Twist::Pass
    });
    assert_eq!(check_out(&mut house, &newer).state, WorkingCopyState::Edited);
    assert_eq!(fs::read(&copy.local_path).unwrap(), b"Dear Ida, from home");
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Conflict);
}

#[test]
fn mine_replaces_no_version_of_theirs_that_nobody_has_seen() {
    let mut house = House::new();
    let (copy, _) = conflict(&mut house);
    house.put(LETTER, "Dear Ida, from the office, later");
    let mine = Job::ResolveEditConflict { id: copy.id.clone(), keep: ConflictChoice::Mine };
    let problem = house.run(mine.clone()).problem();
    assert_eq!(problem.kind, ProblemKind::Changed);
    assert!(
        problem.detail.starts_with("The other version has been changed meanwhile."),
        "{}",
        problem.detail
    );
    assert_eq!(house.read(LETTER), b"Dear Ida, from the office, later");
    // Who has been told chooses once more.
    saved(house.run(mine).receipt());
    assert_eq!(house.read(LETTER), b"Dear Ida, from home");
}

#[test]
fn a_version_of_theirs_is_seen_when_a_comparison_has_shown_it() {
    let mut house = House::new();
    let (copy, _) = conflict(&mut house);
    let compare = Job::Compare { files: ComparedFiles::Conflict(copy.id.clone()), ignores_space: false };
    let mine = Job::ResolveEditConflict { id: copy.id.clone(), keep: ConflictChoice::Mine };
    house.put(LETTER, "Dear Ida, from the office, later");
    house.faults().add(Fault::percent("files/download", FaultKind::Reset, 100.0));
    house.run(compare.clone()).problem();
    house.faults().clear();
    assert_eq!(house.run(mine.clone()).problem().kind, ProblemKind::Changed);
    house.put(LETTER, "Dear Ida, from the office, the latest");
    house.run(compare).receipt();
    saved(house.run(mine).receipt());
    assert_eq!(house.read(LETTER), b"Dear Ida, from home");
}

#[test]
fn what_is_written_while_mine_is_uploaded_is_still_to_be_saved() {
    let mut house = House::new();
    let proxy = Proxy::between(&mut house);
    let (copy, _) = conflict(&mut house);
    let file = copy.local_path.clone();
    proxy.twist(move |call| {
        if call.route == "files/upload" {
            fs::write(&file, "Dear Ida, from home, later").unwrap();
        }
        Twist::Pass
    });
    let keep = ConflictChoice::Mine;
    saved(house.run(Job::ResolveEditConflict { id: copy.id.clone(), keep }).receipt());
    proxy.reset();
    assert_eq!(house.read(LETTER), b"Dear Ida, from home");
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
    assert_eq!(house.read(LETTER), b"Dear Ida, from home, later");
}
