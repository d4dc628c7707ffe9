//! Signing in as a web application does: the browser is sent to Dropbox, and comes back with a code.
//!
//! `APP_KEY=… APP_SECRET=… cargo run --example sign_in_with_redirect`; the app must have the address that is printed
//! among its redirect URIs. A real application keeps a session for each person; here there is one.

#![allow(clippy::print_stdout)]

mod common;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use common::{Outcome, rest_client};
use dropbox_client::{App, DropboxOAuth2Flow, FlowError, FlowOptions};
use tokio::sync::Mutex;

const CSRF_TOKEN_KEY: &str = "dropbox-auth-csrf-token";

type Flow = DropboxOAuth2Flow<HashMap<String, String>>;

#[tokio::main]
async fn main() -> Outcome {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 8642)).await?;
    let home = format!("http://localhost:{}", listener.local_addr()?.port());
    let key = std::env::var("APP_KEY").map_err(|_| "set APP_KEY to your app's key")?;
    let app = match std::env::var("APP_SECRET") {
        Ok(secret) => App::with_secret(key, secret),
        Err(_) => App::public(key),
    };
    let options = FlowOptions { rest_client: Some(rest_client()?), ..FlowOptions::default() };
    let flow =
        DropboxOAuth2Flow::new(app, format!("{home}/finish"), HashMap::new(), CSRF_TOKEN_KEY, options)?;
    let router = Router::new()
        .route("/", get(start))
        .route("/finish", get(finish))
        .with_state(Arc::new(Mutex::new(flow)));
    println!("Open {home}/");
    axum::serve(listener, router).await?;
    Ok(())
}

async fn start(State(flow): State<Arc<Mutex<Flow>>>) -> Response {
    match flow.lock().await.start(Some("from the example")) {
        Ok(url) => Redirect::to(&url).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn finish(State(flow): State<Arc<Mutex<Flow>>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let params = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    match flow.lock().await.finish(params).await {
        Ok(authorization) => format!(
            "Signed in as {}. You came {}.",
            authorization.account_id,
            authorization.url_state.unwrap_or_default()
        )
        .into_response(),
        Err(FlowError::BadRequest(why)) => (StatusCode::BAD_REQUEST, why).into_response(),
        Err(FlowError::BadState) => Redirect::to("/").into_response(),
        Err(FlowError::Csrf) => StatusCode::FORBIDDEN.into_response(),
        Err(FlowError::NotApproved { .. }) => "Not approved? Why not?".into_response(),
        Err(FlowError::Provider(why)) => (StatusCode::FORBIDDEN, why).into_response(),
        Err(FlowError::Api(error)) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}
