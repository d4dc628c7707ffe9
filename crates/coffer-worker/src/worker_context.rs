//! What all jobs share: the configuration, the lanes, the open account, the caches. Owns no logic of any job.

use super::account::OpenAccount;
use super::config::WorkerConfig;
use super::context::{Events, JobContext, JobError};
use super::history::HistoryStore;
use super::lanes::Lanes;
use super::pending_sign_in::PendingSignIn;
use super::preview::cache::PreviewCache;
use super::problem;
use super::thumbnail_cache::ThumbnailCache;
use super::tokens::Secrets;
use super::transfer::transfer_manager::TransferManager;
use super::upload::buffers::Buffers;
use super::working_copy::WorkingCopies;
use coffer_model::message::Outcome;
use coffer_model::{Problem, RequestId};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(crate) struct WorkerContext {
    pub config: WorkerConfig,
    pub events: Events,
    pub lanes: Lanes,
    pub transfers: TransferManager,
    pub upload_buffers: Buffers,
    pub working_copies: WorkingCopies,
    pub history: HistoryStore,
    pub secrets: Secrets,
    pub thumbnails: ThumbnailCache,
    pub previews: PreviewCache,
    pub sign_in: Mutex<Option<PendingSignIn>>,
    /// The request whose settings are in the file.
    pub settings_saved: tokio::sync::Mutex<Option<RequestId>>,
    /// The request whose places are in the file.
    pub places_saved: tokio::sync::Mutex<Option<RequestId>>,
    /// Held while the records of folders that went in parts are read or changed: each is locked then, and whoever finds it
    /// locked takes it for one that another program is at.
    pub split_folder_records: tokio::sync::Mutex<()>,
    pub samples_begun: AtomicBool,
    pub jobs: Mutex<HashMap<RequestId, CancellationToken>>,
    /// Cancelled when the worker is dropped.
    pub closing: CancellationToken,
    pub tracker: TaskTracker,
    account: watch::Sender<AccountState>,
}

/// The account that jobs use, and the session it belongs to.
#[derive(Clone)]
enum AccountState {
    None,
    Opening(RequestId),
    Open(RequestId, Arc<OpenAccount>),
    Failed(Problem),
}

impl WorkerContext {
    pub(crate) fn new(config: WorkerConfig, events: Events) -> Self {
        Self {
            secrets: Secrets::new(config.secrets, config.dirs.tokens_file()),
            thumbnails: ThumbnailCache::new(config.dirs.thumbnails()),
            previews: PreviewCache::new(config.dirs.contents()),
            transfers: TransferManager::new(config.dirs.state(), config.from_command_line),
            working_copies: WorkingCopies::new(config.dirs.working_copies()),
            history: HistoryStore::new(config.dirs.history_file()),
            config,
            events,
            lanes: Lanes::default(),
            upload_buffers: Buffers::default(),
            sign_in: Mutex::default(),
            settings_saved: tokio::sync::Mutex::default(),
            places_saved: tokio::sync::Mutex::default(),
            split_folder_records: tokio::sync::Mutex::default(),
            samples_begun: AtomicBool::new(false),
            jobs: Mutex::default(),
            closing: CancellationToken::new(),
            tracker: TaskTracker::new(),
            account: watch::Sender::new(AccountState::None),
        }
    }

    /// From now on jobs wait for the account of this session.
    pub(crate) fn begin_session(&self, id: RequestId) {
        self.account.send_replace(AccountState::Opening(id));
    }

    /// From now on jobs use this account, unless another session was begun since.
    pub(crate) fn open_session(&self, id: RequestId, account: Arc<OpenAccount>) {
        self.account.send_if_modified(|state| {
            let mine = state.belongs_to(id);
            if mine {
                *state = AccountState::Open(id, account);
            }
            mine
        });
    }

    pub(crate) fn end_session(&self, id: RequestId, outcome: &Outcome) {
        self.account.send_if_modified(|state| {
            let mine = state.belongs_to(id);
            if mine {
                *state = match outcome {
                    Outcome::Failed(problem) => AccountState::Failed(problem.clone()),
                    _ => AccountState::None,
                };
            }
            mine
        });
    }

    /// The session whose account the jobs that are asked for now work on.
    pub(crate) fn session(&self) -> Option<RequestId> {
        match &*self.account.borrow() {
            AccountState::Opening(id) | AccountState::Open(id, _) => Some(*id),
            AccountState::None | AccountState::Failed(_) => None,
        }
    }

    /// The account that was open, or was being opened, when the job was asked for; waits while it is being opened. A job
    /// that comes too late for it is cancelled: its paths may mean other items in the account that is open now.
    pub(crate) async fn account(&self, job: &JobContext) -> Result<Arc<OpenAccount>, JobError> {
        let mut changes = self.account.subscribe();
        loop {
            match &*changes.borrow_and_update() {
                AccountState::Opening(id) | AccountState::Open(id, _)
                    if job.session.is_some_and(|session| session != *id) =>
                {
                    return Err(JobError::Cancelled);
                }
                AccountState::Open(_, account) => return Ok(Arc::clone(account)),
                AccountState::Failed(problem) => return Err(problem.clone().into()),
                AccountState::None => return Err(problem::no_account().into()),
                AccountState::Opening(_) => {}
            }
            if changes.changed().await.is_err() {
                return Err(JobError::Cancelled);
            }
        }
    }
}

impl AccountState {
    fn belongs_to(&self, session: RequestId) -> bool {
        matches!(self, Self::Opening(id) | Self::Open(id, _) if *id == session)
    }
}
