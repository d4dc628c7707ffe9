//! Two texts line by line: beside or below each other, long lines cut into rows, equal parts folded. Only what is in
//! sight is laid out. Which rows there are is in `rows`.

mod between;
mod cells;
mod row;
mod rows;
mod ruler;
mod selecting;
mod selection;

use super::columns::halves;
use crate::ui::preview::scroll_keys;
use crate::ui::theme::{self, UiPalette};
use cells::{CellColumns, delimiter_of};
use coffer_model::comparison::{Difference, LineComparison};
use coffer_model::comparison_view::LineLayout;
use coffer_model::{Comparison, FileKind};
use egui::{
    Align, Rangef, Rect, Response, ScrollArea, StrokeKind, Ui, UiBuilder, Vec2, pos2,
    scroll_area::ScrollBarVisibility, vec2,
};
use row::LinesPage;
use rows::{DrawnRow, DrawnRows, RowShape, Unfolded};
use selection::LineSelection;
use std::ops::Range;
use std::sync::Arc;

/// Between both texts, where it is shown what became of what.
pub(super) const GAP: f32 = 36.0;

const ROW_HEIGHT: f32 = 20.0;
const MARGIN: f32 = 4.0;
/// The names of the columns of a table.
const HEAD_HEIGHT: f32 = 24.0;

/// What is kept of a comparison of texts from one frame to the next.
pub(super) struct LinesUiState {
    comparison: Arc<Comparison>,
    shape: RowShape,
    unfolded: Unfolded,
    /// The parts that are folded have changed.
    is_stale: bool,
    drawn: DrawnRows,
    /// The columns of a table, for lines of so many characters.
    cells: Option<(usize, Arc<CellColumns>)>,
    /// The difference that was brought into view last.
    revealed: Option<usize>,
    selection: Option<LineSelection>,
    /// The keyboard has gone to this row of the comparison: it is to be seen.
    reached: Option<usize>,
    /// Where the rows were scrolled to, and how much of them is in sight, in points.
    offset: f32,
    view_height: f32,
}

impl LinesUiState {
    fn new(comparison: &Arc<Comparison>, lines: &LineComparison, shape: RowShape) -> Self {
        let unfolded = Unfolded::default();
        let drawn = DrawnRows::new(lines, shape, &unfolded);
        Self {
            comparison: Arc::clone(comparison),
            shape,
            unfolded,
            is_stale: false,
            drawn,
            cells: None,
            revealed: None,
            selection: None,
            reached: None,
            offset: 0.0,
            view_height: 0.0,
        }
    }

    /// How many lines are folded now.
    pub(super) fn folded(&self) -> usize {
        self.drawn.folded
    }

    /// Whether anything is folded, or was.
    pub(super) fn has_folds(&self) -> bool {
        self.drawn.folded > 0 || self.unfolded != Unfolded::default()
    }

    /// Of the lines that are selected, with those among them that are folded.
    pub(super) fn selected_text(&self) -> Option<&str> {
        let Difference::Lines(lines) = &self.comparison.difference else { return None };
        self.selection.as_ref()?.text(lines)
    }

    /// Shows all lines, or folds again what was unfolded.
    pub(super) fn toggle_folds(&mut self) {
        let all = self.drawn.folded > 0;
        self.unfolded = Unfolded { all, ..Unfolded::default() };
        self.is_stale = true;
        // The difference stays in view.
        self.revealed = None;
    }

    fn unfold(&mut self, rows: &Range<usize>) {
        self.unfolded.starts.insert(rows.start);
        self.is_stale = true;
    }

    fn cells(&mut self, lines: &LineComparison, delimiter: char, room: usize) -> Arc<CellColumns> {
        let known = self.cells.take().filter(|(known, _)| *known == room);
        let cells = known.unwrap_or_else(|| (room, Arc::new(CellColumns::new(lines, delimiter, room))));
        Arc::clone(&self.cells.insert(cells).1)
    }

    /// Makes the rows anew when something has changed that they follow from.
    fn update(&mut self, lines: &LineComparison, shape: RowShape) {
        if self.is_stale || self.shape != shape {
            if self.shape.layout != shape.layout {
                self.revealed = None;
            }
            self.shape = shape;
            self.is_stale = false;
            self.drawn = DrawnRows::new(lines, shape, &self.unfolded);
        }
    }
}

pub(super) struct LinesPlace<'a> {
    /// What has the keyboard, over all of the place.
    pub response: &'a Response,
    pub layout: LineLayout,
    /// The difference that is shown.
    pub current: usize,
    /// What separates the cells, if the lines are shown as those of a table.
    pub delimiter: Option<char>,
}

/// What separates the cells of two tables; `None` if they are no tables.
pub(super) fn table_delimiter(comparison: &Comparison, lines: &LineComparison) -> Option<char> {
    let first_line = lines.texts[0].lines().next().unwrap_or_default();
    let [first, second] =
        comparison.versions.each_ref().map(|version| delimiter_of(&version.name, first_line));
    first.filter(|_| first == second)
}

pub(super) fn lines_ui(
    ui: &mut Ui,
    ui_state: &mut Option<LinesUiState>,
    comparison: &Arc<Comparison>,
    lines: &LineComparison,
    place: &LinesPlace<'_>,
) {
    let area = place.response.rect;
    let ruler = Rect::from_min_max(pos2(area.max.x - ruler::WIDTH, area.min.y), area.max);
    // The columns are where the heads are; the ruler stands on the margin of the right one.
    let sides = match place.layout {
        LineLayout::SideBySide => {
            halves(area, GAP).map(|side| Rangef::new(side.min.x, side.max.x.min(ruler.min.x - 6.0)))
        }
        LineLayout::Unified => [Rangef::new(area.min.x, ruler.min.x - 6.0); 2],
    };
    let font = theme::mono(theme::SMALL_TEXT);
    let cell = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
    let digits = lines.rows.len().to_string().len().max(2) as f32;
    let numbers = if place.layout == LineLayout::Unified { 2.0 * digits + 2.0 } else { digits };
    let gutter = 8.0 + cell * (numbers + 3.0);
    let width = sides.iter().map(|side| side.span()).fold(f32::INFINITY, f32::min);
    let columns = ((width - gutter - 8.0) / cell).floor().max(8.0) as usize;
    let is_cut = place.delimiter.is_none();
    let has_headings = FileKind::from_name(&comparison.versions[1].name) == FileKind::Markdown;
    let shape = RowShape { layout: place.layout, columns: is_cut.then_some(columns), has_headings };

    let revealed = ui_state.as_ref().and_then(|state| state.revealed);
    if ui_state.as_ref().is_none_or(|state| !Arc::ptr_eq(&state.comparison, comparison)) {
        *ui_state = Some(LinesUiState { revealed, ..LinesUiState::new(comparison, lines, shape) });
    }
    let Some(state) = ui_state else { return };
    state.update(lines, shape);
    let cells = place.delimiter.map(|delimiter| state.cells(lines, delimiter, columns));
    if place.response.has_focus() {
        selecting::handle_keys(ui, state, lines, place);
    }
    let selection = state.selection;
    let page = LinesPage { lines, place, font, cell, digits, gutter, sides, cells, selection };
    let jump = ruler::ruler_ui(ui, state, place.current, ruler);
    let mut text = Rect::from_min_max(area.min, pos2(ruler.min.x - 4.0, area.max.y));
    if page.cells.is_some() {
        let head = Rect::from_min_max(text.min, pos2(text.max.x, text.min.y + HEAD_HEIGHT));
        page.head_ui(ui, head);
        text.min.y = head.max.y;
    }
    ui.scope_builder(UiBuilder::new().max_rect(text), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(text));
        show(ui, state, &page, jump);
    });
    if place.response.has_focus() {
        let ring = area.expand(2.0);
        ui.painter().rect_stroke(ring, theme::CORNER, ui.palette().focus_ring(), StrokeKind::Inside);
    }
}

/// `jump` is where the person wants to be, in points from the top.
fn show(ui: &mut Ui, state: &mut LinesUiState, page: &LinesPage<'_>, jump: Option<f32>) {
    let total = state.drawn.rows.len() as f32 * ROW_HEIGHT + 2.0 * MARGIN;
    let mut area = ScrollArea::vertical()
        .id_salt("lines of both texts")
        .auto_shrink(false)
        .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
    if let Some(offset) = jump {
        area = area.vertical_scroll_offset(offset);
    }
    let output = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let top = ui.max_rect().min.y + MARGIN;
        let y_of = |row: usize| top + row as f32 * ROW_HEIGHT;
        reveal(ui, state, page, viewport.size(), &y_of);
        selecting::handle_pointer(ui, state, page, top);
        let first = ((viewport.min.y - MARGIN) / ROW_HEIGHT).floor().max(0.0) as usize;
        let last = ((viewport.max.y - MARGIN) / ROW_HEIGHT).ceil().max(0.0) as usize;
        let visible = first.min(state.drawn.rows.len())..last.min(state.drawn.rows.len());
        let mut unfolded = None;
        for index in visible.clone() {
            let place = Rect::from_x_y_ranges(page.width(), y_of(index)..=y_of(index + 1));
            match &state.drawn.rows[index] {
                DrawnRow::Lines { index, parts } => page.row_ui(ui, *index, parts, place),
                DrawnRow::Fold(fold) => {
                    if page.fold_ui(ui, fold, place) {
                        unfolded = Some(fold.rows.clone());
                    }
                }
            }
        }
        between::differences_ui(ui, page, &state.drawn, &visible, &y_of);
        page.set_value(ui, &state.drawn.rows[visible]);
        if let Some(rows) = unfolded {
            state.unfold(&rows);
            ui.ctx().request_repaint();
        }
        if page.place.response.has_focus() {
            let by = scroll_keys(ui, viewport.height());
            if by != 0.0 {
                ui.scroll_with_delta(vec2(0.0, -by));
            }
        }
    });
    state.offset = output.state.clamped_offset().y;
    state.view_height = output.inner_rect.height();
}

/// Brings the difference into view that was gone to; of a long one the beginning.
fn reveal(ui: &Ui, state: &mut LinesUiState, page: &LinesPage<'_>, view: Vec2, y_of: &dyn Fn(usize) -> f32) {
    let current = page.place.current;
    let still = egui::style::ScrollAnimation::none();
    if let Some(row) = state.take_reached() {
        let rect = Rect::from_x_y_ranges(page.width(), y_of(row)..=y_of(row + 1));
        ui.scroll_to_rect_animation(rect, None, still);
    }
    let Some(difference) = state.drawn.differences.get(current).filter(|_| state.revealed != Some(current))
    else {
        return;
    };
    state.revealed = Some(current);
    let shown = ((view.y / ROW_HEIGHT) as usize).saturating_sub(2).max(1);
    let rows = &difference.rows;
    let end = rows.end.min(rows.start + shown);
    let rect = Rect::from_x_y_ranges(page.width(), y_of(rows.start)..=y_of(end));
    ui.scroll_to_rect_animation(rect, Some(Align::Center), still);
}
