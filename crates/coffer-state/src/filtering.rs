//! Narrowing the rows of a location by what is typed. The worker does it; until it has, the rows from before stay. Rows
//! that are hidden are not selected, so nothing is done with them.

use super::browser::Browser;
use super::context::StateContext;
use super::requests::RequestPurpose;
use super::row_filter::{FilterAction, RowFilter};
use super::{Focus, Location, State};
use coffer_model::{Job, Listing, Outcome, Receipt};
use std::sync::Arc;

impl Browser {
    fn open_filter(&mut self) {
        let all = self.listing.value().cloned();
        self.filter.get_or_insert_with(|| RowFilter { all, ..RowFilter::default() });
    }

    fn edit_filter(&mut self, text: String, context: &mut StateContext) {
        let Some(filter) = &mut self.filter else { return };
        if filter.typed.is_blank() && filter.narrowed_by.is_blank() {
            filter.scroll_before = self.scroll_top;
        }
        filter.typed.edit(text);
        self.narrow(context);
    }

    /// Asks for the rows that match what is typed.
    fn narrow(&mut self, context: &mut StateContext) {
        let Some(filter) = &mut self.filter else { return };
        context.cancel(filter.request.take());
        let Some(rows) = filter.all.clone() else { return };
        if filter.typed.is_blank() {
            self.show_all();
        } else {
            let query = filter.typed.text().to_owned();
            filter.request = Some(context.run(Job::FilterRows { rows, query }, RequestPurpose::FilterRows));
        }
    }

    /// Takes new rows of the location that are to be narrowed before they are shown; false if they are not.
    pub(super) fn narrow_new_rows(&mut self, rows: &Arc<Listing>, context: &mut StateContext) -> bool {
        let Some(filter) = &mut self.filter else { return false };
        filter.all = Some(Arc::clone(rows));
        let is_narrowed = !filter.typed.is_blank();
        if is_narrowed {
            self.narrow(context);
        }
        is_narrowed
    }

    fn on_filtered(&mut self, outcome: Outcome) {
        let Some(filter) = &mut self.filter else { return };
        filter.request = None;
        let Outcome::Done(Receipt::Listed(rows)) = outcome else { return };
        let is_refresh = filter.narrowed_by.text() == filter.typed.text();
        filter.narrowed_by = filter.typed.clone();
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
    }

    /// Shows all rows as they were scrolled, or where the cursor is now.
    fn show_all(&mut self) {
        let Some(filter) = &mut self.filter else { return };
        let was_narrowed = !std::mem::take(&mut filter.narrowed_by).is_blank();
        let Some(all) = filter.all.clone() else { return };
        if was_narrowed {
            self.scroll_top = filter.scroll_before;
            self.restore_scroll = Some(filter.scroll_before);
        }
        if self.listing.value().is_some_and(|shown| Arc::ptr_eq(shown, &all)) {
            return;
        }
        self.listing.replace(Arc::clone(&all));
        self.changed = true;
        self.reveal = self.cursor_row();
        self.select_listed(&all);
    }

    fn close_filter(&mut self, context: &mut StateContext) {
        if let Some(filter) = &mut self.filter {
            context.cancel(filter.request.take());
            self.show_all();
            self.filter = None;
        }
    }

    /// The filter without the rows that it narrowed, for those of another moment.
    pub(super) fn take_filter(&mut self, context: &mut StateContext) -> Option<RowFilter> {
        let mut filter = self.filter.take()?;
        context.cancel(filter.request.take());
        filter.all = None;
        Some(filter)
    }

    /// Narrows the rows, or those that come, as others were before.
    pub(super) fn put_filter(&mut self, mut filter: RowFilter, context: &mut StateContext) {
        filter.all = self.listing.value().filter(|_| !self.rows_are_old).cloned();
        self.filter = Some(filter);
        self.narrow(context);
    }

    /// Whether the filter hides what is to be selected, because it was made or is to be shown.
    fn hides_wanted(&self) -> bool {
        let Some(filter) = self.filter.as_ref().filter(|filter| filter.request.is_none()) else {
            return false;
        };
        let (Some(all), Some(shown)) = (&filter.all, self.listing.value()) else { return false };
        self.select_when_listed.iter().any(|path| all.row_of(path).is_some() && shown.row_of(path).is_none())
    }
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
                self.browser.begin_in_rows();
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
