//! A row of the side bar: its place, and what shows that it is chosen, under the pointer or has the keyboard; and the
//! heading above some of them.

use super::text::section_label;
use crate::ui::theme::{self, UiPalette};
use egui::{Rect, StrokeKind, Ui, vec2};

pub const SIDE_ROW_HEIGHT: f32 = 34.0;

/// Between a row and the edges of the side bar.
const SIDE: f32 = 8.0;

/// The part of a line of the side bar that is coloured.
pub fn side_row(line: Rect) -> Rect {
    line.shrink2(vec2(SIDE, 1.0))
}

pub fn paint_side_row(ui: &Ui, row: Rect, selected: bool, hovered: bool, ring: bool) {
    let palette = ui.palette();
    if selected {
        ui.painter().rect_filled(row, theme::CORNER, palette.selection());
    } else if hovered {
        ui.painter().rect_filled(row, theme::CORNER, palette.hover());
    }
    if ring {
        ui.painter().rect_stroke(row, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    }
}

pub fn side_heading_ui(ui: &mut Ui, text: &str) {
    ui.add_space(14.0);
    ui.horizontal(|ui| {
        ui.add_space(18.0);
        section_label(ui, text);
    });
    ui.add_space(6.0);
}
