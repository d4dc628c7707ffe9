//! The rows of a place as pictures with names. Only the lines that are seen are drawn.

use super::entries::{self, ContentLines, EntryStyle};
use super::scroll::{Viewport, scroll_ui};
use super::textures::{ReadyTexture, fit, paint_texture};
use super::theme::{self, Palette, UiPalette};
use super::widgets::{
    elide_middle_in_lines, paint_icon, paint_kind_large, paint_marked, paint_skeleton_cell, paint_text,
};
use super::{WindowContext, format, news, past, rename, sharing};
use coffer_model::{Entry, FileKind};
use coffer_state::WindowEvent;
use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

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
struct GridLayout {
    columns: usize,
    /// From one cell to the next.
    step: Vec2,
    cell: Vec2,
    picture: f32,
}

impl GridLayout {
    fn new(width: f32, picture: f32) -> Self {
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

pub fn grid_ui(ui: &mut Ui, window: &mut WindowContext<'_>, lines: &ContentLines) {
    let layout = GridLayout::new(ui.available_width(), window.state.settings.grid_points);
    let step = f64::from(layout.step.y);
    let height = ABOVE + step * layout.rows(lines.len()) as f64 + BELOW;
    let reveal = window.state.browser.reveal.map(|row| {
        let begin = ABOVE + step * (lines.line_of(row) / layout.columns) as f64;
        begin - ABOVE..begin + step
    });
    let reveal =
        if lines.new_folder && window.ui_state.renaming.is_none() { Some(0.0..step) } else { reveal };
    let growing = !lines.listing.complete;
    scroll_ui(ui, window, height, reveal.as_ref(), growing, |ui, window, viewport| {
        cells_ui(ui, window, lines, layout, viewport)
    });
}

/// Pale cells while the first ones are fetched.
pub fn skeleton_ui(ui: &Ui, window: &WindowContext<'_>) {
    let rect = ui.available_rect_before_wrap();
    let layout = GridLayout::new(rect.width(), window.state.settings.grid_points);
    let viewport = Viewport { rect, offset: 0.0 };
    for index in 0..layout.columns * 3 {
        let space = picture_space(layout.cell_rect(&viewport, index), layout);
        paint_skeleton_cell(ui.painter(), space, index, layout.columns, ui.palette());
    }
}

fn cells_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    lines: &ContentLines,
    layout: GridLayout,
    viewport: Viewport,
) -> f32 {
    let page_lines = (viewport.rect.height() / layout.step.y).floor().max(1.0) as usize;
    if window.state.browser.layout() != (layout.columns, page_lines) {
        window.emit(WindowEvent::Layout { columns: layout.columns, page_lines });
    }
    let space = ui.interact(viewport.rect, ui.scope_id().with("space"), Sense::CLICK | Sense::DRAG);
    let mut band_begins = entries::handle_space(ui, window, &space);
    let has_keys = entries::content_has_keys(ui.ctx(), window.state);

    let seen = Viewport { offset: viewport.offset - ABOVE, ..viewport };
    let rows = seen.lines(f64::from(layout.step.y), layout.rows(lines.len()));
    let visible = rows.start * layout.columns..(rows.end * layout.columns).min(lines.len());
    for line in visible.clone() {
        let cell = layout.cell_rect(&viewport, line);
        match (lines.row(line), lines.entry(line)) {
            (Some(index), Some(entry)) => {
                let grid_cell = GridCell { rect: cell, index, layout, lines };
                band_begins |= cell_ui(ui, window, entry, &grid_cell, has_keys);
            }
            _ => new_folder_cell_ui(ui, window, cell, layout),
        }
    }
    let page = layout.columns * (page_lines + 1);
    let pixels = layout.picture * ui.pixels_per_point();
    entries::want_ahead(window, lines, visible.end..(visible.end + page).min(lines.len()), pixels);

    if band_begins {
        entries::begin_band(ui, window, viewport.top());
    }
    let touched = |band: Rect| layout.touched(&viewport, band, lines.len());
    entries::band_ui(ui, window, lines, viewport.rect, viewport.top(), touched)
        + entries::drag_scroll(ui, window, viewport.rect)
}

struct GridCell<'a> {
    rect: Rect,
    index: usize,
    layout: GridLayout,
    lines: &'a ContentLines,
}

/// Answers whether a rubber band begins on this cell.
fn cell_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    entry: &Entry,
    grid_cell: &GridCell<'_>,
    has_keys: bool,
) -> bool {
    let palette = ui.palette();
    let cell = grid_cell.rect;
    let since = past::since_of(window.state, &grid_cell.lines.listing, grid_cell.index);
    let mut style = EntryStyle::new(window, entry, has_keys);
    style.pale |= since.as_ref().is_some_and(|since| since.is_new);
    let response = ui.interact(cell, entries::row_id(&entry.path), Sense::CLICK | Sense::DRAG);
    let of = grid_cell.lines.listing.entries.len();
    let size = entry.size_bytes().map_or_else(String::new, format::size);
    let more = if entry.file().is_some() { None } else { sharing::words(window.state, entry) };
    let more = since.as_ref().map(|since| since.text.clone()).or(more);
    let more = news::description(window.state, entry, more.as_ref().unwrap_or(&size));
    entries::describe(ui, &response, Role::ListItem, entry, &style, (grid_cell.index, of), &more);
    if entry.is_folder() {
        entries::offer_target(window, cell, &entry.path);
    }
    if style.cursor {
        window.ui_state.cursor_rect = Some(cell);
    }

    let painter = ui.painter();
    if style.selected || style.target {
        painter.rect_filled(cell, theme::CORNER_LARGE, palette.selection());
    } else if response.hovered() && window.ui_state.files_over.is_none() {
        painter.rect_filled(cell, theme::CORNER_LARGE, palette.hover());
    }
    if (style.cursor && !style.renaming) || style.target {
        painter.rect_stroke(cell, theme::CORNER_LARGE, palette.focus_ring(), StrokeKind::Inside);
    }

    let mut painter = painter.clone();
    painter.multiply_opacity(style.opacity());
    let space = picture_space(cell, grid_cell.layout);
    let drawn = picture_ui(&painter, window, entry, space, style.kind, palette);
    if entry.link.is_some() {
        paint_badge(&painter, drawn.right_bottom() - vec2(4.0, 4.0), icons::ICON_LINK, palette.text, palette);
    }
    if let Some(badge) = entries::open_badge(window.state, entry, palette) {
        paint_badge(&painter, drawn.left_bottom() + vec2(4.0, -4.0), badge.icon, badge.color, palette);
    }
    if let Some(since) = &since {
        let corner = drawn.left_bottom() + vec2(4.0, -4.0);
        paint_badge(&painter, corner, since.icon, since.color(palette), palette);
    }
    if let Some(icon) = sharing::icon(window.state, entry) {
        paint_badge(&painter, drawn.left_bottom() + vec2(4.0, -4.0), icon, palette.text, palette);
    }
    if news::has_dot(window.state, entry) {
        // At the corner of the folder, which begins below that of its picture.
        let corner = drawn.right_top() + vec2(1.0, drawn.height() * 0.24);
        painter.circle_filled(corner, 6.5, palette.surface_1);
        news::paint_dot(&painter, corner, palette);
    }
    if style.renaming {
        rename::rename_ui(ui, window, name_field(cell, space));
    } else {
        // Beside a file's name its picture says more than its size would.
        let below = if entry.is_folder() { &size } else { "" };
        let below = since.as_ref().map_or(below, |since| &since.text);
        paint_name(&painter, window, entry, cell, space, below, palette);
    }

    let on_name = true;
    if response.hovered() && !style.renaming {
        tooltip(&response, entry, window, &size);
    }
    entries::handle_row(ui, window, &response, grid_cell.index, entry, style.selected, on_name)
}

/// A symbol on a disk, at a corner of the picture.
fn paint_badge(painter: &Painter, center: Pos2, icon: MaterialIcon, color: Color32, palette: &Palette) {
    painter.add(palette.soft_shadow().as_shape(Rect::from_center_size(center, Vec2::splat(22.0)), 11));
    painter.circle_filled(center, 11.0, palette.surface_raised);
    paint_icon(painter, center, icon, 15.0, color);
}

fn picture_space(cell: Rect, layout: GridLayout) -> Rect {
    let top = cell.min.y + PADDING;
    Rect::from_min_size(
        pos2((cell.center().x - layout.picture / 2.0).round(), top),
        Vec2::splat(layout.picture),
    )
}

fn name_field(cell: Rect, picture: Rect) -> Rect {
    Rect::from_min_max(
        pos2(cell.min.x + 4.0, picture.max.y + 6.0),
        pos2(cell.max.x - 4.0, picture.max.y + 6.0 + 28.0),
    )
}

/// The name in up to two lines; where it needs only one, `below` is the second.
fn paint_name(
    painter: &Painter,
    window: &WindowContext<'_>,
    entry: &Entry,
    cell: Rect,
    picture: Rect,
    below: &str,
    palette: &Palette,
) {
    let width = cell.width() - 12.0;
    let galley = elide_middle_in_lines(painter, entry.name(), &theme::medium(13.0), palette.text, width, 2);
    let top = pos2(cell.center().x, picture.max.y + 6.0);
    let has_room = galley.rows.len() == 1;
    let bottom = top.y + galley.size().y;
    paint_marked(painter, top, galley, window.state.marked_words(), palette.text, palette);
    if has_room && !below.is_empty() {
        let font = theme::regular(theme::SMALL_TEXT);
        paint_text(painter, Align2::CENTER_TOP, pos2(top.x, bottom), width, below, font, palette.dimmed);
    }
}

/// The thumbnail in its own shape, or the large symbol of the kind. Answers where it is.
fn picture_ui(
    painter: &Painter,
    window: &mut WindowContext<'_>,
    entry: &Entry,
    space: Rect,
    kind: FileKind,
    palette: &Palette,
) -> Rect {
    let pixels = space.width() * painter.pixels_per_point();
    let texture = entries::ready_thumbnail(window, painter.ctx(), entry, pixels);
    if texture.is_none_or(|texture| texture.opacity < 1.0) {
        let mut painter = painter.clone();
        painter.multiply_opacity(texture.map_or(1.0, |texture| 1.0 - texture.opacity));
        paint_kind_large(&painter, space, kind, entry.name(), palette);
    }
    match texture {
        Some(texture) => paint_thumbnail(painter, texture, space, palette),
        None => Rect::from_center_size(space.center(), space.size() * vec2(0.6, 0.7)),
    }
}

/// A picture with a thin edge and a soft shadow.
pub fn paint_thumbnail(painter: &Painter, texture: ReadyTexture, space: Rect, palette: &Palette) -> Rect {
    let rect = fit(texture.size, space, 2.0);
    let mut painter = painter.clone();
    painter.multiply_opacity(texture.opacity);
    if !texture.has_alpha {
        painter.add(palette.soft_shadow().as_shape(rect, theme::CORNER_SMALL));
    }
    paint_texture(&painter, rect, ReadyTexture { opacity: 1.0, ..texture }, theme::CORNER_SMALL, palette);
    let edge = if palette.dark { Color32::from_white_alpha(22) } else { Color32::from_black_alpha(26) };
    painter.rect_stroke(rect, theme::CORNER_SMALL, Stroke::new(1.0, edge), StrokeKind::Inside);
    rect
}

fn new_folder_cell_ui(ui: &mut Ui, window: &mut WindowContext<'_>, cell: Rect, layout: GridLayout) {
    let space = picture_space(cell, layout);
    paint_kind_large(ui.painter(), space, FileKind::Folder, "", ui.palette());
    rename::rename_ui(ui, window, name_field(cell, space));
}

fn tooltip(response: &egui::Response, entry: &Entry, window: &WindowContext<'_>, size: &str) {
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(egui::RichText::new(entry.name()).font(theme::medium(13.0)));
        if let Some(modified) = entry.modified() {
            ui.weak(format!("{size}, {}", window.clock.exact(modified)));
        }
        if let Some(totals) = &entry.totals {
            ui.weak(format::contents(totals));
        }
        if let Some(words) = sharing::words(window.state, entry).filter(|_| entry.is_folder()) {
            ui.weak(words);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{GridLayout, SIDE};
    use crate::ui::scroll::Viewport;
    use egui::{Rect, pos2};

    #[test]
    fn cells_fill_the_width_and_never_overlap() {
        for width in [300.0, 700.0, 1000.0, 1364.0] {
            for picture in [48.0, 128.0, 256.0] {
                let layout = GridLayout::new(width, picture);
                let used = layout.step.x * layout.columns as f32 - 8.0 + 2.0 * SIDE;
                assert!(used <= width, "{width} {picture}: {used}");
                assert!(layout.picture >= picture * 0.8, "{width} {picture}: {layout:?}");
                assert!(width - used < layout.columns as f32 + 1.0, "{width} {picture}: {used}");
            }
        }
    }

    #[test]
    fn the_rubber_band_touches_the_cells_it_crosses_also_when_scrolled() {
        let layout = GridLayout::new(700.0, 128.0);
        assert_eq!(layout.columns, 4);
        let rect = Rect::from_min_size(pos2(0.0, 50.0), egui::vec2(700.0, 500.0));
        let scrolled_lines = 2;
        let offset = f64::from(layout.step.y) * f64::from(scrolled_lines);
        let viewport = Viewport { rect, offset };
        let cell = layout.cell_rect(&viewport, 9);
        let band = Rect::from_two_pos(cell.center(), cell.center() + layout.step);
        assert_eq!(layout.touched(&viewport, band, 100), [9, 10, 13, 14]);
        assert_eq!(layout.touched(&viewport, band, 10), [9]);
    }
}
