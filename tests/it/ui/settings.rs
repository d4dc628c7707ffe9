//! The settings, and running a command by its name.

use super::{Window, light};
use coffer_model::settings::{Accent, LanguageChoice, RowHeight};
use coffer_model::{Job, Settings, ThemeChoice};
use coffer_state::Location;
use coffer_texts::Language;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1100.0, 760.0];

fn in_settings() -> Window {
    let mut window = Window::open(SIZE, light());
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    window.settle();
    window
}

fn settings(window: &Window) -> &Settings {
    &window.state().settings
}

#[test]
fn each_setting_holds_at_once_and_is_saved() {
    let mut window = in_settings();
    window.click("Dark: Theme");
    assert_eq!((settings(&window).theme, window.harness.ctx.theme()), (ThemeChoice::Dark, Theme::Dark));
    window.click("Purple: Accent color");
    assert_eq!(settings(&window).accent, Accent::Purple);
    window.click("Compact: Row height");
    assert_eq!(settings(&window).row_height, RowHeight::Compact);
    window.click("Single click: Open files with a");
    assert!(settings(&window).opens_with_one_click);
    window.click("Reduce motion");
    assert!(settings(&window).reduced_motion);
    window.click("Notify about changes");
    assert!(settings(&window).notify_changes);
    window.click("110 %: Size");
    assert_eq!((settings(&window).scale_percent, window.harness.ctx.zoom_factor()), (110, 1.1));
    window.wait(1.5);
    let saved = window.account.jobs.iter().rev().find_map(|job| match job {
        Job::SaveSettings(settings) => Some(settings),
        _ => None,
    });
    assert_eq!(saved, Some(settings(&window)));
}

#[test]
fn the_window_speaks_another_language_at_once() {
    coffer_texts::set_language_of_thread(Language::English);
    let mut window = in_settings();
    window.click("Deutsch: Language");
    assert_eq!(settings(&window).language, LanguageChoice::German);
    assert!(window.harness.query_by_label("English: Language").is_none());
    window.click("English: Sprache");
    window.click("English: Language");
    assert_eq!(settings(&window).language, LanguageChoice::English);
}

#[test]
fn arrows_go_through_the_accents() {
    let mut window = in_settings();
    let accent = |window: &Window| settings(window).accent;
    window.harness.get_by_label("Teal: Accent color").focus();
    window.settle();
    window.press(Key::ArrowRight);
    assert_eq!(accent(&window), Accent::Blue);
    window.press(Key::ArrowRight);
    assert_eq!(accent(&window), Accent::Purple);
    window.press(Key::ArrowLeft);
    window.press(Key::ArrowLeft);
    window.press(Key::ArrowLeft);
    assert_eq!(accent(&window), Accent::Teal);
}

#[test]
fn the_cache_is_measured_and_cleared() {
    let mut window = in_settings();
    let clear = window.harness.get_by_role_and_label(Role::Button, "Clear");
    assert!(!clear.accesskit_node().is_disabled());
    clear.click();
    window.settle();
    assert!(window.account.jobs.contains(&Job::ClearCache));
    assert!(window.harness.get_by_role_and_label(Role::Button, "Clear").accesskit_node().is_disabled());
}

#[test]
fn one_click_opens_a_folder_if_that_is_set() {
    let mut window = Window::open(SIZE, Settings { opens_with_one_click: true, ..light() });
    window.harness.get_by_role_and_label(Role::Row, "Photos").click();
    window.settle();
    assert!(
        matches!(window.state().navigation.current(), Location::Folder(path) if path.as_str() == "/Photos")
    );
}

#[test]
fn a_command_is_run_by_some_letters_of_its_name() {
    let mut window = Window::open(SIZE, light());
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Run a command").type_text("dark");
    window.settle();
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    assert_eq!(settings(&window).theme, ThemeChoice::Dark);

    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Run a command").type_text("sort");
    window.settle();
    assert!(window.harness.query_by_role_and_label(Role::ListBoxOption, "Sort by size").is_some());
    assert!(window.harness.query_by_role_and_label(Role::ListBoxOption, "New folder").is_none());
    window.press(Key::ArrowDown);
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

#[test]
fn what_can_not_be_done_here_is_not_offered() {
    let mut window = Window::open(SIZE, light());
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Run a command").type_text("paste");
    window.settle();
    assert!(window.harness.query_by_role_and_label(Role::ListBoxOption, "Paste").is_some());
    window.harness.get_by_role_and_label(Role::TextInput, "Run a command").type_text(" versions");
    window.settle();
    assert!(window.harness.query_by_role_and_label(Role::ListBoxOption, "Versions").is_none());
}
