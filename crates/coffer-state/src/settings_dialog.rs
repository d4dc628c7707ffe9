//! The dialog with all settings. Each holds at once.

use super::State;
use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::settings::{Accent, LanguageChoice, RowHeight};
use coffer_model::{CacheUse, Job, Load, Outcome, Receipt, RequestId, ThemeChoice};

/// A setting with its new value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingChange {
    Theme(ThemeChoice),
    Accent(Accent),
    Language(LanguageChoice),
    RowHeight(RowHeight),
    /// Of everything in the window, 100 is the usual.
    Scale(u16),
    OpensWithOneClick(bool),
    ReducedMotion(bool),
    ChangeNotices(bool),
}

/// What it shows beyond the settings.
pub struct SettingsDialog {
    /// The pictures and previews that are kept on this computer.
    pub cache: Load<CacheUse>,
    request: Option<RequestId>,
}

impl SettingsDialog {
    fn new(context: &mut StateContext) -> Self {
        let mut dialog = Self { cache: Load::Idle, request: None };
        dialog.run(Job::MeasureCache, context);
        dialog
    }

    fn run(&mut self, job: Job, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.cache.begin();
        self.request = Some(context.run(job, RequestPurpose::MeasureCache));
    }

    pub(super) fn on_measured(&mut self, outcome: Outcome) {
        self.request = None;
        match outcome {
            Outcome::Done(Receipt::CacheMeasured(cache)) => self.cache = Load::Ready(cache),
            Outcome::Failed(problem) => self.cache.fail(problem),
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
    }
}

impl State {
    pub(super) fn open_settings(&mut self) {
        let dialog = SettingsDialog::new(&mut self.context);
        self.open_dialog(dialog);
    }

    pub(super) fn change_setting(&mut self, change: SettingChange) {
        self.settings.change(change, &self.context);
    }

    pub(super) fn clear_cache(&mut self) {
        if let Some((settings, context)) = self.settings_mut() {
            settings.run(Job::ClearCache, context);
        }
    }
}
