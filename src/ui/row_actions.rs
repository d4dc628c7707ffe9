//! What a row offers at its end while the pointer is on it: quiet buttons for what is done most, over the columns there.

use super::entries::open_menu;
use super::theme::{self, UiPalette, blend};
use super::ui_state::MenuTarget;
use super::widgets::IconButton;
use super::{WindowContext, commands};
use coffer_model::Entry;
use coffer_state::input::ClickModifiers;
use coffer_state::{Action, Command, Location};
use coffer_texts::tr;
use egui::{Align, Color32, Layout, Mesh, Rect, Ui, UiBuilder, pos2, vec2};
use egui_material_icons::icons;

const BUTTON: f32 = 28.0;
/// From the right edge of the row.
const SIDE: f32 = 6.0;
/// Over which the words before them vanish.
const FADE: f32 = 40.0;
/// Narrower rows have their names there.
const LEAST_ROW: f32 = 420.0;

/// Draws them on the row under the pointer. A press is one on the row too, and what it does is done to that alone.
pub(super) fn row_actions_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    (row, index): (Rect, usize),
    entry: &Entry,
    selected: bool,
) {
    let location = window.state.navigation.current();
    let is_offered = matches!(location, Location::Folder(_) | Location::Links | Location::Search { .. });
    let is_busy = window.ui_state.drag.is_some()
        || window.ui_state.rows.band.is_some()
        || window.ui_state.files_over.is_some()
        || window.ui_state.menu.is_some()
        || window.state.browser.busy.contains_key(&entry.path);
    if !is_offered || is_busy || row.width() < LEAST_ROW || !ui.rect_contains_pointer(row) {
        return;
    }
    // As a plain click on the row.
    let click = Action::Click { row: index, modifiers: ClickModifiers::default() };
    let commands = [Command::CopyLink, Command::Download];
    let width = BUTTON * (commands.len() + 1) as f32;
    let place =
        Rect::from_min_max(pos2(row.max.x - SIDE - width, row.min.y), pos2(row.max.x - SIDE, row.max.y));
    let palette = ui.palette();
    let layer = if selected { palette.selection() } else { palette.hover() };
    let ground = place.expand2(vec2(SIDE, 0.0));
    let color = blend(palette.surface_1, layer);
    ui.painter().rect_filled(ground, theme::CORNER, color);
    paint_fade(ui, ground.with_min_x(ground.min.x - FADE).with_max_x(ground.min.x + SIDE), color);
    let builder = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder.id_salt(("row actions", index)), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for command in commands {
            let Some(icon) = commands::icon(command) else { continue };
            let name = commands::label(command);
            if ui.add(button(icon, name, entry)).clicked() {
                window.act(click.clone());
                window.command(command);
            }
        }
        if ui.add(button(icons::ICON_MORE_HORIZ, tr!("row-more"), entry)).clicked() {
            if !selected {
                window.act(click.clone());
            }
            open_menu(ui, window, MenuTarget::Rows);
        }
    });
}

/// What stands before the buttons vanishes, instead of being cut within a letter.
fn paint_fade(ui: &Ui, place: Rect, color: Color32) {
    let corners = [place.left_top(), place.right_top(), place.left_bottom(), place.right_bottom()];
    let mut mesh = Mesh::default();
    for (corner, color) in corners.into_iter().zip([Color32::TRANSPARENT, color].into_iter().cycle()) {
        mesh.colored_vertex(corner, color);
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(1, 2, 3);
    ui.painter().add(mesh);
}

fn button<'a>(icon: egui_material_icons::MaterialIcon, name: &'a str, entry: &'a Entry) -> IconButton<'a> {
    // The keyboard has the menu and the keys of the commands.
    IconButton::new(icon, name).for_item(entry.name()).size(BUTTON, 17.0).tab_stop(false)
}
