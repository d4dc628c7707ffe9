//! What the pages of the document in the large preview say: asked for where the pointer is, and of all pages where words
//! are looked for or all is selected. The pages in sight come first, then those behind them, then those before.

use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::{Entry, Job, PageText, RequestId};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// So many letters are kept, which take some 70 MB: those of a book of a thousand pages. What is behind them is not
/// asked for.
const MOST_GLYPHS: usize = 4_000_000;

/// Pages in sight are waited for when so many are read before them.
const SOON: u32 = 20;

/// The pages whose text is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WantedTexts {
    /// From 0.
    pub in_sight: Range<u32>,
    /// All other pages too.
    pub all: bool,
}

#[derive(Default)]
pub struct PageTexts {
    known: HashMap<u32, Arc<PageText>>,
    glyphs: usize,
    wanted: WantedTexts,
    running: Option<(RequestId, Range<u32>)>,
    /// The document can't be read.
    has_failed: bool,
    page_count: u32,
}

impl PageTexts {
    /// A document that was read, for tests of what shows it.
    pub fn from_texts(texts: Vec<Arc<PageText>>) -> Self {
        let mut known = Self { page_count: texts.len() as u32, ..Self::default() };
        known.on_texts(0, texts);
        known
    }

    pub fn text_of(&self, page: u32) -> Option<&Arc<PageText>> {
        self.known.get(&page)
    }

    /// How many pages were read.
    pub fn known_count(&self) -> usize {
        self.known.len()
    }

    /// Nothing more comes, although there are more pages.
    pub fn is_full(&self) -> bool {
        self.has_failed || self.glyphs >= MOST_GLYPHS
    }

    /// Whether pages are being read.
    pub fn is_pending(&self) -> bool {
        self.running.is_some()
    }

    /// All pages were read, and none of them says anything.
    pub fn has_nothing(&self) -> bool {
        self.glyphs == 0 && (self.has_failed || self.known.len() >= self.page_count as usize)
    }

    /// Takes over what is wanted now.
    pub(super) fn want(
        &mut self,
        wanted: WantedTexts,
        page_count: usize,
        entry: &Entry,
        context: &mut StateContext,
    ) {
        if self.wanted == wanted {
            return;
        }
        self.wanted = wanted;
        self.page_count = u32::try_from(page_count).unwrap_or(u32::MAX);
        let in_sight = self.unknown_in(self.wanted.in_sight.clone());
        let comes_soon = |running: &Range<u32>| match &in_sight {
            Some(in_sight) => {
                let now = self.unknown_in(running.clone()).map_or(running.end, |pages| pages.start);
                (now..running.end.min(now + SOON)).contains(&in_sight.start)
            }
            None => self.wanted.all,
        };
        let is_late = self.running.as_ref().is_some_and(|(_, running)| !comes_soon(running));
        if let Some((id, _)) = self.running.take_if(|_| is_late) {
            context.cancel(Some(id));
        }
        self.run_next(entry, context);
    }

    fn run_next(&mut self, entry: &Entry, context: &mut StateContext) {
        if self.running.is_some() || self.is_full() {
            return;
        }
        let Some(pages) = self.next_pages() else { return };
        let job = Job::PageTexts { entry: entry.clone(), pages: pages.clone() };
        self.running = Some((context.run(job, RequestPurpose::PageTexts), pages));
    }

    fn next_pages(&self) -> Option<Range<u32>> {
        let WantedTexts { in_sight, all } = self.wanted.clone();
        let first = in_sight.start;
        self.unknown_in(in_sight).or_else(|| {
            let behind = || self.unknown_in(first..self.page_count).or_else(|| self.unknown_in(0..first));
            all.then(behind).flatten()
        })
    }

    /// The first pages of these that are not known and follow each other.
    fn unknown_in(&self, pages: Range<u32>) -> Option<Range<u32>> {
        let end = pages.end.min(self.page_count);
        let is_known = |page: &u32| self.known.contains_key(page);
        let first = (pages.start..end).find(|page| !is_known(page))?;
        let last = (first..end).find(is_known).unwrap_or(end);
        Some(first..last)
    }

    pub(super) fn on_texts(&mut self, first_page: u32, texts: Vec<Arc<PageText>>) {
        for (page, text) in (first_page..).zip(texts) {
            self.glyphs += text.glyphs.len();
            let old = self.known.insert(page, text);
            self.glyphs -= old.map_or(0, |old| old.glyphs.len());
        }
    }

    pub(super) fn on_finished(&mut self, has_failed: bool, entry: &Entry, context: &mut StateContext) {
        let Some((_, pages)) = self.running.take() else { return };
        self.has_failed |= has_failed;
        // A page without an answer is not asked for again and again.
        for page in pages.filter(|_| !has_failed) {
            self.known.entry(page).or_default();
        }
        self.run_next(entry, context);
    }

    /// Stops where there is enough.
    pub(super) fn stop_when_full(&mut self, context: &mut StateContext) {
        if self.is_full() {
            self.cancel(context);
        }
    }

    pub(super) fn cancel(&mut self, context: &mut StateContext) {
        context.cancel(self.running.take().map(|(id, _)| id));
    }
}
