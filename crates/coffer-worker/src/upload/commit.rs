//! Makes files of what lies in sessions, by the hundred: one batch at a time, while more files arrive. Each entry that
//! is refused is handled by itself; when an answer was lost, it is looked at what stands there.

use super::batch::whole;
use super::decide::Task;
use super::look::{Sought, look};
use super::place::Held;
use super::sender::{Sender, Trouble, about, check_arrived};
use crate::context::Stop;
use crate::retry::{TRIES_CONTENTION, back_off};
use coffer_model::RemotePath;
use dropbox_protocol::files::{
    BATCH_LIMIT, FileMetadata, UPLOAD_SESSION_FINISH_BATCH, UploadSessionCursor, UploadSessionFinishArg,
    UploadSessionFinishBatchArg, UploadSessionFinishBatchResultEntry, UploadSessionFinishError,
    UploadSessionLookupError, WriteError,
};
use std::sync::Arc;
use tokio::sync::mpsc;

/// A batch begins when so many files or bytes wait, or when there are no more to come.
const LEAST_FILES: usize = 200;
const LEAST_BYTES: u64 = 64 * 1024 * 1024;

/// A file whose bytes lie in a session.
pub struct Ready {
    task: Arc<Task>,
    path: RemotePath,
    held: Held,
    rounds: u32,
}

impl Ready {
    pub async fn new(
        sender: &Sender<'_>,
        task: Arc<Task>,
        session_id: String,
        size_bytes: u64,
        hash: String,
    ) -> Result<Self, Trouble> {
        let path = sender.first_path(&task).await?;
        Ok(Self { task, path, held: Held { session_id, size_bytes, hash }, rounds: 0 })
    }

    fn entry(&self) -> UploadSessionFinishArg {
        let cursor = UploadSessionCursor::new(self.held.session_id.as_str(), self.held.size_bytes);
        UploadSessionFinishArg::new(cursor, Sender::commit_info(&self.task, &self.path))
    }
}

/// Commits all files that come; gives back those that have to be sent anew.
pub async fn all(
    sender: &Sender<'_>,
    mut files: mpsc::UnboundedReceiver<Ready>,
) -> Result<Vec<Arc<Task>>, Stop> {
    let mut committer = Committer { sender, again: Vec::new(), contended: Vec::new() };
    let mut waiting: Vec<Ready> = Vec::new();
    let mut open = true;
    loop {
        while open && !is_enough(&waiting) {
            match sender.wanted(files.recv()).await? {
                Some(file) => waiting.push(file),
                None => open = false,
            }
        }
        while let Ok(file) = files.try_recv() {
            waiting.push(file);
        }
        if waiting.is_empty() {
            return Ok(committer.again);
        }
        sender.wait_for_folders().await?;
        sender.job.check_wanted()?;
        let rest = waiting.split_off(waiting.len().min(BATCH_LIMIT));
        committer.commit(std::mem::replace(&mut waiting, rest)).await?;
        let contended = std::mem::take(&mut committer.contended);
        if let Some(rounds) = contended.iter().map(|file| file.rounds).max() {
            sender.wanted(tokio::time::sleep(back_off(rounds))).await?;
            waiting.splice(0..0, contended);
        }
    }
}

fn is_enough(waiting: &[Ready]) -> bool {
    waiting.len() >= LEAST_FILES
        || waiting.iter().map(|file| file.held.size_bytes).sum::<u64>() >= LEAST_BYTES
}

struct Committer<'a> {
    sender: &'a Sender<'a>,
    again: Vec<Arc<Task>>,
    contended: Vec<Ready>,
}

impl Committer<'_> {
    async fn commit(&mut self, batch: Vec<Ready>) -> Result<(), Stop> {
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
                UploadSessionFinishError::LookupFailed(_) => self.send_again(&file),
                UploadSessionFinishError::TooManyWriteOperations
                | UploadSessionFinishError::Path(WriteError::TooManyWriteOperations)
                    if file.rounds < TRIES_CONTENTION =>
                {
                    file.rounds += 1;
                    self.contended.push(file);
                }
                UploadSessionFinishError::Path(WriteError::Conflict(_)) => taken.push(file),
                error => {
                    self.sender.transfer.meter.take_back(file.held.size_bytes);
                    let problem = about(&file.task).entry(&error);
                    self.sender.settle(&file.task, problem.into())?;
                }
            }
        }
        self.arrived(arrived)?;
        let found = self.sender.ended(self.look(unsure)).await??;
        self.arrived(found)?;
        for file in taken {
            match self.sender.place_held(&file.task, &file.held).await {
                Ok(Some(metadata)) => self.arrived(vec![(file, metadata)])?,
                Ok(None) => self.send_again(&file),
                Err(trouble) => {
                    self.sender.transfer.meter.take_back(file.held.size_bytes);
                    self.sender.settle(&file.task, trouble)?;
                }
            }
        }
        Ok(())
    }

    /// A batch may be sent again when its answer was lost: a session becomes a file once only.
    async fn call(&self, batch: &[Ready]) -> Result<Vec<UploadSessionFinishBatchResultEntry>, Stop> {
        let arg = UploadSessionFinishBatchArg::new(batch.iter().map(Ready::entry).collect::<Vec<_>>());
        let _turn = self.sender.turn().await?;
        let finished = self.sender.service().rpc_repeated(&UPLOAD_SESSION_FINISH_BATCH, &arg);
        let finished = self.sender.ended(finished).await?;
        Ok(finished.map_err(|error| whole("finished").call(&error))?.entries)
    }

    fn send_again(&mut self, file: &Ready) {
        self.sender.transfer.meter.take_back(file.held.size_bytes);
        self.again.push(Arc::clone(&file.task));
    }

    fn arrived(&self, files: Vec<(Ready, FileMetadata)>) -> Result<(), Stop> {
        let mut right = Vec::with_capacity(files.len());
        for (file, metadata) in files {
            match check_arrived(&file.task, &metadata, &file.held.hash) {
                Ok(()) => right.push((file.task, metadata)),
                Err(problem) => {
                    self.sender.transfer.meter.take_back(file.held.size_bytes);
                    self.sender.settle(&file.task, problem.into())?;
                }
            }
        }
        self.sender.arrived(right);
        Ok(())
    }

    /// Finds those files of unknown fate that stand at their places; the others are sent again.
    async fn look(&mut self, files: Vec<Ready>) -> Result<Vec<(Ready, FileMetadata)>, Stop> {
        let sought = files.into_iter().map(|file| {
            let (path, hash) = (file.path.clone(), file.held.hash.clone());
            Sought { what: file, path, hash }
        });
        let mut found = Vec::new();
        for (file, same) in look(self.sender, sought.collect()).await? {
            match same {
                Ok(Some(metadata)) => found.push((file, metadata)),
                Ok(None) => self.send_again(&file),
                Err(error) => {
                    self.sender.transfer.meter.take_back(file.held.size_bytes);
                    self.sender.settle(&file.task, about(&file.task).call(&error).into())?;
                }
            }
        }
        Ok(found)
    }
}
