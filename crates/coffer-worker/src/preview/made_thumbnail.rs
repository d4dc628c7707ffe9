//! A small picture of a file that the service makes none of, from as little of it as does.

use super::pages::text_page;
use super::{fetch, markdown, office, pages, picture, recording, text};
use crate::account::OpenAccount;
use crate::blocking;
use crate::context::JobError;
use crate::worker_context::WorkerContext;
use coffer_model::entry::File;
use coffer_model::preview::PreviewBody;
use coffer_model::{Entry, FileType, Pixels, PreviewKind};
use std::sync::Arc;

/// The first page of a text has no more.
const TEXT_BYTES: u64 = 4 * 1024;

/// A document of which more has to be read for its first page has no thumbnail; so has a recording for its cover.
const MOST_DOCUMENT_BYTES: u64 = 1024 * 1024;

/// The same for the picture that a raw file holds.
const MOST_INNER_BYTES: u64 = 6 * 1024 * 1024;

/// What is drawn smaller than this is made smaller afterwards.
const LEAST_SIDE: u32 = 256;

/// `None` where there is none.
pub(crate) async fn made_thumbnail(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    side: u32,
) -> Result<Option<Arc<Pixels>>, JobError> {
    let side = side.max(LEAST_SIDE);
    let kind = FileType::from_name(entry.name()).preview;
    let body = match kind {
        PreviewKind::Text | PreviewKind::Markdown | PreviewKind::Table => {
            let bytes = fetch::content(worker, account, entry, file, TEXT_BYTES).await?;
            let cut_from = (file.size_bytes > TEXT_BYTES).then_some(file.size_bytes);
            let name = entry.name().to_owned();
            let body = blocking(move || match kind {
                PreviewKind::Markdown => text::markdown_beginning(&bytes, cut_from.is_some()),
                _ => Some(text::body(&name, PreviewKind::Text, &bytes, cut_from)),
            });
            return drawn_text(worker, body.await?, side).await;
        }
        PreviewKind::Office => {
            let words = office::beginning(worker, account, entry, file, MOST_DOCUMENT_BYTES).await?;
            let body = words.map(|words| PreviewBody::Markdown(markdown::with_colors(words.into())));
            return drawn_text(worker, body, side).await;
        }
        PreviewKind::Pdf | PreviewKind::Font | PreviewKind::Svg => {
            // It is opened by what has the right of somebody who waits, which this has not.
            fetch::content(worker, account, entry, file, file.size_bytes).await?;
            pages::preview(worker, account, entry, file, side).await?
        }
        PreviewKind::PictureInside => {
            let inner = picture::picture_inside(worker, account, entry, file, side, MOST_INNER_BYTES);
            let Some(body) = inner.await? else { return Ok(None) };
            body
        }
        PreviewKind::Recording => {
            recording::preview_within(worker, account, entry, file, MOST_DOCUMENT_BYTES).await?
        }
        PreviewKind::Picture => picture::preview(worker, account, entry, side).await?,
        _ => return Ok(None),
    };
    Ok(match body {
        PreviewBody::Picture { frames, .. } => frames.first().map(|frame| Arc::clone(&frame.pixels)),
        PreviewBody::Pages(document) => document.first_page,
        PreviewBody::Recording(recording) => recording.cover,
        _ => None,
    })
}

async fn drawn_text(
    worker: &WorkerContext,
    body: Option<PreviewBody>,
    side: u32,
) -> Result<Option<Arc<Pixels>>, JobError> {
    let Some(body) = body else { return Ok(None) };
    let _permit = worker.thumbnails.decoders.acquire().await;
    Ok(blocking(move || {
        match body {
            PreviewBody::Text(text) => text_page::of_text(&text, side),
            PreviewBody::Markdown(text) => text_page::of_markdown(&text, side),
            _ => None,
        }
        .map(Arc::new)
    })
    .await?)
}
