//! Whether the person uses the mouse or the keyboard now: a ring around what is not chosen is for the keyboard.

use egui::{Context, Event, Id};

fn by_mouse_id() -> Id {
    Id::unique("last input by mouse")
}

/// Notes what the person presses, before anything is drawn.
pub(super) fn note(ctx: &Context) {
    let by_mouse = ctx.input(|input| {
        input.events.iter().rev().find_map(|event| match event {
            Event::PointerButton { .. } => Some(true),
            Event::Key { .. } => Some(false),
            _ => None,
        })
    });
    if let Some(by_mouse) = by_mouse {
        ctx.data_mut(|data| data.insert_temp(by_mouse_id(), by_mouse));
    }
}

/// Whether a button of the mouse was pressed last, and no key since.
pub(super) fn was_mouse(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(by_mouse_id()).unwrap_or(false))
}
