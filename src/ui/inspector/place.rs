//! Nothing is selected: the place that is shown, and what can be done there.

use super::one::{command_buttons_ui, name_ui};
use super::stage;
use crate::ui::memory::MenuOf;
use crate::ui::theme::{self, UiTokens};
use crate::ui::widgets::{paint_icon, paint_kind_large};
use crate::ui::{View, commands, format};
use coffer_model::FileKind;
use coffer_state::{Command, Location};
use egui::{Rect, RichText, Ui, Vec2};
use egui_material_icons::{MaterialIcon, icons};

pub(super) fn place_ui(ui: &mut Ui, view: &mut View<'_>) {
    let place = view.state.navigation.current();
    let rect = stage(ui);
    let tokens = ui.tokens();
    ui.painter().rect_filled(rect, theme::CORNER, tokens.surface_0);
    let edge = (rect.height() * 0.62).min(144.0);
    let icon = Rect::from_center_size(rect.center(), Vec2::splat(edge));
    match symbol(place) {
        None => paint_kind_large(ui.painter(), icon, FileKind::Folder, "", tokens),
        Some(symbol) => paint_icon(ui.painter(), icon.center(), symbol, edge * 0.55, tokens.dimmed),
    }
    ui.add_space(4.0);
    name_ui(ui, &commands::location_name(place));
    ui.add_space(-4.0);
    let status = &view.state.browser.status;
    let listing = &view.state.browser.listing;
    let is_known = listing.value().is_some();
    let is_empty = is_known && status.items == 0;
    // The line is always there, or what is below it would hop when the items are known. That there are none stands in
    // the middle of the window.
    let mut words = match place {
        _ if is_known && !is_empty => format::items(status.items),
        Location::Folder(_) => "Folder".to_owned(),
        _ => String::new(),
    };
    if status.total_bytes > 0 && is_known {
        words = format!("{words} · {}", format::size(status.total_bytes));
    }
    ui.label(RichText::new(words).color(tokens.dimmed));
    let has_nothing_to_select = is_empty || (!is_known && listing.problem().is_some());
    ui.add_space(4.0);
    if place.folder().is_some() {
        command_buttons_ui(ui, view, &[Command::NewFolder, Command::Upload], MenuOf::Place);
    }
    if has_nothing_to_select {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new(hint(place)).font(theme::regular(theme::SMALL_TEXT)).color(tokens.dimmed));
}

fn symbol(place: &Location) -> Option<MaterialIcon> {
    match place {
        Location::Folder(_) => None,
        Location::Deleted => Some(icons::ICON_DELETE),
        Location::Links => Some(icons::ICON_LINK),
        Location::Search { .. } => Some(icons::ICON_SEARCH),
    }
}

/// One thing worth knowing at this place.
fn hint(place: &Location) -> &'static str {
    match place {
        Location::Folder(_) => "Select a file to preview it. Press Space for a large preview.",
        Location::Deleted => "Select an item to restore it with all its versions.",
        Location::Links => "Select an item to see or remove its link.",
        Location::Search { .. } => "Select a result to preview it. Open it to go to its folder.",
    }
}
