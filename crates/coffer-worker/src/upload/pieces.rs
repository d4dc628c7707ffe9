//! Sends a large file in pieces: several at once into one concurrent session, in any order, the last one by itself at
//! the end, because it closes the session. Each piece is read once, hashed while it is in memory, and noted when the
//! service has confirmed it, so that a later run goes on with what is missing.

use super::alone::ONE_CALL_BYTES;
use super::decide::Task;
use super::place::Held;
use super::sender::{Sender, Trouble, about, source_problem};
use super::source::{Source, SourceError};
use crate::blocking;
use crate::progress::Part;
use crate::transfer::UploadSessionRecord;
use bytes::Bytes;
use coffer_model::transfer::FileState;
use dropbox_client::Body;
use dropbox_protocol::content_hash::{self, BLOCK_BYTES, BlockHash};
use dropbox_protocol::files::{
    FileMetadata, UPLOAD_SESSION_APPEND, UPLOAD_SESSION_START, UploadSessionAppendArg,
    UploadSessionAppendError, UploadSessionCursor, UploadSessionStartArg, UploadSessionType,
};
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

const BLOCK: u64 = BLOCK_BYTES as u64;
/// Blocks in a piece.
const PIECE_BLOCKS: u64 = super::buffers::BUFFER_BYTES as u64 / BLOCK;
/// Pieces of a file in memory at once; slots bound how many of them are on their way.
const AT_ONCE: usize = 6;

const _: () = assert!(ONE_CALL_BYTES >= BLOCK);

/// Sends what is missing and makes it a file; answers with it and the hash of what was read. `None`: the service has
/// lost what it had, and the file has to begin anew.
pub async fn send(
    sender: &Sender<'_>,
    task: &Task,
    source: Source,
) -> Result<Option<(FileMetadata, String)>, Trouble> {
    let fingerprint = source.fingerprint;
    let (local_path, remote_path) = (&task.file.local_path, &task.file.remote_path);
    let account = &sender.account().choice;
    let (mut record, known) =
        sender.store.upload_session(account, local_path, fingerprint, remote_path).await;
    let (session_id, blocks) = if let Some(known) = known {
        (known.session_id, known.blocks)
    } else {
        let session_id = start(sender, task).await?;
        record.begin(&session_id).await;
        (session_id, BTreeMap::new())
    };
    let upload = Upload {
        sender,
        task,
        source: Arc::new(source),
        size_bytes: fingerprint.size_bytes,
        session_id,
        record,
        done: Mutex::new(0),
    };
    let result = upload.run(blocks).await;
    if !matches!(result, Ok(Some(_))) {
        sender.transfer.meter.take_back(upload.done());
    }
    // What failed in a way that another try could go on with stays noted.
    if result.is_ok() {
        upload.record.remove().await;
    }
    result
}

async fn start(sender: &Sender<'_>, task: &Task) -> Result<String, Trouble> {
    let arg = UploadSessionStartArg {
        session_type: Some(UploadSessionType::Concurrent),
        ..UploadSessionStartArg::new()
    };
    // Not given up half-way: a session that nobody knows would be left.
    let started = sender.ended(sender.service().upload(&UPLOAD_SESSION_START, &arg, Body::empty)).await?;
    Ok(started.map_err(|error| about(task).call(&error))?.session_id)
}

struct Upload<'a> {
    sender: &'a Sender<'a>,
    task: &'a Task,
    source: Arc<Source>,
    size_bytes: u64,
    session_id: String,
    record: UploadSessionRecord,
    /// Bytes of confirmed pieces.
    done: Mutex<u64>,
}

/// Some blocks that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    first: u64,
    count: u64,
}

/// The service has another session than we think.
struct Lost;

type Confirmed = Result<(Piece, Vec<BlockHash>), Lost>;

impl Upload<'_> {
    async fn run(
        &self,
        mut blocks: BTreeMap<u64, BlockHash>,
    ) -> Result<Option<(FileMetadata, String)>, Trouble> {
        let count = self.size_bytes.div_ceil(BLOCK);
        let last = count - 1;
        blocks.retain(|&place, _| place < count);
        let held = blocks.keys().map(|&place| self.length(Piece { first: place, count: 1 })).sum();
        self.sender.transfer.meter.add_known(held);
        self.confirmed(held);
        let missing = missing_pieces(&blocks, last);
        let mut confirmed =
            stream::iter(missing).map(|piece| self.piece(piece, false).boxed()).buffer_unordered(AT_ONCE);
        while let Some(done) = confirmed.try_next().await? {
            let Ok((piece, hashes)) = done else { return Ok(None) };
            blocks.extend((piece.first..).zip(hashes));
        }
        drop(confirmed);
        if !blocks.contains_key(&last) {
            let piece = Piece { first: last, count: 1 };
            let Ok((_, hashes)) = self.piece(piece, true).await? else { return Ok(None) };
            blocks.extend((last..).zip(hashes));
        }
        let unchanged = self.source.check().and_then(|()| self.source.check_place());
        unchanged.map_err(|error| source_problem(self.task, error))?;
        let hash = content_hash::of_blocks(blocks.values());
        let held =
            Held { session_id: self.session_id.clone(), size_bytes: self.size_bytes, hash: hash.clone() };
        Ok(self.sender.place_held(self.task, &held).await?.map(|metadata| (metadata, hash)))
    }

    /// Reads, hashes and sends one piece, and notes that it has arrived.
    async fn piece(&self, piece: Piece, close: bool) -> Result<Confirmed, Trouble> {
        let sender = self.sender;
        let length = self.length(piece);
        let (bytes, hashes, mut slot) = loop {
            // The next pieces are read while others are on their way.
            let ahead = sender.wanted(sender.buffers.ahead()).await?;
            let (bytes, hashes) = self.read(piece).await?;
            if let Some(slot) = sender.wanted(sender.transfer.slot_unless_paused()).await? {
                break (bytes, hashes, slot);
            }
            drop((bytes, ahead));
            sender.wanted(sender.transfer.resumed()).await?;
        };
        let arg = UploadSessionAppendArg {
            close,
            content_hash: Some(content_hash::of_blocks(&hashes)),
            ..UploadSessionAppendArg::new(UploadSessionCursor::new(
                self.session_id.clone(),
                piece.first * BLOCK,
            ))
        };
        let part = Part::new(&sender.transfer.meter);
        let body = || Body::from(bytes.clone()).watched(part.restart());
        let sent = match sender.wanted(sender.service().upload(&UPLOAD_SESSION_APPEND, &arg, body)).await {
            Ok(sent) => sent,
            Err(stop) => {
                part.settle(0);
                return Err(stop.into());
            }
        };
        match sent {
            Ok(()) => slot.moved(length),
            Err(error) => {
                part.settle(0);
                match error.route_error() {
                    // An earlier call whose answer was lost has brought it; `finish` tells if that is wrong.
                    Some(
                        UploadSessionAppendError::Closed
                        | UploadSessionAppendError::IncorrectOffset(_)
                        | UploadSessionAppendError::ConcurrentSessionInvalidOffset,
                    ) => {}
                    Some(UploadSessionAppendError::NotFound) => return Ok(Err(Lost)),
                    _ => return Err(about(self.task).call(&error).into()),
                }
            }
        }
        drop(bytes);
        part.settle(length);
        self.record.confirm(piece.first, hashes.clone()).await;
        // Only now: so a kill costs no more than one piece for each slot.
        drop(slot);
        self.confirmed(length);
        Ok(Ok((piece, hashes)))
    }

    async fn read(&self, piece: Piece) -> Result<(Bytes, Vec<BlockHash>), Trouble> {
        let mut buffer = self.sender.wanted(self.sender.buffers.take()).await?;
        let (source, length) = (Arc::clone(&self.source), self.length(piece));
        let read = blocking(move || {
            // There may have been a long pause.
            source.check_place()?;
            let hashes = source.read_blocks_at(buffer.space(length as usize), piece.first * BLOCK)?;
            Ok::<(Bytes, Vec<BlockHash>), SourceError>((buffer.freeze(length as usize), hashes))
        });
        read.await?.map_err(|error| source_problem(self.task, error).into())
    }

    fn confirmed(&self, bytes: u64) {
        *self.done.lock().unwrap_or_else(PoisonError::into_inner) += bytes;
        self.sender.tell(self.task, FileState::Moving { bytes_done: self.done() });
    }

    fn done(&self) -> u64 {
        *self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn length(&self, piece: Piece) -> u64 {
        (self.size_bytes - piece.first * BLOCK).min(piece.count * BLOCK)
    }
}

/// All blocks but the last that are not there yet, in pieces of whole blocks.
fn missing_pieces(known: &BTreeMap<u64, BlockHash>, last: u64) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for place in (0..last).filter(|place| !known.contains_key(place)) {
        match pieces.last_mut() {
            Some(piece) if piece.first + piece.count == place && piece.count < PIECE_BLOCKS => {
                piece.count += 1;
            }
            _ => pieces.push(Piece { first: place, count: 1 }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, missing_pieces};
    use std::collections::BTreeMap;

    #[test]
    fn what_is_missing_goes_in_pieces_of_two_blocks_and_the_last_block_by_itself() {
        let check = |known: &[u64], last: u64, expected: &[(u64, u64)]| {
            let known: BTreeMap<_, _> = known.iter().map(|&place| (place, [0; 32])).collect();
            let expected: Vec<_> = expected.iter().map(|&(first, count)| Piece { first, count }).collect();
            assert_eq!(missing_pieces(&known, last), expected);
        };
        check(&[], 5, &[(0, 2), (2, 2), (4, 1)]);
        check(&[0, 1], 5, &[(2, 2), (4, 1)]);
        check(&[1, 4], 6, &[(0, 1), (2, 2), (5, 1)]);
        check(&[0, 1, 2], 3, &[]);
    }
}
