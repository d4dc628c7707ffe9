//! Which words of two lines beside each other are not in both, and how much two lines have in common.

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::collections::HashMap;
use std::ops::Range;
use std::time::Instant;

/// Of lines with more words only what is before the first and behind the last difference is found to be the same.
const MOST_WORDS: usize = 4_000;

/// Lines with less in common are taken for different ones. Of 0 to 1.
const LEAST_COMMON: f32 = 0.3;

/// The parts of both lines that are not in the other, as bytes; `None` where they have little in common.
pub(super) fn changed_words(left: &str, right: &str, deadline: Instant) -> Option<[Vec<Range<usize>>; 2]> {
    let words = [words_of(left), words_of(right)];
    if words.iter().any(|words| words.len() > MOST_WORDS) || Instant::now() > deadline {
        return Some(outside_of_common_ends(left, right));
    }
    let [first, second] = &words;
    let operations = capture_diff_slices_deadline(Algorithm::Myers, first, second, Some(deadline));
    let mut changed = [Changed::default(), Changed::default()];
    let mut equal_bytes = 0;
    for operation in operations {
        let (_, old, new) = operation.as_tag_tuple();
        if matches!(operation, DiffOp::Equal { .. }) {
            let is_space = first[old.clone()].iter().all(|word| word.trim().is_empty());
            equal_bytes += visible_bytes(&first[old.clone()]);
            changed[0].skip(&first[old], is_space);
            changed[1].skip(&second[new], is_space);
        } else {
            changed[0].mark(&first[old]);
            changed[1].mark(&second[new]);
        }
    }
    let all_bytes = visible_bytes(first) + visible_bytes(second);
    let is_alike = 2.0 * equal_bytes as f32 >= LEAST_COMMON * all_bytes as f32;
    is_alike.then(|| changed.map(|changed| changed.ranges))
}

/// How much two lines have in common, of 0 to 1; 0 if that is little.
pub(super) fn likeness(left: &HashMap<&str, usize>, right: &HashMap<&str, usize>) -> f32 {
    let bytes = |words: &HashMap<&str, usize>| -> usize {
        words.iter().map(|(word, count)| word.len() * count).sum::<usize>()
    };
    let common: usize = left
        .iter()
        .map(|(word, count)| word.len() * (*count).min(right.get(word).copied().unwrap_or(0)))
        .sum();
    let all = bytes(left) + bytes(right);
    let share = 2.0 * common as f32 / all.max(1) as f32;
    if share < LEAST_COMMON { 0.0 } else { share }
}

/// How often each word is in a line.
pub(super) fn count_words(line: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for word in words_of(line) {
        if !word.trim().is_empty() {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

fn visible_bytes(words: &[&str]) -> usize {
    words.iter().filter(|word| !word.trim().is_empty()).map(|word| word.len()).sum()
}

/// A line cut into words, runs of spaces, and single signs.
fn words_of(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, character) in line.char_indices() {
        let kind = kind_of(character);
        if at > start && (last != Some(kind) || kind == WordKind::Sign) {
            words.push(&line[start..at]);
            start = at;
        }
        last = Some(kind);
    }
    if start < line.len() {
        words.push(&line[start..]);
    }
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WordKind {
    Word,
    Space,
    Sign,
}

fn kind_of(character: char) -> WordKind {
    match character {
        // Chinese and Japanese have no spaces between words.
        '\u{2e80}'..='\u{9fff}' => WordKind::Sign,
        '_' => WordKind::Word,
        _ if character.is_alphanumeric() => WordKind::Word,
        _ if character.is_whitespace() => WordKind::Space,
        _ => WordKind::Sign,
    }
}

/// The changed parts of one line, as they are found from left to right.
#[derive(Default)]
struct Changed {
    ranges: Vec<Range<usize>>,
    at: usize,
    /// Behind the last range is nothing but space, which belongs to it if another follows.
    is_open: bool,
}

impl Changed {
    fn skip(&mut self, words: &[&str], is_space: bool) {
        self.at += words.iter().map(|word| word.len()).sum::<usize>();
        self.is_open &= is_space;
    }

    fn mark(&mut self, words: &[&str]) {
        let length: usize = words.iter().map(|word| word.len()).sum();
        if length == 0 {
            return;
        }
        let end = self.at + length;
        match self.ranges.last_mut().filter(|_| self.is_open) {
            Some(last) => last.end = end,
            None => self.ranges.push(self.at..end),
        }
        self.at = end;
        self.is_open = true;
    }
}

fn outside_of_common_ends(left: &str, right: &str) -> [Vec<Range<usize>>; 2] {
    let before = common_bytes(left.chars(), right.chars());
    let after = common_bytes(left[before..].chars().rev(), right[before..].chars().rev());
    [left, right].map(|line| std::iter::once(before..line.len() - after).collect())
}

/// The length of what two sequences of characters begin with.
fn common_bytes(left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> usize {
    let common = left.zip(right).take_while(|(left, right)| left == right);
    common.map(|(character, _)| character.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::{MOST_WORDS, changed_words};
    use std::time::{Duration, Instant};

    fn changed(left: &str, right: &str) -> Option<[Vec<std::ops::Range<usize>>; 2]> {
        changed_words(left, right, Instant::now() + Duration::from_mins(1))
    }

    /// Both lines with what was changed in brackets.
    fn picture(left: &str, right: &str) -> Option<[String; 2]> {
        let bracketed = |line: &str, ranges: &[std::ops::Range<usize>]| {
            let mut picture = line.to_owned();
            for range in ranges.iter().rev() {
                picture.insert(range.end, ']');
                picture.insert(range.start, '[');
            }
            picture
        };
        let [first, second] = changed(left, right)?;
        Some([bracketed(left, &first), bracketed(right, &second)])
    }

    #[test]
    fn words_that_are_not_in_both_are_marked() {
        let check = |left: &str, right: &str, expected: [&str; 2]| {
            assert_eq!(picture(left, right).unwrap(), expected);
        };
        check(
            "their night report. They were just cold.",
            "their evening report. They were not cold, they were",
            [
                "their [night] report. They were [just] cold[.]",
                "their [evening] report. They were [not] cold[, they were]",
            ],
        );
        check("Camp at 1,240 m", "Camp at 1,420 m", ["Camp at 1,[240] m", "Camp at 1,[420] m"]);
        check("    return 1.0", "    return max(1.0)", ["    return 1.0", "    return [max(]1.0[)]"]);
        check("地図の北部", "地図の南部", ["地図の[北]部", "地図の[南]部"]);
        check("größe", "größe und", ["größe", "größe[ und]"]);
    }

    #[test]
    fn lines_with_little_in_common_are_different_lines() {
        assert_eq!(picture("The glacier has moved.", "for index in 0..count {"), None);
        assert_eq!(picture("", "words"), None);
    }

    #[test]
    fn the_ends_of_very_long_lines_are_compared() {
        let words = "a ".repeat(MOST_WORDS);
        let [left, right] = changed(&format!("{words}b{words}"), &format!("{words}cc{words}")).unwrap();
        let ranges =
            |ends: [&[std::ops::Range<usize>]; 2]| ends.map(|ranges| (ranges.len(), ranges[0].clone()));
        let start = words.len();
        assert_eq!(ranges([&left, &right]), [(1, start..start + 1), (1, start..start + 2)]);
    }
}
