//! Two texts line by line: lines that are the same are at the same height, and long ones are cut into rows. Only what is
//! in sight is laid out.

use super::columns::halves;
use crate::ui::preview::{TextRow, drawable, rows_of, scroll_keys};
use crate::ui::theme::{self, Palette, UiPalette};
use coffer_model::Comparison;
use coffer_model::comparison::{ComparedLine, LineComparison};
use egui::text::{CCursor, LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Align2, Color32, FontId, Rect, Response, ScrollArea, StrokeKind, Ui, UiBuilder, pos2, vec2,
};
use std::ops::Range;
use std::sync::Arc;

const ROW_HEIGHT: f32 = 18.0;
const MARGIN: f32 = 8.0;
/// Left and right: what is in one text alone.
const MARKS: [&str; 2] = ["−", "+"];

/// What is kept of a comparison from one frame to the next.
pub(in crate::ui::dialogs) struct LinesUiState {
    comparison: Arc<Comparison>,
    columns: usize,
    rows: Vec<DrawnRow>,
    /// The first of `rows` of each row of the comparison, and their end.
    starts: Vec<usize>,
    /// The difference that was brought into view last.
    revealed: Option<usize>,
}

/// What is drawn at one height: a line of each text, or a part of it.
struct DrawnRow {
    parts: [Option<TextRow>; 2],
    /// The row of the comparison.
    index: usize,
}

pub(super) struct LinesPlace<'a> {
    /// What has the keyboard.
    pub response: &'a Response,
    pub space: Rect,
    pub gap: f32,
    /// The difference that is shown.
    pub current: usize,
}

pub(super) fn lines_ui(
    ui: &mut Ui,
    state: &mut Option<LinesUiState>,
    comparison: &Arc<Comparison>,
    lines: &LineComparison,
    place: &LinesPlace<'_>,
) {
    let palette = ui.palette();
    let font = theme::mono(theme::SMALL_TEXT);
    let cell = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
    let sides = halves(place.space, place.gap);
    for side in sides {
        ui.painter().rect_filled(side, theme::CORNER, palette.surface_0);
    }
    let digits = lines.rows.len().to_string().len().max(2);
    let gutter = MARGIN + cell * (digits as f32 + 3.0);
    let columns = ((sides[0].width() - gutter - MARGIN) / cell).floor().max(8.0) as usize;
    let revealed = state.as_ref().and_then(|state| state.revealed);
    if state
        .as_ref()
        .is_none_or(|state| !Arc::ptr_eq(&state.comparison, comparison) || state.columns != columns)
    {
        *state = Some(LinesUiState { revealed, ..LinesUiState::new(comparison, lines, columns) });
    }
    let Some(state) = state else { return };
    let page = LinesPage { lines, font, cell, gutter, place, sides: sides.map(|side| side.x_range()) };
    ui.scope_builder(UiBuilder::new().max_rect(place.space), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(place.space));
        page.show(ui, state, palette);
    });
}

impl LinesUiState {
    fn new(comparison: &Arc<Comparison>, lines: &LineComparison, columns: usize) -> Self {
        let cut = [0, 1].map(|side| cut_lines(lines, side, columns));
        let (mut rows, mut starts) = (Vec::new(), Vec::with_capacity(lines.rows.len() + 1));
        let mut next = [0, 0];
        for (index, row) in lines.rows.iter().enumerate() {
            starts.push(rows.len());
            let parts: [&[TextRow]; 2] = [0, 1].map(|side| {
                let from = next[side];
                let Some(line) = row.lines[side] else { return &cut[side][from..from] };
                let count =
                    cut[side][from..].iter().take_while(|part| part.line == line.number as usize).count();
                next[side] += count;
                &cut[side][from..from + count]
            });
            for part in 0..parts[0].len().max(parts[1].len()) {
                rows.push(DrawnRow { parts: parts.map(|parts| parts.get(part).copied()), index });
            }
        }
        starts.push(rows.len());
        Self { comparison: Arc::clone(comparison), columns, rows, starts, revealed: None }
    }
}

/// The lines of one text as rows of at most `columns` cells.
fn cut_lines(lines: &LineComparison, side: usize, columns: usize) -> Vec<TextRow> {
    let starts: Vec<usize> =
        lines.rows.iter().filter_map(|row| row.lines[side]).map(|line| line.start as usize).collect();
    if starts.is_empty() { Vec::new() } else { rows_of(&lines.texts[side], &starts, columns) }
}

struct LinesPage<'a> {
    lines: &'a LineComparison,
    font: FontId,
    cell: f32,
    /// The width of the line numbers and marks with their margins.
    gutter: f32,
    place: &'a LinesPlace<'a>,
    sides: [egui::Rangef; 2],
}

impl LinesPage<'_> {
    fn show(&self, ui: &mut Ui, state: &mut LinesUiState, palette: &Palette) {
        let total = state.rows.len() as f32 * ROW_HEIGHT + 2.0 * MARGIN;
        let area = ScrollArea::vertical().id_salt("lines of both versions").auto_shrink(false);
        area.show_viewport(ui, |ui, viewport| {
            ui.set_height(total);
            let top = ui.max_rect().min.y + MARGIN;
            let y_of = |row: usize| top + row as f32 * ROW_HEIGHT;
            let current = self.lines.differences.get(self.place.current).map(|rows| drawn(state, rows));
            if let Some(rows) = current.clone().filter(|_| state.revealed != Some(self.place.current)) {
                state.revealed = Some(self.place.current);
                // Of a long difference the beginning.
                let shown = ((viewport.height() / ROW_HEIGHT) as usize).saturating_sub(2).max(1);
                let end = rows.end.min(rows.start + shown);
                let rect = Rect::from_x_y_ranges(self.place.space.x_range(), y_of(rows.start)..=y_of(end));
                let still = egui::style::ScrollAnimation::none();
                ui.scroll_to_rect_animation(rect, Some(Align::Center), still);
            }
            let first = ((viewport.min.y - MARGIN) / ROW_HEIGHT).floor().max(0.0) as usize;
            let last = ((viewport.max.y - MARGIN) / ROW_HEIGHT).ceil().max(0.0) as usize;
            let visible = first.min(state.rows.len())..last.min(state.rows.len());
            for index in visible.clone() {
                let row = &state.rows[index];
                self.row_ui(ui, row, y_of(index), palette);
                if current.as_ref().is_some_and(|rows| rows.contains(&index)) {
                    let x = self.sides[0].max + self.place.gap / 2.0;
                    let bar = Rect::from_x_y_ranges(x - 1.5..=x + 1.5, y_of(index)..=y_of(index + 1));
                    ui.painter().rect_filled(bar, 0.0, palette.accent);
                }
            }
            self.set_value(ui, &state.rows[visible]);
            if self.place.response.has_focus() {
                let by = scroll_keys(ui, viewport.height());
                if by != 0.0 {
                    ui.scroll_with_delta(vec2(0.0, -by));
                }
            }
        });
        if self.place.response.has_focus() {
            let ring = self.place.space.shrink(1.0);
            ui.painter().rect_stroke(ring, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
        }
    }

    /// What screen readers read: lines that differ with their marks.
    fn set_value(&self, ui: &Ui, rows: &[DrawnRow]) {
        ui.ctx().accesskit_node_builder(self.place.response.id, |node| {
            let mut shown = Vec::new();
            for row in rows {
                let is_equal = self.lines.rows[row.index].is_equal;
                for (side, part) in row.parts.iter().enumerate() {
                    let Some(part) = part.filter(|_| !is_equal || side == 0) else { continue };
                    let mark = if is_equal { " " } else { MARKS[side] };
                    shown.push(format!("{mark} {}", self.slice(side, part)));
                }
            }
            node.set_value(shown.join("\n"));
        });
    }

    fn slice(&self, side: usize, part: TextRow) -> &str {
        self.lines.texts[side].get(part.start..part.end).unwrap_or_default()
    }

    fn row_ui(&self, ui: &Ui, row: &DrawnRow, y: f32, palette: &Palette) {
        let compared = &self.lines.rows[row.index];
        for side in 0..2 {
            let x = self.sides[side];
            let place = Rect::from_x_y_ranges(x, y..=y + ROW_HEIGHT);
            let color = [palette.danger, palette.added][side];
            match (compared.lines[side], row.parts[side]) {
                (Some(line), part) => {
                    if !compared.is_equal {
                        ui.painter().rect_filled(place, 0.0, color.gamma_multiply(0.12));
                    }
                    let Some(part) = part else { continue };
                    if !part.continues {
                        self.gutter_ui(ui, place, line, (!compared.is_equal).then_some((MARKS[side], color)));
                    }
                    // All of a line that has none beside it was changed.
                    let is_marked = !compared.is_equal && compared.lines[1 - side].is_some();
                    let changed = is_marked.then(|| (line.changed_bytes(), color));
                    self.text_ui(ui, side, part, place, changed);
                }
                // The other text has a line here.
                (None, _) => {
                    ui.painter().rect_filled(place, 0.0, palette.text.gamma_multiply(0.04));
                }
            }
        }
    }

    fn gutter_ui(&self, ui: &Ui, place: Rect, line: ComparedLine, mark: Option<(&str, Color32)>) {
        let right = place.min.x + self.gutter;
        let at = |cells: f32| pos2(right - self.cell * cells, place.center().y);
        let dimmed = ui.palette().dimmed.gamma_multiply(0.75);
        ui.painter().text(at(2.0), Align2::RIGHT_CENTER, line.number, self.font.clone(), dimmed);
        if let Some((mark, color)) = mark {
            ui.painter().text(at(1.0), Align2::CENTER_CENTER, mark, self.font.clone(), color);
        }
    }

    fn text_ui(
        &self,
        ui: &Ui,
        side: usize,
        part: TextRow,
        place: Rect,
        changed: Option<(Range<usize>, Color32)>,
    ) {
        let palette = ui.palette();
        let text = self.slice(side, part);
        let mut job =
            LayoutJob { break_on_newline: false, wrap: TextWrapping::no_max_width(), ..Default::default() };
        job.append(&drawable(text), 0.0, TextFormat::simple(self.font.clone(), palette.text));
        let galley = ui.painter().layout_job(job);
        let at = pos2(place.min.x + self.gutter, place.center().y - (galley.size().y / 2.0).round());
        if let Some((changed, color)) = changed {
            let x_of = |byte: usize| {
                let byte = byte.clamp(part.start, part.end);
                let before =
                    self.lines.texts[side].get(part.start..byte).map_or(0, |before| before.chars().count());
                at.x + galley.pos_from_cursor(CCursor::new(before)).min.x
            };
            let rect = Rect::from_x_y_ranges(x_of(changed.start)..=x_of(changed.end), place.y_range());
            if rect.width() > 0.0 {
                ui.painter().rect_filled(rect, 2.0, color.gamma_multiply(0.22));
            }
        }
        ui.painter().galley(at, galley, palette.text);
    }
}

/// Where rows of the comparison are drawn.
fn drawn(state: &LinesUiState, rows: &Range<usize>) -> Range<usize> {
    let at = |row: usize| state.starts.get(row).copied().unwrap_or(state.rows.len());
    at(rows.start)..at(rows.end)
}
