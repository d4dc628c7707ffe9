//! A picture in a text. Its place has its size from the beginning, so that nothing moves when it arrives.

use super::ShownPicture;
use crate::ui::WindowContext;
use crate::ui::entry_thumbnails::ready_thumbnail;
use crate::ui::textures::{Sampling, fit, paint_texture};
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::paint_text;
use coffer_model::markdown::PictureContent;
use coffer_texts::tr;
use egui::{Align2, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

/// The widest picture, in points. The thumbnail of a file has no more pixels.
const MOST_WIDTH: f32 = 640.0;
const MOST_HEIGHT: f32 = 480.0;

/// Where the size of a picture is not known before it is there.
const USUAL_SIZE: Vec2 = vec2(480.0, 270.0);

pub(super) fn picture_size(picture: &ShownPicture, width: f32) -> Vec2 {
    let size = picture.picture.size.map_or(USUAL_SIZE, |(width, height)| vec2(width as f32, height as f32));
    let most = vec2(width.min(MOST_WIDTH), MOST_HEIGHT);
    let scale = (most.x / size.x.max(1.0)).min(most.y / size.y.max(1.0)).min(1.0);
    (size * scale).round().max(Vec2::splat(1.0))
}

pub(super) fn picture_ui(ui: &mut Ui, window: &mut WindowContext<'_>, picture: &ShownPicture, width: f32) {
    let (rect, response) = ui.allocate_exact_size(picture_size(picture, width), Sense::hover());
    let name = match picture.description.trim() {
        "" => picture.picture.destination.as_str(),
        description => description,
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, tr!("picture-named", name = name)));
    let palette = ui.palette();
    let (texture, file) = match &picture.picture.content {
        PictureContent::Inside(pixels) => {
            (Some(window.textures.picture(ui.ctx(), pixels, Sampling::Smooth)), None)
        }
        PictureContent::File(entry) => {
            let pixels = rect.width().max(rect.height()) * ui.pixels_per_point();
            (ready_thumbnail(window, ui.ctx(), entry, pixels), Some(entry))
        }
    };
    if texture.is_none_or(|texture| texture.opacity < 1.0) {
        ui.painter().rect_filled(rect, theme::CORNER_SMALL, palette.text.gamma_multiply(0.05));
    }
    match texture {
        Some(texture) => {
            paint_texture(ui.painter(), fit(texture.size, rect, 64.0), texture, theme::CORNER_SMALL, palette);
        }
        None if rect.height() >= 20.0 => {
            let font = theme::regular(theme::SMALL_TEXT);
            let place = rect.center();
            paint_text(ui.painter(), Align2::CENTER_CENTER, place, rect.width(), name, font, palette.dimmed);
        }
        None => {}
    }
    if let Some(entry) = file {
        response.on_hover_text(entry.path.display_path());
    }
}
