//! Texts that are too long to be shown whole: other parts of them than the beginning, and words anywhere in them. Both are
//! read in ranges, and a search is told of piece by piece.

use super::super::blocking;
use super::super::context::{JobContext, JobError};
use super::super::worker_context::WorkerContext;
use super::fetch;
use super::text::{LIMIT_BYTES, part_body};
use coffer_model::preview::{FoundInText, TextPart};
use coffer_model::{Entry, Preview, Receipt, Update};
use coffer_stdx::words::WordSearch;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::ops::Range;
use std::sync::Arc;

/// So much stands before the byte around which a part is shown.
const BEFORE_BYTES: u64 = LIMIT_BYTES / 4;

/// So much is searched at once.
const PIECE_BYTES: u64 = 2 * 1024 * 1024;

/// More places are not told.
const MOST_PLACES: usize = 10_000;

pub(crate) async fn text_part(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
    part: TextPart,
    encoding: &'static str,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let Some(file) = entry.file() else { return Ok(Receipt::Nothing) };
    let size_bytes = file.size_bytes;
    let wanted = bytes_of(part, size_bytes);
    let bytes = fetch::download(&account, &entry, file, wanted.clone()).await?;
    let name = entry.name().to_owned();
    let body = blocking(move || {
        let encoding = encoding_of(encoding);
        let lines = whole_lines(&bytes, encoding, wanted.start > 0, wanted.end < size_bytes);
        let shown = wanted.start + lines.start as u64..wanted.start + lines.end as u64;
        part_body(&name, &bytes[lines], encoding, shown, size_bytes)
    })
    .await?;
    let rev = file.rev.clone();
    job.update(Update::Preview(Arc::new(Preview { path: entry.path, rev, body })));
    Ok(Receipt::Nothing)
}

/// Which bytes are downloaded for a part.
fn bytes_of(part: TextPart, size_bytes: u64) -> Range<u64> {
    let last = size_bytes.saturating_sub(LIMIT_BYTES);
    // Two bytes are a letter in some encodings.
    let start = match part {
        TextPart::Beginning => 0,
        TextPart::Around(byte) => byte.saturating_sub(BEFORE_BYTES).min(last) & !1,
        TextPart::End => last.next_multiple_of(2).min(size_bytes),
    };
    start..(start + LIMIT_BYTES).min(size_bytes)
}

/// The whole lines in these bytes, as far as there are any.
fn whole_lines(
    bytes: &[u8],
    encoding: &'static Encoding,
    cut_before: bool,
    cut_behind: bool,
) -> Range<usize> {
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let width = if is_wide { 2 } else { 1 };
    let is_break = |unit: &[u8]| match unit {
        [byte] => *byte == b'\n',
        unit => unit == if encoding == UTF_16LE { b"\n\0" } else { b"\0\n" },
    };
    let start = if cut_before {
        let first = bytes.chunks_exact(width).position(is_break).map(|unit| (unit + 1) * width);
        // In the middle of a very long line; not in the middle of a letter of UTF-8.
        first.filter(|start| *start < bytes.len()).unwrap_or_else(|| {
            let is_letter = |byte: &u8| encoding != UTF_8 || byte & 0b1100_0000 != 0b1000_0000;
            bytes.iter().position(is_letter).unwrap_or(0)
        })
    } else {
        0
    };
    let last = bytes.len() / width * width;
    let end = if cut_behind {
        let breaks = bytes[..last].chunks_exact(width).rposition(is_break).map(|unit| (unit + 1) * width);
        breaks.filter(|end| *end > start).unwrap_or_else(|| match std::str::from_utf8(&bytes[start..last]) {
            // Not in the middle of a letter.
            Err(error) if encoding == UTF_8 && error.error_len().is_none() => start + error.valid_up_to(),
            _ => last,
        })
    } else {
        bytes.len()
    };
    start..end
}

pub(super) fn encoding_of(name: &str) -> &'static Encoding {
    Encoding::for_label(name.as_bytes()).unwrap_or(UTF_8)
}

pub(crate) async fn find_in_text(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
    words: String,
    encoding: &'static str,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let Some(file) = entry.file() else { return Ok(Receipt::Nothing) };
    let mut search = PieceSearch::new(words, encoding_of(encoding));
    let (mut position, mut count) = (0, 0);
    while position < file.size_bytes && count < MOST_PLACES {
        let end = (position + PIECE_BYTES).min(file.size_bytes);
        let bytes = fetch::download(&account, &entry, file, position..end).await?;
        let is_last = end == file.size_bytes;
        let (searched, places) = blocking(move || {
            let places = search.search(bytes, is_last, MOST_PLACES - count);
            (search, places)
        })
        .await?;
        (search, position) = (searched, end);
        count += places.len();
        job.update(Update::FoundInText(FoundInText { places, searched_bytes: end }));
    }
    Ok(Receipt::Nothing)
}

/// A search in the bytes of a file that come piece by piece.
struct PieceSearch {
    encoding: &'static Encoding,
    search: WordSearch,
    /// Downloaded, but not whole lines.
    pending: Vec<u8>,
    /// Where the pending bytes begin in the file, and where what is left of the text searched before does.
    pending_at: u64,
    rest_at: u64,
}

impl PieceSearch {
    fn new(words: String, encoding: &'static Encoding) -> Self {
        Self { encoding, search: WordSearch::new(words), pending: Vec::new(), pending_at: 0, rest_at: 0 }
    }

    /// The bytes of the file at which words begin.
    fn search(&mut self, mut bytes: Vec<u8>, is_last: bool, most: usize) -> Vec<u64> {
        self.pending.append(&mut bytes);
        if self.pending_at == 0 {
            let mark = Encoding::for_bom(&self.pending).map_or(0, |(_, length)| length);
            self.pending.drain(..mark);
            (self.pending_at, self.rest_at) = (mark as u64, mark as u64);
        }
        let end = whole_lines(&self.pending, self.encoding, false, !is_last).end;
        let piece: Vec<u8> = self.pending.drain(..end).collect();
        let (text, _) = self.encoding.decode_without_bom_handling(&piece);
        let rest = self.search.rest().to_owned();
        let found = self.search.search(&text, is_last, most);
        let place = |start: usize| match start.checked_sub(rest.len()) {
            Some(in_piece) => self.pending_at + self.length(&text[..in_piece]),
            None => self.rest_at + self.length(&rest[..start]),
        };
        let places = found.into_iter().map(&place).collect();
        let left = self.search.rest().len();
        let rest_at = place(rest.len() + text.len() - left);
        self.rest_at = rest_at;
        self.pending_at += end as u64;
        places
    }

    /// How many bytes of the file a text is.
    fn length(&self, text: &str) -> u64 {
        let length = if self.encoding == UTF_8 {
            text.len()
        } else if self.encoding == UTF_16LE || self.encoding == UTF_16BE {
            text.encode_utf16().count() * 2
        } else {
            self.encoding.encode(text).0.len()
        };
        length as u64
    }
}

#[cfg(test)]
mod tests {
    use super::{PieceSearch, bytes_of, encoding_of, whole_lines};
    use coffer_model::preview::TextPart;
    use encoding_rs::UTF_8;

    /// Where words are in a file that comes in pieces of so many bytes.
    fn places(file: &[u8], encoding: &str, words: &str, piece: usize) -> Vec<u64> {
        let mut search = PieceSearch::new(words.to_owned(), encoding_of(encoding));
        let mut pieces = file.chunks(piece).peekable();
        let mut found = Vec::new();
        while let Some(piece) = pieces.next() {
            found.extend(search.search(piece.to_vec(), pieces.peek().is_none(), 100));
        }
        found
    }

    #[test]
    fn places_are_bytes_of_the_file_in_every_encoding() {
        let text = "erste Zeile: größer\nzweite: GRÖßER\n\ndritte größer";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let latin = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for piece in [3, 7, 20, 1000] {
            assert_eq!(places(text.as_bytes(), "UTF-8", "größer", piece), [13, 30, 47], "{piece}");
            assert_eq!(places(&latin, "windows-1252", "größer", piece), [13, 28, 43], "{piece}");
            assert_eq!(places(&marked, "UTF-8", "größer", piece), [16, 33, 50], "{piece}");
        }
        for piece in [4, 8, 1000] {
            assert_eq!(places(&utf_16, "UTF-16LE", "größer", piece), [26, 56, 86], "{piece}");
        }
    }

    #[test]
    fn a_part_is_around_its_byte_and_never_longer_than_what_is_shown_of_a_text() {
        let limit = super::LIMIT_BYTES;
        let size = 10 * limit;
        assert_eq!(bytes_of(TextPart::Beginning, size), 0..limit);
        assert_eq!(bytes_of(TextPart::End, size), size - limit..size);
        assert_eq!(bytes_of(TextPart::Around(5), size), 0..limit);
        assert_eq!(bytes_of(TextPart::Around(size - 1), size), size - limit..size);
        let around = bytes_of(TextPart::Around(3 * limit), size);
        assert!(around.contains(&(3 * limit)) && around.end - around.start == limit);
    }

    #[test]
    fn a_part_has_whole_lines_where_there_are_any() {
        let check = |text: &str, before, behind, expected: &str| {
            let lines = whole_lines(text.as_bytes(), UTF_8, before, behind);
            assert_eq!(&text[lines], expected);
        };
        check("half\nwhole\nhal", true, true, "whole\n");
        check("half\nwhole\nhal", false, true, "half\nwhole\n");
        check("half\nwhole\nend", true, false, "whole\nend");
        check("one long line", true, true, "one long line");
        let wide: Vec<u8> = "a\nb\nc".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(whole_lines(&wide, encoding_of("UTF-16LE"), true, true), 4..8);
        assert_eq!(whole_lines(&"ö".as_bytes()[1..], UTF_8, true, false), 0..1);
    }
}
