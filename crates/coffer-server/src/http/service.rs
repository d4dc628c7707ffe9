//! What happens to every request: injected faults, dispatch on the path, the request id on the reply.

use super::body::{self, Body};
use super::html::notice;
use super::reply::{self, Reply};
use super::{api, link_pages, oauth, owner, temporary};
use crate::app_state::AppState;
use crate::connections::{ConnectionState, RequestGuard};
use crate::faults::FaultKind;
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use http::{HeaderValue, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Breaks a connection on purpose.
#[derive(Debug, thiserror::Error)]
#[error("the connection is broken on purpose")]
pub(crate) struct BrokenOnPurpose;

/// Answers the requests of one connection.
#[derive(Clone, Debug)]
pub(crate) struct HttpService {
    app: Arc<AppState>,
    connection: Arc<ConnectionState>,
}

impl HttpService {
    pub(crate) fn new(app: Arc<AppState>, connection: Arc<ConnectionState>) -> Self {
        Self { app, connection }
    }
}

impl<B> tower_service::Service<Request<B>> for HttpService
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<body::BoxError>,
{
    type Response = Reply;
    type Error = BrokenOnPurpose;
    type Future = BoxFuture<'static, Result<Reply, BrokenOnPurpose>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), BrokenOnPurpose>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let app = Arc::clone(&self.app);
        let guard = self.connection.begin_request();
        Box::pin(async move {
            let reply = dispatch(app, request.map(body::from_connection), &guard).await?;
            Ok(reply.map(|body| body::guarded(body, guard)))
        })
    }
}

async fn dispatch(
    app: Arc<AppState>,
    request: Request<Body>,
    guard: &RequestGuard,
) -> Result<Reply, BrokenOnPurpose> {
    if !app.config.latency.is_zero() {
        tokio::time::sleep(app.config.latency).await;
    }
    let path = collapse_slashes(request.uri().path());
    let route = path.strip_prefix("/2/").unwrap_or(path.trim_start_matches('/')).to_owned();
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    app.config.request_counts.record(&route, announced.and_then(|length| length.parse().ok()).unwrap_or(0));
    let fault = app.config.faults.next_for_route(&route);
    let mut reply = match fault {
        Some(FaultKind::Reset) => return Err(BrokenOnPurpose),
        Some(FaultKind::Status { status, retry_after_secs }) => {
            reply::drain(request.into_body()).await;
            reply::injected(status, retry_after_secs)
        }
        Some(FaultKind::LostReply) => {
            route_request(app, &path, request, guard).await;
            return Err(BrokenOnPurpose);
        }
        Some(FaultKind::Garbled) => garble(route_request(app, &path, request, guard).await),
        Some(FaultKind::Cut) => cut(route_request(app, &path, request, guard).await),
        Some(FaultKind::Delay(time)) => {
            tokio::time::sleep(time).await;
            route_request(app, &path, request, guard).await
        }
        None => route_request(app, &path, request, guard).await,
    };
    let id = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    if let Ok(id) = HeaderValue::from_str(&id) {
        reply.headers_mut().insert("x-dropbox-request-id", id);
    }
    tracing::debug!(%route, status = reply.status().as_u16(), "answered");
    Ok(reply)
}

async fn route_request(
    app: Arc<AppState>,
    path: &str,
    request: Request<Body>,
    guard: &RequestGuard,
) -> Reply {
    if let Some(route) = path.strip_prefix("/2/") {
        return api::call(app, route, request, guard.connection()).await;
    }
    let (parts, body) = request.into_parts();
    match (parts.method.as_str(), path) {
        ("GET" | "HEAD", "/oauth2/authorize" | "/1/oauth2/authorize") => {
            oauth::show_page(&app, &parts.headers, &parts.uri)
        }
        ("POST", "/oauth2/authorize" | "/1/oauth2/authorize") => {
            oauth::submit_decision(&app, &parts.headers, &parts.uri, body).await
        }
        ("POST", "/oauth2/token" | "/1/oauth2/token") => {
            oauth::token(&app, &parts.headers, &parts.uri, body).await
        }
        ("GET" | "HEAD" | "POST", path) if path.starts_with("/scl/") => {
            link_pages::serve_link(&app, &parts.method, &parts.headers, &parts.uri, body).await
        }
        ("GET" | "HEAD", path) if path.starts_with(temporary::DOWNLOAD_PREFIX) => {
            temporary::download(&app, &parts.headers, &path[temporary::DOWNLOAD_PREFIX.len()..]).await
        }
        ("POST", path) if path.starts_with(temporary::UPLOAD_PREFIX) => {
            temporary::upload(&app, &parts.headers, &path[temporary::UPLOAD_PREFIX.len()..], body).await
        }
        (_, path) if path.starts_with(owner::PREFIX) => {
            let (connection, path) = (guard.connection(), &path[owner::PREFIX.len()..]);
            owner::answer(&app, &parts.method, path, &parts.headers, &parts.uri, connection).await
        }
        ("GET" | "HEAD", "/") => notice(
            StatusCode::OK,
            "Coffer local account",
            "This server answers the Dropbox API. Use its address as the base URL of a client.",
        ),
        (_, path) => {
            reply::drain(body).await;
            if path.starts_with("/1/") {
                return reply::json(StatusCode::BAD_REQUEST, &serde_json::json!({"error": "v1_retired"}));
            }
            notice(StatusCode::NOT_FOUND, "Not found", "This page does not exist.")
        }
    }
}

/// `//2//files/upload` is `/2/files/upload`.
fn collapse_slashes(path: &str) -> String {
    let mut collapsed = String::with_capacity(path.len());
    for letter in path.chars() {
        if letter != '/' || !collapsed.ends_with('/') {
            collapsed.push(letter);
        }
    }
    collapsed
}

/// Lets half of a reply's first piece through and then breaks off.
fn cut(reply: Reply) -> Reply {
    let (parts, body) = reply.into_parts();
    let first_half = body
        .into_data_stream()
        .take(1)
        .map(|piece| piece.map(|bytes| bytes.slice(..bytes.len() / 2)).map_err(|_| BrokenOnPurpose));
    // The pause lets what has been written leave; otherwise the break would swallow it.
    let broken = futures_util::stream::once(async {
        tokio::task::yield_now().await;
        Err(BrokenOnPurpose)
    });
    let mut reply = Reply::from_parts(parts, body::from_stream(first_half.chain(broken)));
    // Without a length the break could pass for an end.
    if !reply.headers().contains_key("content-length") {
        reply.headers_mut().insert("content-length", HeaderValue::from_static("1048576"));
    }
    reply
}

/// Changes every byte of a reply’s body; its length stays.
fn garble(reply: Reply) -> Reply {
    reply.map(|body| {
        body.map_frame(|frame| frame.map_data(|bytes| bytes.iter().map(|byte| !byte).collect()))
            .boxed_unsync()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_slashes_in_an_address_count_as_one() {
        assert_eq!(collapse_slashes("//2//files///upload"), "/2/files/upload");
    }
}
