//! The panel of transfers: steering by mouse and keyboard, files of a folder, limits, and closing the window.

use super::acts::{YEAR, progress};
use super::scenes::{file_name, row_name};
use super::{Window, light, plain};
use coffer_model::transfer::{FileState, FileUpdate, TransferCommand};
use coffer_model::{Job, Outcome, TransferPhase, Update};
use coffer_state::transfers::{FileFilter, Section};
use coffer_state::{Action, Command};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable};

const SIZE: [f32; 2] = [1280.0, 800.0];

fn open() -> Window {
    Window::open_at(SIZE, plain(), YEAR)
}

/// The label of what has the keyboard, or of the line in it that is meant.
fn focused(window: &Window) -> String {
    let root = window.harness.root();
    let found = root.children_recursive().find(|node| node.accesskit_node().is_focused());
    found.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

/// Two downloads that move.
fn two(window: &mut Window) -> [coffer_model::RequestId; 2] {
    ["Crossing the glacier.mp4", "Archive 2025.zip"].map(|name| {
        let id = window.download(name);
        window.tell(id, progress(TransferPhase::Moving, (0, 1), (1_000_000, 96_000_000)));
        id
    })
}

#[test]
fn a_transfer_is_paused_resumed_and_moved_to_the_front_by_its_buttons() {
    let mut window = open();
    let [first, second] = two(&mut window);
    window.open_panel();
    window.click("Pause: Crossing the glacier.mp4");
    window.click("Resume: Crossing the glacier.mp4");
    window.click("Prioritize: Archive 2025.zip");
    window.click("Pause all");
    window.click("Resume all");
    let expected = [
        (first, TransferCommand::Pause),
        (first, TransferCommand::Resume),
        (second, TransferCommand::Prioritize),
        (second, TransferCommand::Pause),
        (first, TransferCommand::Pause),
        (second, TransferCommand::Resume),
        (first, TransferCommand::Resume),
    ];
    assert_eq!(window.account.steered, expected);
    let (top, below) =
        (window.rect("Cancel: Archive 2025.zip"), window.rect("Cancel: Crossing the glacier.mp4"));
    assert!(top.max.y <= below.min.y, "what was moved to the front stands first");
}

#[test]
fn the_keyboard_opens_the_panel_walks_its_lines_and_steers_them() {
    let mut window = open();
    let [first, second] = two(&mut window);
    if window.state().transfers.panel_open {
        window.command(Command::ToggleTransfers);
    }
    window.chord(Modifiers::COMMAND, Key::J);
    window.wait(0.3);
    assert!(focused(&window).starts_with("Crossing the glacier.mp4, "), "{}", focused(&window));
    window.press(Key::ArrowDown);
    window.press(Key::Space);
    window.chord(Modifiers::COMMAND, Key::ArrowUp);
    assert_eq!(
        window.account.steered,
        [(second, TransferCommand::Pause), (second, TransferCommand::Prioritize)]
    );
    window.press(Key::Tab);
    assert_eq!(focused(&window), "Resume: Archive 2025.zip", "the buttons of the line are the next stops");
    window.chord(Modifiers::SHIFT, Key::Tab);
    window.press(Key::ArrowDown);
    window.press(Key::Delete);
    assert!(window.account.cancelled.contains(&first));
    window.press(Key::Escape);
    window.wait(0.3);
    assert!(!window.state().transfers.panel_open);
    assert_eq!(window.selected().len(), 1, "the selection of files is not what Escape left");
}

#[test]
fn a_row_unfolds_to_its_files_and_draws_only_those_in_sight() {
    let mut window = open();
    window.upload_many(5_000);
    let row = window.harness.query_all_by_role(Role::ListItem).find_map(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with("Expedition 2026 (5,000 files)").then_some(label)
    });
    let files = |window: &Window| {
        let items = window.harness.query_all_by_role(Role::ListItem);
        items.filter(|node| node.accesskit_node().label().unwrap_or_default().contains("Camera roll")).count()
    };
    assert!((5..40).contains(&files(&window)), "{} of 5,000 are drawn", files(&window));
    let first = format!("{}, Verified", row_name(0));
    assert!(window.harness.query_by_label(&first).is_some());
    window.click("Failed 21: files");
    assert_eq!(window.state().transfers.file_filter, FileFilter::Failed);
    let why = format!("{}, You have no permission to open it.", row_name(3));
    window.click(&why);
    assert!(window.state().dialog.is_some(), "a failed file tells why");
    window.press(Key::Escape);
    window.click(&row.unwrap());
    assert_eq!(files(&window), 0, "a second click folds it again");
}

#[test]
fn the_last_of_five_thousand_files_is_reached_by_a_key() {
    let mut window = open();
    let id = window.upload_many(5_000);
    window.command(Command::ToggleTransfers);
    window.chord(Modifiers::COMMAND, Key::J);
    window.wait(0.3);
    window.press(Key::End);
    let last = window.rect(&format!("{}, Waiting", row_name(4_999)));
    assert!(last.max.y <= SIZE[1], "{last:?}");
    window.account.update(
        id,
        Update::Files(vec![FileUpdate {
            name: file_name(4_999),
            size_bytes: 100,
            state: FileState::Moving { bytes_done: 40 },
        }]),
    );
    window.harness.step();
    window.settle();
    assert!(window.harness.query_by_label(&format!("{}, 40 %", row_name(4_999))).is_some());
}

#[test]
fn limits_are_chosen_or_typed() {
    let mut window = open();
    two(&mut window);
    window.open_panel();
    window.click("Speed limits…");
    window.click("1 MB/s: Uploads");
    assert_eq!(window.state().settings.upload_limit, Some(1_000_000));
    window.harness.get_by_label("1 MB/s: Uploads").focus();
    window.settle();
    window.press(Key::ArrowRight);
    assert_eq!(window.state().settings.upload_limit, Some(5_000_000), "an arrow goes to the next word");
    window.press(Key::ArrowLeft);
    assert_eq!(window.state().settings.upload_limit, Some(1_000_000));
    window.harness.get_by_role_and_label(Role::TextInput, "Downloads: custom limit in KB/s").focus();
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Downloads: custom limit in KB/s").type_text("750");
    window.settle();
    window.press(Key::Enter);
    assert_eq!(window.state().settings.download_limit, Some(750_000));
    window.click("No limit: Uploads");
    let saved = window.account.jobs.iter().rev().find_map(|job| match job {
        Job::SaveSettings(settings) => Some((settings.upload_limit, settings.download_limit)),
        _ => None,
    });
    assert_eq!(saved, Some((None, Some(750_000))));
}

#[test]
fn what_failed_is_tried_again_all_at_once() {
    let mut window = open();
    window.end_transfers(Section::Failed);
    let failed = window.state().transfers.count(Section::Failed);
    assert_eq!(failed, 6);
    window.click("Retry all failed");
    assert_eq!(window.state().transfers.count(Section::Failed), 0);
}

/// Asks the window to close and says whether it does.
fn close(window: &mut Window) -> bool {
    let viewport = window.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    viewport.events.push(ViewportEvent::Close);
    window.harness.step();
    let output = &window.harness.output().viewport_output[&ViewportId::ROOT];
    let stays = output.commands.contains(&ViewportCommand::CancelClose);
    window.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.clear();
    !stays
}

#[test]
fn closing_the_window_over_running_transfers_asks_first_and_offers_to_go_on_next_time() {
    let mut window = open();
    assert!(close(&mut window), "nothing runs");
    let [first, second] = two(&mut window);
    assert!(!close(&mut window));
    window.settle();
    assert_eq!(focused(&window), "Quit and resume later");
    window.click("Keep Coffer open");
    assert!(window.state().dialog.is_none());
    assert!(!close(&mut window));
    window.settle();
    window.click("Cancel transfers and quit");
    assert!([first, second].iter().all(|id| window.account.cancelled.contains(id)));
    window.end(first, Outcome::Cancelled);
    assert!(!window.state().may_close());
    window.end(second, Outcome::Cancelled);
    assert!(close(&mut window));

    let mut window = open();
    let transfers = two(&mut window);
    assert!(!close(&mut window));
    window.settle();
    window.press(Key::Enter);
    assert!(close(&mut window));
    assert!(!transfers.iter().any(|id| window.account.cancelled.contains(id)));
}

#[test]
fn the_end_of_a_long_download_is_told_on_the_desktop_when_another_window_has_the_keyboard() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    let id = window.download("Archive 2025.zip");
    window.tell(id, progress(TransferPhase::Moving, (0, 1), (1_000_000, 96_000_000)));
    window.harness.input_mut().focused = false;
    window.jump(25.0);
    window.end(id, Outcome::Failed(super::acts::full()));
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Notify { .. })));
    assert!(matches!(window.state().transfers.section(), Section::Failed));
    window.act(Action::ClearTransfers(Section::Failed));
}

fn panel(window: &Window) -> eframe::egui::Rect {
    window.harness.get_by_role_and_label(Role::Region, "Transfers").rect()
}

#[test]
fn the_panel_stands_below_the_rows_and_covers_none() {
    for size in [SIZE, [1000.0, 640.0], [720.0, 480.0], [650.0, 425.0]] {
        let mut window = Window::open_at(size, light(), YEAR);
        two(&mut window);
        window.open_panel();
        window.wait(0.3);
        window.act(Action::Focus(coffer_state::Focus::Content));
        window.press(Key::End);
        let last = window.harness.get_by_role_and_label(Role::Row, "Read me first.txt").rect();
        assert!(last.max.y <= panel(&window).min.y + 0.5, "{last:?} under {:?} at {size:?}", panel(&window));
        assert!(panel(&window).max.y <= size[1] + 0.5);
        // From the rows, too, Esc closes it before it leaves the selection.
        window.press(Key::Escape);
        window.wait(0.3);
        assert!(!window.state().transfers.panel_open);
        assert_eq!(window.selected(), [format!("{YEAR}/Read me first.txt")]);
    }
}

#[test]
fn the_panel_is_as_high_as_it_was_dragged_until_a_double_click() {
    let mut window = open();
    two(&mut window);
    window.open_panel();
    window.wait(0.3);
    let before = panel(&window);
    let edge = before.center_top();
    window.drag_points(edge, edge - vec2(0.0, 120.0), Modifiers::NONE);
    let higher = panel(&window).height();
    assert!((higher - before.height() - 120.0).abs() < 3.0, "{higher} after {}", before.height());
    assert_eq!(window.state().settings.transfers_height.map(f32::round), Some(higher.round()));
    window.wait(1.0);
    for _ in 0..2 {
        let edge = panel(&window).center_top();
        window.harness.drag_at(edge);
        window.harness.drop_at(edge);
        window.harness.step();
    }
    window.settle();
    assert_eq!(window.state().settings.transfers_height, None);
    assert!((panel(&window).height() - before.height()).abs() < 1.0);
}

#[test]
fn what_was_cancelled_is_not_among_what_is_finished() {
    let mut window = open();
    let [first, second] = two(&mut window);
    window.open_panel();
    window.end(first, Outcome::Cancelled);
    window.end(second, Outcome::Cancelled);
    assert_eq!(window.state().transfers.count(Section::Finished), 0);
    window.click("Cancelled 2");
    window.click("Clear cancelled");
    assert!(window.state().transfers.is_empty());
}
