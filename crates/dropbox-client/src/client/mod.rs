//! The typed calls: any route of `dropbox_protocol`, sent with the right host, headers and token.
//! The operations of the Core API are built from them in `core`.

mod options;
mod prepare;
mod team;

use std::ops::{Range, RangeFrom};
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Method, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use options::ClientOptions;
pub use prepare::{PreparedRequest, RequestOptions};
use team::TeamHeaders;

use super::rest::JsonBody;
use super::token_state::TokenState;
use super::transport::PATIENCE;
use super::{ApiError, Body, CallError, OAuth1Token, RestClient, RestResponse, Tokens};
use dropbox_protocol::route::{Download, Rpc, Upload};
use dropbox_protocol::{Auth, Host, RouteInfo};

/// A longpoll may be silent for its timeout and 90 seconds more.
pub(super) const LONGPOLL_EXTRA_SECS: u64 = 90;

/// What a longpoll may ask for at most, in seconds.
const LONGPOLL_LIMIT_SECS: u64 = 480;

/// Behind an upload's last byte there may still be megabytes on their way.
const UPLOAD_PATIENCE: Duration = Duration::from_mins(3);

/// A Dropbox account, ready to be asked. Cloning is cheap; clones share tokens and connections.
#[derive(Debug, Clone)]
pub struct DropboxClient {
    inner: Arc<ClientInner>,
}

#[derive(Debug, Clone)]
struct ClientInner {
    rest: RestClient,
    tokens: Arc<TokenState>,
    locale: Option<String>,
    root: super::Root,
    team: TeamHeaders,
}

/// A result that came in a header, and the bytes that follow it.
#[derive(Debug)]
#[non_exhaustive]
pub struct DownloadReply<R> {
    pub result: R,
    pub response: RestResponse,
}

/// A part of a file, counted in bytes from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteRange {
    /// From here to the end.
    From(u64),
    /// From the first up to and without the second.
    Between(u64, u64),
    /// So many at the end.
    Last(u64),
}

impl From<RangeFrom<u64>> for ByteRange {
    fn from(range: RangeFrom<u64>) -> Self {
        Self::From(range.start)
    }
}

impl From<Range<u64>> for ByteRange {
    fn from(range: Range<u64>) -> Self {
        Self::Between(range.start, range.end)
    }
}

impl ByteRange {
    fn header(self) -> Result<HeaderValue, ApiError> {
        let text = match self {
            Self::From(start) => format!("bytes={start}-"),
            Self::Between(start, end) if start < end => format!("bytes={start}-{}", end - 1),
            Self::Last(count) if count > 0 => format!("bytes=-{count}"),
            Self::Between(..) | Self::Last(_) => {
                return Err(ApiError::InvalidArgument("the range of bytes is empty".into()));
            }
        };
        HeaderValue::try_from(text).map_err(|error| ApiError::InvalidArgument(error.to_string()))
    }
}

impl DropboxClient {
    /// A client for the account of `tokens`; a bare access token will do. A token that could not stand in a header
    /// is refused. Nothing is sent.
    pub fn new(tokens: impl Into<Tokens>, options: ClientOptions) -> Result<Self, ApiError> {
        let tokens = tokens.into();
        tokens.check()?;
        Self::build(tokens, None, options)
    }

    /// A client for a token of the retired OAuth 1, which can do nothing but
    /// [`create_oauth2_access_token`](Self::create_oauth2_access_token).
    pub fn from_oauth1(token: OAuth1Token, options: ClientOptions) -> Result<Self, ApiError> {
        Self::build(Tokens::access(""), Some(token), options)
    }

    fn build(tokens: Tokens, oauth1: Option<OAuth1Token>, options: ClientOptions) -> Result<Self, ApiError> {
        let team = TeamHeaders::new(&options);
        let ClientOptions { locale, rest_client, app, token_keeper, root, .. } = options;
        let rest = match rest_client {
            Some(rest) => rest,
            None => RestClient::new(super::BaseUrls::dropbox())?,
        };
        let tokens = Arc::new(TokenState::new(tokens, oauth1, app, token_keeper));
        Ok(Self { inner: Arc::new(ClientInner { rest, tokens, locale, root, team }) })
    }

    pub fn rest_client(&self) -> &RestClient {
        &self.inner.rest
    }

    /// The tokens in use now.
    pub fn tokens(&self) -> Tokens {
        Tokens::clone(&self.token_state().tokens())
    }

    pub(super) fn token_state(&self) -> &TokenState {
        &self.inner.tokens
    }

    pub(super) fn root(&self) -> super::Root {
        self.inner.root
    }

    /// Calls a route that takes and gives JSON.
    pub async fn rpc<A, R, E>(&self, route: &Rpc<A, R, E>, argument: &A) -> Result<R, CallError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned,
    {
        let patience = match route.info.host {
            Host::Notify => Duration::from_secs(LONGPOLL_LIMIT_SECS + LONGPOLL_EXTRA_SECS),
            Host::Api | Host::Content => PATIENCE,
        };
        self.rpc_with_patience(route, argument, patience).await
    }

    pub(super) async fn rpc_with_patience<A, R, E>(
        &self,
        route: &Rpc<A, R, E>,
        argument: &A,
        patience: Duration,
    ) -> Result<R, CallError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned,
    {
        let prepared = self.prepare(&route.info, argument, Method::POST)?;
        let call = self.call(&route.info, prepared, None, patience).await;
        Ok(call.map_err(ApiError::into_call_error)?.json().await?)
    }

    /// Calls a route and leaves to the caller what to make of the result.
    pub(super) async fn rpc_body<A: Serialize, R, E: DeserializeOwned>(
        &self,
        route: &Rpc<A, R, E>,
        argument: &A,
    ) -> Result<JsonBody, CallError<E>> {
        let prepared = self.prepare(&route.info, argument, Method::POST)?;
        let call = self.call(&route.info, prepared, None, PATIENCE).await;
        Ok(call.map_err(ApiError::into_call_error)?.json_body().await?)
    }

    /// Calls a route that takes bytes. A body in memory is sent again if the token turns out to be expired; for a
    /// stream the token is renewed all the same, but the call fails and is for the caller to repeat.
    pub async fn upload<A, R, E>(
        &self,
        route: &Upload<A, R, E>,
        argument: &A,
        body: impl Into<Body>,
    ) -> Result<R, CallError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned,
    {
        let prepared = self.prepare(&route.info, argument, Method::POST)?;
        let call = self.call(&route.info, prepared, Some(body.into()), UPLOAD_PATIENCE).await;
        Ok(call.map_err(ApiError::into_call_error)?.json().await?)
    }

    /// Calls a route that gives bytes: all of them, or a part.
    pub async fn download<A, R, E>(
        &self,
        route: &Download<A, R, E>,
        argument: &A,
        range: Option<ByteRange>,
    ) -> Result<DownloadReply<R>, CallError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned,
    {
        let mut prepared = self.prepare(&route.info, argument, Method::POST)?;
        if let Some(range) = range {
            prepared.headers.insert(header::RANGE, range.header()?);
        }
        let call = self.call(&route.info, prepared, None, PATIENCE).await;
        let response = call.map_err(ApiError::into_call_error)?;
        response.refuse_web_page()?;
        let result = response
            .headers()
            .get("dropbox-api-result")
            .ok_or_else(|| response.malformed("the header Dropbox-API-Result is missing"))?;
        let result = serde_json::from_slice(result.as_bytes()).map_err(|error| {
            response.malformed(format!("the header Dropbox-API-Result is wrong: {error}"))
        })?;
        Ok(DownloadReply { result, response })
    }

    /// Sends, and if the access token has expired refreshes it and sends once more.
    async fn call(
        &self,
        route: &RouteInfo,
        prepared: PreparedRequest,
        body: Option<Body>,
        patience: Duration,
    ) -> Result<RestResponse, ApiError> {
        let token_state = self.token_state();
        let needs_user = matches!(route.auth, Auth::User | Auth::AppOrUser);
        if needs_user {
            token_state.check_enabled()?;
        }
        let tokens =
            if needs_user { Some(token_state.fresh_tokens(self.rest_client()).await?) } else { None };
        let again = body.as_ref().map(Body::try_clone);
        let error = match self.send(route, prepared.clone(), body, tokens.as_deref(), patience).await {
            Err(error) if error.is_expired_token() => error,
            outcome => return outcome,
        };
        let Some(used) = tokens.filter(|_| token_state.can_refresh()) else { return Err(error) };
        let fresh = token_state.refresh(self.rest_client(), &used).await?;
        match again {
            Some(None) => Err(error),
            Some(body) => self.send(route, prepared, body, Some(&fresh), patience).await,
            None => self.send(route, prepared, None, Some(&fresh), patience).await,
        }
    }

    async fn send(
        &self,
        route: &RouteInfo,
        mut prepared: PreparedRequest,
        body: Option<Body>,
        tokens: Option<&Tokens>,
        patience: Duration,
    ) -> Result<RestResponse, ApiError> {
        if let Some(tokens) = tokens {
            prepared.authorize_user(tokens)?;
        }
        let PreparedRequest { method, url, headers, params } = prepared;
        let request =
            self.rest_client().request_to(method, url).headers(headers).call(route.name).patience(patience);
        match body.or_else(|| params.map(Body::from)) {
            Some(body) => request.body(body).send().await,
            None => request.send().await,
        }
    }
}
