//! What the worker is given from outside: folders, the way to wake the window, the local account, the desktop.

use super::context::Wake;
use super::dirs::Dirs;
use super::system_desktop::{Desktop, SystemDesktop};
use super::tokens::SecretStorage;
use coffer_model::Problem;
use dropbox_client::{ApiError, BaseUrls, RestClient};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower::util::AndThenLayer;

/// Where the local account answers.
#[derive(Clone, Debug)]
pub struct ServerEndpoint {
    /// One base URL for all roles, such as `http://127.0.0.1:40123`.
    pub url: String,
    pub token: String,
    /// The account was made by this start: sample files are to be written.
    pub fresh: bool,
    /// Cancelled when the server has ended. Another process may listen at its address then, so nothing is sent there
    /// any more; ask [`LocalServer`] again.
    pub ended: CancellationToken,
    /// Where another program serves. `None` where this one does: its server can’t end before it.
    pub proof: Option<ServerProof>,
    /// Gives sample files a history; `None` where another program serves.
    pub item_times: Option<ItemTimes>,
    /// Another program listens at the address that the account’s links name, so this is another one.
    pub address_is_taken: bool,
}

impl ServerEndpoint {
    /// A server of this program, for an account that is not new.
    pub fn new(url: String, token: String) -> Self {
        Self {
            url,
            token,
            fresh: false,
            ended: CancellationToken::new(),
            proof: None,
            item_times: None,
            address_is_taken: false,
        }
    }

    /// For requests that hold the token.
    ///
    /// When the server of another program ends, a stranger can listen at its address before `ended` is cancelled. So
    /// that server proves anew who it is after each connection is open, and before anything is sent through it: who can
    /// do so has listened at the address all the time, and has accepted the connection.
    pub fn rest_client(&self) -> Result<RestClient, ApiError> {
        let base_urls = BaseUrls::all(&self.url)?;
        let Some(ServerProof(ask)) = self.proof.clone() else {
            return RestClient::new(base_urls);
        };
        let prove = AndThenLayer::new(move |connection| {
            let proof = ask();
            async move { if proof.await { Ok(connection) } else { Err("the listener is a stranger".into()) } }
        });
        // It is loopback without TLS.
        let builder = RestClient::http_builder().no_proxy().tls_certs_only([]).connector_layer(prove);
        let http = builder.build().map_err(|error| ApiError::InvalidArgument(error.to_string()))?;
        Ok(RestClient::with_http(http, base_urls))
    }
}

/// Asks whoever listens at the address now to prove that it is the server which was found there at first.
#[derive(Clone)]
pub struct ServerProof(pub Arc<AskForProof>);

type AskForProof = dyn Fn() -> BoxFuture<'static, bool> + Send + Sync;

impl std::fmt::Debug for ServerProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerProof").finish_non_exhaustive()
    }
}

/// Has the server claim that what happens to these items, from now until it is called again, happened at these times.
/// Paths are in lower case, times in seconds since 1970 UTC.
#[derive(Clone)]
pub struct ItemTimes(pub Arc<SetItemTimes>);

type SetItemTimes = dyn Fn(Vec<(String, i64)>) + Send + Sync;

impl std::fmt::Debug for ItemTimes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ItemTimes").finish_non_exhaustive()
    }
}

/// Starts the local account at the first call, and tells at every call where it is then. As long as it fails with
/// [`coffer_model::ProblemKind::AccountInUse`], after a time that it takes to wait, a session asks again.
pub type LocalServer = Arc<dyn Fn() -> BoxFuture<'static, Result<ServerEndpoint, Problem>> + Send + Sync>;

/// Tells the time. Moments of the service and of this computer are compared, so a test that moves the clock of the one moves that
/// of the other too.
pub type TimeSource = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The server named by `--api-url`, with its token.
#[derive(Clone)]
pub struct CommandLineAccount {
    pub api_url: String,
    pub token: String,
}

/// Everything that differs between the program, its tests and its command line.
#[derive(Clone)]
pub struct WorkerConfig {
    pub dirs: Dirs,
    /// Called after each event is queued, from any thread.
    pub wake: Wake,
    /// When changes of the account were seen is told by it.
    pub clock: TimeSource,
    pub local_server: LocalServer,
    pub command_line: Option<CommandLineAccount>,
    pub secrets: SecretStorage,
    pub desktop: Arc<dyn Desktop>,
    /// The socket of another sound server than that of the desktop.
    pub sound_server: Option<PathBuf>,
    /// Bytes a second for this run, in place of what the settings say.
    pub upload_limit: Option<u64>,
    pub download_limit: Option<u64>,
    /// Whether somebody looks at folders, so that changes in the account are to be heard of.
    pub follows_changes: bool,
    /// Whether a command asks for the transfers, and no window.
    pub from_command_line: bool,
    /// Whether a new local account gets sample files.
    pub writes_samples: bool,
}

impl WorkerConfig {
    /// The program's usual choices.
    pub fn new(dirs: Dirs, wake: Wake, local_server: LocalServer) -> Self {
        Self {
            dirs,
            wake,
            clock: Arc::new(Timestamp::now),
            local_server,
            command_line: None,
            secrets: SecretStorage::Keyring,
            desktop: Arc::new(SystemDesktop),
            sound_server: None,
            upload_limit: None,
            download_limit: None,
            follows_changes: true,
            from_command_line: false,
            writes_samples: true,
        }
    }
}
