//! Sends one file and makes it stand at its place. Which file goes where was decided before.

use super::journal::Journal;
use super::session::{Held, is_session_gone, send_all};
use super::source::{Source, SourceError};
use crate::api::{ApiError, Body};
use crate::model::transfer::PlannedFile;
use crate::model::{Entry, Problem, Recovery, RemotePath, Rev};
use crate::protocol::Timestamp;
use crate::protocol::files::{
    CommitInfo, FileMetadata, GET_METADATA, GetMetadataArg, UPLOAD, UPLOAD_SESSION_FINISH, UploadArg,
    UploadSessionCursor, UploadSessionFinishArg, UploadSessionFinishError, WriteMode,
};
use crate::worker::edit::numbered;
use crate::worker::fault::Fault;
use crate::worker::problem::Subject;
use crate::worker::progress::{Meter, Part};
use crate::worker::service::Service;
use crate::worker::{blocking, convert, problem};
use bytes::Bytes;

/// Up to this size a file goes in one call.
const ONE_CALL_BYTES: u64 = 4 * 1024 * 1024;
/// Names that are tried with a number.
const MOST_NUMBERS: u32 = 500;
/// How often an upload whose `finish` found no session begins anew.
const BEGINNINGS: u32 = 2;

/// What is done when the name is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// It was free when the person was asked; if it no longer is, the file gets a number.
    New,
    /// The file gets the next free number.
    KeepBoth,
    /// A new revision of the file there, if it is still at this one.
    Replace(Rev),
}

/// What the files of one upload share.
pub struct Sender<'a> {
    pub service: Service,
    pub meter: &'a Meter,
    pub journal: Journal,
}

impl Sender<'_> {
    /// Sends a file; answers with what stands there now.
    pub async fn file(&self, file: &PlannedFile, naming: &Naming) -> Result<Entry, Problem> {
        self.meter.begin_file(file.remote_path.name());
        for _ in 0..BEGINNINGS {
            let source = self.open(file).await?;
            let sent = if source.fingerprint.size_bytes <= ONE_CALL_BYTES {
                self.small(file, naming, source).await?
            } else {
                let held = send_all(self, file, source).await?;
                self.commit_held(file, naming, &held).await?
            };
            if let Some((metadata, hash)) = sent {
                // What arrived must be what was read.
                if metadata.content_hash.as_ref().is_some_and(|arrived| *arrived != hash) {
                    return Err(
                        about(file).because("What arrived is not what was sent. Try again.", Recovery::Retry)
                    );
                }
                self.meter.end_file();
                return Ok(convert::file_entry(&metadata, file.remote_path.parent().as_ref()));
            }
        }
        Err(about(file).because("The upload got out of step. Try again.", Recovery::Retry))
    }

    pub async fn open(&self, file: &PlannedFile) -> Result<Source, Problem> {
        let local_path = file.local_path.clone();
        blocking(move || Source::open(&local_path)).await?.map_err(|error| about(file).local(&error))
    }

    /// In one call with all bytes. `None`: begin anew.
    async fn small(
        &self,
        file: &PlannedFile,
        naming: &Naming,
        mut source: Source,
    ) -> Result<Option<(FileMetadata, String)>, Problem> {
        let read = blocking(move || {
            let block = source.block(source.fingerprint.size_bytes as usize)?;
            Ok((block, source.hash()))
        })
        .await?;
        let (block, hash): (Bytes, String) = read.map_err(|error| source_problem(file, error))?;
        let sent = Part::new(self.meter);
        let placed = self
            .place(file, naming, |commit| {
                let (block, hash, sent) = (block.clone(), hash.clone(), sent.clone());
                async move {
                    let arg = UploadArg { content_hash: Some(hash), ..UploadArg::from(commit) };
                    let body = || Body::from(block.clone()).watched(sent.restart());
                    self.service.upload(&UPLOAD, &arg, body).await.map(Some)
                }
            })
            .await;
        match &placed {
            Ok(Some(_)) => sent.settle(block.len() as u64),
            Ok(None) | Err(_) => sent.settle(0),
        }
        Ok(placed?.map(|metadata| (metadata, hash)))
    }

    /// Makes a file of a session. `None`: the service no longer has it; begin anew.
    async fn commit_held(
        &self,
        file: &PlannedFile,
        naming: &Naming,
        held: &Held,
    ) -> Result<Option<(FileMetadata, String)>, Problem> {
        let placed = self.place(file, naming, |commit| self.finish(held, commit)).await;
        if !matches!(placed, Ok(Some(_))) {
            held.part.settle(0);
        }
        let metadata = placed?;
        let (journal, key) = (self.journal.clone(), held.key.clone());
        blocking(move || journal.remove(&key)).await?;
        Ok(metadata.map(|metadata| (metadata, held.hash.clone())))
    }

    /// A second `finish` of a session that has become a file finds no session; then the file tells whether it is so.
    async fn finish(&self, held: &Held, commit: CommitInfo) -> Result<Option<FileMetadata>, ApiError> {
        let path = commit.path.clone();
        let cursor = UploadSessionCursor::new(held.session_id.clone(), held.size_bytes);
        let arg = UploadSessionFinishArg::new(cursor, commit);
        let mut tries = 0;
        loop {
            let error = match self.service.upload(&UPLOAD_SESSION_FINISH, &arg, Body::empty).await {
                Ok(metadata) => return Ok(Some(metadata)),
                Err(error) => error,
            };
            tries += 1;
            if let Some(UploadSessionFinishError::LookupFailed(lookup)) = error.route_error()
                && is_session_gone(&lookup)
            {
                return self.find_finished(&path, &held.hash).await;
            }
            if !error.may_have_happened() || !self.service.worth_repeating(&error, tries).await {
                return Err(error);
            }
        }
    }

    async fn find_finished(&self, path: &str, hash: &str) -> Result<Option<FileMetadata>, ApiError> {
        use crate::protocol::files::Metadata::File;
        match self.service.rpc(&GET_METADATA, &GetMetadataArg::new(path)).await {
            Ok(File(file)) if file.content_hash.as_deref() == Some(hash) => Ok(Some(file)),
            Ok(_) => Ok(None),
            Err(error) if Fault::of(&error).has("not_found") => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Commits under the first name that is free, as `naming` wants it.
    async fn place<F>(
        &self,
        file: &PlannedFile,
        naming: &Naming,
        commit: impl Fn(CommitInfo) -> F,
    ) -> Result<Option<FileMetadata>, Problem>
    where
        F: Future<Output = Result<Option<FileMetadata>, ApiError>>,
    {
        let mut path = file.remote_path.clone();
        let mut number = 0;
        if *naming == Naming::KeepBoth {
            path = self.next_free(file, &mut number).await?;
        }
        loop {
            let info = CommitInfo {
                mode: match naming {
                    Naming::Replace(rev) => WriteMode::Update(rev.0.to_string()),
                    Naming::New | Naming::KeepBoth => WriteMode::Add,
                },
                client_modified: file.modified.map(Timestamp::from),
                ..CommitInfo::new(path.as_str())
            };
            let error = match commit(info).await {
                Ok(metadata) => return Ok(metadata),
                Err(error) => error,
            };
            let fault = Fault::of(&error);
            if !fault.has("conflict") || fault.has("file_ancestor") {
                return Err(about(file).call(&error));
            }
            if let Naming::Replace(_) = naming {
                return Err(about(file).because(
                    "The file in your Dropbox has changed since you were asked, so it was not replaced.",
                    Recovery::Refresh,
                ));
            }
            path = self.next_free(file, &mut number).await?;
        }
    }

    /// The next name with a number at which nothing stands.
    async fn next_free(&self, file: &PlannedFile, number: &mut u32) -> Result<RemotePath, Problem> {
        while *number < MOST_NUMBERS {
            *number += 1;
            let path = numbered(&file.remote_path, *number);
            match self.service.rpc(&GET_METADATA, &GetMetadataArg::new(path.as_str())).await {
                Ok(_) => {}
                Err(error) if Fault::of(&error).has("not_found") => return Ok(path),
                Err(error) => return Err(about(file).call(&error)),
            }
        }
        Err(about(file).because("Too many files have this name already.", Recovery::Rename))
    }
}

pub fn about(file: &PlannedFile) -> Subject {
    problem::item(&file.remote_path, "uploaded")
}

pub fn source_problem(file: &PlannedFile, error: SourceError) -> Problem {
    match error {
        SourceError::Changed => changed(about(file)),
        SourceError::Unreadable(error) => about(file).local(&error),
    }
}

pub fn changed(about: Subject) -> Problem {
    about.because("The file changed while it was read. Try again when nothing writes to it.", Recovery::Retry)
}
