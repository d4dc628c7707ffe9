//! Fields for a line of text. egui knows only texts from the left: it gets the galley in visual order, in which the caret
//! stands where the next letter will, and where a press means is found out here.

use super::line_order::{Reading, has_right_to_left};
use super::places::character_at;
use super::visual_order::in_visual_order;
use egui::text::{CCursor, CCursorRange, CharIndex, LayoutJob, TextFormat};
use egui::text_edit::TextEditOutput;
use egui::{FontId, Galley, Response, TextBuffer, TextEdit, Ui, vec2};
use std::sync::Arc;

/// Draws the field that `build` makes.
pub fn edit_line_ui(
    ui: &mut Ui,
    text: &mut String,
    font: &FontId,
    build: impl FnOnce(TextEdit<'_>) -> TextEdit<'_>,
) -> Response {
    let is_from_right = has_right_to_left(text);
    let font = font.clone();
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| laid_out(ui, text.as_str(), &font);
    let mut edit = build(TextEdit::singleline(text).font(font.clone()));
    if is_from_right {
        edit = edit.layouter(&mut layouter);
    }
    let output = edit.show(ui);
    if is_from_right {
        place_caret(ui, &output);
    }
    output.response.response
}

fn laid_out(ui: &Ui, text: &str, font: &FontId) -> Arc<Galley> {
    let color = ui.visuals().text_color();
    let mut format = TextFormat::simple(font.clone(), color);
    let height = ui.fonts_mut(|fonts| fonts.row_height(font));
    format.line_height = Some(height + ui.spacing().extra_text_line_spacing);
    let mut job =
        LayoutJob { break_on_newline: false, keep_trailing_whitespace: true, ..LayoutJob::default() };
    job.append(text, 0.0, format);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let mut galley = in_visual_order(ui.ctx(), galley, Reading::Words);
    with_end(Arc::make_mut(&mut galley));
    galley
}

/// egui has the caret behind the last letter at the right edge. A letter without a width is put where it belongs.
fn with_end(galley: &mut Galley) {
    let Some(row) = galley.rows.first_mut() else { return };
    let row = Arc::make_mut(&mut row.row);
    if let Some(mut end) = row.glyphs.last().copied() {
        end.pos.x += end.advance_width;
        end.advance_width = 0.0;
        end.chr = '\u{200B}';
        end.first_vertex = row.visuals.glyph_vertex_range.end as u32;
        row.glyphs.push(end);
    }
}

/// A press sets the caret, and a drag selects from there.
fn place_caret(ui: &Ui, output: &TextEditOutput) {
    let response = &output.response.response;
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let Some(row) = output.galley.rows.first() else { return };
    let (pressed, shift) = ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
    if !pressed && !response.dragged() {
        return;
    }
    let letters = row.glyphs.len().saturating_sub(1);
    let at = vec2(pointer.x - output.galley_pos.x - row.pos.x, 0.0).x;
    let caret = CCursor::new(CharIndex(character_at(row, at).min(letters)));
    let mut state = output.state.clone();
    let anchor = state.cursor.char_range().map_or(caret, |range| range.secondary);
    let is_new = pressed && !shift;
    let range = CCursorRange { primary: caret, secondary: if is_new { caret } else { anchor }, h_pos: None };
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), response.id);
}
