//! The background worker between the window and the account: it takes requests, runs jobs, and sends events.
//! The messages are `model::message`; nothing here knows the window.

mod account;
mod account_client;
mod account_index;
mod act;
mod blocking;
mod cache_use;
pub mod checkup;
mod compare;
mod config;
mod context;
mod convert;
mod deleted;
mod desktop;
mod dirs;
mod disk_cache;
mod dispatch;
mod download;
mod edit;
mod error;
mod fingerprint;
mod gate;
mod guide;
mod history;
mod history_jobs;
mod history_watch;
mod lanes;
mod links;
mod list;
mod local_name;
mod made_thumbnails;
mod old_folders;
mod past;
mod paste;
mod path_root;
mod pending_sign_in;
mod pixels;
mod places_file;
mod preview;
mod problem;
mod progress;
mod rename_plan;
mod retry;
mod revisions;
mod samples;
mod service;
mod session;
mod settings_file;
mod shared_folders;
mod sign_in;
mod system_desktop;
mod system_keyring;
mod thumbnail_cache;
mod thumbnails;
mod tokens;
mod told_thumbnails;
mod transfer;
mod upload;
mod worker_context;
mod working_copy;

pub use config::{
    CommandLineAccount, ItemTimes, LocalServer, ServerEndpoint, ServerProof, TimeSource, WorkerConfig,
};
pub use context::Wake;
pub use dirs::{Dirs, FolderPurpose};
pub use places_file::load_places;
pub use settings_file::{LoadedSettings, SettingsFault, SettingsProblem, load_settings, save_settings};
pub use system_desktop::Desktop;
pub use tokens::SecretStorage;

use blocking::blocking;
use coffer_model::{Port, Request};
use context::Events;
use std::io;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;
use worker_context::WorkerContext;

/// Threads that run jobs. Work that blocks has threads of its own.
const THREADS: usize = 3;
const BLOCKING_THREADS: usize = 16;

/// How long jobs have to end when the program closes.
const CLOSING_TIME: Duration = Duration::from_millis(1500);

/// Owns the threads. Dropping it cancels all jobs, waits briefly for them to end, and stops the threads.
pub struct Worker {
    runtime: Option<tokio::runtime::Runtime>,
    context: Arc<WorkerContext>,
    requests: mpsc::Sender<Request>,
}

impl Worker {
    /// Starts the threads, and gives the window its end of the channels. Fails when the system has no threads left.
    pub fn start(config: WorkerConfig) -> io::Result<(Self, Port)> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(THREADS)
            .max_blocking_threads(BLOCKING_THREADS)
            .thread_name("coffer-worker")
            .enable_all()
            .build()?;
        let (request_sender, requests) = mpsc::channel();
        let (event_sender, events) = mpsc::channel();
        let context = Arc::new(WorkerContext::new(config.clone(), Events::new(event_sender, config.wake)));
        let served = Arc::clone(&context);
        let handle = runtime.handle().clone();
        std::thread::Builder::new()
            .name("coffer-requests".into())
            .spawn(move || dispatch::serve(&served, &handle, &requests))?;
        let worker = Self { runtime: Some(runtime), context, requests: request_sender.clone() };
        Ok((worker, Port { requests: request_sender, events }))
    }

    /// Where tokens are kept on this computer, in words: the keyring or a file.
    pub fn secret_storage(&self) -> String {
        self.context.secrets.describe()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if self.requests.send(Request::Close).is_err() {
            // Nobody takes requests any more.
            self.context.closing.cancel();
        }
        let Some(runtime) = self.runtime.take() else { return };
        let (ended, all_ended) = mpsc::channel::<()>();
        let (closing, tracker) = (self.context.closing.clone(), self.context.tracker.clone());
        runtime.spawn(async move {
            closing.cancelled().await;
            tracker.close();
            tracker.wait().await;
            drop(ended);
        });
        // The channel closes when all jobs have ended.
        if all_ended.recv_timeout(CLOSING_TIME) == Err(mpsc::RecvTimeoutError::Timeout) {
            tracing::warn!("some jobs did not end in time");
        }
        if tokio::runtime::Handle::try_current().is_ok() {
            // Inside another runtime nothing may block.
            runtime.shutdown_background();
        } else {
            // Threads that write get the time to remove what is half done.
            runtime.shutdown_timeout(CLOSING_TIME);
        }
        // The thread that takes requests may live for a moment longer, and the context with it.
        self.context.working_copies.release_all();
    }
}
