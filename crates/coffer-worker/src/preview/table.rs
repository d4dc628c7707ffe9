//! Tables in texts: values between commas, semicolons, tabs or bars, in whatever encoding the text is.

use super::super::account::OpenAccount;
use super::super::blocking;
use super::super::context::JobError;
use super::super::worker_context::WorkerContext;
use super::{encoding, fetch, text};
use coffer_model::preview::{PreviewBody, TablePreview};
use coffer_model::table::{TableCells, TableColumn, TableSheet};
use coffer_model::{Entry, PreviewKind, entry::File};
use csv::{ReaderBuilder, StringRecord};
use std::sync::Arc;

/// Of longer tables only so many bytes are loaded for the large preview: 100,000 rows are some 10 MB.
const LIMIT_BYTES: u64 = 16 * 1024 * 1024;

/// Which bytes may separate cells. Of those that fit as well as others the first is taken.
const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];

/// So many rows tell the separator.
const SAMPLE_ROWS: usize = 50;

/// More columns are not shown.
const MOST_COLUMNS: usize = 1_000;

/// Longer cells are cut off on the screen, so their length does not matter.
const MOST_CHARS: usize = 200;

pub(super) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    is_small: bool,
) -> Result<PreviewBody, JobError> {
    let limit = if is_small { text::LIMIT_BYTES } else { LIMIT_BYTES };
    let bytes = fetch::content(worker, account, entry, file, limit).await?;
    let truncated_from_bytes = (file.size_bytes > limit).then_some(file.size_bytes);
    let (name, size_bytes) = (entry.name().to_owned(), file.size_bytes);
    Ok(blocking(move || {
        let shown = &bytes[..bytes.len().min(text::LIMIT_BYTES as usize)];
        let cut = (size_bytes > shown.len() as u64).then_some(size_bytes);
        let body = text::body(&name, PreviewKind::Text, shown, cut);
        let PreviewBody::Text(shown) = body else { return body };
        match read_table(&bytes, truncated_from_bytes.is_some()) {
            Some(cells) => PreviewBody::Table(TablePreview {
                sheets: Arc::new([TableSheet { cells, ..TableSheet::default() }]),
                text: Some(shown),
                loaded_bytes: bytes.len() as u64,
                truncated_from_bytes,
            }),
            None => PreviewBody::Text(shown),
        }
    })
    .await?)
}

/// `None` for what has one column only, or is no text. `cut` when the bytes end in the middle: then the last row is left
/// out.
fn read_table(bytes: &[u8], cut: bool) -> Option<TableCells> {
    let (text, _) = encoding::decode(bytes, cut)?;
    let separator = find_separator(&text)?;
    let mut cells = TableCells::default();
    let mut columns: Vec<ColumnFacts> = Vec::new();
    let mut reader = reader(&text, separator);
    let mut record = StringRecord::new();
    let mut is_first = true;
    let mut header_has_number = false;
    while reader.read_record(&mut record).ok()? {
        if cut && reader.position().byte() >= text.len() as u64 {
            break;
        }
        for (column, cell) in record.iter().enumerate().take(MOST_COLUMNS) {
            cells.push_cell(cell)?;
            if column == columns.len() {
                columns.push(ColumnFacts::default());
            }
            columns[column].add(cell, is_first);
            header_has_number |= is_first && (cell.is_empty() || is_number(cell));
        }
        cells.end_row();
        is_first = false;
    }
    cells.has_header = !header_has_number && cells.row_count() > 1;
    cells.columns = columns.iter().map(ColumnFacts::to_column).collect();
    (cells.columns.len() > 1).then_some(cells)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// The one by which most of the first rows have the same number of cells, and more than one.
fn find_separator(text: &str) -> Option<u8> {
    let mut best: Option<(usize, u8)> = None;
    for separator in SEPARATORS {
        let counts: Vec<usize> = reader(text, separator)
            .records()
            .take(SAMPLE_ROWS)
            .filter_map(Result::ok)
            .map(|row| row.len())
            .collect();
        let most_frequent = counts
            .iter()
            .filter(|cells| **cells > 1)
            .map(|cells| counts.iter().filter(|other| *other == cells).count())
            .max()
            .unwrap_or(0);
        if most_frequent > best.map_or(0, |(score, _)| score) {
            best = Some((most_frequent, separator));
        }
    }
    best.map(|(_, separator)| separator)
}

#[derive(Default)]
pub(super) struct ColumnFacts {
    most_chars: usize,
    filled: usize,
    numbers: usize,
}

impl ColumnFacts {
    pub(super) fn add(&mut self, cell: &str, is_first: bool) {
        // Bytes are an upper bound, and quicker to count.
        if cell.len() > self.most_chars {
            self.most_chars = self.most_chars.max(cell.chars().take(MOST_CHARS).count());
        }
        if !is_first && !cell.is_empty() {
            self.filled += 1;
            self.numbers += usize::from(is_number(cell));
        }
    }

    pub(super) fn to_column(&self) -> TableColumn {
        TableColumn {
            most_chars: self.most_chars as u16,
            is_number: self.numbers > 0 && self.numbers * 20 >= self.filled * 19,
            holds_paths: false,
        }
    }
}

/// "1,234.50", "-3 €", "12 %": digits with what is written around and between them.
fn is_number(cell: &str) -> bool {
    let is_part = |character: char| {
        character.is_ascii_digit()
            || matches!(
                character,
                '.' | ',' | '-' | '+' | '−' | ' ' | '\u{a0}' | '\'' | '’' | '%' | '€' | '$' | '£'
            )
    };
    cell.chars().all(is_part) && cell.chars().any(|character| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_number, read_table};
    use coffer_model::table::TableCells;

    fn rows(cells: &TableCells) -> Vec<Vec<String>> {
        (0..cells.row_count()).map(|row| cells.row(row).map(str::to_owned).collect()).collect()
    }

    #[test]
    fn the_separator_is_found() {
        let check = |text: &str| {
            let cells = read_table(text.as_bytes(), false).unwrap();
            assert_eq!(rows(&cells), [["name", "price"], ["tea, green", "1.20"], ["milk", "0.90"]], "{text}");
        };
        check("name;price\ntea, green;1.20\nmilk;0.90\n");
        check("name\tprice\r\ntea, green\t1.20\r\nmilk\t0.90");
        check("name|price\ntea, green|1.20\nmilk|0.90\n");
        check("name,price\n\"tea, green\",1.20\nmilk,0.90\n");
    }

    #[test]
    fn a_quoted_cell_keeps_its_line_breaks_and_quotes() {
        let cells = read_table(b"a,b\n\"one\ntwo\",\"say \"\"hi\"\"\"\n", false).unwrap();
        assert_eq!(rows(&cells)[1], ["one\ntwo", "say \"hi\""]);
    }

    #[test]
    fn other_encodings_are_read() {
        let cells = read_table(b"caf\xe9;cr\xe8me\n\xe9t\xe9;br\xfbl\xe9e\n", false).unwrap();
        assert_eq!(rows(&cells)[0], ["café", "crème"]);
    }

    #[test]
    fn columns_know_their_width_and_whether_they_are_numbers() {
        let cells =
            read_table("name,amount\nÅse,1,234\nBo,-3\n".replace("1,234", "\"1,234\"").as_bytes(), false)
                .unwrap();
        assert!(cells.has_header);
        let columns: Vec<_> =
            cells.columns.iter().map(|column| (column.most_chars, column.is_number)).collect();
        assert_eq!(columns, [(4, false), (6, true)]);
        assert!(!read_table(b"1,2\n3,4\n", false).unwrap().has_header);
    }

    #[test]
    fn a_text_without_columns_is_no_table() {
        assert!(read_table(b"one line\nand another\n", false).is_none());
        assert!(read_table(b"\0\x01\x02\x03", false).is_none());
    }

    #[test]
    fn the_last_row_of_a_table_that_was_cut_is_left_out() {
        let cells = read_table(b"a,b\n1,2\n3,4\n5", true).unwrap();
        assert_eq!(rows(&cells), [["a", "b"], ["1", "2"], ["3", "4"]]);
    }

    #[test]
    fn numbers_are_told_from_words() {
        for number in ["1", "-3.5", "1,234.50", "12 %", "3 €", "1’000"] {
            assert!(is_number(number), "{number}");
        }
        for word in ["", "-", "a1", "2026-01-01T10:00", "v1.2"] {
            assert!(!is_number(word), "{word}");
        }
    }
}
