//! Deleted items: what each was when it was deleted, and what was deleted together.
//!
//! The service lists deleted paths without kind or time. What it tells of a path on request are the revisions of files
//! that were there, and when the newest of them was deleted. From both follows:
//!
//! - A path at which no file ever was had a folder. Where a file was and other items below it were deleted, the later of
//!   both was there last: a file and a folder can't have one path at the same time. Only an empty folder that took the
//!   place of a deleted file can't be seen; then the file counts, because it has content.
//! - What was deleted with a folder was deleted at the same moment. Empty folders in it have no time and count as deleted
//!   with it, because an empty folder too many does no harm.
//!
//! The log of the index knows more of what was deleted while it was kept: the kind, the size, and between which two moments.

use crate::convert;
use crate::error::{Classify, ServiceError};
use crate::past::VersionList;
use crate::service::Service;
use coffer_index::PathChange;
use coffer_model::{ChangeKind, DeletedKind, Entry, EntryKind, File, LastVersion, ProblemKind, RemotePath};
use dropbox_protocol::files::{FileMetadata, LIST_REVISIONS, ListRevisionsArg};
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound;
use std::sync::Arc;

const AT_ONCE: usize = 6;
/// The longest pause in seconds within one deletion: the service tells whole seconds, and a program that deletes a large
/// folder file by file takes a while.
const LONGEST_PAUSE: i64 = 2;

/// What the service tells of a deleted path on request.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeletedState {
    /// The newest file that was there.
    file: Option<Arc<File>>,
    deleted: Option<Timestamp>,
}

impl DeletedState {
    pub(crate) async fn ask(service: &Service, path: &RemotePath) -> Result<Self, ServiceError> {
        let arg = ListRevisionsArg { limit: 1, ..ListRevisionsArg::new(path.as_str()) };
        match service.rpc(&LIST_REVISIONS, &arg).await {
            Ok(result) => Ok(Self {
                file: result.entries.first().and_then(file_of),
                deleted: result.server_deleted.map(jiff::Timestamp::from),
            }),
            Err(error) if matches!(error.kind(), ProblemKind::NotAFile | ProblemKind::NotFound) => {
                Ok(Self::default())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The same, from a list of all its versions.
    pub(super) fn from_versions(list: &VersionList) -> Self {
        let newest = list.versions.first();
        Self { file: newest.map(|version| Arc::new(version.file.clone())), deleted: list.deleted }
    }

    pub(crate) fn file(&self) -> Option<&File> {
        self.file.as_deref()
    }

    /// Whether this was deleted after `file` was made. Within one second the revisions decide, which count up.
    fn is_later_than(&self, file: &File) -> bool {
        if let Some(deleted) = self.deleted
            && deleted != file.server_modified
        {
            return deleted > file.server_modified;
        }
        let order = |file: &File| (file.server_modified, file.rev.0.len(), Arc::clone(&file.rev.0));
        self.file().is_some_and(|own| order(own) > order(file))
    }
}

fn file_of(metadata: &FileMetadata) -> Option<Arc<File>> {
    match convert::file_entry(metadata, None).kind {
        EntryKind::File(file) => Some(Arc::new(file)),
        EntryKind::Folder { .. } | EntryKind::Deleted(_) => None,
    }
}

/// What the log of the index says of a deletion.
#[derive(Clone, Debug)]
pub(super) struct LoggedDeletion {
    is_folder: bool,
    /// It happened later than this, and not later than it was seen.
    pub after: Timestamp,
    pub seen: Timestamp,
    pub bytes: Option<u64>,
}

pub(super) struct DeletedItem {
    pub path: RemotePath,
    /// `None`: not asked for.
    state: Option<DeletedState>,
    pub logged: Option<LoggedDeletion>,
}

impl DeletedItem {
    pub(super) fn file(&self) -> Option<&File> {
        self.state.as_ref()?.file()
    }

    /// When the service says that it was deleted.
    pub(super) fn deleted(&self) -> Option<Timestamp> {
        self.state.as_ref()?.deleted
    }

    /// Whether it can have been deleted in the deletion of a folder around it, which began then.
    fn can_be_of(&self, folder: &Self, begin: Option<Timestamp>) -> bool {
        match (self.deleted(), &self.logged, &folder.logged) {
            (Some(deleted), _, logged) => {
                begin.is_none_or(|begin| deleted >= begin)
                    && logged.as_ref().is_none_or(|logged| deleted >= logged.after)
            }
            (None, Some(own), Some(logged)) => own.seen >= logged.seen,
            (None, ..) => true,
        }
    }
}

/// An item with what was deleted in the same deletion as it, if it is a folder.
pub(super) struct DeletedTop<'a> {
    pub item: &'a DeletedItem,
    pub contents: Vec<&'a DeletedItem>,
}

/// Deleted items by their paths in lower case; folders come before their contents.
#[derive(Default)]
pub(crate) struct DeletedTree {
    items: BTreeMap<Arc<str>, DeletedItem>,
}

impl DeletedTree {
    /// Adds a page of a listing. A later page may say that there is an item again.
    pub(crate) fn add(&mut self, entries: impl Iterator<Item = Entry>) {
        for entry in entries {
            let key = Arc::clone(entry.path.lower());
            if entry.is_deleted() {
                self.items.insert(key, DeletedItem { path: entry.path, state: None, logged: None });
            } else {
                self.items.remove(&key);
            }
        }
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &RemotePath> {
        self.items.values().map(|item| &item.path)
    }

    pub(super) fn set_state(&mut self, path: &RemotePath, state: DeletedState) {
        if let Some(item) = self.items.get_mut(path.lower()) {
            item.state = Some(state);
        }
    }

    /// Takes in what the log of the index says of the items; the latest comes first there. A folder that is gone because all
    /// that was in it is elsewhere was not deleted for the person.
    pub(super) fn set_log(&mut self, log: &[PathChange]) {
        let mut emptied = Vec::new();
        for change in log.iter().filter(|change| change.kind == ChangeKind::Deleted) {
            if let Some(item) = self.items.get_mut(change.path.lower()) {
                let PathChange { is_folder, after, seen, bytes, is_emptied, .. } = *change;
                if item.logged.is_none() && is_emptied {
                    emptied.push(Arc::clone(change.path.lower()));
                }
                item.logged.get_or_insert(LoggedDeletion { is_folder, after, seen, bytes });
            }
        }
        // The innermost first. What was deleted in one before keeps its folder.
        emptied.sort_unstable_by(|one, other| other.cmp(one));
        for folder in emptied {
            let start = format!("{folder}/");
            let mut below = self.items.range::<str, _>((Bound::Excluded(&*start), Bound::Unbounded));
            if below.next().is_none_or(|(path, _)| !path.starts_with(&start)) {
                self.items.remove(&folder);
            }
        }
    }

    /// The paths that are worth a question to the service, the most useful first: of each deletion one that tells its
    /// time, then all others.
    pub(super) fn questions(&self) -> Vec<RemotePath> {
        let mut first: Vec<RemotePath> = Vec::new();
        for top in self.tops() {
            let has_time = std::iter::once(top.item).chain(top.contents).any(|it| it.deleted().is_some());
            if !has_time {
                first.push(self.path_with_time(&top.item.path));
            }
        }
        let seen: HashSet<Arc<str>> = first.iter().map(|path| Arc::clone(path.lower())).collect();
        let unknown = self.items.iter().filter(|(key, item)| item.state.is_none() && !seen.contains(*key));
        first.retain(|path| self.items.get(path.lower()).is_some_and(|item| item.state.is_none()));
        first.extend(unknown.map(|(_, item)| item.path.clone()));
        first
    }

    /// Asks for the states of all items.
    pub(crate) async fn ask_all(&mut self, service: &Service) -> Result<(), ServiceError> {
        let paths: Vec<RemotePath> = self.items.values().map(|item| item.path.clone()).collect();
        let mut states = stream::iter(paths)
            .map(|path| async move {
                let state = DeletedState::ask(service, &path).await?;
                Ok::<_, ServiceError>((path, state))
            })
            .buffer_unordered(AT_ONCE);
        while let Some((path, state)) = states.try_next().await? {
            self.set_state(&path, state);
        }
        Ok(())
    }

    /// Everything: what was deleted with a folder below it.
    pub(super) fn tops(&self) -> Vec<DeletedTop<'_>> {
        let mut hidden: HashSet<&Arc<str>> = HashSet::new();
        let mut tops = Vec::new();
        for (key, item) in &self.items {
            if hidden.contains(key) {
                continue;
            }
            let contents = if self.is_folder(item) { self.deleted_with(item) } else { Vec::new() };
            hidden.extend(contents.iter().map(|inner| inner.path.lower()));
            tops.push(DeletedTop { item, contents });
        }
        tops
    }

    /// Of an item whose state is not known, the path whose time is most likely its own.
    fn path_with_time(&self, path: &RemotePath) -> RemotePath {
        let file = self.below(path).find(|item| self.below(&item.path).next().is_none());
        file.map_or_else(|| path.clone(), |item| item.path.clone())
    }

    /// Shows what comes back when the item at `path` is restored, as it was last: folders without a file. Nothing if
    /// nothing was deleted there.
    pub(crate) fn visit_restorable(
        &self,
        path: &RemotePath,
        mut visit: impl FnMut(&RemotePath, Option<&File>),
    ) {
        let Some(item) = self.items.get(path.lower()) else { return };
        let contents = if self.is_folder(item) { self.deleted_with(item) } else { Vec::new() };
        for item in std::iter::once(item).chain(contents) {
            visit(&item.path, item.file().filter(|_| self.is_file(item)));
        }
    }

    pub(super) fn entry(&self, item: &DeletedItem) -> Entry {
        Entry::new(item.path.clone(), EntryKind::Deleted(self.kind(item)))
    }

    fn is_folder(&self, item: &DeletedItem) -> bool {
        self.kind(item) == DeletedKind::Folder
    }

    fn is_file(&self, item: &DeletedItem) -> bool {
        matches!(self.kind(item), DeletedKind::File(_))
    }

    fn kind(&self, item: &DeletedItem) -> DeletedKind {
        let mut below = self.below(&item.path).peekable();
        if let Some(file) = item.state.as_ref().and_then(|state| state.file.as_ref()) {
            let is_later =
                |item: &DeletedItem| item.state.as_ref().is_some_and(|state| state.is_later_than(file));
            let is_folder = below.any(is_later);
            return if is_folder {
                DeletedKind::Folder
            } else {
                DeletedKind::File(LastVersion::Known(Arc::clone(file)))
            };
        }
        match &item.logged {
            _ if item.state.is_some() || below.peek().is_some() => DeletedKind::Folder,
            Some(logged) if logged.is_folder => DeletedKind::Folder,
            Some(logged) => DeletedKind::File(logged.bytes.map_or(LastVersion::Unknown, LastVersion::Size)),
            None => DeletedKind::Unknown,
        }
    }

    fn below(&self, path: &RemotePath) -> impl Iterator<Item = &DeletedItem> {
        // `0` follows `/`.
        let (begin, end) = (format!("{}/", path.lower()), format!("{}0", path.lower()));
        let range = (Bound::Excluded(begin.as_str()), Bound::Excluded(end.as_str()));
        self.items.range::<str, _>(range).map(|(_, item)| item)
    }

    /// What was deleted in the same deletion as the folder it is in. Items whose time is not known are among them.
    fn deleted_with(&self, folder: &DeletedItem) -> Vec<&DeletedItem> {
        let begin = self.beginning(folder);
        let in_time = |item: &DeletedItem| item.can_be_of(folder, begin);
        // Of each folder, whether it comes with this one; of each file, that nothing can be below it.
        let mut decided: HashMap<&Arc<str>, bool> = HashMap::new();
        let mut found = Vec::new();
        for item in self.below(&folder.path) {
            let around = std::iter::successors(item.path.parent(), RemotePath::parent)
                .take_while(|path| *path != folder.path)
                .find_map(|path| decided.get(path.lower()).copied());
            let is_folder = !self.is_file(item);
            let has_time = |inner: &&DeletedItem| inner.deleted().is_some() || inner.logged.is_some();
            let mut timed = self.below(&item.path).filter(has_time).peekable();
            let comes = match around {
                _ if !is_folder => around != Some(false) && in_time(item),
                _ if timed.peek().is_some() => timed.any(in_time),
                around => around.unwrap_or(true),
            };
            decided.insert(item.path.lower(), comes && is_folder);
            if comes {
                found.push(item);
            }
        }
        found
    }

    /// When the deletion of a folder began: from its end back, as long as there is no pause.
    fn beginning(&self, folder: &DeletedItem) -> Option<Timestamp> {
        let mut times: Vec<Timestamp> = std::iter::once(folder)
            .chain(self.below(&folder.path))
            .filter_map(DeletedItem::deleted)
            .collect();
        times.sort_unstable_by(|left, right| right.cmp(left));
        let mut begin = *times.first()?;
        for time in times {
            if begin.as_second() - time.as_second() > LONGEST_PAUSE {
                break;
            }
            begin = time;
        }
        Some(begin)
    }
}
