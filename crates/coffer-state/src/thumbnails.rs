//! Which thumbnails are wanted, on their way, or not to be had. The pixels go to the window, which keeps textures.

use super::context::StateContext;
use super::effect::Effect;
use super::requests::RequestPurpose;
use coffer_model::{Job, Outcome, Pixels, RequestId, Thumbnail, ThumbnailKey};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

#[derive(Default)]
pub struct ThumbnailRequests {
    /// Asked for and not yet answered, by the request that fetches them.
    pending: HashMap<ThumbnailKey, RequestId>,

    /// Content without a thumbnail: the icon stays.
    missing: HashSet<ThumbnailKey>,

    /// Not answered because a request failed; asked for again after a refresh or when the service is back.
    failed: HashSet<ThumbnailKey>,
}

impl ThumbnailRequests {
    pub fn is_pending(&self, key: &ThumbnailKey) -> bool {
        self.pending.contains_key(key)
    }

    /// There is none for this content: the icon stays.
    pub fn is_missing(&self, key: &ThumbnailKey) -> bool {
        self.missing.contains(key)
    }

    /// Asks for what is new among the wanted and cancels what nobody looks at any longer.
    pub(super) fn want(&mut self, wanted: &[Thumbnail], context: &mut StateContext) {
        self.cancel_all_but(wanted, context);
        let mut seen = HashSet::new();
        let new: Vec<Thumbnail> = wanted
            .iter()
            .filter(|Thumbnail { key, .. }| {
                !self.pending.contains_key(key)
                    && !self.missing.contains(key)
                    && !self.failed.contains(key)
                    && seen.insert(key)
            })
            .cloned()
            .collect();
        if new.is_empty() {
            return;
        }
        let keys: Vec<ThumbnailKey> = new.iter().map(|thumbnail| thumbnail.key.clone()).collect();
        let id = context.run(Job::Thumbnails(new), RequestPurpose::Thumbnails);
        self.pending.extend(keys.into_iter().map(|key| (key, id)));
    }

    /// A request of which one thumbnail is wanted runs on.
    fn cancel_all_but(&mut self, wanted: &[Thumbnail], context: &mut StateContext) {
        let keys: HashSet<&ThumbnailKey> = wanted.iter().map(|thumbnail| &thumbnail.key).collect();
        let useful: HashSet<RequestId> =
            self.pending.iter().filter(|(key, _)| keys.contains(key)).map(|(_, id)| *id).collect();
        let mut useless: Vec<RequestId> =
            self.pending.values().filter(|id| !useful.contains(id)).copied().collect();
        useless.sort_unstable();
        useless.dedup();
        self.pending.retain(|_, id| useful.contains(id));
        for id in useless {
            context.cancel(Some(id));
        }
    }

    pub(super) fn on_thumbnail(
        &mut self,
        key: ThumbnailKey,
        pixels: Option<Arc<Pixels>>,
        context: &mut StateContext,
    ) {
        self.pending.remove(&key);
        match pixels {
            Some(pixels) => context.emit(Effect::KeepThumbnail { key, pixels }),
            None => {
                self.missing.insert(key);
            }
        }
    }

    /// A request ended: what it left unanswered is not asked for again in every frame.
    pub(super) fn on_finished(&mut self, id: RequestId, outcome: &Outcome) {
        let unanswered: Vec<ThumbnailKey> =
            self.pending.extract_if(|_, request| *request == id).map(|(key, _)| key).collect();
        match outcome {
            Outcome::Done(_) => self.missing.extend(unanswered),
            Outcome::Failed(_) => self.failed.extend(unanswered),
            Outcome::Cancelled => {}
        }
    }

    pub(super) fn forget_failures(&mut self) {
        self.failed.clear();
    }
}
