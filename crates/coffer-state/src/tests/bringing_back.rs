//! Bringing back what was in a folder: what is asked before, and what is told after.

use super::past::{DAY, NOW, moment, past_listing};
use super::{Script, problem};
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::{
    Amount, BringBackItem, BringBackPlan, Listing, Outcome, PastSummary, Receipt, Recovery, RemotePath,
    SinceCounts, SinceThen, Update,
};
use std::sync::Arc;

const AT: i64 = NOW - DAY;

/// A folder a day ago: of its files one has changed, and below it are two that were deleted.
fn script() -> Script {
    let mut script = Script::in_docs("a.txt");
    script.command(Command::TogglePast);
    let listing = past_listing("/Docs", AT, "Old/ a.txt changed.txt", true);
    let mut summary = PastSummary::clone(listing.past.as_ref().unwrap());
    summary.counts = SinceCounts { deleted: 2, changed: 1, added: 5, ..SinceCounts::default() };
    summary.below[0].deleted = 2;
    let changed = Listing { past: Some(Arc::new(summary)), ..Listing::clone(&listing) };
    let job = format!("list /Docs at {AT}");
    script.update(&job, Update::Listing(Arc::new(changed))).done(&job);
    script
}

/// A plan with these files, all of which were deleted.
fn planned(names: &[&str]) -> Outcome {
    let item = |name: &&str| BringBackItem {
        path: RemotePath::new(&format!("/Docs/{name}")),
        is_folder: false,
        size_bytes: 1,
        since: SinceThen::Deleted,
    };
    let deleted = Amount { files: names.len() as u64, ..Amount::default() };
    let items = names.iter().map(item).collect();
    Outcome::Done(Receipt::BringBackPlanned(Arc::new(BringBackPlan {
        deleted,
        items,
        ..BringBackPlan::default()
    })))
}

fn act(script: &mut Script, action: DialogAction) {
    script.act(Action::Dialog(action));
}

#[test]
fn a_folder_is_brought_back_after_a_question_and_shown_as_it_is() {
    let mut script = script();
    script.command(Command::BringBack);
    let plan = format!("plan to bring /Docs back to {}", moment(AT));
    script.check(&format!("/Docs at {AT}: Old/ a.txt changed.txt dialog[bring back … files of /Docs?]"));
    // Nothing is done before it is known what that would be.
    act(&mut script, DialogAction::ConfirmBringBack);
    script.finish(&plan, planned(&["a", "b", "c"]));
    script.check(&format!("/Docs at {AT}: Old/ a.txt changed.txt dialog[bring back 3 files of /Docs?]"));
    act(&mut script, DialogAction::ConfirmBringBack);
    let jobs = script.jobs_list();
    assert!(jobs.contains(&format!("bring /Docs back to {}", moment(AT))), "{jobs:?}");
    assert!(jobs.contains(&"list /Docs".to_owned()), "{jobs:?}");
}

#[test]
fn where_nothing_has_changed_there_is_nothing_to_bring_back() {
    let mut script = Script::in_docs("a.txt");
    script.command(Command::TogglePast).past("/Docs", AT, "a.txt");
    assert_eq!(Command::BringBack.resolve(&script.state), None);
    script.click(0);
    assert_eq!(Command::BringBackItems.resolve(&script.state), None);
}

#[test]
fn selected_items_are_brought_back_and_some_left_out() {
    let mut script = script();
    script.click(1);
    assert_eq!(Command::BringBackItems.resolve(&script.state), None, "it is the same now");
    script.click(0).command(Command::BringBackItems);
    let at = moment(AT);
    let plan = format!("plan to bring /Docs back to {at} only /Docs/Old");
    script.finish(&plan, planned(&["Old/a", "Old/b"]));
    act(&mut script, DialogAction::ToggleBringBackItem(RemotePath::new("/Docs/Old/a")));
    script.finish(&format!("{plan} without /Docs/Old/a"), planned(&["Old/b"]));
    let Some(crate::dialog::Dialog::BringBack(question)) = &script.state.dialog else { panic!("it is open") };
    let wanted: Vec<bool> = question.items.items.iter().map(|item| question.is_wanted(item)).collect();
    assert_eq!((wanted, question.files()), (vec![false, true], Some(1)));
    act(&mut script, DialogAction::ConfirmBringBack);
    let jobs = script.jobs_list();
    let edit = format!("bring /Docs back to {at} only /Docs/Old without /Docs/Old/a");
    assert!(jobs.contains(&edit), "{jobs:?}");
}

#[test]
fn a_folder_comes_back_beside_itself_and_the_new_one_is_shown() {
    let mut script = script();
    script.command(Command::BringBack);
    act(&mut script, DialogAction::BringBackBeside(true));
    let at = moment(AT);
    let beside = format!("/Docs ({})", at.strftime("%Y-%m-%d"));
    // The plan of the first choice is not waited for any more.
    script.finish(&format!("plan to bring /Docs back to {at} as {beside}"), planned(&["a"]));
    act(&mut script, DialogAction::ConfirmBringBack);
    let jobs = script.jobs_list();
    assert!(jobs.contains(&format!("bring /Docs back to {at} as {beside}")), "{jobs:?}");
    assert!(jobs.contains(&"list /".to_owned()), "{jobs:?}");
}

#[test]
fn a_question_that_is_closed_waits_for_nothing() {
    let mut script = script();
    script.command(Command::BringBack).act(Action::CloseDialog);
    assert!(!script.jobs_list().iter().any(|job| job.starts_with("plan")), "{:?}", script.jobs_list());
}

#[test]
fn what_an_earlier_run_had_begun_to_bring_back_is_told_with_what_has_failed() {
    let mut script = Script::in_docs("a.txt");
    let folder = RemotePath::new("/Docs");
    script.update("session Local", Update::BroughtBack { folder: folder.clone(), failed: Vec::new() });
    script.check("/Docs: a.txt toast[Brought back “Docs”]").wait(20.0);
    let failed = vec![problem("“a.txt” could not be brought back", Recovery::Refresh); 2];
    script.update("session Local", Update::BroughtBack { folder, failed });
    script.check("/Docs: a.txt toast[Brought back “Docs”: 2 items failed | Details…]");
}
