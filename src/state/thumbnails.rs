//! Which thumbnails are wanted, on their way, or not to be had. Pixels pass through to the window, which keeps textures.

use crate::model::{Pixels, RequestId, ThumbnailKey};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

#[derive(Default)]
pub struct Thumbnails {
    /// Asked for and not yet answered, by the request that fetches them.
    pub(super) pending: HashMap<ThumbnailKey, RequestId>,

    /// Content without a thumbnail: the icon stays.
    pub missing: HashSet<ThumbnailKey>,

    /// Arrived since the window last took them.
    pub(super) arrived: Vec<(ThumbnailKey, Arc<Pixels>)>,
}
