//! Drawing the blocks. Each is laid out when it comes into sight for the first time; until then its height is
//! a guess, which is good enough for the scroll bar.

use super::code::code_ui;
use super::links::linked_block;
use super::picture::{picture_size, picture_ui};
use super::table::table_ui;
use super::words::words_ui;
use super::{Block, BlockBody, DocumentUiState, LinkTarget, Marker};
use crate::ui::WindowContext;
use crate::ui::bidi::begins_at_right;
use crate::ui::preview::PreviewSlot;
use crate::ui::preview::text::{paper, scroll_keys};
use crate::ui::theme::{self, Palette, UiPalette};
use coffer_model::markdown::linked_item;
use coffer_model::{MarkdownPreview, Preview};
use coffer_state::Action;
use coffer_texts::tr;
use egui::emath::GuiRounding as _;
use egui::{
    Align, Align2, EventFilter, Id, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    Vec2, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

const BODY_SIZE: f32 = theme::BODY_TEXT;
const LIST_INSET: f32 = 22.0;
const QUOTE_INSET: f32 = 16.0;

/// Fills `rect`.
pub(crate) fn markdown_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    slot: &PreviewSlot<'_>,
    preview: &Arc<Preview>,
    text: &MarkdownPreview,
    rect: Rect,
) {
    let id = slot.id;
    let keys = window.ui_state.previews.page_keys;
    let mut state = window.ui_state.previews.take_document(id, preview, text);
    if let Some(target) = document_ui(ui, window, &mut state, slot.entry.name(), id, rect, keys) {
        follow_link(window, slot, &target);
    }
    window.ui_state.previews.put_document(id, preview, state);
}

/// Draws a text that fills `rect`, and goes where a link inside of it leads; answers one that leads elsewhere, but for those
/// into the network. `id` is of the place, whatever text is in it; with `keys` the keys that scroll are for it.
pub fn document_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    state: &mut DocumentUiState,
    name: &str,
    id: Id,
    rect: Rect,
    keys: bool,
) -> Option<LinkTarget> {
    let palette = ui.palette();
    let rect = rect.round_ui();
    ui.painter().rect_filled(rect, theme::CORNER, paper(palette));
    let margin = if rect.width() > 500.0 { 32.0 } else { 14.0 };
    let width = rect.width() - 2.0 * margin;
    if (state.width - width).abs() > 0.5 {
        state.width = width;
        state.heights.fill(None);
    }
    let builder = UiBuilder::new().max_rect(rect).id_salt(id);
    let clicked = ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(rect));
        let has_keys = page_has_focus(ui, name, id, rect) || keys;
        let area = ScrollArea::vertical().id_salt(id).auto_shrink(false);
        area.show_viewport(ui, |ui, viewport| {
            let by = if has_keys { scroll_keys(ui, rect.height()) } else { 0.0 };
            if by != 0.0 {
                ui.scroll_with_delta(vec2(0.0, -by));
            }
            blocks_ui(ui, window, state, viewport, margin)
        })
        .inner
    });
    let target = clicked.inner?;
    ui.ctx().request_repaint();
    state.jump = linked_block(&state.document, &target);
    if state.jump.is_some() { None } else { Some(target) }
}

/// Shows the item of the account that a link leads to.
fn follow_link(window: &mut WindowContext<'_>, slot: &PreviewSlot<'_>, target: &LinkTarget) {
    let LinkTarget::Address(address) = target else { return };
    let folder = slot.entry.path.parent().unwrap_or_default();
    let Some(item) = linked_item(&folder, address) else { return };
    if window.state.dialog.is_some() {
        window.act(Action::CloseDialog);
    }
    window.act(Action::GoToTyped(item.as_str().to_owned()));
}

/// The page is one thing that can have the keyboard, so that keys scroll it; answers whether it has.
fn page_has_focus(ui: &Ui, name: &str, id: Id, rect: Rect) -> bool {
    let response = ui.interact(rect, id.with("page"), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, tr!("text-of", name = name)));
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        ui.painter().rect_stroke(
            rect.shrink(1.0),
            theme::CORNER,
            ui.palette().focus_ring(),
            StrokeKind::Inside,
        );
    }
    response.has_focus()
}

/// Answers which link was clicked.
fn blocks_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    state: &mut DocumentUiState,
    viewport: Rect,
    margin: f32,
) -> Option<LinkTarget> {
    let origin = ui.max_rect().min;
    let document = Arc::clone(&state.document);
    let jump = state.jump.take();
    let mut clicked = None;
    let mut y = margin.min(20.0);
    for (index, block) in document.blocks.iter().enumerate() {
        y += if index == 0 { 0.0 } else { gap_before(block) };
        if jump == Some(index) {
            let top = Rect::from_min_size(origin + vec2(0.0, y - 20.0), vec2(1.0, viewport.height()));
            ui.scroll_to_rect_animation(top, Some(Align::Min), egui::style::ScrollAnimation::none());
        }
        let guess = state.heights[index].unwrap_or_else(|| guessed_height(block, state.width));
        if y + guess >= viewport.min.y && y <= viewport.max.y {
            let top_left = pos2(origin.x + margin, origin.y + y);
            let place = BlockArea { index, top_left, width: state.width };
            let height = if let BlockBody::Picture(picture) = &block.body {
                framed_ui(ui, block, place, |ui, width, _| picture_ui(ui, window, picture, width))
            } else {
                let drawn = block_ui(ui, block, place);
                clicked = drawn.clicked.or(clicked);
                drawn.height
            };
            state.heights[index] = Some(height);
            y += height;
        } else {
            y += guess;
        }
    }
    // Not `set_height`, which counts from below the blocks that were drawn.
    ui.expand_to_include_rect(Rect::from_min_size(origin, vec2(margin + state.width, y + margin)));
    clicked
}

pub fn gap_before(block: &Block) -> f32 {
    match &block.body {
        BlockBody::Heading(1 | 2, _) => 22.0,
        BlockBody::Heading(..) => 16.0,
        BlockBody::Paragraph(_) if block.marker.is_some() => 4.0,
        BlockBody::Rule => 18.0,
        _ => 10.0,
    }
}

pub fn guessed_height(block: &Block, width: f32) -> f32 {
    let lines_of = |text: &str| (text.len() as f32 * 7.0 / width.max(50.0)).ceil().max(1.0);
    match &block.body {
        BlockBody::Heading(_, inline) => lines_of(&inline.text) * 30.0,
        BlockBody::Paragraph(inline) => lines_of(&inline.text) * 20.0,
        BlockBody::Code(code) => code.text.lines().count() as f32 * 18.0 + 20.0,
        BlockBody::Picture(picture) => picture_size(picture, width).y,
        BlockBody::Table(table) => (table.rows.len() + 1) as f32 * 30.0,
        BlockBody::Rule => 1.0,
    }
}

/// Where a block is drawn. `index` tells it from others of the text.
#[derive(Clone, Copy)]
pub struct BlockArea {
    pub index: usize,
    pub top_left: Pos2,
    pub width: f32,
}

/// What came of drawing a block.
pub struct DrawnBlock {
    pub height: f32,
    /// The link that was clicked, unless it leads into the network.
    pub clicked: Option<LinkTarget>,
}

/// Draws a block of words.
pub fn block_ui(ui: &mut Ui, block: &Block, place: BlockArea) -> DrawnBlock {
    let mut clicked = None;
    let height = framed_ui(ui, block, place, |ui, width, palette| match &block.body {
        BlockBody::Heading(level, inline) => {
            let size =
                [22.0, 18.0, 15.5, BODY_SIZE, BODY_SIZE, BODY_SIZE][usize::from(level.clamp(&1, &6) - 1)];
            let job = inline.job(size, true, width, palette);
            clicked = words_ui(ui, inline, job, palette, Some(*level));
        }
        BlockBody::Paragraph(inline) => {
            let job = inline.job(BODY_SIZE, false, width, palette);
            clicked = words_ui(ui, inline, job, palette, None);
        }
        BlockBody::Code(code) => code_ui(ui, code, width, palette),
        BlockBody::Table(table) => clicked = table_ui(ui, table, width, palette),
        BlockBody::Rule => {
            let (rect, _) = ui.allocate_exact_size(vec2(width, 1.0), Sense::hover());
            ui.painter().rect_filled(rect, 0.0, palette.line);
        }
        BlockBody::Picture(_) => {}
    });
    DrawnBlock { height, clicked }
}

/// Draws what a block has inside of its lists and quotes, with its marker, and answers with its height.
fn framed_ui(
    ui: &mut Ui,
    block: &Block,
    place: BlockArea,
    body_ui: impl FnOnce(&mut Ui, f32, &Palette),
) -> f32 {
    let palette = ui.palette();
    let BlockArea { index, top_left, width } = place;
    let inset = block.quote_depth as f32 * QUOTE_INSET + block.list_depth as f32 * LIST_INSET;
    let inner = width - inset;
    let rect = Rect::from_min_size(top_left + vec2(inset, 0.0), vec2(inner, f32::INFINITY));
    let builder = UiBuilder::new().max_rect(rect).id_salt(("block", index));
    let response = ui.scope_builder(builder, |ui| body_ui(ui, inner, palette));
    let drawn = response.response.rect;
    paint_marker(ui, block, drawn, palette);
    for depth in 0..block.quote_depth {
        let x = top_left.x + depth as f32 * QUOTE_INSET;
        let bar = Rect::from_min_max(pos2(x, drawn.min.y - 5.0), pos2(x + 3.0, drawn.max.y + 5.0));
        ui.painter().rect_filled(bar, 1.5, palette.line);
    }
    drawn.height()
}

fn paint_marker(ui: &Ui, block: &Block, drawn: Rect, palette: &Palette) {
    let Some(marker) = block.marker else { return };
    let is_at_right = matches!(&block.body, BlockBody::Paragraph(inline) if begins_at_right(&inline.text));
    let x = if is_at_right { drawn.max.x + 11.0 } else { drawn.min.x - 11.0 };
    let middle = pos2(x, drawn.min.y + BODY_SIZE * 0.76);
    let painter = ui.painter();
    match marker {
        Marker::Bullet if block.list_depth > 1 => {
            painter.circle_stroke(middle, 2.3, Stroke::new(1.2, palette.dimmed));
        }
        Marker::Bullet => {
            painter.circle_filled(middle, 2.5, palette.dimmed);
        }
        Marker::Number(number) => {
            let font = theme::regular(BODY_SIZE);
            let (x, align, words) = if is_at_right {
                (drawn.max.x + 6.0, Align2::LEFT_CENTER, format!(".{number}"))
            } else {
                (drawn.min.x - 6.0, Align2::RIGHT_CENTER, format!("{number}."))
            };
            painter.text(pos2(x, middle.y), align, words, font, palette.dimmed);
        }
        Marker::Task { done } => {
            let square = Rect::from_center_size(middle - vec2(1.0, 0.0), Vec2::splat(13.0));
            let fill = if done { palette.accent } else { palette.surface_1 };
            painter.rect(square, 3.0, fill, Stroke::new(1.0, palette.dimmed), StrokeKind::Inside);
            if done {
                let at = |x: f32, y: f32| square.min + vec2(x, y);
                painter.line(
                    vec![at(3.2, 6.8), at(5.6, 9.2), at(9.8, 4.2)],
                    Stroke::new(1.6, palette.on_accent),
                );
            }
        }
    }
}
