//! Words that can be selected, with links that can be followed: in paragraphs, headings and cells of tables.

use super::LinkTarget;
use super::inline::Inline;
use super::links::{can_open, hover_text};
use crate::ui::bidi::{Reading, begins_at_right, in_visual_order, spans};
use crate::ui::theme::{self, Palette, UiPalette};
use egui::text::LayoutJob;
use egui::text_selection::LabelSelectionState;
use egui::{
    CursorIcon, Galley, Id, Label, OpenUrl, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, vec2,
};
use std::ops::Range;
use std::sync::Arc;

/// The height of the plate under code.
const CODE_PLATE: f32 = 18.0;

/// Answers which link was clicked that leads elsewhere than into the network.
pub(super) fn words_ui(
    ui: &mut Ui,
    inline: &Inline,
    job: LayoutJob,
    palette: &Palette,
    heading: Option<u8>,
) -> Option<LinkTarget> {
    let role = if heading.is_some() { Role::Heading } else { Role::Label };
    let (at, galley, id) = selectable_ui(ui, job, inline, role, palette);
    if let Some(level) = heading {
        ui.ctx().accesskit_node_builder(id, |node| node.set_level(usize::from(level)));
    }
    let mut clicked = None;
    for (index, (range, target)) in inline.links.iter().enumerate() {
        let words = inline.text.get(range.clone()).unwrap_or_default();
        if link_ui(ui, id.with(index), words, target, &pieces(&galley, at, &inline.text, range)) {
            clicked = Some(target.clone());
        }
    }
    clicked
}

pub(super) fn selectable_ui(
    ui: &mut Ui,
    job: LayoutJob,
    inline: &Inline,
    role: Role,
    palette: &Palette,
) -> (Pos2, Arc<Galley>, Id) {
    let text = job.text.clone();
    let background = ui.painter().add(egui::Shape::Noop);
    let mut rect = ui.max_rect();
    if begins_at_right(&text) {
        let width = ui.painter().layout_job(job.clone()).size().x;
        rect.min.x += (rect.width().min(job.wrap.max_width) - width).max(0.0);
    }
    let scope = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        Label::new(job).selectable(true).layout_in_ui(ui)
    });
    let (at, galley, response) = scope.inner;
    let galley = in_visual_order(ui.ctx(), galley, Reading::Words);
    response.widget_info(|| WidgetInfo::labeled(role, true, &text));
    // Code stands on a plate of its own height, whatever the height of the line.
    let code = inline.runs.iter().filter(|(_, style)| style.code);
    let plates = code.flat_map(|(range, _)| pieces(&galley, at, &inline.text, range)).map(|piece| {
        let plate = Rect::from_center_size(piece.center(), vec2(piece.width() + 6.0, CODE_PLATE));
        egui::Shape::rect_filled(plate, theme::CORNER_SMALL, palette.surface_2)
    });
    ui.painter().set(background, egui::Shape::Vec(plates.collect()));
    LabelSelectionState::label_text_selection(
        ui,
        &response,
        at,
        Arc::clone(&galley),
        palette.text,
        Stroke::NONE,
    );
    (at, galley, response.id)
}

/// Where a range of bytes stands: one rectangle for each row it touches, and more where the direction changes.
fn pieces(galley: &Galley, at: Pos2, text: &str, range: &Range<usize>) -> Vec<Rect> {
    let characters = |byte: usize| text.get(..byte).map_or(0, |part| part.chars().count());
    let (first, last) = (characters(range.start), characters(range.end));
    let mut pieces: Vec<Rect> = Vec::new();
    let mut row_start = 0;
    for row in &galley.rows {
        let count = row.glyphs.len();
        let covered = first.max(row_start)..last.min(row_start + count);
        if !covered.is_empty() {
            let origin = at + row.pos.to_vec2();
            let stretches = spans(row, covered.start - row_start..covered.end - row_start);
            pieces.extend(stretches.into_iter().map(|span| {
                Rect::from_min_max(origin + vec2(span.min, 0.0), origin + vec2(span.max, row.size.y))
            }));
        }
        row_start += count + usize::from(row.ends_with_newline);
    }
    pieces
}

/// Answers whether it was clicked and leads elsewhere than into the network.
fn link_ui(ui: &Ui, id: Id, words: &str, target: &LinkTarget, pieces: &[Rect]) -> bool {
    let can_open = can_open(target);
    let hover_text = hover_text(target);
    let mut is_followed = false;
    for (index, &piece) in pieces.iter().enumerate() {
        let sense = match (can_open, index) {
            (false, _) => Sense::hover(),
            (true, 0) => Sense::click(),
            (true, _) => Sense::CLICK,
        };
        let response = ui.interact(piece, id.with(("piece", index)), sense);
        if can_open && index == 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
        }
        if response.has_focus() {
            let stroke = ui.palette().focus_ring();
            ui.painter().rect_stroke(piece.expand(1.0), theme::CORNER_SMALL, stroke, StrokeKind::Outside);
        }
        if response.hovered() {
            let y = piece.center().y + theme::BODY_TEXT * 0.58;
            ui.painter().hline(piece.x_range(), y, Stroke::new(1.0, ui.palette().accent));
        }
        if can_open && response.clicked() {
            match target {
                LinkTarget::Address(url) if target.is_of_network() => {
                    ui.ctx().open_url(OpenUrl::new_tab(url));
                }
                _ => is_followed = true,
            }
        }
        let response = if can_open { response.on_hover_cursor(CursorIcon::PointingHand) } else { response };
        if let Some(text) = &hover_text {
            response.on_hover_text(text);
        }
    }
    is_followed
}
