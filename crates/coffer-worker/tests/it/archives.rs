//! Previews of archives: what is in them, without downloading them.

use super::previewed::{preview, reason};
use coffer_model::preview::PreviewBody;
use coffer_model::table::TableSheet;
use coffer_testing::house::House;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

#[track_caller]
fn listed(house: &mut House, name: &str, bytes: Vec<u8>) -> TableSheet {
    let entry = house.put(name, bytes);
    match preview(house, &entry) {
        PreviewBody::Table(table) => table.sheets[0].clone(),
        other => panic!("{name} is listed: {other:?}"),
    }
}

fn rows(sheet: &TableSheet) -> Vec<Vec<&str>> {
    (0..sheet.cells.row_count()).map(|row| sheet.cells.row(row).collect()).collect()
}

fn stored() -> SimpleFileOptions {
    let date = DateTime::from_date_and_time(2026, 3, 1, 12, 30, 0).unwrap();
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored).last_modified_time(date)
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        writer.start_file(*path, stored()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, usize)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, size) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(*size as u64);
        header.set_mtime(1_700_000_000);
        let content = vec![7; *size];
        builder.append_data(&mut header, path, content.as_slice()).unwrap();
    }
    builder.into_inner().unwrap()
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const DAMAGED: &str = "This archive is damaged or incomplete.";

#[test]
fn a_zip_is_listed_as_a_tree_without_downloading_what_is_in_it() {
    let mut house = House::new();
    // More than is downloaded of any archive.
    let film = vec![7; 40 * 1024 * 1024];
    let bytes =
        zip(&[("notes.txt", b"hello"), ("Trip/Day 1/film.mp4", &film), ("Trip/map.png", b"12345678")]);
    let sheet = listed(&mut house, "/trip.zip", bytes);
    let date = "2026-03-01 12:30";
    let expected = [
        ["Name", "Size", "Packed", "Modified"],
        ["Trip/", "", "", ""],
        ["Trip/Day 1/", "", "", ""],
        ["Trip/Day 1/film.mp4", "41.9 MB", "41.9 MB", date],
        ["Trip/map.png", "8 B", "8 B", date],
        ["notes.txt", "5 B", "5 B", date],
    ];
    assert_eq!(rows(&sheet), expected);
    assert!(sheet.cells.holds_paths());
    assert_eq!(sheet.note.as_deref(), Some("3 files, 41.9 MB unpacked"));
}

#[test]
fn other_kinds_of_zip_are_known_by_their_names_or_their_first_bytes() {
    let mut house = House::new();
    for name in ["/program.jar", "/book.epub", "/app.apk", "/no extension", "/other.xyz"] {
        let sheet = listed(&mut house, name, zip(&[("a.txt", b"a")]));
        assert_eq!(sheet.cells.cell(1, 0), "a.txt", "{name}");
    }
}

#[test]
fn of_very_many_files_the_first_are_listed_and_that_is_said() {
    let mut house = House::new();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..120_000 {
        writer.start_file(format!("many/{index:06}"), stored()).unwrap();
    }
    let sheet = listed(&mut house, "/many.zip", writer.finish().unwrap().into_inner());
    // With the names of the columns, and the folder.
    assert_eq!(sheet.cells.row_count(), 100_002);
    assert_eq!(sheet.note.as_deref(), Some("The first 100,000 of 120,000 entries"));
}

#[test]
fn files_with_a_password_are_marked() {
    let mut house = House::new();
    let mut bytes = zip(&[("open.txt", b"a"), ("secret.txt", b"b")]);
    // The flag of the last entry, in the directory.
    let entry = bytes.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    bytes[entry + 8] |= 1;
    let sheet = listed(&mut house, "/locked.zip", bytes);
    let protection: Vec<&str> = (0..3).map(|row| sheet.cells.cell(row, 4)).collect();
    assert_eq!(protection, ["Protection", "", "Password"]);
}

#[test]
fn a_tar_is_listed_packed_or_not() {
    let mut house = House::new();
    let bytes = tar(&[("src/main.rs", 700), ("README", 12)]);
    for (name, bytes) in [("/a.tar", bytes.clone()), ("/a.tar.gz", pack(&bytes)), ("/a.tgz", pack(&bytes))] {
        let sheet = listed(&mut house, name, bytes);
        let names: Vec<_> = rows(&sheet).iter().map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
        let expected = [("Name", "Size"), ("src/", ""), ("src/main.rs", "700 B"), ("README", "12 B")];
        assert_eq!(names, expected.map(|(name, size)| (name.to_owned(), size.to_owned())), "{name}");
        assert_eq!(sheet.note.as_deref(), Some("2 files, 712 B unpacked"));
    }
}

#[test]
fn what_is_in_a_plain_tar_is_leapt_over() {
    let mut house = House::new();
    let large = 12 * 1024 * 1024;
    let sheet = listed(&mut house, "/large.tar", tar(&[("a", large), ("b", large), ("c", large), ("d", 1)]));
    assert_eq!(sheet.note.as_deref(), Some("4 files, 37.7 MB unpacked"));
}

#[test]
fn of_a_long_packed_tar_the_first_entries_are_listed() {
    let mut house = House::new();
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::none()));
    for index in 0..5_u8 {
        let mut header = tar::Header::new_gnu();
        header.set_size(6 * 1024 * 1024);
        builder
            .append_data(&mut header, format!("{index}"), vec![index; 6 * 1024 * 1024].as_slice())
            .unwrap();
    }
    let bytes = builder.into_inner().unwrap().finish().unwrap();
    let sheet = listed(&mut house, "/long.tar.gz", bytes);
    assert_eq!(sheet.note.as_deref(), Some("The first 3 entries"));
}

#[test]
fn a_packed_text_is_shown_and_a_bomb_is_bounded() {
    let mut house = House::new();
    let entry = house.put("/server.log.gz", pack(b"one\ntwo\n"));
    match preview(&mut house, &entry) {
        PreviewBody::Text(text) => assert_eq!((&*text.text, text.truncated_from_bytes), ("one\ntwo\n", None)),
        other => panic!("it is a text: {other:?}"),
    }
    let entry = house.put("/bomb.txt.gz", pack(&vec![b'a'; 300 * 1024 * 1024]));
    match preview(&mut house, &entry) {
        PreviewBody::Text(text) => assert_eq!(text.text.len(), 512 * 1024),
        other => panic!("it is a text: {other:?}"),
    }
    let no_text = "This archive has one file, which is no text.";
    assert_eq!(reason(&mut house, "/a.bin.gz", pack(&[0; 4000])), no_text);
}

#[test]
fn damaged_archives_say_so() {
    let mut house = House::new();
    let whole = zip(&[("a.txt", b"hello"), ("b.txt", b"hello")]);
    for length in [1, 30, whole.len() / 2, whole.len() - 10] {
        assert_eq!(
            reason(&mut house, &format!("/{length}.zip"), whole[..length].to_vec()),
            DAMAGED,
            "{length}"
        );
    }
    assert_eq!(reason(&mut house, "/noise.tar", vec![9; 3000]), DAMAGED);
    assert_eq!(reason(&mut house, "/noise.gz", vec![9; 3000]), DAMAGED);
    let mut packed = pack(&tar(&[("a", 100), ("b", 100)]));
    packed.truncate(8);
    assert_eq!(reason(&mut house, "/cut.tgz", packed), DAMAGED);
}

#[test]
fn no_changed_byte_does_harm() {
    let mut house = House::new();
    let whole = zip(&[("a/b.txt", b"hello"), ("c.txt", b"hello")]);
    let directory = whole.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    for place in (directory..whole.len()).step_by(3) {
        let mut changed = whole.clone();
        changed[place] ^= 0xff;
        let entry = house.put(&format!("/{place}.zip"), changed);
        preview(&mut house, &entry);
    }
}
