//! The client of the open account. That of the local account talks to a server which another program may have started;
//! when that program ends, the account is opened again, and the calls go on there.

use super::config::{LocalServer, ServerEndpoint};
use dropbox_client::{ApiError, ClientOptions, DropboxClient, RestSocketError};
use std::sync::{Arc, PoisonError, RwLock};
use tokio_util::sync::CancellationToken;

/// Gives the client for the next call. Clones share it.
#[derive(Clone)]
pub(crate) struct AccountClient(Arc<Inner>);

enum Inner {
    /// Always at the same address.
    Fixed(DropboxClient),
    Local(LocalClient),
}

/// The client of the local account.
struct LocalClient {
    open: LocalServer,
    current: RwLock<(DropboxClient, CancellationToken)>,
    /// One caller at a time opens the account again.
    opening: tokio::sync::Mutex<()>,
}

impl AccountClient {
    pub(crate) fn fixed(client: DropboxClient) -> Self {
        Self(Arc::new(Inner::Fixed(client)))
    }

    /// The local account, which answers at `endpoint` now; `open` opens it again.
    pub(crate) fn local(endpoint: &ServerEndpoint, open: LocalServer) -> Result<Self, ApiError> {
        let current = RwLock::new((client_at(endpoint)?, endpoint.ended.clone()));
        Ok(Self(Arc::new(Inner::Local(LocalClient {
            open,
            current,
            opening: tokio::sync::Mutex::default(),
        }))))
    }

    /// A client that may be sent the token. Fails without sending anything if the account can’t be opened for now.
    pub(crate) async fn current(&self) -> Result<DropboxClient, ApiError> {
        match &*self.0 {
            Inner::Fixed(client) => Ok(client.clone()),
            Inner::Local(local) => local.current().await,
        }
    }
}

impl LocalClient {
    async fn current(&self) -> Result<DropboxClient, ApiError> {
        if let Some(client) = self.alive() {
            return Ok(client);
        }
        let _opening = self.opening.lock().await;
        if let Some(client) = self.alive() {
            return Ok(client);
        }
        tracing::info!("the program that had the local account open has ended");
        let endpoint = (self.open)().await.map_err(|problem| {
            RestSocketError::unreachable(
                "the local account",
                format!("{}: {}", problem.title, problem.detail),
            )
        })?;
        let client = client_at(&endpoint)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (client.clone(), endpoint.ended);
        Ok(client)
    }

    /// The client, unless its server has ended.
    fn alive(&self) -> Option<DropboxClient> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        (!current.1.is_cancelled()).then(|| current.0.clone())
    }
}

fn client_at(endpoint: &ServerEndpoint) -> Result<DropboxClient, ApiError> {
    let options = ClientOptions::default().with_rest_client(endpoint.rest_client()?);
    DropboxClient::new(endpoint.token.clone(), options)
}
