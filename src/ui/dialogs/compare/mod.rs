//! Two versions of a file beside each other: what is known of each, and how they differ. A conflict is ended here.

mod columns;
mod lines;

pub(super) use lines::LinesUiState;

use super::frame::{DialogFrame, content_space, footer_ui, grab_focus, problem_line_ui};
use crate::ui::preview::{message_ui, still_preview_ui};
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, PushButton, paint_skeleton_row, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::comparison::{Comparison, Difference};
use coffer_model::working_copy::ConflictChoice;
use coffer_model::{AccountChoice, Problem};
use coffer_state::Action;
use coffer_state::action::{DialogAction, OpenFileAction};
use coffer_state::compare_dialog::CompareDialog;
use egui::{
    Align, Align2, Context, EventFilter, Id, Key, Layout, Modifiers, Rect, Response, Role, Sense, Ui,
    UiBuilder, WidgetInfo, vec2,
};
use egui_material_icons::icons;

/// Between both versions.
const GAP: f32 = 12.0;
const STRIP_HEIGHT: f32 = 34.0;
/// The height of the dialog without the versions themselves.
const OTHER_HEIGHT: f32 = 190.0;

fn area_id() -> Id {
    Id::unique("both versions")
}

pub(super) fn compare_ui(ctx: &Context, window: &mut WindowContext<'_>, compare: &CompareDialog) {
    step_keys(ctx, window);
    let space = content_space(ctx);
    let width = (space.x * 0.92).max(620.0).min(space.x.min(1280.0));
    let title = format!("Compare versions of {}", compare.name);
    let subtitle = match compare.conflict() {
        Some(_) => "The file was changed here and elsewhere. Both versions are kept until you choose.",
        None => "An earlier version beside the current one.",
    };
    let frame = DialogFrame { title: &title, subtitle, width, light: true };
    frame.show(ctx, window, |ui, window| {
        ui.spacing_mut().item_spacing.y = 8.0;
        let comparison = compare.comparison.value();
        if let Some(comparison) = comparison {
            let titles = titles(window, compare, comparison);
            columns::heads_ui(ui, window, comparison, &titles, GAP);
        }
        let problem = compare.comparison.problem();
        let room = space.y - OTHER_HEIGHT - if problem.is_some() { 70.0 } else { 0.0 };
        let size = vec2(ui.available_width(), room.clamp(80.0, 640.0));
        let (area, _) = ui.allocate_exact_size(size, Sense::hover());
        let response = area_ui(ui, window, area, &title);
        match comparison {
            Some(comparison) => difference_ui(ui, window, compare, comparison, &response),
            None if problem.is_none() => loading_ui(ui, area),
            None => {}
        }
        if let Some(problem) = problem {
            problem_ui(ui, window, problem);
        }
        buttons_ui(ui, window, compare);
    });
}

/// Takes the keyboard: arrows go from one difference to the next.
fn area_ui(ui: &Ui, window: &mut WindowContext<'_>, area: Rect, name: &str) -> Response {
    let response = ui.interact(area, area_id(), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, name));
    grab_focus(window, &response);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            window.act(Action::Dialog(DialogAction::Next));
        }
        if pressed(Key::ArrowUp) {
            window.act(Action::Dialog(DialogAction::Previous));
        }
    }
    response
}

/// These work wherever the keyboard is in the dialog.
fn step_keys(ctx: &Context, window: &mut WindowContext<'_>) {
    for (key, action) in [(Key::N, DialogAction::Next), (Key::P, DialogAction::Previous)] {
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            window.act(Action::Dialog(action));
        }
    }
}

fn titles(window: &WindowContext<'_>, compare: &CompareDialog, comparison: &Comparison) -> [&'static str; 2] {
    if compare.conflict().is_none() {
        return ["Earlier version", "Current version"];
    }
    comparison.versions.each_ref().map(|version| match window.state.session.choice {
        _ if version.is_on_this_computer => "On this computer",
        AccountChoice::Local => "In the account",
        AccountChoice::Dropbox { .. } | AccountChoice::CommandLine { .. } => "In Dropbox",
    })
}

fn loading_ui(ui: &Ui, area: Rect) {
    for side in columns::halves(area, GAP) {
        for index in 0..4 {
            let row =
                Rect::from_min_size(side.min + vec2(0.0, index as f32 * 44.0), vec2(side.width(), 40.0));
            if area.contains_rect(row) {
                paint_skeleton_row(ui.painter(), row, index, ui.palette());
            }
        }
    }
}

fn difference_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    compare: &CompareDialog,
    comparison: &std::sync::Arc<Comparison>,
    response: &Response,
) {
    let area = response.rect;
    match &comparison.difference {
        Difference::None => {
            message_ui(ui, icons::ICON_CHECK_CIRCLE, "Both versions have the same content", "", area);
        }
        Difference::Lines(lines) if lines.differences.is_empty() => {
            let detail = "Only the encoding or the line breaks differ.";
            message_ui(ui, icons::ICON_CHECK_CIRCLE, "Both texts have the same lines", detail, area);
        }
        Difference::Lines(lines) => {
            let (strip, space) = area.split_top_bottom_at_y(area.min.y + STRIP_HEIGHT);
            strip_ui(ui, window, compare, lines.own_lines, strip);
            let place = lines::LinesPlace { response, space, gap: GAP, current: compare.current };
            lines::lines_ui(ui, &mut window.ui_state.dialogs.compared_lines, comparison, lines, &place);
        }
        Difference::Previews(previews) => {
            for (index, (place, preview)) in columns::halves(area, GAP).into_iter().zip(previews).enumerate()
            {
                let name = &comparison.versions[index].name;
                still_preview_ui(ui, window, preview, name, area_id().with(index), place);
            }
        }
        Difference::Bytes { equal_bytes, is_long_text } => {
            let why = if *is_long_text { "The text is too large to compare line by line. " } else { "" };
            let where_from = match equal_bytes {
                Some(0) => "They differ from the first byte on.".to_owned(),
                Some(bytes) => format!("The first {} are the same.", format::exact_size(*bytes)),
                None => "They are too large to find the first byte that differs.".to_owned(),
            };
            let detail = format!("{why}{where_from}");
            message_ui(ui, icons::ICON_DIFFERENCE, "The contents differ", &detail, area);
        }
    }
}

/// Which difference it is of how many, and the buttons that go to others.
fn strip_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    compare: &CompareDialog,
    own_lines: [usize; 2],
    strip: Rect,
) {
    let count = compare.differences().len();
    let mut words = format!("Difference {} of {}", compare.current + 1, format::count(count as u64));
    let lines = own_lines.map(|lines| format::counted(lines, "line"));
    words = match own_lines {
        [0, _] => format!("{words} · {} added", lines[1]),
        [_, 0] => format!("{words} · {} removed", lines[0]),
        [_, added] => format!("{words} · {} removed, {} added", lines[0], format::count(added as u64)),
    };
    let label = ui.interact(strip, area_id().with("strip"), Sense::hover());
    label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
    let font = theme::tabular(theme::BODY_TEXT);
    let color = ui.palette().dimmed;
    let width = strip.width() - 80.0;
    paint_text(ui.painter(), Align2::LEFT_CENTER, strip.left_center(), width, &words, font, color);
    let layout = Layout::right_to_left(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(strip).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (icon, name, key, action) in [
            (icons::ICON_KEYBOARD_ARROW_DOWN, "Next difference", "N", DialogAction::Next),
            (icons::ICON_KEYBOARD_ARROW_UP, "Previous difference", "P", DialogAction::Previous),
        ] {
            let button = IconButton::new(icon, name).shortcut(key).enabled(count > 1).size(30.0, 20.0);
            if ui.add(button).clicked() {
                window.act(Action::Dialog(action));
            }
        }
    });
}

fn problem_ui(ui: &mut Ui, window: &mut WindowContext<'_>, problem: &Problem) {
    problem_line_ui(ui, problem);
    if ui.add(PushButton::link("Retry").height(26.0)).clicked() {
        window.act(Action::Dialog(DialogAction::CompareAgain));
    }
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, compare: &CompareDialog) {
    let Some(id) = compare.conflict() else {
        let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
            if ui.add(PushButton::quiet("Close")).clicked() {
                window.act(Action::CloseDialog);
            }
            if ui.add(PushButton::quiet("Back to versions")).clicked() {
                window.act(Action::Dialog(DialogAction::BackToVersions));
            }
        };
        return footer_ui(ui, window, buttons, |_, _| {});
    };
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if ui.add(PushButton::quiet("Close")).clicked() {
            window.act(Action::CloseDialog);
        }
        for (words, hint, keep) in [
            ("Keep both", "Both stay as files of their own", ConflictChoice::Both),
            ("Use theirs", "Your version is deleted, which can be undone", ConflictChoice::Theirs),
            ("Use mine", "Theirs stays as an earlier version", ConflictChoice::Mine),
        ] {
            if ui.add(PushButton::quiet(words).tooltip(hint)).clicked() {
                let action = OpenFileAction::Resolve(keep);
                window.act(Action::OpenFile { id: id.clone(), action });
            }
        }
    };
    footer_ui(ui, window, buttons, |ui, window| {
        if ui.add(PushButton::link("Show in folder")).clicked() {
            window.act(Action::OpenFile { id: id.clone(), action: OpenFileAction::Show });
        }
    });
}
