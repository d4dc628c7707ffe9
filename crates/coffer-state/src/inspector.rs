//! Preview, details and versions of the one selected item. It follows the selection, but asks for nothing while that
//! is on the move: a held arrow key would flood the account.

use super::State;
use super::context::StateContext;
use super::requests::{RequestPurpose, finish_load};
use coffer_model::{Entry, FolderSummary, Job, Load, Outcome, Preview, Receipt, RemotePath, RequestId};
use std::sync::Arc;

/// The selection has to rest so long before anything is asked for.
const REST_SECS: f64 = 0.1;

/// What is below a folder is summed up again at most this often.
const SUMMARY_REST_SECS: f64 = 2.0;

/// The longest side of a picture in the inspector, in pixels.
const PREVIEW_SIDE: u32 = 1024;

#[derive(Default)]
pub struct Inspector {
    pub tab: InspectorTab,

    /// The item it speaks of: the only selected one. With several selected it sums them up instead.
    pub entry: Option<Entry>,

    /// Pending from the moment of selection; idle for folders and for what is not known any more.
    pub preview: Load<Arc<Preview>>,

    /// Asked for when the tab of versions is open.
    pub revisions: Load<Arc<Vec<Entry>>>,

    /// What is below a folder, asked for when one is looked at; fails where there is no index.
    pub summary: Load<Arc<FolderSummary>>,

    /// The window has no room for it beside the content.
    pub lacks_room: bool,

    /// There it was opened over the content, which lasts until it is closed or other rows are shown.
    is_over: bool,

    /// It is shown as it was: what is known of it now says nothing of then.
    is_past: bool,

    /// Where an item of the past is now, and what it is there, if it is another file or place than then.
    now_path: Option<RemotePath>,
    pub now: Option<Entry>,
    now_request: Option<RequestId>,

    preview_request: Option<RequestId>,
    revisions_request: Option<RequestId>,
    summary_request: Option<RequestId>,

    /// When preview and versions are asked for.
    due_secs: Option<f64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InspectorTab {
    #[default]
    Details,
    Versions,
}

impl Inspector {
    /// Without an item, for another account in the same window.
    pub(super) fn emptied(&self) -> Self {
        Self { tab: self.tab, lacks_room: self.lacks_room, ..Self::default() }
    }

    /// Turns to the selected item. `open`: the inspector is shown, so what it lacks is asked for.
    fn follow(&mut self, selected: Option<&Entry>, open: bool, context: &mut StateContext) {
        if selected == self.entry.as_ref() {
            // The same item may be spelt anew: a path is the same whatever its case.
            if selected.map(Entry::name) != self.entry.as_ref().map(Entry::name) {
                self.entry = selected.cloned();
            }
            return;
        }
        let old = std::mem::replace(&mut self.entry, selected.cloned());
        let new = self.entry.as_ref();
        let same_path = old.as_ref().map(|entry| &entry.path) == new.map(|entry| &entry.path);
        let same_totals = old.as_ref().map(|entry| &entry.totals) == new.map(|entry| &entry.totals);
        let same_content = old.map(|entry| entry.kind) == new.map(|entry| entry.kind.clone());
        if same_path && same_content && same_totals {
            return;
        }
        if !same_path {
            self.preview = Load::Idle;
            self.revisions = Load::Idle;
            self.summary = Load::Idle;
        }
        context.cancel(self.summary_request.take());
        // While the account is indexed, totals change all the time.
        let rest_secs = if same_path && same_content { SUMMARY_REST_SECS } else { REST_SECS };
        if !(same_path && same_content) {
            context.cancel(self.preview_request.take());
            context.cancel(self.revisions_request.take());
        }
        self.plan_loads(open, context.now_secs() + rest_secs);
    }

    /// Marks as pending what it shows and does not have yet, to be asked for at `due_secs`.
    fn plan_loads(&mut self, open: bool, due_secs: f64) {
        let Some(entry) = self.entry.as_ref().filter(|_| open) else {
            self.due_secs = None;
            return;
        };
        if entry.last_version().is_some() && self.preview_request.is_none() && !is_fresh(&self.preview, entry)
        {
            self.preview.begin();
        }
        let has_revisions = !entry.is_folder() && !entry.is_deleted_folder();
        let wants_revisions = self.tab == InspectorTab::Versions && has_revisions && !self.is_past;
        if wants_revisions && self.revisions_request.is_none() {
            self.revisions.begin();
        }
        if entry.is_folder() && self.summary_request.is_none() && !self.is_past {
            self.summary.begin();
        }
        self.due_secs = Some(due_secs);
    }

    fn load_when_due(&mut self, context: &mut StateContext) {
        if !context.is_due(self.due_secs) {
            return;
        }
        self.due_secs = None;
        let Some(entry) = self.entry.clone() else { return };
        if self.preview.is_pending() && self.preview_request.is_none() {
            let shown = entry.as_last_version().unwrap_or_else(|| entry.clone());
            let job = Job::Preview { entry: shown, max_side: PREVIEW_SIDE };
            self.preview_request = Some(context.run(job, RequestPurpose::InspectorPreview));
        }
        if self.revisions.is_pending() && self.revisions_request.is_none() {
            let job = Job::Revisions { path: entry.path.clone() };
            self.revisions_request = Some(context.run(job, RequestPurpose::InspectorRevisions));
        }
        if let (Some(path), None, None) = (&self.now_path, &self.now, self.now_request) {
            let job = Job::Locate { path: path.clone() };
            self.now_request = Some(context.run(job, RequestPurpose::InspectorNow));
        }
        if self.summary.is_pending() && self.summary_request.is_none() {
            let job = Job::SummarizeFolder { folder: entry.path };
            self.summary_request = Some(context.run(job, RequestPurpose::InspectorSummary));
        }
    }

    /// Turns to what the item has become.
    fn follow_now(&mut self, path: Option<RemotePath>, context: &mut StateContext) {
        if self.now_path == path {
            return;
        }
        context.cancel(self.now_request.take());
        self.now = None;
        if path.is_some() {
            self.due_secs.get_or_insert(context.now_secs() + REST_SECS);
        }
        self.now_path = path;
    }

    pub(super) fn on_now_located(&mut self, outcome: Outcome) {
        self.now_request = None;
        if let Outcome::Done(Receipt::Located(entry)) = outcome {
            self.now = Some(entry);
        }
    }

    fn has_failed(&self) -> bool {
        self.preview.problem().is_some() || self.revisions.problem().is_some()
    }

    pub(super) fn on_previewed(&mut self, outcome: Outcome) {
        self.preview_request = None;
        finish_load(&mut self.preview, outcome);
    }

    pub(super) fn on_revisions_listed(&mut self, outcome: Outcome) {
        self.revisions_request = None;
        finish_load(&mut self.revisions, outcome);
    }

    pub(super) fn on_summed(&mut self, outcome: Outcome) {
        self.summary_request = None;
        finish_load(&mut self.summary, outcome);
    }
}

fn is_fresh(preview: &Load<Arc<Preview>>, entry: &Entry) -> bool {
    matches!(preview, Load::Ready(ready) if entry.last_version().is_some_and(|file| file.rev == ready.rev))
}

impl State {
    /// Whether it is open: beside the content as the settings say, or over it.
    pub fn is_inspector_open(&self) -> bool {
        if self.inspector.lacks_room { self.inspector.is_over } else { self.settings.inspector_open }
    }

    /// Whether it is open over the content.
    pub fn is_inspector_over(&self) -> bool {
        self.inspector.lacks_room && self.inspector.is_over && self.navigation.current().has_rows()
    }

    /// What is over the content goes.
    pub(super) fn leave_inspector(&mut self) {
        self.inspector.is_over = false;
    }

    pub(super) fn set_inspector_room(&mut self, has_room: bool) {
        self.inspector.lacks_room = !has_room;
        self.leave_inspector();
        self.load_inspector_now();
    }

    pub(super) fn follow_selection(&mut self) {
        self.inspector.is_past = self.navigation.current().is_past();
        let is_open = self.is_inspector_open();
        let selected = self.browser.only_selected();
        self.inspector.follow(selected, is_open, &mut self.context);
        let now_path = self.path_now().filter(|_| is_open);
        self.inspector.follow_now(now_path, &mut self.context);
    }

    pub(super) fn open_inspector_tab(&mut self, tab: InspectorTab) {
        self.inspector.tab = tab;
        self.load_inspector_now();
    }

    pub(super) fn toggle_inspector(&mut self) {
        if self.inspector.lacks_room {
            self.inspector.is_over = !self.inspector.is_over;
        } else {
            self.settings.toggle_inspector(&self.context);
        }
        self.load_inspector_now();
    }

    /// What failed is tried again.
    pub(super) fn retry_inspector(&mut self) {
        if self.inspector.has_failed() {
            self.load_inspector_now();
        }
    }

    fn load_inspector_now(&mut self) {
        self.inspector.plan_loads(self.is_inspector_open(), self.context.now_secs());
        self.load_inspector_when_due();
    }

    /// When something is asked for. Never under the large preview, which covers the inspector.
    pub(super) fn inspector_due_secs(&self) -> Option<f64> {
        self.inspector.due_secs.filter(|_| !self.has_large_preview())
    }

    pub(super) fn load_inspector_when_due(&mut self) {
        if self.context.is_due(self.inspector_due_secs()) {
            self.inspector.load_when_due(&mut self.context);
        }
    }
}
