//! Sending one request and waiting for its reply, with patience that counts from the last sign of life.
//! What the status means is none of this file's business.

use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::StreamExt;
use http::{HeaderValue, header};
use tokio::time::{Instant, timeout, timeout_at};

use super::{ApiError, BaseUrls, Body, RestSocketError};

/// How long a connection may take.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);

/// How long a reply may be silent.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);

/// Bodies up to this size are handed over whole.
const SMALL_BODY_BYTES: usize = 64 * 1024;

/// Builds the HTTP client that all requests share.
pub(super) fn http_client(base_urls: &BaseUrls) -> Result<reqwest::Client, ApiError> {
    let mut builder = http_builder();
    if base_urls.are_loopback() {
        builder = builder.no_proxy();
    }
    if !base_urls.use_tls() {
        // Those of the system are looked for here, and a small system has none.
        builder = builder.tls_certs_only([]);
    }
    builder.build().map_err(|error| {
        let error = error.without_url();
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        ApiError::InvalidArgument(format!("HTTP cannot be set up: {error}{cause}"))
    })
}

/// What all HTTP clients have in common. Without a provider of cryptography, `build` would panic.
pub(super) fn http_builder() -> reqwest::ClientBuilder {
    // Whoever has installed one already wants that one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Coffer/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_PATIENCE)
        // The API never redirects, and a token must not follow anyone.
        .redirect(reqwest::redirect::Policy::none())
        .tcp_nodelay(true);
    #[cfg(feature = "http2")]
    let builder = builder.http2_adaptive_window(true);
    builder
}

/// Sends `request` with `body` and waits for the head of the reply.
pub(super) async fn send(
    http: &reqwest::Client,
    mut request: reqwest::Request,
    body: Option<Body>,
    patience: Duration,
) -> Result<reqwest::Response, ApiError> {
    let host = host_of(request.url());
    let sending = Arc::new(Sending::new());
    if let Some(body) = body {
        attach(&mut request, body, &sending);
    }
    let mut reply = pin!(http.execute(request));
    loop {
        let deadline = sending.last_sign_of_life() + patience;
        match timeout_at(deadline, &mut reply).await {
            Ok(reply) => {
                return reply.map_err(|error| match sending.take_source_error() {
                    Some(source_error) => ApiError::Source(source_error),
                    None => RestSocketError::from_request(&host, error).into(),
                });
            }
            // A sign of life may have come while the time ran.
            Err(_) if sending.last_sign_of_life() + patience <= Instant::now() => {
                return Err(RestSocketError::silence(&host).into());
            }
            Err(_) => {}
        }
    }
}

/// The next piece of a reply's body, `None` at its end.
pub(super) async fn next_chunk(
    reply: &mut reqwest::Response,
    patience: Duration,
) -> Result<Option<bytes::Bytes>, ApiError> {
    match timeout(patience, reply.chunk()).await {
        Ok(Ok(chunk)) => Ok(chunk),
        Ok(Err(error)) => Err(RestSocketError::from_body(&host_of(reply.url()), error).into()),
        Err(_) => Err(RestSocketError::silence(&host_of(reply.url())).into()),
    }
}

pub(super) fn host_of(url: &url::Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn attach(request: &mut reqwest::Request, body: Body, sending: &Arc<Sending>) {
    if let Some(bytes) = body.take_small(SMALL_BODY_BYTES) {
        *request.body_mut() = Some(bytes.into());
        return;
    }
    if let Some(length) = body.length() {
        request.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    let (sending, held_back) = (Arc::clone(sending), Arc::clone(sending));
    let pieces = body
        .into_pieces(move || held_back.lock().last_sign_of_life = Instant::now())
        .map(move |piece| sending.record_piece(piece));
    *request.body_mut() = Some(reqwest::Body::wrap_stream(pieces));
}

/// What is known about a body on its way.
struct Sending {
    state: Mutex<SendingState>,
}

struct SendingState {
    last_sign_of_life: Instant,
    source_error: Option<io::Error>,
}

impl Sending {
    fn new() -> Self {
        Self { state: Mutex::new(SendingState { last_sign_of_life: Instant::now(), source_error: None }) }
    }

    /// The network has asked for another piece. An error is kept here, and a copy goes the way of the body.
    fn record_piece<T>(&self, piece: io::Result<T>) -> io::Result<T> {
        let mut state = self.lock();
        state.last_sign_of_life = Instant::now();
        piece.map_err(|error| {
            let copy = io::Error::new(error.kind(), error.to_string());
            state.source_error = Some(error);
            copy
        })
    }

    fn last_sign_of_life(&self) -> Instant {
        self.lock().last_sign_of_life
    }

    fn take_source_error(&self) -> Option<io::Error> {
        self.lock().source_error.take()
    }

    fn lock(&self) -> MutexGuard<'_, SendingState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
