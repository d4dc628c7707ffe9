//! One transfer's way to the store, for all its tasks: what earlier runs have done, and what this one does. Before the
//! record is acquired, and where none can be kept, it knows nothing and keeps nothing.

use super::store::{
    Change, DownloadedItem, LeaseError, SessionRow, StoreError, TransferRecord, TransferStore, UploadProgress,
};
use crate::context::JobError;
use crate::path_root::NotedRoot;
use crate::problem;
use coffer_model::transfer::TransferReport;
use coffer_model::{AccountChoice, Job, Problem, ProblemKind};
use coffer_texts::tr;
use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Clones are the same transfer.
#[derive(Clone)]
pub(crate) struct TransferHandle(Arc<Inner>);

struct Inner {
    store: TransferStore,
    /// When it was asked for.
    created: Timestamp,
    state: Mutex<HandleState>,
    /// As the person wants it.
    paused: AtomicBool,
}

enum HandleState {
    /// Not asked for yet.
    Before,
    /// `None`: it can't be kept.
    Open(Option<Arc<TransferRecord>>),
    /// Its end has come, whoever still holds a clone.
    Closed,
}

/// What becomes of a record when its transfer ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Disposition {
    /// The next start tells it as unfinished.
    Keep,
    /// The next start tells it with this, and it rests until the person asks for it.
    Rest(Problem),
    /// It is over, but files have failed: the next start tells it as ended with them, and if the person asks for the same
    /// again, what was transferred is known.
    Finished(Box<TransferReport>),
    /// It is removed.
    Discard,
}

impl TransferHandle {
    pub(crate) fn new(store: TransferStore) -> Self {
        Self(Arc::new(Inner {
            store,
            created: Timestamp::now(),
            state: Mutex::new(HandleState::Before),
            paused: AtomicBool::new(false),
        }))
    }

    /// Acquires the record. Refused while the same transfer is under way, here or in another program, and where a newer
    /// version has written the store. Where nothing can be written the transfer runs all the same; only a kill then
    /// costs what it has transferred. Answers with the root under which its paths were noted: `noted`, if it is new.
    pub(crate) async fn open(
        &self,
        account: &AccountChoice,
        noted: NotedRoot,
        job: &Arc<Job>,
    ) -> Result<NotedRoot, JobError> {
        if !matches!(*self.state(), HandleState::Before) {
            return Err(JobError::Cancelled);
        }
        let paused = self.0.paused.load(Ordering::SeqCst);
        let acquired = self.0.store.acquire(account, noted.clone(), job, self.0.created, paused).await;
        let record = match acquired {
            Ok(record) => record,
            Err(LeaseError::Running) => return Err(already_running().into()),
            Err(LeaseError::Target(problem)) => return Err(problem.into()),
            Err(LeaseError::Store(StoreError::TooNew { .. })) => return Err(too_new().into()),
            Err(LeaseError::Store(error)) => {
                tracing::warn!(%error, "could not save the transfer record; it will not be resumed after a crash");
                None
            }
        };
        let mut state = self.state();
        if !matches!(*state, HandleState::Before) {
            // It was closed meanwhile. The record is dropped without its lock, and released.
            return Err(JobError::Cancelled);
        }
        let noted = record.as_ref().map_or(noted, |record| record.noted.clone());
        *state = HandleState::Open(record.map(Arc::new));
        drop(state);
        // It may have been paused or resumed meanwhile.
        self.set_paused(self.0.paused.load(Ordering::SeqCst));
        Ok(noted)
    }

    /// What earlier runs of an upload have done.
    pub(crate) async fn upload_progress(&self) -> UploadProgress {
        match self.record() {
            Some(record) => record.upload_progress().await.unwrap_or_else(|error| unreadable(&error)),
            None => UploadProgress::default(),
        }
    }

    /// The sessions of its small files, those of this run as well.
    pub(crate) async fn batch_sessions(&self) -> Vec<SessionRow> {
        match self.record() {
            Some(record) => record.batch_sessions().await.unwrap_or_else(|error| unreadable(&error)),
            None => Vec::new(),
        }
    }

    /// Which of these items a download has finished; paths are in lower case.
    pub(crate) async fn downloaded(&self, paths: Vec<Arc<str>>) -> HashMap<Arc<str>, DownloadedItem> {
        match self.record() {
            Some(record) => record.downloaded(paths).await.unwrap_or_else(|error| unreadable(&error)),
            None => HashMap::new(),
        }
    }

    /// Records what has happened. Returns before that is on disk.
    pub(crate) fn record_change(&self, change: impl FnOnce(i64) -> Change) {
        if let Some(record) = self.record() {
            record.change(change(record.id));
        }
    }

    /// Waits until everything so far is on disk: a kill from then on cannot lose it. `false`: that could not be written, so
    /// what must not be lost must not be begun. Where no record can be kept at all nothing is waited for.
    #[must_use = "it may not be on disk"]
    pub(crate) async fn flush(&self) -> bool {
        match self.record() {
            Some(record) => record.flush().await,
            None => true,
        }
    }

    /// Keeps whether the person has paused it. Of two changes the later one stays.
    pub(crate) fn set_paused(&self, paused: bool) {
        self.0.paused.store(paused, Ordering::SeqCst);
        self.record_change(|transfer| Change::Paused { transfer, paused });
    }

    /// Lets the record go. Only the first call counts; what is recorded later is lost.
    pub(crate) async fn close(&self, disposition: Disposition) {
        let before = std::mem::replace(&mut *self.state(), HandleState::Closed);
        let HandleState::Open(Some(record)) = before else { return };
        let transfer = record.id;
        let change = match disposition {
            Disposition::Keep => Change::TransferReleased { transfer },
            Disposition::Rest(problem) => Change::TransferRested { transfer, problem },
            Disposition::Finished(report) => Change::TransferEnded { transfer, report },
            Disposition::Discard => Change::TransferRemoved { transfer },
        };
        record.close(change).await;
    }

    fn record(&self) -> Option<Arc<TransferRecord>> {
        match &*self.state() {
            HandleState::Open(record) => record.clone(),
            HandleState::Before | HandleState::Closed => None,
        }
    }

    fn state(&self) -> MutexGuard<'_, HandleState> {
        self.0.state.lock()
    }
}

/// Then the transfer does it all again, and finds what is there.
fn unreadable<T: Default>(error: &StoreError) -> T {
    tracing::warn!(%error, "could not read how far a transfer was");
    T::default()
}

fn already_running() -> Problem {
    problem::general(tr!("transfer-already-running"))
        .because(ProblemKind::AlreadyRunning, tr!("why-transfer-running"))
}

fn too_new() -> Problem {
    problem::general(tr!("could-not-start-transfer"))
        .because(ProblemKind::NotSupported, tr!("why-transfers-too-new"))
}
