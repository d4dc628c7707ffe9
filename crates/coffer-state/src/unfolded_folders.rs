//! The folders that are unfolded in the list, and what is in them. Each is listed like any folder.

use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::{Job, Listing, RemotePath, RequestId, Sort, UnfoldedRows};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Default)]
pub struct UnfoldedFolders {
    pub(super) folders: HashMap<RemotePath, UnfoldedFolder>,
}

#[derive(Default)]
pub(super) struct UnfoldedFolder {
    /// What is in it, as far as it is there.
    pub(super) rows: Option<Arc<Listing>>,
    pub(super) request: Option<RequestId>,
    /// Something changed in it while it was being listed.
    pub(super) list_again: bool,
}

impl UnfoldedFolder {
    pub(super) fn list(&mut self, path: &RemotePath, sort: Sort, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.list_again = false;
        let job = Job::List { path: path.clone(), sort };
        self.request = Some(context.run(job, RequestPurpose::ListUnfolded(path.clone())));
    }
}

impl UnfoldedFolders {
    pub fn contains(&self, path: &RemotePath) -> bool {
        self.folders.contains_key(path)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// All of them, in order.
    pub(super) fn paths(&self) -> Vec<RemotePath> {
        let mut paths: Vec<RemotePath> = self.folders.keys().cloned().collect();
        paths.sort_unstable();
        paths
    }

    pub(super) fn waits_for(&self, id: RequestId) -> bool {
        self.folders.values().any(|folder| folder.request == Some(id))
    }

    pub(super) fn is_listing(&self) -> bool {
        self.folders.values().any(|folder| folder.request.is_some())
    }

    /// What is in them, for the worker.
    pub(super) fn rows(&self) -> Arc<UnfoldedRows> {
        let known = self.folders.iter();
        Arc::new(known.filter_map(|(path, folder)| Some((path.clone(), folder.rows.clone()?))).collect())
    }

    /// Folds a folder with all that is in it.
    pub(super) fn fold(&mut self, path: &RemotePath, context: &mut StateContext) {
        self.folders.retain(|unfolded, folder| {
            let stays = !path.contains(unfolded);
            if !stays {
                context.cancel(folder.request.take());
            }
            stays
        });
    }

    pub(super) fn clear(&mut self, context: &mut StateContext) {
        self.fold(&RemotePath::root(), context);
    }

    /// Lists them in another order.
    pub(super) fn list_now(&mut self, sort: Sort, context: &mut StateContext) {
        for (path, folder) in &mut self.folders {
            folder.list(path, sort, context);
        }
    }

    /// Lists those again in which something was changed; `None`: it may be all of them. Answers whether there are any.
    pub(super) fn list_again(
        &mut self,
        changed: Option<&[RemotePath]>,
        sort: Sort,
        context: &mut StateContext,
    ) -> bool {
        let mut any = false;
        for (path, folder) in &mut self.folders {
            if changed.is_none_or(|changed| changed.contains(path)) {
                any = true;
                if folder.request.is_some() {
                    folder.list_again = true;
                } else {
                    folder.list(path, sort, context);
                }
            }
        }
        any
    }
}
