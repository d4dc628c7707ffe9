//! Two panes, by mouse and by keyboard.

use super::acts::YEAR;
use super::{Window, plain};
use coffer_model::message::Edit;
use coffer_model::{Job, RemotePath};
use coffer_state::panes::PaneAction;
use coffer_state::{Action, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Pos2, Rect, pos2};
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1200.0, 700.0];

/// The year at the left, the documents at the right, where the keyboard is.
fn year_and_documents() -> Window {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.press(Key::F3);
    window.act(Action::Go(Location::Folder(RemotePath::new("/Documents"))));
    window
}

/// The folders of both panes from left to right, with the active one in brackets.
fn panes(window: &Window) -> String {
    let state = window.state();
    let name = |location: &Location| location.folder().map_or("a list", RemotePath::name).to_owned();
    let active = format!("[{}]", name(state.navigation.current()));
    match &state.other_pane {
        None => active,
        Some(other) if other.is_left => format!("{} {active}", name(other.location())),
        Some(other) => format!("{active} {}", name(other.location())),
    }
}

/// The row of an item in the left or right half of the content.
fn row(window: &Window, name: &str, right: bool) -> Rect {
    let rows = window.harness.query_all_by_role_and_label(Role::Row, name).map(|row| row.rect());
    let mut rows: Vec<Rect> = rows.collect();
    rows.sort_by(|one, other| one.min.x.total_cmp(&other.min.x));
    let at = if right { rows.len() - 1 } else { 0 };
    rows[at]
}

fn press_at(window: &mut Window, at: Pos2) {
    window.drag_points(at, at, Modifiers::NONE);
}

fn edits(window: &Window) -> Vec<String> {
    let edits = window.account.jobs.iter().filter_map(|job| match job {
        Job::Edit(Edit::Move(moves)) => Some(("move", moves)),
        Job::Edit(Edit::Copy(moves)) => Some(("copy", moves)),
        _ => None,
    });
    let of_each = |(verb, moves): (&'static str, &Vec<_>)| -> Vec<String> {
        let texts = moves
            .iter()
            .map(|(entry, to): &(coffer_model::Entry, RemotePath)| format!("{verb} {} to {to}", entry.path));
        texts.collect()
    };
    edits.flat_map(of_each).collect()
}

#[test]
fn a_second_pane_opens_and_closes_by_a_key_and_the_keyboard_goes_from_one_to_the_other() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    assert_eq!(panes(&window), "[2026]");
    window.press(Key::F3);
    assert_eq!(panes(&window), "2026 [2026]");
    window.act(Action::Go(Location::Folder(RemotePath::new("/Documents"))));
    window.press(Key::ArrowDown);
    let in_documents = window.selected();
    assert!(in_documents[0].starts_with("/Documents/"), "{in_documents:?}");
    window.press(Key::F6);
    assert_eq!(panes(&window), "[2026] Documents");
    window.press(Key::ArrowDown);
    assert!(window.selected()[0].starts_with(YEAR), "{:?}", window.selected());
    window.press(Key::F6);
    assert_eq!(window.selected(), in_documents, "each has a selection of its own");
    window.press(Key::F3);
    assert_eq!(panes(&window), "[Documents]");
}

#[test]
fn a_press_in_the_other_pane_acts_there_at_once() {
    let mut window = year_and_documents();
    let badge = row(&window, "Badge.png", false);
    press_at(&mut window, badge.center());
    assert_eq!(panes(&window), "[2026] Documents");
    assert_eq!(window.selected(), [format!("{YEAR}/Badge.png")]);

    let documents = window.harness.get_by_label("Files in the other pane").rect();
    press_at(&mut window, pos2(documents.center().x, documents.max.y - 10.0));
    assert_eq!(panes(&window), "2026 [Documents]", "also where there is no row");
}

#[test]
fn the_menu_of_the_other_pane_is_about_what_is_under_the_pointer() {
    let mut window = year_and_documents();
    window.harness.get_by_role_and_label(Role::Row, "Sketches").click_secondary();
    window.settle();
    assert_eq!(panes(&window), "[2026] Documents");
    assert_eq!(window.selected(), [format!("{YEAR}/Sketches")]);
    window.click("Copy to the other pane");
    assert_eq!(edits(&window), [format!("copy {YEAR}/Sketches to /Documents/Sketches")]);
}

#[test]
fn items_are_dragged_from_either_pane_to_the_free_space_of_the_other() {
    let mut window = year_and_documents();
    let (from, free) = (
        row(&window, "Badge.png", false).left_center() + eframe::egui::vec2(60.0, 0.0),
        window.harness.get_by_label("Files").rect(),
    );
    let free = pos2(free.center().x, free.max.y - 20.0);
    window.drag_points(from, free, Modifiers::NONE);
    assert_eq!(edits(&window), [format!("move {YEAR}/Badge.png to /Documents/Badge.png")]);
    assert_eq!(panes(&window), "[2026] Documents");
}

#[test]
fn files_of_another_program_go_to_the_pane_on_which_they_are_dropped() {
    let mut window = year_and_documents();
    let left = window.harness.get_by_label("Files in the other pane").rect();
    window.hover_files(&["/tmp/a.txt"], pos2(left.center().x, left.max.y - 20.0));
    window.drop_files(&["/tmp/a.txt"]);
    let planned = |job: &Job| matches!(job, Job::PlanUpload { target, .. } if target.as_str() == YEAR);
    assert!(window.account.jobs.iter().any(planned));
}

#[test]
fn a_name_that_is_edited_is_kept_when_the_other_pane_is_pressed() {
    let mut window = year_and_documents();
    let badge = row(&window, "Badge.png", false).center();
    press_at(&mut window, badge);
    window.press(Key::F2);
    window.harness.event(eframe::egui::Event::Text("Seal".to_owned()));
    window.settle();
    let documents = window.harness.get_by_label("Files in the other pane").rect();
    press_at(&mut window, pos2(documents.center().x, documents.max.y - 10.0));
    assert_eq!(panes(&window), "2026 [Documents]", "it stays the active one");
    assert_eq!(edits(&window), [format!("move {YEAR}/Badge.png to {YEAR}/Seal.png")]);
}

#[test]
fn the_tab_key_goes_through_both_panes_and_on() {
    let mut window = year_and_documents();
    window.press(Key::F6);
    let mut seen = Vec::new();
    for _ in 0..60 {
        window.press(Key::Tab);
        seen.push(panes(&window));
    }
    assert!(seen.contains(&"2026 [Documents]".to_owned()), "{seen:?}");
    let focused = window.harness.ctx.memory(eframe::egui::Memory::focused);
    assert!(focused.is_some());
    // Beyond the second pane come other parts of the window, and not the first one again at once.
    let second = seen.iter().position(|it| it == "2026 [Documents]").unwrap();
    assert_eq!(seen[second + 1], "2026 [Documents]", "{seen:?}");
}

#[test]
fn a_pane_with_what_is_there_once_says_how_to_show_it() {
    let mut window = year_and_documents();
    window.act(Action::Go(Location::space(RemotePath::root())));
    window.act(Action::Pane(PaneAction::ShowOther));
    assert_eq!(panes(&window), "[2026] a list");
    window.harness.get_by_label_contains("Press here, or F6");
    window.press(Key::F6);
    assert!(window.harness.query_by_label_contains("Press here, or F6").is_none());
}

#[test]
fn each_pane_is_closed_by_its_button() {
    let mut window = year_and_documents();
    let closes = |window: &Window| -> Vec<Rect> {
        let mut all: Vec<Rect> =
            window.harness.get_all_by_label("Close pane").map(|button| button.rect()).collect();
        all.sort_by(|one, other| one.min.x.total_cmp(&other.min.x));
        all
    };
    let left = closes(&window)[0].center();
    press_at(&mut window, left);
    assert_eq!(panes(&window), "[Documents]");

    window.press(Key::F3);
    let right = closes(&window)[1].center();
    press_at(&mut window, right);
    assert_eq!(panes(&window), "[Documents]");
    assert!(window.state().other_pane.is_none());
}

#[test]
fn the_line_between_the_panes_is_dragged_and_put_back_by_a_double_click() {
    let mut window = year_and_documents();
    let width = |window: &Window| window.harness.get_by_label("Files in the other pane").rect().width();
    let (before, edge) = (width(&window), window.harness.get_by_label("Files in the other pane").rect());
    let at = edge.right_center();
    window.drag_points(at, at + eframe::egui::vec2(100.0, 0.0), Modifiers::NONE);
    assert!((width(&window) - before - 100.0).abs() < 2.0, "{} {before}", width(&window));
    let at = at + eframe::egui::vec2(100.0, 0.0);
    window.wait(1.0);
    for _ in 0..2 {
        press_at(&mut window, at);
    }
    assert!((width(&window) - before).abs() < 2.0, "{} {before}", width(&window));
}

#[test]
fn rows_of_the_same_folder_in_both_panes_are_told_apart() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.press(Key::F3);
    let right = row(&window, "Budget.csv", true).center();
    press_at(&mut window, right);
    assert_eq!(panes(&window), "2026 [2026]");
    let left = row(&window, "Badge.png", false).center();
    press_at(&mut window, left);
    assert_eq!(panes(&window), "[2026] 2026");
    assert_eq!(window.selected(), [format!("{YEAR}/Badge.png")]);
}
