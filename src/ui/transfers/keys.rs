//! The keys of the list of transfers. The list is one stop for the Tab key; inside it arrows move, and the buttons of
//! the line that they are on are the next stops.

use crate::ui::WindowContext;
use coffer_state::input::Motion;
use coffer_state::transfers::{RowFocus, TransferItem};
use coffer_state::{Action, Command, State};
use coffer_texts::tr;
use egui::{EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Ui, WidgetInfo};

pub fn list_id() -> Id {
    Id::unique("list of transfers")
}

/// The list as one thing that can have the keyboard; takes the keys that are meant for it.
pub(super) fn keyboard_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) -> Response {
    let response = ui.interact(rect, list_id(), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, tr!("command-toggle-transfers")));
    let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list_id(), keys));
    if std::mem::take(&mut window.ui_state.transfers.focus_wanted) {
        response.request_focus();
    }
    let cursor = window.state.transfers.cursor;
    ui.ctx().accesskit_node_builder(list_id(), |node| {
        if let Some(cursor) = cursor {
            node.set_active_descendant(line_id(cursor).accesskit_id());
        }
    });
    if response.has_focus() {
        if cursor.is_none() && !window.state.transfers.lines().is_empty() {
            window.act(Action::MoveInTransfers(Motion::Home));
        }
        handle_keys(ui, window);
    }
    response
}

/// The id of a line, by what it shows.
pub(super) fn line_id(cursor: RowFocus) -> Id {
    Id::unique("transfer").with((cursor.id.0, cursor.file))
}

fn handle_keys(ui: &Ui, window: &mut WindowContext<'_>) {
    let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Escape) {
        window.command(Command::ToggleTransfers);
        return;
    }
    let cursor = window.state.transfers.cursor;
    if pressed(Modifiers::COMMAND, Key::ArrowUp)
        && let Some(cursor) = cursor
    {
        window.act(Action::PrioritizeTransfer(cursor.id));
    }
    let motions = [
        (Key::ArrowUp, Motion::Up),
        (Key::ArrowDown, Motion::Down),
        (Key::ArrowLeft, Motion::Left),
        (Key::ArrowRight, Motion::Right),
        (Key::PageUp, Motion::PageUp),
        (Key::PageDown, Motion::PageDown),
        (Key::Home, Motion::Home),
        (Key::End, Motion::End),
    ];
    for (key, motion) in motions {
        if pressed(Modifiers::NONE, key) {
            window.act(Action::MoveInTransfers(motion));
        }
    }
    let Some(cursor) = cursor else { return };
    for key in [Key::Space, Key::Delete, Key::Enter, Key::R] {
        if pressed(Modifiers::NONE, key)
            && let Some(action) = meaning(window.state, cursor, key)
        {
            window.act(action);
        }
    }
}

/// What a key does to the line of the cursor.
fn meaning(state: &State, cursor: RowFocus, key: Key) -> Option<Action> {
    let transfer = state.transfers.get(cursor.id);
    let running = transfer.is_none_or(TransferItem::is_running);
    match key {
        Key::Delete => running.then_some(Action::CancelTransfer(cursor.id)),
        Key::Space => {
            let transfer = transfer.filter(|transfer| transfer.is_running())?;
            Some(pause_or_resume(transfer))
        }
        Key::R => transfer.filter(|it| it.can_retry()).map(|it| Action::RetryTransfer(it.id)),
        _ => enter(state, transfer?, cursor),
    }
}

pub(super) fn pause_or_resume(transfer: &TransferItem) -> Action {
    if transfer.is_paused() {
        Action::ResumeTransfer(transfer.id)
    } else {
        Action::PauseTransfer(transfer.id)
    }
}

/// Enter says why a file or transfer failed, shows what arrived, and lists the files of what has some.
fn enter(state: &State, transfer: &TransferItem, cursor: RowFocus) -> Option<Action> {
    use coffer_model::transfer::FileState;
    if let Some(file) = cursor.file {
        return match &transfer.files.row(state.transfers.file_filter, file)?.state {
            Some(FileState::Failed(problem)) => Some(Action::ShowProblem(problem.clone())),
            _ => None,
        };
    }
    if transfer.can_unfold() {
        let unfold = state.transfers.unfolded != Some(transfer.id);
        return Some(Action::UnfoldTransfer { id: transfer.id, unfold });
    }
    match transfer.problem() {
        Some(problem) => Some(Action::ShowProblem(problem)),
        None => transfer.can_show().then_some(Action::ShowTransferred(transfer.id)),
    }
}
