//! Items that an edit under way is changing.

use super::{Script, entries, entry};
use crate::{Action, Command};
use coffer_model::RemotePath;

const MOVE: &str = "move /Large to /New";
const REFUSED: &str = "toast[“New” is still being changed. Wait until that is done, or cancel it]";

fn commit_name(script: &mut Script, row: usize, name: &str) {
    script.click(row).command(Command::Rename);
    script.act(Action::RenameText(name.to_owned())).act(Action::RenameCommit);
}

/// `Large` is being renamed to `New`.
fn renaming() -> Script {
    let mut script = Script::at_home("Docs/ Large/ a.txt");
    commit_name(&mut script, 1, "New");
    script.check_jobs(MOVE);
    script
}

#[test]
fn an_item_that_is_being_renamed_is_not_renamed_deleted_or_moved() {
    for command in [Command::Rename, Command::Delete] {
        renaming()
            .command(command)
            .check_jobs(MOVE)
            .check(&format!("/: name[New…] Docs/ >*Large/~ a.txt {REFUSED}"));
    }
    let mut script = renaming();
    let entries = entries("/", "Large/");
    script.act(Action::DropEntries { entries, target: RemotePath::new("/Docs"), copy: false });
    script.check_jobs(MOVE);
    script.click(1).command(Command::Cut).click(0).command(Command::Open).list("/Docs", "");
    script.command(Command::Paste).done("paste files").check_jobs(MOVE);
}

#[test]
fn what_is_in_it_or_around_it_waits_as_well_and_all_else_does_not() {
    let mut script = renaming();
    script.go("/Large").list("/Large", "x").click(0).command(Command::Delete).check_jobs(MOVE);
    let mut script = renaming();
    script.go("/New").list("/New", "x").click(0).command(Command::Rename).check_jobs(MOVE);
    let mut script = renaming();
    script.click(2).command(Command::Delete).check_jobs(&format!("{MOVE}, delete a.txt"));
}

#[test]
fn once_the_edit_has_ended_its_item_is_free_again() {
    let mut script = renaming();
    script.edited(MOVE, &[entry("/", "New/")], None).list("/", "Docs/ New/ a.txt");
    commit_name(&mut script, 1, "Newer");
    script.check_jobs("move /New to /Newer");
}

#[test]
fn a_name_that_is_typed_when_the_item_is_taken_away_says_why_it_is_not_given() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.click(1).command(Command::Rename).act(Action::RenameText("b.txt".to_owned()));
    let entries = entries("/", "a.txt");
    script.act(Action::DropEntries { entries, target: RemotePath::new("/Docs"), copy: false });
    script.act(Action::RenameCommit).check_jobs("move /a.txt to /Docs/a.txt");
    let why = "“a.txt” is still being changed. Wait until that is done, or cancel it";
    script.check(&format!("/: name[b.txt — {why}] Docs/ >*a.txt~"));
}

#[test]
fn an_item_may_be_copied_twice_at_once_but_stays_where_it_is_until_then() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.click(1).command(Command::Duplicate).command(Command::Duplicate);
    script.check_jobs("copy /a.txt to /a.txt, copy /a.txt to /a.txt");
    script.click(1).command(Command::Delete).check_jobs("copy /a.txt to /a.txt, copy /a.txt to /a.txt");
}

#[test]
fn a_folder_that_goes_in_parts_is_one_row_until_it_is_done() {
    let mut script = renaming();
    script.command(Command::Refresh).list("/", "Docs/ Large/ New/ a.txt");
    script.check("/: name[New…] Docs/ >*Large/~ a.txt");
    script.edited(MOVE, &[entry("/", "New/")], None).list("/", "Docs/ New/ a.txt");
    script.check("/: Docs/ >*New/ a.txt");
}
