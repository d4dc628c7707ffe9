//! Files that are edited with other programs, after a save was undone.

use super::working_copies::{LETTER, check_out, letter, save, truncated, versions, wait_until};
use coffer_model::ProblemKind;
use coffer_model::working_copy::{SaveResult, WorkingCopyState};
use coffer_testing::house::House;
use std::fs;

#[test]
fn a_save_after_an_undone_one_is_a_plain_new_version() {
    let mut house = House::new();
    let copy = letter(&mut house);
    truncated(&copy.local_path, "Dear Ida, one");
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    let saved = save(&mut house, &copy.id);
    wait_until(&mut house, &copy.id, WorkingCopyState::Saved);
    let undone = house.reverse(&saved.operation.expect("it was uploaded"));
    assert_eq!(house.read(LETTER), b"Dear Ida");
    // What is in the copy stays, and is not sent again by itself.
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Unchanged);
    assert_eq!(house.read(LETTER), b"Dear Ida");
    truncated(&copy.local_path, "Dear Ida, two");
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
    assert_eq!(house.tree(), ["/Docs/", LETTER]);
    assert_eq!(versions(&mut house, LETTER), ["Dear Ida, two", "Dear Ida", "Dear Ida, one", "Dear Ida"]);
    // Redone over the newer version it would lose that.
    let refused = house.reverse(&undone.operation);
    assert_eq!(refused.failed[0].kind, ProblemKind::Changed);
}

#[test]
fn a_save_after_an_undone_and_redone_one_is_a_plain_new_version() {
    let mut house = House::new();
    let copy = letter(&mut house);
    truncated(&copy.local_path, "Dear Ida, one");
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    let mut saved = save(&mut house, &copy.id).operation.expect("it was uploaded");
    for _ in 0..2 {
        let reversal = house.reverse(&saved);
        assert_eq!(reversal.failed, []);
        saved = reversal.operation;
    }
    truncated(&copy.local_path, "Dear Ida, two");
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
    assert_eq!(house.tree(), ["/Docs/", LETTER]);
}

#[test]
fn a_file_that_is_opened_after_its_save_was_undone_is_that_of_the_account() {
    let mut house = House::new();
    let copy = letter(&mut house);
    truncated(&copy.local_path, "Dear Ida, one");
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    let saved = save(&mut house, &copy.id);
    assert_eq!(house.reverse(&saved.operation.expect("it was uploaded")).failed, []);
    let entry = house.entry(LETTER);
    let again = check_out(&mut house, &entry);
    assert_eq!((again.id, fs::read_to_string(again.local_path).unwrap()), (copy.id, "Dear Ida".to_owned()));
}

#[test]
fn what_others_save_after_an_undone_save_is_still_a_conflict() {
    let mut house = House::new();
    let copy = letter(&mut house);
    truncated(&copy.local_path, "Dear Ida, one");
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    let saved = save(&mut house, &copy.id);
    assert_eq!(house.reverse(&saved.operation.expect("it was uploaded")).failed, []);
    house.put(LETTER, "Dear Ada");
    truncated(&copy.local_path, "Dear Ida, two");
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Conflict);
    assert_eq!(house.read(LETTER), b"Dear Ada");
}
