//! Plain HTTP for the client and for whoever needs more than it offers: requests, and responses that are read
//! piece by piece.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{Stream, try_unfold};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde::de::{Deserialize, DeserializeOwned};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::pacer::{Pacer, wait_with_heartbeat};
use super::transport::{self, PATIENCE};
use super::{ApiError, BaseUrls, Body, ErrorResponse, PreparedRequest, RestSocketError, urls};

/// JSON replies are read into memory up to this size.
const JSON_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// So much memory is taken at once for a body whose length is announced; more only as it comes.
const ANNOUNCED_BYTES: usize = 4 * 1024 * 1024;

/// JSON that comes slower than this, in bytes a second, comes from a service that does not mean to end it: a blank now and
/// then is a sign of life, but no answer.
const SLOWEST_JSON: u64 = 1024;

/// Of the body of an error so much is kept.
const ERROR_LIMIT_BYTES: usize = 1024 * 1024;

/// Sends requests. Cloning is cheap; all clones share their connections.
#[derive(Debug, Clone)]
pub struct RestClient {
    http: reqwest::Client,
    base_urls: Arc<BaseUrls>,
}

impl RestClient {
    /// A client that believes the certificates which this system does, uses its proxies (but none for this machine
    /// itself), and follows no redirects.
    pub fn new(base_urls: BaseUrls) -> Result<Self, ApiError> {
        let http = transport::http_client(&base_urls)?;
        Ok(Self::with_http(http, base_urls))
    }

    /// An HTTP client as [`new`](Self::new) makes it, to be changed and given to [`with_http`](Self::with_http).
    ///
    /// ```no_run
    /// # fn example(certificate: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    /// use dropbox_client::{BaseUrls, RestClient, reqwest};
    ///
    /// let certificate = reqwest::Certificate::from_pem(certificate)?;
    /// let http = RestClient::http_builder().tls_certs_only([certificate]).build()?;
    /// let rest = RestClient::with_http(http, BaseUrls::dropbox());
    /// # Ok(()) }
    /// ```
    pub fn http_builder() -> reqwest::ClientBuilder {
        transport::http_builder()
    }

    /// Uses a ready HTTP client, with its own proxies, certificates and timeouts. It should follow no redirects: the API
    /// never sends any, and a token must not go where one leads. A timeout of its own for whole requests would end
    /// long transfers; silence ends calls anyway.
    ///
    /// Start from [`http_builder`](Self::http_builder): `reqwest::Client::builder().build()` panics in a program that has
    /// not chosen its cryptography, as rustls calls it.
    pub fn with_http(http: reqwest::Client, base_urls: BaseUrls) -> Self {
        Self { http, base_urls: Arc::new(base_urls) }
    }

    pub fn base_urls(&self) -> &BaseUrls {
        &self.base_urls
    }

    /// Prepares a request; nothing is sent yet. Only https is taken, and http on loopback.
    pub fn request(&self, method: Method, url: &str) -> Result<RestRequest, ApiError> {
        Ok(self.request_to(method, urls::parse(url)?))
    }

    pub fn get(&self, url: &str) -> Result<RestRequest, ApiError> {
        self.request(Method::GET, url)
    }

    pub fn post(&self, url: &str) -> Result<RestRequest, ApiError> {
        self.request(Method::POST, url)
    }

    pub fn put(&self, url: &str) -> Result<RestRequest, ApiError> {
        self.request(Method::PUT, url)
    }

    /// What [`DropboxClient::request`](crate::DropboxClient::request) has prepared, to be sent. An upload still needs its
    /// [`body`](RestRequest::body).
    pub fn prepared(&self, prepared: PreparedRequest) -> RestRequest {
        let PreparedRequest { method, url, headers, params } = prepared;
        let call = url.path().trim_start_matches("/2/").to_owned();
        RestRequest {
            body: params.map(Body::from),
            ..self.request_to(method, url).headers(headers).call(&call)
        }
    }

    pub(super) fn request_to(&self, method: Method, url: Url) -> RestRequest {
        let call = transport::host_of(&url);
        RestRequest {
            http: self.http.clone(),
            request: reqwest::Request::new(method, url),
            post_params: None,
            body: None,
            patience: PATIENCE,
            call,
        }
    }
}

/// A request on its way to be sent.
#[must_use = "a request does nothing until it is sent"]
pub struct RestRequest {
    http: reqwest::Client,
    request: reqwest::Request,
    post_params: Option<String>,
    body: Option<Body>,
    patience: Duration,
    call: String,
}

impl RestRequest {
    /// Adds a header. A value with a newline is refused: it could smuggle in another header.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, ApiError> {
        if value.contains(['\r', '\n']) {
            return Err(ApiError::InvalidArgument(format!("the header {name:?} contains a newline")));
        }
        let invalid = || ApiError::InvalidArgument(format!("the header {name:?} cannot be sent"));
        let header_name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
        let mut header_value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| invalid())?;
        header_value.set_sensitive(header_name == header::AUTHORIZATION);
        self.request.headers_mut().append(header_name, header_value);
        Ok(self)
    }

    pub(super) fn headers(mut self, headers: HeaderMap) -> Self {
        self.request.headers_mut().extend(headers);
        self
    }

    /// Sends these as a form; not together with a body.
    pub fn post_params<K: AsRef<str>, V: AsRef<str>>(
        mut self,
        params: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.post_params =
            Some(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish());
        self
    }

    /// Sends this; not together with form parameters.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// How long the service may be silent, instead of 60 seconds.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Names the request in errors; otherwise that is the host.
    pub(super) fn call(mut self, call: &str) -> Self {
        call.clone_into(&mut self.call);
        self
    }

    /// Sends and returns the response unread. Anything but 200 and 206 is an error.
    pub async fn send(mut self) -> Result<RestResponse, ApiError> {
        let body = match (self.post_params, self.body) {
            (Some(_), Some(_)) => {
                return Err(ApiError::InvalidArgument(
                    "a request has form parameters or a body, not both".into(),
                ));
            }
            (Some(form), None) => {
                let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
                self.request.headers_mut().insert(header::CONTENT_TYPE, form_type);
                Some(form.into())
            }
            (None, body) => body,
        };
        let reply = transport::send(&self.http, self.request, body, self.patience).await?;
        let mut response = RestResponse::new(self.call, reply, self.patience);
        tracing::debug!(call = response.call, status = response.status.as_u16(), "answered");
        if matches!(response.status, StatusCode::OK | StatusCode::PARTIAL_CONTENT) {
            return Ok(response);
        }
        // An error whose text cannot be read is still that error.
        let body = response.read_at_most(ERROR_LIMIT_BYTES).await.unwrap_or_default();
        Err(ErrorResponse::new(&response.call, response.status, &response.headers, &body).into())
    }

    /// Sends and returns the reply as JSON.
    pub async fn json(self) -> Result<Value, ApiError> {
        self.send().await?.json().await
    }
}

impl fmt::Debug for RestRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("RestRequest")
            .field("method", self.request.method())
            .field("call", &self.call)
            .field("headers", self.request.headers())
            .finish_non_exhaustive()
    }
}

/// A successful response whose body has yet to be read. Dropping it frees the connection.
pub struct RestResponse {
    call: String,
    status: StatusCode,
    headers: HeaderMap,
    /// `None` once closed.
    reply: Option<reqwest::Response>,
    /// Received, but not asked for yet.
    pending: Bytes,
    patience: Duration,
    pacer: Option<Arc<dyn Pacer>>,
}

impl RestResponse {
    fn new(call: String, mut reply: reqwest::Response, patience: Duration) -> Self {
        let headers = std::mem::take(reply.headers_mut());
        Self {
            call,
            status: reply.status(),
            headers,
            reply: Some(reply),
            pending: Bytes::new(),
            patience,
            pacer: None,
        }
    }

    /// Hands on what arrives only when `pacer` lets it pass; meanwhile the network waits.
    #[must_use]
    pub fn paced(mut self, pacer: Arc<dyn Pacer>) -> Self {
        self.pacer = Some(pacer);
        self
    }

    /// 200, or 206 for a part.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header's value, whatever the case of its name; `None` too if it is not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The length of the body in bytes, where the service says it.
    pub fn content_length(&self) -> Option<u64> {
        self.header("content-length").and_then(|length| length.parse().ok())
    }

    /// Reads everything that is left into memory, however much that is, or at most `amount` bytes. Nothing means the
    /// end.
    pub async fn read(&mut self, amount: Option<usize>) -> Result<Bytes, ApiError> {
        if let Some(amount) = amount {
            if self.reply.is_some() && self.pending.is_empty() && amount > 0 {
                self.pending = self.chunk().await?.unwrap_or_default();
            }
            return match self.reply {
                Some(_) => Ok(self.pending.split_to(amount.min(self.pending.len()))),
                None => Err(ApiError::AlreadyClosed),
            };
        }
        self.read_at_most(usize::MAX).await
    }

    /// The next piece as it comes from the network, `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, ApiError> {
        let Some(reply) = &mut self.reply else { return Err(ApiError::AlreadyClosed) };
        if !self.pending.is_empty() {
            return Ok(Some(std::mem::take(&mut self.pending)));
        }
        let chunk = transport::next_chunk(reply, self.patience).await?;
        wait_with_heartbeat(self.pacer.as_ref(), chunk.as_ref().map_or(0, Bytes::len), || {}).await;
        Ok(chunk)
    }

    /// The body as a stream of pieces.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, ApiError>> + Send + 'static {
        try_unfold(
            self,
            |mut response| async move { Ok(response.chunk().await?.map(|chunk| (chunk, response))) },
        )
    }

    /// Frees the connection. Closing twice is harmless; reading afterwards is an error.
    pub fn close(&mut self) {
        self.reply = None;
        self.pending = Bytes::new();
    }

    /// Reads the whole body as JSON.
    pub(super) async fn json<T: DeserializeOwned>(&mut self) -> Result<T, ApiError> {
        self.json_body().await?.parse()
    }

    /// Reads the whole body, which should be JSON.
    pub(super) async fn json_body(&mut self) -> Result<JsonBody, ApiError> {
        self.refuse_web_page()?;
        let bytes = self.read_json(Instant::now()).await?;
        if bytes.len() == JSON_LIMIT_BYTES {
            return Err(self.malformed("the reply is too large"));
        }
        Ok(JsonBody { call: self.call.clone(), status: self.status.as_u16(), bytes })
    }

    /// Reads a body that was begun to be waited for at `began`.
    async fn read_json(&mut self, began: Instant) -> Result<Bytes, ApiError> {
        let mut body = BytesMut::new();
        while body.len() < JSON_LIMIT_BYTES {
            let allowed = self.patience + Duration::from_secs(body.len() as u64 / SLOWEST_JSON);
            let Ok(chunk) = timeout_at(began + allowed, self.chunk()).await else {
                let host = self.reply.as_ref().map(|reply| transport::host_of(reply.url()));
                return Err(RestSocketError::silence(&host.unwrap_or_default()).into());
            };
            match chunk? {
                // Most replies are one piece, which needs no copy.
                Some(only) if body.is_empty() && self.content_length() == Some(only.len() as u64) => {
                    return Ok(only);
                }
                Some(chunk) => body.extend_from_slice(&chunk),
                None => break,
            }
        }
        body.truncate(JSON_LIMIT_BYTES);
        Ok(body.freeze())
    }

    pub(super) fn malformed(&self, problem: impl Into<String>) -> ApiError {
        ApiError::Malformed { call: self.call.clone(), status: self.status.as_u16(), problem: problem.into() }
    }

    /// No route answers with HTML.
    pub(super) fn refuse_web_page(&self) -> Result<(), ApiError> {
        if self.header("content-type").is_some_and(|it| it.to_ascii_lowercase().starts_with("text/html")) {
            return Err(ApiError::WebPage { call: self.call.clone(), status: self.status.as_u16() });
        }
        Ok(())
    }

    async fn read_at_most(&mut self, limit: usize) -> Result<Bytes, ApiError> {
        let Some(first) = self.chunk().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.chunk().await? else { return Ok(first.slice(..first.len().min(limit))) };
        let announced = self.content_length().map_or(0, |length| length.min(ANNOUNCED_BYTES as u64) as usize);
        let mut body = BytesMut::with_capacity(announced.max(first.len() + second.len()));
        body.extend_from_slice(&first);
        body.extend_from_slice(&second);
        while body.len() < limit {
            let Some(chunk) = self.chunk().await? else { break };
            body.extend_from_slice(&chunk);
        }
        body.truncate(limit);
        Ok(body.freeze())
    }
}

/// The body of a reply that should be JSON, from which a result can borrow.
pub(super) struct JsonBody {
    call: String,
    status: u16,
    bytes: Bytes,
}

impl JsonBody {
    pub(super) fn parse<'a, T: Deserialize<'a>>(&'a self) -> Result<T, ApiError> {
        // Checked once as a whole, which is much cheaper than text by text.
        let text = std::str::from_utf8(&self.bytes)
            .map_err(|error| self.malformed(format!("the reply is not text: {error}")))?;
        // Names the route in the log where only a part can't be read.
        let _span = tracing::warn_span!("reply", call = self.call).entered();
        serde_json::from_str(text)
            .map_err(|error| self.malformed(format!("the reply is not what was expected: {error}")))
    }

    pub(super) fn malformed(&self, problem: impl Into<String>) -> ApiError {
        ApiError::Malformed { call: self.call.clone(), status: self.status, problem: problem.into() }
    }
}

impl fmt::Debug for RestResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("RestResponse")
            .field("call", &self.call)
            .field("status", &self.status)
            .field("closed", &self.reply.is_none())
            .finish_non_exhaustive()
    }
}
