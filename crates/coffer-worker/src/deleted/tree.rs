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

use crate::convert;
use crate::error::{Classify, ServiceError};
use crate::service::Service;
use coffer_model::{DeletedKind, Entry, EntryKind, File, ProblemKind, RemotePath};
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
    file: Option<Box<File>>,
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

    pub(crate) fn file(&self) -> Option<&File> {
        self.file.as_deref()
    }

    pub(crate) fn deleted(&self) -> Option<Timestamp> {
        self.deleted
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

fn file_of(metadata: &FileMetadata) -> Option<Box<File>> {
    match convert::file_entry(metadata, None).kind {
        EntryKind::File(file) => Some(Box::new(file)),
        EntryKind::Folder { .. } | EntryKind::Deleted(_) => None,
    }
}

struct DeletedItem {
    path: RemotePath,
    /// `None`: not asked for.
    state: Option<DeletedState>,
}

impl DeletedItem {
    fn file(&self) -> Option<&File> {
        self.state.as_ref()?.file()
    }

    fn deleted(&self) -> Option<Timestamp> {
        self.state.as_ref()?.deleted
    }
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
                self.items.insert(key, DeletedItem { path: entry.path, state: None });
            } else {
                self.items.remove(&key);
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
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
            if let Some(item) = self.items.get_mut(path.lower()) {
                item.state = Some(state);
            }
        }
        Ok(())
    }

    /// Everything, each item for itself.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry> {
        self.items.values().map(|item| self.entry(item))
    }

    /// Everything but what was deleted together with its folder.
    pub(crate) fn top_entries(&self) -> Vec<Entry> {
        let mut hidden: HashSet<&Arc<str>> = HashSet::new();
        let mut rows = Vec::new();
        for (key, item) in &self.items {
            if hidden.contains(key) {
                continue;
            }
            rows.push(self.entry(item));
            if self.kind(item) == DeletedKind::Folder {
                hidden.extend(self.deleted_with(item).into_iter().map(|inner| inner.path.lower()));
            }
        }
        rows
    }

    /// When items were deleted: a folder when the last of its contents was.
    pub(crate) fn times(&self) -> HashMap<Arc<str>, Timestamp> {
        let time = |(key, item): (&Arc<str>, &DeletedItem)| Some((Arc::clone(key), self.time(item)?));
        self.items.iter().filter_map(time).collect()
    }

    /// Of an item whose state is not known, the path whose time is most likely its own.
    pub(crate) fn path_with_time(&self, path: &RemotePath) -> RemotePath {
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
        let contents = match self.kind(item) {
            DeletedKind::Folder => self.deleted_with(item),
            DeletedKind::File | DeletedKind::Unknown => Vec::new(),
        };
        for item in std::iter::once(item).chain(contents) {
            visit(&item.path, item.file().filter(|_| self.kind(item) == DeletedKind::File));
        }
    }

    fn entry(&self, item: &DeletedItem) -> Entry {
        Entry::new(item.path.clone(), EntryKind::Deleted(self.kind(item)))
    }

    fn kind(&self, item: &DeletedItem) -> DeletedKind {
        let mut below = self.below(&item.path).peekable();
        match item.file() {
            Some(_) if below.peek().is_none() => DeletedKind::File,
            Some(file) => {
                let is_later =
                    |item: &DeletedItem| item.state.as_ref().is_some_and(|state| state.is_later_than(file));
                if below.any(is_later) { DeletedKind::Folder } else { DeletedKind::File }
            }
            None if item.state.is_some() || below.peek().is_some() => DeletedKind::Folder,
            None => DeletedKind::Unknown,
        }
    }

    fn time(&self, item: &DeletedItem) -> Option<Timestamp> {
        std::iter::once(item).chain(self.below(&item.path)).filter_map(DeletedItem::deleted).max()
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
        let in_time =
            |item: &DeletedItem| begin.is_none_or(|begin| item.deleted().is_none_or(|it| it >= begin));
        // Of each folder, whether it comes with this one; of each file, that nothing can be below it.
        let mut decided: HashMap<&Arc<str>, bool> = HashMap::new();
        let mut found = Vec::new();
        for item in self.below(&folder.path) {
            let around = std::iter::successors(item.path.parent(), RemotePath::parent)
                .take_while(|path| *path != folder.path)
                .find_map(|path| decided.get(path.lower()).copied());
            let is_folder = self.kind(item) != DeletedKind::File;
            let mut timed = self.below(&item.path).filter(|inner| inner.deleted().is_some()).peekable();
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
