//! The rows of a place as a list. Only what is seen is drawn, so the length of the list costs nothing.

use super::columns::{self, Columns, HEADING_HEIGHT, NAME_AT, PADDING, SIDE, SIZE_GAP};
use super::entries::{self, Lines, Look};
use super::scroll::{Viewport, scroll_ui};
use super::textures::paint_shown;
use super::theme::{self, ROW_HEIGHT, Tokens, UiTokens};
use super::widgets::{elide_middle, paint_icon, paint_kind, paint_skeleton_row, paint_text};
use super::{View, format, rename};
use coffer_model::Entry;
use coffer_state::WindowEvent;
use egui::{
    Align2, Color32, CornerRadius, Painter, Pos2, Rangef, Rect, Role, Sense, StrokeKind, Ui, Vec2, pos2, vec2,
};
use egui_material_icons::icons;
use std::time::Duration;

/// The edge of a row's picture.
const PICTURE: f32 = 24.0;
/// How often dates such as "5 min ago" are looked at again.
const AGING: Duration = Duration::from_mins(1);
/// Space above the first and below the last row, so that nothing hides under the status.
const ABOVE: f64 = 0.0;
const BELOW: f64 = 64.0;
/// Kept free below a row that is brought into view.
const MARGIN: f64 = 8.0;

pub fn list_ui(ui: &mut Ui, view: &mut View<'_>, lines: &Lines) {
    columns::headings_ui(ui, view);
    let row_height = f64::from(ROW_HEIGHT);
    let height = ABOVE + row_height * lines.len() as f64 + BELOW;
    let reveal = view.state.browser.reveal.map(|row| {
        let begin = ABOVE + row_height * (row + lines.extra()) as f64;
        begin..begin + row_height + MARGIN
    });
    let reveal =
        if lines.new_folder && view.memory.renaming.is_none() { Some(0.0..row_height) } else { reveal };
    let growing = !lines.listing.complete;
    scroll_ui(ui, view, height, reveal.as_ref(), growing, |ui, view, viewport| {
        rows_ui(ui, view, lines, viewport)
    });
}

/// Pale rows while the first ones are fetched.
pub fn skeleton_ui(ui: &Ui) {
    let space = ui.available_rect_before_wrap();
    let first = space.min + vec2(SIDE, HEADING_HEIGHT);
    let rows = ((space.height() - HEADING_HEIGHT) / ROW_HEIGHT).max(0.0) as usize;
    for index in 0..rows.min(14) {
        let corner = first + vec2(0.0, ROW_HEIGHT * index as f32);
        let row = Rect::from_min_size(corner, vec2(space.width() - 2.0 * SIDE, ROW_HEIGHT));
        paint_skeleton_row(ui.painter(), row, index, ui.tokens());
    }
}

fn rows_ui(ui: &mut Ui, view: &mut View<'_>, lines: &Lines, viewport: Viewport) -> f32 {
    let row_height = f64::from(ROW_HEIGHT);
    let page_lines = (viewport.rect.height() / ROW_HEIGHT).floor().max(1.0) as usize;
    if view.state.browser.layout() != (1, page_lines) {
        view.tell(WindowEvent::Layout { columns: 1, page_lines });
    }
    let space_id = ui.scope_id().with("space");
    let space = ui.interact(viewport.rect, space_id, Sense::CLICK | Sense::DRAG);
    let mut band_begins = entries::handle_space(ui, view, &space);

    let visible = viewport.lines(row_height, lines.len());
    let columns = Columns::of(view.state, viewport.rect.width() - 2.0 * SIDE);
    let has_keys = entries::content_has_keys(ui.ctx(), view.state);
    for line in visible.clone() {
        let top = viewport.y(ABOVE + row_height * line as f64);
        let row = Rect::from_min_size(
            pos2(viewport.rect.min.x + SIDE, top),
            vec2(viewport.rect.width() - 2.0 * SIDE, ROW_HEIGHT),
        );
        match (lines.row(line), lines.entry(line)) {
            (Some(index), Some(entry)) => {
                let place = RowPlace { rect: row, index, columns: &columns, lines };
                band_begins |= row_ui(ui, view, entry, &place, has_keys);
            }
            _ => new_folder_row_ui(ui, view, row),
        }
    }
    let pixels = PICTURE * ui.pixels_per_point();
    entries::want_ahead(view, lines, visible.end..(visible.end + page_lines).min(lines.len()), pixels);

    if band_begins {
        entries::begin_band(ui, view, viewport.top());
    }
    let touched = |band: Rect| {
        let line_at = |y: f32| ((f64::from(y) - viewport.top() - ABOVE) / row_height).max(0.0) as usize;
        (line_at(band.min.y)..(line_at(band.max.y) + 1).min(lines.len())).collect()
    };
    entries::band_ui(ui, view, lines, viewport.rect, viewport.top(), touched)
        + entries::drag_scroll(ui, view, viewport.rect)
}

struct RowPlace<'a> {
    rect: Rect,
    index: usize,
    columns: &'a Columns,
    lines: &'a Lines,
}

/// Answers whether a rubber band begins on this row.
fn row_ui(ui: &mut Ui, view: &mut View<'_>, entry: &Entry, place: &RowPlace<'_>, has_keys: bool) -> bool {
    let tokens = ui.tokens();
    let row = place.rect;
    let look = Look::of(view, entry, has_keys);
    let response = ui.interact(row, entries::row_id(&entry.path), Sense::CLICK | Sense::DRAG);
    let texts = Texts::of(view, entry, look.kind);
    if entry.file().is_some_and(|file| view.clock.ages_soon(file.client_modified)) {
        ui.ctx().request_repaint_after(AGING);
    }
    let of = place.lines.listing.entries.len();
    entries::describe(ui, &response, Role::Row, entry, &look, (place.index, of), &texts.summary());
    if entry.is_folder() {
        entries::offer_target(view, row, &entry.path);
    }
    if look.cursor {
        view.memory.cursor_rect = Some(row);
    }

    let neighbours = Neighbours::of(view, place.lines, place.index);
    let hovered = response.hovered() && view.memory.files_over.is_none();
    paint_background(ui.painter(), row, &look, neighbours, hovered, tokens);
    let name_width = row_content_ui(ui, view, entry, place, &look, &texts);

    let pointer = response.hover_pos().map(|pos| pos.x - row.min.x);
    let on_name = ui
        .input(|input| input.pointer.press_origin())
        .is_some_and(|origin| origin.x - row.min.x < NAME_AT + name_width + 12.0);
    if let Some(x) = pointer {
        row_tooltip(&response, x, place.columns, entry, view);
    }
    let selected = look.selected;
    entries::handle_row(ui, view, &response, place.index, entry, selected, on_name)
}

/// The words of a row.
struct Texts {
    size: String,
    modified: String,
    kind: String,
}

impl Texts {
    fn of(view: &View<'_>, entry: &Entry, kind: coffer_model::FileKind) -> Self {
        let file = entry.file();
        Self {
            size: file.map_or_else(String::new, |file| format::size(file.size_bytes)),
            modified: file.map_or_else(String::new, |file| view.clock.relative(file.client_modified)),
            kind: format::kind(kind, entry.name()),
        }
    }

    fn summary(&self) -> String {
        let parts = [&self.kind, &self.size, &self.modified];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }
}

/// Whether the rows above and below are selected too: then the fills join.
#[derive(Clone, Copy, Default)]
struct Neighbours {
    above: bool,
    below: bool,
}

impl Neighbours {
    fn of(view: &View<'_>, lines: &Lines, index: usize) -> Self {
        let selection = &view.state.browser.selection.paths;
        if selection.len() < 2 {
            return Self::default();
        }
        let selected = |index: Option<usize>| {
            index
                .and_then(|index| lines.listing.entries.get(index))
                .is_some_and(|entry| selection.contains(&entry.path))
        };
        Self { above: selected(index.checked_sub(1)), below: selected(index.checked_add(1)) }
    }
}

fn paint_background(
    painter: &Painter,
    row: Rect,
    look: &Look,
    neighbours: Neighbours,
    hovered: bool,
    tokens: &Tokens,
) {
    let corners = CornerRadius {
        nw: if neighbours.above { 0 } else { theme::CORNER },
        ne: if neighbours.above { 0 } else { theme::CORNER },
        sw: if neighbours.below { 0 } else { theme::CORNER },
        se: if neighbours.below { 0 } else { theme::CORNER },
    };
    if look.selected {
        painter.rect_filled(row, corners, tokens.selection());
    }
    if look.target {
        painter.rect_filled(row, theme::CORNER, tokens.selection());
        painter.rect_stroke(row, theme::CORNER, tokens.focus_ring(), StrokeKind::Inside);
    } else if hovered && !look.selected {
        painter.rect_filled(row, theme::CORNER, tokens.hover());
    }
    if look.cursor && !look.renaming {
        painter.rect_stroke(row, theme::CORNER, tokens.focus_ring(), StrokeKind::Inside);
    }
}

/// Draws what stands in a row; answers how wide its name came out.
fn row_content_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    entry: &Entry,
    place: &RowPlace<'_>,
    look: &Look,
    texts: &Texts,
) -> f32 {
    let tokens = ui.tokens();
    let row = place.rect;
    let columns = place.columns;
    let middle = row.center().y;
    let mut painter = ui.painter().clone();
    painter.multiply_opacity(look.opacity());

    picture_ui(&painter, view, entry, pos2(row.min.x + PADDING + PICTURE / 2.0, middle), look, tokens);

    let dimmed = |range: Option<Rangef>, text: &str| {
        let Some(range) = range.filter(|_| !text.is_empty()) else { return };
        let at = pos2(row.min.x + range.min, middle);
        let font = theme::regular(13.0);
        paint_text(&painter, Align2::LEFT_CENTER, at, range.span() - 10.0, text, font, tokens.dimmed);
    };
    dimmed(columns.modified, &texts.modified);
    dimmed(columns.kind, &texts.kind);
    if columns.place.is_some() {
        dimmed(columns.place, &entry.path.parent().unwrap_or_default().shown_path());
    }
    if let Some(range) = columns.size {
        let at = pos2(row.min.x + range.max - SIZE_GAP, middle);
        let font = theme::tabular(13.0);
        paint_text(
            &painter,
            Align2::RIGHT_CENTER,
            at,
            range.span() - SIZE_GAP,
            &texts.size,
            font,
            tokens.dimmed,
        );
    }

    let mut name_right = columns.name.max;
    if entry.link.is_some() {
        name_right -= 22.0;
        let center = pos2(row.min.x + columns.name.max - 8.0, middle);
        paint_icon(&painter, center, icons::ICON_LINK, 16.0, tokens.dimmed);
    }
    if look.renaming {
        let field = Rect::from_min_max(
            pos2(row.min.x + NAME_AT - 8.0, row.min.y + 3.0),
            pos2(row.min.x + name_right, row.max.y - 3.0),
        );
        rename::rename_ui(ui, view, field);
        return columns.name.span();
    }
    let galley = elide_middle(
        &painter,
        entry.name(),
        &theme::medium(theme::BODY_TEXT),
        tokens.text,
        name_right - columns.name.min,
    );
    let width = galley.size().x;
    let at = pos2(row.min.x + NAME_AT, middle - galley.size().y / 2.0);
    painter.galley(at, galley, tokens.text);
    width
}

/// The thumbnail cut to a square, or the symbol of the kind.
fn picture_ui(
    painter: &Painter,
    view: &mut View<'_>,
    entry: &Entry,
    center: Pos2,
    look: &Look,
    tokens: &Tokens,
) {
    let square = Rect::from_center_size(center, Vec2::splat(PICTURE));
    let pixels = PICTURE * painter.pixels_per_point();
    let shown = entries::shown_thumbnail(view, painter.ctx(), entry, pixels);
    if shown.is_none_or(|shown| shown.opacity < 1.0) {
        paint_kind(painter, Rect::from_center_size(center, Vec2::splat(22.0)), look.kind, tokens);
    }
    if let Some(shown) = shown {
        paint_shown(painter, square, shown.cut_to(square.size()), theme::CORNER_SMALL, tokens);
        let edge = Color32::from_black_alpha(if tokens.dark { 60 } else { 26 });
        painter.rect_stroke(square, theme::CORNER_SMALL, (1.0, edge), StrokeKind::Inside);
    }
}

/// The folder that is being made: it has only its name.
fn new_folder_row_ui(ui: &mut Ui, view: &mut View<'_>, row: Rect) {
    let tokens = ui.tokens();
    let center = pos2(row.min.x + PADDING + PICTURE / 2.0, row.center().y);
    let icon = Rect::from_center_size(center, Vec2::splat(22.0));
    paint_kind(ui.painter(), icon, coffer_model::FileKind::Folder, tokens);
    let columns = Columns::of(view.state, row.width());
    let field = Rect::from_min_max(
        pos2(row.min.x + NAME_AT - 8.0, row.min.y + 3.0),
        pos2(row.min.x + columns.name.max, row.max.y - 3.0),
    );
    rename::rename_ui(ui, view, field);
}

/// What is shown short is told in full under the pointer.
fn row_tooltip(response: &egui::Response, x: f32, columns: &Columns, entry: &Entry, view: &View<'_>) {
    let inside = |range: Option<Rangef>| range.is_some_and(|range| range.contains(x));
    let text = match entry.file() {
        Some(file) if inside(columns.modified) => view.clock.exact(file.client_modified),
        Some(file) if inside(columns.size) => format::exact_size(file.size_bytes),
        _ if inside(columns.place) => {
            format!("In {}", entry.path.parent().unwrap_or_default().shown_path())
        }
        _ => return,
    };
    response.clone().on_hover_text_at_pointer(text);
}
