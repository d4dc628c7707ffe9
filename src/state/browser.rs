//! The rows of the place shown.

use super::action::DragOver;
use super::selection::Selection;
use crate::model::{Entry, Listing, Load, RemotePath, RequestId};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Default)]
pub struct Browser {
    pub listing: Load<Arc<Listing>>,

    /// The request that fills `listing`; news under another id is late and dropped.
    pub request: Option<RequestId>,

    /// When the pending listing was asked for: skeleton rows appear 150 ms later, not before.
    pub pending_since_secs: f64,

    pub selection: Selection,

    /// How far the rows are scrolled, in points; kept for each history entry.
    pub scroll_top: f32,

    /// The row that the window must bring into view next.
    pub reveal: Option<usize>,

    /// The item whose name is being edited in place, or the folder being made.
    pub rename: Option<Rename>,

    /// Items with an edit under way: drawn dimmed until the listing shows its result.
    pub busy: HashMap<RemotePath, RequestId>,

    /// Items that are to be selected as soon as the listing shows them (new folder, restored, pasted).
    pub select_when_listed: Vec<RemotePath>,

    /// Files from another program over the window.
    pub drag_over: Option<DragOver>,

    /// Cells in a line and lines in a page, as drawn last.
    pub columns: usize,
    pub page_lines: usize,

    /// Listings seen before, so that going back shows rows at once. Bounded.
    pub(super) known: Vec<(super::Place, Arc<Listing>)>,
}

/// A name being edited in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// The item, or `None` for a folder that does not exist yet (drawn as the first row).
    pub entry: Option<Entry>,
    pub text: String,
    /// Why the name cannot be taken, in words, while that is so.
    pub complaint: Option<String>,
}
