//! Files with pages: PDF and, with one page, SVG, fonts, and pictures that are larger than their preview. What they show is made in parts, as pixels. Each open file has a thread
//! of its own (`document`), some stay open for what is asked next (`open_documents`), and one page is drawn in `pdf` or
//! `svg`. What pages say is read in `texts` and `pdf_text`. The page of a font is made in `specimen`, that of an office document by the service.

mod document;
mod document_pages;
mod large_picture;
mod open_documents;
mod pdf;
mod pdf_text;
mod reading_budget;
mod specimen;
mod svg;
mod svg_cost;
mod text_lines;
pub(crate) mod text_page;
mod texts;
mod tiff_file;
mod unreadable;

pub(crate) use open_documents::OpenDocuments;
pub(crate) use texts::page_texts;

use super::super::account::OpenAccount;
use super::super::context::{JobContext, JobError};
use super::super::worker_context::WorkerContext;
use super::super::{blocking, problem};
use super::picture::MOST_FILE_BYTES;
use super::{fetch, memory, none, tiff_pages};
use crate::act::Act;
use coffer_model::entry::File;
use coffer_model::preview::{PAGE_PART_SIDE, PagePart, PageSize, PagesPreview, PreviewBody};
use coffer_model::{Entry, FileType, Pixels, PreviewKind, Problem, ProblemKind, Receipt, Update};
use coffer_texts::tr;
use document::{DocumentFormat, DocumentSource, OpenDocument};
use open_documents::DocumentKey;
use std::io::Cursor;
use std::sync::Arc;
use unreadable::UnreadableDocument;

/// The longest side of the first page, in pixels: for the details pane, and until its parts are there.
const FIRST_PAGE_SIDE: u32 = 1024;

/// What drawing takes beside the part itself, about: pictures of the page, decoded.
const DRAWING_BYTES: u64 = 64 * 1024 * 1024;

/// A larger picture is not decoded as a whole: photographs have up to 130 megapixels. It is kept while its parts are
/// looked at, and one only.
const MOST_PICTURE_BYTES: u64 = 384 * 1024 * 1024;

pub(super) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    max_side: u32,
) -> Result<PreviewBody, JobError> {
    match opened_preview(worker, account, entry, file, max_side).await? {
        Ok(body) => Ok(body),
        Err(unreadable) => Ok(none(&sentence(format_of(entry), unreadable))),
    }
}

/// The pages of a PDF that the service makes of a document; `None` where it makes none.
pub(super) async fn service_preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    max_side: u32,
) -> Result<Option<PreviewBody>, JobError> {
    match opened_preview(worker, account, entry, file, max_side).await {
        Ok(body) => Ok(body.ok()),
        Err(JobError::Failed(problem)) if problem.kind == ProblemKind::NoPreview => Ok(None),
        Err(error) => Err(error),
    }
}

async fn opened_preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    max_side: u32,
) -> Result<Result<PreviewBody, UnreadableDocument>, JobError> {
    let format = format_of(entry);
    if file.size_bytes > MOST_FILE_BYTES {
        return Ok(Err(UnreadableDocument::TooLarge));
    }
    let document = match open(worker, account, entry, file).await? {
        Ok(document) => document,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    let part = first_part(document.pages[0], max_side.min(FIRST_PAGE_SIDE));
    Ok(draw(worker, &document, part).await.map(|first_page| {
        PreviewBody::Pages(PagesPreview {
            pages: document.pages.clone(),
            first_page,
            has_paper: format != DocumentFormat::Svg,
            can_have_text: format == DocumentFormat::Pdf,
        })
    }))
}

/// A part of a page, for the large preview.
pub(crate) async fn page_part(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
    part: PagePart,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let unreadable = |unreadable| problem(&entry, unreadable);
    let file = entry.file().ok_or_else(|| unreadable(UnreadableDocument::Damaged))?;
    let mut document = open(worker, &account, &entry, file).await?.map_err(unreadable)?;
    let mut pixels = draw(worker, &document, part).await.map_err(unreadable)?;
    if pixels.is_none() && document.is_closed() {
        // Nobody had asked for a while, and it was closed in just this moment.
        document = open(worker, &account, &entry, file).await?.map_err(unreadable)?;
        pixels = draw(worker, &document, part).await.map_err(unreadable)?;
    }
    job.update(Update::PagePart { part, pixels });
    Ok(Receipt::Nothing)
}

fn problem(entry: &Entry, unreadable: UnreadableDocument) -> Problem {
    let sentence = sentence(format_of(entry), unreadable);
    problem::item(&entry.path, Act::Preview).because(ProblemKind::NoPreview, sentence)
}

/// The document of a file: the one that is open, or a new one.
async fn open(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
) -> Result<Result<Arc<OpenDocument>, UnreadableDocument>, JobError> {
    let documents = &worker.previews.documents;
    let key = DocumentKey::new(account, file);
    if let Some(document) = documents.get(&key) {
        return Ok(Ok(document));
    }
    let bytes = {
        let _permit = worker.lanes.interactive().await;
        if is_made_by_service(entry) {
            fetch::service_document(account, entry, file).await?
        } else {
            fetch::content(worker, account, entry, file, MOST_FILE_BYTES).await?
        }
    };
    let source = match format_in(entry, &bytes) {
        format @ (DocumentFormat::Picture | DocumentFormat::Tiff) => {
            picture_source(worker, bytes, format).await?
        }
        format => Ok(DocumentSource { open_bytes: bytes.len(), bytes, format, reading_memory: None }),
    };
    let source = match source {
        Ok(source) => source,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    Ok(documents.open(key, source).await)
}

/// Waits until there is memory to decode a picture.
async fn picture_source(
    worker: &WorkerContext,
    bytes: Vec<u8>,
    format: DocumentFormat,
) -> Result<Result<DocumentSource, UnreadableDocument>, JobError> {
    let (bytes, decoded_bytes) = blocking(move || {
        let decoded_bytes = memory::decoded_bytes(&bytes);
        (bytes, decoded_bytes)
    })
    .await?;
    let Some(decoded_bytes) = decoded_bytes else { return Ok(Err(UnreadableDocument::Damaged)) };
    if decoded_bytes > MOST_PICTURE_BYTES {
        return Ok(Err(UnreadableDocument::TooLarge));
    }
    let reading_memory = worker.previews.memory.acquire(bytes.len() as u64 + decoded_bytes).await;
    let open_bytes = decoded_bytes as usize;
    Ok(Ok(DocumentSource { bytes, format, open_bytes, reading_memory }))
}

async fn draw(
    worker: &WorkerContext,
    document: &OpenDocument,
    part: PagePart,
) -> Result<Option<Arc<Pixels>>, UnreadableDocument> {
    let _permit = worker.previews.memory.acquire(DRAWING_BYTES).await;
    document.draw(part).await
}

/// The whole page, with a longer side of `side` pixels.
fn first_part(page: PageSize, side: u32) -> PagePart {
    let shape = (page.width / page.height).min(1.0);
    let page_width = (side.min(PAGE_PART_SIDE) as f32 * shape) as u32;
    PagePart { page: 0, page_width: page_width.max(1), column: 0, row: 0 }
}

/// What has no name that tells is a PDF by its first bytes.
fn format_of(entry: &Entry) -> DocumentFormat {
    match FileType::from_name(entry.name()).preview {
        PreviewKind::Svg => DocumentFormat::Svg,
        PreviewKind::Font => DocumentFormat::Font,
        PreviewKind::Picture => DocumentFormat::Picture,
        _ => DocumentFormat::Pdf,
    }
}

/// A picture may have a name that tells nothing.
fn format_in(entry: &Entry, bytes: &[u8]) -> DocumentFormat {
    let is_unknown = FileType::from_name(entry.name()).preview == PreviewKind::Unknown;
    let format = match PreviewKind::from_first_bytes(bytes).filter(|_| is_unknown) {
        Some(PreviewKind::Picture) => DocumentFormat::Picture,
        _ => format_of(entry),
    };
    let has_pages = || tiff_pages::count(Cursor::new(bytes)).is_some();
    if format == DocumentFormat::Picture && has_pages() { DocumentFormat::Tiff } else { format }
}

fn is_made_by_service(entry: &Entry) -> bool {
    let kind = FileType::from_name(entry.name()).preview;
    matches!(kind, PreviewKind::Office | PreviewKind::ServiceDocument)
}

fn sentence(format: DocumentFormat, unreadable: UnreadableDocument) -> String {
    let what = match format {
        DocumentFormat::Pdf => "pdf",
        DocumentFormat::Svg | DocumentFormat::Picture | DocumentFormat::Tiff => "image",
        DocumentFormat::Font => "font",
    };
    match unreadable {
        UnreadableDocument::Locked => tr!("page-locked", what = what),
        UnreadableDocument::Damaged => tr!("page-damaged", what = what),
        UnreadableDocument::TooLarge => tr!("page-too-large", what = what),
        UnreadableDocument::TooSlow => tr!("page-too-slow", what = what),
    }
}

#[cfg(test)]
mod tests {
    use super::first_part;
    use coffer_model::preview::PageSize;

    #[test]
    fn the_first_page_fits_whatever_its_shape() {
        let check = |width: f32, height: f32, expected| {
            let size = PageSize { width, height };
            let part = first_part(size, 1000);
            assert_eq!((part.page_width, size.pixel_height(part.page_width)), expected);
        };
        check(600.0, 800.0, (750, 1000));
        check(800.0, 600.0, (1000, 750));
        check(1.0, 19_200.0, (1, 19_200));
    }
}
