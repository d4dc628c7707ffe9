//! The line between a panel and what is beside it: it can be caught a little to both sides, lights up under the pointer,
//! and is dragged. It is drawn after what it separates, so that rows do not take the press.

use crate::ui::theme::UiPalette;
use egui::{CursorIcon, Id, Rect, Response, Sense, Ui, vec2};

/// To each side of the line.
const REACH: f32 = 4.0;

/// Draws the line, a rectangle without width or without height, and answers with what was done to it.
pub fn panel_edge_ui(ui: &Ui, id: Id, line: Rect) -> Response {
    let is_upright = line.width() < line.height();
    let (reach, cursor) = if is_upright {
        (vec2(REACH, 0.0), CursorIcon::ResizeHorizontal)
    } else {
        (vec2(0.0, REACH), CursorIcon::ResizeVertical)
    };
    let edge = line.expand2(reach);
    let response = ui.interact(edge, id, Sense::CLICK | Sense::DRAG).on_hover_and_drag_cursor(cursor);
    if response.hovered() || response.dragged() {
        let stroke = (2.0, ui.palette().accent);
        ui.painter().line_segment([line.min, line.max], stroke);
    }
    response
}

/// Where the pointer is while the line is dragged.
pub fn dragged_to(response: &Response) -> Option<egui::Pos2> {
    response.interact_pointer_pos().filter(|_| response.dragged())
}
