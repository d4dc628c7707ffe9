//! Moving and copying into folders where names are taken.

use super::{Script, entries, entry, operation, reversed};
use crate::action::DialogAction;
use crate::dialog::Dialog;
use crate::{Action, Command};
use coffer_model::transfer::Decision;
use coffer_model::{Edit, Entry, Job, Operation, OperationId, OperationKind, RelocationConflict, RemotePath};

/// `entry` of one folder, in conflict with `existing` in another one.
fn conflict(from: &str, entry_word: &str, into: &str, existing: &str) -> RelocationConflict {
    let entry = entry(from, entry_word);
    let target = RemotePath::new(into).join(entry.name());
    RelocationConflict { entry, target, existing: super::entry(into, existing), decision: None }
}

fn drop_on(script: &mut Script, rows: &str, target: &str, copy: bool) {
    let entries: Vec<Entry> = entries("/", rows);
    script.act(Action::DropEntries { entries, target: RemotePath::new(target), copy });
}

/// An item was moved to `name` in “Docs”.
fn moved(id: i64, name: &str, before: &str) -> Operation {
    operation(id, OperationKind::Move, &format!("/Docs/{name}"), Some(before))
}

fn dialog(script: &mut Script, action: DialogAction) {
    script.act(Action::Dialog(action));
}

#[test]
fn the_others_go_on_and_one_dialog_asks_about_the_rest() {
    let mut script = Script::at_home("Docs/ a.txt b.txt c.txt");
    drop_on(&mut script, "a.txt b.txt c.txt", "/Docs", false);
    let job = "move /a.txt to /Docs/a.txt, /b.txt to /Docs/b.txt, /c.txt to /Docs/c.txt";
    let conflicts =
        vec![conflict("/", "a.txt", "/Docs", "a.txt@7"), conflict("/", "b.txt", "/Docs", "b.txt@8")];
    script.edited_with_conflicts(
        job,
        &entries("/Docs", "c.txt"),
        Some(moved(1, "c.txt", "/c.txt")),
        conflicts,
    );
    script.list("/", "Docs/ a.txt b.txt");
    script.check(
        "/: Docs/ a.txt b.txt toast[Moved “c.txt” to “Docs” | Undo] \
         dialog[Move? /a.txt to /Docs/a.txt KeepBoth, /b.txt to /Docs/b.txt KeepBoth]",
    );
    dialog(&mut script, DialogAction::DecideConflict { index: 0, decision: Decision::Replace });
    dialog(&mut script, DialogAction::ConfirmRelocation);
    let job = "Move /a.txt to /Docs/a.txt Replace, /b.txt to /Docs/b.txt KeepBoth";
    script.check("/: Docs/ a.txt~ b.txt~ toast[Moved “c.txt” to “Docs” | Undo]").check_jobs(job);
    script.edited(job, &entries("/Docs", "a.txt b(1).txt"), Some(moved(1, "c.txt", "/c.txt")));
    script.list("/", "Docs/").check("/: Docs/ toast[Moved 3 items to “Docs” | Undo]");
}

#[test]
fn one_undo_takes_back_what_was_moved_before_and_after_the_questions() {
    for by_toast in [false, true] {
        let mut script = Script::at_home("Docs/ a.txt c.txt");
        drop_on(&mut script, "a.txt c.txt", "/Docs", false);
        let job = "move /a.txt to /Docs/a.txt, /c.txt to /Docs/c.txt";
        let conflicts = vec![conflict("/", "a.txt", "/Docs", "a.txt@7")];
        script.edited_with_conflicts(
            job,
            &entries("/Docs", "c.txt"),
            Some(moved(1, "c.txt", "/c.txt")),
            conflicts,
        );
        dialog(&mut script, DialogAction::DecideAll(Decision::Replace));
        dialog(&mut script, DialogAction::ConfirmRelocation);
        let job = "Move /a.txt to /Docs/a.txt Replace";
        assert_eq!(joined_with(&script, job), Some(OperationId(1)));
        let both = Operation { items: 2, files: 2, ..moved(1, "c.txt", "/c.txt") };
        script.edited(job, &entries("/Docs", "a.txt"), Some(both));
        script.list("/", "Docs/");
        assert_eq!(script.state.undo.undo_label(), Some("Move 2 files"));
        if by_toast {
            let toast = script.state.toasts.list()[0].id;
            script.act(Action::ToastAction(toast));
        } else {
            script.command(Command::Undo);
        }
        script.check_jobs("undo 1");
        assert_eq!(script.state.undo.undo_label(), None);
    }
}

/// The operation that an edit with decisions belongs to.
fn joined_with(script: &Script, job: &str) -> Option<OperationId> {
    match &script.running.iter().find(|(id, _)| *id == script.id(job))?.1 {
        Job::Edit(Edit::Relocate { earlier, .. }) => *earlier,
        _ => None,
    }
}

#[test]
fn what_was_undone_while_the_dialog_was_open_is_not_undone_again() {
    let mut script = Script::at_home("Docs/ a.txt c.txt");
    drop_on(&mut script, "a.txt c.txt", "/Docs", false);
    let conflicts = vec![conflict("/", "a.txt", "/Docs", "a.txt@7")];
    let first = "move /a.txt to /Docs/a.txt, /c.txt to /Docs/c.txt";
    script.edited_with_conflicts(
        first,
        &entries("/Docs", "c.txt"),
        Some(moved(1, "c.txt", "/c.txt")),
        conflicts,
    );
    let toast = script.state.toasts.list()[0].id;
    let undone = reversed(&moved(1, "c.txt", "/c.txt"), 2);
    script.act(Action::ToastAction(toast)).reversed("undo 1", &[], undone);
    dialog(&mut script, DialogAction::ConfirmRelocation);
    let second = "Move /a.txt to /Docs/a.txt KeepBoth";
    script.edited(second, &entries("/Docs", "a(1).txt"), Some(moved(3, "a(1).txt", "/a.txt")));
    script.list("/", "Docs/ c.txt").command(Command::Undo).check_jobs("undo 3");
}

#[test]
fn a_dialog_that_is_closed_or_only_skips_leaves_the_items_where_they_are() {
    for action in [Action::CloseDialog, Action::Dialog(DialogAction::ConfirmRelocation)] {
        let mut script = Script::at_home("Docs/ a.txt");
        drop_on(&mut script, "a.txt", "/Docs", false);
        let conflicts = vec![conflict("/", "a.txt", "/Docs", "a.txt@7")];
        script.edited_with_conflicts("move /a.txt to /Docs/a.txt", &[], None, conflicts);
        script.check("/: Docs/ a.txt dialog[Move? /a.txt to /Docs/a.txt KeepBoth]");
        dialog(&mut script, DialogAction::DecideAll(Decision::Skip));
        script.act(action).check("/: Docs/ a.txt").check_jobs("");
        assert_eq!(script.state.undo.undo_label(), None);
    }
}

#[test]
fn a_folder_is_offered_to_be_merged_and_its_files_are_asked_about_only_then() {
    let mut script = Script::at_home("Docs/ Trip/");
    drop_on(&mut script, "Trip/", "/Docs", false);
    let conflicts = vec![
        conflict("/", "Trip/", "/Docs", "Trip/"),
        conflict("/Trip", "x.jpg", "/Docs/Trip", "x.jpg@7"),
        conflict("/Trip", "y.jpg", "/Docs/Trip", "y.jpg@8"),
    ];
    script.edited_with_conflicts("move /Trip to /Docs/Trip", &[], None, conflicts);
    let folder = "/Trip to /Docs/Trip";
    let files = ["/Trip/x.jpg to /Docs/Trip/x.jpg", "/Trip/y.jpg to /Docs/Trip/y.jpg"];
    let merged = format!("dialog[Move? {folder} Replace, {} KeepBoth, {} KeepBoth]", files[0], files[1]);
    script.check(&format!("/: Docs/ Trip/ {merged}"));
    dialog(&mut script, DialogAction::DecideAllFolders(Decision::KeepBoth));
    script.check(&format!("/: Docs/ Trip/ dialog[Move? {folder} KeepBoth]"));
    dialog(&mut script, DialogAction::DecideAllFolders(Decision::Replace));
    dialog(&mut script, DialogAction::DecideAll(Decision::Replace));
    dialog(&mut script, DialogAction::DecideConflict { index: 2, decision: Decision::Skip });
    dialog(&mut script, DialogAction::ConfirmRelocation);
    let job = format!("Move {folder} Replace, {} Replace, {} Skip", files[0], files[1]);
    script.check_jobs(&job).edited(&job, &entries("/Docs/Trip", "x.jpg"), Some(moved(1, "Trip", "/Trip")));
    script.list("/", "Docs/ Trip/").check("/: Docs/ Trip/ toast[Moved “Trip” to “Docs” | Undo]");
}

#[test]
fn a_folder_is_never_merged_with_the_one_that_it_is_in() {
    let mut script = Script::at_home("A/");
    script.go("/A").list("/A", "A/");
    let entries = entries("/A", "A/");
    script.act(Action::DropEntries { entries, target: RemotePath::root(), copy: false });
    let conflicts = vec![conflict("/A", "A/", "/", "A/")];
    script.edited_with_conflicts("move /A/A to /A", &[], None, conflicts);
    dialog(&mut script, DialogAction::DecideAllFolders(Decision::Replace));
    script.check("/A: A/ dialog[Move? /A/A to /A KeepBoth]");
}

#[test]
fn the_same_content_is_replaced_by_a_move_and_left_by_a_copy() {
    let mut script = Script::at_home("Docs/ a.txt");
    drop_on(&mut script, "a.txt", "/Docs", false);
    let same = vec![conflict("/", "a.txt", "/Docs", "a.txt")];
    script.edited_with_conflicts("move /a.txt to /Docs/a.txt", &[], None, same.clone());
    script.check("/: Docs/ a.txt dialog[Move? /a.txt to /Docs/a.txt Replace]").act(Action::CloseDialog);

    drop_on(&mut script, "a.txt", "/Docs", true);
    script.edited_with_conflicts("copy /a.txt to /Docs/a.txt", &[], None, same.clone());
    script.check("/: Docs/ a.txt toast[The file already exists]");

    drop_on(&mut script, "a.txt b.txt", "/Docs", true);
    let conflicts = [same, vec![conflict("/", "b.txt", "/Docs", "b.txt@5")]].concat();
    let job = "copy /a.txt to /Docs/a.txt, /b.txt to /Docs/b.txt";
    script.edited_with_conflicts(job, &[], None, conflicts);
    dialog(&mut script, DialogAction::ConfirmRelocation);
    script.check_jobs("Copy /b.txt to /Docs/b.txt KeepBoth");
}

#[test]
fn questions_wait_until_no_dialog_is_open() {
    let mut script = Script::at_home("Docs/ a.txt");
    drop_on(&mut script, "a.txt", "/Docs", false);
    script.command(Command::Shortcuts);
    let conflicts = vec![conflict("/", "a.txt", "/Docs", "a.txt@7")];
    script.edited_with_conflicts("move /a.txt to /Docs/a.txt", &[], None, conflicts);
    script.check("/: Docs/ a.txt dialog[keys]").act(Action::CloseDialog);
    script.check("/: Docs/ a.txt dialog[Move? /a.txt to /Docs/a.txt KeepBoth]");
    assert!(matches!(script.state.dialog, Some(Dialog::Relocation(_))));
}
