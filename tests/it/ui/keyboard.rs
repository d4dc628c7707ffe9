//! Everything can be reached without a mouse, and what has the keyboard can be told.

use super::{Window, plain};
use coffer_model::{Edit, Job, RemotePath};
use coffer_state::{Focus, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable};

const SIZE: [f32; 2] = [1100.0, 700.0];
const YEAR: &str = "/Photos/2026";

/// The name of what has the keyboard.
fn focused(window: &Window) -> String {
    let root = window.harness.root();
    let found = root.children_recursive().find(|node| node.accesskit_node().is_focused());
    let Some(node) = found else { return String::new() };
    match node.accesskit_node().role() {
        // The rows are one stop; inside it the cursor says which row is meant.
        Role::Row => "Files".to_owned(),
        _ => node.accesskit_node().label().unwrap_or_default(),
    }
}

#[test]
fn the_tab_key_visits_every_part_once_and_comes_round() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    assert_eq!(focused(&window), "Files");
    let mut visited = Vec::new();
    for _ in 0..40 {
        window.press(Key::Tab);
        let name = focused(&window);
        if name == "Files" {
            break;
        }
        assert!(!name.is_empty(), "after {visited:?} nothing has the keyboard");
        assert!(!visited.contains(&name) || name == "Home", "twice at {name}: {visited:?}");
        visited.push(name);
    }
    for part in [
        "Shared links",
        "Deleted files",
        "Folders",
        "Account: Local account",
        "Back",
        "Search",
        "Grid",
        "Upload",
    ] {
        assert!(visited.iter().any(|name| name == part), "{part} cannot be reached: {visited:?}");
    }
}

#[test]
fn the_tree_is_walked_opened_and_entered_by_arrows() {
    let mut window = Window::open(SIZE, plain());
    for _ in 0..40 {
        if window.state().focus == Focus::Tree {
            break;
        }
        window.press(Key::Tab);
    }
    assert_eq!(focused(&window), "Folders");
    window.press(Key::Home);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    assert!(window.harness.query_by_role_and_label(Role::TreeItem, "Albums").is_some());
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::new("/Photos/2026")));
}

#[test]
fn a_menu_is_walked_by_arrows_and_chosen_from_by_enter() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.click("Budget.csv");
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.settle();
    assert_eq!(focused(&window), "Open");
    window.press(Key::ArrowUp);
    assert_eq!(focused(&window), "Paste");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::CheckOut { .. })));
    assert_eq!(focused(&window), "Files");
}

#[test]
fn back_and_forward_go_by_key_and_by_the_buttons_of_the_mouse() {
    use eframe::egui::{Event, PointerButton};
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    let year = Location::Folder(RemotePath::new(YEAR));
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    window.settle();
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::new("/Photos")));
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    window.settle();
    assert_eq!(*window.state().navigation.current(), year);
    let press = |pressed| Event::PointerButton {
        pos: eframe::egui::pos2(500.0, 300.0),
        button: PointerButton::Extra2,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.harness.event(press(true));
    window.harness.event(press(false));
    window.settle();
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::new("/Photos")));
}

#[test]
fn opening_the_path_field_selects_what_stands_in_it() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Path").type_text("/Projects");
    window.settle();
    assert_eq!(window.state().path_field.text(), Some("/Projects"));
}

#[test]
fn pictures_grow_and_shrink_by_key() {
    use coffer_model::{Settings, ViewMode};
    let mut window = Window::open_at(SIZE, Settings { view: ViewMode::Grid, ..plain() }, YEAR);
    let before = window.rect("Kayaks.jpg").width();
    let columns = window.state().browser.layout().0;
    for _ in 0..4 {
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
        window.settle();
    }
    assert!(window.state().browser.layout().0 < columns);
    assert!(window.rect("Expedition 2026").width() > before);
}

#[test]
fn what_is_said_of_the_path_is_not_kept_over_a_dialog_that_a_key_opens() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    let part = window.harness.get_by_role_and_label(Role::Link, "2026").rect();
    window.harness.hover_at(part.right_center() + eframe::egui::vec2(12.0, 0.0));
    window.wait(1.5);
    let says = |window: &Window| window.harness.query_by_label_contains("Go to path").is_some();
    assert!(says(&window));
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    window.settle();
    assert!(!says(&window));
}

/// Keys that all come before the next frame.
fn press_at_once(window: &mut Window, events: impl IntoIterator<Item = Event>) {
    window.harness.input_mut().events.extend(events);
    window.settle();
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

#[test]
fn a_key_in_a_slow_frame_means_what_it_does_after_the_key_before_it() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    press_at_once(
        &mut window,
        [key(Key::A, Modifiers::COMMAND), key(Key::C, Modifiers::COMMAND | Modifiers::SHIFT)],
    );
    assert_eq!(window.copied().lines().count(), 18, "all of them were selected");
    press_at_once(&mut window, [key(Key::A, Modifiers::COMMAND), Event::Copy]);
    assert!(window.copied().lines().count() >= 18);
    press_at_once(
        &mut window,
        [
            key(Key::Home, Modifiers::NONE),
            key(Key::ArrowDown, Modifiers::NONE),
            key(Key::F2, Modifiers::NONE),
            key(Key::N, Modifiers::NONE),
            Event::Text("N".to_owned()),
            key(Key::Enter, Modifiers::NONE),
        ],
    );
    let renamed = window.account.jobs.iter().rev().find_map(|job| match job {
        Job::Edit(Edit::Move(items)) => items.first().map(|(_, to)| to.name().to_owned()),
        _ => None,
    });
    assert_eq!(renamed.as_deref(), Some("N"), "the letter went into the field");
}
