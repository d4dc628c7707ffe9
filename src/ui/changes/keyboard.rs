//! The cursor of the feed: arrows move it, Enter goes to the item or unfolds a group, and the keys of the commands restore
//! what was deleted and show the version before.

use super::super::WindowContext;
use super::lines::{ChangeLine, ChangeLines};
use coffer_model::ChangeKind;
use coffer_state::Action;
use coffer_state::changes::ChangeAction;
use egui::{InputState, Key, Modifiers, Ui};

/// Answers the line that must be seen, when the cursor has moved.
pub(super) fn keyboard_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    lines: &mut ChangeLines,
    page: usize,
) -> Option<usize> {
    let at = lines.cursor_index();
    let target = ui.input_mut(|input| target(input, at, lines.len(), page));
    if let Some((index, down)) = target {
        lines.move_cursor_to(index, down);
        return lines.cursor_index();
    }
    let line = lines.get(at?).clone();
    let action = ui.input_mut(|input| action(input, window, &line));
    if let Some(action) = action {
        window.act(Action::Changes(action));
    } else if let (ChangeLine::Change { in_group: true, .. }, true) =
        (&line, ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowLeft)))
    {
        // To the group that it belongs to.
        let group = (0..at?).rev().find(|index| matches!(lines.get(*index), ChangeLine::Group(_)));
        lines.cursor = group.and_then(|group| lines.get(group).key());
        return group;
    }
    None
}

/// Where a key leads, and whether downwards.
fn target(input: &mut InputState, at: Option<usize>, count: usize, page: usize) -> Option<(usize, bool)> {
    let last = count.saturating_sub(1);
    let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
    if pressed(Key::ArrowDown) {
        Some((at.map_or(0, |at| at + 1), true))
    } else if pressed(Key::ArrowUp) {
        Some((at.map_or(last, |at| at.saturating_sub(1)), false))
    } else if pressed(Key::PageDown) {
        Some((at.unwrap_or(0) + page, true))
    } else if pressed(Key::PageUp) {
        Some((at.unwrap_or(last).saturating_sub(page), false))
    } else if pressed(Key::Home) {
        Some((0, true))
    } else {
        pressed(Key::End).then_some((last, false))
    }
}

fn action(input: &mut InputState, window: &WindowContext<'_>, line: &ChangeLine) -> Option<ChangeAction> {
    let to_restore = Modifiers::COMMAND | Modifiers::SHIFT;
    match line {
        ChangeLine::Day(_) | ChangeLine::Further(_) => None,
        ChangeLine::Group(group) => {
            let unfold = |unfold| Some(ChangeAction::Unfold { group: group.key(), unfold });
            if input.consume_key(Modifiers::NONE, Key::Enter) {
                unfold(!group.unfolded)
            } else if input.consume_key(Modifiers::NONE, Key::ArrowRight) {
                unfold(true)
            } else if input.consume_key(Modifiers::NONE, Key::ArrowLeft) {
                unfold(false)
            } else {
                let is_restored = group.is_restorable() && input.consume_key(to_restore, Key::R);
                is_restored.then(|| ChangeAction::Restore(group.numbers.clone()))
            }
        }
        ChangeLine::Change { number, .. } => {
            let change = window.state.changes.change(*number)?;
            if input.consume_key(Modifiers::NONE, Key::Enter) {
                Some(ChangeAction::GoTo(*number))
            } else if change.kind == ChangeKind::Deleted && input.consume_key(to_restore, Key::R) {
                Some(ChangeAction::Restore(vec![*number]))
            } else {
                let has_before = change.kind == ChangeKind::Edited && change.old_rev.is_some();
                let shows_it = has_before && input.consume_key(Modifiers::COMMAND, Key::H);
                shows_it.then_some(ChangeAction::ShowVersionBefore(*number))
            }
        }
    }
}
