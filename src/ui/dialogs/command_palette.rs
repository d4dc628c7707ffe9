//! Running a command: a field for some letters of its name, and the commands that have them. The keyboard stays in the field:
//! arrows choose, Enter runs.

use super::finder::{ROW_HEIGHT, finder_ui, row_ui};
use super::frame::{content_space, grab_focus};
use crate::ui::WindowContext;
use crate::ui::commands;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{TextField, paint_icon, paint_letters, paint_text, small};
use coffer_state::action::DialogAction;
use coffer_state::command_palette::CommandPalette;
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{Align2, Context, Key, Modifiers, ScrollArea, Ui, pos2};
use egui_material_icons::icons;

const WIDTH: f32 = 560.0;
const MOST_ROWS: f32 = 12.0;

/// A command that has what was typed in its name.
struct CommandMatch {
    command: Command,
    name: String,
    /// The letters that were typed, by their place in the name.
    letters: Vec<u32>,
}

pub(super) fn command_palette_ui(ctx: &Context, window: &mut WindowContext<'_>, dialog: &CommandPalette) {
    let matches = matches(window, dialog);
    finder_ui(ctx, window, tr!("palette-title"), WIDTH, |ui, window| {
        field_ui(ui, window, dialog, &matches);
        ui.add_space(8.0);
        matches_ui(ui, window, dialog.selected, &matches);
    });
}

/// Those whose names have every word, names that begin with the first word before others.
fn matches(window: &WindowContext<'_>, dialog: &CommandPalette) -> Vec<CommandMatch> {
    let typed = dialog.typed().trim().to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut matches: Vec<(bool, CommandMatch)> = Vec::new();
    for &command in &dialog.commands {
        let name = name(window, command);
        if let Some(letters) = letters(&name, &words) {
            let begins = words.first().is_none_or(|word| name.to_lowercase().starts_with(word));
            matches.push((!begins, CommandMatch { command, name, letters }));
        }
    }
    matches.sort_by_key(|(later, _)| *later);
    matches.into_iter().map(|(_, found)| found).collect()
}

/// The letters of the words in a name; `None` where it has not all of them.
fn letters(name: &str, words: &[&str]) -> Option<Vec<u32>> {
    // One letter for one, whatever the case is.
    let lower: Vec<char> = name.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
    let mut letters = Vec::new();
    for word in words {
        let word: Vec<char> = word.chars().collect();
        let is_begin = |at: &usize| *at == 0 || !lower[at - 1].is_alphanumeric();
        let places = || (0..lower.len()).filter(|at| lower[*at..].starts_with(&word));
        let at = places().find(is_begin).or_else(|| places().next())?;
        letters.extend((at..at + word.len()).map(|letter| letter as u32));
    }
    letters.sort_unstable();
    letters.dedup();
    Some(letters)
}

/// As in menus, but without the heading that stands above it there.
fn name(window: &WindowContext<'_>, command: Command) -> String {
    match command {
        Command::ListView => tr!("palette-list").to_owned(),
        Command::GridView => tr!("palette-grid").to_owned(),
        Command::ThemeSystem => tr!("palette-theme-system").to_owned(),
        Command::ThemeLight => tr!("palette-theme-light").to_owned(),
        Command::ThemeDark => tr!("palette-theme-dark").to_owned(),
        Command::ToggleSideBar => tr!("palette-side-bar").to_owned(),
        Command::ToggleInspector => tr!("palette-details").to_owned(),
        Command::ToggleTransfers => tr!("palette-transfers").to_owned(),
        Command::ContextMenu => tr!("palette-menu").to_owned(),
        _ => commands::label_now(command, window.state).trim_end_matches('…').to_owned(),
    }
}

fn field_ui(ui: &mut Ui, window: &mut WindowContext<'_>, dialog: &CommandPalette, matches: &[CommandMatch]) {
    let [down, up, enter] = ui.input_mut(|input| {
        [Key::ArrowDown, Key::ArrowUp, Key::Enter].map(|key| input.consume_key(Modifiers::NONE, key))
    });
    let mut text = dialog.typed().to_owned();
    let response = TextField::new(tr!("palette-title"), &mut text)
        .icon(icons::ICON_SEARCH)
        .hint(tr!("palette-hint"))
        .height(40.0)
        .show(ui);
    grab_focus(window, &response);
    if response.changed() {
        window.act(Action::Dialog(DialogAction::EditCommand(text)));
    }
    let last = matches.len().saturating_sub(1);
    let next = match (down, up) {
        (true, false) => (dialog.selected + 1).min(last),
        (false, true) => dialog.selected.saturating_sub(1),
        _ => dialog.selected,
    };
    if next != dialog.selected {
        window.act(Action::Dialog(DialogAction::PointAtCommand(next)));
    }
    if enter && let Some(found) = matches.get(dialog.selected) {
        window.act(Action::Dialog(DialogAction::RunCommand(found.command)));
    }
}

fn matches_ui(ui: &mut Ui, window: &mut WindowContext<'_>, selected: usize, matches: &[CommandMatch]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    if matches.is_empty() {
        small(ui, tr!("palette-none"));
        return;
    }
    let room = content_space(ui.ctx()).y - 110.0;
    let height = (ROW_HEIGHT * MOST_ROWS).min(room).max(ROW_HEIGHT);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (index, found) in matches.iter().enumerate() {
            match_ui(ui, window, found, index, index == selected);
        }
    });
}

fn match_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    found: &CommandMatch,
    index: usize,
    is_selected: bool,
) {
    let palette = ui.palette();
    let (row, response) = row_ui(ui, &found.name, index, is_selected);
    let middle = row.center().y;
    let is_on = found.command.is_on(window.state) == Some(true);
    let icon = if is_on { Some(icons::ICON_CHECK) } else { commands::icon(found.command) };
    if let Some(icon) = icon {
        paint_icon(ui.painter(), pos2(row.min.x + 20.0, middle), icon, 18.0, palette.dimmed);
    }
    let galley =
        ui.painter().layout_no_wrap(found.name.clone(), theme::medium(theme::BODY_TEXT), palette.text);
    let at = pos2(row.min.x + 40.0, middle - galley.size().y / 2.0);
    paint_letters(ui.painter(), at, galley, &found.letters, palette.text, palette);
    let keys = commands::keys(found.command);
    let at = pos2(row.max.x - 14.0, middle);
    let font = theme::regular(theme::SMALL_TEXT + 0.5);
    paint_text(ui.painter(), Align2::RIGHT_CENTER, at, 160.0, &keys, font, palette.dimmed);
    if response.clicked() {
        window.act(Action::Dialog(DialogAction::RunCommand(found.command)));
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn every_word_is_marked_where_a_word_begins_if_it_can_be() {
        assert_eq!(letters("Show or hide side bar", &["bar", "si"]), Some(vec![13, 14, 18, 19, 20]));
        assert_eq!(letters("Undelete", &["del"]), Some(vec![2, 3, 4]));
        assert_eq!(letters("Undelete", &["un", "x"]), None);
        assert_eq!(letters("Anything", &[]), Some(vec![]));
    }
}
