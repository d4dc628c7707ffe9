//! A list whose pages come one after the other, shown as it grows. Folders, which are remembered, have their own way.

use super::grouping::sorted_listing;
use super::order::{Row, sort_rows};
use crate::blocking;
use crate::context::{JobContext, JobError};
use coffer_index::SearchAnswer;
use coffer_model::{Entry, Listing, SearchQuery, SearchSummary, Sort, Update};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The least time between two snapshots.
const STEP: Duration = Duration::from_millis(200);

/// A list that grows while its pages come, without doubles.
pub(crate) struct Growing<'a> {
    job: &'a JobContext,
    /// `None` keeps the order of arrival.
    sort: Option<Sort>,
    rows: Vec<Option<Row>>,
    places: HashMap<Arc<str>, usize>,
    /// Of a search of the index.
    search: Option<SearchSummary>,
    unreadable: usize,
    last_emitted: Option<Instant>,
}

impl<'a> Growing<'a> {
    pub(crate) fn new(job: &'a JobContext, sort: Option<Sort>) -> Self {
        Self {
            job,
            sort,
            rows: Vec::new(),
            places: HashMap::new(),
            search: None,
            unreadable: 0,
            last_emitted: None,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Shows these instead of what was shown before.
    pub(crate) fn replace(&mut self, entries: impl Iterator<Item = Entry>) {
        self.rows.clear();
        self.places.clear();
        entries.for_each(|entry| self.insert(entry));
    }

    pub(crate) fn insert(&mut self, entry: Entry) {
        let key = Arc::clone(entry.path.lower());
        let row = Some(Row::new(entry));
        if let Some(&place) = self.places.get(&key) {
            self.rows[place] = row;
        } else {
            self.places.insert(key, self.rows.len());
            self.rows.push(row);
        }
    }

    /// Shows what the index has found. What comes later stands behind it.
    pub(crate) async fn show_found(
        &mut self,
        query: &SearchQuery,
        answer: SearchAnswer,
        sort: Option<Sort>,
    ) -> Result<(), JobError> {
        let SearchAnswer { mut entries, count, bytes } = answer;
        if let Some(sort) = sort {
            entries = blocking(move || sorted_listing(entries, sort).entries).await?;
        }
        let mistakes = query.mistakes.clone();
        self.search = Some(SearchSummary { count, bytes, service_from: entries.len(), mistakes });
        self.replace(entries.into_iter());
        Ok(())
    }

    /// An item that is shown already stays as it is.
    pub(crate) fn insert_new(&mut self, entry: Entry) {
        if !self.places.contains_key(entry.path.lower()) {
            self.insert(entry);
        }
    }

    /// Items of a page could not be read.
    pub(crate) fn add_unreadable(&mut self, count: usize) {
        self.unreadable += count;
    }

    pub(crate) fn remove(&mut self, entry: &Entry) {
        if let Some(place) = self.places.remove(entry.path.lower()) {
            self.rows[place] = None;
        }
    }

    pub(crate) async fn emit_when_due(&mut self) -> Result<(), JobError> {
        if self.is_due() { self.emit(false).await } else { Ok(()) }
    }

    pub(crate) fn is_due(&self) -> bool {
        // Each snapshot costs as much as all rows: wait longer the more there are.
        let step = STEP.max(Duration::from_micros(4 * self.rows.len() as u64));
        self.last_emitted.is_none_or(|when| when.elapsed() >= step)
    }

    pub(crate) async fn emit(&mut self, complete: bool) -> Result<(), JobError> {
        let mut rows: Vec<Row> = self.rows.iter().flatten().cloned().collect();
        let (sort, unreadable) = (self.sort, self.unreadable);
        let search = self.search.clone();
        let listing = blocking(move || {
            if let Some(sort) = sort {
                sort_rows(&mut rows, sort);
            }
            let entries = rows.into_iter().map(|row| row.entry).collect();
            let listing =
                Listing::new(entries, sort.unwrap_or_default(), complete).with_unreadable(unreadable);
            Listing { search, ..listing }
        })
        .await?;
        self.job.update(Update::Listing(Arc::new(listing)));
        self.last_emitted = Some(Instant::now());
        Ok(())
    }
}
