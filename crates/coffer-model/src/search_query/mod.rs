//! What a person looks for, as they type it: words, quoted phrases, patterns, and filters such as `kind:picture`,
//! `size:>100MB`, `modified:this-week`, `in:/Photos`.
//!
//! Every text is a query: what only looks like a filter is a word, because names have colons too. A filter whose value
//! is not understood is left out and told in [`SearchQuery::mistakes`].

mod edit;
mod filter;
mod moments;
mod tokens;

pub use edit::{filter_value, with_filter};
pub use filter::{FILTER_NAMES, Filter, KIND_WORDS, parse_bytes};
pub use moments::parse_since;

use crate::RemotePath;
use jiff::Zoned;
use tokens::Token;

/// A query that was read. All of its parts must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchQuery {
    /// Words and quoted phrases as they were typed. Each is part of the name, or of the name of a folder above it; at least one
    /// is part of the name itself.
    pub words: Vec<String>,
    /// None of these is part of the name: `-draft`.
    pub excluded: Vec<String>,
    /// Patterns for the whole name: `*.md`, `IMG_?.jpg`.
    pub patterns: Vec<String>,
    pub filters: Vec<Filter>,
    /// The search looks only below this folder.
    pub below: RemotePath,
    /// Filters that can't be understood, as they were typed.
    pub mistakes: Vec<String>,
}

impl SearchQuery {
    /// Reads what was typed. `now` says what "today" means and where days begin.
    pub fn parse(text: &str, now: &Zoned) -> Self {
        let mut query = Self::default();
        for token in tokens::split(text) {
            query.add(token, now);
        }
        query
    }

    fn add(&mut self, token: Token, now: &Zoned) {
        if let Some((name, value)) = token.filter() {
            if name.eq_ignore_ascii_case("in") && !value.is_empty() {
                self.below = RemotePath::new(&format!("/{value}"));
                return;
            }
            match filter::parse(name, value, now) {
                Some(Ok(filter)) => self.filters.push(filter),
                Some(Err(())) => self.mistakes.push(token.typed),
                None => self.words.push(token.text),
            }
        } else if !token.is_quoted && token.text.contains(['*', '?']) {
            self.patterns.push(token.text);
        } else if token.is_excluded {
            self.excluded.push(token.text);
        } else {
            self.words.push(token.text);
        }
    }

    /// The words as they can be in names. A name has no slash: what is typed with one are names of folders, and in them.
    pub fn words_in_names(&self) -> impl Iterator<Item = &str> {
        self.words.iter().flat_map(|word| word.split('/')).filter(|word| !word.is_empty())
    }

    /// Whether it asks for nothing, and so finds nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.excluded.is_empty()
            && self.patterns.is_empty()
            && self.filters.is_empty()
            && self.below.is_root()
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, SearchQuery};
    use crate::{FileKind, RemotePath};
    use jiff::{Timestamp, Zoned};

    /// A Thursday, in a zone that is two hours ahead.
    fn now() -> Zoned {
        "2026-06-18T15:00:00+02:00[Europe/Berlin]".parse().unwrap()
    }

    fn parse(text: &str) -> SearchQuery {
        SearchQuery::parse(text, &now())
    }

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn words_phrases_exclusions_and_patterns() {
        let query = parse(r#"  tax "annual report" -draft *.md IMG_?.jpg "a*b" "#);
        assert_eq!(query.words, ["tax", "annual report", "a*b"]);
        assert_eq!(query.excluded, ["draft"]);
        assert_eq!(query.patterns, ["*.md", "IMG_?.jpg"]);
        assert!(query.filters.is_empty() && query.mistakes.is_empty());
    }

    #[test]
    fn an_unfinished_phrase_is_a_phrase_and_a_lone_hyphen_a_word() {
        assert_eq!(parse("\"annual rep").words, ["annual rep"]);
        assert_eq!(parse("a - b").words, ["a", "-", "b"]);
        assert!(parse(" \" \"\" ").is_empty());
    }

    #[test]
    fn the_quotation_marks_of_every_language_enclose_a_phrase() {
        for typed in
            ["“annual report”", "„annual report“", "»annual report«", "«annual report»", "\"annual report\""]
        {
            assert_eq!(parse(typed).words, ["annual report"], "{typed}");
            assert_eq!(parse(&format!("-{typed}")).excluded, ["annual report"], "{typed}");
        }
        assert_eq!(parse("\"the „old“ one\"").words, ["the „old“ one"]);
    }

    #[test]
    fn filters_by_kind_and_extension() {
        assert_eq!(parse("kind:picture").filters, [Filter::Kind(FileKind::Picture)]);
        assert_eq!(parse("Kind:Photos").filters, [Filter::Kind(FileKind::Picture)]);
        assert_eq!(parse("kind:folder").filters, [Filter::Kind(FileKind::Folder)]);
        assert_eq!(parse("ext:.PDF").filters, [Filter::Extensions(vec!["pdf".into()])]);
        assert_eq!(parse("ext:jpg,png").filters, [Filter::Extensions(vec!["jpg".into(), "png".into()])]);
    }

    #[test]
    fn filters_by_size_count_in_thousands_as_the_sizes_that_are_shown() {
        let size = |text: &str| match parse(text).filters.as_slice() {
            [Filter::Size { least, most }] => (*least, *most),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(size("size:>100MB"), (100_000_001, u64::MAX));
        assert_eq!(size("size:>=1.5kb"), (1500, u64::MAX));
        assert_eq!(size("size:<2GB"), (0, 1_999_999_999));
        assert_eq!(size("size:10MB..20MB"), (10_000_000, 20_000_000));
        assert_eq!(size("size:0"), (0, 0));
        assert_eq!(size("size:empty"), (0, 0));
        assert_eq!(size("size:1MiB"), (1 << 20, 1 << 20));
    }

    #[test]
    fn filters_by_time_mean_days_of_the_persons_zone() {
        let between = |text: &str| match parse(text).filters.as_slice() {
            [Filter::Modified { from, before }] => (*from, *before),
            other => panic!("{text}: {other:?}"),
        };
        let day = (Some(time("2026-06-17T22:00:00Z")), Some(time("2026-06-18T22:00:00Z")));
        assert_eq!(between("modified:today"), day);
        assert_eq!(between("modified:2026-06-18"), day);
        assert_eq!(between("modified:yesterday"), (Some(time("2026-06-16T22:00:00Z")), day.0));
        // Weeks begin on Monday.
        assert_eq!(
            between("modified:this-week"),
            (Some(time("2026-06-14T22:00:00Z")), Some(time("2026-06-21T22:00:00Z")))
        );
        assert_eq!(
            between("modified:last-week"),
            (Some(time("2026-06-07T22:00:00Z")), Some(time("2026-06-14T22:00:00Z")))
        );
        assert_eq!(
            between("modified:this-month"),
            (Some(time("2026-05-31T22:00:00Z")), Some(time("2026-06-30T22:00:00Z")))
        );
        assert_eq!(
            between("modified:last-month"),
            (Some(time("2026-04-30T22:00:00Z")), Some(time("2026-05-31T22:00:00Z")))
        );
        assert_eq!(
            between("modified:2025"),
            (Some(time("2024-12-31T23:00:00Z")), Some(time("2025-12-31T23:00:00Z")))
        );
        assert_eq!(between("modified:last-year"), between("modified:2025"));
        assert_eq!(between("before:2025-01"), (None, Some(time("2024-12-31T23:00:00Z"))));
        assert_eq!(between("after:2025-01"), (Some(time("2025-01-31T23:00:00Z")), None));
        assert_eq!(between("since:2025-01"), (Some(time("2024-12-31T23:00:00Z")), None));
        assert_eq!(between("since:2h"), (Some(time("2026-06-18T11:00:00Z")), None));
        assert_eq!(between("since:30min"), (Some(time("2026-06-18T12:30:00Z")), None));
        assert_eq!(between("since:1d"), (Some(time("2026-06-17T13:00:00Z")), None));
        assert_eq!(between("since:2w"), (Some(time("2026-06-04T13:00:00Z")), None));
        assert_eq!(between("since:2026-06-18T14:30"), (Some(time("2026-06-18T12:30:00Z")), None));
    }

    #[test]
    fn a_search_below_a_folder() {
        let query = parse(r#"in:"/My Photos/2026" beach"#);
        assert_eq!(query.below, RemotePath::new("/My Photos/2026"));
        assert_eq!(query.words, ["beach"]);
        assert_eq!(parse("in:photos").below, RemotePath::new("/photos"));
    }

    #[test]
    fn what_only_looks_like_a_filter_is_a_word_and_a_wrong_value_a_mistake() {
        let query = parse(r#"12:30 foo:bar "kind:picture" size:huge before:soon kind:thing ext: kind:"#);
        assert_eq!(query.words, ["12:30", "foo:bar", "kind:picture"]);
        assert_eq!(query.mistakes, ["size:huge", "before:soon", "kind:thing", "ext:", "kind:"]);
        assert!(query.filters.is_empty());
    }

    #[test]
    fn times_at_the_ends_of_the_calendar_are_mistakes_and_no_panic() {
        for text in [
            "since:99999999999999w",
            "since:w",
            "since:2x",
            "modified:9999-12-31",
            "before:99999",
            "after:9999-12",
            "modified:-5",
            "before:2025-13",
        ] {
            let query = parse(text);
            assert!(query.filters.len() + query.mistakes.len() <= 1, "{text}");
        }
    }
}
