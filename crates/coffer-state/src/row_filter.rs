//! What is typed to narrow the rows of a location, and which of them are shown. What is done with them is in `filtering`.

use super::search::SearchField;
use coffer_model::{Listing, RemotePath, RequestId};
use std::collections::HashSet;
use std::sync::Arc;

#[derive(Default)]
pub struct RowFilter {
    pub(super) typed: SearchField,

    /// By what the rows that are shown were narrowed; without a text they are all.
    pub(super) narrowed_by: SearchField,

    /// Enter was pressed while they were on their way: the first of them is to be selected.
    pub(super) begins_in_rows: bool,

    /// How far the rows were scrolled before they were narrowed.
    pub(super) scroll_before: f32,
}

/// Which of the rows of a location are shown.
#[derive(Default)]
pub(super) struct ShownRows {
    /// All of them, as far as they are there, where some may be hidden.
    pub all: Option<Arc<Listing>>,

    /// Folders whose contents are shown below them, in lists that have those.
    pub unfolded: Arc<HashSet<RemotePath>>,

    /// The request for the rows to be shown.
    pub request: Option<RequestId>,
}

/// What is done with the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterAction {
    Edit(String),
    /// Enter: the keys go to the rows.
    Submit,
    /// Esc: all rows again, without the field.
    Close,
    /// Looks for the same in the whole account.
    SearchEverywhere,
}

impl RowFilter {
    pub fn text(&self) -> &str {
        self.typed.text()
    }

    /// Filters that can’t be understood, as they were typed.
    pub fn mistakes(&self) -> &[String] {
        self.typed.mistakes()
    }

    /// What the rows that are shown were narrowed by, while they are.
    pub fn narrowed_by(&self) -> Option<&SearchField> {
        Some(&self.narrowed_by).filter(|by| !by.is_blank())
    }
}
