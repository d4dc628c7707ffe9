//! Brings the content of a file, or only its beginning, from the disk or from the service.

use super::super::account::OpenAccount;
use super::super::context::JobError;
use super::super::worker_context::WorkerContext;
use super::super::{blocking, problem};
use crate::act::Act;
use bytes::BytesMut;
use coffer_model::{Entry, ProblemKind, entry::File};
use coffer_texts::tr;
use dropbox_client::ByteRange;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::files::{DOWNLOAD, DownloadArg, GET_PREVIEW, PreviewArg};
use std::ops::Range;
use std::sync::Arc;

/// Larger contents are not kept.
const KEPT_BYTES: u64 = 24 * 1024 * 1024;

/// A longer PDF that the service made is not loaded.
const MOST_MADE_BYTES: u64 = 64 * 1024 * 1024;

/// The content, or its first `limit` bytes when it is longer.
pub(crate) async fn content(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    limit: u64,
) -> Result<Vec<u8>, JobError> {
    if file.size_bytes == 0 {
        return Ok(Vec::new());
    }
    let whole = file.size_bytes <= limit;
    let key = file.content_hash.as_ref().map(ToString::to_string).filter(|_| whole);
    if let Some(key) = key.clone() {
        let disk = Arc::clone(&worker.previews.contents);
        if let Some(bytes) = blocking(move || disk.get(&key).filter(|bytes| has_hash(bytes, &key))).await? {
            return Ok(bytes);
        }
    }
    let bytes = download(account, entry, file, 0..limit.min(file.size_bytes)).await?;
    if let Some(key) = key.filter(|_| file.size_bytes <= KEPT_BYTES) {
        let disk = Arc::clone(&worker.previews.contents);
        return Ok(blocking(move || {
            // The key is what a service claims. Another account must not be shown what this one calls its own.
            if has_hash(&bytes, &key) {
                disk.put(&key, &bytes);
            }
            bytes
        })
        .await?);
    }
    Ok(bytes)
}

/// Whether these are the bytes with this content hash.
fn has_hash(bytes: &[u8], hash: &str) -> bool {
    let mut hasher = ContentHasher::new();
    hasher.update(bytes);
    hasher.finish() == hash
}

/// The PDF that the service makes of a document.
pub(super) async fn service_document(
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
) -> Result<Vec<u8>, JobError> {
    let about = || problem::item(&entry.path, Act::Preview);
    let arg = PreviewArg::new(format!("rev:{}", file.rev.0));
    let (_, mut body) =
        account.service.download(&GET_PREVIEW, &arg, None).await.map_err(|error| about().call(&error))?;
    let mut bytes = Vec::new();
    while let Some(chunk) = body.chunk().await.map_err(|error| about().call(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > MOST_MADE_BYTES {
            let detail = tr!("why-thumbnail-too-large");
            return Err(about().because(ProblemKind::NoPreview, detail).into());
        }
    }
    Ok(bytes)
}

/// These bytes of a revision. When the connection breaks it goes on where it was.
pub(super) async fn download(
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    wanted: Range<u64>,
) -> Result<Vec<u8>, JobError> {
    const TRIES: u32 = 3;
    let about = || problem::item(&entry.path, Act::Preview);
    let arg = DownloadArg::new(format!("rev:{}", file.rev.0));
    let length = wanted.end - wanted.start;
    let mut bytes = BytesMut::new();
    let mut tries = 0;
    while (bytes.len() as u64) < length {
        let here = wanted.start + bytes.len() as u64;
        let is_part = here > 0 || wanted.end < file.size_bytes;
        let range = is_part.then_some(ByteRange::Between(here, wanted.end));
        let (_, mut body) =
            account.service.download(&DOWNLOAD, &arg, range).await.map_err(|error| about().call(&error))?;
        tries += 1;
        loop {
            match body.chunk().await {
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Err(error) if tries >= TRIES => return Err(about().call(&error).into()),
                Ok(None) | Err(_) => break,
            }
            if bytes.len() as u64 >= length {
                break;
            }
        }
        if tries >= TRIES && (bytes.len() as u64) < length {
            let detail = tr!("why-connection-lost-within");
            return Err(about().because(ProblemKind::ServiceFailed, detail).into());
        }
    }
    bytes.truncate(length as usize);
    Ok(bytes.into())
}
