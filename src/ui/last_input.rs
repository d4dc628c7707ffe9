//! Whether the person uses the mouse or the keyboard now: a ring around what is not chosen is for the keyboard.

use egui::{Context, Event, Id, Key};

/// What was pressed last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum LastInput {
    Mouse,
    Tab,
    #[default]
    OtherKey,
}

fn last_id() -> Id {
    Id::unique("last input")
}

/// Notes what the person presses, before anything is drawn.
pub(super) fn note(ctx: &Context) {
    let last = ctx.input(|input| {
        input.events.iter().rev().find_map(|event| match event {
            Event::PointerButton { .. } => Some(LastInput::Mouse),
            Event::Key { key: Key::Tab, .. } => Some(LastInput::Tab),
            Event::Key { .. } => Some(LastInput::OtherKey),
            _ => None,
        })
    });
    if let Some(last) = last {
        ctx.data_mut(|data| data.insert_temp(last_id(), last));
    }
}

fn last(ctx: &Context) -> LastInput {
    ctx.data(|data| data.get_temp(last_id()).unwrap_or_default())
}

/// Whether a button of the mouse was pressed last, and no key since.
pub(super) fn was_mouse(ctx: &Context) -> bool {
    last(ctx) == LastInput::Mouse
}

/// Whether the key was pressed last that leads from one control to the next.
pub(super) fn was_tab(ctx: &Context) -> bool {
    last(ctx) == LastInput::Tab
}
