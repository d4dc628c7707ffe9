//! The rows of a place as a list. Only what is seen is drawn, so the length of the list costs nothing.

use super::columns::{Columns, NAME_AT, NAME_GAP, PADDING, SIDE, SIZE_GAP, column_text};
use super::entries::{self, ContentLines, EntryStyle};
use super::entry_thumbnails;
use super::headings::{self, HEADING_HEIGHT};
use super::past::{self, SinceWords};
use super::row_actions::row_actions_ui;
use super::scroll::{FirstRow, Viewport, scroll_ui};
use super::textures::paint_texture;
use super::theme::{self, Palette, UiPalette};
use super::widgets::{elide_middle, paint_icon, paint_kind, paint_marked, paint_skeleton_row, paint_text};
use super::{WindowContext, deleted, format, group_heading, news, rename, sharing, unfold};
use coffer_model::{Entry, SortColumn};
use coffer_state::{State, WindowEvent};
use coffer_texts::tr;
use egui::{
    Align2, Color32, CornerRadius, Painter, Pos2, Rangef, Rect, Role, Sense, StrokeKind, Ui, Vec2, pos2, vec2,
};
use egui_material_icons::icons;
use std::time::Duration;

/// The edge of a row's picture.
const PICTURE: f32 = 24.0;
/// How often dates such as "5 min ago" are looked at again.
const AGING: Duration = Duration::from_mins(1);
/// Space above the first and below the last row, where a rubber band can begin.
const ABOVE: f64 = 0.0;
const BELOW: f64 = 12.0;
/// Kept free below a row that is brought into view.
const MARGIN: f64 = 8.0;

pub fn list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, lines: &ContentLines) {
    headings::headings_ui(ui, window, lines);
    let row_height = f64::from(row_height(window.state));
    let height = ABOVE + row_height * lines.len() as f64 + BELOW;
    let reveal = window.state.browser.reveal.map(|row| {
        let line = lines.line_of(row);
        // With the heading that stands above it.
        let first = line.checked_sub(1).filter(|above| lines.heading(*above).is_some()).unwrap_or(line);
        let begin = ABOVE + row_height * first as f64;
        begin..ABOVE + row_height * (line + 1) as f64 + MARGIN
    });
    let reveal =
        if lines.new_folder && window.ui_state.renaming.is_none() { Some(0.0..row_height) } else { reveal };
    FirstRow::hold(window, lines, |line| ABOVE + row_height * line as f64);
    let growing = !lines.listing.complete;
    scroll_ui(ui, window, height, reveal.as_ref(), growing, |ui, window, viewport| {
        rows_ui(ui, window, lines, viewport)
    });
}

fn row_height(state: &State) -> f32 {
    theme::row_height(state.settings.row_height)
}

/// Pale rows while the first ones are fetched.
pub fn skeleton_ui(ui: &Ui, state: &State) {
    let row_height = row_height(state);
    let space = ui.available_rect_before_wrap();
    let first = space.min + vec2(SIDE, HEADING_HEIGHT);
    let rows = ((space.height() - HEADING_HEIGHT) / row_height).max(0.0) as usize;
    for index in 0..rows.min(14) {
        let corner = first + vec2(0.0, row_height * index as f32);
        let row = Rect::from_min_size(corner, vec2(space.width() - 2.0 * SIDE, row_height));
        paint_skeleton_row(ui.painter(), row, index, ui.palette());
    }
}

fn rows_ui(ui: &mut Ui, window: &mut WindowContext<'_>, lines: &ContentLines, viewport: Viewport) -> f32 {
    let points = row_height(window.state);
    let row_height = f64::from(points);
    let page_lines = (viewport.rect.height() / points).floor().max(1.0) as usize;
    if window.state.browser.layout() != (1, page_lines) {
        window.emit(WindowEvent::Layout { columns: 1, page_lines });
    }
    let space_id = ui.scope_id().with("space");
    let space = ui.interact(viewport.rect, space_id, Sense::CLICK | Sense::DRAG);
    let mut band_begins = entries::handle_space(ui, window, &space);

    let visible = viewport.lines(row_height, lines.len());
    let line_top = |line| ABOVE + row_height * line as f64;
    window.ui_state.rows.first =
        FirstRow::of_lines(window, lines, visible.clone(), viewport.offset, line_top);
    let columns = Columns::from_state(window.state, viewport.rect.width() - 2.0 * SIDE);
    let has_keys = entries::rows_have_keys(ui.ctx(), window);
    for line in visible.clone() {
        let top = viewport.y(ABOVE + row_height * line as f64);
        let row = Rect::from_min_size(
            pos2(viewport.rect.min.x + SIDE, top),
            vec2(viewport.rect.width() - 2.0 * SIDE, points),
        );
        match (lines.row(line), lines.entry(line)) {
            (Some(index), Some(entry)) => {
                let indent = deleted::indent(lines, index) + unfold::indent(lines, index);
                let list_row = ListRow { rect: row, index, columns: &columns, lines, indent };
                band_begins |= row_ui(ui, window, entry, &list_row, has_keys);
            }
            _ => match lines.heading(line) {
                Some(heading) if lines.listing.deleted.is_some() => {
                    deleted::heading_ui(ui, window, lines, heading, row);
                }
                Some(group) if lines.has_groups() => {
                    group_heading::group_heading_ui(ui, lines, group, row);
                }
                Some(_) => service_heading_ui(ui, lines, row),
                None => new_folder_row_ui(ui, window, row),
            },
        }
    }
    let pixels = PICTURE * ui.pixels_per_point();
    entry_thumbnails::want_ahead(
        window,
        lines,
        visible.end..(visible.end + page_lines).min(lines.len()),
        pixels,
    );

    if band_begins {
        entries::begin_band(ui, window, viewport.top());
    }
    let touched = |band: Rect| {
        let line_at = |y: f32| ((f64::from(y) - viewport.top() - ABOVE) / row_height).max(0.0) as usize;
        (line_at(band.min.y)..(line_at(band.max.y) + 1).min(lines.len())).collect()
    };
    entries::band_ui(ui, window, lines, viewport.rect, viewport.top(), touched)
        + entries::drag_scroll(ui, window, viewport.rect)
}

struct ListRow<'a> {
    rect: Rect,
    index: usize,
    columns: &'a Columns,
    lines: &'a ContentLines,
    /// How far its picture and name are moved to the right.
    indent: f32,
}

/// Answers whether a rubber band begins on this row.
fn row_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    entry: &Entry,
    list_row: &ListRow<'_>,
    has_keys: bool,
) -> bool {
    let palette = ui.palette();
    let row = list_row.rect;
    let since = past::since_of(window.state, &list_row.lines.listing, list_row.index);
    let mut style = EntryStyle::new(window, entry, has_keys);
    style.pale |= since.as_ref().is_some_and(|since| since.is_new);
    let response = ui.interact(row, entries::row_id(window, &entry.path), Sense::CLICK | Sense::DRAG);
    let texts = RowTexts::new(window, entry, since);
    if entry.modified().is_some_and(|modified| window.clock.ages_soon(modified)) {
        ui.ctx().request_repaint_after(AGING);
    }
    let of = list_row.lines.listing.entries.len();
    let more = news::description(window.state, entry, &texts.summary());
    let name = window.state.browser.shown_name(entry);
    entries::describe(ui, &response, Role::Row, name, &style, (list_row.index, of), &more);
    if entry.is_folder() {
        entries::offer_target(window, row, &entry.path);
    }
    if style.cursor {
        window.ui_state.cursor_rect = Some(row);
    }

    let neighbours = SelectedNeighbours::new(window, list_row.lines, list_row.index);
    // Its buttons, too, are on the row.
    let hovered = ui.rect_contains_pointer(row) && window.ui_state.files_over.is_none() && !is_dragging(ui);
    paint_background(ui.painter(), row, &style, neighbours, hovered, palette);
    let name_width = row_content_ui(ui, window, entry, list_row, &style, &texts);

    let pointer = response.hover_pos().map(|pos| pos.x - row.min.x);
    let on_name = ui
        .input(|input| input.pointer.press_origin())
        .is_some_and(|origin| origin.x - row.min.x < NAME_AT + list_row.indent + name_width + 12.0);
    if let Some(x) = pointer {
        row_tooltip(&response, x, list_row.columns, entry, window);
    }
    let selected = style.selected;
    let band_begins = entries::handle_row(ui, window, &response, list_row.index, entry, selected, on_name);
    deleted::fold_ui(ui, window, list_row.lines, list_row.index, row);
    unfold::unfold_ui(ui, window, entry, row, list_row.indent, &style);
    if !style.renaming {
        row_actions_ui(ui, window, (row, list_row.index), entry, selected);
    }
    band_begins
}

/// Something that began elsewhere is dragged over the rows.
fn is_dragging(ui: &Ui) -> bool {
    ui.ctx().dragged_id().is_some()
}

/// The words of a row.
struct RowTexts {
    size: String,
    modified: String,
    kind: String,
    since: Option<SinceWords>,
}

impl RowTexts {
    fn new(window: &WindowContext<'_>, entry: &Entry, since: Option<SinceWords>) -> Self {
        let is_known = since.as_ref().is_none_or(|since| !since.has_no_version);
        let known = |column| if is_known { column_text(window, entry, column) } else { String::new() };
        Self {
            since,
            size: known(SortColumn::Size),
            modified: known(SortColumn::Modified),
            kind: column_text(window, entry, SortColumn::Kind),
        }
    }

    fn summary(&self) -> String {
        let since = self.since.as_ref().map_or("", |since| &since.text);
        let parts: Vec<&str> = [since, &self.kind, &self.size, &self.modified]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }
}

/// Whether the rows above and below are selected too: then the fills join.
#[derive(Clone, Copy, Default)]
struct SelectedNeighbours {
    above: bool,
    below: bool,
}

impl SelectedNeighbours {
    fn new(window: &WindowContext<'_>, lines: &ContentLines, index: usize) -> Self {
        let selection = &window.state.browser.selection.paths;
        if selection.len() < 2 {
            return Self::default();
        }
        // A heading between two rows keeps them apart.
        let selected = |line: Option<usize>| {
            line.and_then(|line| lines.entry(line)).is_some_and(|entry| selection.contains(&entry.path))
        };
        let line = lines.line_of(index);
        Self { above: selected(line.checked_sub(1)), below: selected(line.checked_add(1)) }
    }
}

fn paint_background(
    painter: &Painter,
    row: Rect,
    style: &EntryStyle,
    neighbours: SelectedNeighbours,
    hovered: bool,
    palette: &Palette,
) {
    let corners = CornerRadius {
        nw: if neighbours.above { 0 } else { theme::CORNER },
        ne: if neighbours.above { 0 } else { theme::CORNER },
        sw: if neighbours.below { 0 } else { theme::CORNER },
        se: if neighbours.below { 0 } else { theme::CORNER },
    };
    if style.selected {
        painter.rect_filled(row, corners, palette.selection());
    }
    if style.target {
        painter.rect_filled(row, theme::CORNER, palette.selection());
        painter.rect_stroke(row, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    } else if hovered && !style.selected {
        painter.rect_filled(row, theme::CORNER, palette.hover());
    }
    if style.has_ring(painter.ctx()) {
        painter.rect_stroke(row, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    }
}

/// Draws what stands in a row; answers how wide its name came out.
fn row_content_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    entry: &Entry,
    list_row: &ListRow<'_>,
    style: &EntryStyle,
    texts: &RowTexts,
) -> f32 {
    let palette = ui.palette();
    let row = list_row.rect;
    let columns = list_row.columns;
    let middle = row.center().y;
    let mut painter = ui.painter().clone();
    painter.multiply_opacity(style.opacity());

    let left = row.min.x + list_row.indent;
    picture_ui(&painter, window, entry, pos2(left + PADDING + PICTURE / 2.0, middle), style, palette);

    let dimmed = |range: Option<Rangef>, text: &str| {
        let Some(range) = range.filter(|_| !text.is_empty()) else { return };
        let at = pos2(row.min.x + range.min, middle);
        let font = theme::regular(13.0);
        paint_text(&painter, Align2::LEFT_CENTER, at, range.span() - 10.0, text, font, palette.dimmed);
    };
    dimmed(columns.modified, &texts.modified);
    dimmed(columns.kind, &texts.kind);
    if let Some(range) = columns.folder {
        let folder = window.state.folder_path(&entry.path.parent().unwrap_or_default());
        let galley =
            elide_middle(&painter, &folder, &theme::regular(13.0), palette.dimmed, range.span() - 10.0);
        let at = pos2(row.min.x + range.min, middle - galley.size().y / 2.0);
        paint_marked(&painter, at, galley, window.state.search.words(), palette.dimmed, palette);
    }
    if let (Some(range), Some(since)) = (columns.since, &texts.since) {
        let color = since.color(palette);
        paint_icon(&painter, pos2(row.min.x + range.min + 8.0, middle), since.icon, 16.0, color);
        let at = pos2(row.min.x + range.min + 22.0, middle);
        let font = theme::regular(13.0);
        paint_text(&painter, Align2::LEFT_CENTER, at, range.span() - 32.0, &since.text, font, color);
    }
    let mut name_end = columns.name.max;
    if let Some(range) = columns.size {
        let at = pos2(row.min.x + range.max - SIZE_GAP, middle);
        let font = theme::tabular(13.0);
        let size = paint_text(
            &painter,
            Align2::RIGHT_CENTER,
            at,
            range.span() - SIZE_GAP,
            &texts.size,
            font,
            palette.dimmed,
        );
        // A long name has the room that a short size leaves beside it.
        if range.min - columns.name.max < NAME_GAP + 1.0 {
            name_end = name_end.max(size.min.x - row.min.x - 2.0 * NAME_GAP);
        }
    }

    let mut name_right = name_end;
    if window.state.has_link_mark(entry) {
        name_right -= 22.0;
        let center = pos2(row.min.x + name_end - 8.0, middle);
        paint_icon(&painter, center, icons::ICON_LINK, 16.0, palette.dimmed);
    }
    if let Some(icon) = sharing::icon(window.state, entry) {
        name_right -= 22.0;
        paint_icon(&painter, pos2(row.min.x + name_right + 14.0, middle), icon, 16.0, palette.dimmed);
    }
    if let Some(badge) = entries::open_badge(window.state, entry, palette) {
        name_right -= 22.0;
        paint_icon(&painter, pos2(row.min.x + name_right + 14.0, middle), badge.icon, 16.0, badge.color);
    }
    if style.renaming {
        let field = Rect::from_min_max(
            pos2(left + NAME_AT - 8.0, row.min.y + 3.0),
            pos2(row.min.x + name_right, row.max.y - 3.0),
        );
        rename::rename_ui(ui, window, field);
        return columns.name.span();
    }
    let has_dot = news::has_dot(window.state, entry);
    if has_dot {
        name_right -= news::WIDTH;
    }
    let galley = elide_middle(
        &painter,
        window.state.browser.shown_name(entry),
        &theme::regular(theme::BODY_TEXT),
        palette.text,
        name_right - columns.name.min - list_row.indent,
    );
    let width = galley.size().x;
    let at = pos2(left + NAME_AT, middle - galley.size().y / 2.0);
    if has_dot {
        news::paint_dot(&painter, pos2(at.x + width + news::WIDTH / 2.0 + 1.0, middle + 1.0), palette);
    }
    paint_marked(&painter, at, galley, window.state.marked_words(), palette.text, palette);
    width
}

/// The thumbnail cut to a square, or the symbol of the kind.
fn picture_ui(
    painter: &Painter,
    window: &mut WindowContext<'_>,
    entry: &Entry,
    center: Pos2,
    style: &EntryStyle,
    palette: &Palette,
) {
    let square = Rect::from_center_size(center, Vec2::splat(PICTURE));
    let pixels = PICTURE * painter.pixels_per_point();
    let texture = entry_thumbnails::ready_thumbnail(window, painter.ctx(), entry, pixels);
    if texture.is_none_or(|texture| texture.opacity < 1.0) {
        paint_kind(painter, Rect::from_center_size(center, Vec2::splat(22.0)), style.kind, palette);
    }
    if let Some(texture) = texture {
        paint_texture(painter, square, texture.cut_to(square.size()), theme::CORNER_SMALL, palette);
        let edge = Color32::from_black_alpha(if palette.dark { 60 } else { 26 });
        painter.rect_stroke(square, theme::CORNER_SMALL, (1.0, edge), StrokeKind::Inside);
    }
}

/// What stands below was not found by its name.
fn service_heading_ui(ui: &Ui, lines: &ContentLines, row: Rect) {
    let count = format::count(lines.service_rows() as u64);
    let count = if lines.listing.complete { count } else { tr!("so-far", count = count) };
    group_heading::heading_ui(ui, tr!("found-inside"), &count, row);
}

/// The folder that is being made: it has only its name.
fn new_folder_row_ui(ui: &mut Ui, window: &mut WindowContext<'_>, row: Rect) {
    let palette = ui.palette();
    let center = pos2(row.min.x + PADDING + PICTURE / 2.0, row.center().y);
    let icon = Rect::from_center_size(center, Vec2::splat(22.0));
    paint_kind(ui.painter(), icon, coffer_model::FileKind::Folder, palette);
    let columns = Columns::from_state(window.state, row.width());
    let field = Rect::from_min_max(
        pos2(row.min.x + NAME_AT - 8.0, row.min.y + 3.0),
        pos2(row.min.x + columns.name.max, row.max.y - 3.0),
    );
    rename::rename_ui(ui, window, field);
}

/// What is abbreviated in a row, in full under the pointer.
fn row_tooltip(
    response: &egui::Response,
    x: f32,
    columns: &Columns,
    entry: &Entry,
    window: &WindowContext<'_>,
) {
    let inside = |range: Option<Rangef>| range.is_some_and(|range| range.contains(x));
    let text = if inside(columns.modified) {
        entry.modified().map(|modified| window.clock.exact(modified))
    } else if inside(columns.folder) {
        Some(tr!("in-folder", folder = window.state.folder_path(&entry.path.parent().unwrap_or_default())))
    } else {
        match &entry.totals {
            Some(totals) => Some(format::totals(totals)),
            None if inside(columns.size) => entry.size_bytes().map(format::exact_size),
            None => None,
        }
    };
    let news = news::has_dot(window.state, entry).then(|| news::words().to_owned());
    let lines: Vec<String> = text.into_iter().chain(news).collect();
    if !lines.is_empty() && entries::shows_tooltips(&response.ctx, window) {
        response.clone().on_hover_text_at_pointer(lines.join("\n"));
    }
}
