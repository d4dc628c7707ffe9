//! The cells of a table, ready to draw.

/// One table of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableSheet {
    /// Empty where a file has one table only.
    pub name: String,
    pub cells: TableCells,
    /// What has to be known about it: "The first 100,000 of 240,000 entries".
    pub note: Option<String>,
}

/// The cells, packed: a text of its own for each of a million would take ten times as much.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCells {
    /// All cells, one behind the other.
    text: String,
    /// Where each cell ends in `text`.
    cell_ends: Vec<u32>,
    /// How many cells there are up to the end of each row.
    row_ends: Vec<u32>,
    pub columns: Vec<TableColumn>,
    /// The first row names the columns.
    pub has_header: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableColumn {
    /// Of the longest cell, in characters.
    pub most_chars: u16,
    /// Nearly all of its cells are numbers.
    pub is_number: bool,
    /// Its cells are paths in the order of a tree; those of folders end in `/`.
    pub holds_paths: bool,
}

impl TableCells {
    /// `None` when no more fits: 4 GiB, which no preview loads.
    pub fn push_cell(&mut self, cell: &str) -> Option<()> {
        let end = u32::try_from(self.text.len() + cell.len()).ok()?;
        self.text.push_str(cell);
        self.cell_ends.push(end);
        Some(())
    }

    pub fn end_row(&mut self) {
        self.row_ends.push(self.cell_ends.len() as u32);
    }

    pub fn row_count(&self) -> usize {
        self.row_ends.len()
    }

    /// The cells of a row, of which there may be fewer or more than there are columns.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        let end = self.row_ends.get(row).map_or(0, |end| *end as usize);
        let start =
            row.checked_sub(1).map_or(0, |before| self.row_ends.get(before).map_or(0, |end| *end as usize));
        (start.min(end)..end).map(|cell| self.cell_at(cell))
    }

    /// Empty where the row has no such cell.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.row(row).nth(column).unwrap_or_default()
    }

    /// It is a tree of files.
    pub fn holds_paths(&self) -> bool {
        self.columns.first().is_some_and(|column| column.holds_paths)
    }

    fn cell_at(&self, cell: usize) -> &str {
        let start = cell.checked_sub(1).map_or(0, |before| self.cell_ends[before] as usize);
        &self.text[start..self.cell_ends[cell] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::TableCells;

    #[test]
    fn rows_of_different_lengths_keep_their_cells() {
        let mut cells = TableCells::default();
        for row in [&["a", "", "ccc"][..], &[], &["dd"]] {
            for cell in row {
                cells.push_cell(cell).unwrap();
            }
            cells.end_row();
        }
        let rows: Vec<Vec<&str>> = (0..4).map(|row| cells.row(row).collect()).collect();
        assert_eq!(rows, [vec!["a", "", "ccc"], vec![], vec!["dd"], vec![]]);
        assert_eq!((cells.row_count(), cells.cell(0, 2), cells.cell(2, 1)), (3, "ccc", ""));
    }
}
