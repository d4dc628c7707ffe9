//! `files/upload`, and turning a commit in the API's words into one of the store's (reference 3.6).

use super::body::Body;
use super::call::Call;
use super::failure::Failure;
use crate::account::Account;
use crate::intake::{FileSink, IntakeError, take_in};
use crate::paths::{PATH_OR_ID, PathRef, rev_number};
use crate::render::file_metadata;
use crate::store::blobs::Hash;
use crate::store::commit::{Commit, Mode, commit_file};
use crate::store::edit::{Edit, NewContent};
use crate::store::error::StoreError;
use crate::store::refusal::Refusal;
use crate::store::sessions;
use crate::uploads::finished;
use dropbox_protocol::files::{
    CommitInfo, FileMetadata, InvalidPropertyGroupError, REQUEST_BODY_LIMIT_BYTES, UploadArg, UploadError,
    UploadWriteFailed, WriteError, WriteMode,
};
use dropbox_protocol::path::is_rev;
use dropbox_protocol::{ContentHasher, Timestamp};
use http_body_util::BodyExt as _;

pub async fn upload(
    call: Call,
    argument: UploadArg,
    body: Body,
) -> Result<FileMetadata, Failure<UploadError>> {
    let call_hash = argument.content_hash.clone();
    // The body is taken in first: a client that still sends would not read an answer.
    let (hash, size) =
        receive(&call.account, body, REQUEST_BODY_LIMIT_BYTES).await.map_err(|error| match error {
            IntakeError::TooLong => Failure::Answer(UploadError::PayloadTooLarge),
            other => other.into(),
        })?;
    if !is_expected(call_hash.as_deref(), &hash)? {
        return Err(Failure::Answer(UploadError::ContentHashMismatch));
    }
    let order = CommitOrder::parse(CommitInfo::from(argument))?;
    if let Some(template) = order.template {
        let unknown = InvalidPropertyGroupError::TemplateNotFound(template);
        return Err(Failure::Answer(UploadError::PropertiesError(unknown)));
    }
    let quota_bytes = call.account.config.quota_bytes;
    let outcome = call
        .account
        .store
        .write(move |edit| {
            let committed = order.carry_out(edit, hash, size, quota_bytes);
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
    outcome.map_err(|failed| Failure::Answer(UploadError::Path(failed)))
}

/// Takes a whole body of at most `limit` bytes in as a durable content.
pub async fn receive(account: &Account, body: Body, limit: u64) -> Result<(Hash, u64), IntakeError> {
    let blobs = account.store.blobs();
    let incoming = account.blocking(move || blobs.incoming()).await?;
    let file = incoming.file().try_clone().map_err(StoreError::at(account.store.path()))?;
    let sink = FileSink::new(file, account.store.path(), 0, ContentHasher::new(), None)?;
    let sink = take_in(body.into_data_stream(), limit, sink).await?;
    let (hash, size) = (finished(sink.content), sink.length);
    let blobs = account.store.blobs();
    account.blocking(move || blobs.keep(incoming, &hash)).await?;
    Ok((hash, size))
}

/// Whether a hash is the one that the caller named, if any.
pub fn is_expected<E>(named: Option<&str>, hash: &Hash) -> Result<bool, Failure<E>> {
    match named {
        None => Ok(true),
        Some(named) if named.len() == 64 && named.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Ok(named.eq_ignore_ascii_case(&hex::encode(hash)))
        }
        Some(_) => Err(Failure::BadArgument("content_hash: must be 64 hexadecimal digits".to_owned())),
    }
}

impl<E> From<IntakeError> for Failure<E> {
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::TooLong => Self::BadArgument("request body: too long".to_owned()),
            IntakeError::Broken(why) => Self::BadArgument(format!("request body: broken off: {why}")),
            IntakeError::Store(error) => Self::Store(error),
        }
    }
}

/// A `CommitInfo` that has been understood.
#[derive(Clone, Debug)]
pub struct CommitOrder {
    path: PathRef,
    mode: Mode,
    autorename: bool,
    strict_conflict: bool,
    client_modified: Option<Timestamp>,
    /// The first template that the commit's properties need. The account has none.
    pub template: Option<String>,
}

impl CommitOrder {
    pub fn parse<E>(info: CommitInfo) -> Result<Self, Failure<E>> {
        let mode = match info.mode {
            WriteMode::Add => Mode::Add,
            WriteMode::Overwrite => Mode::Overwrite,
            // A revision that this account never made is current nowhere.
            WriteMode::Update(rev) if is_rev(&rev) => Mode::Update(rev_number(&rev).unwrap_or(0)),
            WriteMode::Update(_) => {
                return Err(Failure::BadArgument("mode: update: did not match pattern".to_owned()));
            }
        };
        Ok(Self {
            path: PathRef::parse(&info.path, PATH_OR_ID)?,
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

    /// Makes a content that is among the blobs a file. If that is refused, nothing has changed.
    pub fn carry_out(
        self,
        edit: &mut Edit<'_>,
        hash: Hash,
        size: u64,
        quota_bytes: u64,
    ) -> Result<FileMetadata, Refusal<WriteError>> {
        edit.attempt(|edit| {
            let commit = Commit {
                place: self.path.place(edit.connection())?,
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
            file_metadata(&entry).ok_or_else(|| {
                StoreError::Inconsistent("a file was committed without content".to_owned()).into()
            })
        })
    }
}
