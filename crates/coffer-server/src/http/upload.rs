//! `files/upload`, and turning the API's `CommitInfo` into a commit of the store (reference 3.6).

use super::body::Body;
use super::call::Call;
use super::failure::CallFailure;
use crate::app_state::AppState;
use crate::body_reader::{FileSink, ReadBodyError, write_body};
use crate::paths::{PATH_OR_ID, PathRef, rev_number};
use crate::store::blobs::Hash;
use crate::store::commit::{Commit, CommitMode, commit_file};
use crate::store::edit::{EditTransaction, NewContent};
use crate::store::error::StoreError;
use crate::store::refusal::Refusal;
use crate::store::sessions::{self, StoredSession};
use crate::uploads::finished;
use crate::view::{AccountView, RequestPath};
use dropbox_protocol::files::{
    CommitInfo, FileMetadata, InvalidPropertyGroupError, REQUEST_BODY_LIMIT_BYTES, UploadArg, UploadError,
    UploadWriteFailed, WriteError, WriteMode,
};
use dropbox_protocol::path::is_rev;
use dropbox_protocol::{ContentHasher, Timestamp};
use http_body_util::BodyExt as _;
use std::sync::Arc;

pub(super) async fn upload(
    call: Call,
    argument: UploadArg,
    body: Body,
) -> Result<FileMetadata, CallFailure<UploadError>> {
    let call_hash = argument.content_hash.clone();
    // The body is taken in first: a client that still sends would not read an answer.
    let (hash, size) =
        receive(&call.app, body, REQUEST_BODY_LIMIT_BYTES).await.map_err(|error| match error {
            ReadBodyError::TooLong => CallFailure::Answer(UploadError::PayloadTooLarge),
            other => other.into(),
        })?;
    if !is_expected(call_hash.as_deref(), &hash)? {
        return Err(CallFailure::Answer(UploadError::ContentHashMismatch));
    }
    let spec = CommitSpec::parse(&call.view, CommitInfo::from(argument))?;
    if let Some(template) = spec.template {
        let unknown = InvalidPropertyGroupError::TemplateNotFound(template);
        return Err(CallFailure::Answer(UploadError::PropertiesError(unknown)));
    }
    let quota_bytes = call.app.config.quota_bytes;
    let outcome = call
        .app
        .store
        .write(move |edit| {
            let committed = spec.carry_out(edit, hash, size, quota_bytes);
            Ok::<_, StoreError>(match committed {
                Err(Refusal::Answer(reason)) => {
                    // The bytes stay, for a finish at a better path.
                    let mut session = sessions::create(edit, false)?;
                    session.received = size;
                    session.hash = Some(hash);
                    sessions::save(edit, &session)?;
                    Err(UploadWriteFailed { reason, upload_session_id: session.id })
                }
                Err(Refusal::Store(error)) => return Err(error),
                Ok(metadata) => Ok(metadata),
            })
        })
        .await?;
    outcome.map_err(|failed| CallFailure::Answer(UploadError::Path(failed)))
}

/// Takes a whole body of at most `limit` bytes in as a durable content.
pub(super) async fn receive(app: &AppState, body: Body, limit: u64) -> Result<(Hash, u64), ReadBodyError> {
    let blobs = app.store.blobs();
    let incoming = app.blocking(move || blobs.incoming()).await?;
    let file = incoming.file().try_clone().map_err(StoreError::at(app.store.path()))?;
    let sink = FileSink::new(file, app.store.path(), 0, ContentHasher::new(), None)?;
    let sink = write_body(body.into_data_stream(), limit, sink).await?;
    let (hash, size) = (finished(sink.content), sink.length);
    let blobs = app.store.blobs();
    app.blocking(move || blobs.insert(incoming, &hash)).await?;
    Ok((hash, size))
}

/// Whether a hash is the one that the caller named, if any.
pub(super) fn is_expected<E>(named: Option<&str>, hash: &Hash) -> Result<bool, CallFailure<E>> {
    match named {
        None => Ok(true),
        Some(named) if named.len() == 64 && named.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Ok(named.eq_ignore_ascii_case(&hex::encode(hash)))
        }
        Some(_) => Err(CallFailure::BadArgument("content_hash: must be 64 hexadecimal digits".to_owned())),
    }
}

impl<E> From<ReadBodyError> for CallFailure<E> {
    fn from(error: ReadBodyError) -> Self {
        match error {
            ReadBodyError::TooLong => Self::BadArgument("request body: too long".to_owned()),
            ReadBodyError::Broken(why) => Self::BadArgument(format!("request body: broken off: {why}")),
            ReadBodyError::Store(error) => Self::Store(error),
        }
    }
}

/// A `CommitInfo` that has been understood.
#[derive(Clone, Debug)]
pub(super) struct CommitSpec {
    path: RequestPath,
    mode: CommitMode,
    autorename: bool,
    strict_conflict: bool,
    client_modified: Option<Timestamp>,
    /// The first template that the commit's properties need. The account has none.
    pub template: Option<String>,
}

impl CommitSpec {
    pub(super) fn parse<E>(view: &Arc<AccountView>, info: CommitInfo) -> Result<Self, CallFailure<E>> {
        let mode = match info.mode {
            WriteMode::Add => CommitMode::Add,
            WriteMode::Overwrite => CommitMode::Overwrite,
            // A revision that this account never made is current nowhere.
            WriteMode::Update(rev) if is_rev(&rev) => CommitMode::Update(rev_number(&rev).unwrap_or(0)),
            WriteMode::Update(_) => {
                return Err(CallFailure::BadArgument("mode: update: did not match pattern".to_owned()));
            }
        };
        Ok(Self {
            path: view.parse(&info.path, PATH_OR_ID)?,
            mode,
            autorename: info.autorename,
            strict_conflict: info.strict_conflict,
            client_modified: info.client_modified,
            template: info
                .property_groups
                .unwrap_or_default()
                .into_iter()
                .next()
                .map(|group| group.template_id),
        })
    }

    /// Where the file comes to lie, unless an id says so.
    pub(super) fn vault_path(&self) -> Option<String> {
        match &self.path.path {
            PathRef::Path(target) => Some(target.display.clone()),
            _ => None,
        }
    }

    /// Makes a file of a session whose content is among the blobs, and ends the session. If that is refused, the session
    /// keeps its bytes, so that it can be committed otherwise.
    pub(super) fn commit_session(
        self,
        edit: &mut EditTransaction<'_>,
        mut session: StoredSession,
        hash: Hash,
        quota_bytes: u64,
    ) -> Result<Result<FileMetadata, WriteError>, StoreError> {
        match self.carry_out(edit, hash, session.received, quota_bytes) {
            Ok(metadata) => {
                sessions::remove(edit, &session.id)?;
                Ok(Ok(metadata))
            }
            Err(Refusal::Answer(error)) => {
                session.hash = Some(hash);
                sessions::save(edit, &session)?;
                Ok(Err(error))
            }
            Err(Refusal::Store(error)) => Err(error),
        }
    }

    /// Makes a content that is among the blobs a file. If that is refused, nothing has changed.
    pub(super) fn carry_out(
        self,
        edit: &mut EditTransaction<'_>,
        hash: Hash,
        size: u64,
        quota_bytes: u64,
    ) -> Result<FileMetadata, Refusal<WriteError>> {
        edit.attempt(|edit| {
            let commit = Commit {
                target: self.path.write_path(edit.connection())?,
                mode: self.mode,
                autorename: self.autorename,
                strict_conflict: self.strict_conflict,
                content: NewContent {
                    hash,
                    size,
                    client_modified: self.client_modified.map(Timestamp::unix_secs),
                },
                quota_bytes,
                id: None,
            };
            let entry = commit_file(edit, &commit)?;
            self.path.view.file_metadata(&entry).ok_or_else(|| {
                StoreError::Inconsistent("a file was committed without content".to_owned()).into()
            })
        })
    }
}
