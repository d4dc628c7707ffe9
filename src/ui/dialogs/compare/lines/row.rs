//! One row of two texts: line numbers, signs, words, and the words that differ; or the bar in place of folded lines.

use super::LinesPlace;
use super::cells::{CellColumns, content};
use super::rows::{DrawnRow, FoldedRows};
use super::selection::LineSelection;
use crate::ui::preview::{TextRow, drawable};
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{paint_icon, paint_text};
use coffer_model::comparison::{ComparedRow, LineComparison};
use coffer_model::comparison_view::LineLayout;
use coffer_texts::tr;
use egui::text::{CCursor, LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, FontId, Galley, Pos2, Rangef, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;
use std::sync::Arc;

/// Left and right: what is in one text alone.
const SIGNS: [&str; 2] = ["−", "+"];

/// How a comparison of texts is drawn in this frame.
pub(super) struct LinesPage<'a> {
    pub lines: &'a LineComparison,
    pub place: &'a LinesPlace<'a>,
    pub font: FontId,
    /// The width of a character.
    pub cell: f32,
    /// How many the largest line number has.
    pub digits: f32,
    /// The width of the line numbers and signs with their margins.
    pub gutter: f32,
    /// The columns of both texts; the same for both where they are below each other.
    pub sides: [Rangef; 2],
    /// The columns of a table.
    pub cells: Option<Arc<CellColumns>>,
    pub selection: Option<LineSelection>,
}

impl LinesPage<'_> {
    /// Of both columns together.
    pub(super) fn width(&self) -> Rangef {
        Rangef::new(self.sides[0].min, self.sides[1].max)
    }

    pub(super) fn is_unified(&self) -> bool {
        self.place.layout == LineLayout::Unified
    }

    /// `index` is the row of the comparison.
    pub(super) fn row_ui(&self, ui: &Ui, index: usize, parts: &[Option<TextRow>; 2], place: Rect) {
        let compared = &self.lines.rows[index];
        for (side, part) in parts.iter().enumerate() {
            let is_drawn = if self.is_unified() { part.is_some() } else { compared.lines[side].is_some() };
            if is_drawn {
                let place = Rect::from_x_y_ranges(self.sides[side], place.y_range());
                let is_of_both = self.is_unified() && compared.is_equal;
                let is_selected =
                    self.selection.is_some_and(|it| it.contains(index) && (it.side == side || is_of_both));
                self.line_ui(ui, compared, side, *part, place, is_selected);
            }
        }
    }

    fn line_ui(
        &self,
        ui: &Ui,
        compared: &ComparedRow,
        side: usize,
        part: Option<TextRow>,
        place: Rect,
        is_selected: bool,
    ) {
        let palette = ui.palette();
        let color = [palette.danger, palette.added][side];
        if !compared.is_equal {
            let strength = if palette.dark { 0.14 } else { 0.10 };
            ui.painter().rect_filled(place, 0.0, color.gamma_multiply(strength));
        }
        if is_selected {
            ui.painter().rect_filled(place, 0.0, palette.accent.gamma_multiply(0.3));
        }
        let Some(part) = part else { return };
        if !part.continues {
            self.gutter_ui(ui, compared, side, place, color);
        }
        if let Some(cells) = &self.cells {
            return self.cells_ui(ui, cells, compared, side, place);
        }
        let text = self.lines.texts[side].get(part.start..part.end).unwrap_or_default();
        let mut job =
            LayoutJob { break_on_newline: false, wrap: TextWrapping::no_max_width(), ..Default::default() };
        job.append(&drawable(text), 0.0, TextFormat::simple(self.font.clone(), palette.text));
        let galley = ui.painter().layout_job(job);
        let at = pos2(place.min.x + self.gutter, place.center().y - (galley.size().y / 2.0).round());
        if !compared.is_equal {
            self.marks_ui(ui, side, part, &galley, at, color);
        }
        ui.painter().galley(at, galley, palette.text);
    }

    /// A line of a table. Cells that are not as those in the line beside it are marked.
    fn cells_ui(&self, ui: &Ui, cells: &CellColumns, compared: &ComparedRow, side: usize, place: Rect) {
        let palette = ui.palette();
        let Some(line) = compared.lines[side] else { return };
        let text = self.lines.text_of(side, line);
        let other = compared.lines[1 - side].filter(|_| !compared.is_equal);
        let other = other.map(|other| cells.contents(self.lines.text_of(1 - side, other)));
        let left = place.min.x + self.gutter;
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(place));
        for (column, cell) in cells.place(text).enumerate() {
            let words = content(text.get(cell.bytes).unwrap_or_default());
            let x = left + cell.left as f32 * self.cell;
            let room = Rect::from_x_y_ranges(x..=x + cell.width as f32 * self.cell, place.y_range());
            if other.as_ref().is_some_and(|other| other.get(column) != Some(&words)) {
                let color = [palette.danger, palette.added][side];
                let mark = room.expand2(vec2(4.0, -2.0));
                painter.rect_filled(mark, 3.0, color.gamma_multiply(mark_strength(palette)));
            }
            let (anchor, at) = if cell.is_right {
                (Align2::RIGHT_CENTER, room.right_center())
            } else {
                (Align2::LEFT_CENTER, room.left_center())
            };
            let width = room.width() + 1.0;
            paint_text(&painter, anchor, at, width, &drawable(&words), self.font.clone(), palette.text);
        }
    }

    /// The names of the columns, which stay when the lines are scrolled.
    pub(super) fn head_ui(&self, ui: &Ui, place: Rect) {
        let Some(cells) = &self.cells else { return };
        let palette = ui.palette();
        let columns = if self.is_unified() { 1 } else { 2 };
        for (side, x) in self.sides[..columns].iter().enumerate() {
            let place = Rect::from_x_y_ranges(*x, place.y_range());
            let painter = ui.painter().with_clip_rect(place);
            painter.hline(place.x_range(), place.max.y - 0.5, (1.0, palette.line));
            let text = self.lines.texts[side].lines().next().unwrap_or_default();
            for cell in cells.place(text) {
                let words = content(text.get(cell.bytes).unwrap_or_default());
                let x = place.min.x + self.gutter + cell.left as f32 * self.cell;
                let width = cell.width as f32 * self.cell;
                let (anchor, at) = if cell.is_right {
                    (Align2::RIGHT_CENTER, pos2(x + width, place.center().y))
                } else {
                    (Align2::LEFT_CENTER, pos2(x, place.center().y))
                };
                let font = theme::medium(theme::SMALL_TEXT);
                paint_text(&painter, anchor, at, width + 1.0, &words, font, palette.dimmed);
            }
        }
    }

    /// Behind the words that differ.
    fn marks_ui(&self, ui: &Ui, side: usize, part: TextRow, galley: &Galley, at: Pos2, color: Color32) {
        let text = &self.lines.texts[side];
        let x_of = |byte: usize| {
            let byte = byte.clamp(part.start, part.end);
            let before = text.get(part.start..byte).map_or(0, |before| before.chars().count());
            at.x + galley.pos_from_cursor(CCursor::new(before)).min.x
        };
        let strength = mark_strength(ui.palette());
        for mark in self.lines.marks_in(side, part.start..part.end) {
            let x = x_of(mark.start as usize)..=x_of(mark.end as usize);
            let rect =
                Rect::from_x_y_ranges(x, at.y - 2.0..=at.y + galley.size().y + 2.0).expand2(vec2(1.0, 0.0));
            ui.painter().rect_filled(rect, 3.0, color.gamma_multiply(strength));
        }
    }

    fn gutter_ui(&self, ui: &Ui, compared: &ComparedRow, side: usize, place: Rect, color: Color32) {
        let dimmed = ui.palette().dimmed.gamma_multiply(0.8);
        let number_color = if compared.is_equal { dimmed } else { color };
        let right = place.min.x + self.gutter;
        let at = |cells: f32| pos2(right - self.cell * cells, place.center().y);
        let paint = |at: Pos2, number: u32| {
            ui.painter().text(at, Align2::RIGHT_CENTER, number, self.font.clone(), number_color);
        };
        for number_side in 0..2 {
            let Some(line) = compared.lines[number_side] else { continue };
            // Below each other a line has the numbers of all texts that it is in, each in a column of its own.
            let is_shown = number_side == side || (self.is_unified() && compared.is_equal);
            let columns = if self.is_unified() && number_side == 0 { self.digits + 2.0 } else { 0.0 };
            if is_shown {
                paint(at(2.5 + columns), line.number);
            }
        }
        if !compared.is_equal {
            ui.painter().text(at(1.2), Align2::CENTER_CENTER, SIGNS[side], self.font.clone(), color);
        }
    }

    /// The bar in place of lines that are folded; answers whether it was clicked.
    pub(super) fn fold_ui(&self, ui: &Ui, fold: &FoldedRows, place: Rect) -> bool {
        let palette = ui.palette();
        let words = tr!("compare-equal-lines", count = fold.rows.len());
        let response = ui.interact(place, ui.scope_id().with(("fold", fold.rows.start)), Sense::click());
        response.widget_info(|| {
            let name = tr!("compare-show-equal-lines", count = fold.rows.len());
            WidgetInfo::labeled(Role::Button, true, name)
        });
        let columns = if self.is_unified() { 1 } else { 2 };
        for side in &self.sides[..columns] {
            let bar = Rect::from_x_y_ranges(*side, place.y_range().shrink(1.0));
            let fill = theme::blend(
                palette.surface_2,
                if response.hovered() { palette.hover() } else { Color32::TRANSPARENT },
            );
            ui.painter().rect_filled(bar, theme::CORNER_SMALL, fill);
            let middle = bar.left_center();
            paint_icon(ui.painter(), middle + vec2(16.0, 0.0), icons::ICON_UNFOLD_MORE, 16.0, palette.dimmed);
            let font = theme::regular(theme::SMALL_TEXT);
            let at = middle + vec2(32.0, 0.0);
            let width = bar.width() - 40.0;
            let drawn =
                paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &words, font.clone(), palette.text);
            let at = pos2(drawn.max.x + 12.0, at.y);
            let width = bar.max.x - at.x - 8.0;
            paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &fold.headings, font, palette.dimmed);
        }
        if response.has_focus() {
            let ring = place.shrink(1.0);
            ui.painter().rect_stroke(
                ring,
                theme::CORNER_SMALL,
                palette.focus_ring(),
                egui::StrokeKind::Inside,
            );
        }
        response.clicked()
    }

    /// What screen readers read: lines that differ with their signs.
    pub(super) fn set_value(&self, ui: &Ui, rows: &[DrawnRow]) {
        ui.ctx().accesskit_node_builder(self.place.response.id, |node| {
            let mut shown = Vec::new();
            for row in rows {
                let DrawnRow::Lines { index, parts } = row else {
                    shown.push("…".to_owned());
                    continue;
                };
                let is_equal = self.lines.rows[*index].is_equal;
                for (side, part) in parts.iter().enumerate() {
                    let Some(part) = part.filter(|_| !is_equal || side == 0) else { continue };
                    let sign = if is_equal { " " } else { SIGNS[side] };
                    let text = self.lines.texts[side].get(part.start..part.end).unwrap_or_default();
                    shown.push(format!("{sign} {text}"));
                }
            }
            node.set_value(shown.join("\n"));
        });
    }
}

fn mark_strength(palette: &Palette) -> f32 {
    if palette.dark { 0.34 } else { 0.26 }
}
