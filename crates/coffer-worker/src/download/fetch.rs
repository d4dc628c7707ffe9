//! Downloads one revision of one file, up to where it is whole and verified but has no name yet. Small files come in
//! one piece; large ones by several calls at once, as many as the queue grants, and go on where an earlier run stopped.
//! When a connection breaks, only the rest is asked for again.

use super::blocking_writer::{BlockingWriter, ByteSink};
use super::blocks::BlockWriter;
use super::context::{CountedBytes, DownloadContext, DownloadPermit, StreamError};
use super::download_file::DownloadFile;
use super::large_file::LargeFile;
use super::partial_file::PartialFile;
use super::ranges::{FIRST_BYTES, Ranges};
use super::staging::{Staged, Staging};
use super::verified_file::{TemporaryFile, VerifiedFile};
use crate::blocking;
use crate::retry::TRIES_DAMAGED;
use bytes::Bytes;
use coffer_model::{Problem, ProblemKind, TransferPhase};
use coffer_stdx::system;
use coffer_texts::tr;
use dropbox_client::RestResponse;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::content_hash::{self, BlockHash};
use futures_util::future::try_join_all;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime};

/// From here on a file comes in several ranges and can be continued.
pub(crate) const LARGE_BYTES: u64 = 16 * 1024 * 1024;

/// More streams fill no line better, and cost memory.
const MAX_STREAMS: usize = 8;

impl DownloadContext<'_> {
    /// Downloads a file as far as its name.
    pub(crate) async fn fetch(&self, wanted: &DownloadFile) -> Result<VerifiedFile, Problem> {
        self.meter.begin_file(&wanted.name());
        if self.disk_is_full.load(Ordering::Relaxed) {
            self.check_room(wanted).await?;
        }
        if wanted.is_exported {
            return self.fetch_export(wanted).await;
        }
        let fetched = self.fetch_undamaged(wanted).await;
        let temporary = fetched.inspect_err(|problem| {
            if problem.kind == ProblemKind::DiskFull {
                self.disk_is_full.store(true, Ordering::Relaxed);
            }
        })?;
        Ok(VerifiedFile { wanted: wanted.clone(), temporary })
    }

    /// Downloads a file again whose bytes came damaged: that can be by chance.
    async fn fetch_undamaged(&self, wanted: &DownloadFile) -> Result<TemporaryFile, Problem> {
        let is_large = wanted.size_bytes > LARGE_BYTES;
        let mut tries = 0;
        loop {
            let fetched = if is_large {
                self.fetch_large(wanted).await
            } else {
                self.fetch_small(wanted).await.map(TemporaryFile::Staged)
            };
            tries += 1;
            match fetched {
                Err(problem)
                    if problem.kind == ProblemKind::ContentMismatch && tries < tries_damaged(is_large) =>
                {
                    tracing::warn!(path = %wanted.path, tries, "downloading a file again that came damaged");
                }
                fetched => return fetched,
            }
        }
    }

    /// Whether a disk that is nearly full has room for a file: so what does not fit is not downloaded in vain, and what
    /// is smaller still arrives.
    async fn check_room(&self, wanted: &DownloadFile) -> Result<(), Problem> {
        let folder = wanted.local_path.parent().unwrap_or(Path::new(".")).to_owned();
        match blocking(move || system::free_bytes(&folder)).await? {
            Some(free) if free < wanted.size_bytes => {
                Err(wanted.problem().local(&io::ErrorKind::StorageFull.into()))
            }
            // Where it cannot be told it is tried.
            _ => Ok(()),
        }
    }

    async fn fetch_small(&self, wanted: &DownloadFile) -> Result<Staged, Problem> {
        let counted = CountedBytes::new(self.meter);
        let mut writer = BlockingWriter::new(SmallFile::new(self.staging.clone()), wanted.size_bytes);
        // There is nothing to ask for in an empty file.
        if wanted.size_bytes > 0 {
            let mut permit = self.acquire_permit().await;
            self.download_range(wanted, (0, wanted.size_bytes), &mut writer, &mut permit, &counted).await?;
        }
        let modified = wanted.modified();
        let closed = writer.finish(move |file| file.close(modified)).await?;
        let (staged, hash) = closed.map_err(|error| wanted.problem().local(&error))?;
        if !wanted.has_hash(&hash) {
            return Err(wanted.damaged());
        }
        counted.keep();
        Ok(staged)
    }

    async fn fetch_large(&self, wanted: &DownloadFile) -> Result<TemporaryFile, Problem> {
        loop {
            let counted = CountedBytes::new(self.meter);
            let (partial, known) = self.open_partial(wanted).await?;
            let resumed = known.iter().any(Option::is_some);
            let file = Arc::new(LargeFile::new(partial, known));
            if let Err(problem) = self.fill(wanted, &file, &counted).await {
                if problem.kind.is_full() || is_gone(problem.kind) {
                    // It would only take room that somebody needs, or nobody can go on with it.
                    file.partial.remove();
                }
                return Err(problem);
            }
            let whole =
                file.all_hashes().is_some_and(|hashes| wanted.has_hash(&content_hash::of_blocks(&hashes)));
            if whole {
                counted.keep();
                return Ok(TemporaryFile::Partial(file));
            }
            file.partial.remove();
            if !resumed {
                return Err(wanted.damaged());
            }
            tracing::warn!(path = %wanted.path, "discarding a partial file of an earlier run");
        }
    }

    async fn open_partial(
        &self,
        wanted: &DownloadFile,
    ) -> Result<(PartialFile, Vec<Option<BlockHash>>), Problem> {
        let (store, account, policy) = (self.store.clone(), self.account.clone(), self.cancel_policy.clone());
        let of = wanted.clone();
        self.meter.phase(TransferPhase::Verifying);
        let opened = blocking(move || PartialFile::open(&store, &account, &of, &policy)).await?;
        opened.map_err(|error| wanted.problem().local(&error))
    }

    /// Downloads the blocks that are missing.
    async fn fill(
        &self,
        wanted: &DownloadFile,
        file: &Arc<LargeFile>,
        counted: &CountedBytes<'_>,
    ) -> Result<(), Problem> {
        let ranges = file.missing(wanted.size_bytes);
        counted.already(wanted.size_bytes - ranges.bytes());
        let streams = ranges.most_streams().min(MAX_STREAMS);
        try_join_all((0..streams).map(|_| self.stream(wanted, file, &ranges, counted))).await?;
        Ok(())
    }

    /// Downloads one range after the other, as the queue grants it.
    async fn stream(
        &self,
        wanted: &DownloadFile,
        file: &Arc<LargeFile>,
        ranges: &Ranges,
        counted: &CountedBytes<'_>,
    ) -> Result<(), Problem> {
        let keeper = file.keeper();
        let mut length = FIRST_BYTES;
        while ranges.bytes() > 0 {
            let mut permit = self.acquire_permit().await;
            let Some(range) = ranges.take(length) else { break };
            let began = Instant::now();
            let writer = BlockWriter::new(
                Arc::clone(&file.partial.target),
                range.0,
                wanted.size_bytes,
                Arc::clone(&keeper),
            );
            let mut writer = BlockingWriter::new(writer, range.1 - range.0);
            let downloaded = self.download_range(wanted, range, &mut writer, &mut permit, counted).await;
            // Whole blocks of a range that broke off are kept.
            let written = writer.finish(|_| Ok(())).await?;
            downloaded?;
            written.map_err(|error| wanted.problem().local(&error))?;
            length = ranges.next_length(length, began.elapsed());
        }
        Ok(())
    }

    /// Downloads the bytes of a range, and the rest of them whenever the connection breaks.
    async fn download_range<S: ByteSink>(
        &self,
        wanted: &DownloadFile,
        range: (u64, u64),
        writer: &mut BlockingWriter<S>,
        permit: &mut DownloadPermit,
        counted: &CountedBytes<'_>,
    ) -> Result<(), Problem> {
        let (mut position, end) = range;
        let mut tries = 0;
        loop {
            let start = position;
            let copied = match self.open(wanted, position, end).await {
                Ok(response) => {
                    self.copy_stream(wanted, response, (&mut position, end), writer, permit, counted).await
                }
                Err(error) => Err(error),
            };
            match copied {
                Ok(()) if position == end => return Ok(()),
                Err(StreamError::Failed(problem)) => return Err(problem),
                // The connection broke, or the answer ended early.
                Ok(()) | Err(StreamError::Interrupted) => {}
            }
            tries = if position > start { 1 } else { tries + 1 };
            if self.service.pause(tries).await.is_none() {
                let detail = tr!("why-connection-keeps-failing");
                return Err(wanted.problem().because(ProblemKind::ConnectionLost, detail));
            }
        }
    }

    async fn copy_stream<S: ByteSink>(
        &self,
        wanted: &DownloadFile,
        mut response: RestResponse,
        (position, end): (&mut u64, u64),
        writer: &mut BlockingWriter<S>,
        permit: &mut DownloadPermit,
        counted: &CountedBytes<'_>,
    ) -> Result<(), StreamError> {
        while *position < end {
            let mut chunk = match response.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) => {
                    tracing::debug!(%error, position = *position, "a download broke off");
                    return Err(StreamError::Interrupted);
                }
            };
            chunk.truncate((end - *position) as usize);
            let length = chunk.len() as u64;
            writer.push(&chunk).await.map_err(|error| wanted.problem().local(&error))?;
            *position += length;
            permit.add_moved(length);
            self.moving(wanted, counted.add(length));
        }
        Ok(())
    }
}

/// How often a file is downloaded in all whose bytes come damaged. A large one may take hours.
fn tries_damaged(is_large: bool) -> u32 {
    if is_large { 2 } else { TRIES_DAMAGED }
}

/// The account has another file there now, or none.
fn is_gone(kind: ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::NotFound | ProblemKind::RevisionNotFound | ProblemKind::NotAFile | ProblemKind::Changed
    )
}

/// A file that comes in one piece.
pub(super) struct SmallFile {
    staging: Staging,
    file: Option<(File, Staged)>,
    hasher: ContentHasher,
}

impl SmallFile {
    pub(super) fn new(staging: Staging) -> Self {
        Self { staging, file: None, hasher: ContentHasher::new() }
    }

    fn file(&mut self) -> io::Result<&mut File> {
        let made = match self.file.take() {
            Some(made) => made,
            None => self.staging.create()?,
        };
        Ok(&mut self.file.insert(made).0)
    }

    /// Gives it its time, and tells its content hash.
    pub(super) fn close(mut self, modified: SystemTime) -> io::Result<(Staged, String)> {
        // Some file systems keep no times; the content counts.
        let _ = self.file()?.set_modified(modified);
        let (_, staged) = self.file.take().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok((staged, self.hasher.finish()))
    }
}

impl ByteSink for SmallFile {
    fn write_chunk(&mut self, bytes: Bytes) -> io::Result<()> {
        self.file()?.write_all(&bytes)?;
        self.hasher.update(&bytes);
        Ok(())
    }
}
