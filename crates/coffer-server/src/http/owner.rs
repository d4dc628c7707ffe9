//! What the server tells its owner and nobody else, under `/coffer/`: the passcode, and what apps have been allowed. And
//! `/coffer/proof`, by which a program of the owner finds out that it talks to this server before it sends a token.
//! None of this is part of Dropbox’s API.

use super::argument::query_parameter;
use super::body;
use super::failure::CallFailure;
use super::reply::{self, Reply};
use super::user_message::MessageLanguage;
use crate::app_state::AppState;
use crate::connections::ConnectionState;
use crate::proof::ProofSide;
use crate::shutdown::{ShutdownPhase, wait_for_phase};
use bytes::Bytes;
use futures_util::StreamExt as _;
use http::{HeaderMap, Method, StatusCode, Uri, header};
use serde_json::json;
use std::convert::Infallible;

/// Where the routes of the owner begin.
pub(super) const PREFIX: &str = "/coffer/";

/// Nonces are at least so long, so that no two are the same.
const NONCE_LENGTH: usize = 32;

/// Answers a request for `path`, which is what follows [`PREFIX`].
pub(super) async fn answer(
    app: &AppState,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    uri: &Uri,
    connection: &ConnectionState,
) -> Reply {
    if path == "proof" {
        return prove(app, uri, connection);
    }
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if !token.is_some_and(|token| app.access.is_owner(token)) {
        return reply::text(StatusCode::UNAUTHORIZED, "Only the owner’s token is good for this.");
    }
    connection.trust();
    let ended_grant = path.strip_prefix("grants/").and_then(|id| id.parse().ok());
    let outcome = match (method.as_str(), path, ended_grant) {
        ("GET", "passcode", _) => {
            Ok(Some(json!({ "passcode": app.passcode.as_ref().map(ToString::to_string) })))
        }
        ("GET", "grants", _) => app.access.grants().await.map(|grants| Some(json!(grants))),
        ("DELETE", _, Some(id)) => {
            app.access.end_grant(id).await.map(|is_found| is_found.then_some(serde_json::Value::Null))
        }
        _ => Ok(None),
    };
    match outcome {
        Ok(Some(value)) => reply::json(StatusCode::OK, &value),
        Ok(None) => reply::text(StatusCode::NOT_FOUND, "There is nothing here."),
        Err(error) => CallFailure::<()>::Store(error).into_reply("grants", MessageLanguage::English),
    }
}

/// The server’s proof, for a client that has given its own. The reply does not end before the server does: as long as it
/// is open, nobody else can listen at the address.
fn prove(app: &AppState, uri: &Uri, connection: &ConnectionState) -> Reply {
    let nonce = query_parameter(uri, "nonce").filter(|nonce| nonce.len() >= NONCE_LENGTH);
    let shown = query_parameter(uri, "proof").unwrap_or_default();
    let Some(nonce) = nonce.filter(|nonce| app.proof_key.verify(ProofSide::Client, &app.url, nonce, &shown))
    else {
        return reply::text(StatusCode::FORBIDDEN, "This is no proof.");
    };
    connection.trust();
    let proof = app.proof_key.prove(ProofSide::Server, &app.url, &nonce);
    let first = futures_util::stream::iter([Ok::<_, Infallible>(Bytes::from(proof))]);
    let mut phase = app.phase.clone();
    let end = futures_util::stream::once(async move {
        wait_for_phase(&mut phase, ShutdownPhase::Stopping).await;
        Ok(Bytes::new())
    });
    reply::with_type(StatusCode::OK, "text/plain; charset=utf-8", body::from_stream(first.chain(end)))
}
