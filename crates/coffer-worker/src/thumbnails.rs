//! Small pictures for lists and grids: from the disk, else from the service, 25 a call, what is on screen first. Those of
//! files that the service makes none of are made in `made_thumbnails`. Large pictures are `preview`'s business.

use super::account::OpenAccount;
use super::context::{JobContext, JobError};
use super::told_thumbnails::{emit, file_name};
use super::worker_context::WorkerContext;
use super::{blocking, made_thumbnails, pixels, problem};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use coffer_model::preview::{ThumbnailKind, ThumbnailSize, thumbnail_kind};
use coffer_model::{Pixels, Receipt, Thumbnail};
use coffer_texts::tr;
use dropbox_protocol::files::{
    self, GET_THUMBNAIL_BATCH, GetThumbnailBatchArg, GetThumbnailBatchResultEntry, THUMBNAIL_BATCH_LIMIT,
    ThumbnailArg, ThumbnailFormat, ThumbnailMode,
};
use futures_util::{StreamExt, stream};
use std::collections::HashSet;
use std::sync::Arc;

/// Batches of one job under way at once: those that are called for, and those that are decoded meanwhile.
const BATCHES_AT_ONCE: usize = super::lanes::BACKGROUND + 4;

pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    wanted: Vec<Thumbnail>,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let missing = from_disk(worker, job, &account, wanted).await?;
    let is_of_service =
        |thumbnail: &Thumbnail| kind_of(thumbnail).is_some_and(|kind| kind == ThumbnailKind::ServicePicture);
    let (missing, to_make): (Vec<_>, Vec<_>) = missing.into_iter().partition(is_of_service);
    tokio::try_join!(
        fetch_all(worker, job, &account, missing),
        made_thumbnails::make_all(worker, job, &account, to_make),
    )?;
    Ok(Receipt::Nothing)
}

pub(crate) fn kind_of(thumbnail: &Thumbnail) -> Option<ThumbnailKind> {
    thumbnail_kind(thumbnail.path.name(), thumbnail.size_bytes)
}

async fn fetch_all(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    missing: Vec<Thumbnail>,
) -> Result<(), JobError> {
    let batches: Vec<Vec<Thumbnail>> =
        missing.chunks(THUMBNAIL_BATCH_LIMIT).map(<[Thumbnail]>::to_vec).collect();
    let mut results =
        stream::iter(batches).map(|batch| fetch(worker, job, account, batch)).buffered(BATCHES_AT_ONCE);
    while let Some(result) = results.next().await {
        result?;
    }
    Ok(())
}

/// Tells what is on the disk or known to fail, and gives back what must be asked for.
async fn from_disk(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    wanted: Vec<Thumbnail>,
) -> Result<Vec<Thumbnail>, JobError> {
    let (disk, account) = (Arc::clone(&worker.thumbnails.disk), Arc::clone(account));
    let job = job.clone();
    let missing = blocking(move || {
        let mut seen = HashSet::new();
        let mut missing = Vec::new();
        for thumbnail in wanted {
            if job.cancel.is_cancelled() {
                break;
            }
            if !seen.insert(thumbnail.key.clone()) {
                continue;
            }
            let hopeless =
                kind_of(&thumbnail).is_none() || account.failed_thumbnails.contains(&thumbnail.key);
            if hopeless {
                emit(&job, thumbnail.key, None);
                continue;
            }
            let name = file_name(&account, &thumbnail.key);
            match disk.get(&name).map(|bytes| pixels::decode_thumbnail(&bytes)) {
                Some(Some(pixels)) => emit(&job, thumbnail.key, Some(Arc::new(pixels))),
                Some(None) => {
                    disk.remove(&name);
                    missing.push(thumbnail);
                }
                None => missing.push(thumbnail),
            }
        }
        missing
    })
    .await?;
    Ok(missing)
}

async fn fetch(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    batch: Vec<Thumbnail>,
) -> Result<(), JobError> {
    let result = {
        let _permit = worker.lanes.background.acquire(job.id).await;
        let arg = GetThumbnailBatchArg::new(batch.iter().map(argument).collect::<Vec<_>>());
        account
            .service
            .rpc(&GET_THUMBNAIL_BATCH, &arg)
            .await
            .map_err(|error| problem::general(tr!("could-not-load-thumbnails")).call(&error))?
    };
    let permit = worker.thumbnails.decoders.acquire().await;
    let (disk, account) = (Arc::clone(&worker.thumbnails.disk), Arc::clone(account));
    let job = job.clone();
    let decoded = blocking(move || {
        let mut decoded = Vec::new();
        for (thumbnail, entry) in batch.into_iter().zip(result.entries) {
            if job.cancel.is_cancelled() {
                break;
            }
            let pixels = match entry {
                GetThumbnailBatchResultEntry::Success(success) => decode(&success.thumbnail),
                GetThumbnailBatchResultEntry::Failure(_) | GetThumbnailBatchResultEntry::Other => None,
            };
            if let Some((bytes, pixels)) = pixels {
                decoded.push((file_name(&account, &thumbnail.key), bytes));
                emit(&job, thumbnail.key, Some(Arc::new(pixels)));
            } else {
                account.failed_thumbnails.record(&thumbnail.key);
                emit(&job, thumbnail.key, None);
            }
        }
        decoded
    })
    .await?;
    // They are shown first and kept afterwards: on a slow disk the next ones need not wait for that.
    drop(permit);
    blocking(move || {
        for (name, bytes) in decoded {
            disk.put(&name, &bytes);
        }
    })
    .await?;
    Ok(())
}

/// The bytes of a thumbnail, and its pixels.
fn decode(base64: &str) -> Option<(Vec<u8>, Pixels)> {
    let bytes = STANDARD.decode(base64).ok()?;
    let pixels = pixels::decode_thumbnail(&bytes)?;
    Some((bytes, pixels))
}

fn argument(thumbnail: &Thumbnail) -> ThumbnailArg {
    ThumbnailArg {
        format: format_for(thumbnail.path.name()),
        size: match thumbnail.key.size {
            ThumbnailSize::W64 => files::ThumbnailSize::W64H64,
            ThumbnailSize::W128 => files::ThumbnailSize::W128H128,
            ThumbnailSize::W256 => files::ThumbnailSize::W256H256,
            ThumbnailSize::W640 => files::ThumbnailSize::W640H480,
        },
        mode: ThumbnailMode::BestFit,
        // The revision and not the path: the file may have changed, and the cache goes by content.
        ..ThumbnailArg::new(format!("rev:{}", thumbnail.rev.0))
    }
}

/// Formats that may be transparent stay so.
pub(crate) fn format_for(name: &str) -> ThumbnailFormat {
    match coffer_model::file_kind::extension(name).to_ascii_lowercase().as_str() {
        "png" | "gif" | "webp" => ThumbnailFormat::Png,
        _ => ThumbnailFormat::Jpeg,
    }
}
