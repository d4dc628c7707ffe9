//! The embedded account of the window: started when it is first needed, ended with the program.

use anyhow::Result;
use coffer::model::{Problem, Recovery};
use coffer::server::{Server, ServerConfig, StartError};
use coffer::worker::Endpoint;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::json;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::Mutex;

/// Threads that answer HTTP; files and SQLite have their own.
const THREADS: usize = 2;

/// How long calls have to end when the program closes.
const CLOSING_TIME: Duration = Duration::from_secs(2);

/// A server on a runtime of its own, so that the worker's jobs and the service that they call never wait for the
/// same threads.
pub struct Embedded {
    runtime: Runtime,
    started: Arc<Mutex<Option<Started>>>,
    vault: PathBuf,
}

struct Started {
    server: Server,
    endpoint: Endpoint,
}

impl Embedded {
    pub fn new(vault: PathBuf) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("coffer-server")
            .enable_all()
            .build()?;
        Ok(Self { runtime, started: Arc::default(), vault })
    }

    /// Where the account answers; starts it at the first call.
    pub fn endpoint(
        &self,
    ) -> impl Fn() -> BoxFuture<'static, Result<Endpoint, Problem>> + Send + Sync + 'static {
        let handle = self.runtime.handle().clone();
        let started = Arc::clone(&self.started);
        let vault = self.vault.clone();
        move || {
            let (started, vault) = (Arc::clone(&started), vault.clone());
            let start = handle.spawn(async move {
                let mut started = started.lock().await;
                if let Some(started) = &*started {
                    return Ok(started.endpoint.clone());
                }
                let fresh = !vault.join("vault.sqlite").exists();
                let mut config = ServerConfig::new(&vault);
                config.owner_name = "This computer".into();
                let server = Server::start(config).await.map_err(|error| problem(&error))?;
                let endpoint = Endpoint { url: server.url(), token: server.token(), fresh };
                if let Err(error) = announce(&vault, &endpoint) {
                    tracing::warn!(%error, "other programs cannot be told where the embedded account answers");
                }
                *started = Some(Started { server, endpoint: endpoint.clone() });
                Ok(endpoint)
            });
            async move {
                start.await.unwrap_or_else(|error| {
                    Err(Problem {
                        title: "The account on this computer could not be opened".into(),
                        detail: format!(
                            "Its service ended unexpectedly ({error}). Please start Coffer again."
                        ),
                        path: None,
                        recovery: Recovery::Retry,
                        request_id: None,
                    })
                })
            }
            .boxed()
        }
    }

    /// Ends the server after the calls that it is answering, but does not wait for long: what it has answered is on disk.
    pub fn shutdown(self) {
        self.runtime.block_on(async {
            if let Some(started) = self.started.lock().await.take() {
                if tokio::time::timeout(CLOSING_TIME, started.server.shutdown()).await.is_err() {
                    tracing::warn!("the embedded account was closed while it was answering");
                }
                let _ = std::fs::remove_file(endpoint_file(&self.vault));
            }
        });
        self.runtime.shutdown_timeout(CLOSING_TIME);
    }
}

/// Tells other programs of the same person where the running account answers: readable by its owner only.
fn announce(vault: &Path, endpoint: &Endpoint) -> std::io::Result<()> {
    let file = endpoint_file(vault);
    let _ = std::fs::remove_file(&file);
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    let text = json!({ "url": endpoint.url, "token": endpoint.token }).to_string();
    file.write_all(text.as_bytes())
}

fn endpoint_file(vault: &Path) -> PathBuf {
    vault.join("endpoint.json")
}

fn problem(error: &StartError) -> Problem {
    Problem {
        title: "The account on this computer could not be opened".into(),
        detail: format!("{error}."),
        path: None,
        recovery: Recovery::Retry,
        request_id: None,
    }
}
