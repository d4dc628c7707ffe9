//! A switch: something that is on or off.

use crate::ui::theme::{self, UiPalette};
use egui::{Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, lerp, pos2, vec2};

const SIZE: (f32, f32) = (38.0, 22.0);
const KNOB_MARGIN: f32 = 3.0;

/// Answers whether it was switched in this frame. `name` says for screen readers what it switches.
pub fn switch_ui(ui: &mut Ui, name: &str, is_on: bool) -> bool {
    let palette = ui.palette();
    let (rect, response) = ui.allocate_exact_size(vec2(SIZE.0, SIZE.1), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, is_on, name));
    let on = ui.ctx().animate_bool_responsive(response.id, is_on);
    let round = SIZE.1 / 2.0;
    let off_color = theme::blend(palette.surface_2, palette.text.gamma_multiply(0.34));
    ui.painter().rect_filled(rect, round, off_color.lerp_to_gamma(palette.accent, on));
    if response.hovered() {
        ui.painter().rect_filled(rect, round, palette.hover());
    }
    let radius = round - KNOB_MARGIN;
    let x = lerp((rect.min.x + round)..=(rect.max.x - round), on);
    let knob =
        if palette.dark { palette.text.lerp_to_gamma(palette.on_accent, on) } else { palette.surface_1 };
    let center = pos2(x, rect.center().y);
    let shadow = Rect::from_center_size(center, vec2(radius, radius) * 2.0);
    ui.painter().add(palette.soft_shadow().as_shape(shadow, radius));
    ui.painter().circle_filled(center, radius, knob);
    if response.has_focus() {
        let ring = palette.focus_ring();
        ui.painter().rect_stroke(rect.expand(3.0), round + 3.0, ring, StrokeKind::Outside);
    }
    response.clicked()
}
