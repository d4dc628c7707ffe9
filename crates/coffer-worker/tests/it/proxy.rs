//! A man in the middle between the worker and the account: it counts calls and bytes, and twists answers.

use bytes::Bytes;
use coffer_model::AccountChoice;
use coffer_model::message::Job;
use coffer_testing::house::{House, start_worker_at};
use coffer_testing::http_server::serve_http;
use futures_util::StreamExt;
use http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What becomes of an answer.
pub enum Twist {
    Pass,
    /// This instead: a status, and a body of JSON.
    Answer(u16, String),
    /// This instead: a result in the header, and a content.
    Content(String, &'static [u8]),
    /// This instead, which is not the service's: a status, the type of the body, and where it leads.
    Stranger(u16, &'static str, &'static str),
    /// None ever.
    Never,
    /// It breaks off after so many bytes.
    CutAfter(u64),
    /// It stops there and keeps the line open.
    HoldAfter(u64),
    /// The whole body is changed.
    Change(fn(Vec<u8>) -> Vec<u8>),
    /// The whole body is changed, and something follows it again and again.
    ThenForever(fn(Vec<u8>) -> Endless),
}

/// A body that does not end.
pub struct Endless {
    pub first: Vec<u8>,
    /// Again and again.
    pub then: Vec<u8>,
}

/// A call as it came.
#[derive(Clone, Debug)]
pub struct Call {
    pub route: String,
    /// JSON: of uploads and downloads only.
    pub argument: String,
    pub range: Option<String>,
    /// From where its paths start.
    pub path_root: Option<String>,
    /// So many calls of the route came before.
    pub number: usize,
}

type Hook = Box<dyn Fn(&Call) -> Twist + Send + Sync>;

pub struct Proxy {
    pub url: String,
    inner: Arc<Inner>,
}

struct Inner {
    upstream: String,
    http: reqwest::Client,
    hook: Mutex<Hook>,
    calls: Mutex<Vec<(Call, Arc<AtomicU64>)>>,
}

impl Proxy {
    /// Puts it between the account of a house and its worker, which is started anew.
    pub fn between(house: &mut House) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let inner = Arc::new(Inner {
            upstream: house.server.url(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            hook: Mutex::new(Box::new(|_| Twist::Pass)),
            calls: Mutex::default(),
        });
        let listener = house.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let forwarding = Arc::clone(&inner);
        house.runtime.spawn(serve_http(listener, move |request| forward(Arc::clone(&forwarding), request)));
        let proxy = Self { url, inner };
        proxy.restart_worker(house);
        proxy
    }

    /// Ends the worker as closing the window does, and starts another one over the same folders.
    pub fn restart_worker(&self, house: &mut House) {
        house.worker = None;
        let (worker, port) = start_worker_at(house.folder.path(), &self.url, &house.server.token());
        house.worker = Some(worker);
        house.port = port;
        house.session = house.start(Job::Session(AccountChoice::Local));
    }

    pub fn twist(&self, hook: impl Fn(&Call) -> Twist + Send + Sync + 'static) {
        *self.inner.hook.lock().unwrap() = Box::new(hook);
    }

    pub fn calls(&self, route: &str) -> Vec<Call> {
        let calls = self.inner.calls.lock().unwrap();
        calls.iter().filter(|(call, _)| call.route == route).map(|(call, _)| call.clone()).collect()
    }

    /// Every call, in order.
    pub fn all_calls(&self) -> Vec<Call> {
        self.inner.calls.lock().unwrap().iter().map(|(call, _)| call.clone()).collect()
    }

    /// Bytes of bodies that answered a route.
    pub fn served(&self, route: &str) -> u64 {
        let calls = self.inner.calls.lock().unwrap();
        let of_route = calls.iter().filter(|(call, _)| call.route == route);
        of_route.map(|(_, bytes)| bytes.load(Ordering::Relaxed)).sum()
    }

    /// From here on everything is counted anew, and nothing is twisted.
    pub fn reset(&self) {
        self.twist(|_| Twist::Pass);
        self.inner.calls.lock().unwrap().clear();
    }
}

/// The body of an answer.
type Body = UnsyncBoxBody<Bytes, io::Error>;

fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

async fn forward(inner: Arc<Inner>, request: Request<Incoming>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let route = parts.uri.path().trim_start_matches("/2/").to_owned();
    let text = |headers: &HeaderMap, name: &str| {
        headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let served = Arc::new(AtomicU64::new(0));
    let call = {
        let mut calls = inner.calls.lock().unwrap();
        let call = Call {
            number: calls.iter().filter(|(call, _)| call.route == route).count(),
            argument: text(&parts.headers, "dropbox-api-arg").unwrap_or_default(),
            range: text(&parts.headers, "range"),
            path_root: text(&parts.headers, "dropbox-api-path-root"),
            route,
        };
        calls.push((call.clone(), Arc::clone(&served)));
        call
    };
    let twist = inner.hook.lock().unwrap()(&call);
    let (end, hold) = match twist {
        Twist::Never => return std::future::pending().await,
        Twist::Answer(status, json) => {
            let reply = Response::builder().status(status).header(header::CONTENT_TYPE, "application/json");
            return reply.body(full(json)).unwrap();
        }
        Twist::Content(result, content) => {
            let reply = Response::builder().header("dropbox-api-result", result);
            return reply.body(full(content)).unwrap();
        }
        Twist::Stranger(status, content_type, location) => {
            let reply = Response::builder().status(status).header(header::CONTENT_TYPE, content_type);
            return reply.header(header::LOCATION, location).body(full("<html>Welcome</html>")).unwrap();
        }
        Twist::CutAfter(bytes) => (bytes, false),
        Twist::HoldAfter(bytes) => (bytes, true),
        Twist::Pass | Twist::Change(_) | Twist::ThenForever(_) => (u64::MAX, false),
    };
    let mut headers = parts.headers;
    headers.remove(header::HOST);
    let sent = inner
        .http
        .request(parts.method, format!("{}{}", inner.upstream, parts.uri))
        .headers(headers)
        .body(reqwest::Body::wrap_stream(body.into_data_stream()))
        .send()
        .await;
    let Ok(reply) = sent else {
        return Response::builder().status(StatusCode::BAD_GATEWAY).body(full("")).unwrap();
    };
    let mut answer = Response::builder().status(reply.status());
    for (name, value) in reply.headers() {
        if name != header::TRANSFER_ENCODING && name != header::CONNECTION {
            answer = answer.header(name, value);
        }
    }
    if let Twist::Change(change) = twist {
        let changed = change(reply.bytes().await.unwrap().to_vec());
        served.fetch_add(changed.len() as u64, Ordering::Relaxed);
        let mut answer = answer.body(full(changed)).unwrap();
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        return answer;
    }
    if let Twist::ThenForever(change) = twist {
        let Endless { first, then } = change(reply.bytes().await.unwrap().to_vec());
        let pieces = std::iter::once(Bytes::from(first)).chain(std::iter::repeat(Bytes::from(then)));
        let frames = futures_util::stream::iter(pieces.map(|piece| Ok(Frame::data(piece))));
        let mut answer = answer.body(StreamBody::new(frames).boxed_unsync()).unwrap();
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        return answer;
    }
    let mut sent = 0;
    let pieces = reply.bytes_stream().map(move |piece| piece.map_err(io::Error::other)).then(move |piece| {
        let served = Arc::clone(&served);
        let left = end - sent;
        sent += piece.as_ref().map_or(0, |piece| piece.len() as u64).min(left);
        async move {
            if left == 0 {
                if hold {
                    std::future::pending::<()>().await;
                }
                return Err(io::Error::from(io::ErrorKind::ConnectionReset));
            }
            let mut piece: Bytes = piece?;
            piece.truncate(usize::try_from(left).unwrap_or(usize::MAX));
            served.fetch_add(piece.len() as u64, Ordering::Relaxed);
            Ok(Frame::data(piece))
        }
    });
    answer.body(StreamBody::new(pieces).boxed_unsync()).unwrap()
}
