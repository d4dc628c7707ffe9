//! Transfers of an earlier run go on by themselves.

use super::uploads::plan;
use super::{Script, entries, problem};
use crate::Action;
use crate::transfers::{FileFilter, Section};
use coffer_model::message::OpenWith;
use coffer_model::message::{EndedTransfer, UnfinishedTransfer};
use coffer_model::transfer::{OnExisting, TransferReport, UploadPlan};
use coffer_model::{Job, Outcome, Problem, Recovery, RemotePath, Update};
use std::sync::Arc;

fn upload(plan: UploadPlan) -> Arc<Job> {
    Arc::new(Job::Upload { plan: Arc::new(plan) })
}

fn fetch() -> Arc<Job> {
    let entries = entries("/Docs", "a.txt b.txt");
    Arc::new(Job::Download { entries, folder: "/home/ida".into(), existing: OnExisting::Number })
}

fn tell(script: &mut Script, jobs: &[(&Arc<Job>, bool)]) {
    let unfinished = jobs.iter().map(|(job, paused)| UnfinishedTransfer {
        paused: *paused,
        ..UnfinishedTransfer::new(Arc::clone(job))
    });
    let update = Update::Unfinished(unfinished.collect());
    script.update("session Local", update);
}

#[test]
fn they_are_started_again_in_their_order_and_what_was_paused_stays_paused() {
    let mut script = Script::at_home("");
    tell(&mut script, &[(&upload(plan("/Docs", "Trip/a.jpg Trip/b.jpg")), false), (&fetch(), true)]);
    script.check_jobs("upload /Docs/Trip/a.jpg /Docs/Trip/b.jpg [], download a.txt b.txt to /home/ida");
    assert_eq!(script.steered, ["Pause download a.txt b.txt to /home/ida"]);
    script.check("/: toast[Resumed 2 transfers]");
    let told: Vec<String> = script
        .state
        .transfers
        .in_section(Section::Running)
        .map(|it| format!("{}: {} to {}, {}", it.title.quoted(), it.origin, it.target, it.is_paused()))
        .collect();
    assert_eq!(told, ["“Trip” (2 files): /home/ida to Docs, false", "2 items: Docs to /home/ida, true"]);
    script.wait(3.0);
    assert!(!script.state.transfers.panel_open, "nobody asked for them just now");
}

#[test]
fn what_runs_already_is_not_started_twice() {
    let mut script = Script::at_home("");
    let job = upload(plan("/", "a.txt"));
    tell(&mut script, &[(&job, false)]);
    tell(&mut script, &[(&job, false), (&fetch(), false)]);
    script.check_jobs("upload /a.txt [], download a.txt b.txt to /home/ida");
    script.check("/: toast[Resumed 1 transfer]");
}

#[test]
fn a_file_that_was_to_be_opened_is_not_opened_a_day_later() {
    let mut script = Script::at_home("");
    let entry = entries("/", "a.txt").remove(0);
    tell(&mut script, &[(&Arc::new(Job::Open { entry, with: OpenWith::SystemProgram }), false)]);
    script.check_jobs("").check("/:");
}

#[test]
fn an_upload_that_fails_in_its_second_run_is_planned_anew_from_what_it_was_made_of() {
    let mut script = Script::at_home("");
    tell(&mut script, &[(&upload(plan("/Docs", "Trip/a.jpg Trip/Day/b.jpg c.txt")), false)]);
    let job = "upload /Docs/Trip/a.jpg /Docs/Trip/Day/b.jpg /Docs/c.txt []";
    let id = script.id(job);
    script.fail(job, problem("No connection", Recovery::Retry)).act(Action::RetryTransfer(id));
    script.check_jobs("plan [\"/home/ida/Trip\", \"/home/ida/c.txt\"] to /Docs");
}

#[test]
fn folders_alone_are_made_by_the_same_plan_again() {
    let mut script = Script::at_home("");
    let empty_folders = vec![coffer_model::RemotePath::new("/Docs/Empty")];
    tell(&mut script, &[(&upload(UploadPlan { empty_folders, ..plan("/Docs", "") }), false)]);
    let id = script.id("upload  []");
    script.finish("upload  []", Outcome::Cancelled).act(Action::RetryTransfer(id)).check_jobs("upload  []");
}

fn told(job: &Arc<Job>) -> UnfinishedTransfer {
    UnfinishedTransfer::new(Arc::clone(job))
}

fn failed(script: &Script) -> Vec<String> {
    let failed = script.state.transfers.in_section(Section::Failed);
    failed.map(|it| format!("{}: {}", it.title.quoted(), it.problems()[0].title)).collect()
}

#[test]
fn what_has_failed_rests_until_the_person_asks_for_it() {
    let mut script = Script::at_home("");
    let away = problem("The disk with “ida” isn’t connected", Recovery::Retry);
    let resting = UnfinishedTransfer { resting: Some(away), from_command_line: true, ..told(&fetch()) };
    script.update("session Local", Update::Unfinished(vec![resting.clone()]));
    script.check_jobs("").check("/:");
    assert_eq!(failed(&script), ["2 items: The disk with “ida” isn’t connected"]);
    assert!(!script.state.transfers.panel_open, "nobody asked for it just now");
    let item = script.state.transfers.in_section(Section::Failed).next().unwrap();
    assert!(item.from_command_line && item.can_retry());
    let id = item.id;
    // The account is opened again: it is listed once.
    script.update("session Local", Update::Unfinished(vec![resting]));
    assert_eq!(failed(&script).len(), 1);
    script.act(Action::RetryTransfer(id)).check_jobs("download a.txt b.txt to /home/ida");
    assert_eq!(failed(&script).len(), 0);
    assert!(script.state.transfers.in_section(Section::Running).all(|it| it.from_command_line));
}

#[test]
fn an_upload_of_a_command_stays_one_when_it_is_planned_anew() {
    let mut script = Script::at_home("");
    let job = upload(plan("/Docs", "a.txt"));
    let resting = UnfinishedTransfer {
        resting: Some(problem("No", Recovery::Retry)),
        from_command_line: true,
        ..told(&job)
    };
    script.update("session Local", Update::Unfinished(vec![resting]));
    let id = script.state.transfers.in_section(Section::Failed).next().unwrap().id;
    let planning = "plan [\"/home/ida/a.txt\"] to /Docs";
    script.act(Action::RetryTransfer(id)).check_jobs(planning);
    let planned = coffer_model::Receipt::Planned(Arc::new(plan("/Docs", "a.txt")));
    script.finish(planning, Outcome::Done(planned)).check_jobs("upload /Docs/a.txt []");
    assert!(script.state.transfers.in_section(Section::Running).all(|it| it.from_command_line));
}

#[test]
fn a_failed_transfer_that_is_cleared_is_not_told_again() {
    let mut script = Script::at_home("");
    let job = upload(plan("/Docs", "a.txt"));
    let resting = UnfinishedTransfer { resting: Some(problem("No", Recovery::Retry)), ..told(&job) };
    script.update("session Local", Update::Unfinished(vec![resting]));
    script.act(Action::ClearTransfers(Section::Failed)).check_jobs("forget upload /Docs/a.txt []");
    script.done("forget upload /Docs/a.txt []");
    assert_eq!(failed(&script).len(), 0);
}

#[test]
fn what_has_failed_in_this_run_is_not_listed_twice() {
    let mut script = Script::at_home("");
    let job = fetch();
    script.update("session Local", Update::Unfinished(vec![told(&job)]));
    script.fail("download a.txt b.txt to /home/ida", problem("No", Recovery::Retry));
    let resting = UnfinishedTransfer { resting: Some(problem("No", Recovery::Retry)), ..told(&job) };
    script.update("session Local", Update::Unfinished(vec![resting]));
    script.check_jobs("");
    assert_eq!(failed(&script), ["2 items: No"]);
}

/// One that has ended in an earlier run although these have failed, and three files have not.
fn ended(job: &Arc<Job>, failed: &[&str]) -> UnfinishedTransfer {
    let failed = failed.iter().map(|path| Problem {
        path: Some(RemotePath::new(path)),
        ..problem(&format!("{path} has failed"), Recovery::Retry)
    });
    let report = TransferReport { files: 3, failed: failed.collect(), ..TransferReport::default() };
    UnfinishedTransfer { ended: Some(EndedTransfer { at: jiff::Timestamp::UNIX_EPOCH, report }), ..told(job) }
}

#[test]
fn an_upload_in_which_files_have_failed_is_listed_and_only_they_are_tried_again() {
    let mut script = Script::at_home("");
    let job = upload(plan("/Docs", "a.txt b.txt c.txt"));
    let told = || Update::Unfinished(vec![ended(&job, &["/Docs/b.txt"])]);
    script.update("session Local", told()).check_jobs("").check("/:");
    assert_eq!(failed(&script), ["3 files: /Docs/b.txt has failed"]);
    assert!(!script.state.transfers.panel_open, "nobody asked for it just now");
    // The account is opened again: it is listed once.
    script.update("session Local", told());
    let item = script.state.transfers.in_section(Section::Failed).next().unwrap();
    assert_eq!(script.state.transfers.in_section(Section::Failed).count(), 1);
    let id = item.id;
    script.act(Action::UnfoldTransfer { id, unfold: true });
    let files = &script.state.transfers.get(id).unwrap().files;
    assert_eq!((files.count(FileFilter::All), files.count(FileFilter::Failed)), (3, 1));
    // The next start must not tell of it once more.
    script.act(Action::RetryTransfer(id));
    script.check_jobs("forget upload /Docs/a.txt /Docs/b.txt /Docs/c.txt [], upload /Docs/b.txt []");
}

#[test]
fn a_download_of_a_command_in_which_files_have_failed_stays_one_when_it_is_tried_again() {
    let mut script = Script::at_home("");
    let entries = entries("/Docs", "a.txt b.txt");
    let existing = OnExisting::SkipIdentical;
    let job = Arc::new(Job::Download { entries, folder: "/home/ida".into(), existing });
    let told = UnfinishedTransfer { from_command_line: true, ..ended(&job, &["/Docs/b.txt"]) };
    script.update("session Local", Update::Unfinished(vec![told]));
    let id = script.state.transfers.in_section(Section::Failed).next().unwrap().id;
    script.act(Action::RetryTransfer(id));
    script.check_jobs("forget download a.txt b.txt to /home/ida, download b.txt to /home/ida");
    let item = script.state.transfers.in_section(Section::Running).next().unwrap();
    assert!(item.from_command_line);
    assert!(matches!(item.job, Job::Download { existing: OnExisting::SkipIdentical, .. }));
}
