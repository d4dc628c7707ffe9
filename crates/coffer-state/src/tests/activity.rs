//! The list of what this program has done.

use super::{Script, entry, operation, problem, reversed};
use crate::activity::ActivityAction;
use crate::input::Motion;
use crate::{Action, Command, Location};
use coffer_model::{
    History, Load, Operation, OperationGroup, OperationId, OperationItem, OperationItems, OperationKind,
    Outcome, Receipt, Recovery, Update,
};
use std::sync::Arc;

const LIST: &str = "list history \"\" of None";

fn deleted(id: i64, item: &str) -> Operation {
    operation(id, OperationKind::Delete, item, None)
}

fn moved(id: i64) -> Operation {
    operation(id, OperationKind::Move, "/Docs/a.txt", Some("/a.txt"))
}

fn history(operations: &[Operation]) -> Arc<History> {
    Arc::new(History { operations: operations.to_vec(), problem: None })
}

impl Script {
    fn activity(&mut self, action: ActivityAction) -> &mut Self {
        self.act(Action::Activity(action))
    }

    fn told(&mut self, job: &str, operations: &[Operation]) -> &mut Self {
        self.finish(job, Outcome::Done(Receipt::History(history(operations))))
    }

    #[track_caller]
    fn check_listed(&mut self, expected: &[i64]) -> &mut Self {
        let listed: Vec<i64> = self.state.activity.operations().iter().map(|it| it.id.0).collect();
        assert_eq!(listed, expected);
        self
    }
}

/// The activity is open, with a move (7) after a delete (5).
fn opened() -> Script {
    let mut script = Script::at_home("b.txt");
    script.update("session Local", Update::History(history(&[moved(7), deleted(5, "/x")])));
    script.command(Command::ShowActivity).check_listed(&[7, 5]);
    script.told(LIST, &[moved(7), deleted(5, "/x"), deleted(2, "/old")]);
    script
}

#[test]
fn what_is_known_is_shown_at_once_and_all_when_it_is_told() {
    let mut script = opened();
    script.check_listed(&[7, 5, 2]).check("activity “” None:");
    assert!(!Command::ShowActivity.is_enabled(&script.state));
    script.command(Command::Up).check_jobs("list /").list("/", "b.txt").check("/: b.txt");
}

#[test]
fn a_group_and_names_are_asked_of_the_worker_and_the_list_stays_until_then() {
    let mut script = opened();
    script.activity(ActivityAction::Filter(Some(OperationGroup::Deleted))).check_listed(&[7, 5, 2]);
    script.told("list history \"\" of Some(Deleted)", &[deleted(5, "/x"), deleted(2, "/old")]);
    script.check_listed(&[5, 2]).activity(ActivityAction::Search("ol".into()));
    script.activity(ActivityAction::Search("old".into()));
    script.check_jobs("list history \"old\" of Some(Deleted)");
    script.told("list history \"old\" of Some(Deleted)", &[deleted(2, "/old")]).check_listed(&[2]);
    // One step back leads to where the person came from.
    script.command(Command::Back).check_jobs("list /");
}

#[test]
fn arrows_select_and_enter_shows_the_items_where_they_are() {
    let mut script = opened();
    script.press(Motion::Down).check_jobs("list items of 7");
    let item = OperationItem { path: "/Docs/a.txt".into(), is_folder: false, bytes: Some(1) };
    let items = OperationItems { items: vec![item], more: 0 };
    script.finish("list items of 7", Outcome::Done(Receipt::OperationItems(Arc::new(items.clone()))));
    assert_eq!(script.state.activity.items, Load::Ready(Arc::new(items)));
    script.press(Motion::Down).press(Motion::Down).press(Motion::Down).check_jobs("list items of 2");
    assert_eq!(script.state.activity.selected, Some(OperationId(2)));
    script.press(Motion::Home).command(Command::Open);
    script.list("/Docs", "a.txt z.txt").check("/Docs: >*a.txt z.txt");
}

#[test]
fn escape_ends_the_selection() {
    let mut script = opened();
    script.press(Motion::End).command(Command::Cancel);
    assert_eq!(script.state.activity.selected, None);
}

#[test]
fn what_was_moved_and_moved_back_is_shown_where_it_was() {
    let mut script = opened();
    script.activity(ActivityAction::Reverse(OperationId(7))).check_jobs("undo 7");
    script.reversed("undo 7", &[entry("/", "a.txt")], reversed(&moved(7), 8));
    assert!(script.state.activity.operations()[0].undone.is_some());
    script.activity(ActivityAction::Show(OperationId(7))).list("/", "a.txt b.txt");
    script.check("/: >*a.txt b.txt toast[Undone: Move “a.txt”]");
}

#[test]
fn the_commands_undo_what_was_done_last_without_a_question() {
    let mut script = opened();
    script.command(Command::Undo).check_jobs("undo 7");
}

#[test]
fn a_refused_undo_is_kept_with_its_reason() {
    let mut script = opened();
    script.activity(ActivityAction::Reverse(OperationId(5)));
    let reason = problem("“x” could not be restored", Recovery::Refresh);
    let refused = Operation { problem: Some(Box::new(reason.clone())), ..deleted(5, "/x") };
    let Receipt::Reversed(reversal) = super::script::reversal(&[], refused) else { unreachable!() };
    let reversal = coffer_model::Reversal { failed: vec![reason.clone()], ..*reversal };
    script.finish("undo 5", Outcome::Done(Receipt::Reversed(Box::new(reversal))));
    let shown = script.state.activity.operations()[1].problem.as_deref();
    assert_eq!(shown, Some(&reason));
}

#[test]
fn what_is_done_meanwhile_is_listed_at_once_where_it_fits() {
    let mut script = opened();
    script.update("session Local", Update::History(history(&[deleted(9, "/y"), moved(7)])));
    script.wait(3.0).told(LIST, &[deleted(9, "/y"), moved(7)]).check_listed(&[9, 7]);
}

#[test]
fn another_account_begins_without_operations() {
    let mut script = opened();
    let choice = coffer_model::AccountChoice::CommandLine { api_url: "http://x".into() };
    script.command(Command::Account);
    script.act(Action::Dialog(crate::action::DialogAction::ChooseAccount(choice)));
    script.check_listed(&[]);
    assert_eq!(script.state.undo.undo_label(), None);
    script.act(Action::Go(Location::activity())).check_listed(&[]);
}
