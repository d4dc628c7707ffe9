//! Brings one revision of one file into a target: streamed, hashed while it is written, compared at the end. When
//! the connection breaks it goes on where it was.

use super::target::Target;
use crate::api::{ApiError, ByteRange, RestResponse};
use crate::model::entry::File;
use crate::model::{Entry, Problem, Recovery, RemotePath};
use crate::protocol::files::{DOWNLOAD, DownloadArg};
use crate::worker::problem::{self, Subject};
use crate::worker::progress::Meter;
use crate::worker::service::Service;
use crate::worker::{blocking, fault::Fault};
use bytes::Bytes;
use std::io;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;

/// Pieces that may wait for the disk, so that a slow disk slows the network down and not the memory up.
const PIECES_WAITING: usize = 32;

/// Where the finished file goes.
pub enum Place {
    /// Under this name or one with a number.
    In { folder: PathBuf, name: String },
    /// Exactly here.
    At(PathBuf),
}

impl Place {
    fn folder(&self) -> &Path {
        match self {
            Self::In { folder, .. } => folder,
            Self::At(path) => path.parent().unwrap_or(Path::new(".")),
        }
    }
}

/// Brings a file to its place; tells which that is.
pub async fn fetch(
    service: &Service,
    meter: &Meter,
    entry: &Entry,
    place: Place,
) -> Result<PathBuf, Problem> {
    let Some(file) = entry.file() else {
        return Err(about(&entry.path).because("It is no file.", Recovery::Refresh));
    };
    meter.begin_file(entry.name());
    let folder = place.folder().to_owned();
    let target =
        blocking(move || Target::create(&folder)).await?.map_err(|error| about(&entry.path).local(&error))?;
    let mut download = Download { service, meter, entry, file, arrived: 0 };
    let target = match download.run(target).await {
        Ok(target) => target,
        Err(problem) => {
            meter.take_back(download.arrived);
            return Err(problem);
        }
    };
    let modified = file.client_modified;
    let settled = blocking(move || match place {
        Place::In { folder, name } => target.settle(&folder, &name, modified),
        Place::At(path) => target.replace(&path, modified).map(|()| path),
    })
    .await?;
    let settled = settled.map_err(|error| about(&entry.path).local(&error))?;
    meter.end_file();
    Ok(settled)
}

fn about(path: &RemotePath) -> Subject {
    problem::item(path, "downloaded")
}

struct Download<'a> {
    service: &'a Service,
    meter: &'a Meter,
    entry: &'a Entry,
    file: &'a File,
    /// Bytes that the meter has counted.
    arrived: u64,
}

impl Download<'_> {
    async fn run(&mut self, target: Target) -> Result<Target, Problem> {
        let mut writer = Writer::start(target);
        let mut tries = 0;
        while self.arrived < self.file.size_bytes {
            let (at_start, response) = (self.arrived, self.open().await?);
            match self.stream(response, &mut writer).await {
                Ok(()) if self.arrived >= self.file.size_bytes => break,
                Err(Broken::Disk) => break,
                // The connection broke, or the answer ended early: the rest is asked for.
                Ok(()) | Err(Broken::Network) => {
                    tries = if self.arrived > at_start { 1 } else { tries + 1 };
                    if self.service.pause(tries).await.is_none() {
                        return Err(about(&self.entry.path).because(
                            "The connection keeps breaking before all of it has come.",
                            Recovery::Offline,
                        ));
                    }
                }
            }
        }
        let (target, hash) = writer.finish().await?.map_err(|error| about(&self.entry.path).local(&error))?;
        let expected = self.file.content_hash.as_deref();
        if target.written != self.file.size_bytes || expected.is_some_and(|expected| expected != hash) {
            return Err(about(&self.entry.path).because(
                "What arrived is not what Dropbox has. Nothing was kept; try again.",
                Recovery::Retry,
            ));
        }
        Ok(target)
    }

    /// The bytes from where we are. The revision is pinned, so the rest belongs to what has come.
    async fn open(&self) -> Result<RestResponse, Problem> {
        let arg = DownloadArg::new(format!("rev:{}", self.file.rev.0));
        let range = (self.arrived > 0).then_some(ByteRange::From(self.arrived));
        match self.service.download(&DOWNLOAD, &arg, range).await {
            Ok((_, response)) => Ok(response),
            Err(error) => Err(self.refused(&error)),
        }
    }

    fn refused(&self, error: &ApiError) -> Problem {
        if Fault::of(error).has("not_found") {
            return about(&self.entry.path)
                .because("Dropbox no longer has this version of it.", Recovery::Refresh);
        }
        about(&self.entry.path).call(error)
    }

    async fn stream(&mut self, mut response: RestResponse, writer: &mut Writer) -> Result<(), Broken> {
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let length = chunk.len() as u64;
                    if !writer.write(chunk).await {
                        return Err(Broken::Disk);
                    }
                    self.arrived += length;
                    self.meter.add_bytes(length);
                }
                Ok(None) => return Ok(()),
                Err(error) => {
                    tracing::debug!(%error, arrived = self.arrived, "a download broke off");
                    return Err(Broken::Network);
                }
            }
        }
    }
}

enum Broken {
    Network,
    /// The writer knows why.
    Disk,
}

/// Writes and hashes on a thread that may wait for the disk.
struct Writer {
    pieces: mpsc::Sender<Bytes>,
    work: tokio::task::JoinHandle<io::Result<(Target, String)>>,
}

impl Writer {
    fn start(mut target: Target) -> Self {
        let (pieces, mut waiting) = mpsc::channel::<Bytes>(PIECES_WAITING);
        let work = tokio::task::spawn_blocking(move || {
            while let Some(piece) = waiting.blocking_recv() {
                target.write(&piece)?;
            }
            let hash = target.hash();
            Ok((target, hash))
        });
        Self { pieces, work }
    }

    /// False when the writer has failed.
    async fn write(&mut self, piece: Bytes) -> bool {
        self.pieces.send(piece).await.is_ok()
    }

    async fn finish(self) -> Result<io::Result<(Target, String)>, Problem> {
        drop(self.pieces);
        self.work.await.map_err(|_| problem::internal())
    }
}
