//! The sheets of an OpenDocument spreadsheet. Cells and rows that are the same come once, with a number.

use super::package::Package;
use super::sheet_writer::SheetWriter;
use super::words::is_locked;
use super::xml::{XmlPiece, read_xml};
use super::{MOST_SHEETS, UnreadableOffice};
use coffer_model::table::TableSheet;
use std::io::{BufRead, Read, Seek};
use std::ops::ControlFlow;

pub(super) fn read<F: Read + Seek>(package: &mut Package<F>) -> Result<Vec<TableSheet>, UnreadableOffice> {
    if is_locked(package)? {
        return Err(UnreadableOffice::Locked);
    }
    let sheets = package.read("content.xml", read_sheets)?;
    if sheets.is_empty() { Err(UnreadableOffice::Empty) } else { Ok(sheets) }
}

/// A row as it is read: its cells with their places, and how often it stands there.
#[derive(Default)]
struct SheetRow {
    cells: Vec<(usize, String)>,
    column: usize,
    repeated: usize,
}

/// A repeated cell with something in it is written so often at most.
const MOST_REPEATED: usize = 1_000;

fn read_sheets(part: &mut dyn BufRead) -> Result<Vec<TableSheet>, UnreadableOffice> {
    let mut sheets = Vec::new();
    let mut sheet: Option<(String, SheetWriter)> = None;
    // Where the next row stands, whether or not those before it were empty.
    let mut next_row = 0_usize;
    let mut row = SheetRow::default();
    let mut cell: Option<(usize, String)> = None;
    let mut paragraphs = 0_usize;
    let mut skipped = 0_usize;
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open("annotation", _) => skipped += 1,
            XmlPiece::Close("annotation") => skipped = skipped.saturating_sub(1),
            XmlPiece::Open("table", attributes) => {
                next_row = 0;
                sheet = Some((attributes.get("name").unwrap_or_default(), SheetWriter::default()));
            }
            XmlPiece::Open("table-row", attributes) => {
                let repeated = attributes.number("number-rows-repeated").unwrap_or(1);
                row = SheetRow { repeated, ..SheetRow::default() };
            }
            XmlPiece::Open("table-cell" | "covered-table-cell", attributes) => {
                cell = Some((attributes.number("number-columns-repeated").unwrap_or(1), String::new()));
                paragraphs = 0;
            }
            XmlPiece::Open("p", _) if skipped == 0 => {
                paragraphs += 1;
                if let Some((_, text)) = cell.as_mut().filter(|_| paragraphs > 1) {
                    text.push('\n');
                }
            }
            XmlPiece::Open("s", _) => {
                if let Some((_, text)) = &mut cell {
                    text.push(' ');
                }
            }
            XmlPiece::Text(words) if skipped == 0 && paragraphs > 0 => {
                if let Some((_, text)) = &mut cell {
                    text.push_str(words);
                }
            }
            XmlPiece::Close("table-cell" | "covered-table-cell") => {
                if let Some((repeated, text)) = cell.take() {
                    if !text.is_empty() {
                        let places = row.column..row.column + repeated.min(MOST_REPEATED);
                        row.cells.extend(places.map(|column| (column, text.clone())));
                    }
                    row.column = row.column.saturating_add(repeated);
                }
            }
            XmlPiece::Close("table-row") => {
                if let Some((_, writer)) = sheet.as_mut().filter(|_| !row.cells.is_empty()) {
                    writer.leap_to(next_row);
                    for _ in 0..row.repeated {
                        for (column, text) in &row.cells {
                            writer.cell(*column, text);
                        }
                        writer.end_row();
                        if writer.is_full() {
                            break;
                        }
                    }
                }
                next_row = next_row.saturating_add(row.repeated);
            }
            XmlPiece::Close("table") => {
                if let Some((name, writer)) = sheet.take() {
                    sheets.push(writer.finish(name));
                }
            }
            _ => {}
        }
        if sheets.len() < MOST_SHEETS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(sheets)
}
