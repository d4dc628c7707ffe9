//! Deleting, moving, copying, bringing back.

use super::{Script, entries, entry, operation, problem, reversed};
use crate::edit_paths::can_drop;
use crate::{Action, Command};
use coffer_model::{
    Event, Operation, OperationKind, Outcome, Progress, Receipt, Recovery, RemotePath, TransferPhase, Update,
};

fn drop_on(script: &mut Script, rows: &str, target: &str, copy: bool) {
    let entries = entries("/", rows);
    script.act(Action::DropEntries { entries, target: RemotePath::new(target), copy });
}

/// `a.txt` was deleted.
fn deleted() -> Operation {
    operation(1, OperationKind::Delete, "/a.txt", None)
}

#[test]
fn delete_asks_nothing_and_can_be_undone_from_its_toast() {
    let mut script = Script::at_home("Docs/ a.txt b.txt");
    script.click(1).command(Command::Delete).check("/: Docs/ >*a.txt~ b.txt").check_jobs("delete a.txt");
    script.edited("delete a.txt", &[], Some(deleted()));
    script.check("/: Docs/ >*a.txt~ b.txt … toast[Moved “a.txt” to Deleted files | Undo]");
    script.list("/", "Docs/ b.txt").check("/: Docs/ >b.txt toast[Moved “a.txt” to Deleted files | Undo]");
    let toast = script.state.toasts.list()[0].id;
    script.act(Action::ToastAction(toast)).check("/: Docs/ >b.txt").check_jobs("undo 1");
    script.reversed("undo 1", &[entry("/", "a.txt")], reversed(&deleted(), 2)).list("/", "Docs/ a.txt b.txt");
    script.check("/: Docs/ >*a.txt b.txt toast[Undone: Delete “a.txt”]");
}

#[test]
fn several_items_are_deleted_in_one_go() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.command(Command::SelectAll).command(Command::Delete).check_jobs("delete Docs a.txt");
    script.edited("delete Docs a.txt", &[], None).list("/", "");
    script.check("/: toast[Moved 2 items to Deleted files]");
}

#[test]
fn a_refused_delete_leaves_the_row_as_it_was_and_offers_what_helps() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Delete);
    script.fail("delete a.txt", problem("“a.txt” could not be deleted", Recovery::Retry));
    script.check("/: >*a.txt toast[“a.txt” could not be deleted | Retry]");
    let toast = script.state.toasts.list()[0].id;
    script.act(Action::ToastAction(toast)).check("/: >*a.txt~").check_jobs("delete a.txt");
    script.fail("delete a.txt", problem("Changed meanwhile", Recovery::Refresh));
    script.check("/: >*a.txt … toast[Changed meanwhile | Details…]");
}

#[test]
fn what_did_not_work_in_part_is_said_and_the_rest_can_be_undone() {
    let mut script = Script::at_home("a.txt b.txt");
    script.command(Command::SelectAll).command(Command::Delete);
    let failed = vec![problem("“b.txt” could not be deleted", Recovery::None)];
    let receipt =
        Receipt::Edited { entries: Vec::new(), operation: Some(deleted()), failed, conflicts: Vec::new() };
    script.finish("delete a.txt b.txt", Outcome::Done(receipt)).list("/", "b.txt");
    script.check("/: *b.txt toast[“b.txt” could not be deleted | Details…]");
    assert_eq!(script.state.undo.undo_label(), Some("Delete “a.txt”"));
    // There is nothing to tell of it any more.
    script.command(Command::Undo).check("/: *b.txt");
}

#[test]
fn rows_dropped_on_a_folder_are_moved_there_and_with_ctrl_copied() {
    let mut script = Script::at_home("Docs/ a.txt");
    drop_on(&mut script, "a.txt", "/Docs", false);
    script.check("/: Docs/ a.txt~").check_jobs("move /a.txt to /Docs/a.txt");
    script.edited("move /a.txt to /Docs/a.txt", &[entry("/Docs", "a.txt")], None).list("/", "Docs/");
    script.check("/: Docs/ toast[Moved “a.txt” to “Docs”]");
    drop_on(&mut script, "b.txt", "/Docs", true);
    script.check_jobs("copy /b.txt to /Docs/b.txt");
}

/// An edit that has done so many items; `total` is 0 where that is not known.
pub(super) fn progress(done: u64, total: u64) -> Update {
    let Update::Transfer(progress) = super::transfers::progress(0, 0, 0.0) else { unreachable!() };
    Update::Transfer(Progress { files_done: done, files_total: total, ..progress })
}

/// An edit that still lists what it is about.
fn listed(items: u64) -> Update {
    let Update::Transfer(progress) = progress(items, 0) else { unreachable!() };
    Update::Transfer(Progress { phase: TransferPhase::Preparing, ..progress })
}

#[test]
fn an_edit_that_takes_long_says_how_far_it_is_and_can_be_cancelled() {
    const MOVE: &str = "move /Large to /Docs/Large";
    let mut script = Script::at_home("Docs/ Large/");
    drop_on(&mut script, "Large/", "/Docs", false);
    script.update(MOVE, progress(1000, 0)).check("/: Docs/ Large/~");
    script.wait(1.0).update(MOVE, listed(500));
    script.check("/: Docs/ Large/~ toast[Move “Large”… 500 items found | Cancel]");
    script.wait(1.0).update(MOVE, progress(2000, 0));
    script.check("/: Docs/ Large/~ toast[Move “Large”… 2,000 items | Cancel]");
    // What else is said does not push it away.
    for row in [0, 1] {
        script.click(row).command(Command::CopyPath);
    }
    script.wait(6.0).update(MOVE, progress(3000, 9000)).click(0);
    script.check("/: >*Docs/ Large/~ toast[Move “Large”… 3,000 of 9,000 items | Cancel]");
    let (id, toast) = (script.id(MOVE), script.state.toasts.list()[0].id);
    script.act(Action::ToastAction(toast));
    script.event(Event::Update { id, update: progress(4000, 0) }).check("/: >*Docs/ Large/~");
    assert_eq!(script.cancelled, [MOVE]);
    // How it ended still matters.
    let failed = vec![problem("“Large” could not be moved completely", Recovery::Retry)];
    let receipt =
        Receipt::Edited { entries: Vec::new(), operation: Some(deleted()), failed, conflicts: Vec::new() };
    script.event(Event::Finished { id, outcome: Outcome::Done(receipt) }).list("/", "Docs/ Large/");
    script.check("/: >*Docs/ Large/ toast[“Large” could not be moved completely | Details…]");
}

#[test]
fn the_progress_of_an_edit_goes_when_it_ends_and_stays_away_when_it_was_closed() {
    const MOVE: &str = "move /Large to /Docs/Large";
    for closed in [false, true] {
        let mut script = Script::at_home("Docs/ Large/");
        drop_on(&mut script, "Large/", "/Docs", false);
        script.update(MOVE, progress(1, 0)).wait(1.0).update(MOVE, progress(2, 0));
        script.check("/: Docs/ Large/~ toast[Move “Large”… 2 items | Cancel]");
        if closed {
            let toast = script.state.toasts.list()[0].id;
            script.act(Action::DismissToast(toast)).update(MOVE, progress(3, 0)).check("/: Docs/ Large/~");
        }
        script.edited(MOVE, &entries("/Docs", "Large/"), None).list("/", "Docs/");
        script.check("/: Docs/ toast[Moved “Large” to “Docs”]");
        assert_eq!(script.cancelled, [""; 0]);
    }
}

#[test]
fn nothing_is_moved_into_itself_its_own_folders_or_where_it_is() {
    let mut script = Script::at_home("Docs/ a.txt");
    let docs = entries("/", "Docs/");
    let file = entries("/", "a.txt");
    let can = |entries: &[_], target: &str, copy| can_drop(entries, &RemotePath::new(target), copy);
    assert!(!can(&docs, "/Docs", false));
    assert!(!can(&docs, "/docs/old", true));
    assert!(!can(&docs, "/", false));
    assert!(!can(&file, "/", false));
    assert!(can(&file, "/", true), "a copy beside it");
    assert!(can(&file, "/Docs", false));
    drop_on(&mut script, "Docs/", "/Docs/Old", false);
    drop_on(&mut script, "Docs/", "/Docs", true);
    drop_on(&mut script, "a.txt", "/", false);
    script.check_jobs("");
}

#[test]
fn cut_rows_are_pale_until_they_are_pasted_elsewhere() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.click(1).command(Command::Cut).check("/: Docs/ >*a.txt✂");
    assert_eq!(script.take_copied().as_deref(), Some("/a.txt"));
    script.go("/Docs").list("/Docs", "").command(Command::Paste).check_jobs("paste files");
    script.done("paste files").check_jobs("move /a.txt to /Docs/a.txt");
    assert!(script.state.clipboard.is_empty());
}

#[test]
fn esc_takes_back_a_cut() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Cut).command(Command::Cancel).check("/: >a.txt✂");
    script.command(Command::Cancel).check("/: >a.txt");
}

#[test]
fn pasting_where_it_was_copied_makes_a_copy_and_selects_it() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Copy).command(Command::Paste).done("paste files");
    script.check_jobs("copy /a.txt to /a.txt");
    script.edited("copy /a.txt to /a.txt", &[entry("/", "a(1).txt")], None).list("/", "a(1).txt a.txt");
    script.check("/: >*a(1).txt a.txt toast[Duplicated “a.txt”]");
    script.command(Command::Paste).check_jobs("paste files");
}

#[test]
fn files_on_the_clipboard_of_the_system_are_newer_than_what_was_copied_here() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Copy).command(Command::Paste);
    script.update("paste files", coffer_model::Update::Picked(vec!["/home/ida/b.txt".into()]));
    script.check_jobs("paste files, plan [\"/home/ida/b.txt\"] to /");
    script.done("paste files").check_jobs("plan [\"/home/ida/b.txt\"] to /");
    script.command(Command::Cut);
    assert!(!script.state.clipboard.is_empty());
    script.command(Command::Paste).update("paste files", coffer_model::Update::Picked(vec!["/x".into()]));
    script.check("/: >*a.txt");
}

#[test]
fn rows_that_are_known_from_before_an_edit_do_not_end_it() {
    let mut script = Script::at_home("a.txt b.txt");
    script.click(0).command(Command::Delete).edited("delete a.txt", &[], None);
    script.update("list /", coffer_model::Update::Listing(super::listing("/", "a.txt b.txt")));
    script.check("/: >*a.txt~ b.txt … toast[Moved “a.txt” to Deleted files]");
    script.list("/", "b.txt").check("/: >b.txt toast[Moved “a.txt” to Deleted files]");
}

#[test]
fn pasting_nothing_says_so() {
    let mut script = Script::at_home("a.txt");
    script.command(Command::Paste).fail("paste files", problem("No clipboard", Recovery::None));
    script.check("/: a.txt toast[Nothing to paste]");
}

#[test]
fn deleted_files_come_back_from_their_place() {
    let mut script = Script::at_home("");
    script.command(Command::ShowDeleted).answer_list("list deleted", "/", "a.txt† b.txt†");
    script.command(Command::SelectAll).command(Command::Undelete).check_jobs("undelete a.txt b.txt");
    script.edited("undelete a.txt b.txt", &entries("/", "a.txt b.txt"), None);
    script.check("deleted: *a.txt†~ *b.txt†~ … toast[Restored 2 items]");
    script.answer_list("list deleted", "/", "").check("deleted: toast[Restored 2 items]");
    assert!(!Command::Delete.is_enabled(&script.state));
}

#[test]
fn paths_go_to_the_clipboard() {
    let mut script = Script::at_home("a b");
    script.command(Command::SelectAll).command(Command::CopyPath).check("/: *a *b toast[2 paths copied]");
    assert_eq!(script.take_copied().as_deref(), Some("/a\n/b"));
    assert_eq!(script.take_copied(), None);
}

#[test]
fn items_are_duplicated_beside_themselves() {
    let mut script = Script::at_home("Docs/ a.txt");
    script
        .click(0)
        .ctrl_click(1)
        .command(Command::Duplicate)
        .check_jobs("copy /Docs to /Docs, /a.txt to /a.txt");
    script.act(Action::ClickEmpty);
    assert!(!Command::Duplicate.is_enabled(&script.state));
}

#[test]
fn names_are_copied_each_on_a_line() {
    let mut script = Script::at_home("a.txt b.txt");
    script.click(0).command(Command::CopyName);
    assert_eq!(script.take_copied().as_deref(), Some("a.txt"));
    script.command(Command::SelectAll).command(Command::CopyName);
    assert_eq!(script.take_copied().as_deref(), Some("a.txt\nb.txt"));
}
