//! A switch of two or three symbols or words, one of which is on.

use super::button::paint_focus;
use super::elide::elide_middle;
use super::text::paint_icon;
use crate::ui::theme::{self, UiPalette};
use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::MaterialIcon;

/// Answers which part was chosen in this frame. Each part is (symbol, name, shortcut).
pub fn segmented_ui(ui: &mut Ui, parts: &[(MaterialIcon, &str, &str)], chosen: usize) -> Option<usize> {
    let palette = ui.palette();
    let names: Vec<(&str, f32)> = parts.iter().map(|&(_, name, _)| (name, 36.0)).collect();
    parts_ui(ui, &names, theme::CONTROL_HEIGHT, chosen, |ui, part, index, response| {
        let (icon, name, shortcut) = parts[index];
        let color = if index == chosen { palette.text } else { palette.dimmed };
        paint_icon(ui.painter(), part.center(), icon, 18.0, color);
        response.on_hover_ui(|ui| {
            ui.horizontal(|ui| {
                ui.label(name);
                ui.weak(shortcut);
            });
        });
    })
}

/// The same with words; each part is what it shows and what it is called under the pointer.
pub fn segmented_words_ui(ui: &mut Ui, parts: &[(&str, &str)], height: f32, chosen: usize) -> Option<usize> {
    let palette = ui.palette();
    let font = theme::medium(theme::SMALL_TEXT + 0.5);
    let width_of = |words: &str| {
        ui.painter().layout_no_wrap(words.to_owned(), font.clone(), palette.text).size().x + 20.0
    };
    let names: Vec<(&str, f32)> =
        parts.iter().map(|&(words, _)| (words, width_of(words).min(180.0))).collect();
    let font = font.clone();
    parts_ui(ui, &names, height, chosen, |ui, part, index, response| {
        let (words, name) = parts[index];
        let color = if index == chosen { palette.text } else { palette.dimmed };
        let galley = elide_middle(ui.painter(), words, &font, color, part.width() - 16.0);
        ui.painter().galley(part.center() - galley.size() / 2.0, galley, color);
        response.on_hover_text(name);
    })
}

/// `paint` draws what stands in a part.
fn parts_ui(
    ui: &mut Ui,
    parts: &[(&str, f32)],
    height: f32,
    chosen: usize,
    paint: impl Fn(&Ui, Rect, usize, Response),
) -> Option<usize> {
    let palette = ui.palette();
    let width = parts.iter().map(|(_, width)| width).sum();
    let (rect, group) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    let mut answer = None;
    let mut left = rect.min.x;
    for (index, &(name, width)) in parts.iter().enumerate() {
        let part = Rect::from_min_size(pos2(left, rect.min.y), vec2(width, height));
        left += width;
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
        paint_focus(ui, &response, palette);
        if response.clicked() {
            answer = Some(index);
        }
        paint(ui, part, index, response);
    }
    answer
}
