//! Sends one file by itself: a small one in one call, so that it is there soon; a large one in pieces.

use super::buffers::ONE_CALL_BYTES;
use super::chunks;
use super::commit_file::UploadedContent;
use super::context::{
    FileError, UploadContext, check_content, local_file_problem, problem_for, session_lost,
};
use super::decisions::FileUpload;
use super::source::{LocalFile, LocalFileError};
use crate::blocking;
use crate::context::JobError;
use crate::progress::BodyProgress;
use bytes::Bytes;
use coffer_model::transfer::FileState;
use dropbox_client::Body;
use dropbox_protocol::content_hash;
use dropbox_protocol::files::{FileMetadata, UPLOAD, UploadArg, UploadError, UploadWriteFailed};
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use parking_lot::Mutex;
use std::sync::Arc;

/// Files that go by themselves at once.
const PARALLEL_FILES: usize = 3;
/// How often a file is sent from its start, because the service has lost what it had, or because it has changed.
const ATTEMPTS: u32 = 3;

impl UploadContext<'_> {
    /// Sends files of the plan, a few at once, and emits what became of each.
    pub(crate) async fn upload_each(&self, files: Vec<usize>) -> Result<(), JobError> {
        let tasks = files.into_iter().filter_map(|index| self.file_upload(index));
        let sending = stream::iter(tasks).map(|task| self.upload_file(task).boxed());
        sending.buffer_unordered(PARALLEL_FILES).try_collect().await
    }

    /// Sends a file, and tells what became of it.
    async fn upload_file(&self, task: Arc<FileUpload>) -> Result<(), JobError> {
        if !self.unless_cancelled(self.has_room(&task)).await? {
            return Ok(());
        }
        self.transfer.meter.begin_file(task.file.remote_path.name());
        match self.try_upload(&task).await {
            Ok(metadata) => {
                self.record_uploaded(vec![(task, metadata)]);
                Ok(())
            }
            Err(error) => self.finish_file(&task, error),
        }
    }

    async fn try_upload(&self, task: &FileUpload) -> Result<FileMetadata, FileError> {
        for attempt in 1..=ATTEMPTS {
            let source = self.open(task).await?;
            let fingerprint = source.fingerprint;
            let size_bytes = fingerprint.size_bytes;
            let sent = if size_bytes <= ONE_CALL_BYTES {
                self.in_one_call(task, source).await
            } else {
                self.emit(&task.file, FileState::Moving { bytes_done: 0 });
                chunks::send(self, task, source).await
            };
            match sent {
                Ok(Some((metadata, hash))) => {
                    check_content(task, &metadata, &hash)?;
                    return Ok(metadata);
                }
                Ok(None) => {}
                // It was changed while the upload was paused, say: then it goes as it is now.
                Err(FileError::ThisFile(_))
                    if attempt < ATTEMPTS && self.open(task).await?.fingerprint != fingerprint => {}
                Err(error) => return Err(error),
            }
        }
        Err(session_lost(task).into())
    }

    async fn open(&self, task: &FileUpload) -> Result<LocalFile, FileError> {
        let local_path = task.file.local_path.clone();
        let opened = blocking(move || LocalFile::open(&local_path)).await?;
        opened.map_err(|error| problem_for(task).local(&error).into())
    }

    /// `None`: begin anew.
    async fn in_one_call(
        &self,
        task: &FileUpload,
        source: LocalFile,
    ) -> Result<Option<(FileMetadata, String)>, FileError> {
        let length = source.fingerprint.size_bytes as usize;
        self.wait_for_folders().await?;
        let mut permit = self.acquire_permit().await?;
        let mut buffer = self.unless_cancelled(self.buffers.acquire()).await?;
        let read = blocking(move || {
            source.read_at(buffer.space(length), 0)?;
            let bytes = buffer.freeze(length);
            let hash = content_hash(&bytes);
            Ok::<(Bytes, String), LocalFileError>((bytes, hash))
        })
        .await?;
        let (bytes, hash) = read.map_err(|error| local_file_problem(task, error))?;
        let sent = BodyProgress::of_file(&self.transfer.meter, &self.file_progress(&task.file));
        // When the place is taken the service keeps the bytes in a session: they are not sent again.
        let kept: Mutex<Option<String>> = Mutex::default();
        let placed = self
            .commit_with_free_name(task, false, |commit| {
                let kept_session = kept.lock().clone();
                let (bytes, hash, sent, kept) = (bytes.clone(), hash.clone(), sent.clone(), &kept);
                async move {
                    if let Some(session_id) = kept_session {
                        let held = UploadedContent { session_id, size_bytes: bytes.len() as u64, hash };
                        return self.finish_session(&held, commit).await;
                    }
                    let arg = UploadArg { content_hash: Some(hash), ..UploadArg::from(commit) };
                    let body = || Body::from(bytes.clone()).watched(sent.restart());
                    let result = self.service().upload(&UPLOAD, &arg, body).await;
                    if let Err(error) = &result
                        && let Some(UploadError::Path(UploadWriteFailed { upload_session_id, .. })) =
                            error.route_error()
                    {
                        *kept.lock() = Some(upload_session_id.clone());
                    }
                    Ok(Some(result?))
                }
            })
            .await;
        let arrived = matches!(placed, Ok(Some(_)));
        sent.complete(if arrived { length as u64 } else { 0 });
        permit.add_moved(if arrived { length as u64 } else { 0 });
        Ok(placed?.map(|metadata| (metadata, hash)))
    }
}
