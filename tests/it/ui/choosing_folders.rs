//! Moving and copying into a folder that is chosen in a dialog: by keyboard alone, and by mouse alone.

use super::acts::YEAR;
use super::dialogs::focused;
use super::made_up::{complete, folder};
use super::{Window, plain};
use coffer_model::{Edit, Job, RemotePath};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use std::sync::Arc;

const SIZE: [f32; 2] = [1100.0, 700.0];

/// The entry of the menu of a row that has the keyboard.
fn choose_in_menu(window: &mut Window, entry: &str) {
    window.chord(Modifiers::SHIFT, Key::F10);
    for _ in 0..30 {
        if focused(window) == entry {
            window.press(Key::Enter);
            window.wait(0.3);
            return;
        }
        window.press(Key::ArrowDown);
    }
    panic!("the menu has no “{entry}”");
}

/// Where the last move or copy went.
fn targets(window: &Window) -> Vec<&str> {
    let edit = window.account.jobs.iter().rev().find_map(|job| match job {
        Job::Edit(Edit::Move(items) | Edit::Copy(items)) => Some(items),
        _ => None,
    });
    edit.into_iter().flatten().map(|(_, to)| to.as_str()).collect()
}

#[test]
fn by_keyboard_a_folder_is_found_by_its_letters() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.select("Budget.csv");
    choose_in_menu(&mut window, "Move to…");
    assert_eq!(focused(&window), "Find a folder");
    window.harness.get_by_role_and_label(Role::TextInput, "Find a folder").type_text("alb");
    window.settle();
    assert!(window.harness.query_by_role_and_label(Role::ListBoxOption, "Family").is_some());
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    assert_eq!(targets(&window), ["/Photos/Albums/Family/Budget.csv"]);
}

#[test]
fn by_keyboard_arrows_go_through_the_tree_and_a_refused_folder_says_why() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.select("Invoices");
    choose_in_menu(&mut window, "Move to…");
    // From the folder of all folders, above the tree, in which the folder that is shown is open.
    window.press(Key::Home);
    for _ in 0..4 {
        window.press(Key::ArrowDown);
    }
    assert!(window.harness.query_by_label("Photos / 2026 / Expedition 2026").is_some());
    window.press(Key::ArrowDown);
    assert!(window.harness.query_by_label("“Invoices” can’t be moved into itself").is_some());
    let button = window.harness.get_by_role_and_label(Role::Button, "Move here");
    assert!(button.accesskit_node().is_disabled());
    window.press(Key::Enter);
    assert!(window.state().dialog.is_some());
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(targets(&window), ["/Photos/2026/Sketches/Invoices"]);
}

#[test]
fn by_mouse_a_folder_is_chosen_in_the_tree() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.harness.get_by_label("Badge.png").click_secondary();
    window.settle();
    window.click("Copy to…");
    window.wait(0.3);
    let triangle = window.harness.get_all_by_label("Open Albums").last().unwrap();
    triangle.click();
    window.settle();
    window.harness.get_by_role_and_label(Role::ListBoxOption, "Family").click();
    window.settle();
    assert!(window.harness.query_by_label("Photos / Albums / Family").is_some());
    window.click("Copy here");
    assert_eq!(targets(&window), ["/Photos/Albums/Family/Badge.png"]);
}

#[test]
fn a_folder_is_made_for_the_items_and_the_keyboard_comes_back_to_the_letters() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.select("Badge.png");
    choose_in_menu(&mut window, "Move to…");
    window.press(Key::Home);
    window.click("New folder");
    assert_eq!(focused(&window), "Name of the new folder");
    // Esc leaves the name, and not the dialog.
    window.press(Key::Escape);
    assert!(window.state().dialog.is_some());
    assert_eq!(focused(&window), "Find a folder");
    window.click("New folder");
    window.harness.get_by_role_and_label(Role::TextInput, "Name of the new folder").type_text("Best of");
    window.settle();
    let root = window.account.listings.iter_mut().find(|(path, _)| path.is_root()).unwrap();
    let mut entries = root.1.entries.clone();
    entries.insert(0, folder("/Best of"));
    root.1 = Arc::new(complete(entries));
    window.press(Key::Enter);
    window.wait(0.2);
    let made = Edit::CreateFolder { path: RemotePath::new("/Best of") };
    assert!(window.account.jobs.contains(&Job::Edit(made)));
    assert_eq!(focused(&window), "Find a folder");
    window.press(Key::Enter);
    assert_eq!(targets(&window), ["/Best of/Badge.png"]);
}
