//! What floats over the content: transfers, toasts, the pill.

use super::acts::{YEAR, full, progress};
use super::{Window, light};
use coffer_model::{Edit, Event, Job, Outcome, TransferPhase, Update};
use coffer_state::Command;
use coffer_state::dialog::Dialog;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1280.0, 800.0];

fn open() -> Window {
    Window::open_at(SIZE, light(), YEAR)
}

#[test]
fn each_transfer_is_told_in_words() {
    let mut window = open();
    window.make_transfers();
    let row = |window: &Window, row: &str| {
        assert!(window.harness.query_by_role_and_label(Role::ListItem, row).is_some(), "{row}");
    };
    for words in [
        "12 files, 12.0 MB/s · 9 s left, 388 of 412 files, /home/ida → Photos / 2026",
        "Crossing the glacier.mp4, 12.0 MB/s · 3 s left, 61.0 of 96.4 MB, Photos / 2026 → /home/ida/Downloads",
        "Archive 2025.zip, Waiting for Dropbox, 12 s, 98.0 of 312 MB, Photos / 2026 → /home/ida/Downloads",
    ] {
        row(&window, words);
    }
    let all = "3 transfers · 1.0 of 1.4 GB · 24.0 MB/s · 15 s left";
    assert!(window.harness.query_by_role_and_label(Role::Status, all).is_some());
    window.click("Failed 1");
    let reason = "Your Dropbox is full. Make room or get more space, then try again.";
    row(&window, &format!("Permit application (signed).pdf, Failed, {reason}"));
    window.click("Finished 1");
    row(&window, "Fjord at dawn.jpg, Verified 10:00, 4.8 MB, Photos / 2026 → /home/ida/Downloads");
    window.click("Clear finished");
    window.click("Hide transfers");
    window.wait(0.3);
    assert!(window.harness.query_by_label("Hide transfers").is_none());
}

#[test]
fn a_transfer_can_be_stopped_and_tried_again() {
    let mut window = open();
    let id = window.download("Crossing the glacier.mp4");
    window.tell(id, progress(TransferPhase::Moving, (0, 1), (1_000_000, 96_400_000)));
    window.command(Command::ToggleTransfers);
    window.click("Cancel: Crossing the glacier.mp4");
    assert!(window.account.cancelled.contains(&id));
    let words = "Crossing the glacier.mp4, Cancelling…, 1.0 of 96.4 MB, Photos / 2026 → /home/ida/Downloads";
    assert!(window.harness.query_by_label(words).is_some());
    window.end(id, Outcome::Cancelled);
    let downloads = |window: &Window| {
        window.account.jobs.iter().filter(|job| matches!(job, Job::Download { .. })).count()
    };
    assert_eq!(downloads(&window), 1);
    window.click("Retry: Crossing the glacier.mp4");
    assert_eq!(downloads(&window), 2);
}

#[test]
fn a_failed_transfer_tells_what_went_wrong() {
    let mut window = open();
    let id = window.download("Crossing the glacier.mp4");
    window.end(id, Outcome::Failed(full()));
    window.command(Command::ToggleTransfers);
    window.click("Details: Crossing the glacier.mp4");
    assert!(matches!(window.state().dialog, Some(Dialog::Problem(_))));
}

#[test]
fn a_delete_can_be_undone_from_its_toast() {
    let mut window = open();
    window.select("Budget.csv");
    window.command(Command::Delete);
    let toast = window.harness.query_all_by_role(Role::Status);
    assert!(
        toast
            .into_iter()
            .any(|node| node.accesskit_node().label().is_some_and(|text| text.contains("Budget.csv")))
    );
    window.click("Undo");
    let undone = window.account.jobs.iter().any(|job| matches!(job, Job::Edit(Edit::Undo { .. })));
    assert!(undone);
}

#[test]
fn a_failure_is_an_alert_that_stays_until_it_is_closed() {
    let mut window = open();
    let id = window.download("Budget.csv");
    window.end(id, Outcome::Failed(full()));
    window.wait(12.0);
    let alert = |window: &Window| window.harness.query_all_by_role(Role::Alert).count();
    assert_eq!(alert(&window), 1);
    window.click("Close notification");
    assert_eq!(alert(&window), 0);
}

#[test]
fn the_pill_says_how_much_there_is_and_how_far_the_samples_are() {
    let mut window = open();
    assert!(window.harness.query_by_role_and_label(Role::Status, "18 items").is_some());
    window.select("Fjord at dawn.jpg");
    let selected = "18 items · 1 selected, 4.8 MB";
    assert!(window.harness.query_by_role_and_label(Role::Status, selected).is_some());
    let session = window.account.id_of(|job| matches!(job, Job::Session(_)));
    window.account.tell(Event::Update { id: session, update: Update::Samples { done: 23, total: 91 } });
    window.harness.step();
    window.settle();
    let samples = "Adding sample files, 23 of 91";
    assert!(window.harness.query_by_role_and_label(Role::Status, samples).is_some());
}
