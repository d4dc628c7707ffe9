//! Gathers the cells of a sheet into a table: at the places that they claim, within bounds.

use super::super::table::ColumnFacts;
use coffer_model::table::{TableCells, TableSheet};
use coffer_texts::tr;

/// More is left out. Empty cells between others count.
const MOST_ROWS: usize = 100_000;
const MOST_COLUMNS: usize = 1_000;
const MOST_CELLS: usize = 2_000_000;

#[derive(Default)]
pub(in crate::preview) struct SheetWriter {
    cells: TableCells,
    columns: Vec<ColumnFacts>,
    /// In the row that is being written.
    in_row: usize,
    total: usize,
    is_full: bool,
}

impl SheetWriter {
    pub(in crate::preview) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Writes a cell at a column, from 0. What lies beyond the bounds is left out.
    pub(in crate::preview) fn cell(&mut self, column: usize, text: &str) {
        if column >= MOST_COLUMNS || column < self.in_row || self.is_full {
            return;
        }
        while self.in_row < column {
            self.push("");
        }
        self.push(text);
    }

    fn push(&mut self, text: &str) {
        self.total += 1;
        if self.total > MOST_CELLS || self.cells.push_cell(text).is_none() {
            self.is_full = true;
            return;
        }
        if self.in_row == self.columns.len() {
            self.columns.push(ColumnFacts::default());
        }
        self.columns[self.in_row].add(text, false);
        self.in_row += 1;
    }

    pub(in crate::preview) fn end_row(&mut self) {
        if self.is_full {
            return;
        }
        self.cells.end_row();
        self.in_row = 0;
        self.is_full = self.cells.row_count() >= MOST_ROWS;
    }

    /// Writes empty rows until the row with this index is next.
    pub(in crate::preview) fn leap_to(&mut self, row: usize) {
        while self.cells.row_count() < row && !self.is_full {
            self.end_row();
        }
    }

    pub(in crate::preview) fn finish(mut self, name: String) -> TableSheet {
        if self.in_row > 0 {
            self.cells.end_row();
        }
        self.cells.columns = self.columns.iter().map(ColumnFacts::to_column).collect();
        let rows = self.cells.row_count() as u64;
        let note = self.is_full.then(|| tr!("sheet-first-rows", count = rows));
        TableSheet { name, cells: self.cells, note }
    }
}
