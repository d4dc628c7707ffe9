//! Steering transfers: pause, go on, first in the queue, stop, limits of speed.

use super::State;
use super::transfers::{Section, Transfer};
use coffer_model::transfer::Steer;
use coffer_model::{Phase, RequestId};

impl State {
    pub(super) fn pause_transfer(&mut self, id: RequestId) {
        let can = |it: &Transfer| it.is_running() && !it.cancelling && !it.paused;
        if self.transfers.get(id).is_some_and(can) {
            self.transfers.change(id, |transfer| transfer.paused = true);
            self.steer(id, Steer::Pause);
        }
    }

    pub(super) fn resume_transfer(&mut self, id: RequestId) {
        let can = |it: &Transfer| it.is_running() && !it.cancelling && it.is_paused();
        if self.transfers.get(id).is_some_and(can) {
            self.transfers.change(id, |transfer| {
                transfer.paused = false;
                // Until the worker says more, it waits for its turn.
                if let Some(progress) = &mut transfer.progress
                    && progress.phase == Phase::Paused
                {
                    progress.phase = Phase::Queued;
                }
            });
            self.steer(id, Steer::Resume);
        }
    }

    pub(super) fn pause_all_transfers(&mut self) {
        for id in self.running_transfers() {
            self.pause_transfer(id);
        }
    }

    pub(super) fn resume_all_transfers(&mut self) {
        for id in self.running_transfers() {
            self.resume_transfer(id);
        }
    }

    /// Puts a transfer before all others.
    pub(super) fn put_transfer_first(&mut self, id: RequestId) {
        if self.transfers.get(id).is_some_and(|it| it.is_running() && !it.cancelling) {
            self.transfers.put_first(id);
            self.steer(id, Steer::First);
        }
    }

    pub(super) fn cancel_transfer(&mut self, id: RequestId) {
        if let Some(at) = self.transfers.preparing.iter().position(|preparing| preparing.id == id) {
            self.transfers.preparing.remove(at);
            self.cancel(Some(id));
        } else if self.transfers.get(id).is_some_and(|it| it.is_running() && !it.cancelling) {
            self.transfers.change(id, |transfer| transfer.cancelling = true);
            self.stop(id);
        }
    }

    pub(super) fn cancel_all_transfers(&mut self) {
        let preparing: Vec<RequestId> = self.transfers.preparing.iter().map(|it| it.id).collect();
        for id in preparing.into_iter().chain(self.running_transfers()) {
            self.cancel_transfer(id);
        }
    }

    /// Bytes a second for all uploads and all downloads; `None` is all there is. They hold at once.
    pub(super) fn set_limits(&mut self, upload: Option<u64>, download: Option<u64>) {
        // Nothing would ever move.
        let (upload, download) = (upload.filter(|limit| *limit > 0), download.filter(|limit| *limit > 0));
        if (self.settings.upload_limit, self.settings.download_limit) != (upload, download) {
            self.settings.upload_limit = upload;
            self.settings.download_limit = download;
            self.save_now();
        }
    }

    pub(super) fn running_transfers(&self) -> Vec<RequestId> {
        self.transfers.ids(Section::Running).iter().copied().collect()
    }
}
