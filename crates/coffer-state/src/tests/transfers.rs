//! The list of transfers, its panel, and downloads.

use super::uploads::{drop_files, plan};
use super::{Script, entry, problem};
use crate::action::DialogAction;
use crate::transfers::Section;
use crate::{Action, Command};
use coffer_model::transfer::{Decision, RenamedLocally, TransferReport};
use coffer_model::{
    Outcome, Problem, ProblemKind, Progress, Receipt, Recovery, RemotePath, TransferPhase, Update,
};

pub(super) fn progress(bytes_done: u64, bytes_total: u64, bytes_per_second: f64) -> Update {
    Update::Transfer(Progress {
        phase: TransferPhase::Moving,
        files_done: 0,
        files_total: 1,
        bytes_done,
        bytes_total,
        bytes_per_second,
        bytes_passed: bytes_done,
        current: None,
    })
}

pub(super) fn downloaded(paths: &[&str], failed: Vec<Problem>) -> Outcome {
    let files = paths.len() as u64;
    let downloaded = paths.iter().map(Into::into).collect();
    let report = TransferReport { files, failed, downloaded, ..TransferReport::default() };
    Outcome::Done(Receipt::Transferred { report, operation: None })
}

/// Chooses the folder to which the selected rows are downloaded.
pub(super) fn download(script: &mut Script) -> &mut Script {
    script
        .command(Command::Download)
        .update("pick folder", Update::Picked(vec!["/home/ida/My files".into()]));
    script.done("pick folder")
}

#[test]
fn selected_items_are_downloaded_into_a_chosen_folder_and_shown_there() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.command(Command::SelectAll);
    download(&mut script).check_jobs("download Docs a.txt to /home/ida/My files");
    script.finish("download Docs a.txt to /home/ida/My files", downloaded(&["/x", "/y", "/z"], vec![]));
    script.check("/: *Docs/ *a.txt toast[Downloaded 3 files | Show]");
    let toast = script.state.toasts.list()[0].id;
    script.act(Action::ToastAction(toast)).check_jobs("show /home/ida/My files");
}

#[test]
fn items_that_have_other_names_on_this_computer_are_counted() {
    let mut script = Script::at_home("a.txt 10:00.txt");
    for (count, told) in [(1, "1 item has another name here"), (2, "2 items have other names here")] {
        script.command(Command::SelectAll);
        let job = "download a.txt 10:00.txt to /home/ida/My files";
        let renamed = RenamedLocally { remote_path: RemotePath::new("/10:00.txt"), local_path: "/x".into() };
        let report = TransferReport { files: 2, renamed: vec![renamed; count], ..TransferReport::default() };
        download(&mut script).finish(job, Outcome::Done(Receipt::Transferred { report, operation: None }));
        let toast = script.state.toasts.list()[0].id;
        script.check(&format!("/: *a.txt *10:00.txt toast[Downloaded 2 files. {told} | Show]"));
        script.act(Action::DismissToast(toast));
    }
}

#[test]
fn one_file_that_was_downloaded_is_shown_selected_in_its_folder() {
    let mut script = Script::at_home("a.txt");
    script.click(0);
    download(&mut script);
    let arrived = "/home/ida/My files/a (1).txt";
    script.finish("download a.txt to /home/ida/My files", downloaded(&[arrived], vec![]));
    let toast = script.state.toasts.list()[0].id;
    script.act(Action::ToastAction(toast)).check_jobs("show /home/ida/My files/a (1).txt");
}

#[test]
fn choosing_no_folder_downloads_nothing_and_choosing_again_gives_up_the_first_choice() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Download).command(Command::Download).check_jobs("pick folder");
    assert_eq!(script.cancelled, ["pick folder"]);
    script.update("pick folder", Update::Picked(vec![])).done("pick folder").check_jobs("");
}

#[test]
fn the_summary_adds_up_what_runs() {
    let mut script = Script::at_home("a b");
    script.click(0);
    download(&mut script);
    script.click(1);
    download(&mut script);
    script.update("download a to /home/ida/My files", progress(0, 100, 0.0));
    script.update("download b to /home/ida/My files", progress(0, 300, 0.0)).wait(1.0);
    script.update("download a to /home/ida/My files", progress(50, 100, 50.0)).wait(1.0);
    let summary = script.state.transfers.summary();
    assert_eq!((summary.running, summary.bytes_done, summary.bytes_total), (2, 50, 400));
    assert_eq!(
        (summary.bytes_per_second, summary.seconds_left, summary.fraction),
        (50.0, Some(7.0), Some(0.125))
    );
    script.finish("download b to /home/ida/My files", downloaded(&["/b"], vec![]));
    let summary = script.state.transfers.summary();
    assert_eq!((summary.seconds_left, summary.running), (Some(1.0), 1));
    script.update("download a to /home/ida/My files", progress(100, 100, 10.0));
    assert_eq!(
        script.state.transfers.summary().seconds_left,
        None,
        "nobody knows what is left to do without bytes"
    );
    script.update("download a to /home/ida/My files", progress(50, 100, 10.0));
    let summary = script.state.transfers.summary();
    assert_eq!((summary.bytes_done, summary.bytes_total), (350, 400), "what has arrived still counts");
    script.finish("download a to /home/ida/My files", downloaded(&["/a"], vec![]));
    script.click(0);
    download(&mut script);
    let summary = script.state.transfers.summary();
    assert_eq!((summary.running, summary.bytes_total), (1, 0), "what comes later is summed up anew");
}

#[test]
fn the_panel_opens_for_what_takes_long_and_closes_when_all_went_well() {
    let mut script = Script::at_home("a");
    script.click(0);
    download(&mut script).wait(0.5);
    assert!(!script.state.transfers.panel_open);
    assert_eq!(script.state.next_tick_secs(), Some(0.5));
    script.wait(0.5);
    assert!(script.state.transfers.panel_open);
    script.finish("download a to /home/ida/My files", downloaded(&["/a"], vec![])).wait(4.0);
    assert!(!script.state.transfers.panel_open);
}

#[test]
fn a_panel_that_the_person_opened_or_that_tells_of_a_failure_stays() {
    let mut script = Script::at_home("a");
    script.command(Command::ToggleTransfers).click(0);
    download(&mut script).wait(2.0);
    script.finish("download a to /home/ida/My files", downloaded(&["/a"], vec![])).wait(10.0);
    assert!(script.state.transfers.panel_open);

    let mut script = Script::at_home("a");
    script.click(0);
    download(&mut script).wait(2.0);
    script.fail("download a to /home/ida/My files", problem("Disk full", Recovery::Space)).wait(10.0);
    assert!(script.state.transfers.panel_open);
    script.check("/: >*a toast[Disk full | Details…]");
    script.act(Action::ClearTransfers(Section::Failed));
    assert!(script.state.transfers.is_empty() && !script.state.transfers.panel_open);
}

#[test]
fn a_panel_that_was_closed_stays_closed_for_what_runs() {
    let mut script = Script::at_home("a");
    script.click(0);
    download(&mut script).wait(2.0).command(Command::ToggleTransfers).wait(2.0);
    assert!(!script.state.transfers.panel_open);
}

#[test]
fn a_cancelled_transfer_says_so_when_it_has_stopped_and_can_be_tried_again() {
    let mut script = Script::at_home("a");
    script.click(0);
    download(&mut script);
    let id = script.id("download a to /home/ida/My files");
    let late = coffer_model::Event::Finished { id, outcome: Outcome::Cancelled };
    script.act(Action::CancelTransfer(id));
    assert!(script.state.transfers.get(id).is_some_and(|it| it.cancelling && it.is_running()));
    script.event(late).check("/: >*a");
    assert!(script.state.transfers.get(id).is_some_and(|it| !it.cancelling && it.can_retry()));
    script.act(Action::RetryTransfer(id)).check_jobs("download a to /home/ida/My files");
}

#[test]
fn of_a_download_only_the_items_with_failures_are_tried_again() {
    let mut script = Script::at_home("Docs/ a b");
    script.command(Command::SelectAll);
    download(&mut script);
    let failed = |path: &str| Problem { path: Some(RemotePath::new(path)), ..problem("No", Recovery::Retry) };
    let id = script.id("download Docs a b to /home/ida/My files");
    let outcome = downloaded(&["/a"], vec![failed("/Docs/x/y.txt"), failed("/b")]);
    script.finish("download Docs a b to /home/ida/My files", outcome);
    script.check("/: *Docs/ *a *b toast[2 of 3 files could not be downloaded | Retry]");
    script
        .act(Action::RetryTransfer(id))
        .check_jobs("forget download Docs a b to /home/ida/My files, download Docs b to /home/ida/My files");
    script.check("/: *Docs/ *a *b");
}

#[test]
fn opening_a_file_says_nothing_when_it_is_open() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Open);
    assert_eq!(script.state.transfers.count(Section::Running), 1);
    script.finish("open a.txt", Outcome::Done(Receipt::LocalCopy("/cache/a.txt".into()))).check("/: >*a.txt");
    assert!(script.state.transfers.is_empty());
    script.command(Command::ShowInFileManager).fail("show a.txt", problem("No connection", Recovery::None));
    script.check("/: >*a.txt toast[No connection | Details…]");
    assert_eq!(script.state.transfers.count(Section::Failed), 1);
}

#[test]
fn a_file_that_no_program_shows_or_opens_is_no_failed_transfer() {
    for (command, job) in
        [(Command::ShowInFileManager, "show a.txt"), (Command::OpenCopy, "open a copy of a.txt")]
    {
        let mut script = Script::at_home("a.txt");
        script.click(0).command(command).check_jobs(job);
        script.fail(job, Problem::new(ProblemKind::NotSupported, "No program", "Install one."));
        script.check("/: >*a.txt toast[No program | Details…]");
        assert!(script.state.transfers.is_empty());
    }
}

#[test]
fn transfers_that_the_network_stopped_go_on_when_it_is_back() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt"));
    script.fail("upload /a.txt []", problem("Offline", Recovery::Offline));
    script.update("session Local", Update::Outage(None)).check_jobs("plan [\"/home/ida/x\"] to /");
}

#[test]
fn a_wait_of_a_transfer_counts_down() {
    let mut script = Script::at_home("a");
    script.click(0);
    download(&mut script).wait(2.0);
    assert_eq!(script.state.next_tick_secs(), None);
    let Update::Transfer(progress) = progress(0, 1, 0.0) else { unreachable!() };
    let phase = TransferPhase::Waiting { until: script.state.now, reason: "Busy".to_owned() };
    script.update("download a to /home/ida/My files", Update::Transfer(Progress { phase, ..progress }));
    assert_eq!(script.state.next_tick_secs(), Some(1.0));
}

#[test]
fn a_revision_is_saved_under_a_chosen_name() {
    let mut script = Script::at_home("Budget.csv@2");
    script.click(0).command(Command::Versions);
    let revisions = std::sync::Arc::new(super::entries("/", "Budget.csv@2 Budget.csv@1"));
    script.update(
        "revisions /Budget.csv",
        Update::Revisions { revisions, makers: std::sync::Arc::default(), complete: true },
    );
    script.act(Action::Dialog(DialogAction::SaveRevision));
    let pick = "pick name Budget (1970-01-01).csv";
    script.update(pick, Update::Picked(vec!["/home/ida/old.csv".into()])).done(pick);
    let save = "save Budget.csv as /home/ida/old.csv";
    script.id(save);
    assert!(
        script.running.iter().any(|(_, job)| matches!(job, coffer_model::Job::SaveAs { entry: saved, .. }
        if *saved == entry("/", "Budget.csv@2")))
    );
}

#[test]
fn transfers_that_arrive_one_after_the_other_are_told_together() {
    let mut script = Script::at_home("a b c");
    for (row, name) in ["a", "b", "c"].into_iter().enumerate() {
        script.click(row);
        download(&mut script).wait(3.0);
        script.finish(&format!("download {name} to /home/ida/My files"), downloaded(&["/x"], vec![]));
    }
    script.check("/: a b >*c toast[Downloaded 3 files | Show]");
    script.wait(5.0).check("/: a b >*c");
    script.click(0);
    download(&mut script);
    script.finish("download a to /home/ida/My files", downloaded(&["/x"], vec![]));
    script.check("/: >*a b c toast[Downloaded “a” | Show]");
}

#[test]
fn an_upload_counts_as_it_was_planned_until_more_is_told() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt b.txt"));
    let summary = script.state.transfers.summary();
    assert_eq!((summary.bytes_done, summary.bytes_total, summary.fraction), (0, 20, Some(0.0)));
    script.update("upload /a.txt /b.txt []", progress(5, 20, 1.0));
    assert_eq!(script.state.transfers.summary().bytes_total, 20);
}

#[test]
fn what_is_there_already_or_skipped_is_no_part_of_what_an_upload_has_to_do() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt= b.txt! c.txt! d.txt"));
    let answer = DialogAction::DecideConflict { index: 0, decision: Decision::Skip };
    script.act(Action::Dialog(answer)).act(Action::Dialog(DialogAction::ConfirmUpload));
    assert_eq!(script.state.transfers.summary().bytes_total, 20, "of c.txt and d.txt");
}

#[test]
fn one_that_is_paused_or_waits_does_not_hide_the_speed_of_the_others() {
    let mut script = Script::at_home("a b c");
    let short = "download c to /home/ida/My files";
    for row in 0..2 {
        script.click(row);
        download(&mut script);
    }
    script.act(Action::PauseTransfer(script.id("download a to /home/ida/My files")));
    let Update::Transfer(waiting) = progress(0, 10, 0.0) else { unreachable!() };
    let phase = TransferPhase::Waiting { until: script.state.now, reason: "Busy".to_owned() };
    let waiting = Update::Transfer(Progress { phase, ..waiting });
    script.update("download b to /home/ida/My files", waiting);
    assert_eq!(script.state.transfers.summary().down_per_second, 0, "none of them moves");
    script.click(2);
    for _ in 0..3 {
        download(&mut script).wait(1.0).update(short, progress(4_000, 4_000, 0.0));
        script.finish(short, downloaded(&["/x"], vec![]));
    }
    download(&mut script).wait(1.0);
    let summary = script.state.transfers.summary();
    assert_eq!((summary.paused, summary.waiting, summary.down_per_second), (1, 1, 4_000));
}

#[test]
fn the_speed_of_all_is_what_has_passed_and_a_standstill_is_none() {
    let mut script = Script::at_home("a");
    let job = "download a to /home/ida/My files";
    script.click(0);
    download(&mut script).update(job, progress(0, 100_000, 9_000.0)).wait(0.5);
    let speed = |script: &Script| script.state.transfers.summary().down_per_second;
    assert_eq!(speed(&script), 0, "too little was measured yet");
    for second in 1..=6 {
        script.update(job, progress(4_000 * second, 100_000, 9_000.0)).wait(1.0);
        assert_eq!(speed(&script), 4_000);
    }
    for expected in [3_000, 2_000, 1_000, 0] {
        assert_eq!(script.wait(1.0).state.next_tick_secs(), Some(1.0));
        assert_eq!(speed(&script), expected);
    }
    assert_eq!(script.state.transfers.summary().seconds_left, None);
}

#[test]
fn files_that_are_over_before_they_have_a_speed_have_one_together() {
    let mut script = Script::at_home("a b c d e");
    for (row, name) in ["a", "b", "c", "d", "e"].into_iter().enumerate() {
        script.click(row);
        download(&mut script).wait(1.0);
        let job = format!("download {name} to /home/ida/My files");
        script.update(&job, progress(4_000, 4_000, 0.0));
        if name != "e" {
            script.finish(&job, downloaded(&["/x"], vec![]));
            script.click(4);
        }
    }
    script.click(0);
    download(&mut script).wait(1.0);
    let summary = script.state.transfers.summary();
    assert!((3_000..=5_000).contains(&summary.down_per_second), "{}", summary.down_per_second);
    script.finish("download e to /home/ida/My files", downloaded(&["/x"], vec![]));
    script.act(Action::PauseAllTransfers);
    assert_eq!(script.state.transfers.summary().down_per_second, 0, "what runs is paused");
}
