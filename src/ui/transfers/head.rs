//! The top of the panel: all transfers in words, and what is done with all of them at once.

use super::{limits, words};
use crate::ui::WindowContext;
use crate::ui::commands;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, paint_text};
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{Align, Align2, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, accesskit, pos2, vec2};
use egui_material_icons::icons;

pub(super) const HEIGHT: f32 = 60.0;

pub(super) fn head_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
    let palette = ui.palette();
    let summary = window.state.transfers.summary();
    let (title, totals) = (words::title(&summary), words::totals(&summary));
    let response = ui.interact(rect, ui.scope_id().with("summary"), Sense::hover());
    let all = if totals.is_empty() { title.clone() } else { format!("{title} · {totals}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &all));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Off));
    let right = buttons_ui(ui, window, rect, summary.running > 0, summary.all_paused());

    let left = rect.min.x + 18.0;
    let width = right - left - 8.0;
    let middle = if totals.is_empty() { rect.center().y } else { rect.min.y + 21.0 };
    let font = theme::semibold(theme::BODY_TEXT + 0.5);
    paint_text(ui.painter(), Align2::LEFT_CENTER, pos2(left, middle), width, &title, font, palette.text);
    let at = pos2(left, rect.min.y + 41.0);
    let font = theme::tabular(theme::SMALL_TEXT + 0.5);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &totals, font, palette.dimmed);
}

/// From left to right, so that the Tab key goes that way; answers where they begin.
fn buttons_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    rect: Rect,
    running: bool,
    all_paused: bool,
) -> f32 {
    const EDGE: f32 = 32.0;
    let count = if running { 3.0 } else { 2.0 };
    let width = count * EDGE + (count - 1.0) * 2.0;
    let right = rect.max.x - 14.0;
    let place = Rect::from_min_size(pos2(right - width, rect.center().y - EDGE / 2.0), vec2(width, EDGE));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let mut button = |icon, name: &str, action: Action| {
            if ui.add(IconButton::new(icon, name).size(EDGE, 20.0)).clicked() {
                window.act(action);
            }
        };
        if running && all_paused {
            button(icons::ICON_PLAY_ARROW, tr!("resume-all"), Action::ResumeAllTransfers);
        } else if running {
            button(icons::ICON_PAUSE, tr!("pause-all"), Action::PauseAllTransfers);
        }
        limits::button_ui(ui, window, EDGE);
        let keys = commands::keys(Command::ToggleTransfers);
        let hide = IconButton::new(icons::ICON_KEYBOARD_ARROW_DOWN, tr!("hide-transfers")).shortcut(&keys);
        if ui.add(hide.size(EDGE, 20.0)).clicked() {
            window.command(Command::ToggleTransfers);
        }
    });
    place.min.x
}
