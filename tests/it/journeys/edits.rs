//! Names, folders, deleting and taking it back.

use super::Journey;
use coffer_state::Command;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};

#[test]
fn a_deleted_folder_comes_back_with_all_that_was_in_it() {
    let mut journey = Journey::begin(|house| {
        house.put("/Photos/a.jpg", "a");
        house.put("/Photos/Albums/b.jpg", "first");
        house.put("/Photos/Albums/b.jpg", "second");
    });
    journey.click(Role::Row, "Photos");
    journey.press(Key::Delete);
    journey.wait_until_gone(Role::Row, "Photos");
    assert!(!journey.house.exists("/Photos"));
    journey.click(Role::Button, "Undo");
    journey.wait_for(Role::Row, "Photos");
    journey.wait_for_bytes("/Photos/a.jpg", b"a");
    journey.wait_for_bytes("/Photos/Albums/b.jpg", b"second");
}

#[test]
fn a_file_is_renamed_in_place_and_keeps_its_ending() {
    let mut journey = Journey::begin(|house| {
        house.put("/Draft.txt", "text");
    });
    journey.click(Role::Row, "Draft.txt");
    journey.press(Key::F2);
    journey.wait_for_name_field();
    // The stem is selected, so that typing replaces it and nothing else.
    journey.type_text("Letter");
    journey.press(Key::Enter);
    journey.wait_for_bytes("/Letter.txt", b"text");
    assert!(!journey.house.exists("/Draft.txt"));
    journey.wait_for(Role::Row, "Letter.txt");
    // The row has its new name before the account has answered.
    journey.until("something to undo", |journey| {
        Command::Undo.is_enabled(journey.harness.state().state()).then_some(())
    });
    journey.press_with(Modifiers::COMMAND, Key::Z);
    journey.wait_for_bytes("/Draft.txt", b"text");
}

#[test]
fn a_name_that_is_refused_is_told_while_it_is_typed_and_changes_nothing() {
    let mut journey = Journey::begin(|house| {
        house.put("/Draft.txt", "text");
    });
    journey.click(Role::Row, "Draft.txt");
    journey.press(Key::F2);
    journey.wait_for_name_field();
    journey.press_with(Modifiers::COMMAND, Key::A);
    journey.type_text("desktop.ini");
    journey.press(Key::Enter);
    journey.until("a complaint", |journey| {
        journey.harness.state().state().browser.rename.as_ref()?.complaint.clone().map(|_| ())
    });
    journey.press(Key::Escape);
    journey.wait_for(Role::Row, "Draft.txt");
    assert_eq!(journey.house.tree(), ["/Draft.txt"]);
}

#[test]
fn a_new_folder_is_named_in_place() {
    let mut journey = Journey::begin(|house| {
        house.put("/Draft.txt", "text");
    });
    journey.wait_for(Role::Row, "Draft.txt");
    journey.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    journey.wait_for_name_field();
    journey.press_with(Modifiers::COMMAND, Key::A);
    journey.type_text("Invoices");
    journey.press(Key::Enter);
    journey.wait_for(Role::Row, "Invoices");
    assert_eq!(journey.house.tree(), ["/Draft.txt", "/Invoices/"]);
}

#[test]
fn a_file_pasted_onto_a_taken_name_replaces_it_and_one_undo_brings_both_back() {
    let mut journey = Journey::begin(|house| {
        house.put("/Letter.txt", "mine");
        house.put("/Notes.txt", "notes");
        house.put("/Docs/Letter.txt", "theirs");
    });
    journey.click(Role::Row, "Letter.txt");
    journey.press_with(Modifiers::SHIFT, Key::End);
    journey.press_with(Modifiers::COMMAND, Key::X);
    journey.enter("Docs");
    journey.wait_for(Role::Row, "Letter.txt");
    journey.press_with(Modifiers::COMMAND, Key::V);
    // The other one goes on.
    journey.wait_for(Role::Dialog, "1 file already exists");
    journey.wait_for_bytes("/Docs/Notes.txt", b"notes");
    journey.click(Role::RadioButton, "Replace: Letter.txt");
    journey.click(Role::Button, "Replace 1 file");
    journey.wait_for_bytes("/Docs/Letter.txt", b"mine");
    journey.until("the letter to be gone", |journey| (!journey.house.exists("/Letter.txt")).then_some(()));
    journey.wait_for_text("Moved 2 items");
    journey.press_with(Modifiers::COMMAND, Key::Z);
    journey.wait_for_bytes("/Docs/Letter.txt", b"theirs");
    journey.wait_for_bytes("/Letter.txt", b"mine");
    journey.wait_for_bytes("/Notes.txt", b"notes");
}

impl Journey {
    fn wait_for_name_field(&mut self) {
        self.until("the name to be a text field", |journey| {
            journey.harness.state().state().browser.rename.is_some().then_some(())
        });
        // The field takes the keyboard in the frame in which it is drawn first.
        self.harness.run_steps(2);
    }

    fn type_text(&mut self, text: &str) {
        self.harness.event(eframe::egui::Event::Text(text.to_owned()));
        self.harness.step();
    }
}
