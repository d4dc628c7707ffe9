//! The activity: what this program has done, by day. Only what is seen is drawn.

mod details;
mod lines;
mod row;
mod words;

pub use details::details_ui;
pub use lines::ActivityLines;

use super::WindowContext;
use super::scroll::scroll_ui;
use super::theme::{self, UiPalette};
use super::widgets::{
    CHOICE_HEIGHT, ChoiceOption, EmptyState, PushButton, TextField, choice_width, choice_within_ui,
    empty_state_ui, paint_icon, paint_text,
};
use coffer_model::OperationGroup;
use coffer_state::activity::ActivityAction;
use coffer_state::{Action, Command, Location, State, WindowEvent};
use coffer_texts::tr;
use egui::{Align, Align2, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;
use lines::ActivityLine;

/// From the edge of the content to the lines.
const SIDE: f32 = 16.0;
const HEAD: f32 = 46.0;
/// Below the last line, so that nothing hides under what floats there.
const BELOW: f64 = 12.0;
const SEARCH_WIDTH: f32 = 200.0;

/// The groups that can be chosen, in more or fewer words.
fn groups() -> [(&'static str, &'static str, Option<OperationGroup>); 6] {
    let moved = (tr!("activity-group-moved"), tr!("activity-group-moved-short"), Some(OperationGroup::Moved));
    let group = |word, group| (word, word, Some(group));
    [
        (tr!("all"), tr!("all"), None),
        group(tr!("activity-group-deleted"), OperationGroup::Deleted),
        moved,
        group(tr!("activity-group-uploaded"), OperationGroup::Uploaded),
        group(tr!("activity-group-restored"), OperationGroup::Restored),
        group(tr!("activity-group-links"), OperationGroup::Links),
    ]
}

/// Between the choice and the search.
const GAP: f32 = 16.0;

/// Whether the location that is shown is this one.
pub fn is_shown(state: &State) -> bool {
    matches!(state.navigation.current(), Location::Activity { .. })
}

pub fn activity_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let Location::Activity { text, group } = window.state.navigation.current().clone() else { return };
    head_ui(ui, window, &text, group);
    problem_ui(ui, window);
    let mut lines = std::mem::take(&mut window.ui_state.activity);
    lines.follow(&window.state.activity, window.clock);
    if lines.is_empty() {
        empty_ui(ui, window, &text, group);
    } else {
        lines_ui(ui, window, &lines);
    }
    window.ui_state.activity = lines;
}

fn lines_ui(ui: &mut Ui, window: &mut WindowContext<'_>, lines: &ActivityLines) {
    let height = lines.height() + BELOW;
    let selected = window.state.activity.selected.filter(|_| window.state.activity.reveal);
    let reveal = selected.and_then(|id| lines.place_of(id, window.state.activity.operations()));
    scroll_ui(ui, window, height, reveal.as_ref(), false, |ui, window, viewport| {
        let seen = viewport.offset..viewport.offset + f64::from(viewport.rect.height());
        let mut rows = 0;
        for (place, line) in lines.within(&seen) {
            let x = viewport.rect.x_range().shrink(SIDE - 4.0);
            let rect = Rect::from_x_y_ranges(x, viewport.y(place.start)..=viewport.y(place.end));
            match line {
                ActivityLine::Day { day, weekday } => row::day_ui(ui, day, weekday, rect),
                ActivityLine::Operation(index) => {
                    let state = window.state;
                    if let Some(operation) = state.activity.operations().get(*index) {
                        rows += 1;
                        row::operation_ui(ui, window, operation, rect);
                    }
                }
            }
        }
        window.emit(WindowEvent::Layout { columns: 1, page_lines: rows.max(1) });
        0.0
    });
}

/// What is listed: a group of operations, and those with some names.
fn head_ui(ui: &mut Ui, window: &mut WindowContext<'_>, text: &str, group: Option<OperationGroup>) {
    let width = ui.available_width() - 2.0 * SIDE;
    let groups = groups();
    let [long, short] = [
        groups.map(|(word, _, _)| ChoiceOption { word, enabled: true }),
        groups.map(|(_, short, _)| ChoiceOption { word: short, enabled: true }),
    ];
    let beside = SEARCH_WIDTH + GAP;
    let has_two_lines = choice_width(ui, &short) + beside > width;
    let room = if has_two_lines { width } else { width - beside };
    let words = if choice_width(ui, &long) <= room { long } else { short };
    let height = if has_two_lines { HEAD + CHOICE_HEIGHT + 4.0 } else { HEAD };
    let (_, head) = ui.allocate_space(vec2(ui.available_width(), height));
    let inner = head.shrink2(vec2(SIDE, 0.0));
    let line = inner.with_max_y(inner.min.y + HEAD);
    let builder = UiBuilder::new().max_rect(line).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        let chosen = groups.iter().position(|(_, _, of)| *of == group);
        if let Some(index) = choice_within_ui(ui, tr!("activity-which"), &words, chosen, room) {
            window.act(Action::Activity(ActivityAction::Filter(groups[index].2)));
        }
    });
    let place = if has_two_lines {
        let top = inner.min.y + HEAD - 4.0;
        inner.with_min_y(top).with_max_y(top + CHOICE_HEIGHT)
    } else {
        let middle = line.center().y;
        let half = CHOICE_HEIGHT / 2.0;
        line.with_min_x(line.max.x - SEARCH_WIDTH).with_min_y(middle - half).with_max_y(middle + half)
    };
    let mut typed = text.to_owned();
    let builder = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        let field = TextField::new(tr!("activity-search"), &mut typed)
            .hint(tr!("activity-search"))
            .icon(icons::ICON_SEARCH)
            .width(place.width())
            .height(place.height());
        if field.show(ui).changed() {
            window.act(Action::Activity(ActivityAction::Search(typed)));
        }
    });
}

/// Why not everything is here.
fn problem_ui(ui: &mut Ui, window: &WindowContext<'_>) {
    let Some(problem) = window.state.activity.problem() else { return };
    let palette = ui.palette();
    let (strip, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::hover());
    let text = format!("{}. {}", problem.title, problem.detail);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    response.on_hover_text(text);
    let card = strip.shrink2(vec2(SIDE - 4.0, 2.0));
    ui.painter().rect_filled(card, theme::CORNER, palette.surface_2);
    paint_icon(
        ui.painter(),
        pos2(card.min.x + 22.0, card.center().y),
        icons::ICON_WARNING,
        20.0,
        palette.warning,
    );
    let width = card.width() - 56.0;
    let at = pos2(card.min.x + 44.0, card.center().y - 9.0);
    let font = theme::medium(theme::BODY_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &problem.title, font, palette.text);
    let at = pos2(at.x, card.center().y + 10.0);
    let font = theme::regular(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &problem.detail, font, palette.dimmed);
}

fn empty_ui(ui: &mut Ui, window: &mut WindowContext<'_>, text: &str, group: Option<OperationGroup>) {
    let browser = &window.state.browser;
    if let Some(problem) = browser.listing.problem().cloned() {
        let empty_state = EmptyState {
            icon: icons::ICON_SYNC_PROBLEM,
            title: &problem.title,
            sentence: &problem.detail,
            button: Some(tr!("retry")),
        };
        if empty_state_ui(ui, &empty_state) {
            window.command(Command::Refresh);
        }
        return;
    }
    if browser.listing.is_pending() {
        return;
    }
    let title;
    let (title, sentence, button) = if !text.is_empty() {
        title = tr!("activity-none-with", text = text);
        (title.as_str(), tr!("activity-names-note"), Some(tr!("activity-show-all")))
    } else if group.is_some() {
        (tr!("activity-none-such"), tr!("activity-none-such-note"), Some(tr!("activity-show-all")))
    } else {
        (tr!("activity-none"), tr!("activity-none-note"), None)
    };
    if empty_state_ui(ui, &EmptyState { icon: icons::ICON_MANAGE_HISTORY, title, sentence, button }) {
        window.act(Action::Activity(ActivityAction::Search(String::new())));
        window.act(Action::Activity(ActivityAction::Filter(None)));
    }
}

/// "Undo" or "Redo" with its symbol.
fn reverse_button(operation: &coffer_model::Operation, words: &'static str) -> PushButton<'static> {
    let is_done = operation.undone.is_none();
    PushButton::quiet(words).icon(if is_done { icons::ICON_UNDO } else { icons::ICON_REDO })
}
