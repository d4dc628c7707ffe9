//! Brings the files of a folder by its archive, as a stream: each entry is compared with what the account has listed
//! before it is written anywhere, and what is not listed never is. The archive itself is nowhere as a whole.

use super::feed::{Feed, Sink};
use super::line::{Line, Turn};
use super::settle::{Arrived, Temporary};
use super::staging::Staging;
use super::unzip::{Piece, Unzip};
use super::wanted::Wanted;
use crate::problem;
use crate::progress::Meter;
use bytes::Bytes;
use coffer_model::{Problem, RemotePath};
use dropbox_client::RestResponse;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::files::{DOWNLOAD_ZIP, DownloadZipArg};
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::UnboundedSender;

/// How far an archive has brought its files.
#[derive(Default)]
pub struct Unpacked {
    /// Files that arrived.
    pub arrived: usize,
    /// Files that the archive does not have as they are listed: each is to be asked for by itself.
    pub others: Vec<Wanted>,
    /// Files that the archive did not get to.
    pub rest: Vec<Wanted>,
    pub end: End,
}

#[derive(Debug, Default, PartialEq)]
pub enum End {
    /// Nothing is left to do.
    #[default]
    Whole,
    /// It broke off, or cannot be read any further.
    Broken,
    /// The person has stopped the transfer for now: the rest follows when it goes on.
    Paused,
    /// There is no such archive, for other reasons than the line.
    Refused,
    /// Other ways won't help either.
    Failed(Problem),
}

impl Line<'_> {
    /// Brings these files, which all lie below `folder`, and hands on each as soon as it is verified.
    pub async fn fetch_archive(
        &self,
        folder: &RemotePath,
        wanted: Vec<Wanted>,
        arrivals: &UnboundedSender<Arrived>,
    ) -> Unpacked {
        let mut turn = self.turn().await;
        self.meter.begin_file(folder.name());
        let arg = DownloadZipArg::new(folder.as_str());
        let mut response = match self.service.download(&DOWNLOAD_ZIP, &arg, None).await {
            Ok((_, response)) => response,
            Err(error) => {
                tracing::info!(%error, %folder, "downloading the folder file by file instead of as an archive");
                let told = problem::item(folder, "downloaded").call(&error);
                let end = if told.kind.ends_transfer() { End::Failed(told) } else { End::Refused };
                return Unpacked { rest: wanted, end, ..Unpacked::default() };
            }
        };
        let sink = Unpacker::new(folder, wanted, self, arrivals.clone());
        let over = Arc::clone(&sink.over);
        let mut feed = Feed::new(sink, u64::MAX);
        let poured = self.pour_archive(&mut response, &mut feed, &over, &mut turn).await;
        let mut unpacked = match feed.finish(|sink| Ok(sink.end())).await {
            Ok(Ok(unpacked)) => unpacked,
            Ok(Err(error)) => {
                let problem = problem::item(folder, "downloaded").local(&error);
                return Unpacked { end: End::Failed(problem), ..Unpacked::default() };
            }
            Err(problem) => return Unpacked { end: End::Failed(problem), ..Unpacked::default() },
        };
        match poured {
            Ok(Poured::Paused) if unpacked.end == End::Broken => unpacked.end = End::Paused,
            Ok(_) => {}
            Err(error) => tracing::debug!(%error, "an archive broke off"),
        }
        unpacked
    }

    async fn pour_archive(
        &self,
        response: &mut RestResponse,
        feed: &mut Feed<Unpacker>,
        over: &AtomicBool,
        turn: &mut Turn,
    ) -> io::Result<Poured> {
        while let Some(chunk) = response.chunk().await.map_err(io::Error::other)? {
            turn.moved(chunk.len() as u64);
            feed.push(&chunk).await?;
            if over.load(Ordering::Relaxed) {
                break;
            }
            // An archive can be long, and a pause is not to wait for its end.
            if self.is_paused() {
                return Ok(Poured::Paused);
            }
        }
        Ok(Poured::All)
    }
}

/// How far a stream was read.
enum Poured {
    All,
    Paused,
}

/// Takes the archive apart and writes its files.
struct Unpacker {
    unzip: Unzip,
    /// By the name in the archive below its top folder, as the account compares names.
    wanted: HashMap<Arc<str>, Wanted>,
    folder: RemotePath,
    entry: Option<Entry>,
    staging: Staging,
    meter: Meter,
    arrivals: UnboundedSender<Arrived>,
    unpacked: Unpacked,
    /// The archive has ended.
    ended: bool,
    /// Nothing more is to be read, because it cannot be read, or because the disk fails.
    over: Arc<AtomicBool>,
}

/// The entry that comes now, in memory; only small files are wanted from archives.
struct Entry {
    wanted: Wanted,
    bytes: Vec<Bytes>,
    length: u64,
}

impl Unpacker {
    fn new(
        folder: &RemotePath,
        wanted: Vec<Wanted>,
        line: &Line<'_>,
        arrivals: UnboundedSender<Arrived>,
    ) -> Self {
        Self {
            unzip: Unzip::default(),
            wanted: wanted.into_iter().map(|wanted| (Arc::clone(wanted.path.lower()), wanted)).collect(),
            folder: folder.clone(),
            entry: None,
            staging: line.staging.clone(),
            meter: line.meter.clone(),
            arrivals,
            unpacked: Unpacked::default(),
            ended: false,
            over: Arc::default(),
        }
    }

    /// The listed file of an entry. The archive has the folder's own name above all others.
    fn listed(&mut self, name: &str) -> Option<Wanted> {
        let (_, below) = name.split_once('/')?;
        if below.is_empty() || below.ends_with('/') {
            return None;
        }
        let path = RemotePath::new(&format!("{}/{below}", self.folder.as_str()));
        self.wanted.remove(path.lower())
    }

    fn read(&mut self) -> io::Result<()> {
        while let Some(piece) = self.unzip.next_piece().map_err(io::Error::other)? {
            match piece {
                Piece::Entry(name) => {
                    self.entry =
                        self.listed(&name).map(|wanted| Entry { wanted, bytes: Vec::new(), length: 0 });
                }
                Piece::Bytes(bytes) => self.bytes(bytes),
                Piece::EntryEnd => self.entry_end()?,
                Piece::End => {
                    self.ended = true;
                    break;
                }
            }
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: Bytes) {
        let Some(entry) = &mut self.entry else { return };
        entry.length += bytes.len() as u64;
        entry.bytes.push(bytes);
        if entry.length > entry.wanted.size() {
            // It has changed since it was listed.
            self.unpacked.others.extend(self.entry.take().map(|entry| entry.wanted));
        }
    }

    fn entry_end(&mut self) -> io::Result<()> {
        let Some(Entry { wanted, bytes, length }) = self.entry.take() else { return Ok(()) };
        let mut hasher = ContentHasher::new();
        for bytes in &bytes {
            hasher.update(bytes);
        }
        let is_right = length == wanted.size() && wanted.has_hash(&hasher.finish());
        if !is_right {
            tracing::debug!(path = %wanted.path, "an entry of an archive is not as it is listed");
            self.unpacked.others.push(wanted);
            return Ok(());
        }
        match self.write(&wanted, &bytes) {
            Ok(temporary) => {
                self.meter.add_bytes(length);
                self.unpacked.arrived += 1;
                // Nobody takes it when the transfer has been stopped.
                let _ = self.arrivals.send(Arrived { wanted, temporary });
                Ok(())
            }
            Err(error) => {
                self.unpacked.end = End::Failed(wanted.about().local(&error));
                self.unpacked.rest.push(wanted);
                Err(error)
            }
        }
    }

    fn write(&self, wanted: &Wanted, bytes: &[Bytes]) -> io::Result<Temporary> {
        let (mut file, staged) = self.staging.create()?;
        bytes.iter().try_for_each(|bytes| file.write_all(bytes))?;
        // Some file systems keep no times; the content counts.
        let _ = file.set_modified(wanted.modified());
        Ok(Temporary::Staged(staged))
    }

    fn end(mut self) -> Unpacked {
        let left = self.wanted.into_values();
        if self.ended {
            // It had all that it has: the others are asked for one by one.
            self.unpacked.others.extend(left);
        } else {
            self.unpacked.rest.extend(left);
            self.unpacked.rest.extend(self.entry.map(|entry| entry.wanted));
            if self.unpacked.end == End::Whole {
                self.unpacked.end = End::Broken;
            }
        }
        self.unpacked
    }
}

impl Sink for Unpacker {
    fn take(&mut self, bytes: Bytes) -> io::Result<()> {
        // The directory at the end is read, so that the connection can be used again, but tells nothing new.
        if self.ended || self.over.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.unzip.feed(bytes);
        if let Err(error) = self.read() {
            tracing::debug!(%error, "stopped reading an archive");
            self.over.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}
