//! Going to anything: a field for some letters of a path, and what has them. The keyboard stays in the field: arrows choose,
//! Enter opens.

use super::finder::{ROW_HEIGHT, finder_ui, row_ui};
use super::frame::{content_space, grab_focus};
use crate::ui::WindowContext;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{TextField, paint_kind, paint_letters, paint_text, small};
use coffer_model::PathMatch;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::go_to_dialog::GoToDialog;
use coffer_state::input::Motion;
use coffer_texts::tr;
use egui::{Align2, Context, Key, Modifiers, Rect, ScrollArea, Ui, pos2, vec2};
use egui_material_icons::icons;

const WIDTH: f32 = 620.0;
const MOST_ROWS: f32 = 10.0;

pub(super) fn go_to_ui(ctx: &Context, window: &mut WindowContext<'_>, go_to: &GoToDialog) {
    finder_ui(ctx, window, tr!("go-to-title"), WIDTH, |ui, window| {
        field_ui(ui, window, go_to);
        ui.add_space(8.0);
        matches_ui(ui, window, go_to);
    });
}

fn field_ui(ui: &mut Ui, window: &mut WindowContext<'_>, go_to: &GoToDialog) {
    let keys = ui.input_mut(|input| {
        [
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
            input.consume_key(Modifiers::COMMAND, Key::Enter),
            input.consume_key(Modifiers::NONE, Key::Enter),
        ]
    });
    let mut text = go_to.typed().to_owned();
    let response = TextField::new(tr!("go-to-title"), &mut text)
        .icon(icons::ICON_SEARCH)
        .hint(tr!("go-to-hint"))
        .height(40.0)
        .show(ui);
    grab_focus(window, &response);
    if response.changed() {
        window.act(Action::Dialog(DialogAction::EditGoTo(text)));
    }
    let go = |in_folder| Action::Dialog(DialogAction::GoToMatch { index: go_to.selected, in_folder });
    let step = |motion| Action::Move { motion, extend: false, toggle_only: false };
    let actions = [step(Motion::Down), step(Motion::Up), go(true), go(false)];
    for (_, action) in keys.into_iter().zip(actions).filter(|(pressed, _)| *pressed) {
        window.act(action);
    }
}

fn matches_ui(ui: &mut Ui, window: &mut WindowContext<'_>, go_to: &GoToDialog) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let is_empty = go_to.typed().trim().is_empty();
    if let Some(problem) = &go_to.problem {
        small(ui, &format!("{}. {}", problem.title, problem.detail));
        return;
    }
    if go_to.matches.is_empty() {
        let words = match (is_empty, go_to.is_searching()) {
            (true, _) => tr!("go-to-empty"),
            (false, true) => tr!("searching"),
            (false, false) => tr!("go-to-nothing"),
        };
        small(ui, words);
        return;
    }
    let room = content_space(ui.ctx()).y - 140.0;
    let height = (ROW_HEIGHT * MOST_ROWS).min(room).max(ROW_HEIGHT);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(
        ui,
        |ui| {
            for (index, found) in go_to.matches.iter().enumerate() {
                match_ui(ui, window, found, index, go_to);
            }
        },
    );
    ui.add_space(8.0);
    small(ui, tr!("go-to-note"));
}

fn match_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    found: &PathMatch,
    index: usize,
    go_to: &GoToDialog,
) {
    let path = &found.entry.path;
    let name = if path.is_root() { window.state.folder_name(path) } else { path.name() };
    let (row, response) = row_ui(ui, name, index, index == go_to.selected);
    paint_match(ui, row, found, name);
    if response.clicked() {
        let in_folder = ui.input(|input| input.modifiers.command);
        window.act(Action::Dialog(DialogAction::GoToMatch { index, in_folder }));
    }
}

/// The name and the folder of what was found, with the letters that were typed.
pub(super) fn paint_match(ui: &Ui, row: Rect, found: &PathMatch, name: &str) {
    let palette = ui.palette();
    let path = &found.entry.path;
    let middle = row.center().y;
    let icon = Rect::from_center_size(pos2(row.min.x + 20.0, middle), vec2(20.0, 20.0));
    paint_kind(ui.painter(), icon, found.entry.file_kind(), palette);

    let before = path.as_str().chars().count().saturating_sub(path.name().chars().count() + 1) as u32;
    let (above, within): (Vec<u32>, Vec<u32>) = found.letters.iter().partition(|letter| **letter < before);
    let within: Vec<u32> = within.iter().map(|letter| letter.saturating_sub(before)).collect();
    let font = theme::medium(theme::BODY_TEXT);
    let galley = crate::ui::widgets::elide_middle(ui.painter(), name, &font, palette.text, row.width() * 0.6);
    let width = galley.size().x;
    let at = pos2(row.min.x + 40.0, middle - galley.size().y / 2.0);
    paint_letters(ui.painter(), at, galley, &within, palette.text, palette);
    let folder = path.as_str().trim_start_matches('/');
    let folder = folder.strip_suffix(path.name()).unwrap_or(folder).trim_end_matches('/');
    let left = row.min.x + 40.0 + width + 12.0;
    let font = theme::regular(13.0);
    let galley = crate::ui::widgets::elide_middle(
        ui.painter(),
        folder,
        &font,
        palette.dimmed,
        row.max.x - left - 12.0,
    );
    if galley.text() == folder {
        let at = pos2(left, middle - galley.size().y / 2.0);
        paint_letters(ui.painter(), at, galley, &above, palette.dimmed, palette);
    } else {
        let at = pos2(left, middle);
        paint_text(
            ui.painter(),
            Align2::LEFT_CENTER,
            at,
            row.max.x - left - 12.0,
            galley.text(),
            font,
            palette.dimmed,
        );
    }
}
