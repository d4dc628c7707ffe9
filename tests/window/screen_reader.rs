//! The window as a screen reader finds it, over the real accessibility bus.

use crate::program::OpenWindow;
use crate::session_bus::{BUTTON, ENTRY, LINK, SessionBus, TREE_ITEM};
use egui::accesskit::Role;
use std::collections::HashMap;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use zbus::zvariant::OwnedValue;

/// What is read out is the fourth.
type Announcement = (String, i32, i32, OwnedValue, HashMap<String, OwnedValue>);

/// As of all that is waited for here.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn a_screen_reader_finds_names_and_roles_and_hears_what_has_happened() {
    let home = tempfile::tempdir().unwrap();
    let bus = SessionBus::start(home.path());
    let mut window =
        OpenWindow::start_on_bus(home.path(), &home.path().join("data"), &["--try-out"], &bus.address);
    window.driver.wait_for_role(Role::TreeItem, "Photos");

    for (role, name) in [(TREE_ITEM, "Photos"), (BUTTON, "Upload"), (LINK, "Home"), (ENTRY, "Search")] {
        bus.wait_for(role, name);
    }
    assert!(bus.has_frame());

    let (sender, announced) = mpsc::channel();
    let announcements = bus.announcements();
    thread::spawn(move || {
        for message in announcements.flatten() {
            let body = message.body();
            let (_, _, _, words, _): Announcement = body.deserialize().unwrap();
            if sender.send(String::try_from(words).unwrap()).is_err() {
                break;
            }
        }
    });
    window.press("ctrl+a");
    window.press("ctrl+shift+c");
    // How many are selected is read out before.
    let mut heard = Vec::new();
    while !heard.iter().any(|words: &String| words.ends_with("paths copied")) {
        let next = announced.recv_timeout(PATIENCE);
        heard.push(next.unwrap_or_else(|_| panic!("nothing more is read out after {heard:?}")));
    }
}
