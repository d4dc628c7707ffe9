//! Words in a text that is too long to be shown whole: the worker finds them in all of it, while the window finds those in
//! the part that is shown.

use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::preview::TextPreview;
use coffer_model::{Entry, FoundInText, Job, RequestId};

/// More places are not asked for.
const MOST_PLACES: usize = 10_000;

#[derive(Default)]
pub struct TextSearch {
    words: String,
    found: FoundInText,
    has_failed: bool,
    running: Option<RequestId>,
}

impl TextSearch {
    /// A search that has ended, for tests of what shows it.
    pub fn from_found(words: &str, found: FoundInText) -> Self {
        Self { words: words.to_owned(), found, ..Self::default() }
    }

    pub fn words(&self) -> &str {
        &self.words
    }

    /// The bytes of the file at which the words begin, in order.
    pub fn places(&self) -> &[u64] {
        &self.found.places
    }

    pub const fn searched_bytes(&self) -> u64 {
        self.found.searched_bytes
    }

    pub const fn is_searching(&self) -> bool {
        self.running.is_some()
    }

    /// The rest of the file could not be searched.
    pub const fn has_failed(&self) -> bool {
        self.has_failed
    }

    pub const fn is_full(&self) -> bool {
        self.found.places.len() >= MOST_PLACES
    }

    pub(super) fn begin(
        &mut self,
        words: String,
        entry: &Entry,
        text: &TextPreview,
        context: &mut StateContext,
    ) {
        self.cancel(context);
        *self = Self { words: words.clone(), ..Self::default() };
        if !words.is_empty() && text.truncated_from_bytes.is_some() {
            let job = Job::FindInText { entry: entry.clone(), words, encoding: text.encoding };
            self.running = Some(context.run(job, RequestPurpose::TextSearch));
        }
    }

    pub(super) fn on_found(&mut self, mut found: FoundInText, context: &mut StateContext) {
        self.found.searched_bytes = found.searched_bytes;
        self.found.places.append(&mut found.places);
        self.found.places.truncate(MOST_PLACES);
        if self.is_full() {
            self.cancel(context);
        }
    }

    pub(super) fn on_finished(&mut self, has_failed: bool) {
        self.running = None;
        self.has_failed = has_failed;
    }

    pub(super) fn cancel(&mut self, context: &mut StateContext) {
        context.cancel(self.running.take());
    }
}
