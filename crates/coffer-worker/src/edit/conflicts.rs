//! What has the names that a move or copy needs: for files both sides, and for folders also which files in them have
//! the same names. It changes nothing; what is decided about it is carried out in `decided`.

use super::existing::existing;
use super::relocation_item::{Item, about};
use super::{Done, Editor, list_subtree};
use crate::error::ServiceError;
use coffer_model::{Entry, ProblemKind, Relocation, RelocationConflict, RemotePath};
use coffer_texts::tr;
use std::collections::HashMap;

/// The conflicts of items whose names are taken, in their order; each folder is followed by what is in conflict in it.
pub(super) async fn find(editor: &Editor<'_>, kind: Relocation, taken: Vec<Item>) -> Done {
    let mut done = Done::default();
    let targets: Vec<RemotePath> = taken.iter().map(|(_, target)| target.clone()).collect();
    // Whoever has cancelled it is asked nothing.
    let Ok(found) = existing(editor, &targets).await else { return done };
    for (item, existing) in taken.into_iter().zip(found) {
        match existing {
            Ok(Some(existing)) => add(editor, kind, item, existing, &mut done).await,
            // It has gone meanwhile; another try will do.
            Ok(None) => done
                .failed
                .push(about(kind, &item).because(ProblemKind::Changed, tr!("why-name-taken-just-now"))),
            Err(error) => done.failed.push(about(kind, &item).call(&error)),
        }
    }
    done
}

async fn add(editor: &Editor<'_>, kind: Relocation, item: Item, existing: Entry, done: &mut Done) {
    let (entry, target) = item;
    let conflict = RelocationConflict { entry, target, existing, decision: None };
    let inner = if conflict.is_merge() && conflict.can_replace() {
        inner_conflicts(editor, &conflict).await
    } else {
        Ok(Vec::new())
    };
    match inner {
        Ok(inner) => {
            done.conflicts.push(conflict);
            done.conflicts.extend(inner);
        }
        Err(error) => done.failed.push(about(kind, &(conflict.entry, conflict.target)).call(&error)),
    }
}

/// What has the same name in both folders, and would need a decision if they were merged.
async fn inner_conflicts(
    editor: &Editor<'_>,
    folders: &RelocationConflict,
) -> Result<Vec<RelocationConflict>, ServiceError> {
    let paired = FolderPair::list(editor, folders).await?;
    let conflicts = paired.conflicts.into_iter();
    Ok(conflicts
        .map(|((entry, target), existing)| RelocationConflict { entry, target, existing, decision: None })
        .collect())
}

/// Two folders as they are merged: which items find their name free, which don't, and which folders are in both.
#[derive(Default)]
pub(super) struct FolderPair {
    /// A folder that is not there is here as a whole, without what is in it.
    pub free: Vec<Item>,
    /// With what has the name.
    pub conflicts: Vec<(Item, Entry)>,
    /// The folders that are merged, the outermost first.
    pub merged: Vec<RemotePath>,
}

impl FolderPair {
    /// Lists both folders of a conflict as they are now.
    pub(super) async fn list(
        editor: &Editor<'_>,
        folders: &RelocationConflict,
    ) -> Result<Self, ServiceError> {
        let service = &editor.service();
        let (from, into) = (&folders.entry.path, &folders.existing.path);
        let mut ours = list_subtree(service, from).await?.entries;
        let theirs = list_subtree(service, into).await?.entries;
        ours.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self::new(from, into, ours, theirs))
    }

    /// `ours` are sorted by their paths, so that a folder comes before what is in it.
    fn new(from: &RemotePath, into: &RemotePath, ours: Vec<Entry>, theirs: Vec<Entry>) -> Self {
        let theirs: HashMap<RemotePath, Entry> =
            theirs.into_iter().map(|entry| (entry.path.clone(), entry)).collect();
        let mut pair = Self { merged: vec![from.clone()], ..Self::default() };
        // What is in a folder goes where that goes, unless the folder is merged.
        let mut whole: Option<RemotePath> = None;
        for entry in ours.into_iter().filter(|entry| entry.path != *from) {
            if whole.as_ref().is_some_and(|folder| folder.contains(&entry.path)) {
                continue;
            }
            let Some(target) = entry.path.moved(from, into) else { continue };
            let existing = theirs.get(&target);
            if existing.is_some_and(Entry::is_folder) && entry.is_folder() {
                pair.merged.push(entry.path);
                continue;
            }
            if entry.is_folder() {
                whole = Some(entry.path.clone());
            }
            match existing {
                Some(existing) => pair.conflicts.push(((entry, target), existing.clone())),
                None => pair.free.push((entry, target)),
            }
        }
        pair
    }
}

#[cfg(test)]
mod tests {
    use super::FolderPair;
    use coffer_model::entry::File;
    use coffer_model::{Entry, EntryKind, RemotePath, Rev};
    use jiff::Timestamp;

    fn entries(paths: &[&str]) -> Vec<Entry> {
        let entry = |path: &&str| {
            let kind = if path.ends_with('/') {
                EntryKind::Folder { id: (*path).into() }
            } else {
                EntryKind::File(File {
                    id: (*path).into(),
                    rev: Rev("abcdef123".into()),
                    size_bytes: 1,
                    client_modified: Timestamp::UNIX_EPOCH,
                    server_modified: Timestamp::UNIX_EPOCH,
                    content_hash: None,
                    access: coffer_model::ContentAccess::Download,
                })
            };
            Entry::new(RemotePath::new(path.trim_end_matches('/')), kind)
        };
        paths.iter().map(entry).collect()
    }

    #[test]
    fn folders_are_merged_item_by_item_and_new_folders_go_as_a_whole() {
        let ours = entries(&[
            "/A/T/",
            "/A/T/both/",
            "/A/T/both/deep.txt",
            "/A/T/both/same.txt",
            "/A/T/file or folder/",
            "/A/T/file or folder/x",
            "/A/T/new/",
            "/A/T/new/y",
            "/A/T/new.txt",
        ]);
        let theirs = entries(&[
            "/B/t/",
            "/B/t/BOTH/",
            "/B/t/BOTH/Same.txt",
            "/B/t/file or folder",
            "/B/t/new.txt elsewhere",
        ]);
        let pair = FolderPair::new(&RemotePath::new("/A/T"), &RemotePath::new("/B/t"), ours, theirs);
        let targets = |items: Vec<&(Entry, RemotePath)>| -> Vec<String> {
            items.into_iter().map(|(_, target)| target.to_string()).collect()
        };
        assert_eq!(targets(pair.free.iter().collect()), ["/B/t/both/deep.txt", "/B/t/new", "/B/t/new.txt"]);
        assert_eq!(
            targets(pair.conflicts.iter().map(|(item, _)| item).collect()),
            ["/B/t/both/same.txt", "/B/t/file or folder"]
        );
        assert_eq!(pair.merged, ["/A/T", "/A/T/both"].map(RemotePath::new));
    }
}
