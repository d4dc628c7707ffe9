//! The dot of a folder in which something was changed elsewhere since the person last looked into it.

use super::theme::Palette;
use coffer_model::Entry;
use coffer_state::State;
use coffer_texts::tr;
use egui::{Painter, Pos2};

/// What the dot says.
pub fn words() -> &'static str {
    tr!("news")
}
/// Behind a name, in points.
pub const WIDTH: f32 = 18.0;
const RADIUS: f32 = 3.5;

pub fn has_dot(state: &State, entry: &Entry) -> bool {
    entry.is_folder() && state.news.has(&entry.path)
}

pub fn paint_dot(painter: &Painter, center: Pos2, palette: &Palette) {
    painter.circle_filled(center, RADIUS, palette.accent);
}

/// What screen readers tell of an item besides its name.
pub fn description(state: &State, entry: &Entry, more: &str) -> String {
    match (has_dot(state, entry), more) {
        (true, "") => words().to_owned(),
        (true, more) => format!("{}, {more}", words()),
        (false, more) => more.to_owned(),
    }
}
