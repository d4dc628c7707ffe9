//! Works out what was in a folder at a moment, and what is still to be asked for that.
//!
//! The service keeps the versions that were at a path, each with the moment at which it came, and when the last one was
//! deleted. It does not keep moves, earlier deletions, or when a folder was made. The index knows those that it has seen.
//! From both follows:
//!
//! - A file that is there now and has its version since before the moment was there, where the log of moves puts it.
//! - Otherwise its newest version of before the moment counts; there is none if it came later.
//! - A deleted file was there until it was deleted. When a file was taken away that was at the path before, only the log can
//!   tell; between the last version of the one and the first of the other nobody knows.
//! - Between two versions of one file it was there, unless the log has seen it deleted: the service does not tell a restore
//!   from an edit.
//! - A folder was there if anything was in it, or if the log goes back that far.
//!
//! While nobody followed the account, several changes of an item look like one. At a moment in such a time, and before the log
//! began, something that was moved or deleted may be left out.

use super::evidence::{Evidence, FileVersion, Question, VersionList};
use super::moves::{Last, Moves, PlaceThen, PresenceThen};
use coffer_model::{Entry, EntryKind, File, RemotePath, SinceThen};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// A folder with everything below it, as it was.
#[derive(Debug, Default)]
pub(crate) struct PastTree {
    /// Where the folder was.
    pub folder: RemotePath,
    /// By their paths of then in lower case, each folder before what is in it.
    pub items: BTreeMap<Arc<str>, PastItem>,
    /// What is still to be asked.
    pub missing: BTreeSet<Question>,
    /// The index has seen everything that happened at that moment and later. Else something that was moved or deleted may be left out.
    pub is_observed: bool,
}

/// An item of then, or one that came since at the place where it would have been.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PastItem {
    /// The path of then.
    pub path: RemotePath,
    pub kind: EntryKind,
    pub since: SinceThen,
}

/// What a file was, once its place is known.
enum FileThen {
    Was(File),
    /// It was this, and the service does not keep the content any more.
    NotKept(File),
    /// It was there, in a version that can't be told.
    SomeVersion,
    NotThere,
    Unknown,
    Pending,
}

/// A file that seems to have been at a path.
struct Claim {
    item: PastItem,
    id: Arc<str>,
    /// Until when it was there, where that is known.
    until: Option<Timestamp>,
}

struct Reconstruction<'a> {
    evidence: &'a Evidence,
    at: Timestamp,
    moves: Moves<'a>,
    /// Nothing is left out of the log at that moment or later.
    is_observed: bool,
    /// What is there now, by id and by path.
    by_id: HashMap<&'a str, &'a Entry>,
    by_path: HashMap<&'a str, &'a Entry>,
    /// Where the folder was.
    folder_then: RemotePath,
    claims: Vec<Claim>,
    /// The ids of all files of which is known where they were.
    known: HashSet<Arc<str>>,
    /// Items that are there now and were not, or of which it is not known.
    newer: Vec<PastItem>,
    missing: BTreeSet<Question>,
}

/// What was in the folder of the evidence at a moment, as far as is known.
pub(crate) fn reconstruct(evidence: &Evidence, at: Timestamp) -> PastTree {
    let moves = Moves::new(&evidence.log, at);
    let folder_then = moves.folder_then(&evidence.folder, Last::Present).path;
    let mut work = Reconstruction {
        evidence,
        at,
        moves,
        is_observed: evidence.is_observed(at),
        by_id: evidence.present.iter().map(|entry| (entry.id(), entry)).collect(),
        by_path: evidence.present.iter().map(|entry| (&**entry.path.lower(), entry)).collect(),
        folder_then,
        claims: Vec::new(),
        known: HashSet::new(),
        newer: Vec::new(),
        missing: BTreeSet::new(),
    };
    work.present_files();
    work.deleted_files();
    work.earlier_files();
    let items = work.place_files();
    work.add_folders(items)
}

impl<'a> Reconstruction<'a> {
    fn present_files(&mut self) {
        let evidence = self.evidence;
        for entry in &evidence.present {
            let Some(file) = entry.file() else { continue };
            let place = self.moves.file_then(&entry.path, &file.id, Last::Present);
            let then = self.file_then(&entry.path, &place, &file.id, Some(file));
            let since = match &then {
                FileThen::Was(_) if place.path != entry.path => SinceThen::Moved(entry.path.clone()),
                FileThen::Was(then) if then.rev == file.rev => SinceThen::Unchanged,
                FileThen::Was(_) => SinceThen::Changed,
                FileThen::NotKept(_) => SinceThen::NotKept,
                FileThen::SomeVersion => SinceThen::VersionUnknown,
                FileThen::Pending => SinceThen::Pending,
                FileThen::NotThere => {
                    self.add_newer(entry, SinceThen::Added);
                    continue;
                }
                FileThen::Unknown => {
                    self.add_newer(entry, SinceThen::Unknown);
                    continue;
                }
            };
            let file = match then {
                FileThen::Was(then) | FileThen::NotKept(then) => then,
                _ => file.clone(),
            };
            self.claim(place.path, file, since, None);
        }
    }

    fn deleted_files(&mut self) {
        let evidence = self.evidence;
        for path in &evidence.deleted {
            // Where the log leaves nothing out, everything else was deleted before.
            if self.is_observed && !self.moves.was_deleted(path) {
                continue;
            }
            let Some(list) = self.list(&Question::AtPath(path.clone())) else { continue };
            let (Some(newest), Some(deleted)) = (list.versions.first(), list.deleted) else { continue };
            if deleted > self.at {
                self.add_deleted(path, newest, Last::Until(deleted), Some(deleted));
            }
        }
        let unread: HashSet<&RemotePath> = evidence
            .deleted
            .iter()
            .filter(|path| !evidence.versions.contains_key(&Question::AtPath((*path).clone())))
            .collect();
        // Those that the log has seen, whatever is at their paths now. Some will be known when the others are.
        let mut logged: Vec<(&str, &RemotePath)> = self.moves.deleted_files().collect();
        logged.sort();
        for (id, path) in logged {
            let place = self.moves.file_then(path, id, Last::Gone);
            let is_inside =
                place.presence != PresenceThen::NotThere && self.folder_then.contains(&place.path);
            if self.is_known(id) || unread.contains(path) || !is_inside {
                continue;
            }
            // Of the file itself: other files may have been at its path since.
            if let Some(list) = self.list(&Question::OfFile(id.into()))
                && let Some(newest) = list.versions.iter().find(|version| *version.file.id == *id)
            {
                self.add_deleted(path, newest, Last::Gone, None);
            }
        }
    }

    /// Files that were at a path before the one that is or was there last, and of which the log says nothing.
    fn earlier_files(&mut self) {
        if self.is_observed {
            return;
        }
        let evidence = self.evidence;
        let mut questions: Vec<&Question> = evidence.versions.keys().collect();
        questions.sort();
        for question in questions {
            let Question::AtPath(path) = question else { continue };
            let list = &evidence.versions[question];
            let mut gone = list.deleted.unwrap_or(Timestamp::MAX);
            for run in list.versions.chunk_by(|newer, older| newer.file.id == older.file.id) {
                let came = run.last().map_or(gone, |version| version.file.server_modified);
                let gone = std::mem::replace(&mut gone, came);
                let newest = &run[0].file;
                let place = self.moves.folder_then(path, Last::Present);
                let version = run.iter().find(|version| version.file.server_modified <= self.at);
                if let Some(version) = version
                    && self.at < gone
                    && !self.is_known(&newest.id)
                    && self.folder_then.contains(&place.path)
                {
                    let is_certain =
                        self.at <= newest.server_modified && place.presence == PresenceThen::There;
                    let since = match (is_certain, version.is_kept) {
                        (true, true) => SinceThen::Deleted,
                        (true, false) => SinceThen::NotKept,
                        (false, _) => SinceThen::Unknown,
                    };
                    self.claim(place.path, version.file.clone(), since, Some(gone));
                }
            }
        }
    }

    /// Whether something is known of a file already.
    fn is_known(&self, id: &str) -> bool {
        self.by_id.contains_key(id) || self.known.contains(id)
    }

    /// A file that was at `path` last, and is not any more.
    fn add_deleted(
        &mut self,
        path: &RemotePath,
        version: &FileVersion,
        last: Last,
        until: Option<Timestamp>,
    ) {
        let place = self.moves.file_then(&version.path, &version.file.id, last);
        let (file, since) = match self.file_then(path, &place, &version.file.id, None) {
            FileThen::Was(file) => (file, SinceThen::Deleted),
            FileThen::NotKept(file) => (file, SinceThen::NotKept),
            FileThen::SomeVersion => (version.file.clone(), SinceThen::VersionUnknown),
            FileThen::Unknown => (version.file.clone(), SinceThen::Unknown),
            FileThen::Pending => (version.file.clone(), SinceThen::Pending),
            FileThen::NotThere => return,
        };
        self.claim(place.path, file, since, until);
    }

    /// What a file was that is at `path` now, or was there last, and whose place of then is known.
    fn file_then(
        &mut self,
        path: &RemotePath,
        place: &PlaceThen,
        id: &Arc<str>,
        now: Option<&File>,
    ) -> FileThen {
        if place.presence == PresenceThen::NotThere || !self.folder_then.contains(&place.path) {
            return FileThen::NotThere;
        }
        let found = |file: &File, is_kept| match place.presence {
            PresenceThen::There if is_kept => FileThen::Was(file.clone()),
            PresenceThen::There => FileThen::NotKept(file.clone()),
            _ => FileThen::Unknown,
        };
        if let Some(now) = now
            && now.server_modified <= self.at
        {
            return found(now, true);
        }
        // The versions of a path are those that were there; a file that was moved had others elsewhere.
        let of_file = Question::OfFile(Arc::clone(id));
        let question = if *path == place.path && !self.evidence.versions.contains_key(&of_file) {
            Question::AtPath(path.clone())
        } else {
            of_file
        };
        let Some(list) = self.list(&question) else { return FileThen::Pending };
        let mut versions = list.versions.iter().filter(|version| version.file.id == *id).peekable();
        let came_later = versions.peek().is_some_and(|newest| newest.file.server_modified > self.at);
        let version = versions.find(|version| version.file.server_modified <= self.at);
        // It was restored and deleted again later, faster than the log could hear.
        let gone = self.moves.deleted_before(id).filter(|_| now.is_none() && came_later);
        if let (Some(gone), Some(version)) = (gone, version)
            && version.file.server_modified <= gone
        {
            return FileThen::NotThere;
        }
        match version {
            Some(version) => found(&version.file, version.is_kept),
            None if list.is_complete => FileThen::NotThere,
            None if matches!(question, Question::OfFile(_)) => FileThen::SomeVersion,
            None => {
                self.missing.insert(question);
                FileThen::Pending
            }
        }
    }

    fn list(&mut self, question: &Question) -> Option<&'a VersionList> {
        let list = self.evidence.versions.get(question);
        if list.is_none() {
            self.missing.insert(question.clone());
        }
        list.map(AsRef::as_ref)
    }

    fn claim(&mut self, path: RemotePath, file: File, since: SinceThen, until: Option<Timestamp>) {
        let id = Arc::clone(&file.id);
        self.known.insert(Arc::clone(&id));
        let item = PastItem { path, kind: EntryKind::File(file), since };
        self.claims.push(Claim { item, id, until });
    }

    /// Something that is there now is shown where its folder was.
    fn add_newer(&mut self, entry: &Entry, since: SinceThen) {
        if !self.evidence.folder.contains(&entry.path) {
            return;
        }
        let path = self.moves.folder_then(&entry.path, Last::Present).path;
        let path = if self.folder_then.contains(&path) { path } else { entry.path.clone() };
        self.newer.push(PastItem { path, kind: entry.kind.clone(), since });
    }

    /// One file a path, and one path a file.
    fn place_files(&mut self) -> BTreeMap<Arc<str>, PastItem> {
        let mut claims = std::mem::take(&mut self.claims);
        // What is certain first; then what was there for the shortest time after the moment.
        claims.sort_by_key(|claim| {
            (claim.item.since == SinceThen::Unknown, claim.until.is_none(), claim.until)
        });
        let mut items: BTreeMap<Arc<str>, PastItem> = BTreeMap::new();
        let mut ids: HashSet<Arc<str>> = HashSet::new();
        for claim in claims {
            if !ids.insert(claim.id) {
                continue;
            }
            let mut item = claim.item;
            // Another file is at its path now.
            if item.since == SinceThen::Deleted && self.by_path.contains_key(&**item.path.lower()) {
                item.since = SinceThen::Changed;
            }
            items.entry(Arc::clone(item.path.lower())).or_insert(item);
        }
        for item in std::mem::take(&mut self.newer) {
            items.entry(Arc::clone(item.path.lower())).or_insert(item);
        }
        items
    }

    fn is_folder_now(&self, path: &RemotePath) -> bool {
        self.by_path.get(&**path.lower()).is_some_and(|entry| entry.is_folder())
    }

    fn add_folders(self, mut items: BTreeMap<Arc<str>, PastItem>) -> PastTree {
        // Whatever was in a folder shows that it was there.
        let mut with_items: BTreeMap<Arc<str>, RemotePath> = BTreeMap::new();
        let was_there = |item: &PastItem| {
            !matches!(item.since, SinceThen::Added | SinceThen::Unknown | SinceThen::Pending)
        };
        for item in items.values().filter(|item| was_there(item)) {
            let mut parent = item.path.parent();
            while let Some(folder) = parent {
                if folder == self.folder_then
                    || !self.folder_then.contains(&folder)
                    || with_items.insert(Arc::clone(folder.lower()), folder.clone()).is_some()
                {
                    break;
                }
                parent = folder.parent();
            }
        }
        let mut folders: Vec<PastItem> = Vec::new();
        for entry in self.evidence.present.iter().filter(|entry| entry.is_folder()) {
            let place = self.moves.folder_then(&entry.path, Last::Present);
            let is_inside = self.folder_then.contains(&place.path) && place.path != self.folder_then;
            if !is_inside {
                continue;
            }
            let since = match self.moves.had_folder(entry.id(), self.is_observed) {
                PresenceThen::NotThere => SinceThen::Added,
                _ if place.presence == PresenceThen::Unknown => SinceThen::Unknown,
                _ if place.path != entry.path => SinceThen::Moved(entry.path.clone()),
                PresenceThen::There => SinceThen::Unchanged,
                PresenceThen::Unknown if with_items.contains_key(place.path.lower()) => SinceThen::Unchanged,
                PresenceThen::Unknown => SinceThen::Unknown,
            };
            folders.push(PastItem { path: place.path, kind: entry.kind.clone(), since });
        }
        let folder_kind = |id: &str| EntryKind::Folder { id: id.into() };
        for change in self.moves.deleted_folders() {
            let place = self.moves.folder_then(&change.path, Last::Until(change.seen));
            if !self.folder_then.contains(&place.path) || place.path == self.folder_then {
                continue;
            }
            // It was there until it was deleted, which the log has seen.
            let since = match self.moves.had_folder(&change.id, true) {
                PresenceThen::NotThere => continue,
                _ if self.at > change.after => SinceThen::Unknown,
                PresenceThen::There if self.is_folder_now(&place.path) => SinceThen::Unchanged,
                PresenceThen::There if place.presence == PresenceThen::There => SinceThen::Deleted,
                _ => SinceThen::Unknown,
            };
            folders.push(PastItem { path: place.path, kind: folder_kind(&change.id), since });
        }
        for path in &self.evidence.deleted {
            let is_folder = self
                .evidence
                .versions
                .get(&Question::AtPath(path.clone()))
                .is_some_and(|list| list.versions.is_empty());
            // The log tells of those that it has seen.
            let path = self.moves.folder_then(path, Last::Present).path;
            if is_folder && !self.is_observed && self.folder_then.contains(&path) {
                folders.push(PastItem { path, kind: folder_kind(""), since: SinceThen::Unknown });
            }
        }
        for path in std::mem::take(&mut with_items).into_values() {
            // Only known by what was in it.
            let is_folder_now = self.is_folder_now(&path);
            let since = if is_folder_now { SinceThen::Unchanged } else { SinceThen::Deleted };
            folders.push(PastItem { path, kind: folder_kind(""), since });
        }
        // A folder that was there goes before one that may have been.
        folders.sort_by_key(|folder| match folder.since {
            SinceThen::Unchanged | SinceThen::Moved(_) => 0,
            SinceThen::Deleted => 1,
            SinceThen::Unknown => 2,
            _ => 3,
        });
        for folder in folders {
            let taken = items.get(folder.path.lower());
            let gives_way = |item: &PastItem| {
                matches!(item.since, SinceThen::Added | SinceThen::Unknown)
                    && !matches!(folder.since, SinceThen::Added | SinceThen::Unknown)
            };
            if taken.is_none_or(gives_way) {
                items.insert(Arc::clone(folder.path.lower()), folder);
            }
        }
        PastTree { folder: self.folder_then, items, missing: self.missing, is_observed: self.is_observed }
    }
}
