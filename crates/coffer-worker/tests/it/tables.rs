//! Previews of tables in texts.

use super::previewed::{SMALL, preview_up_to};
use coffer_model::Entry;
use coffer_model::preview::{PreviewBody, TablePreview};
use coffer_testing::house::House;

/// The longest side that the large preview asks for.
const LARGE: u32 = 4096;

#[track_caller]
fn table(house: &mut House, entry: &Entry, max_side: u32) -> TablePreview {
    match preview_up_to(house, entry, max_side) {
        PreviewBody::Table(table) => table,
        other => panic!("it is a table: {other:?}"),
    }
}

fn rows(count: usize) -> String {
    let rows = (0..count).map(|row| format!("{row};\"Place {row}, near the\nsea\";{}.50\n", row * 37 % 1000));
    "Number;Place;Price\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn a_table_of_100_000_rows_is_read_as_a_whole() {
    let mut house = House::new();
    let entry = house.put("/many.csv", rows(100_000));
    let table = table(&mut house, &entry, LARGE);
    let cells = &table.sheets[0].cells;
    assert_eq!((cells.row_count(), cells.columns.len(), cells.has_header), (100_001, 3, true));
    let last: Vec<&str> = cells.row(100_000).collect();
    assert_eq!(last, ["99999", "Place 99999, near the\nsea", "963.50"]);
    assert_eq!(cells.columns.iter().map(|column| column.is_number).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(table.truncated_from_bytes, None);
    assert!(table.text.as_ref().unwrap().text.starts_with("Number;Place;Price\n0;"));
}

#[test]
fn of_a_long_table_the_details_pane_gets_the_beginning() {
    let mut house = House::new();
    let text = rows(100_000);
    let entry = house.put("/many.csv", text.clone());
    let table = table(&mut house, &entry, SMALL);
    assert_eq!(table.truncated_from_bytes, Some(text.len() as u64));
    assert_eq!(table.loaded_bytes, 512 * 1024);
    let count = table.sheets[0].cells.row_count();
    assert!(count > 10_000 && count < 20_000, "{count}");
    assert_eq!(table.sheets[0].cells.row(count - 1).count(), 3, "no row is cut");
}

#[test]
fn a_table_in_another_encoding_with_tabs_is_read() {
    let mut house = House::new();
    let text = "Straße\tOrt\nHauptstraße 1\tKöln\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entry = house.put("/places.tsv", bytes);
    let table = table(&mut house, &entry, LARGE);
    assert_eq!(
        (table.sheets[0].cells.cell(1, 0), table.sheets[0].cells.cell(1, 1)),
        ("Hauptstraße 1", "Köln")
    );
    assert_eq!(table.text.as_ref().unwrap().encoding, "UTF-16LE");
}

#[test]
fn what_has_no_columns_is_shown_as_a_text() {
    let mut house = House::new();
    let entry = house.put("/list.csv", "one\ntwo\nthree\n");
    assert!(matches!(preview_up_to(&mut house, &entry, LARGE), PreviewBody::Text(_)));
    let entry = house.put("/noise.csv", vec![0_u8, 1, 2, 3, 0, 9]);
    assert!(matches!(preview_up_to(&mut house, &entry, LARGE), PreviewBody::None { .. }));
}
