//! Undo and redo, as the history of the worker has them: the operation that was done last is undone first, what was undone
//! last is redone first, and a new operation ends redo. Steps run one after the other, and only when no other edit is under
//! way: the newest operation is known only then.

use super::runs::EditRun;
use super::toast::ToastAction;
use super::{Location, State, operation_text};
use coffer_model::{Edit, History, Operation, OperationId, OperationKind, UndoStep};
use coffer_texts::tr;
use std::collections::{BTreeMap, VecDeque};

/// So many operations can be undone by the command; older ones from the list of all.
const DEPTH: usize = 200;

/// The operations that can be undone and redone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoStack {
    /// The latest, those of earlier runs among them.
    operations: BTreeMap<OperationId, Operation>,

    /// What a step would do now, with its words ("Move “Budget.csv”").
    undo: Option<(OperationId, String)>,
    redo: Option<(OperationId, String)>,

    /// Where the latest operations of this run were done or undone.
    locations: VecDeque<(OperationId, Location)>,

    /// Asked for while an edit was under way. Empty as soon as none is: what is kept longer would undo what is done later.
    queue: VecDeque<UndoStep>,

    /// What a step under way undoes or redoes.
    running: Option<OperationId>,
}

impl UndoStack {
    /// The operation that Undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.as_ref().map(|(_, label)| label.as_str())
    }

    /// The operation that Redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.as_ref().map(|(_, label)| label.as_str())
    }

    /// Whether a step can be done now, or will be known to be possible when the running one has ended.
    pub(super) fn can(&self, step: UndoStep) -> bool {
        self.next(step).is_some() || self.running.is_some()
    }

    fn next(&self, step: UndoStep) -> Option<&Operation> {
        let next = match step {
            UndoStep::Undo => &self.undo,
            UndoStep::Redo => &self.redo,
        };
        self.operations.get(&next.as_ref()?.0)
    }

    /// One of the latest operations, as it stands now.
    pub(super) fn get(&self, id: OperationId) -> Option<&Operation> {
        self.operations.get(&id)
    }

    /// The latest operations, the latest first.
    pub(super) fn latest(&self) -> Vec<Operation> {
        self.operations.values().rev().cloned().collect()
    }

    /// Takes in what the worker tells of the latest operations.
    pub(super) fn update(&mut self, history: &History) {
        self.operations = history.operations.iter().map(|it| (it.id, it.clone())).collect();
        self.find_next();
    }

    /// An operation was done, undone or redone, at a location of the window.
    pub(super) fn record(&mut self, operation: Operation, location: &Location) {
        self.locations.push_back((operation.id, location.clone()));
        self.operations.insert(operation.id, operation);
        if self.operations.len() > DEPTH {
            self.operations.pop_first();
            self.locations.retain(|(id, _)| self.operations.contains_key(id));
        }
        self.find_next();
    }

    /// What was refused is not tried again by the command.
    fn find_next(&mut self) {
        let newest = self.operations.keys().next_back().map_or(0, |id| id.0);
        let next = |step| {
            let ready = |it: &&Operation| {
                let is_refused = it.problem.is_some() && it.undone.is_none();
                let is_new = step == UndoStep::Undo || it.changed > newest;
                let is_free = self.running != Some(it.id);
                it.next_step() == step && it.can_reverse && !is_refused && is_new && is_free
            };
            let latest = self.operations.values().filter(ready).max_by_key(|it| it.changed)?;
            Some((latest.id, operation_text::label(latest)))
        };
        (self.undo, self.redo) = (next(UndoStep::Undo), next(UndoStep::Redo));
    }

    fn set_running(&mut self, running: Option<OperationId>) {
        self.running = running;
        self.find_next();
    }

    /// What was asked for behind a failed edit was meant for another state of things.
    pub(super) fn on_edit_failed(&mut self) {
        self.queue.clear();
    }

    /// Forgets what was asked for behind an edit; whether that was anything.
    fn drop_queue(&mut self) -> bool {
        !std::mem::take(&mut self.queue).is_empty()
    }

    /// Whether whoever is at a location sees what undoing or redoing this changes, or has done it there.
    fn is_in_view(&self, operation: &Operation, location: &Location) -> bool {
        // A link that is taken away never works again, so nobody does that by accident.
        if operation.kind == OperationKind::CreateLink {
            return false;
        }
        let was_done_here =
            |(id, done_at): &(OperationId, Location)| *id == operation.id && done_at == location;
        let shows = match location {
            Location::Folder(folder) => {
                let before = operation.before.as_ref().filter(|_| operation.kind != OperationKind::Copy);
                folder.is_parent_of(&operation.item) || before.is_some_and(|it| folder.is_parent_of(it))
            }
            // All are listed there.
            Location::Activity { .. } => true,
            _ => false,
        };
        shows || self.locations.iter().any(was_done_here)
    }
}

impl State {
    /// What was done before the start, or by another program.
    pub(super) fn on_history(&mut self, history: &History) {
        self.undo.update(history);
        if self.is_in_activity() {
            self.browser.list_soon(self.context.now_secs());
        }
    }

    /// What is not in view is named before it is undone: the step is done when it is asked for once more.
    pub(super) fn undo_step(&mut self, step: UndoStep) {
        if self.context.is_editing() {
            self.undo.queue.push_back(step);
            return;
        }
        let Some(operation) = self.undo.next(step).cloned() else { return };
        let action = ToastAction::Reverse(operation.id, step);
        if self.undo.is_in_view(&operation, self.navigation.current()) || self.toasts.offers(&action) {
            self.reverse(operation);
        } else {
            self.toast_done(operation_text::elsewhere(&operation, self.now), Some(action));
        }
    }

    /// Something else was done: what was asked for before is not to undo that.
    pub(super) fn drop_earlier_undo(&mut self) {
        if self.undo.drop_queue() {
            self.toast_done(tr!("undo-dropped").to_owned(), None);
        }
    }

    /// Continues with what was asked for while an edit was under way.
    pub(super) fn next_undo_step(&mut self) {
        if !self.context.is_editing() {
            self.undo.set_running(None);
            if let Some(step) = self.undo.queue.pop_front() {
                self.undo_step(step);
            }
            // A step that asks first, or finds nothing to do, begins no edit behind which the others could wait.
            if !self.context.is_editing() {
                self.undo.drop_queue();
            }
        }
    }

    /// Undoes or redoes one of the latest operations, also when it is no longer the newest; nothing where that was done
    /// meanwhile.
    pub(super) fn reverse_known(&mut self, id: OperationId, step: UndoStep) {
        let known = self.undo.get(id).filter(|it| it.next_step() == step && it.can_reverse);
        if let Some(operation) = known.cloned() {
            self.reverse(operation);
        }
    }

    /// Undoes an operation, or redoes it where it is undone.
    pub(super) fn reverse(&mut self, operation: Operation) {
        if self.refuses_reversal(&operation) {
            return;
        }
        self.toasts.remove_undone(operation.id);
        self.undo.set_running(Some(operation.id));
        let edit = Edit::reverse(&operation);
        let label = operation_text::label(&operation);
        self.send_edit(EditRun { edit, reversed: Some(operation), label, earlier: None });
    }
}
