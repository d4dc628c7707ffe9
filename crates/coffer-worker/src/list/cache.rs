//! Listings that were loaded, by folder, with the cursor from which they are brought up to date.
//! Fetching is `folder`'s business, the order of rows `order`'s.

use super::grouping::group_rows;
use super::order::{Row, sort_rows};
use crate::convert;
use coffer_index::{Index, IndexError};
use coffer_model::{Entry, File, FolderTotals, Listing, RemotePath, Sort};
use dropbox_protocol::ReadableList;
use dropbox_protocol::files::Metadata;
use jiff::{Timestamp, Zoned};
use parking_lot::{Mutex, MutexGuard};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Rows kept over all folders; beyond it the folders that were not looked at for longest are forgotten.
const MAX_ROWS: usize = 400_000;

/// All listings of an account.
#[derive(Default)]
pub(crate) struct Listings {
    folders: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    folders: HashMap<Arc<str>, Shelved>,
    clock: u64,
}

struct Shelved {
    folder: Arc<Folder>,
    used: u64,
}

impl Listings {
    /// What is known of a folder, which may be nothing.
    pub(crate) fn folder(&self, path: &RemotePath) -> Arc<Folder> {
        let mut all = self.folders.lock();
        all.clock += 1;
        let used = all.clock;
        let kept = all
            .folders
            .entry(Arc::clone(path.lower()))
            .or_insert_with(|| Shelved { folder: Arc::new(Folder::new(path.clone())), used });
        kept.used = used;
        if kept.folder.path.as_str() != path.as_str() {
            // It was renamed in other letters: the paths of its items begin with its name.
            kept.folder = Arc::new(Folder::new(path.clone()));
        }
        let folder = Arc::clone(&kept.folder);
        all.prune();
        folder
    }

    /// Calls `visit` with every file in folders that are known. Blocks for as long as that takes.
    pub(crate) fn for_each_file(&self, mut visit: impl FnMut(&Entry, &File)) {
        let folders: Vec<Arc<Folder>> = {
            let all = self.folders.lock();
            all.folders.values().map(|shelved| Arc::clone(&shelved.folder)).collect()
        };
        for folder in folders {
            for row in folder.content().rows.values() {
                if let Some(file) = row.entry.file() {
                    visit(&row.entry, file);
                }
            }
        }
    }

    pub(crate) fn remove(&self, path: &RemotePath) {
        self.folders.lock().folders.remove(path.lower());
    }
}

impl Shelf {
    fn prune(&mut self) {
        let mut total: usize = self.folders.values().map(|shelved| shelved.folder.content().rows.len()).sum();
        while total > MAX_ROWS && self.folders.len() > 1 {
            let Some(oldest) =
                self.folders.iter().min_by_key(|(_, shelved)| shelved.used).map(|(key, _)| Arc::clone(key))
            else {
                return;
            };
            if let Some(shelved) = self.folders.remove(&oldest) {
                total -= shelved.folder.content().rows.len();
            }
        }
    }
}

/// Whether a row looks the same. Paths are equal in any case of their letters, but are shown as they are spelt.
fn is_same(known: &Entry, now: &Entry) -> bool {
    known == now && known.path.as_str() == now.path.as_str()
}

/// One folder.
pub(crate) struct Folder {
    path: RemotePath,
    content: Mutex<Content>,
    /// Held by the job that talks to the service about this folder.
    pub refreshing: tokio::sync::Mutex<()>,
    /// What the index knows of it was shown without listing it.
    pub was_left_to_index: AtomicBool,
}

#[derive(Default)]
struct Content {
    rows: HashMap<Arc<str>, Row>,
    /// The items that could not be read, until they can.
    unreadable: HashSet<Arc<str>>,
    /// How many more could not be read, of which not even the path is known.
    unreadable_pathless: usize,
    cursor: Option<String>,
    complete: bool,
    /// Rises with each change.
    version: u64,
    /// What is below the folders among the rows, by their names in lower case, and the version of the index that said so.
    totals: HashMap<String, FolderTotals>,
    totals_version: u64,
    /// The last snapshot, with the version that it shows.
    shown: Option<(u64, Arc<Listing>)>,
}

impl Content {
    fn with_totals(&self, row: &Row) -> Row {
        let mut row = row.clone();
        if row.entry.is_folder()
            && let Some(totals) = self.totals.get(key_of(&row.entry))
        {
            row.entry.totals = Some(Arc::new(*totals));
        }
        row
    }
}

fn key_of(entry: &Entry) -> &str {
    entry.path.lower().rsplit('/').next().unwrap_or_default()
}

impl Folder {
    fn new(path: RemotePath) -> Self {
        Self {
            path,
            content: Mutex::default(),
            refreshing: tokio::sync::Mutex::default(),
            was_left_to_index: AtomicBool::new(false),
        }
    }

    pub(crate) fn cursor(&self) -> Option<String> {
        self.content().cursor.clone()
    }

    /// Takes a page in; `last` when there are no more for now. Tells whether anything changed.
    pub(crate) fn apply(&self, page: &ReadableList<Metadata>, cursor: String, last: bool) -> bool {
        // The keys of names take a while: not under the lock.
        let news: Vec<(Arc<str>, Option<Row>)> =
            page.iter().filter_map(|metadata| self.news(metadata)).collect();
        let unreadable = page.unreadable_paths.iter().map(|path| RemotePath::new(path));
        let unreadable: Vec<RemotePath> =
            unreadable.filter(|path| path.parent().as_ref() == Some(&self.path)).collect();
        let mut content = self.content();
        let mut changed = last && !content.complete;
        for (key, row) in news {
            changed |= content.unreadable.remove(&key);
            changed |= match row {
                Some(row) => {
                    let same = content.rows.get(&key).is_some_and(|known| is_same(&known.entry, &row.entry));
                    content.rows.insert(key, row);
                    !same
                }
                None => content.rows.remove(&key).is_some(),
            };
        }
        for path in unreadable {
            changed |= content.unreadable.insert(Arc::clone(path.lower()));
        }
        let pathless = page.unreadable - page.unreadable_paths.len();
        content.unreadable_pathless += pathless;
        changed |= pathless > 0;
        content.cursor = Some(cursor);
        content.complete |= last;
        if changed {
            content.version += 1;
        }
        changed
    }

    /// What an entry of a page means: the item at a key, or that it is gone. Items elsewhere mean nothing here.
    fn news(&self, metadata: &Metadata) -> Option<(Arc<str>, Option<Row>)> {
        metadata.path_lower()?;
        let entry = convert::entry(metadata, Some(&self.path));
        if entry.path.parent().as_ref() != Some(&self.path) {
            return None;
        }
        let key = Arc::clone(entry.path.lower());
        Some((key, (!entry.is_deleted()).then(|| Row::new(entry))))
    }

    /// Takes in what is below the folders in it, unless that is known as of this version of the index.
    pub(crate) fn set_totals(&self, index: &Index) -> Result<(), IndexError> {
        let index_version = index.version();
        if self.content().totals_version == index_version + 1 {
            return Ok(());
        }
        let totals = index.totals_within(&self.path)?;
        let mut content = self.content();
        // 0 before anything is known.
        content.totals_version = index_version + 1;
        if content.totals != totals {
            content.totals = totals;
            content.version += 1;
        }
        Ok(())
    }

    /// Starts over: what is known is shown until the new listing replaces it.
    pub(crate) fn start_over(&self) {
        let mut content = self.content();
        content.rows.clear();
        content.unreadable.clear();
        content.unreadable_pathless = 0;
        content.cursor = None;
        content.complete = false;
        content.version += 1;
    }

    /// The item at a path in this folder.
    pub(crate) fn entry(&self, path: &RemotePath) -> Option<Entry> {
        self.content().rows.get(path.lower()).map(|row| row.entry.clone())
    }

    /// The last snapshot, if it shows everything that is known in this order.
    pub(crate) fn shown(&self, sort: Sort) -> Option<Arc<Listing>> {
        let content = self.content();
        let (version, listing) = content.shown.as_ref()?;
        let holds = *version == content.version && listing.sort == sort;
        (holds && listing.groups.hold_at(Timestamp::now())).then(|| Arc::clone(listing))
    }

    /// Whether nothing is known to be in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.content().rows.is_empty()
    }

    /// Whether there is anything to show before the service is asked.
    pub(crate) fn is_known(&self) -> bool {
        self.content().cursor.is_some()
    }

    /// A snapshot of everything that is known. Blocks for as long as sorting takes.
    pub(crate) fn listing(&self, sort: Sort) -> Arc<Listing> {
        if let Some(listing) = self.shown(sort) {
            return listing;
        }
        let (mut rows, unreadable, complete, version) = {
            let content = self.content();
            let rows: Vec<Row> = content.rows.values().map(|row| content.with_totals(row)).collect();
            let unreadable = content.unreadable.len() + content.unreadable_pathless;
            (rows, unreadable, content.complete, content.version)
        };
        sort_rows(&mut rows, sort);
        let groups = group_rows(&mut rows, sort, &Zoned::now());
        let entries = rows.into_iter().map(|row| row.entry).collect();
        let listing = Listing::new(entries, sort, complete).with_groups(groups);
        let listing = Arc::new(listing.with_unreadable(unreadable));
        self.content().shown = Some((version, Arc::clone(&listing)));
        listing
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock()
    }
}
