//! What a person does to transfers that run: pause, resume, prioritize, cancel.

use super::focus::Section;
use super::list::TransferList;
use super::transfer::TransferItem;
use crate::context::StateContext;
use coffer_model::transfer::TransferCommand;
use coffer_model::{RequestId, TransferPhase};

impl TransferList {
    pub(crate) fn running(&self) -> Vec<RequestId> {
        self.ids(Section::Running).iter().copied().collect()
    }

    pub(crate) fn running_or_failed(&self) -> Vec<RequestId> {
        [Section::Running, Section::Failed].iter().flat_map(|section| self.ids(*section)).copied().collect()
    }

    pub(crate) fn pause(&mut self, id: RequestId, context: &mut StateContext) {
        if self.is_active_and(id, |it| !it.paused) {
            self.change(id, |transfer| transfer.paused = true);
            context.control(id, TransferCommand::Pause);
        }
    }

    pub(crate) fn resume(&mut self, id: RequestId, context: &mut StateContext) {
        if self.is_active_and(id, TransferItem::is_paused) {
            self.change(id, |transfer| {
                transfer.paused = false;
                // Until the worker says more, it waits for its turn.
                if let Some(progress) = &mut transfer.progress
                    && progress.phase == TransferPhase::Paused
                {
                    progress.phase = TransferPhase::Queued;
                }
            });
            context.control(id, TransferCommand::Resume);
        }
    }

    pub(crate) fn pause_all(&mut self, context: &mut StateContext) {
        for id in self.running() {
            self.pause(id, context);
        }
    }

    pub(crate) fn resume_all(&mut self, context: &mut StateContext) {
        for id in self.running() {
            self.resume(id, context);
        }
    }

    /// Puts a transfer before all others.
    pub(crate) fn prioritize(&mut self, id: RequestId, context: &mut StateContext) {
        if self.is_active_and(id, |_| true) {
            self.move_to_front(id);
            context.control(id, TransferCommand::Prioritize);
        }
    }

    /// Also ends the look at files that comes before an upload.
    pub(crate) fn cancel(&mut self, id: RequestId, context: &mut StateContext) {
        if let Some(index) = self.preparing.iter().position(|preparing| preparing.id == id) {
            self.preparing.remove(index);
            context.cancel(Some(id));
        } else if self.is_active_and(id, |_| true) {
            self.change(id, |transfer| transfer.cancelling = true);
            context.stop(id);
        }
    }

    pub(crate) fn cancel_all(&mut self, context: &mut StateContext) {
        let preparing: Vec<RequestId> = self.preparing.iter().map(|it| it.id).collect();
        for id in preparing.into_iter().chain(self.running()) {
            self.cancel(id, context);
        }
    }

    /// It runs, was not cancelled, and `which` holds.
    fn is_active_and(&self, id: RequestId, which: impl FnOnce(&TransferItem) -> bool) -> bool {
        self.get(id).is_some_and(|it| it.is_running() && !it.cancelling && which(it))
    }
}
