//! How things are shown, and remembering it: changed settings are saved when the changes have come to rest.

use super::State;
use super::effect::Effect;
use super::requests::RequestPurpose;
use coffer_model::{Job, SortColumn, ThemeChoice, ViewMode};

/// A width that is dragged is saved once.
const SAVE_AFTER_SECS: f64 = 1.0;

/// Edges of a grid cell's picture that the zoom keys go through, in points.
const GRID_STEPS: [f32; 7] = [48.0, 64.0, 96.0, 128.0, 160.0, 208.0, 256.0];

const SIDE_BAR_POINTS: (f32, f32) = (160.0, 480.0);
const INSPECTOR_POINTS: (f32, f32) = (240.0, 640.0);
const COLUMN_POINTS: (f32, f32) = (48.0, 400.0);
const WINDOW_POINTS: (f32, f32) = (320.0, 16_384.0);

impl State {
    /// What must still be sent before the program ends.
    #[must_use]
    pub fn quit(&mut self) -> Vec<Effect> {
        if self.save_due_secs.is_some() {
            self.save_now();
        }
        self.context.take_effects()
    }

    pub(super) fn save_soon(&mut self) {
        self.save_due_secs = Some(self.context.now_secs() + SAVE_AFTER_SECS);
    }

    pub(super) fn save_now(&mut self) {
        self.save_due_secs = None;
        self.context.run(Job::SaveSettings(self.settings.clone()), RequestPurpose::SaveSettings);
    }

    pub(super) fn save_when_due(&mut self) {
        if self.context.is_due(self.save_due_secs) {
            self.save_now();
        }
    }

    /// Bytes a second for all uploads and all downloads; `None` is all there is. They hold at once.
    pub(super) fn set_limits(&mut self, upload: Option<u64>, download: Option<u64>) {
        // With a limit of nothing, nothing would ever move.
        let (upload, download) = (upload.filter(|limit| *limit > 0), download.filter(|limit| *limit > 0));
        if (self.settings.upload_limit, self.settings.download_limit) != (upload, download) {
            self.settings.upload_limit = upload;
            self.settings.download_limit = download;
            self.save_now();
        }
    }

    pub(super) fn set_view(&mut self, view: ViewMode) {
        if self.settings.view != view {
            self.settings.view = view;
            self.browser.reveal = self.browser.cursor_row();
            self.save_soon();
        }
    }

    pub(super) fn set_theme(&mut self, theme: ThemeChoice) {
        self.settings.theme = theme;
        self.save_soon();
    }

    pub(super) fn toggle_reduced_motion(&mut self) {
        self.settings.reduced_motion = !self.settings.reduced_motion;
        self.save_soon();
    }

    pub(super) fn set_grid_points(&mut self, points: f32) {
        let range = (GRID_STEPS[0], GRID_STEPS[GRID_STEPS.len() - 1]);
        set_clamped(&mut self.settings.grid_points, points, range);
        self.save_soon();
    }

    /// One step larger or smaller; 0 goes back to the usual size.
    pub(super) fn zoom_grid(&mut self, direction: i32) {
        let now = self.settings.grid_points;
        let points = match direction {
            0 => coffer_model::Settings::default().grid_points,
            1 => GRID_STEPS.into_iter().find(|step| *step > now + 0.5).unwrap_or(now),
            _ => GRID_STEPS.into_iter().rev().find(|step| *step < now - 0.5).unwrap_or(now),
        };
        self.set_grid_points(points);
    }

    pub(super) fn set_side_bar_width(&mut self, points: f32) {
        set_clamped(&mut self.settings.side_bar_width, points, SIDE_BAR_POINTS);
        self.save_soon();
    }

    pub(super) fn set_inspector_width(&mut self, points: f32) {
        set_clamped(&mut self.settings.inspector_width, points, INSPECTOR_POINTS);
        self.save_soon();
    }

    pub(super) fn set_column_width(&mut self, column: SortColumn, points: f32) {
        let widths = &mut self.settings.column_widths;
        match column {
            // The name takes the rest.
            SortColumn::Name => return,
            SortColumn::Size => set_clamped(&mut widths.size, points, COLUMN_POINTS),
            SortColumn::Modified => set_clamped(&mut widths.modified, points, COLUMN_POINTS),
            SortColumn::Kind => set_clamped(&mut widths.kind, points, COLUMN_POINTS),
        }
        self.save_soon();
    }

    pub(super) fn set_window_size(&mut self, [width, height]: [f32; 2]) {
        let [old_width, old_height] = self.settings.window_size;
        // The window says its size often; it is saved when it is another.
        if (width - old_width).abs() >= 1.0 || (height - old_height).abs() >= 1.0 {
            set_clamped(&mut self.settings.window_size[0], width, WINDOW_POINTS);
            set_clamped(&mut self.settings.window_size[1], height, WINDOW_POINTS);
            self.save_soon();
        }
    }
}

fn set_clamped(value: &mut f32, new: f32, (least, most): (f32, f32)) {
    if new.is_finite() {
        *value = new.clamp(least, most);
    }
}
