//! Text and source code: rows of equal height of which only those in sight are laid out, line numbers, colours, and
//! a selection that can be copied. The worker finds out what is a keyword.

use super::find::{self, FindProgress, FindResponse, TextFind, find_all, find_ui};
use super::fold::{FOLD_WIDTH, fold_ui};
use super::long_text::LongText;
use super::note::{NOTE_HEIGHT, note_ui, part_buttons_ui, part_note};
use super::rows::{ROW_HEIGHT, TextRow};
use super::ui_state::{PreviewUiState, TextUiState, large_preview_id, stage_id};
use super::word::word_around;
use crate::ui::bidi::{Reading, begins_at_right, character_at, in_visual_order, line_break_span, spans};
use crate::ui::theme::{self, Palette, UiPalette};
use coffer_model::preview::{TextClass, TextPreview};
use coffer_model::{Preview, TextPart};
use coffer_state::action::DialogAction;
use coffer_texts::tr;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::text_selection::LabelSelectionState;
use egui::{
    Align2, Color32, Context, CursorIcon, Event, EventFilter, Galley, Id, Key, Modifiers, Pos2, Rect,
    Response, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use std::ops::Range;
use std::sync::Arc;

pub(super) const MARGIN: f32 = 12.0;

/// Longer lines are wrapped all the same: laying out one of a megabyte takes too long.
const MOST_CELLS: usize = 2_000;

/// Fills `rect`. `name` is the file's, for screen readers; `id` that of its slot. Answers what is wanted of a long text.
pub(super) fn text_ui(
    ui: &mut Ui,
    ui_state: &mut PreviewUiState,
    (preview, text): (&Arc<Preview>, &TextPreview),
    long: Option<LongText<'_>>,
    name: &str,
    id: Id,
    rect: Rect,
) -> Option<DialogAction> {
    let palette = ui.palette();
    ui.painter().rect_filled(rect, theme::CORNER, paper(palette));
    let mut space = rect;
    let mut wanted = None;
    if let Some(total_bytes) = text.truncated_from_bytes {
        space.max.y -= NOTE_HEIGHT;
        let strip = Rect::from_min_max(pos2(rect.min.x, space.max.y), rect.max);
        let problem = long.and_then(|long| long.problem);
        let note = problem.map_or_else(|| part_note(text, total_bytes), |problem| problem.title.clone());
        note_ui(ui, strip, &note);
        if long.is_some() {
            let chosen = part_buttons_ui(ui, text, total_bytes, id, strip);
            wanted = chosen.map(DialogAction::ShowTextPart);
        }
    }
    let font = theme::mono(theme::SMALL_TEXT);
    let cell = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
    // Which number a line has is known from the beginning on only.
    let has_numbers = text.shown.start == 0;
    let digits = if has_numbers { text.line_starts.len().to_string().len().max(2) } else { 0 };
    let folds_width = if text.folds.is_empty() { 0.0 } else { FOLD_WIDTH };
    let gutter = MARGIN + cell * digits as f32 + 10.0 + folds_width;
    let keeps_lines = ui_state.keeps_lines;
    let columns = if keeps_lines {
        MOST_CELLS
    } else {
        ((space.width() - gutter - MARGIN) / cell).floor().max(8.0) as usize
    };
    let keys = ui_state.page_keys;
    let page = TextPage { text, name, id, font, gutter, folds_width, has_numbers, keys, cell, keeps_lines };
    let state = ui_state.text(id, preview, text, columns);
    if let (Some(long), Some(find), true) = (&long, &mut state.find, std::mem::take(&mut state.is_new)) {
        long.find_in_part(find, text, state.wanted.take());
    }
    if is_large(id) {
        find::handle_keys(ui, &mut state.find, keys);
    }
    let builder = UiBuilder::new().max_rect(space).id_salt(id);
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(space));
        page.show(ui, state);
    });
    let mut note = String::new();
    let progress = long.as_ref().map_or_else(FindProgress::default, |long| long.progress(&mut note));
    let done = state.find.as_mut().map(|find| find_ui(ui, find, progress, id, space));
    match (done, &mut state.find) {
        (Some(FindResponse::Begin(query)), Some(find)) => {
            let found = find_all(&text.text, &query);
            find.begin(query.clone());
            find.add(found);
            wanted = long.is_some().then_some(DialogAction::FindInText(query));
        }
        (Some(FindResponse::Close), find) => {
            *find = None;
            ui.memory_mut(|memory| memory.request_focus(stage_id()));
            wanted = long.is_some().then(|| DialogAction::FindInText(String::new()));
        }
        (_, Some(find)) => {
            if let Some(byte) = long.and_then(|long| long.follow(find, text)) {
                state.wanted = Some(byte);
                wanted = Some(DialogAction::ShowTextPart(TextPart::Around(byte)));
            }
        }
        _ => {}
    }
    wanted
}

/// Only the large preview finds words: in the details pane there is no room for it.
fn is_large(id: Id) -> bool {
    id == large_preview_id()
}

/// The colour under a text. In the dark, the darkest surface would look like a hole in the pane around it.
pub fn paper(palette: &Palette) -> Color32 {
    if palette.dark { palette.surface_1 } else { palette.surface_0 }
}

struct TextPage<'a> {
    text: &'a TextPreview,
    name: &'a str,
    id: Id,
    font: egui::FontId,
    /// The width of the line numbers with their margins.
    gutter: f32,
    /// The part of it that is for folding lines.
    folds_width: f32,
    has_numbers: bool,
    /// Keys scroll it although something around it has the keyboard.
    keys: bool,
    /// The width of a character.
    cell: f32,
    /// Lines are not wrapped: the text is scrolled sideways too, and the line numbers stay.
    keeps_lines: bool,
}

impl TextPage<'_> {
    fn show(&self, ui: &mut Ui, state: &mut TextUiState) {
        state.unfold_match(self.text);
        let total = state.rows.len() as f32 * ROW_HEIGHT + 2.0 * MARGIN;
        let width = self.gutter + state.widest as f32 * self.cell + MARGIN;
        let area = if self.keeps_lines { ScrollArea::both() } else { ScrollArea::vertical() };
        // Another part of a long text begins at its own beginning, or at the end.
        let mut area = area.id_salt((self.id, self.text.shown.start)).auto_shrink(false);
        if std::mem::take(&mut state.begins_at_end) {
            area = area.vertical_scroll_offset(total);
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            ui.set_height(total);
            if self.keeps_lines {
                ui.set_width(width.max(viewport.width()));
            }
            let origin = ui.max_rect().min;
            let first = ((viewport.min.y - MARGIN) / ROW_HEIGHT).floor().max(0.0) as usize;
            let last = ((viewport.max.y - MARGIN) / ROW_HEIGHT).ceil().max(0.0) as usize;
            let visible = first.min(state.rows.len())..last.min(state.rows.len());
            self.rows_ui(ui, state, origin, visible, viewport.size());
            self.reveal_match(ui, state, origin);
        });
        state.view_height = output.inner_rect.height();
    }

    fn rows_ui(
        &self,
        ui: &mut Ui,
        state: &mut TextUiState,
        origin: Pos2,
        visible: Range<usize>,
        view_size: Vec2,
    ) {
        let palette = ui.palette();
        let right = ui.max_rect().width();
        let laid_out: Vec<(usize, Pos2, Arc<Galley>)> = visible
            .clone()
            .map(|index| {
                let row = state.rows[index];
                let mut at = pos2(origin.x + self.gutter, origin.y + MARGIN + index as f32 * ROW_HEIGHT);
                let galley = self.layout(ui, row, palette);
                if self.reading(row) == (Reading::Line { right_to_left: true }) {
                    at.x = at.x.max(origin.x + right - MARGIN - galley.size().x);
                }
                (index, at, galley)
            })
            .collect();

        let response = ui.interact(ui.clip_rect(), self.id.with("text"), Sense::click_and_drag());
        let response = response.on_hover_cursor(CursorIcon::Text);
        response.widget_info(|| WidgetInfo::labeled(Role::Document, true, tr!("text-of", name = self.name)));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            let shown = visible.clone().map(|index| self.slice(state.rows[index]));
            node.set_value(shown.collect::<Vec<_>>().join("\n"));
        });
        self.handle_pointer(ui, state, &response, &laid_out);
        if response.has_focus() {
            self.handle_keys(ui, state, &response);
        }
        if response.has_focus() || self.keys {
            let by = scroll_keys(ui, view_size.y);
            if by != 0.0 {
                ui.scroll_with_delta(vec2(0.0, -by));
            }
        }

        let selected = state.selected_bytes();
        let marks = state.find.as_ref().map_or(&[][..], |find| &find.matches);
        let current = state.find.as_ref().and_then(TextFind::current);
        for (index, at, galley) in &laid_out {
            let row = state.rows[*index];
            let first = marks.partition_point(|range| range.end <= row.start);
            for range in marks[first..].iter().take_while(|range| range.start < row.end) {
                let strength = if Some(range) == current { 0.9 } else { 0.35 };
                let color = palette.source.number.gamma_multiply(strength * 0.6);
                paint_range(ui, *at, galley, self.text, row, range, color);
            }
            paint_range(ui, *at, galley, self.text, row, &selected, palette.accent.gamma_multiply(0.3));
            // The text stands in the middle of its row.
            let lift = ((ROW_HEIGHT - galley.size().y) / 2.0).round();
            ui.painter().galley(*at + vec2(0.0, lift), Arc::clone(galley), palette.text);
        }
        let left = ui.clip_rect().min.x;
        if self.keeps_lines {
            let gutter = Rect::from_x_y_ranges(left..=left + self.gutter - 6.0, ui.clip_rect().y_range());
            ui.painter().rect_filled(gutter, 0.0, paper(palette));
        }
        let mut toggled = None;
        for (index, at, galley) in
            laid_out.iter().filter(|(index, _, _)| !state.rows[*index].continues && self.has_numbers)
        {
            let line = state.rows[*index].line;
            let right = pos2(left + self.gutter - self.folds_width - 10.0, at.y + ROW_HEIGHT / 2.0);
            let color = palette.dimmed.gamma_multiply(0.75);
            ui.painter().text(right, Align2::RIGHT_CENTER, line, self.font.clone(), color);
            let fold = pos2(left + self.gutter - self.folds_width - 6.0, at.y);
            let end = at.x + galley.size().x;
            toggled = fold_ui(ui, self.id, self.text, &state.folded, line, fold, end).or(toggled);
        }
        if let Some(first_line) = toggled {
            state.toggle_fold(self.text, first_line);
            ui.ctx().request_repaint();
        }
    }

    /// Brings the place that was found into sight.
    fn reveal_match(&self, ui: &Ui, state: &mut TextUiState, origin: Pos2) {
        let Some(find) = &mut state.find else { return };
        let Some(range) = find.current().cloned().filter(|_| std::mem::take(&mut find.reveals)) else {
            return;
        };
        let index = state.rows.partition_point(|row| row.start <= range.start).saturating_sub(1);
        let Some(row) = state.rows.get(index) else { return };
        let before = self.text.text.get(row.start..range.start).map_or(0, |part| part.chars().count());
        let corner = origin + vec2(before as f32 * self.cell, MARGIN + index as f32 * ROW_HEIGHT);
        let room = vec2(self.gutter * 2.0 + 12.0 * self.cell, ROW_HEIGHT);
        // Not behind the field, and with some lines around it.
        let rect = Rect::from_min_size(corner, room).expand2(vec2(0.0, 4.0 * ROW_HEIGHT));
        ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
    }

    fn slice(&self, row: TextRow) -> &str {
        self.text.text.get(row.start..row.end).unwrap_or_default()
    }

    fn layout(&self, ui: &Ui, row: TextRow, palette: &Palette) -> Arc<Galley> {
        let mut job =
            LayoutJob { break_on_newline: false, wrap: TextWrapping::no_max_width(), ..Default::default() };
        let spans = &self.text.spans;
        let mut at = row.start;
        let mut next = spans.partition_point(|(range, _)| range.end <= row.start);
        while at < row.end {
            let (end, class) = match spans.get(next) {
                Some((range, class)) if range.start <= at => {
                    next += 1;
                    (range.end.min(row.end), Some(*class))
                }
                Some((range, _)) => (range.start.min(row.end), None),
                None => (row.end, None),
            };
            let color = class.map_or(palette.text, |class| class_color(class, palette));
            let mut format = TextFormat::simple(self.font.clone(), color);
            format.italics = class == Some(TextClass::Comment);
            job.append(&drawable(self.text.text.get(at..end).unwrap_or_default()), 0.0, format);
            at = end.max(at + 1);
        }
        in_visual_order(ui.ctx(), ui.painter().layout_job(job), self.reading(row))
    }

    /// A row is a part of a line, which begins at one side as a whole.
    fn reading(&self, row: TextRow) -> Reading {
        let start = self.text.line_starts.get(row.line - 1).copied().unwrap_or(row.start);
        let line = self.text.text.get(start..row.end).unwrap_or_default();
        Reading::Line { right_to_left: begins_at_right(line) }
    }

    /// Press and drag select; a double click selects the word.
    fn handle_pointer(
        &self,
        ui: &Ui,
        state: &mut TextUiState,
        response: &Response,
        laid_out: &[(usize, Pos2, Arc<Galley>)],
    ) {
        if response.is_pointer_button_down_on() || response.clicked() {
            response.request_focus();
        }
        let Some(pointer) = response.interact_pointer_pos() else { return };
        let Some(byte) = self.byte_at(state, laid_out, pointer) else { return };
        let (pressed, shift) = ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
        if response.double_clicked() {
            let word = word_around(&self.text.text, byte);
            (state.anchor, state.head) = (word.start, word.end);
        } else if pressed {
            state.head = byte;
            if !shift {
                state.anchor = byte;
            }
        } else if response.dragged() {
            state.head = byte;
            let space = ui.clip_rect();
            let beyond = (space.min.y - pointer.y).max(0.0) - (pointer.y - space.max.y).max(0.0);
            if beyond != 0.0 {
                ui.scroll_with_delta(vec2(0.0, beyond * 0.4));
                ui.ctx().request_repaint();
            }
        }
    }

    fn byte_at(
        &self,
        state: &TextUiState,
        laid_out: &[(usize, Pos2, Arc<Galley>)],
        pointer: Pos2,
    ) -> Option<usize> {
        let below = |at: &Pos2| pointer.y < at.y + ROW_HEIGHT;
        let found = laid_out.iter().find(|(_, at, _)| below(at)).or(laid_out.last())?;
        let (index, at, galley) = found;
        let row = state.rows[*index];
        let character = galley.rows.first().map_or(0, |row| character_at(row, pointer.x - at.x));
        let slice = self.slice(row);
        let byte = slice.char_indices().nth(character).map_or(slice.len(), |(byte, _)| byte);
        Some(row.start + byte)
    }

    fn handle_keys(&self, ui: &mut Ui, state: &mut TextUiState, response: &Response) {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        note_reading(ui.ctx(), response.id);
        let (select_all, copies) = ui.input_mut(|input| {
            let copies = input.events.iter().any(|event| matches!(event, Event::Copy));
            (input.consume_key(Modifiers::COMMAND, Key::A), copies)
        });
        if select_all {
            (state.anchor, state.head) = (0, self.text.text.len());
        }
        let selected = state.selected_bytes();
        if copies && !selected.is_empty() {
            ui.ctx().copy_text(self.text.text.get(selected).unwrap_or_default().to_owned());
        }
        if !response.is_pointer_button_down_on() {
            let ring = ui.clip_rect().shrink(1.0);
            let stroke = ui.palette().focus_ring();
            ui.painter().rect_stroke(ring, theme::CORNER, stroke, egui::StrokeKind::Inside);
        }
    }
}

/// The id under which the text that has the keyboard is noted.
fn reading_id() -> Id {
    Id::unique("text with the keyboard")
}

/// Copying and selecting all are meant for this when it has the keyboard.
pub(super) fn note_reading(ctx: &Context, id: Id) {
    ctx.data_mut(|data| data.insert_temp(reading_id(), id));
}

/// Whether copying and selecting all are meant for a text: one has the keyboard, or words are selected.
pub fn text_has_keys(ctx: &Context) -> bool {
    let focused = ctx.memory(egui::Memory::focused);
    let noted = ctx.data(|data| data.get_temp::<Id>(reading_id()));
    (focused.is_some() && focused == noted) || ctx.plugin::<LabelSelectionState>().lock().has_selection()
}

/// How far the keys scroll a page of this height, in points.
pub fn scroll_keys(ui: &Ui, page: f32) -> f32 {
    let line = ROW_HEIGHT * 3.0;
    let keys = [
        (Key::ArrowDown, line),
        (Key::ArrowUp, -line),
        (Key::PageDown, page - line),
        (Key::PageUp, line - page),
        (Key::Home, -1e9),
        (Key::End, 1e9),
    ];
    ui.input_mut(|input| {
        keys.iter().map(|&(key, by)| input.count_and_consume_key(Modifiers::NONE, key) as f32 * by).sum()
    })
}

fn paint_range(
    ui: &Ui,
    at: Pos2,
    galley: &Galley,
    text: &TextPreview,
    row: TextRow,
    selected: &Range<usize>,
    color: Color32,
) {
    // A line break belongs to the row that it ends.
    if selected.is_empty() || selected.end <= row.start || selected.start > row.end {
        return;
    }
    let Some(line) = galley.rows.first() else { return };
    let before = |byte: usize| text.text.get(row.start..byte).map_or(0, |part| part.chars().count());
    let characters = before(selected.start.max(row.start))..before(selected.end.min(row.end));
    let mut covered = spans(line, characters);
    if selected.end > row.end {
        covered.push(line_break_span(line));
    }
    for span in covered {
        let rect = Rect::from_min_max(at + vec2(span.min, 0.0), at + vec2(span.max, ROW_HEIGHT));
        ui.painter().rect_filled(rect, 0.0, color);
    }
}

/// Control characters have no shape of their own.
pub fn drawable(text: &str) -> std::borrow::Cow<'_, str> {
    let is_odd = |character: char| character.is_control() && character != '\t';
    if text.contains(is_odd) { text.replace(is_odd, "·").into() } else { text.into() }
}

pub(super) fn class_color(class: TextClass, palette: &Palette) -> Color32 {
    let colors = &palette.source;
    match class {
        TextClass::Comment => colors.comment,
        TextClass::Keyword => colors.keyword,
        TextClass::String => colors.string,
        TextClass::Number => colors.number,
        TextClass::Function => colors.function,
        TextClass::Type => colors.type_name,
        TextClass::Tag | TextClass::Heading => colors.tag,
        TextClass::Punctuation => colors.punctuation,
    }
}
