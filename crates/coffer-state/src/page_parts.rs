//! The parts of pages that the large preview shows of a PDF file, or of a large picture, which is one page: asked for one after the other in the order in which
//! they are needed, and kept within a bound.

use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::preview::PageSize;
use coffer_model::{Entry, Job, Outcome, PagePart, Pixels, RequestId};
use std::collections::HashMap;
use std::sync::Arc;

/// The parts that are kept have so many bytes together: those in sight on a dense screen of 4 megapixels (60 MB), the
/// pages around them, and some that were left lately.
const MOST_BYTES: usize = 128 * 1024 * 1024;

#[derive(Default)]
pub struct PageParts {
    kept: HashMap<PagePart, KeptPart>,
    bytes: usize,
    /// In order of need.
    wanted: Vec<PagePart>,
    running: Option<(RequestId, PagePart)>,
    /// Rises with each list of wanted parts.
    round: u64,
}

struct KeptPart {
    /// `None` when it can’t be drawn.
    pixels: Option<Arc<Pixels>>,
    /// The round in which it was wanted last.
    round: u64,
}

/// How far a part is.
#[derive(Clone, Debug, PartialEq)]
pub enum PartState {
    Ready(Arc<Pixels>),
    Failed,
    /// On its way, or not wanted yet.
    Missing,
}

impl PageParts {
    pub fn state_of(&self, part: PagePart) -> PartState {
        match self.kept.get(&part).map(|kept| &kept.pixels) {
            Some(Some(pixels)) => PartState::Ready(Arc::clone(pixels)),
            Some(None) => PartState::Failed,
            None => PartState::Missing,
        }
    }

    /// Whether a part can't be drawn.
    pub fn has_failed(&self) -> bool {
        self.kept.values().any(|kept| kept.pixels.is_none())
    }

    /// Parts of a page in another size, to be shown until those of the right size are there.
    pub fn in_other_size(&self, page: u32, page_width: u32) -> Vec<(PagePart, Arc<Pixels>)> {
        let of_page = || self.kept.iter().filter(|(part, kept)| part.page == page && kept.pixels.is_some());
        let others = of_page().filter(|(part, _)| part.page_width != page_width);
        let Some(latest) = others.max_by_key(|(part, kept)| (kept.round, part.page_width)) else {
            return Vec::new();
        };
        let latest_width = latest.0.page_width;
        let of_size = of_page().filter(|(part, _)| part.page_width == latest_width);
        of_size.filter_map(|(part, kept)| Some((*part, Arc::clone(kept.pixels.as_ref()?)))).collect()
    }

    /// Whether parts that are wanted are not there yet.
    pub fn is_pending(&self) -> bool {
        self.running.is_some()
    }

    /// Takes over what is in sight now, and what is around it.
    pub(super) fn want(
        &mut self,
        wanted: Vec<PagePart>,
        pages: &[PageSize],
        entry: &Entry,
        context: &mut StateContext,
    ) {
        if self.wanted == wanted {
            return;
        }
        self.round += 1;
        let mut bytes = 0;
        let fits = |part: &PagePart| {
            bytes += pages.get(part.page as usize).map_or(0, |size| part.bytes(*size));
            bytes <= MOST_BYTES
        };
        self.wanted = wanted.into_iter().take_while(fits).collect();
        for part in &self.wanted {
            if let Some(kept) = self.kept.get_mut(part) {
                kept.round = self.round;
            }
        }
        if let Some((id, _)) = self.running.take_if(|(_, part)| !self.wanted.contains(part)) {
            context.cancel(Some(id));
        }
        self.run_next(entry, context);
    }

    fn run_next(&mut self, entry: &Entry, context: &mut StateContext) {
        if self.running.is_some() {
            return;
        }
        let Some(&part) = self.wanted.iter().find(|part| !self.kept.contains_key(part)) else { return };
        let job = Job::PagePart { entry: entry.clone(), part };
        self.running = Some((context.run(job, RequestPurpose::PagePart), part));
    }

    pub(super) fn on_part(&mut self, part: PagePart, pixels: Option<Arc<Pixels>>) {
        self.forget(part);
        self.bytes += bytes_of(pixels.as_ref());
        self.kept.insert(part, KeptPart { pixels, round: self.round });
        while self.bytes > MOST_BYTES {
            let left = self.kept.iter().filter(|(part, _)| !self.wanted.contains(part));
            let Some(oldest) = left.min_by_key(|(_, kept)| kept.round).map(|(part, _)| *part) else { break };
            self.forget(oldest);
        }
    }

    fn forget(&mut self, part: PagePart) {
        if let Some(old) = self.kept.remove(&part) {
            self.bytes -= bytes_of(old.pixels.as_ref());
        }
    }

    pub(super) fn on_finished(&mut self, outcome: &Outcome, entry: &Entry, context: &mut StateContext) {
        let Some((_, part)) = self.running.take() else { return };
        // A part without an answer is not asked for again and again.
        if matches!(outcome, Outcome::Failed(_)) || !self.kept.contains_key(&part) {
            self.on_part(part, None);
        }
        self.run_next(entry, context);
    }

    pub(super) fn cancel(&mut self, context: &mut StateContext) {
        context.cancel(self.running.take().map(|(id, _)| id));
    }
}

fn bytes_of(pixels: Option<&Arc<Pixels>>) -> usize {
    pixels.map_or(0, |pixels| pixels.rgba.len() * 4)
}
