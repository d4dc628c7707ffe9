//! What the caches of pictures and previews take on this computer, and clearing them.

use crate::context::JobError;
use crate::worker_context::WorkerContext;
use crate::{blocking, problem};
use coffer_model::{CacheUse, Receipt};
use coffer_texts::tr;
use std::io;
use std::sync::Arc;

pub(crate) async fn measure(worker: &WorkerContext) -> Result<Receipt, JobError> {
    let caches = [Arc::clone(&worker.thumbnails.disk), Arc::clone(&worker.previews.contents)];
    let measured = blocking(move || {
        caches.iter().map(|cache| cache.measure()).try_fold(CacheUse::default(), |all, part| {
            let part = part?;
            io::Result::Ok(CacheUse {
                bytes: all.bytes + part.bytes,
                most_bytes: all.most_bytes + part.most_bytes,
            })
        })
    });
    let about = || problem::general(tr!("could-not-count-cache"));
    Ok(Receipt::CacheMeasured(measured.await?.map_err(|error| about().local(&error))?))
}

pub(crate) async fn clear(worker: &WorkerContext) -> Result<Receipt, JobError> {
    let caches = [Arc::clone(&worker.thumbnails.disk), Arc::clone(&worker.previews.contents)];
    let cleared = blocking(move || caches.iter().try_for_each(|cache| cache.clear())).await?;
    let about = || problem::general(tr!("could-not-clear-cache"));
    cleared.map_err(|error| about().local(&error))?;
    measure(worker).await
}
