//! A file of the account as what a library reads from and seeks in: the bytes that it asks for are downloaded in ranges,
//! up to a bound. The library works on a thread of its own, and the downloads are made by the job; when the job is
//! cancelled, the next thing that the library reads fails, and its thread ends.

use super::super::account::OpenAccount;
use super::super::blocking;
use super::super::context::JobError;
use super::fetch;
use coffer_model::{Entry, entry::File};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use symphonia::core::io::MediaSource;
use tokio::sync::mpsc;

/// A first range, and one after a leap. Headers and directories of small archives fit.
const LEAST_RANGE: u64 = 64 * 1024;

/// What is read on and on comes in ever longer ranges.
const LONGEST_RANGE: u64 = 2 * 1024 * 1024;

/// What a library made of a file.
pub(super) struct ReadByRanges<T> {
    pub value: T,
    /// It wanted more than it was given.
    pub has_met_bound: bool,
}

/// Runs `read` over a file of which at most `most_bytes` are downloaded.
pub(super) async fn read_by_ranges<T: Send + 'static>(
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    most_bytes: u64,
    read: impl FnOnce(RemoteFile) -> T + Send + 'static,
) -> Result<ReadByRanges<T>, JobError> {
    read_within(account, entry, file, Bounds { downloaded: most_bytes, kept: most_bytes }, read).await
}

/// Runs `read` over a file that is read from its beginning to its end: all of it may be downloaded, and the last
/// `kept_bytes` are kept.
pub(super) async fn read_through<T: Send + 'static>(
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    kept_bytes: u64,
    read: impl FnOnce(RemoteFile) -> T + Send + 'static,
) -> Result<T, JobError> {
    let bounds = Bounds { downloaded: u64::MAX, kept: kept_bytes };
    Ok(read_within(account, entry, file, bounds, read).await?.value)
}

/// In bytes.
#[derive(Clone, Copy)]
struct Bounds {
    downloaded: u64,
    kept: u64,
}

async fn read_within<T: Send + 'static>(
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    bounds: Bounds,
    read: impl FnOnce(RemoteFile) -> T + Send + 'static,
) -> Result<ReadByRanges<T>, JobError> {
    let (wanted, mut on_wanted) = mpsc::channel(1);
    let has_met_bound = Arc::new(AtomicBool::new(false));
    let remote = RemoteFile {
        length: file.size_bytes,
        position: 0,
        ranges: Vec::new(),
        left_bytes: bounds.downloaded,
        kept_bytes: bounds.kept,
        wanted,
        has_met_bound: Arc::clone(&has_met_bound),
    };
    let mut work = Box::pin(blocking(move || read(remote)));
    loop {
        let WantedRange { range, reply } = tokio::select! {
            value = &mut work => {
                let has_met_bound = has_met_bound.load(Ordering::Acquire);
                return Ok(ReadByRanges { value: value?, has_met_bound });
            }
            Some(wanted) = on_wanted.recv() => wanted,
        };
        let bytes = fetch::download(account, entry, file, range).await?;
        // The library has a place for one answer, and waits for it.
        let _ = reply.send(bytes);
    }
}

/// Bytes that a library waits for. Without an answer reading fails.
struct WantedRange {
    range: Range<u64>,
    reply: SyncSender<Vec<u8>>,
}

pub(super) struct RemoteFile {
    length: u64,
    position: u64,
    /// What was downloaded, in the order of time.
    ranges: Vec<(u64, Vec<u8>)>,
    left_bytes: u64,
    kept_bytes: u64,
    wanted: mpsc::Sender<WantedRange>,
    has_met_bound: Arc<AtomicBool>,
}

impl RemoteFile {
    /// Downloads what begins at the position.
    fn download(&mut self) -> io::Result<()> {
        let start = self.position - self.position % LEAST_RANGE;
        // Not what is there already.
        let start = self
            .ranges
            .iter()
            .map(|(from, bytes)| from + bytes.len() as u64)
            .fold(start, |start, end| if end <= self.position { start.max(end) } else { start });
        let goes_on = self.ranges.last().filter(|(from, bytes)| from + bytes.len() as u64 == start);
        let length = goes_on.map_or(LEAST_RANGE, |(_, bytes)| bytes.len() as u64 * 2);
        let next = self.ranges.iter().map(|(from, _)| *from).filter(|from| *from > self.position).min();
        let end = start.saturating_add(length.min(LONGEST_RANGE)).max(self.position + 1);
        let end = end.min(next.unwrap_or(self.length)).min(self.length);
        if end - start > self.left_bytes {
            self.has_met_bound.store(true, Ordering::Release);
            return Err(io::Error::other("more than may be downloaded for a preview"));
        }
        let (reply, on_reply) = sync_channel(1);
        let gone = || io::Error::other("the preview is not wanted any more");
        self.wanted.blocking_send(WantedRange { range: start..end, reply }).map_err(|_| gone())?;
        let bytes = on_reply.recv().map_err(|_| gone())?;
        self.left_bytes -= bytes.len() as u64;
        self.ranges.push((start, bytes));
        let kept = |(_, bytes): &(u64, Vec<u8>)| bytes.len() as u64;
        while self.ranges.len() > 1 && self.ranges.iter().map(kept).sum::<u64>() > self.kept_bytes {
            self.ranges.remove(0);
        }
        Ok(())
    }

    fn downloaded(&self) -> Option<&[u8]> {
        self.ranges.iter().rev().find_map(|(from, bytes)| {
            let offset = usize::try_from(self.position.checked_sub(*from)?).ok()?;
            bytes.get(offset..).filter(|rest| !rest.is_empty())
        })
    }
}

impl Read for RemoteFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.length || buffer.is_empty() {
            return Ok(0);
        }
        if self.downloaded().is_none() {
            self.download()?;
        }
        let rest = self.downloaded().ok_or(io::ErrorKind::UnexpectedEof)?;
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl MediaSource for RemoteFile {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}

impl Seek for RemoteFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
