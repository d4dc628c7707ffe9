//! The menus of folders in the tree and in the path, and who has the keyboard in menus.

use super::acts::YEAR;
use super::dialogs::focused;
use super::{Window, light};
use coffer_model::{Edit, Job, RemotePath};
use coffer_state::Location;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1100.0, 760.0];

fn entries(window: &Window) -> Vec<String> {
    let entries = window.harness.get_all_by_role(Role::MenuItem);
    entries.filter_map(|entry| entry.accesskit_node().label()).collect()
}

#[test]
fn a_folder_of_the_tree_has_a_menu() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.harness.get_by_role_and_label(Role::TreeItem, "Documents").click_secondary();
    window.settle();
    let about_it = ["Open", "Open in new tab", "Show in folder", "Add bookmark"];
    let inside = ["New folder", "Upload files…", "Paste"];
    assert_eq!(entries(&window), [&about_it[..], &inside].concat());
    window.harness.get_by_role_and_label(Role::MenuItem, "Add bookmark").click();
    window.settle();
    assert_eq!(window.state().bookmarks()[0].path, RemotePath::new("/Documents"));

    window.harness.get_by_role_and_label(Role::TreeItem, "Documents").click_secondary();
    window.settle();
    assert!(entries(&window).contains(&"Remove bookmark".to_owned()));
    window.harness.get_by_role_and_label(Role::MenuItem, "Show in folder").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::root()));
    assert_eq!(window.selected(), ["/Documents"]);
}

#[test]
fn a_new_folder_is_made_in_the_folder_of_the_tree_whose_menu_it_was() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.harness.get_by_role_and_label(Role::TreeItem, "Documents").click_secondary();
    window.settle();
    window.harness.get_by_role_and_label(Role::MenuItem, "New folder").click();
    window.settle();
    let folder = RemotePath::new("/Documents");
    assert_eq!(*window.state().navigation.current(), Location::Folder(folder.clone()));
    let made = window.account.jobs.iter().any(
        |job| matches!(job, Job::Edit(Edit::CreateFolder { path }) if path.parent() == Some(folder.clone())),
    );
    assert!(made || window.state().browser.rename.is_some(), "{:?}", window.account.jobs);
}

#[test]
fn a_key_opens_the_menu_of_the_folder_at_the_cursor_of_the_tree() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.harness.get_by_role_and_label(Role::Tree, "Folders").focus();
    window.settle();
    window.chord(Modifiers::SHIFT, Key::F10);
    assert_eq!(focused(&window), "Open");
    assert!(!entries(&window).contains(&"Select all".to_owned()), "it is not that of the place shown");
    window.press(Key::Escape);
    assert!(window.harness.query_by_role(Role::MenuItem).is_none());
}

#[test]
fn a_part_of_the_path_has_a_menu() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.harness.get_by_role_and_label(Role::Link, "Photos").click_secondary();
    window.settle();
    window.harness.get_by_role_and_label(Role::MenuItem, "Open").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::new("/Photos")));
}

#[test]
fn no_entry_looks_chosen_in_a_menu_that_the_mouse_has_opened_until_an_arrow_is_pressed() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.harness.get_by_label("Badge.png").click_secondary();
    window.settle();
    assert!(!entries(&window).contains(&focused(&window)));
    window.press(Key::ArrowDown);
    assert_eq!(Some(&focused(&window)), entries(&window).first());
    window.press(Key::ArrowUp);
    assert_eq!(Some(&focused(&window)), entries(&window).last(), "it goes round");
}
