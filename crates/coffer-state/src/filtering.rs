//! Narrowing the rows of a location by what is typed. The worker does it; until it has, the rows from before stay. Rows
//! that are hidden are not selected, so nothing is done with them.

use super::browser::Browser;
use super::context::StateContext;
use super::listing_cache::Narrowing;
use super::requests::RequestPurpose;
use super::row_filter::{FilterAction, RowFilter};
use super::search::SearchField;
use super::{Focus, Location, State};
use coffer_model::{Job, Listing, Outcome, Receipt, RemotePath};
use std::sync::Arc;

impl Browser {
    fn open_filter(&mut self) {
        if self.filter.is_none() {
            self.filter = Some(RowFilter::default());
            self.shown_rows.all = self.all_rows().cloned();
        }
    }

    fn edit_filter(&mut self, text: String, context: &mut StateContext) {
        let Some(filter) = &mut self.filter else { return };
        if filter.typed.is_blank() && filter.narrowed_by.is_blank() {
            filter.scroll_before = self.scroll_top;
        }
        filter.typed.edit(text);
        self.narrow(context);
    }

    /// Asks for the rows that match what is typed, or that are in no folded folder.
    pub(super) fn narrow(&mut self, context: &mut StateContext) {
        context.cancel(self.shown_rows.request.take());
        let Some(rows) = self.shown_rows.all.clone() else { return };
        let filter = self.filter.as_ref();
        let query = filter.map_or_else(String::new, |filter| filter.typed.text().to_owned());
        let inside = self.unfolded.rows();
        if filter.is_none_or(|filter| filter.typed.is_blank()) && !can_fold(&rows) && inside.is_empty() {
            self.show_all();
            return;
        }
        if query.trim().is_empty() {
            self.scroll_back();
        }
        let job = Job::FilterRows { rows, query, unfolded: Arc::clone(&self.shown_rows.unfolded), inside };
        self.shown_rows.request = Some(context.run(job, RequestPurpose::FilterRows));
    }

    /// Takes new rows of the location of which some may be hidden before they are shown; false if all are shown.
    pub(super) fn narrow_new_rows(&mut self, rows: &Arc<Listing>, context: &mut StateContext) -> bool {
        let is_narrowed =
            self.filter.as_ref().is_some_and(|filter| !filter.typed.is_blank()) || can_fold(rows);
        let is_narrowed = is_narrowed || !self.unfolded.rows().is_empty();
        let may_be_narrowed = is_narrowed || self.filter.is_some() || !self.unfolded.is_empty();
        self.shown_rows.all = may_be_narrowed.then(|| Arc::clone(rows));
        if is_narrowed {
            self.narrow(context);
        }
        is_narrowed
    }

    /// Which of the rows are to be shown; `None`: all that are in no unfolded folder.
    pub(super) fn narrowing(&self) -> Option<Narrowing> {
        let query = self.filter.as_ref().map_or_else(String::new, |filter| filter.typed.text().to_owned());
        let narrowing = Narrowing { query, unfolded: self.unfolded.paths() };
        Some(narrowing).filter(|narrowing| *narrowing != Narrowing::default())
    }

    /// Keeps the rows that are shown, to show them at once when they are to be shown again.
    pub(super) fn keep_narrowed(&mut self, location: &Location) {
        if let (Some(shown), Some(narrowing)) = (self.listing.value(), self.narrowing())
            && self.shown_rows.request.is_none()
            && !self.rows_are_old
        {
            self.cache.put(location, narrowing, shown);
        }
    }

    fn on_filtered(&mut self, outcome: Outcome) {
        self.shown_rows.request = None;
        let Outcome::Done(Receipt::Listed(rows)) = outcome else { return };
        let is_refresh = self.filter.as_mut().is_none_or(|filter| {
            let before = std::mem::replace(&mut filter.narrowed_by, filter.typed.clone());
            before.text() == filter.typed.text()
        });
        let before = self.listing.value().cloned();
        self.listing.replace(Arc::clone(&rows));
        self.changed = true;
        if is_refresh {
            self.keep_selection(before.as_deref(), &rows);
        } else {
            self.selection.keep_only(&rows);
            self.restore_scroll = Some(0.0);
            self.reveal = None;
        }
        self.select_listed(&rows);
        if self.filter.as_mut().is_some_and(|filter| std::mem::take(&mut filter.begins_in_rows)) {
            self.begin_in_rows();
        }
    }

    /// Shows all rows as they were scrolled, or where the cursor is now.
    fn show_all(&mut self) {
        let Some(all) = self.shown_rows.all.clone() else { return };
        self.scroll_back();
        if self.listing.value().is_some_and(|shown| Arc::ptr_eq(shown, &all)) {
            return;
        }
        self.listing.replace(Arc::clone(&all));
        self.changed = true;
        self.reveal = self.cursor_row();
        self.select_listed(&all);
    }

    /// To where the rows were scrolled before they were narrowed.
    fn scroll_back(&mut self) {
        let Some(filter) = &mut self.filter else { return };
        if !std::mem::take(&mut filter.narrowed_by).is_blank() {
            self.scroll_top = filter.scroll_before;
            self.restore_scroll = Some(filter.scroll_before);
        }
    }

    fn close_filter(&mut self, context: &mut StateContext) {
        if let Some(filter) = &mut self.filter {
            filter.typed = SearchField::default();
            self.narrow(context);
            self.scroll_back();
            self.filter = None;
            if self.shown_rows.request.is_none() && self.unfolded.is_empty() {
                self.shown_rows.all = None;
            }
        }
    }

    /// The filter without the rows that it narrowed, for those of another moment.
    pub(super) fn take_filter(&mut self, context: &mut StateContext) -> Option<RowFilter> {
        let filter = self.filter.take()?;
        context.cancel(self.shown_rows.request.take());
        self.shown_rows.all = None;
        Some(filter)
    }

    /// Narrows the rows, or those that come, as others were before.
    pub(super) fn put_filter(&mut self, filter: RowFilter, context: &mut StateContext) {
        self.shown_rows.all = self.listing.value().filter(|_| !self.rows_are_old).cloned();
        self.filter = Some(filter);
        self.narrow(context);
    }

    /// Shows or hides what was in a deleted folder.
    pub(super) fn unfold(&mut self, path: &RemotePath, unfold: bool, context: &mut StateContext) {
        let unfolded = Arc::make_mut(&mut self.shown_rows.unfolded);
        if if unfold { unfolded.insert(path.clone()) } else { unfolded.remove(path) } {
            self.narrow(context);
        }
    }

    pub fn is_unfolded(&self, path: &RemotePath) -> bool {
        self.shown_rows.unfolded.contains(path)
    }

    /// Whether the filter hides what is to be selected, because it was made or is to be shown.
    fn hides_wanted(&self) -> bool {
        if self.filter.is_none() || self.shown_rows.request.is_some() {
            return false;
        }
        let (Some(all), Some(shown)) = (&self.shown_rows.all, self.listing.value()) else { return false };
        self.select_when_listed.iter().any(|path| all.row_of(path).is_some() && shown.row_of(path).is_none())
    }
}

/// Some of the rows are in folders that can be folded.
fn can_fold(rows: &Listing) -> bool {
    rows.deleted.as_ref().is_some_and(|deleted| deleted.has_contents())
}

impl State {
    /// What is looked for in the names that are shown, to be marked there.
    pub fn marked_words(&self) -> &[String] {
        let filter = self.browser.filter.as_ref();
        filter.and_then(RowFilter::narrowed_by).unwrap_or(&self.search).words()
    }

    /// Where rows can be narrowed by what is typed: not where something typed has found them.
    pub(super) fn can_filter(&self) -> bool {
        matches!(
            self.navigation.current(),
            Location::Folder(_) | Location::Past { .. } | Location::Deleted | Location::Links
        )
    }

    /// Opens the field, or goes back to it.
    pub(super) fn open_filter(&mut self) {
        self.browser.open_filter();
        self.focus = Focus::Filter;
    }

    pub(super) fn close_filter(&mut self) {
        self.browser.close_filter(&mut self.context);
        self.release_focus(Focus::Filter);
    }

    pub(super) fn apply_to_filter(&mut self, action: FilterAction) {
        match action {
            FilterAction::Edit(text) => self.browser.edit_filter(text, &mut self.context),
            FilterAction::Submit => {
                let is_waiting = self.browser.shown_rows.request.is_some();
                match &mut self.browser.filter {
                    Some(filter) if is_waiting => filter.begins_in_rows = true,
                    _ => self.browser.begin_in_rows(),
                }
                self.focus = Focus::Content;
            }
            FilterAction::Close => self.close_filter(),
            FilterAction::SearchEverywhere => {
                let Some(filter) = &self.browser.filter else { return };
                let text = filter.text().trim().to_owned();
                self.edit_search(text);
                self.focus = Focus::Search;
            }
        }
    }

    pub(super) fn on_filtered(&mut self, outcome: Outcome) {
        if let Outcome::Failed(problem) = &outcome {
            self.report(problem.clone(), None);
        }
        self.browser.on_filtered(outcome);
    }

    /// What was made, or is to be shown, is not hidden.
    pub(super) fn show_wanted(&mut self) {
        if self.browser.hides_wanted() {
            self.close_filter();
        }
    }
}
