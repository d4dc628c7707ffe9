//! Undo and redo.

use super::{Script, entries, entry, problem};
use crate::Command;
use coffer_model::{Edit, Inverse, Recovery, RemotePath};

fn move_back(from: &str, to: &str) -> Inverse {
    Inverse::MoveBack(vec![(entry("/", from), RemotePath::new(to))])
}

fn remove(names: &str) -> Inverse {
    Inverse::Remove(entries("/", names))
}

/// Renames `a` to `b`, and that is done.
fn renamed() -> Script {
    let mut script = Script::at_home("a c");
    rename(&mut script, 0, "b");
    script.edited("move /a to /b", &[entry("/", "b")], Some(move_back("b", "/a"))).list("/", "b c");
    script
}

fn rename(script: &mut Script, row: usize, name: &str) {
    let rename = crate::Action::RenameText(name.to_owned());
    script.click(row).command(Command::Rename).act(rename).act(crate::Action::RenameCommit);
}

#[test]
fn an_undone_edit_can_be_done_again_and_undone_again() {
    let mut script = renamed();
    assert_eq!(script.state.undo.undo_label(), Some("Rename “a” to “b”"));
    script.command(Command::Undo).check_jobs("undo move: /b to /a");
    script.edited("undo move: /b to /a", &[entry("/", "a")], Some(move_back("a", "/b"))).list("/", "a c");
    script.check("/: >*a c toast[Undone: Rename “a” to “b”]");
    assert_eq!(
        (script.state.undo.undo_label(), script.state.undo.redo_label()),
        (None, Some("Rename “a” to “b”"))
    );

    script.command(Command::Redo).check_jobs("undo move: /a to /b");
    script.edited("undo move: /a to /b", &[entry("/", "b")], Some(move_back("b", "/a"))).list("/", "b c");
    assert_eq!(
        (script.state.undo.undo_label(), script.state.undo.redo_label()),
        (Some("Rename “a” to “b”"), None)
    );
    script.check("/: >*b c toast[Undone: Rename “a” to “b”] toast[Redone: Rename “a” to “b”]");
}

#[test]
fn a_new_edit_forgets_what_could_be_done_again() {
    let mut script = renamed();
    script
        .command(Command::Undo)
        .edited("undo move: /b to /a", &[], Some(move_back("a", "/b")))
        .list("/", "a c");
    rename(&mut script, 1, "d");
    script.edited("move /c to /d", &[entry("/", "d")], Some(move_back("d", "/c")));
    assert_eq!(script.state.undo.redo_label(), None);
}

#[test]
fn undo_waits_for_the_edit_under_way_and_takes_that_back() {
    let mut script = renamed();
    rename(&mut script, 1, "d");
    script.command(Command::Undo).check_jobs("move /c to /d");
    script.edited("move /c to /d", &[entry("/", "d")], Some(move_back("d", "/c")));
    script.list("/", "b d").check_jobs("undo move: /d to /c");
}

#[test]
fn two_presses_take_back_two_edits_one_after_the_other() {
    let mut script = renamed();
    rename(&mut script, 1, "d");
    script.edited("move /c to /d", &[entry("/", "d")], Some(move_back("d", "/c"))).list("/", "b d");
    script.command(Command::Undo).command(Command::Undo).check_jobs("undo move: /d to /c");
    script.edited("undo move: /d to /c", &[], None).list("/", "b c").check_jobs("undo move: /b to /a");
}

#[test]
fn an_undo_that_may_work_later_stays_and_a_refused_one_goes() {
    let mut script = renamed();
    script.command(Command::Undo).fail("undo move: /b to /a", problem("Offline", Recovery::Offline));
    assert_eq!(script.state.undo.undo_label(), Some("Rename “a” to “b”"));
    script.check("/: >*b c toast[Offline | Retry]");
    let toast = script.state.toasts.list()[0].id;
    script.act(crate::Action::ToastAction(toast)).check_jobs("undo move: /b to /a");
    script.fail("undo move: /b to /a", problem("“b” has changed since", Recovery::Refresh));
    assert_eq!(script.state.undo.undo_label(), None);
    script.check("/: >*b c … toast[“b” has changed since | Details…]");
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
    script.click(0).command(Command::Delete).edited("delete a", &[], Some(remove("x"))).list("/", "");
    script.check("/: toast[Moved “a” to Deleted files | Undo]");
    script.command(Command::Undo).edited("undo creation of 1 items", &[entry("/", "a")], None).list("/", "a");
    script.check("/: >*a toast[Undone: Delete “a”]");
}

#[test]
fn the_toast_of_an_older_edit_takes_back_that_one() {
    let mut script = Script::at_home("a b");
    script.click(0).command(Command::Delete).edited("delete a", &[], Some(remove("a"))).list("/", "b");
    script.click(0).command(Command::Delete).edited("delete b", &[], Some(remove("b"))).list("/", "");
    let first = script.state.toasts.list()[0].id;
    script.act(crate::Action::ToastAction(first));
    assert_eq!(script.state.undo.undo_label(), Some("Delete “b”"));
    let job = &script.running.last().expect("an undo").1;
    assert_eq!(*job, coffer_model::Job::Edit(Edit::Undo(remove("a"))));
}
