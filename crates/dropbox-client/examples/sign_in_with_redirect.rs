//! Signing in as a web application does: the browser is sent to Dropbox, and comes back with a code.
//!
//! `APP_KEY=… APP_SECRET=… cargo run --example sign_in_with_redirect`; the app must have the address that is printed
//! among its redirect URIs. A real application keeps a session for each person; here there is one.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
#![allow(clippy::print_stdout)]

mod common;

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

use common::{Outcome, rest_client};
use dropbox_client::{AppRegistration, DropboxOAuth2Flow, FlowError, FlowOptions};
use http::{Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::Mutex;

const CSRF_TOKEN_KEY: &str = "dropbox-auth-csrf-token";

type Flow = DropboxOAuth2Flow<HashMap<String, String>>;

#[tokio::main]
async fn main() -> Outcome {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 8642)).await?;
    let home = format!("http://localhost:{}", listener.local_addr()?.port());
    let key = std::env::var("APP_KEY").map_err(|_| "set APP_KEY to your app's key")?;
    let app = match std::env::var("APP_SECRET") {
        Ok(secret) => AppRegistration::with_secret(key, secret),
        Err(_) => AppRegistration::public(key),
    };
    let options = FlowOptions::default().with_rest_client(rest_client()?);
    let flow =
        DropboxOAuth2Flow::new(app, format!("{home}/finish"), HashMap::new(), CSRF_TOKEN_KEY, options)?;
    let flow = Arc::new(Mutex::new(flow));
    println!("Open {home}/");
    loop {
        let (stream, _) = listener.accept().await?;
        let flow = Arc::clone(&flow);
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(Arc::clone(&flow), request));
            if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
                println!("a connection ended early: {error}");
            }
        });
    }
}

type Reply = Response<Full<Bytes>>;

async fn answer(flow: Arc<Mutex<Flow>>, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let mut flow = flow.lock().await;
    Ok(match request.uri().path() {
        "/" => start(&mut flow),
        "/finish" => finish(&mut flow, request.uri().query().unwrap_or_default()).await,
        _ => text(StatusCode::NOT_FOUND, "There is nothing here."),
    })
}

fn start(flow: &mut Flow) -> Reply {
    match flow.start(Some("from the example")) {
        Ok(url) => redirect(&url),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

async fn finish(flow: &mut Flow, query: &str) -> Reply {
    let params = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    match flow.finish(params).await {
        Ok(authorization) => {
            let state = authorization.url_state.unwrap_or_default();
            text(StatusCode::OK, format!("Signed in as {}. You came {state}.", authorization.account_id))
        }
        Err(FlowError::BadRequest(why)) => text(StatusCode::BAD_REQUEST, why),
        Err(FlowError::BadState) => redirect("/"),
        Err(FlowError::Csrf) => text(StatusCode::FORBIDDEN, ""),
        Err(FlowError::NotApproved { .. }) => text(StatusCode::OK, "Not approved? Why not?"),
        Err(FlowError::Provider(why)) => text(StatusCode::FORBIDDEN, why),
        Err(error) => text(StatusCode::BAD_GATEWAY, error.to_string()),
    }
}

fn text(status: StatusCode, text: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Full::new(text.into()));
    *reply.status_mut() = status;
    reply
}

fn redirect(url: &str) -> Reply {
    let mut reply = text(StatusCode::SEE_OTHER, "");
    if let Ok(url) = url.parse() {
        reply.headers_mut().insert(header::LOCATION, url);
    }
    reply
}
