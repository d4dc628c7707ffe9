//! A box to tick, with its words.

use super::elide::elide_middle;
use super::text::paint_icon;
use crate::ui::theme::{self, UiPalette};
use egui::{Color32, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

const HEIGHT: f32 = 30.0;
const TEXT_AT: f32 = 32.0;
const END: f32 = 10.0;

/// As wide as its words; answers whether it was clicked.
pub fn check_ui(ui: &mut Ui, words: &str, is_on: bool) -> bool {
    let palette = ui.palette();
    let font = theme::regular(theme::BODY_TEXT);
    let width = ui.painter().layout_no_wrap(words.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x;
    let size = vec2((TEXT_AT + width + END).min(ui.available_width()), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, words));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, theme::CORNER_SMALL, palette.hover());
    }
    if response.has_focus() {
        painter.rect_stroke(rect, theme::CORNER_SMALL, palette.focus_ring(), StrokeKind::Inside);
    }
    let (icon, color) = if is_on {
        (icons::ICON_CHECK_BOX, palette.accent)
    } else {
        (icons::ICON_CHECK_BOX_OUTLINE_BLANK, palette.dimmed)
    };
    let middle = rect.center().y;
    paint_icon(painter, pos2(rect.min.x + 16.0, middle), icon, 18.0, color);
    let galley = elide_middle(painter, words, &font, palette.text, rect.width() - TEXT_AT - END + 1.0);
    painter.galley(pos2(rect.min.x + TEXT_AT, middle - galley.size().y / 2.0), galley, palette.text);
    response.clicked()
}
