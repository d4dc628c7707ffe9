//! What was promised to another program is downloaded when it is taken.

use super::transfers::downloaded;
use super::{Script, entries, problem};
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::{AccountChoice, Entry, Outcome, Recovery};
use std::path::PathBuf;

const JOB: &str = "fetch Docs a.txt to /promised/1";

fn taken() -> Script {
    let mut script = Script::at_home("Docs/ a.txt");
    let entries = entries("/", "Docs/ a.txt");
    script.act(Action::TakePromised { entries, folder: "/promised/1".into() }).check_jobs(JOB);
    script
}

#[track_caller]
fn check_fulfilled(script: &Script, local_paths: Option<&[&str]>) {
    let local_paths = local_paths.map(|paths| paths.iter().map(PathBuf::from).collect());
    assert_eq!(script.fulfilled, [("/promised/1".into(), local_paths)]);
}

#[test]
fn copied_items_are_offered_to_other_programs_until_another_account_is_opened_and_cut_ones_never() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.click(1).command(Command::Cut);
    assert_eq!(script.offered, None, "nobody else can move them away from here");
    script.command(Command::SelectAll).command(Command::Copy);
    let names: Vec<&str> = script.offered.iter().flat_map(|all| all.iter()).map(Entry::name).collect();
    assert_eq!(names, ["Docs", "a.txt"]);
    assert_eq!(script.take_copied().as_deref(), Some("/Docs\n/a.txt"));
    script.command(Command::Account);
    let choice = AccountChoice::CommandLine { api_url: "http://x".into() };
    script.act(Action::Dialog(DialogAction::ChooseAccount(choice)));
    assert_eq!(script.offered, None);
}

#[test]
fn what_another_program_takes_is_downloaded_and_given_without_a_word() {
    let mut script = taken();
    assert!(!script.state.transfers.is_empty(), "it is seen while it is on its way");
    assert!(!script.state.transfers.needs_open_window());
    script.finish(JOB, downloaded(&["/promised/1/Docs", "/promised/1/a.txt"], vec![]));
    check_fulfilled(&script, Some(&["/promised/1/Docs", "/promised/1/a.txt"]));
    script.check("/: Docs/ a.txt");
    assert!(script.state.transfers.is_empty());
}

#[test]
fn a_program_is_given_nothing_when_a_part_is_missing_and_the_person_hears_why() {
    let missing = problem("“a.txt” could not be downloaded", Recovery::None);
    let mut script = taken();
    script.finish(JOB, downloaded(&["/promised/1/Docs"], vec![missing]));
    check_fulfilled(&script, None);
    script.check("/: Docs/ a.txt toast[“a.txt” could not be downloaded | Details…]");
    assert!(script.state.transfers.is_empty());
}

#[test]
fn a_program_is_given_nothing_after_a_failure_or_a_cancel() {
    let mut script = taken();
    script.fail(JOB, problem("The disk is full", Recovery::None));
    check_fulfilled(&script, None);
    script.check("/: Docs/ a.txt toast[The disk is full | Details…]");

    let mut script = taken();
    script.finish(JOB, Outcome::Cancelled);
    check_fulfilled(&script, None);
    script.check("/: Docs/ a.txt");
}
