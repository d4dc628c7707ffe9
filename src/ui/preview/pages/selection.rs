//! Text of pages that is selected with the mouse and copied.

use coffer_state::page_texts::PageTexts;
use std::ops::Range;

/// A place in the text of a document: the page, and the byte of its text.
type TextPosition = (u32, usize);

/// From where the mouse was pressed to where it is.
#[derive(Default)]
pub(in crate::ui::preview) struct PageSelection {
    pub anchor: TextPosition,
    pub head: TextPosition,
    /// It is copied as soon as all of its pages are read.
    pub is_awaited: bool,
}

impl PageSelection {
    fn bounds(&self) -> (TextPosition, TextPosition) {
        (self.anchor.min(self.head), self.anchor.max(self.head))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.anchor == self.head
    }

    /// The pages that have something of it.
    pub(super) fn pages(&self) -> Range<u32> {
        let (start, end) = self.bounds();
        if self.is_empty() { 0..0 } else { start.0..end.0 + 1 }
    }

    /// The bytes of the text of a page that are selected.
    pub(super) fn on_page(&self, page: u32) -> Range<usize> {
        let (start, end) = self.bounds();
        if !self.pages().contains(&page) {
            return 0..0;
        }
        let from = if page == start.0 { start.1 } else { 0 };
        let to = if page == end.0 { end.1 } else { usize::MAX };
        from..to
    }

    pub(super) fn select_all(&mut self, page_count: usize) {
        *self = Self { head: (page_count.saturating_sub(1) as u32, usize::MAX), ..Self::default() };
    }

    /// What is selected, as far as it can be read; `None` while pages of it are not read yet.
    pub(super) fn text(&self, texts: &PageTexts) -> Option<String> {
        let mut selected = String::new();
        for page in self.pages() {
            let Some(text) = texts.text_of(page) else {
                if texts.is_full() {
                    break;
                }
                return None;
            };
            let range = self.on_page(page);
            let end = range.end.min(text.text.len());
            if !selected.is_empty() {
                selected.push_str("\n\n");
            }
            selected.push_str(text.text.get(range.start.min(end)..end).unwrap_or_default());
        }
        Some(selected)
    }
}

#[cfg(test)]
mod tests {
    use super::PageSelection;
    use coffer_model::PageText;
    use coffer_state::page_texts::PageTexts;
    use std::sync::Arc;

    fn selection(anchor: (u32, usize), head: (u32, usize)) -> PageSelection {
        PageSelection { anchor, head, is_awaited: false }
    }

    #[test]
    fn what_is_selected_goes_over_pages_in_either_direction() {
        let text = |text: &str| Arc::new(PageText { text: text.into(), glyphs: Arc::default() });
        let texts = PageTexts::from_texts(vec![text("first page"), text("second"), text("last page")]);
        let copied = |anchor, head| selection(anchor, head).text(&texts).unwrap();
        assert_eq!(copied((0, 6), (0, 10)), "page");
        assert_eq!(copied((2, 4), (0, 6)), "page\n\nsecond\n\nlast");
        assert_eq!(copied((1, 3), (1, 3)), "");
        let mut all = PageSelection::default();
        all.select_all(3);
        assert_eq!(all.text(&texts).unwrap(), "first page\n\nsecond\n\nlast page");
        all.select_all(4);
        assert_eq!(all.text(&texts), None, "one is not read yet");
    }
}
