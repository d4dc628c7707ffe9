//! The ruler beside the texts: where in them the differences are, and which part is in sight. It is dragged like a scroll
//! bar.

use super::{LinesUiState, MARGIN, ROW_HEIGHT};
use crate::ui::theme::{self, UiPalette};
use egui::{CursorIcon, Rect, Sense, StrokeKind, Ui, pos2};

pub(super) const WIDTH: f32 = 14.0;

/// The least height of a mark and of the part in sight.
const LEAST_MARK: f32 = 3.0;
const LEAST_VIEW: f32 = 20.0;

/// Answers where the person wants to be, in points from the top.
pub(super) fn ruler_ui(ui: &Ui, state: &LinesUiState, current: usize, rect: Rect) -> Option<f32> {
    let palette = ui.palette();
    let painter = ui.painter();
    painter.rect_filled(rect, theme::CORNER_SMALL, palette.surface_0);
    let total = state.drawn.rows.len() as f32 * ROW_HEIGHT + 2.0 * MARGIN;
    let scale = rect.height() / total.max(state.view_height).max(1.0);
    let y_of = |row: usize| rect.min.y + (MARGIN + row as f32 * ROW_HEIGHT) * scale;
    let colors = [palette.danger, palette.added];
    let mut last_y = [f32::NEG_INFINITY; 2];
    for (index, difference) in state.drawn.differences.iter().enumerate() {
        for (side, rows) in difference.sides.iter().enumerate() {
            let (top, bottom) = (y_of(rows.start), y_of(rows.end));
            // Of very many, those that would be drawn over each other are left out.
            if rows.is_empty() || (bottom - last_y[side] < 1.0 && index != current) {
                continue;
            }
            last_y[side] = bottom;
            let x = rect.min.x + 2.0 + side as f32 * (WIDTH / 2.0 - 1.5);
            let mark =
                Rect::from_min_max(pos2(x, top), pos2(x + WIDTH / 2.0 - 2.5, bottom.max(top + LEAST_MARK)));
            painter.rect_filled(
                mark,
                1.0,
                colors[side].gamma_multiply(if index == current { 1.0 } else { 0.75 }),
            );
        }
    }
    if total <= state.view_height {
        return None;
    }
    let top = rect.min.y + state.offset * scale;
    let height = (state.view_height * scale).max(LEAST_VIEW);
    let view = Rect::from_min_max(pos2(rect.min.x, top), pos2(rect.max.x, (top + height).min(rect.max.y)));
    painter.rect_filled(view, theme::CORNER_SMALL, palette.text.gamma_multiply(0.06));
    painter.rect_stroke(
        view,
        theme::CORNER_SMALL,
        (1.0, palette.text.gamma_multiply(0.30)),
        StrokeKind::Inside,
    );
    let response = ui.interact(rect, ui.scope_id().with("ruler"), Sense::CLICK | Sense::DRAG);
    let pressed = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on());
    response.on_hover_cursor(CursorIcon::PointingHand);
    pressed.map(|pressed| {
        let wanted = (pressed.y - rect.min.y) / scale - state.view_height / 2.0;
        wanted.clamp(0.0, total - state.view_height)
    })
}
