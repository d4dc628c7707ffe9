//! Finding words in the cells of a table: a little in each frame, row by row.

use super::find::{Find, MatchPlace, find_all};
use coffer_model::Preview;
use coffer_model::table::TableCells;
use std::sync::Arc;

/// So many bytes of cells are looked through in a frame, which takes some milliseconds.
const BYTES_IN_FRAME: usize = 256 * 1024;

/// A cell with the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellPlace {
    pub row: u32,
    pub column: usize,
}

impl MatchPlace for CellPlace {
    fn start(&self) -> (u32, usize) {
        (self.row, self.column)
    }
}

/// The search in a sheet of the table in the large preview.
#[derive(Default)]
pub(super) struct TableFind {
    /// While its field is shown.
    pub open: Option<Find<CellPlace>>,
    sheet: Option<(Arc<Preview>, usize)>,
    /// The first row that was not looked through.
    next_row: usize,
}

impl TableFind {
    /// Another sheet, or another table, is shown. In another sheet the same words are looked for.
    pub(super) fn show(&mut self, preview: &Arc<Preview>, sheet: usize) {
        let is_shown = |(known, of): &(Arc<Preview>, usize)| Arc::ptr_eq(known, preview) && *of == sheet;
        if self.sheet.as_ref().is_some_and(is_shown) {
            return;
        }
        let is_same_table = self.sheet.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, preview));
        self.sheet = Some((Arc::clone(preview), sheet));
        self.open = self.open.take().filter(|_| is_same_table);
        if let Some(query) = self.open.as_ref().map(|find| find.query().to_owned()) {
            self.begin(query);
        }
    }

    pub(super) fn show_field(&mut self) {
        self.open.get_or_insert_with(Find::new).focus();
    }

    pub(super) fn begin(&mut self, query: String) {
        if let Some(find) = &mut self.open {
            find.begin(query);
            self.next_row = 0;
        }
    }

    /// Looks through some rows. Answers whether there are more of them.
    pub(super) fn look(&mut self, cells: &TableCells) -> bool {
        let Some(find) = &mut self.open else { return false };
        if find.query().is_empty() || find.is_full() {
            return false;
        }
        let mut bytes = 0;
        let mut found = Vec::new();
        while self.next_row < cells.row_count() && bytes < BYTES_IN_FRAME {
            let row = self.next_row as u32;
            for (column, text) in cells.row(self.next_row).take(cells.columns.len()).enumerate() {
                bytes += text.len() + 1;
                if !find_all(text, find.query()).is_empty() {
                    found.push(CellPlace { row, column });
                }
            }
            self.next_row += 1;
        }
        find.add(found);
        self.next_row < cells.row_count()
    }

    pub(super) fn is_searching(&self, cells: &TableCells) -> bool {
        let is_looking = |find: &Find<CellPlace>| !find.query().is_empty() && !find.is_full();
        self.open.as_ref().is_some_and(is_looking) && self.next_row < cells.row_count()
    }

    /// The columns of a row that have the words, and whether that is the current place.
    pub(super) fn in_row(&self, row: usize) -> impl Iterator<Item = (usize, bool)> {
        let matches = self.open.as_ref().map_or(&[][..], |find| &find.matches);
        let first = matches.partition_point(|place| (place.row as usize) < row);
        let current = self.open.as_ref().and_then(Find::current).copied();
        let of_row = matches[first..].iter().take_while(move |place| place.row as usize == row);
        of_row.map(move |place| (place.column, Some(*place) == current))
    }

    /// The cell that is to be brought into sight, once.
    pub(super) fn take_revealed(&mut self) -> Option<CellPlace> {
        let find = self.open.as_mut()?;
        let found = find.current().copied()?;
        std::mem::take(&mut find.reveals).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{CellPlace, TableFind};
    use coffer_model::table::{TableCells, TableColumn};

    fn cells(rows: &[&[&str]]) -> TableCells {
        let mut cells = TableCells::default();
        cells.columns = vec![TableColumn::default(); 2];
        for row in rows {
            for cell in *row {
                cells.push_cell(cell).unwrap();
            }
            cells.end_row();
        }
        cells
    }

    fn find(cells: &TableCells, query: &str) -> TableFind {
        let mut find = TableFind::default();
        find.show_field();
        find.begin(query.to_owned());
        while find.look(cells) {}
        find
    }

    #[test]
    fn each_cell_with_the_words_is_a_place() {
        let cells = cells(&[&["Tea", "1 cup"], &["coffee", "tea and tea"], &["water", "", "tea"]]);
        let mut found = find(&cells, "tea");
        let places = &found.open.as_ref().unwrap().matches;
        assert_eq!(*places, [CellPlace { row: 0, column: 0 }, CellPlace { row: 1, column: 1 }]);
        assert_eq!(found.take_revealed(), Some(CellPlace { row: 0, column: 0 }));
        assert_eq!(found.take_revealed(), None);
        found.open.as_mut().unwrap().step(true);
        assert_eq!(found.in_row(1).collect::<Vec<_>>(), [(1, true)]);
        assert_eq!(found.in_row(0).collect::<Vec<_>>(), [(0, false)]);
        assert_eq!(found.in_row(2).count(), 0);
    }

    #[test]
    fn a_long_table_is_looked_through_in_several_frames() {
        let row = ["a cell of some length", "and another one"];
        let rows: Vec<&[&str]> = (0..30_000).map(|_| &row[..]).chain([&["last", ""][..]]).collect();
        let cells = cells(&rows);
        let mut find = TableFind::default();
        find.show_field();
        find.begin("last".to_owned());
        let mut frames = 1;
        while find.look(&cells) {
            frames += 1;
        }
        assert!(frames > 1, "{frames}");
        assert_eq!(find.take_revealed(), Some(CellPlace { row: 30_000, column: 0 }));
    }
}
