//! What is downloaded of a folder as it was: the items of then in place of a list of the service, page by page. Their archive
//! would have the versions of now, so each file is downloaded by itself.

use crate::act::Act;
use crate::past::{PastItem, PastTree, WantedItems};
use crate::problem;
use coffer_model::{Entry, EntryKind, Problem, ProblemKind, RemotePath, SinceThen};
use coffer_texts::tr;
use std::ops::Bound;
use std::sync::Arc;

/// Items of a page.
const PAGE: usize = 2_000;

/// What was in a folder, as far as it is wanted.
#[derive(Clone)]
pub(crate) struct PastContents {
    tree: Arc<PastTree>,
    wanted: Arc<WantedItems>,
    /// In lower case; items before it are in earlier pages.
    next: Bound<Arc<str>>,
    /// How the paths of all items begin.
    prefix: String,
}

#[derive(Default)]
pub(super) struct PastPage {
    pub entries: Vec<Entry>,
    pub failed: Vec<Problem>,
    pub is_last: bool,
}

impl PastContents {
    pub(super) fn new(tree: &Arc<PastTree>, wanted: &Arc<WantedItems>, folder: &RemotePath) -> Self {
        let prefix = format!("{}/", folder.lower());
        let (tree, wanted) = (Arc::clone(tree), Arc::clone(wanted));
        Self { tree, wanted, next: Bound::Included(prefix.as_str().into()), prefix }
    }

    /// Takes the next items, each folder before what is in it. Walks over what is left out.
    pub(super) fn take_page(&mut self) -> PastPage {
        let mut page = PastPage::default();
        let tree = Arc::clone(&self.tree);
        let from = match &self.next {
            Bound::Excluded(key) => Bound::Excluded(&**key),
            Bound::Included(key) => Bound::Included(&**key),
            Bound::Unbounded => Bound::Unbounded,
        };
        let inside = tree.items.range::<str, _>((from, Bound::Unbounded));
        let mut inside = inside.take_while(|(key, _)| key.starts_with(&self.prefix));
        let taken = inside.by_ref().take(PAGE);
        let mut last = None;
        for (key, item) in taken {
            last = Some(Arc::clone(key));
            if !self.wanted.contains(&item.path) {
                continue;
            }
            match refusal(item) {
                None if item.can_be_had() => {
                    page.entries.push(Entry::new(item.path.clone(), item.kind.clone()));
                }
                Some(problem) if matches!(item.kind, EntryKind::File(_)) => page.failed.push(problem),
                _ => {}
            }
        }
        page.is_last = inside.next().is_none();
        if let Some(last) = last {
            self.next = Bound::Excluded(last);
        }
        page
    }
}

/// Why an item of then can’t be downloaded. What came since is no item of then.
pub(super) fn refusal(item: &PastItem) -> Option<Problem> {
    let about = || problem::item(&item.path, Act::Download);
    match item.since {
        SinceThen::Unknown => {
            let detail = tr!("why-not-known-then");
            Some(about().because(ProblemKind::RevisionNotFound, detail))
        }
        SinceThen::NotKept => {
            let detail = tr!("why-not-kept-then");
            Some(about().because(ProblemKind::RevisionNotFound, detail))
        }
        SinceThen::VersionUnknown | SinceThen::Pending => {
            let detail = tr!("why-version-not-known-then");
            Some(about().because(ProblemKind::RevisionNotFound, detail))
        }
        SinceThen::Added
        | SinceThen::Unchanged
        | SinceThen::Changed
        | SinceThen::Deleted
        | SinceThen::Moved(_) => None,
    }
}
