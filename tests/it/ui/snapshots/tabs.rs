//! The strip of tabs.

use super::{LEAST, SMALL, compare, compare_in_both_themes};
use crate::ui::{Window, light};
use coffer_model::{RemotePath, ViewMode};
use coffer_state::tabs::TabAction;
use coffer_state::{Action, Location};

fn open_behind(window: &mut Window, locations: &[Location]) {
    for location in locations {
        window.act(Action::Tab(TabAction::Open(location.clone())));
    }
}

fn folder(path: &str) -> Location {
    Location::Folder(RemotePath::new(path))
}

#[test]
fn some_tabs_of_which_one_is_under_the_pointer() {
    compare_in_both_themes("tabs", SMALL, ViewMode::List, |window| {
        let search = Location::Search { query: "expedition".to_owned(), sort: None };
        open_behind(window, &[folder("/Documents"), search, folder("/Photos/2026/Expedition 2026")]);
        window.harness.hover_at(eframe::egui::pos2(900.0, 66.0));
        window.settle();
    });
}

#[test]
fn more_tabs_than_the_smallest_window_has_room_for() {
    compare("tabs-least-light", LEAST, light(), |window| {
        let names =
            ["A long name that has to be cut in its middle", "Documents", "Photos", "Music", "Letters"];
        open_behind(window, &names.map(|name| folder(&format!("/{name}"))));
    });
}
