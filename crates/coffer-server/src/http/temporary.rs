//! Temporary links: addresses under which a file can be downloaded without a token, and addresses that accept one upload
//! (reference 3.5, 3.6).

use super::body::Body;
use super::call::Call;
use super::content::{content_type_of, serve};
use super::download::find_file;
use super::failure::CallFailure;
use super::links::in_address;
use super::reply::{self, Reply, drain};
use super::upload::{CommitSpec, receive};
use super::user_message::MessageLanguage;
use crate::app_state::AppState;
use crate::body_reader::ReadBodyError;
use crate::clock::Seconds;
use crate::paths::READ_PATH;
use crate::signed_token::{self, TokenKind};
use crate::store::edit::WritePath;
use crate::store::entry::find_by_rev;
use crate::store::error::StoreError;
use crate::store::links;
use crate::store::refusal::Refusal;
use dropbox_protocol::files::{
    CommitInfo, GetTemporaryLinkArg, GetTemporaryLinkError, GetTemporaryLinkResult,
    GetTemporaryUploadLinkArg, GetTemporaryUploadLinkResult, REQUEST_BODY_LIMIT_BYTES, WriteError,
};
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A temporary link works for four hours.
const LIFETIME: Seconds = 4 * 60 * 60;

/// Where temporary links begin.
pub(super) const DOWNLOAD_PREFIX: &str = "/temporary/";
/// Where temporary upload links begin.
pub(super) const UPLOAD_PREFIX: &str = "/apitul/1/";

/// The content of a temporary link.
#[derive(Serialize, Deserialize)]
struct Ticket {
    rev: i64,
    expires: Seconds,
}

pub(super) async fn get_temporary_link(
    call: Call,
    argument: GetTemporaryLinkArg,
) -> Result<GetTemporaryLinkResult, CallFailure<GetTemporaryLinkError>> {
    let app = &call.app;
    let path = call.view.parse(&argument.path, READ_PATH)?;
    let found = find_file(app, path).await;
    let (entry, version) = found.map_err(|refusal| refusal.map(GetTemporaryLinkError::Path))?;
    let ticket = Ticket { rev: version.rev, expires: app.config.clock.now() + LIFETIME };
    let token = signed_token::sign(app, TokenKind::TemporaryLink, &ticket);
    let link = format!("{}{DOWNLOAD_PREFIX}{token}/{}", app.url, in_address(entry.name()));
    Ok(GetTemporaryLinkResult { metadata: call.view.version_metadata(&entry, &version), link })
}

/// Serves a temporary link; `rest` is what follows its prefix.
pub(super) async fn download(app: &AppState, headers: &HeaderMap, rest: &str) -> Reply {
    let missing = || reply::text(StatusCode::NOT_FOUND, "This link does not exist.");
    let token = rest.split('/').next().unwrap_or_default();
    let Ok(ticket) = signed_token::verify::<Ticket>(app, TokenKind::TemporaryLink, token) else {
        return missing();
    };
    if ticket.expires <= app.config.clock.now() {
        return reply::text(StatusCode::GONE, "This link has expired.");
    }
    let found = app.store.read(move |connection| find_by_rev(connection, ticket.rev)).await;
    let entry = match found {
        Ok(Some(entry)) => entry,
        Ok(None) => return missing(),
        Err(error) => {
            return CallFailure::<()>::Store(error).into_reply("temporary link", MessageLanguage::English);
        }
    };
    let Some(version) = &entry.version else { return missing() };
    let content_type = content_type_of(entry.name());
    match serve::<()>(app, headers, version, &content_type).await {
        Ok(mut reply) => {
            // What comes from the account must not run as a page of it.
            reply::set(&mut reply, header::CONTENT_SECURITY_POLICY, "sandbox");
            reply::set(&mut reply, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
            reply
        }
        Err(failure) => failure.into_reply("temporary link", MessageLanguage::English),
    }
}

pub(super) async fn get_temporary_upload_link(
    call: Call,
    argument: GetTemporaryUploadLinkArg,
) -> Result<GetTemporaryUploadLinkResult, CallFailure<()>> {
    let app = &call.app;
    if !(60.0..=14_400.0).contains(&argument.duration) {
        return Err(CallFailure::BadArgument(
            "request body: duration: must be within 60 and 14400".to_owned(),
        ));
    }
    // The commit itself is judged when the link is used; here only its form.
    let spec = CommitSpec::parse::<()>(&call.view, argument.commit_info.clone())?;
    // Who uses the link says nothing of the root from which its path starts.
    let path = spec.vault_path().unwrap_or(argument.commit_info.path);
    let commit_info = CommitInfo { path, ..argument.commit_info };
    let commit_info = serde_json::to_string(&commit_info)
        .map_err(|error| CallFailure::BadArgument(format!("request body: commit_info: {error}")))?;
    let expires = app.config.clock.now() + argument.duration as Seconds;
    let token = app.store.write(move |edit| links::add_upload_link(edit, &commit_info, expires)).await?;
    Ok(GetTemporaryUploadLinkResult { link: format!("{}{UPLOAD_PREFIX}{token}", app.url) })
}

/// Takes the one upload of a temporary upload link.
pub(super) async fn upload(app: &AppState, headers: &HeaderMap, token: &str, body: Body) -> Reply {
    if headers.get(header::CONTENT_TYPE).is_none_or(|value| value != "application/octet-stream") {
        drain(body).await;
        return reply::text(StatusCode::BAD_REQUEST, "The content type must be application/octet-stream.");
    }
    match take_upload(app, token, body).await {
        Ok(hash) => reply::json(StatusCode::OK, &serde_json::json!({"content-hash": hash})),
        Err((status, why)) => reply::text(status, &why),
    }
}

async fn take_upload(app: &AppState, token: &str, body: Body) -> Result<String, (StatusCode, String)> {
    let internal = |error: StoreError| {
        tracing::error!(%error, "a temporary upload failed");
        if error.is_disk_full() {
            return (StatusCode::INSUFFICIENT_STORAGE, "The disk of the account is full.".to_owned());
        }
        (StatusCode::INTERNAL_SERVER_ERROR, "Internal error of the local account; see its log.".to_owned())
    };
    let wanted = token.to_owned();
    let link = app.store.read(move |connection| links::find_upload_link(connection, &wanted)).await;
    let refused = match link.map_err(internal)? {
        None => Some((StatusCode::CONFLICT, "This link does not exist.")),
        Some(link) if link.used => Some((StatusCode::GONE, "This link has been used.")),
        Some(link) if link.expires <= app.config.clock.now() => {
            Some((StatusCode::GONE, "This link has expired."))
        }
        Some(_) => None,
    };
    if let Some((status, why)) = refused {
        drain(body).await;
        return Err((status, why.to_owned()));
    }
    let (hash, size) = receive(app, body, REQUEST_BODY_LIMIT_BYTES).await.map_err(|error| match error {
        ReadBodyError::TooLong => (StatusCode::BAD_REQUEST, "The upload is longer than 150 MiB.".to_owned()),
        ReadBodyError::Broken(why) => (StatusCode::BAD_REQUEST, format!("The upload was interrupted: {why}")),
        ReadBodyError::Store(error) => internal(error),
    })?;
    let (token, quota_bytes) = (token.to_owned(), app.config.quota_bytes);
    let view = Arc::new(app.view_below(WritePath::default()));
    let committed = app
        .store
        .write(move |edit| -> Result<(), Refusal<Option<WriteError>>> {
            // Somebody may have been faster.
            let link = links::find_upload_link(edit.connection(), &token)?
                .filter(|link| !link.used)
                .ok_or(Refusal::Answer(None))?;
            let info: CommitInfo = serde_json::from_str(&link.commit_info)
                .map_err(|error| StoreError::Inconsistent(format!("an upload link: {error}")))?;
            let spec = CommitSpec::parse::<()>(&view, info)
                .map_err(|_| StoreError::Inconsistent("an upload link has no good commit".to_owned()))?;
            spec.carry_out(edit, hash, size, quota_bytes).map_err(|refusal| refusal.map(Some))?;
            Ok(links::use_up(edit, &token)?)
        })
        .await;
    match committed {
        Ok(()) => Ok(hex::encode(hash)),
        Err(Refusal::Answer(None)) => Err((StatusCode::GONE, "This link has been used.".to_owned())),
        Err(Refusal::Answer(Some(error))) => {
            Err((StatusCode::CONFLICT, format!("The file could not be written: {}", error.tag())))
        }
        Err(Refusal::Store(error)) => Err(internal(error)),
    }
}
