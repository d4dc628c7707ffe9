//! What a file looks like, wherever that is shown: in the inspector, beside the versions, as large as the window.
//! Decoding, highlighting and cutting off is done by the worker; here it is drawn.

mod card;
pub mod large;
mod markdown;
mod memory;
mod picture;
mod rows;
mod text;
mod zoom;

pub use card::card_ui;
pub use memory::PreviewMemory;
pub use text::{scroll_keys, text_has_keys};

use super::View;
use super::entries::shown_thumbnail;
use super::textures::{fit, paint_shown};
use super::theme::{self, UiTokens};
use coffer_model::preview::PreviewBody;
use coffer_model::{Entry, Load, Preview, Problem};
use egui::{Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo};
use egui_material_icons::icons;
use std::sync::Arc;

/// One preview at one place of the window.
pub struct Shown<'a> {
    pub entry: &'a Entry,
    pub preview: &'a Load<Arc<Preview>>,
    /// The place where it is shown.
    pub id: Id,
    /// A picture of nearly the shape of its place fills it, its edges cut off a little.
    pub cover: bool,
}

impl Shown<'_> {
    /// The preview of just this revision; one of another item that is still there meanwhile is not shown for it.
    pub fn ready(&self) -> Option<&Arc<Preview>> {
        let preview = self.preview.value()?;
        let rev = self.entry.file().map(|file| &file.rev);
        (preview.path == self.entry.path && rev == Some(&preview.rev)).then_some(preview)
    }
}

/// Fills `rect` with the file as well as it can be shown now.
pub fn preview_ui(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, rect: Rect) {
    // Whatever is drawn inside leaves the lines around it where they are.
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(rect).id_salt(shown.id));
    let name = shown.entry.name();
    let Some(preview) = shown.ready().cloned() else {
        return waiting_ui(ui, view, shown, rect);
    };
    let memory = &mut view.memory.previews;
    match &preview.body {
        PreviewBody::Picture { frames, .. } => picture::picture_ui(ui, view, shown, &preview, frames, rect),
        PreviewBody::Text(text) => text::text_ui(ui, memory, &preview, text, name, shown.id, rect),
        PreviewBody::Markdown(source) => {
            markdown::markdown_ui(ui, memory, &preview, source, name, shown.id, rect);
        }
        PreviewBody::None { reason } => card_ui(ui, shown.entry, reason, rect),
    }
}

/// Until the preview is there: its thumbnail, if that is at hand, or nothing but the place for it.
fn waiting_ui(ui: &mut Ui, view: &mut View<'_>, shown: &Shown<'_>, rect: Rect) {
    let tokens = ui.tokens();
    if let Some(problem) = shown.preview.problem() {
        return problem_ui(ui, problem, rect);
    }
    let response = ui.interact(rect, shown.id.with("waiting"), Sense::hover());
    let label = format!("Preview of {} is loading", shown.entry.name());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
    match shown_thumbnail(view, ui.ctx(), shown.entry, 256.0) {
        Some(thumbnail) => {
            let fitted = fit(thumbnail.size, rect, 64.0);
            let cover = shown.cover && picture::nearly_fills(fitted, rect);
            let (place, thumbnail) =
                if cover { (rect, thumbnail.cut_to(rect.size())) } else { (fitted, thumbnail) };
            paint_shown(ui.painter(), place, thumbnail, theme::CORNER, tokens);
        }
        None => {
            ui.painter().rect_filled(rect, theme::CORNER, tokens.text.gamma_multiply(0.04));
        }
    }
}

fn problem_ui(ui: &mut Ui, problem: &Problem, rect: Rect) {
    card::words_in_card(ui, icons::ICON_CLOUD_OFF, &problem.title, &problem.detail, rect);
}
