//! Thumbnails of files that the service makes none of: first pages of documents, covers of recordings, pictures of
//! rarer kinds. They are made of as few bytes as do, and kept on the disk with the others.

use super::account::OpenAccount;
use super::context::{JobContext, JobError};
use super::told_thumbnails::{emit, file_name};
use super::worker_context::WorkerContext;
use super::{blocking, pixels, preview};
use coffer_model::entry::{ContentAccess, File};
use coffer_model::preview::ThumbnailSize;
use coffer_model::{Entry, EntryKind, Thumbnail};
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use std::sync::Arc;

/// Of one job at once. They download and draw by turns.
const AT_ONCE: usize = 4;

pub(crate) async fn make_all(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    wanted: Vec<Thumbnail>,
) -> Result<(), JobError> {
    let mut made =
        stream::iter(wanted).map(|thumbnail| make(worker, job, account, thumbnail)).buffer_unordered(AT_ONCE);
    while let Some(result) = made.next().await {
        result?;
    }
    Ok(())
}

async fn make(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    thumbnail: Thumbnail,
) -> Result<(), JobError> {
    let _permit = worker.lanes.background.acquire(job.id).await;
    let file = File {
        id: "".into(),
        rev: thumbnail.rev.clone(),
        size_bytes: thumbnail.size_bytes,
        client_modified: Timestamp::UNIX_EPOCH,
        server_modified: Timestamp::UNIX_EPOCH,
        content_hash: Some(Arc::clone(&thumbnail.key.content_hash)),
        access: ContentAccess::Download,
    };
    let entry = Entry::new(thumbnail.path.clone(), EntryKind::File(file.clone()));
    let side = match thumbnail.key.size {
        ThumbnailSize::W64 => 64,
        ThumbnailSize::W128 => 128,
        ThumbnailSize::W256 => 256,
        ThumbnailSize::W640 => 480,
    };
    let made = match preview::made_thumbnail(worker, account, &entry, &file, side).await {
        Ok(made) => made,
        Err(JobError::Failed(problem)) if !problem.kind.is_away() => None,
        Err(error) => return Err(error),
    };
    let Some(made) = made else {
        account.failed_thumbnails.record(&thumbnail.key);
        emit(job, thumbnail.key, None);
        return Ok(());
    };
    let (name, disk, job) =
        (file_name(account, &thumbnail.key), Arc::clone(&worker.thumbnails.disk), job.clone());
    blocking(move || {
        let shrunk = Arc::new(pixels::shrink_pixels(&made, side as usize));
        emit(&job, thumbnail.key, Some(Arc::clone(&shrunk)));
        if let Some(bytes) = pixels::to_png(&shrunk) {
            disk.put(&name, &bytes);
        }
    })
    .await?;
    Ok(())
}
