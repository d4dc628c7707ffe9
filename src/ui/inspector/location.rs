//! Nothing is selected: the current location, and what can be done there.

use super::one::{command_buttons_ui, name_ui};
use super::stage;
use crate::ui::preview::paper;
use crate::ui::theme::{self, UiPalette};
use crate::ui::ui_state::MenuTarget;
use crate::ui::widgets::{paint_icon, paint_kind_large};
use crate::ui::{WindowContext, commands, format, sharing};
use coffer_model::{FileKind, RemotePath};
use coffer_state::{Command, Location};
use coffer_texts::tr;
use egui::{Rect, RichText, Ui, Vec2};
use egui_material_icons::{MaterialIcon, icons};

pub(super) fn location_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let location = window.state.navigation.current();
    let palette = ui.palette();
    // Without rows the same symbol stands in their place.
    if location.shown_folder().is_some() || window.state.browser.row_count() > 0 {
        stage_ui(ui, location);
    }
    ui.add_space(4.0);
    name_ui(ui, &commands::location_name(window.state, location));
    ui.add_space(-4.0);
    let status = &window.state.browser.status;
    let listing = &window.state.browser.listing;
    let is_known = listing.value().is_some();
    let is_empty = is_known && status.items == 0;
    // The line is always there, or what is below it would hop when the items are known. That there are none stands in
    // the middle of the window.
    let mut words = match location {
        _ if is_known && !is_empty => format::items_of(status.items, status.filtered_from),
        Location::Folder(_) | Location::Past { .. } => tr!("kind-folder").to_owned(),
        Location::Search { .. } => {
            let folder = window.state.search.below().unwrap_or_else(RemotePath::root);
            tr!("searched-in", folder = window.state.folder_name(&folder))
        }
        _ => String::new(),
    };
    if status.total_bytes > 0 && is_known {
        words = format!("{words} · {}", format::size(status.total_bytes));
    }
    let access = location.folder().map(|folder| window.state.folder_sharing(folder).access);
    if let Some(access) = access.and_then(sharing::access_words) {
        words = format!("{words} · {access}");
    }
    ui.label(RichText::new(words).color(palette.dimmed));
    let has_nothing_to_select = is_empty || !is_known;
    ui.add_space(4.0);
    if location.folder().is_some() {
        command_buttons_ui(ui, window, &[Command::NewFolder, Command::Upload], MenuTarget::Location);
    }
    let refusal = location.folder().and_then(|folder| window.state.write_refusal(folder));
    let refusal = refusal.map(|words| format!("{words}."));
    let hint = (!has_nothing_to_select).then(|| hint(location).to_owned());
    for words in refusal.into_iter().chain(hint) {
        ui.add_space(8.0);
        ui.label(RichText::new(words).font(theme::regular(theme::SMALL_TEXT)).color(palette.dimmed));
    }
}

fn stage_ui(ui: &mut Ui, location: &Location) {
    let rect = stage(ui);
    let palette = ui.palette();
    ui.painter().rect_filled(rect, theme::CORNER, paper(palette));
    let edge = (rect.height() * 0.62).min(144.0);
    let icon = Rect::from_center_size(rect.center(), Vec2::splat(edge));
    match symbol(location) {
        None => paint_kind_large(ui.painter(), icon, FileKind::Folder, "", palette),
        Some(symbol) => paint_icon(ui.painter(), icon.center(), symbol, edge * 0.55, palette.dimmed),
    }
}

fn symbol(location: &Location) -> Option<MaterialIcon> {
    match location {
        Location::Folder(_) | Location::Past { .. } => None,
        Location::Deleted => Some(icons::ICON_DELETE),
        Location::Links => Some(icons::ICON_LINK),
        Location::Changes => Some(icons::ICON_UPDATE),
        Location::Activity { .. } => Some(icons::ICON_MANAGE_HISTORY),
        Location::Duplicates(_) => Some(icons::ICON_FILE_COPY),
        Location::Search { .. } => Some(icons::ICON_SEARCH),
        Location::Space { .. } => Some(icons::ICON_DONUT_SMALL),
    }
}

/// One hint for this location.
fn hint(location: &Location) -> &'static str {
    match location {
        Location::Folder(_) => tr!("hint-folder"),
        Location::Past { .. } => tr!("hint-past"),
        Location::Deleted => tr!("hint-deleted"),
        Location::Links => tr!("hint-links"),
        Location::Changes => tr!("hint-changes"),
        Location::Activity { .. } => tr!("hint-activity"),
        Location::Duplicates(_) => tr!("hint-duplicates"),
        Location::Search { .. } => tr!("hint-search"),
        Location::Space { .. } => tr!("hint-space"),
    }
}
