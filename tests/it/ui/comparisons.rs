//! Made-up comparisons: of notes that were edited in two places, of pictures, and of what is neither.

use super::contents::preview;
use super::made_up::now;
use coffer_model::comparison::{
    ComparedFiles, ComparedLine, ComparedRow, ComparedVersion, Comparison, Difference, LineComparison,
};
use jiff::SignedDuration;
use std::sync::Arc;

/// Lines on the left and on the right.
type Row = (Option<&'static str>, Option<&'static str>);

const NOTES: [Row; 8] = [
    (Some("# Field notes"), Some("# Field notes")),
    (Some(""), Some("")),
    (Some("Camp at 1,240 m, wind from the north-west."), Some("Camp at 1,420 m, wind from the north-west.")),
    (Some("The glacier tongue has moved since June."), Some("The glacier tongue has moved since June.")),
    (None, Some("Ida saw two foxes above the ford, and none of them was shy of the tents or of the dogs.")),
    (None, Some("One of them is white already.")),
    (Some("Supplies for six days."), Some("Supplies for six days.")),
    (Some("Ask for a second rope."), None),
];

pub fn comparison(files: &ComparedFiles) -> Comparison {
    match files {
        ComparedFiles::Conflict(id) => {
            let theirs = id.0.replace(" (conflicted copy 2026-03-09)", "");
            let difference = if id.0.contains("Field notes") {
                Difference::Lines(notes())
            } else {
                Difference::Bytes { equal_bytes: Some(40_960), is_long_text: false }
            };
            let versions = [version(id.0.to_string(), 12_400, 3, true), version(theirs, 12_000, 95, false)];
            Comparison { versions, difference }
        }
        ComparedFiles::Revisions(entries) => {
            let previews = entries.each_ref().map(|entry| Arc::new(preview(entry, 900)));
            let versions = entries.each_ref().map(|entry| {
                let file = entry.file().unwrap();
                ComparedVersion {
                    modified: file.server_modified,
                    ..version(entry.name().to_owned(), file.size_bytes, 0, false)
                }
            });
            Comparison { versions, difference: Difference::Previews(previews) }
        }
    }
}

fn version(name: String, size_bytes: u64, minutes_ago: i64, is_on_this_computer: bool) -> ComparedVersion {
    let modified = now() - SignedDuration::from_mins(minutes_ago);
    ComparedVersion { name, size_bytes, modified, is_on_this_computer }
}

/// The notes with a long part in the middle that nobody has changed.
fn notes() -> LineComparison {
    let unchanged: Vec<String> = (1..=60).map(|day| format!("Day {day}: {} km.", 4 + day * 7 % 19)).collect();
    let unchanged = unchanged.iter().map(|line| (Some(line.as_str()), Some(line.as_str())));
    let (before, after) = NOTES.split_at(6);
    lines(before.iter().copied().chain(unchanged).chain(after.iter().copied()))
}

fn lines<'a>(rows: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>) -> LineComparison {
    let (mut texts, mut numbers) = ([String::new(), String::new()], [0, 0]);
    let mut found = LineComparison::default();
    for (left, right) in rows {
        let index = found.rows.len();
        let is_equal = left == right;
        let common =
            |left: &str, right: &str| left.bytes().zip(right.bytes()).take_while(|(a, b)| a == b).count();
        let common = left.zip(right).map_or(0, |(left, right)| common(left, right)) as u32;
        let mut line = |side: usize, words: Option<&str>| {
            words.map(|words| {
                let start = texts[side].len() as u32;
                let end = start + words.len() as u32;
                texts[side] = format!("{}{words}\n", texts[side]);
                numbers[side] += 1;
                found.own_lines[side] += usize::from(!is_equal);
                ComparedLine {
                    number: numbers[side],
                    start,
                    end,
                    changed_start: start + common,
                    changed_end: end,
                }
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
    found
}
