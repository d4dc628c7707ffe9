//! Undo and redo.

use super::{Script, entry, operation, problem, reversed};
use crate::{Action, Command};
use coffer_model::{
    History, Operation, OperationId, OperationKind, Outcome, Receipt, Recovery, RemotePath, Reversal, Update,
};
use std::sync::Arc;

/// `a` was renamed to `b`.
fn a_to_b() -> Operation {
    operation(1, OperationKind::Rename, "/b", Some("/a"))
}

/// `c` was renamed to `d` after that.
fn c_to_d() -> Operation {
    operation(4, OperationKind::Rename, "/d", Some("/c"))
}

/// Renames `a` to `b`, and that is done.
fn renamed() -> Script {
    let mut script = Script::at_home("a c");
    rename(&mut script, 0, "b");
    script.edited("move /a to /b", &[entry("/", "b")], Some(a_to_b())).list("/", "b c");
    script
}

fn rename(script: &mut Script, row: usize, name: &str) {
    let rename = Action::RenameText(name.to_owned());
    script.click(row).command(Command::Rename).act(rename).act(Action::RenameCommit);
}

fn labels(script: &Script) -> (Option<&str>, Option<&str>) {
    (script.state.undo.undo_label(), script.state.undo.redo_label())
}

/// What the worker tells when the account is open.
fn tell(script: &mut Script, operations: &[Operation]) {
    let history = History { operations: operations.to_vec(), problem: None };
    script.update("session Local", Update::History(Arc::new(history)));
}

#[test]
fn an_undone_edit_can_be_done_again_and_undone_again() {
    let mut script = renamed();
    assert_eq!(labels(&script), (Some("Rename “a” to “b”"), None));
    script.command(Command::Undo).check("/: >*b~ c").check_jobs("undo 1");
    let undone = reversed(&a_to_b(), 2);
    script.reversed("undo 1", &[entry("/", "a")], undone.clone()).list("/", "a c");
    script.check("/: >*a c toast[Undone: Rename “a” to “b”]");
    assert_eq!(labels(&script), (None, Some("Rename “a” to “b”")));

    script.command(Command::Redo).check_jobs("redo 1");
    script.reversed("redo 1", &[entry("/", "b")], reversed(&undone, 3)).list("/", "b c");
    assert_eq!(labels(&script), (Some("Rename “a” to “b”"), None));
    script.check("/: >*b c toast[Undone: Rename “a” to “b”] toast[Redone: Rename “a” to “b”]");
}

#[test]
fn a_new_edit_forgets_what_could_be_done_again() {
    let mut script = renamed();
    script.command(Command::Undo).reversed("undo 1", &[], reversed(&a_to_b(), 2)).list("/", "a c");
    rename(&mut script, 1, "d");
    script.edited("move /c to /d", &[entry("/", "d")], Some(c_to_d()));
    assert_eq!(labels(&script), (Some("Rename “c” to “d”"), None));
}

#[test]
fn undo_waits_for_the_edit_under_way_and_takes_that_back() {
    let mut script = renamed();
    rename(&mut script, 1, "d");
    script.command(Command::Undo).check_jobs("move /c to /d");
    script.edited("move /c to /d", &[entry("/", "d")], Some(c_to_d()));
    script.list("/", "b d").check_jobs("undo 4");
}

#[test]
fn two_presses_take_back_two_edits_one_after_the_other() {
    let mut script = renamed();
    rename(&mut script, 1, "d");
    script.edited("move /c to /d", &[entry("/", "d")], Some(c_to_d())).list("/", "b d");
    script.command(Command::Undo).command(Command::Undo).check_jobs("undo 4");
    script.reversed("undo 4", &[], reversed(&c_to_d(), 5)).list("/", "b c").check_jobs("undo 1");
    script.reversed("undo 1", &[], reversed(&a_to_b(), 6)).list("/", "a c");
    // What was undone last is redone first.
    assert_eq!(labels(&script), (None, Some("Rename “a” to “b”")));
}

/// Answers an undo that was refused: the operation stands as before, with the reason.
fn refuse(script: &mut Script, job: &str, operation: &Operation, title: &str) {
    let problem = problem(title, Recovery::Refresh);
    let operation = Operation { problem: Some(Box::new(problem.clone())), ..operation.clone() };
    let reversal = Reversal {
        operation,
        entries: Vec::new(),
        failed: vec![problem],
        moved: Vec::new(),
        removed: Vec::new(),
        folders: Some(Vec::new()),
    };
    script.finish(job, Outcome::Done(Receipt::Reversed(Box::new(reversal))));
}

#[test]
fn an_undo_that_may_work_later_stays_and_after_a_refused_one_the_one_before_is_next() {
    let mut script = renamed();
    rename(&mut script, 1, "d");
    script.edited("move /c to /d", &[entry("/", "d")], Some(c_to_d())).list("/", "b d");
    script.command(Command::Undo).fail("undo 4", problem("Offline", Recovery::Offline));
    assert_eq!(script.state.undo.undo_label(), Some("Rename “c” to “d”"));
    script.check("/: b >*d toast[Offline | Retry]");
    let toast = script.state.toasts.list()[0].id;
    script.act(Action::ToastAction(toast)).check_jobs("undo 4");
    refuse(&mut script, "undo 4", &c_to_d(), "“d” has changed since");
    assert_eq!(script.state.undo.undo_label(), Some("Rename “a” to “b”"));
    script.check("/: b >*d … toast[“d” has changed since | Details…]");
}

#[test]
fn undo_behind_a_failed_edit_is_forgotten() {
    let mut script = renamed();
    script.click(1).command(Command::Delete).command(Command::Undo);
    script.fail("delete c", problem("Refused", Recovery::None)).check_jobs("");
    assert_eq!(script.state.undo.undo_label(), Some("Rename “a” to “b”"));
}

#[test]
fn the_toast_of_an_edit_that_was_undone_otherwise_goes_away() {
    let mut script = Script::at_home("a");
    let deleted = operation(1, OperationKind::Delete, "/a", None);
    script.click(0).command(Command::Delete).edited("delete a", &[], Some(deleted.clone())).list("/", "");
    script.check("/: toast[Moved “a” to Deleted files | Undo]");
    script
        .command(Command::Undo)
        .reversed("undo 1", &[entry("/", "a")], reversed(&deleted, 2))
        .list("/", "a");
    script.check("/: >*a toast[Undone: Delete “a”]");
}

#[test]
fn the_toast_of_an_older_edit_takes_back_that_one() {
    let mut script = Script::at_home("a b");
    let deleted = |id, name: &str| Some(operation(id, OperationKind::Delete, name, None));
    script.click(0).command(Command::Delete).edited("delete a", &[], deleted(1, "/a")).list("/", "b");
    script.click(0).command(Command::Delete).edited("delete b", &[], deleted(2, "/b")).list("/", "");
    let first = script.state.toasts.list()[0].id;
    script.act(Action::ToastAction(first)).check_jobs("undo 1");
    assert_eq!(script.state.undo.undo_label(), Some("Delete “b”"));
}

#[test]
fn what_was_done_before_the_start_is_undone_and_what_was_undone_then_is_redone() {
    let mut script = Script::at_home("a d");
    tell(&mut script, &[c_to_d(), reversed(&a_to_b(), 5)]);
    assert_eq!(labels(&script), (Some("Rename “c” to “d”"), Some("Rename “a” to “b”")));
    script.command(Command::Undo).check_jobs("undo 4");
    script.reversed("undo 4", &[entry("/", "c")], reversed(&c_to_d(), 6)).list("/", "a c");
    script.command(Command::Redo).check_jobs("redo 4");
}

#[test]
fn what_another_program_does_is_undone_first() {
    let mut script = renamed();
    tell(&mut script, &[c_to_d(), a_to_b()]);
    script.command(Command::Undo).check_jobs("undo 4");
}

#[test]
fn an_operation_that_is_not_in_view_is_named_first_and_undone_when_that_is_asked_for_again() {
    let moved = operation(1, OperationKind::Move, "/Docs/Old/a", Some("/Docs/a"));
    let mut script = Script::at_home("b");
    tell(&mut script, std::slice::from_ref(&moved));
    script.wait(7200.0).command(Command::Undo).check_jobs("");
    script.check("/: b toast[Undo the move of “a”? In “Old”, 2 hours ago | Undo]");
    script.command(Command::Undo).check_jobs("undo 1");
    script.reversed("undo 1", &[], reversed(&moved, 2)).check("/: b … toast[Undone: Move “a”]");
    script.list("/", "b");
    // Whoever has just undone it here knows what it is.
    script.command(Command::Redo).check_jobs("redo 1");
}

#[test]
fn what_was_done_in_a_list_is_undone_there_at_once() {
    let mut script = Script::at_home("");
    script.command(Command::ShowDeleted).answer_list("list deleted", "/", "a.txt†");
    let restored = operation(1, OperationKind::Undelete, "/Docs/a.txt", None);
    script.click(0).command(Command::Undelete);
    script.edited("undelete a.txt", &[], Some(restored)).answer_list("list deleted", "/", "");
    script.list("/", "").command(Command::Undo).check_jobs("undo 1");
}

#[test]
fn a_window_in_a_folder_that_an_undo_moves_or_removes_goes_along() {
    let mut script = Script::at_home("New/");
    let renamed = operation(1, OperationKind::Rename, "/New", Some("/Old"));
    tell(&mut script, std::slice::from_ref(&renamed));
    script.command(Command::Undo).check_jobs("undo 1").go("/New").list("/New", "x");
    let moved = vec![(RemotePath::new("/New"), RemotePath::new("/Old"))];
    let Receipt::Reversed(reversal) = super::script::reversal(&[], reversed(&renamed, 2)) else {
        unreachable!()
    };
    let reversal = Reversal { moved, ..*reversal };
    script.finish("undo 1", Outcome::Done(Receipt::Reversed(Box::new(reversal)))).list("/Old", "x");
    script.list("/", "Old/").check("/Old: x toast[Undone: Rename “Old” to “New”]");

    let made = operation(3, OperationKind::CreateFolder, "/Old", None);
    tell(&mut script, std::slice::from_ref(&made));
    script.command(Command::Undo).command(Command::Undo).check_jobs("undo 3");
    let Receipt::Reversed(reversal) = super::script::reversal(&[], reversed(&made, 4)) else {
        unreachable!()
    };
    let reversal = Reversal { removed: vec![RemotePath::new("/Old")], ..*reversal };
    script.finish("undo 3", Outcome::Done(Receipt::Reversed(Box::new(reversal)))).list("/", "");
    assert_eq!(script.state.navigation.current().folder(), Some(&RemotePath::root()));
}

#[test]
fn of_very_many_operations_the_latest_can_be_undone() {
    let mut script = Script::at_home("a");
    let all: Vec<Operation> =
        (1..=200).rev().map(|id| operation(id, OperationKind::Delete, "/x", None)).collect();
    tell(&mut script, &all);
    for id in 201..=260 {
        let deleted = operation(id, OperationKind::Delete, "/a", None);
        script.click(0).command(Command::Delete).edited("delete a", &[], Some(deleted)).list("/", "a");
    }
    assert!(
        script.state.undo.get(OperationId(61)).is_some() && script.state.undo.get(OperationId(60)).is_none()
    );
}

#[test]
fn a_link_that_was_made_is_named_before_it_is_taken_away_for_ever() {
    let mut script = Script::at_home("a");
    let made = operation(1, OperationKind::CreateLink, "/a", None);
    tell(&mut script, std::slice::from_ref(&made));
    script.command(Command::Undo).check_jobs("");
    script.check("/: a toast[Remove the link to “a”? In Home, just now | Undo]");
    script.command(Command::Undo).check_jobs("undo 1");
}

/// Presses Undo while the undo of a deletion is under way, and ends that.
fn pressed_too_often(earlier: &[Operation]) -> Script {
    let mut script = Script::at_home("a");
    let deleted = operation(7, OperationKind::Delete, "/b", None);
    let all: Vec<Operation> = std::iter::once(&deleted).chain(earlier).cloned().collect();
    tell(&mut script, &all);
    script.command(Command::Undo).command(Command::Undo).command(Command::Undo).check_jobs("undo 7");
    script.reversed("undo 7", &[entry("/", "b")], reversed(&deleted, 8)).list("/", "a b");
    script
}

#[test]
fn a_press_too_many_undoes_nothing_that_is_done_later() {
    let mut script = pressed_too_often(&[]);
    script.check_jobs("").check("/: a >*b toast[Undone: Delete “b”]");
    script.click(0).command(Command::Duplicate);
    let copied = operation(9, OperationKind::Copy, "/a (1)", Some("/a"));
    script.edited("copy /a to /a", &[entry("/", "a (1)")], Some(copied)).list("/", "a b");
    script.check_jobs("");
}

#[test]
fn a_press_that_asks_ends_those_behind_it() {
    let uploaded = operation(1, OperationKind::Upload, "/Old/x", None);
    let mut script = pressed_too_often(&[uploaded]);
    script.check_jobs("");
    script
        .check("/: a >*b toast[Undone: Delete “b”] toast[Undo the upload of “x”? In “Old”, just now | Undo]");
    rename(&mut script, 0, "c");
    let renamed = operation(9, OperationKind::Rename, "/c", Some("/a"));
    script.edited("move /a to /c", &[entry("/", "c")], Some(renamed)).list("/", "b c").check_jobs("");
}

#[test]
fn what_is_begun_after_a_press_is_not_undone_by_it() {
    let mut script = renamed();
    rename(&mut script, 1, "d");
    script.command(Command::Undo).click(0).command(Command::Delete);
    script.check("/: name[d…] >*b~ c~ toast[Undo was left out, because something else was done first]");
    script.edited("move /c to /d", &[entry("/", "d")], Some(c_to_d()));
    let deleted = operation(5, OperationKind::Delete, "/b", None);
    script.edited("delete b", &[], Some(deleted)).list("/", "d").check_jobs("");
}
