//! The strip above the rows in which one types what narrows them, and what is shown instead of rows when none match.

use super::WindowContext;
use super::theme;
use super::widgets::{EmptyState, IconButton, TextField, empty_state_with_buttons_ui};
use coffer_state::input::Motion;
use coffer_state::row_filter::{FilterAction, RowFilter};
use coffer_state::{Action, Focus, State};
use coffer_texts::tr;
use egui::{Align, Frame, Id, Key, Layout, Margin, Rect, Ui, UiBuilder, Vec2, pos2};
use egui_material_icons::icons;

/// On a wide window a longer field would only be further from the names.
const MOST_WIDTH: f32 = 420.0;

pub fn filter_id() -> Id {
    Id::unique("row filter")
}

pub fn filter_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let Some(filter) = &window.state.browser.filter else { return };
    let mut text = filter.text().to_owned();
    let is_wrong = !filter.mistakes().is_empty();
    let margin = Margin { left: 12, right: 12, top: 2, bottom: 6 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        let width = ui.available_width().min(MOST_WIDTH);
        let field = Rect::from_min_size(ui.cursor().min, egui::vec2(width, theme::CONTROL_HEIGHT));
        let response = TextField::new(tr!("command-filter"), &mut text)
            .hint(tr!("filter-hint"))
            .icon(icons::ICON_FILTER_LIST)
            .id(filter_id())
            .select_all()
            .wrong(is_wrong)
            .width(width)
            .room_for_buttons(1)
            .show(ui);
        if response.changed() {
            act(window, FilterAction::Edit(text));
        }
        if response.has_focus() {
            arrows_ui(ui, window);
        }
        if response.lost_focus() {
            let (enter, escape) =
                ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
            if enter {
                act(window, FilterAction::Submit);
            } else if escape {
                act(window, FilterAction::Close);
            }
        }
        let center = pos2(field.max.x - 18.0, field.center().y);
        let close = IconButton::new(icons::ICON_CLOSE, tr!("filter-close")).size(24.0, 16.0);
        let builder = UiBuilder::new()
            .max_rect(Rect::from_center_size(center, Vec2::splat(24.0)))
            .layout(Layout::left_to_right(Align::Center));
        if ui.new_child(builder).add(close).clicked() {
            act(window, FilterAction::Close);
        }
    });
}

/// Up and down lead from what was typed to what is left.
fn arrows_ui(ui: &Ui, window: &mut WindowContext<'_>) {
    let keys = [
        (Key::ArrowDown, Motion::Down),
        (Key::ArrowUp, Motion::Up),
        (Key::PageDown, Motion::PageDown),
        (Key::PageUp, Motion::PageUp),
    ];
    for (key, motion) in keys {
        if ui.input(|input| input.key_pressed(key)) {
            window.act(Action::Focus(Focus::Content));
            window.act(Action::Move { motion, extend: false, toggle_only: false });
        }
    }
}

/// What the rows were narrowed by, if that leaves none.
pub fn hides_all(state: &State) -> Option<&str> {
    let narrowed_by = state.browser.filter.as_ref().and_then(RowFilter::narrowed_by)?;
    let rows = state.browser.listing.value()?;
    (rows.entries.is_empty() && rows.complete).then(|| narrowed_by.text().trim())
}

pub fn no_matches_ui(ui: &mut Ui, window: &mut WindowContext<'_>, text: &str) {
    let title = tr!("filter-none", text = text);
    let sentence = tr!("filter-none-note");
    let icon = icons::ICON_FILTER_LIST_OFF;
    let empty_state = EmptyState { icon, title: &title, sentence, button: None };
    match empty_state_with_buttons_ui(ui, &empty_state, &[tr!("filter-clear"), tr!("search-everywhere")]) {
        Some(0) => act(window, FilterAction::Close),
        Some(_) => act(window, FilterAction::SearchEverywhere),
        None => {}
    }
}

fn act(window: &mut WindowContext<'_>, action: FilterAction) {
    window.act(Action::Filter(action));
}
