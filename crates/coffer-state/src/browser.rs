//! The rows of the location shown: asking for them, taking them, keeping selection and cursor over every refresh.

use super::context::StateContext;
use super::listing_cache::{ListingCache, Narrowing};
use super::location::Location;
use super::rename::Rename;
use super::requests::RequestPurpose;
use super::row_filter::{RowFilter, ShownRows};
use super::selection::Selection;
use super::status::ListStatus;
use super::tab::Visit;
use super::unfolded_folders::UnfoldedFolders;
use coffer_model::settings::FolderView;
use coffer_model::{
    Entry, ItemAccess, Listing, Load, Outcome, ProblemKind, RemotePath, RequestId, Sort, ViewMode,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Gathered lists are made anew at most this often when something changed somewhere: making them is work.
const GATHER_PAUSE_SECS: f64 = 2.0;

/// Without a connection the rows are asked for again by themselves.
const OFFLINE_PAUSE_SECS: f64 = 15.0;

/// Skeleton rows are not shown before; most listings are there by then.
const SKELETON_AFTER_SECS: f64 = 0.15;

#[derive(Default)]
pub struct Browser {
    pub listing: Load<Arc<Listing>>,

    /// The rows are those of the search before, until the first of this one are there.
    pub rows_are_old: bool,

    pub selection: Selection,

    /// Narrows the rows of the location shown; `listing` has those that it leaves.
    pub filter: Option<RowFilter>,

    pub(super) shown_rows: ShownRows,

    /// Folders among the rows whose content is shown below them.
    pub unfolded: UnfoldedFolders,

    /// How far the rows are scrolled, in points; kept for each visit.
    pub scroll_top: f32,

    /// Where the window must scroll to once: a location was entered, with the scroll it was left with.
    pub restore_scroll: Option<f32>,

    /// The row that the window must bring into view next.
    pub reveal: Option<usize>,

    /// The item whose name is being edited in place, or the folder being made.
    pub rename: Option<Rename>,

    /// Items with an edit under way: drawn dimmed until the listing shows its result.
    pub busy: HashMap<RemotePath, RequestId>,

    /// The names that items with an edit under way are getting, by their paths until then.
    new_names: HashMap<RemotePath, String>,

    /// Totals of the rows and the selection.
    pub status: ListStatus,

    /// The request that fills `listing`.
    request: Option<RequestId>,

    /// When the pending listing was asked for.
    pending_since_secs: f64,

    /// Items to select as soon as the listing shows them (new folder, restored, pasted).
    pub(super) select_when_listed: Vec<RemotePath>,

    /// Cells in a line and lines in a page, as drawn last.
    pub(super) columns: usize,
    pub(super) page_lines: usize,

    /// Listings seen before, so that going back shows rows at once. Bounded.
    pub(super) cache: ListingCache,

    /// Something changed while a list request was running: ask again after it.
    list_again: bool,

    /// When a gathered list is made again.
    list_due_secs: Option<f64>,

    /// Edits that are done and whose result no list request was started for yet.
    done_edits: Vec<RequestId>,

    /// Edits whose result the running list request shows.
    listed_edits: Vec<RequestId>,

    /// Rows or selection changed since `status` was made.
    pub(super) changed: bool,
}

impl Browser {
    /// Without rows, for another account in the same window.
    pub(super) fn emptied(&self) -> Self {
        Self { columns: self.columns, page_lines: self.page_lines, changed: true, ..Self::default() }
    }

    /// For another pane of the same account: what was listed here is known there.
    pub(super) fn for_other_pane(&self) -> Self {
        Self { cache: self.cache.clone(), ..self.emptied() }
    }

    /// Whether a request fills its rows.
    pub(super) fn waits_for(&self, id: RequestId) -> bool {
        self.request == Some(id) || self.shown_rows.request == Some(id) || self.unfolded.waits_for(id)
    }

    /// Its rows are not shown any more.
    pub(super) fn cancel_requests(&mut self, context: &mut StateContext) {
        context.cancel(self.request.take());
        context.cancel(self.shown_rows.request.take());
        self.unfolded.clear(context);
    }

    pub fn row_count(&self) -> usize {
        self.listing.value().map_or(0, |listing| listing.entries.len())
    }

    /// All rows of the location, also those that the filter hides.
    pub(super) fn all_rows(&self) -> Option<&Arc<Listing>> {
        self.shown_rows.all.as_ref().or_else(|| self.listing.value())
    }

    /// What the person may do in the folder shown, as far as its rows tell. A shared folder in it says only what may be
    /// done inside.
    pub fn access(&self) -> ItemAccess {
        let rows = self.all_rows().map_or(&[][..], |listing| &listing.entries);
        rows.iter()
            .find(|entry| !entry.sharing.is_shared_folder)
            .map_or(ItemAccess::Edit, |it| it.sharing.access)
    }

    /// The item at a path, if its row is there, shown or hidden by the filter.
    pub fn entry_of(&self, path: &RemotePath) -> Option<&Entry> {
        let in_unfolded = || self.listing.value()?.entry_of(path);
        self.all_rows()?.entry_of(path).or_else(in_unfolded)
    }

    /// When skeleton rows appear, because nothing is known yet.
    pub(super) fn skeleton_due_secs(&self) -> Option<f64> {
        let nothing_known = self.listing.is_pending() && self.listing.value().is_none();
        nothing_known.then_some(self.pending_since_secs + SKELETON_AFTER_SECS)
    }

    pub(super) fn list_due_secs(&self) -> Option<f64> {
        self.list_due_secs
    }

    /// Cells in a line and lines in a page, as the window measured them last.
    pub fn layout(&self) -> (usize, usize) {
        (self.columns, self.page_lines)
    }

    pub(super) fn set_layout(&mut self, columns: usize, page_lines: usize) {
        self.columns = columns;
        self.page_lines = page_lines;
    }

    /// The window scrolled. Rows that are not there yet cannot have been scrolled.
    pub(super) fn on_scrolled(&mut self, top: f32) {
        if self.listing.value().is_some() {
            self.scroll_top = top;
            self.restore_scroll = None;
            self.reveal = None;
        }
    }

    /// Shows the rows of a location, with the selection and scroll it was left with.
    pub(super) fn enter(&mut self, visit: &Visit, view: FolderView, context: &mut StateContext) {
        let sort = view.sort;
        context.cancel(self.shown_rows.request.take());
        self.shown_rows.all = None;
        self.unfolded.clear(context);
        if view.view == ViewMode::List {
            self.unfold_again(&visit.unfolded, sort, context);
        }
        // Rows in another order would jump when those that are asked for come.
        let is_in_order =
            |known: &Arc<Listing>| visit.location.shown_folder().is_none() || known.sort == sort;
        let mut known = self.cache.get(&visit.location, &Narrowing::default()).filter(is_in_order);
        if known.as_ref().is_some_and(|known| self.narrow_new_rows(known, context)) {
            let narrowing = self.narrowing();
            known = narrowing.and_then(|it| self.cache.get(&visit.location, &it)).filter(is_in_order);
        }
        self.listing = Load::Pending { previous: known };
        self.rows_are_old = false;
        self.selection = visit.selection.clone();
        self.scroll_top = visit.scroll_top;
        self.restore_scroll = Some(visit.scroll_top);
        self.reveal = None;
        self.rename = None;
        self.select_when_listed.clear();
        self.changed = true;
        self.pending_since_secs = context.now_secs();
        self.list_now(&visit.location, sort, context);
    }

    /// Shows these rows, of another search, until its own are there.
    pub(super) fn keep_showing(&mut self, rows: Option<Arc<Listing>>) {
        if self.listing.value().is_none() && rows.is_some() {
            self.listing = Load::Pending { previous: rows };
            self.rows_are_old = true;
        }
    }

    /// Asks for the rows again; while a request is running, as soon as that has ended.
    pub(super) fn list_again(&mut self, location: &Location, sort: Sort, context: &mut StateContext) {
        if self.request.is_some() {
            self.list_again = true;
        } else {
            self.list_now(location, sort, context);
        }
    }

    /// Asks for the rows; a running request for others is cancelled.
    pub(super) fn list_now(&mut self, location: &Location, sort: Sort, context: &mut StateContext) {
        context.cancel(self.request.take());
        if self.listing.value().is_none() && !self.listing.is_pending() {
            self.pending_since_secs = context.now_secs();
        }
        self.listing.begin();
        self.list_again = false;
        self.list_due_secs = None;
        self.listed_edits.append(&mut self.done_edits);
        self.request = Some(context.run(location.list_job(sort), RequestPurpose::List));
    }

    /// Makes a gathered list again soon, and not for each of many changes.
    pub(super) fn list_soon(&mut self, now_secs: f64) {
        self.list_due_secs.get_or_insert(now_secs + GATHER_PAUSE_SECS);
    }

    /// Whether the list is to be made again now; asked once for each time.
    pub(super) fn take_list_due(&mut self, context: &StateContext) -> bool {
        self.list_due_secs.take_if(|due| context.is_due(Some(*due))).is_some()
    }

    /// Rows of the running list request.
    pub(super) fn on_listing(
        &mut self,
        listing: &Arc<Listing>,
        location: &Location,
        context: &mut StateContext,
    ) {
        let shown = self.all_rows().cloned();
        // The first pages of a refresh never take the place of more rows that are there already.
        let shorter = shown.as_ref().is_some_and(|shown| shown.entries.len() > listing.entries.len());
        // What was in a folder becomes better known with each page, and may turn out to be less.
        if !listing.complete && shorter && !self.rows_are_old && listing.past.is_none() {
            return;
        }
        self.rows_are_old = false;
        if !location.makes_rows() {
            self.cache.put(location, Narrowing::default(), listing);
        }
        let listing = &self.without_first_parts(listing);
        if self.narrow_new_rows(listing, context) {
            return;
        }
        self.listing.grow(Arc::clone(listing));
        self.changed = true;
        self.keep_selection(shown.as_deref(), listing);
        self.select_listed(listing);
    }

    /// The list request has ended.
    pub(super) fn on_listed(
        &mut self,
        outcome: Outcome,
        location: &Location,
        sort: Sort,
        context: &mut StateContext,
    ) {
        self.request = None;
        match outcome {
            Outcome::Done(_) | Outcome::Cancelled => self.listing.end(),
            Outcome::Failed(problem) => {
                if problem.kind.is_offline() {
                    self.list_due_secs = Some(context.now_secs() + OFFLINE_PAUSE_SECS);
                }
                let is_gone = problem.kind == ProblemKind::NotFound;
                if std::mem::take(&mut self.rows_are_old) || is_gone {
                    self.listing = Load::Idle;
                    self.changed = true;
                }
                self.listing.fail(problem);
            }
        }
        // Known rows may have been shown first; only the end of the request is sure to show the edits.
        self.show_edits_when_listed();
        if self.list_again {
            self.list_now(location, sort, context);
        }
    }

    /// Dims the items that an edit changes, and shows the names that it gives them.
    pub(super) fn begin_edit(
        &mut self,
        id: RequestId,
        paths: Vec<RemotePath>,
        names: Vec<(RemotePath, String)>,
    ) {
        self.busy.extend(paths.into_iter().map(|path| (path, id)));
        self.new_names.extend(names);
    }

    /// The name of an item in its row.
    pub fn shown_name<'a>(&'a self, entry: &'a Entry) -> &'a str {
        self.name_at(&entry.path)
    }

    /// The name that the row of an item shows.
    pub(super) fn name_at<'a>(&'a self, path: &'a RemotePath) -> &'a str {
        self.new_names.get(path).map_or_else(|| path.name(), String::as_str)
    }

    /// A folder that goes in parts has a folder with its new name beside it: both are one row, that of the old one.
    pub(super) fn without_first_parts(&self, listing: &Arc<Listing>) -> Arc<Listing> {
        let first_parts = |(from, name): (&RemotePath, &String)| {
            let to = from.parent()?.join(name);
            let is_split = to != *from && !self.busy.contains_key(&to);
            let is_folder = |path| listing.entry_of(path).is_some_and(Entry::is_folder);
            (is_split && is_folder(from) && is_folder(&to)).then_some(to)
        };
        let hidden: HashSet<RemotePath> = self.new_names.iter().filter_map(first_parts).collect();
        if hidden.is_empty() {
            return Arc::clone(listing);
        }
        let shown = listing.entries.iter().filter(|entry| !hidden.contains(&entry.path));
        Arc::new(listing.narrowed_to(shown.cloned().collect()))
    }

    /// An edit is done; its items stay dimmed until rows that were asked for from now on are there.
    pub(super) fn edit_done(&mut self, id: RequestId) {
        self.done_edits.push(id);
    }

    /// An edit did not happen: its items are as they were.
    pub(super) fn edit_failed(&mut self, id: RequestId) {
        self.busy.retain(|_, edit| *edit != id);
        self.forget_names();
    }

    fn forget_names(&mut self) {
        let busy = &self.busy;
        self.new_names.retain(|path, _| busy.contains_key(path));
    }

    /// The rows show what the edits made, once all that was asked for is there.
    pub(super) fn show_edits_when_listed(&mut self) {
        if self.request.is_none() && !self.unfolded.is_listing() {
            self.show_listed_edits();
        }
    }

    fn show_listed_edits(&mut self) {
        let listed = std::mem::take(&mut self.listed_edits);
        self.busy.retain(|_, edit| !listed.contains(edit));
        self.forget_names();
        let committing = self.rename.as_ref().and_then(|rename| rename.committing);
        if committing.is_some_and(|id| listed.contains(&id)) {
            self.rename = None;
        }
    }

    /// Brings `status` up to date.
    pub(super) fn update_status(&mut self) {
        if std::mem::take(&mut self.changed) {
            let is_narrowed = self.filter.as_ref().and_then(RowFilter::narrowed_by).is_some();
            let filtered_from = self.all_rows().filter(|_| is_narrowed).map(|all| all.entries.len());
            self.status = match self.listing.value() {
                Some(listing) => ListStatus { filtered_from, ..ListStatus::new(listing, &self.selection) },
                None => ListStatus::default(),
            };
        }
    }
}
