//! Words are found in the large preview, in tables too.

use super::Window;
use super::previews::{opened, says};
use coffer_state::Command;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

fn type_words(window: &mut Window, words: &str) {
    for letter in words.chars() {
        if letter == ' ' {
            window.press(Key::Space);
        }
        window.harness.event(Event::Text(letter.to_string()));
        window.settle();
    }
    window.wait(0.5);
}

fn is_open(window: &Window) -> bool {
    window.harness.query_by_role_and_label(Role::Dialog, "Preview of Budget.csv").is_some()
}

#[test]
fn words_are_found_in_the_cells_of_a_table() {
    let mut window = opened("Budget.csv");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    window.chord(Modifiers::COMMAND, Key::F);
    // A blank is one of the letters, and does not close the preview.
    type_words(&mut window, "at the foot");
    assert!(is_open(&window));
    let count = |window: &Window| {
        let node = window.harness.get_by_label_contains("Matches: ");
        node.accesskit_node().label().unwrap_or_default()
    };
    let first = count(&window);
    assert!(first.starts_with("Matches: 1 of "), "{first}");
    window.press(Key::Enter);
    assert!(count(&window).starts_with("Matches: 2 of "), "{}", count(&window));
    window.press(Key::Escape);
    window.wait(0.2);
    assert!(is_open(&window) && !says(&window, &first));
}

#[test]
fn a_cell_far_below_is_brought_into_sight() {
    let mut window = opened("Budget.csv");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    window.click("Find in text");
    type_words(&mut window, "2026-08123");
    let tables = window.harness.get_all_by_role_and_label(Role::Table, "Table of Budget.csv");
    let shown = tables.last().and_then(|node| node.accesskit_node().value()).unwrap_or_default();
    assert!(shown.contains("2026-08123") && !shown.contains("2026-00000"), "{shown}");
}
