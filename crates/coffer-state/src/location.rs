//! What the content area shows: a folder, or a list gathered from the whole account.

use coffer_model::{HistoryQuery, Job, OperationGroup, PastQuery, RemotePath, Sort, SpacePart, ViewMode};
use jiff::Timestamp;

/// How many changes are listed at most, the latest: more than anybody reads.
const LISTED_CHANGES: usize = 10_000;
/// Nobody reads more of the changes of one kind in one folder.
const CHANGES_OF_A_KIND: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    Folder(RemotePath),
    /// A folder as it was at a moment: nothing can be changed there.
    Past {
        folder: RemotePath,
        at: Timestamp,
    },
    /// Everything that was deleted and can be restored.
    Deleted,
    /// Everything that has a link.
    Links,
    /// What has changed anywhere.
    Changes,
    /// What this program has done, as far as it has these names and belongs to this group.
    Activity {
        text: String,
        group: Option<OperationGroup>,
    },
    /// Files with equal content below a folder.
    Duplicates(RemotePath),
    Search {
        query: String,
        /// The best match first without it.
        sort: Option<Sort>,
    },
    /// What takes the space of a folder.
    Space {
        folder: RemotePath,
        part: SpacePart,
    },
}

impl Location {
    /// Everything that this program has done.
    pub fn activity() -> Self {
        Self::Activity { text: String::new(), group: None }
    }

    /// The map of the space of a folder.
    pub fn space(folder: RemotePath) -> Self {
        Self::Space { folder, part: SpacePart::Map }
    }

    /// The folder that new items and dropped files go to; none for gathered lists.
    pub fn folder(&self) -> Option<&RemotePath> {
        match self {
            Self::Folder(path) => Some(path),
            _ => None,
        }
    }

    /// The folder whose items are shown, as they are now or as they were.
    pub fn shown_folder(&self) -> Option<&RemotePath> {
        match self {
            Self::Folder(path) | Self::Past { folder: path, .. } => Some(path),
            _ => None,
        }
    }

    /// Another folder, seen as this location is: as it was at the same moment, as a map of its space, or as it is now.
    #[must_use]
    pub fn of_folder(&self, folder: RemotePath) -> Self {
        match self {
            Self::Past { at, .. } => Self::Past { folder, at: *at },
            Self::Space { .. } => Self::space(folder),
            _ => Self::Folder(folder),
        }
    }

    /// Its items are shown as they were.
    pub fn is_past(&self) -> bool {
        matches!(self, Self::Past { .. })
    }

    /// Both are the same folder as it was, at two moments.
    pub(super) fn is_another_moment_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Past { folder, at }, Self::Past { folder: other, at: moment }) => {
                folder == other && at != moment
            }
            _ => false,
        }
    }

    /// How its rows are arranged where the person has chosen this view.
    pub fn view(&self, chosen: ViewMode) -> ViewMode {
        if matches!(self, Self::Space { .. }) { ViewMode::List } else { chosen }
    }

    /// Its items are rows, as a list or a grid, with the details of one beside them. A map has the list of what is largest
    /// in their place, and a change leads to its item.
    pub fn has_rows(&self) -> bool {
        !matches!(self, Self::Space { .. } | Self::Changes)
    }

    /// Its rows are shown as a list or as a grid, as the person chooses; all other locations are drawn in one way.
    pub fn has_views(&self) -> bool {
        match self {
            Self::Folder(_) | Self::Past { .. } | Self::Deleted | Self::Links | Self::Search { .. } => true,
            Self::Changes | Self::Activity { .. } | Self::Duplicates(_) | Self::Space { .. } => false,
        }
    }

    pub fn is_search(&self) -> bool {
        matches!(self, Self::Search { .. })
    }

    /// Its rows are made here of what was found, and kept there.
    pub(super) fn makes_rows(&self) -> bool {
        matches!(self, Self::Duplicates(_) | Self::Changes | Self::Activity { .. })
    }

    /// The column by which its rows are ordered, given that of folders; `None` where they are not.
    pub fn sort(&self, sort: Sort) -> Option<Sort> {
        match self {
            Self::Folder(_) | Self::Past { .. } | Self::Links => Some(sort),
            Self::Search { sort, .. } => *sort,
            // These have an order of their own: the newest first.
            Self::Deleted
            | Self::Changes
            | Self::Activity { .. }
            | Self::Duplicates(_)
            | Self::Space { .. } => None,
        }
    }

    /// The job that lists what it holds.
    pub(super) fn list_job(&self, sort: Sort) -> Job {
        match self.clone() {
            Self::Folder(path) => Job::List { path, sort },
            Self::Past { folder, at } => Job::ListPast(PastQuery { folder, at, sort }),
            Self::Deleted => Job::ListDeleted { path: RemotePath::root(), details: true },
            Self::Links => Job::ListLinks { sort },
            Self::Changes => Job::ListChanges {
                below: RemotePath::root(),
                since: None,
                most: LISTED_CHANGES,
                most_of_a_kind: CHANGES_OF_A_KIND,
            },
            Self::Activity { text, group } => Job::ListHistory(HistoryQuery { text, group, most: None }),
            Self::Duplicates(below) => Job::FindDuplicates { below },
            Self::Search { query, sort } => Job::Search { query, below: RemotePath::root(), sort },
            Self::Space { folder, part } => Job::ListSpace { folder, part },
        }
    }
}
