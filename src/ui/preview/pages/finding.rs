//! Finding words in the pages of a document: page by page as they are read, a little in each frame, from the page in
//! sight on.

use crate::ui::preview::find::{Find, FindProgress, MatchPlace, find_all};
use coffer_state::page_texts::PageTexts;
use coffer_texts::tr;
use std::ops::Range;

/// So many bytes of text are looked through in a frame, which takes some milliseconds.
const BYTES_IN_FRAME: usize = 256 * 1024;

/// Words on a page.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::preview) struct PageMatch {
    pub page: u32,
    /// Bytes of the text of the page.
    pub range: Range<usize>,
}

impl MatchPlace for PageMatch {
    fn start(&self) -> (u32, usize) {
        (self.page, self.range.start)
    }
}

/// The search in a document.
#[derive(Default)]
pub(in crate::ui::preview) struct PageFind {
    /// While its field is shown.
    pub open: Option<Find<PageMatch>>,
    /// The pages that were not looked through yet, in the order in which they will be.
    left: Vec<u32>,
}

impl PageFind {
    pub(in crate::ui::preview) fn show_field(&mut self) {
        self.open.get_or_insert_with(Find::new).focus();
    }

    /// Looks for other words, from the page in sight on.
    pub(super) fn begin(&mut self, query: String, page_in_sight: usize, page_count: usize) {
        let Some(find) = &mut self.open else { return };
        let first = find.current().map_or(page_in_sight as u32, |found| found.page);
        find.begin(query);
        self.left = (first..page_count as u32).chain(0..first).collect();
    }

    /// Looks through some of the pages that were read. Answers whether there are more of them.
    pub(super) fn look(&mut self, texts: &PageTexts) -> bool {
        let Some(find) = &mut self.open else { return false };
        let mut bytes = 0;
        let mut has_more = false;
        self.left.retain(|&page| {
            let Some(text) = texts.text_of(page) else { return true };
            if bytes > BYTES_IN_FRAME {
                has_more = true;
                return true;
            }
            bytes += text.text.len();
            let found = find_all(&text.text, find.query());
            find.add(found.into_iter().map(|range| PageMatch { page, range }).collect());
            false
        });
        if find.is_full() || find.query().is_empty() {
            self.left.clear();
        }
        has_more && !self.left.is_empty()
    }

    pub(super) fn progress<'a>(&self, texts: &PageTexts, note: &'a mut String) -> FindProgress<'a> {
        let is_searching = !self.left.is_empty() && !texts.is_full();
        if texts.has_nothing() {
            tr!("find-no-text").clone_into(note);
        } else if texts.is_full() && !self.left.is_empty() {
            *note = tr!("find-too-long", count = texts.known_count());
        }
        FindProgress { is_searching, note: (!note.is_empty()).then_some(note) }
    }

    /// What was found on a page, and which of that is the current place.
    pub(super) fn on_page(&self, page: u32) -> impl Iterator<Item = (&PageMatch, bool)> {
        let matches = self.open.as_ref().map_or(&[][..], |find| &find.matches);
        let first = matches.partition_point(|found| found.page < page);
        let current = self.open.as_ref().and_then(Find::current).map(MatchPlace::start);
        let of_page = matches[first..].iter().take_while(move |found| found.page == page);
        of_page.map(move |found| (found, Some(found.start()) == current))
    }

    /// The place that is to be brought into sight, once.
    pub(super) fn take_revealed(&mut self) -> Option<PageMatch> {
        let find = self.open.as_mut()?;
        let found = find.current().cloned()?;
        std::mem::take(&mut find.reveals).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::PageFind;
    use crate::ui::preview::find::MatchPlace;
    use coffer_model::PageText;
    use coffer_state::page_texts::PageTexts;
    use std::sync::Arc;

    fn texts(pages: &[&str]) -> PageTexts {
        let text = |text: &&str| Arc::new(PageText { text: (*text).into(), glyphs: Arc::default() });
        PageTexts::from_texts(pages.iter().map(text).collect())
    }

    #[test]
    fn words_are_found_from_the_page_in_sight_on() {
        let texts = texts(&["tea", "none", "coffee and\ntea", "tea"]);
        let mut find = PageFind::default();
        find.show_field();
        find.begin("and tea".to_owned(), 0, 4);
        assert!(!find.look(&texts));
        let open = find.open.as_ref().unwrap();
        assert_eq!(
            open.matches.iter().map(|found| (found.page, found.range.clone())).collect::<Vec<_>>(),
            [(2, 7..14)]
        );
        find.begin("tea".to_owned(), 1, 4);
        find.look(&texts);
        let open = find.open.as_ref().unwrap();
        assert_eq!(open.current().map(MatchPlace::start), Some((2, 11)));
        assert_eq!(find.on_page(2).map(|(_, is_current)| is_current).collect::<Vec<_>>(), [true]);
        assert_eq!(find.on_page(3).map(|(_, is_current)| is_current).collect::<Vec<_>>(), [false]);
        assert!(find.take_revealed().is_some() && find.take_revealed().is_none());
    }

    #[test]
    fn much_text_is_looked_through_in_several_frames() {
        let page = "a quiet line ".repeat(12_000) + "more tea";
        let texts = texts(&[&page, &page, &page, &page]);
        let mut find = PageFind::default();
        find.show_field();
        find.begin("more tea".to_owned(), 0, 4);
        let mut frames = 1;
        while find.look(&texts) {
            frames += 1;
        }
        assert!(frames > 1, "{frames}");
        assert_eq!(find.open.unwrap().matches.len(), 4);
    }
}
