//! Finding words in a text of which only a part is shown: those of the part at once, all others as the worker finds them,
//! and the part around the one that somebody goes to.

use super::find::{FindPart, FindProgress, TextFind, find_all};
use coffer_model::Problem;
use coffer_model::preview::TextPreview;
use coffer_state::text_search::TextSearch;
use coffer_texts::tr;

/// What is known of the text in the large preview beside what is shown.
#[derive(Clone, Copy)]
pub(super) struct LongText<'a> {
    pub search: &'a TextSearch,
    pub total_bytes: u64,
    /// Another part was asked for.
    pub is_loading: bool,
    /// Why that is not shown.
    pub problem: Option<&'a Problem>,
}

impl LongText<'_> {
    /// Where the words are that are looked for, as far as that is known.
    fn places(&self, find: &TextFind) -> &[u64] {
        if self.search.words() == find.query() { self.search.places() } else { &[] }
    }

    /// Looks for the same words in the part that is shown now; the one at this byte of the file becomes the current one.
    pub(super) fn find_in_part(&self, find: &mut TextFind, text: &TextPreview, wanted: Option<u64>) {
        let before = |byte: u64| self.places(find).partition_point(|place| *place < byte);
        let current = wanted.map(|wanted| before(wanted) - before(text.shown.start));
        let found = find_all(&text.text, find.query());
        find.show_part(found, current);
    }

    /// Counts in all of the file, and answers the byte that must be shown: words that somebody goes to beyond the part, or
    /// the next ones where the part has none.
    pub(super) fn follow(&self, find: &mut TextFind, text: &TextPreview) -> Option<u64> {
        let places = self.places(find);
        let before = places.partition_point(|place| *place < text.shown.start);
        let behind = places.partition_point(|place| *place < text.shown.end);
        let total = places.len().max(before + find.matches.len());
        let (next, last_before) =
            (places.get(behind).copied(), before.checked_sub(1).map(|last| places[last]));
        let (first, last) = (places.first().copied(), places.last().copied());
        find.part = Some(FindPart { before, total });
        let is_done = !self.search.is_searching();
        let wanted = match find.beyond {
            _ if self.is_loading || find.query().is_empty() => None,
            Some(true) => next.or(first.filter(|_| is_done)),
            Some(false) => last_before.or(last.filter(|_| is_done)),
            None if find.matches.is_empty() && !find.has_looked_beyond => next.or(first.filter(|_| is_done)),
            None => None,
        };
        if wanted.is_some() || is_done {
            find.beyond = None;
        }
        let wanted = wanted?;
        find.has_looked_beyond = true;
        if text.shown.contains(&wanted) {
            find.go_to(places.partition_point(|place| *place < wanted) - before);
            return None;
        }
        Some(wanted)
    }

    pub(super) fn progress<'a>(&self, note: &'a mut String) -> FindProgress<'a> {
        let is_searching = self.search.is_searching();
        if is_searching {
            let percent = self.search.searched_bytes() * 100 / self.total_bytes.max(1);
            *note = tr!("find-progress", percent = percent);
        } else if self.search.has_failed() {
            tr!("find-rest-failed").clone_into(note);
        }
        FindProgress { is_searching, note: (!note.is_empty()).then_some(note) }
    }
}

#[cfg(test)]
mod tests {
    use super::LongText;
    use crate::ui::preview::find::{TextFind, find_all};
    use coffer_model::FoundInText;
    use coffer_model::preview::TextPreview;
    use coffer_state::text_search::TextSearch;
    use std::ops::Range;

    fn part(text: &str, shown: Range<u64>) -> TextPreview {
        TextPreview {
            text: text.into(),
            spans: Vec::new(),
            line_starts: vec![0],
            folds: Vec::new(),
            encoding: "UTF-8",
            truncated_from_bytes: Some(1_000),
            shown,
        }
    }

    fn search(places: &[u64]) -> TextSearch {
        TextSearch::from_found("tea", FoundInText { places: places.to_vec(), searched_bytes: 1_000 })
    }

    fn find(text: &TextPreview) -> TextFind {
        let mut find = TextFind::new();
        find.begin("tea".to_owned());
        find.add(find_all(&text.text, "tea"));
        find
    }

    const fn long(search: &TextSearch) -> LongText<'_> {
        LongText { search, total_bytes: 1_000, is_loading: false, problem: None }
    }

    #[test]
    fn behind_the_last_words_of_a_part_are_the_next_of_the_file() {
        let search = search(&[4, 102, 110, 700]);
        let text = part("a tea and tea", 100..113);
        let mut find = find(&text);
        assert_eq!(long(&search).follow(&mut find, &text), None);
        assert_eq!(find.count_in_words(false), "2 of 4");
        find.step(true);
        assert_eq!(long(&search).follow(&mut find, &text), None);
        assert_eq!(find.count_in_words(false), "3 of 4");
        find.step(true);
        assert_eq!(long(&search).follow(&mut find, &text), Some(700));
        let next = part("more tea", 695..703);
        long(&search).find_in_part(&mut find, &next, Some(700));
        assert_eq!(long(&search).follow(&mut find, &next), None);
        assert_eq!(find.count_in_words(false), "4 of 4");
        // Behind the last of all is the first.
        find.step(true);
        assert_eq!(long(&search).follow(&mut find, &next), Some(4));
    }

    #[test]
    fn a_part_without_the_words_gives_way_to_the_next_that_has_them() {
        let search = search(&[4, 700]);
        let text = part("nothing", 100..107);
        let mut find = find(&text);
        assert_eq!(long(&search).follow(&mut find, &text), Some(700));
        // Only once: what could not be loaded is not asked for in each frame.
        assert_eq!(long(&search).follow(&mut find, &text), None);
    }

    #[test]
    fn a_step_back_from_the_first_words_of_a_part_leads_before_it() {
        let search = search(&[4, 50, 102]);
        let text = part("a tea", 100..105);
        let mut find = find(&text);
        long(&search).follow(&mut find, &text);
        find.step(false);
        assert_eq!(long(&search).follow(&mut find, &text), Some(50));
    }

    #[test]
    fn words_that_are_in_this_part_only_are_gone_round() {
        let search = search(&[102, 110]);
        let text = part("a tea and tea", 100..113);
        let mut find = find(&text);
        for expected in ["1 of 2", "2 of 2", "1 of 2"] {
            assert_eq!(long(&search).follow(&mut find, &text), None);
            assert_eq!(find.count_in_words(false), expected);
            find.step(true);
        }
    }
}
