//! Which thumbnails are wanted, on their way, or not to be had. Pixels pass through to the window, which keeps textures.

use super::State;
use super::requests::Purpose;
use coffer_model::{Job, Outcome, Pixels, RequestId, Thumbnail, ThumbnailKey};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

#[derive(Default)]
pub struct Thumbnails {
    /// Asked for and not yet answered, by the request that fetches them.
    pub(super) pending: HashMap<ThumbnailKey, RequestId>,

    /// Content without a thumbnail: the icon stays.
    pub missing: HashSet<ThumbnailKey>,

    /// Not answered because a request failed; asked for again after a refresh or when the service is back.
    failed: HashSet<ThumbnailKey>,

    /// Arrived since the window last took them.
    pub(super) arrived: Vec<(ThumbnailKey, Arc<Pixels>)>,
}

impl Thumbnails {
    pub fn is_pending(&self, key: &ThumbnailKey) -> bool {
        self.pending.contains_key(key)
    }

    pub(super) fn on_arrived(&mut self, key: ThumbnailKey, pixels: Option<Arc<Pixels>>) {
        self.pending.remove(&key);
        match pixels {
            Some(pixels) => self.arrived.push((key, pixels)),
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

impl State {
    /// The pixels that arrived since the last call, to be made textures of.
    pub fn take_thumbnails(&mut self) -> Vec<(ThumbnailKey, Arc<Pixels>)> {
        std::mem::take(&mut self.thumbnails.arrived)
    }

    /// Asks for what is new among the wanted and cancels what nobody looks at any longer.
    pub(super) fn want_thumbnails(&mut self, wanted: &[Thumbnail]) {
        let keys: HashSet<&ThumbnailKey> = wanted.iter().map(|thumbnail| &thumbnail.key).collect();
        let pending = &self.thumbnails.pending;
        let useful: HashSet<RequestId> =
            pending.iter().filter(|(key, _)| keys.contains(key)).map(|(_, id)| *id).collect();
        let mut useless: Vec<RequestId> =
            pending.values().filter(|id| !useful.contains(id)).copied().collect();
        useless.sort_unstable();
        useless.dedup();
        self.thumbnails.pending.retain(|_, id| useful.contains(id));
        for id in useless {
            self.cancel(Some(id));
        }

        let thumbnails = &self.thumbnails;
        let mut seen = HashSet::new();
        let new: Vec<Thumbnail> = wanted
            .iter()
            .filter(|Thumbnail { key, .. }| {
                !thumbnails.pending.contains_key(key)
                    && !thumbnails.missing.contains(key)
                    && !thumbnails.failed.contains(key)
                    && !thumbnails.arrived.iter().any(|(arrived, _)| arrived == key)
                    && seen.insert(key)
            })
            .cloned()
            .collect();
        if new.is_empty() {
            return;
        }
        let keys: Vec<ThumbnailKey> = new.iter().map(|thumbnail| thumbnail.key.clone()).collect();
        let id = self.run(Job::Thumbnails(new), Purpose::Thumbnails);
        self.thumbnails.pending.extend(keys.into_iter().map(|key| (key, id)));
    }
}
