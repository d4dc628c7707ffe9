//! The line between a panel and what is beside it: it can be caught a little to both sides, lights up under the pointer,
//! and is dragged. It is drawn after what it separates, so that rows do not take the press.

use crate::ui::theme::UiPalette;
use egui::{CursorIcon, Id, Rangef, Rect, Sense, Ui, pos2};

/// To each side of the line.
const REACH: f32 = 4.0;

/// Draws the upright line at `x`; while it is dragged, answers where the pointer is.
pub fn panel_edge_ui(ui: &Ui, id: Id, x: f32, y_range: Rangef) -> Option<f32> {
    let edge = Rect::from_min_max(pos2(x - REACH, y_range.min), pos2(x + REACH, y_range.max));
    let response = ui.interact(edge, id, Sense::DRAG).on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    if response.hovered() || response.dragged() {
        ui.painter().vline(x, y_range, (2.0, ui.palette().accent));
    }
    response.interact_pointer_pos().filter(|_| response.dragged()).map(|pointer| pointer.x)
}
