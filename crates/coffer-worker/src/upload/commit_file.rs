//! Makes bytes stand at their place: under the first name that is free, or as a new revision of what the person has
//! seen. How the bytes come to the service is told by the caller.

use super::context::{FileError, UploadContext, problem_for};
use super::decisions::{FileUpload, Naming};
use super::resume::record_number;
use crate::context::JobError;
use crate::edit::numbered;
use crate::error::{Classify, ServiceError};
use coffer_model::{ProblemKind, RemotePath};
use coffer_texts::tr;
use dropbox_client::Body;
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::{
    CommitInfo, FileMetadata, GET_METADATA, GetMetadataArg, Metadata, UPLOAD_SESSION_FINISH,
    UploadSessionCursor, UploadSessionFinishArg, UploadSessionFinishError, UploadSessionLookupError,
    WriteMode,
};

/// Names that are tried with a number.
const MAX_NUMBERS: u32 = 500;

/// All bytes of a file, at the service but not yet a file.
pub(crate) struct UploadedContent {
    pub session_id: String,
    pub size_bytes: u64,
    /// Of what was read.
    pub hash: String,
}

impl UploadContext<'_> {
    /// How a file is to be committed at `path`.
    pub(crate) fn commit_info(task: &FileUpload, path: &RemotePath) -> CommitInfo {
        CommitInfo {
            mode: match &task.naming {
                Naming::Replace(rev) => WriteMode::Update(rev.0.to_string()),
                Naming::New | Naming::KeepBoth => WriteMode::Add,
            },
            client_modified: task.file.modified.map(Timestamp::from),
            ..CommitInfo::new(path.as_str())
        }
    }

    /// Where the file is tried first.
    pub(crate) async fn first_path(&self, task: &FileUpload) -> Result<RemotePath, FileError> {
        match task.naming {
            Naming::KeepBoth => self.next_free(task, &mut 0).await,
            Naming::New | Naming::Replace(_) => Ok(task.file.remote_path.clone()),
        }
    }

    /// Commits under the first name that is free, as the task wants it, when it is the turn of this account's changes
    /// if that matters. `None`: the bytes have to be sent anew.
    pub(crate) async fn commit_with_free_name<F>(
        &self,
        task: &FileUpload,
        waits_for_turn: bool,
        commit: impl Fn(CommitInfo) -> F,
    ) -> Result<Option<FileMetadata>, FileError>
    where
        F: Future<Output = Result<Option<FileMetadata>, ServiceError>>,
    {
        let mut number = 0;
        let mut path = match task.naming {
            Naming::KeepBoth => self.next_free(task, &mut number).await?,
            Naming::New | Naming::Replace(_) => task.file.remote_path.clone(),
        };
        self.wait_for_folders().await?;
        loop {
            // Not given up half-way: whether it has arrived must be known for taking it back.
            self.job.check_wanted()?;
            let _turn = if waits_for_turn { self.acquire_commit_permit().await? } else { None };
            let error = match self.finish_before_exit(commit(Self::commit_info(task, &path))).await? {
                Ok(metadata) => return Ok(metadata),
                Err(error) => error,
            };
            if !error.kind().is_name_conflict() {
                return Err(problem_for(task).call(&error).into());
            }
            if let Naming::Replace(_) = task.naming {
                return Err(changed_there(task));
            }
            path = self.next_free(task, &mut number).await?;
        }
    }

    /// Makes a file of a session. `None`: the service no longer has all of it.
    pub(crate) async fn commit_session(
        &self,
        task: &FileUpload,
        held: &UploadedContent,
    ) -> Result<Option<FileMetadata>, FileError> {
        self.commit_with_free_name(task, true, |commit| self.finish_session(held, commit)).await
    }

    /// A second `finish` of a session that has become a file finds no session; then the file tells whether it is so.
    pub(crate) async fn finish_session(
        &self,
        held: &UploadedContent,
        commit: CommitInfo,
    ) -> Result<Option<FileMetadata>, ServiceError> {
        let path = commit.path.clone();
        let cursor = UploadSessionCursor::new(held.session_id.clone(), held.size_bytes);
        let arg = UploadSessionFinishArg::new(cursor, commit);
        // Repeated, since what a second call says of the session tells what became of the first one.
        let error = match self.service().upload_repeated(&UPLOAD_SESSION_FINISH, &arg, Body::empty).await {
            Ok(metadata) => return Ok(Some(metadata)),
            Err(error) => error,
        };
        match error.route_error() {
            Some(UploadSessionFinishError::LookupFailed(UploadSessionLookupError::NotFound)) => {
                self.find_same(&path, &held.hash).await
            }
            Some(
                UploadSessionFinishError::LookupFailed(_)
                | UploadSessionFinishError::ConcurrentSessionNotClosed
                | UploadSessionFinishError::ConcurrentSessionMissingData,
            ) => Ok(None),
            _ => Err(error.into()),
        }
    }

    /// The file at a path, if it has this content.
    pub(crate) async fn find_same(
        &self,
        path: &str,
        hash: &str,
    ) -> Result<Option<FileMetadata>, ServiceError> {
        let there = self.file_at(path).await?;
        Ok(there.filter(|file| file.content_hash.as_deref() == Some(hash)))
    }

    pub(crate) async fn file_at(&self, path: &str) -> Result<Option<FileMetadata>, ServiceError> {
        match self.service().rpc(&GET_METADATA, &GetMetadataArg::new(path)).await {
            Ok(Metadata::File(file)) => Ok(Some(file)),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == ProblemKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The next name with a number at which nothing stands, noted for a later run. What a listing of the folder shows
    /// is not asked for.
    async fn next_free(&self, task: &FileUpload, number: &mut u32) -> Result<RemotePath, FileError> {
        let folder = task.file.remote_path.parent().map(|folder| self.account().listings.folder(&folder));
        while *number < MAX_NUMBERS {
            *number += 1;
            let path = numbered(&task.file.remote_path, *number);
            let listed = folder.as_ref().is_some_and(|folder| folder.entry(&path).is_some());
            if listed || self.is_planned(&path) {
                continue;
            }
            let arg = GetMetadataArg::new(path.as_str());
            match self.unless_cancelled(self.service().rpc(&GET_METADATA, &arg)).await? {
                Ok(_) => {}
                Err(error) if error.kind() == ProblemKind::NotFound => {
                    record_number(&self.transfer.handle, task, &path).await;
                    return Ok(path);
                }
                Err(error) => return Err(problem_for(task).call(&error).into()),
            }
        }
        Err(problem_for(task).because(ProblemKind::NameTaken, tr!("why-too-many-numbers")).into())
    }
}

/// Somebody has changed what was to be replaced.
fn changed_there(task: &FileUpload) -> FileError {
    problem_for(task).because(ProblemKind::Changed, tr!("why-changed-after-asking")).into()
}

impl From<FileError> for JobError {
    /// For where there is no file to blame.
    fn from(error: FileError) -> Self {
        match error {
            FileError::ThisFile(problem) => Self::Failed(problem),
            FileError::All(stop) => stop,
        }
    }
}
