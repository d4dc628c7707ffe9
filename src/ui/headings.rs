//! The headings of the list: sorting by a click, another order of columns by dragging them, widths by dragging their edges.

use super::WindowContext;
use super::columns::{Columns, PADDING, SIDE, SIZE_GAP, column_text};
use super::entries::{self, ContentLines};
use super::theme::{self, UiPalette};
use super::ui_state::{MenuTarget, ViewPart};
use super::widgets::{paint_icon, paint_text};
use coffer_model::SortColumn;
use coffer_state::Action;
use coffer_texts::tr;
use egui::{
    Align2, Color32, CursorIcon, EventFilter, Key, Modifiers, Rangef, Rect, Response, Role, Sense, Ui,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;
use std::cmp::Reverse;

pub const HEADING_HEIGHT: f32 = 34.0;

/// Where a heading is: in which line, and from where to where in that.
#[derive(Clone, Copy)]
struct HeadingPlace {
    row: Rect,
    range: Rangef,
}

/// Draws the headings at the top of what is left of `ui`.
pub fn headings_ui(ui: &mut Ui, window: &mut WindowContext<'_>, lines: &ContentLines) {
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), HEADING_HEIGHT));
    let space = ui.interact(line, ui.scope_id().with("headings"), Sense::CLICK);
    offer_menu(ui, window, &space);
    let row = line.shrink2(vec2(SIDE, 0.0));
    let columns = Columns::from_state(window.state, row.width());
    let name = Rangef::new(PADDING - 8.0, columns.name.max);
    heading_ui(ui, window, HeadingPlace { row, range: name }, SortColumn::Name);
    for (range, text) in [(columns.folder, tr!("column-folder")), (columns.since, tr!("column-since"))] {
        let Some(range) = range else { continue };
        let at = pos2(row.min.x + range.min, row.center().y);
        let font = theme::medium(theme::SMALL_TEXT);
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, range.span(), text, font, ui.palette().dimmed);
    }
    for column in window.state.settings.columns.clone() {
        if let Some(range) = columns.range(column).filter(|_| column != SortColumn::Name) {
            let place = HeadingPlace { row, range };
            let response = heading_ui(ui, window, place, column);
            drag_ui(ui, window, &columns, place, column, &response);
            keys_ui(ui, window, &columns, column, &response);
            edge_ui(ui, window, lines, place, column);
        }
    }
}

fn name_of(column: SortColumn) -> &'static str {
    match column {
        SortColumn::Name => tr!("column-name"),
        SortColumn::Size => tr!("column-size"),
        SortColumn::Modified => tr!("column-modified"),
        SortColumn::Kind => tr!("column-kind"),
    }
}

fn offer_menu(ui: &Ui, window: &mut WindowContext<'_>, response: &Response) {
    if response.secondary_clicked() {
        entries::open_menu(ui, window, MenuTarget::View(ViewPart::Columns));
    }
}

fn heading_ui(ui: &Ui, window: &mut WindowContext<'_>, place: HeadingPlace, column: SortColumn) -> Response {
    let HeadingPlace { row, range } = place;
    let palette = ui.palette();
    let is_right_aligned = column == SortColumn::Size;
    let sort = window.state.shown_sort().filter(|sort| sort.column == column);
    let end = if is_right_aligned { range.max - SIZE_GAP } else { range.max - 8.0 };
    let rect = Rect::from_min_max(
        pos2(row.min.x + range.min, row.min.y + 4.0),
        pos2(row.min.x + end + 8.0, row.max.y - 4.0),
    );
    let sense = if column == SortColumn::Name { Sense::CLICK } else { Sense::CLICK | Sense::DRAG };
    let response = ui.interact(rect, ui.scope_id().with(column as usize), sense | Sense::FOCUSABLE);
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, name_of(column)));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if let Some(sort) = sort {
            node.set_sort_direction(if sort.descending {
                egui::accesskit::SortDirection::Descending
            } else {
                egui::accesskit::SortDirection::Ascending
            });
        }
    });
    // Lists with an order of their own are not sorted by a press.
    let sorts = window.state.shown_sort().is_some() || window.state.navigation.current().is_search();
    if (response.hovered() && sorts) || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, palette.hover());
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 6.0, palette.focus_ring(), egui::StrokeKind::Inside);
    }
    let is_dragged = window.ui_state.rows.heading_drag.is_some_and(|(dragged, _)| dragged == column);
    let color = if sort.is_some() { palette.text } else { palette.dimmed };
    let color = if is_dragged { color.gamma_multiply(0.4) } else { color };
    let font = theme::medium(theme::SMALL_TEXT);
    let (anchor, x) = match column {
        SortColumn::Size => (Align2::RIGHT_CENTER, rect.max.x - 8.0),
        SortColumn::Name => (Align2::LEFT_CENTER, rect.min.x + 8.0),
        SortColumn::Modified | SortColumn::Kind => (Align2::LEFT_CENTER, rect.min.x),
    };
    let at = pos2(x, rect.center().y);
    let words = paint_text(ui.painter(), anchor, at, rect.width() - 16.0, name_of(column), font, color);
    if let Some(sort) = sort {
        let icon = if sort.descending { icons::ICON_ARROW_DOWNWARD } else { icons::ICON_ARROW_UPWARD };
        let x = if is_right_aligned { words.min.x - 10.0 } else { words.max.x + 10.0 };
        paint_icon(ui.painter(), pos2(x, rect.center().y), icon, 14.0, color);
    }
    offer_menu(ui, window, &response);
    if response.clicked() {
        window.act(Action::SortBy(column));
    }
    response
}

/// A heading that is dragged puts its column elsewhere.
fn drag_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    columns: &Columns,
    place: HeadingPlace,
    column: SortColumn,
    response: &Response,
) {
    let HeadingPlace { row, range } = place;
    if response.drag_stopped() {
        if let Some((dragged, before)) = window.ui_state.rows.heading_drag.take() {
            window.act(Action::MoveColumn { column: dragged, before });
        }
        return;
    }
    let (true, Some(at), Some(moved)) =
        (response.dragged(), response.interact_pointer_pos(), response.total_drag_delta())
    else {
        return;
    };
    let shown = shown_columns(window, columns);
    let x = at.x - row.min.x;
    let next = shown.iter().find(|(_, range)| x < range.center());
    let before = match next {
        // On its own place, or just behind it, nothing moves.
        Some((next, _)) if *next == column => following(&shown, column),
        next => next.map(|(next, _)| *next),
    };
    window.ui_state.rows.heading_drag = Some((column, before));

    let palette = ui.palette();
    let painter = ui.painter();
    ui.set_cursor_icon(CursorIcon::Grabbing);
    let edge = shown.iter().find(|(shown, _)| Some(*shown) == before).map(|(_, range)| range.min);
    let edge = edge.or_else(|| shown.last().map(|(_, range)| range.max)).unwrap_or(range.min);
    let center = pos2(row.min.x + range.center() + moved.x, row.center().y);
    let label = Rect::from_center_size(center, vec2(range.span().min(110.0), row.height() - 8.0));
    painter.add(palette.soft_shadow().as_shape(label, theme::CORNER));
    painter.rect_filled(label, theme::CORNER, palette.surface_raised);
    let font = theme::medium(theme::SMALL_TEXT);
    paint_text(painter, Align2::CENTER_CENTER, center, label.width(), name_of(column), font, palette.text);
    // Where it would stand; over the heading, which would hide it.
    painter.vline(row.min.x + edge - 6.0, row.y_range().shrink(6.0), (2.0, palette.accent));
}

/// Shift and an arrow move the column whose heading has the keyboard.
fn keys_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    columns: &Columns,
    column: SortColumn,
    response: &Response,
) {
    if !response.has_focus() {
        return;
    }
    let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: false, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keys));
    let (left, right) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::SHIFT, Key::ArrowLeft),
            input.consume_key(Modifiers::SHIFT, Key::ArrowRight),
        )
    });
    let shown = shown_columns(window, columns);
    let Some(index) = shown.iter().position(|(shown, _)| *shown == column) else { return };
    if left && index > 0 {
        window.act(Action::MoveColumn { column, before: Some(shown[index - 1].0) });
    } else if right && index + 1 < shown.len() {
        window.act(Action::MoveColumn { column, before: shown.get(index + 2).map(|(next, _)| *next) });
    }
}

/// The columns that can be seen beside the name, from left to right.
fn shown_columns(window: &WindowContext<'_>, columns: &Columns) -> Vec<(SortColumn, Rangef)> {
    let chosen = window.state.settings.columns.iter().filter(|column| **column != SortColumn::Name);
    chosen.filter_map(|column| Some((*column, columns.range(*column)?))).collect()
}

fn following(shown: &[(SortColumn, Rangef)], column: SortColumn) -> Option<SortColumn> {
    let index = shown.iter().position(|(shown, _)| *shown == column)?;
    shown.get(index + 1).map(|(next, _)| *next)
}

/// The left edge of a column can be dragged; the name takes what is left. A double click fits it to what it says.
fn edge_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    lines: &ContentLines,
    place: HeadingPlace,
    column: SortColumn,
) {
    let HeadingPlace { row, range } = place;
    let palette = ui.palette();
    let x = row.min.x + range.min - 6.0;
    let rect = Rect::from_min_max(pos2(x - 4.0, row.min.y), pos2(x + 4.0, row.max.y));
    let response = ui
        .interact(rect, ui.scope_id().with(("edge", column as usize)), Sense::CLICK | Sense::DRAG)
        .on_hover_and_drag_cursor(CursorIcon::ResizeColumn);
    let name = name_of(column);
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, tr!("column-width", name = name)));
    if response.drag_started() {
        window.ui_state.rows.column_drag = Some(range.span());
    }
    if let (true, Some(begin), Some(moved)) =
        (response.dragged(), window.ui_state.rows.column_drag, response.total_drag_delta())
    {
        let width = (begin - moved.x).min((row.width() * 0.5).max(64.0)).round();
        window.act(Action::SetColumnWidth(column, width));
    }
    if response.double_clicked() {
        let width = fitting_width(ui, window, lines, column);
        window.act(Action::SetColumnWidth(column, width));
    }
    if response.hovered() || response.dragged() {
        ui.painter().vline(x, rect.y_range().shrink(8.0), (1.5, palette.accent));
    }
}

/// How wide a column has to be for what it says of the rows in sight and of those around them.
fn fitting_width(ui: &Ui, window: &WindowContext<'_>, lines: &ContentLines, column: SortColumn) -> f32 {
    /// More rows would take longer than a frame.
    const ROWS: usize = 2_000;
    /// The widest text is among those with the most letters.
    const MEASURED: usize = 40;
    let entries = &lines.listing.entries;
    let row_height = theme::row_height(window.state.settings.row_height);
    let first = (window.state.browser.scroll_top / row_height).max(0.0) as usize;
    let first = first.min(entries.len().saturating_sub(ROWS));
    let mut texts: Vec<String> =
        entries[first..].iter().take(ROWS).map(|entry| column_text(window, entry, column)).collect();
    texts.sort_unstable_by_key(|text| Reverse(text.chars().count()));
    texts.dedup();
    let font = if column == SortColumn::Size { theme::tabular(13.0) } else { theme::regular(13.0) };
    let width_of =
        |text: String, font| ui.painter().layout_no_wrap(text, font, Color32::PLACEHOLDER).size().x;
    let widest =
        texts.into_iter().take(MEASURED).map(|text| width_of(text, font.clone())).fold(0.0, f32::max);
    // The heading with its arrow is seen as well.
    let heading = width_of(name_of(column).to_owned(), theme::medium(theme::SMALL_TEXT)) + 20.0;
    let gap = if column == SortColumn::Size { SIZE_GAP + 8.0 } else { 12.0 };
    (widest.max(heading) + gap).ceil()
}
