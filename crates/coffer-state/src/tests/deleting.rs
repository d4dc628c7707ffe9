//! A delete of very much is asked about first.

use super::{Script, listing};
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::{FolderTotals, Update};
use std::sync::Arc;

/// At home, with a folder of so many files and bytes, and a file.
fn script(files: u64, bytes: u64) -> Script {
    let mut script = Script::start();
    let mut rows = (*listing("/", "Docs/ a.txt")).clone();
    rows.entries[0].totals = Some(Arc::new(FolderTotals { files, bytes, ..FolderTotals::default() }));
    script.list("/", "Docs/ a.txt").command(Command::Refresh);
    script.update("list /", Update::Listing(Arc::new(rows)));
    script
}

#[test]
fn a_folder_of_many_files_or_bytes_is_deleted_when_that_is_confirmed() {
    for (files, bytes) in [(1_000, 5), (3, 80_000_000_000)] {
        let mut script = script(files, bytes);
        script.click(0).command(Command::Delete);
        assert!(!script.jobs().contains("delete"), "{}", script.jobs());
        script.act(Action::CloseDialog);
        assert!(!script.jobs().contains("delete"));
        script.command(Command::Delete).act(Action::Dialog(DialogAction::ConfirmDelete));
        assert!(script.jobs().contains("delete Docs"), "{}", script.jobs());
        assert!(script.state.dialog.is_none());
    }
}

#[test]
fn what_is_small_or_only_files_is_deleted_at_once() {
    let mut script = script(999, 5_000_000);
    script.click(0).command(Command::Delete);
    assert!(script.jobs().contains("delete Docs"), "{}", script.jobs());
    let mut script = self::script(5_000, 5);
    script.click(1).command(Command::Delete);
    assert!(script.jobs().contains("delete a.txt"), "{}", script.jobs());
}
