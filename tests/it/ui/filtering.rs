//! The filter: by keyboard and by name, in the list and in the grid.

use super::{Window, made_up, plain};
use coffer_model::{Listing, RemotePath, Settings, Sort, ViewMode};
use coffer_state::row_filter::RowFilter;
use coffer_state::{Command, Focus, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

const SIZE: [f32; 2] = [1100.0, 700.0];
const YEAR: &str = "/Photos/2026";

/// Presses the slash as a keyboard does, and types.
fn filter(window: &mut Window, text: &str) {
    let (key, modifiers) = (Key::Slash, Modifiers::NONE);
    let pressed = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    // The letter of a key comes in the same frame.
    window.harness.input_mut().events.extend([pressed, Event::Text("/".to_owned())]);
    window.settle();
    field(window).type_text(text);
    window.settle();
}

fn field(window: &Window) -> egui_kittest::Node<'_> {
    window.harness.get_by_role_and_label(Role::TextInput, "Filter")
}

fn text(window: &Window) -> Option<&str> {
    window.state().browser.filter.as_ref().map(RowFilter::text)
}

fn shown(window: &Window) -> Vec<String> {
    let listing = window.state().browser.listing.value().unwrap();
    listing.entries.iter().map(|entry| entry.name().to_owned()).collect()
}

#[test]
fn typing_narrows_the_rows_and_esc_shows_them_all_again() {
    for view in [ViewMode::List, ViewMode::Grid] {
        let mut window = Window::open_at(SIZE, Settings { view, ..plain() }, YEAR);
        let all = shown(&window);
        filter(&mut window, "JPG dawn");
        assert_eq!(
            (text(&window), window.state().focus),
            (Some("JPG dawn"), Focus::Filter),
            "no slash in it"
        );
        assert_eq!(shown(&window), ["Fjord at dawn.jpg"]);
        assert!(window.harness.query_by_label("1 of 18 items").is_some());
        window.press(Key::Escape);
        assert_eq!((text(&window), window.state().focus), (None, Focus::Content));
        assert_eq!(shown(&window), all);
        // The rows have the keys again.
        window.press(Key::ArrowDown);
        assert_eq!(window.selected(), ["/Photos/2026/Expedition 2026"]);
    }
}

#[test]
fn enter_and_arrows_lead_to_the_rows_and_the_key_leads_back() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    filter(&mut window, "jpg");
    window.press(Key::Enter);
    assert_eq!(window.selected(), ["/Photos/2026/Fjord at dawn.jpg"]);
    window.press(Key::ArrowDown);
    assert_eq!(window.selected(), ["/Photos/2026/Portrait of Ida.jpg"]);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.settle();
    assert!(field(&window).is_focused());
    // What is in the field is selected, so that typing replaces it.
    field(&window).type_text("kayak");
    window.settle();
    assert_eq!((text(&window), window.selected()), (Some("kayak"), Vec::new()));
    window.press(Key::ArrowDown);
    assert_eq!(window.selected(), ["/Photos/2026/Kayaks.jpg"]);
    window.press(Key::Escape);
    assert_eq!((text(&window), window.selected()), (None, vec!["/Photos/2026/Kayaks.jpg".to_owned()]));
}

#[test]
fn select_all_takes_only_what_is_shown() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    filter(&mut window, "jpg");
    window.press(Key::Enter);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.settle();
    assert_eq!(window.selected().len(), 3);
    assert!(window.harness.query_by_label_contains("3 of 18 items · 3 selected").is_some());
}

#[test]
fn where_nothing_matches_the_filter_is_cleared_or_looked_for_everywhere() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    filter(&mut window, "lease");
    assert!(window.harness.query_by_label("Nothing here matches “lease”").is_some());
    assert!(window.harness.query_by_label("0 of 18 items").is_some());
    window.click("Clear filter");
    assert_eq!((text(&window), shown(&window).len()), (None, 18));
    filter(&mut window, "lease");
    window.click("Search everywhere");
    assert_eq!(window.state().search.text(), "lease");
    assert_eq!(shown(&window), ["Lease.pdf"]);
    window.press(Key::Escape);
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::new(YEAR)));
}

#[test]
fn the_rows_move_once_and_not_with_each_letter() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    let before = window.rect("Expedition 2026").top();
    filter(&mut window, "e");
    let first = window.rect("Expedition 2026").top();
    assert!(first - before < 48.0, "{before} {first}");
    field(&window).type_text("x");
    window.settle();
    assert!((window.rect("Expedition 2026").top() - first).abs() < 0.01);
    window.click("Close filter");
    assert!((window.rect("Expedition 2026").top() - before).abs() < 0.01);
}

#[test]
fn a_long_list_is_back_where_it_was_scrolled_to() {
    let mut window = Window::closed(SIZE, plain(), YEAR);
    let many = Listing::new(made_up::many(YEAR, 100_000), Sort::default(), true);
    window.account.listings.push((RemotePath::new("/Long"), Arc::new(many)));
    window.act(coffer_state::Action::Go(Location::Folder(RemotePath::new("/Long"))));
    window.press(Key::End);
    let top = window.state().browser.scroll_top;
    window.act(coffer_state::Action::ClickEmpty);
    filter(&mut window, "000001");
    assert_eq!(shown(&window), ["Measurement 000001.csv"]);
    assert!(window.harness.query_by_role_and_label(Role::Row, "Measurement 000001.csv").is_some());
    assert!(window.harness.query_by_label("1 of 100,000 items").is_some());
    window.press(Key::Escape);
    assert!((window.state().browser.scroll_top - top).abs() < 0.01);
}

#[test]
fn the_menu_of_the_folder_offers_it() {
    let mut window = Window::open_at(SIZE, plain(), "/Documents");
    let below = window.harness.get_by_role_and_label(Role::List, "Files").rect().center();
    window.harness.hover_at(below);
    window.harness.get_by_role_and_label(Role::List, "Files").click_secondary();
    window.settle();
    window.click("Filter");
    assert!(field(&window).is_focused());
    assert!(Command::Filter.is_enabled(window.state()));
}
