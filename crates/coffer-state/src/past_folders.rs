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
    /// It was at this path then and is not there now.
    Gone,
    /// It was not there then.
    New,
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
        let differing = rows.filter_map(|(entry, since)| {
            let since = match since {
                SinceThen::Deleted | SinceThen::Moved(_) => FolderSince::Gone,
                SinceThen::Added => FolderSince::New,
                _ => return None,
            };
            Some((entry.path.clone(), since))
        });
        self.folders.insert(folder, differing.collect());
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
        for (path, since) in differing.iter().filter(|(_, since)| *since == FolderSince::Gone) {
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
        differing.is_some_and(|folders| folders.iter().any(|(_, since)| *since == FolderSince::Gone))
    }
}
