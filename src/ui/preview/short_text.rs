//! Where a text of few lines is in the large preview, which would be lost at the top of an empty page.

use super::rows::ROW_HEIGHT;
use super::text::MARGIN;
use crate::ui::theme::{self, UiPalette};
use coffer_model::preview::TextPreview;
use egui::{Rect, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

/// The page of a text of few lines: as high as these, in the middle. `None` for a longer one.
pub(super) fn short_page(ui: &Ui, text: &TextPreview, stage: Rect, most_width: f32) -> Option<Rect> {
    const LEAST: Vec2 = vec2(480.0, 160.0);
    let most_lines = (stage.height() * 0.5 / ROW_HEIGHT) as usize;
    if text.line_starts.len() > most_lines || text.truncated_from_bytes.is_some() {
        return None;
    }
    let cell = ui.fonts_mut(|fonts| fonts.glyph_width(&theme::mono(theme::SMALL_TEXT), '0'));
    let gutter = 2.0 * MARGIN + 5.0 * cell;
    let longest = text.text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let width = (longest as f32 * cell + gutter + 24.0).clamp(LEAST.x, most_width).min(stage.width());
    let columns = ((width - gutter) / cell).max(8.0) as usize;
    let rows: usize = text.text.lines().map(|line| line.chars().count().div_ceil(columns).max(1)).sum();
    let height = (rows + 1) as f32 * ROW_HEIGHT + 2.0 * MARGIN;
    (rows <= most_lines).then(|| {
        let size = vec2(width, height.max(LEAST.y));
        // A little above the middle, as pictures hang.
        let top = stage.min.y + (stage.height() - size.y) * 0.4;
        Rect::from_min_size(pos2(stage.center().x - width / 2.0, top).round(), size)
    })
}

/// What lies under the text: a sheet of paper.
pub(super) fn paint_page(ui: &Ui, page: Rect) {
    let palette = ui.palette();
    ui.painter().add(palette.soft_shadow().as_shape(page, theme::CORNER));
    let edge = Stroke::new(1.0, palette.line);
    ui.painter().rect(page, theme::CORNER, palette.surface_1, edge, StrokeKind::Outside);
}
