//! Finding one's way: rows, places, history, search, sorting, the tree.

use super::{Window, plain};
use coffer_model::{FolderOrder, Job, RemotePath, Settings, SortColumn, ViewMode};
use coffer_state::{Command, Location};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1100.0, 700.0];
const YEAR: &str = "/Photos/2026";

fn folder(path: &str) -> Location {
    Location::Folder(RemotePath::new(path))
}

#[test]
fn a_double_click_enters_a_folder_and_back_returns_to_the_row() {
    let mut window = Window::open(SIZE, plain());
    window.double_click("Photos", Role::Row);
    assert_eq!(*window.state().navigation.current(), folder("/Photos"));
    window.harness.get_by_label("Back").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), folder("/"));
    assert_eq!(window.selected(), ["/Photos"]);
    window.harness.get_by_label("Forward").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), folder("/Photos"));
}

#[test]
fn each_part_of_the_breadcrumb_leads_to_its_folder() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.harness.get_by_role_and_label(Role::Link, "Photos").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), folder("/Photos"));
}

#[test]
fn a_path_can_be_typed() {
    let mut window = Window::open(SIZE, plain());
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    window.settle();
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Path");
    assert!(field.is_focused());
    field.type_text("/Photos/Albums");
    window.settle();
    assert!(window.state().path_field.text().unwrap().ends_with("/Photos/Albums"));
    window.harness.key_press(Key::Escape);
    window.settle();
    assert!(window.harness.query_by_label("Path").is_none());
}

#[test]
fn the_tree_opens_by_its_triangle_and_leads_to_folders() {
    let mut window = Window::open(SIZE, plain());
    assert!(window.harness.query_by_role_and_label(Role::TreeItem, "Albums").is_none());
    window.harness.get_by_label("Open Photos").click();
    window.settle();
    window.harness.get_by_role_and_label(Role::TreeItem, "Albums").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), folder("/Photos/Albums"));
    window.harness.get_by_label("Close Photos").click();
    window.settle();
    assert!(window.harness.query_by_role_and_label(Role::TreeItem, "Albums").is_none());
}

#[test]
fn places_in_the_side_bar_show_what_was_deleted_and_shared() {
    let mut window = Window::open(SIZE, plain());
    window.harness.get_by_label("Deleted files").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), Location::Deleted);
    assert!(window.harness.query_by_role_and_label(Role::Row, "Blurry.jpg").is_some());
    window.harness.get_by_label("Shared links").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), Location::Links);
    assert!(window.harness.query_by_label_contains("Lighthouse").is_some());
    assert!(window.harness.query_by_label("Mount Reva.webp").is_none());
}

#[test]
fn searching_shows_matches_with_their_folders_and_escape_leads_back() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Search").type_text("kayak");
    window.harness.key_press(Key::Enter);
    window.settle();
    assert!(
        matches!(window.state().navigation.current(), Location::Search { query, .. } if query == "kayak")
    );
    assert!(window.harness.query_by_role_and_label(Role::Row, "Kayaks.jpg").is_some());
    assert!(
        window.account.jobs.iter().any(|job| matches!(job, Job::Search { query, .. } if query == "kayak"))
    );
    window.harness.get_by_label("Clear search").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), folder(YEAR));
}

#[test]
fn a_click_on_a_heading_sorts_by_it() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Size").click();
    window.settle();
    let sort = window.state().folder_view().sort;
    assert_eq!((sort.column, sort.descending), (SortColumn::Size, true));
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Size").click();
    window.settle();
    assert!(!window.state().folder_view().sort.descending);
}

#[test]
fn a_grid_is_sorted_from_the_menu_of_the_view_by_keyboard_and_by_mouse() {
    let mut window = Window::open_at(SIZE, Settings { view: ViewMode::Grid, ..plain() }, YEAR);
    for key in [Key::F10, Key::Enter, Key::ArrowDown, Key::Enter] {
        window.press(key);
    }
    let sort = |window: &Window| {
        let sort = window.state().folder_view().sort;
        (sort.column, sort.descending)
    };
    assert_eq!(sort(&window), (SortColumn::Size, true));
    window.click("Sort and view");
    window.click("Sort by");
    window.click("Reverse order");
    assert_eq!(sort(&window), (SortColumn::Size, false));
    window.click("Sort and view");
    window.click("Sort by");
    let chosen = window.harness.get_by_role_and_label(Role::MenuItemRadio, "Sort by size");
    assert_eq!(chosen.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn folders_are_put_among_the_files_from_the_menu_by_mouse_and_by_keyboard() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    for label in ["Sort and view", "Sort by", "Folders first"] {
        window.click(label);
    }
    assert_eq!(window.state().folder_view().sort.folders, FolderOrder::Mixed);
    for key in [Key::F10, Key::Enter, Key::ArrowUp, Key::Enter] {
        window.press(key);
    }
    assert_eq!(window.state().folder_view().sort.folders, FolderOrder::First);
}

#[test]
fn rows_are_as_high_as_is_chosen() {
    for (command, points) in
        [(Command::CompactRows, 28.0), (Command::RoomyRows, 44.0), (Command::StandardRows, 36.0)]
    {
        let mut window = Window::open_at(SIZE, plain(), YEAR);
        window.command(command);
        let top = |name| window.harness.get_by_label(name).rect().center().y;
        let apart = top("Invoices") - top("Expedition 2026");
        assert!((apart - points).abs() < 0.5, "{command:?}: {apart}");
    }
}

#[test]
fn the_side_bar_hides_and_comes_back_by_a_key() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    let has_places = |window: &Window| window.harness.query_by_label("Deleted files").is_some();
    assert!(has_places(&window));
    window.press(Key::F9);
    assert!(!has_places(&window));
    window.press(Key::F9);
    assert!(has_places(&window));
}

#[test]
fn the_view_is_switched_by_button_and_by_key() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.harness.get_by_label("Grid").click();
    window.settle();
    assert_eq!(window.state().folder_view().view, ViewMode::Grid);
    assert!(window.harness.query_by_role_and_label(Role::ListItem, "Kayaks.jpg").is_some());
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.settle();
    assert_eq!(window.state().folder_view().view, ViewMode::List);
}

#[test]
fn each_folder_has_a_view_of_its_own_until_one_is_used_for_all_by_the_menu() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.click("Grid");
    let is_grid = |window: &Window| window.state().folder_view().view == ViewMode::Grid;
    window.press(Key::Escape);
    window.command(Command::Up);
    assert!(!is_grid(&window), "another folder");
    assert!(window.harness.query_by_role_and_label(Role::Row, "Albums").is_some());
    window.command(Command::Back);
    assert!(window.harness.query_by_role_and_label(Role::ListItem, "Kayaks.jpg").is_some());
    window.click("Sort and view");
    window.click("Use for all folders");
    window.command(Command::Up);
    assert!(window.harness.query_by_role_and_label(Role::ListItem, "Albums").is_some());
    // By keyboard alone: this folder otherwise, and as all others again.
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.settle();
    assert!(!is_grid(&window));
    window.press(Key::F10);
    for _ in 0..20 {
        let reset = window.harness.get_by_role_and_label(Role::MenuItem, "Reset this folder");
        if reset.is_focused() {
            break;
        }
        window.press(Key::ArrowDown);
    }
    window.press(Key::Enter);
    assert!(is_grid(&window));
}

#[test]
fn going_back_finds_the_rows_where_they_were_scrolled_to() {
    for view in [ViewMode::List, ViewMode::Grid] {
        let mut window = Window::open_at(SIZE, Settings { view, ..plain() }, "/Photos/2026/Many");
        window.harness.key_press(Key::End);
        window.settle();
        let top = window.state().browser.scroll_top;
        assert!(top > 10_000.0, "{view:?}: scrolled only to {top}");
        window.harness.get_by_role_and_label(Role::Tab, "Home").click();
        window.settle();
        window.harness.get_by_label("Back").click();
        window.settle();
        assert!((window.state().browser.scroll_top - top).abs() < 1.0, "{view:?}");
        assert!(window.harness.query_by_label("Measurement 004999.csv").is_some(), "{view:?}");
    }
}

#[test]
fn an_account_that_cannot_be_reached_offers_nothing_that_cannot_work() {
    let mut window = Window::closed([1000.0, 640.0], super::light(), "");
    window.account.is_away = true;
    window.settle();
    window.wait(1.0);
    assert!(
        window.harness.query_by_role_and_label(Role::Label, "Folders").is_none(),
        "a heading over nothing"
    );
    let said = |text: &str| window.harness.query_all_by_label_contains(text).count();
    assert_eq!(said("Dropbox cannot be reached"), 1);
    for button in ["New folder", "Upload"] {
        let found = window.harness.get_all_by_role_and_label(Role::Button, button);
        for found in found {
            assert!(found.accesskit_node().is_disabled(), "{button}");
        }
    }
}

#[test]
fn what_stands_in_place_of_rows_says_what_to_do() {
    let mut window = Window::open_at(SIZE, plain(), "/Projects");
    assert!(window.harness.query_by_label("This folder is empty").is_some());
    window.harness.get_by_label("Upload files…").click();
    window.settle();
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Pick(_))));

    let mut window = Window::closed(SIZE, plain(), "/Photos/Albums");
    window.account.problem = Some(super::made_up::offline());
    window.settle();
    window.account.problem = None;
    window.harness.get_by_label("Retry").click();
    window.settle();
    assert!(window.harness.query_by_role_and_label(Role::Row, "Family").is_some());
}

#[test]
fn what_a_row_says_under_a_resting_pointer_gives_way_to_a_text_that_is_typed() {
    for view in [ViewMode::List, ViewMode::Grid] {
        let mut window = Window::open_at(SIZE, Settings { view, ..plain() }, "/Photos/2026");
        let row = window.rect("Mount Reva.webp");
        // Over the size, which is abbreviated.
        let at = if view == ViewMode::List { window.center("Size") } else { row.center() };
        window.harness.hover_at(eframe::egui::pos2(at.x, row.center().y));
        window.wait(1.0);
        let says = |window: &Window| {
            window.harness.query_by_label_contains("1.1 MB, ").is_some()
                || window.harness.query_by_label("1,100,000 bytes").is_some()
        };
        assert!(says(&window), "{view:?}");
        window.command(Command::TypePath);
        window.wait(1.0);
        assert!(!says(&window), "{view:?}, while a path is typed");
    }
}
