//! A row of words of which one is open, underlined.

use super::text::paint_text;
use crate::ui::theme::{self, UiPalette};
use egui::{Align2, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

const HEIGHT: f32 = 36.0;

/// Answers which tab was chosen in this frame.
pub fn tabs_ui(ui: &mut Ui, names: &[&str], open: usize) -> Option<usize> {
    let palette = ui.palette();
    let (rect, group) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.max.y - 0.5, (1.0, palette.line));
    let mut answer = None;
    let mut left = rect.min.x;
    for (index, name) in names.iter().enumerate() {
        let is_open = index == open;
        let font = theme::medium(theme::BODY_TEXT);
        let width = ui.painter().layout_no_wrap((*name).to_owned(), font.clone(), palette.text).size().x;
        let place = Rect::from_min_size(pos2(left, rect.min.y), vec2(width, HEIGHT));
        left += width + 20.0;
        let response = ui.interact(place.expand2(vec2(8.0, 0.0)), group.id.with(index), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_open, *name));
        let color = if is_open || response.hovered() { palette.text } else { palette.dimmed };
        paint_text(ui.painter(), Align2::LEFT_CENTER, place.left_center(), width + 1.0, name, font, color);
        if is_open {
            let bar = Rect::from_min_max(pos2(place.min.x, rect.max.y - 2.0), pos2(place.max.x, rect.max.y));
            ui.painter().rect_filled(bar, 1.0, palette.accent);
        }
        if response.has_focus() {
            let ring = place.expand2(vec2(6.0, -4.0));
            ui.painter().rect_stroke(ring, theme::CORNER_SMALL + 2, palette.focus_ring(), StrokeKind::Inside);
        }
        if response.clicked() {
            answer = Some(index);
        }
    }
    answer
}
