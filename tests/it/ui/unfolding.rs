//! Folders that are unfolded in the list, by mouse and by keyboard.

use super::acts::YEAR;
use super::{Window, plain};
use coffer_model::message::Edit;
use coffer_model::{Job, RemotePath};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1100.0, 700.0];

fn year() -> Window {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    let path = "/Photos/2026/Expedition 2026";
    let inside =
        ["Camp.jpg", "Route.md"].map(|name| super::made_up::file(&format!("{path}/{name}"), 9_000, 90));
    let mut entries = vec![super::made_up::folder(&format!("{path}/Day 1"))];
    entries.extend(inside);
    let listing = std::sync::Arc::new(super::made_up::complete(entries));
    window.account.listings.retain(|(known, _)| *known != RemotePath::new(path));
    window.account.listings.push((RemotePath::new(path), listing));
    window
}

fn has_row(window: &Window, name: &str) -> bool {
    window.harness.query_by_role_and_label(Role::Row, name).is_some()
}

fn moves(window: &Window) -> Vec<String> {
    let edits = window.account.jobs.iter().filter_map(|job| match job {
        Job::Edit(Edit::Move(moves)) => Some(moves),
        _ => None,
    });
    edits.flatten().map(|(entry, to)| format!("{} to {to}", entry.path)).collect()
}

#[test]
fn a_folder_is_unfolded_and_folded_by_keyboard_alone() {
    let mut window = year();
    window.press(Key::Home);
    window.press(Key::ArrowRight);
    assert!(has_row(&window, "Camp.jpg") && has_row(&window, "Day 1"));
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    assert_eq!(window.selected(), ["/Photos/2026/Expedition 2026/Camp.jpg"]);
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.settle();
    assert_eq!(window.selected().len(), 2, "a range");
    window.press(Key::ArrowLeft);
    assert_eq!(window.selected(), ["/Photos/2026/Expedition 2026"], "to the folder around");
    window.press(Key::ArrowLeft);
    assert!(!has_row(&window, "Camp.jpg"));
    assert_eq!(window.selected(), ["/Photos/2026/Expedition 2026"]);
}

#[test]
fn a_folder_is_unfolded_by_mouse_alone_and_what_is_in_it_is_moved_out_and_into() {
    let mut window = year();
    let below = window.rect("Invoices");
    window.click("Unfold Expedition 2026");
    assert!(has_row(&window, "Camp.jpg"));
    assert!(window.selected().is_empty(), "the arrow selects nothing");
    assert!((window.rect("Invoices").min.y - below.min.y - 3.0 * 36.0).abs() < 1.0);
    window.drag("Camp.jpg", "Sketches", Modifiers::NONE);
    assert_eq!(moves(&window), ["/Photos/2026/Expedition 2026/Camp.jpg to /Photos/2026/Sketches/Camp.jpg"]);
    window.drag("Badge.png", "Day 1", Modifiers::NONE);
    assert_eq!(moves(&window)[1], "/Photos/2026/Badge.png to /Photos/2026/Expedition 2026/Day 1/Badge.png");
    window.click("Fold Expedition 2026");
    assert!(!has_row(&window, "Route.md"));
}

#[test]
fn what_is_inside_is_opened_by_a_double_click_and_renamed_in_its_place() {
    let mut window = year();
    window.click("Unfold Expedition 2026");
    window.click("Route.md");
    window.press(Key::F2);
    let field = window.harness.get_by_label("New name").rect();
    assert!(field.min.x > window.rect("Invoices").min.x + 50.0, "indented with its row: {field:?}");
    window.press(Key::Escape);
    // Clicks that follow each other soon belong together.
    window.wait(1.0);
    window.double_click("Day 1", Role::Row);
    let shown = window.state().navigation.current().folder().cloned();
    assert_eq!(shown, Some(RemotePath::new("/Photos/2026/Expedition 2026/Day 1")));
}
