//! The strip below what is shown of a file: how much of it that is, and buttons to another part of a long text.

use crate::ui::format;
use crate::ui::theme::{self, UiPalette};
use coffer_model::TextPart;
use coffer_model::preview::TextPreview;
use coffer_texts::tr;
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

pub(super) const NOTE_HEIGHT: f32 = 28.0;
const MARGIN: f32 = 12.0;

/// How much of a file is shown, from its beginning.
pub(super) fn truncation_note(loaded_bytes: u64, total_bytes: u64) -> String {
    tr!("text-cut", loaded = format::size(loaded_bytes), all = format::size(total_bytes))
}

/// A sentence below what is shown of a file.
pub(super) fn note_ui(ui: &mut Ui, strip: Rect, note: &str) {
    let palette = ui.palette();
    let response = ui.interact(strip, ui.scope_id().with("note"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, note));
    ui.painter().hline(strip.x_range(), strip.min.y, (1.0, palette.line));
    let font = theme::regular(theme::SMALL_TEXT);
    ui.painter().text(
        strip.left_center() + vec2(MARGIN, 0.0),
        Align2::LEFT_CENTER,
        note,
        font,
        palette.dimmed,
    );
}

/// Which part of a long text is shown.
pub(super) fn part_note(text: &TextPreview, total_bytes: u64) -> String {
    let loaded = text.shown.end - text.shown.start;
    let (loaded, all) = (format::size(loaded), format::size(total_bytes));
    if text.shown.start == 0 {
        tr!("text-cut", loaded = loaded, all = all)
    } else if text.shown.end == total_bytes {
        tr!("text-cut-end", loaded = loaded, all = all)
    } else {
        tr!("text-cut-middle", loaded = loaded, all = all)
    }
}

/// The buttons to the beginning and the end of a long text, where they are not shown. Answers which was pressed.
pub(super) fn part_buttons_ui(
    ui: &mut Ui,
    text: &TextPreview,
    total_bytes: u64,
    id: Id,
    strip: Rect,
) -> Option<TextPart> {
    let parts = [
        (text.shown.end < total_bytes, tr!("text-show-end"), TextPart::End),
        (text.shown.start > 0, tr!("text-show-beginning"), TextPart::Beginning),
    ];
    let mut right = strip.max.x - MARGIN;
    let mut chosen = None;
    for (_, words, part) in parts.into_iter().filter(|(is_offered, _, _)| *is_offered) {
        let palette = ui.palette();
        let font = theme::medium(theme::SMALL_TEXT);
        let galley = ui.painter().layout_no_wrap(words.to_owned(), font, palette.accent);
        let center = egui::pos2(right - galley.size().x / 2.0, strip.center().y);
        let place = Rect::from_center_size(center, galley.size() + vec2(12.0, 6.0));
        let response = ui.interact(place, id.with(words), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
        if response.hovered() {
            ui.painter().rect_filled(place, theme::CORNER_SMALL, palette.hover());
        }
        if response.has_focus() {
            let stroke: Stroke = palette.focus_ring();
            ui.painter().rect_stroke(place, theme::CORNER_SMALL, stroke, StrokeKind::Inside);
        }
        ui.painter().galley(place.center() - galley.size() / 2.0, galley, palette.accent);
        if response.clicked() {
            chosen = Some(part);
        }
        right = place.min.x - 8.0;
    }
    chosen
}
