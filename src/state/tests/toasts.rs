//! Toasts: how long they stay and when they go.

use super::{Script, problem};
use crate::model::Recovery;
use crate::state::toast::ToastKind;
use crate::state::{Action, Command};

#[test]
fn news_stay_for_five_seconds() {
    let mut script = Script::at_home("a");
    script.click(0).command(Command::CopyPath).wait(4.9).check("/: >*a toast[Path copied]");
    script.wait(0.1).check("/: >*a");
}

#[test]
fn an_undo_is_offered_for_ten_seconds() {
    let mut script = Script::at_home("a");
    let undo = Some(crate::model::Inverse::Remove(Vec::new()));
    script.click(0).command(Command::Delete).edited("delete a", &[], undo).list("/", "").wait(9.9);
    script.check("/: toast[Moved “a” to Deleted files | Undo]");
    assert!((script.state.next_tick_secs().expect("due") - 0.1).abs() < 0.001);
    script.wait(0.1).check("/:");
    assert_eq!(script.state.undo_label(), Some("Delete “a”"), "Ctrl+Z still works");
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
    assert_eq!(script.state.toasts[0].kind, ToastKind::Failed);
    assert_eq!(script.state.next_tick_secs(), None);
    let id = script.state.toasts[0].id;
    script.act(Action::DismissToast(id)).check("/: >*a");
}

#[test]
fn the_button_of_a_problem_shows_it_in_full() {
    let mut script = Script::at_home("a");
    script.click(0).command(Command::Delete).fail("delete a", problem("Refused", Recovery::None));
    let id = script.state.toasts[0].id;
    script.act(Action::ToastAction(id)).check("/: >*a dialog[problem: Refused]");
}

#[test]
fn a_toast_under_the_pointer_stays() {
    let mut script = Script::at_home("a");
    script.click(0).command(Command::CopyPath);
    let id = script.state.toasts[0].id;
    for _ in 0..3 {
        script.act(Action::HoldToast(id)).wait(5.0).check("/: >*a toast[Path copied]");
    }
    script.wait(1.5).check("/: >*a");
}

#[test]
fn at_most_two_are_shown_and_the_same_news_only_once() {
    let mut script = Script::at_home("a b");
    script.click(0).command(Command::CopyPath).wait(1.0).command(Command::CopyPath);
    script.check("/: >*a b toast[Path copied]");
    script.command(Command::SelectAll).command(Command::CopyPath).command(Command::Paste);
    script.state.clipboard.entries.clear();
    script.done("paste files").check("/: >*a *b toast[2 paths copied] toast[There is nothing to paste]");
}
