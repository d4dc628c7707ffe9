//! Preview, details and versions of the one selected item. It follows the selection, but asks for nothing while that
//! is on the move: a held arrow key would flood the account.

use super::State;
use super::dialog::Dialog;
use super::requests::Purpose;
use coffer_model::{Entry, Job, Load, Outcome, Preview, RequestId};
use std::sync::Arc;

/// The selection has to rest so long before anything is asked for.
const REST_SECS: f64 = 0.1;

/// The longest side of a picture in the inspector, in pixels.
const PREVIEW_SIDE: u32 = 1024;

#[derive(Default)]
pub struct Inspector {
    pub tab: Tab,

    /// The item it speaks of: the only selected one. With several selected it sums them up instead.
    pub entry: Option<Entry>,

    /// Pending from the moment of selection; idle for folders and for what was deleted.
    pub preview: Load<Arc<Preview>>,
    pub preview_request: Option<RequestId>,

    /// Asked for when the tab of versions is open.
    pub revisions: Load<Arc<Vec<Entry>>>,
    pub revisions_request: Option<RequestId>,

    /// When preview and versions are asked for.
    pub(super) due_secs: Option<f64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Details,
    Versions,
}

impl State {
    /// Turns to the selected item.
    pub(super) fn follow_selection(&mut self) {
        let selected = self.only_selected();
        if selected == self.inspector.entry.as_ref() {
            return;
        }
        let selected = selected.cloned();
        let inspector = &mut self.inspector;
        let old = std::mem::replace(&mut inspector.entry, selected);
        let new = inspector.entry.as_ref();
        let same_place = old.as_ref().map(|entry| &entry.path) == new.map(|entry| &entry.path);
        let same_content = old.map(|entry| entry.kind) == new.map(|entry| entry.kind.clone());
        if same_place && same_content {
            return;
        }
        if !same_place {
            inspector.preview = Load::Idle;
            inspector.revisions = Load::Idle;
        }
        let requests = [inspector.preview_request.take(), inspector.revisions_request.take()];
        for request in requests {
            self.cancel(request);
        }
        self.await_inspector(REST_SECS);
    }

    pub(super) fn open_inspector_tab(&mut self, tab: Tab) {
        self.inspector.tab = tab;
        self.await_inspector(0.0);
        self.load_inspector_when_due();
    }

    pub(super) fn toggle_inspector(&mut self) {
        self.settings.inspector_open = !self.settings.inspector_open;
        self.save_soon();
        self.await_inspector(0.0);
        self.load_inspector_when_due();
    }

    /// What failed is tried again.
    pub(super) fn retry_inspector(&mut self) {
        let inspector = &self.inspector;
        if inspector.preview.problem().is_some() || inspector.revisions.problem().is_some() {
            self.await_inspector(0.0);
            self.load_inspector_when_due();
        }
    }

    /// Marks as pending what the inspector shows and does not have yet.
    fn await_inspector(&mut self, rest_secs: f64) {
        let open = self.settings.inspector_open;
        let inspector = &mut self.inspector;
        let Some(entry) = inspector.entry.as_ref().filter(|_| open) else {
            inspector.due_secs = None;
            return;
        };
        if entry.file().is_some()
            && inspector.preview_request.is_none()
            && !is_fresh(&inspector.preview, entry)
        {
            inspector.preview.begin();
        }
        let wants_revisions = inspector.tab == Tab::Versions && !entry.is_folder();
        if wants_revisions && inspector.revisions_request.is_none() {
            inspector.revisions.begin();
        }
        inspector.due_secs = Some(self.clock_secs + rest_secs);
    }

    /// When [`State::load_inspector_when_due`] has something to do. Never under the large preview, which covers it.
    pub(super) fn inspector_due_secs(&self) -> Option<f64> {
        self.inspector.due_secs.filter(|_| !matches!(self.dialog, Some(Dialog::LargePreview(_))))
    }

    pub(super) fn load_inspector_when_due(&mut self) {
        if self.inspector_due_secs().is_none_or(|due| due > self.clock_secs) {
            return;
        }
        self.inspector.due_secs = None;
        let Some(entry) = self.inspector.entry.clone() else { return };
        if self.inspector.preview.is_pending() && self.inspector.preview_request.is_none() {
            let job = Job::Preview { entry: entry.clone(), max_side: PREVIEW_SIDE };
            self.inspector.preview_request = Some(self.run(job, Purpose::InspectorPreview));
        }
        if self.inspector.revisions.is_pending() && self.inspector.revisions_request.is_none() {
            let job = Job::Revisions { path: entry.path };
            self.inspector.revisions_request = Some(self.run(job, Purpose::InspectorRevisions));
        }
    }

    pub(super) fn on_inspector_preview(&mut self, outcome: Outcome) {
        self.inspector.preview_request = None;
        finish(&mut self.inspector.preview, outcome);
    }

    pub(super) fn on_inspector_revisions(&mut self, outcome: Outcome) {
        self.inspector.revisions_request = None;
        finish(&mut self.inspector.revisions, outcome);
    }
}

fn is_fresh(preview: &Load<Arc<Preview>>, entry: &Entry) -> bool {
    matches!(preview, Load::Ready(ready) if entry.file().is_some_and(|file| file.rev == ready.rev))
}

/// Ends what a request was filling.
pub(super) fn finish<T>(load: &mut Load<T>, outcome: Outcome) {
    match outcome {
        Outcome::Done(_) | Outcome::Cancelled => load.end(),
        Outcome::Failed(problem) => load.fail(problem),
    }
}
