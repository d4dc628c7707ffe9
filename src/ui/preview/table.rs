//! A table: rows of equal height of which only those in sight are laid out, columns as wide as their content within
//! bounds, the names of the columns at the top and the numbers of the rows at the left, which stay in sight.

use super::find::{self, FindProgress, FindResponse, find_ui};
use super::note::{NOTE_HEIGHT, note_ui, truncation_note};
use super::table_find::{CellPlace, TableFind};
use super::text::{drawable, paper, scroll_keys};
use super::ui_state::{PreviewUiState, large_preview_id, stage_id};
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::paint_kind;
use coffer_model::preview::TablePreview;
use coffer_model::table::{TableCells, TableColumn, TableSheet};
use coffer_model::{FileKind, Preview};
use coffer_texts::tr;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, FontId, Galley, Id, Painter, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};
use std::ops::Range;
use std::sync::Arc;

const ROW_HEIGHT: f32 = 26.0;
const HEADER_HEIGHT: f32 = 30.0;
const PADDING: f32 = 10.0;

/// A column is never narrower or wider, in points. What does not fit is elided, and shown in full under the pointer.
const LEAST_WIDTH: f32 = 48.0;
const MOST_WIDTH: f32 = 340.0;
const MOST_TREE_WIDTH: f32 = 640.0;
const LEAST_TREE_WIDTH: f32 = 200.0;

/// How far an item is indented for each folder that it is in, and what its icon takes.
const INDENT: f32 = 18.0;
const ICON: f32 = 18.0;

/// Fills `rect`. `name` is the file's, for screen readers; `id` that of its slot.
pub(super) fn table_ui(
    ui: &mut Ui,
    ui_state: &mut PreviewUiState,
    (preview, table): (&Arc<Preview>, &TablePreview),
    sheet: usize,
    name: &str,
    id: Id,
    rect: Rect,
) {
    let palette = ui.palette();
    let is_large = id == large_preview_id().with(sheet);
    ui.painter().rect_filled(rect, theme::CORNER, paper(palette));
    let Some(TableSheet { cells, note, .. }) = table.sheets.get(sheet).or(table.sheets.first()) else {
        return;
    };
    let mut space = rect;
    let beginning = || Some(truncation_note(table.loaded_bytes, table.truncated_from_bytes?));
    if let Some(note) = note.clone().or_else(beginning) {
        space.max.y -= NOTE_HEIGHT;
        note_ui(ui, Rect::from_min_max(pos2(rect.min.x, space.max.y), rect.max), &note);
    }
    // Only the large preview finds words: in the details pane there is no room for it.
    let mut find = TableFind::default();
    if is_large {
        find = std::mem::take(&mut ui_state.table_find);
        find.show(preview, sheet);
        find::handle_keys(ui, &mut find.open, ui_state.page_keys);
        if find.look(cells) {
            ui.ctx().request_repaint();
        }
    }
    let revealed = find.take_revealed();
    let sheet = Sheet::new(ui, cells, space.width());
    let body = Rect::from_min_max(space.min + vec2(sheet.gutter, HEADER_HEIGHT), space.max);
    let builder = UiBuilder::new().max_rect(body).id_salt(id);
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(space));
        sheet.show(ui, name, id, space, ui_state.page_keys, (&find, revealed));
    });
    if !is_large {
        return;
    }
    let progress = FindProgress { is_searching: find.is_searching(cells), note: None };
    let done = find.open.as_mut().map(|open| find_ui(ui, open, progress, id, space));
    match done {
        Some(FindResponse::Begin(query)) => {
            find.begin(query);
            ui.ctx().request_repaint();
        }
        Some(FindResponse::Close) => {
            find.open = None;
            ui.memory_mut(|memory| memory.request_focus(stage_id()));
        }
        Some(FindResponse::Nothing) | None => {}
    }
    ui_state.table_find = find;
}

/// What is drawn of a table.
struct Sheet<'a> {
    cells: &'a TableCells,
    /// Where each column begins, and where the last one ends.
    lefts: Vec<f32>,
    /// The width of the numbers of the rows.
    gutter: f32,
    font: FontId,
}

impl<'a> Sheet<'a> {
    /// `room` is how wide it can be drawn without scrolling.
    fn new(ui: &Ui, cells: &'a TableCells, room: f32) -> Self {
        let font = theme::tabular(theme::SMALL_TEXT + 0.5);
        let digit = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
        let width = |column: &TableColumn| {
            let width = f32::from(column.most_chars) * digit + 2.0 * PADDING;
            let most = if column.holds_paths { MOST_TREE_WIDTH } else { MOST_WIDTH };
            width.clamp(LEAST_WIDTH, most).round()
        };
        let mut lacking = cells.columns.iter().map(width).sum::<f32>() - room;
        let mut lefts = vec![0.0];
        let mut end = 0.0;
        for column in &cells.columns {
            let mut width = width(column);
            // Of a path only the name is shown, so its column has room to give.
            if column.holds_paths {
                let given = lacking.min(width - LEAST_TREE_WIDTH).max(0.0).ceil();
                width -= given;
                lacking -= given;
            }
            end += width;
            lefts.push(end);
        }
        let digits = cells.row_count().to_string().len().max(2);
        // The rows of a tree have no numbers.
        let gutter = if cells.holds_paths() { 0.0 } else { (digit * digits as f32 + 2.0 * PADDING).round() };
        Self { cells, lefts, gutter, font }
    }

    /// The row of the table that is drawn as the first one below the names.
    fn first_row(&self) -> usize {
        usize::from(self.cells.has_header)
    }

    fn width(&self) -> f32 {
        self.lefts.last().copied().unwrap_or_default()
    }

    fn show(
        &self,
        ui: &mut Ui,
        name: &str,
        id: Id,
        space: Rect,
        keys: bool,
        (find, revealed): (&TableFind, Option<CellPlace>),
    ) {
        let palette = ui.palette();
        let rows = self.cells.row_count() - self.first_row();
        let size = vec2(self.width(), rows as f32 * ROW_HEIGHT);
        let body = ui.max_rect();
        let area = ScrollArea::both().id_salt(id).auto_shrink(false);
        let scrolled = area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(size);
            let first = (viewport.min.y / ROW_HEIGHT).floor().max(0.0) as usize;
            let last = ((viewport.max.y / ROW_HEIGHT).ceil().max(0.0) as usize).min(rows);
            let columns = self.columns_between(viewport.min.x, viewport.max.x);
            let origin = ui.max_rect().min;
            self.rows_ui(ui, origin, first.min(last)..last, columns.clone(), find);
            if let Some(place) = revealed {
                let row = (place.row as usize).saturating_sub(self.first_row());
                let cell = self.cell_rect(origin, row, place.column);
                // With some rows around it, and not behind the field.
                let around = cell.expand2(vec2(0.0, 4.0 * ROW_HEIGHT));
                ui.scroll_to_rect_animation(around, None, egui::style::ScrollAnimation::none());
            }
            self.response_ui(ui, name, id, origin, first.min(last)..last, keys);
            (origin, first.min(last)..last, columns)
        });
        let (origin, shown, columns) = scrolled.inner;
        // The names and numbers stay, so they are drawn over what is scrolled.
        let header = Rect::from_min_max(space.min, pos2(space.max.x, body.min.y));
        let painter = ui.painter().with_clip_rect(header.intersect(ui.clip_rect()));
        painter.rect_filled(header, theme::CORNER, palette.surface_2);
        let names = painter.with_clip_rect(Rect::from_min_max(pos2(body.min.x, header.min.y), header.max));
        for column in columns {
            let cell = Rect::from_x_y_ranges(
                origin.x + self.lefts[column]..=origin.x + self.lefts[column + 1],
                header.y_range(),
            );
            let letters = letters_of(column);
            let text = if self.cells.has_header { self.cells.cell(0, column) } else { &letters };
            let format = TableColumn { holds_paths: false, ..self.cells.columns[column] };
            paint_cell(&names, cell, text, format, theme::medium(self.font.size), palette);
        }
        let gutter = Rect::from_min_max(pos2(space.min.x, body.min.y), pos2(body.min.x, space.max.y));
        let painter = ui.painter().with_clip_rect(gutter.intersect(ui.clip_rect()));
        for row in shown.filter(|_| self.gutter > 0.0) {
            let middle = origin.y + (row as f32 + 0.5) * ROW_HEIGHT;
            let right = pos2(gutter.max.x - PADDING, middle);
            let number = row + 1;
            painter.text(right, Align2::RIGHT_CENTER, number, self.font.clone(), palette.dimmed);
        }
        if self.gutter > 0.0 {
            ui.painter().vline(body.min.x, space.y_range(), (1.0, palette.line));
        }
    }

    fn columns_between(&self, from: f32, to: f32) -> Range<usize> {
        let count = self.cells.columns.len();
        let first = self.lefts.partition_point(|left| *left <= from).saturating_sub(1);
        first.min(count)..self.lefts.partition_point(|left| *left < to).min(count)
    }

    fn cell_rect(&self, origin: Pos2, row: usize, column: usize) -> Rect {
        let top = origin.y + row as f32 * ROW_HEIGHT;
        Rect::from_x_y_ranges(
            origin.x + self.lefts[column]..=origin.x + self.lefts[column + 1],
            top..=top + ROW_HEIGHT,
        )
    }

    fn rows_ui(&self, ui: &Ui, origin: Pos2, rows: Range<usize>, columns: Range<usize>, find: &TableFind) {
        let palette = ui.palette();
        for row in rows {
            let top = origin.y + row as f32 * ROW_HEIGHT;
            for (column, is_current) in find.in_row(row + self.first_row()) {
                let strength = if is_current { 0.55 } else { 0.2 };
                let color = palette.source.number.gamma_multiply(strength);
                let mark = self.cell_rect(origin, row, column).shrink2(vec2(1.0, 2.0));
                ui.painter().rect_filled(mark, theme::CORNER_SMALL, color);
            }
            let cells = self.cells.row(row + self.first_row()).enumerate().skip(columns.start);
            for (column, text) in cells.take(columns.len()) {
                let cell = self.cell_rect(origin, row, column);
                let format = self.cells.columns[column];
                paint_cell(ui.painter(), cell, text, format, self.font.clone(), palette);
            }
            let below = top + ROW_HEIGHT;
            ui.painter().hline(ui.clip_rect().x_range(), below, (1.0, palette.line.gamma_multiply(0.5)));
        }
    }

    /// What keys and screen readers have of it, and the whole of a cell that is cut off.
    fn response_ui(&self, ui: &mut Ui, name: &str, id: Id, origin: Pos2, rows: Range<usize>, keys: bool) {
        let response = ui.interact(ui.clip_rect(), id.with("text"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Table, true, tr!("table-of", name = name)));
        let first_row = self.first_row();
        ui.ctx().accesskit_node_builder(response.id, |node| {
            let line = |row: usize| self.cells.row(row + first_row).collect::<Vec<_>>().join("\t");
            node.set_value(rows.clone().map(line).collect::<Vec<_>>().join("\n"));
        });
        if response.clicked() {
            response.request_focus();
        }
        if response.has_focus() || keys {
            let by = scroll_keys(ui, ui.clip_rect().height());
            if by != 0.0 {
                ui.scroll_with_delta(vec2(0.0, -by));
            }
        }
        let Some(pointer) = response.hover_pos() else { return };
        let row = ((pointer.y - origin.y) / ROW_HEIGHT).floor() as usize;
        let column = self.lefts.partition_point(|left| *left <= pointer.x - origin.x).saturating_sub(1);
        if !rows.contains(&row) || column >= self.cells.columns.len() {
            return;
        }
        let text = self.cells.cell(row + first_row, column);
        let mut room = self.lefts[column + 1] - self.lefts[column] - 2.0 * PADDING;
        if self.cells.columns[column].holds_paths {
            room -= Branch::new(text).indent();
        }
        let is_cut = layout(ui.painter(), text, self.font.clone(), room, ui.palette()).elided;
        if is_cut || text.contains('\n') {
            let shown: String = text.chars().take(2_000).collect();
            response.on_hover_text_at_pointer(shown);
        }
    }
}

/// A path as it is drawn in a tree.
struct Branch<'a> {
    depth: usize,
    name: &'a str,
    is_folder: bool,
}

impl<'a> Branch<'a> {
    fn new(path: &'a str) -> Self {
        const MOST_DEPTH: usize = 20;
        let inner = path.trim_end_matches('/');
        let name = inner.rsplit('/').next().unwrap_or_default();
        let depth = inner.matches('/').count().min(MOST_DEPTH);
        Self { depth, name, is_folder: inner.len() < path.len() }
    }

    /// Where its name begins.
    fn indent(&self) -> f32 {
        self.depth as f32 * INDENT + ICON + 8.0
    }
}

fn paint_cell(
    painter: &Painter,
    mut cell: Rect,
    mut text: &str,
    format: TableColumn,
    font: FontId,
    palette: &Palette,
) {
    if text.is_empty() {
        return;
    }
    if format.holds_paths {
        let branch = Branch::new(text);
        let kind = if branch.is_folder { FileKind::Folder } else { FileKind::from_name(branch.name) };
        cell.min.x += branch.indent();
        let middle = pos2(cell.min.x + PADDING - ICON / 2.0 - 8.0, cell.center().y);
        paint_kind(painter, Rect::from_center_size(middle, vec2(ICON, ICON)), kind, palette);
        text = branch.name;
    }
    let right = format.is_number;
    let galley = layout(painter, text, font, cell.width() - 2.0 * PADDING, palette);
    let x = if right { cell.max.x - PADDING - galley.size().x } else { cell.min.x + PADDING };
    let y = cell.center().y - galley.size().y / 2.0;
    painter.galley(pos2(x, y.round()), galley, palette.text);
}

/// One line, with `…` where it is cut off.
fn layout(painter: &Painter, text: &str, font: FontId, width: f32, palette: &Palette) -> Arc<Galley> {
    // A cell of a whole chapter shows its beginning.
    let end = text.char_indices().nth(300).map_or(text.len(), |(end, _)| end);
    let line = text[..end].replace(['\n', '\r'], " ");
    let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(width), ..LayoutJob::default() };
    job.append(&drawable(&line), 0.0, TextFormat::simple(font, palette.text));
    painter.layout_job(job)
}

/// "A", "B" … "Z", "AA": the name of a column without one.
fn letters_of(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::letters_of;

    #[test]
    fn columns_are_called_as_in_spreadsheets() {
        let check = |column, expected| assert_eq!(letters_of(column), expected);
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(701, "ZZ");
        check(702, "AAA");
    }
}
