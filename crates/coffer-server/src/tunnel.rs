//! `CONNECT` (RFC 9110 §9.3.6), so that a client whose addresses cannot be changed reaches this server as its proxy.
//!
//! With `HTTPS_PROXY` set, a client of Dropbox asks for a tunnel to `api.dropboxapi.com` and begins TLS in it. The tunnel
//! ends here, whatever host was asked for: nothing is ever forwarded to another machine.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use std::convert::Infallible;
use tokio::net::TcpStream;

/// The first byte of a TLS handshake (RFC 8446 §5.1), which no HTTP method begins with.
const TLS_HANDSHAKE: u8 = 22;

/// Whether the client begins TLS at once. Waits for its first byte.
pub(crate) async fn begins_with_tls(stream: &TcpStream) -> bool {
    let mut first = [0];
    matches!(stream.peek(&mut first).await, Ok(1) if first[0] == TLS_HANDSHAKE)
}

/// Answers a `CONNECT`, and returns the tunnel. Other methods are refused: what is not encrypted has no business on the
/// port of a server with a certificate.
pub(crate) async fn accept(stream: TcpStream) -> Option<TokioIo<Upgraded>> {
    let tunnel: Mutex<Option<OnUpgrade>> = Mutex::new(None);
    let service = service_fn(|request: Request<Incoming>| {
        let mut reply = Response::new(Empty::<Bytes>::new());
        if request.method() == Method::CONNECT {
            *tunnel.lock() = Some(hyper::upgrade::on(request));
        } else {
            *reply.status_mut() = StatusCode::BAD_REQUEST;
        }
        async { Ok::<_, Infallible>(reply) }
    });
    // Ends when the reply to `CONNECT` is sent, and hands the stream to the tunnel.
    let served = http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades().await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended before a tunnel was open");
        return None;
    }
    let tunnel = tunnel.into_inner()?;
    tunnel.await.ok().map(TokioIo::new)
}
