//! A line with controls at its right edge.

use crate::ui::WindowContext;
use crate::ui::theme;
use egui::emath::GuiRounding as _;
use egui::{Align, Layout, Sense, Ui, UiBuilder, vec2};

/// A line of one control's height: `right` ends at the right edge, and `left` has the rest.
///
/// Both are drawn from left to right, because Tab goes through controls in the order in which they are drawn: a
/// layout from right to left would make it go backwards. How wide `right` is, the last frame tells; when that has
/// changed, the frame is drawn once more before it is shown.
pub fn sides_ui<L, R>(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    gap: f32,
    left: impl FnOnce(&mut Ui, &mut WindowContext<'_>) -> L,
    right: impl FnOnce(&mut Ui, &mut WindowContext<'_>) -> R,
) -> (L, R) {
    let id = ui.next_auto_id().with("right side");
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CONTROL_HEIGHT), Sense::hover());
    let known = ui.data(|data| data.get_temp::<f32>(id));
    let width = known.unwrap_or(0.0).min(line.width());
    let side = UiBuilder::new().layout(Layout::left_to_right(Align::Center));

    let gap_on_the_left = if width > 0.0 { gap } else { 0.0 };
    let left_end = line.max.x - width - gap_on_the_left;
    let mut left_ui = ui.new_child(side.clone().id_salt("left").max_rect(line.with_max_x(left_end)));
    left_ui.spacing_mut().item_spacing.x = gap;
    let left = left(&mut left_ui, window);

    let mut right_ui = ui.new_child(side.id_salt("right").max_rect(line.with_min_x(line.max.x - width)));
    right_ui.spacing_mut().item_spacing.x = gap;
    let right = right(&mut right_ui, window);

    let drawn = right_ui.min_rect().width().round_ui();
    if known != Some(drawn) {
        ui.data_mut(|data| data.insert_temp(id, drawn));
        ui.ctx().request_discard("the controls at the right have another width");
    }
    (left, right)
}
