//! The rows of the place shown: asking for them, taking them, keeping selection and cursor over every refresh.

use super::known::KnownListings;
use super::requests::Purpose;
use super::selection::Selection;
use super::{Place, State};
use coffer_model::{Entry, Job, Listing, Load, Outcome, RemotePath, RequestId, Sort, SortColumn};
use std::collections::HashMap;
use std::sync::Arc;

/// Gathered lists are made anew at most this often when something changed somewhere: making them is work.
const GATHER_PAUSE_SECS: f64 = 2.0;

/// Without a connection the rows are asked for again by themselves.
const OFFLINE_PAUSE_SECS: f64 = 15.0;

/// Skeleton rows are not shown before; most listings are there by then.
pub(super) const SKELETON_AFTER_SECS: f64 = 0.15;

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

    /// Where the window must scroll to once: a place was entered, with the scroll it was left with.
    pub restore_scroll: Option<f32>,

    /// The row that the window must bring into view next.
    pub reveal: Option<usize>,

    /// The item whose name is being edited in place, or the folder being made.
    pub rename: Option<Rename>,

    /// Items with an edit under way: drawn dimmed until the listing shows its result.
    pub busy: HashMap<RemotePath, RequestId>,

    /// Items that are to be selected as soon as the listing shows them (new folder, restored, pasted).
    pub select_when_listed: Vec<RemotePath>,

    /// Cells in a line and lines in a page, as drawn last.
    pub columns: usize,
    pub page_lines: usize,

    /// Sums over the rows and the selection, kept up to date.
    pub status: Status,

    /// Listings seen before, so that going back shows rows at once. Bounded.
    pub(super) known: KnownListings,

    /// Something changed while a list request was running: ask again after it.
    pub(super) list_again: bool,

    /// When a gathered list is made again.
    pub(super) list_due_secs: Option<f64>,

    /// Edits that are done and whose result no list request was started for yet.
    pub(super) done_edits: Vec<RequestId>,

    /// Edits whose result the running list request brings.
    pub(super) settling_edits: Vec<RequestId>,

    /// Rows or selection changed since `status` was made.
    pub(super) changed: bool,
}

/// A name being edited in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// The item, or `None` for a folder that does not exist yet (drawn as the first row).
    pub entry: Option<Entry>,
    pub text: String,
    /// Why the name cannot be taken, in words, while that is so.
    pub complaint: Option<String>,
    /// The name was taken and is on its way to the account: drawn as a dimmed row, no longer as a field.
    pub committing: Option<RequestId>,
}

/// What the status pill says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    pub items: usize,
    /// Bytes of all files shown.
    pub total_bytes: u64,
    /// False while further rows are on their way.
    pub complete: bool,
    pub selected: usize,
    pub selected_folders: usize,
    pub selected_deleted: usize,
    /// Bytes of the selected files.
    pub selected_bytes: u64,
}

impl State {
    pub fn row_count(&self) -> usize {
        self.browser.listing.value().map_or(0, |listing| listing.entries.len())
    }

    /// Nothing is known yet and waiting takes long enough to show it.
    pub fn shows_skeleton(&self) -> bool {
        let browser = &self.browser;
        browser.listing.is_pending()
            && browser.listing.value().is_none()
            && self.clock_secs >= browser.pending_since_secs + SKELETON_AFTER_SECS
    }

    /// Shows the rows of the place that is current now, with the selection and scroll it was left with.
    pub(super) fn enter(&mut self, selection: Selection, scroll_top: f32) {
        let known = self.browser.known.get(self.navigation.current());
        let browser = &mut self.browser;
        browser.listing = Load::Pending { previous: known };
        browser.selection = selection;
        browser.scroll_top = scroll_top;
        browser.restore_scroll = Some(scroll_top);
        browser.reveal = None;
        browser.rename = None;
        browser.select_when_listed.clear();
        browser.changed = true;
        browser.pending_since_secs = self.clock_secs;
        self.list_now();
    }

    /// What F5 does.
    pub(super) fn refresh(&mut self) {
        self.thumbnails.forget_failures();
        self.list_again();
        self.refresh_tree(None);
        self.retry_inspector();
    }

    /// Asks for the rows again; while a request is running, as soon as that has ended.
    pub(super) fn list_again(&mut self) {
        if self.browser.request.is_some() {
            self.browser.list_again = true;
        } else {
            self.list_now();
        }
    }

    /// Asks for the rows; a running request for others is given up.
    fn list_now(&mut self) {
        let running = self.browser.request.take();
        self.cancel(running);
        let sort = self.settings.sort;
        let job = match self.navigation.current().clone() {
            Place::Folder(path) => Job::List { path, sort },
            Place::Deleted => Job::ListDeleted { path: RemotePath::root(), sort },
            Place::Links => Job::ListLinks { sort },
            Place::Search { query, below } => Job::Search { query, below },
        };
        let browser = &mut self.browser;
        if browser.listing.value().is_none() && !browser.listing.is_pending() {
            browser.pending_since_secs = self.clock_secs;
        }
        browser.listing.begin();
        browser.list_again = false;
        browser.list_due_secs = None;
        let done = std::mem::take(&mut browser.done_edits);
        browser.settling_edits.extend(done);
        self.browser.request = Some(self.run(job, Purpose::List));
    }

    pub(super) fn sort_by(&mut self, column: SortColumn) {
        let old = self.settings.sort;
        // Sizes and dates are looked at from the largest and newest.
        let first = matches!(column, SortColumn::Size | SortColumn::Modified);
        let descending = if old.column == column { !old.descending } else { first };
        self.settings.sort = Sort { column, descending };
        self.save_soon();
        if !matches!(self.navigation.current(), Place::Search { .. }) {
            self.list_now();
        }
    }

    /// News of the running list request.
    pub(super) fn on_listing(&mut self, listing: &Arc<Listing>) {
        let shown = self.browser.listing.value().cloned();
        // The first pages of a refresh never take the place of more rows that are there already.
        let shorter = shown.as_ref().is_some_and(|shown| shown.entries.len() > listing.entries.len());
        if !listing.complete && shorter {
            return;
        }
        self.browser.known.put(self.navigation.current(), listing);
        self.browser.listing.grow(Arc::clone(listing));
        self.browser.changed = true;
        self.keep_selection(shown.as_deref(), listing);
        self.select_listed(listing);
    }

    pub(super) fn on_listed(&mut self, outcome: Outcome) {
        self.browser.request = None;
        match outcome {
            Outcome::Done(_) => {
                self.browser.listing.end();
                if self.session.offline {
                    self.on_online(true);
                }
            }
            Outcome::Cancelled => self.browser.listing.end(),
            Outcome::Failed(problem) => {
                self.note_failure(&problem);
                if problem.kind.is_offline() {
                    self.browser.list_due_secs = Some(self.clock_secs + OFFLINE_PAUSE_SECS);
                }
                self.browser.listing.fail(problem);
            }
        }
        // What is known may have been shown first; only the end of the request is sure to show the edits.
        self.settle_edits();
        if self.browser.list_again {
            self.list_now();
        }
    }

    /// Something was edited, here or elsewhere. `None`: anything may have changed.
    pub(super) fn on_changed(&mut self, folders: Option<&[RemotePath]>) {
        if let Place::Folder(path) = self.navigation.current() {
            if folders.is_none_or(|folders| folders.contains(path)) {
                self.list_again();
            }
        } else {
            let due = self.browser.list_due_secs.unwrap_or(self.clock_secs + GATHER_PAUSE_SECS);
            self.browser.list_due_secs = Some(due);
        }
        self.refresh_tree(folders);
    }

    /// An edit is done; its items stay dimmed until rows that were asked for from now on are there.
    pub(super) fn edit_done(&mut self, id: RequestId) {
        self.browser.done_edits.push(id);
    }

    /// An edit did not happen: its items are as they were.
    pub(super) fn edit_failed(&mut self, id: RequestId) {
        self.browser.busy.retain(|_, edit| *edit != id);
    }

    /// The rows show what the edits made.
    fn settle_edits(&mut self) {
        let settled = std::mem::take(&mut self.browser.settling_edits);
        let browser = &mut self.browser;
        browser.busy.retain(|_, edit| !settled.contains(edit));
        let named = browser.rename.as_ref().and_then(|rename| rename.committing);
        if named.is_some_and(|id| settled.contains(&id)) {
            browser.rename = None;
        }
    }

    /// Brings `status` up to date.
    pub(super) fn update_status(&mut self) {
        let browser = &mut self.browser;
        if !std::mem::take(&mut browser.changed) {
            return;
        }
        let Some(listing) = browser.listing.value() else {
            browser.status = Status::default();
            return;
        };
        let mut status = Status {
            items: listing.entries.len(),
            total_bytes: listing.total_bytes,
            complete: listing.complete,
            ..Status::default()
        };
        for entry in browser.selection.paths.iter().filter_map(|path| listing.entry_of(path)) {
            status.selected += 1;
            status.selected_folders += usize::from(entry.is_folder());
            status.selected_deleted += usize::from(entry.is_deleted());
            status.selected_bytes += entry.file().map_or(0, |file| file.size_bytes);
        }
        browser.status = status;
    }
}
