//! Where the person is in each account, for the next start: the tabs, the folders that are unfolded in the tree, and those
//! that items were moved to. It is saved soon after each change, and shown again when the account is opened.

use super::context::StateContext;
use super::finished_transfers::FinishedMark;
use super::requests::RequestPurpose;
use super::{Location, State, text};
use coffer_model::{
    AccountChoice, AccountPlaces, Job, Outcome, Places, Problem, ProblemKind, RemotePath, SavedLocation,
    SavedPane,
};
use std::collections::BTreeSet;

/// Who goes through many folders has it saved once.
const SAVE_AFTER_SECS: f64 = 2.0;

/// What is known of where the person is in each account.
#[derive(Default)]
pub(super) struct SavedPlaces {
    /// `None`: this window keeps nothing for the next one.
    kept: Option<AccountPlaces>,

    /// When changes are saved.
    due_secs: Option<f64>,

    /// The transfers in the list when it was kept last.
    finished: FinishedMark,

    /// The accounts whose finished transfers of an earlier run are in the list.
    with_finished: BTreeSet<String>,

    /// The person was told that they could not be saved. Once is enough.
    has_failed: bool,
}

impl SavedPlaces {
    pub(super) fn new(kept: AccountPlaces) -> Self {
        Self { kept: Some(kept), ..Self::default() }
    }

    /// Where the person was in an account.
    fn of(&self, account: &str) -> Places {
        let known = self.kept.as_ref().and_then(|kept| kept.get(account));
        known.cloned().unwrap_or_default()
    }

    /// The same when the account is opened: what is done is told once in a run.
    pub(super) fn take_of(&mut self, account: &str) -> Places {
        let mut places = self.of(account);
        if !self.with_finished.insert(account.to_owned()) {
            places.finished.clear();
        }
        places
    }

    pub(super) fn forget(&mut self, account: &str, context: &StateContext) {
        if self.kept.as_mut().is_some_and(|kept| kept.remove(account).is_some()) {
            self.save_soon(context);
        }
    }

    fn save_soon(&mut self, context: &StateContext) {
        self.due_secs.get_or_insert(context.now_secs() + SAVE_AFTER_SECS);
    }

    pub(super) fn due_secs(&self) -> Option<f64> {
        self.due_secs
    }

    pub(super) fn save_when_due(&mut self, context: &mut StateContext) {
        if context.is_due(self.due_secs) {
            self.save_at_end(context);
        }
    }

    /// Saves what would be saved later.
    pub(super) fn save_at_end(&mut self, context: &mut StateContext) {
        if let (Some(kept), Some(_)) = (&self.kept, self.due_secs.take()) {
            context.run(Job::SavePlaces(kept.clone()), RequestPurpose::SavePlaces);
        }
    }
}

impl State {
    /// Keeps where the person is now. Asked after each change, so what has not changed is not copied.
    pub(super) fn record_places(&mut self) {
        let has_unfolded = self.tree.take_changed();
        let finished = self.finished_mark();
        let has_finished = std::mem::replace(&mut self.places.finished, finished) != finished;
        let is_kept = !matches!(self.session.choice, AccountChoice::CommandLine { .. });
        let Some(kept) = self.places.kept.as_ref().filter(|_| is_kept && self.welcome.is_none()) else {
            return;
        };
        let tabs = self.navigation.tabs().iter().map(|tab| SavedLocation::from(tab.current()));
        let shown = self.navigation.shown_tab();
        let other_pane = self.other_pane.as_ref().map(|other| SavedPane {
            is_left: other.is_left,
            location: SavedLocation::from(other.location()),
        });
        let known = kept.get(self.session.key());
        if let Some(known) = known
            && !has_unfolded
            && !has_finished
            && known.shown == shown
            && known.other_pane == other_pane
            && known.targets == self.latest_targets
            && tabs.clone().eq(known.tabs.iter().cloned())
        {
            return;
        }
        let places = Places {
            shown,
            unfolded: self.tree.unfolded(),
            targets: self.latest_targets.clone(),
            tabs: tabs.collect(),
            finished: self.finished_transfers(),
            other_pane,
        };
        if known != Some(&places)
            && let Some(kept) = &mut self.places.kept
        {
            kept.insert(self.session.key().to_owned(), places);
            self.places.save_soon(&self.context);
        }
    }

    pub(super) fn on_places_saved(&mut self, outcome: Outcome) {
        if let Outcome::Failed(problem) = outcome
            && !std::mem::replace(&mut self.places.has_failed, true)
        {
            self.report(problem, None);
        }
    }

    /// The rows of a folder are there, or it can’t be listed. One in which an earlier run left the tab may be gone by now:
    /// then the nearest folder around it is shown, and this answers true.
    pub(super) fn replaces_restored(&mut self, outcome: &Outcome) -> bool {
        let (Some(left), Location::Folder(folder)) =
            (self.navigation.restored().cloned(), self.navigation.current().clone())
        else {
            return false;
        };
        match outcome {
            Outcome::Failed(Problem { kind: ProblemKind::NotFound, .. }) => {
                let nearest = folder.parent().filter(|parent| !parent.is_root());
                let nearest = nearest.unwrap_or_else(|| self.home());
                if nearest == folder {
                    return false;
                }
                self.replace_visit(Location::Folder(nearest));
                self.navigation.set_restored(Some(left));
                true
            }
            Outcome::Done(_) => {
                self.navigation.set_restored(None);
                if folder != left {
                    let text = text::restored_elsewhere(&left.display_path(), self.folder_name(&folder));
                    self.toast_done(text, None);
                }
                false
            }
            Outcome::Failed(_) | Outcome::Cancelled => false,
        }
    }
}

impl From<&Location> for SavedLocation {
    fn from(location: &Location) -> Self {
        match location.clone() {
            Location::Folder(folder) => Self::Folder { folder },
            Location::Past { folder, at } => Self::Past { folder, at: at.to_string() },
            Location::Deleted => Self::Deleted,
            Location::Links => Self::Links,
            Location::Changes => Self::Changes,
            Location::Activity { .. } => Self::Activity,
            Location::Duplicates(folder) => Self::Duplicates { folder },
            Location::Search { query, sort } => Self::Search { query, sort },
            Location::Space { folder, part } => Self::Space { folder, part },
        }
    }
}

impl From<SavedLocation> for Location {
    fn from(saved: SavedLocation) -> Self {
        match saved {
            SavedLocation::Folder { folder } => Self::Folder(folder),
            SavedLocation::Past { folder, at } => match at.parse() {
                Ok(at) => Self::Past { folder, at },
                Err(_) => Self::Folder(folder),
            },
            SavedLocation::Deleted => Self::Deleted,
            SavedLocation::Links => Self::Links,
            SavedLocation::Changes => Self::Changes,
            SavedLocation::Activity => Self::activity(),
            SavedLocation::Duplicates { folder } => Self::Duplicates(folder),
            SavedLocation::Search { query, sort } => Self::Search { query, sort },
            SavedLocation::Space { folder, part } => Self::Space { folder, part },
            SavedLocation::Unknown => Self::Folder(RemotePath::root()),
        }
    }
}
