//! Beside the map: how much the folder takes, and the largest of what is in it, each with a bar of its share by kinds.

use super::colors::block_color;
use super::map::smaller_files;
use crate::ui::entries::{self, EntryStyle};
use crate::ui::theme::{self, UiPalette, blend};
use crate::ui::widgets::{elide_middle, paint_icon, paint_kind, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::{BlockContent, Entry, IndexPhase, Listing, SpaceBlock, SpaceMap};
use coffer_state::Action;
use coffer_state::space::SpaceColors;
use coffer_texts::tr;
use egui::{
    Align2, Color32, Rect, RichText, Role, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo,
    pos2, vec2,
};
use egui_material_icons::icons;

pub(super) const WIDTH: f32 = 300.0;
const ROW: f32 = 48.0;
const BAR: f32 = 4.0;

pub(super) fn children_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    map: &SpaceMap,
    listing: &Listing,
    space: Rect,
) {
    let palette = ui.palette();
    ui.painter().vline(space.min.x + 0.5, space.y_range(), (1.0, palette.line));
    let inner = space.with_min_x(space.min.x + 12.0).with_max_x(space.max.x - 8.0);
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("children"), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ui.add_space(12.0);
        let name = RichText::new(window.state.folder_name(&map.folder)).font(theme::semibold(15.0));
        ui.add(egui::Label::new(name).truncate());
        ui.add_space(3.0);
        let words = sums_in_words(window, map);
        ui.add(egui::Label::new(RichText::new(words).color(palette.dimmed)).truncate());
        ui.add_space(10.0);
        let rows = map.blocks.len();
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, rows, |ui, shown| {
            for block in map.blocks.get(shown).unwrap_or_default() {
                row_ui(ui, window, map, block, listing);
            }
            ui.add_space(theme::CONTROL_HEIGHT + 24.0);
        });
    });
}

/// "128 GB · 44,168 files · 80 % of all"
fn sums_in_words(window: &WindowContext<'_>, map: &SpaceMap) -> String {
    let totals = &map.totals;
    let mut words = format!("{} · {}", format::size(totals.bytes), tr!("files", count = totals.files));
    let index = window.state.session.index.as_ref();
    if let Some(index) = index.filter(|_| !map.folder.is_root()) {
        let share = format::share(totals.bytes, index.bytes);
        words = format!("{words} · {}", tr!("space-share-of-all", share = share));
    }
    if let Some(IndexPhase::Building { percent }) = index.map(|index| index.phase) {
        let indexed = match percent {
            Some(percent) => tr!("space-percent-indexed", percent = percent),
            None => tr!("space-not-all-indexed").to_owned(),
        };
        words = format!("{words} · {indexed}");
    }
    words
}

fn row_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    map: &SpaceMap,
    block: &SpaceBlock,
    listing: &Listing,
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let share = block.bytes as f32 / map.totals.bytes.max(1) as f32;
    let size = format::size(block.bytes);
    match &block.content {
        BlockContent::SmallerFiles(files) => {
            let words = smaller_files(*files);
            let row = ChildRow { rect, name: &words, more: "", size: &size, share, block };
            let response = ui.interact(rect, ui.scope_id().with("smaller"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("{words}, {size}")));
            paint_row(ui, window, &row, None);
        }
        BlockContent::Item(entry) => {
            let totals = entry.totals.as_ref();
            let more = totals.map_or_else(String::new, |totals| tr!("files", count = totals.files));
            let row = ChildRow { rect, name: entry.name(), more: &more, size: &size, share, block };
            item_row_ui(ui, window, entry, listing, &row);
        }
    }
}

struct ChildRow<'a> {
    rect: Rect,
    name: &'a str,
    more: &'a str,
    size: &'a str,
    /// Of the folder shown, 0 to 1.
    share: f32,
    block: &'a SpaceBlock,
}

fn item_row_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    entry: &Entry,
    listing: &Listing,
    row: &ChildRow<'_>,
) {
    let palette = ui.palette();
    let has_keys = entries::content_has_keys(ui.ctx(), window.state);
    let style = EntryStyle::new(window, entry, has_keys);
    let id = ui.scope_id().with(entry.path.lower());
    let response = ui.interact(row.rect, id, Sense::CLICK | Sense::DRAG);
    let Some(index) = listing.row_of(&entry.path) else { return };
    let words =
        [row.more, row.size].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
    let at = (index, listing.entries.len());
    entries::describe(ui, &response, Role::Row, entry.name(), &style, at, &words);
    if entry.is_folder() {
        entries::offer_target(window, row.rect, &entry.path);
    }
    let is_over = window.ui_state.space.hovered.as_ref().is_some_and(|path| entry.path.contains(path));
    let fill = row.rect.shrink2(vec2(0.0, 1.0));
    if style.selected || style.target {
        ui.painter().rect_filled(fill, theme::CORNER, palette.selection());
    } else if response.hovered() || is_over {
        ui.painter().rect_filled(fill, theme::CORNER, palette.hover());
    }
    if style.cursor || style.target {
        ui.painter().rect_stroke(fill, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    }
    paint_row(ui, window, row, Some((entry, style.opacity())));
    entries::handle_row(ui, window, &response, index, entry, style.selected, true);
    if response.hovered() {
        window.ui_state.space.hovered = Some(entry.path.clone());
    }
    if entry.is_folder() {
        let arrow =
            Rect::from_center_size(pos2(row.rect.max.x - 12.0, row.rect.center().y), vec2(24.0, 30.0));
        let enter = ui.interact(arrow, id.with("enter"), Sense::click());
        let name = tr!("space-go-in", name = entry.name());
        enter.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let color = if enter.hovered() { palette.text } else { palette.dimmed };
        paint_icon(ui.painter(), arrow.center(), icons::ICON_CHEVRON_RIGHT, 18.0, color);
        if enter.clicked() {
            window.act(Action::Open(entry.path.clone()));
        }
    }
}

fn paint_row(ui: &Ui, window: &WindowContext<'_>, row: &ChildRow<'_>, entry: Option<(&Entry, f32)>) {
    let palette = ui.palette();
    let mut painter = ui.painter().clone();
    painter.multiply_opacity(entry.map_or(1.0, |(_, opacity)| opacity));
    let rect = row.rect;
    let line = rect.min.y + 17.0;
    if let Some((entry, _)) = entry {
        let icon = Rect::from_center_size(pos2(rect.min.x + 18.0, rect.center().y), Vec2::splat(20.0));
        paint_kind(&painter, icon, entry.file_kind(), palette);
    }
    let left = rect.min.x + 38.0;
    let right = rect.max.x - 26.0;
    let size = paint_text(
        &painter,
        Align2::RIGHT_CENTER,
        pos2(right, line),
        90.0,
        row.size,
        theme::tabular(13.0),
        palette.dimmed,
    );
    let color = if entry.is_some() { palette.text } else { palette.dimmed };
    let room = size.min.x - left - 8.0;
    let name = elide_middle(&painter, row.name, &theme::medium(theme::BODY_TEXT), color, room);
    let more_at = left + name.size().x + 7.0;
    painter.galley(pos2(left, line - name.size().y / 2.0), name, color);
    if size.min.x - more_at > 50.0 {
        let font = theme::regular(theme::SMALL_TEXT);
        let room = size.min.x - more_at - 8.0;
        paint_text(&painter, Align2::LEFT_CENTER, pos2(more_at, line), room, row.more, font, palette.dimmed);
    }
    let whole = Rect::from_min_max(pos2(left, rect.min.y + 32.0), pos2(right, rect.min.y + 32.0 + BAR));
    painter.rect_filled(whole, BAR / 2.0, blend(palette.surface_1, palette.text.gamma_multiply(0.07)));
    let width = (whole.width() * row.share).max(2.0);
    let mut at = whole.min.x;
    for (color, part) in parts(window, row, palette) {
        let to = at + width * part;
        let piece = Rect::from_min_max(pos2(at, whole.min.y), pos2(to, whole.max.y));
        painter.rect_filled(piece, BAR / 2.0, color);
        at = to;
    }
}

/// The colours of what is in a block, as far as the map shows it, the largest part first.
fn parts(window: &WindowContext<'_>, row: &ChildRow<'_>, palette: &theme::Palette) -> Vec<(Color32, f32)> {
    let colors: SpaceColors = window.state.space.colors;
    let mut sums: Vec<(Color32, u64)> = Vec::new();
    let mut open = vec![row.block];
    while let Some(block) = open.pop() {
        if block.blocks.is_empty() {
            let color = block_color(block, colors, window.clock.now(), palette).unwrap_or(palette.dimmed);
            match sums.iter_mut().find(|(known, _)| *known == color) {
                Some((_, sum)) => *sum += block.bytes,
                None => sums.push((color, block.bytes)),
            }
        }
        open.extend(&block.blocks);
    }
    sums.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let total = row.block.bytes.max(1) as f32;
    sums.into_iter().map(|(color, bytes)| (color, bytes as f32 / total)).collect()
}
