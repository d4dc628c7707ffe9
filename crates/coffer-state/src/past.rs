//! A folder as it was at a moment: to enter the past and leave it, the steps through time, and when something was changed.
//! The rows are those of a listing; what has become of each since is beside them in it.

use super::requests::RequestPurpose;
use super::{Location, State, text};
use coffer_model::message::Pick;
use coffer_model::{ChangeGroup, Job, Outcome, PastSummary, Receipt, RemotePath, RequestId, SinceThen};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

#[derive(Default)]
pub struct PastView {
    /// When something was changed below `folder`, the earliest first.
    changes: Arc<Vec<ChangeGroup>>,
    folder: Option<RemotePath>,
    request: Option<RequestId>,
    /// Something was changed since it was asked for.
    is_stale: bool,
    /// The moment that was looked at last: the next folder is seen at the same one.
    last_at: Option<Timestamp>,
}

impl PastView {
    /// The changes below the folder that is shown, the earliest first; none while they are not known.
    pub fn changes(&self) -> &[ChangeGroup] {
        &self.changes
    }

    pub(super) fn on_change_times(&mut self, outcome: Outcome) {
        self.request = None;
        if let Outcome::Done(Receipt::ChangeTimes(changes)) = outcome {
            self.changes = changes;
        }
    }

    fn before_last_change(&self, at: Timestamp) -> Option<Timestamp> {
        self.changes.iter().rev().map(moment_before).find(|before| *before < at)
    }

    fn before_next_change(&self, at: Timestamp) -> Option<Timestamp> {
        self.changes.iter().map(moment_before).find(|before| *before > at)
    }
}

/// The last moment at which nothing of a group of changes had happened yet.
pub fn moment_before(change: &ChangeGroup) -> Timestamp {
    change.first - SignedDuration::from_secs(1)
}

/// What is done with the moment that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PastAction {
    Show(Timestamp),
    Step(PastStep),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PastStep {
    WeekBack,
    DayBack,
    HourBack,
    HourOn,
    /// Before the last change that had happened by then.
    PreviousChange,
    /// Before the first change that has not happened yet a second later.
    NextChange,
}

impl State {
    /// What is known of the folder at the moment that is shown, once anything is.
    pub fn past_summary(&self) -> Option<&PastSummary> {
        let listing = self.browser.all_rows().filter(|_| self.navigation.current().is_past())?;
        listing.past.as_deref()
    }

    /// Where the selected file of the past is now, if it has changed or moved since.
    pub(super) fn path_now(&self) -> Option<RemotePath> {
        let entry = self.browser.only_selected().filter(|entry| entry.file().is_some())?;
        let rows = self.browser.listing.value()?;
        match rows.past.as_ref()?.since.get(rows.row_of(&entry.path)?)? {
            SinceThen::Changed => Some(entry.path.clone()),
            SinceThen::Moved(to) => Some(to.clone()),
            _ => None,
        }
    }

    /// Where a folder of the tree leads: while the past is shown, to that folder at the same moment.
    pub fn tree_location(&self, folder: RemotePath) -> Location {
        match self.navigation.current() {
            past @ Location::Past { .. } => past.of_folder(folder),
            _ => Location::Folder(folder),
        }
    }

    /// The moment that a step leads to; `None` where there is none.
    pub fn moment_of(&self, step: PastStep) -> Option<Timestamp> {
        let Location::Past { at, .. } = self.navigation.current() else { return None };
        let moment = match step {
            PastStep::WeekBack => at.checked_sub(WEEK).ok(),
            PastStep::DayBack => at.checked_sub(DAY).ok(),
            PastStep::HourBack => at.checked_sub(HOUR).ok(),
            PastStep::HourOn => at.checked_add(HOUR).ok(),
            PastStep::PreviousChange => self.past.before_last_change(*at),
            PastStep::NextChange => self.past.before_next_change(*at),
        };
        moment.filter(|moment| *moment < self.now)
    }

    pub(super) fn toggle_past(&mut self) {
        match self.navigation.current().clone() {
            Location::Folder(folder) => {
                let at = self.past.last_at.or_else(|| self.now.checked_sub(DAY).ok()).unwrap_or(self.now);
                self.navigate_to(Location::Past { folder, at });
            }
            Location::Past { folder, .. } => self.navigate_to(Location::Folder(folder)),
            _ => {}
        }
    }

    pub(super) fn apply_to_past(&mut self, action: PastAction) {
        let moment = match action {
            PastAction::Show(at) => Some(at),
            PastAction::Step(step) => self.moment_of(step),
        };
        if let Some(moment) = moment {
            self.show_moment(moment);
        }
    }

    /// The same folder at another moment, which is no step to go back to. The rows, what is selected of them and how far they are
    /// scrolled stay until those of that moment are there.
    fn show_moment(&mut self, moment: Timestamp) {
        let Location::Past { folder, at } = self.navigation.current().clone() else { return };
        let moment = moment.min(self.now);
        if moment == at {
            return;
        }
        let filter = self.browser.take_filter(&mut self.context);
        let rows = self.browser.listing.value().cloned();
        let (selection, scroll_top) = (self.browser.selection.clone(), self.browser.scroll_top);
        self.replace_visit(Location::Past { folder, at: moment });
        self.browser.selection = selection;
        self.browser.scroll_top = scroll_top;
        self.browser.restore_scroll = None;
        self.browser.keep_showing(rows);
        if let Some(filter) = filter {
            self.browser.put_filter(filter, &mut self.context);
        }
    }

    /// Asks when something was changed in a folder whose past is shown.
    pub(super) fn enter_past(&mut self, folder: RemotePath, at: Timestamp) {
        self.past.last_at = Some(at);
        if self.past.folder.as_ref() != Some(&folder) {
            self.past.changes = Arc::default();
            self.list_change_times(folder);
        }
    }

    fn list_change_times(&mut self, folder: RemotePath) {
        self.context.cancel(self.past.request.take());
        self.past.is_stale = false;
        self.past.folder = Some(folder.clone());
        self.past.request = Some(self.context.run(Job::ListChangeTimes(folder), RequestPurpose::ChangeTimes));
    }

    /// The rows are there. Versions that were read for them tell of more changes.
    pub(super) fn on_past_listed(&mut self) {
        let has_read = self.past_summary().is_some_and(|summary| summary.read > 0);
        if let (Location::Past { folder, at }, Some(rows)) =
            (self.navigation.current(), self.browser.all_rows())
        {
            self.tree.show_past(folder.clone(), *at, rows);
        }
        if let Location::Past { folder, .. } = self.navigation.current().clone()
            && (has_read || self.past.is_stale)
        {
            self.list_change_times(folder);
        }
    }

    /// Something was changed in the account.
    pub(super) fn past_has_grown(&mut self) {
        self.past.is_stale = true;
    }

    /// To the parent folder at the same moment, with the folder that was left selected in it.
    pub(super) fn go_up_in_past(&mut self, location: &Location) {
        if let Location::Past { folder, .. } = location
            && let Some(parent) = folder.parent()
        {
            self.navigate_to(location.of_folder(parent));
            self.browser.select_when_listed(vec![folder.clone()]);
        }
    }

    /// Saves the selected files with the content that they had; of folders is said first what that is.
    pub(super) fn download_selected_past(&mut self) {
        if self.browser.status.selected_folders > 0 {
            return self.ask_to_download_past();
        }
        let Some(entry) = self.browser.only_selected().cloned() else { return self.pick_download() };
        let suggested_name = text::revision_file_name(&entry);
        self.context.pick(Pick::SaveAs { suggested_name }, RequestPurpose::PickSaveAs(Arc::new(entry)));
    }
}
