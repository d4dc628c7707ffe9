//! Made-up comparisons: of notes that were edited in two places, of a table, of pictures, and of what is none of these.

use super::contents::preview;
use super::made_up::now;
use coffer_model::comparison::{
    ByteComparison, ComparedFile, ComparedFiles, ComparedLine, ComparedRow, ComparedVersion, Comparison,
    Difference, LineBreak, LineComparison, PictureComparison, PictureDifference, TextFormat,
};
use coffer_model::{Entry, FileKind, Pixels, PreviewBody};
use jiff::SignedDuration;
use std::ops::Range;
use std::sync::Arc;

/// Lines on the left and on the right.
type Row = (Option<&'static str>, Option<&'static str>);

const NOTES: [Row; 13] = [
    (Some("# Field notes"), Some("# Field notes")),
    (Some(""), Some("")),
    (Some("Camp at 1,240 m, wind from the north-west."), Some("Camp at 1,420 m, wind from the north-west.")),
    (Some(""), Some("")),
    (Some("The glacier tongue has moved since June."), Some("The glacier tongue has moved since June.")),
    (None, Some("")),
    (None, Some("Ida saw two foxes above the ford, and none of them was shy of the tents or of the dogs.")),
    (None, Some("One of them is white already.")),
    (Some(""), Some("")),
    (Some(""), Some("")),
    (Some("Supplies for six days."), Some("Supplies for six days.")),
    (Some(""), Some("")),
    (Some("Ask for a second rope."), None),
];

pub fn comparison(files: &ComparedFiles) -> Comparison {
    match files {
        ComparedFiles::Conflict(id) => {
            let theirs = id.0.replace(" (conflicted copy 2026-03-09)", "");
            let versions = [version(id.0.to_string(), 12_400, 3, true), version(theirs, 12_000, 95, false)];
            Comparison { versions, difference: Difference::Lines(notes()) }
        }
        ComparedFiles::Pair(files) => {
            let versions = files.each_ref().map(version_of);
            Comparison { versions, difference: difference(files) }
        }
    }
}

fn version_of(file: &ComparedFile) -> ComparedVersion {
    match file {
        ComparedFile::Revision(entry) => {
            let file = entry.file().unwrap();
            let modified = file.server_modified;
            let content_hash = Some(format!("{:x}", 0x1f3c_9b27_u64 * entry.name().len() as u64).repeat(6));
            let version = version(entry.name().to_owned(), file.size_bytes, 0, false);
            ComparedVersion { modified, content_hash, ..version }
        }
        ComparedFile::Local(_) => version(file.name(), 12_400, 3, true),
    }
}

/// By the kind of the first file.
fn difference(files: &[ComparedFile; 2]) -> Difference {
    let [ComparedFile::Revision(first), ComparedFile::Revision(second)] = files else {
        return Difference::Lines(long(&files[0].name()).unwrap_or_else(notes));
    };
    match first.file_kind() {
        FileKind::Picture => Difference::Pictures(pictures(first, second)),
        FileKind::Markdown | FileKind::Text => Difference::Lines(notes()),
        FileKind::Table => Difference::Lines(table()),
        _ => {
            let bytes = |salt: u32| -> Vec<u8> {
                let byte = |place: u32| match place {
                    ..21 => place * 37 % 251,
                    _ => (place * 37 + salt * (place % 3)) % 251,
                };
                (0..96).map(|place| byte(place) as u8).collect()
            };
            Difference::Bytes(ByteComparison {
                equal_bytes: Some(40_981),
                is_long_text: false,
                excerpts: [bytes(0), bytes(7)],
                excerpt_start: 40_960,
            })
        }
    }
}

fn pictures(first: &Entry, second: &Entry) -> PictureComparison {
    let previews = [first, second].map(|entry| Arc::new(preview(entry, 900)));
    let pixels = previews.each_ref().map(|preview| match &preview.body {
        PreviewBody::Picture { frames, .. } => Arc::clone(&frames[0].pixels),
        _ => panic!("they are pictures"),
    });
    let difference = |(one, other): (&[u8; 4], &[u8; 4])| {
        let [red, green, blue] = [0, 1, 2].map(|channel| one[channel].abs_diff(other[channel]));
        [red, green, blue, 255]
    };
    let rgba = pixels[0].rgba.iter().zip(&pixels[1].rgba).map(difference).collect();
    let pixels = Arc::new(Pixels { width: pixels[0].width, height: pixels[0].height, rgba });
    let difference = Some(PictureDifference { pixels, visible: 0.982, strong: 0.24 });
    PictureComparison { previews, difference, equal_bytes: Some(623) }
}

fn version(name: String, size_bytes: u64, minutes_ago: i64, is_on_this_computer: bool) -> ComparedVersion {
    let modified = now() - SignedDuration::from_mins(minutes_ago);
    ComparedVersion { name, size_bytes, modified, is_on_this_computer, content_hash: None }
}

/// The notes with a long part in the middle that nobody has changed.
fn notes() -> LineComparison {
    let unchanged: Vec<String> = (1..=60).map(day).collect();
    let unchanged = unchanged.iter().map(|line| (Some(line.as_str()), Some(line.as_str())));
    let (before, after) = NOTES.split_at(9);
    lines(before.iter().copied().chain(unchanged).chain(after.iter().copied()))
}

fn day(day: usize) -> String {
    match day {
        20 => "## The ascent".to_owned(),
        40 => "## The way back".to_owned(),
        _ => format!("- Day {day}: {} km.", 4 + day * 7 % 19),
    }
}

/// A text of as many lines as its name says, of which one in fifty was changed: "50000 lines.txt".
fn long(name: &str) -> Option<LineComparison> {
    let count: usize = name.strip_suffix(" lines.txt")?.parse().ok()?;
    let line = |number: usize| format!("Measurement {number}: {} m", number * 37 % 1000);
    let rows: Vec<(String, String)> = (0..count)
        .map(|number| match number % 50 {
            7 => (line(number), line(number) + " (checked)"),
            _ => (line(number), line(number)),
        })
        .collect();
    Some(lines(rows.iter().map(|(left, right)| (Some(left.as_str()), Some(right.as_str())))))
}

/// A table of which two rows were changed and one was added.
fn table() -> LineComparison {
    let row = |day: usize, level: usize| {
        format!("2026-{:02}-{:02},Glacier snout,{level},open", day / 28 + 1, day % 28 + 1)
    };
    let mut rows =
        vec![(Some("date,station,height,state".to_owned()), Some("date,station,height,state".to_owned()))];
    for day in 0..90 {
        let level = 200 + day * 37 % 50;
        let now = match day {
            4 => row(day, level + 4),
            60 => row(day, level).replace("open", "closed"),
            _ => row(day, level),
        };
        rows.push((Some(row(day, level)), Some(now)));
        if day == 4 {
            rows.push((None, Some("2026-01-05,Lake Isa,455,open".to_owned())));
        }
    }
    lines(rows.iter().map(|(left, right)| (left.as_deref(), right.as_deref())))
}

fn lines<'a>(rows: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>) -> LineComparison {
    let (mut texts, mut numbers) = ([String::new(), String::new()], [0, 0]);
    let mut found = LineComparison::default();
    for (left, right) in rows {
        let index = found.rows.len();
        let is_equal = left == right;
        let changed = left.zip(right).filter(|_| !is_equal).map(|(left, right)| changed(left, right));
        let mut line = |side: usize, words: Option<&str>| {
            words.map(|words| {
                let start = texts[side].len() as u32;
                let end = start + words.len() as u32;
                texts[side] += words;
                texts[side] += "\n";
                numbers[side] += 1;
                found.own_lines[side] += usize::from(!is_equal);
                let marked = changed.as_ref().map(|changed| &changed[side]).filter(|range| !range.is_empty());
                found.marks[side].extend(marked.map(|range| start + range.start..start + range.end));
                ComparedLine { number: numbers[side], start, end }
            })
        };
        let lines = [line(0, left), line(1, right)];
        found.rows.push(ComparedRow { lines, is_equal });
        match found.differences.last_mut() {
            _ if is_equal => {}
            Some(last) if last.end == index => last.end += 1,
            _ => found.differences.push(index..index + 1),
        }
    }
    found.texts = texts.map(Into::into);
    found.formats = [TextFormat { encoding: "UTF-8", line_break: LineBreak::Lf, is_unterminated: false }; 2];
    found
}

/// What is between the common beginning and the common end of two lines.
fn changed(left: &str, right: &str) -> [Range<u32>; 2] {
    let common = |left: &mut dyn Iterator<Item = u8>, right: &mut dyn Iterator<Item = u8>| {
        left.zip(right).take_while(|(left, right)| left == right).count()
    };
    let before = common(&mut left.bytes(), &mut right.bytes());
    let after = common(&mut left[before..].bytes().rev(), &mut right[before..].bytes().rev());
    [left, right].map(|line| before as u32..(line.len() - after) as u32)
}
