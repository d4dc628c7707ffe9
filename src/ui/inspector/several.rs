//! Several items are selected: a stack of them, how many they are and how large together.

use super::details::line_ui;
use super::one::{command_buttons_ui, name_ui};
use super::stage;
use crate::ui::entry_thumbnails::ready_thumbnail;
use crate::ui::preview::paper;
use crate::ui::textures::fit;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::ui_state::MenuTarget;
use crate::ui::widgets::paint_kind_large;
use crate::ui::{WindowContext, format};
use coffer_model::Entry;
use coffer_state::status::ListStatus;
use coffer_state::{Command, State};
use coffer_texts::tr;
use egui::epaint::RectShape;
use egui::{Color32, Rect, RichText, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

/// Items that are drawn, and of how many selected ones they are chosen.
const DRAWN: usize = 3;
const LOOKED_AT: usize = 64;

pub(super) fn several_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let rect = stage(ui);
    let status = window.state.browser.status;
    let palette = ui.palette();
    ui.painter().rect_filled(rect, theme::CORNER, paper(palette));
    let title = tr!("items-selected", count = status.selected);
    let response = ui.interact(rect, ui.scope_id().with("stack"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &title));
    stack_ui(ui, window, rect, palette);
    ui.add_space(4.0);
    name_ui(ui, &title);
    ui.add_space(-4.0);
    ui.label(RichText::new(in_words(&status)).color(palette.dimmed));
    ui.add_space(4.0);
    let commands = if status.selected_deleted > 0 {
        &[Command::Undelete][..]
    } else {
        &[Command::Download, Command::Delete][..]
    };
    command_buttons_ui(ui, window, commands, MenuTarget::Rows);
    ui.add_space(4.0);
    details_ui(ui, window, &status);
}

/// What they are together, with all that is in the folders among them.
fn details_ui(ui: &mut Ui, window: &WindowContext<'_>, status: &ListStatus) {
    ui.spacing_mut().item_spacing.y = 8.0;
    let amount = status.selected_amount;
    let in_words = |words: String| if amount.is_partial { tr!("at-least", amount = words) } else { words };
    if status.selected_folders > 0 {
        line_ui(ui, tr!("details-contains"), &in_words(tr!("files", count = amount.files)));
    }
    if amount.bytes > 0 {
        line_ui(ui, tr!("column-size"), &in_words(format::exact_size(amount.bytes)));
    }
    if let Some((first, last)) = status.selected_dates {
        let words = window.clock.exact(last);
        let words = if first == last {
            words
        } else {
            tr!("from-to", first = window.clock.exact(first), last = words)
        };
        line_ui(ui, tr!("column-modified"), &words);
    }
}

/// The first of the selected items, in the order of the rows.
fn first_selected(state: &State) -> Vec<&Entry> {
    let Some(listing) = state.browser.listing.value() else { return Vec::new() };
    let paths = state.browser.selection.paths.iter().take(LOOKED_AT);
    let mut rows: Vec<usize> = paths.filter_map(|path| listing.row_of(path)).collect();
    rows.sort_unstable();
    rows.into_iter().take(DRAWN).filter_map(|row| listing.entries.get(row)).collect()
}

/// Cards fanned out, the first on top.
fn stack_ui(ui: &Ui, window: &mut WindowContext<'_>, rect: Rect, palette: &Palette) {
    const TURNS: [f32; DRAWN] = [-0.03, 0.09, -0.14];
    let entries = first_selected(window.state);
    let space = rect.shrink(rect.height() * 0.14);
    for (depth, entry) in entries.iter().enumerate().rev() {
        let turn = TURNS[depth];
        let aside = vec2(depth as f32 * 10.0 * if depth % 2 == 0 { -1.0 } else { 1.0 }, depth as f32 * -3.0);
        let picture = ready_thumbnail(window, ui.ctx(), entry, 256.0);
        let card = match &picture {
            Some(picture) => fit(picture.size, space, 8.0),
            None => Rect::from_center_size(space.center(), Vec2::splat(space.height())),
        };
        let card = card.translate(aside);
        let shadow =
            RectShape::filled(card.translate(vec2(0.0, 3.0)).expand(2.0), 8, Color32::from_black_alpha(60));
        ui.painter().add(shadow.with_blur_width(10.0).with_angle(turn));
        if let Some(picture) = picture {
            if picture.has_alpha {
                // The pictures below it would be seen through it.
                ui.painter().add(RectShape::filled(card, 6, palette.surface_1).with_angle(turn));
            }
            let tint = Color32::WHITE.gamma_multiply(picture.opacity);
            let shape = RectShape::filled(card, 6, tint).with_texture(picture.texture, picture.part);
            ui.painter().add(shape.with_angle(turn));
        } else {
            ui.painter().add(RectShape::filled(card, 8, palette.surface_1).with_angle(turn));
            let icon = Rect::from_center_size(card.center(), Vec2::splat(card.height() * 0.5));
            paint_kind_large(ui.painter(), icon, entry.file_kind(), entry.name(), palette);
        }
    }
}

/// "2 files, 1 folder · 23 MB"
fn in_words(status: &ListStatus) -> String {
    let folders = status.selected_folders;
    let files = status.selected - folders;
    let mut parts = Vec::new();
    if files > 0 {
        parts.push(tr!("files", count = files));
    }
    if folders > 0 {
        parts.push(tr!("folders", count = folders));
    }
    let words = parts.join(", ");
    if status.selected_amount.bytes > 0 {
        format!("{words} · {}", format::size(status.selected_amount.bytes))
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;
    use coffer_model::Amount;
    use coffer_state::status::ListStatus;

    #[test]
    fn files_and_folders_are_counted_apart() {
        let status = ListStatus {
            selected: 3,
            selected_folders: 1,
            selected_amount: Amount { bytes: 23_000_000, ..Amount::default() },
            ..ListStatus::default()
        };
        assert_eq!(in_words(&status), "2 files, 1 folder · 23 MB");
        let status = ListStatus { selected: 2, selected_folders: 2, ..ListStatus::default() };
        assert_eq!(in_words(&status), "2 folders");
    }
}
