//! One line of the feed.

use super::super::WindowContext;
use super::super::entries::content_id;
use super::super::theme::{self, UiPalette};
use super::super::widgets::{PushButton, elide_middle, paint_icon, paint_kind, paint_text};
use super::lines::{ChangeLine, FolderChanges, LineKey};
use super::words;
use coffer_model::{ChangeKind, Entry, EntryKind, FileKind, LoggedChange};
use coffer_state::Action;
use coffer_state::changes::ChangeAction;
use coffer_texts::tr;
use egui::{
    Align, Align2, Id, Layout, Rect, Response, Role, Sense, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
};
use egui_material_icons::{MaterialIcon, icons};

pub(super) const HEIGHT: f32 = 44.0;
const INDENT: f32 = 28.0;
const TIME_WIDTH: f32 = 52.0;

pub(super) fn line_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    line: &ChangeLine,
    row: Rect,
    has_cursor: bool,
) {
    if has_cursor {
        ui.painter().rect_filled(row, theme::CORNER, ui.palette().selection());
        ui.painter().rect_stroke(row, theme::CORNER, ui.palette().focus_ring(), StrokeKind::Inside);
        if let Some(key) = line.key() {
            let id = id_of(key).accesskit_id();
            ui.ctx().accesskit_node_builder(content_id(), |node| node.set_active_descendant(id));
        }
    }
    match line {
        ChangeLine::Day(day) => day_ui(ui, day, row),
        ChangeLine::Group(group) => group_ui(ui, window, group, row),
        ChangeLine::Further(group) => further_ui(ui, group, row),
        ChangeLine::Change { number, in_group } => {
            let state = window.state;
            if let Some(change) = state.changes.change(*number) {
                change_ui(ui, window, change, *in_group, row);
            }
        }
    }
}

fn id_of(key: LineKey) -> Id {
    match key {
        LineKey::Group(group) => Id::unique("change group").with(group),
        LineKey::Change(number) => Id::unique("change").with(number),
    }
}

fn day_ui(ui: &Ui, day: &str, row: Rect) {
    let response = ui.interact(row, Id::unique("change day").with(day), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, day));
    let font = theme::semibold(theme::BODY_TEXT);
    let at = pos2(row.min.x + 2.0, row.max.y - 14.0);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, row.width(), day, font, ui.palette().text);
}

fn group_ui(ui: &mut Ui, window: &mut WindowContext<'_>, group: &FolderChanges, row: Rect) {
    let title = words::group_title(window, group);
    let id = id_of(LineKey::Group(group.key()));
    let response = ui.interact(row, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, group.unfolded, &title));
    paint_background(ui, &response, row);
    let palette = ui.palette();
    let chevron = if group.unfolded { icons::ICON_EXPAND_MORE } else { icons::ICON_CHEVRON_RIGHT };
    paint_icon(ui.painter(), pos2(row.min.x + 14.0, row.center().y), chevron, 18.0, palette.dimmed);
    kind_ui(ui, group.kind, row.min.x + 40.0, row.center().y);
    let latest = group.numbers.first().and_then(|number| window.state.changes.change(*number));
    let right = time_ui(ui, window, latest, row);
    let restored = group.is_restorable().then(|| ChangeAction::Restore(group.numbers.clone()));
    let button = restored.map(|action| (tr!("restore-all"), action));
    let right = button_ui(ui, window, button, id, row, right);
    let detail = latest.and_then(|change| words::maker(window, change)).unwrap_or_default();
    texts_ui(ui, row, row.min.x + 60.0..right, &title, &detail);
    if response.clicked() {
        let action = ChangeAction::Unfold { group: group.key(), unfold: !group.unfolded };
        window.act(Action::Changes(action));
    }
}

/// Says that the group has more.
fn further_ui(ui: &Ui, group: &FolderChanges, row: Rect) {
    let words = match group.kind {
        ChangeKind::Deleted => tr!("changes-further-deleted", count = group.further),
        ChangeKind::Added | ChangeKind::Edited | ChangeKind::Moved => {
            tr!("changes-further", count = group.further)
        }
    };
    let response = ui.interact(row, id_of(LineKey::Group(group.key())).with("further"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let at = pos2(row.min.x + INDENT + 60.0, row.center().y);
    let (width, font) = (row.max.x - at.x - 8.0, theme::regular(theme::SMALL_TEXT));
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &words, font, ui.palette().dimmed);
}

fn change_ui(ui: &mut Ui, window: &mut WindowContext<'_>, change: &LoggedChange, in_group: bool, row: Rect) {
    let mut detail = words::change_detail(window, change, in_group);
    if let Some(who) = words::maker(window, change).filter(|_| !in_group) {
        detail = format!("{detail}, {who}");
    }
    let id = id_of(LineKey::Change(change.number));
    let response = ui.interact(row, id, Sense::CLICK);
    let name = format!("{}, {detail}", change.path.name());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &name));
    paint_background(ui, &response, row);
    let left = row.min.x + if in_group { INDENT } else { 0.0 };
    let palette = ui.palette();
    let square = Rect::from_center_size(pos2(left + 14.0, row.center().y), Vec2::splat(22.0));
    paint_kind(ui.painter(), square, file_kind(change), palette);
    kind_ui(ui, change.kind, left + 40.0, row.center().y);
    let button = match change.kind {
        ChangeKind::Deleted => Some((tr!("command-undelete"), ChangeAction::Restore(vec![change.number]))),
        ChangeKind::Edited if change.old_rev.is_some() => {
            Some((tr!("change-show-before"), ChangeAction::ShowVersionBefore(change.number)))
        }
        _ => None,
    };
    let right = time_ui(ui, window, Some(change), row);
    let right = button_ui(ui, window, button, id, row, right);
    texts_ui(ui, row, left + 60.0..right, change.path.name(), &detail);
    if response.clicked() {
        window.act(Action::Changes(ChangeAction::GoTo(change.number)));
    }
}

fn file_kind(change: &LoggedChange) -> FileKind {
    if change.is_folder {
        return FileKind::Folder;
    }
    let kind = EntryKind::Deleted(coffer_model::DeletedKind::Unknown);
    Entry::new(change.path.clone(), kind).file_kind()
}

fn paint_background(ui: &Ui, response: &Response, row: Rect) {
    if response.hovered() {
        ui.painter().rect_filled(row, theme::CORNER, ui.palette().hover());
    }
}

/// What happened, as a small symbol.
fn kind_ui(ui: &Ui, kind: ChangeKind, x: f32, y: f32) {
    let palette = ui.palette();
    let (icon, color): (MaterialIcon, _) = match kind {
        ChangeKind::Added => (icons::ICON_ADD, palette.added),
        ChangeKind::Edited => (icons::ICON_EDIT, palette.accent),
        ChangeKind::Moved => (icons::ICON_ARROW_FORWARD, palette.dimmed),
        ChangeKind::Deleted => (icons::ICON_DELETE, palette.danger),
    };
    paint_icon(ui.painter(), pos2(x, y), icon, 17.0, color);
}

/// Draws the button at the right; answers where it begins.
fn button_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    button: Option<(&str, ChangeAction)>,
    id: Id,
    row: Rect,
    right: f32,
) -> f32 {
    let Some((words, action)) = button else { return right };
    let builder = UiBuilder::new()
        .id_salt(id.with("button"))
        .max_rect(row.with_max_x(right))
        .layout(Layout::right_to_left(Align::Center));
    let enabled = !window.state.session.offline;
    let response = ui.scope_builder(builder, |ui| ui.add(PushButton::link(words).enabled(enabled))).inner;
    if response.clicked() {
        window.act(Action::Changes(action));
    }
    response.rect.min.x - 8.0
}

/// The last column; answers where it begins.
fn time_ui(ui: &Ui, window: &WindowContext<'_>, change: Option<&LoggedChange>, row: Rect) -> f32 {
    let right = row.max.x - 8.0;
    if let Some(change) = change {
        let (words, font) = (window.clock.time_of_day(change.seen), theme::tabular(theme::SMALL_TEXT));
        let at = pos2(right, row.center().y);
        paint_text(ui.painter(), Align2::RIGHT_CENTER, at, TIME_WIDTH, &words, font, ui.palette().dimmed);
    }
    right - TIME_WIDTH
}

/// A title, and what is below it, if anything.
fn texts_ui(ui: &Ui, row: Rect, x: std::ops::Range<f32>, title: &str, detail: &str) {
    let palette = ui.palette();
    let width = x.end - x.start - 12.0;
    let title = elide_middle(ui.painter(), title, &theme::medium(theme::BODY_TEXT), palette.text, width);
    let middle = if detail.is_empty() { row.center().y } else { row.center().y - 9.0 };
    ui.painter().galley(pos2(x.start, middle - title.size().y / 2.0), title, palette.text);
    let at = pos2(x.start, row.center().y + 10.0);
    let font = theme::regular(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, detail, font, palette.dimmed);
}
