//! The middle button opens what leads to a location in a tab behind the one that is shown, wherever it is drawn.

use super::WindowContext;
use coffer_state::tabs::TabAction;
use coffer_state::{Action, Location, State};
use egui::Response;

pub fn open_behind(
    window: &mut WindowContext<'_>,
    response: &Response,
    location: impl FnOnce(&State) -> Location,
) {
    if response.middle_clicked() {
        window.act(Action::Tab(TabAction::Open(location(window.state))));
    }
}
