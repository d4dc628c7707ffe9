//! Makes files of what lies in sessions, by the hundred: one batch at a time, while more files arrive. Each entry that
//! is refused is handled by itself; when an answer was lost, it is looked at what stands there.

use super::commit_file::UploadedContent;
use super::context::{FileError, UploadContext, check_content, problem_for};
use super::decisions::FileUpload;
use super::find_existing::{ExpectedFile, find_existing};
use crate::context::JobError;
use crate::problem;
use crate::retry::{TRIES_CONTENTION, back_off};
use coffer_model::RemotePath;
use coffer_texts::tr;
use dropbox_protocol::files::{
    BATCH_LIMIT, FileMetadata, UPLOAD_SESSION_FINISH_BATCH, UploadSessionCursor, UploadSessionFinishArg,
    UploadSessionFinishBatchArg, UploadSessionFinishBatchResultEntry, UploadSessionFinishError,
    UploadSessionLookupError, WriteError,
};
use std::sync::Arc;
use tokio::sync::mpsc;

/// A batch begins when so many files or bytes wait, or when there are no more to come.
const BATCH_FILES: usize = 200;
const BATCH_BYTES: u64 = 64 * 1024 * 1024;

/// A file whose bytes lie in a session.
pub(crate) struct UploadedFile {
    task: Arc<FileUpload>,
    path: RemotePath,
    held: UploadedContent,
    rounds: u32,
}

impl UploadedFile {
    pub(crate) async fn new(
        context: &UploadContext<'_>,
        task: Arc<FileUpload>,
        session_id: String,
        size_bytes: u64,
        hash: String,
    ) -> Result<Self, FileError> {
        let path = context.first_path(&task).await?;
        Ok(Self { task, path, held: UploadedContent { session_id, size_bytes, hash }, rounds: 0 })
    }

    fn entry(&self) -> UploadSessionFinishArg {
        let cursor = UploadSessionCursor::new(self.held.session_id.as_str(), self.held.size_bytes);
        UploadSessionFinishArg::new(cursor, UploadContext::commit_info(&self.task, &self.path))
    }
}

/// Commits all files that come; returns those that have to be sent again.
pub(crate) async fn commit_all(
    context: &UploadContext<'_>,
    mut files: mpsc::Receiver<UploadedFile>,
) -> Result<Vec<usize>, JobError> {
    let mut committer = Committer { context, again: Vec::new(), contended: Vec::new() };
    let mut waiting: Vec<UploadedFile> = Vec::new();
    let mut open = true;
    loop {
        while open && !is_enough(&waiting) {
            match context.unless_cancelled(files.recv()).await? {
                Some(file) => waiting.push(file),
                None => open = false,
            }
        }
        while waiting.len() < BATCH_LIMIT
            && let Ok(file) = files.try_recv()
        {
            waiting.push(file);
        }
        if waiting.is_empty() {
            return Ok(committer.again);
        }
        context.wait_for_folders().await?;
        context.job.check_wanted()?;
        let rest = waiting.split_off(waiting.len().min(BATCH_LIMIT));
        committer.commit(std::mem::replace(&mut waiting, rest)).await?;
        let contended = std::mem::take(&mut committer.contended);
        if let Some(rounds) = contended.iter().map(|file| file.rounds).max() {
            context.unless_cancelled(tokio::time::sleep(back_off(rounds))).await?;
            waiting.splice(0..0, contended);
        }
    }
}

fn is_enough(waiting: &[UploadedFile]) -> bool {
    waiting.len() >= BATCH_FILES
        || waiting.iter().map(|file| file.held.size_bytes).sum::<u64>() >= BATCH_BYTES
}

struct Committer<'a> {
    context: &'a UploadContext<'a>,
    /// Files to be sent again, by their indexes in the plan.
    again: Vec<usize>,
    contended: Vec<UploadedFile>,
}

impl Committer<'_> {
    async fn commit(&mut self, batch: Vec<UploadedFile>) -> Result<(), JobError> {
        let mut results = self.call(&batch).await?.into_iter();
        let mut arrived = Vec::new();
        let mut unsure = Vec::new();
        let mut taken = Vec::new();
        for mut file in batch {
            let error = match results.next() {
                Some(UploadSessionFinishBatchResultEntry::Success(metadata)) => {
                    arrived.push((file, metadata));
                    continue;
                }
                Some(UploadSessionFinishBatchResultEntry::Failure(error)) => error,
                None => {
                    unsure.push(file);
                    continue;
                }
            };
            match error {
                // It has become a file by a call whose answer was lost, or its time is over.
                UploadSessionFinishError::LookupFailed(UploadSessionLookupError::NotFound) => {
                    unsure.push(file);
                }
                UploadSessionFinishError::LookupFailed(_) => self.requeue(&file),
                UploadSessionFinishError::TooManyWriteOperations
                | UploadSessionFinishError::Path(WriteError::TooManyWriteOperations)
                    if file.rounds < TRIES_CONTENTION =>
                {
                    file.rounds += 1;
                    self.contended.push(file);
                }
                UploadSessionFinishError::Path(WriteError::Conflict(_)) => taken.push(file),
                error => {
                    self.context.transfer.meter.subtract_bytes(file.held.size_bytes);
                    let problem = problem_for(&file.task).entry(&error);
                    self.context.finish_file(&file.task, problem.into())?;
                }
            }
        }
        self.record_committed(arrived)?;
        let found = self.context.finish_before_exit(self.find_committed(unsure)).await??;
        self.record_committed(found)?;
        for file in taken {
            match self.context.commit_session(&file.task, &file.held).await {
                Ok(Some(metadata)) => self.record_committed(vec![(file, metadata)])?,
                Ok(None) => self.requeue(&file),
                Err(error) => {
                    self.context.transfer.meter.subtract_bytes(file.held.size_bytes);
                    self.context.finish_file(&file.task, error)?;
                }
            }
        }
        Ok(())
    }

    /// A batch may be sent again when its answer was lost: a session becomes a file once only.
    async fn call(
        &self,
        batch: &[UploadedFile],
    ) -> Result<Vec<UploadSessionFinishBatchResultEntry>, JobError> {
        let arg = UploadSessionFinishBatchArg::new(batch.iter().map(UploadedFile::entry).collect::<Vec<_>>());
        let _turn = self.context.acquire_commit_permit().await?;
        let finished = self.context.service().rpc_repeated(&UPLOAD_SESSION_FINISH_BATCH, &arg);
        let finished = self.context.finish_before_exit(finished).await?;
        Ok(finished.map_err(|error| problem::general(tr!("could-not-finish-upload")).call(&error))?.entries)
    }

    fn requeue(&mut self, file: &UploadedFile) {
        self.context.transfer.meter.subtract_bytes(file.held.size_bytes);
        self.again.push(file.task.index);
    }

    fn record_committed(&self, files: Vec<(UploadedFile, FileMetadata)>) -> Result<(), JobError> {
        let mut right = Vec::with_capacity(files.len());
        for (file, metadata) in files {
            match check_content(&file.task, &metadata, &file.held.hash) {
                Ok(()) => right.push((file.task, metadata)),
                Err(problem) => {
                    self.context.transfer.meter.subtract_bytes(file.held.size_bytes);
                    self.context.finish_file(&file.task, problem.into())?;
                }
            }
        }
        self.context.record_uploaded(right);
        Ok(())
    }

    /// Finds those files of unknown fate that stand at their places; the others are sent again.
    async fn find_committed(
        &mut self,
        files: Vec<UploadedFile>,
    ) -> Result<Vec<(UploadedFile, FileMetadata)>, JobError> {
        let sought = files.into_iter().map(|file| {
            let (path, hash) = (file.path.clone(), file.held.hash.clone());
            ExpectedFile { what: file, path, hash }
        });
        let mut found = Vec::new();
        for (file, same) in find_existing(self.context, sought.collect()).await? {
            match same {
                Ok(Some(metadata)) => found.push((file, metadata)),
                Ok(None) => self.requeue(&file),
                Err(error) => {
                    self.context.transfer.meter.subtract_bytes(file.held.size_bytes);
                    self.context.finish_file(&file.task, problem_for(&file.task).call(&error).into())?;
                }
            }
        }
        Ok(found)
    }
}
