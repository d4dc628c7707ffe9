//! A switch of two or three symbols, one of which is on.

use super::button::paint_focus;
use super::text::paint_icon;
use crate::ui::theme::{self, UiPalette};
use egui::{Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::MaterialIcon;

/// Answers which part was chosen in this frame. Each part is (symbol, name, shortcut).
pub fn segmented_ui(ui: &mut Ui, parts: &[(MaterialIcon, &str, &str)], chosen: usize) -> Option<usize> {
    let palette = ui.palette();
    let part_size = vec2(36.0, theme::CONTROL_HEIGHT);
    let (rect, group) =
        ui.allocate_exact_size(vec2(part_size.x * parts.len() as f32, part_size.y), Sense::hover());
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    let mut answer = None;
    for (index, &(icon, name, shortcut)) in parts.iter().enumerate() {
        let left = rect.min.x + part_size.x * index as f32;
        let part = Rect::from_min_size(pos2(left, rect.min.y), part_size);
        let response = ui.interact(part, group.id.with(index), Sense::click());
        let is_chosen = index == chosen;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, name));
        if is_chosen {
            let knob = part.shrink(3.0);
            ui.painter().add(palette.soft_shadow().as_shape(knob, theme::CORNER - 2));
            let fill = if palette.dark {
                theme::blend(palette.surface_2, palette.pressed())
            } else {
                palette.surface_1
            };
            ui.painter().rect_filled(knob, theme::CORNER - 2, fill);
        } else if response.hovered() {
            ui.painter().rect_filled(part.shrink(3.0), theme::CORNER - 2, palette.hover());
        }
        let color = if is_chosen { palette.text } else { palette.dimmed };
        paint_icon(ui.painter(), part.center(), icon, 18.0, color);
        paint_focus(ui, &response, palette);
        if response.clicked() {
            answer = Some(index);
        }
        response.on_hover_ui(|ui| {
            ui.horizontal(|ui| {
                ui.label(name);
                ui.weak(shortcut);
            });
        });
    }
    answer
}
