//! Brings one revision of one file, up to where it is whole and verified but has no name yet. Small files come in one
//! piece; large ones by several calls at once, as many as the queue grants, and go on where an earlier run stopped.
//! When a connection breaks, only the rest is asked for again.

use super::blocks::{BlockKeeper, BlockWriter, block_range};
use super::feed::{Feed, Sink};
use super::line::{Broken, Counted, Line, Turn};
use super::part::Part;
use super::ranges::{FIRST_BYTES, Ranges};
use super::settle::{Arrived, Temporary};
use super::staging::{Staged, Staging};
use super::wanted::Wanted;
use crate::blocking;
use bytes::Bytes;
use coffer_model::{Phase, Problem, ProblemKind};
use dropbox_client::RestResponse;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::content_hash::{self, BlockHash};
use futures_util::future::try_join_all;
use std::fs::File;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};

/// From here on a file comes in several ranges and can be gone on with.
pub const LARGE_BYTES: u64 = 16 * 1024 * 1024;

/// More streams fill no line better, and cost memory.
const MOST_STREAMS: usize = 8;

impl Line<'_> {
    /// Brings a file as far as its name.
    pub async fn fetch(&self, wanted: &Wanted) -> Result<Arrived, Problem> {
        self.meter.begin_file(&wanted.name());
        let temporary = if wanted.size() > LARGE_BYTES {
            self.fetch_large(wanted).await?
        } else {
            Temporary::Staged(self.fetch_small(wanted).await?)
        };
        Ok(Arrived { wanted: wanted.clone(), temporary })
    }

    async fn fetch_small(&self, wanted: &Wanted) -> Result<Staged, Problem> {
        let counted = Counted::new(self.meter);
        let mut feed = Feed::new(SmallFile::new(self.staging.clone()), wanted.size());
        // There is nothing to ask for in an empty file.
        if wanted.size() > 0 {
            let mut turn = self.turn().await;
            self.bring(wanted, (0, wanted.size()), &mut feed, &mut turn, &counted).await?;
        }
        let modified = wanted.modified();
        let closed = feed.finish(move |file| file.close(modified)).await?;
        let (staged, hash) = closed.map_err(|error| wanted.about().local(&error))?;
        if !wanted.has_hash(&hash) {
            return Err(wanted.damaged());
        }
        counted.keep();
        Ok(staged)
    }

    async fn fetch_large(&self, wanted: &Wanted) -> Result<Temporary, Problem> {
        loop {
            let counted = Counted::new(self.meter);
            let (part, known) = self.open_part(wanted).await?;
            let resumed = known.iter().any(Option::is_some);
            let file = Arc::new(LargeFile { part, digests: Mutex::new(known) });
            if let Err(problem) = self.fill(wanted, &file, &counted).await {
                if problem.kind.is_full() || is_gone(problem.kind) {
                    // It would only take room that somebody needs, or nobody can go on with it.
                    file.part.remove();
                }
                return Err(problem);
            }
            let whole =
                file.whole().is_some_and(|digests| wanted.has_hash(&content_hash::of_blocks(&digests)));
            if whole {
                counted.keep();
                return Ok(Temporary::Part(file));
            }
            file.part.remove();
            if !resumed {
                return Err(wanted.damaged());
            }
            tracing::warn!(path = %wanted.path, "discarding a partial file of an earlier run");
        }
    }

    async fn open_part(&self, wanted: &Wanted) -> Result<(Part, Vec<Option<BlockHash>>), Problem> {
        let (store, account, policy) = (self.store.clone(), self.account.clone(), self.cancel_policy.clone());
        let of = wanted.clone();
        self.meter.phase(Phase::Verifying);
        let opened = blocking(move || Part::open(&store, &account, &of, &policy)).await?;
        opened.map_err(|error| wanted.about().local(&error))
    }

    /// Brings the blocks that are missing.
    async fn fill(
        &self,
        wanted: &Wanted,
        file: &Arc<LargeFile>,
        counted: &Counted<'_>,
    ) -> Result<(), Problem> {
        let ranges = file.missing(wanted.size());
        counted.already(wanted.size() - ranges.bytes());
        let streams = ranges.most_streams().min(MOST_STREAMS);
        try_join_all((0..streams).map(|_| self.stream(wanted, file, &ranges, counted))).await?;
        Ok(())
    }

    /// Brings one range after the other, as the queue grants it.
    async fn stream(
        &self,
        wanted: &Wanted,
        file: &Arc<LargeFile>,
        ranges: &Ranges,
        counted: &Counted<'_>,
    ) -> Result<(), Problem> {
        let keeper = file.keeper();
        let mut length = FIRST_BYTES;
        while ranges.bytes() > 0 {
            let mut turn = self.turn().await;
            let Some(range) = ranges.take(length) else { break };
            let began = Instant::now();
            let writer =
                BlockWriter::new(Arc::clone(&file.part.target), range.0, wanted.size(), Arc::clone(&keeper));
            let mut feed = Feed::new(writer, range.1 - range.0);
            let brought = self.bring(wanted, range, &mut feed, &mut turn, counted).await;
            // Whole blocks of a range that broke off are kept.
            let written = feed.finish(|_| Ok(())).await?;
            brought?;
            written.map_err(|error| wanted.about().local(&error))?;
            length = ranges.next_length(length, began.elapsed());
        }
        Ok(())
    }

    /// Brings the bytes of a range, and the rest of them whenever the connection breaks.
    async fn bring<S: Sink>(
        &self,
        wanted: &Wanted,
        range: (u64, u64),
        feed: &mut Feed<S>,
        turn: &mut Turn,
        counted: &Counted<'_>,
    ) -> Result<(), Problem> {
        let (mut position, end) = range;
        let mut tries = 0;
        loop {
            let start = position;
            let broken = match self.open(wanted, position, end).await {
                Ok(response) => self.pour(wanted, response, (&mut position, end), feed, turn, counted).await,
                Err(broken) => Err(broken),
            };
            match broken {
                Ok(()) if position == end => return Ok(()),
                Err(Broken::For(problem)) => return Err(problem),
                // The connection broke, or the answer ended early.
                Ok(()) | Err(Broken::Off) => {}
            }
            tries = if position > start { 1 } else { tries + 1 };
            if self.service.pause(tries).await.is_none() {
                let detail = "The connection keeps failing before the file is complete.";
                return Err(wanted.about().because(ProblemKind::ConnectionLost, detail));
            }
        }
    }

    async fn pour<S: Sink>(
        &self,
        wanted: &Wanted,
        mut response: RestResponse,
        (position, end): (&mut u64, u64),
        feed: &mut Feed<S>,
        turn: &mut Turn,
        counted: &Counted<'_>,
    ) -> Result<(), Broken> {
        while *position < end {
            let mut chunk = match response.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) => {
                    tracing::debug!(%error, position = *position, "a download broke off");
                    return Err(Broken::Off);
                }
            };
            chunk.truncate((end - *position) as usize);
            let length = chunk.len() as u64;
            feed.push(&chunk).await.map_err(|error| wanted.about().local(&error))?;
            *position += length;
            turn.moved(length);
            self.moving(wanted, counted.add(length));
        }
        Ok(())
    }
}

/// The account has another file there now, or none.
fn is_gone(kind: ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::NotFound | ProblemKind::RevisionNotFound | ProblemKind::NotAFile | ProblemKind::Changed
    )
}

/// A file that comes in one piece.
struct SmallFile {
    staging: Staging,
    file: Option<(File, Staged)>,
    hasher: ContentHasher,
}

impl SmallFile {
    fn new(staging: Staging) -> Self {
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
    fn close(mut self, modified: SystemTime) -> io::Result<(Staged, String)> {
        // Some file systems keep no times; the content counts.
        let _ = self.file()?.set_modified(modified);
        let (_, staged) = self.file.take().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok((staged, self.hasher.finish()))
    }
}

impl Sink for SmallFile {
    fn take(&mut self, bytes: Bytes) -> io::Result<()> {
        self.file()?.write_all(&bytes)?;
        self.hasher.update(&bytes);
        Ok(())
    }
}

/// A file that comes in ranges.
pub struct LargeFile {
    pub part: Part,
    digests: Mutex<Vec<Option<BlockHash>>>,
}

impl LargeFile {
    fn keeper(self: &Arc<Self>) -> BlockKeeper {
        let file = Arc::clone(self);
        Arc::new(move |index, digest| {
            file.part.note(index, &digest);
            let mut digests = file.digests.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(place) = digests.get_mut(index) {
                *place = Some(digest);
            }
        })
    }

    fn missing(&self, size_bytes: u64) -> Ranges {
        let digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        let missing = digests.iter().enumerate().filter(|(_, digest)| digest.is_none());
        Ranges::of(missing.map(|(index, _)| block_range(index, size_bytes)))
    }

    /// All digests, when there are all.
    fn whole(&self) -> Option<Vec<BlockHash>> {
        self.digests.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }
}
