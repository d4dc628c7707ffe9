//! A folder as it was: the time line above the rows, and what has become of each item since. The moment and the steps are in
//! `coffer_state::past`.

mod fields;
mod head;
mod line;
mod since;

use super::WindowContext;
use super::theme::{self, Palette, UiPalette};
use coffer_state::past::PastAction;
use coffer_state::{Action, Location, State};
use egui::{Context, Frame, Margin, Ui, vec2};
use jiff::Timestamp;

pub use line::TimeLineUiState;
pub use since::{SinceWords, since_of};

/// With less height the window keeps its rows instead of the line with the changes.
const LEAST_HEIGHT: f32 = 520.0;

pub fn is_shown(state: &State) -> bool {
    state.navigation.current().is_past()
}

/// The colours of what floats over the content.
pub fn palette(ctx: &Context, state: &State) -> &'static Palette {
    let palette = Palette::in_use(ctx);
    if is_shown(state) { Palette::for_past(ctx.theme(), palette.accent_name) } else { palette }
}

/// The band under the header: which moment it is, the way back, and the line of time.
pub fn time_line_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let Location::Past { at, .. } = *window.state.navigation.current() else { return };
    let palette = ui.palette();
    let is_high = ui.ctx().content_rect().height() >= LEAST_HEIGHT;
    let frame = Frame::new()
        .fill(palette.past_tint)
        .corner_radius(theme::CORNER_LARGE)
        .inner_margin(Margin { left: 14, right: 12, top: 8, bottom: 8 })
        .outer_margin(Margin { left: 12, right: 12, top: 0, bottom: 4 });
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        head::head_ui(ui, window, at);
        fields::fields_ui(ui, window, at);
        if is_high {
            line::line_ui(ui, window, at);
        }
    });
}

fn act(window: &mut WindowContext<'_>, action: PastAction) {
    window.act(Action::Past(action));
}

/// "12 November, 08:30", with the year where it is another
pub(super) fn moment_in_words(window: &WindowContext<'_>, at: Timestamp) -> String {
    window.clock.day_and_time(at)
}
