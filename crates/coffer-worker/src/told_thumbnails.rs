//! How a thumbnail is told to the window, and under which name it is kept on the disk.

use super::account::OpenAccount;
use super::context::JobContext;
use coffer_model::preview::{ThumbnailKey, ThumbnailSize};
use coffer_model::{Pixels, Update};
use std::sync::Arc;

pub(crate) fn emit(job: &JobContext, key: ThumbnailKey, pixels: Option<Arc<Pixels>>) {
    job.update(Update::Thumbnail { key, pixels });
}

/// The account is part of it: nobody can tell whether a thumbnail is one of that content, so one that a service gave is
/// shown in its own account only.
pub(crate) fn file_name(account: &OpenAccount, key: &ThumbnailKey) -> String {
    let size = match key.size {
        ThumbnailSize::W64 => "w64",
        ThumbnailSize::W128 => "w128",
        ThumbnailSize::W256 => "w256",
        ThumbnailSize::W640 => "w640",
    };
    format!("{}-{size}-{}", key.content_hash, account.cache_name())
}
