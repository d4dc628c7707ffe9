//! The symbol of a file or folder: a drawn folder, tinted symbols for everything else.

use super::text::{paint_icon, paint_text};
use crate::ui::theme::{CORNER_SMALL, Palette, UiPalette, blend, semibold};
use coffer_model::FileKind;
use coffer_model::file_kind::extension;
use egui::{Align2, Color32, CornerRadius, Painter, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

/// Takes `size` by `size` points of the line.
pub fn kind_icon(ui: &mut Ui, kind: FileKind, size: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint_kind(ui.painter(), rect, kind, ui.palette());
}

/// The symbol as large as `rect` allows.
pub fn paint_kind(painter: &Painter, rect: Rect, kind: FileKind, palette: &Palette) {
    if kind == FileKind::Folder {
        paint_folder(painter, rect, palette.folder);
    } else {
        let size = rect.width().min(rect.height());
        paint_icon(painter, rect.center(), symbol(kind), size, kind_color(kind, palette));
    }
}

fn kind_color(kind: FileKind, palette: &Palette) -> Color32 {
    match kind {
        FileKind::Folder => palette.folder,
        FileKind::Document | FileKind::Markdown | FileKind::Text => palette.document,
        FileKind::Code => palette.code,
        FileKind::Table => palette.table,
        FileKind::Pdf => palette.pdf,
        FileKind::Archive => palette.archive,
        FileKind::Video | FileKind::Audio => palette.video,
        FileKind::Picture => palette.accent,
        FileKind::Other => palette.dimmed,
    }
}

/// The colour of a kind in a bar or map, where no symbol tells kinds apart that share one.
pub fn chart_color(kind: FileKind, palette: &Palette) -> Color32 {
    match kind {
        FileKind::Text => palette.plain_text,
        FileKind::Markdown => palette.markdown,
        FileKind::Audio => palette.audio,
        _ => kind_color(kind, palette),
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

/// For grids and previews: a folder, or a sheet of paper with the symbol and the extension on it.
pub fn paint_kind_large(painter: &Painter, space: Rect, kind: FileKind, name: &str, palette: &Palette) {
    if kind == FileKind::Folder {
        paint_folder(painter, space.shrink(space.width() * 0.1), palette.folder);
        return;
    }
    let edge = space.width().min(space.height());
    let color = kind_color(kind, palette);
    let sheet = Rect::from_center_size(space.center(), vec2(edge * 0.6, edge * 0.76));
    paint_sheet(painter, sheet, edge * 0.17, palette);
    let extension = extension(name);
    let labelled = edge >= 88.0 && (1..=5).contains(&extension.len());
    let symbol_center = sheet.center() + vec2(0.0, edge * if labelled { -0.02 } else { 0.04 });
    paint_icon(painter, symbol_center, symbol(kind), edge * 0.3, color);
    if labelled {
        let at = pos2(sheet.center().x, sheet.max.y - edge * 0.115);
        let font = semibold((edge * 0.078).clamp(9.0, 14.0));
        paint_text(painter, Align2::CENTER_CENTER, at, sheet.width(), &extension.to_uppercase(), font, color);
    }
}

/// A sheet with its corner folded over.
fn paint_sheet(painter: &Painter, sheet: Rect, fold: f32, palette: &Palette) {
    let paper = if palette.dark {
        blend(palette.surface_1, palette.text.gamma_multiply(0.10))
    } else {
        palette.surface_1
    };
    let edge = Stroke::new(1.0, palette.text.gamma_multiply(if palette.dark { 0.16 } else { 0.14 }));
    let (left, top, right, bottom) = (sheet.min.x, sheet.min.y, sheet.max.x, sheet.max.y);
    let corner = f32::from(CORNER_SMALL);
    let mut outline = vec![pos2(right - fold, top), pos2(right, top + fold)];
    for (center, from) in [
        (pos2(right - corner, bottom - corner), 0.0_f32),
        (pos2(left + corner, bottom - corner), 90.0),
        (pos2(left + corner, top + corner), 180.0),
    ] {
        outline.extend((0..=4_u8).map(|step| {
            let angle = (from + f32::from(step) * 22.5).to_radians();
            center + corner * vec2(angle.cos(), angle.sin())
        }));
    }
    painter.add(Shape::convex_polygon(outline, paper, edge));
    let flap = vec![pos2(right - fold, top), pos2(right, top + fold), pos2(right - fold, top + fold)];
    painter.add(Shape::convex_polygon(flap, blend(paper, palette.text.gamma_multiply(0.08)), edge));
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
