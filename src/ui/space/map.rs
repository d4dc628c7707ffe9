//! The map: each item as large as its size. A click on a folder goes in, one on a file selects it; the rest is as in a list.

use super::colors::{block_color, tile_fill};
use super::tiles::{HEAD, Tile, tiles};
use crate::ui::entries::{self, EntryStyle};
use crate::ui::theme::{self, Palette, UiPalette, blend};
use crate::ui::widgets::{elide_middle, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::{BlockContent, Entry, Listing, SpaceMap};
use coffer_state::Action;
use coffer_texts::tr;
use egui::{
    Align2, Galley, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// A tile of at least this size has words in it.
const LEAST_WORDS: egui::Vec2 = vec2(58.0, 20.0);
const LINE: f32 = 15.0;

pub(super) fn map_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    map: &SpaceMap,
    listing: &Listing,
    frame: Rect,
) {
    let palette = ui.palette();
    let has_keys = entries::content_has_keys(ui.ctx(), window.state);
    let space = ui.interact(frame, ui.scope_id().with("map"), Sense::CLICK);
    entries::handle_space(ui, window, &space);
    let mut outlines = Vec::new();
    let hovered = std::mem::take(&mut window.ui_state.space.hovered);
    for tile in tiles(map, frame) {
        let color = block_color(tile.block, window.state.space.colors, window.clock.now(), palette);
        match &tile.block.content {
            BlockContent::SmallerFiles(files) => {
                paint_tile(ui.painter(), &tile, tile_fill(None, palette), palette);
                let words = smaller_files(*files);
                let label = Label { name: &words, size: &format::size(tile.block.bytes) };
                paint_words(ui.painter(), &tile, &label, palette);
                let id = ui.scope_id().with(("smaller", tile.rect.min.x as i32, tile.rect.min.y as i32));
                ui.interact(tile.rect, id, Sense::hover())
                    .on_hover_text_at_pointer(format!("{words}, {}", format::size(tile.block.bytes)));
            }
            BlockContent::Item(entry) => {
                let style = EntryStyle::new(window, entry, has_keys);
                let mut painter = ui.painter().clone();
                painter.multiply_opacity(style.opacity());
                paint_tile(&painter, &tile, tile_fill(color, palette), palette);
                let label = Label { name: entry.name(), size: &format::size(tile.block.bytes) };
                paint_words(&painter, &tile, &label, palette);
                let response = tile_ui(ui, window, &tile, entry, listing, &style);
                if response.hovered() {
                    window.ui_state.space.hovered = Some(entry.path.clone());
                    tooltip(&response, window, map, &tile, entry);
                }
                if style.cursor || style.selected {
                    window.ui_state.cursor_rect = Some(tile.rect);
                }
                let is_hovered = response.hovered() || hovered.as_ref() == Some(&entry.path);
                if style.selected || style.target || style.cursor || is_hovered {
                    outlines.push((tile.rect, style.selected || style.target || style.cursor));
                }
            }
        }
    }
    // Above all tiles, since those of neighbours are near.
    for (rect, is_chosen) in outlines {
        if is_chosen {
            ui.painter().rect_stroke(rect.expand(1.0), 4.0, (3.0, palette.accent), StrokeKind::Outside);
        }
        ui.painter().rect_stroke(rect, 3.0, Stroke::new(1.5, palette.text), StrokeKind::Middle);
    }
}

/// What the pointer does on a tile. Of an open folder only its name can be hit, and the space around what is in it.
fn tile_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    tile: &Tile<'_>,
    entry: &Entry,
    listing: &Listing,
    style: &EntryStyle,
) -> Response {
    let response = ui.interact(tile.rect, entries::row_id(window, &entry.path), Sense::CLICK | Sense::DRAG);
    let Some(row) = listing.row_of(&entry.path) else { return response };
    let more = format::size(tile.block.bytes);
    let at = (row, listing.entries.len());
    entries::describe(ui, &response, Role::ListItem, entry.name(), style, at, &more);
    if entry.is_folder() {
        entries::offer_target(window, tile.rect, &entry.path);
    }
    let modifiers = ui.input(|input| input.modifiers);
    entries::handle_row(ui, window, &response, row, entry, style.selected, true);
    if response.clicked() && entry.is_folder() && !modifiers.any() {
        window.act(Action::Open(entry.path.clone()));
    }
    response
}

fn paint_tile(painter: &Painter, tile: &Tile<'_>, fill: egui::Color32, palette: &Palette) {
    if tile.is_open {
        let back = if palette.dark { palette.surface_2 } else { palette.surface_0 };
        painter.rect_filled(tile.rect, 4.0, back);
        let line = Stroke::new(1.0, palette.line.gamma_multiply(0.7));
        painter.rect_stroke(tile.rect, 4.0, line, StrokeKind::Inside);
    } else {
        let corner = if tile.rect.size().min_elem() > 8.0 { 3.0 } else { 1.0 };
        painter.rect_filled(tile.rect, corner, fill);
    }
}

struct Label<'a> {
    name: &'a str,
    size: &'a str,
}

/// The name and, where there is room, the size: of an open folder beside each other above what is in it.
fn paint_words(painter: &Painter, tile: &Tile<'_>, label: &Label<'_>, palette: &Palette) {
    let rect = tile.rect;
    let small = theme::regular(theme::SMALL_TEXT);
    if tile.is_open {
        if !tile.has_head {
            return;
        }
        let width = rect.width() - 14.0;
        let middle = rect.min.y + HEAD / 2.0;
        let name = elide_middle(painter, label.name, &theme::medium(theme::SMALL_TEXT), palette.text, width);
        let left = rect.min.x + 7.0;
        let size_at = left + name.size().x + 7.0;
        painter.galley(pos2(left, middle - name.size().y / 2.0), name, palette.text);
        let size = painter.layout_no_wrap(label.size.to_owned(), small, palette.dimmed);
        if size_at + size.size().x <= rect.max.x - 6.0 {
            painter.galley(pos2(size_at, middle - size.size().y / 2.0), size, palette.dimmed);
        }
    } else if rect.width() >= LEAST_WORDS.x && rect.height() >= LEAST_WORDS.y {
        let width = rect.width() - 10.0;
        let name = elide_middle(painter, label.name, &theme::medium(theme::SMALL_TEXT), palette.text, width);
        let top = rect.min.y + if rect.height() < LEAST_WORDS.y + LINE { 3.0 } else { 5.0 };
        painter.galley(pos2(rect.min.x + 5.0, top), name, palette.text);
        if rect.height() >= LEAST_WORDS.y + LINE {
            let color = blend(tile_fill(None, palette), palette.text.gamma_multiply(0.85));
            let at = pos2(rect.min.x + 5.0, top + LINE);
            paint_text(painter, Align2::LEFT_TOP, at, width, label.size, small, color);
        }
    }
}

fn tooltip(response: &Response, window: &WindowContext<'_>, map: &SpaceMap, tile: &Tile<'_>, entry: &Entry) {
    let place = window.state.folder_path(&entry.path.parent().unwrap_or_default());
    let bytes = tile.block.bytes;
    let share = format::share(bytes, map.totals.bytes);
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(egui::RichText::new(entry.name()).font(theme::medium(13.0)));
        ui.weak(tr!("space-tooltip", size = format::size(bytes), share = share, folder = place));
        if let Some(totals) = &entry.totals {
            ui.weak(format::contents(totals));
        }
        if let Some(newest) = tile.block.newest {
            ui.weak(window.clock.exact(newest));
        }
    });
}

/// "412 smaller files"
pub(super) fn smaller_files(files: u64) -> String {
    tr!("smaller-files", count = files)
}

/// One colour of a map with its words.
pub(super) struct Legend {
    pub color: egui::Color32,
    pub name: &'static str,
    /// Dimmed, behind the name.
    pub more: String,
}

impl Legend {
    fn galleys(&self, ui: &Ui) -> [Arc<Galley>; 2] {
        let (palette, font) = (ui.palette(), theme::regular(theme::SMALL_TEXT));
        let name = ui.painter().layout_no_wrap(self.name.to_owned(), font.clone(), palette.text);
        [name, ui.painter().layout_no_wrap(self.more.clone(), font, palette.dimmed)]
    }

    pub(super) fn width(&self, ui: &Ui) -> f32 {
        let [name, more] = self.galleys(ui);
        16.0 + name.size().x + if self.more.is_empty() { 0.0 } else { 6.0 + more.size().x }
    }
}

pub(super) fn legend_ui(ui: &mut Ui, legend: &Legend) {
    let palette = ui.palette();
    let ([name, more], width) = (legend.galleys(ui), legend.width(ui));
    let words = format!("{} {}", name.text(), more.text());
    let (rect, response) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.trim()));
    let middle = rect.center().y;
    let square = Rect::from_center_size(pos2(rect.min.x + 5.0, middle), vec2(10.0, 10.0));
    ui.painter().rect_filled(square, 2.5, legend.color);
    let name_at = rect.min.x + 16.0;
    let more_at = name_at + name.size().x + 6.0;
    ui.painter().galley(pos2(name_at, middle - name.size().y / 2.0), name, palette.text);
    ui.painter().galley(pos2(more_at, middle - more.size().y / 2.0), more, palette.dimmed);
}
