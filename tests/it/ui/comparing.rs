//! Two versions of a file beside each other, by keyboard and by name.

use super::acts::YEAR;
use super::scenes::notes_in_conflict;
use super::{Window, light};
use coffer_model::comparison::ComparedFiles;
use coffer_model::working_copy::ConflictChoice;
use coffer_model::{Edit, Job};
use coffer_state::Command;
use coffer_state::action::DialogAction;
use coffer_state::comparison_view::LineLayout;
use coffer_state::dialog::Dialog;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
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

/// An earlier version of a file beside the current one.
fn open_versions(name: &str) -> Window {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.select(name);
    window.command(Command::Versions);
    window.dialog(DialogAction::SelectRevision(2));
    window.click("Compare with current");
    window.wait(0.3);
    window
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
    window.harness.get_by_label("Change 1 of 3");
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
        window.click("Show all lines");
        window.harness.get_by_role_and_label(Role::Document, TITLE).focus();
        window.wait(0.1);
        assert!(!shown(&window).contains("second rope"));
        window.press(next);
        window.press(next);
        window.wait(0.2);
        window.harness.get_by_label_contains("Change 3 of 3");
        assert!(shown(&window).contains("− Ask for a second rope."), "{}", shown(&window));
        window.press(next);
        window.harness.get_by_label_contains("Change 1 of 3");
        window.press(previous);
        window.harness.get_by_label_contains("Change 3 of 3");
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
fn equal_lines_are_folded_until_they_are_wanted() {
    let mut window = open();
    assert!(!shown(&window).contains("Day 10:"));
    window.click("Show 58 equal lines");
    window.wait(0.1);
    assert!(shown(&window).contains("Day 10:"), "{}", shown(&window));
    window.click("Fold equal lines");
    window.wait(0.1);
    assert!(!shown(&window).contains("Day 10:"));
    window.click("Show all lines");
    window.wait(0.1);
    assert!(shown(&window).contains("Day 10:"));
}

#[test]
fn lines_can_be_below_each_other() {
    let mut window = open();
    window.press(Key::Num2);
    window.wait(0.1);
    let unified = shown(&window);
    let (removed, added) = (unified.find("− Camp").unwrap(), unified.find("+ Camp").unwrap());
    assert!(removed < added);
    // The next comparison is looked at in the same way.
    window.press(Key::Escape);
    window.click("Compare");
    assert_eq!(window.state().comparison_view.lines, LineLayout::Unified);
    window.click("Side by side");
    assert_eq!(window.state().comparison_view.lines, LineLayout::SideBySide);
}

#[test]
fn a_file_is_compared_with_one_on_this_computer() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.select("Field notes.md");
    window.command(Command::CompareWithLocal);
    window.wait(0.3);
    window.harness.get_by_role_and_label(Role::Document, "Compare Notes.md and Field notes.md");
    window.harness.get_by_label_contains("On this computer: Notes.md");
    window.harness.get_by_label_contains("In the account: Field notes.md");
    window.click("Unified");
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

#[test]
fn a_comparison_that_fails_says_why_and_can_be_tried_again() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.account.problem = Some(super::made_up::offline());
    window.select("Field notes.md");
    window.command(Command::CompareWithLocal);
    window.wait(0.3);
    window.account.problem = None;
    window.click("Retry");
    window.wait(0.1);
    window.harness.get_by_label("Change 1 of 3");
}

#[test]
fn tables_are_shown_as_cells_when_that_is_wanted() {
    let mut window = open_versions("Budget.csv");
    window.click("Cells");
    window.wait(0.1);
    assert!(window.state().comparison_view.is_rendered);
    window.click("Text");
    assert!(!window.state().comparison_view.is_rendered);
    let window = open_versions("Field notes.md");
    assert!(window.harness.query_by_label("Cells").is_none());
}

#[test]
fn markdown_is_shown_as_it_is_read_when_that_is_wanted() {
    let mut window = open_versions("Field notes.md");
    // One is in the preview behind it.
    let headings =
        |window: &Window| window.harness.query_all_by_role_and_label(Role::Heading, "Field notes").count();
    let before = headings(&window);
    window.click("Blocks");
    window.wait(0.1);
    // Both have the heading.
    assert_eq!(headings(&window), before + 2);
    window.harness.get_by_label_contains("Camp at 1,240 m");
    window.harness.get_by_label_contains("Camp at 1,420 m");
    window.press(Key::Num2);
    window.wait(0.1);
    assert_eq!(headings(&window), before + 1);
}

#[test]
fn versions_of_a_picture_are_beside_each_other_and_lead_back() {
    let mut window = open_versions("Fjord at dawn.jpg");
    window.harness.get_by_label_contains("Earlier version: Fjord at dawn.jpg");
    window.harness.get_by_label_contains("Current version: Fjord at dawn.jpg");
    window.click("Back to versions");
    window.harness.get_by_label("Compare with current");
}

#[test]
fn the_earlier_version_can_be_restored_where_it_is_compared() {
    let mut window = open_versions("Field notes.md");
    window.click("Restore earlier version");
    window.settle();
    assert!(window.state().dialog.is_none());
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Edit(Edit::Restore { .. }))));
    assert!(open().harness.query_by_label("Restore earlier version").is_none());
}

#[test]
fn pictures_are_laid_over_each_other_by_keys() {
    let mut window = open_versions("Fjord at dawn.jpg");
    let value = |window: &Window, label: &str| {
        let node = window.harness.get_by_role_and_label(Role::Slider, label);
        node.accesskit_node().numeric_value().unwrap()
    };
    for (key, label) in [(Key::Num2, "Line between both"), (Key::Num3, "Opacity")] {
        window.press(key);
        window.wait(0.1);
        let before = value(&window, label);
        window.press(Key::ArrowRight);
        window.wait(0.1);
        assert!(value(&window, label) > before, "{label}");
    }
    window.press(Key::Num4);
    window.harness.get_by_label_contains("98 % of the pixels differ");
}

#[test]
fn pictures_have_one_zoom() {
    let mut window = open_versions("Fjord at dawn.jpg");
    let zoom = |window: &Window| match &window.state().dialog {
        Some(Dialog::Compare(compare)) => compare.zoom.now(),
        _ => panic!("the comparison is open"),
    };
    let fitted = zoom(&window);
    window.chord(Modifiers::COMMAND, Key::Plus);
    window.wait(0.1);
    assert!((zoom(&window) / fitted - 1.25).abs() < 0.01);
    window.click("Fit to window");
    assert!((zoom(&window) - fitted).abs() < 0.001);
}

#[test]
fn of_other_files_sizes_times_hashes_and_the_first_difference_are_told() {
    let window = open_versions("Letter.docx");
    window.harness.get_by_label_contains("The first 40,981 bytes are the same.");
    window.harness.get_by_label_contains("Size: ");
    window.harness.get_by_label_contains("Content hash: ");
}

#[test]
fn files_of_a_question_are_compared_and_lead_back_to_it() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.drop_folder();
    let asked = |window: &Window| window.harness.query_all_by_label_contains("Compare: ").count();
    assert!(asked(&window) > 0);
    window.harness.query_all_by_label_contains("Compare: ").next().unwrap().click();
    window.settle();
    assert!(matches!(&window.state().dialog, Some(Dialog::Compare(_))));
    window.press(Key::Escape);
    assert!(asked(&window) > 0);
}
