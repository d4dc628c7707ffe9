//! What the preview pane shows of one revision of a file: a picture, a text, a table, pages, or why there is nothing.

mod archive;
pub(crate) mod cache;
mod database;
mod encoding;
mod exif;
mod fetch;
mod highlight;
mod inner_picture;
mod jpeg_end;
mod json;
mod long_text;
mod made_thumbnail;
mod markdown;
pub(crate) mod memory;
mod notebook;
mod office;
mod pages;
mod picture;
mod recent;
mod recording;
mod remote_file;
mod scaled_jpeg;
mod sound;
mod still;
mod table;
mod text;
mod tiff_pages;

pub(crate) use encoding::decode as decode_text;
pub(crate) use fetch::content;
pub(crate) use long_text::{find_in_text, text_part};
pub(crate) use made_thumbnail::made_thumbnail;
pub(crate) use markdown::{picture_inside, with_colors as markdown_with_colors};
pub(crate) use pages::{page_part, page_texts};
pub(crate) use picture::{MOST_FILE_BYTES, decode_picture, preview as picture};
pub(crate) use sound::{measure_loudness, play};

use super::account::OpenAccount;
use super::context::{JobContext, JobError};
use super::worker_context::WorkerContext;
use coffer_model::entry::{ContentAccess, File};
use coffer_model::preview::PreviewBody;
use coffer_model::{Entry, FileType, Preview, PreviewKind, Receipt, Rev, Update, file_kind};
use coffer_texts::tr;
use remote_file::read_by_ranges;
use std::sync::Arc;

/// A preview for pictures that are not longer than this is a small one: of what is long, only the beginning is fetched.
const SMALL_SIDE: u32 = 2048;

/// Of a TIFF file so much is read to count its pages.
const MOST_DIRECTORY_BYTES: u64 = 4 * 1024 * 1024;

pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
    max_side: u32,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let rev = entry.file().map_or_else(|| Rev("".into()), |file| file.rev.clone());
    let body = match entry.file() {
        None => none(tr!("no-preview-of-folders")),
        Some(file) if file.access != ContentAccess::Download => none(tr!("no-preview-for-kind")),
        Some(file) if file.size_bytes == 0 => none(tr!("file-is-empty")),
        Some(file) => body(worker, &account, &entry, file, max_side).await?,
    };
    job.update(Update::Preview(Arc::new(Preview { path: entry.path, rev, body })));
    Ok(Receipt::Nothing)
}

async fn body(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    max_side: u32,
) -> Result<PreviewBody, JobError> {
    let mut kind = FileType::from_name(entry.name()).preview;
    if kind == PreviewKind::Unknown {
        let beginning = text::beginning(worker, account, entry, file).await?;
        kind = PreviewKind::from_first_bytes(&beginning).unwrap_or(kind);
    }
    if kind == PreviewKind::Picture && max_side > SMALL_SIDE && has_pages(account, entry, file).await? {
        return pages::preview(worker, account, entry, file, max_side).await;
    }
    match kind {
        PreviewKind::Picture | PreviewKind::PictureInside | PreviewKind::ServicePicture => {
            picture::preview(worker, account, entry, max_side).await
        }
        PreviewKind::Text | PreviewKind::Markdown | PreviewKind::Unknown => {
            text::preview(worker, account, entry, file, kind).await
        }
        PreviewKind::Table => table::preview(worker, account, entry, file, max_side <= SMALL_SIDE).await,
        PreviewKind::Pdf | PreviewKind::Svg | PreviewKind::Font => {
            pages::preview(worker, account, entry, file, max_side).await
        }
        PreviewKind::Office | PreviewKind::ServiceDocument | PreviewKind::Workbook => {
            office::preview(worker, account, entry, file, kind, max_side).await
        }
        PreviewKind::Notebook => notebook::preview(worker, account, entry, file).await,
        PreviewKind::Database => database::preview(worker, account, entry, file).await,
        PreviewKind::Recording => recording::preview(worker, account, entry, file).await,
        PreviewKind::Archive => archive::preview(worker, account, entry, file).await,
        PreviewKind::None => Ok(none(tr!("no-preview-for-kind"))),
    }
}

/// Whether a picture is a TIFF file with several pages, which are turned in the large preview.
async fn has_pages(account: &OpenAccount, entry: &Entry, file: &File) -> Result<bool, JobError> {
    let extension = file_kind::extension(entry.name());
    if !["tif", "tiff"].iter().any(|tiff| tiff.eq_ignore_ascii_case(extension)) {
        return Ok(false);
    }
    let count = |remote| tiff_pages::count(remote).is_some();
    Ok(read_by_ranges(account, entry, file, MOST_DIRECTORY_BYTES, count).await?.value)
}

fn none(reason: &str) -> PreviewBody {
    PreviewBody::None { reason: reason.to_owned() }
}
