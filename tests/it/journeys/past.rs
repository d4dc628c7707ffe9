//! A folder as it was an hour ago, looked at and opened while other programs go on.

use super::Journey;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const HOUR: i64 = 3600;

impl Journey {
    #[track_caller]
    fn wait_for_since(&mut self, name: &str, since: &str) {
        self.until(&format!("{name}: {since}"), |journey| {
            let row = journey.harness.query_by_role_and_label(Role::Row, name)?;
            let said = row.accesskit_node().description().unwrap_or_default();
            said.starts_with(since).then_some(())
        });
    }
}

#[test]
fn a_folder_is_seen_as_it_was_and_a_file_of_then_is_opened() {
    let mut journey = Journey::begin(|house| {
        house.clock.advance(-2 * HOUR);
        for (path, text) in [("Ida", "Dear Ida"), ("Ole", "Dear Ole"), ("Una", "Dear Una")] {
            house.put(&format!("/Letters/To {path}.txt"), text);
        }
    });
    journey.enter("Letters");
    journey.wait_for(Role::Row, "To Ida.txt");
    journey.house.clock.advance(HOUR);
    journey.house.put("/Letters/To Ida.txt", "Dearest Ida");
    journey.house.put("/Letters/To Pia.txt", "Dear Pia");
    journey.house.delete("/Letters/To Ole.txt");
    journey.wait_until_gone(Role::Row, "To Ole.txt");
    journey.wait_for(Role::Row, "To Pia.txt");

    journey.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    journey.wait_for_text("You are looking at");
    // From yesterday to before the letters were written, and from there to before they were changed.
    journey.click(Role::Button, "Next change");
    journey.wait_for_since("To Una.txt", "New, not there then");
    journey.click(Role::Button, "Next change");
    journey.wait_for_since("To Ida.txt", "Changed");
    journey.wait_for_since("To Ole.txt", "Gone");
    journey.wait_for_since("To Una.txt", "Text");
    journey.wait_for_since("To Pia.txt", "New, not there then");

    journey.enter("To Ida.txt");
    let opened =
        journey.until("the copy to open", |journey| journey.house.desktop.opened.lock().unwrap().pop());
    assert_eq!(std::fs::read(opened).unwrap(), b"Dear Ida");
    journey.click(Role::Button, "Back to now");
    journey.wait_until_gone(Role::Row, "To Ole.txt");
}
