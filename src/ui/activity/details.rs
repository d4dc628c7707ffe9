//! The pane of details beside the activity: the selected operation with its items and what undoing it would do; without
//! one, what Undo would undo next.

use super::super::WindowContext;
use super::super::commands;
use super::super::format;
use super::super::theme::{self, UiPalette};
use super::super::widgets::{PushButton, elide_middle, paint_icon, paint_kind, paint_text, strong};
use super::{reverse_button, row, words};
use coffer_model::{FileKind, Operation, OperationItem, RemotePath};
use coffer_state::activity::ActivityAction;
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{Align2, Rect, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

const ROW: f32 = 30.0;
/// So many items are listed; who wants to see more of them shows their folder.
const LISTED: usize = 100;

pub fn details_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let state = window.state;
    match state.activity.selected() {
        Some(operation) => operation_ui(ui, window, operation),
        None => next_ui(ui, window),
    }
}

/// Nothing is selected: what the commands would do.
fn next_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let palette = ui.palette();
    ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
    let (stage, _) = ui.allocate_exact_size(vec2(ui.available_width(), 132.0), Sense::hover());
    ui.painter().rect_filled(stage, theme::CORNER, palette.surface_0);
    paint_icon(ui.painter(), stage.center(), icons::ICON_MANAGE_HISTORY, 64.0, palette.dimmed);
    ui.add_space(4.0);
    strong(ui, commands::label(Command::ShowActivity));
    ui.label(RichText::new(tr!("activity-about")).color(palette.dimmed));
    ui.add_space(4.0);
    for command in [Command::Undo, Command::Redo] {
        if !command.is_enabled(window.state) {
            continue;
        }
        let label = commands::label_now(command, window.state);
        let keys = commands::keys(command);
        let icon = if command == Command::Undo { icons::ICON_UNDO } else { icons::ICON_REDO };
        let words = fitting(ui, &label, ui.available_width() - 52.0);
        let button = PushButton::quiet(&words).icon(icon).tooltip(&keys).min_width(ui.available_width());
        if ui.add(button).clicked() {
            window.command(command);
        }
    }
}

/// Cut in the middle to a width.
fn fitting(ui: &Ui, text: &str, width: f32) -> String {
    let font = theme::medium(theme::BODY_TEXT);
    elide_middle(ui.painter(), text, &font, ui.palette().text, width).text().to_owned()
}

fn operation_ui(ui: &mut Ui, window: &mut WindowContext<'_>, operation: &Operation) {
    let palette = ui.palette();
    ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    row::kind_ui(ui, operation, pos2(head.min.x + 16.0, head.center().y), operation.undone.is_some());
    let time = window.clock.exact(operation.at);
    let at = pos2(head.min.x + 44.0, head.center().y);
    let font = theme::regular(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, head.width() - 44.0, &time, font, palette.dimmed);
    strong(ui, &words::sentence(window, operation));
    let place = words::place_and_amount(window, operation);
    ui.label(RichText::new(place).font(theme::regular(theme::SMALL_TEXT)).color(palette.dimmed));
    ui.add_space(4.0);
    buttons_ui(ui, window, operation);
    if let Some(problem) = &operation.problem {
        ui.add_space(4.0);
        ui.label(
            RichText::new(row::refusal(operation, problem))
                .font(theme::medium(theme::BODY_TEXT))
                .color(palette.warning),
        );
        ui.label(RichText::new(&problem.detail).color(palette.dimmed));
    }
    ui.add_space(6.0);
    let heading = match (operation.can_reverse, operation.undone.is_some()) {
        (false, _) => tr!("activity-heading-cannot"),
        (true, false) => tr!("activity-heading-undo"),
        (true, true) => tr!("activity-heading-redo"),
    };
    strong(ui, heading);
    ui.label(RichText::new(words::consequence(window, operation)).color(palette.dimmed));
    ui.add_space(6.0);
    items_ui(ui, window, operation);
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, operation: &Operation) {
    ui.horizontal(|ui| {
        let half = (ui.available_width() - 8.0) / 2.0;
        if operation.can_reverse {
            let button = if operation.undone.is_none() {
                PushButton::primary(tr!("activity-undo-this")).icon(icons::ICON_UNDO)
            } else {
                reverse_button(operation, tr!("activity-do-again"))
            };
            let enabled = !window.state.session.offline;
            if ui.add(button.enabled(enabled).min_width(half)).clicked() {
                window.act(Action::Activity(ActivityAction::Reverse(operation.id)));
            }
        }
        // The first takes more than its half where its words are long.
        let rest = ui.available_width();
        if ui.add(PushButton::quiet(tr!("toast-show")).min_width(half.min(rest))).clicked() {
            window.act(Action::Activity(ActivityAction::Show(operation.id)));
        }
    });
}

fn items_ui(ui: &mut Ui, window: &WindowContext<'_>, operation: &Operation) {
    let Some(listed) = window.state.activity.items.value() else { return };
    let shown = listed.items.len().min(LISTED);
    let more = operation.items.saturating_sub(shown as u64);
    let palette = ui.palette();
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(line.x_range(), line.center().y, (1.0, palette.line));
    let area = ScrollArea::vertical().id_salt("items of an operation").auto_shrink(false);
    let rows = shown + usize::from(more > 0);
    area.show_rows(ui, ROW - ui.spacing().item_spacing.y, rows, |ui, range| {
        for index in range {
            match listed.items.get(index).filter(|_| index < shown) {
                Some(item) => item_ui(ui, item),
                None => more_ui(ui, more),
            }
        }
    });
}

fn item_ui(ui: &mut Ui, item: &OperationItem) {
    let palette = ui.palette();
    let height = ROW - ui.spacing().item_spacing.y;
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let path = RemotePath::new(&item.path);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, path.name()));
    let middle = line.center().y;
    let square = Rect::from_center_size(pos2(line.min.x + 11.0, middle), Vec2::splat(20.0));
    paint_kind(ui.painter(), square, kind_of(&path, item.is_folder), palette);
    let size = item.bytes.map(format::size).unwrap_or_default();
    let font = theme::tabular(theme::SMALL_TEXT);
    let at = pos2(line.max.x, middle);
    let drawn = paint_text(ui.painter(), Align2::RIGHT_CENTER, at, 70.0, &size, font, palette.dimmed);
    let (left, font) = (line.min.x + 30.0, theme::regular(theme::BODY_TEXT));
    let name = elide_middle(ui.painter(), path.name(), &font, palette.text, drawn.min.x - left - 8.0);
    ui.painter().galley(pos2(left, middle - name.size().y / 2.0), name, palette.text);
}

fn more_ui(ui: &mut Ui, more: u64) {
    let palette = ui.palette();
    let words = tr!("and-more", count = more);
    let height = ROW - ui.spacing().item_spacing.y;
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let at = pos2(line.min.x + 30.0, line.center().y);
    let font = theme::regular(theme::BODY_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, line.width(), &words, font, palette.dimmed);
}

fn kind_of(path: &RemotePath, is_folder: bool) -> FileKind {
    if is_folder { FileKind::Folder } else { FileKind::from_name(path.name()) }
}
