//! The files beside the one in the large preview, as a row of small pictures below it.

use crate::ui::WindowContext;
use crate::ui::entry_thumbnails::ready_thumbnail_or_page;
use crate::ui::textures::paint_texture;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::paint_kind_large;
use coffer_model::{Entry, Listing};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_texts::tr;
use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

pub(super) const HEIGHT: f32 = 84.0;

const CELL: Vec2 = vec2(72.0, 60.0);
const GAP: f32 = 8.0;

/// Folders between files are passed over, but not thousands of them.
const MOST_ROWS_PASSED: usize = 400;

pub(super) fn film_strip_ui(ui: &mut Ui, window: &mut WindowContext<'_>, entry: &Entry, strip: Rect) {
    let palette = ui.palette();
    let state = window.state;
    let Some(listing) = state.browser.listing.value() else { return };
    let Some(current) = listing.row_of(&entry.path) else { return };
    let response = ui.interact(strip, ui.scope_id().with("film strip"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::GenericContainer, true, tr!("preview-film-strip")));
    let step = CELL.x + GAP;
    let on_a_side = (strip.width() / 2.0 / step).ceil() as usize;
    for (place, row) in rows_around(listing, current, on_a_side) {
        let center = pos2(strip.center().x + place as f32 * step, strip.center().y);
        let cell = Rect::from_center_size(center, CELL);
        let Some(file) = listing.entries.get(row) else { continue };
        let response = ui.interact(cell, ui.scope_id().with(("film", row)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, row == current, file.name()));
        let space = cell.shrink(4.0);
        let pixels = CELL.x * 2.0 * ui.pixels_per_point();
        if let Some(texture) = ready_thumbnail_or_page(window, ui.ctx(), file, pixels) {
            let cut = texture.cut_to(space.size());
            paint_texture(ui.painter(), space, cut, theme::CORNER_SMALL, palette);
        } else {
            let icon = Rect::from_center_size(space.center(), Vec2::splat(space.height()));
            paint_kind_large(ui.painter(), icon, file.file_kind(), file.name(), palette);
        }
        if row == current {
            let stroke = Stroke::new(2.0, palette.accent);
            ui.painter().rect_stroke(cell, theme::CORNER_SMALL, stroke, StrokeKind::Inside);
        } else if response.hovered() {
            let stroke = Stroke::new(1.0, palette.dimmed);
            ui.painter().rect_stroke(cell, theme::CORNER_SMALL, stroke, StrokeKind::Inside);
        }
        if response.clicked() && row != current {
            window.act(Action::Dialog(DialogAction::ShowRow(row)));
        }
        response.on_hover_text(file.name());
    }
}

/// The rows of the file in the middle and of those on its sides, with how many places from the middle they are.
fn rows_around(listing: &Listing, current: usize, on_a_side: usize) -> Vec<(i32, usize)> {
    let is_file = |row: &usize| listing.entries.get(*row).is_some_and(|entry| entry.last_version().is_some());
    let after = (current + 1..listing.entries.len()).take(MOST_ROWS_PASSED).filter(is_file).take(on_a_side);
    let before = (0..current).rev().take(MOST_ROWS_PASSED).filter(is_file).take(on_a_side);
    std::iter::once((0, current))
        .chain((1..).zip(after))
        .chain((1..).zip(before).map(|(place, row): (i32, usize)| (-place, row)))
        .collect()
}
