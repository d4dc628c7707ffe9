//! Sizes of folders, and the map of the space that they take.

use super::{SMALL, compare_window};
use crate::ui::space::{sizes, space, tell_index};
use crate::ui::{Window, dark, light};
use coffer_model::{Settings, SpacePart, ViewMode};
use coffer_state::space::SpaceColors;
use coffer_state::{Action, Command};
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

const LARGE: [f32; 2] = [1280.0, 800.0];

#[test]
fn folders_with_their_sizes() {
    compare_window("folder-sizes-light", &mut sizes(SMALL, light()), |_| {});
    let grid = Settings { view: ViewMode::Grid, ..dark() };
    compare_window("folder-sizes-grid-dark", &mut sizes(SMALL, grid), |_| {});
}

#[test]
fn a_map_with_a_selected_file() {
    for (name, settings) in [("space-light", light()), ("space-dark", dark())] {
        compare_window(name, &mut space(LARGE, settings), |window| {
            window.harness.get_by_role_and_label(Role::ListItem, "Aurora 0.mov").click();
            window.settle();
            window.wait(0.3);
        });
    }
}

#[test]
fn a_map_by_age_in_a_small_window_under_the_pointer() {
    compare_window("space-age-small-light", &mut space(SMALL, light()), |window| {
        window.act(Action::ColorSpace(SpaceColors::Age));
        window.harness.get_by_role_and_label(Role::ListItem, "Aurora 0.mov").hover();
        window.wait(1.0);
    });
}

#[test]
fn the_kinds_of_files_in_a_folder() {
    compare_window("space-kinds-dark", &mut space(SMALL, dark()), |window| {
        window.act(Action::ShowSpacePart(SpacePart::Kinds));
        window.wait(0.3);
    });
}

#[test]
fn an_account_that_is_not_listed_yet() {
    compare_window("space-building-light", &mut Window::open(SMALL, light()), |window| {
        window.command(Command::ShowSpace);
        tell_index(window, 37);
        window.wait(0.3);
    });
}

#[test]
fn the_details_of_a_folder() {
    for (name, settings) in [("folder-details-light", light()), ("folder-details-dark", dark())] {
        compare_window(name, &mut sizes(LARGE, settings), |window| {
            window.select("Expedition 2026");
            window.wait(0.3);
        });
    }
}

#[test]
fn the_question_before_much_is_deleted() {
    compare_window("delete-light", &mut sizes(SMALL, light()), |window| {
        window.select("Expedition 2026");
        window.command(Command::Delete);
        window.wait(0.3);
    });
}
