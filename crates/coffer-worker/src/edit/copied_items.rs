//! What a copy that goes on finds in the folder of the copy. There may be very many items, so of each only hashes are
//! kept.

use super::relocation_item::Item;
use super::subtree::visit_folder;
use crate::error::ServiceError;
use crate::history::ItemState;
use crate::service::Service;
use coffer_model::{Entry, RemotePath};
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};

/// What has the name of an item that is to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameInCopy {
    Free,
    /// A file with the same content, in this state.
    SameFile(ItemState),
    /// A folder, as the item is one.
    Folder,
    Another,
}

/// By the hash of the path, the hash of the content (none: a folder) and the state.
#[derive(Default)]
pub(super) struct CopiedItems(HashMap<u64, (Option<u64>, ItemState)>);

impl CopiedItems {
    pub(super) async fn list(service: &Service, folder: &RemotePath) -> Result<Self, ServiceError> {
        let mut items = HashMap::new();
        visit_folder(service, folder, |entry| {
            items.insert(hash_of(&entry.path), (content(&entry), ItemState::new(&entry)));
        })
        .await?;
        Ok(Self(items))
    }

    pub(super) fn name_of(&self, (entry, to): &Item) -> NameInCopy {
        match self.0.get(&hash_of(to)) {
            None => NameInCopy::Free,
            Some((existing, _)) if *existing != content(entry) => NameInCopy::Another,
            Some((None, _)) => NameInCopy::Folder,
            Some((Some(_), state)) => NameInCopy::SameFile(*state),
        }
    }
}

/// A file whose content the service does not tell is like no other one.
fn content(entry: &Entry) -> Option<u64> {
    entry.file().map(|file| match &file.content_hash {
        Some(hash) => hash_of(hash),
        None => hash_of(&file.id),
    })
}

fn hash_of(value: &(impl Hash + ?Sized)) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}
