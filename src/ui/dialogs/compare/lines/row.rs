//! One row of two texts: line numbers, signs, words, and the words that differ; or the bar in place of folded lines.

use super::LinesPlace;
use super::rows::DrawnRow;
use crate::ui::format;
use crate::ui::preview::{TextRow, drawable};
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{paint_icon, paint_text};
use coffer_model::comparison::{ComparedRow, LineComparison};
use coffer_state::comparison_view::LineLayout;
use egui::text::{CCursor, LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, FontId, Galley, Pos2, Rangef, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;
use std::ops::Range;

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
        for side in 0..2 {
            let is_drawn =
                if self.is_unified() { parts[side].is_some() } else { compared.lines[side].is_some() };
            if is_drawn {
                let place = Rect::from_x_y_ranges(self.sides[side], place.y_range());
                self.line_ui(ui, compared, side, parts[side], place);
            }
        }
    }

    fn line_ui(&self, ui: &Ui, compared: &ComparedRow, side: usize, part: Option<TextRow>, place: Rect) {
        let palette = ui.palette();
        let color = [palette.danger, palette.added][side];
        if !compared.is_equal {
            let strength = if palette.dark { 0.14 } else { 0.10 };
            ui.painter().rect_filled(place, 0.0, color.gamma_multiply(strength));
        }
        let Some(part) = part else { return };
        if !part.continues {
            self.gutter_ui(ui, compared, side, place, color);
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

    /// Behind the words that differ.
    fn marks_ui(&self, ui: &Ui, side: usize, part: TextRow, galley: &Galley, at: Pos2, color: Color32) {
        let text = &self.lines.texts[side];
        let x_of = |byte: usize| {
            let byte = byte.clamp(part.start, part.end);
            let before = text.get(part.start..byte).map_or(0, |before| before.chars().count());
            at.x + galley.pos_from_cursor(CCursor::new(before)).min.x
        };
        let strength = if ui.palette().dark { 0.34 } else { 0.26 };
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
    pub(super) fn fold_ui(&self, ui: &Ui, rows: &Range<usize>, place: Rect) -> bool {
        let palette = ui.palette();
        let words = format::counted(rows.len(), "equal line");
        let response = ui.interact(place, ui.scope_id().with(("fold", rows.start)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Show {words}")));
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
            paint_text(
                ui.painter(),
                Align2::LEFT_CENTER,
                at,
                bar.width() - 40.0,
                &words,
                font,
                palette.dimmed,
            );
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
