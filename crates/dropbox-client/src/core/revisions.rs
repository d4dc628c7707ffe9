//! Earlier versions of a file (reference §1.8).

use super::Metadata;
use crate::{ApiError, DropboxClient};
use dropbox_protocol::files::{LIST_REVISIONS, ListRevisionsArg, RESTORE, REVISIONS_PAGE_LIMIT, RestoreArg};
use dropbox_protocol::{Timestamp, path};

/// Which revisions to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionsOptions {
    /// At most so many.
    pub rev_limit: usize,
}

impl Default for RevisionsOptions {
    fn default() -> Self {
        Self { rev_limit: 1000 }
    }
}

/// The revisions of a file, newest first.
#[derive(Debug, Clone, PartialEq)]
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
    /// The revisions of a file, also of a deleted one (`files/list_revisions`, in pages of 100).
    pub async fn revisions(&self, path: &str, options: RevisionsOptions) -> Result<Revisions, ApiError> {
        let path = path::normalize(path);
        let limit = options.rev_limit.max(1);
        let mut revisions =
            Revisions { entries: Vec::new(), is_deleted: false, server_deleted: None, has_more: true };
        let mut before_rev = None;
        while revisions.has_more && revisions.entries.len() < limit {
            let rest = (limit - revisions.entries.len()) as u64;
            let argument = ListRevisionsArg {
                limit: rest.min(REVISIONS_PAGE_LIMIT),
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
                .extend(page.entries.into_iter().map(|file| Metadata::of_file(file, self.root())));
        }
        revisions.has_more |= revisions.entries.len() > limit;
        revisions.entries.truncate(limit);
        Ok(revisions)
    }

    /// Makes an earlier revision the newest one, also of a deleted file (`files/restore`). Folders cannot be
    /// restored. The result has a new revision.
    pub async fn restore(&self, path: &str, rev: &str) -> Result<Metadata, ApiError> {
        if !path::is_rev(rev) {
            return Err(ApiError::InvalidArgument(format!("{rev:?} is not a revision")));
        }
        let file = self.rpc(&RESTORE, &RestoreArg::new(path::normalize(path), rev)).await?;
        Ok(Metadata::of_file(file, self.root()))
    }
}
