//! The feed of changes (reference §1.5).

use std::time::Duration;

use super::Metadata;
use super::envelope::{DeltaCursor, open, seal};
use crate::client::LONGPOLL_EXTRA_SECS;
use crate::rest::JsonBody;
use crate::{ApiError, CallError, DropboxClient};
use dropbox_protocol::files::{
    self, LIST_FOLDER, LIST_FOLDER_CONTINUE, LIST_FOLDER_LONGPOLL, ListFolderArg, ListFolderContinueArg,
    ListFolderContinueError, ListFolderError, ListFolderLongpollArg, ListFolderLongpollError,
    ListFolderResult, LookupError,
};
use dropbox_protocol::path;

/// One step of the feed.
#[derive(Debug, Clone, PartialEq)]
pub struct DeltaPage {
    pub entries: Vec<DeltaEntry>,
    /// Whether to forget everything known before taking in the entries: true on the first page, and when the
    /// service can no longer tell the changes since the cursor.
    pub reset: bool,
    /// Give it to the next call. Keep it even if there were no entries.
    pub cursor: String,
    /// Whether to call again at once. Otherwise wait with [`DropboxClient::longpoll_delta`].
    pub has_more: bool,
}

/// What to do at a path: put the item there, or remove what is there with all that it contains.
///
/// A file replaces whatever was there. A folder replaces a file, and leaves the contents of a folder alone. Parents
/// that are not known yet are to be created; their own entries follow.
#[derive(Debug, Clone, PartialEq)]
pub struct DeltaEntry {
    /// In lower case. A renaming that changes nothing but the case is not reported.
    pub path: String,
    /// `None` if there is nothing any more.
    pub metadata: Option<Metadata>,
}

/// Whether there is something new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongpollDelta {
    pub changes: bool,
    /// Seconds to wait before the next longpoll.
    pub backoff: Option<u64>,
}

impl DropboxClient {
    /// The changes since `cursor`, or everything if there is none. With a `path_prefix`, only what is at that path
    /// or below; the prefix belongs to the cursor and must be given again with it. Who only wants to know what is
    /// where follows the feed with [`follow_delta`](Self::follow_delta), which takes a quarter of the memory.
    ///
    /// Routes: `files/list_folder`, `files/list_folder/continue`.
    pub async fn delta(
        &self,
        cursor: Option<&str>,
        path_prefix: Option<&str>,
    ) -> Result<DeltaPage, ApiError> {
        let reply = self.delta_reply(cursor, path_prefix).await?;
        let listing: ListFolderResult = reply.body.parse()?;
        let entries = listing.entries.into_iter().filter_map(|entry| {
            // What has no path is not mounted, and so not part of the tree.
            let path = entry.path_lower().filter(|path| reply.wants(path))?.to_owned();
            let metadata = match entry {
                files::Metadata::Deleted(_) => None,
                present => Some(Metadata::of(present, self.root())),
            };
            Some(DeltaEntry { path, metadata })
        });
        Ok(DeltaPage {
            entries: entries.collect(),
            reset: reply.reset,
            has_more: listing.has_more,
            cursor: reply.seal(listing.cursor),
        })
    }

    /// The next page as it came.
    pub(super) async fn delta_reply(
        &self,
        cursor: Option<&str>,
        path_prefix: Option<&str>,
    ) -> Result<DeltaReply, ApiError> {
        let prefix = path::normalize(path_prefix.unwrap_or_default());
        let Some(cursor) = cursor else { return self.delta_from_start(&prefix).await };
        let cursor: DeltaCursor = open(cursor)?;
        if cursor.prefix != path::path_lower(&prefix) {
            return Err(ApiError::InvalidArgument("the cursor was made for another path prefix".into()));
        }
        let argument = ListFolderContinueArg::new(cursor.cursor.as_str());
        match self.rpc_body(&LIST_FOLDER_CONTINUE, &argument).await {
            Ok(body) => Ok(DeltaReply { body, cursor, reset: false }),
            Err(CallError::Route {
                error: ListFolderContinueError::Reset | ListFolderContinueError::Path(_),
                ..
            }) => self.delta_from_start(&prefix).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Waits until there is something new behind `cursor`, or `timeout_secs` (30 to 480) have passed, plus up to 90
    /// seconds that the service adds at random (`files/list_folder/longpoll`).
    pub async fn longpoll_delta(&self, cursor: &str, timeout_secs: u64) -> Result<LongpollDelta, ApiError> {
        let cursor: DeltaCursor = open(cursor)?;
        let argument =
            ListFolderLongpollArg { timeout: timeout_secs, ..ListFolderLongpollArg::new(cursor.cursor) };
        let patience = Duration::from_secs(timeout_secs.saturating_add(LONGPOLL_EXTRA_SECS));
        let reply = self.rpc_with_patience(&LIST_FOLDER_LONGPOLL, &argument, patience).await;
        match reply {
            Ok(reply) => Ok(LongpollDelta { changes: reply.changes, backoff: reply.backoff }),
            // The next `delta` starts anew and says so.
            Err(CallError::Route { error: ListFolderLongpollError::Reset, .. }) => {
                Ok(LongpollDelta { changes: true, backoff: None })
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn delta_from_start(&self, prefix: &str) -> Result<DeltaReply, ApiError> {
        let list = |path: &str| {
            let argument = ListFolderArg { recursive: true, ..ListFolderArg::new(path) };
            async move { self.rpc_body(&LIST_FOLDER, &argument).await }
        };
        let (body, filter) = match list(prefix).await {
            // The prefix is a file: its folder is followed, and all else in it left out.
            Err(CallError::Route { error: ListFolderError::Path(LookupError::NotFolder), .. }) => {
                (list(path::parent(prefix)).await?, true)
            }
            body => (body?, false),
        };
        let cursor = DeltaCursor { cursor: String::new(), prefix: path::path_lower(prefix), filter };
        Ok(DeltaReply { body, cursor, reset: true })
    }
}

/// A page of the feed of which nothing has been read yet.
pub(super) struct DeltaReply {
    pub body: JsonBody,
    /// What was asked.
    cursor: DeltaCursor,
    pub reset: bool,
}

impl DeltaReply {
    /// Whether an entry with this path belongs to the feed that was asked for.
    pub fn wants(&self, path_lower: &str) -> bool {
        !self.cursor.filter || path::is_within(path_lower, &self.cursor.prefix)
    }

    /// The cursor for the caller, around that of the page.
    pub fn seal(&self, cursor: String) -> String {
        seal(&DeltaCursor { cursor, ..self.cursor.clone() })
    }
}
