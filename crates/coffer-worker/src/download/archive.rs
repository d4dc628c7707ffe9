//! Downloads the files of a folder by its archive, as a stream: each entry is compared with what the account has listed
//! before it is written anywhere, and what is not listed never is. The archive itself is nowhere as a whole.

use super::blocking_writer::{BlockingWriter, ByteSink};
use super::context::{DownloadContext, DownloadPermit};
use super::download_file::DownloadFile;
use super::staging::Staging;
use super::unzip::{Unzip, UnzipEvent};
use super::verified_file::{TemporaryFile, VerifiedFile};
use crate::act::Act;
use crate::problem;
use crate::progress::Meter;
use bytes::Bytes;
use coffer_model::{Problem, ProblemKind, RemotePath};
use dropbox_client::RestResponse;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::files::{DOWNLOAD_ZIP, DownloadZipArg};
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::UnboundedSender;

/// How far an archive has downloaded its files.
#[derive(Default)]
pub(crate) struct ExtractedFiles {
    /// Files that arrived.
    pub arrived: usize,
    /// Files that the archive does not have as they are listed: each is to be asked for by itself.
    pub others: Vec<DownloadFile>,
    /// Files that the archive did not get to.
    pub rest: Vec<DownloadFile>,
    pub end: ArchiveEnd,
}

#[derive(Debug, Default, PartialEq)]
pub(crate) enum ArchiveEnd {
    /// Nothing is left to do.
    #[default]
    Whole,
    /// It broke off, or cannot be read any further.
    Broken,
    /// The person has stopped the transfer for now: the rest follows when it goes on.
    Paused,
    /// There is no such archive, for other reasons than the connection.
    Refused,
    /// Other ways won't help either.
    Failed(Problem),
}

impl DownloadContext<'_> {
    /// Downloads these files, which all lie below `folder`, and hands on each as soon as it is verified.
    pub(crate) async fn fetch_archive(
        &self,
        folder: &RemotePath,
        wanted: Vec<DownloadFile>,
        arrivals: &UnboundedSender<VerifiedFile>,
    ) -> ExtractedFiles {
        let mut permit = self.acquire_permit().await;
        self.meter.begin_file(folder.name());
        let arg = DownloadZipArg::new(folder.as_str());
        let mut response = match self.service.download(&DOWNLOAD_ZIP, &arg, None).await {
            Ok((_, response)) => response,
            Err(error) => {
                tracing::info!(%error, %folder, "downloading the folder file by file instead of as an archive");
                let told = problem::item(folder, Act::Download).call(&error);
                let end =
                    if told.kind.ends_transfer() { ArchiveEnd::Failed(told) } else { ArchiveEnd::Refused };
                return ExtractedFiles { rest: wanted, end, ..ExtractedFiles::default() };
            }
        };
        let sink = Unpacker::new(folder, wanted, self, arrivals.clone());
        let over = Arc::clone(&sink.over);
        let mut writer = BlockingWriter::new(sink, u64::MAX);
        let streamed = self.stream_archive(&mut response, &mut writer, &over, &mut permit).await;
        let mut extracted = match writer.finish(|sink| Ok(sink.end())).await {
            Ok(Ok(extracted)) => extracted,
            Ok(Err(error)) => {
                let problem = problem::item(folder, Act::Download).local(&error);
                return ExtractedFiles { end: ArchiveEnd::Failed(problem), ..ExtractedFiles::default() };
            }
            Err(problem) => {
                return ExtractedFiles { end: ArchiveEnd::Failed(problem), ..ExtractedFiles::default() };
            }
        };
        match streamed {
            Ok(StreamEnd::Paused) if extracted.end == ArchiveEnd::Broken => {
                extracted.end = ArchiveEnd::Paused;
            }
            Ok(_) => {}
            Err(error) => tracing::debug!(%error, "an archive broke off"),
        }
        extracted
    }

    async fn stream_archive(
        &self,
        response: &mut RestResponse,
        writer: &mut BlockingWriter<Unpacker>,
        over: &AtomicBool,
        permit: &mut DownloadPermit,
    ) -> io::Result<StreamEnd> {
        while let Some(chunk) = response.chunk().await.map_err(io::Error::other)? {
            permit.add_moved(chunk.len() as u64);
            writer.push(&chunk).await?;
            if over.load(Ordering::Relaxed) {
                break;
            }
            // An archive can be long, and a pause is not to wait for its end.
            if self.is_paused() {
                return Ok(StreamEnd::Paused);
            }
        }
        Ok(StreamEnd::All)
    }
}

/// So much is read behind the last file that is wanted: the directory of an archive of 10,000 files has less.
const MAX_UNNEEDED_BYTES: u64 = 4 * 1024 * 1024;

/// How far a stream was read.
enum StreamEnd {
    All,
    Paused,
}

/// Takes the archive apart and writes its files.
struct Unpacker {
    unzip: Unzip,
    /// By the name in the archive below its top folder, as the account compares names.
    wanted: HashMap<Arc<str>, DownloadFile>,
    folder: RemotePath,
    entry: Option<ArchiveEntry>,
    staging: Staging,
    meter: Meter,
    arrivals: UnboundedSender<VerifiedFile>,
    extracted: ExtractedFiles,
    /// The archive has ended, or all that was wanted of it has come.
    ended: bool,
    /// Bytes that came after that.
    unneeded_bytes: u64,
    /// Nothing more is to be read, because it cannot be read, or because the disk fails.
    over: Arc<AtomicBool>,
    disk_is_full: Arc<AtomicBool>,
}

/// The entry that comes now, in memory; only small files are wanted from archives.
struct ArchiveEntry {
    wanted: DownloadFile,
    bytes: Vec<Bytes>,
    length: u64,
}

impl Unpacker {
    fn new(
        folder: &RemotePath,
        wanted: Vec<DownloadFile>,
        context: &DownloadContext<'_>,
        arrivals: UnboundedSender<VerifiedFile>,
    ) -> Self {
        Self {
            unzip: Unzip::default(),
            wanted: wanted.into_iter().map(|wanted| (Arc::clone(wanted.path.lower()), wanted)).collect(),
            folder: folder.clone(),
            entry: None,
            staging: context.staging.clone(),
            meter: context.meter.clone(),
            arrivals,
            extracted: ExtractedFiles::default(),
            ended: false,
            unneeded_bytes: 0,
            over: Arc::default(),
            disk_is_full: Arc::clone(&context.disk_is_full),
        }
    }

    /// The listed file of an entry. The archive has the folder's own name above all others.
    fn listed(&mut self, name: &str) -> Option<DownloadFile> {
        let (_, below) = name.split_once('/')?;
        if below.is_empty() || below.ends_with('/') {
            return None;
        }
        let path = RemotePath::new(&format!("{}/{below}", self.folder.as_str()));
        self.wanted.remove(path.lower())
    }

    fn read(&mut self) -> io::Result<()> {
        while let Some(event) = self.unzip.next_event().map_err(io::Error::other)? {
            match event {
                UnzipEvent::Entry(name) => {
                    self.entry = self.listed(&name).map(|wanted| ArchiveEntry {
                        wanted,
                        bytes: Vec::new(),
                        length: 0,
                    });
                }
                UnzipEvent::Bytes(bytes) => self.bytes(bytes),
                UnzipEvent::EntryEnd => self.entry_end()?,
                UnzipEvent::End => {
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
        if entry.length > entry.wanted.size_bytes {
            // It has changed since it was listed.
            self.extracted.others.extend(self.entry.take().map(|entry| entry.wanted));
        }
    }

    fn entry_end(&mut self) -> io::Result<()> {
        let Some(ArchiveEntry { wanted, bytes, length }) = self.entry.take() else { return Ok(()) };
        let mut hasher = ContentHasher::new();
        for bytes in &bytes {
            hasher.update(bytes);
        }
        let is_right = length == wanted.size_bytes && wanted.has_hash(&hasher.finish());
        if !is_right {
            tracing::debug!(path = %wanted.path, "an entry of an archive is not as it is listed");
            self.extracted.others.push(wanted);
            return Ok(());
        }
        match self.write(&wanted, &bytes) {
            Ok(temporary) => {
                self.meter.add_bytes(length);
                self.extracted.arrived += 1;
                // Nobody takes it when the transfer has been stopped.
                let _ = self.arrivals.send(VerifiedFile { wanted, temporary });
                Ok(())
            }
            Err(error) => {
                let problem = wanted.problem().local(&error);
                self.extracted.end = if problem.kind.is_full() {
                    // The others may find room: each is tried by itself then, and those that find none are told.
                    let is_full = problem.kind == ProblemKind::DiskFull;
                    self.disk_is_full.fetch_or(is_full, Ordering::Relaxed);
                    ArchiveEnd::Refused
                } else {
                    ArchiveEnd::Failed(problem)
                };
                self.extracted.rest.push(wanted);
                Err(error)
            }
        }
    }

    fn write(&self, wanted: &DownloadFile, bytes: &[Bytes]) -> io::Result<TemporaryFile> {
        let (mut file, staged) = self.staging.create()?;
        bytes.iter().try_for_each(|bytes| file.write_all(bytes))?;
        // Some file systems keep no times; the content counts.
        let _ = file.set_modified(wanted.modified());
        Ok(TemporaryFile::Staged(staged))
    }

    fn end(mut self) -> ExtractedFiles {
        let left = self.wanted.into_values();
        if self.ended {
            // It had all that it has: the others are asked for one by one.
            self.extracted.others.extend(left);
        } else {
            self.extracted.rest.extend(left);
            self.extracted.rest.extend(self.entry.map(|entry| entry.wanted));
            if self.extracted.end == ArchiveEnd::Whole {
                self.extracted.end = ArchiveEnd::Broken;
            }
        }
        self.extracted
    }
}

impl ByteSink for Unpacker {
    fn write_chunk(&mut self, bytes: Bytes) -> io::Result<()> {
        if self.over.load(Ordering::Relaxed) {
            return Ok(());
        }
        if self.ended || (self.wanted.is_empty() && self.entry.is_none()) {
            // What follows is read, so that the connection can be used again, but not for ever.
            self.ended = true;
            self.unneeded_bytes += bytes.len() as u64;
            if self.unneeded_bytes > MAX_UNNEEDED_BYTES {
                self.over.store(true, Ordering::Relaxed);
            }
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
