//! Bringing back what was in a folder: what is asked before, and what is told after.

use super::past::{DAY, NOW, moment, past_listing};
use super::{Script, problem};
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::{
    Amount, BringBackItem, BringBackPlace, BringBackPlan, Listing, Outcome, PastSummary, Receipt, Recovery,
    RemotePath, SinceCounts, SinceThen, Update,
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
    let at = moment(AT);
    let beside = format!("/Docs ({})", at.strftime("%Y-%m-%d"));
    act(&mut script, DialogAction::BringBackTo(BringBackPlace::Beside(RemotePath::new(&beside))));
    // The plan of the first choice is not waited for any more.
    script.finish(&format!("plan to bring /Docs back to {at} as {beside}"), planned(&["a"]));
    act(&mut script, DialogAction::ConfirmBringBack);
    let jobs = script.jobs_list();
    assert!(jobs.contains(&format!("bring /Docs back to {at} as {beside}")), "{jobs:?}");
    assert!(jobs.contains(&"list /".to_owned()), "{jobs:?}");
}

/// A plan of a download of so many files.
fn planned_download(files: u64) -> Outcome {
    let Outcome::Done(Receipt::BringBackPlanned(plan)) = planned(&["a"]) else { panic!("it is a plan") };
    let downloaded = Amount { files, ..Amount::default() };
    let plan = BringBackPlan { deleted: Amount::default(), downloaded, ..BringBackPlan::clone(&plan) };
    Outcome::Done(Receipt::BringBackPlanned(Arc::new(plan)))
}

fn pick_folder(script: &mut Script, picked: &[&str]) {
    let picked = picked.iter().map(Into::into).collect();
    script.update("pick folder", Update::Picked(picked)).done("pick folder");
}

#[test]
fn a_folder_of_the_past_is_downloaded_into_a_folder_that_is_asked_for() {
    let mut script = script();
    script.command(Command::BringBack);
    act(&mut script, DialogAction::BringBackTo(BringBackPlace::ThisComputer));
    let at = moment(AT);
    let to_here = format!("/Docs back to {at} to this computer");
    script.finish(&format!("plan to bring {to_here}"), planned_download(3));
    let open = "dialog[bring back 3 files of /Docs to this computer?]";
    script.check(&format!("/Docs at {AT}: Old/ a.txt changed.txt {open}"));
    // No folder is chosen: the question is still open.
    act(&mut script, DialogAction::ConfirmBringBack);
    pick_folder(&mut script, &[]);
    script.check(&format!("/Docs at {AT}: Old/ a.txt changed.txt {open}"));
    act(&mut script, DialogAction::ConfirmBringBack);
    pick_folder(&mut script, &["/home/ida"]);
    let name = format!("Docs ({})", at.strftime("%Y-%m-%d"));
    let download = format!("download {to_here}: /home/ida/{name}");
    assert!(script.jobs_list().contains(&download), "{:?}", script.jobs_list());
    assert!(script.state.dialog.is_none());
    let id = *script.state.transfers.running_or_failed().last().expect("it is listed");
    let transfer = script.state.transfers.get(id).unwrap();
    assert_eq!((transfer.title.quoted(), &*transfer.target), (format!("“{name}”"), "/home/ida"));
}

#[test]
fn selected_items_of_the_past_are_downloaded_under_their_own_names() {
    let mut script = script();
    script.click(0).command(Command::BringBackItems);
    act(&mut script, DialogAction::BringBackTo(BringBackPlace::ThisComputer));
    let to_here = format!("/Docs back to {} to this computer only /Docs/Old", moment(AT));
    script.finish(&format!("plan to bring {to_here}"), planned_download(2));
    act(&mut script, DialogAction::ConfirmBringBack);
    pick_folder(&mut script, &["/home/ida"]);
    let download = format!("download {to_here}: /home/ida");
    assert!(script.jobs_list().contains(&download), "{:?}", script.jobs_list());
}

#[test]
fn the_key_for_a_download_asks_about_folders_of_the_past() {
    let mut script = script();
    script.click(0).command(Command::Download);
    let to_here = format!("/Docs back to {} to this computer only /Docs/Old", moment(AT));
    script.finish(&format!("plan to bring {to_here}"), planned_download(2));
    let rows = ">*Old/ a.txt changed.txt";
    script.check(&format!("/Docs at {AT}: {rows} dialog[bring back 2 files of /Docs to this computer?]"));
}

#[test]
fn what_was_made_since_is_moved_aside_where_that_is_chosen() {
    let mut script = script();
    script.command(Command::BringBack);
    let Some(crate::dialog::Dialog::BringBack(question)) = &script.state.dialog else { panic!("it is open") };
    let aside = BringBackPlace::InPlace(question.aside());
    act(&mut script, DialogAction::BringBackTo(aside));
    let at = moment(AT);
    let asked = format!("/Docs back to {at} and new ones to /Docs (new since {})", at.strftime("%Y-%m-%d"));
    script.finish(&format!("plan to bring {asked}"), planned(&["a"]));
    act(&mut script, DialogAction::ConfirmBringBack);
    let jobs = script.jobs_list();
    assert!(jobs.contains(&format!("bring {asked}")), "{jobs:?}");
    assert!(jobs.contains(&"list /Docs".to_owned()), "{jobs:?}");
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
