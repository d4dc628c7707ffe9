//! Narrows the rows of a list that the window has already: to those that match a query, and of deleted items to those that
//! are in no folded folder. What is in unfolded folders is put among the rows before. Nothing is asked of the service or of the index.

use crate::blocking;
use crate::context::JobError;
use coffer_index::matching_rows;
use coffer_model::{Entry, Listing, PastSummary, Receipt, RemotePath, SearchQuery, UnfoldedRows};
use jiff::Zoned;
use std::collections::HashSet;
use std::sync::Arc;

pub(crate) async fn filter_rows(
    rows: Arc<Listing>,
    query: String,
    unfolded: Arc<HashSet<RemotePath>>,
    inside: Arc<UnfoldedRows>,
) -> Result<Receipt, JobError> {
    let listing = blocking(move || {
        if rows.deleted.is_some() && query.trim().is_empty() {
            return rows.of_unfolded(&unfolded);
        }
        let rows = if inside.is_empty() { rows } else { Arc::new(rows.with_unfolded(&inside)) };
        if query.trim().is_empty() {
            return Arc::unwrap_or_clone(rows);
        }
        let query = SearchQuery::parse(&query, &Zoned::now());
        let entries = matching_rows(&rows.entries, &query);
        if rows.deleted.is_some() {
            return rows.of_found(&entries);
        }
        let past = rows.past.as_ref().map(|past| Arc::new(past_of(past, &rows, &entries)));
        Listing { past, ..rows.narrowed_to(entries) }
    })
    .await?;
    Ok(Receipt::Listed(Arc::new(listing)))
}

/// What has become of the rows that match.
fn past_of(past: &PastSummary, rows: &Listing, entries: &[Entry]) -> PastSummary {
    let places = || entries.iter().filter_map(|entry| rows.row_of(&entry.path));
    PastSummary {
        since: places().filter_map(|row| past.since.get(row).cloned()).collect(),
        below: places().filter_map(|row| past.below.get(row).copied()).collect(),
        ..past.clone()
    }
}
