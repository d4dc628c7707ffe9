//! Two versions of a file beside each other, by keyboard and by name.

use super::acts::YEAR;
use super::scenes::notes_in_conflict;
use super::{Window, light};
use coffer_model::comparison::ComparedFiles;
use coffer_model::comparison_view::LineLayout;
use coffer_model::working_copy::ConflictChoice;
use coffer_model::{Edit, Job};
use coffer_state::Command;
use coffer_state::action::DialogAction;
use coffer_state::dialog::Dialog;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, pos2};
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
    let is_asked = |files: &ComparedFiles| *files == ComparedFiles::Conflict(notes_in_conflict());
    let asked = |job: &Job| matches!(job, Job::Compare { files, .. } if is_asked(files));
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
    assert_eq!(window.state().settings.comparison.lines, LineLayout::Unified);
    window.click("Side by side");
    assert_eq!(window.state().settings.comparison.lines, LineLayout::SideBySide);
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
    assert!(window.state().settings.comparison.is_rendered);
    window.click("Text");
    assert!(!window.state().settings.comparison.is_rendered);
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

/// What Ctrl+C copies.
fn copy(window: &mut Window) -> String {
    window.harness.input_mut().events.push(Event::Copy);
    window.copied()
}

fn focus_lines(window: &mut Window) {
    window.harness.get_by_role_and_label(Role::Document, TITLE).focus();
    window.wait(0.1);
}

#[test]
fn lines_are_selected_and_copied_by_keys() {
    let mut window = open();
    focus_lines(&mut window);
    window.chord(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(copy(&mut window), "Camp at 1,420 m, wind from the north-west.");
    window.harness.get_by_label_contains("Change 1 of 3");
    window.press(Key::ArrowLeft);
    assert_eq!(copy(&mut window), "Camp at 1,240 m, wind from the north-west.");
    window.chord(Modifiers::SHIFT, Key::ArrowDown);
    window.harness.get_by_label("Copy 2 lines");
    let two = copy(&mut window);
    assert!(two.starts_with("Camp at 1,240 m, wind from the north-west.\n"), "{two}");
    window.chord(Modifiers::COMMAND, Key::A);
    let all = copy(&mut window);
    assert!(all.starts_with("# Field notes\n") && all.contains("Day 10:"), "with what is folded: {all}");
}

#[test]
fn lines_of_one_side_are_selected_by_a_drag_and_by_shift_and_a_click() {
    for layout in [Key::Num1, Key::Num2] {
        let mut window = open();
        window.press(layout);
        window.wait(0.1);
        let area = window.harness.get_by_role_and_label(Role::Document, TITLE).rect();
        let row = |number: f32| pos2(area.min.x + 20.0, area.min.y + 4.0 + 20.0 * number + 10.0);
        window.drag_points(row(0.0), row(1.0), Modifiers::NONE);
        let first = copy(&mut window);
        assert_eq!(first, "# Field notes\n", "and an empty line");
        window.harness.event(Event::ModifiersChanged(Modifiers::SHIFT));
        window.harness.drag_at(row(2.0));
        window.harness.step();
        window.harness.drop_at(row(2.0));
        window.harness.step();
        window.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        let three = copy(&mut window);
        assert!(three.starts_with("# Field notes\n\nCamp at 1,"), "{three}");
        window.click("Copy 3 lines");
        assert_eq!(window.copied(), three);
    }
}

#[test]
fn white_space_is_ignored_by_a_button_and_by_its_key() {
    let mut window = open();
    let is_ignored = |window: &Window| {
        let last = window.account.jobs.iter().rev().find(|job| matches!(job, Job::Compare { .. }));
        matches!(last, Some(Job::Compare { ignores_space: true, .. }))
    };
    window.click("Ignore white space");
    assert!(is_ignored(&window));
    window.harness.get_by_label_contains("white space ignored");
    window.press(Key::W);
    assert!(!is_ignored(&window));
    assert!(window.harness.query_by_label_contains("white space ignored").is_none());
}
