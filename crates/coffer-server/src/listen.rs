//! Listening, serving connections, and stopping so that nothing under way is lost.

use super::app_state::AppState;
use super::config::{ServerConfig, StartError};
use super::connections::{ConnectionState, Connections};
use super::faults::Faults;
use super::http::service::HttpService;
use super::proof::ProofKey;
use super::request_counts::RequestCounts;
use super::shutdown::{ShutdownGuard, ShutdownPhase, wait_for_phase};
use super::store::error::StoreError;
use super::team::TeamSpace;
use super::tls::TlsFiles;
use super::tunnel;
use hyper::upgrade::Upgraded;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;

/// An argument travels in a header and can have 150 KB (reference 2.3).
const HEADER_LIMIT: usize = 1 << 20;

/// A client that opens a connection and does not begin TLS is disconnected after this long.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);

/// Requests under way get this long to end when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// A running server. Dropping it stops listening; [`Server::shutdown`] also waits.
#[derive(Debug)]
pub struct Server {
    app: Arc<AppState>,
    address: SocketAddr,
    stop: ShutdownGuard,
    connections: TaskTracker,
}

impl Server {
    /// Opens the vault and starts to listen.
    pub async fn start(config: ServerConfig) -> Result<Self, StartError> {
        if !config.listen.ip().is_loopback() && !config.allow_other_machines {
            return Err(StartError::NotLoopback(config.listen));
        }
        if config.token.as_deref().is_some_and(|token| !super::http::is_token(token)) {
            return Err(StartError::BadToken);
        }
        let tls = config.tls.as_ref().map(TlsFiles::acceptor).transpose()?;
        let listen_error = |source| StartError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let (stop, phase) = ShutdownGuard::new();
        let app = AppState::open(config, address, phase.clone()).await?;
        let connections = TaskTracker::new();
        connections.spawn(accept(listener, tls, Arc::clone(&app), phase, connections.clone()));
        Ok(Self { app, address, stop, connections })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base of all addresses, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        self.app.url.clone()
    }

    /// The owner's token, which always works.
    pub fn token(&self) -> String {
        self.app.access.owner_token()
    }

    /// What the owner types on the sign-in page to allow an app; `None` where apps can't sign in.
    pub fn passcode(&self) -> Option<String> {
        self.app.passcode.as_ref().map(ToString::to_string)
    }

    /// By which other programs of the owner recognise this server.
    pub fn proof_key(&self) -> ProofKey {
        self.app.proof_key.clone()
    }

    /// Makes the vault the space of another team, or a personal account, as when a team moves to a team space. Folders that
    /// are missing are created.
    pub async fn set_team(&self, space: Option<TeamSpace>) -> Result<(), StoreError> {
        self.app.set_team(space).await
    }

    /// Errors can be injected here while the server runs.
    pub fn faults(&self) -> Faults {
        self.app.config.faults.clone()
    }

    /// Counts the calls.
    pub fn request_counts(&self) -> RequestCounts {
        self.app.config.request_counts.clone()
    }

    /// Stops listening, lets requests and background work end, and closes the vault.
    pub async fn shutdown(self) {
        self.stop.advance_to(ShutdownPhase::Stopping);
        self.connections.close();
        if tokio::time::timeout(GRACE, self.connections.wait()).await.is_err() {
            tracing::warn!("some requests did not end in time");
            self.stop.advance_to(ShutdownPhase::Stopped);
            self.connections.wait().await;
        }
        self.app.tasks.close();
        self.app.tasks.wait().await;
        // The last handle closes the vault, which joins the writing thread. A request that was dropped may
        // hold one for a moment longer.
        let closed = self.app.store.closed();
        let app = self.app;
        let _ = tokio::task::spawn_blocking(move || drop(app)).await;
        if tokio::time::timeout(GRACE, closed).await.is_err() {
            tracing::warn!("the vault is still in use");
        }
    }
}

async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    app: Arc<AppState>,
    mut phase: watch::Receiver<ShutdownPhase>,
    connections: TaskTracker,
) {
    let open = Connections::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = wait_for_phase(&mut phase, ShutdownPhase::Stopping) => return,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = open.open();
                let served =
                    serve(stream, tls.clone(), Arc::clone(&app), phase.clone(), Arc::clone(&connection));
                connections.spawn(async move {
                    tokio::select! {
                        () = served => {}
                        // No request is cut off: there is none, or it is a stranger's.
                        () = connection.must_close() => {}
                    }
                });
            }
            Err(error) => {
                // Out of file handles, most likely: let some connections end first.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn serve(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    app: Arc<AppState>,
    mut phase: watch::Receiver<ShutdownPhase>,
    connection: Arc<ConnectionState>,
) {
    // Small replies must not wait for each other.
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else {
        return serve_http(TokioIo::new(stream), app, phase, connection).await;
    };
    let tunnel = async {
        if tunnel::begins_with_tls(&stream).await {
            return Some(Stream::Direct(stream));
        }
        tunnel::accept(stream).await.map(Stream::Tunnel)
    };
    let opened = tokio::select! {
        opened = tokio::time::timeout(HANDSHAKE_TIME, tunnel) => opened,
        () = wait_for_phase(&mut phase, ShutdownPhase::Stopping) => return,
    };
    match opened {
        Ok(Some(Stream::Direct(stream))) => serve_tls(stream, tls, app, phase, connection).await,
        Ok(Some(Stream::Tunnel(stream))) => serve_tls(stream, tls, app, phase, connection).await,
        Ok(None) => {}
        Err(_) => tracing::debug!("a client did not begin TLS in time"),
    }
}

/// How a client of a server with a certificate has come.
enum Stream {
    Direct(TcpStream),
    Tunnel(TokioIo<Upgraded>),
}

async fn serve_tls<S>(
    stream: S,
    tls: TlsAcceptor,
    app: Arc<AppState>,
    mut phase: watch::Receiver<ShutdownPhase>,
    connection: Arc<ConnectionState>,
) where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let handshake = tokio::select! {
        handshake = tokio::time::timeout(HANDSHAKE_TIME, tls.accept(stream)) => handshake,
        () = wait_for_phase(&mut phase, ShutdownPhase::Stopping) => return,
    };
    match handshake {
        Ok(Ok(stream)) => serve_http(TokioIo::new(stream), app, phase, connection).await,
        Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
        Err(_) => tracing::debug!("a TLS handshake took too long"),
    }
}

async fn serve_http<S>(
    stream: S,
    app: Arc<AppState>,
    mut phase: watch::Receiver<ShutdownPhase>,
    connection: Arc<ConnectionState>,
) where
    S: hyper::rt::Read + hyper::rt::Write + Send + Unpin + 'static,
{
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().max_buf_size(HEADER_LIMIT);
    builder.http2().max_header_list_size(HEADER_LIMIT as u32);
    let service = TowerToHyperService::new(HttpService::new(app, connection));
    let connection = builder.serve_connection(stream, service);
    tokio::pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = wait_for_phase(&mut phase, ShutdownPhase::Stopping) => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                result = connection => result,
                () = wait_for_phase(&mut phase, ShutdownPhase::Stopped) => return,
            }
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection ended early");
    }
}
