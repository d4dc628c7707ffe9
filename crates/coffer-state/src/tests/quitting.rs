//! Closing the window while files are on their way, or an edit is under way.

use super::edits::progress;
use super::transfers::download;
use super::uploads::{drop_files, plan};
use super::{Script, problem};
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::transfer::TransferReport;
use coffer_model::{Outcome, Receipt, Recovery, RemotePath};

const JOB: &str = "download a to /home/ida/My files";

fn downloading() -> Script {
    let mut script = Script::at_home("a");
    script.click(0);
    download(&mut script);
    script
}

#[test]
fn a_window_without_transfers_closes_at_once() {
    let mut script = Script::at_home("a");
    assert!(script.state.may_close());
    script.act(Action::AskToQuit).check("/: a");
    script.click(0).command(Command::Open);
    assert!(script.state.may_close(), "a copy to be opened is worth no question");
}

#[test]
fn running_transfers_are_asked_about_and_going_on_next_time_closes_the_window() {
    let mut script = downloading();
    assert!(!script.state.may_close());
    script.act(Action::AskToQuit).check("/: >*a dialog[quit?]");
    script.act(Action::Dialog(DialogAction::ContinueNextTime)).check("/: >*a");
    assert!(script.state.may_close() && script.closed);
    assert!(script.cancelled.is_empty(), "the worker keeps what runs");
}

#[test]
fn staying_is_what_escape_does_and_the_question_comes_again() {
    let mut script = downloading();
    script.act(Action::AskToQuit).command(Command::Cancel).check("/: >*a");
    assert!(!script.state.may_close() && !script.closed);
    script.act(Action::AskToQuit).check("/: >*a dialog[quit?]");
}

#[test]
fn cancelling_waits_until_all_has_stopped() {
    let mut script = downloading();
    let id = script.id(JOB);
    script.act(Action::DropFiles { local_paths: vec!["/x".into()], target: Some(RemotePath::root()) });
    script.act(Action::AskToQuit).act(Action::Dialog(DialogAction::CancelAndQuit));
    assert_eq!(script.cancelled, ["plan [\"/x\"] to /", JOB]);
    assert!(script.state.is_stopping() && !script.closed);
    script.event(coffer_model::Event::Finished { id, outcome: Outcome::Cancelled });
    assert!(script.closed);
}

#[test]
fn a_question_that_has_answered_itself_closes_the_window_unless_something_failed() {
    let mut script = downloading();
    let id = script.id(JOB);
    script.act(Action::AskToQuit);
    let receipt =
        Receipt::Transferred { report: TransferReport { files: 1, ..Default::default() }, operation: None };
    script.event(coffer_model::Event::Finished { id, outcome: Outcome::Done(receipt) });
    assert!(script.closed);

    let mut script = downloading();
    script.act(Action::AskToQuit).fail(JOB, problem("It failed", Recovery::Retry));
    assert!(script.state.dialog.is_none() && !script.closed);
}

#[test]
fn what_does_not_stop_does_not_keep_the_window_for_ever() {
    let mut script = downloading();
    script.act(Action::AskToQuit).act(Action::Dialog(DialogAction::CancelAndQuit)).wait(4.0);
    assert!(!script.closed);
    assert_eq!(script.state.next_tick_secs(), Some(1.0));
    script.wait(1.0);
    assert!(script.closed);
}

#[test]
fn questions_about_an_upload_come_back_after_staying() {
    let mut script = downloading();
    drop_files(&mut script, plan("/", "b.txt!"));
    script.check("/: >*a dialog[upload? /b.txt KeepBoth; 0 cannot]").act(Action::AskToQuit);
    script.check("/: >*a dialog[quit?]").command(Command::Cancel);
    script.check("/: >*a dialog[upload? /b.txt KeepBoth; 0 cannot]");
}

const DELETE: &str = "delete Large";

/// `Large` is being deleted, and the window is to be closed.
fn deleting() -> Script {
    let mut script = Script::at_home("Large/ a");
    script.click(0).command(Command::Delete).check_jobs(DELETE);
    assert!(!script.state.may_close());
    script.act(Action::AskToQuit).check("/: >*Large/~ a dialog[quit?]");
    script
}

#[test]
fn an_edit_under_way_is_asked_about_and_finished_first() {
    let mut script = deleting();
    assert_eq!(script.state.edit_under_way(), Some("Delete “Large”"));
    script.update(DELETE, progress(2_000, 20_000));
    assert_eq!(script.state.edit_under_way(), Some("Delete “Large”… 2,000 of 20,000 items"));
    script.act(Action::Dialog(DialogAction::ContinueNextTime)).wait(600.0);
    assert!(script.state.is_finishing() && !script.closed);
    script.edited(DELETE, &[], None);
    assert!(script.closed && script.cancelled.is_empty());
}

#[test]
fn an_edit_that_ends_while_it_is_asked_about_closes_the_window() {
    let mut script = deleting();
    script.edited(DELETE, &[], None);
    assert!(script.closed);
}

#[test]
fn an_edit_that_is_stopped_says_what_is_where_before_the_window_closes() {
    let mut script = deleting();
    let id = script.id(DELETE);
    script.act(Action::Dialog(DialogAction::CancelAndQuit));
    assert!(script.state.is_stopping() && !script.closed);
    assert_eq!(script.cancelled, [DELETE]);
    let failed = vec![problem("“Large” could not be deleted completely", Recovery::Retry)];
    let receipt = Receipt::Edited { entries: Vec::new(), operation: None, failed, conflicts: Vec::new() };
    script.event(coffer_model::Event::Finished { id, outcome: Outcome::Done(receipt) });
    assert!(!script.closed && script.state.may_close());
    assert!(matches!(script.state.dialog, Some(crate::dialog::Dialog::Problem(_))));
}

#[test]
fn an_edit_that_does_not_stop_does_not_keep_the_window_for_ever() {
    let mut script = deleting();
    script.act(Action::Dialog(DialogAction::CancelAndQuit)).wait(29.0);
    assert!(!script.closed);
    script.wait(1.0);
    assert!(script.closed);
}

#[test]
fn staying_lets_the_edit_go_on_without_closing_the_window() {
    let mut script = deleting();
    script.act(Action::Dialog(DialogAction::ContinueNextTime)).command(Command::Cancel);
    script.edited(DELETE, &[], None);
    assert!(!script.closed && script.cancelled.is_empty());
}

#[test]
fn transfers_go_on_next_time_when_an_edit_beside_them_is_finished() {
    let mut script = Script::at_home("a Large/");
    script.click(0);
    download(&mut script);
    script.click(1).command(Command::Delete);
    script.act(Action::AskToQuit).act(Action::Dialog(DialogAction::ContinueNextTime));
    script.edited(DELETE, &[], None);
    assert!(script.closed && script.cancelled.is_empty());
}
