//! What a search finds in the made-up account.

use super::made_up::{MadeUp, complete, now};
use coffer_model::search_query::Filter;
use coffer_model::{
    Entry, Listing, PathMatch, Receipt, RemotePath, SearchQuery, SearchSummary, Sort, SortColumn,
};
use jiff::tz::TimeZone;
use std::collections::HashSet;
use std::sync::Arc;

/// By the words in the names, and of the filters by the kind and the folder. By size it sorts.
pub fn found(account: &MadeUp, text: &str, sort: Option<Sort>) -> Listing {
    let query = SearchQuery::parse(text, &now().to_zoned(TimeZone::UTC));
    let matches = |entry: &Entry| {
        let name = entry.name().to_lowercase();
        query.words.iter().all(|word| name.contains(&word.to_lowercase()))
            && query.below.contains(&entry.path)
            && query.filters.iter().all(|filter| match filter {
                Filter::Kind(kind) => entry.file_kind() == *kind,
                _ => true,
            })
    };
    let all: Vec<&Entry> = account.listings.iter().flat_map(|(_, listing)| &listing.entries).collect();
    let mut found: Vec<Entry> = all.iter().copied().filter(|it| matches(it)).cloned().collect();
    if sort.is_some_and(|sort| sort.column == SortColumn::Size) {
        found.sort_by_key(|entry| std::cmp::Reverse(entry.file().map(|file| file.size_bytes)));
    }
    let summary = SearchSummary {
        count: found.len() as u64,
        bytes: found.iter().filter_map(Entry::file).map(|file| file.size_bytes).sum(),
        service_from: found.len(),
        mistakes: query.mistakes,
    };
    found.extend(all.into_iter().filter(|it| account.found_inside.contains(&it.name())).cloned());
    Listing { search: Some(summary), ..complete(found) }
}

/// The rows that have all words in their names; of deleted items, without a word, those that are unfolded.
pub fn narrowed(rows: &Listing, text: &str, unfolded: &HashSet<RemotePath>) -> Receipt {
    if rows.deleted.is_some() && text.trim().is_empty() {
        return Receipt::Listed(Arc::new(rows.of_unfolded(unfolded)));
    }
    let text = text.to_lowercase();
    let matches =
        |entry: &&Entry| text.split_whitespace().all(|word| entry.name().to_lowercase().contains(word));
    let entries: Vec<Entry> = rows.entries.iter().filter(matches).cloned().collect();
    Receipt::Listed(Arc::new(match &rows.deleted {
        Some(_) => rows.of_found(&entries),
        None => rows.narrowed_to(entries),
    }))
}

/// Of the paths that have the letters in their order, the shortest first.
pub fn found_paths(account: &MadeUp, typed: &str, folders_only: bool) -> Vec<PathMatch> {
    let letters_of = |entry: &Entry| {
        let path = entry.path.as_str().trim_start_matches('/').to_lowercase();
        let mut wanted = typed.chars().filter(|letter| *letter != ' ').peekable();
        let mut letters = Vec::new();
        for (letter, at) in path.chars().zip(0..) {
            if wanted.next_if_eq(&letter).is_some() {
                letters.push(at);
            }
        }
        wanted.peek().is_none().then_some(letters)
    };
    let all = account.listings.iter().flat_map(|(_, listing)| &listing.entries);
    let mut found: Vec<PathMatch> = all
        .filter(|entry| entry.is_folder() || !folders_only)
        .filter_map(|entry| Some(PathMatch { letters: letters_of(entry)?, entry: entry.clone() }))
        .collect();
    found.sort_by_key(|found| found.entry.path.as_str().len());
    found.truncate(50);
    found
}
