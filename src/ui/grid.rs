//! The rows of a place as pictures with names. Only the lines that are seen are drawn.

use super::entries::{self, Lines, Look};
use super::scroll::{Viewport, scroll_ui};
use super::textures::{Shown, fit, paint_shown};
use super::theme::{self, Tokens, UiTokens};
use super::widgets::{elide_middle_in_lines, paint_icon, paint_kind_large, paint_skeleton_cell};
use super::{View, format, rename};
use coffer_model::{Entry, FileKind};
use coffer_state::WindowEvent;
use egui::{Color32, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use egui_material_icons::icons;

/// Around all cells; between them; inside them around the picture.
const SIDE: f32 = 12.0;
const GAP: f32 = 8.0;
const PADDING: f32 = 10.0;
const NAME_HEIGHT: f32 = 40.0;
const LEAST_SHARE: f32 = 0.88;
const ABOVE: f64 = 8.0;
const BELOW: f64 = 64.0;

/// How the cells stand.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Arrangement {
    columns: usize,
    /// From one cell to the next.
    step: Vec2,
    cell: Vec2,
    picture: f32,
}

impl Arrangement {
    fn of(width: f32, picture: f32) -> Self {
        let room = (width - 2.0 * SIDE).max(1.0);
        // Pictures get a little smaller where that makes room for one more column.
        let least = picture * LEAST_SHARE + 2.0 * PADDING;
        let columns = (((room + GAP) / (least + GAP)).floor() as usize).max(1);
        // What is left over goes between the cells, so that both edges are straight.
        let cell_width = ((room + GAP) / columns as f32 - GAP).floor().max(1.0);
        let picture = picture.min(cell_width - 2.0 * PADDING);
        let cell = vec2(cell_width, picture + 2.0 * PADDING + NAME_HEIGHT);
        Self { columns, step: cell + Vec2::splat(GAP), cell, picture }
    }

    fn rows(&self, count: usize) -> usize {
        count.div_ceil(self.columns)
    }

    fn cell_rect(&self, viewport: &Viewport, line: usize) -> Rect {
        let (row, column) = (line / self.columns, line % self.columns);
        let x = viewport.rect.min.x + SIDE + self.step.x * column as f32;
        let y = viewport.y(ABOVE + f64::from(self.step.y) * row as f64);
        Rect::from_min_size(pos2(x, y), self.cell)
    }

    /// The lines whose cells a rectangle of the screen touches.
    fn touched(&self, viewport: &Viewport, band: Rect, count: usize) -> Vec<usize> {
        let row_of =
            |y: f32| ((f64::from(y) - viewport.top() - ABOVE) / f64::from(self.step.y)).max(0.0) as usize;
        let rows = row_of(band.min.y)..(row_of(band.max.y) + 1).min(self.rows(count));
        rows.flat_map(|row| row * self.columns..((row + 1) * self.columns).min(count))
            .filter(|&line| self.cell_rect(viewport, line).intersects(band))
            .collect()
    }
}

pub fn grid_ui(ui: &mut Ui, view: &mut View<'_>, lines: &Lines) {
    let arrangement = Arrangement::of(ui.available_width(), view.state.settings.grid_points);
    let step = f64::from(arrangement.step.y);
    let height = ABOVE + step * arrangement.rows(lines.len()) as f64 + BELOW;
    let reveal = view.state.browser.reveal.map(|row| {
        let begin = ABOVE + step * ((row + lines.extra()) / arrangement.columns) as f64;
        begin - ABOVE..begin + step
    });
    let reveal = if lines.new_folder && view.memory.renaming.is_none() { Some(0.0..step) } else { reveal };
    let growing = !lines.listing.complete;
    scroll_ui(ui, view, height, reveal.as_ref(), growing, |ui, view, viewport| {
        cells_ui(ui, view, lines, arrangement, viewport)
    });
}

/// Pale cells while the first ones are fetched.
pub fn skeleton_ui(ui: &Ui, view: &View<'_>) {
    let rect = ui.available_rect_before_wrap();
    let arrangement = Arrangement::of(rect.width(), view.state.settings.grid_points);
    let viewport = Viewport { rect, offset: 0.0 };
    for index in 0..arrangement.columns * 3 {
        let space = picture_space(arrangement.cell_rect(&viewport, index), arrangement);
        paint_skeleton_cell(ui.painter(), space, index, arrangement.columns, ui.tokens());
    }
}

fn cells_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    lines: &Lines,
    arrangement: Arrangement,
    viewport: Viewport,
) -> f32 {
    let page_lines = (viewport.rect.height() / arrangement.step.y).floor().max(1.0) as usize;
    if view.state.browser.layout() != (arrangement.columns, page_lines) {
        view.tell(WindowEvent::Layout { columns: arrangement.columns, page_lines });
    }
    let space = ui.interact(viewport.rect, ui.scope_id().with("space"), Sense::CLICK | Sense::DRAG);
    let mut band_begins = entries::handle_space(ui, view, &space);
    let has_keys = entries::content_has_keys(ui.ctx(), view.state);

    let seen = Viewport { offset: viewport.offset - ABOVE, ..viewport };
    let rows = seen.lines(f64::from(arrangement.step.y), arrangement.rows(lines.len()));
    let visible = rows.start * arrangement.columns..(rows.end * arrangement.columns).min(lines.len());
    for line in visible.clone() {
        let cell = arrangement.cell_rect(&viewport, line);
        match (lines.row(line), lines.entry(line)) {
            (Some(index), Some(entry)) => {
                let place = CellPlace { rect: cell, index, arrangement, lines };
                band_begins |= cell_ui(ui, view, entry, &place, has_keys);
            }
            _ => new_folder_cell_ui(ui, view, cell, arrangement),
        }
    }
    let page = arrangement.columns * (page_lines + 1);
    let pixels = arrangement.picture * ui.pixels_per_point();
    entries::want_ahead(view, lines, visible.end..(visible.end + page).min(lines.len()), pixels);

    if band_begins {
        entries::begin_band(ui, view, viewport.top());
    }
    let touched = |band: Rect| arrangement.touched(&viewport, band, lines.len());
    entries::band_ui(ui, view, lines, viewport.rect, viewport.top(), touched)
        + entries::drag_scroll(ui, view, viewport.rect)
}

struct CellPlace<'a> {
    rect: Rect,
    index: usize,
    arrangement: Arrangement,
    lines: &'a Lines,
}

/// Answers whether a rubber band begins on this cell.
fn cell_ui(ui: &mut Ui, view: &mut View<'_>, entry: &Entry, place: &CellPlace<'_>, has_keys: bool) -> bool {
    let tokens = ui.tokens();
    let cell = place.rect;
    let look = Look::of(view, entry, has_keys);
    let response = ui.interact(cell, entries::row_id(&entry.path), Sense::CLICK | Sense::DRAG);
    let of = place.lines.listing.entries.len();
    let size = entry.file().map_or_else(String::new, |file| format::size(file.size_bytes));
    entries::describe(ui, &response, Role::ListItem, entry, &look, (place.index, of), &size);
    if entry.is_folder() {
        entries::offer_target(view, cell, &entry.path);
    }
    if look.cursor {
        view.memory.cursor_rect = Some(cell);
    }

    let painter = ui.painter();
    if look.selected || look.target {
        painter.rect_filled(cell, theme::CORNER_LARGE, tokens.selection());
    } else if response.hovered() && view.memory.files_over.is_none() {
        painter.rect_filled(cell, theme::CORNER_LARGE, tokens.hover());
    }
    if (look.cursor && !look.renaming) || look.target {
        painter.rect_stroke(cell, theme::CORNER_LARGE, tokens.focus_ring(), StrokeKind::Inside);
    }

    let mut painter = painter.clone();
    painter.multiply_opacity(look.opacity());
    let space = picture_space(cell, place.arrangement);
    let drawn = picture_ui(&painter, view, entry, space, look.kind, tokens);
    if entry.link.is_some() {
        let center = drawn.right_bottom() - vec2(4.0, 4.0);
        painter.add(tokens.soft_shadow().as_shape(Rect::from_center_size(center, Vec2::splat(22.0)), 11));
        painter.circle_filled(center, 11.0, tokens.surface_raised);
        paint_icon(&painter, center, icons::ICON_LINK, 15.0, tokens.text);
    }
    if look.renaming {
        rename::rename_ui(ui, view, name_field(cell, space));
    } else {
        paint_name(&painter, cell, space, entry.name(), tokens);
    }

    let on_name = true;
    if response.hovered() && !look.renaming {
        tooltip(&response, entry, view, &size);
    }
    entries::handle_row(ui, view, &response, place.index, entry, look.selected, on_name)
}

fn picture_space(cell: Rect, arrangement: Arrangement) -> Rect {
    let top = cell.min.y + PADDING;
    Rect::from_min_size(
        pos2((cell.center().x - arrangement.picture / 2.0).round(), top),
        Vec2::splat(arrangement.picture),
    )
}

fn name_field(cell: Rect, picture: Rect) -> Rect {
    Rect::from_min_max(
        pos2(cell.min.x + 4.0, picture.max.y + 6.0),
        pos2(cell.max.x - 4.0, picture.max.y + 6.0 + 28.0),
    )
}

fn paint_name(painter: &Painter, cell: Rect, picture: Rect, name: &str, tokens: &Tokens) {
    let width = cell.width() - 12.0;
    let galley = elide_middle_in_lines(painter, name, &theme::medium(13.0), tokens.text, width, 2);
    painter.galley(pos2(cell.center().x, picture.max.y + 6.0), galley, tokens.text);
}

/// The thumbnail in its own shape, or the large symbol of the kind. Answers where it is.
fn picture_ui(
    painter: &Painter,
    view: &mut View<'_>,
    entry: &Entry,
    space: Rect,
    kind: FileKind,
    tokens: &Tokens,
) -> Rect {
    let pixels = space.width() * painter.pixels_per_point();
    let shown = entries::shown_thumbnail(view, painter.ctx(), entry, pixels);
    if shown.is_none_or(|shown| shown.opacity < 1.0) {
        let mut painter = painter.clone();
        painter.multiply_opacity(shown.map_or(1.0, |shown| 1.0 - shown.opacity));
        paint_kind_large(&painter, space, kind, entry.name(), tokens);
    }
    match shown {
        Some(shown) => paint_thumbnail(painter, shown, space, tokens),
        None => Rect::from_center_size(space.center(), space.size() * vec2(0.6, 0.7)),
    }
}

/// A picture with a thin edge and a soft shadow.
pub fn paint_thumbnail(painter: &Painter, shown: Shown, space: Rect, tokens: &Tokens) -> Rect {
    let rect = fit(shown.size, space, 2.0);
    let mut painter = painter.clone();
    painter.multiply_opacity(shown.opacity);
    if !shown.has_alpha {
        painter.add(tokens.soft_shadow().as_shape(rect, theme::CORNER_SMALL));
    }
    paint_shown(&painter, rect, Shown { opacity: 1.0, ..shown }, theme::CORNER_SMALL, tokens);
    let edge = if tokens.dark { Color32::from_white_alpha(22) } else { Color32::from_black_alpha(26) };
    painter.rect_stroke(rect, theme::CORNER_SMALL, Stroke::new(1.0, edge), StrokeKind::Inside);
    rect
}

fn new_folder_cell_ui(ui: &mut Ui, view: &mut View<'_>, cell: Rect, arrangement: Arrangement) {
    let space = picture_space(cell, arrangement);
    paint_kind_large(ui.painter(), space, FileKind::Folder, "", ui.tokens());
    rename::rename_ui(ui, view, name_field(cell, space));
}

fn tooltip(response: &egui::Response, entry: &Entry, view: &View<'_>, size: &str) {
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(egui::RichText::new(entry.name()).font(theme::medium(13.0)));
        if let Some(file) = entry.file() {
            ui.weak(format!("{size}, {}", view.clock.exact(file.client_modified)));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{Arrangement, SIDE};
    use crate::ui::scroll::Viewport;
    use egui::{Rect, pos2};

    #[test]
    fn cells_fill_the_width_and_never_overlap() {
        for width in [300.0, 700.0, 1000.0, 1364.0] {
            for picture in [48.0, 128.0, 256.0] {
                let arrangement = Arrangement::of(width, picture);
                let used = arrangement.step.x * arrangement.columns as f32 - 8.0 + 2.0 * SIDE;
                assert!(used <= width, "{width} {picture}: {used}");
                assert!(arrangement.picture >= picture * 0.8, "{width} {picture}: {arrangement:?}");
                assert!(width - used < arrangement.columns as f32 + 1.0, "{width} {picture}: {used}");
            }
        }
    }

    #[test]
    fn the_rubber_band_touches_the_cells_it_crosses_also_when_scrolled() {
        let arrangement = Arrangement::of(700.0, 128.0);
        assert_eq!(arrangement.columns, 4);
        let rect = Rect::from_min_size(pos2(0.0, 50.0), egui::vec2(700.0, 500.0));
        let scrolled_lines = 2;
        let offset = f64::from(arrangement.step.y) * f64::from(scrolled_lines);
        let viewport = Viewport { rect, offset };
        let cell = arrangement.cell_rect(&viewport, 9);
        let band = Rect::from_two_pos(cell.center(), cell.center() + arrangement.step);
        assert_eq!(arrangement.touched(&viewport, band, 100), [9, 10, 13, 14]);
        assert_eq!(arrangement.touched(&viewport, band, 10), [9]);
    }
}
