//! Which rows are selected. Kept by path, so that it survives a refresh and a new order.

use crate::model::RemotePath;
use std::collections::HashSet;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    pub paths: HashSet<RemotePath>,

    /// Where a Shift range starts.
    pub anchor: Option<RemotePath>,

    /// The row with the focus ring: keys move it, Enter and Space act on it.
    pub cursor: Option<RemotePath>,

    /// Letters typed within a second, and when the last came.
    pub type_ahead: String,
    pub type_ahead_secs: f64,

    /// What was selected when the rubber band began.
    pub(super) before_band: Option<HashSet<RemotePath>>,
}
