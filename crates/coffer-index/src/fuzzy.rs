//! Going to an item by some letters of its path, in their order: `phfj` is `/Photos/2026/Fjord.jpg`. One pass over all names
//! finds the candidates, of which the best are scored in full.
//!
//! The letters are taken by the folders first, from the root on, each as early as it can: whatever a folder leaves over has
//! to be in the name. That is exact: if the letters are in the path in this order, they are found like this.

use crate::folder_tree::FolderNumber;
use crate::name_search::FoundItem;
use crate::name_table::{NameTable, letters};
use coffer_model::{Entry, PathMatch};
use coffer_stdx::folding::folded;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::collections::BinaryHeap;

/// Letters beyond these are not looked at.
const MOST_LETTERS: usize = 64;

/// So many candidates are read and scored in full.
const CANDIDATES: usize = 200;

/// The better the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FuzzyCandidate {
    cost: u32,
    is_file: bool,
    length: u32,
    entry: u32,
}

/// What is typed, without spaces.
fn pattern(typed: &str) -> Vec<u8> {
    let mut pattern: Vec<u8> = folded(typed)
        .filter(|letter| !letter.is_whitespace())
        .flat_map(|letter| letter.encode_utf8(&mut [0; 4]).bytes().collect::<Vec<u8>>())
        .collect();
    pattern.truncate(MOST_LETTERS);
    while pattern.pop_if(|last| *last == b'/').is_some() {}
    pattern
}

/// How many letters of `rest` are in `text`, in their order and each as early as it can.
fn taken(text: &[u8], rest: &[u8]) -> usize {
    let mut taken = 0;
    for byte in text {
        if rest.get(taken) == Some(byte) {
            taken += 1;
        }
    }
    taken
}

impl NameTable {
    /// The best candidates for what is typed, in no order that matters.
    pub(crate) fn fuzzy_candidates(&self, typed: &str, folders_only: bool) -> Vec<FoundItem> {
        let pattern = pattern(typed);
        if pattern.is_empty() {
            return Vec::new();
        }
        // Of each number of letters that are taken already, those that have to be in the name.
        let needed: Vec<u32> =
            (0..=pattern.len()).map(|taken| letters(without_slash(&pattern[taken..]))).collect();
        let taken_above = self.taken_above(&pattern);
        let mut best: BinaryHeap<FuzzyCandidate> = BinaryHeap::with_capacity(CANDIDATES + 1);
        for entry in 0..self.len() {
            let above = taken_above.get(self.parents[entry] as usize).map_or(0, |taken| usize::from(*taken));
            let has_letters = |taken: usize| self.letters[entry] & needed[taken] == needed[taken];
            if !has_letters(above) || self.is_gone(entry) || (folders_only && !self.is_folder(entry)) {
                continue;
            }
            let name = self.name(entry);
            let cost = if has_letters(0) { cost_in_name(name, &pattern) } else { None };
            let cost = cost.or_else(|| cost_in_path(name, &pattern, above));
            let Some(cost) = cost else { continue };
            let candidate = FuzzyCandidate {
                cost,
                is_file: !self.is_folder(entry),
                length: name.len() as u32,
                entry: entry as u32,
            };
            if best.len() < CANDIDATES {
                best.push(candidate);
            } else if let Some(mut worst) = best.peek_mut()
                && candidate < *worst
            {
                *worst = candidate;
            }
        }
        best.into_iter().map(|candidate| self.fuzzy_item(candidate.entry as usize)).collect()
    }

    fn fuzzy_item(&self, entry: usize) -> FoundItem {
        FoundItem {
            parent: FolderNumber::from(self.parents[entry]),
            key: self.key(entry),
            is_folder: self.is_folder(entry),
        }
    }

    /// For each folder, how many letters its path takes, with the slash behind it.
    fn taken_above(&self, pattern: &[u8]) -> Vec<u8> {
        const UNKNOWN: u8 = u8::MAX;
        let mut known = vec![UNKNOWN; self.folders.len()];
        let mut way = Vec::new();
        for folder in 0..self.folders.len() {
            let mut at = folder;
            while known[at] == UNKNOWN {
                let Some(place) = self.folders[at].filter(|place| (place.entry as usize) < self.len()) else {
                    // The root, before whose items stands a slash.
                    known[at] = u8::from(pattern.first() == Some(&b'/'));
                    break;
                };
                way.push((at, place.entry as usize));
                at = place.parent as usize;
            }
            let mut all = usize::from(known[at]);
            while let Some((at, entry)) = way.pop() {
                all += taken(self.name(entry), &pattern[all..]);
                all += usize::from(pattern.get(all) == Some(&b'/'));
                known[at] = all as u8;
            }
        }
        known
    }
}

/// A slash is in no name.
fn without_slash(pattern: &[u8]) -> &[u8] {
    pattern.split(|byte| *byte == b'/').next_back().unwrap_or(pattern)
}

/// How far from each other the letters are in a name that has them all; the less the better.
fn cost_in_name(name: &[u8], pattern: &[u8]) -> Option<u32> {
    let end = end_of(name, pattern)?;
    // From there back, so that the letters are close together.
    let mut start = end;
    let mut left = pattern.len();
    while left > 0 {
        start -= 1;
        if name[start] == pattern[left - 1] {
            left -= 1;
        }
    }
    let gaps = (end - start - pattern.len()) as u32;
    let begins_word = start == 0 || !name[start - 1].is_ascii_alphanumeric();
    Some(gaps * 4 + u32::from(!begins_word) * 8 + u32::from(start > 0) * 2)
}

/// Where the folders have a part of the letters. If they have all, the folder is meant and not what is in it.
fn cost_in_path(name: &[u8], pattern: &[u8], above: usize) -> Option<u32> {
    const IN_PATH: u32 = 24;
    let rest = &pattern[above..];
    if above == 0 || rest.is_empty() { None } else { cost_in_name(name, rest).map(|cost| IN_PATH + cost) }
}

/// Behind the last letter, where all are taken as early as they can.
fn end_of(name: &[u8], pattern: &[u8]) -> Option<usize> {
    let mut left = pattern.iter();
    let mut wanted = left.next()?;
    for (place, byte) in name.iter().enumerate() {
        if byte == wanted {
            match left.next() {
                Some(next) => wanted = next,
                None => return Some(place + 1),
            }
        }
    }
    None
}

/// Scores what was read, and puts the best first.
pub(crate) fn rank(typed: &str, entries: Vec<Entry>, most: usize) -> Vec<PathMatch> {
    let without_spaces: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let pattern = Pattern::new(&without_spaces, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT.match_paths());
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, PathMatch)> = entries
        .into_iter()
        .map(|entry| {
            let mut letters = Vec::new();
            let path = Utf32Str::new(entry.path.as_str().trim_start_matches('/'), &mut buffer);
            // The scorer folds less than the table; what it does not know stands behind.
            let score = pattern.indices(path, &mut matcher, &mut letters).unwrap_or(0);
            letters.sort_unstable();
            letters.dedup();
            (score, PathMatch { entry, letters })
        })
        .collect();
    scored.sort_by(|(one, first), (other, second)| {
        let depth = |found: &PathMatch| found.entry.path.as_str().len();
        other
            .cmp(one)
            .then_with(|| second.entry.is_folder().cmp(&first.entry.is_folder()))
            .then_with(|| depth(first).cmp(&depth(second)))
            .then_with(|| first.entry.path.cmp(&second.entry.path))
    });
    scored.into_iter().take(most).map(|(_, found)| found).collect()
}
