//! What the preview pane shows of one revision of a file: a picture, a text, or why there is nothing.

pub(crate) mod cache;
mod exif;
mod fetch;
mod highlight;
pub(crate) mod memory;
mod picture;
mod recent;
mod scaled_jpeg;
mod still;
mod text;

pub(crate) use fetch::content;
pub(crate) use picture::{MOST_PICTURE_FILE_BYTES, decode_picture, preview as picture};
pub(crate) use text::decode as decode_text;

use super::context::{JobContext, JobError};
use super::worker_context::WorkerContext;
use coffer_model::preview::PreviewBody;
use coffer_model::{Entry, FileKind, Preview, Receipt, Rev, Update};
use std::sync::Arc;

pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
    max_side: u32,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let rev = entry.file().map_or_else(|| Rev("".into()), |file| file.rev.clone());
    let body = if entry.file().is_none() {
        none("Folders have no preview.")
    } else {
        match entry.file_kind() {
            FileKind::Picture => picture::preview(worker, &account, &entry, max_side).await?,
            FileKind::Text | FileKind::Code | FileKind::Markdown | FileKind::Other => {
                text::preview(worker, &account, &entry).await?
            }
            FileKind::Table if is_plain_table(entry.name()) => {
                text::preview(worker, &account, &entry).await?
            }
            _ => none("No preview for this kind of file."),
        }
    };
    job.update(Update::Preview(Arc::new(Preview { path: entry.path, rev, body })));
    Ok(Receipt::Nothing)
}

fn is_plain_table(name: &str) -> bool {
    matches!(coffer_model::file_kind::extension(name).to_ascii_lowercase().as_str(), "csv" | "tsv")
}

fn none(reason: &str) -> PreviewBody {
    PreviewBody::None { reason: reason.to_owned() }
}
