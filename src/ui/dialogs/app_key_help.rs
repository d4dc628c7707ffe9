//! How one gets an app key: three steps, each with a drawing of what to press on Dropbox’s pages.

use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::paint_icon;
use coffer_texts::tr;
use egui::{Align2, Layout, Painter, Rect, RichText, Sense, Ui, UiBuilder, pos2, vec2};
use egui_material_icons::icons;

const GAP: f32 = 12.0;
const PICTURE: f32 = 76.0;
/// Three lines of small text.
const CAPTION: f32 = 54.0;
const SMALLEST_TEXT: f32 = 10.5;

/// What to do on Dropbox’s pages, and how that looks.
type KeyStep = (&'static str, fn(&Painter, Rect, &Palette));

fn steps() -> [KeyStep; 3] {
    [
        (tr!("app-key-create"), paint_create),
        (tr!("app-key-permissions"), paint_permissions),
        (tr!("app-key-copy"), paint_key),
    ]
}

pub(super) fn app_key_help_ui(ui: &mut Ui) {
    let palette = ui.palette();
    let width = (ui.available_width() - 2.0 * GAP) / 3.0;
    let (whole, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), PICTURE + 6.0 + CAPTION), Sense::hover());
    for (index, (caption, paint)) in steps().into_iter().enumerate() {
        let left = whole.min.x + (width + GAP) * index as f32;
        let picture = Rect::from_min_size(pos2(left, whole.min.y), vec2(width, PICTURE));
        ui.painter().rect_filled(picture, theme::CORNER, palette.surface_2);
        let page = picture.shrink(9.0);
        ui.painter().rect_filled(page, theme::CORNER_SMALL, palette.surface_1);
        paint(&ui.painter().with_clip_rect(page), page.shrink2(vec2(9.0, 7.0)), palette);
        let place = Rect::from_min_max(pos2(left, picture.max.y + 6.0), pos2(left + width, whole.max.y));
        let builder =
            UiBuilder::new().max_rect(place).layout(Layout::top_down(egui::Align::Min)).id_salt(index);
        let text = RichText::new(caption).font(theme::regular(theme::SMALL_TEXT)).color(palette.dimmed);
        ui.new_child(builder).label(text.line_height(Some(17.0)));
    }
}

/// Grey lines stand for what is not important.
fn paint_line(painter: &Painter, at: egui::Pos2, width: f32, palette: &Palette) {
    painter.rect_filled(Rect::from_min_size(at, vec2(width, 5.0)), 2.5, palette.text.gamma_multiply(0.14));
}

fn paint_pressed(painter: &Painter, rect: Rect, words: &str, palette: &Palette) {
    painter.rect_filled(rect, 4.0, palette.accent);
    let font = theme::medium(SMALLEST_TEXT);
    painter.text(rect.center(), Align2::CENTER_CENTER, words, font, palette.on_accent);
}

fn paint_create(painter: &Painter, page: Rect, palette: &Palette) {
    paint_line(painter, page.min + vec2(0.0, 2.0), page.width() * 0.3, palette);
    let button = Rect::from_min_size(pos2(page.max.x - 68.0, page.min.y), vec2(68.0, 18.0));
    paint_pressed(painter, button, "Create app", palette);
    for (index, words) in ["Scoped access", "Full Dropbox"].into_iter().enumerate() {
        let middle = page.min.y + 27.0 + 14.0 * index as f32;
        painter.circle_stroke(pos2(page.min.x + 5.0, middle), 4.5, (1.5, palette.accent));
        painter.circle_filled(pos2(page.min.x + 5.0, middle), 2.2, palette.accent);
        let font = theme::regular(SMALLEST_TEXT);
        painter.text(pos2(page.min.x + 15.0, middle), Align2::LEFT_CENTER, words, font, palette.text);
    }
}

fn paint_permissions(painter: &Painter, page: Rect, palette: &Palette) {
    for (index, words) in ["account_info", "files", "sharing"].into_iter().enumerate() {
        let middle = page.min.y + 6.0 + 15.0 * index as f32;
        let check = Rect::from_center_size(pos2(page.min.x + 5.0, middle), vec2(10.0, 10.0));
        painter.rect_filled(check, 2.0, palette.accent);
        paint_icon(painter, check.center(), icons::ICON_CHECK, 10.0, palette.on_accent);
        let font = theme::regular(SMALLEST_TEXT);
        painter.text(pos2(page.min.x + 15.0, middle), Align2::LEFT_CENTER, words, font, palette.text);
    }
    let button = Rect::from_min_size(page.max - vec2(46.0, 18.0), vec2(46.0, 18.0));
    paint_pressed(painter, button, "Submit", palette);
}

fn paint_key(painter: &Painter, page: Rect, palette: &Palette) {
    paint_line(painter, page.min + vec2(0.0, 2.0), page.width() * 0.5, palette);
    let font = theme::medium(SMALLEST_TEXT);
    let label = painter.text(page.min + vec2(0.0, 20.0), Align2::LEFT_CENTER, "App key", font, palette.text);
    let key =
        Rect::from_min_max(pos2(label.max.x + 8.0, page.min.y + 11.0), pos2(page.max.x, page.min.y + 29.0));
    painter.rect_filled(key, 3.0, palette.accent.gamma_multiply(0.18));
    let font = theme::mono(SMALLEST_TEXT);
    painter.text(key.left_center() + vec2(5.0, 0.0), Align2::LEFT_CENTER, "x7f2k9q…", font, palette.accent);
    paint_line(painter, page.min + vec2(0.0, 37.0), page.width() * 0.7, palette);
}
