//! All calls of the worker go through here: past the gate, repeated where that is safe, and watched for the end of
//! the sign-in. What is called and why is the jobs' business.

use super::fault::{Fault, FaultKind};
use super::gate::Gate;
use super::progress::Meter;
use super::retry::{self, Line, Policy};
use super::tokens::StoredTokens;
use super::transfer::Pace;
use dropbox_client::{
    ApiError, App, BaseUrls, Body, ByteRange, CallError, ClientOptions, DropboxClient, RestClient,
    RestResponse, TokenKeeper, Tokens,
};
use dropbox_protocol::route::{Download, Rpc, Upload};
use dropbox_protocol::{RouteInfo, Secret, Timestamp};
use futures_util::TryFutureExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;

/// The account's service. Cloning is cheap; clones share gate, tokens and connections.
#[derive(Clone)]
pub struct Service {
    client: DropboxClient,
    line: Line,
    /// Cancelled when only signing in again helps.
    ended: CancellationToken,
}

/// What opens an account.
pub struct Credentials {
    tokens: Tokens,
    app: Option<App>,
    keeper: Option<TokenKeeper>,
}

impl Credentials {
    /// A token that lasts.
    pub fn token(token: impl Into<Secret>) -> Self {
        Self { tokens: Tokens::access(token), app: None, keeper: None }
    }

    /// A stored sign-in, renewed when its access token ends; `keeper` is told the new ones.
    pub fn stored(app_key: String, stored: StoredTokens, keeper: TokenKeeper) -> Self {
        let tokens = Tokens {
            access_token: stored.access_token,
            refresh_token: stored.refresh_token,
            expires_at: stored.expires_unix_secs.map(Timestamp::from_unix_secs),
        };
        Self { tokens, app: Some(App::public(app_key)), keeper: Some(keeper) }
    }
}

/// The transport to Dropbox, or to one address for all roles.
pub fn rest_client(api_url: Option<&str>) -> Result<RestClient, ApiError> {
    RestClient::new(match api_url {
        Some(url) => BaseUrls::all(url)?,
        None => BaseUrls::dropbox(),
    })
}

impl Service {
    /// Sends nothing yet. `api_url` is the base of another service than Dropbox.
    pub fn new(api_url: Option<&str>, credentials: Credentials) -> Result<Self, ApiError> {
        let options = ClientOptions {
            rest_client: Some(rest_client(api_url)?),
            app: credentials.app,
            token_keeper: credentials.keeper,
            ..ClientOptions::default()
        };
        Ok(Self {
            client: DropboxClient::new(credentials.tokens, options)?,
            line: Line::default(),
            ended: CancellationToken::new(),
        })
    }

    /// The same service, for the calls of one transfer: it shows what it waits for, and is patient.
    #[must_use]
    pub fn for_transfer(&self, meter: &Meter) -> Self {
        let line = Line { meter: Some(meter.clone()), ..self.line.clone() };
        Self { line, ..self.clone() }
    }

    /// The same service; the bytes of its uploads and downloads keep to the limits of speed.
    #[must_use]
    pub fn paced(mut self, pace: Pace) -> Self {
        self.line.pace = Some(pace);
        self
    }

    pub fn gate(&self) -> &Gate {
        &self.line.gate
    }

    /// Returns when only signing in again helps.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// Returns at the next answer of the service.
    pub async fn answered(&self) {
        self.line.answered.notified().await;
    }

    pub async fn rpc<A, R, E>(&self, route: &Rpc<A, R, E>, argument: &A) -> Result<R, ApiError>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned,
    {
        self.repeat(&route.info, || self.client.rpc(route, argument)).await
    }

    /// `body` makes the body anew for each try.
    pub async fn upload<A, R, E>(
        &self,
        route: &Upload<A, R, E>,
        argument: &A,
        body: impl Fn() -> Body,
    ) -> Result<R, ApiError>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned,
    {
        let body = || match &self.line.pace {
            Some(pace) => body().paced(pace.limit()),
            None => body(),
        };
        self.repeat(&route.info, || self.client.upload(route, argument, body())).await
    }

    /// The bytes are still to be read; if they break off, it is for the caller to ask for the rest.
    pub async fn download<A, R, E>(
        &self,
        route: &Download<A, R, E>,
        argument: &A,
        range: Option<ByteRange>,
    ) -> Result<(R, RestResponse), ApiError>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned,
    {
        let reply = self.repeat(&route.info, || self.client.download(route, argument, range)).await?;
        let response = match &self.line.pace {
            Some(pace) => reply.response.paced(pace.limit()),
            None => reply.response,
        };
        Ok((reply.result, response))
    }

    /// Waits as after a broken call, before the caller goes on where it was; `None` when it was often enough.
    pub async fn pause(&self, tries: u32) -> Option<()> {
        retry::pause(&self.line, tries).await
    }

    /// For calls that are repeated by their caller: waits as is right after an error, and tells whether to call again.
    pub async fn worth_repeating(&self, error: &ApiError, tries: u32) -> bool {
        self.note(error);
        retry::worth_repeating(Policy { repeatable: true }, &self.line, error, tries).await
    }

    async fn repeat<T, E, F>(&self, route: &RouteInfo, mut call: impl FnMut() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, CallError<E>>>,
    {
        let policy = Policy { repeatable: route.idempotence.may_repeat() };
        let call = || call().map_err(ApiError::from);
        let result = retry::repeat(policy, &self.line, call).await;
        match &result {
            Ok(_) => self.line.answered.notify_waiters(),
            // An expired token that could not be renewed is at its end as well.
            Err(error) if Fault::of(error).kind == FaultKind::Expired => self.ended.cancel(),
            Err(error) => self.note(error),
        }
        result
    }

    /// The end of the sign-in is for the session to tell, whichever call has met it.
    fn note(&self, error: &ApiError) {
        if matches!(Fault::of(error).kind, FaultKind::SignIn) {
            self.ended.cancel();
        }
    }
}
