//! The large preview: the file of the cursor over the whole window; arrows go to the next file and take the cursor
//! along.

use super::State;
use super::action::{Motion, ZoomStep};
use super::dialog::{Dialog, LargePreview};
use super::inspector::finish;
use super::requests::Purpose;
use coffer_model::{Entry, Job, Load, Outcome, Preview, RequestId};
use std::sync::Arc;

/// An arrow key that is held shows names only until it rests.
const REST_SECS: f64 = 0.08;

/// The longest side of the picture, in pixels: what any graphics card takes as one texture.
const PREVIEW_SIDE: u32 = 4096;

const ZOOM_FACTOR: f32 = 1.25;
const ZOOM_RANGE: (f32, f32) = (0.02, 32.0);

impl State {
    pub(super) fn open_large_preview(&mut self) {
        if let Some(entry) = self.subject().filter(|entry| entry.file().is_some()).cloned() {
            let due_secs = Some(self.clock_secs);
            self.open_dialog(Dialog::LargePreview(LargePreview {
                entry,
                preview: Load::Pending { previous: None },
                request: None,
                zoom: None,
                fit_zoom: 1.0,
                due_secs,
            }));
            self.preview_large_when_due();
        }
    }

    /// Arrow keys: through the rows, or through the files when the large preview is open.
    pub(super) fn move_anywhere(&mut self, motion: Motion, extend: bool, toggle_only: bool) {
        match (&self.dialog, motion) {
            (None, _) => self.move_cursor(motion, extend, toggle_only),
            (Some(Dialog::LargePreview(_)), Motion::Right | Motion::Down | Motion::PageDown) => {
                self.step_large_preview(true);
            }
            (Some(Dialog::LargePreview(_)), Motion::Left | Motion::Up | Motion::PageUp) => {
                self.step_large_preview(false);
            }
            (Some(Dialog::Versions(versions)), Motion::Down) => {
                let next = versions.selected + 1;
                self.select_revision(next);
            }
            (Some(Dialog::Versions(versions)), Motion::Up) => {
                let previous = versions.selected.saturating_sub(1);
                self.select_revision(previous);
            }
            (Some(_), _) => {}
        }
    }

    pub(super) fn step_large_preview(&mut self, forward: bool) {
        let Some(Dialog::LargePreview(large)) = &self.dialog else { return };
        let Some(listing) = self.browser.listing.value().cloned() else { return };
        let at = listing.row_of(&large.entry.path);
        let is_file = |row: &usize| listing.entries[*row].file().is_some();
        let row = match (at, forward) {
            (Some(at), true) => (at + 1..listing.entries.len()).find(is_file),
            (Some(at), false) => (0..at).rev().find(is_file),
            // The file is gone from the list: the first one that is there.
            (None, _) => (0..listing.entries.len()).find(is_file),
        };
        let Some(row) = row else { return };
        let entry: Entry = listing.entries[row].clone();
        self.browser.selection.only(&entry.path);
        self.browser.reveal = Some(row);
        self.browser.changed = true;
        let due_secs = Some(self.clock_secs + REST_SECS);
        let Some(Dialog::LargePreview(large)) = &mut self.dialog else { return };
        let request: Option<RequestId> = large.request.take();
        *large = LargePreview {
            entry,
            preview: Load::Pending { previous: None },
            request: None,
            zoom: None,
            fit_zoom: large.fit_zoom,
            due_secs,
        };
        self.cancel(request);
    }

    pub(super) fn zoom_large_preview(&mut self, step: ZoomStep) {
        let Some(Dialog::LargePreview(large)) = &mut self.dialog else { return };
        let now = large.zoom.unwrap_or(large.fit_zoom);
        let zoom = match step {
            ZoomStep::Fit => None,
            ZoomStep::Actual => Some(1.0),
            ZoomStep::In => Some(now * ZOOM_FACTOR),
            ZoomStep::Out => Some(now / ZOOM_FACTOR),
            ZoomStep::To(zoom) => Some(zoom).filter(|zoom| zoom.is_finite()),
        };
        large.zoom = zoom.map(|zoom| zoom.clamp(ZOOM_RANGE.0, ZOOM_RANGE.1));
    }

    pub(super) fn set_fit_zoom(&mut self, zoom: f32) {
        if let Some(Dialog::LargePreview(large)) = &mut self.dialog
            && zoom.is_finite()
            && zoom > 0.0
        {
            large.fit_zoom = zoom;
        }
    }

    pub(super) fn large_due_secs(&self) -> Option<f64> {
        match &self.dialog {
            Some(Dialog::LargePreview(large)) => large.due_secs,
            _ => None,
        }
    }

    pub(super) fn preview_large_when_due(&mut self) {
        if !self.is_due(self.large_due_secs()) {
            return;
        }
        let Some(Dialog::LargePreview(large)) = &mut self.dialog else { return };
        large.due_secs = None;
        let job = Job::Preview { entry: large.entry.clone(), max_side: PREVIEW_SIDE };
        let request = self.run(job, Purpose::LargePreview);
        if let Some(Dialog::LargePreview(large)) = &mut self.dialog {
            large.request = Some(request);
        }
    }

    pub(super) fn on_large_preview(&mut self, preview: Arc<Preview>) {
        if let Some(Dialog::LargePreview(large)) = &mut self.dialog {
            large.preview.grow(preview);
        }
    }

    pub(super) fn on_large_previewed(&mut self, outcome: Outcome) {
        if let Some(Dialog::LargePreview(large)) = &mut self.dialog {
            large.request = None;
            finish(&mut large.preview, outcome);
        }
    }
}
