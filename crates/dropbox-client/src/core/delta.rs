//! The feed of changes.

use std::time::Duration;

use super::Metadata;
use super::envelope::{DeltaCursor, decode, encode};
use crate::client::LONGPOLL_EXTRA_SECS;
use crate::rest::JsonBody;
use crate::{ApiError, CallError, DropboxClient};
use dropbox_protocol::files::{
    self, LIST_FOLDER, LIST_FOLDER_CONTINUE, LIST_FOLDER_GET_LATEST_CURSOR, LIST_FOLDER_LONGPOLL,
    ListFolderArg, ListFolderContinueArg, ListFolderContinueError, ListFolderError, ListFolderLongpollArg,
    ListFolderLongpollError, ListFolderResult, LookupError,
};
use dropbox_protocol::path;
use serde::{Deserialize, Serialize};

/// One step of the feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeltaEntry {
    /// In lower case. A renaming that changes nothing but the case is not reported.
    pub path: String,
    /// `None` if there is nothing any more.
    pub metadata: Option<Metadata>,
}

/// Whether there is something new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LongpollDelta {
    pub changes: bool,
    /// Seconds to wait before the next longpoll.
    pub backoff: Option<u64>,
}

impl DropboxClient {
    /// The changes since `cursor`, or everything if there is none. With a `path_prefix`, only what is at that path
    /// or below; the prefix belongs to the cursor and must be given again with it. Where there is nothing at the
    /// prefix yet, or not any more, there are no entries until there is. Who only wants to know what is where follows
    /// the feed with [`follow_delta`](Self::follow_delta), which takes a quarter of the memory.
    ///
    /// Routes: `files/list_folder`, `files/list_folder/continue`; `files/list_folder/get_latest_cursor` where there is
    /// nothing at the prefix.
    pub async fn delta(
        &self,
        cursor: Option<&str>,
        path_prefix: Option<&str>,
    ) -> Result<DeltaPage, ApiError> {
        let reply = self.delta_reply(cursor, path_prefix).await?;
        let listing = match &reply.content {
            DeltaContent::Listing(body) => body.parse()?,
            DeltaContent::Nothing { cursor } => ListFolderResult::new(Vec::new(), cursor.as_str(), false),
        };
        let removed = reply.removed_prefix().map(|path| DeltaEntry { path: path.to_owned(), metadata: None });
        let entries = listing.entries.into_iter().filter_map(|entry| {
            // What has no path is not mounted, and so not part of the tree.
            let is_folder = matches!(entry, files::Metadata::Folder(_));
            let (path, is_ancestor) = reply.relevant(entry.path_lower()?, is_folder)?;
            let path = path.to_owned();
            let metadata = match entry {
                files::Metadata::Deleted(_) => None,
                _ if is_ancestor => None,
                present => Some(Metadata::from_metadata(present, self.root())),
            };
            Some(DeltaEntry { path, metadata })
        });
        Ok(DeltaPage {
            entries: removed.into_iter().chain(entries).collect(),
            reset: reply.reset,
            has_more: listing.has_more,
            cursor: reply.encode_cursor(listing.cursor),
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
        let cursor: DeltaCursor = decode(cursor)?;
        if cursor.prefix != path::path_lower(&prefix) {
            return Err(ApiError::InvalidArgument("the cursor was made for another path prefix".into()));
        }
        let argument = ListFolderContinueArg::new(cursor.cursor.as_str());
        match self.rpc_body(&LIST_FOLDER_CONTINUE, &argument).await {
            Ok(body) => Ok(DeltaReply { content: DeltaContent::Listing(body), cursor, reset: false }),
            Err(CallError::Route { error: ListFolderContinueError::Reset, .. }) => {
                self.delta_from_start(&prefix).await
            }
            // The folder that was listed is gone. If there is something at the prefix again, it may be anything.
            Err(CallError::Route { error: ListFolderContinueError::Path(_), .. }) => {
                let reply = self.delta_from_start(&prefix).await?;
                let reset = matches!(reply.content, DeltaContent::Listing(_));
                Ok(DeltaReply { reset, ..reply })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Waits until there is something new behind `cursor`, or `timeout_secs` (30 to 480) have passed, plus up to 90
    /// seconds that the service adds at random (`files/list_folder/longpoll`).
    pub async fn longpoll_delta(&self, cursor: &str, timeout_secs: u64) -> Result<LongpollDelta, ApiError> {
        let cursor: DeltaCursor = decode(cursor)?;
        let argument =
            ListFolderLongpollArg { timeout: timeout_secs, ..ListFolderLongpollArg::new(cursor.cursor) };
        let patience = longpoll_patience(timeout_secs);
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
        let reply = |content, filter| DeltaReply {
            content,
            cursor: DeltaCursor { cursor: String::new(), prefix: path::path_lower(prefix), filter },
            reset: true,
        };
        let mut cursor_above = None;
        loop {
            match self.list_recursive(prefix).await {
                Ok(body) => return Ok(reply(DeltaContent::Listing(body), false)),
                Err(error) if !is_absent(&error) || !prefix.starts_with('/') => return Err(error.into()),
                // The prefix is a file: its folder is followed, and all else in it left out.
                Err(CallError::Route { error: ListFolderError::Path(LookupError::NotFolder), .. }) => {
                    match self.list_recursive(path::parent(prefix)).await {
                        Ok(body) => return Ok(reply(DeltaContent::Listing(body), true)),
                        Err(error) if is_absent(&error) => {}
                        Err(error) => return Err(error.into()),
                    }
                }
                Err(_) => {
                    if let Some(cursor) = cursor_above {
                        return Ok(reply(DeltaContent::Nothing { cursor }, true));
                    }
                }
            }
            // The prefix is looked for once more after the cursor is there: what comes to be in between would
            // otherwise never be seen.
            cursor_above = Some(self.cursor_above(prefix).await?);
        }
    }

    async fn list_recursive(&self, path: &str) -> Result<JsonBody, CallError<ListFolderError>> {
        let argument = ListFolderArg { recursive: true, ..ListFolderArg::new(path) };
        self.rpc_body(&LIST_FOLDER, &argument).await
    }

    /// The present end of the feed of the nearest folder above `path` that exists.
    async fn cursor_above(&self, path: &str) -> Result<String, ApiError> {
        let mut folder = path::parent(path);
        loop {
            let argument = ListFolderArg { recursive: true, ..ListFolderArg::new(folder) };
            match self.rpc(&LIST_FOLDER_GET_LATEST_CURSOR, &argument).await {
                Err(error) if is_absent(&error) && !folder.is_empty() => folder = path::parent(folder),
                reply => return Ok(reply?.cursor),
            }
        }
    }
}

/// How long a longpoll may be silent: its timeout, and what the service adds at random.
fn longpoll_patience(timeout_secs: u64) -> Duration {
    Duration::from_secs(timeout_secs.saturating_add(LONGPOLL_EXTRA_SECS))
}

/// Whether there is no folder at the path.
fn is_absent(error: &CallError<ListFolderError>) -> bool {
    matches!(error.route_error(), Some(ListFolderError::Path(LookupError::NotFound | LookupError::NotFolder)))
}

/// A page of the feed of which nothing has been read yet.
pub(super) struct DeltaReply {
    pub content: DeltaContent,
    /// What was asked.
    cursor: DeltaCursor,
    pub reset: bool,
}

pub(super) enum DeltaContent {
    /// What `list_folder` has said.
    Listing(JsonBody),
    /// There is nothing at the prefix; the cursor is that of a folder above it.
    Nothing { cursor: String },
}

impl DeltaReply {
    /// What an entry says of the feed that was asked for: the path that it is about, and whether it says that there is
    /// nothing there because something above it is no folder any more. `None` if it is about something else.
    pub(super) fn relevant<'a>(&'a self, path_lower: &'a str, is_folder: bool) -> Option<(&'a str, bool)> {
        let prefix = self.cursor.prefix.as_str();
        if !self.cursor.filter || path::is_within(path_lower, prefix) {
            return Some((path_lower, false));
        }
        (!is_folder && path::is_within(prefix, path_lower)).then_some((prefix, true))
    }

    /// The prefix, if the page says that what was there is gone.
    pub(super) fn removed_prefix(&self) -> Option<&str> {
        let is_removed = matches!(self.content, DeltaContent::Nothing { .. }) && !self.reset;
        is_removed.then_some(self.cursor.prefix.as_str())
    }

    /// The cursor for the caller, around that of the page.
    pub(super) fn encode_cursor(&self, cursor: String) -> String {
        encode(&DeltaCursor { cursor, ..self.cursor.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longpoll_is_given_its_timeout_and_what_the_service_adds() {
        assert_eq!(longpoll_patience(30), Duration::from_mins(2));
        assert_eq!(longpoll_patience(480), Duration::from_secs(570));
    }
}
