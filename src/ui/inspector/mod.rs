//! The pane at the right: what is selected, looked at closely. One item with its preview, details and versions;
//! several in one; nothing selected: the place itself. In a window without room for it, it opens over the rows.

mod contents;
mod details;
mod location;
mod one;
mod several;
mod versions;

use super::theme::{self, UiPalette};
use super::widgets::{dragged_to, panel_edge_ui};
use super::{WindowContext, activity, commands, past};
use coffer_state::{Action, Command, State};
use egui::{Area, Context, Id, Order, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

const MARGIN: f32 = 16.0;

/// The content keeps at least so much: its longest sentences fit.
const CONTENT_WIDTH: f32 = 360.0;
/// So that its three buttons fit beside each other.
const LEAST_WIDTH: f32 = 300.0;
const MOST_WIDTH: f32 = 520.0;
/// Over the content, it leaves so much of that in sight.
const LEFT_BESIDE: f32 = 48.0;

/// How wide the pane can be beside the content, in points; `None` where there is no room for both.
pub fn fitting_width(state: &State, space: f32) -> Option<f32> {
    let content = if state.other_pane.is_some() { 2.0 * CONTENT_WIDTH } else { CONTENT_WIDTH };
    let has_room = space >= content + LEAST_WIDTH;
    has_room.then(|| state.settings.inspector_width.min(space - content).max(LEAST_WIDTH))
}

/// Fills all of `ui` that is left.
pub fn inspector_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let space = ui.available_rect_before_wrap();
    let line = ui.palette().line;
    ui.painter().vline(space.min.x + 0.5, space.y_range(), (1.0, line));
    let inner = space.shrink2(vec2(MARGIN, 12.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("inspector"), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(space));
        let state = window.state;
        if activity::is_shown(state) {
            activity::details_ui(ui, window);
            return;
        }
        match &state.inspector.entry {
            Some(entry) => one::one_ui(ui, window, entry),
            None if state.browser.status.selected > 1 => several::several_ui(ui, window),
            None => location::location_ui(ui, window),
        }
    });
}

/// The left edge can be dragged.
pub fn edge_ui(ui: &Ui, window: &mut WindowContext<'_>, space: Rect) {
    let line = space.with_max_x(space.min.x);
    let response = panel_edge_ui(ui, Id::unique("inspector edge"), line);
    let Some(to) = dragged_to(&response) else { return };
    let width = (space.max.x - to.x).clamp(LEAST_WIDTH, MOST_WIDTH).round();
    if width.to_bits() != window.state.settings.inspector_width.to_bits() {
        window.act(Action::SetInspectorWidth(width));
    }
}

/// The pane over the right part of `content`, which has no room for it at its side. A press beside it closes it.
pub fn inspector_over_ui(ctx: &Context, window: &mut WindowContext<'_>, content: Rect) {
    if !window.state.is_inspector_over() {
        return;
    }
    let most = (content.width() - LEFT_BESIDE).max(0.0);
    let width = window.state.settings.inspector_width.max(LEAST_WIDTH).min(most);
    let pane = content.with_min_x(content.max.x - width);
    let area = Area::new(Id::unique("inspector over")).order(Order::Middle).fixed_pos(content.min);
    area.fade_in(false).show(ctx, |ui| {
        if past::is_shown(window.state) {
            theme::show_past(ui);
        }
        let palette = ui.palette();
        let beside = ui.allocate_rect(content, Sense::CLICK | Sense::DRAG);
        ui.set_clip_rect(content);
        ui.painter().rect_filled(content, 0, palette.backdrop().gamma_multiply(0.5));
        if beside.is_pointer_button_down_on() && ui.input(|input| input.pointer.any_pressed()) {
            window.command(Command::ToggleInspector);
        }
        let response = ui.interact(pane, ui.scope_id().with("pane"), Sense::CLICK | Sense::DRAG);
        let name = commands::label(Command::ToggleInspector);
        response.widget_info(|| WidgetInfo::labeled(Role::Region, true, name));
        ui.painter().add(palette.shadow().as_shape(pane, 0));
        ui.painter().rect_filled(pane, 0, palette.surface_1);
        ui.scope_builder(UiBuilder::new().max_rect(pane), |ui| inspector_ui(ui, window));
        edge_ui(ui, window, pane);
    });
}

/// Where the picture goes: as wide as the pane, of a shape that suits photographs, lower where the window is low.
fn stage(ui: &mut Ui) -> Rect {
    let width = ui.available_width();
    let height = (width * 0.7).min((ui.available_height() * 0.42).max(120.0)).round();
    ui.allocate_exact_size(vec2(width, height), egui::Sense::hover()).0
}
