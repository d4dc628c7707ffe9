//! `files/download_zip`: a folder as one archive, made while it is sent (reference 3.5).

use super::body;
use super::call::Call;
use super::content::ContentReply;
use super::failure::CallFailure;
use super::reply::{self, Reply, with_type};
use crate::app_state::AppState;
use crate::paths::READ_PATH;
use crate::store::entry::StoredEntry;
use crate::store::refusal::Refusal;
use crate::store::removal::descendants;
use crate::view::AccountView;
use crate::zip::{self, ZipItem};
use bytes::Bytes;
use dropbox_protocol::files::{DownloadZipArg, DownloadZipError, DownloadZipResult, LookupError};
use http::{StatusCode, header};
use std::io::{self, Write};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Bytes of a folder, and of one file in it.
const FOLDER_LIMIT: u64 = 20 * 1024 * 1024 * 1024;
const FILE_LIMIT: u64 = 4 * 1024 * 1024 * 1024 - 1;

/// Bytes that are sent at a time, and pieces that may wait.
const PIECE_BYTES: usize = 256 * 1024;
const PIECES_AHEAD: usize = 4;

/// Why a folder cannot be an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArchiveProblem {
    TooLarge,
    TooManyFiles,
}

pub(super) async fn download_zip(
    call: Call,
    argument: DownloadZipArg,
) -> Result<ContentReply<DownloadZipResult>, CallFailure<DownloadZipError>> {
    let app = &call.app;
    let path = call.view.parse(&argument.path, READ_PATH)?;
    let found = app
        .store
        .read(move |connection| {
            let entry = path.find(connection)?;
            if entry.is_folder() { Ok(entry) } else { Err(Refusal::Answer(LookupError::NotFolder)) }
        })
        .await;
    let folder = found.map_err(|refusal| refusal.map(DownloadZipError::Path))?;
    let reply = archive(app, &call.view, &folder).await.map_err(|refusal| {
        refusal.map(|problem| match problem {
            ArchiveProblem::TooLarge => DownloadZipError::TooLarge,
            ArchiveProblem::TooManyFiles => DownloadZipError::TooManyFiles,
        })
    })?;
    Ok(ContentReply { result: DownloadZipResult::new(call.view.folder_metadata(&folder)), reply })
}

/// A reply with what can be seen of a folder as an archive.
pub(super) async fn archive(
    app: &AppState,
    view: &Arc<AccountView>,
    folder: &StoredEntry,
) -> Result<Reply, Refusal<ArchiveProblem>> {
    let (view, top, most_items) = (Arc::clone(view), folder.clone(), app.config.most_items);
    let items = app.store.read(move |connection| collect(connection, &view, &top, most_items)).await?;
    let length = zip::length(&items);
    let (sender, receiver) = mpsc::channel(PIECES_AHEAD);
    let blobs = app.store.blobs();
    tokio::task::spawn_blocking(move || {
        let mut output = Pieces { sender: sender.clone(), piece: Vec::with_capacity(PIECE_BYTES) };
        let written = zip::write(&items, &blobs, &mut output).and_then(|()| output.flush());
        if let Err(error) = written {
            // Breaks the reply off; nobody listens when the reader has gone away.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let mut reply =
        with_type(StatusCode::OK, "application/zip", body::from_stream(ReceiverStream::new(receiver)));
    reply::set(&mut reply, header::CONTENT_LENGTH, &length.to_string());
    Ok(reply)
}

fn collect(
    connection: &rusqlite::Connection,
    view: &AccountView,
    folder: &StoredEntry,
    most_items: usize,
) -> Result<Vec<ZipItem>, Refusal<ArchiveProblem>> {
    let below =
        descendants(connection, folder, most_items)?.ok_or(Refusal::Answer(ArchiveProblem::TooManyFiles))?;
    let mut total = 0;
    let mut items = Vec::with_capacity(below.len() + 1);
    for entry in [folder].into_iter().chain(below.iter().filter(|entry| view.shows(entry))) {
        let below = entry.path_display.get(folder.path_display.len()..).unwrap_or_default();
        let mut name = format!("{}{below}", folder.name());
        let content = entry.version.as_ref().map(|version| (version.hash, version.size));
        match content {
            None => name.push('/'),
            Some((_, size)) if size > FILE_LIMIT => return Err(Refusal::Answer(ArchiveProblem::TooLarge)),
            Some((_, size)) => total += size,
        }
        let modified = entry.version.as_ref().map_or(entry.changed, |version| version.client_modified);
        items.push(ZipItem { name, modified, content });
    }
    if total >= FOLDER_LIMIT { Err(Refusal::Answer(ArchiveProblem::TooLarge)) } else { Ok(items) }
}

/// Hands what is written on in pieces.
struct Pieces {
    sender: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        self.sender.blocking_send(Ok(piece.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
