//! Cutting a text into rows of equal height that fit a width, so that only what is in sight has to be laid out.
//! Pure: nothing is drawn here and no font is asked; a row is measured in cells of a fixed-width font.

/// In points.
pub(super) const ROW_HEIGHT: f32 = 18.0;

/// One row of the preview: a line of the text, or a part of one that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// Bytes of the text, without the line break.
    pub start: usize,
    pub end: usize,

    /// The number of its line, from 1.
    pub line: usize,

    /// It goes on with the line of the row above.
    pub continues: bool,
}

/// Cells that a tab takes.
pub(super) const TAB_CELLS: usize = 4;

/// Cuts `text`, whose lines start at `line_starts`, into rows of at most `columns` cells. Words stay whole where
/// that is possible. There is always at least one row.
pub fn rows_of(text: &str, line_starts: &[usize], columns: usize) -> Vec<TextRow> {
    let columns = columns.max(8);
    let mut rows = Vec::with_capacity(line_starts.len());
    for (index, &start) in line_starts.iter().enumerate() {
        let next = line_starts.get(index + 1).copied().unwrap_or(text.len());
        let line = text.get(start..next).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        push_rows(&mut rows, line, start, index + 1, columns);
    }
    if rows.is_empty() {
        rows.push(TextRow { start: 0, end: 0, line: 1, continues: false });
    }
    rows
}

/// How many cells the widest row takes; never none.
pub(super) fn widest_row(text: &str, rows: &[TextRow]) -> usize {
    let cells = |row: &TextRow| text.get(row.start..row.end).unwrap_or_default().chars().map(cells_of).sum();
    rows.iter().map(cells).max().unwrap_or(0).max(1)
}

fn push_rows(rows: &mut Vec<TextRow>, line: &str, offset: usize, number: usize, columns: usize) {
    let mut row_start = 0;
    let mut cells = 0;
    // Where the row may be cut, and how many cells follow that place.
    let mut cut = None;
    let mut cells_after_cut = 0;
    for (at, character) in line.char_indices() {
        let width = cells_of(character);
        if cells + width > columns {
            let end = cut.unwrap_or(at);
            rows.push(row(offset + row_start, offset + end, number, row_start > 0));
            cells = if cut.is_some() { cells_after_cut } else { 0 };
            row_start = end;
            cut = None;
        }
        cells += width;
        cells_after_cut += width;
        if is_cut_after(character) && cells * 3 > columns {
            cut = Some(at + character.len_utf8());
            cells_after_cut = 0;
        }
    }
    rows.push(row(offset + row_start, offset + line.len(), number, row_start > 0));
}

const fn row(start: usize, end: usize, line: usize, continues: bool) -> TextRow {
    TextRow { start, end, line, continues }
}

fn is_cut_after(character: char) -> bool {
    matches!(character, ' ' | '\t' | '-' | ',' | ';' | '/' | '|') || is_wide(character)
}

/// An upper bound of the width of a character: wide ones come from another font and are a little narrower.
fn cells_of(character: char) -> usize {
    match character {
        '\t' => TAB_CELLS,
        _ if is_wide(character) => 2,
        _ => 1,
    }
}

/// Chinese, Japanese, Korean and emoji.
fn is_wide(character: char) -> bool {
    matches!(u32::from(character),
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F000..=0x1FAFF | 0x20000..=0x3FFFD)
}

#[cfg(test)]
mod tests {
    use super::{rows_of, widest_row};

    fn starts(text: &str) -> Vec<usize> {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        std::iter::once(0).chain(after_breaks).collect()
    }

    /// Each row in brackets, with its line number unless it goes on with the row above.
    fn picture(text: &str, columns: usize) -> String {
        let mut picture = String::new();
        for row in rows_of(text, &starts(text), columns) {
            if !row.continues {
                picture.push_str(&row.line.to_string());
            }
            picture = picture + "[" + &text[row.start..row.end] + "]";
        }
        picture
    }

    #[test]
    fn short_lines_are_rows_without_their_line_breaks() {
        assert_eq!(picture("one\r\ntwo\n\nfour", 20), "1[one]2[two]3[]4[four]");
        assert_eq!(picture("", 20), "1[]");
    }

    #[test]
    fn long_lines_are_cut_between_words() {
        assert_eq!(picture("the quick brown fox jumps", 12), "1[the quick ][brown fox ][jumps]");
    }

    #[test]
    fn words_longer_than_a_row_are_cut_where_it_ends() {
        assert_eq!(picture("abcdefghijklmnopqrst", 8), "1[abcdefgh][ijklmnop][qrst]");
    }

    #[test]
    fn wide_characters_and_tabs_count_for_what_they_take() {
        assert_eq!(picture("地図北部地図北部", 8), "1[地図北部][地図北部]");
        assert_eq!(picture("\t\tabcdef", 10), "1[\t\t][abcdef]");
    }

    #[test]
    fn the_widest_row_is_measured_in_cells() {
        let text = "a\n\tbc\n漢字";
        assert_eq!(widest_row(text, &rows_of(text, &starts(text), 80)), 6);
        assert_eq!(widest_row("", &rows_of("", &[0], 80)), 1);
    }

    #[test]
    fn every_byte_of_a_line_is_in_exactly_one_row() {
        let text = "let résumé = \"a — b\"; // ünï 漢字漢字漢字漢字 and so on, and so on, without an end";
        for columns in 8..60 {
            let rows = rows_of(text, &[0], columns);
            let joined: String = rows.iter().map(|row| &text[row.start..row.end]).collect();
            assert_eq!(joined, text, "{columns} columns");
        }
    }
}
