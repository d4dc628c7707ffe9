//! The location of the activity: asking for it, moving through it, and what is done with an operation.

use super::ActivityAction;
use crate::input::Motion;
use crate::requests::{RequestPurpose, finish_load};
use crate::{Location, State};
use coffer_model::{
    History, Job, Listing, Load, Operation, OperationId, OperationKind, Outcome, Receipt, RemotePath, Sort,
};
use std::sync::Arc;

impl State {
    pub(crate) fn is_in_activity(&self) -> bool {
        matches!(self.navigation.current(), Location::Activity { .. })
    }

    /// The location is opened: the latest operations are known already.
    pub(crate) fn enter_activity(&mut self) {
        if self.activity.operations().is_empty() && *self.navigation.current() == Location::activity() {
            let operations = self.undo.latest();
            self.activity.replace(&Arc::new(History { operations, problem: None }));
        }
    }

    /// Takes the operations that were asked for.
    pub(crate) fn take_activity(&mut self, outcome: &Outcome) {
        if let Outcome::Done(Receipt::History(history)) = outcome {
            self.activity.replace(history);
            // Operations are no items, so the location has no rows.
            let listing = Arc::new(Listing::new(Vec::new(), Sort::default(), true));
            self.browser.on_listing(&listing, self.navigation.current(), &mut self.context);
        }
    }

    /// An operation was done, undone or redone here.
    pub(crate) fn record_in_activity(&mut self, operation: &Operation) {
        let is_listed = match self.navigation.current() {
            Location::Activity { text, group } => {
                text.is_empty() && group.is_none_or(|group| group == operation.kind.group())
            }
            _ => false,
        };
        self.activity.apply(operation, is_listed);
    }

    pub(crate) fn apply_to_activity(&mut self, action: ActivityAction) {
        let Location::Activity { text, group } = self.navigation.current().clone() else { return };
        match action {
            ActivityAction::Filter(group) => self.replace_visit(Location::Activity { text, group }),
            ActivityAction::Search(text) => self.replace_visit(Location::Activity { text, group }),
            ActivityAction::Select(id) => self.select_operation(id),
            ActivityAction::ClearSelection => self.activity.selected = None,
            ActivityAction::Show(id) => self.show_operation(id),
            ActivityAction::Reverse(id) => {
                let operation = self.activity.get(id).filter(|it| it.can_reverse && !self.session.offline);
                if let Some(operation) = operation.cloned() {
                    self.reverse(operation);
                }
            }
        }
    }

    fn select_operation(&mut self, id: OperationId) {
        if self.activity.selected == Some(id) {
            return;
        }
        self.activity.selected = Some(id);
        self.context.cancel(self.activity.items_request.take());
        self.activity.items = Load::default();
        self.activity.items.begin();
        let request = self.context.run(Job::ListOperationItems(id), RequestPurpose::OperationItems);
        self.activity.items_request = Some(request);
    }

    pub(crate) fn on_operation_items(&mut self, outcome: Outcome) {
        self.activity.items_request = None;
        match outcome {
            Outcome::Done(Receipt::OperationItems(items)) => self.activity.items = Load::Ready(items),
            outcome => finish_load(&mut self.activity.items, outcome),
        }
    }

    /// Arrow keys go from one operation to the next.
    pub(crate) fn move_in_activity(&mut self, motion: Motion) {
        let operations = self.activity.operations();
        let Some(last) = operations.len().checked_sub(1) else { return };
        let from = self.activity.selected.and_then(|id| self.activity.index_of(id));
        let page = self.browser.page_lines.max(1);
        let index = match (motion, from) {
            (Motion::Home, _) | (Motion::Down | Motion::PageDown, None) => 0,
            (Motion::End, _) | (Motion::Up | Motion::PageUp, None) => last,
            (Motion::Down, Some(from)) => (from + 1).min(last),
            (Motion::Up, Some(from)) => from.saturating_sub(1),
            (Motion::PageDown, Some(from)) => (from + page).min(last),
            (Motion::PageUp, Some(from)) => from.saturating_sub(page),
            (Motion::Left | Motion::Right, _) => return,
        };
        let id = operations[index].id;
        self.select_operation(id);
        self.activity.reveal = true;
    }

    /// Shows the items where they are now; where they were, if they are gone.
    fn show_operation(&mut self, id: OperationId) {
        let Some(operation) = self.activity.get(id) else { return };
        let before = operation.before.as_ref();
        let is_back = operation.undone.is_some() && operation.kind != OperationKind::Copy;
        let item = before.filter(|_| is_back).unwrap_or(&operation.item).clone();
        let folder = item.parent().unwrap_or_default();
        let mut items = vec![item];
        if let (Some(listed), None, true) =
            (self.activity.items.value(), operation.undone, self.activity.selected == Some(id))
        {
            let paths = listed.items.iter().map(|item| RemotePath::new(&item.path));
            items = paths.filter(|path| folder.is_parent_of(path)).collect();
        }
        self.show_in(folder, items);
    }
}
