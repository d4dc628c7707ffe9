//! A query over the rows of a list, by the rule of `name_search`: the same folding, words, patterns and filters. Only
//! that the rows have no folders above them in which a word could be: each word is part of the name itself.

use coffer_model::search_query::Filter;
use coffer_model::{Entry, SearchQuery};
use coffer_stdx::folding::{fold_into, folded};
use memchr::memmem::Finder;
use wildmatch::WildMatch;

/// The rows that match, in their order. A query that asks for nothing matches all. Where it looks (`in:`) does not matter:
/// these are the rows.
pub fn matching_rows(rows: &[Entry], query: &SearchQuery) -> Vec<Entry> {
    let matcher = RowMatcher::new(query);
    let mut name = String::new();
    rows.iter().filter(|entry| matcher.is_match(entry, &mut name)).cloned().collect()
}

struct RowMatcher<'a> {
    words: Vec<Finder<'static>>,
    excluded: Vec<Finder<'static>>,
    patterns: Vec<WildMatch>,
    /// Folded, with their dots.
    extensions: Vec<Vec<String>>,
    filters: &'a [Filter],
}

impl<'a> RowMatcher<'a> {
    fn new(query: &'a SearchQuery) -> Self {
        let finder = |word: &str| Finder::new(fold(word).as_bytes()).into_owned();
        let extensions = query.filters.iter().filter_map(|filter| match filter {
            Filter::Extensions(extensions) => {
                Some(extensions.iter().map(|it| fold(&format!(".{it}"))).collect())
            }
            _ => None,
        });
        Self {
            words: query.words_in_names().map(finder).collect(),
            excluded: query.excluded.iter().map(|word| finder(word)).collect(),
            patterns: query.patterns.iter().map(|pattern| WildMatch::new(&fold(pattern))).collect(),
            extensions: extensions.collect(),
            filters: &query.filters,
        }
    }

    /// `name` is a buffer for the folded name.
    fn is_match(&self, entry: &Entry, name: &mut String) -> bool {
        fold_into(entry.name(), name);
        let is_within = |word: &Finder<'_>| word.find(name.as_bytes()).is_some();
        let ends_with = |end: &String| name.len() > end.len() && name.ends_with(end.as_str());
        self.words.iter().all(is_within)
            && !self.excluded.iter().any(is_within)
            && self.patterns.iter().all(|pattern| pattern.matches(name))
            && self.extensions.iter().all(|ends| !entry.is_folder() && ends.iter().any(ends_with))
            && self.filters.iter().all(|filter| holds(filter, entry))
    }
}

/// Whether a filter on something beside the name holds.
fn holds(filter: &Filter, entry: &Entry) -> bool {
    match filter {
        Filter::Kind(kind) => entry.file_kind() == *kind,
        // Part of the name.
        Filter::Extensions(_) => true,
        Filter::Size { least, most } => {
            entry.last_version().is_some_and(|file| (*least..=*most).contains(&file.size_bytes))
        }
        Filter::Modified { from, before } => entry.last_version().is_some_and(|file| {
            let modified = file.client_modified;
            from.is_none_or(|from| from <= modified) && before.is_none_or(|before| modified < before)
        }),
    }
}

fn fold(text: &str) -> String {
    folded(text).collect()
}
