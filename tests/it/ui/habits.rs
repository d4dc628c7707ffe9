//! What is alike wherever it is met: the order of buttons, what a row offers, what a search without results offers.

use super::acts::YEAR;
use super::{Window, plain};
use coffer_model::Job;
use coffer_state::{Action, Command};
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1280.0, 800.0];

fn open() -> Window {
    Window::open_at(SIZE, plain(), YEAR)
}

#[test]
fn the_way_out_of_a_question_is_beside_what_is_asked_about() {
    let mut window = open();
    window.copy_large_folder(40_000_000);
    let (cancel, copy) = (window.rect("Cancel"), window.rect("Copy 12,400 files"));
    assert!((copy.min.x - cancel.max.x - 10.0).abs() < 1.0, "{cancel:?} {copy:?}");
    assert!((cancel.center().y - copy.center().y).abs() < 1.0);
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none(), "the way out has the keyboard");
    assert!(!window.account.jobs.iter().any(|job| matches!(job, Job::Edit(_))));
}

#[test]
fn the_button_that_copies_a_link_ends_with_its_column() {
    let mut window = open();
    window.select("Fjord at dawn.jpg");
    window.command(Command::Share);
    window.click("Create link");
    window.wait(0.3);
    let (copied, done) = (window.rect("Copied"), window.rect("Done"));
    assert!((copied.max.x - done.max.x).abs() < 1.0, "{copied:?} {done:?}");
}

#[test]
fn a_row_offers_its_commands_under_the_pointer_and_keeps_its_words() {
    let mut window = open();
    window.select("Badge.png");
    let row = window.harness.get_by_role_and_label(Role::Row, "Kayaks.jpg").rect();
    assert!(window.harness.query_by_label("Download…: Kayaks.jpg").is_none());
    window.harness.hover_at(row.center());
    window.wait(0.2);
    let after = window.harness.get_by_role_and_label(Role::Row, "Kayaks.jpg").rect();
    assert_eq!(row, after);
    let button = window.rect("Download…: Kayaks.jpg");
    assert!(row.contains_rect(button), "{button:?} in {row:?}");
    window.harness.hover_at(button.center());
    window.wait(0.2);
    window.click("Download…: Kayaks.jpg");
    assert_eq!(window.selected(), [format!("{YEAR}/Kayaks.jpg")]);
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Download { .. })));
    window.harness.hover_at(row.center());
    window.wait(0.2);
    window.click("More: Kayaks.jpg");
    assert!(window.harness.query_by_role_and_label(Role::MenuItem, "Copy name").is_some());
}

#[test]
fn a_search_without_results_offers_a_way_out() {
    let mut window = open();
    window.act(Action::EditSearch("nothing is called so".to_owned()));
    window.wait(0.5);
    // Beside the one in the search box.
    let buttons = window.harness.get_all_by_role_and_label(Role::Button, "Clear search");
    buttons.max_by(|one, other| one.rect().min.y.total_cmp(&other.rect().min.y)).unwrap().click();
    window.settle();
    assert!(window.state().search.text().is_empty());
    assert!(window.state().navigation.current().folder().is_some());
}

#[test]
fn the_menu_key_opens_the_menu_of_the_selected_row() {
    let mut window = open();
    window.select("Badge.png");
    window.press(Key::Menu);
    assert!(window.harness.query_by_role_and_label(Role::MenuItem, "Copy name").is_some());
}
