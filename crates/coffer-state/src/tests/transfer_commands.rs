//! Pausing, going on, the order of the queue, limits of speed, and the message when all is done.

use super::transfers::{download, downloaded, progress};
use super::uploads::{drop_files, plan, report};
use super::{Script, problem};
use crate::transfers::{Section, TransferItem};
use crate::{Action, Command, WindowEvent};
use coffer_model::{Job, Outcome, Progress, Recovery, RequestId, TransferPhase, Update};

const A: &str = "download a to /home/ida/My files";
const B: &str = "download b to /home/ida/My files";
const C: &str = "download c to /home/ida/My files";

/// Three downloads, and the numbers under which they run.
fn three() -> (Script, [RequestId; 3]) {
    let mut script = Script::at_home("a b c");
    for row in 0..3 {
        script.click(row);
        download(&mut script);
    }
    let ids = [A, B, C].map(|job| script.id(job));
    (script, ids)
}

fn queue(script: &Script) -> String {
    let titles = script.state.transfers.in_section(Section::Running).map(|it| it.title.plain());
    titles.collect::<Vec<_>>().join(" ")
}

fn paused(phase: TransferPhase) -> Update {
    let Update::Transfer(moving) = progress(50, 100, 0.0) else { unreachable!() };
    Update::Transfer(Progress { phase, ..moving })
}

#[test]
fn a_transfer_is_paused_and_goes_on() {
    let (mut script, [a, ..]) = three();
    script.act(Action::PauseTransfer(a)).act(Action::PauseTransfer(a));
    assert_eq!(script.steered, [format!("Pause {A}")], "once is enough");
    assert!(script.state.transfers.get(a).is_some_and(TransferItem::is_paused));
    assert_eq!(script.state.transfers.summary().paused, 1);
    script.update(A, paused(TransferPhase::Paused));
    script.act(Action::ResumeTransfer(a));
    assert_eq!(script.steered[1..], [format!("Resume {A}")]);
    assert!(script.state.transfers.get(a).is_some_and(|it| !it.is_paused()), "at once");
    script.act(Action::ResumeTransfer(a));
    assert_eq!(script.steered.len(), 2, "it is not paused");
}

#[test]
fn all_are_paused_and_go_on_together() {
    let (mut script, [a, ..]) = three();
    script.act(Action::PauseTransfer(a)).act(Action::PauseAllTransfers);
    assert_eq!(script.steered, [format!("Pause {A}"), format!("Pause {B}"), format!("Pause {C}")]);
    assert!(script.state.transfers.summary().all_paused());
    script.steered.clear();
    script.act(Action::ResumeAllTransfers);
    assert_eq!(script.steered, [format!("Resume {A}"), format!("Resume {B}"), format!("Resume {C}")]);
    assert_eq!(script.state.transfers.summary().paused, 0);
}

#[test]
fn what_was_asked_for_first_stands_first_until_another_is_moved_to_the_front() {
    let (mut script, [_, _, c]) = three();
    assert_eq!(queue(&script), "a b c");
    script.act(Action::PrioritizeTransfer(c));
    assert_eq!(
        (queue(&script).as_str(), script.steered.as_slice()),
        ("c a b", [format!("Prioritize {C}")].as_slice())
    );
    script.finish(A, downloaded(&["/a"], vec![]));
    assert_eq!(queue(&script), "c b");
}

#[test]
fn what_is_being_cancelled_is_not_steered_any_more() {
    let (mut script, [a, ..]) = three();
    script.act(Action::CancelTransfer(a)).act(Action::CancelTransfer(a));
    script.act(Action::PauseTransfer(a)).act(Action::PrioritizeTransfer(a)).act(Action::PauseAllTransfers);
    assert_eq!(script.cancelled, [A]);
    assert_eq!(script.steered, [format!("Pause {B}"), format!("Pause {C}")]);
}

#[test]
fn all_that_failed_is_tried_again_in_its_old_order() {
    let (mut script, _) = three();
    for job in [A, B] {
        script.fail(job, problem("No", Recovery::Retry));
    }
    assert_eq!(script.state.transfers.count(Section::Failed), 2);
    script.act(Action::RetryAllFailed);
    assert_eq!(queue(&script), "c a b");
    assert_eq!(script.state.transfers.count(Section::Failed), 0);
}

#[test]
fn limits_hold_at_once_and_are_kept() {
    let mut script = Script::at_home("");
    script.act(Action::SetLimits { upload: Some(500_000), download: Some(0) });
    let saved = script.running.iter().find_map(|(_, job)| match job {
        Job::SaveSettings(settings) => Some((settings.upload_limit, settings.download_limit)),
        _ => None,
    });
    assert_eq!(saved, Some((Some(500_000), None)), "with a limit of nothing nothing would ever move");
    script.done("save settings");
    script.act(Action::SetLimits { upload: Some(500_000), download: None }).check_jobs("");
}

#[test]
fn speeds_are_noted_once_a_second_while_something_moves_and_nothing_is_due_when_it_does_not() {
    let (mut script, _) = three();
    script.wait(2.0);
    assert_eq!(script.state.next_tick_secs(), None, "they wait for their turn");
    script.update(A, progress(10, 100, 40.0)).wait(0.0);
    assert_eq!(script.state.next_tick_secs(), Some(1.0));
    script.wait(1.0).update(A, progress(50, 100, 60.0)).wait(1.0);
    let downs: Vec<u64> = script.state.transfers.history.samples().map(|speeds| speeds.down).collect();
    assert_eq!(downs, [10, 25], "the line begins with the first bytes");
    script.act(Action::PauseAllTransfers).update(A, paused(TransferPhase::Paused));
    assert_eq!(script.state.next_tick_secs(), None);
}

/// An upload that takes so long, in a window that is looked at or not.
fn long_upload(secs: f64, focused: bool) -> Script {
    let mut script = Script::at_home("");
    script.window(WindowEvent::Focused(focused));
    drop_files(&mut script, plan("/", "a.txt b.txt"));
    script.wait(secs);
    script.finish("upload /a.txt /b.txt []", Outcome::Done(report("/a.txt /b.txt", &[])));
    script
}

#[test]
fn the_end_of_a_long_queue_is_told_on_the_desktop_when_nobody_looks() {
    let notices = |script: &Script| script.jobs_list().iter().filter(|job| job.starts_with("notify")).count();
    let mut script = long_upload(30.0, false);
    assert!(script.jobs().contains("notify Transfer finished"), "{}", script.jobs());
    script.fail("notify Transfer finished", problem("No place for messages", Recovery::None));
    assert_eq!(
        script.state.toasts.list().len(),
        1,
        "that it arrived is told here anyway, that there is no place is not"
    );
    assert_eq!(notices(&long_upload(30.0, true)), 0);
    assert_eq!(notices(&long_upload(5.0, false)), 0);
}

#[test]
fn the_message_counts_what_did_not_arrive_and_nothing_is_said_of_what_was_stopped() {
    let (mut script, _) = three();
    script.window(WindowEvent::Focused(false)).wait(30.0);
    script.finish(A, downloaded(&["/a"], vec![])).fail(B, problem("No", Recovery::Space));
    assert!(!script.jobs().contains("notify"), "one of them still runs");
    script.finish(C, Outcome::Cancelled);
    assert!(script.jobs().contains("notify 1 of 2 transfers failed"), "{}", script.jobs());

    let mut script = Script::at_home("a");
    script.click(0);
    download(&mut script).window(WindowEvent::Focused(false)).wait(30.0).finish(A, Outcome::Cancelled);
    script.command(Command::ClearSelection).check_jobs("");
}
