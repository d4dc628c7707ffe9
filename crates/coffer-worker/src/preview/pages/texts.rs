//! What the pages of a document say, read one after the other while nothing else is asked of it.

use super::unreadable::UnreadableDocument;
use super::{open, problem};
use crate::context::{JobContext, JobError};
use crate::worker_context::WorkerContext;
use coffer_model::{Entry, PageText, Receipt, Update};
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Pages that are read within this time are told together.
const TELL_EVERY: Duration = Duration::from_millis(50);

/// Reads these pages; those that the document does not have are left out.
pub(crate) async fn page_texts(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
    pages: Range<u32>,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let unreadable = |unreadable| problem(&entry, unreadable);
    let file = entry.file().ok_or_else(|| unreadable(UnreadableDocument::Damaged))?;
    let mut document = open(worker, &account, &entry, file).await?.map_err(unreadable)?;
    let mut first_page = pages.start;
    let mut texts: Vec<Arc<PageText>> = Vec::new();
    let mut told = Instant::now();
    for page in pages.start..pages.end.min(document.pages.len() as u32) {
        let mut text = document.text(page).await.map_err(unreadable)?;
        if text.is_none() && document.is_closed() {
            // Another one was opened in its place.
            document = open(worker, &account, &entry, file).await?.map_err(unreadable)?;
            text = document.text(page).await.map_err(unreadable)?;
        }
        texts.push(Arc::new(text.unwrap_or_default()));
        if told.elapsed() >= TELL_EVERY {
            let read = std::mem::take(&mut texts);
            job.update(Update::PageTexts { first_page, texts: read });
            first_page = page + 1;
            told = Instant::now();
        }
    }
    if !texts.is_empty() {
        job.update(Update::PageTexts { first_page, texts });
    }
    Ok(Receipt::Nothing)
}
