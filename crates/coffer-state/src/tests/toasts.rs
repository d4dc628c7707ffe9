//! Toasts: how long they stay and when they go.

use super::transfers::{download, downloaded};
use super::uploads::{drop_files, plan, report};
use super::{Script, problem};
use crate::toast::ToastKind;
use crate::transfers::Section;
use crate::{Action, Command, WindowEvent};
use coffer_model::transfer::UploadPlan;
use coffer_model::{Outcome, Recovery, RemotePath};

#[test]
fn news_stay_for_five_seconds() {
    let mut script = Script::at_home("a");
    script.click(0).command(Command::CopyPath).wait(4.9).check("/: >*a toast[Path copied]");
    script.wait(0.1).check("/: >*a");
}

#[test]
fn an_undo_is_offered_for_ten_seconds() {
    let mut script = Script::at_home("a");
    let undo = Some(super::operation(1, coffer_model::OperationKind::Delete, "/a", None));
    script.click(0).command(Command::Delete).edited("delete a", &[], undo).list("/", "").wait(9.9);
    script.check("/: toast[Moved “a” to Deleted files | Undo]");
    assert!((script.state.next_tick_secs().expect("due") - 0.1).abs() < 0.001);
    script.wait(0.1).check("/:");
    assert_eq!(script.state.undo.undo_label(), Some("Delete “a”"), "Ctrl+Z still works");
}

#[test]
fn problems_stay_until_they_are_closed() {
    let mut script = Script::at_home("a");
    script
        .click(0)
        .command(Command::Delete)
        .fail("delete a", problem("Refused", Recovery::None))
        .wait(1000.0);
    script.check("/: >*a toast[Refused | Details…]");
    assert_eq!(script.state.toasts.list()[0].kind, ToastKind::Failed);
    assert_eq!(script.state.next_tick_secs(), None);
    let id = script.state.toasts.list()[0].id;
    script.act(Action::DismissToast(id)).check("/: >*a");
}

#[test]
fn the_button_of_a_problem_shows_it_in_full() {
    let mut script = Script::at_home("a");
    script.click(0).command(Command::Delete).fail("delete a", problem("Refused", Recovery::None));
    let id = script.state.toasts.list()[0].id;
    script.act(Action::ToastAction(id)).check("/: >*a dialog[problem: Refused]");
}

#[test]
fn a_toast_under_the_pointer_stays() {
    let mut script = Script::at_home("a");
    script.click(0).command(Command::CopyPath);
    let id = script.state.toasts.list()[0].id;
    for _ in 0..3 {
        script.window(WindowEvent::PointerOnToast(id)).wait(5.0).check("/: >*a toast[Path copied]");
    }
    script.wait(1.5).check("/: >*a");
}

#[test]
fn at_most_two_are_shown_and_the_same_news_only_once() {
    let mut script = Script::at_home("a b");
    script.click(0).command(Command::CopyPath).wait(1.0).command(Command::CopyPath);
    script.check("/: >*a b toast[Path copied]");
    script.command(Command::SelectAll).command(Command::CopyPath).command(Command::Paste);
    script.state.clipboard.clear();
    script.done("paste files").check("/: >*a *b toast[2 paths copied] toast[Nothing to paste]");
}

/// Uploads folders that hold no file, and files.
fn upload(script: &mut Script, target: &str, folders: &str, files: &str) {
    let base = plan(target, files);
    let empty_folders = folders.split_whitespace().map(|name| base.target.join(name)).collect();
    drop_files(script, UploadPlan { empty_folders, ..base });
    let paths: Vec<RemotePath> =
        files.split_whitespace().map(|name| RemotePath::new(target).join(name)).collect();
    let arrived: Vec<&str> = paths.iter().map(RemotePath::as_str).collect();
    let job = format!("upload {} []", arrived.join(" "));
    script.finish(&job, Outcome::Done(report(&arrived.join(" "), &[])));
}

fn said(script: &Script) -> Vec<(&str, bool)> {
    script.state.toasts.list().iter().map(|toast| (toast.text.as_str(), toast.action.is_some())).collect()
}

#[test]
fn what_several_transfers_brought_is_counted_and_shown_where_all_of_it_is() {
    let mut script = Script::at_home("Docs/");
    upload(&mut script, "/Docs", "x", "");
    assert_eq!(said(&script), [("Uploaded “x”", true)]);
    upload(&mut script, "/Docs", "y", "");
    assert_eq!(said(&script), [("Uploaded 2 folders", true)]);
    upload(&mut script, "/Docs", "", "a.txt");
    assert_eq!(said(&script), [("Uploaded 1 file and 2 folders", true)]);
    upload(&mut script, "/Else", "", "b.txt");
    assert_eq!(said(&script), [("Uploaded 2 files and 2 folders", false)], "it is in two places");
    upload(&mut script, "/Else", "", "c.txt");
    assert_eq!(said(&script), [("Uploaded 3 files and 2 folders", false)], "it still is");
}

#[test]
fn a_button_goes_with_the_transfer_that_it_is_about() {
    let mut script = Script::at_home("a");
    let job = "download a to /home/ida/My files";
    script.click(0);
    download(&mut script).finish(job, downloaded(&["/a"], vec![]));
    script.check("/: >*a toast[Downloaded “a” | Show]");
    script.act(Action::ClearTransfers(Section::Failed)).check("/: >*a toast[Downloaded “a” | Show]");
    script.act(Action::ClearTransfers(Section::Finished)).check("/: >*a");
    download(&mut script).fail(job, problem("Busy", Recovery::Retry));
    script.check("/: >*a toast[Busy | Retry]");
    script.act(Action::ClearTransfers(Section::Failed)).check("/: >*a");
}

#[test]
fn a_button_goes_when_its_transfer_is_one_too_many_for_the_list() {
    let mut script = Script::at_home("a Docs/");
    upload(&mut script, "/Docs", "", "b.txt");
    script.click(0);
    for _ in 0..999 {
        download(&mut script).finish("download a to /home/ida/My files", downloaded(&["/a"], vec![]));
    }
    script.check("/: >*a Docs/ toast[Uploaded “b.txt” | Show] toast[Downloaded 999 files | Show]");
    download(&mut script).finish("download a to /home/ida/My files", downloaded(&["/a"], vec![]));
    script.check("/: >*a Docs/ toast[Downloaded 1,000 files | Show]");
}

#[test]
fn a_failure_does_not_follow_into_every_folder_for_ever() {
    let mut script = Script::at_home("Docs/ a");
    script.click(1).command(Command::Delete).fail("delete a", problem("Refused", Recovery::None));
    script.wait(600.0).check("/: Docs/ >*a toast[Refused | Details…]");
    script.go("/Docs").list("/Docs", "").wait(9.0).check("/Docs: toast[Refused | Details…]");
    script.wait(1.0).check("/Docs:");
}
