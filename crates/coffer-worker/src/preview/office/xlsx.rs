//! The sheets of an Excel workbook: the values as they were calculated last, with dates written out. Formulas are not
//! looked at.

use super::package::Package;
use super::sheet_writer::SheetWriter;
use super::xml::{XmlPiece, read_xml};
use super::{MOST_SHEETS, UnreadableOffice};
use coffer_model::table::TableSheet;
use jiff::ToSpan;
use jiff::civil::date;
use std::collections::HashMap;
use std::io::{BufRead, Read, Seek};
use std::ops::ControlFlow;

/// The texts of all cells, which are kept apart from the sheets.
const MOST_TEXT_BYTES: usize = 48 * 1024 * 1024;

const CONTINUE: ControlFlow<()> = ControlFlow::Continue(());

pub(super) fn read<F: Read + Seek>(package: &mut Package<F>) -> Result<Vec<TableSheet>, UnreadableOffice> {
    let workbook = package.read("xl/workbook.xml", read_workbook)?;
    let targets = package.read("xl/_rels/workbook.xml.rels", read_targets)?;
    let texts = package.read_if_there("xl/sharedStrings.xml", read_texts)?;
    let formats = package.read_if_there("xl/styles.xml", read_formats)?;
    let source = CellSource { texts, formats, counts_from_1904: workbook.counts_from_1904 };
    let mut sheets = Vec::new();
    for (name, id) in workbook.sheets.into_iter().take(MOST_SHEETS) {
        // A sheet that is a chart has no part of this kind.
        let Some(path) = targets.get(&id).filter(|path| package.has(path)) else { continue };
        sheets.push(package.read(path, |part| read_sheet(part, &source))?.finish(name));
    }
    if sheets.is_empty() { Err(UnreadableOffice::Empty) } else { Ok(sheets) }
}

#[derive(Default)]
struct Workbook {
    /// Names, and how the parts are called.
    sheets: Vec<(String, String)>,
    counts_from_1904: bool,
}

fn read_workbook(part: &mut dyn BufRead) -> Result<Workbook, UnreadableOffice> {
    let mut workbook = Workbook::default();
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open("workbookPr", attributes) => {
                let value = attributes.get("date1904");
                workbook.counts_from_1904 = value.is_some_and(|value| value == "1" || value == "true");
            }
            XmlPiece::Open("sheet", attributes) => {
                if let (Some(name), Some(id)) = (attributes.get("name"), attributes.get("id")) {
                    workbook.sheets.push((name, id));
                }
            }
            _ => {}
        }
        CONTINUE
    })?;
    Ok(workbook)
}

fn read_targets(part: &mut dyn BufRead) -> Result<HashMap<String, String>, UnreadableOffice> {
    let mut targets = HashMap::new();
    read_xml(part, |piece| {
        if let XmlPiece::Open("Relationship", attributes) = piece
            && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
        {
            let path = match target.strip_prefix('/') {
                Some(path) => path.to_owned(),
                None => format!("xl/{target}"),
            };
            targets.insert(id, path);
        }
        CONTINUE
    })?;
    Ok(targets)
}

fn read_texts(part: &mut dyn BufRead) -> Result<Vec<String>, UnreadableOffice> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let (mut in_text, mut in_reading) = (false, false);
    let mut bytes = 0;
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open("t", _) => in_text = true,
            XmlPiece::Close("t") => in_text = false,
            // How Japanese words are read.
            XmlPiece::Open("rPh", _) => in_reading = true,
            XmlPiece::Close("rPh") => in_reading = false,
            XmlPiece::Text(words) if in_text && !in_reading => text.push_str(words),
            XmlPiece::Close("si") => {
                bytes += text.len() + size_of::<String>();
                texts.push(std::mem::take(&mut text));
            }
            _ => {}
        }
        if bytes < MOST_TEXT_BYTES { CONTINUE } else { ControlFlow::Break(()) }
    })?;
    Ok(texts)
}

/// How the number of a cell is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum NumberFormat {
    #[default]
    Number,
    Percent,
    Date,
}

impl NumberFormat {
    /// Of the formats that have a number and no code.
    fn built_in(id: usize) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Date,
            _ => Self::Number,
        }
    }

    fn from_code(code: &str) -> Self {
        let mut characters = code.chars();
        let mut bare = String::new();
        while let Some(character) = characters.next() {
            match character {
                '"' => while characters.next().is_some_and(|inner| inner != '"') {},
                '[' => while characters.next().is_some_and(|inner| inner != ']') {},
                '\\' | '_' | '*' => {
                    characters.next();
                }
                // The format of negative numbers follows.
                ';' => break,
                _ => bare.push(character.to_ascii_lowercase()),
            }
        }
        let bare = bare.replace("general", "");
        if bare.contains(['y', 'd', 'h', 's', 'm']) {
            Self::Date
        } else if bare.contains('%') {
            Self::Percent
        } else {
            Self::Number
        }
    }
}

fn read_formats(part: &mut dyn BufRead) -> Result<Vec<NumberFormat>, UnreadableOffice> {
    let mut own = HashMap::new();
    let mut formats = Vec::new();
    let mut in_cells = false;
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open("numFmt", attributes) => {
                if let (Some(id), Some(code)) = (attributes.number("numFmtId"), attributes.get("formatCode"))
                {
                    own.insert(id, NumberFormat::from_code(&code));
                }
            }
            XmlPiece::Open("cellXfs", _) => in_cells = true,
            XmlPiece::Close("cellXfs") => in_cells = false,
            XmlPiece::Open("xf", attributes) if in_cells => {
                let id = attributes.number("numFmtId").unwrap_or(0);
                formats.push(own.get(&id).copied().unwrap_or_else(|| NumberFormat::built_in(id)));
            }
            _ => {}
        }
        CONTINUE
    })?;
    Ok(formats)
}

/// What the cells of all sheets refer to.
struct CellSource {
    texts: Vec<String>,
    formats: Vec<NumberFormat>,
    counts_from_1904: bool,
}

#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    format: NumberFormat,
    value: String,
}

fn read_sheet(part: &mut dyn BufRead, source: &CellSource) -> Result<SheetWriter, UnreadableOffice> {
    let mut writer = SheetWriter::default();
    let mut cell = Cell::default();
    let mut next_column = 0;
    let mut in_value = false;
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open("row", attributes) => {
                next_column = 0;
                if let Some(number) = attributes.number("r") {
                    writer.leap_to(number.saturating_sub(1));
                }
            }
            XmlPiece::Close("row") => writer.end_row(),
            XmlPiece::Open("c", attributes) => {
                let column = attributes.get("r").and_then(|place| column_of(&place)).unwrap_or(next_column);
                let format = attributes.number("s").and_then(|style| source.formats.get(style).copied());
                let kind = attributes.get("t").unwrap_or_default();
                cell = Cell { column, kind, format: format.unwrap_or_default(), value: String::new() };
            }
            XmlPiece::Open("v" | "t", _) => in_value = true,
            XmlPiece::Close("v" | "t") => in_value = false,
            XmlPiece::Text(words) if in_value => cell.value.push_str(words),
            XmlPiece::Close("c") => {
                next_column = cell.column + 1;
                let text = source.text_of(&cell);
                if !text.is_empty() {
                    writer.cell(cell.column, &text);
                }
            }
            _ => {}
        }
        if writer.is_full() { ControlFlow::Break(()) } else { CONTINUE }
    })?;
    Ok(writer)
}

impl CellSource {
    fn text_of(&self, cell: &Cell) -> String {
        match cell.kind.as_str() {
            "s" => {
                let index = cell.value.parse::<usize>().ok();
                index.and_then(|index| self.texts.get(index)).cloned().unwrap_or_default()
            }
            "b" => if cell.value == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "" | "n" => match cell.value.parse() {
                Ok(number) => self.written(number, cell.format),
                Err(_) => cell.value.clone(),
            },
            _ => cell.value.clone(),
        }
    }

    fn written(&self, number: f64, format: NumberFormat) -> String {
        match format {
            NumberFormat::Number => plain(number),
            NumberFormat::Percent => format!("{} %", plain(number * 100.0)),
            NumberFormat::Date => self.date(number).unwrap_or_else(|| plain(number)),
        }
    }

    /// "2026-03-01", "12:30", or both.
    fn date(&self, number: f64) -> Option<String> {
        const DAY_SECS: f64 = 86_400.0;
        if !(0.0..3_000_000.0).contains(&number) {
            return None;
        }
        // Day 60 is a 29th of February that never was.
        let first = if self.counts_from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
        let secs = (number * DAY_SECS).round() as i64;
        let when = first.at(0, 0, 0, 0).checked_add(secs.seconds()).ok()?;
        let has_time = secs % DAY_SECS as i64 != 0;
        let pattern = match (number >= 1.0, has_time) {
            (false, _) => "%H:%M",
            (true, false) => "%Y-%m-%d",
            (true, true) => "%Y-%m-%d %H:%M",
        };
        Some(when.strftime(pattern).to_string())
    }
}

/// To the 15 digits that Excel counts with.
fn plain(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

/// The column of "AB12", from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters
        .take(4)
        .fold(0, |column, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::{CellSource, NumberFormat, column_of};

    #[test]
    fn columns_are_read_from_their_letters() {
        for (place, column) in
            [("A1", Some(0)), ("Z9", Some(25)), ("AA10", Some(26)), ("XFD1", Some(16_383)), ("7", None)]
        {
            assert_eq!(column_of(place), column, "{place}");
        }
    }

    #[test]
    fn formats_tell_dates_from_numbers() {
        let check = |code, format| assert_eq!(NumberFormat::from_code(code), format, "{code}");
        check("yyyy\\-mm\\-dd", NumberFormat::Date);
        check("[h]:mm", NumberFormat::Date);
        check("0.00%", NumberFormat::Percent);
        check("#,##0.00\" days\"", NumberFormat::Number);
        check("[Red]0.00;[Yellow]0.00", NumberFormat::Number);
        check("General", NumberFormat::Number);
    }

    #[test]
    fn numbers_are_written_as_they_are_meant() {
        let source = CellSource { texts: Vec::new(), formats: Vec::new(), counts_from_1904: false };
        let check = |number, format, text| assert_eq!(source.written(number, format), text);
        check(0.1 + 0.2, NumberFormat::Number, "0.3");
        check(1_250_000.0, NumberFormat::Number, "1250000");
        check(0.125, NumberFormat::Percent, "12.5 %");
        check(46_082.0, NumberFormat::Date, "2026-03-01");
        check(46_082.520_833_333, NumberFormat::Date, "2026-03-01 12:30");
        check(0.75, NumberFormat::Date, "18:00");
        check(1e12, NumberFormat::Date, "1000000000000");
    }
}
