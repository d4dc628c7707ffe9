//! What a document can do on its thread.

use coffer_model::preview::PagePart;
use coffer_model::{PageText, Pixels};

/// The pages of an open document. Whoever calls these catches panics.
pub(super) trait DocumentPages {
    /// `None` where it has no such part.
    fn draw(&mut self, part: PagePart) -> Option<Pixels>;

    /// Empty where nothing can be read.
    fn text(&mut self, _page: u32) -> PageText {
        PageText::default()
    }
}
