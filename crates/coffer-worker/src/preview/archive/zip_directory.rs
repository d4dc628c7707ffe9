//! The directory at the end of a ZIP archive. What is packed is neither downloaded nor looked at.

use super::ArchiveContent;
use super::rows::{ArchiveRow, ArchiveRows, MOST_ENTRIES};
use crate::preview::encoding;
use std::io::{Read, Seek};
use zip::ZipArchive;
use zip::read::ZipFileEntry;

pub(super) fn read(file: impl Read + Seek) -> ArchiveContent {
    let Ok(archive) = ZipArchive::new(file) else { return ArchiveContent::Damaged };
    let mut rows = ArchiveRows::default();
    for index in 0..archive.len().min(MOST_ENTRIES) {
        let Ok(entry) = archive.by_index_data(index) else { continue };
        rows.push(ArchiveRow {
            path: path(&entry),
            size_bytes: entry.size(),
            packed_bytes: Some(entry.compressed_size()),
            modified: entry.last_modified().map(written).unwrap_or_default(),
            needs_password: entry.encrypted(),
        });
    }
    if archive.len() > MOST_ENTRIES {
        rows.leave_out(Some(archive.len()));
    }
    ArchiveContent::Entries(rows)
}

/// Old programs write names in the encoding of their system, and do not say in which.
fn path(entry: &ZipFileEntry<'_>) -> String {
    let raw = entry.name_raw();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => match encoding::decode(raw, false) {
            Some((name, _)) => name,
            None => String::from_utf8_lossy(raw).into_owned(),
        },
    };
    name.replace('\\', "/")
}

fn written(time: zip::DateTime) -> String {
    let (year, month, day) = (time.year(), time.month(), time.day());
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", time.hour(), time.minute())
}
