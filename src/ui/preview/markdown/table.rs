//! Tables: columns as wide as their words where there is room, narrowed evenly where there is not.

use super::inline::Inline;
use super::words::words_ui;
use super::{LinkTarget, Table};
use crate::ui::theme::{self, Palette};
use egui::{Align, Rect, Sense, Ui, UiBuilder, vec2};

const PADDING: f32 = 10.0;

/// Answers which link was clicked.
pub(super) fn table_ui(ui: &mut Ui, table: &Table, width: f32, palette: &Palette) -> Option<LinkTarget> {
    let mut clicked = None;
    let widths = column_widths(ui, table, width, palette);
    let origin = ui.max_rect().min;
    let mut y = origin.y;
    let lines = std::iter::once((&table.head, true)).chain(table.rows.iter().map(|row| (row, false)));
    for (line, (cells, is_head)) in lines.enumerate() {
        let mut height: f32 = 0.0;
        let mut x = origin.x;
        for (column, cell_width) in widths.iter().enumerate() {
            let Some(cell) = cells.get(column) else { continue };
            let inner = cell_width - 2.0 * PADDING;
            let place = egui::pos2(x + PADDING, y + 6.0);
            let mut job = cell.job(theme::BODY_TEXT, is_head, inner, palette);
            let mut left = place.x;
            let align = table.alignments.get(column).copied().unwrap_or(Align::Min);
            if align != Align::Min {
                let natural = ui.painter().layout_job(job.clone()).size().x;
                left += (inner - natural).max(0.0) * align.to_factor();
            }
            job.wrap.max_width = inner;
            let rect = Rect::from_min_size(egui::pos2(left, place.y), vec2(inner, f32::INFINITY));
            let builder = UiBuilder::new().max_rect(rect).id_salt(("cell", line, column));
            let drawn = ui.scope_builder(builder, |ui| words_ui(ui, cell, job, palette, None));
            clicked = drawn.inner.or(clicked);
            height = height.max(drawn.response.rect.height() + 12.0);
            x += cell_width;
        }
        y += height;
        let (from, to) = (origin.x, origin.x + widths.iter().sum::<f32>());
        let color = if is_head { palette.dimmed.gamma_multiply(0.6) } else { palette.line };
        ui.painter().hline(from..=to, y, (1.0, color));
    }
    let size = vec2(widths.iter().sum::<f32>().min(width), y - origin.y + 1.0);
    ui.allocate_rect(Rect::from_min_size(origin, size), Sense::hover());
    clicked
}

fn column_widths(ui: &Ui, table: &Table, width: f32, palette: &Palette) -> Vec<f32> {
    let natural = |cell: &Inline, bold| {
        let job = cell.job(theme::BODY_TEXT, bold, f32::INFINITY, palette);
        ui.painter().layout_job(job).size().x
    };
    let mut widths: Vec<f32> = table.head.iter().map(|cell| natural(cell, true)).collect();
    // The first rows are enough to choose widths by.
    for row in table.rows.iter().take(200) {
        for (column, cell) in row.iter().enumerate() {
            if let Some(known) = widths.get_mut(column) {
                *known = known.max(natural(cell, false));
            }
        }
    }
    for column in &mut widths {
        *column = (column.ceil() + 2.0 * PADDING).min(width);
    }
    let total: f32 = widths.iter().sum();
    if total > width {
        // Narrow columns keep what they need; wide ones share the rest.
        let fair = width / widths.len() as f32;
        let kept: f32 = widths.iter().filter(|&&column| column <= fair).sum();
        let wide: f32 = widths.iter().filter(|&&column| column > fair).sum();
        for column in widths.iter_mut().filter(|column| **column > fair) {
            *column = *column / wide * (width - kept);
        }
    }
    widths
}
