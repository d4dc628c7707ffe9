//! Which cells of a grid stand in one line, where each group begins a new one.

use std::ops::Range;

/// The lines of all cells. It costs as much as there are groups, however many cells there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellLines {
    columns: usize,
    /// Never empty, and none of them is.
    sections: Vec<CellSection>,
}

/// Cells that follow each other, as many in a line as there is room for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellSection {
    pub cells: Range<usize>,
    pub first_line: usize,
}

impl CellLines {
    /// `begins` are the cells with which sections begin, rising. `None` without cells.
    pub fn new(begins: impl Iterator<Item = usize>, cells: usize, columns: usize) -> Option<Self> {
        let columns = columns.max(1);
        let mut ends: Vec<usize> = begins.filter(|begin| (1..cells).contains(begin)).collect();
        ends.push(cells);
        let (mut first, mut first_line) = (0, 0);
        let sections = ends.into_iter().map(|end| {
            let section = CellSection { cells: first..end, first_line };
            first_line += (end - first).div_ceil(columns);
            first = end;
            section
        });
        let sections = sections.collect();
        (cells > 0).then_some(Self { columns, sections })
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn sections(&self) -> &[CellSection] {
        &self.sections
    }

    pub fn section_of(&self, cell: usize) -> usize {
        self.sections.partition_point(|section| section.cells.start <= cell).saturating_sub(1)
    }

    /// The line of a cell, and its place in it.
    pub fn line_and_column(&self, cell: usize) -> (usize, usize) {
        let section = &self.sections[self.section_of(cell)];
        let place = cell - section.cells.start;
        (section.first_line + place / self.columns, place % self.columns)
    }

    /// The cell there; the last one of a line that ends before.
    pub fn cell_at(&self, line: usize, column: usize) -> usize {
        let next = self.sections.partition_point(|section| section.first_line <= line);
        let section = &self.sections[next.saturating_sub(1)];
        let cell = section.cells.start + (line - section.first_line) * self.columns + column;
        cell.min(section.cells.end - 1)
    }

    pub fn last_line(&self) -> usize {
        self.sections.last().map_or(0, |section| self.line_and_column(section.cells.end - 1).0)
    }
}

#[cfg(test)]
mod tests {
    use super::CellLines;

    #[test]
    fn each_group_begins_a_line() {
        // 0 1 | 2 3 4 | 5 6 · 7
        let lines = CellLines::new([0, 2, 7].into_iter(), 8, 3).unwrap();
        let places: Vec<(usize, usize)> = (0..8).map(|cell| lines.line_and_column(cell)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0)]);
        for (cell, (line, column)) in places.into_iter().enumerate() {
            assert_eq!(lines.cell_at(line, column), cell);
        }
        assert_eq!(lines.cell_at(0, 2), 1, "a line that is short ends with its last cell");
        assert_eq!(lines.last_line(), 3);
        assert_eq!(CellLines::new([].into_iter(), 0, 3), None);
    }
}
