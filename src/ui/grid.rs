//! The rows of a place as pictures with names. Only the lines that are seen are drawn.

use super::entries::{self, ContentLines, EntryStyle};
use super::entry_thumbnails;
use super::grid_layout::{CellSize, GridLayout, PADDING};
use super::scroll::{FirstRow, Viewport, scroll_ui};
use super::textures::{ReadyTexture, fit, paint_texture};
use super::theme::{self, Palette, UiPalette};
use super::widgets::{
    elide_middle_in_two_lines, paint_icon, paint_kind_large, paint_marked, paint_skeleton_cell, paint_text,
};
use super::{WindowContext, format, group_heading, news, past, rename, sharing};
use coffer_model::{Entry, FileKind};
use coffer_state::WindowEvent;
use egui::{
    Align, Align2, Color32, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};
use egui_material_icons::{MaterialIcon, icons};

pub fn grid_ui(ui: &mut Ui, window: &mut WindowContext<'_>, lines: &ContentLines) {
    let size = CellSize::new(ui.available_width(), window.state.folder_view().grid_points);
    let layout = GridLayout::new(size, lines);
    let reveal = window.state.browser.reveal.map(|row| layout.line_of(lines.line_of(row)));
    let makes_folder = lines.new_folder && window.ui_state.renaming.is_none();
    let reveal = if makes_folder { Some(layout.line_of(0)) } else { reveal };
    FirstRow::hold(window, lines, |line| layout.top_of(line));
    let growing = !lines.listing.complete;
    scroll_ui(ui, window, layout.height(), reveal.as_ref(), growing, |ui, window, viewport| {
        cells_ui(ui, window, lines, &layout, viewport)
    });
}

/// Pale cells while the first ones are fetched.
pub fn skeleton_ui(ui: &Ui, window: &WindowContext<'_>) {
    let rect = ui.available_rect_before_wrap();
    let size = CellSize::new(rect.width(), window.state.folder_view().grid_points);
    let layout = GridLayout::without_groups(size, size.columns * 3);
    let viewport = Viewport { rect, offset: 0.0 };
    for index in 0..size.columns * 3 {
        let space = picture_space(layout.cell_rect(&viewport, index), size);
        paint_skeleton_cell(ui.painter(), space, index, size.columns, ui.palette());
    }
}

fn cells_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    lines: &ContentLines,
    layout: &GridLayout,
    viewport: Viewport,
) -> f32 {
    let size = layout.size;
    let page_lines = (viewport.rect.height() / size.step.y).floor().max(1.0) as usize;
    if window.state.browser.layout() != (size.columns, page_lines) {
        window.emit(WindowEvent::Layout { columns: size.columns, page_lines });
    }
    let space = ui.interact(viewport.rect, ui.scope_id().with("space"), Sense::CLICK | Sense::DRAG);
    let mut band_begins = entries::handle_space(ui, window, &space);
    let has_keys = entries::rows_have_keys(ui.ctx(), window);

    for (group, rect) in layout.headings(&viewport) {
        group_heading::group_heading_ui(ui, lines, group, rect);
    }
    let visible = layout.visible(&viewport);
    window.ui_state.rows.first =
        FirstRow::of_lines(window, lines, visible.clone(), viewport.offset, |line| layout.top_of(line));
    for line in visible.clone() {
        let cell = layout.cell_rect(&viewport, line);
        match (lines.row(line), lines.entry(line)) {
            (Some(index), Some(entry)) => {
                let grid_cell = GridCell { rect: cell, index, size, lines };
                band_begins |= cell_ui(ui, window, entry, &grid_cell, has_keys);
            }
            _ => new_folder_cell_ui(ui, window, cell, size),
        }
    }
    let page = size.columns * (page_lines + 1);
    let pixels = size.picture * ui.pixels_per_point();
    entry_thumbnails::want_ahead(window, lines, visible.end..(visible.end + page).min(lines.len()), pixels);

    if band_begins {
        entries::begin_band(ui, window, viewport.top());
    }
    let touched = |band: Rect| layout.touched(&viewport, band);
    entries::band_ui(ui, window, lines, viewport.rect, viewport.top(), touched)
        + entries::drag_scroll(ui, window, viewport.rect)
}

struct GridCell<'a> {
    rect: Rect,
    index: usize,
    size: CellSize,
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
    let response = ui.interact(cell, entries::row_id(window, &entry.path), Sense::CLICK | Sense::DRAG);
    let of = grid_cell.lines.listing.entries.len();
    let size = entry.size_bytes().map_or_else(String::new, format::size);
    let more = if entry.file().is_some() { None } else { sharing::words(window.state, entry) };
    let more = since.as_ref().map(|since| since.text.clone()).or(more);
    let more = news::description(window.state, entry, more.as_ref().unwrap_or(&size));
    let name = window.state.browser.shown_name(entry);
    entries::describe(ui, &response, Role::ListItem, name, &style, (grid_cell.index, of), &more);
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
    if style.has_ring(painter.ctx()) || style.target {
        painter.rect_stroke(cell, theme::CORNER_LARGE, palette.focus_ring(), StrokeKind::Inside);
    }

    let mut painter = painter.clone();
    painter.multiply_opacity(style.opacity());
    let space = picture_space(cell, grid_cell.size);
    let drawn = picture_ui(&painter, window, entry, space, style.kind, palette);
    if window.state.has_link_mark(entry) {
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

fn picture_space(cell: Rect, size: CellSize) -> Rect {
    let top = cell.min.y + PADDING;
    Rect::from_min_size(pos2((cell.center().x - size.picture / 2.0).round(), top), Vec2::splat(size.picture))
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
    let galley = elide_middle_in_two_lines(
        painter,
        window.state.browser.shown_name(entry),
        &theme::regular(13.0),
        palette.text,
        (Align::Center, width),
    );
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
    let texture = entry_thumbnails::ready_thumbnail_or_page(window, painter.ctx(), entry, pixels);
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

fn new_folder_cell_ui(ui: &mut Ui, window: &mut WindowContext<'_>, cell: Rect, size: CellSize) {
    let space = picture_space(cell, size);
    paint_kind_large(ui.painter(), space, FileKind::Folder, "", ui.palette());
    rename::rename_ui(ui, window, name_field(cell, space));
}

fn tooltip(response: &egui::Response, entry: &Entry, window: &WindowContext<'_>, size: &str) {
    if !entries::shows_tooltips(&response.ctx, window) {
        return;
    }
    // Below the cell: at the pointer it would cover what the person looks at.
    response.clone().on_hover_ui(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(egui::RichText::new(entry.name()).font(theme::medium(13.0)));
        if let Some(modified) = entry.modified() {
            ui.weak(format!("{size}, {}", window.clock.exact(modified)));
        }
        if let Some(totals) = &entry.totals {
            ui.weak(format::contents(totals));
        }
        if news::has_dot(window.state, entry) {
            ui.weak(news::words());
        }
        if let Some(words) = sharing::words(window.state, entry).filter(|_| entry.is_folder()) {
            ui.weak(words);
        }
    });
}
