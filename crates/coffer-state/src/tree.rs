//! The folder tree in the side bar; folders are listed when they are opened.

use super::action::Motion;
use super::requests::Purpose;
use super::{Place, State};
use coffer_model::{Job, Listing, Load, Outcome, RemotePath, RequestId, Sort};
use std::collections::HashMap;

#[derive(Default)]
pub struct Tree {
    pub(super) nodes: HashMap<RemotePath, Node>,

    /// The line with the focus ring while the tree has the keyboard.
    pub cursor: Option<RemotePath>,
}

#[derive(Default)]
pub struct Node {
    pub open: bool,
    /// The folders inside, in order.
    pub children: Load<Vec<RemotePath>>,
    pub request: Option<RequestId>,
    /// Something changed while the request was running: ask again after it.
    pub(super) again: bool,
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
}

impl Tree {
    /// The visible lines from top to bottom.
    pub fn lines(&self) -> Vec<TreeLine> {
        let mut lines = Vec::new();
        self.push_lines(&RemotePath::root(), 0, &mut lines);
        lines
    }

    /// The folders at the top are not known yet.
    pub fn is_loading(&self) -> bool {
        self.nodes.get(&RemotePath::root()).is_some_and(|root| root.children.value().is_none())
    }

    fn push_lines(&self, folder: &RemotePath, level: usize, lines: &mut Vec<TreeLine>) {
        let children = self.nodes.get(folder).and_then(|node| node.children.value());
        for path in children.into_iter().flatten() {
            let node = self.nodes.get(path);
            let inside = node.and_then(|node| node.children.value());
            let open = node.is_some_and(|node| node.open);
            lines.push(TreeLine {
                path: path.clone(),
                level,
                open,
                can_open: inside.is_none_or(|inside| !inside.is_empty()),
                loading: open && inside.is_none() && node.is_some_and(|node| node.children.is_pending()),
            });
            if open {
                self.push_lines(path, level + 1, lines);
            }
        }
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
        requests
    }
}

impl State {
    pub fn tree_lines(&self) -> Vec<TreeLine> {
        self.tree.lines()
    }

    pub(super) fn toggle_tree(&mut self, path: &RemotePath) {
        let open = self.tree.nodes.get(path).is_some_and(|node| node.open);
        self.set_tree_open(path, !open);
    }

    /// Opens all folders around a place, so that its line is visible.
    pub(super) fn unfold_tree_to(&mut self, path: &RemotePath) {
        for ancestor in path.lineage() {
            if ancestor != *path || ancestor.is_root() {
                self.set_tree_open(&ancestor, true);
            }
        }
    }

    /// Asks again for the open folders among `folders` (`None`: all) and forgets what closed ones held.
    pub(super) fn refresh_tree(&mut self, folders: Option<&[RemotePath]>) {
        let mut affected: Vec<RemotePath> = match folders {
            None => self.tree.nodes.keys().cloned().collect(),
            Some(folders) => folders.to_vec(),
        };
        affected.sort_unstable();
        for path in affected {
            let Some(node) = self.tree.nodes.get_mut(&path) else { continue };
            if node.request.is_some() {
                node.again = true;
            } else if node.open {
                self.list_tree(&path);
            } else {
                node.children = Load::Idle;
            }
        }
    }

    pub(super) fn on_tree_listing(&mut self, path: &RemotePath, listing: &Listing) {
        // Folders come first in every order. What does not lie inside would make the tree endless.
        let children: Vec<RemotePath> = listing
            .entries
            .iter()
            .take_while(|entry| entry.is_folder())
            .filter(|entry| path.contains(&entry.path) && entry.path != *path)
            .map(|entry| entry.path.clone())
            .collect();
        let Some(node) = self.tree.nodes.get_mut(path) else { return };
        let known = node.children.value().map_or(0, Vec::len);
        if !listing.complete && children.len() < known {
            return;
        }
        if listing.complete {
            for request in self.tree.prune(path, &children) {
                self.cancel(Some(request));
            }
        }
        // On the way to the place that is shown, a folder may come to be known only now.
        let shown = self.navigation.current().folder();
        let on_the_way = children
            .iter()
            .find(|child| shown.is_some_and(|shown| child.contains(shown) && *child != shown))
            .filter(|child| !self.tree.nodes.contains_key(*child))
            .cloned();
        if let Some(node) = self.tree.nodes.get_mut(path) {
            node.children.grow(children);
        }
        if let Some(folder) = on_the_way {
            self.set_tree_open(&folder, true);
        }
    }

    pub(super) fn on_tree_listed(&mut self, path: &RemotePath, outcome: Outcome) {
        let Some(node) = self.tree.nodes.get_mut(path) else { return };
        node.request = None;
        let again = std::mem::take(&mut node.again);
        match outcome {
            Outcome::Done(_) | Outcome::Cancelled => node.children.end(),
            Outcome::Failed(problem) => node.children.fail(problem),
        }
        if again {
            self.list_tree(path);
        }
    }

    /// Arrow keys in the tree: up and down through the lines, right into a folder, left out of it.
    pub(super) fn move_in_tree(&mut self, motion: Motion) {
        let lines = self.tree.lines();
        let Some(last) = lines.len().checked_sub(1) else { return };
        let at =
            self.tree.cursor.as_ref().and_then(|cursor| lines.iter().position(|line| line.path == *cursor));
        let page = self.browser.page_lines.max(1);
        let Some(at) = at else {
            self.tree.cursor = self.tree_start(&lines);
            return;
        };
        let line = &lines[at];
        let target = match motion {
            Motion::Up => at.saturating_sub(1),
            Motion::Down => (at + 1).min(last),
            Motion::PageUp => at.saturating_sub(page),
            Motion::PageDown => (at + page).min(last),
            Motion::Home => 0,
            Motion::End => last,
            Motion::Right if !line.open => {
                if line.can_open {
                    self.set_tree_open(&line.path.clone(), true);
                }
                at
            }
            Motion::Right if lines.get(at + 1).is_some_and(|next| next.level > line.level) => at + 1,
            Motion::Right => at,
            Motion::Left if line.open => {
                self.set_tree_open(&line.path.clone(), false);
                at
            }
            Motion::Left => lines[..at].iter().rposition(|above| above.level < line.level).unwrap_or(at),
        };
        self.tree.cursor = Some(lines[target].path.clone());
    }

    /// The line at which keys begin: that of the folder shown, or the first.
    pub(super) fn tree_start(&self, lines: &[TreeLine]) -> Option<RemotePath> {
        let shown = match self.navigation.current() {
            Place::Folder(path) => lines.iter().find(|line| line.path == *path),
            _ => None,
        };
        shown.or(lines.first()).map(|line| line.path.clone())
    }

    fn set_tree_open(&mut self, path: &RemotePath, open: bool) {
        let node = self.tree.nodes.entry(path.clone()).or_default();
        node.open = open;
        if open {
            let known = matches!(node.children, Load::Ready(_)) || node.request.is_some();
            if !known {
                self.list_tree(path);
            }
        } else {
            let request = node.request.take();
            node.children.end();
            self.cancel(request);
        }
    }

    fn list_tree(&mut self, path: &RemotePath) {
        let job = Job::List { path: path.clone(), sort: Sort::default() };
        let request = self.run(job, Purpose::Tree(path.clone()));
        if let Some(node) = self.tree.nodes.get_mut(path) {
            node.children.begin();
            node.request = Some(request);
            node.again = false;
        }
    }
}
