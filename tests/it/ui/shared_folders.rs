//! Shared folders that are not in the person’s Dropbox, in the side bar, and those that are removed from it.

use super::{Window, light};
use coffer_model::{Edit, Job};
use coffer_state::Command;
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1000.0, 820.0];

fn edits(window: &Window) -> Vec<&Edit> {
    let edits = window.account.jobs.iter().filter_map(|job| match job {
        Job::Edit(edit) => Some(edit),
        _ => None,
    });
    edits.collect()
}

fn has_button(window: &Window, name: &str) -> bool {
    let button = window.harness.query_by_role_and_label(Role::Button, name);
    button.is_some_and(|button| !button.accesskit_node().is_disabled())
}

#[test]
fn each_has_a_button_that_adds_it_and_one_without_access_says_why_not() {
    let mut window = Window::of_member(SIZE, light());
    assert!(window.harness.query_by_label("Not in your Dropbox").is_some());
    window.click("Add to my Dropbox: Travel guides");
    assert!(matches!(edits(&window)[..], [Edit::AddSharedFolder(folder)] if folder.name == "Travel guides"));
    let closed = "You don’t have access to “Board papers”. Ask its owner for it: Board papers";
    let button = window.harness.get_by_role_and_label(Role::Button, closed);
    assert!(button.accesskit_node().is_disabled());
    let described = "Travel guides. Shared folder · view only. Owner: Grace Hopper. Not in your Dropbox";
    window.harness.get_by_role_and_label(Role::ListItem, described);
}

#[test]
fn the_menu_of_a_row_adds_the_folder() {
    let mut window = Window::of_member(SIZE, light());
    let row = "Band. Shared folder. Owner: Grace Hopper. Not in your Dropbox";
    window.harness.get_by_role_and_label(Role::ListItem, row).click_secondary();
    window.settle();
    window.harness.get_by_role_and_label(Role::MenuItem, "Add to my Dropbox").click();
    window.settle();
    assert!(matches!(edits(&window)[..], [Edit::AddSharedFolder(folder)] if folder.name == "Band"));
}

#[test]
fn a_shared_folder_is_removed_after_a_question_whose_safe_answer_has_the_keyboard() {
    let mut window = Window::of_member(SIZE, light());
    window.select("Recipes");
    window.press(Key::Delete);
    window.wait(0.3);
    assert!(has_button(&window, "Remove from my Dropbox"));
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none() && edits(&window).is_empty());
    window.command(Command::RemoveFromDropbox);
    window.wait(0.3);
    window.click("Remove from my Dropbox");
    let removed = "/Ada Lovelace/Recipes";
    assert!(
        matches!(edits(&window)[..], [Edit::RemoveSharedFolder(entry)] if entry.path.as_str() == removed)
    );
}

#[test]
fn the_menu_of_a_shared_folder_removes_it_instead_of_deleting_it() {
    let mut window = Window::of_member(SIZE, light());
    for (name, removes) in [("Recipes", true), ("Drafts", false)] {
        window.select(name);
        window.command(Command::ContextMenu);
        window.wait(0.3);
        let has_entry = |entry: &str| window.harness.query_by_role_and_label(Role::MenuItem, entry).is_some();
        assert_eq!(has_entry("Remove from my Dropbox…"), removes, "{name}");
        assert_eq!(has_entry("Delete"), !removes, "{name}");
        window.press(Key::Escape);
    }
}
