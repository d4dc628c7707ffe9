//! The empty state: what is in the middle of a pane that has nothing to list. A drawing, one line, one sentence, one button.

use super::button::PushButton;
use super::text::paint_icon;
use crate::ui::theme::{self, UiPalette};
use egui::{Align, Layout, RichText, Sense, Ui, UiBuilder, vec2};
use egui_material_icons::MaterialIcon;

/// Between two buttons.
const GAP: f32 = 8.0;

pub struct EmptyState<'a> {
    pub icon: MaterialIcon,
    pub title: &'a str,
    pub sentence: &'a str,
    /// The one button, when there is something to do.
    pub button: Option<&'a str>,
}

/// Draws it in the middle of what is left of `ui`; answers whether the button was pressed.
pub fn empty_state_ui(ui: &mut Ui, empty_state: &EmptyState<'_>) -> bool {
    empty_state_with_buttons_ui(ui, empty_state, empty_state.button.as_slice()).is_some()
}

/// The same with these buttons instead of its own; answers which was pressed.
pub fn empty_state_with_buttons_ui(
    ui: &mut Ui,
    empty_state: &EmptyState<'_>,
    buttons: &[&str],
) -> Option<usize> {
    let palette = ui.palette();
    let space = ui.available_rect_before_wrap();
    let height = 250.0;
    let top = (space.center().y - height / 2.0 - 12.0).max(space.min.y + 12.0);
    let width = space.width().min(420.0);
    let rect =
        egui::Rect::from_min_size(egui::pos2(space.center().x - width / 2.0, top), vec2(width, height));
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let (disc, _) = ui.allocate_exact_size(vec2(112.0, 112.0), Sense::hover());
        ui.painter().circle_filled(disc.center(), 56.0, palette.text.gamma_multiply(0.045));
        paint_icon(ui.painter(), disc.center(), empty_state.icon, 56.0, palette.dimmed.gamma_multiply(0.8));
        ui.add_space(8.0);
        ui.label(RichText::new(empty_state.title).font(theme::semibold(16.0)));
        ui.label(RichText::new(empty_state.sentence).color(palette.dimmed));
        ui.add_space(8.0);
        buttons_ui(ui, buttons)
    })
    .inner
}

/// Side by side in the middle.
fn buttons_ui(ui: &mut Ui, buttons: &[&str]) -> Option<usize> {
    let gaps = GAP * buttons.len().saturating_sub(1) as f32;
    let width = buttons.iter().map(|text| PushButton::quiet(text).width(ui)).sum::<f32>() + gaps;
    let size = vec2(width, theme::CONTROL_HEIGHT);
    let row = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, row, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let pressed: Vec<bool> =
            buttons.iter().map(|text| ui.add(PushButton::quiet(text)).clicked()).collect();
        pressed.iter().position(|pressed| *pressed)
    })
    .inner
}
