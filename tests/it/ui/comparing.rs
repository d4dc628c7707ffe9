//! Two versions of a file beside each other, by keyboard and by name.

use super::acts::YEAR;
use super::scenes::notes_in_conflict;
use super::{Window, light};
use coffer_model::Job;
use coffer_model::comparison::ComparedFiles;
use coffer_model::working_copy::ConflictChoice;
use coffer_state::Command;
use coffer_state::action::DialogAction;
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1000.0, 640.0];
const TITLE: &str = "Compare versions of Field notes.md";

/// The comparison of a text that was changed here and elsewhere.
fn open() -> Window {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.open_files_in_conflict();
    window.click("Compare");
    window.wait(0.3);
    window
}

/// What a screen reader reads of the texts.
fn shown(window: &Window) -> String {
    let node = window.harness.get_by_role_and_label(Role::Document, TITLE);
    node.accesskit_node().value().unwrap_or_default()
}

fn resolved(window: &Window) -> Option<ConflictChoice> {
    window.account.jobs.iter().find_map(|job| match job {
        Job::ResolveEditConflict { id, keep } if *id == notes_in_conflict() => Some(*keep),
        _ => None,
    })
}

#[test]
fn lines_that_differ_are_shown_and_marked() {
    let window = open();
    let asked = |job: &Job| *job == Job::Compare(ComparedFiles::Conflict(notes_in_conflict()));
    assert!(window.account.jobs.iter().any(asked));
    window.harness.get_by_label("Difference 1 of 3 · 2 lines removed, 3 added");
    window.harness.get_by_label_contains("On this computer: Field notes (conflicted copy 2026-03-09).md");
    window.harness.get_by_label_contains("In the account: Field notes.md");
    let shown = shown(&window);
    assert!(shown.contains("  # Field notes\n"), "{shown}");
    assert!(shown.contains("− Camp at 1,240 m"), "{shown}");
    assert!(shown.contains("+ Camp at 1,420 m"), "{shown}");
}

#[test]
fn keys_go_from_one_difference_to_the_next_and_bring_it_into_view() {
    for (next, previous) in [(Key::N, Key::P), (Key::ArrowDown, Key::ArrowUp)] {
        let mut window = open();
        assert!(!shown(&window).contains("second rope"));
        window.press(next);
        window.press(next);
        window.wait(0.2);
        window.harness.get_by_label_contains("Difference 3 of 3");
        assert!(shown(&window).contains("− Ask for a second rope."), "{}", shown(&window));
        window.press(next);
        window.harness.get_by_label_contains("Difference 1 of 3");
        window.press(previous);
        window.harness.get_by_label_contains("Difference 3 of 3");
    }
}

#[test]
fn escape_leaves_the_conflict_as_it_is() {
    let mut window = open();
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
    assert_eq!(resolved(&window), None);
}

#[test]
fn the_conflict_can_be_ended_in_each_way() {
    for (button, keep) in [
        ("Use mine", ConflictChoice::Mine),
        ("Use theirs", ConflictChoice::Theirs),
        ("Keep both", ConflictChoice::Both),
    ] {
        let mut window = open();
        // The row of the panel behind it has two of these too.
        window.harness.get_all_by_label(button).last().unwrap().click();
        window.settle();
        assert!(window.state().dialog.is_none(), "{button}");
        assert_eq!(resolved(&window), Some(keep));
    }
}

#[test]
fn versions_of_a_picture_are_beside_each_other_and_lead_back() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.select("Fjord at dawn.jpg");
    window.command(Command::Versions);
    window.dialog(DialogAction::SelectRevision(2));
    window.click("Compare with current");
    window.wait(0.3);
    window.harness.get_by_label_contains("Earlier version: Fjord at dawn.jpg");
    window.harness.get_by_label_contains("Current version: Fjord at dawn.jpg");
    window.click("Back to versions");
    window.harness.get_by_label("Compare with current");
}
