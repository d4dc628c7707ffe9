//! Preview, details and versions of the one selected item.

use crate::model::{Entry, Load, Preview, RequestId};
use std::sync::Arc;

#[derive(Default)]
pub struct Inspector {
    pub tab: Tab,

    /// The item it speaks of: the only selected one. With several selected it sums them up instead.
    pub entry: Option<Entry>,

    pub preview: Load<Arc<Preview>>,
    pub preview_request: Option<RequestId>,

    pub revisions: Load<Arc<Vec<Entry>>>,
    pub revisions_request: Option<RequestId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Details,
    Versions,
}
