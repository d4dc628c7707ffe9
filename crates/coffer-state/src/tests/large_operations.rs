//! What touches very much, or does not fit, is asked about first.

use super::uploads::{drop_files, plan};
use super::{Script, account, listing};
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::{Account, Entry, FolderTotals, RemotePath, Update};
use std::sync::Arc;

const GB: u64 = 1_000_000_000;

/// At home, with a folder of so many files and bytes, one of which nothing is known, and a file.
fn script(files: u64, bytes: u64) -> Script {
    let mut script = Script::start();
    let mut rows = (*listing("/", "Docs/ Other/ a.txt")).clone();
    rows.entries[0].totals = Some(Arc::new(FolderTotals { files, bytes, ..FolderTotals::default() }));
    script.list("/", "Docs/ Other/ a.txt").command(Command::Refresh);
    script.update("list /", Update::Listing(Arc::new(rows))).done("list /");
    script
}

fn with_space(script: &mut Script, used_bytes: u64, allocated_bytes: u64) -> &mut Script {
    let session = script.jobs_list().into_iter().find(|job| job.starts_with("session")).unwrap();
    script.update(&session, Update::Account(Account { used_bytes, allocated_bytes, ..account() }))
}

/// Drops the rows of so many items onto a folder.
fn drop_rows(script: &mut Script, rows: std::ops::Range<usize>, copy: bool) -> &mut Script {
    let entries: Vec<Entry> = script.state.browser.listing.value().unwrap().entries[rows].to_vec();
    script.act(Action::DropEntries { entries, target: RemotePath::new("/Other/In"), copy })
}

/// Whether each of these is asked about, and is not begun before; and what is begun then.
#[track_caller]
fn check_question(script: &mut Script, question: &str, begun: &str) {
    let dialog = |script: &Script| super::picture(&script.state).contains("dialog[");
    assert!(
        super::picture(&script.state).contains(&format!("dialog[{question}]")),
        "{}",
        super::picture(&script.state)
    );
    assert!(!script.jobs().contains(begun), "{}", script.jobs());
    script.act(Action::Dialog(DialogAction::ConfirmLargeOperation));
    assert!(!dialog(script) && script.jobs().contains(begun), "{}", script.jobs());
}

#[track_caller]
fn check_no_question(script: &mut Script, begun: &str) {
    assert!(script.state.dialog.is_none(), "{}", super::picture(&script.state));
    assert!(script.jobs().contains(begun), "{}", script.jobs());
}

#[test]
fn a_folder_of_many_files_or_bytes_is_deleted_when_that_is_confirmed() {
    for (files, bytes) in [(1_000, 5), (3, 80 * GB)] {
        let mut script = script(files, bytes);
        script.click(0).command(Command::Delete);
        script.act(Action::CloseDialog);
        assert!(!script.jobs().contains("delete"));
        script.command(Command::Delete);
        check_question(&mut script, &format!("delete? {files} files, {bytes} bytes"), "delete Docs");
    }
}

#[test]
fn what_is_small_or_only_files_is_deleted_at_once() {
    let mut script = script(999, 9 * GB);
    script.click(0).command(Command::Delete);
    check_no_question(&mut script, "delete Docs");
    let mut script = self::script(5_000, 5);
    script.click(2).command(Command::Delete);
    check_no_question(&mut script, "delete a.txt");
}

#[test]
fn a_large_copy_is_asked_about_and_a_small_one_is_not() {
    for (files, bytes) in [(1_000, 5), (3, GB)] {
        let mut script = script(files, bytes);
        drop_rows(&mut script, 0..1, true);
        check_question(
            &mut script,
            &format!("copy? {files} files, {bytes} bytes"),
            "copy /Docs to /Other/In/Docs",
        );
    }
    let mut script = script(999, GB - 1);
    drop_rows(&mut script, 0..1, true);
    check_no_question(&mut script, "copy /Docs to /Other/In/Docs");
}

#[test]
fn a_move_is_large_by_the_number_of_its_files_alone() {
    let mut script = script(1_000, 5);
    drop_rows(&mut script, 0..1, false);
    check_question(&mut script, "move? 1000 files, 5 bytes", "move /Docs to /Other/In/Docs");
    let mut script = self::script(999, 80 * GB);
    drop_rows(&mut script, 0..1, false);
    check_no_question(&mut script, "move /Docs to /Other/In/Docs");
}

#[test]
fn where_the_index_does_not_know_a_folder_the_question_says_at_least() {
    let mut script = script(1_000, 5);
    drop_rows(&mut script, 0..3, true);
    // The folder that receives them is not copied into itself.
    check_question(&mut script, "copy? 1001 files, 15 bytes", "copy /Docs to");
    let mut script = self::script(1_000, 5);
    script.click(0).ctrl_click(1).command(Command::Delete);
    check_question(&mut script, "delete? at least 1000 files, 5 bytes", "delete Docs Other");
}

#[test]
fn a_copy_that_does_not_fit_is_asked_about_however_small_it_is() {
    let mut script = script(3, 5);
    with_space(&mut script, 90, 100);
    drop_rows(&mut script, 0..1, true);
    check_no_question(&mut script, "copy /Docs to");
    let mut script = self::script(3, 5);
    with_space(&mut script, 96, 100);
    drop_rows(&mut script, 0..1, true);
    check_question(&mut script, "copy? 3 files, 5 bytes", "copy /Docs to");
    // What is only moved needs no room.
    let mut script = self::script(3, 5);
    with_space(&mut script, 96, 100);
    drop_rows(&mut script, 0..1, false);
    check_no_question(&mut script, "move /Docs to");
    // An account that does not say how much it may hold refuses nothing beforehand.
    let mut script = self::script(3, 5);
    with_space(&mut script, 96, 0);
    drop_rows(&mut script, 0..1, true);
    check_no_question(&mut script, "copy /Docs to");
}

#[test]
fn a_large_download_is_asked_about_when_its_folder_is_chosen() {
    let download = |files, bytes| {
        let mut script = script(files, bytes);
        script.click(0).command(Command::Download);
        script.update("pick folder", Update::Picked(vec!["/home/ida".into()]));
        script
    };
    check_question(&mut download(1_000, 5), "download? 1000 files, 5 bytes", "download Docs to /home/ida");
    check_question(&mut download(3, 10 * GB), "download? 3 files, 10000000000 bytes", "download Docs to");
    check_no_question(&mut download(999, 5), "download Docs to /home/ida");
}

#[test]
fn a_large_upload_is_asked_about_after_it_was_looked_at() {
    let many: Vec<String> = (0..1_000).map(|number| format!("{number}.txt")).collect();
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", &many.join(" ")));
    check_question(&mut script, "upload? 1000 files, 10000 bytes", "upload /0.txt /1.txt");
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", &many[1..].join(" ")));
    check_no_question(&mut script, "upload /1.txt");
}

#[test]
fn an_upload_that_does_not_fit_is_asked_about() {
    let mut script = Script::at_home("");
    with_space(&mut script, 85, 100);
    // Ten bytes each; of what is there already nothing is sent.
    drop_files(&mut script, plan("/", "a.txt b.txt="));
    check_no_question(&mut script, "upload /a.txt");
    drop_files(&mut script, plan("/", "c.txt d.txt"));
    check_question(&mut script, "upload? 2 files, 20 bytes", "upload /c.txt /d.txt");
}

#[test]
fn what_was_cut_stays_cut_until_the_move_is_confirmed() {
    let mut script = script(1_000, 5);
    script.click(0).command(Command::Cut).go("/Other").list("/Other", "");
    script.command(Command::Paste).done("paste files").act(Action::CloseDialog);
    assert!(!script.state.clipboard.is_empty());
    script.command(Command::Paste).done("paste files");
    check_question(&mut script, "move? 1000 files, 5 bytes", "move /Docs to /Other/Docs");
    assert!(script.state.clipboard.is_empty());
}
