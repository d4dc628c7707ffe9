//! The local account of the window and of the commands: started when it is first needed, ended with the program.
//! A command uses the one of a window that runs, because only one program at a time may have a vault open.

use super::announce::{self, Announcement, Owner};
use super::kept_port;
use anyhow::Result;
use coffer_model::{Problem, ProblemKind};
use coffer_server::store::error::StoreError;
use coffer_server::{Server, ServerConfig, StartError};
use coffer_texts::tr;
use coffer_worker::{ItemTimes, ServerEndpoint, ServerProof};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::Mutex;

/// Threads that answer HTTP; files and SQLite have their own.
const THREADS: usize = 2;

/// How long calls have to end when the program closes.
const CLOSING_TIME: Duration = Duration::from_secs(2);

/// How often to try again whether another program has closed the vault: a lock of the file system cannot be waited for
/// without blocking a thread.
const RETRY_EVERY: Duration = Duration::from_millis(100);

/// How long a window waits for a vault that another program has open before it says so; it goes on waiting after that.
const WINDOW_WAIT: Duration = Duration::from_secs(1);

/// After this time a command says what it waits for.
const SILENT_TIME: Duration = Duration::from_secs(1);

/// How long another program that has the vault open may take to announce its address.
const ANSWER_TIME: Duration = Duration::from_secs(10);

/// A server on a runtime of its own, so that the worker's jobs and the service that they call never wait for the
/// same threads.
pub(crate) struct LocalServerRuntime {
    runtime: Runtime,
    started: Arc<Mutex<Option<StartedServer>>>,
    vault: PathBuf,
    owner: Owner,
}

struct StartedServer {
    /// `None` when another program serves.
    server: Option<Server>,
    endpoint: ServerEndpoint,
}

impl LocalServerRuntime {
    /// For a window or a command.
    pub(crate) fn new(vault: PathBuf, owner: Owner) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("coffer-server")
            .enable_all()
            .build()?;
        Ok(Self { runtime, started: Arc::default(), vault, owner })
    }

    /// Opens the local account; starts its server at the first call, or uses that of another program as long as it is
    /// there.
    pub(crate) fn endpoint(
        &self,
    ) -> impl Fn() -> BoxFuture<'static, Result<ServerEndpoint, Problem>> + Send + Sync + 'static {
        let handle = self.runtime.handle().clone();
        let started = Arc::clone(&self.started);
        let (vault, owner) = (self.vault.clone(), self.owner);
        move || {
            let (started, vault) = (Arc::clone(&started), vault.clone());
            let start = handle.spawn(async move {
                let mut started = started.lock().await;
                if let Some(started) = &*started
                    && !started.endpoint.ended.is_cancelled()
                {
                    return Ok(started.endpoint.clone());
                }
                let opened = open(&vault, owner).await?;
                let endpoint = opened.endpoint.clone();
                *started = Some(opened);
                Ok(endpoint)
            });
            async move {
                start.await.unwrap_or_else(|error| {
                    Err(problem(tr!("why-server-stopped", error = error.to_string())))
                })
            }
            .boxed()
        }
    }

    /// Runs something on the runtime of the server.
    pub(crate) fn run<T>(&self, task: impl Future<Output = T>) -> T {
        self.runtime.block_on(task)
    }

    /// Ends the server after the calls that it is answering, but does not wait for long: what it has answered is on disk.
    pub(crate) fn shutdown(self) {
        self.runtime.block_on(async {
            if let Some(StartedServer { server: Some(server), .. }) = self.started.lock().await.take() {
                // Before the vault is free for another program, which announces itself.
                announce::withdraw(&self.vault);
                if tokio::time::timeout(CLOSING_TIME, server.shutdown()).await.is_err() {
                    tracing::warn!("the local account was closed while it was answering");
                }
            }
        });
        self.runtime.shutdown_timeout(CLOSING_TIME);
    }
}

/// Opens the vault, or finds the program that has it open. Of two commands the second waits for the first, whose
/// service ends with it. A window does not use the service of another program; its session asks again and again.
async fn open(vault: &Path, owner: Owner) -> Result<StartedServer, Problem> {
    let began = Instant::now();
    let mut has_said_why = false;
    loop {
        let path = match start(vault, owner).await {
            Ok(started) => return Ok(started),
            Err(StartError::Store(StoreError::InUse(path))) => path,
            Err(error) => return Err(problem(format!("{error}."))),
        };
        if owner == Owner::Window {
            if began.elapsed() > WINDOW_WAIT {
                return Err(Problem::new(
                    ProblemKind::AccountInUse,
                    tr!("account-in-use-by-coffer"),
                    tr!("account-in-use-waits"),
                ));
            }
        } else {
            match announce::read(vault) {
                Some(other) if other.owner == Owner::Command => {
                    if !has_said_why && began.elapsed() > SILENT_TIME {
                        has_said_why = true;
                        eprintln!("coffer: waiting for another command that is using the local account");
                    }
                }
                other => match announced(other).await {
                    Some(endpoint) => return Ok(StartedServer { server: None, endpoint }),
                    // It is just starting or ending.
                    None if began.elapsed() < ANSWER_TIME => {}
                    None => return Err(problem(format!("{}.", StoreError::InUse(path)))),
                },
            }
        }
        tokio::time::sleep(RETRY_EVERY).await;
    }
}

async fn start(vault: &Path, owner: Owner) -> Result<StartedServer, StartError> {
    let fresh = !vault.join("vault.sqlite").exists();
    let mut config = ServerConfig::new(vault);
    config.owner_name = "Local account".into();
    let clock = config.clock.clone();
    let kept_port = kept_port::read(vault);
    config.listen.set_port(kept_port.unwrap_or(0));
    let (server, address_is_taken) = match Server::start(config.clone()).await {
        Err(StartError::Listen { address, source }) if kept_port.is_some() => {
            config.listen.set_port(0);
            let server = Server::start(config).await?;
            // Only now it is known that this is not another program of Coffer, with the same vault.
            tracing::warn!(%address, %source, "another program has the address of the local account");
            (server, true)
        }
        started => (started?, false),
    };
    if kept_port.is_none()
        && let Err(error) = kept_port::write(vault, server.address().port())
    {
        tracing::warn!(%error, "could not keep the port of the local account");
    }
    if let Err(error) = announce::write(vault, &announcement(&server, owner)) {
        tracing::warn!(%error, "could not write endpoint.json");
    }
    let item_times = Some(ItemTimes(Arc::new(move |times| clock.set_item_times(times))));
    let endpoint = ServerEndpoint {
        fresh,
        item_times,
        address_is_taken,
        ..ServerEndpoint::new(server.url(), server.token())
    };
    Ok(StartedServer { server: Some(server), endpoint })
}

/// What another program has to know of a server.
pub(crate) fn announcement(server: &Server, owner: Owner) -> Announcement {
    Announcement { url: server.url(), token: server.token(), proof_key: server.proof_key(), owner }
}

/// The server that was announced, if it is really there.
async fn announced(other: Option<Announcement>) -> Option<ServerEndpoint> {
    let other = other?;
    let ended = other.verify().await?;
    let endpoint = ServerEndpoint::new(other.url.clone(), other.token.clone());
    let other = Arc::new(other);
    let proof = ServerProof(Arc::new(move || {
        let other = Arc::clone(&other);
        async move { other.is_there().await }.boxed()
    }));
    Some(ServerEndpoint { ended, proof: Some(proof), ..endpoint })
}

fn problem(detail: String) -> Problem {
    Problem::new(ProblemKind::LocalError, tr!("could-not-open-local-account"), detail)
}
