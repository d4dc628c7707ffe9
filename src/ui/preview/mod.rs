//! The preview of a file in all slots for it: in the inspector, beside the versions, as large as the window.
//! Decoding, highlighting and cutting off is done by the worker; here it is drawn.

mod card;
mod film_strip;
mod find;
mod fold;
pub mod large;
mod long_text;
mod markdown;
mod note;
mod pages;
mod parts;
mod picture;
pub mod picture_facts;
pub mod recording;
mod rows;
mod short_text;
mod sound_bar;
mod table;
mod table_find;
mod text;
mod text_buttons;
mod ui_state;
mod word;
mod zoom;

pub use card::{card_ui, message_ui};
pub use markdown::{
    Block, BlockArea, Document, DocumentUiState, LinkTarget, block_ui, document_ui, gap_before,
    guessed_height,
};
pub use rows::{TextRow, rows_of};
pub use text::{drawable, paper, scroll_keys, text_has_keys};
pub use ui_state::PreviewUiState;
pub use zoom::{PictureView, fit_zoom, handle_zoom_input, original_size, percent, tell_fit_zoom};

use super::WindowContext;
use super::entry_thumbnails::ready_thumbnail;
use super::format;
use super::textures::{fit, paint_texture};
use super::theme::{self, UiPalette};
use coffer_model::preview::PreviewBody;
use coffer_model::{Entry, Load, Preview, Problem};
use coffer_texts::tr;
use egui::{Id, Pos2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;
use std::sync::Arc;
use std::time::Duration;

/// What is not there after so long is said to be on its way.
const LOADING_AFTER: Duration = Duration::from_millis(1200);

/// Only in a place as large as this a thumbnail is said to stand for what is loading.
const LEAST_LARGE_WIDTH: f32 = 500.0;

/// A part of the window that shows a preview, and what it shows.
pub struct PreviewSlot<'a> {
    pub entry: &'a Entry,
    pub preview: &'a Load<Arc<Preview>>,
    /// Of the slot.
    pub id: Id,
    /// A picture of nearly the shape of its place fills it, its edges cut off a little.
    pub cover: bool,
}

impl PreviewSlot<'_> {
    /// The preview of just this revision; one of another item that is still there meanwhile is not shown for it.
    pub fn ready(&self) -> Option<&Arc<Preview>> {
        let preview = self.preview.value()?;
        let rev = self.entry.file().map(|file| &file.rev);
        (preview.path == self.entry.path && rev == Some(&preview.rev)).then_some(preview)
    }
}

/// Fills `rect` with the preview, as far as it is ready.
pub fn preview_ui(ui: &mut Ui, window: &mut WindowContext<'_>, slot: &PreviewSlot<'_>, rect: Rect) {
    // Whatever is drawn inside leaves the lines around it where they are.
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(rect).id_salt(slot.id));
    let name = slot.entry.name();
    let Some(preview) = slot.ready().cloned() else {
        return waiting_ui(ui, window, slot, rect);
    };
    ui.data_mut(|data| data.remove::<f64>(waiting_id(slot)));
    let ui_state = &mut window.ui_state.previews;
    match &preview.body {
        PreviewBody::Picture { frames, facts, .. } => {
            let rect = with_note_ui(ui, rect, picture_facts::note(facts).as_deref());
            let place = picture::PicturePlace { name, id: slot.id, rect, cover: slot.cover };
            picture::picture_ui(ui, window, &preview, frames, &place);
        }
        PreviewBody::Text(text) => {
            text::text_ui(ui, ui_state, (&preview, text), None, name, slot.id, rect);
        }
        PreviewBody::Markdown(text) => markdown::markdown_ui(ui, window, slot, &preview, text, rect),
        PreviewBody::Words { document, is_cut } => {
            let note = if *is_cut { tr!("preview-words-cut") } else { tr!("preview-words") };
            let space = with_note_ui(ui, rect, Some(note));
            markdown::markdown_ui(ui, window, slot, &preview, document, space);
        }
        PreviewBody::Recording(recording) => {
            recording::recording_ui(ui, window, slot.entry, recording, rect);
        }
        PreviewBody::Table(table) => {
            table::table_ui(ui, ui_state, (&preview, table), 0, name, slot.id, rect);
        }
        PreviewBody::Pages(document) => {
            let place = picture::PicturePlace { name, id: slot.id, rect, cover: false };
            pages::first_page_ui(ui, window, document, &place);
        }
        PreviewBody::None { reason } => card_ui(ui, slot.entry, reason, rect),
    }
}

/// Draws a sentence at the bottom of `rect`, if there is one, and answers what is left above it.
fn with_note_ui(ui: &mut Ui, rect: Rect, note: Option<&str>) -> Rect {
    let Some(note) = note else { return rect };
    ui.painter().rect_filled(rect, theme::CORNER, text::paper(ui.palette()));
    let (space, strip) = rect.split_top_bottom_at_y(rect.max.y - note::NOTE_HEIGHT);
    note::note_ui(ui, strip, note);
    space
}

/// Fills `rect` with a picture, or says why there is none.
pub fn still_preview_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    preview: &Arc<Preview>,
    name: &str,
    id: Id,
    rect: Rect,
) {
    ui.painter().rect_filled(rect, theme::CORNER, ui.palette().surface_0);
    match &preview.body {
        PreviewBody::Picture { frames, .. } => {
            let place = picture::PicturePlace { name, id, rect, cover: false };
            picture::picture_ui(ui, window, preview, frames, &place);
        }
        PreviewBody::None { reason } => message_ui(ui, icons::ICON_IMAGE, name, reason, rect),
        PreviewBody::Text(_)
        | PreviewBody::Markdown(_)
        | PreviewBody::Words { .. }
        | PreviewBody::Recording(_)
        | PreviewBody::Table(_)
        | PreviewBody::Pages(_) => {}
    }
}

/// Until the preview is there: its thumbnail, if that is at hand, or nothing but the place for it.
fn waiting_ui(ui: &mut Ui, window: &mut WindowContext<'_>, slot: &PreviewSlot<'_>, rect: Rect) {
    let palette = ui.palette();
    if let Some(problem) = slot.preview.problem() {
        return problem_ui(ui, problem, rect);
    }
    let response = ui.interact(rect, slot.id.with("waiting"), Sense::hover());
    let label = tr!("preview-is-loading", name = slot.entry.name());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
    let Some(thumbnail) = ready_thumbnail(window, ui.ctx(), slot.entry, 256.0) else {
        ui.painter().rect_filled(rect, theme::CORNER, palette.text.gamma_multiply(0.04));
        return loading_ui(ui, slot, rect.center());
    };
    let fitted = fit(thumbnail.size, rect, 64.0);
    let cover = slot.cover && picture::nearly_fills(fitted, rect);
    let (place, thumbnail) = if cover { (rect, thumbnail.cut_to(rect.size())) } else { (fitted, thumbnail) };
    paint_texture(ui.painter(), place, thumbnail, theme::CORNER, palette);
    if rect.width() > LEAST_LARGE_WIDTH {
        loading_ui(ui, slot, pos2(rect.center().x, rect.max.y - 32.0));
    }
}

/// Since when the preview of an item is waited for.
fn waiting_id(slot: &PreviewSlot<'_>) -> Id {
    slot.id.with(("waiting since", slot.entry.path.lower()))
}

/// Says that something is under way, when that takes longer than most do.
fn loading_ui(ui: &Ui, slot: &PreviewSlot<'_>, center: Pos2) {
    let (Some(bytes), now) = (slot.entry.size_bytes(), ui.input(|input| input.time)) else { return };
    let id = waiting_id(slot);
    let since = ui.data_mut(|data| *data.get_temp_mut_or_insert_with(id, || now));
    let left = LOADING_AFTER.as_secs_f64() - (now - since);
    if left > 0.0 {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        return;
    }
    let words = tr!("preview-loading", size = format::size(bytes));
    let palette = ui.palette();
    let galley = ui.painter().layout_no_wrap(words.clone(), theme::regular(theme::BODY_TEXT), palette.dimmed);
    let plate = Rect::from_center_size(center, galley.size() + vec2(24.0, 12.0));
    let response = ui.interact(plate, id.with("words"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
    ui.painter().rect_filled(plate, theme::CORNER, palette.surface_1);
    ui.painter().galley(plate.center() - galley.size() / 2.0, galley, palette.dimmed);
}

fn problem_ui(ui: &mut Ui, problem: &Problem, rect: Rect) {
    message_ui(ui, icons::ICON_CLOUD_OFF, &problem.title, &problem.detail, rect);
}
