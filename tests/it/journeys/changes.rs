//! What another program changes is told, and what it deletes can be restored from there.

use super::Journey;
use eframe::egui::accesskit::Role;

#[test]
fn what_another_program_does_is_told_and_what_it_deletes_is_restored() {
    let mut journey = Journey::begin(|house| {
        house.put("/Letters/To Ida.txt", "Dear Ida");
    });
    journey.wait_for(Role::Row, "Letters");
    journey.click(Role::Tab, "Changes");
    journey.wait_for_text("From now on, what happens to your files is listed here.");
    journey.house.put("/Letters/To Ole.txt", "Dear Ole");
    journey.wait_for_text("To Ole.txt, Added in Letters, 8 B");
    journey.house.delete("/Letters/To Ida.txt");
    journey.wait_for_text("To Ida.txt, Deleted from Letters, 8 B");
    journey.click(Role::Button, "Restore");
    journey.wait_for_bytes("/Letters/To Ida.txt", b"Dear Ida");
}
