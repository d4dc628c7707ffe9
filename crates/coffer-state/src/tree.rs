//! The folder tree in the side bar; folders are listed when they are opened.

use super::context::StateContext;
use super::input::Motion;
use super::past_folders::{FolderSince, PastFolders};
use super::requests::{RequestPurpose, finish_load};
use coffer_model::{
    Entry, ItemAccess, Job, Listing, Load, Outcome, Problem, RemotePath, RequestId, Sharing, Sort,
};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashMap};

/// So many unfolded folders are kept for the next start: each is listed then.
const MOST_UNFOLDED: usize = 200;

pub struct Tree {
    /// What its requests are for.
    purpose: fn(RemotePath) -> RequestPurpose,

    nodes: HashMap<RemotePath, TreeNode>,

    /// Folders that are shared, or in shared ones.
    sharing: HashMap<RemotePath, Sharing>,

    /// Folders that an earlier run has unfolded. Each is when the one around it is listed.
    unfolded_before: BTreeSet<RemotePath>,

    /// Other folders are unfolded than when this was asked last.
    changed: bool,

    /// A member’s own folder in a team space, which comes before the team folders.
    home: Option<RemotePath>,

    /// What differs while the past is shown.
    past: PastFolders,

    /// The line with the focus ring while the tree has the keyboard.
    pub cursor: Option<RemotePath>,
}

#[derive(Default)]
struct TreeNode {
    open: bool,
    /// The folders inside, in order.
    children: Load<Vec<RemotePath>>,
    request: Option<RequestId>,
    /// Something changed while the request was running: ask again after it.
    again: bool,
}

/// One visible line of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeLine {
    pub path: RemotePath,
    /// 0 for the folders in the root, which has no line of its own.
    pub level: usize,
    pub open: bool,
    /// False when it is known to hold no folders.
    pub can_open: bool,
    /// It is open and what is inside is not known yet.
    pub loading: bool,
    pub sharing: Sharing,
    pub since: FolderSince,
}

impl Default for Tree {
    fn default() -> Self {
        Self::for_purpose(RequestPurpose::Tree)
    }
}

impl Tree {
    /// One that is not in the side bar.
    pub(super) fn for_purpose(purpose: fn(RemotePath) -> RequestPurpose) -> Self {
        Self {
            purpose,
            nodes: HashMap::new(),
            sharing: HashMap::new(),
            unfolded_before: BTreeSet::new(),
            changed: false,
            home: None,
            past: PastFolders::default(),
            cursor: None,
        }
    }

    /// Gives up all that was asked for.
    pub(super) fn cancel(&self, context: &mut StateContext) {
        let mut requests: Vec<RequestId> = self.nodes.values().filter_map(|node| node.request).collect();
        requests.sort_unstable();
        for request in requests {
            context.cancel(Some(request));
        }
    }

    /// Folders to unfold as soon as it is known that they are there.
    pub(super) fn unfold_when_listed(&mut self, folders: Vec<RemotePath>) {
        self.unfolded_before = folders.into_iter().take(MOST_UNFOLDED).collect();
    }

    /// The folders that are unfolded, and those that will be when they are listed.
    pub(super) fn unfolded(&self) -> Vec<RemotePath> {
        let open = self.nodes.iter().filter(|(path, node)| node.open && !path.is_root());
        let mut unfolded: Vec<RemotePath> = open.map(|(path, _)| path.clone()).collect();
        unfolded.extend(self.unfolded_before.iter().cloned());
        unfolded.sort_unstable();
        unfolded.dedup();
        unfolded.truncate(MOST_UNFOLDED);
        unfolded
    }

    /// Whether [`Self::unfolded`] may be others than when this was asked last.
    pub(super) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// The visible lines from top to bottom.
    pub fn lines(&self) -> Vec<TreeLine> {
        let mut lines = Vec::new();
        self.push_lines(&RemotePath::root(), 0, &mut lines);
        lines
    }

    /// What is known of the sharing of a folder.
    pub(super) fn sharing(&self, path: &RemotePath) -> Sharing {
        self.sharing.get(path).copied().unwrap_or_default()
    }

    /// The account has a team space: the member’s own folder is the first, and open.
    pub(super) fn set_home(&mut self, home: &RemotePath, context: &mut StateContext) {
        self.home = Some(home.clone());
        if let Some(root) = self.nodes.get_mut(&RemotePath::root())
            && let Some(mut children) = root.children.value().cloned()
        {
            self.put_home_first(&mut children);
            if let Some(root) = self.nodes.get_mut(&RemotePath::root()) {
                root.children.grow(children);
            }
        }
        self.set_open(home, true, context);
    }

    /// The other folders keep their order.
    fn put_home_first(&self, children: &mut [RemotePath]) {
        if let Some(home) = &self.home {
            children.sort_by_key(|child| child != home);
        }
    }

    /// The folders at the top are not known yet, and on their way.
    pub fn is_loading(&self) -> bool {
        let root = self.nodes.get(&RemotePath::root()).map(|root| &root.children);
        root.is_some_and(|children| children.value().is_none() && children.is_pending())
    }

    fn push_lines(&self, folder: &RemotePath, level: usize, lines: &mut Vec<TreeLine>) {
        let known = self.nodes.get(folder).and_then(|node| node.children.value());
        for (path, since) in self.past.children(folder, known) {
            let is_gone = since.is_gone();
            let node = self.nodes.get(&path).filter(|_| !is_gone);
            let inside = node.and_then(|node| node.children.value());
            let has_gone = self.past.has_gone_in(&path);
            // What was in a folder that is gone is shown once it has been looked into.
            let open = if is_gone { has_gone } else { node.is_some_and(|node| node.open) };
            let sharing = self.sharing(&path);
            let line = TreeLine {
                level,
                open,
                can_open: sharing.access != ItemAccess::NoAccess
                    && !is_gone
                    && (has_gone || inside.is_none_or(|inside| !inside.is_empty())),
                loading: open && inside.is_none() && node.is_some_and(|node| node.children.is_pending()),
                sharing,
                since,
                path: path.clone(),
            };
            lines.push(line);
            if open {
                self.push_lines(&path, level + 1, lines);
            }
        }
    }

    /// A folder was listed as it was.
    pub(super) fn show_past(&mut self, folder: RemotePath, at: Timestamp, listing: &Listing) {
        self.past.add(folder, at, listing);
    }

    pub(super) fn leave_past(&mut self) {
        self.past = PastFolders::default();
    }

    /// Forgets folders that are gone, with all below them.
    fn prune(&mut self, parent: &RemotePath, children: &[RemotePath]) -> Vec<RequestId> {
        let gone = |path: &RemotePath| {
            parent.contains(path) && path != parent && !children.iter().any(|child| child.contains(path))
        };
        let mut requests: Vec<RequestId> =
            self.nodes.iter().filter(|(path, _)| gone(path)).filter_map(|(_, node)| node.request).collect();
        requests.sort_unstable();
        self.nodes.retain(|path, _| !gone(path));
        self.unfolded_before.retain(|path| !gone(path));
        self.changed = true;
        requests
    }

    pub(super) fn toggle(&mut self, path: &RemotePath, context: &mut StateContext) {
        let open = self.nodes.get(path).is_some_and(|node| node.open);
        self.set_open(path, !open, context);
    }

    /// Opens all folders around a folder, so that its line is visible.
    pub(super) fn unfold_to(&mut self, path: &RemotePath, context: &mut StateContext) {
        for ancestor in path.lineage() {
            if ancestor != *path || ancestor.is_root() {
                self.set_open(&ancestor, true, context);
            }
        }
    }

    /// Asks again for the open folders among `folders` (`None`: all) and forgets what closed ones held.
    pub(super) fn refresh(&mut self, folders: Option<&[RemotePath]>, context: &mut StateContext) {
        let mut affected: Vec<RemotePath> = match folders {
            None => self.nodes.keys().cloned().collect(),
            Some(folders) => folders.to_vec(),
        };
        affected.sort_unstable();
        for path in affected {
            let Some(node) = self.nodes.get_mut(&path) else { continue };
            if node.request.is_some() {
                node.again = true;
            } else if node.open {
                self.list(&path, context);
            } else {
                node.children = Load::Idle;
            }
        }
    }

    /// The folders that could not be listed for a reason that `which` picks.
    pub(super) fn failed(&self, which: impl Fn(&Problem) -> bool) -> Vec<RemotePath> {
        let failed = self.nodes.iter().filter(|(_, node)| node.children.problem().is_some_and(&which));
        failed.map(|(path, _)| path.clone()).collect()
    }

    /// Rows of a folder that was opened. `shown` is the folder in the content area.
    pub(super) fn on_listing(
        &mut self,
        path: &RemotePath,
        listing: &Listing,
        shown: Option<&RemotePath>,
        context: &mut StateContext,
    ) {
        // Folders come first in every order. What does not lie inside would make the tree endless.
        let folders = listing
            .entries
            .iter()
            .take_while(|entry| entry.is_folder())
            .filter(|entry| path.contains(&entry.path) && entry.path != *path);
        let mut children = Vec::new();
        for folder in folders {
            children.push(folder.path.clone());
            if folder.sharing == Sharing::default() {
                self.sharing.remove(&folder.path);
            } else {
                self.sharing.insert(folder.path.clone(), folder.sharing);
            }
        }
        self.put_home_first(&mut children);
        let Some(node) = self.nodes.get_mut(path) else { return };
        let known = node.children.value().map_or(0, Vec::len);
        if !listing.complete && children.len() < known {
            return;
        }
        if listing.complete {
            for request in self.prune(path, &children) {
                context.cancel(Some(request));
            }
        }
        // On the way to the folder that is shown, a folder may come to be known only now.
        let on_the_way = children
            .iter()
            .find(|child| shown.is_some_and(|shown| child.contains(shown) && *child != shown))
            .filter(|child| !self.nodes.contains_key(*child))
            .cloned();
        let before = children.iter().filter(|child| self.unfolded_before.remove(*child)).cloned();
        let unfolded: Vec<RemotePath> = before.chain(on_the_way).collect();
        if let Some(node) = self.nodes.get_mut(path) {
            node.children.grow(children);
        }
        for folder in unfolded {
            self.set_open(&folder, true, context);
        }
    }

    /// A folder was listed elsewhere: without folders in it, it needs no triangle.
    pub(super) fn learn(&mut self, path: &RemotePath, listing: &Listing) {
        let is_known = self.nodes.get(path).is_some_and(|node| node.open || node.request.is_some());
        if is_known || !listing.complete || path.is_root() {
            return;
        }
        if listing.entries.iter().any(Entry::is_folder) {
            self.nodes.remove(path);
        } else {
            let children = Load::Ready(Vec::new());
            self.nodes.insert(path.clone(), TreeNode { children, ..TreeNode::default() });
        }
    }

    pub(super) fn on_listed(&mut self, path: &RemotePath, outcome: Outcome, context: &mut StateContext) {
        let Some(node) = self.nodes.get_mut(path) else { return };
        node.request = None;
        finish_load(&mut node.children, outcome);
        if std::mem::take(&mut node.again) {
            self.list(path, context);
        }
    }

    /// The tree gets the keyboard: a line has to have the focus ring.
    pub(super) fn focus(&mut self, shown: Option<&RemotePath>) {
        if self.cursor.is_none() {
            self.cursor = first_cursor(&self.lines(), shown);
        }
    }

    /// Arrow keys: up and down through the lines, right into a folder, left out of it.
    pub(super) fn move_cursor(
        &mut self,
        motion: Motion,
        page_lines: usize,
        shown: Option<&RemotePath>,
        context: &mut StateContext,
    ) {
        let lines = self.lines();
        let Some(last) = lines.len().checked_sub(1) else { return };
        let index =
            self.cursor.as_ref().and_then(|cursor| lines.iter().position(|line| line.path == *cursor));
        let page = page_lines.max(1);
        let Some(index) = index else {
            self.cursor = first_cursor(&lines, shown);
            return;
        };
        let line = &lines[index];
        let target = match motion {
            Motion::Up => index.saturating_sub(1),
            Motion::Down => (index + 1).min(last),
            Motion::PageUp => index.saturating_sub(page),
            Motion::PageDown => (index + page).min(last),
            Motion::Home => 0,
            Motion::End => last,
            Motion::Right if !line.open => {
                if line.can_open {
                    self.set_open(&line.path, true, context);
                }
                index
            }
            Motion::Right if lines.get(index + 1).is_some_and(|next| next.level > line.level) => index + 1,
            Motion::Right => index,
            Motion::Left if line.open => {
                self.set_open(&line.path, false, context);
                index
            }
            Motion::Left => {
                lines[..index].iter().rposition(|above| above.level < line.level).unwrap_or(index)
            }
        };
        self.cursor = Some(lines[target].path.clone());
    }

    fn set_open(&mut self, path: &RemotePath, open: bool, context: &mut StateContext) {
        let node = self.nodes.entry(path.clone()).or_default();
        self.changed |= node.open != open;
        node.open = open;
        if open {
            let known = matches!(node.children, Load::Ready(_)) || node.request.is_some();
            if !known {
                self.list(path, context);
            }
        } else {
            context.cancel(node.request.take());
            node.children.end();
        }
    }

    fn list(&mut self, path: &RemotePath, context: &mut StateContext) {
        if let Some(node) = self.nodes.get_mut(path) {
            let job = Job::List { path: path.clone(), sort: Sort::default() };
            node.children.begin();
            node.request = Some(context.run(job, (self.purpose)(path.clone())));
            node.again = false;
        }
    }
}

/// The line at which keys begin: that of the folder shown, or the first.
fn first_cursor(lines: &[TreeLine], shown: Option<&RemotePath>) -> Option<RemotePath> {
    let line = lines.iter().find(|line| Some(&line.path) == shown).or(lines.first());
    line.map(|line| line.path.clone())
}
