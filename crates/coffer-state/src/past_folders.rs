//! The folders of the tree as they were, as far as they have been looked into: those that are gone stand in it again, and those
//! that were not there yet are marked.

use coffer_model::{Listing, RemotePath, SinceThen};
use jiff::Timestamp;
use std::collections::HashMap;

/// How a folder of the tree differs from the moment that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FolderSince {
    /// It is there now as it was then, or nobody knows; so is every folder outside the past.
    #[default]
    Same,
    Deleted,
    /// It is elsewhere now, or has another name.
    Moved,
    /// It was not there then.
    New,
}

impl FolderSince {
    /// It was at this path then and is not there now.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Deleted | Self::Moved)
    }
}

#[derive(Default)]
pub(super) struct PastFolders {
    at: Option<Timestamp>,
    /// The folders that differ, by the folder in which they are.
    folders: HashMap<RemotePath, Vec<(RemotePath, FolderSince)>>,
}

impl PastFolders {
    /// A folder was listed as it was. Other moments are forgotten.
    pub(super) fn add(&mut self, folder: RemotePath, at: Timestamp, listing: &Listing) {
        let Some(past) = &listing.past else { return };
        if self.at.replace(at) != Some(at) {
            self.folders.clear();
        }
        let rows = listing.entries.iter().zip(&past.since).filter(|(entry, _)| entry.is_folder());
        let mut differing = Vec::new();
        for (entry, since) in rows {
            let since = match since {
                SinceThen::Deleted => FolderSince::Deleted,
                SinceThen::Moved(to) => {
                    // Where it is now it was not, unless another folder was.
                    if to.parent().as_ref() == Some(&folder) && listing.row_of(to).is_none() {
                        differing.push((to.clone(), FolderSince::New));
                    }
                    FolderSince::Moved
                }
                SinceThen::Added => FolderSince::New,
                _ => continue,
            };
            differing.push((entry.path.clone(), since));
        }
        self.folders.insert(folder, differing);
    }

    /// The folders in `folder`, of which `now` are there now, with those that are gone between them.
    pub(super) fn children(
        &self,
        folder: &RemotePath,
        now: Option<&Vec<RemotePath>>,
    ) -> Vec<(RemotePath, FolderSince)> {
        let now = now.into_iter().flatten().map(|path| (path.clone(), FolderSince::Same));
        let Some(differing) = self.folders.get(folder) else { return now.collect() };
        let since: HashMap<&RemotePath, FolderSince> =
            differing.iter().map(|(path, since)| (path, *since)).collect();
        let mut children: Vec<(RemotePath, FolderSince)> = now
            .map(|(path, same)| {
                let since = since.get(&path).copied().filter(|since| *since == FolderSince::New);
                (path, since.unwrap_or(same))
            })
            .collect();
        for (path, since) in differing.iter().filter(|(_, since)| since.is_gone()) {
            // Another folder may have its path now.
            if children.iter().all(|(child, _)| child != path) {
                let place = children.partition_point(|(child, _)| child.lower() < path.lower());
                children.insert(place, (path.clone(), *since));
            }
        }
        children
    }

    pub(super) fn has_gone_in(&self, folder: &RemotePath) -> bool {
        let differing = self.folders.get(folder);
        differing.is_some_and(|folders| folders.iter().any(|(_, since)| since.is_gone()))
    }
}
