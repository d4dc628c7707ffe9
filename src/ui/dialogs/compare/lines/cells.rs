//! Lines of a table as cells: where the cells of a line are, and how wide the columns are. Pure.

use coffer_model::comparison::{ComparedRow, LineComparison};
use std::ops::Range;

/// Columns are as wide as the cells of so many rows, and of so many that differ.
const SAMPLE: usize = 300;
/// In characters. Longer cells are cut off.
const MOST: usize = 40;
const LEAST: usize = 4;
/// Between two columns.
const GAP: usize = 2;

/// The columns of a table, the same for both texts.
#[derive(Debug, PartialEq)]
pub(super) struct CellColumns {
    delimiter: char,
    /// In characters, without the gap between them.
    widths: Vec<usize>,
    /// Columns of numbers stand right.
    right: Vec<bool>,
}

impl CellColumns {
    /// `room` is how many characters are in a line.
    pub(super) fn new(lines: &LineComparison, delimiter: char, room: usize) -> Self {
        let sample = lines.rows.iter().take(SAMPLE);
        let differing = lines.differences.iter().take(SAMPLE).flat_map(|rows| &lines.rows[rows.clone()]);
        let rows: Vec<&ComparedRow> = sample.chain(differing.take(SAMPLE)).collect();
        let (mut widths, mut numbers, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for (index, row) in rows.iter().enumerate() {
            for (side, line) in row.lines.iter().enumerate() {
                let Some(line) = line else { continue };
                let text = lines.text_of(side, *line);
                for (column, cell) in cells_of(text, delimiter).into_iter().enumerate() {
                    if column == widths.len() {
                        widths.push(LEAST);
                        numbers.push(0_usize);
                        words.push(0_usize);
                    }
                    let cell = content(&text[cell]);
                    widths[column] = widths[column].max(cell.chars().count().min(MOST));
                    // The first line names the columns.
                    let counts = if is_number(&cell) { &mut numbers } else { &mut words };
                    counts[column] += usize::from(index > 0 && !cell.is_empty());
                }
            }
        }
        let right = numbers.iter().zip(&words).map(|(numbers, words)| numbers > words).collect();
        shrink(&mut widths, room);
        Self { delimiter, widths, right }
    }

    /// The cells of a line: the bytes of each, from which character on it is drawn, and over how many.
    pub(super) fn place<'a>(&'a self, text: &'a str) -> impl Iterator<Item = PlacedCell> + 'a {
        let mut left = 0;
        cells_of(text, self.delimiter).into_iter().enumerate().map(move |(column, bytes)| {
            let width = self.widths.get(column).copied().unwrap_or(LEAST);
            let is_right = self.right.get(column).copied().unwrap_or(false);
            let cell = PlacedCell { bytes, left, width, is_right };
            left += width + GAP;
            cell
        })
    }

    /// What is in the cells of a line.
    pub(super) fn contents(&self, text: &str) -> Vec<String> {
        cells_of(text, self.delimiter).into_iter().map(|cell| content(&text[cell])).collect()
    }
}

#[derive(Debug, PartialEq)]
pub(super) struct PlacedCell {
    pub bytes: Range<usize>,
    pub left: usize,
    pub width: usize,
    pub is_right: bool,
}

/// What separates the cells of a file: told by its name and its first line. `None` if it is no table.
pub(super) fn delimiter_of(name: &str, first_line: &str) -> Option<char> {
    match coffer_model::file_kind::extension(name).to_ascii_lowercase().as_str() {
        "tsv" => Some('\t'),
        "csv" => [';', '\t', ','].into_iter().max_by_key(|delimiter| first_line.matches(*delimiter).count()),
        _ => None,
    }
}

/// Where the cells of a line are. In quotes a delimiter is a character as any other.
fn cells_of(line: &str, delimiter: char) -> Vec<Range<usize>> {
    let (mut cells, mut start, mut is_quoted) = (Vec::new(), 0, false);
    for (at, character) in line.char_indices() {
        if character == '"' {
            is_quoted = !is_quoted;
        } else if character == delimiter && !is_quoted {
            cells.push(start..at);
            start = at + character.len_utf8();
        }
    }
    cells.push(start..line.len());
    cells
}

/// A cell without its quotes.
pub(super) fn content(cell: &str) -> String {
    let inner = cell.trim().strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    inner.map_or_else(|| cell.trim().to_owned(), |inner| inner.replace("\"\"", "\""))
}

/// "-1,240.5", "€ 12", "30 %"; no date.
fn is_number(cell: &str) -> bool {
    let cell = cell.strip_prefix(['+', '-', '−']).unwrap_or(cell);
    cell.chars().any(|character| character.is_ascii_digit())
        && cell.chars().all(|character| character.is_ascii_digit() || ".,%€$£ ".contains(character))
}

/// Narrow columns keep what they need; wide ones share the rest.
fn shrink(widths: &mut [usize], room: usize) {
    let all = |widths: &[usize]| widths.iter().map(|width| width + GAP).sum::<usize>();
    while all(widths) > room + GAP {
        let widest = widths.iter().copied().max().unwrap_or(0);
        if widest <= LEAST {
            return;
        }
        for width in widths.iter_mut().filter(|width| **width == widest) {
            *width -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CellColumns, cells_of, content, delimiter_of, shrink};
    use coffer_model::comparison::{ComparedLine, ComparedRow, LineComparison};

    #[test]
    fn cells_end_at_delimiters_outside_of_quotes() {
        let cells = |line: &str, delimiter| -> Vec<String> {
            cells_of(line, delimiter).into_iter().map(|cell| content(&line[cell])).collect()
        };
        assert_eq!(cells("a,b,,d", ','), ["a", "b", "", "d"]);
        assert_eq!(cells("\"a, \"\"b\"\"\",ü", ','), ["a, \"b\"", "ü"]);
        assert_eq!(cells("a;b,c", ';'), ["a", "b,c"]);
        assert_eq!(cells("", ','), [""]);
    }

    #[test]
    fn the_delimiter_follows_from_the_name_and_the_first_line() {
        assert_eq!(delimiter_of("a.csv", "date,height"), Some(','));
        assert_eq!(delimiter_of("a.CSV", "date;height;1,5"), Some(';'));
        assert_eq!(delimiter_of("a.tsv", "date,height"), Some('\t'));
        assert_eq!(delimiter_of("a.txt", "date,height"), None);
    }

    #[test]
    fn wide_columns_are_narrowed_first() {
        let check = |mut widths: Vec<usize>, room, expected: &[usize]| {
            shrink(&mut widths, room);
            assert_eq!(widths, expected);
        };
        check(vec![6, 30, 20], 80, &[6, 30, 20]);
        check(vec![6, 30, 20], 30, &[6, 10, 10]);
        check(vec![6, 30, 20], 5, &[4, 4, 4]);
    }

    #[test]
    fn columns_of_numbers_stand_right() {
        let text = "day,height\nMonday,1240\nTuesday,90";
        let line = |number, start, end| {
            let line = Some(ComparedLine { number, start, end });
            ComparedRow { lines: [line; 2], is_equal: true }
        };
        let rows = vec![line(1, 0, 10), line(2, 11, 22), line(3, 23, 33)];
        let lines = LineComparison { texts: [text.into(), text.into()], rows, ..LineComparison::default() };
        let columns = CellColumns::new(&lines, ',', 80);
        assert_eq!(columns, CellColumns { delimiter: ',', widths: vec![7, 6], right: vec![false, true] });
    }
}
