//! Where an item was at a moment, by what the index has logged since: moves, deletions, and what came anew.

use coffer_index::{PathChange, PathChanges};
use coffer_model::{ChangeKind, RemotePath};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The logged changes, ready to be asked about a moment. The latest come first.
pub(super) struct Moves<'a> {
    at: Timestamp,
    /// All moves of folders, with their place in the log.
    moved_folders: Vec<(usize, &'a PathChange)>,
    /// Deletions of folders since the moment.
    deleted_folders: Vec<&'a PathChange>,
    /// Where anything was deleted, whenever: the service tells when, and its clock may go otherwise.
    deleted: HashSet<&'a str>,
    /// Folders that came since the moment, by their ids.
    added_folders: HashMap<&'a str, &'a PathChange>,
    /// All changes of files, by their ids.
    files: HashMap<&'a str, Vec<(usize, &'a PathChange)>>,
}

/// From where to go back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Last {
    /// It is there now.
    Present,
    /// It was there until this moment.
    Until(Timestamp),
    /// It was there, and is not any more.
    Gone,
}

/// Where an item was.
#[derive(Debug, PartialEq)]
pub(super) struct PlaceThen {
    pub path: RemotePath,
    pub presence: PresenceThen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PresenceThen {
    There,
    NotThere,
    /// It came, went or was moved at about that moment.
    Unknown,
}

impl<'a> Moves<'a> {
    pub(super) fn new(log: &'a PathChanges, at: Timestamp) -> Self {
        let mut moves = Self {
            at,
            moved_folders: Vec::new(),
            deleted_folders: Vec::new(),
            deleted: HashSet::new(),
            added_folders: HashMap::new(),
            files: HashMap::new(),
        };
        for (number, change) in log.changes.iter().enumerate() {
            let is_later = change.seen > at;
            if change.kind == ChangeKind::Deleted {
                moves.deleted.insert(change.path.lower());
            }
            match (change.kind, change.is_folder) {
                (_, false) => moves.files.entry(&change.id).or_default().push((number, change)),
                (ChangeKind::Moved, true) => moves.moved_folders.push((number, change)),
                (ChangeKind::Deleted, true) if is_later => moves.deleted_folders.push(change),
                (ChangeKind::Added, true) if is_later => {
                    moves.added_folders.insert(&change.id, change);
                }
                _ => {}
            }
        }
        // What was heard of together is told in any order: a file that is there again was deleted before.
        for changes in moves.files.values_mut() {
            changes.sort_by_key(|(_, change)| (Reverse(change.seen), change.kind == ChangeKind::Deleted));
        }
        moves
    }

    /// Where a file was that is or was at `path` last.
    pub(super) fn file_then(&self, path: &RemotePath, id: &str, last: Last) -> PlaceThen {
        self.walk_back(path, self.files.get(id).map_or(&[][..], Vec::as_slice), last)
    }

    /// Where a folder was, or the place of something that came later.
    pub(super) fn folder_then(&self, path: &RemotePath, last: Last) -> PlaceThen {
        self.walk_back(path, &[], last)
    }

    /// `own` are the changes of the item itself.
    fn walk_back(&self, path: &RemotePath, own: &[(usize, &PathChange)], last: Last) -> PlaceThen {
        let mut place = PlaceThen { path: path.clone(), presence: PresenceThen::There };
        if matches!(last, Last::Gone) {
            place.presence = PresenceThen::NotThere;
        }
        let is_later = |(_, change): &&(usize, &PathChange)| change.seen > self.at;
        let mut own = own.iter().take_while(is_later).peekable();
        let mut folders = self.moved_folders.iter().take_while(is_later).peekable();
        loop {
            let own_first = match (own.peek(), folders.peek()) {
                (None, None) => return place,
                (Some(own), Some(folder)) => own.0 < folder.0,
                (own, _) => own.is_some(),
            };
            let next = if own_first { own.next() } else { folders.next() };
            let Some((_, change)) = next else { return place };
            if matches!(last, Last::Until(until) if change.after >= until) {
                continue;
            }
            let is_there = place.presence == PresenceThen::There;
            let before = match (change.kind, &change.old_path) {
                (ChangeKind::Moved, Some(old_path)) if is_there => {
                    let Some(before) = place.path.moved(&change.path, old_path) else { continue };
                    (before, PresenceThen::There)
                }
                (ChangeKind::Added, _) if is_there && change.path == place.path => {
                    (place.path.clone(), PresenceThen::NotThere)
                }
                // Wherever it was seen later, without anybody having heard how it came there.
                (ChangeKind::Deleted, _) => (change.path.clone(), PresenceThen::There),
                _ => continue,
            };
            if (&before.0, before.1) == (&place.path, place.presence) {
                // Only its case has changed.
                continue;
            }
            if self.at > change.after {
                place.presence = PresenceThen::Unknown;
                return place;
            }
            (place.path, place.presence) = before;
        }
    }

    /// Files that were deleted since, by their ids, and where the last time.
    pub(super) fn deleted_files(&self) -> impl Iterator<Item = (&'a str, &'a RemotePath)> {
        self.files.iter().filter_map(|(id, changes)| {
            let mut since = changes.iter().take_while(|(_, change)| change.seen > self.at);
            let (_, deletion) = since.find(|(_, change)| change.kind == ChangeKind::Deleted)?;
            Some((*id, &deletion.path))
        })
    }

    /// When a file was deleted of which the log has heard nothing since, if that was before the moment.
    pub(super) fn deleted_before(&self, id: &str) -> Option<Timestamp> {
        let (_, latest) = self.files.get(id)?.first()?;
        (latest.kind == ChangeKind::Deleted && latest.seen <= self.at).then_some(latest.seen)
    }

    /// Whether a folder that is or was there was there then; `is_observed`: nothing is left out of the log.
    pub(super) fn had_folder(&self, id: &str, is_observed: bool) -> PresenceThen {
        match self.added_folders.get(id) {
            _ if id.is_empty() => PresenceThen::Unknown,
            Some(added) if added.after >= self.at => PresenceThen::NotThere,
            None if is_observed => PresenceThen::There,
            Some(_) | None => PresenceThen::Unknown,
        }
    }

    /// Whether the log has seen something deleted at a path or around it.
    pub(super) fn was_deleted(&self, path: &RemotePath) -> bool {
        path.lineage().iter().any(|path| self.deleted.contains(&**path.lower()))
    }

    /// Folders that were deleted since.
    pub(super) fn deleted_folders(&self) -> impl Iterator<Item = &'a PathChange> {
        self.deleted_folders.iter().copied()
    }
}
