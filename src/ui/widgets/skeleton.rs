//! Pale shapes where rows will be, of the right size, while they are fetched. They do not move.

use crate::ui::theme::{self, Palette};
use egui::{Painter, Rect, pos2, vec2};

/// Widths repeat in a pattern that looks like names, and is the same at every start.
const WIDTHS: [f32; 7] = [0.38, 0.27, 0.46, 0.33, 0.52, 0.24, 0.41];

/// A row of the list.
pub fn paint_skeleton_row(painter: &Painter, row: Rect, index: usize, palette: &Palette) {
    let color = palette.text.gamma_multiply(fading(index));
    let middle = row.center().y;
    let bar = |left: f32, width: f32| Rect::from_min_size(pos2(left, middle - 5.0), vec2(width, 10.0));
    let icon = Rect::from_center_size(pos2(row.min.x + 24.0, middle), vec2(22.0, 22.0));
    painter.rect_filled(icon, 6.0, color);
    let name = row.width() * 0.6 * WIDTHS[index % WIDTHS.len()] + 60.0;
    painter.rect_filled(bar(row.min.x + 48.0, name), 5.0, color);
    if row.width() > 480.0 {
        let right = row.max.x - 240.0;
        painter.rect_filled(bar(right, 64.0 + 24.0 * WIDTHS[(index + 3) % WIDTHS.len()]), 5.0, color);
        painter.rect_filled(bar(right + 132.0, 48.0), 5.0, color);
    }
}

/// A cell of the grid with so many columns.
pub fn paint_skeleton_cell(
    painter: &Painter,
    picture: Rect,
    index: usize,
    columns: usize,
    palette: &Palette,
) {
    let color = palette.text.gamma_multiply(fading(3 * (index / columns)));
    let edge = picture.width().min(picture.height()) * 0.82;
    let body = Rect::from_center_size(picture.center(), vec2(edge, edge * 0.8));
    painter.rect_filled(body, theme::CORNER, color);
    let width = picture.width() * (0.4 + WIDTHS[index % WIDTHS.len()] * 0.6);
    let name = Rect::from_center_size(pos2(picture.center().x, picture.max.y + 16.0), vec2(width, 10.0));
    painter.rect_filled(name, 5.0, color);
}

/// A line of the folder tree, from its symbol on.
pub fn paint_skeleton_line(painter: &Painter, line: Rect, index: usize, palette: &Palette) {
    let color = palette.text.gamma_multiply(fading(index));
    let icon = Rect::from_min_size(pos2(line.min.x, line.center().y - 8.0), vec2(18.0, 16.0));
    painter.rect_filled(icon, 4.0, color);
    let width = 40.0 + 110.0 * WIDTHS[index % WIDTHS.len()];
    painter.rect_filled(
        Rect::from_min_size(pos2(line.min.x + 28.0, line.center().y - 5.0), vec2(width, 10.0)),
        5.0,
        color,
    );
}

/// Further rows are paler, so that the end of the list stays open.
fn fading(index: usize) -> f32 {
    (0.085 - 0.006 * index as f32).max(0.012)
}
