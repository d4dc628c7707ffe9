//! The duplicates: groups of equal files with what they waste, and a bar at the foot that deletes what is chosen. Only
//! what is seen is drawn.

mod file_row;
mod foot;
mod group;
mod head;
mod layout;

pub use layout::GroupLayout;

use super::scroll::{Viewport, scroll_ui};
use super::theme::UiPalette;
use super::{WindowContext, entries, textures};
use crate::ui::entry_thumbnails;
use coffer_model::IndexPhase;
use coffer_state::{Location, State, WindowEvent};
use coffer_texts::tr;
use egui::{Rect, Sense, Ui, UiBuilder};

/// From the edge of the content to the cards.
const SIDE: f32 = 16.0;

/// Whether the location that is shown is this one.
pub fn is_shown(state: &State) -> bool {
    matches!(state.navigation.current(), Location::Duplicates(_))
}

/// What toasts may float over: not the bar.
pub fn above_foot(state: &State, content: Rect) -> Rect {
    let has_foot = is_shown(state) && !state.duplicates.groups().is_empty();
    if has_foot { content.with_max_y(content.max.y - foot::HEIGHT) } else { content }
}

/// Why not all copies may be known yet.
pub fn incomplete(state: &State) -> Option<String> {
    match state.session.index.as_ref()?.phase {
        IndexPhase::Building { percent: Some(percent) } => {
            Some(tr!("duplicates-incomplete-percent", percent = percent))
        }
        IndexPhase::Building { percent: None } | IndexPhase::Metered => {
            Some(tr!("duplicates-incomplete").to_owned())
        }
        IndexPhase::Complete | IndexPhase::Unavailable => None,
    }
}

/// The groups; the content draws what stands there when there are none.
pub fn duplicates_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    head::head_ui(ui, window);
    let space = ui.available_rect_before_wrap();
    let rows = space.with_max_y(space.max.y - foot::HEIGHT);
    ui.scope_builder(UiBuilder::new().max_rect(rows), |ui| groups_ui(ui, window));
    let foot = space.with_min_y(rows.max.y);
    ui.scope_builder(UiBuilder::new().max_rect(foot), |ui| foot::foot_ui(ui, window));
}

fn groups_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let mut layout = std::mem::take(&mut window.ui_state.duplicates);
    layout.follow(&window.state.duplicates);
    let reveal =
        window.state.browser.reveal.and_then(|row| layout.range_of_row(&window.state.duplicates, row));
    scroll_ui(ui, window, layout.height(), reveal.as_ref(), false, |ui, window, viewport| {
        seen_groups_ui(ui, window, &layout, viewport);
        0.0
    });
    window.ui_state.duplicates = layout;
}

fn seen_groups_ui(ui: &Ui, window: &mut WindowContext<'_>, layout: &GroupLayout, viewport: Viewport) {
    let page_lines = (viewport.rect.height() / layout::FILE_HEIGHT).floor().max(1.0) as usize;
    if window.state.browser.layout() != (1, page_lines) {
        window.emit(WindowEvent::Layout { columns: 1, page_lines });
    }
    let space = ui.interact(viewport.rect, ui.scope_id().with("space"), Sense::CLICK);
    entries::handle_space(ui, window, &space);
    let state = window.state;
    let groups = state.duplicates.groups();
    for index in layout.seen(viewport.offset, f64::from(viewport.rect.height())) {
        let top = viewport.y(layout.top(index));
        let bottom = viewport.y(layout.top(index) + layout::card_height(&groups[index]));
        let card = Rect::from_x_y_ranges(viewport.rect.x_range().shrink(SIDE), top..=bottom);
        group::group_ui(ui, window, index, &groups[index], card, viewport.rect);
    }
}

/// A picture of a file, or the symbol of its kind.
fn picture_ui(ui: &Ui, window: &mut WindowContext<'_>, file: &coffer_model::Entry, square: Rect) {
    let palette = ui.palette();
    let pixels = square.width() * ui.pixels_per_point();
    let texture = entry_thumbnails::ready_thumbnail(window, ui.ctx(), file, pixels);
    if texture.is_none_or(|texture| texture.opacity < 1.0) {
        ui.painter().rect_filled(square, super::theme::CORNER, palette.text.gamma_multiply(0.05));
        super::widgets::paint_kind(ui.painter(), square.shrink(9.0), file.file_kind(), palette);
    }
    if let Some(texture) = texture {
        let corner = super::theme::CORNER_SMALL;
        textures::paint_texture(ui.painter(), square, texture.cut_to(square.size()), corner, palette);
    }
}
