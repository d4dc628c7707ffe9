//! Keys: what a press means is looked up before anything is drawn, so that no widget takes it. A text field that has
//! the keyboard keeps all keys of editing.

use super::entries::{content_has_keys, content_id};
use super::ui_state::ShownPlace;
use super::{WindowContext, activity, changes, last_input, preview, row_filter, side_bar};
use coffer_state::dialog::Dialog;
use coffer_state::input::Motion;
use coffer_state::shortcuts::Shortcut;
use coffer_state::{Action, Command, Focus, State};
use egui::{Context, Event, Id, Key, Modifiers, PointerButton};
use std::mem::discriminant;

/// What the keys pressed since the last frame ask for. They are taken out of the input. An open menu and a drag have them all.
///
/// What a key means depends on what the keys before it have done, such as what is selected and which field has the
/// keyboard. In a slow frame there are several: all but motions, of which one does not change what the next means, wait
/// for the frame after that of the key before.
pub fn actions_of_keys(ctx: &Context, state: &State, keys_are_taken: bool) -> Vec<Action> {
    let mut actions = Vec::new();
    let waiting_id = Id::unique("keys that wait");
    let mut waiting = ctx.data_mut(|data| data.remove_temp::<Vec<Event>>(waiting_id)).unwrap_or_default();
    ctx.input_mut(|input| input.events.splice(0..0, waiting.drain(..)).for_each(drop));
    if keys_are_taken || egui::Popup::is_any_open(ctx) {
        return actions;
    }
    let typing = ctx.text_edit_focused();
    let rows = content_has_keys(ctx, state);
    let tree =
        state.focus == Focus::Tree && ctx.memory(|memory| memory.focused() == Some(side_bar::tree_id()));
    let reading = preview::text_has_keys(ctx);
    let transfers = ctx.memory(|memory| memory.focused() == Some(super::transfers::list_id()));
    let previewing = matches!(state.dialog, Some(Dialog::LargePreview(_))) && preview::large::has_keys(ctx);
    let scope =
        KeyScope { typing, reading, rows, tree, dialog: state.dialog.is_some(), previewing, transfers };
    ctx.input_mut(|input| {
        let mut letter_is_taken = false;
        input.events.retain(|event| {
            let is_letter_of_taken_key = std::mem::take(&mut letter_is_taken);
            let action = match event {
                Event::Key { key, pressed: true, modifiers, .. } => action_of(*key, *modifiers, scope, state),
                Event::Copy if !typing && !reading => command(Command::Copy, state),
                Event::Cut if !typing => command(Command::Cut, state),
                Event::Paste(_) if !typing => command(Command::Paste, state),
                // The letter of a key that was taken comes right after it.
                Event::Text(_) if is_letter_of_taken_key => return false,
                Event::Copy | Event::Cut | Event::Paste(_) | Event::Text(_) => None,
                Event::PointerButton { button: PointerButton::Extra1, pressed: true, .. } => {
                    command(Command::Back, state)
                }
                Event::PointerButton { button: PointerButton::Extra2, pressed: true, .. } => {
                    command(Command::Forward, state)
                }
                _ => return true,
            };
            let is_motion = |action: &Action| matches!(action, Action::Move { .. });
            let goes_on_moving =
                action.as_ref().is_some_and(is_motion) && waiting.is_empty() && actions.iter().all(is_motion);
            if !actions.is_empty() && !goes_on_moving {
                // A key that is held down in slow frames would go on after it is released.
                if !matches!(event, Event::Key { repeat: true, .. }) {
                    waiting.push(event.clone());
                }
                return false;
            }
            match (action, event) {
                (Some(action), _) => {
                    letter_is_taken = true;
                    actions.push(action);
                    false
                }
                (None, Event::Text(text)) if rows => {
                    actions.extend(letters(text).map(Action::TypeAhead));
                    true
                }
                (None, _) => true,
            }
        });
    });
    if !waiting.is_empty() {
        ctx.data_mut(|data| data.insert_temp(waiting_id, waiting));
        ctx.request_repaint();
    }
    actions
}

/// Spaces are a command (preview, or part of a type-ahead that runs), so they are no letters here.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace())
}

#[derive(Clone, Copy)]
struct KeyScope {
    /// A text field has the keyboard.
    typing: bool,
    /// A text that can be selected and copied has it.
    reading: bool,
    /// The rows have it, or the tree.
    rows: bool,
    tree: bool,
    dialog: bool,
    /// The large preview has it, and not one of its buttons.
    previewing: bool,
    /// The list of transfers has it.
    transfers: bool,
}

fn command(command: Command, state: &State) -> Option<Action> {
    command.is_enabled(state).then_some(Action::Command(command))
}

fn action_of(key: Key, modifiers: Modifiers, scope: KeyScope, state: &State) -> Option<Action> {
    if (scope.rows && !changes::is_shown(state) || scope.tree)
        && let Some(motion) = motion_of(key).filter(|_| !modifiers.alt && !changes_tab(key, modifiers))
    {
        return Some(Action::Move { motion, extend: modifiers.shift, toggle_only: modifiers.command });
    }
    // Escape leaves the list of transfers; with Ctrl an arrow moves one of them.
    if scope.transfers && (key == Key::Escape || motion_of(key).is_some()) {
        return None;
    }
    let plain = !modifiers.command && !modifiers.alt && !is_function_key(key);
    let widget_needs_it = plain && key != Key::Escape && !scope.rows && !scope.tree && !scope.dialog;
    if (scope.typing && belongs_to_editing(key, modifiers)) || (!scope.typing && widget_needs_it) {
        return None;
    }
    if scope.reading && modifiers.command && matches!(key, Key::A | Key::C) {
        return None;
    }
    // Buttons of dialogs are pressed with these.
    if scope.dialog && matches!(key, Key::Enter | Key::Space) && !scope.previewing {
        return None;
    }
    let shortcut = Shortcut {
        command: modifiers.command,
        shift: modifiers.shift,
        alt: modifiers.alt,
        key: name_of(key),
    };
    Command::from_shortcut(shortcut, state).map(Action::Command)
}

/// These go to another tab, wherever the keyboard is.
fn changes_tab(key: Key, modifiers: Modifiers) -> bool {
    modifiers.command && matches!(key, Key::PageUp | Key::PageDown)
}

fn motion_of(key: Key) -> Option<Motion> {
    Some(match key {
        Key::ArrowUp => Motion::Up,
        Key::ArrowDown => Motion::Down,
        Key::ArrowLeft => Motion::Left,
        Key::ArrowRight => Motion::Right,
        Key::PageUp => Motion::PageUp,
        Key::PageDown => Motion::PageDown,
        Key::Home => Motion::Home,
        Key::End => Motion::End,
        _ => return None,
    })
}

/// egui's name of the variant, as the table of shortcuts has it.
pub(super) fn name_of(key: Key) -> &'static str {
    match key {
        Key::ArrowUp => "ArrowUp",
        Key::ArrowDown => "ArrowDown",
        Key::ArrowLeft => "ArrowLeft",
        Key::ArrowRight => "ArrowRight",
        Key::Slash => "Slash",
        Key::Plus => "Plus",
        Key::Minus => "Minus",
        Key::Equals => "Equals",
        Key::Comma => "Comma",
        Key::Questionmark => "Questionmark",
        Key::OpenBracket => "OpenBracket",
        Key::CloseBracket => "CloseBracket",
        other => other.name(),
    }
}

fn is_function_key(key: Key) -> bool {
    (Key::F1..=Key::F35).contains(&key)
}

/// Keys that a text field understands itself: all without modifiers, and the usual ones with Ctrl.
fn belongs_to_editing(key: Key, modifiers: Modifiers) -> bool {
    if modifiers.alt {
        return false;
    }
    if modifiers.command {
        return matches!(
            key,
            Key::A
                | Key::C
                | Key::V
                | Key::X
                | Key::Y
                | Key::Z
                | Key::Space
                | Key::Enter
                | Key::Backspace
                | Key::Delete
                | Key::Home
                | Key::End
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::ArrowUp
                | Key::ArrowDown
        );
    }
    !is_function_key(key) || matches!(key, Key::F2)
}

/// Ctrl and the wheel change the size of the pictures.
pub fn zoom_ui(ctx: &Context, window: &mut WindowContext<'_>) {
    let zoom = ctx.input(egui::InputState::zoom_delta);
    let shown = window.state.folder_view();
    if (zoom - 1.0).abs() > 0.001
        && shown.view == coffer_model::ViewMode::Grid
        && window.state.dialog.is_none()
    {
        window.act(Action::SetGridPoints(shown.grid_points * zoom));
    }
}

/// Brings the state and egui to one mind about what has the keyboard.
pub fn sync_focus(ctx: &Context, window: &mut WindowContext<'_>) {
    let state = window.state;
    if state.dialog.is_some() || window.ui_state.menu.is_some() || egui::Popup::is_any_open(ctx) {
        return;
    }
    if state.browser.rename.as_ref().is_none_or(|rename| rename.committing.is_some()) {
        window.ui_state.renaming = None;
    }
    if state.search_name.is_none() {
        window.ui_state.search_name = None;
    }
    let focused = ctx.memory(egui::Memory::focused);
    if state.focus != window.ui_state.focus {
        window.ui_state.focus = state.focus;
        if window.ui_state.renaming.is_none() {
            ctx.memory_mut(|memory| memory.request_focus(id_of(state.focus)));
            // A field claims the arrow keys when it is drawn with the keyboard.
            ctx.request_repaint();
        }
        return;
    }
    if follow_location(ctx, window, focused) {
        return;
    }
    let before = std::mem::replace(&mut window.ui_state.focused_before, focused);
    if focused == Some(content_id()) && before != focused && last_input::was_tab(ctx) {
        show_cursor(window);
    }
    let told = focused.and_then(|id| match id {
        id if id == content_id() => Some(Focus::Content),
        id if id == row_filter::filter_id() => Some(Focus::Filter),
        id => side_bar::focus_of(id),
    });
    match (focused, told) {
        // Nothing has the keyboard: the rows take it.
        (None, _) => ctx.memory_mut(|memory| memory.request_focus(content_id())),
        (_, Some(focus)) if focus != state.focus => {
            window.ui_state.focus = focus;
            window.act(Action::Focus(focus));
        }
        _ => {}
    }
}

/// Where another place, tab or pane is shown, its rows take the keyboard from a button that had it; answers whether they did.
fn follow_location(ctx: &Context, window: &mut WindowContext<'_>, focused: Option<egui::Id>) -> bool {
    let state = window.state;
    let pane = state.other_pane.as_ref().is_some_and(|pane| pane.is_left);
    let location = state.navigation.current();
    // Another moment of a folder, or another filter of a list, was chosen by something that keeps the keyboard.
    let shown = ShownPlace {
        pane,
        tab: state.navigation.id,
        kind: discriminant(location),
        folder: location.shown_folder().cloned(),
    };
    let before = window.ui_state.shown_before.take();
    let is_other = before.is_some_and(|before| before != shown);
    window.ui_state.shown_before = Some(shown);
    let is_elsewhere = focused.is_some_and(|id| id != content_id()) && !ctx.text_edit_focused();
    let takes = is_other && is_elsewhere && state.focus == Focus::Content;
    if takes {
        ctx.memory_mut(|memory| memory.request_focus(content_id()));
    }
    takes
}

/// Whoever comes by Tab has to see where they are.
fn show_cursor(window: &mut WindowContext<'_>) {
    let state = window.state;
    if changes::is_shown(state) {
        window.ui_state.changes.show_cursor();
    } else if state.browser.selection.cursor.is_none() && state.activity.selected.is_none() {
        let toggle_only = !activity::is_shown(state);
        window.act(Action::Move { motion: Motion::Home, extend: false, toggle_only });
    }
}

fn id_of(focus: Focus) -> egui::Id {
    match focus {
        Focus::Content => content_id(),
        Focus::Tree => side_bar::tree_id(),
        Focus::Search => super::header::search_id(),
        Focus::Path => super::breadcrumb::path_id(),
        Focus::Filter => row_filter::filter_id(),
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use coffer_state::Command;
    use egui::Key;

    #[test]
    fn every_key_of_the_table_of_shortcuts_can_be_pressed() {
        for &command in Command::ALL {
            for shortcut in command.shortcuts() {
                let known = Key::ALL.iter().any(|key| name_of(*key) == shortcut.key);
                assert!(known, "{command:?}: no key is called {:?}", shortcut.key);
            }
        }
    }
}
