//! The slider for the size of the pictures in the grid, at the right end of the strip below it.

use super::WindowContext;
use super::theme::UiPalette;
use super::widgets::paint_icon;
use coffer_model::ViewMode;
use coffer_model::settings::GRID_STEPS;
use coffer_state::Action;
use coffer_texts::tr;
use egui::{
    EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Stroke, Ui, WidgetInfo, lerp, pos2, remap_clamp,
};
use egui_material_icons::icons;
use std::ops::RangeInclusive;

/// Of the edge of a picture, in points.
const POINTS: RangeInclusive<f32> = GRID_STEPS[0]..=GRID_STEPS[GRID_STEPS.len() - 1];
const STEP: f32 = 16.0;

pub(super) const WIDTH: f32 = 148.0;
const SYMBOL: f32 = 22.0;
const KNOB: f32 = 6.0;

/// Whether the rows are shown as a grid.
pub(super) fn is_shown(window: &WindowContext<'_>) -> bool {
    window.state.navigation.current().has_views() && window.state.folder_view().view == ViewMode::Grid
}

pub(super) fn size_slider_ui(ui: &Ui, window: &mut WindowContext<'_>, place: Rect) {
    let palette = ui.palette();
    let points = window.state.folder_view().grid_points;
    let middle = place.center().y;
    paint_icon(
        ui.painter(),
        pos2(place.min.x + 8.0, middle),
        icons::ICON_PHOTO_SIZE_SELECT_SMALL,
        14.0,
        palette.dimmed,
    );
    paint_icon(
        ui.painter(),
        pos2(place.max.x - 10.0, middle),
        icons::ICON_PHOTO_SIZE_SELECT_LARGE,
        18.0,
        palette.dimmed,
    );
    let track = place.shrink2(egui::vec2(SYMBOL, 0.0));
    let id = Id::unique("size of pictures");
    let response = ui.interact(track.expand2(egui::vec2(KNOB, 0.0)), id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, f64::from(points), tr!("grid-size")));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Slider);
        node.set_min_numeric_value(f64::from(*POINTS.start()));
        node.set_max_numeric_value(f64::from(*POINTS.end()));
        node.set_numeric_value_step(f64::from(STEP));
    });
    let mut wanted = points;
    if let Some(pointer) = response.interact_pointer_pos() {
        wanted = remap_clamp(pointer.x, track.x_range(), POINTS).round();
    }
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let steps = ui.input_mut(|input| {
            input.count_and_consume_key(Modifiers::NONE, Key::ArrowRight) as f32
                - input.count_and_consume_key(Modifiers::NONE, Key::ArrowLeft) as f32
        });
        wanted = (wanted + steps * STEP).clamp(*POINTS.start(), *POINTS.end());
    }
    if (wanted - points).abs() > 0.5 {
        window.act(Action::SetGridPoints(wanted));
    }
    let x = lerp(track.min.x..=track.max.x, remap_clamp(wanted, POINTS, 0.0..=1.0));
    ui.painter().hline(track.x_range(), middle, (2.0, palette.line));
    ui.painter().hline(track.min.x..=x, middle, (2.0, palette.accent));
    let fill = if response.hovered() || response.dragged() { palette.accent } else { palette.dimmed };
    ui.painter().circle_filled(pos2(x, middle), KNOB, fill);
    if response.has_focus() {
        let ring: Stroke = palette.focus_ring();
        ui.painter().circle_stroke(pos2(x, middle), KNOB + 2.0, ring);
    }
}
