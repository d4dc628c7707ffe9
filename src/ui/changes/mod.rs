//! What has changed, by day and folder. Only what is seen is drawn.

mod keyboard;
mod line_row;
mod lines;
mod words;

pub use lines::ChangeLines;

use super::entries::content_has_keys;
use super::scroll::scroll_ui;
use super::theme::{self, UiPalette};
use super::widgets::{ChoiceOption, EmptyState, PushButton, choice_ui, empty_state_ui};
use super::{WindowContext, duplicates};
use coffer_state::changes::{ChangeAction, ChangeSpan};
use coffer_state::{Action, Location, State};
use coffer_texts::tr;
use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, vec2};
use egui_material_icons::icons;

/// From the edge of the content to the lines.
const SIDE: f32 = 16.0;
const HEAD: f32 = 46.0;
/// Below the last line, so that nothing hides under what floats there.
const BELOW: f64 = 12.0;

/// Whether the location that is shown is this one.
pub fn is_shown(state: &State) -> bool {
    *state.navigation.current() == Location::Changes
}

pub fn changes_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    head_ui(ui, window);
    let mut lines = std::mem::take(&mut window.ui_state.changes);
    lines.follow(&window.state.changes, window.clock);
    if lines.is_empty() {
        let incomplete = duplicates::incomplete(window.state);
        let (title, sentence) = match window.state.changes.span {
            _ if incomplete.is_some() => (tr!("changes-none"), tr!("changes-none-incomplete")),
            ChangeSpan::All => (tr!("changes-none"), tr!("changes-none-note")),
            ChangeSpan::SinceYesterday => (tr!("changes-none-since-yesterday"), tr!("changes-older")),
            ChangeSpan::SinceLooked => (tr!("changes-none-since-looked"), tr!("changes-older")),
        };
        empty_state_ui(ui, &EmptyState { icon: icons::ICON_UPDATE, title, sentence, button: None });
    } else {
        let line_height = f64::from(line_row::HEIGHT);
        let height = line_height * lines.len() as f64 + BELOW;
        let has_keys = content_has_keys(ui.ctx(), window.state);
        let page = (f64::from(ui.available_height()) / line_height).floor().max(1.0) as usize;
        let moved = has_keys.then(|| keyboard::keyboard_ui(ui, window, &mut lines, page)).flatten();
        // With the heading above it.
        let reveal =
            moved.map(|line| line_height * line.saturating_sub(1) as f64..line_height * (line + 1) as f64);
        let cursor = lines.cursor.filter(|_| has_keys);
        scroll_ui(ui, window, height, reveal.as_ref(), false, |ui, window, viewport| {
            for index in viewport.lines(line_height, lines.len()) {
                let top = viewport.y(line_height * index as f64);
                let x = viewport.rect.x_range().shrink(SIDE);
                let row = Rect::from_x_y_ranges(x, top..=top + line_row::HEIGHT);
                let line = lines.get(index);
                let has_cursor = cursor.is_some() && line.key() == cursor;
                line_row::line_ui(ui, window, line, row, has_cursor);
            }
            0.0
        });
    }
    window.ui_state.changes = lines;
}

fn head_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let spans = [
        (tr!("all"), ChangeSpan::All),
        (tr!("changes-since-yesterday"), ChangeSpan::SinceYesterday),
        (tr!("changes-since-looked"), ChangeSpan::SinceLooked),
    ];
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), HEAD));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(line.shrink2(vec2(SIDE, 0.0))).layout(layout), |ui| {
        let feed = &window.state.changes;
        let words = spans.map(|(word, span)| ChoiceOption {
            word,
            enabled: span != ChangeSpan::SinceLooked || feed.looked.is_some(),
        });
        let chosen = spans.iter().position(|(_, span)| *span == feed.span);
        if let Some(index) = choice_ui(ui, tr!("changes-which"), &words, chosen) {
            window.act(Action::Changes(ChangeAction::Show(spans[index].1)));
        }
        if let (ChangeSpan::SinceLooked, Some(looked)) =
            (window.state.changes.span, window.state.changes.looked)
        {
            ui.add_space(12.0);
            let words = RichText::new(window.clock.moment(looked)).font(theme::regular(theme::SMALL_TEXT));
            let color = ui.palette().dimmed;
            ui.add(egui::Label::new(words.color(color)).truncate());
        }
        if !window.state.news.is_empty() {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(PushButton::link(tr!("changes-mark-seen"))).clicked() {
                    window.act(Action::Changes(ChangeAction::MarkAllSeen));
                }
            });
        }
    });
}
