//! Earlier versions of a file.

use super::Metadata;
use super::download::{check_rev, path_or_rev};
use crate::options::setters;
use crate::{ApiError, CallError, DropboxClient};
use dropbox_protocol::files::{
    GET_METADATA, GetMetadataArg, GetMetadataError, LIST_REVISIONS, ListRevisionsArg, LookupError, RESTORE,
    REVISIONS_PAGE_LIMIT, RestoreArg,
};
use dropbox_protocol::{Timestamp, path};
use serde::{Deserialize, Serialize};

/// The Core API never gave more revisions than this.
const REV_LIMIT: usize = 1000;

/// Which revisions to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RevisionsOptions {
    /// At most so many; above 1,000, which is the default, it counts as 1,000.
    pub rev_limit: usize,
}

impl Default for RevisionsOptions {
    fn default() -> Self {
        Self { rev_limit: REV_LIMIT }
    }
}

setters! { RevisionsOptions: with_rev_limit sets rev_limit to value(usize) }

/// The revisions of a file, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Revisions {
    pub entries: Vec<Metadata>,
    /// Whether the file is deleted now. Earlier deletions are not told.
    pub is_deleted: bool,
    /// When it was deleted.
    pub server_deleted: Option<Timestamp>,
    /// Whether there are older ones beyond the limit. A service that does not say counts as complete, though it
    /// gives no more than 100.
    pub has_more: bool,
}

impl DropboxClient {
    /// The revisions of a file, also of a deleted one (`files/list_revisions`, in pages of 100). There are never more
    /// than 1,000, as in the Core API; who needs older ones calls the route with `before_rev`.
    pub async fn revisions(&self, path: &str, options: &RevisionsOptions) -> Result<Revisions, ApiError> {
        let path = path::normalize(path);
        let limit = options.rev_limit.min(REV_LIMIT);
        let mut revisions =
            Revisions { entries: Vec::new(), is_deleted: false, server_deleted: None, has_more: true };
        let mut before_rev = None;
        loop {
            // A limit of 0 asks as well: whether there is a file at all is part of the answer.
            let rest = (limit - revisions.entries.len()) as u64;
            let argument = ListRevisionsArg {
                limit: rest.clamp(1, REVISIONS_PAGE_LIMIT),
                before_rev: before_rev.take(),
                ..ListRevisionsArg::new(path.as_str())
            };
            let page = self.rpc(&LIST_REVISIONS, &argument).await?;
            if argument.before_rev.is_none() {
                revisions.is_deleted = page.is_deleted;
                revisions.server_deleted = page.server_deleted;
            }
            before_rev = page.entries.last().map(|oldest| oldest.rev.clone());
            revisions.has_more = page.has_more && before_rev.is_some();
            revisions
                .entries
                .extend(page.entries.into_iter().map(|file| Metadata::from_file(file, self.root())));
            if !revisions.has_more || revisions.entries.len() >= limit {
                break;
            }
        }
        revisions.has_more |= revisions.entries.len() > limit;
        revisions.entries.truncate(limit);
        Ok(revisions)
    }

    /// Makes an earlier revision of the file at `path` the newest one, also of a deleted file (`files/restore`). Folders
    /// cannot be restored. The result has a new revision.
    ///
    /// A revision of another file is refused with [`ApiError::RevisionOfAnotherPath`], where API v2 would write it over
    /// the file at `path`; [`restore_to`](Self::restore_to) is for those who want that. This takes one call more
    /// (`files/get_metadata`), or some (`files/list_revisions`) if the file is not where it was.
    pub async fn restore(&self, path: &str, rev: &str) -> Result<Metadata, ApiError> {
        self.check_rev_of_path(path, rev).await?;
        self.restore_to(path, rev).await
    }

    /// Writes the content of a revision, of whichever file, to `path`, over the file that is there
    /// (`files/restore` as API v2 has it). The Core API had no such operation.
    pub async fn restore_to(&self, path: &str, rev: &str) -> Result<Metadata, ApiError> {
        check_rev(rev)?;
        let file = self.rpc(&RESTORE, &RestoreArg::new(path::normalize(path), rev)).await?;
        Ok(Metadata::from_file(file, self.root()))
    }

    /// Fails if `rev` is not a revision of the file that is, or was, at `path`.
    async fn check_rev_of_path(&self, path: &str, rev: &str) -> Result<(), ApiError> {
        let argument = GetMetadataArg::new(path_or_rev(path, Some(rev))?);
        let path_lower = path::path_lower(&path::normalize(path));
        match self.rpc(&GET_METADATA, &argument).await {
            Ok(item) if item.path_lower() == Some(path_lower.as_str()) => return Ok(()),
            Ok(_) | Err(CallError::Route { error: GetMetadataError::Path(LookupError::NotFound), .. }) => {}
            Err(error) => return Err(error.into()),
        }
        // The file has been deleted or moved since, or it is another file: the history of the path knows.
        let history = self.revisions(path, &RevisionsOptions::default()).await?;
        if history.entries.iter().any(|entry| entry.rev.as_deref() == Some(rev)) {
            return Ok(());
        }
        Err(ApiError::RevisionOfAnotherPath { path: path.to_owned(), rev: rev.to_owned() })
    }
}
