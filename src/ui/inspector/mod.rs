//! The pane at the right: what is selected, looked at closely. One item with its preview, details and versions;
//! several in one; nothing selected: the place itself.

mod contents;
mod details;
mod location;
mod one;
mod several;
mod versions;

use super::WindowContext;
use super::activity;
use super::theme::UiPalette;
use coffer_state::{Action, State};
use egui::{CursorIcon, Rect, Sense, Ui, UiBuilder, pos2, vec2};

const MARGIN: f32 = 16.0;

/// The content keeps at least so much: its longest sentences fit.
const CONTENT_WIDTH: f32 = 360.0;
/// So that its three buttons fit beside each other.
const LEAST_WIDTH: f32 = 300.0;
const MOST_WIDTH: f32 = 520.0;

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
    edge_ui(ui, window, space);
}

/// The left edge can be dragged.
fn edge_ui(ui: &Ui, window: &mut WindowContext<'_>, space: Rect) {
    let edge = Rect::from_min_max(pos2(space.min.x - 3.0, space.min.y), pos2(space.min.x + 3.0, space.max.y));
    let response = ui
        .interact(edge, ui.scope_id().with("edge"), Sense::DRAG)
        .on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    if let (true, Some(pointer)) = (response.dragged(), response.interact_pointer_pos()) {
        let width = (space.max.x - pointer.x).clamp(LEAST_WIDTH, MOST_WIDTH).round();
        if width.to_bits() != window.state.settings.inspector_width.to_bits() {
            window.act(Action::SetInspectorWidth(width));
        }
    }
}

/// Where the picture goes: as wide as the pane, of a shape that suits photographs, lower where the window is low.
fn stage(ui: &mut Ui) -> Rect {
    let width = ui.available_width();
    let height = (width * 0.7).min((ui.available_height() * 0.42).max(120.0)).round();
    ui.allocate_exact_size(vec2(width, height), egui::Sense::hover()).0
}
