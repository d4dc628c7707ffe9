//! The search: while one types, by filters, and what is done with results.

use super::{Window, plain};
use coffer_model::{Job, RemotePath, Settings, ViewMode};
use coffer_state::{Focus, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1100.0, 700.0];
const YEAR: &str = "/Photos/2026";

fn searching(text: &str) -> Window {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    type_text(&mut window, text);
    window
}

fn type_text(window: &mut Window, text: &str) {
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Search").type_text(text);
    window.settle();
}

fn has_row(window: &Window, name: &str) -> bool {
    window.harness.query_by_role_and_label(Role::Row, name).is_some()
}

fn text(window: &Window) -> &str {
    window.state().search.text()
}

/// Opens the menu of a chip and chooses from it.
fn choose(window: &mut Window, chip: &str, choice: &str) {
    window.harness.get_by_role_and_label(Role::Button, chip).click();
    window.settle();
    window.harness.get_by_role_and_label(Role::MenuItemRadio, choice).click();
    window.settle();
}

#[test]
fn matches_are_there_while_one_types_and_the_box_keeps_the_keyboard() {
    let mut window = searching("kay");
    assert!(has_row(&window, "Kayaks.jpg") && !has_row(&window, "Budget.csv"));
    assert_eq!(window.state().focus, Focus::Search);
    window.harness.get_by_role_and_label(Role::TextInput, "Search").type_text("z");
    window.settle();
    assert_eq!(text(&window), "kayz");
    assert!(window.harness.query_by_label_contains("No results for “kayz”").is_some());
}

#[test]
fn a_chip_edits_the_text_and_the_text_the_chip() {
    let mut window = searching("re");
    let all = window.state().browser.row_count();
    choose(&mut window, "Kind", "Pictures");
    assert_eq!(text(&window), "re kind:picture");
    let pictures = window.state().browser.row_count();
    assert!((1..all).contains(&pictures), "{pictures} of {all}");
    choose(&mut window, "Kind: Pictures", "PDFs");
    assert_eq!(text(&window), "re kind:pdf");
    window.click("Remove filter “Kind: PDFs”");
    assert_eq!(text(&window), "re");
    choose(&mut window, "Date", "This year");
    choose(&mut window, "Size", "Over 1 MB");
    assert_eq!(text(&window), "re modified:this-year size:>1MB");
    type_text(&mut window, "before:2020");
    assert!(window.harness.query_by_label("Date: before 2020").is_some());
}

#[test]
fn a_chip_is_set_by_keyboard() {
    let mut window = searching("re");
    for _ in 0..60 {
        if window.harness.get_by_role_and_label(Role::Button, "Kind").is_focused() {
            break;
        }
        window.press(Key::Tab);
    }
    window.press(Key::Enter);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(text(&window), "re kind:picture");
}

#[test]
fn the_search_is_limited_to_the_folder_where_it_began_and_widened_again() {
    let mut window = searching("re");
    window.harness.get_by_role_and_label(Role::RadioButton, "In “2026”").click();
    window.settle();
    assert_eq!(text(&window), "re in:/Photos/2026");
    let within = window.state().browser.row_count();
    window.harness.get_by_role_and_label(Role::RadioButton, "Everywhere").click();
    window.settle();
    assert_eq!(text(&window), "re");
    assert!(window.state().browser.row_count() > within);
}

#[test]
fn what_can_not_be_understood_is_told_with_how_it_is_written() {
    let window = searching("re size:huge");
    let told = "“size:huge” is left out. Write sizes as in size:>100MB or size:1MB..5MB.";
    assert!(window.harness.query_by_label(told).is_some());
    assert!(window.state().browser.row_count() > 0);
}

#[test]
fn where_nothing_is_found_the_filters_that_may_be_why_can_be_removed() {
    let mut window = searching("kayak kind:pdf");
    window.click("Remove filters");
    assert_eq!(text(&window), "kayak");
    assert!(has_row(&window, "Kayaks.jpg"));
    type_text(&mut window, "kayak in:/Documents");
    window.click("Search all files");
    assert_eq!(text(&window), "kayak");
}

#[test]
fn what_is_found_inside_files_stands_under_its_own_heading() {
    for view in [ViewMode::List, ViewMode::Grid] {
        let mut window = Window::open_at(SIZE, Settings { view, ..plain() }, YEAR);
        window.account.found_inside = vec!["Budget.csv", "Field notes.md"];
        type_text(&mut window, "kayak");
        let heading = window.harness.query_by_label("Found inside files by Dropbox").is_some();
        assert_eq!(heading, view == ViewMode::List);
        assert_eq!(window.state().browser.row_count(), 3);
        // The row below the heading is the one that is clicked.
        window.click("Field notes.md");
        assert_eq!(window.selected(), ["/Photos/2026/Field notes.md"]);
        assert!(window.harness.query_by_label_contains("3 found").is_some());
    }
}

#[test]
fn a_result_is_shown_in_its_folder_by_key_and_opened_like_any_file() {
    let mut window = searching("kayak");
    window.press(Key::Enter);
    window.click("Kayaks.jpg");
    window.press(Key::Enter);
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::CheckOut { .. })));
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.settle();
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::new(YEAR)));
    assert_eq!(window.selected(), ["/Photos/2026/Kayaks.jpg"]);
}

#[test]
fn a_heading_sorts_the_results() {
    let mut window = searching("e");
    let best = first_row(&window);
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Size").click();
    window.settle();
    assert_ne!(first_row(&window), best);
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Size").click();
    window.settle();
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Size").click();
    window.settle();
    assert_eq!(first_row(&window), best);
}

fn first_row(window: &Window) -> String {
    let listing = window.state().browser.listing.value().unwrap();
    listing.entries[0].path.to_string()
}
