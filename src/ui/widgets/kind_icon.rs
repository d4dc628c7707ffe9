//! The symbol of a file or folder: a drawn folder, tinted symbols for everything else.

use super::text::paint_icon;
use crate::model::FileKind;
use crate::ui::theme::{Tokens, UiTokens, blend};
use egui::{Color32, CornerRadius, Painter, Rect, Sense, Ui, Vec2, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

/// Takes `size` by `size` points of the line.
pub fn kind_icon(ui: &mut Ui, kind: FileKind, size: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint_kind(ui.painter(), rect, kind, ui.tokens());
}

/// The symbol as large as `rect` allows.
pub fn paint_kind(painter: &Painter, rect: Rect, kind: FileKind, tokens: &Tokens) {
    if kind == FileKind::Folder {
        paint_folder(painter, rect, tokens.folder);
    } else {
        let size = rect.width().min(rect.height());
        paint_icon(painter, rect.center(), symbol(kind), size, kind_color(kind, tokens));
    }
}

pub fn kind_color(kind: FileKind, tokens: &Tokens) -> Color32 {
    match kind {
        FileKind::Folder => tokens.folder,
        FileKind::Document | FileKind::Markdown | FileKind::Text => tokens.document,
        FileKind::Code => tokens.code,
        FileKind::Table => tokens.table,
        FileKind::Pdf => tokens.pdf,
        FileKind::Archive => tokens.archive,
        FileKind::Video | FileKind::Audio => tokens.video,
        FileKind::Picture => tokens.accent,
        FileKind::Other => tokens.dimmed,
    }
}

fn symbol(kind: FileKind) -> MaterialIcon {
    match kind {
        FileKind::Folder => icons::ICON_FOLDER,
        FileKind::Picture => icons::ICON_IMAGE,
        FileKind::Document | FileKind::Markdown | FileKind::Text => icons::ICON_DESCRIPTION,
        FileKind::Code => icons::ICON_CODE,
        FileKind::Table => icons::ICON_TABLE,
        FileKind::Pdf => icons::ICON_PICTURE_AS_PDF,
        FileKind::Archive => icons::ICON_FOLDER_ZIP,
        FileKind::Video => icons::ICON_MOVIE,
        FileKind::Audio => icons::ICON_MUSIC_NOTE,
        FileKind::Other => icons::ICON_DRAFT,
    }
}

/// A folder: a darker back with its tab, a lighter front. Large ones show the gap between both.
pub fn paint_folder(painter: &Painter, rect: Rect, color: Color32) {
    let edge = rect.width().min(rect.height());
    let body = Rect::from_center_size(rect.center(), vec2(edge * 0.86, edge * 0.68));
    let corner = (edge * 0.085).max(2.0);
    let rounded = |corner: f32| CornerRadius::same(corner.round() as u8);
    let back = blend(color, Color32::BLACK.gamma_multiply(0.16));
    let tab = Rect::from_min_max(
        body.min,
        pos2(body.min.x + body.width() * 0.46, body.min.y + body.height() * 0.4),
    );
    let shelf = Rect::from_min_max(pos2(body.min.x, body.min.y + body.height() * 0.14), body.max);
    painter.rect_filled(tab, rounded(corner), back);
    painter.rect_filled(shelf, rounded(corner), back);
    let front_top = body.min.y + body.height() * if edge > 40.0 { 0.27 } else { 0.24 };
    let front = Rect::from_min_max(pos2(body.min.x, front_top), body.max);
    painter.rect_filled(front, rounded(corner), color);
}
