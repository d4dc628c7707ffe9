//! The entries of a TAR archive, which has no directory: it is gone through from its beginning, as far as the bounds
//! allow. What is in a plain one is leapt over; a packed one has to be unpacked as it comes.

use super::rows::{ArchiveRow, ArchiveRows};
use super::{ArchiveContent, is_tar, text};
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::{Cursor, Read, Seek};
use tar::{Archive, Entry};

/// So much is unpacked at most, whatever the archive claims.
const MOST_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;

pub(super) fn read(file: impl Read + Seek) -> ArchiveContent {
    match Archive::new(file).entries_with_seek() {
        Ok(entries) => collect(entries),
        Err(_) => ArchiveContent::Damaged,
    }
}

/// A packed TAR, or another packed file.
pub(super) fn read_packed(file: impl Read) -> ArchiveContent {
    let mut unpacked = MultiGzDecoder::new(file).take(MOST_UNPACKED_BYTES);
    let mut beginning = Vec::new();
    let read = unpacked.by_ref().take(text::LIMIT_BYTES + 1).read_to_end(&mut beginning);
    if !is_tar(&beginning) {
        let is_cut = read.is_err() || beginning.len() as u64 > text::LIMIT_BYTES;
        return if beginning.is_empty() {
            ArchiveContent::Damaged
        } else {
            ArchiveContent::Single { bytes: beginning, is_cut }
        };
    }
    match Archive::new(Cursor::new(beginning).chain(unpacked)).entries() {
        Ok(entries) => collect(entries),
        Err(_) => ArchiveContent::Damaged,
    }
}

fn collect<'a, R: Read + 'a>(entries: impl Iterator<Item = std::io::Result<Entry<'a, R>>>) -> ArchiveContent {
    let mut rows = ArchiveRows::default();
    for entry in entries {
        // The archive is cut off, damaged, or longer than what is looked at.
        let Ok(entry) = entry else {
            if rows.is_empty() {
                return ArchiveContent::Damaged;
            }
            rows.leave_out(None);
            break;
        };
        let is_folder = entry.header().entry_type().is_dir();
        let mut path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if is_folder && !path.ends_with('/') {
            path.push('/');
        }
        let has_room = rows.push(ArchiveRow {
            path,
            size_bytes: entry.size(),
            packed_bytes: None,
            modified: entry.header().mtime().ok().and_then(written).unwrap_or_default(),
            needs_password: false,
        });
        if !has_room {
            rows.leave_out(None);
            break;
        }
    }
    ArchiveContent::Entries(rows)
}

fn written(unix_secs: u64) -> Option<String> {
    let time = Timestamp::from_second(i64::try_from(unix_secs).ok()?).ok()?;
    Some(time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string())
}
