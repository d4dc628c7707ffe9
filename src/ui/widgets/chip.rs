//! A chip: a condition that can be set, changed and taken out.

use super::text::{paint_icon, paint_text};
use crate::ui::theme::{self, UiPalette};
use coffer_texts::tr;
use egui::{Align2, Color32, Rect, Response, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

pub const CHIP_HEIGHT: f32 = 28.0;
const PADDING: f32 = 12.0;
const BUTTON: f32 = 20.0;

/// Answers the chip itself, which opens a menu, and whether it was taken out. `text` is its value where it is set.
pub fn chip_ui(ui: &mut Ui, name: &str, text: Option<&str>) -> (Response, bool) {
    let palette = ui.palette();
    let shown = text.unwrap_or(name);
    let font = theme::medium(theme::SMALL_TEXT + 0.5);
    let words = ui.painter().layout_no_wrap(shown.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x;
    let size = vec2(words.min(180.0) + PADDING + 4.0 + BUTTON + 6.0, CHIP_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = text.map_or_else(|| name.to_owned(), |text| format!("{name}: {text}"));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let corner = CHIP_HEIGHT / 2.0;
    if text.is_some() {
        ui.painter().rect_filled(rect, corner, palette.selection());
    } else {
        ui.painter().rect_stroke(rect, corner, (1.0, palette.line), StrokeKind::Inside);
    }
    if response.hovered() {
        ui.painter().rect_filled(rect, corner, palette.hover());
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, corner, palette.focus_ring(), StrokeKind::Inside);
    }
    let at = pos2(rect.min.x + PADDING, rect.center().y);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, 180.0, shown, font, palette.text);
    let center = pos2(rect.max.x - 6.0 - BUTTON / 2.0, rect.center().y);
    if text.is_none() {
        paint_icon(ui.painter(), center, icons::ICON_EXPAND_MORE, 16.0, palette.dimmed);
        return (response, false);
    }
    let button = Rect::from_center_size(center, Vec2::splat(BUTTON));
    let remove = ui.interact(button, response.id.with("remove"), Sense::click());
    remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("remove-filter", label = label)));
    if remove.hovered() {
        ui.painter().circle_filled(center, BUTTON / 2.0, palette.hover());
    }
    if remove.has_focus() {
        ui.painter().circle_stroke(center, BUTTON / 2.0, palette.focus_ring());
    }
    paint_icon(ui.painter(), center, icons::ICON_CLOSE, 14.0, palette.text);
    (response, remove.clicked())
}
