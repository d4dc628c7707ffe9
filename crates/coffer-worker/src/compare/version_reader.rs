//! Reads one of the versions that are compared: a file of this computer, or a revision in the account.

use super::not_comparable;
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::JobError;
use crate::upload::{LocalFileError, local_file_hash};
use crate::worker_context::WorkerContext;
use crate::{blocking, preview, problem};
use coffer_model::comparison::ComparedVersion;
use coffer_model::entry::{ContentAccess, File};
use coffer_model::{Entry, PreviewBody, RemotePath};
use coffer_texts::tr;
use jiff::Timestamp;
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;
use tokio::sync::OnceCell;

/// The longest side of a picture, in pixels: of two beside each other.
const MOST_SIDE: u32 = 2048;

pub(super) struct VersionReader {
    /// Of a local file: that of the file in the account which it belongs to.
    pub remote_path: RemotePath,
    pub size_bytes: u64,
    modified: Timestamp,
    source: VersionSource,
    /// Of a local file, once it was read.
    local_hash: OnceCell<String>,
}

enum VersionSource {
    Local(PathBuf),
    Account(Box<(Entry, File)>),
}

impl VersionReader {
    pub(super) fn of_entry(entry: Entry) -> Result<Self, JobError> {
        let Some(file) = entry.file().cloned() else {
            return Err(not_comparable(&entry.path, tr!("why-folders-not-compared")));
        };
        if file.access != ContentAccess::Download {
            return Err(not_comparable(&entry.path, tr!("why-versions-not-downloadable")));
        }
        Ok(Self {
            remote_path: entry.path.clone(),
            size_bytes: file.size_bytes,
            modified: file.server_modified,
            source: VersionSource::Account(Box::new((entry, file))),
            local_hash: OnceCell::new(),
        })
    }

    pub(super) async fn of_local_file(
        remote_path: RemotePath,
        local_path: PathBuf,
    ) -> Result<Self, JobError> {
        let path = local_path.clone();
        let read = blocking(move || {
            let metadata = fs::metadata(path)?;
            Ok((metadata.len(), metadata.modified()?))
        });
        let (size_bytes, modified) = read
            .await?
            .map_err(|error: io::Error| problem::item(&remote_path, Act::Compare).local(&error))?;
        let modified = Timestamp::try_from(modified).unwrap_or_default();
        let source = VersionSource::Local(local_path);
        Ok(Self { remote_path, size_bytes, modified, source, local_hash: OnceCell::new() })
    }

    pub(super) fn to_model(&self, content_hash: Option<String>) -> ComparedVersion {
        ComparedVersion {
            name: self.remote_path.name().to_owned(),
            size_bytes: self.size_bytes,
            modified: self.modified,
            is_on_this_computer: matches!(self.source, VersionSource::Local(_)),
            content_hash,
        }
    }

    /// The content hash; `None` where the account does not tell it.
    pub(super) async fn hash(&self) -> Result<Option<String>, JobError> {
        match &self.source {
            VersionSource::Account(version) => Ok(version.1.content_hash.as_deref().map(str::to_owned)),
            VersionSource::Local(local_path) => {
                let read = async || {
                    let path = local_path.clone();
                    let hashed = blocking(move || local_file_hash(&path)).await?;
                    hashed.map_err(|error| self.local_problem(&LocalFileError::into_io(error)))
                };
                Ok(Some(self.local_hash.get_or_try_init(read).await?.clone()))
            }
        }
    }

    /// The content, or its first `limit` bytes when it is longer.
    pub(super) async fn content(
        &self,
        worker: &WorkerContext,
        account: &OpenAccount,
        limit: u64,
    ) -> Result<Vec<u8>, JobError> {
        match &self.source {
            VersionSource::Account(version) => {
                let (entry, file) = &**version;
                preview::content(worker, account, entry, file, limit).await
            }
            VersionSource::Local(local_path) => {
                let path = local_path.clone();
                let read = blocking(move || {
                    let mut bytes = Vec::new();
                    fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
                    Ok(bytes)
                });
                read.await?.map_err(|error: io::Error| self.local_problem(&error))
            }
        }
    }

    /// The content as a picture.
    pub(super) async fn picture(
        &self,
        worker: &WorkerContext,
        account: &OpenAccount,
    ) -> Result<PreviewBody, JobError> {
        match &self.source {
            VersionSource::Account(version) => preview::picture(worker, account, &version.0, MOST_SIDE).await,
            VersionSource::Local(_) => {
                let bytes = self.content(worker, account, preview::MOST_FILE_BYTES).await?;
                preview::decode_picture(worker, bytes, MOST_SIDE).await
            }
        }
    }

    fn local_problem(&self, error: &io::Error) -> JobError {
        problem::item(&self.remote_path, Act::Compare).local(error).into()
    }
}
