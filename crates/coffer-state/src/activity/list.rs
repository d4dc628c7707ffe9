//! The operations that are listed, which one is selected, and what is known of its items. The window puts them in days.

use coffer_model::{History, Load, Operation, OperationId, OperationItems, Problem, RequestId};
use std::sync::Arc;

#[derive(Default)]
pub struct Activity {
    /// The latest first. What was listed stays until something else is.
    history: Arc<History>,

    pub selected: Option<OperationId>,

    /// The items of the selected one.
    pub items: Load<Arc<OperationItems>>,
    pub(super) items_request: Option<RequestId>,

    /// The keyboard has gone to the selected one: it is to be seen.
    pub reveal: bool,

    /// Rises whenever the lines to be drawn are others.
    pub version: u64,
}

impl Activity {
    /// Without operations, for another account in the same window.
    pub(crate) fn emptied(&self) -> Self {
        Self { version: self.version + 1, ..Self::default() }
    }

    pub fn operations(&self) -> &[Operation] {
        &self.history.operations
    }

    /// Why not all that was done is listed, or why it is not kept.
    pub fn problem(&self) -> Option<&Problem> {
        self.history.problem.as_ref()
    }

    pub fn get(&self, id: OperationId) -> Option<&Operation> {
        Some(&self.history.operations[self.index_of(id)?])
    }

    pub fn selected(&self) -> Option<&Operation> {
        self.get(self.selected?)
    }

    pub(super) fn index_of(&self, id: OperationId) -> Option<usize> {
        // Their numbers fall.
        self.history.operations.binary_search_by(|it| id.cmp(&it.id)).ok()
    }

    pub(crate) fn replace(&mut self, history: &Arc<History>) {
        if self.history != *history {
            self.history = Arc::clone(history);
            self.version += 1;
        }
        if self.selected().is_none() {
            self.selected = None;
        }
    }

    /// An operation was done, undone or redone. A new one is listed where it `fits` what is asked for.
    pub(crate) fn apply(&mut self, operation: &Operation, fits: bool) {
        let known = self.index_of(operation.id);
        let operations = &mut Arc::make_mut(&mut self.history).operations;
        match known {
            Some(index) => operations[index] = operation.clone(),
            None if fits && operations.first().is_none_or(|first| first.id < operation.id) => {
                operations.insert(0, operation.clone());
            }
            None => return,
        }
        self.version += 1;
    }
}
