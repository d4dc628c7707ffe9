//! What holds both sides of a difference together: the band between the columns, hatching where a text has no lines, and
//! the line around the difference that is shown.

use super::row::LinesPage;
use super::rows::{DrawnDifference, DrawnRows};
use crate::ui::theme::{Palette, UiPalette};
use egui::{Color32, Mesh, Rangef, Rect, Stroke, StrokeKind, Ui, pos2};
use std::ops::Range;

/// The band is drawn as so many straight pieces.
const PIECES: usize = 14;
const HATCH: f32 = 8.0;

pub(super) fn differences_ui(
    ui: &Ui,
    page: &LinesPage<'_>,
    drawn: &DrawnRows,
    visible: &Range<usize>,
    y_of: &dyn Fn(usize) -> f32,
) {
    let palette = ui.palette();
    let first = drawn.differences.partition_point(|difference| difference.rows.end <= visible.start);
    for (index, difference) in drawn.differences.iter().enumerate().skip(first) {
        if difference.rows.start >= visible.end {
            break;
        }
        let is_current = index == page.place.current;
        if page.is_unified() {
            if is_current {
                outline(ui, page.sides[0], &difference.rows, y_of, palette);
            }
            continue;
        }
        for (side, rows) in difference.sides.iter().enumerate() {
            for gap in [difference.rows.start..rows.start, rows.end..difference.rows.end] {
                let gap = gap.start.max(visible.start)..gap.end.min(visible.end);
                if !gap.is_empty() {
                    let y = y_of(gap.start)..=y_of(gap.end);
                    hatch(ui, Rect::from_x_y_ranges(page.sides[side], y), palette);
                }
            }
        }
        band(ui, page, difference, y_of, if is_current { palette.accent } else { palette.dimmed });
        if is_current {
            for (side, rows) in difference.sides.iter().enumerate() {
                outline(ui, page.sides[side], rows, y_of, palette);
            }
        }
    }
}

fn outline(ui: &Ui, x: Rangef, rows: &Range<usize>, y_of: &dyn Fn(usize) -> f32, palette: &Palette) {
    let stroke = palette.focus_ring();
    if rows.is_empty() {
        ui.painter().hline(x, y_of(rows.start), stroke);
    } else {
        let rect = Rect::from_x_y_ranges(x, y_of(rows.start)..=y_of(rows.end));
        ui.painter().rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
    }
}

/// From the lines on the left to those in their place on the right.
fn band(
    ui: &Ui,
    page: &LinesPage<'_>,
    difference: &DrawnDifference,
    y_of: &dyn Fn(usize) -> f32,
    color: Color32,
) {
    let [left, right] = &difference.sides;
    let (from, to) = (page.sides[0].max, page.sides[1].min);
    let edge = |at: f32, left: usize, right: usize| {
        let bend = at * at * (3.0 - 2.0 * at);
        y_of(left) + (y_of(right) - y_of(left)) * bend
    };
    let (mut mesh, mut upper, mut lower) = (Mesh::default(), Vec::new(), Vec::new());
    for piece in 0..=PIECES {
        let at = piece as f32 / PIECES as f32;
        let x = from + (to - from) * at;
        let (top, bottom) =
            (pos2(x, edge(at, left.start, right.start)), pos2(x, edge(at, left.end, right.end)));
        mesh.colored_vertex(top, color.gamma_multiply(0.13));
        mesh.colored_vertex(bottom, color.gamma_multiply(0.13));
        if piece > 0 {
            let last = 2 * piece as u32;
            mesh.add_triangle(last - 2, last - 1, last);
            mesh.add_triangle(last - 1, last, last + 1);
        }
        upper.push(top);
        lower.push(bottom);
    }
    let painter = ui.painter();
    painter.add(mesh);
    let stroke = Stroke::new(1.0, color.gamma_multiply(0.6));
    painter.line(upper, stroke);
    painter.line(lower, stroke);
}

/// Where a text has no lines beside those of the other.
fn hatch(ui: &Ui, place: Rect, palette: &Palette) {
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(place));
    let stroke = Stroke::new(1.0, palette.text.gamma_multiply(0.07));
    let height = place.height();
    let mut x = place.min.x - height;
    while x < place.max.x {
        painter.line_segment([pos2(x, place.max.y), pos2(x + height, place.min.y)], stroke);
        x += HATCH;
    }
}
