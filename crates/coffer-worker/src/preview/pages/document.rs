//! An open file with pages. The library for PDF keeps what it has read for one thread only, so each document has one, which draws one
//! part after the other and ends when nobody asks for more. A file that is made to do harm ends no other thread:
//! panics are caught here, and one that takes too long is given up.

use super::document_pages::DocumentPages;
use super::large_picture::{self, LargePicture};
use super::pdf::{self, PdfPages};
use super::specimen;
use super::svg::{self, Drawing};
use super::tiff_file::{self, TiffFile};
use super::unreadable::UnreadableDocument;
use coffer_model::preview::{PagePart, PageSize};
use coffer_model::{PageText, Pixels};
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

/// What the bytes of a file are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentFormat {
    Pdf,
    Svg,
    Font,
    Picture,
    /// A TIFF file with several pages.
    Tiff,
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
    commands: mpsc::Sender<PageCommand>,
    /// Its thread did not answer in time, and will not be asked again.
    is_given_up: AtomicBool,
    is_closed: Arc<AtomicBool>,
}

/// What is wanted of a document. Nobody wants it any more when the receiver is gone.
enum PageCommand {
    Draw { part: PagePart, reply: oneshot::Sender<Option<Arc<Pixels>>> },
    Read { page: u32, reply: oneshot::Sender<PageText> },
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
        let (reply, on_reply) = oneshot::channel();
        Ok(self.answer(PageCommand::Draw { part, reply }, on_reply).await?.flatten())
    }

    /// What a page says; `None` when it can't be read.
    pub(super) async fn text(&self, page: u32) -> Result<Option<PageText>, UnreadableDocument> {
        let (reply, on_reply) = oneshot::channel();
        self.answer(PageCommand::Read { page, reply }, on_reply).await
    }

    async fn answer<T>(
        &self,
        command: PageCommand,
        on_reply: oneshot::Receiver<T>,
    ) -> Result<Option<T>, UnreadableDocument> {
        if self.is_given_up() {
            return Err(UnreadableDocument::TooSlow);
        }
        if self.commands.send(command).is_err() {
            return Ok(None);
        }
        if let Ok(reply) = timeout(MOST_TIME, on_reply).await {
            Ok(reply.ok())
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
fn run(source: DocumentSource, opened: OpenedPages, received: &mpsc::Receiver<PageCommand>) {
    let DocumentSource { bytes, format, reading_memory, .. } = source;
    match format {
        DocumentFormat::Pdf => {
            let Some(pdf) = report(opened, || pdf::read(bytes), pdf::page_sizes) else { return };
            serve(received, PdfPages::new(&pdf));
        }
        DocumentFormat::Svg | DocumentFormat::Font => {
            let read = || match format {
                DocumentFormat::Font => specimen::read(bytes),
                _ => svg::read(&bytes),
            };
            let Some(drawing) = report(opened, read, Drawing::page_sizes) else { return };
            serve(received, drawing);
        }
        DocumentFormat::Tiff => {
            let read = || {
                let _held = reading_memory;
                tiff_file::read(bytes)
            };
            let Some(file) = report(opened, read, TiffFile::page_sizes) else { return };
            serve(received, file);
        }
        DocumentFormat::Picture => {
            // Decoding needs the file and its own memory; of both only the picture is left.
            let read = || {
                let _held = reading_memory;
                large_picture::read(&bytes)
            };
            let Some(picture) = report(opened, read, LargePicture::page_sizes) else { return };
            drop(bytes);
            serve(received, picture);
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

/// Does one thing after the other, until nobody asks for more.
fn serve(received: &mpsc::Receiver<PageCommand>, mut pages: impl DocumentPages) {
    while let Ok(command) = received.recv_timeout(IDLE_TIME) {
        match command {
            // It was scrolled past.
            PageCommand::Draw { reply, .. } if reply.is_closed() => {}
            PageCommand::Read { reply, .. } if reply.is_closed() => {}
            // Whoever asked may have gone.
            PageCommand::Draw { part, reply } => {
                let drawn = catch_unwind(AssertUnwindSafe(|| pages.draw(part)));
                let _ = reply.send(drawn.ok().flatten().map(Arc::new));
            }
            PageCommand::Read { page, reply } => {
                let text = catch_unwind(AssertUnwindSafe(|| pages.text(page)));
                let _ = reply.send(text.unwrap_or_default());
            }
        }
    }
}
