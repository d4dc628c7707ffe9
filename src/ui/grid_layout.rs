//! Where the cells of a grid stand: in lines, and each group of them below a heading. Nothing is drawn here.

use super::entries::ContentLines;
use super::scroll::Viewport;
use coffer_state::cell_lines::CellLines;
use egui::{Rect, Vec2, pos2, vec2};
use std::ops::Range;

/// Around all cells; between them; inside them around the picture.
pub const SIDE: f32 = 12.0;
pub const GAP: f32 = 8.0;
pub const PADDING: f32 = 10.0;
const NAME_HEIGHT: f32 = 40.0;
const LEAST_SHARE: f32 = 0.88;
const ABOVE: f64 = 8.0;
const BELOW: f64 = 12.0;
const HEADING: f64 = 36.0;

/// The size of cells, and how many stand in a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellSize {
    pub columns: usize,
    /// From one cell to the next.
    pub step: Vec2,
    pub cell: Vec2,
    pub picture: f32,
}

impl CellSize {
    pub fn new(width: f32, picture: f32) -> Self {
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
}

/// All cells. What it costs grows with the number of groups, not with that of the cells.
#[derive(Clone, Debug)]
pub struct GridLayout {
    pub size: CellSize,
    lines: Option<CellLines>,
    cells: usize,
    /// How many sections at the begin have no heading; without groups that is all there is.
    bare: usize,
}

impl GridLayout {
    pub fn new(size: CellSize, lines: &ContentLines) -> Self {
        let extra = lines.extra();
        let groups = &lines.listing.groups.list;
        Self::with_sections(size, lines.len(), groups.iter().map(|group| group.first_row + extra), extra)
    }

    /// For pale cells, of which there is nothing to know.
    pub fn without_groups(size: CellSize, cells: usize) -> Self {
        Self::with_sections(size, cells, std::iter::empty(), cells)
    }

    fn with_sections(
        size: CellSize,
        cells: usize,
        begins: impl ExactSizeIterator<Item = usize>,
        extra: usize,
    ) -> Self {
        let bare = usize::from(begins.len() == 0 || extra > 0);
        Self { size, lines: CellLines::new(begins, cells, size.columns), cells, bare }
    }

    pub fn height(&self) -> f64 {
        let Some(lines) = &self.lines else { return ABOVE + BELOW };
        self.line_top(lines.last_line(), lines.sections().len() - 1) + f64::from(self.size.step.y) + BELOW
    }

    /// Where the line of a cell begins and ends, with the heading above it where there is one.
    pub fn line_of(&self, cell: usize) -> Range<f64> {
        let Some(lines) = self.lines.as_ref().filter(|_| cell < self.cells) else { return 0.0..0.0 };
        let section = lines.section_of(cell);
        let (line, _) = lines.line_and_column(cell);
        let top = self.line_top(line, section);
        let is_first = lines.sections()[section].first_line == line;
        let above = if is_first && section >= self.bare { HEADING } else { 0.0 };
        let above = if line == 0 { above + ABOVE } else { above };
        top - above..top + f64::from(self.size.step.y)
    }

    /// Where the line of a cell begins.
    pub fn top_of(&self, cell: usize) -> f64 {
        let Some(lines) = self.lines.as_ref().filter(|_| cell < self.cells) else { return 0.0 };
        self.line_top(lines.line_and_column(cell).0, lines.section_of(cell))
    }

    fn line_top(&self, line: usize, section: usize) -> f64 {
        let headings = (section + 1).saturating_sub(self.bare);
        ABOVE + HEADING * headings as f64 + f64::from(self.size.step.y) * line as f64
    }

    pub fn cell_rect(&self, viewport: &Viewport, cell: usize) -> Rect {
        let Some(lines) = &self.lines else { return Rect::NOTHING };
        let (line, column) = lines.line_and_column(cell);
        let x = viewport.rect.min.x + SIDE + self.size.step.x * column as f32;
        let y = viewport.y(self.line_top(line, lines.section_of(cell)));
        Rect::from_min_size(pos2(x, y), self.size.cell)
    }

    /// The cells whose lines lie between two places of the content.
    fn cells_between(&self, begin: f64, end: f64) -> Range<usize> {
        let Some(lines) = &self.lines else { return 0..0 };
        let step = f64::from(self.size.step.y);
        let mut between: Option<Range<usize>> = None;
        for (index, section) in lines.sections().iter().enumerate() {
            let top = self.line_top(section.first_line, index);
            let line_count = section.cells.len().div_ceil(self.size.columns);
            let first = ((begin - top) / step).floor().max(0.0) as usize;
            let last = (((end - top) / step).ceil().max(0.0) as usize).min(line_count);
            if first < last {
                let cells = section.cells.start + first * self.size.columns
                    ..(section.cells.start + last * self.size.columns).min(section.cells.end);
                let start = between.as_ref().map_or(cells.start, |between| between.start);
                between = Some(start..cells.end);
            }
        }
        between.unwrap_or(0..0)
    }

    /// The cells that can be seen.
    pub fn visible(&self, viewport: &Viewport) -> Range<usize> {
        self.cells_between(viewport.offset, viewport.offset + f64::from(viewport.rect.height()))
    }

    /// The headings that can be seen, by the groups that stand below them.
    pub fn headings(&self, viewport: &Viewport) -> Vec<(usize, Rect)> {
        let Some(lines) = &self.lines else { return Vec::new() };
        let width = viewport.rect.width() - 2.0 * SIDE;
        let sections = lines.sections().iter().enumerate().skip(self.bare);
        let headings = sections.map(|(index, section)| {
            let y = viewport.y(self.line_top(section.first_line, index) - HEADING);
            let corner = pos2(viewport.rect.min.x + SIDE, y);
            (index - self.bare, Rect::from_min_size(corner, vec2(width, HEADING as f32)))
        });
        headings.filter(|(_, rect)| rect.intersects(viewport.rect)).collect()
    }

    /// The cells that a rectangle of the screen touches.
    pub fn touched(&self, viewport: &Viewport, band: Rect) -> Vec<usize> {
        let place = |y: f32| f64::from(y) - viewport.top();
        self.cells_between(place(band.min.y), place(band.max.y) + 1.0)
            .filter(|&cell| self.cell_rect(viewport, cell).intersects(band))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{CellSize, GridLayout, SIDE};
    use crate::ui::scroll::Viewport;
    use egui::{Rect, pos2, vec2};

    #[test]
    fn cells_fill_the_width_and_never_overlap() {
        for width in [300.0, 700.0, 1000.0, 1364.0] {
            for picture in [48.0, 128.0, 256.0] {
                let size = CellSize::new(width, picture);
                let used = size.step.x * size.columns as f32 - 8.0 + 2.0 * SIDE;
                assert!(used <= width, "{width} {picture}: {used}");
                assert!(size.picture >= picture * 0.8, "{width} {picture}: {size:?}");
                assert!(width - used < size.columns as f32 + 1.0, "{width} {picture}: {used}");
            }
        }
    }

    #[test]
    fn the_rubber_band_touches_the_cells_it_crosses_also_when_scrolled() {
        let size = CellSize::new(700.0, 128.0);
        assert_eq!(size.columns, 4);
        let rect = Rect::from_min_size(pos2(0.0, 50.0), vec2(700.0, 500.0));
        let scrolled_lines = 2;
        let offset = f64::from(size.step.y) * f64::from(scrolled_lines);
        let viewport = Viewport { rect, offset };
        let touched = |layout: &GridLayout| {
            let cell = layout.cell_rect(&viewport, 9);
            layout.touched(&viewport, Rect::from_two_pos(cell.center(), cell.center() + size.step))
        };
        assert_eq!(touched(&GridLayout::without_groups(size, 100)), [9, 10, 13, 14]);
        assert_eq!(touched(&GridLayout::without_groups(size, 10)), [9]);
    }

    #[test]
    fn groups_begin_a_line_below_their_headings_and_are_found_however_many_cells_there_are() {
        let size = CellSize::new(700.0, 128.0);
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(700.0, 500.0));
        let step = f64::from(size.step.y);
        // A folder that is being made, then groups of 2 and of many.
        let layout = GridLayout::with_sections(size, 100_000, [1, 3].into_iter(), 1);
        let top = Viewport { rect, offset: 0.0 };
        let y = |cell| layout.cell_rect(&top, cell).min.y;
        assert!((y(0) - 8.0).abs() < 0.01, "{}", y(0));
        assert!((f64::from(y(1)) - (8.0 + step + 36.0)).abs() < 0.01, "{}", y(1));
        assert!((f64::from(y(3)) - (8.0 + 2.0 * step + 72.0)).abs() < 0.01, "{}", y(3));
        let tops: Vec<(usize, f32)> =
            layout.headings(&top).into_iter().map(|(group, rect)| (group, rect.max.y)).collect();
        assert_eq!(tops, [(0, y(1)), (1, y(3))]);
        assert_eq!(layout.line_of(3), f64::from(y(3)) - 36.0..f64::from(y(3)) + step);

        let end = Viewport { rect, offset: layout.height() - 500.0 };
        let visible = layout.visible(&end);
        assert_eq!(visible.end, 100_000);
        assert!(visible.len() < 20, "{visible:?}");
        assert_eq!(layout.visible(&top), 0..7);
    }
}
