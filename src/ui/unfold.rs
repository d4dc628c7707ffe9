//! The arrow before a folder of a list that unfolds it in its place. It is seen under the pointer, on the row of the cursor,
//! and where the folder is unfolded.

use super::WindowContext;
use super::entries::{self, ContentLines, EntryStyle};
use super::theme::{self, UiPalette};
use super::widgets::paint_icon;
use coffer_model::Entry;
use coffer_state::Action;
use coffer_texts::tr;
use egui::{Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

/// How far what is in a folder is moved to the right.
const LEVEL: f32 = 20.0;

/// How far a row is moved to the right.
pub fn indent(lines: &ContentLines, row: usize) -> f32 {
    LEVEL * f32::from(lines.listing.level_of(row).min(12))
}

/// What the arrow before a folder is called.
pub fn triangle_info(unfolded: bool, name: &str) -> WidgetInfo {
    let words = if unfolded { tr!("row-fold", name = name) } else { tr!("row-unfold", name = name) };
    WidgetInfo::selected(Role::DisclosureTriangle, true, unfolded, words)
}

/// The arrow in the margin before the picture of a folder.
pub fn unfold_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    entry: &Entry,
    row: Rect,
    indent: f32,
    style: &EntryStyle,
) {
    if !entry.is_folder() || !window.state.can_unfold() {
        return;
    }
    let unfolded = window.state.browser.unfolded.contains(&entry.path);
    let space = Rect::from_min_size(pos2(row.min.x + indent + 1.0, row.min.y), vec2(14.0, row.height()));
    // Drags too: otherwise a press here begins one of the row below, and selects it.
    let sense = Sense::CLICK | Sense::DRAG;
    let response = ui.interact(space, entries::row_id(window, &entry.path).with("unfold"), sense);
    response.widget_info(|| triangle_info(unfolded, entry.name()));
    let palette = ui.palette();
    if response.hovered() {
        ui.painter().rect_filled(space.shrink2(vec2(0.0, 6.0)), theme::CORNER_SMALL, palette.hover());
    }
    if unfolded || style.cursor || ui.rect_contains_pointer(row) {
        let icon = if unfolded { icons::ICON_EXPAND_MORE } else { icons::ICON_CHEVRON_RIGHT };
        let color = if response.hovered() { palette.text } else { palette.dimmed };
        paint_icon(ui.painter(), space.center(), icon, 16.0, color);
    }
    if response.clicked() {
        window.act(Action::Unfold { folder: entry.path.clone(), unfold: !unfolded });
    }
}
