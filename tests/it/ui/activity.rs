//! What this program has done, in the window.

use super::contents::operation;
use super::made_up::now;
use super::{Window, light, plain};
use coffer_model::{
    Edit, Job, Operation, OperationGroup, OperationId, OperationKind, Problem, ProblemKind, RemotePath,
    Settings, UndoStep,
};
use coffer_state::{Command, Location};
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use jiff::SignedDuration;

const SIZE: [f32; 2] = [1280.0, 900.0];
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

fn at(minutes_ago: i64, operation: Operation) -> Operation {
    Operation { at: now() - SignedDuration::from_mins(minutes_ago), ..operation }
}

fn done(id: i64, kind: OperationKind, item: &str, before: Option<&str>, items: u64) -> Operation {
    operation(id, kind, RemotePath::new(item), before.map(RemotePath::new), items)
}

/// Deletes, each of a file in a folder of its own.
pub fn deleted(id: i64, minutes_ago: i64) -> Operation {
    at(minutes_ago, done(id, OperationKind::Delete, &format!("/{id}/Measurement.csv"), None, 1))
}

pub fn operations() -> Vec<Operation> {
    use OperationKind as Kind;
    let taken = Problem::new(
        ProblemKind::NameTaken,
        "“Budget.csv” could not be moved back",
        "Another item has this name there. Rename or move that one, then try again.",
    );
    vec![
        at(
            12,
            Operation {
                files: 254,
                bytes: 84_000_000,
                is_folder: true,
                failed: 3,
                ..done(90, Kind::Undelete, "/Documents/Expedition", None, 1)
            },
        ),
        at(
            HOUR,
            Operation {
                bytes: 84_000_000,
                ..done(88, Kind::Delete, "/Photos/2026/Drafts/Dunes.jpg", None, 12)
            },
        ),
        at(
            2 * HOUR,
            Operation {
                files: 1,
                bytes: 2960,
                ..done(87, Kind::UploadVersion, "/Documents/Field notes.md", None, 1)
            },
        ),
        at(
            3 * HOUR,
            Operation {
                problem: Some(Box::new(taken)),
                ..done(
                    86,
                    Kind::Move,
                    "/Archive 2025/Budget.csv",
                    Some("/Documents/Expedition/Budget.csv"),
                    1,
                )
            },
        ),
        at(5 * HOUR, done(85, Kind::CreateLink, "/Photos/2026/Lighthouse panorama.jpg", None, 1)),
        at(DAY, done(80, Kind::Rename, "/Photos/2026/Kayaks.jpg", Some("/Photos/2026/IMG 2214.jpg"), 1)),
        at(
            DAY + 26,
            Operation {
                is_folder: true,
                undone: Some(now() - SignedDuration::from_mins(DAY + 20)),
                ..done(79, Kind::CreateFolder, "/Projects/Untitled folder", None, 1)
            },
        ),
        at(
            DAY + 2 * HOUR,
            done(78, Kind::Copy, "/Projects/ascent/route.rs", Some("/Documents/Expedition/route.rs"), 3),
        ),
        at(12 * DAY, done(60, Kind::RestoreVersion, "/Documents/Permit application.pdf", None, 1)),
        at(
            12 * DAY + 7,
            Operation { can_reverse: false, ..done(59, Kind::RevokeLink, "/Photos/2026/Drafts", None, 1) },
        ),
    ]
}

pub fn window(size: [f32; 2], settings: Settings, operations: Vec<Operation>) -> Window {
    let mut window = Window::closed(size, settings, "");
    window.account.history.operations = operations;
    window.settle();
    window.command(Command::ShowActivity);
    window
}

fn says(window: &Window, words: &str) -> bool {
    window.harness.query_by_label_contains(words).is_some()
}

fn reversed(window: &Window) -> Vec<(i64, UndoStep)> {
    let steps = window.account.jobs.iter().filter_map(|job| match job {
        Job::Edit(Edit::Undo { operation, step }) => Some((operation.0, *step)),
        _ => None,
    });
    steps.collect()
}

#[test]
fn operations_are_told_by_day_in_plain_words() {
    let window = window(SIZE, plain(), operations());
    for day in ["Today", "Yesterday", "12 November"] {
        assert!(window.harness.query_by_role_and_label(Role::Heading, day).is_some(), "{day}");
    }
    for words in [
        "Restored Expedition, Documents · 254 files, 84 MB · 3 items could not be restored",
        "Deleted 12 items, Photos / 2026 / Drafts · 84 MB",
        "Uploaded a new version of Field notes.md, Documents · 3 KB",
        "Moved Budget.csv to Archive 2025, From Documents / Expedition",
        "Renamed IMG 2214.jpg to Kayaks.jpg, Photos / 2026",
        "Created the folder Untitled folder, Projects · undone at",
        "Copied 3 items to ascent, From Documents / Expedition",
        "Not undone: “Budget.csv” could not be moved back",
    ] {
        assert!(says(&window, words), "{words}");
    }
}

#[test]
fn the_selected_one_tells_its_items_and_what_undo_will_do() {
    let mut window = window(SIZE, light(), operations());
    window.harness.get_by_label_contains("Deleted 12 items, Photos").click();
    window.settle();
    assert!(says(&window, "Puts 12 items back into Photos / 2026 / Drafts"));
    assert!(says(&window, "Dunes, first try.jpg") && says(&window, "and 5 more"));
    window.click("Undo this");
    assert_eq!(reversed(&window), [(88, UndoStep::Undo)]);
}

#[test]
fn what_was_undone_is_done_again_from_its_row() {
    let mut window = window(SIZE, plain(), operations());
    window.click("Redo");
    assert_eq!(reversed(&window), [(79, UndoStep::Redo)]);
}

#[test]
fn arrows_choose_enter_shows_and_the_keys_of_undo_undo_the_latest() {
    let mut window = window(SIZE, plain(), operations());
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    assert_eq!(window.state().activity.selected, Some(OperationId(88)));
    window.command(Command::Undo);
    assert_eq!(reversed(&window), [(90, UndoStep::Undo)]);
    window.press(Key::Enter);
    let folder = Location::Folder(RemotePath::new("/Photos/2026/Drafts"));
    assert_eq!(*window.state().navigation.current(), folder);
}

#[test]
fn groups_and_names_are_asked_for() {
    let mut window = window(SIZE, plain(), operations());
    window.click("Moved and renamed: which activity");
    window.harness.get_by_role_and_label(Role::TextInput, "Search the activity").focus();
    window.settle();
    window.harness.event(eframe::egui::Event::Text("bud".to_owned()));
    window.settle();
    let location = Location::Activity { text: "bud".into(), group: Some(OperationGroup::Moved) };
    assert_eq!(*window.state().navigation.current(), location);
}

#[test]
fn without_activity_it_says_what_will_be_here() {
    let mut window = window(SIZE, plain(), Vec::new());
    assert!(says(&window, "No activity yet"));
    window.click("Links: which activity");
    assert!(says(&window, "No such activity"));
    window.click("Show all");
    assert_eq!(*window.state().navigation.current(), Location::activity());
}

#[test]
fn a_history_that_is_not_kept_says_so() {
    let mut window = Window::closed(SIZE, plain(), "");
    let problem =
        Problem::new(ProblemKind::DiskFull, "What you do now can be undone only until Coffer is closed", "");
    window.account.history.problem = Some(problem);
    window.settle();
    window.command(Command::ShowActivity);
    assert!(says(&window, "can be undone only until Coffer is closed"));
}

#[test]
fn ten_thousand_operations_cost_no_more_than_those_that_are_seen() {
    let many = (0..10_000).rev().map(|id| deleted(id, (10_000 - id) * 12));
    let window = window(SIZE, plain(), many.collect());
    let drawn = window.harness.query_all_by_role(Role::ListItem).count();
    assert!((10..30).contains(&drawn), "{drawn}");
}
