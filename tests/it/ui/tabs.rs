//! The strip of tabs, by mouse and by keyboard.

use super::acts::YEAR;
use super::{Window, plain};
use coffer_model::message::Edit;
use coffer_model::{Job, RemotePath};
use coffer_state::tabs::TabAction;
use coffer_state::{Action, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1100.0, 700.0];

fn year() -> Window {
    Window::open_at(SIZE, plain(), YEAR)
}

/// The names of all tabs, from left to right, with the shown one in brackets.
fn tabs(window: &Window) -> String {
    let navigation = &window.state().navigation;
    let names = navigation.tabs().iter().enumerate().map(|(index, tab)| {
        let name = tab.current().folder().map_or("a list", RemotePath::name).to_owned();
        if index == navigation.shown_tab() { format!("[{name}]") } else { name }
    });
    names.collect::<Vec<_>>().join(" ")
}

fn middle_click(window: &mut Window, role: Role, name: &str) {
    let pos = window.harness.get_by_role_and_label(role, name).rect().center();
    window.harness.hover_at(pos);
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Middle, Modifiers::NONE);
        window.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        window.harness.step();
    }
    window.settle();
}

fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.settle();
}

/// The middle of a tab of the strip.
fn tab_at(window: &Window, name: &str) -> Pos2 {
    let of_strip = |rect: &eframe::egui::Rect| rect.min.x > 236.0 && rect.min.y < 100.0;
    let tabs = window.harness.query_all_by_role_and_label(Role::Tab, name);
    tabs.map(|tab| tab.rect()).find(of_strip).unwrap().center()
}

fn moves(window: &Window) -> Vec<String> {
    let edits = window.account.jobs.iter().filter_map(|job| match job {
        Job::Edit(Edit::Move(moves)) => Some(moves),
        _ => None,
    });
    edits.flatten().map(|(entry, to)| format!("{} to {to}", entry.path)).collect()
}

#[test]
fn tabs_are_opened_gone_through_closed_and_opened_again_by_keys() {
    let mut window = year();
    assert!(window.harness.query_by_role_and_label(Role::TabList, "Tabs").is_none(), "one needs no strip");
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    assert_eq!(tabs(&window), "2026 [2026]");
    assert!(window.harness.query_by_role_and_label(Role::TabList, "Tabs").is_some());
    window.act(Action::Go(Location::Folder(RemotePath::new("/Photos"))));
    press_with(&mut window, Modifiers::COMMAND, Key::Tab);
    assert_eq!(tabs(&window), "[2026] Photos");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Tab);
    assert_eq!(tabs(&window), "2026 [Photos]");
    for key in [Key::PageUp, Key::PageDown] {
        press_with(&mut window, Modifiers::COMMAND, key);
    }
    assert_eq!(tabs(&window), "2026 [Photos]");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::PageUp);
    assert_eq!(tabs(&window), "[Photos] 2026");
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    assert_eq!(tabs(&window), "[2026]");
    press_with(&mut window, Modifiers::COMMAND, Key::W);
    assert_eq!(tabs(&window), "[2026]", "the last tab does not close");
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert_eq!(tabs(&window), "[Photos] 2026");
}

#[test]
fn tabs_are_changed_while_a_field_has_the_keyboard() {
    let mut window = year();
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    press_with(&mut window, Modifiers::COMMAND, Key::F);
    press_with(&mut window, Modifiers::COMMAND, Key::PageUp);
    assert_eq!(tabs(&window), "[2026] 2026");
    window.press(Key::ArrowDown);
    assert_eq!(window.selected().len(), 1, "the keyboard is in the rows");
}

#[test]
fn the_middle_button_opens_folders_behind_and_closes_tabs() {
    let mut window = year();
    middle_click(&mut window, Role::Row, "Sketches");
    middle_click(&mut window, Role::Row, "Badge.png");
    middle_click(&mut window, Role::TreeItem, "Documents");
    middle_click(&mut window, Role::Link, "Photos");
    middle_click(&mut window, Role::Tab, "Shared links");
    assert_eq!(tabs(&window), "[2026] Sketches Documents Photos a list");
    assert!(window.selected().is_empty());
    middle_click(&mut window, Role::Tab, "Documents");
    assert_eq!(tabs(&window), "[2026] Sketches Photos a list");
    window.click("Close tab Sketches");
    assert_eq!(tabs(&window), "[2026] Photos a list");
}

#[test]
fn a_folder_is_opened_in_a_new_tab_by_its_menu_and_the_strip_has_a_button_for_more() {
    let mut window = year();
    window.harness.get_by_role_and_label(Role::Row, "Sketches").click_secondary();
    window.settle();
    window.click("Open in new tab");
    assert_eq!(tabs(&window), "[2026] Sketches");
    let at = tab_at(&window, "Sketches");
    window.drag_points(at, at, Modifiers::NONE);
    assert_eq!(tabs(&window), "2026 [Sketches]", "a click shows it");
    window.click("New tab");
    assert_eq!(tabs(&window), "2026 Sketches [Sketches]");
}

#[test]
fn tabs_are_arranged_by_dragging_them() {
    let mut window = year();
    for name in ["Sketches", "Invoices"] {
        middle_click(&mut window, Role::Row, name);
    }
    let (from, to) = (tab_at(&window, "2026"), tab_at(&window, "Invoices"));
    window.drag_points(from, to, Modifiers::NONE);
    assert_eq!(tabs(&window), "Sketches Invoices [2026]");
}

#[test]
fn items_are_dropped_on_a_tab_and_a_drag_that_rests_on_one_shows_it() {
    let mut window = year();
    middle_click(&mut window, Role::Row, "Sketches");
    let (from, to) = (window.grip("Badge.png"), tab_at(&window, "Sketches"));
    window.drag_points(from, to, Modifiers::NONE);
    assert_eq!(moves(&window), ["/Photos/2026/Badge.png to /Photos/2026/Sketches/Badge.png"]);
    assert_eq!(tabs(&window), "[2026] Sketches");

    let from = window.grip("Budget.csv");
    // Presses that follow each other soon belong together.
    window.wait(1.0);
    window.harness.drag_at(from);
    window.harness.step();
    for point in [from + (to - from) * 0.5, to] {
        window.harness.hover_at(point);
        window.harness.step();
    }
    window.harness.run_steps(20);
    assert_eq!(tabs(&window), "[2026] Sketches", "not at once");
    window.jump(0.5);
    window.settle();
    assert_eq!(tabs(&window), "2026 [Sketches]");
    let below = to + vec2(0.0, 400.0);
    window.harness.hover_at(below);
    window.harness.step();
    window.harness.drop_at(below);
    window.settle();
    assert_eq!(moves(&window)[1], "/Photos/2026/Budget.csv to /Photos/2026/Sketches/Budget.csv");
}

#[test]
fn files_of_another_program_are_dropped_on_a_tab() {
    let mut window = year();
    middle_click(&mut window, Role::Row, "Sketches");
    let at = tab_at(&window, "Sketches");
    window.hover_files(&["/tmp/a.txt"], at);
    window.drop_files(&["/tmp/a.txt"]);
    let planned = window.account.jobs.iter().any(
        |job| matches!(job, Job::PlanUpload { target, .. } if target.as_str() == "/Photos/2026/Sketches"),
    );
    assert!(planned);
}

#[test]
fn with_many_tabs_the_strip_scrolls_to_the_one_that_is_shown() {
    let mut window = Window::open_at([720.0, 480.0], plain(), YEAR);
    for number in 0..12 {
        let folder = RemotePath::new(&format!("/Photos/{number}"));
        window.act(Action::Tab(TabAction::Open(Location::Folder(folder))));
    }
    press_with(&mut window, Modifiers::COMMAND, Key::PageUp);
    assert!(window.harness.get_by_role_and_label(Role::Tab, "11").rect().max.x <= 720.0);
    assert!(window.rect("New tab").max.x <= 720.0);
    press_with(&mut window, Modifiers::COMMAND, Key::PageDown);
    assert!(tab_at(&window, "2026").x > 236.0);
}
