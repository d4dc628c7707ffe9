//! Narrows the rows of a list that the window has already. Nothing is asked of the service or of the index.

use crate::blocking;
use crate::context::JobError;
use coffer_index::matching_rows;
use coffer_model::{Listing, Receipt, SearchQuery};
use jiff::Zoned;
use std::sync::Arc;

pub(crate) async fn filter_rows(rows: Arc<Listing>, query: String) -> Result<Receipt, JobError> {
    let listing = blocking(move || {
        let query = SearchQuery::parse(&query, &Zoned::now());
        let entries = matching_rows(&rows.entries, &query);
        Listing::new(entries, rows.sort, rows.complete).with_unreadable(rows.unreadable)
    })
    .await?;
    Ok(Receipt::Listed(Arc::new(listing)))
}
