//! Copies are found in a real account, and deleted and restored there.

use super::Journey;
use eframe::egui::accesskit::Role;

#[test]
fn copies_are_found_one_of_each_is_kept_and_undo_brings_the_others_back() {
    let mut journey = Journey::begin(|house| {
        house.put("/Photos/2026/Fjord.txt", "the same fjord");
        house.put("/Copies/old/Fjord (1).txt", "the same fjord");
        house.put("/Fjord.txt", "the same fjord");
        house.put("/Other.txt", "another one");
    });
    journey.wait_for(Role::Row, "Photos");
    journey.click(Role::Tab, "Duplicates");
    journey.wait_for_text("2 copies could go, in 1 group");
    journey.click(Role::Button, "Choose by rule");
    journey.click(Role::MenuItem, "Keep the shortest path");
    journey.click(Role::Button, "Delete 2 files, 28 B…");
    journey.wait_for(Role::Heading, "Delete 2 files, 28 B?");
    journey.click(Role::Button, "Delete 2 files");
    journey.wait_for_text("No duplicates");
    assert!(journey.house.try_read("/Copies/old/Fjord (1).txt").is_err());
    journey.wait_for_bytes("/Fjord.txt", b"the same fjord");
    journey.click(Role::Button, "Undo");
    journey.wait_for_bytes("/Photos/2026/Fjord.txt", b"the same fjord");
    journey.wait_for_bytes("/Copies/old/Fjord (1).txt", b"the same fjord");
    journey.wait_for_text("2 copies could go, in 1 group");
}
