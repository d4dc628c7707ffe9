//! Sends one file by itself: a small one in one call, so that it is there soon; a large one in pieces.

use super::decide::Task;
use super::pieces;
use super::place::Held;
use super::sender::{Sender, Trouble, about, check_arrived, out_of_step, source_problem};
use super::source::{Source, SourceError};
use crate::blocking;
use crate::context::Stop;
use crate::progress::Part;
use bytes::Bytes;
use coffer_model::transfer::FileState;
use dropbox_client::Body;
use dropbox_protocol::content_hash;
use dropbox_protocol::files::{FileMetadata, UPLOAD, UploadArg, UploadError, UploadWriteFailed};
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use std::sync::{Arc, Mutex, PoisonError};

/// Up to this size a file goes in one call; it fits a buffer.
pub const ONE_CALL_BYTES: u64 = super::buffers::BUFFER_BYTES as u64;
/// Files that go by themselves at once.
const AT_ONCE: usize = 3;
/// How often a file is sent from its start, because the service has lost what it had, or because it has changed.
const BEGINNINGS: u32 = 3;

impl Sender<'_> {
    /// Sends files, a few at once, and tells what became of each.
    pub async fn each_alone(&self, tasks: Vec<Arc<Task>>) -> Result<(), Stop> {
        let sending = stream::iter(tasks).map(|task| self.alone(task).boxed());
        sending.buffer_unordered(AT_ONCE).try_collect().await
    }

    /// Sends a file, and tells what became of it.
    async fn alone(&self, task: Arc<Task>) -> Result<(), Stop> {
        self.transfer.meter.begin_file(task.file.remote_path.name());
        match self.try_alone(&task).await {
            Ok(metadata) => {
                self.arrived(vec![(task, metadata)]);
                Ok(())
            }
            Err(trouble) => self.settle(&task, trouble),
        }
    }

    async fn try_alone(&self, task: &Task) -> Result<FileMetadata, Trouble> {
        for beginning in 1..=BEGINNINGS {
            let source = self.open(task).await?;
            let fingerprint = source.fingerprint;
            let size_bytes = fingerprint.size_bytes;
            let sent = if size_bytes <= ONE_CALL_BYTES {
                self.in_one_call(task, source).await
            } else {
                self.tell(task, FileState::Moving { bytes_done: 0 });
                pieces::send(self, task, source).await
            };
            match sent {
                Ok(Some((metadata, hash))) => {
                    check_arrived(task, &metadata, &hash)?;
                    return Ok(metadata);
                }
                Ok(None) => {}
                // It was changed while the upload was paused, say: then it goes as it is now.
                Err(Trouble::This(_))
                    if beginning < BEGINNINGS && self.open(task).await?.fingerprint != fingerprint => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Err(out_of_step(task).into())
    }

    async fn open(&self, task: &Task) -> Result<Source, Trouble> {
        let local_path = task.file.local_path.clone();
        let opened = blocking(move || Source::open(&local_path)).await?;
        opened.map_err(|error| about(task).local(&error).into())
    }

    /// `None`: begin anew.
    async fn in_one_call(
        &self,
        task: &Task,
        source: Source,
    ) -> Result<Option<(FileMetadata, String)>, Trouble> {
        let length = source.fingerprint.size_bytes as usize;
        self.wait_for_folders().await?;
        let mut slot = self.slot().await?;
        let mut buffer = self.wanted(self.buffers.take()).await?;
        let read = blocking(move || {
            source.read_at(buffer.space(length), 0)?;
            let bytes = buffer.freeze(length);
            let hash = content_hash(&bytes);
            Ok::<(Bytes, String), SourceError>((bytes, hash))
        })
        .await?;
        let (bytes, hash) = read.map_err(|error| source_problem(task, error))?;
        let sent = Part::new(&self.transfer.meter);
        // When the place is taken the service keeps the bytes in a session: they are not sent again.
        let kept: Mutex<Option<String>> = Mutex::default();
        let placed = self
            .place(task, false, |commit| {
                let kept_session = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let (bytes, hash, sent, kept) = (bytes.clone(), hash.clone(), sent.clone(), &kept);
                async move {
                    if let Some(session_id) = kept_session {
                        let held = Held { session_id, size_bytes: bytes.len() as u64, hash };
                        return self.finish(&held, commit).await;
                    }
                    let arg = UploadArg { content_hash: Some(hash), ..UploadArg::from(commit) };
                    let body = || Body::from(bytes.clone()).watched(sent.restart());
                    let result = self.service().upload(&UPLOAD, &arg, body).await;
                    if let Err(error) = &result
                        && let Some(UploadError::Path(UploadWriteFailed { upload_session_id, .. })) =
                            error.route_error()
                    {
                        *kept.lock().unwrap_or_else(PoisonError::into_inner) =
                            Some(upload_session_id.clone());
                    }
                    Ok(Some(result?))
                }
            })
            .await;
        let arrived = matches!(placed, Ok(Some(_)));
        sent.settle(if arrived { length as u64 } else { 0 });
        slot.moved(if arrived { length as u64 } else { 0 });
        Ok(placed?.map(|metadata| (metadata, hash)))
    }
}
