//! Searches that were used, below the search box, and saved ones in the side bar.

use super::{Window, plain};
use coffer_model::Settings;
use coffer_model::settings::{KeptSearches, SavedSearch};
use coffer_state::{Action, Focus};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1100.0, 700.0];
const YEAR: &str = "/Photos/2026";

fn settings(recent: &[&str], saved: &[(&str, &str)]) -> Settings {
    let saved =
        saved.iter().map(|(name, query)| SavedSearch { name: (*name).into(), query: (*query).into() });
    let recent = recent.iter().map(|query| (*query).to_owned());
    let kept = KeptSearches { recent: recent.collect(), saved: saved.collect() };
    Settings { searches: [("local".to_owned(), kept)].into(), ..plain() }
}

fn search(window: &mut Window, text: &str) {
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Search").type_text(text);
    window.settle();
}

fn text(window: &Window) -> &str {
    window.state().search.text()
}

fn saved(window: &Window) -> Vec<&str> {
    window.state().kept_searches().saved.iter().map(|saved| saved.name.as_str()).collect()
}

fn has_heading(window: &Window) -> bool {
    window.harness.query_by_label("Searches").is_some()
}

#[test]
fn a_search_is_saved_named_in_place_and_run_again() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    assert!(!has_heading(&window));
    search(&mut window, "re kind:picture");
    window.click("Save this search");
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Name of the search");
    assert!(field.is_focused());
    // The query is selected, so that typing replaces it.
    field.type_text("Pictures of re");
    window.settle();
    window.press(Key::Enter);
    assert_eq!(saved(&window), ["Pictures of re"]);
    assert!(has_heading(&window));
    assert_eq!(text(&window), "re kind:picture", "the results are still there");
    window.click("Clear search");
    window.harness.get_by_role_and_label(Role::Tab, "Pictures of re").click();
    window.settle();
    assert_eq!((text(&window), window.state().focus), ("re kind:picture", Focus::Content));
    assert!(window.state().browser.row_count() > 0);
}

#[test]
fn the_key_saves_and_the_button_removes_what_is_saved() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    search(&mut window, "fjord");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    window.settle();
    window.press(Key::Escape);
    assert_eq!(saved(&window), ["fjord"], "Esc leaves the name, not the search");
    assert_eq!(text(&window), "fjord");
    window.click("Remove this saved search");
    assert!(saved(&window).is_empty() && !has_heading(&window));
    window.click("Undo");
    assert_eq!(saved(&window), ["fjord"]);
}

#[test]
fn a_saved_search_is_renamed_and_removed_by_its_menu() {
    let mut window = Window::open_at(SIZE, settings(&[], &[("Fjords", "fjord"), ("Tax", "tax")]), YEAR);
    window.harness.get_by_role_and_label(Role::Tab, "Fjords").click_secondary();
    window.settle();
    window.click("Rename");
    window.harness.get_by_role_and_label(Role::TextInput, "Name of the search").type_text("Norway");
    window.settle();
    window.press(Key::Enter);
    assert_eq!(saved(&window), ["Norway", "Tax"]);
    // The button that is there under the pointer opens the same menu.
    window.harness.get_by_role_and_label(Role::Tab, "Norway").hover();
    window.settle();
    window.click("More: Norway");
    window.click("Remove");
    assert_eq!(saved(&window), ["Tax"]);
}

#[test]
fn recent_searches_are_offered_below_the_empty_box_and_chosen_by_arrows_or_the_pointer() {
    let mut window = Window::open_at(SIZE, settings(&["kayak", "lease"], &[]), YEAR);
    assert!(window.harness.query_by_label("Recent searches").is_none());
    search(&mut window, "");
    assert!(window.harness.query_by_label("Recent searches").is_some());
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!((text(&window), window.state().focus), ("lease", Focus::Content));
    assert!(window.harness.query_by_label("Recent searches").is_none());
    assert_eq!(window.state().kept_searches().recent, ["lease", "kayak"]);
    window.act(Action::LeaveSearch);
    search(&mut window, "");
    window.harness.get_by_role_and_label(Role::ListBoxOption, "kayak").hover();
    window.settle();
    window.harness.get_by_role_and_label(Role::ListBoxOption, "kayak").click();
    window.settle();
    assert_eq!(text(&window), "kayak");
}

#[test]
fn recent_searches_go_while_one_types_with_the_keyboard_and_when_they_are_cleared() {
    let mut window = Window::open_at(SIZE, settings(&["kayak"], &[("Tax", "tax")]), YEAR);
    search(&mut window, "l");
    assert!(window.harness.query_by_label("Recent searches").is_none());
    window.press(Key::Escape);
    assert!(window.harness.query_by_label("Recent searches").is_none());
    search(&mut window, "");
    // Esc closes it, wherever the pointer is.
    window.harness.get_by_role_and_label(Role::ListBoxOption, "kayak").hover();
    window.settle();
    window.press(Key::Escape);
    assert!(window.harness.query_by_label("Recent searches").is_none());
    search(&mut window, "");
    let clear = "Clear recent searches";
    window.harness.get_by_role_and_label(Role::ListBoxOption, clear).hover();
    window.settle();
    window.harness.get_by_role_and_label(Role::ListBoxOption, clear).click();
    window.settle();
    assert!(window.harness.query_by_label("Recent searches").is_none());
    assert!(window.state().kept_searches().recent.is_empty());
    assert_eq!(saved(&window), ["Tax"]);
}
