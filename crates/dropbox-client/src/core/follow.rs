//! The feed of changes taken straight into a [`DeltaTree`]. Of each entry only what the tree keeps is read, and
//! nothing is copied on the way; the questions that are asked are those of `delta`.

use serde::{Deserialize, Deserializer, de};

use super::delta::DeltaContent;
use crate::{ApiError, DeltaTree, DropboxClient};
use dropbox_protocol::content_hash;
use dropbox_protocol::stone::Key;

/// What a page of the feed has done to a [`DeltaTree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeltaNews {
    /// How many entries were taken in.
    pub entries: usize,
    /// Whether the tree was emptied first: on the first page, and when the service can no longer tell what has
    /// changed.
    pub reset: bool,
    /// Whether to call again at once. Otherwise wait with [`DropboxClient::longpoll_delta`].
    pub has_more: bool,
}

impl DropboxClient {
    /// Takes the next page of [`delta`](Self::delta) into `tree`: everything at first, then what has changed. If
    /// that fails, the tree is as it was.
    ///
    /// Routes: `files/list_folder`, `files/list_folder/continue`.
    pub async fn follow_delta(&self, tree: &mut DeltaTree) -> Result<DeltaNews, ApiError> {
        let reply = self.delta_reply(tree.cursor(), tree.path_prefix()).await?;
        let body = match &reply.content {
            DeltaContent::Listing(body) => body,
            DeltaContent::Nothing { cursor } => {
                let entries = usize::from(reply.removed_prefix().is_some());
                // All that is in the tree is at the prefix or below.
                tree.clear();
                tree.set_cursor(reply.encode_cursor(cursor.clone()));
                return Ok(DeltaNews { entries, reset: reply.reset, has_more: false });
            }
        };
        let page: WirePage = body.parse()?;
        let mut changes = Vec::with_capacity(page.entries.len());
        for entry in &page.entries {
            // What has no path is not mounted, and so not part of the tree.
            let Some(path) = entry.path_lower.as_ref().map(Key::as_str) else { continue };
            let change = entry.change().ok_or_else(|| {
                body.malformed(format!("what it says of {path:?} is not what was expected"))
            })?;
            match reply.relevant(path, matches!(change, EntryChange::Folder)) {
                Some((path, false)) => changes.push((path, change)),
                Some((prefix, true)) => changes.push((prefix, EntryChange::Deleted)),
                None => {}
            }
        }
        if reply.reset {
            tree.clear();
        }
        let news = DeltaNews { entries: changes.len(), reset: reply.reset, has_more: page.has_more };
        for (path, change) in changes {
            match change {
                EntryChange::Folder => tree.put_folder(path),
                EntryChange::File { size, rev, content_hash } => tree.put_file(path, size, rev, content_hash),
                EntryChange::Deleted => tree.remove(path),
            }
        }
        tree.set_cursor(reply.encode_cursor(page.cursor));
        Ok(news)
    }
}

/// A page, borrowing from the reply.
#[derive(Deserialize)]
struct WirePage<'a> {
    #[serde(borrow)]
    entries: Vec<WireEntry<'a>>,
    cursor: String,
    has_more: bool,
}

/// What of `files::Metadata` is wanted here.
#[derive(Deserialize)]
struct WireEntry<'a> {
    #[serde(rename = ".tag", borrow)]
    tag: Key<'a>,
    #[serde(borrow)]
    path_lower: Option<Key<'a>>,
    size: Option<u64>,
    #[serde(borrow)]
    rev: Option<Key<'a>>,
    content_hash: Option<ContentHash>,
}

/// What an entry says.
enum EntryChange<'a> {
    Folder,
    File { size: u64, rev: &'a str, content_hash: Option<[u8; 32]> },
    Deleted,
}

impl WireEntry<'_> {
    /// `None` if something is missing, or the kind is not known.
    fn change(&self) -> Option<EntryChange<'_>> {
        Some(match self.tag.as_str() {
            "file" => EntryChange::File {
                size: self.size?,
                rev: self.rev.as_ref()?.as_str(),
                content_hash: self.content_hash.as_ref().map(|hash| hash.0),
            },
            "folder" => EntryChange::Folder,
            "deleted" => EntryChange::Deleted,
            _ => return None,
        })
    }
}

/// 64 hexadecimal digits on the wire.
struct ContentHash([u8; 32]);

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = Key::deserialize(deserializer)?;
        content_hash::from_digits(digits.as_str())
            .map(Self)
            .ok_or_else(|| de::Error::invalid_value(de::Unexpected::Str(digits.as_str()), &"64 hex digits"))
    }
}
