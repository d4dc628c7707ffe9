//! The items that an edit has made, to tell later whether a folder holds anything else. There may be very many, so of each
//! only a hash is kept: 8 bytes.

use coffer_model::{Entry, EntryKind};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

/// Tells whether an item is still as it was made: the hash of a file’s revision, which no other file has, or of a
/// folder’s id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ItemState(u64);

impl ItemState {
    pub(crate) fn new(entry: &Entry) -> Self {
        let (kind, state) = match &entry.kind {
            EntryKind::File(file) => (0, &*file.rev.0),
            EntryKind::Folder { id } => (1, &**id),
            EntryKind::Deleted(_) => (2, ""),
        };
        // It is kept on disk, so it is the same in every version of the program.
        let digest = Sha256::new().chain_update([kind]).chain_update(state).finalize();
        Self(digest.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte)))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MadeItems(HashSet<ItemState>);

impl MadeItems {
    pub(crate) fn insert(&mut self, entry: &Entry) {
        self.insert_state(ItemState::new(entry));
    }

    pub(crate) fn insert_state(&mut self, state: ItemState) {
        self.0.insert(state);
    }

    /// As they are on disk.
    pub(crate) fn hashes(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|state| state.0)
    }

    pub(crate) fn from_hashes(hashes: impl IntoIterator<Item = u64>) -> Self {
        Self(hashes.into_iter().map(ItemState).collect())
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether an item is there as it was made.
    pub(crate) fn contains(&self, entry: &Entry) -> bool {
        self.0.contains(&ItemState::new(entry))
    }
}

impl<'a> FromIterator<&'a Entry> for MadeItems {
    fn from_iter<T: IntoIterator<Item = &'a Entry>>(entries: T) -> Self {
        Self(entries.into_iter().map(ItemState::new).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::MadeItems;
    use coffer_model::entry::{ContentAccess, File};
    use coffer_model::{DeletedKind, Entry, EntryKind, RemotePath, Rev};
    use jiff::Timestamp;

    fn file(path: &str, rev: &str) -> Entry {
        let kind = EntryKind::File(File {
            id: "id:file".into(),
            rev: Rev(rev.into()),
            size_bytes: 1,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: None,
            access: ContentAccess::Download,
        });
        Entry::new(RemotePath::new(path), kind)
    }

    fn folder(id: &str) -> Entry {
        Entry::new(RemotePath::new("/F"), EntryKind::Folder { id: id.into() })
    }

    #[test]
    fn an_item_is_known_by_its_revision_or_id_wherever_it_is() {
        let made: MadeItems = [file("/a", "123456789"), folder("id:1")].iter().collect();
        assert!(made.contains(&file("/elsewhere", "123456789")) && made.contains(&folder("id:1")));
        assert!(!made.contains(&file("/a", "12345678a")), "it was changed");
        assert!(!made.contains(&folder("id:2")), "another folder has its name");
        assert!(!made.contains(&folder("123456789")), "a folder is no file");
        let deleted = EntryKind::Deleted(DeletedKind::Unknown);
        assert!(!made.contains(&Entry::new(RemotePath::new("/a"), deleted)));
    }
}
