//! What all parts of the state share: the time, the requests that are under way, and the effects that the window is
//! still to be told. Each part changes its own fields and is handed this beside them.

use super::effect::Effect;
use super::requests::RequestPurpose;
use super::runs::EditRun;
use coffer_model::message::Pick;
use coffer_model::transfer::TransferCommand;
use coffer_model::{Job, Request, RequestId};
use std::collections::HashMap;

#[derive(Default)]
pub(super) struct StateContext {
    now_secs: f64,
    running: HashMap<RequestId, RequestPurpose>,
    effects: Vec<Effect>,
    last_id: u64,
}

impl StateContext {
    /// Program time of the last tick, from which all waiting is counted.
    pub(super) fn now_secs(&self) -> f64 {
        self.now_secs
    }

    /// Time never goes back.
    pub(super) fn set_now(&mut self, program_secs: f64) {
        self.now_secs = self.now_secs.max(program_secs);
    }

    pub(super) fn is_due(&self, due_secs: Option<f64>) -> bool {
        due_secs.is_some_and(|due| due <= self.now_secs)
    }

    /// Names something as requests are named.
    pub(super) fn next_id(&mut self) -> RequestId {
        self.last_id += 1;
        RequestId(self.last_id)
    }

    /// Asks the worker to run a job; its events belong to `purpose`.
    pub(super) fn run(&mut self, job: Job, purpose: RequestPurpose) -> RequestId {
        let id = self.next_id();
        self.running.insert(id, purpose);
        self.emit(Effect::Send(Request::Run { id, job }));
        id
    }

    /// Opens the system's dialog for files in place of the one that is open: there is only one at a time.
    pub(super) fn pick(&mut self, pick: Pick, purpose: RequestPurpose) {
        for id in self.ids(RequestPurpose::is_pick) {
            self.cancel(Some(id));
        }
        self.run(Job::Pick(pick), purpose);
    }

    /// Shows an address in the browser.
    pub(super) fn browse(&mut self, url: String) {
        self.run(Job::Browse { url }, RequestPurpose::Browse);
    }

    /// Stops a request and forgets its purpose: events that still come of it are dropped.
    pub(super) fn cancel(&mut self, id: Option<RequestId>) {
        let Some(id) = id else { return };
        if self.running.remove(&id).is_some() {
            self.emit(Effect::Send(Request::Cancel(id)));
        }
    }

    /// Asks a request to stop; how it ends still matters.
    pub(super) fn stop(&mut self, id: RequestId) {
        if self.running.contains_key(&id) {
            self.emit(Effect::Send(Request::Cancel(id)));
        }
    }

    /// Pauses, resumes or prioritizes a transfer that runs.
    pub(super) fn control(&mut self, id: RequestId, command: TransferCommand) {
        if self.running.contains_key(&id) {
            self.emit(Effect::Send(Request::Control { id, command }));
        }
    }

    /// Lets a request run to its end without listening any longer.
    pub(super) fn ignore(&mut self, id: RequestId) {
        self.running.remove(&id);
    }

    /// The purpose of a request that runs. None: nobody waits for its events any longer.
    pub(super) fn purpose(&self, id: RequestId) -> Option<RequestPurpose> {
        self.running.get(&id).cloned()
    }

    /// The purpose of a request that has ended.
    pub(super) fn finish(&mut self, id: RequestId) -> Option<RequestPurpose> {
        self.running.remove(&id)
    }

    /// The requests that run for a purpose that `which` picks, oldest first.
    pub(super) fn ids(&self, which: impl Fn(&RequestPurpose) -> bool) -> Vec<RequestId> {
        let mut ids: Vec<RequestId> =
            self.running.iter().filter(|(_, purpose)| which(purpose)).map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }

    /// Gives up all requests but transfers and settings. Edits are not stopped half-way, only no longer listened to.
    pub(super) fn drop_requests(&mut self) {
        for id in self.ids(|purpose| matches!(purpose, RequestPurpose::Edit(_))) {
            self.ignore(id);
        }
        let is_kept = |purpose: &RequestPurpose| {
            matches!(
                purpose,
                RequestPurpose::Transfer
                    | RequestPurpose::Notify
                    | RequestPurpose::CloseWorkingCopy(_)
                    | RequestPurpose::DiscardWorkingCopy
                    | RequestPurpose::SaveSettings
                    | RequestPurpose::SavePlaces
            )
        };
        for id in self.ids(|purpose| !is_kept(purpose)) {
            self.cancel(Some(id));
        }
    }

    pub(super) fn is_editing(&self) -> bool {
        self.edits().next().is_some()
    }

    /// The edits under way.
    pub(super) fn edits(&self) -> impl Iterator<Item = &EditRun> {
        self.running.values().filter_map(|purpose| match purpose {
            RequestPurpose::Edit(run) => Some(&**run),
            _ => None,
        })
    }

    pub(super) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn copy_text(&mut self, text: String) {
        self.emit(Effect::CopyText(text));
    }

    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}
