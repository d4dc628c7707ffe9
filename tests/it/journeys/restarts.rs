//! The program is closed and started again.

use super::Journey;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use std::fs;

#[test]
fn tabs_and_tree_are_there_again_and_a_folder_that_is_gone_gives_way() {
    let mut journey = Journey::begin(|house| {
        house.put("/Letters/2026/May/To Ida.txt", "Dear Ida");
        house.put("/Photos/Kayak.jpg", "no picture");
    });
    journey.enter("Letters");
    journey.enter("2026");
    journey.enter("May");
    journey.wait_for(Role::Row, "To Ida.txt");
    journey.press_with(Modifiers::COMMAND, Key::T);
    journey.click(Role::TreeItem, "Photos");
    journey.wait_for(Role::Row, "Kayak.jpg");

    let mut journey = journey.restart();
    journey.wait_for(Role::Row, "Kayak.jpg");
    journey.wait_for(Role::TreeItem, "May");
    journey.wait_for(Role::Tab, "Photos");
    journey.wait_for(Role::Tab, "May");

    journey.house.delete("/Letters/2026");
    let mut journey = journey.restart();
    journey.wait_for(Role::Row, "Kayak.jpg");
    journey.click(Role::Tab, "May");
    journey.wait_for_text("“Letters / 2026 / May” is no longer there, so “Letters” is shown");
    journey.wait_until_gone(Role::TreeItem, "2026");

    let mut journey = journey.restart();
    journey.wait_for(Role::Tab, "Letters");
    journey.wait_for(Role::TreeItem, "Photos");
    journey.wait_until_gone(Role::TreeItem, "2026");
}

#[test]
fn finished_transfers_are_there_again_and_lead_to_their_items() {
    let mut journey = Journey::begin(|house| {
        house.put("/Letters/To Ida.txt", "Dear Ida");
    });
    let letter = journey.house.local("To Ole.txt");
    fs::write(&letter, "Dear Ole").unwrap();
    journey.enter("Letters");
    journey.wait_for(Role::Row, "To Ida.txt");
    journey.drop_files(&[&letter]);
    journey.wait_for_bytes("/Letters/To Ole.txt", b"Dear Ole");
    journey.wait_for_text("Uploaded “To Ole.txt”");
    journey.press_with(Modifiers::ALT, Key::ArrowUp);
    journey.wait_for(Role::Row, "Letters");

    let mut journey = journey.restart();
    journey.wait_for(Role::Row, "Letters");
    journey.press_with(Modifiers::COMMAND, Key::J);
    journey.wait_for_text("To Ole.txt, Verified");
    journey.click(Role::Button, "Show: To Ole.txt");
    journey.wait_for(Role::Row, "To Ole.txt");
}
