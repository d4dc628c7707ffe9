//! A few pictures that were looked at and found good, in `tests/pictures`: the window still looks like them. When it is
//! meant to look otherwise, `UPDATE_SNAPSHOTS=true cargo test --features inspection approved` draws them anew; look at
//! each before it is kept.

use super::{Window, dark, light, plain};
use coffer_model::{Settings, ThemeChoice, ViewMode};
use coffer_state::Command;
use egui_kittest::SnapshotOptions;

const YEAR: &str = "/Photos/2026";
const SMALL: [f32; 2] = [1000.0, 640.0];

/// Edges of letters may come out a little otherwise on another processor.
const PIXELS_THAT_MAY_DIFFER: usize = 20;

impl Window {
    fn is_as_approved(&mut self, name: &str) {
        let options =
            SnapshotOptions::new().output_path("tests/pictures").max_failed_pixels(PIXELS_THAT_MAY_DIFFER);
        self.harness.snapshot_options(name, &options);
    }
}

#[test]
fn a_list_with_a_selected_file() {
    let mut window = Window::open_at(SMALL, light(), YEAR);
    window.select("Fjord at dawn.jpg");
    window.is_as_approved("list");
}

#[test]
fn a_grid_of_pictures_in_the_dark() {
    Window::open_at(SMALL, Settings { view: ViewMode::Grid, ..dark() }, YEAR).is_as_approved("grid");
}

#[test]
fn the_versions_of_a_file() {
    let mut window = Window::open_at(SMALL, light(), YEAR);
    window.select("Fjord at dawn.jpg");
    window.command(Command::Versions);
    window.settle();
    window.is_as_approved("versions");
}

#[test]
fn the_panel_with_transfers_in_the_dark() {
    let mut window = Window::open_at([720.0, 480.0], Settings { theme: ThemeChoice::Dark, ..plain() }, YEAR);
    window.start_transfers(50, 60);
    window.is_as_approved("transfers");
}
