//! Two files beside each other, over the whole window: what is known of each, and how they differ. A conflict is ended
//! here. Lines are drawn in `lines`, Markdown in `blocks`, pictures in `pictures`, all else in `bytes`.

mod bar;
mod blocks;
mod bytes;
mod columns;
mod foot;
mod lines;
mod pictures;

use blocks::BlocksUiState;
use lines::LinesUiState;
use pictures::PicturesUiState;

use super::frame::{grab_focus, problem_line_ui};
use crate::ui::WindowContext;
use crate::ui::preview::message_ui;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{EmptyState, PushButton, empty_state_ui, paint_skeleton_row};
use coffer_model::comparison::{ComparedFiles, Comparison, Difference};
use coffer_model::comparison_view::{ComparisonView, LineLayout, PictureLayout};
use coffer_model::{AccountChoice, Problem, Recovery};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::compare_dialog::CompareDialog;
use coffer_texts::tr;
use egui::{
    Color32, Context, EventFilter, Frame, Id, Key, Modal, Modifiers, Rect, Response, Role, Sense, Ui,
    UiBuilder, WidgetInfo, vec2,
};
use egui_material_icons::icons;
use std::sync::Arc;

const BAR_HEIGHT: f32 = 52.0;
const FOOT_HEIGHT: f32 = 54.0;
const MARGIN: f32 = 12.0;

fn area_id() -> Id {
    Id::unique("both files")
}

/// What is kept of a comparison from one frame to the next.
#[derive(Default)]
pub(super) struct CompareUiState {
    lines: Option<LinesUiState>,
    blocks: Option<BlocksUiState>,
    pictures: Option<PicturesUiState>,
}

pub(super) fn compare_ui(ctx: &Context, window: &mut WindowContext<'_>, compare: &CompareDialog) {
    handle_keys(ctx, window, compare);
    let screen = ctx.content_rect();
    let palette = Palette::in_use(ctx);
    let id = Id::unique("comparison");
    let title = title(compare);
    let area = Modal::default_area(id).role(Role::Dialog).accessible_name(&title);
    let frame = Frame::NONE.fill(palette.surface_1);
    let modal = Modal::new(id).area(area).frame(frame).backdrop_color(Color32::TRANSPARENT);
    let shown = modal.show(ctx, |ui| {
        ui.set_min_size(screen.size());
        ui.set_max_size(screen.size());
        let (bar, rest) = screen.split_top_bottom_at_y(screen.min.y + BAR_HEIGHT);
        let (body, foot) = rest.split_top_bottom_at_y(rest.max.y - FOOT_HEIGHT);
        let line = vec2(bar.width() - 2.0 * MARGIN, theme::CONTROL_HEIGHT);
        ui.scope_builder(UiBuilder::new().max_rect(Rect::from_center_size(bar.center(), line)), |ui| {
            bar::bar_ui(ui, window, compare, &title);
        });
        body_ui(ui, window, compare, &title, body.shrink2(vec2(MARGIN, 0.0)));
        ui.painter().rect_filled(foot, 0.0, palette.surface_0);
        ui.scope_builder(UiBuilder::new().max_rect(foot.shrink2(vec2(MARGIN + 4.0, 10.0))), |ui| {
            foot::foot_ui(ui, window, compare);
        });
    });
    let escape = shown.is_top_modal
        && !shown.any_popup_open
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if escape {
        window.act(Action::CloseDialog);
    }
}

fn title(compare: &CompareDialog) -> String {
    let is_of_one_file = matches!(compare.files, ComparedFiles::Conflict(_)) || compare.versions().is_some();
    if is_of_one_file {
        tr!("compare-versions-of", name = compare.name)
    } else {
        tr!("compare-named", name = compare.name)
    }
}

fn body_ui(ui: &mut Ui, window: &mut WindowContext<'_>, compare: &CompareDialog, title: &str, body: Rect) {
    let mut area = body;
    let is_shown = compare.comparison.value().is_some();
    if let Some(problem) = compare.comparison.problem().filter(|_| is_shown) {
        let line = Rect::from_min_size(body.min, vec2(body.width(), 100.0));
        let used = ui.scope_builder(UiBuilder::new().max_rect(line), |ui| problem_ui(ui, window, problem));
        area.min.y = used.response.rect.max.y + 8.0;
    }
    if let Some(comparison) = compare.comparison.value() {
        let head = Rect::from_min_size(area.min, vec2(area.width(), columns::HEAD_HEIGHT));
        let gap = if is_text(comparison) { lines::GAP } else { pictures::GAP };
        columns::heads_ui(ui, window, compare, comparison, head, gap);
        area.min.y = head.max.y + 8.0;
    }
    area.max.y -= 8.0;
    let response = area_ui(ui, window, area, title);
    match compare.comparison.value() {
        Some(comparison) => difference_ui(ui, window, compare, comparison, &response),
        None => match compare.comparison.problem() {
            Some(problem) => failed_ui(ui, window, problem, area),
            None => loading_ui(ui, area),
        },
    }
}

/// Has the keyboard: arrows go from one difference to the next.
fn area_ui(ui: &Ui, window: &mut WindowContext<'_>, area: Rect, name: &str) -> Response {
    let response = ui.interact(area, area_id(), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, name));
    grab_focus(window, &response);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        // With Shift they select lines.
        let pressed =
            |key| ui.input_mut(|input| !input.modifiers.shift && input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            window.act(Action::Dialog(DialogAction::Next));
        }
        if pressed(Key::ArrowUp) {
            window.act(Action::Dialog(DialogAction::Previous));
        }
    }
    response
}

/// These work wherever the keyboard is in the dialog: to the next and the previous difference, and the layouts by their
/// numbers.
fn handle_keys(ctx: &Context, window: &mut WindowContext<'_>, compare: &CompareDialog) {
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, action) in [(Key::N, DialogAction::Next), (Key::P, DialogAction::Previous)] {
        if pressed(key) {
            window.act(Action::Dialog(action));
        }
    }
    let Some(comparison) = compare.comparison.value() else { return };
    let number = [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().position(pressed);
    let view = window.state.settings.comparison;
    if matches!(comparison.difference, Difference::Lines(_)) && pressed(Key::W) {
        let view = ComparisonView { ignores_space: !view.ignores_space, ..view };
        window.act(Action::Dialog(DialogAction::ViewComparison(view)));
    }
    let chosen = number.and_then(|number| match &comparison.difference {
        Difference::Lines(_) => {
            line_layouts().get(number).map(|&(lines, ..)| ComparisonView { lines, ..view })
        }
        Difference::Pictures(_) => {
            picture_layouts().get(number).map(|&(pictures, ..)| ComparisonView { pictures, ..view })
        }
        Difference::None | Difference::Bytes(_) => None,
    });
    if let Some(view) = chosen {
        window.act(Action::Dialog(DialogAction::ViewComparison(view)));
    }
}

/// With their names and what they do.
fn line_layouts() -> [(LineLayout, &'static str, &'static str); 2] {
    [
        (LineLayout::SideBySide, tr!("compare-side-by-side"), tr!("compare-texts-side-by-side")),
        (LineLayout::Unified, tr!("compare-unified"), tr!("compare-texts-unified")),
    ]
}

fn picture_layouts() -> [(PictureLayout, &'static str, &'static str); 4] {
    [
        (PictureLayout::SideBySide, tr!("compare-side-by-side"), tr!("compare-pictures-side-by-side")),
        (PictureLayout::Swipe, tr!("compare-swipe"), tr!("compare-pictures-swipe")),
        (PictureLayout::OnionSkin, tr!("compare-onion-skin"), tr!("compare-pictures-onion-skin")),
        (PictureLayout::Difference, tr!("compare-difference"), tr!("compare-pictures-difference")),
    ]
}

fn is_text(comparison: &Comparison) -> bool {
    matches!(&comparison.difference, Difference::Lines(lines) if !lines.differences.is_empty())
}

/// Where the files are, as far as that tells them apart.
fn titles(window: &WindowContext<'_>, compare: &CompareDialog, comparison: &Comparison) -> [String; 2] {
    match compare.versions() {
        Some(true) => return [tr!("compare-earlier"), tr!("version-current")].map(str::to_owned),
        Some(false) => return [tr!("compare-earlier"), tr!("compare-later")].map(str::to_owned),
        None => {}
    }
    let [first, second] = &comparison.versions;
    if first.is_on_this_computer == second.is_on_this_computer && first.name != second.name {
        return [first.name.clone(), second.name.clone()];
    }
    comparison.versions.each_ref().map(|version| {
        let place = match window.state.session.choice {
            _ if version.is_on_this_computer => tr!("conflicts-on-computer"),
            AccountChoice::Local => tr!("conflicts-in-account"),
            AccountChoice::Dropbox { .. } | AccountChoice::CommandLine { .. } => tr!("conflicts-in-dropbox"),
        };
        place.to_owned()
    })
}

fn loading_ui(ui: &Ui, area: Rect) {
    for side in columns::halves(area, pictures::GAP) {
        for index in 0..8 {
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
    comparison: &Arc<Comparison>,
    response: &Response,
) {
    let area = response.rect;
    match &comparison.difference {
        Difference::None => {
            message_ui(ui, icons::ICON_CHECK_CIRCLE, tr!("compare-same-content"), "", area);
        }
        Difference::Lines(lines) if lines.differences.is_empty() => {
            let detail = foot::formats_in_words(lines);
            let words = if window.state.settings.comparison.ignores_space {
                tr!("compare-same-but-space")
            } else {
                tr!("compare-same-lines")
            };
            message_ui(ui, icons::ICON_CHECK_CIRCLE, words, &detail, area);
        }
        Difference::Lines(lines) => {
            let view = window.state.settings.comparison;
            let delimiter = lines::table_delimiter(comparison, lines).filter(|_| view.is_rendered);
            let place =
                lines::LinesPlace { response, layout: view.lines, current: compare.current, delimiter };
            let ui_state = &mut window.ui_state.dialogs.compare;
            if view.is_rendered && blocks::can_show(comparison, lines) {
                blocks::blocks_ui(ui, &mut ui_state.blocks, comparison, lines, &place);
            } else {
                lines::lines_ui(ui, &mut ui_state.lines, comparison, lines, &place);
            }
        }
        Difference::Pictures(pictures) => {
            let titles = titles(window, compare, comparison);
            pictures::pictures_ui(ui, window, compare, comparison, pictures, &titles, response);
        }
        Difference::Bytes(bytes) => bytes::bytes_ui(ui, window, comparison, bytes, area),
    }
    if response.has_focus() && !is_text(comparison) {
        let ring = area.expand(2.0);
        let stroke = ui.palette().focus_ring();
        ui.painter().rect_stroke(ring, theme::CORNER, stroke, egui::StrokeKind::Inside);
    }
}

/// There is nothing to show, and why.
fn failed_ui(ui: &mut Ui, window: &mut WindowContext<'_>, problem: &Problem, area: Rect) {
    let is_offline = problem.recovery() == Recovery::Offline;
    let failed = EmptyState {
        icon: if is_offline { icons::ICON_CLOUD_OFF } else { icons::ICON_SYNC_PROBLEM },
        title: &problem.title,
        sentence: &problem.detail,
        button: Some(tr!("retry")),
    };
    let retry = ui.scope_builder(UiBuilder::new().max_rect(area), |ui| empty_state_ui(ui, &failed)).inner;
    if retry {
        window.act(Action::Dialog(DialogAction::CompareAgain));
    }
}

/// What is shown could not be compared once more.
fn problem_ui(ui: &mut Ui, window: &mut WindowContext<'_>, problem: &Problem) {
    problem_line_ui(ui, problem);
    if ui.add(PushButton::link(tr!("retry")).height(26.0)).clicked() {
        window.act(Action::Dialog(DialogAction::CompareAgain));
    }
}
