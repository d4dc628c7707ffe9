//! Which items have a link: their rows say so, wherever they are listed. The lists of folders do not tell it.

use super::background_list::BackgroundList;
use super::requests::RequestPurpose;
use super::{Location, State};
use coffer_model::{Edit, Entry, Job, Outcome, Receipt, RemotePath, SharedLink};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Default)]
pub struct KnownLinks {
    /// By the lower-case path of the item.
    by_path: HashMap<Arc<str>, Arc<SharedLink>>,
    list: BackgroundList,
}

impl KnownLinks {
    fn keep(&mut self, path: &RemotePath, link: Arc<SharedLink>) {
        self.by_path.insert(Arc::clone(path.lower()), link);
    }
}

impl State {
    /// The link of a row. What is deleted or of the past has none.
    pub fn link_of<'a>(&'a self, entry: &'a Entry) -> Option<&'a SharedLink> {
        if entry.link.is_some() || entry.is_deleted() || self.navigation.current().is_past() {
            return entry.link.as_deref();
        }
        self.known_links.by_path.get(entry.path.lower()).map(Arc::as_ref)
    }

    /// Whether a row says that its item has a link. In the list of links every item has one.
    pub fn has_link_mark(&self, entry: &Entry) -> bool {
        !matches!(self.navigation.current(), Location::Links) && self.link_of(entry).is_some()
    }

    /// Asks which items have a link.
    pub(super) fn list_known_links(&mut self) {
        self.known_links.list.ask(&mut self.context, Job::FindAllLinks, RequestPurpose::KnownLinks);
    }

    /// The account is open, or can be reached again.
    pub(super) fn list_unknown_links(&mut self) {
        if self.known_links.list.is_missing() {
            self.list_known_links();
        }
    }

    pub(super) fn on_known_links(&mut self, outcome: Outcome) {
        let known = &mut self.known_links;
        let answer = known.list.answer(outcome, |problem| self.session.record_failure(problem));
        let Some(Receipt::Links(entries)) = answer else { return };
        known.by_path.clear();
        for (path, link) in entries.into_iter().filter_map(|entry| Some((entry.path, entry.link?))) {
            known.keep(&path, link);
        }
    }

    /// A link was made or changed.
    pub(super) fn keep_link(&mut self, path: &RemotePath, link: &SharedLink) {
        self.known_links.keep(path, Arc::new(link.clone()));
    }

    /// An edit has ended: links go where their items go, and end with them.
    pub(super) fn links_after(&mut self, edit: &Edit) {
        match edit {
            Edit::RevokeLink { path, .. } => {
                self.known_links.by_path.remove(path.lower());
            }
            Edit::CreateFolder { .. } | Edit::Copy(_) | Edit::Restore { .. } => {}
            _ if self.known_links.by_path.is_empty() => {}
            _ => self.list_known_links(),
        }
    }
}
