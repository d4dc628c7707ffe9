//! Two Markdown texts as they are read, block by block. Which blocks belong beside each other is in `rows`; a block is
//! drawn as in a preview.

mod rows;

use super::columns::halves;
use super::lines;
use crate::ui::preview::{Block, BlockArea, Document, block_ui, gap_before, guessed_height, scroll_keys};
use crate::ui::theme::{self, UiPalette};
use coffer_model::FileKind;
use coffer_model::comparison::{Comparison, LineComparison};
use coffer_model::comparison_view::LineLayout;
use egui::{Align, Rect, Response, ScrollArea, Shape, StrokeKind, Ui, UiBuilder, pos2, vec2};
use rows::{BlockRow, block_rows};
use std::sync::Arc;

/// Longer texts are shown as lines only: a whole text is parsed at once.
const MOST_BYTES: usize = 512 * 1024;
const PADDING: f32 = 16.0;

/// What is kept of two Markdown texts from one frame to the next.
pub(super) struct BlocksUiState {
    comparison: Arc<Comparison>,
    documents: [Document; 2],
    rows: Vec<BlockRow>,
    /// Of each row those of both blocks, if they were drawn, for `width`.
    heights: Vec<[Option<f32>; 2]>,
    width: f32,
    /// The difference that was brought into view last.
    revealed: Option<usize>,
}

/// Both are Markdown, and not too long.
pub(super) fn can_show(comparison: &Comparison, lines: &LineComparison) -> bool {
    let is_markdown = |name: &str| FileKind::from_name(name) == FileKind::Markdown;
    comparison.versions.iter().all(|version| is_markdown(&version.name))
        && lines.texts.iter().all(|text| text.len() <= MOST_BYTES)
}

impl BlocksUiState {
    fn new(comparison: &Arc<Comparison>, lines: &LineComparison) -> Self {
        let documents = lines.texts.each_ref().map(|text| Document::parse(text));
        let sources = documents
            .each_ref()
            .map(|document| document.blocks.iter().map(|block| block.source.clone()).collect());
        let rows = block_rows(lines, &sources);
        let heights = vec![[None; 2]; rows.len()];
        Self { comparison: Arc::clone(comparison), documents, rows, heights, width: 0.0, revealed: None }
    }

    fn block(&self, row: usize, side: usize) -> Option<&Block> {
        self.documents[side].blocks.get(self.rows[row].blocks[side]?)
    }

    /// The height of a block, a guess if it was not drawn yet.
    fn height(&self, row: usize, side: usize) -> f32 {
        let guess = |block: &Block| guessed_height(block, self.width);
        self.heights[row][side].unwrap_or_else(|| self.block(row, side).map_or(0.0, guess))
    }
}

pub(super) fn blocks_ui(
    ui: &mut Ui,
    ui_state: &mut Option<BlocksUiState>,
    comparison: &Arc<Comparison>,
    lines: &LineComparison,
    place: &lines::LinesPlace<'_>,
) {
    if ui_state.as_ref().is_none_or(|state| !Arc::ptr_eq(&state.comparison, comparison)) {
        *ui_state = Some(BlocksUiState::new(comparison, lines));
    }
    let Some(state) = ui_state else { return };
    let area = place.response.rect;
    let sides = match place.layout {
        LineLayout::SideBySide => halves(area, lines::GAP),
        LineLayout::Unified => [area; 2],
    };
    let width = sides[0].width() - 2.0 * PADDING - 8.0;
    if (state.width - width).abs() > 0.5 {
        state.width = width;
        state.heights.fill([None; 2]);
    }
    let page =
        BlocksPage { lines, response: place.response, layout: place.layout, current: place.current, sides };
    ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(area));
        ScrollArea::vertical().id_salt("blocks of both texts").auto_shrink(false).show_viewport(
            ui,
            |ui, view| {
                page.rows_ui(ui, state, view);
                if page.response.has_focus() {
                    let by = scroll_keys(ui, view.height());
                    if by != 0.0 {
                        ui.scroll_with_delta(vec2(0.0, -by));
                    }
                }
            },
        );
    });
    if place.response.has_focus() {
        let ring = area.expand(2.0);
        ui.painter().rect_stroke(ring, theme::CORNER, ui.palette().focus_ring(), StrokeKind::Inside);
    }
}

struct BlocksPage<'a> {
    lines: &'a LineComparison,
    response: &'a Response,
    layout: LineLayout,
    current: usize,
    sides: [Rect; 2],
}

impl BlocksPage<'_> {
    fn rows_ui(&self, ui: &mut Ui, state: &mut BlocksUiState, view: Rect) {
        let top = ui.max_rect().min.y;
        let shown = self.lines.differences.get(self.current).cloned().unwrap_or_default();
        let mut y = 8.0;
        for row in 0..state.rows.len() {
            let blocks = [state.block(row, 0), state.block(row, 1)];
            let gap = blocks.iter().flatten().map(|block| gap_before(block)).fold(0.0, f32::max);
            // The plates of changed blocks do not touch others.
            let is_plated = !state.rows[row].is_equal || row > 0 && !state.rows[row - 1].is_equal;
            let gap = if is_plated { gap.max(14.0) } else { gap };
            y += if row == 0 { 0.0 } else { gap };
            let height = self.height(state, row);
            let lines = &state.rows[row].lines;
            let is_current = lines.start < shown.end && shown.start < lines.end;
            if y + height >= view.min.y - 40.0 && y <= view.max.y + 40.0 {
                self.row_ui(ui, state, row, top + y, is_current);
            }
            let height = self.height(state, row);
            if is_current && state.revealed != Some(self.current) {
                state.revealed = Some(self.current);
                let y_range = top + y..=top + y + height.min(view.height() - 40.0);
                let rect = Rect::from_x_y_ranges(self.sides[0].x_range(), y_range);
                let still = egui::style::ScrollAnimation::none();
                ui.scroll_to_rect_animation(rect, Some(Align::Center), still);
            }
            y += height;
        }
        // Not `set_height`, which counts from below the blocks that were drawn.
        let all = ui.max_rect().x_range();
        ui.expand_to_include_rect(Rect::from_x_y_ranges(all, top..=top + y + 16.0));
    }

    /// Whether the block of this side is drawn: below each other, one that is the same in both is drawn once.
    fn is_drawn(&self, row: &BlockRow, side: usize) -> bool {
        row.blocks[side].is_some() && !(self.layout == LineLayout::Unified && row.is_equal && side == 1)
    }

    fn height(&self, state: &BlocksUiState, row: usize) -> f32 {
        let height = |side| if self.is_drawn(&state.rows[row], side) { state.height(row, side) } else { 0.0 };
        match self.layout {
            LineLayout::SideBySide => height(0).max(height(1)),
            LineLayout::Unified => {
                height(0) + height(1) + if height(0) * height(1) > 0.0 { 12.0 } else { 0.0 }
            }
        }
    }

    fn row_ui(&self, ui: &mut Ui, state: &mut BlocksUiState, row: usize, top: f32, is_current: bool) {
        let palette = ui.palette();
        let mut y = top;
        for side in 0..2 {
            if !self.is_drawn(&state.rows[row], side) {
                continue;
            }
            let column = self.sides[side];
            let (width, background) = (state.width, ui.painter().add(Shape::Noop));
            let Some(block) = state.block(row, side) else { continue };
            let at = pos2(column.min.x + PADDING, y);
            let place = BlockArea { index: row, top_left: at, width };
            let height = ui.push_id(("side", side), |ui| block_ui(ui, block, place)).inner.height;
            if !state.rows[row].is_equal {
                let color = [palette.danger, palette.added][side];
                let x = column.min.x + 4.0..=column.max.x - 10.0;
                let tint = Rect::from_x_y_ranges(x, y - 4.0..=y + height + 4.0);
                let strength = if palette.dark { 0.14 } else { 0.10 };
                let fill = Shape::rect_filled(tint, theme::CORNER_SMALL, color.gamma_multiply(strength));
                ui.painter().set(background, fill);
                let edge = Rect::from_min_max(tint.min, pos2(tint.min.x + 3.0, tint.max.y));
                ui.painter().rect_filled(edge, 1.5, color);
                if is_current {
                    let ring = palette.focus_ring();
                    ui.painter().rect_stroke(tint, theme::CORNER_SMALL, ring, StrokeKind::Outside);
                }
            }
            state.heights[row][side] = Some(height);
            if self.layout == LineLayout::Unified {
                y += height + 12.0;
            }
        }
    }
}
