//! Going to anything by some letters of its path.

use super::{Window, light, plain};
use coffer_model::{Job, RemotePath};
use coffer_state::{Action, Command, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1100.0, 700.0];

fn going_to(text: &str) -> Window {
    let mut window = Window::open(SIZE, plain());
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Go to anything").type_text(text);
    window.settle();
    window
}

fn folder(path: &str) -> Location {
    Location::Folder(RemotePath::new(path))
}

#[test]
fn enter_opens_a_folder() {
    let mut window = going_to("phalb");
    assert!(window.harness.query_by_role_and_label(Role::ListBoxOption, "Albums").is_some());
    window.press(Key::Enter);
    assert_eq!(*window.state().navigation.current(), folder("/Photos/Albums"));
    assert!(window.state().dialog.is_none());
}

#[test]
fn arrows_choose_while_the_field_keeps_the_keyboard_and_enter_previews_a_file() {
    let mut window = going_to("photos20kayak");
    window.press(Key::Enter);
    assert_eq!(*window.state().navigation.current(), folder("/Photos/2026"));
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Preview { .. })));
    assert!(window.state().dialog.is_some());

    let mut window = going_to("o");
    let at = |window: &Window| {
        window.state().dialog.as_ref().unwrap().try_as_go_to_ref().map(|go_to| go_to.selected)
    };
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowUp);
    assert_eq!(at(&window), Some(1));
    window.harness.get_by_role_and_label(Role::TextInput, "Go to anything").type_text("x");
    window.settle();
    assert_eq!(at(&window), Some(0));
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

#[test]
fn a_file_is_shown_in_its_folder_by_ctrl_and_enter() {
    let mut window = going_to("kayaks");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.settle();
    assert_eq!(*window.state().navigation.current(), folder("/Photos/2026"));
    assert_eq!(window.selected(), ["/Photos/2026/Kayaks.jpg"]);
    assert!(window.state().dialog.is_none());
}

#[test]
fn tab_completes_a_typed_path_and_an_arrow_chooses_below_it() {
    let mut window = Window::open([1000.0, 640.0], light());
    window.command(Command::TypePath);
    window.act(Action::EditPath("/ph".to_owned()));
    window.harness.get_by_role_and_label(Role::ListBoxOption, "/Photos");
    window.press(Key::Tab);
    assert_eq!(window.state().path_field.text(), Some("/Photos/"));
    window.harness.get_by_role_and_label(Role::TextInput, "Path").type_text("2");
    window.settle();
    assert_eq!(window.state().path_field.text(), Some("/Photos/2"), "what is typed next goes to its end");
    window.harness.get_by_role_and_label(Role::ListBoxOption, "/Photos/2026");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(window.state().path_field.text(), None);
    let shown = window.state().navigation.current().folder().map(ToString::to_string);
    assert!(shown.is_some_and(|shown| shown.starts_with("/Photos/")));
}
