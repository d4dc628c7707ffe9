//! The text of a PDF in the large preview: found, marked, selected and copied.

use super::acts::YEAR;
use super::{Window, light};
use coffer_model::Job;
use coffer_state::dialog::Dialog;
use coffer_state::{Action, Command};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::kittest::Queryable;

fn open() -> Window {
    let mut window = Window::open_at([1280.0, 800.0], light(), YEAR);
    window.select("Permit application (signed).pdf");
    window.command(Command::QuickPreview);
    window.wait(0.5);
    window
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.settle();
}

fn find(window: &mut Window, words: &str) {
    window.harness.event(Event::Text(words.to_owned()));
    window.wait(0.5);
}

fn says(window: &Window, label: &str) -> bool {
    window.harness.query_by_label(label).is_some()
}

fn pages_asked_for(window: &Window) -> usize {
    let asked = |job: &Job| match job {
        Job::PageTexts { pages, .. } => pages.len(),
        _ => 0,
    };
    window.account.jobs.iter().map(asked).sum()
}

/// Selects with the mouse.
pub fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::default(),
    };
    for event in [Event::PointerMoved(from), button(from, true), Event::PointerMoved(to), button(to, false)] {
        window.harness.event(event);
        window.wait(0.1);
    }
}

#[test]
fn nothing_is_read_until_the_pointer_is_over_the_pages_or_words_are_looked_for() {
    let mut window = open();
    assert_eq!(pages_asked_for(&window), 0);
    window.harness.event(Event::PointerMoved(pos2(640.0, 400.0)));
    window.wait(0.2);
    assert!((1..4).contains(&pages_asked_for(&window)), "{}", pages_asked_for(&window));
    press(&mut window, Modifiers::COMMAND, Key::F);
    window.wait(0.5);
    assert_eq!(pages_asked_for(&window), 311);
}

#[test]
fn words_on_a_page_far_below_are_found_and_brought_into_sight() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::F);
    window.wait(0.3);
    find(&mut window, "SHEET 250");
    assert!(says(&window, "Matches: 1 of 1") && says(&window, "Page 250 of 311"));
    press(&mut window, Modifiers::COMMAND, Key::A);
    find(&mut window, "sheet 1");
    // 1, 10 to 19 and 100 to 199; it goes on from the place that was found.
    assert!(says(&window, "Matches: 1 of 111"));
    press(&mut window, Modifiers::SHIFT, Key::Enter);
    window.wait(0.3);
    assert!(says(&window, "Matches: 111 of 111") && says(&window, "Page 199 of 311"));
    press(&mut window, Modifiers::COMMAND, Key::A);
    find(&mut window, "nowhere");
    assert!(says(&window, "Matches: Not found"));
    window.press(Key::Escape);
    assert!(!says(&window, "Close find"), "Escape closes the field");
    assert!(matches!(window.state().dialog, Some(Dialog::LargePreview(_))));
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

#[test]
fn a_scan_says_that_it_has_no_text() {
    let mut window = open();
    window.account.is_scanned = true;
    press(&mut window, Modifiers::COMMAND, Key::F);
    window.wait(0.3);
    assert!(says(&window, "This document has no text to find."));
}

#[test]
fn text_that_is_selected_with_the_mouse_is_copied() {
    let mut window = open();
    drag(&mut window, pos2(400.0, 300.0), pos2(700.0, 340.0));
    window.harness.event(Event::Copy);
    window.wait(0.2);
    let copied = window.copied();
    assert!(copied.contains('\n') && copied.contains("permit"), "{copied}");
    assert!(copied.len() < 500, "{copied}");
}

#[test]
fn all_pages_are_copied_when_they_are_read() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::A);
    window.harness.event(Event::Copy);
    window.wait(0.5);
    let copied = window.copied();
    assert!(copied.starts_with("Sheet 1\n") && copied.contains("\n\nSheet 311\n"));
    assert_eq!(pages_asked_for(&window), 311);
    window.act(Action::CloseDialog);
    assert!(window.harness.query_by_role(Role::Document).is_none());
}
