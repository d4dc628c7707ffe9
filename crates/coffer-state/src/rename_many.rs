//! Renaming many items by a rule. The worker works out the names while the rule is typed; nothing is sent as long as one of them
//! can’t be given.

use super::State;
use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::{
    Edit, Entry, Job, Listing, Outcome, Problem, Receipt, RemotePath, RenamePlan, RenameQuestion, RenameRule,
    RequestId,
};
use std::sync::Arc;

pub struct RenameManyDialog {
    /// In the order in which they are numbered, which is that of the rows.
    pub entries: Arc<Vec<Entry>>,
    pub rule: RenameRule,
    /// The names by the rule; by the one before until the next are there.
    pub plan: Arc<RenamePlan>,
    pub problem: Option<Problem>,
    rows: Option<Arc<Listing>>,
    request: Option<RequestId>,
}

impl RenameManyDialog {
    fn new(entries: Vec<Entry>, rows: Option<Arc<Listing>>, context: &mut StateContext) -> Self {
        let mut dialog = Self {
            entries: Arc::new(entries),
            rule: RenameRule::default(),
            plan: Arc::default(),
            problem: None,
            rows,
            request: None,
        };
        dialog.ask(context);
        dialog
    }

    fn ask(&mut self, context: &mut StateContext) {
        context.cancel(self.request.take());
        let question = RenameQuestion {
            entries: Arc::clone(&self.entries),
            rows: self.rows.clone(),
            rule: self.rule.clone(),
        };
        self.request = Some(context.run(Job::PlanRename(Box::new(question)), RequestPurpose::RenamePlan));
    }

    /// Whether the names are those of the rule, at least one is another one, and all can be given.
    pub fn can_rename(&self) -> bool {
        self.request.is_none() && self.plan.refused == 0 && self.plan.changed > 0
    }

    pub(super) fn on_planned(&mut self, outcome: Outcome) {
        self.request = None;
        match outcome {
            Outcome::Done(Receipt::RenamePlanned(plan)) => {
                self.plan = plan;
                self.problem = None;
            }
            Outcome::Failed(problem) => {
                self.plan = Arc::default();
                self.problem = Some(problem);
            }
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    /// The items that get other names, each with its new path.
    fn moves(&self) -> Vec<(Entry, RemotePath)> {
        let names = self.entries.iter().zip(&self.plan.names);
        let changed = names.filter(|(entry, planned)| entry.name() != planned.name);
        let target = |entry: &Entry, name: &str| entry.path.parent().unwrap_or_default().join(name);
        changed.map(|(entry, planned)| (entry.clone(), target(entry, &planned.name))).collect()
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
    }
}

impl State {
    /// One item is renamed in its row, several by a rule.
    pub(super) fn begin_rename(&mut self) {
        let renamed = match self.browser.status.selected {
            0 | 1 => self.browser.subject_alone().cloned().into_iter().collect(),
            _ => self.browser.cloned_selection(),
        };
        if self.refuses_rename(&renamed) {
            return;
        }
        if self.browser.status.selected > 1 {
            let rows = self.browser.all_rows().cloned();
            let dialog = RenameManyDialog::new(renamed, rows, &mut self.context);
            self.open_dialog(dialog);
        } else {
            self.browser.begin_rename();
        }
    }

    pub(super) fn edit_rename_rule(&mut self, rule: RenameRule) {
        if let Some((dialog, context)) = self.rename_many_mut() {
            dialog.rule = rule;
            dialog.ask(context);
        }
    }

    pub(super) fn confirm_rename_many(&mut self) {
        let Some((dialog, _)) = self.rename_many_mut() else { return };
        if dialog.can_rename() {
            let edit = Edit::Move(dialog.moves());
            self.close_dialog();
            if !self.refuses_edit(&edit) {
                self.run_edit(edit);
            }
        }
    }
}
