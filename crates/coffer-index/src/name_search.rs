//! A query over all names. Each word is looked for in all names at once; what has one is then looked at by itself: at its
//! other words, its size, date and kind. Only the best are kept, all are counted.

use crate::bits::Bits;
use crate::folder_tree::FolderNumber;
use crate::name_table::{NameTable, letters, minute};
use crate::score::{MatchRank, rank};
use coffer_model::search_query::Filter;
use coffer_model::{Entry, FileKind, SearchQuery};
use coffer_stdx::folding::folded;
use memchr::memmem::Finder;
use std::collections::BinaryHeap;
use std::ops::Range;
use wildmatch::WildMatch;

/// Words of one query beyond which the others are not looked at.
const MOST_WORDS: usize = 16;

/// Beyond so many threads they only wait for memory.
const MOST_THREADS: usize = 4;
/// A thread of its own is not worth it for fewer entries.
const LEAST_PART: usize = 50_000;

/// By what the items of an answer are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchOrder {
    /// The best match first.
    #[default]
    Match,
    LargestFirst,
    SmallestFirst,
    NewestFirst,
    OldestFirst,
}

/// What a query has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchAnswer {
    /// In order; not more than were asked for.
    pub entries: Vec<Entry>,
    /// How many items match.
    pub count: u64,
    /// The size of all files that match.
    pub bytes: u64,
}

/// The same before the items are read from the file.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub items: Vec<FoundItem>,
    pub count: u64,
    pub bytes: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundItem {
    pub parent: FolderNumber,
    pub key: String,
    pub is_folder: bool,
}

impl NameTable {
    pub(crate) fn search(&self, query: &SearchQuery, order: SearchOrder, most: usize) -> Found {
        if query.is_empty() {
            return Found::default();
        }
        let matcher = Matcher::new(self, query);
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let part = self.len().div_ceil(threads).max(LEAST_PART);
        let parts: Vec<Range<usize>> =
            (0..self.len()).step_by(part).map(|start| start..(start + part).min(self.len())).collect();
        let found: Vec<PartFound> = std::thread::scope(|scope| {
            let matcher = &matcher;
            let search = move |part: &Range<usize>| self.search_part(matcher, part.clone(), order, most);
            let others: Vec<_> = parts.iter().skip(1).map(|part| scope.spawn(move || search(part))).collect();
            let first = parts.first().map(search);
            first.into_iter().chain(others.into_iter().filter_map(|other| other.join().ok())).collect()
        });
        let mut best: Vec<Candidate> = found.iter().flat_map(|part| part.best.iter().copied()).collect();
        best.sort_unstable();
        best.truncate(most);
        Found {
            items: best.into_iter().map(|candidate| self.found(candidate.entry)).collect(),
            count: found.iter().map(|part| part.count).sum(),
            bytes: found.iter().map(|part| part.bytes).sum(),
        }
    }

    fn search_part(
        &self,
        matcher: &Matcher<'_>,
        part: Range<usize>,
        order: SearchOrder,
        most: usize,
    ) -> PartFound {
        let mut best: BinaryHeap<Candidate> = BinaryHeap::with_capacity(most.min(part.len()));
        let (mut count, mut bytes) = (0, 0);
        matcher.for_each_match(part, |entry, is_in_name| {
            count += 1;
            bytes += self.size(entry);
            let is_full = best.len() >= most;
            // The rank takes longer to find out than whether the best possible one would do.
            let best_rank = match matcher.words.first() {
                _ if order != SearchOrder::Match => MatchRank::Whole,
                _ if !is_in_name => MatchRank::InPath,
                Some(first) if !self.name(entry).starts_with(first) => MatchRank::WordStart,
                _ => MatchRank::Whole,
            };
            if is_full && best.peek().is_none_or(|worst| self.candidate(entry, order, best_rank) >= *worst) {
                return;
            }
            let rank = match order {
                SearchOrder::Match if is_in_name => rank(self.name(entry), &matcher.words),
                SearchOrder::Match => MatchRank::InPath,
                _ => MatchRank::Whole,
            };
            let candidate = self.candidate(entry, order, rank);
            if !is_full {
                best.push(candidate);
            } else if let Some(mut worst) = best.peek_mut()
                && candidate < *worst
            {
                *worst = candidate;
            }
        });
        PartFound { best: best.into_vec(), count, bytes }
    }

    fn candidate(&self, entry: usize, order: SearchOrder, rank: MatchRank) -> Candidate {
        let minute = i64::from(self.minutes[entry]);
        let value = match order {
            SearchOrder::Match | SearchOrder::NewestFirst => -minute,
            SearchOrder::OldestFirst => minute,
            SearchOrder::LargestFirst => -(self.size(entry) as i64),
            SearchOrder::SmallestFirst => self.size(entry) as i64,
        };
        Candidate { rank, is_file: !self.is_folder(entry), value, entry: entry as u32 }
    }

    fn found(&self, entry: u32) -> FoundItem {
        let entry = entry as usize;
        FoundItem {
            parent: FolderNumber::from(self.parents[entry]),
            key: self.key(entry),
            is_folder: self.is_folder(entry),
        }
    }
}

/// The better the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    rank: MatchRank,
    is_file: bool,
    value: i64,
    entry: u32,
}

/// What is found in a part of the table.
struct PartFound {
    best: Vec<Candidate>,
    count: u64,
    bytes: u64,
}

/// A query made ready for one pass.
struct Matcher<'a> {
    table: &'a NameTable,
    words: Vec<Vec<u8>>,
    needles: Vec<Needle>,
    excluded: Vec<Finder<'static>>,
    patterns: Vec<Pattern>,
    filters: Vec<ColumnFilter>,
    /// For each folder, which of the words are in its name or in those above it; empty with a single word.
    words_above: Vec<u16>,
    /// For each folder, whether it is the one to look in or below it; empty where that is the root.
    is_below: Vec<bool>,
}

/// A text that is looked for in names.
enum Needle {
    /// One that has a bit of its own among the letters of a name.
    Letter(u32),
    Byte(u8),
    Text(Box<Finder<'static>>),
}

struct Pattern {
    whole: WildMatch,
    /// The longest text of it that is in each name that fits; `None` for `*`.
    needle: Option<Needle>,
}

/// A filter on the columns of the table.
enum ColumnFilter {
    Kind(u8),
    /// With their dots.
    Extensions(Vec<Vec<u8>>),
    Size {
        least: u64,
        most: u64,
    },
    Modified {
        from: u32,
        before: u32,
    },
}

impl<'a> Matcher<'a> {
    fn new(table: &'a NameTable, query: &SearchQuery) -> Self {
        let mut words: Vec<Vec<u8>> = query.words_in_names().map(|word| fold(word).into_bytes()).collect();
        words.retain(|word| !word.is_empty());
        words.truncate(MOST_WORDS);
        let mut matcher = Self {
            table,
            needles: words.iter().map(|word| Needle::new(word)).collect(),
            excluded: query
                .excluded
                .iter()
                .map(|word| Finder::new(fold(word).as_bytes()).into_owned())
                .collect(),
            patterns: query.patterns.iter().map(|pattern| Pattern::new(&fold(pattern))).collect(),
            filters: query.filters.iter().map(ColumnFilter::new).collect(),
            words,
            words_above: Vec::new(),
            is_below: Vec::new(),
        };
        if matcher.words.len() > 1 {
            matcher.words_above = matcher.words_above();
        }
        if !query.below.is_root() {
            matcher.is_below = table.folders_below(query.below.lower());
        }
        matcher
    }

    /// Calls `found` with each entry of a part that matches, and whether all words are in its name.
    fn for_each_match(&self, part: Range<usize>, mut found: impl FnMut(usize, bool)) {
        let within: Vec<Bits> = self.needles.iter().map(|needle| needle.find(self.table, &part)).collect();
        let mut candidates = Bits::of_words(&within, part.len());
        for needle in self.patterns.iter().filter_map(|pattern| pattern.needle.as_ref()) {
            candidates.and(&needle.find(self.table, &part));
        }
        for place in candidates.ones() {
            let entry = part.start + place;
            if let Some(is_in_name) = self.words_match(&within, place, entry)
                && self.others_match(entry)
            {
                found(entry, is_in_name);
            }
        }
    }

    /// Whether all words are in the name; `None` if one is nowhere.
    fn words_match(&self, within: &[Bits], place: usize, entry: usize) -> Option<bool> {
        let [_, _, ..] = within else { return Some(true) };
        let above = self.words_above.get(self.table.parents[entry] as usize).copied().unwrap_or(0);
        let mut is_in_name = true;
        for (word, bits) in within.iter().enumerate() {
            if !bits.get(place) {
                is_in_name = false;
                if above >> word & 1 == 0 {
                    return None;
                }
            }
        }
        Some(is_in_name)
    }

    fn others_match(&self, entry: usize) -> bool {
        let table = self.table;
        let parent = table.parents[entry] as usize;
        !table.is_gone(entry)
            && (self.is_below.is_empty() || self.is_below.get(parent).copied().unwrap_or(false))
            && self.filters.iter().all(|filter| filter.holds(table, entry))
            && !self.excluded.iter().any(|excluded| excluded.find(table.name(entry)).is_some())
            && (self.patterns.is_empty()
                || std::str::from_utf8(table.name(entry))
                    .is_ok_and(|name| self.patterns.iter().all(|pattern| pattern.whole.matches(name))))
    }

    fn words_above(&self) -> Vec<u16> {
        let finders: Vec<Finder<'_>> = self.words.iter().map(Finder::new).collect();
        self.table.inherit(0, |entry| {
            let within = |word: &usize| finders[*word].find(self.table.name(entry)).is_some();
            (0..self.words.len()).filter(within).fold(0, |bits, word| bits | 1 << word)
        })
    }
}

impl Needle {
    fn new(folded: &[u8]) -> Self {
        match folded {
            [letter] if letter.is_ascii_lowercase() => Self::Letter(letters(folded)),
            [byte] => Self::Byte(*byte),
            _ => Self::Text(Box::new(Finder::new(folded).into_owned())),
        }
    }

    /// Which entries of a part have it in their names. Names are not looked at one by one: most searches find little, and the
    /// names of all lie side by side.
    fn find(&self, table: &NameTable, part: &Range<usize>) -> Bits {
        let mut bits = Bits::new(part.len());
        match self {
            Self::Letter(letter) => {
                for (place, letters) in table.letters[part.clone()].iter().enumerate() {
                    bits.set_if(place, letters & letter != 0);
                }
            }
            Self::Byte(byte) => {
                let text = table.text_of(part);
                bits.set_names(table, part, memchr::memchr_iter(*byte, text));
            }
            Self::Text(finder) => {
                let text = table.text_of(part);
                bits.set_names(table, part, finder.find_iter(text));
            }
        }
        bits
    }
}

impl Bits {
    /// Adds the entries of a part in whose names these places are, which rise and count from the begin of the part.
    fn set_names(&mut self, table: &NameTable, part: &Range<usize>, places: impl Iterator<Item = usize>) {
        let start = table.start(part.start);
        let (mut entry, mut end) = (part.start, 0);
        for place in places.map(|place| start + place) {
            // Most names that have it have it more than once.
            if place >= end {
                entry = table.entry_at(entry, place);
                end = table.start(entry + 1);
                self.set_if(entry - part.start, true);
            }
        }
    }
}

impl Pattern {
    fn new(folded: &str) -> Self {
        let longest = folded.split(['*', '?']).max_by_key(|text| text.len()).filter(|text| !text.is_empty());
        Self { whole: WildMatch::new(folded), needle: longest.map(|text| Needle::new(text.as_bytes())) }
    }
}

fn fold(text: &str) -> String {
    folded(text).collect()
}

impl ColumnFilter {
    fn new(filter: &Filter) -> Self {
        match filter {
            Filter::Kind(kind) => Self::Kind(*kind as u8),
            Filter::Extensions(extensions) => Self::Extensions(
                extensions
                    .iter()
                    .map(|extension| folded(&format!(".{extension}")).collect::<String>().into_bytes())
                    .collect(),
            ),
            Filter::Size { least, most } => Self::Size { least: *least, most: *most },
            Filter::Modified { from, before } => Self::Modified {
                from: from.map_or(0, |from| minute(from.as_second())),
                before: before.map_or(u32::MAX, |before| minute(before.as_second())),
            },
        }
    }

    fn holds(&self, table: &NameTable, entry: usize) -> bool {
        let is_file = || table.kinds[entry] != FileKind::Folder as u8;
        match self {
            Self::Kind(kind) => table.kinds[entry] == *kind,
            Self::Extensions(extensions) => {
                let name = table.name(entry);
                is_file() && extensions.iter().any(|end| name.len() > end.len() && name.ends_with(end))
            }
            Self::Size { least, most } => is_file() && (*least..=*most).contains(&table.size(entry)),
            Self::Modified { from, before } => is_file() && (*from..*before).contains(&table.minutes[entry]),
        }
    }
}

impl NameTable {
    /// For each folder: the bits of its own name, as `own` tells them for its entry, and of all folders above it.
    fn inherit(&self, of_root: u16, own: impl Fn(usize) -> u16) -> Vec<u16> {
        let mut bits: Vec<Option<u16>> = vec![None; self.folders.len()];
        let mut way = Vec::new();
        for start in 0..self.folders.len() {
            let mut folder = start;
            let mut above = loop {
                if let Some(known) = bits[folder] {
                    break known;
                }
                match self.folders[folder] {
                    Some(place) if (place.entry as usize) < self.len() => {
                        way.push((folder, place.entry as usize));
                        folder = place.parent as usize;
                    }
                    // The root, or a number that no folder has.
                    _ => {
                        bits[folder] = Some(of_root);
                        break of_root;
                    }
                }
            };
            while let Some((folder, entry)) = way.pop() {
                above |= own(entry);
                bits[folder] = Some(above);
            }
        }
        bits.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// For each folder whether it is the one at a path, or lies below it.
    fn folders_below(&self, path_lower: &str) -> Vec<bool> {
        let wanted: Vec<&str> = path_lower.split('/').skip(1).collect();
        let Some(target) = self.find_folder(&wanted) else { return vec![false; self.folders.len().max(1)] };
        self.inherit(0, |entry| u16::from(entry == target)).into_iter().map(|bits| bits != 0).collect()
    }

    /// The entry of the folder at a path.
    fn find_folder(&self, names: &[&str]) -> Option<usize> {
        let mut parent = crate::folder_tree::ROOT as u32;
        let mut entry = None;
        for name in names {
            let (folder, place) = self.folders.iter().enumerate().find_map(|(folder, place)| {
                let place = (*place)?;
                let is_it = place.parent == parent
                    && (place.entry as usize) < self.len()
                    && self.key(place.entry as usize) == *name;
                is_it.then_some((folder, place))
            })?;
            parent = folder as u32;
            entry = Some(place.entry as usize);
        }
        entry
    }
}
