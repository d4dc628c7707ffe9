//! Renaming many items by a rule.

use super::{Script, entries, operation, problem};
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::{
    OperationKind, Outcome, PlannedName, Receipt, Recovery, RenameIssue, RenamePlan, RenameRule,
};
use std::sync::Arc;

const JOB: &str = "plan to rename a.jpg b.jpg";

fn edit(script: &mut Script, find: &str) {
    let rule = RenameRule { find: find.to_owned(), ..RenameRule::default() };
    script.act(Action::Dialog(DialogAction::EditRenameRule(Box::new(rule))));
}

fn confirm(script: &mut Script) -> &mut Script {
    script.act(Action::Dialog(DialogAction::ConfirmRenameMany))
}

fn planned(script: &mut Script, names: &[&str], issue: Option<RenameIssue>) {
    let changed = names.iter().zip(["a.jpg", "b.jpg"]).filter(|(name, old)| **name != *old).count();
    let refused = usize::from(issue.is_some());
    let mut names: Vec<PlannedName> =
        names.iter().map(|name| PlannedName { name: (*name).to_owned(), issue: None }).collect();
    names[0].issue = issue;
    let plan = RenamePlan { names, changed, refused };
    script.finish(JOB, Outcome::Done(Receipt::RenamePlanned(Arc::new(plan))));
}

/// Two of three are selected, and what they are called is known.
fn renaming() -> Script {
    let mut script = Script::at_home("a.jpg b.jpg c.jpg");
    script.click(0).ctrl_click(1).command(Command::Rename);
    planned(&mut script, &["a.jpg", "b.jpg"], None);
    script
}

#[test]
fn several_items_get_the_names_of_the_rule_as_one_edit_and_are_selected_then() {
    let mut script = renaming();
    script.check("/: *a.jpg >*b.jpg c.jpg dialog[rename a.jpg→a.jpg, b.jpg→b.jpg]");
    edit(&mut script, "a");
    edit(&mut script, "ab");
    assert_eq!(script.cancelled, [JOB]);
    // Names of the rule before are given to nobody.
    confirm(&mut script).check_jobs(JOB);
    planned(&mut script, &["b.jpg", "a.jpg"], None);
    confirm(&mut script)
        .check("/: *a.jpg~ >*b.jpg~ c.jpg")
        .check_jobs("move /a.jpg to /b.jpg, /b.jpg to /a.jpg");
    let done = operation(1, OperationKind::Rename, "/b.jpg", Some("/a.jpg"));
    let done = coffer_model::Operation { items: 2, files: 2, ..done };
    script.edited("move /a.jpg to /b.jpg, /b.jpg to /a.jpg", &entries("/", "a.jpg b.jpg"), Some(done));
    script.list("/", "a.jpg b.jpg c.jpg");
    script.check("/: >*a.jpg *b.jpg c.jpg toast[Renamed 2 items | Undo]");
    assert_eq!(script.state.undo.undo_label(), Some("Rename 2 files"));
}

#[test]
fn only_items_that_get_another_name_are_renamed_and_nothing_is_as_long_as_one_can_not_be() {
    let mut script = renaming();
    confirm(&mut script).check_jobs("");
    edit(&mut script, "a");
    planned(&mut script, &["c.jpg", "b.jpg"], Some(RenameIssue::Taken));
    confirm(&mut script);
    script.check("/: *a.jpg >*b.jpg c.jpg dialog[rename a.jpg→c.jpg Taken, b.jpg→b.jpg]").check_jobs("");
    edit(&mut script, "b");
    planned(&mut script, &["x.jpg", "b.jpg"], None);
    confirm(&mut script).check_jobs("move /a.jpg to /x.jpg");
}

#[test]
fn a_failure_is_told_and_closing_asks_no_more() {
    let mut script = renaming();
    edit(&mut script, "a");
    script.fail(JOB, problem("It did not work", Recovery::Retry));
    confirm(&mut script).check("/: *a.jpg >*b.jpg c.jpg dialog[rename ]");
    edit(&mut script, "b");
    script.act(Action::CloseDialog).check("/: *a.jpg >*b.jpg c.jpg").check_jobs("");
}

#[test]
fn one_item_is_renamed_in_its_row() {
    let mut script = Script::at_home("a.jpg b.jpg");
    script.click(0).command(Command::Rename).check("/: name[a.jpg] >*a.jpg b.jpg");
}
