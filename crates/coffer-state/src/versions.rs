//! The versions dialog: all revisions of a file, a look at each, bringing one back.

use super::State;
use super::dialog::{Dialog, Versions};
use super::inspector::finish;
use super::requests::Purpose;
use coffer_model::{Edit, Entry, Job, Load, Outcome, Preview};
use std::sync::Arc;

/// The selection has to rest so long before a preview is asked for.
const REST_SECS: f64 = 0.1;

/// The longest side of a picture in the dialog, in pixels.
const PREVIEW_SIDE: u32 = 1600;

impl State {
    pub(super) fn open_versions(&mut self) {
        if let Some(entry) = self.only_selected().cloned() {
            self.open_versions_of(&entry, 0);
        }
    }

    /// From the list in the inspector.
    pub(super) fn show_revision(&mut self, index: usize) {
        if let Some(entry) = self.inspector.entry.clone() {
            self.open_versions_of(&entry, index);
        }
    }

    pub(super) fn open_versions_of(&mut self, entry: &Entry, selected: usize) {
        if entry.is_folder() {
            return;
        }
        let known = self.inspector.entry.as_ref().filter(|shown| shown.path == entry.path);
        let previous = known.and_then(|_| self.inspector.revisions.value().cloned());
        self.close_dialog();
        let job = Job::Revisions { path: entry.path.clone() };
        let request = self.run(job, Purpose::VersionsRevisions);
        self.open_dialog(Dialog::Versions(Versions {
            path: entry.path.clone(),
            deleted: entry.is_deleted(),
            revisions: Load::Pending { previous },
            selected,
            preview: Load::Pending { previous: None },
            request: Some(request),
            preview_request: None,
            restoring: None,
            problem: None,
            preview_due_secs: Some(self.clock_secs),
        }));
        self.preview_version_when_due();
    }

    pub(super) fn on_versions(&mut self, revisions: Arc<Vec<Entry>>) {
        let Some(Dialog::Versions(versions)) = &mut self.dialog else { return };
        let before = versions.selected_rev();
        versions.revisions.grow(revisions);
        let after = versions.selected_rev();
        if before != after || (versions.preview.is_pending() && versions.preview_request.is_none()) {
            self.select_version_preview(0.0);
            self.preview_version_when_due();
        }
    }

    pub(super) fn on_versions_listed(&mut self, outcome: Outcome) {
        let Some(Dialog::Versions(versions)) = &mut self.dialog else { return };
        versions.request = None;
        finish(&mut versions.revisions, outcome);
        let count = versions.revisions.value().map_or(0, |revisions| revisions.len());
        versions.selected = versions.selected.min(count.saturating_sub(1));
        if count == 0 {
            versions.preview = Load::Idle;
            versions.preview_due_secs = None;
        }
    }

    pub(super) fn select_revision(&mut self, index: usize) {
        let Some(Dialog::Versions(versions)) = &mut self.dialog else { return };
        let count = versions.revisions.value().map_or(0, |revisions| revisions.len());
        if index < count && index != versions.selected {
            versions.selected = index;
            self.select_version_preview(REST_SECS);
        }
    }

    /// Brings the selected revision back as the newest one.
    pub(super) fn restore_revision(&mut self) {
        let Some(Dialog::Versions(versions)) = &self.dialog else { return };
        if !versions.can_restore() {
            return;
        }
        let Some(rev) = versions.selected_rev() else { return };
        let newest = versions.revisions.value().and_then(|revisions| revisions.first()?.file().cloned());
        let current = newest.map(|file| file.rev).filter(|_| !versions.deleted);
        let edit = Edit::Restore { path: versions.path.clone(), rev, current };
        let id = self.run_edit(edit);
        if let Some(Dialog::Versions(versions)) = &mut self.dialog {
            versions.restoring = Some(id);
            versions.problem = None;
        }
    }

    pub(super) fn version_due_secs(&self) -> Option<f64> {
        match &self.dialog {
            Some(Dialog::Versions(versions)) => versions.preview_due_secs,
            _ => None,
        }
    }

    pub(super) fn preview_version_when_due(&mut self) {
        if !self.is_due(self.version_due_secs()) {
            return;
        }
        let Some(Dialog::Versions(versions)) = &mut self.dialog else { return };
        versions.preview_due_secs = None;
        let Some(entry) = versions.selected_entry().cloned() else { return };
        let request = self.run(Job::Preview { entry, max_side: PREVIEW_SIDE }, Purpose::VersionsPreview);
        if let Some(Dialog::Versions(versions)) = &mut self.dialog {
            versions.preview_request = Some(request);
        }
    }

    pub(super) fn on_version_preview(&mut self, preview: Arc<Preview>) {
        if let Some(Dialog::Versions(versions)) = &mut self.dialog {
            versions.preview.grow(preview);
        }
    }

    pub(super) fn on_version_previewed(&mut self, outcome: Outcome) {
        if let Some(Dialog::Versions(versions)) = &mut self.dialog {
            versions.preview_request = None;
            finish(&mut versions.preview, outcome);
        }
    }

    fn select_version_preview(&mut self, rest_secs: f64) {
        let due = self.clock_secs + rest_secs;
        let Some(Dialog::Versions(versions)) = &mut self.dialog else { return };
        versions.preview = Load::Pending { previous: None };
        versions.preview_due_secs = Some(due);
        let request = versions.preview_request.take();
        self.cancel(request);
    }
}

impl Versions {
    pub fn selected_entry(&self) -> Option<&Entry> {
        self.revisions.value()?.get(self.selected)
    }

    /// Not what is the newest anyway, unless the file is deleted; and once at a time.
    pub fn can_restore(&self) -> bool {
        self.restoring.is_none() && self.selected_entry().is_some() && (self.deleted || self.selected > 0)
    }

    fn selected_rev(&self) -> Option<coffer_model::Rev> {
        Some(self.selected_entry()?.file()?.rev.clone())
    }
}
