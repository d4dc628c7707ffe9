//! What stands for a file that cannot be shown: what it is, how large, and why.

use crate::ui::format;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{paint_icon, paint_kind_large};
use coffer_model::Entry;
use egui::text::LayoutJob;
use egui::{Align, Id, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use egui_material_icons::MaterialIcon;

/// Fills `rect` with the file's icon and words on what it is.
pub fn card_ui(ui: &mut Ui, entry: &Entry, reason: &str, rect: Rect) {
    let kind = entry.file_kind();
    let mut title = format::kind_in_words(kind, entry.name());
    if let Some(file) = entry.file() {
        title = format!("{title} · {}", format::size(file.size_bytes));
    }
    let edge = icon_edge(rect);
    let place = words_ui(ui, &title, reason, rect, edge);
    paint_kind_large(ui.painter(), place, kind, entry.name(), ui.palette());
}

/// The same with any symbol.
pub fn message_ui(ui: &mut Ui, icon: MaterialIcon, title: &str, detail: &str, rect: Rect) {
    let edge = icon_edge(rect) * 0.6;
    let place = words_ui(ui, title, detail, rect, edge);
    paint_icon(ui.painter(), place.center(), icon, edge, ui.palette().dimmed);
}

fn icon_edge(rect: Rect) -> f32 {
    (rect.height() * 0.48).clamp(48.0, 144.0).round()
}

/// Draws the words and answers where the symbol goes.
pub(super) fn words_ui(ui: &mut Ui, title: &str, detail: &str, rect: Rect, edge: f32) -> Rect {
    let palette = ui.palette();
    let width = (rect.width() - 32.0).min(420.0);
    let layout = |text: &str, font, color| {
        let mut job = LayoutJob::simple(text.to_owned(), font, color, width);
        job.halign = Align::Center;
        ui.painter().layout_job(job)
    };
    let title_galley = layout(title, theme::medium(theme::BODY_TEXT), palette.text);
    let detail_galley = layout(detail, theme::regular(theme::SMALL_TEXT), palette.dimmed);
    let words_height = title_galley.size().y + 4.0 + detail_galley.size().y;
    let top = rect.center().y - (edge + 12.0 + words_height) / 2.0;
    let icon = Rect::from_min_size(pos2(rect.center().x - edge / 2.0, top.round()), Vec2::splat(edge));
    let at = pos2(rect.center().x, icon.max.y + 12.0);
    let below = at + vec2(0.0, title_galley.size().y + 4.0);
    ui.painter().galley(at, title_galley, palette.text);
    ui.painter().galley(below, detail_galley, palette.dimmed);

    let id: Id = ui.scope_id().with(("card", title));
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{title}. {detail}")));
    icon
}
