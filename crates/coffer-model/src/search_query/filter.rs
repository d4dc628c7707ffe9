//! The filters of a query, and the words by which people name them.

use super::moments;
use crate::FileKind;
use jiff::{Timestamp, Zoned};

/// A condition on an item beside its name.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    Kind(FileKind),
    /// One of these extensions, in lower case and without dots.
    Extensions(Vec<String>),
    /// Bytes, both included. No folder has a size.
    Size {
        least: u64,
        most: u64,
    },
    /// When the file was last changed, `before` excluded.
    Modified {
        from: Option<Timestamp>,
        before: Option<Timestamp>,
    },
}

/// The names of the filters, for help and for completing what is typed.
pub const FILTER_NAMES: [&str; 8] = ["kind", "ext", "size", "modified", "before", "after", "since", "in"];

/// What people call the kinds. The first word of each kind is the one that the program writes.
pub const KIND_WORDS: [(&str, FileKind); 31] = [
    ("folder", FileKind::Folder),
    ("folders", FileKind::Folder),
    ("picture", FileKind::Picture),
    ("pictures", FileKind::Picture),
    ("image", FileKind::Picture),
    ("images", FileKind::Picture),
    ("photo", FileKind::Picture),
    ("photos", FileKind::Picture),
    ("document", FileKind::Document),
    ("documents", FileKind::Document),
    ("doc", FileKind::Document),
    ("markdown", FileKind::Markdown),
    ("text", FileKind::Text),
    ("code", FileKind::Code),
    ("source", FileKind::Code),
    ("table", FileKind::Table),
    ("tables", FileKind::Table),
    ("spreadsheet", FileKind::Table),
    ("spreadsheets", FileKind::Table),
    ("pdf", FileKind::Pdf),
    ("pdfs", FileKind::Pdf),
    ("archive", FileKind::Archive),
    ("archives", FileKind::Archive),
    ("zip", FileKind::Archive),
    ("video", FileKind::Video),
    ("videos", FileKind::Video),
    ("film", FileKind::Video),
    ("audio", FileKind::Audio),
    ("music", FileKind::Audio),
    ("sound", FileKind::Audio),
    ("other", FileKind::Other),
];

/// `None` if there is no filter of this name.
pub(super) fn parse(name: &str, value: &str, now: &Zoned) -> Option<Result<Filter, ()>> {
    let filter =
        match name.to_ascii_lowercase().as_str() {
            "kind" => kind(value).map(Filter::Kind),
            "ext" => extensions(value).map(Filter::Extensions),
            "size" => sizes(value).map(|(least, most)| Filter::Size { least, most }),
            "modified" => moments::span(value, now)
                .map(|span| Filter::Modified { from: Some(span.begin), before: Some(span.end) }),
            "before" => moments::span(value, now)
                .map(|span| Filter::Modified { from: None, before: Some(span.begin) }),
            "after" => {
                moments::span(value, now).map(|span| Filter::Modified { from: Some(span.end), before: None })
            }
            "since" => moments::parse_since(value, now)
                .map(|begin| Filter::Modified { from: Some(begin), before: None }),
            _ => return None,
        };
    Some(filter.ok_or(()))
}

fn kind(value: &str) -> Option<FileKind> {
    let value = value.to_lowercase();
    KIND_WORDS.iter().find(|(word, _)| *word == value).map(|(_, kind)| *kind)
}

fn extensions(value: &str) -> Option<Vec<String>> {
    let extensions: Vec<String> = value
        .split(',')
        .map(|extension| extension.trim_start_matches('.').to_lowercase())
        .filter(|extension| !extension.is_empty())
        .collect();
    (!extensions.is_empty()).then_some(extensions)
}

/// The least and the most of `>100MB`, `<=1.5GB`, `10MB..20MB`, `0`, `empty`.
fn sizes(value: &str) -> Option<(u64, u64)> {
    if value.eq_ignore_ascii_case("empty") {
        return Some((0, 0));
    }
    if let Some((least, most)) = value.split_once("..") {
        return Some((parse_bytes(least)?, parse_bytes(most)?));
    }
    if let Some(least) = value.strip_prefix(">=") {
        return Some((parse_bytes(least)?, u64::MAX));
    }
    if let Some(more) = value.strip_prefix('>') {
        return Some((parse_bytes(more)?.checked_add(1)?, u64::MAX));
    }
    if let Some(most) = value.strip_prefix("<=") {
        return Some((0, parse_bytes(most)?));
    }
    if let Some(less) = value.strip_prefix('<') {
        return Some((0, parse_bytes(less)?.checked_sub(1)?));
    }
    let exact = parse_bytes(value)?;
    Some((exact, exact))
}

/// `100MB`, `1.5 kb`, `2MiB`, `300`.
pub fn parse_bytes(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (amount, unit) = text.split_at(digits);
    let factor: u64 = match unit.trim() {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "m" | "mb" => 1000_u64.pow(2),
        "g" | "gb" => 1000_u64.pow(3),
        "t" | "tb" => 1000_u64.pow(4),
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return None,
    };
    let amount: f64 = amount.parse().ok()?;
    let bytes = amount * factor as f64;
    (bytes < u64::MAX as f64).then_some(bytes.round() as u64)
}
