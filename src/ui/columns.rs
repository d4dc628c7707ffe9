//! The columns of the list: where they stand, their headings, sorting by a click, widths by dragging.

use super::WindowContext;
use super::theme::{self, UiPalette};
use super::widgets::{paint_icon, paint_text};
use coffer_model::SortColumn;
use coffer_model::settings::ColumnWidths;
use coffer_state::{Action, Location, State};
use egui::{Align2, CursorIcon, Rangef, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

/// Left and right of the rows; inside a row before its picture; from there to the name.
pub const SIDE: f32 = 12.0;
pub const PADDING: f32 = 12.0;
pub const NAME_AT: f32 = 48.0;

/// The height of the headings.
pub const HEADING_HEIGHT: f32 = 34.0;

/// Where each column stands, from the left edge of a row. `None`: there is no room for it, or nothing to say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    pub name: Rangef,
    /// The folder of an item, in lists gathered from the whole account.
    pub folder: Option<Rangef>,
    /// What has become of an item, where it is shown as it was.
    pub since: Option<Rangef>,
    pub size: Option<Rangef>,
    pub modified: Option<Rangef>,
    pub kind: Option<Rangef>,
}

impl Columns {
    pub fn from_state(state: &State, width: f32) -> Self {
        Self::arrange(width, &state.settings.column_widths, state.navigation.current())
    }

    fn arrange(width: f32, widths: &ColumnWidths, location: &Location) -> Self {
        const LEAST_NAME: f32 = 150.0;
        /// "12 Nov 2025" and "960 KB" still fit.
        const LEAST_MODIFIED: f32 = 92.0;
        const LEAST_SIZE: f32 = 80.0;
        const LEAST_FOLDER: f32 = 100.0;
        /// "New, not there then" with its symbol.
        const SINCE: f32 = 176.0;
        const LEAST_SINCE: f32 = 110.0;
        let gathered = location.shown_folder().is_none();
        let is_past = location.is_past();
        let mut right = width - 4.0;
        // A column gives up some of its width before it gives way altogether.
        let mut fit = |wanted: bool, width: f32, least: f32, keep_free: f32| {
            let room = right - keep_free - NAME_AT - LEAST_NAME;
            (wanted && room >= least.min(width)).then(|| {
                let width = width.min(room);
                right -= width;
                Rangef::new(right, right + width)
            })
        };
        // What matters less gives way first: the kind, then the date, then the size. Where items are from matters most.
        let folder_width = (width * 0.3).clamp(120.0, 360.0);
        let least_folder = match (gathered, is_past) {
            (true, _) => LEAST_FOLDER,
            (false, true) => SINCE,
            (false, false) => 0.0,
        };
        let kind = fit(!gathered && !is_past, widths.kind, widths.kind, widths.size + widths.modified);
        let modified = fit(true, widths.modified, LEAST_MODIFIED, widths.size + least_folder);
        let size = fit(true, widths.size, LEAST_SIZE, least_folder);
        let folder = fit(gathered, folder_width, LEAST_FOLDER, 0.0);
        let since = fit(is_past, SINCE, LEAST_SINCE, 0.0);
        Self { name: Rangef::new(NAME_AT, right - 8.0), folder, since, size, modified, kind }
    }
}

/// Draws the headings at the top of what is left of `ui`.
pub fn headings_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), HEADING_HEIGHT));
    let row = line.shrink2(vec2(SIDE, 0.0));
    let columns = Columns::from_state(window.state, row.width());
    let name = Rangef::new(PADDING - 8.0, columns.name.max);
    heading_ui(ui, window, row, name, Heading::sorted("Name", SortColumn::Name));
    for (range, text) in [(columns.folder, "Folder"), (columns.since, "Since then")] {
        let Some(range) = range else { continue };
        let at = pos2(row.min.x + range.min, row.center().y);
        let font = theme::medium(theme::SMALL_TEXT);
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, range.span(), text, font, ui.palette().dimmed);
    }
    for (range, heading) in [
        (columns.size, Heading { right_aligned: true, ..Heading::sorted("Size", SortColumn::Size) }),
        (columns.modified, Heading::sorted("Modified", SortColumn::Modified)),
        (columns.kind, Heading::sorted("Kind", SortColumn::Kind)),
    ] {
        if let Some(range) = range {
            heading_ui(ui, window, row, range, heading);
            edge_ui(ui, window, row, range, heading);
        }
    }
}

#[derive(Clone, Copy)]
struct Heading {
    text: &'static str,
    column: SortColumn,
    right_aligned: bool,
}

impl Heading {
    const fn sorted(text: &'static str, column: SortColumn) -> Self {
        Self { text, column, right_aligned: false }
    }
}

fn heading_ui(ui: &Ui, window: &mut WindowContext<'_>, row: Rect, range: Rangef, heading: Heading) {
    let palette = ui.palette();
    let sort = window.state.shown_sort();
    let sort = sort.filter(|sort| sort.column == heading.column);
    let end = if heading.right_aligned { range.max - SIZE_GAP } else { range.max - 8.0 };
    let rect = Rect::from_min_max(
        pos2(row.min.x + range.min, row.min.y + 4.0),
        pos2(row.min.x + end + 8.0, row.max.y - 4.0),
    );
    let response = ui.interact(rect, ui.scope_id().with(heading.column as usize), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, heading.text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if let Some(sort) = sort {
            node.set_sort_direction(if sort.descending {
                egui::accesskit::SortDirection::Descending
            } else {
                egui::accesskit::SortDirection::Ascending
            });
        }
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, palette.hover());
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 6.0, palette.focus_ring(), egui::StrokeKind::Inside);
    }
    let color = if sort.is_some() { palette.text } else { palette.dimmed };
    let font = theme::medium(theme::SMALL_TEXT);
    let (anchor, x) = if heading.right_aligned {
        (Align2::RIGHT_CENTER, rect.max.x - 8.0)
    } else if heading.column == SortColumn::Name {
        (Align2::LEFT_CENTER, rect.min.x + 8.0)
    } else {
        (Align2::LEFT_CENTER, rect.min.x)
    };
    let words = paint_text(
        ui.painter(),
        anchor,
        pos2(x, rect.center().y),
        rect.width() - 16.0,
        heading.text,
        font,
        color,
    );
    if let Some(sort) = sort {
        let icon = if sort.descending { icons::ICON_ARROW_DOWNWARD } else { icons::ICON_ARROW_UPWARD };
        let x = if heading.right_aligned { words.min.x - 10.0 } else { words.max.x + 10.0 };
        paint_icon(ui.painter(), pos2(x, rect.center().y), icon, 14.0, color);
    }
    if response.clicked() {
        window.act(Action::SortBy(heading.column));
    }
}

/// The space between the sizes and the dates.
pub const SIZE_GAP: f32 = 28.0;

/// The left edge of a column can be dragged; the name takes what is left.
fn edge_ui(ui: &Ui, window: &mut WindowContext<'_>, row: Rect, range: Rangef, heading: Heading) {
    let Heading { column, text: name, .. } = heading;
    let palette = ui.palette();
    let x = row.min.x + range.min - 6.0;
    let rect = Rect::from_min_max(pos2(x - 4.0, row.min.y), pos2(x + 4.0, row.max.y));
    let response = ui
        .interact(rect, ui.scope_id().with(("edge", column as usize)), Sense::CLICK | Sense::DRAG)
        .on_hover_and_drag_cursor(CursorIcon::ResizeColumn);
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, format!("Width of column “{name}”")));
    if response.drag_started() {
        window.ui_state.rows.column_drag = Some(range.span());
    }
    if let (true, Some(begin), Some(moved)) =
        (response.dragged(), window.ui_state.rows.column_drag, response.total_drag_delta())
    {
        let width = (begin - moved.x).clamp(64.0, (row.width() * 0.5).max(64.0)).round();
        window.act(Action::SetColumnWidth(column, width));
    }
    if response.double_clicked() {
        let usual = ColumnWidths::default();
        let width = match column {
            SortColumn::Size => usual.size,
            SortColumn::Modified => usual.modified,
            SortColumn::Kind | SortColumn::Name => usual.kind,
        };
        window.act(Action::SetColumnWidth(column, width));
    }
    if response.hovered() || response.dragged() {
        ui.painter().vline(x, rect.y_range().shrink(8.0), (1.5, palette.accent));
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, NAME_AT};
    use coffer_model::RemotePath;
    use coffer_model::settings::ColumnWidths;
    use coffer_state::Location;

    fn visible(width: f32, location: &Location) -> String {
        let columns = Columns::arrange(width, &ColumnWidths::default(), location);
        assert!(columns.name.span() > 100.0, "no room for the name at {width}");
        assert!(columns.name.min >= NAME_AT);
        [
            ("folder", columns.folder),
            ("since", columns.since),
            ("size", columns.size),
            ("modified", columns.modified),
            ("kind", columns.kind),
        ]
        .iter()
        .filter_map(|(name, range)| range.map(|_| *name))
        .collect::<Vec<_>>()
        .join(" ")
    }

    #[test]
    fn columns_give_way_to_the_name_the_least_needed_first() {
        let folder = Location::Folder(RemotePath::root());
        assert_eq!(visible(700.0, &folder), "size modified kind");
        assert_eq!(visible(480.0, &folder), "size modified");
        // The details beside a window of 1000 points leave so much: the date is a little narrower.
        assert_eq!(visible(420.0, &folder), "size modified");
        assert_eq!(visible(340.0, &folder), "size");
        assert_eq!(visible(260.0, &folder), "");
    }

    #[test]
    fn a_folder_as_it_was_says_what_has_become_of_its_items() {
        let past = Location::Past { folder: RemotePath::root(), at: jiff::Timestamp::UNIX_EPOCH };
        assert_eq!(visible(800.0, &past), "since size modified");
        assert_eq!(visible(480.0, &past), "since size");
        assert_eq!(visible(360.0, &past), "since");
    }

    #[test]
    fn lists_from_the_whole_account_say_the_folder() {
        assert_eq!(visible(800.0, &Location::Links), "folder size modified");
        assert_eq!(visible(800.0, &Location::Deleted), "folder size modified");
        // Rather than when they were changed.
        let search = Location::Search { query: "x".to_owned(), sort: None };
        assert_eq!(visible(420.0, &search), "folder size");
        assert_eq!(visible(320.0, &search), "folder");
    }
}
