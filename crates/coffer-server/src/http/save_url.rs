//! `files/save_url` (reference 3.6). A server that fetches any address reaches into the network
//! of the person who runs it, so only hosts that were named at the start are fetched from; by default none.

use super::batches;
use super::body;
use super::call::Call;
use super::failure::CallFailure;
use super::upload::{CommitSpec, receive};
use crate::app_state::AppState;
use crate::body_reader::ReadBodyError;
use crate::jobs::Finished;
use crate::paths::PLAIN_PATH;
use crate::store::refusal::Refusal;
use dropbox_protocol::files::{
    CommitInfo, FILE_LIMIT_BYTES, FileMetadata, SaveUrlArg, SaveUrlError, SaveUrlJobStatus, SaveUrlResult,
};
use dropbox_protocol::job::{PollArg, PollError};
use reqwest::{Client, StatusCode, redirect};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// A fetch must be done within this time.
const PATIENCE: Duration = Duration::from_mins(15);

pub(super) async fn save_url(
    call: Call,
    argument: SaveUrlArg,
) -> Result<SaveUrlResult, CallFailure<SaveUrlError>> {
    call.view.parse(&argument.path, PLAIN_PATH)?;
    let url = Url::parse(&argument.url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or(CallFailure::Answer(SaveUrlError::InvalidUrl))?;
    if !is_allowed(&call.app, &url) {
        return Err(CallFailure::Answer(SaveUrlError::DownloadFailed));
    }
    let mut info = CommitInfo::new(argument.path);
    // The service takes a free name when this one is taken.
    info.autorename = true;
    let spec = CommitSpec::parse(&call.view, info)?;
    let app = Arc::clone(&call.app);
    let job = batches::launch(&call, async move {
        let fetched = tokio::time::timeout(PATIENCE, fetch(&app, url, spec)).await;
        Finished::Saved(Box::new(fetched.unwrap_or(Err(SaveUrlError::DownloadFailed))))
    })?;
    Ok(SaveUrlResult::AsyncJobId(job))
}

pub(super) async fn check(call: Call, argument: PollArg) -> Result<SaveUrlJobStatus, CallFailure<PollError>> {
    let found = batches::check(&call, &argument.async_job_id, |outcome| match outcome {
        Finished::Saved(result) => Some(*result),
        _ => None,
    })?;
    Ok(match found {
        None => SaveUrlJobStatus::InProgress,
        Some(Ok(metadata)) => SaveUrlJobStatus::Complete(metadata),
        Some(Err(error)) => SaveUrlJobStatus::Failed(error),
    })
}

/// Whether the host (with its port, where one is written) is among those named at the start.
fn is_allowed(app: &AppState, url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let with_port = url.port_or_known_default().map(|port| format!("{host}:{port}"));
    app.config.save_url_hosts.iter().any(|allowed| allowed == host || Some(allowed) == with_port.as_ref())
}

async fn fetch(app: &AppState, url: Url, spec: CommitSpec) -> Result<FileMetadata, SaveUrlError> {
    let failed = |why: &dyn std::fmt::Display| {
        tracing::info!(%why, "an address could not be saved");
        SaveUrlError::DownloadFailed
    };
    // There may be one already; either will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A redirection could lead to a host that was not allowed.
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .build()
        .map_err(|error| failed(&error))?;
    let response = client.get(url).send().await.map_err(|error| failed(&error))?;
    match response.status() {
        StatusCode::OK => {}
        StatusCode::NOT_FOUND | StatusCode::GONE => return Err(SaveUrlError::NotFound),
        other => return Err(failed(&other)),
    }
    let body = body::from_stream(response.bytes_stream());
    let (hash, size) = receive(app, body, FILE_LIMIT_BYTES).await.map_err(|error| match error {
        ReadBodyError::TooLong => failed(&"it is too long"),
        ReadBodyError::Broken(why) => failed(&why),
        ReadBodyError::Store(error) => failed(&error),
    })?;
    let quota_bytes = app.config.quota_bytes;
    let committed = app.store.write(move |edit| spec.carry_out(edit, hash, size, quota_bytes)).await;
    committed.map_err(|refusal| match refusal {
        Refusal::Answer(error) => SaveUrlError::Path(error),
        Refusal::Store(error) => failed(&error),
    })
}
