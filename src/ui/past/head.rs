//! The first line of the band: which moment is shown, what is known of it, and the way back to now.

use super::moment_in_words;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{PushButton, paint_icon, paint_text};
use crate::ui::{WindowContext, commands};
use coffer_model::PastSummary;
use coffer_state::Command;
use coffer_texts::tr;
use egui::{Align2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, accesskit, pos2, vec2};
use egui_material_icons::icons;
use jiff::Timestamp;
use std::sync::Arc;

/// With less room the detail is left out.
const LEAST_DETAIL: f32 = 60.0;

/// Before the words.
const SYMBOL: f32 = 32.0;

pub(super) fn head_ui(ui: &mut Ui, window: &mut WindowContext<'_>, at: Timestamp) {
    let palette = ui.palette();
    let keys = commands::keys(Command::TogglePast);
    let tooltip = tr!("past-back-tooltip", keys = keys);
    let button = PushButton::quiet(tr!("back-to-now")).tooltip(&tooltip);
    let bring_back = PushButton::primary(commands::label(Command::BringBack));
    let is_possible = window.state.can_bring_back();
    let gap = 8.0;
    let widths = button.width(ui) + if is_possible { gap + bring_back.width(ui) } else { 0.0 };
    let moment = moment_in_words(window, at);
    let words = ui.painter().layout_no_wrap(moment.clone(), theme::semibold(15.0), palette.text);
    // The moment is whole: without room for both, the buttons are below it.
    let is_beside = SYMBOL + words.size().x + 12.0 + widths <= ui.available_width();
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), theme::CONTROL_HEIGHT));
    let buttons = if is_beside {
        line.with_min_x(line.max.x - widths)
    } else {
        ui.allocate_space(vec2(ui.available_width(), theme::CONTROL_HEIGHT)).1
    };
    let right = if is_beside { buttons } else { line.with_min_x(line.max.x) };
    let middle = line.center().y;

    paint_icon(ui.painter(), pos2(line.min.x + 11.0, middle), icons::ICON_HISTORY, 20.0, palette.past);
    let summary = window.state.past_summary();
    let is_observed = summary.is_none_or(|summary| summary.is_observed);
    let progress = reading(window, summary);
    let (detail, color) = match (&progress, is_observed) {
        (Some(progress), _) => (progress.as_str(), palette.past),
        (None, false) => (tr!("past-not-observed"), palette.warning),
        (None, true) => (tr!("past-read-only"), palette.dimmed),
    };
    let painter = ui.painter();
    let begin = painter.layout_no_wrap(tr!("past-looking-at").to_owned(), theme::regular(15.0), palette.text);
    let font = theme::regular(13.0);
    let more = painter.layout_no_wrap(detail.to_owned(), font.clone(), color);
    let mut x = line.min.x + SYMBOL;
    let room = right.min.x - 12.0 - x - words.size().x - 14.0;
    // What may be wrong with the rows is more than how the line begins.
    let needed = if is_observed && progress.is_none() { 0.0 } else { more.size().x };
    if begin.size().x + 5.0 + needed <= room {
        painter.galley(pos2(x, middle - begin.size().y / 2.0), Arc::clone(&begin), palette.text);
        x += begin.size().x + 5.0;
    }
    let at_words = pos2(x, middle - words.size().y / 2.0);
    x += words.size().x + 14.0;
    painter.galley(at_words, words, palette.text);
    let room = right.min.x - 12.0 - x;
    // A few letters of it tell nothing; it is whole under the pointer.
    if room >= more.size().x.min(LEAST_DETAIL) {
        paint_text(painter, Align2::LEFT_CENTER, pos2(x, middle), room, detail, font, color);
    }

    let told = Rect::from_min_max(line.min, pos2(right.min.x - 8.0, line.max.y));
    let response = ui.interact(told, ui.scope_id().with("moment"), Sense::hover());
    let spoken = tr!("past-looking-at-moment", moment = moment, detail = detail);
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &spoken));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Polite));
    response.on_hover_text(detail);

    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(buttons).layout(layout));
    child.spacing_mut().item_spacing.x = gap;
    if is_possible && child.add(bring_back).clicked() {
        window.command(Command::BringBack);
    }
    if child.add(button).clicked() {
        window.command(Command::TogglePast);
    }
}

/// How far it is known what was there.
fn reading(window: &WindowContext<'_>, summary: Option<&PastSummary>) -> Option<String> {
    let listing = &window.state.browser.listing;
    if !listing.is_pending() || window.state.browser.rows_are_old {
        return None;
    }
    let summary = summary.filter(|summary| summary.read < summary.needed)?;
    Some(tr!("past-reading", read = summary.read, count = summary.needed))
}
