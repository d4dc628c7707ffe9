//! An open file with pages. The library for PDF keeps what it has read for one thread only, so each document has one, which draws one
//! part after the other and ends when nobody asks for more. A file that is made to do harm ends no other thread:
//! panics are caught here, and one that takes too long is given up.

use super::large_picture::{self, LargePicture};
use super::pdf::{self, ReadParts};
use super::specimen;
use super::svg::{self, Drawing};
use super::unreadable::UnreadableDocument;
use coffer_model::Pixels;
use coffer_model::preview::{PagePart, PageSize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::timeout;

/// Opening a file or drawing a part of a page may take so long. What takes longer is not waited for; its thread ends
/// when it is done.
const MOST_TIME: Duration = Duration::from_secs(10);

/// A picture of a hundred megapixels is decoded in some seconds.
const MOST_DECODING_TIME: Duration = Duration::from_secs(30);

/// A document that nobody asks for more is closed, which frees its memory.
const IDLE_TIME: Duration = Duration::from_secs(30);

/// The library goes into forms inside of forms 50 deep; that needs 2 MiB at most.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// The library never forgets a font or shape that it has read. Every so many parts all are forgotten.
const PARTS_UNTIL_FORGETTING: usize = 64;

/// What the bytes of a file are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentFormat {
    Pdf,
    Svg,
    Font,
    Picture,
}

/// A file that is to be opened.
pub(super) struct DocumentSource {
    pub bytes: Vec<u8>,
    pub format: DocumentFormat,
    /// What it takes while it is open.
    pub open_bytes: usize,
    /// For as long as it is read.
    pub reading_memory: Option<OwnedSemaphorePermit>,
}

pub(super) struct OpenDocument {
    /// Never empty.
    pub pages: Arc<[PageSize]>,
    pub bytes: usize,
    commands: mpsc::Sender<DrawPart>,
    /// Its thread did not answer in time, and will not be asked again.
    is_given_up: AtomicBool,
    is_closed: Arc<AtomicBool>,
}

/// A part that is wanted. Nobody wants it any more when the receiver is gone.
struct DrawPart {
    part: PagePart,
    reply: oneshot::Sender<Option<Arc<Pixels>>>,
}

impl OpenDocument {
    /// Starts its thread, which holds `permit` until it ends.
    pub(super) async fn open(
        source: DocumentSource,
        permit: OwnedSemaphorePermit,
    ) -> Result<Self, UnreadableDocument> {
        let (commands, received) = mpsc::channel();
        let (opened, on_opened) = oneshot::channel();
        let is_closed = Arc::new(AtomicBool::new(false));
        let (bytes, closed) = (source.open_bytes, Arc::clone(&is_closed));
        let is_picture = source.format == DocumentFormat::Picture;
        let most_time = if is_picture { MOST_DECODING_TIME } else { MOST_TIME };
        let work = move || {
            let _permit = permit;
            run(source, opened, &received);
            closed.store(true, Ordering::Release);
        };
        let thread = thread::Builder::new().name("pages".to_owned()).stack_size(STACK_BYTES);
        thread.spawn(work).map_err(|_| UnreadableDocument::TooSlow)?;
        let pages = match timeout(most_time, on_opened).await {
            Ok(Ok(pages)) => pages?,
            // The thread has ended by a panic.
            Ok(Err(_)) => return Err(UnreadableDocument::Damaged),
            Err(_) => return Err(UnreadableDocument::TooSlow),
        };
        Ok(Self { pages, bytes, commands, is_given_up: AtomicBool::new(false), is_closed })
    }

    /// `None` when the part can't be drawn.
    pub(super) async fn draw(&self, part: PagePart) -> Result<Option<Arc<Pixels>>, UnreadableDocument> {
        if self.is_given_up() {
            return Err(UnreadableDocument::TooSlow);
        }
        let (reply, on_reply) = oneshot::channel();
        if self.commands.send(DrawPart { part, reply }).is_err() {
            return Ok(None);
        }
        if let Ok(pixels) = timeout(MOST_TIME, on_reply).await {
            Ok(pixels.unwrap_or(None))
        } else {
            self.is_given_up.store(true, Ordering::Relaxed);
            Err(UnreadableDocument::TooSlow)
        }
    }

    pub(super) fn is_given_up(&self) -> bool {
        self.is_given_up.load(Ordering::Relaxed)
    }

    /// Its thread has ended, as nobody asked for more.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }
}

/// The pages of a document, or why there are none.
type OpenedPages = oneshot::Sender<Result<Arc<[PageSize]>, UnreadableDocument>>;

/// What the thread does.
fn run(source: DocumentSource, opened: OpenedPages, received: &mpsc::Receiver<DrawPart>) {
    let DocumentSource { bytes, format, reading_memory, .. } = source;
    match format {
        DocumentFormat::Pdf => {
            let Some(pdf) = report(opened, || pdf::read(bytes), pdf::page_sizes) else { return };
            let mut read = ReadParts::default();
            let mut drawn = 0_usize;
            draw_parts(received, |part| {
                let pixels = catch_unwind(AssertUnwindSafe(|| pdf::draw(&pdf, &read, part)));
                drawn += 1;
                // After a panic they may hold half of something.
                if pixels.is_err() || drawn.is_multiple_of(PARTS_UNTIL_FORGETTING) {
                    read = ReadParts::default();
                }
                pixels.ok().flatten()
            });
        }
        DocumentFormat::Svg | DocumentFormat::Font => {
            let read = || match format {
                DocumentFormat::Font => specimen::read(bytes),
                _ => svg::read(&bytes),
            };
            let Some(drawing) = report(opened, read, Drawing::page_sizes) else { return };
            draw_parts(received, |part| catch_unwind(AssertUnwindSafe(|| drawing.draw(part))).ok().flatten());
        }
        DocumentFormat::Picture => {
            // Decoding needs the file and its own memory; of both only the picture is left.
            let read = || {
                let _held = reading_memory;
                large_picture::read(&bytes)
            };
            let Some(picture) = report(opened, read, LargePicture::page_sizes) else { return };
            drop(bytes);
            draw_parts(received, |part| catch_unwind(AssertUnwindSafe(|| picture.draw(part))).ok().flatten());
        }
    }
}

/// Reads a document and tells how that went. `None` where it can't be read, or where whoever wanted it has gone.
fn report<D>(
    opened: OpenedPages,
    read: impl FnOnce() -> Result<D, UnreadableDocument>,
    sizes: impl FnOnce(&D) -> Arc<[PageSize]>,
) -> Option<D> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let document = read()?;
        let pages = sizes(&document);
        if pages.is_empty() { Err(UnreadableDocument::Damaged) } else { Ok((document, pages)) }
    }));
    match read.unwrap_or(Err(UnreadableDocument::Damaged)) {
        Ok((document, pages)) => opened.send(Ok(pages)).is_ok().then_some(document),
        Err(unreadable) => {
            // Whoever opened it may have gone.
            let _ = opened.send(Err(unreadable));
            None
        }
    }
}

/// Draws one part after the other, until nobody asks for more.
fn draw_parts(received: &mpsc::Receiver<DrawPart>, mut draw: impl FnMut(PagePart) -> Option<Pixels>) {
    while let Ok(DrawPart { part, reply }) = received.recv_timeout(IDLE_TIME) {
        // It was scrolled past.
        if reply.is_closed() {
            continue;
        }
        // Whoever asked may have gone.
        let _ = reply.send(draw(part).map(Arc::new));
    }
}
