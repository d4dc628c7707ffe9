//! Selecting the rows whose names have a pattern, such as `*.jpg`. The worker finds them, by the rules of the filter.

use super::State;
use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::{Job, Listing, Outcome, Problem, Receipt, RequestId};
use std::sync::Arc;

pub struct SelectPatternDialog {
    typed: String,
    rows: Arc<Listing>,
    /// The rows that match what was typed; those of what was typed before until the next are there.
    pub found: Arc<Listing>,
    pub problem: Option<Problem>,
    request: Option<RequestId>,
}

impl SelectPatternDialog {
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What was typed is being looked for.
    pub fn is_searching(&self) -> bool {
        self.request.is_some()
    }

    /// Among how many rows it looks.
    pub fn row_count(&self) -> usize {
        self.rows.entries.len()
    }

    fn edit(&mut self, typed: String, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.problem = None;
        if typed.trim().is_empty() {
            self.found = Arc::new(Listing::new(Vec::new(), self.rows.sort, true));
        } else {
            let (rows, query) = (Arc::clone(&self.rows), typed.clone());
            let job = Job::FilterRows { rows, query, unfolded: Arc::default(), inside: Arc::default() };
            self.request = Some(context.run(job, RequestPurpose::SelectPattern));
        }
        self.typed = typed;
    }

    pub(super) fn on_found(&mut self, outcome: Outcome) {
        self.request = None;
        match outcome {
            Outcome::Done(Receipt::Listed(found)) => self.found = found,
            Outcome::Failed(problem) => self.problem = Some(problem),
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
    }
}

impl State {
    pub(super) fn open_select_pattern(&mut self) {
        let Some(rows) = self.browser.listing.value().cloned() else { return };
        let found = Arc::new(Listing::new(Vec::new(), rows.sort, true));
        self.open_dialog(SelectPatternDialog {
            typed: String::new(),
            rows,
            found,
            problem: None,
            request: None,
        });
    }

    pub(super) fn edit_pattern(&mut self, typed: String) {
        if let Some((dialog, context)) = self.select_pattern_mut() {
            dialog.edit(typed, context);
        }
    }

    /// Selects what was found, of the rows that are still there.
    pub(super) fn confirm_pattern(&mut self) {
        let Some((dialog, _)) = self.select_pattern_mut() else { return };
        if dialog.is_searching() || dialog.found.entries.is_empty() {
            return;
        }
        let found = Arc::clone(&dialog.found);
        self.close_dialog();
        self.browser.select_found(&found);
    }
}
