//! One line of the activity: a day, or an operation with the card that says why its undo was refused.

use super::super::WindowContext;
use super::super::theme::{self, UiPalette};
use super::super::widgets::{PushButton, paint_icon, paint_text};
use super::{lines, reverse_button, words};
use coffer_model::{Operation, OperationKind, Problem};
use coffer_state::Action;
use coffer_state::activity::ActivityAction;
use coffer_texts::tr;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Align2, Color32, Id, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2,
};
use egui_material_icons::{MaterialIcon, icons};

const ICON: f32 = 32.0;
const TEXT_LEFT: f32 = 54.0;
const TIME_WIDTH: f32 = 44.0;
/// Between its buttons.
const GAP: f32 = 6.0;

pub(super) fn day_ui(ui: &Ui, day: &str, weekday: &str, row: Rect) {
    let response = ui.interact(row, Id::unique("activity day").with(weekday), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, day));
    let palette = ui.palette();
    let at = pos2(row.min.x + 12.0, row.max.y - 14.0);
    let font = theme::semibold(theme::BODY_TEXT);
    let drawn = paint_text(ui.painter(), Align2::LEFT_CENTER, at, row.width(), day, font, palette.text);
    let at = pos2(drawn.max.x + 8.0, at.y);
    let width = row.max.x - at.x - 8.0;
    let font = theme::regular(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, weekday, font, palette.dimmed);
}

pub(super) fn operation_ui(ui: &mut Ui, window: &mut WindowContext<'_>, operation: &Operation, place: Rect) {
    let row = place.with_max_y(place.min.y + lines::ROW_HEIGHT as f32).shrink2(Vec2::new(0.0, 1.0));
    let id = Id::unique("operation").with(operation.id.0);
    // The list is one stop for the Tab key; arrows move inside it.
    let response = ui.interact(row, id, Sense::CLICK);
    let is_selected = window.state.activity.selected == Some(operation.id);
    let detail = words::place_and_amount(window, operation);
    let sentence = words::sentence(window, operation);
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListItem, true, is_selected, format!("{sentence}, {detail}"))
    });
    let palette = ui.palette();
    if is_selected {
        ui.painter().rect_filled(row, theme::CORNER, palette.selection());
        ui.painter().rect_stroke(row, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    } else if response.contains_pointer() {
        ui.painter().rect_filled(row, theme::CORNER, palette.hover());
    }
    let is_undone = operation.undone.is_some();
    kind_ui(ui, operation, pos2(row.min.x + 26.0, row.center().y), is_undone);
    let time = window.clock.time_of_day(operation.at);
    let right = row.max.x - 12.0;
    let font = theme::tabular(theme::SMALL_TEXT);
    let at = pos2(right, row.center().y);
    paint_text(ui.painter(), Align2::RIGHT_CENTER, at, TIME_WIDTH, &time, font, palette.dimmed);
    let mut right = right - TIME_WIDTH;
    if is_selected || response.contains_pointer() || (is_undone && operation.can_reverse) {
        let shows_all = is_selected || response.contains_pointer();
        right = buttons_ui(ui, window, operation, row.with_max_x(right), id, shows_all);
    }
    let width = right - row.min.x - TEXT_LEFT - 12.0;
    title_ui(
        ui,
        &words::title(window, operation),
        pos2(row.min.x + TEXT_LEFT, row.center().y - 9.0),
        width,
        is_undone,
    );
    let at = pos2(row.min.x + TEXT_LEFT, row.center().y + 10.0);
    let font = theme::regular(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &detail, font, palette.dimmed);
    if response.double_clicked() {
        window.act(Action::Activity(ActivityAction::Show(operation.id)));
    } else if response.clicked() {
        window.act(Action::Activity(ActivityAction::Select(operation.id)));
    }
    if let Some(problem) = &operation.problem {
        let card =
            place.with_min_y(row.max.y + 2.0).with_min_x(row.min.x + TEXT_LEFT).shrink2(Vec2::new(0.0, 2.0));
        refusal_ui(ui, operation, problem, card);
    }
}

/// Draws the buttons at the right; answers where they begin.
fn buttons_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    operation: &Operation,
    place: Rect,
    id: Id,
    shows_all: bool,
) -> f32 {
    let words = if operation.undone.is_none() { tr!("command-undo") } else { tr!("command-redo") };
    let show = shows_all.then(|| PushButton::quiet(tr!("toast-show")).height(28.0));
    let reverse = reverse_button(operation, words).height(28.0).enabled(!window.state.session.offline);
    let reverse = operation.can_reverse.then_some(reverse);
    let width: f32 = [&show, &reverse].into_iter().flatten().map(|button| button.width(ui) + GAP).sum();
    let left = place.max.x - width + GAP;

    let builder = UiBuilder::new()
        .id_salt(id.with("buttons"))
        .max_rect(place.with_min_x(left))
        .layout(Layout::left_to_right(Align::Center));
    let ui = &mut ui.new_child(builder);
    ui.spacing_mut().item_spacing.x = GAP;
    if show.is_some_and(|button| ui.add(button).clicked()) {
        window.act(Action::Activity(ActivityAction::Show(operation.id)));
    }
    if reverse.is_some_and(|button| ui.add(button).clicked()) {
        window.act(Action::Activity(ActivityAction::Reverse(operation.id)));
    }
    left
}

/// One line, cut at its end, with its weights; struck through where it was undone.
fn title_ui(ui: &Ui, parts: &[words::SentencePart], at: egui::Pos2, width: f32, is_undone: bool) {
    let palette = ui.palette();
    let color = if is_undone { palette.dimmed } else { palette.text };
    let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(width.max(0.0)), ..LayoutJob::default() };
    for (text, is_strong) in parts {
        let font_id =
            if *is_strong { theme::semibold(theme::BODY_TEXT) } else { theme::regular(theme::BODY_TEXT) };
        let strikethrough = if is_undone { Stroke::new(1.0, color) } else { Stroke::NONE };
        job.append(text, 0.0, TextFormat { font_id, color, strikethrough, ..TextFormat::default() });
    }
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(at.x, at.y - galley.size().y / 2.0), galley, color);
}

/// What was done, as a symbol on a square in its colour.
pub(super) fn kind_ui(ui: &Ui, operation: &Operation, center: egui::Pos2, is_undone: bool) {
    let palette = ui.palette();
    let (icon, color): (MaterialIcon, Color32) = match operation.kind {
        OperationKind::CreateFolder => (icons::ICON_CREATE_NEW_FOLDER, palette.incoming),
        OperationKind::Delete => (icons::ICON_DELETE, palette.danger),
        OperationKind::Move => (icons::ICON_DRIVE_FILE_MOVE, palette.incoming),
        OperationKind::Rename => (icons::ICON_EDIT, palette.incoming),
        OperationKind::Copy => (icons::ICON_CONTENT_COPY, palette.incoming),
        OperationKind::Upload | OperationKind::UploadVersion => (icons::ICON_UPLOAD, palette.accent),
        OperationKind::RestoreVersion => (icons::ICON_HISTORY, palette.accent),
        OperationKind::BringBack => (icons::ICON_RESTORE, palette.accent),
        OperationKind::Undelete => (icons::ICON_RESTORE_FROM_TRASH, palette.accent),
        OperationKind::CreateLink | OperationKind::ChangeLink => (icons::ICON_LINK, palette.incoming),
        OperationKind::RevokeLink => (icons::ICON_LINK_OFF, palette.incoming),
        OperationKind::AddSharedFolder => (icons::ICON_FOLDER_SHARED, palette.incoming),
        OperationKind::RemoveSharedFolder => (icons::ICON_FOLDER_OFF, palette.danger),
    };
    let fade = if is_undone { 0.45 } else { 1.0 };
    let square = Rect::from_center_size(center, Vec2::splat(ICON));
    ui.painter().rect_filled(square, theme::CORNER, color.gamma_multiply(0.12 * fade));
    paint_icon(ui.painter(), center, icon, 18.0, color.gamma_multiply(fade));
}

/// Why the undo was refused.
fn refusal_ui(ui: &Ui, operation: &Operation, problem: &Problem, card: Rect) {
    let palette = ui.palette();
    let title = refusal(operation, problem);
    let response = ui.interact(card, Id::unique("refusal").with(operation.id.0), Sense::hover());
    let text = format!("{title}. {}", problem.detail);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    response.on_hover_text(text);
    ui.painter().rect_filled(card, theme::CORNER, palette.warning.gamma_multiply(0.1));
    let middle = card.center().y;
    paint_icon(ui.painter(), pos2(card.min.x + 22.0, middle), icons::ICON_ERROR, 20.0, palette.warning);
    let (x, width) = (card.min.x + 44.0, card.width() - 56.0);
    let font = theme::semibold(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, pos2(x, middle - 9.0), width, &title, font, palette.text);
    let font = theme::regular(theme::SMALL_TEXT);
    let at = pos2(x, middle + 9.0);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &problem.detail, font, palette.dimmed);
}

/// "Not undone: “Budget.csv” could not be moved back"
pub(super) fn refusal(operation: &Operation, problem: &Problem) -> String {
    if operation.undone.is_some() {
        tr!("activity-partly-undone", problem = problem.title)
    } else {
        tr!("activity-not-undone", problem = problem.title)
    }
}
