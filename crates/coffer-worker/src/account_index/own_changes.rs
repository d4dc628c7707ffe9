//! What this program changes in the account itself: the feed tells of it like of anything else, and it is no news. Known are
//! the items that a job is about, from its begin until the feed must have told of them.

use coffer_index::OwnPaths;
use coffer_model::transfer::UploadPlan;
use coffer_model::{Edit, Entry, RemotePath};
use jiff::Timestamp;
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The feed is read again at once where something has changed, but the service may be away for a moment.
const KEPT: Duration = Duration::from_mins(2);

#[derive(Default)]
pub(crate) struct OwnChanges(Mutex<Vec<OwnJob>>);

struct OwnJob {
    number: u64,
    paths: Vec<Arc<HashSet<Arc<str>>>>,
    /// When the items claim to have been changed.
    times: Option<Arc<HashMap<Arc<str>, Timestamp>>>,
    ended: Option<Instant>,
}

impl OwnChanges {
    /// A job begins that changes these items.
    pub(crate) fn begin(&self, paths: impl IntoIterator<Item = RemotePath>) -> OwnChangesGuard<'_> {
        self.begin_job(vec![set_of(paths)], None)
    }

    /// A part of a job begins, whose changes claim these times as long as it runs.
    pub(crate) fn begin_at(
        &self,
        times: impl IntoIterator<Item = (RemotePath, Timestamp)>,
    ) -> OwnChangesGuard<'_> {
        let times = times.into_iter().map(|(path, time)| (Arc::clone(path.lower()), time)).collect();
        self.begin_job(Vec::new(), Some(Arc::new(times)))
    }

    fn begin_job(
        &self,
        paths: Vec<Arc<HashSet<Arc<str>>>>,
        times: Option<Arc<HashMap<Arc<str>, Timestamp>>>,
    ) -> OwnChangesGuard<'_> {
        let mut jobs = self.0.lock();
        let number = jobs.last().map_or(0, |job| job.number + 1);
        jobs.push(OwnJob { number, paths, times, ended: None });
        OwnChangesGuard { list: self, number }
    }

    /// All that is or was changed lately.
    pub(super) fn paths(&self) -> OwnPaths {
        let mut jobs = self.0.lock();
        jobs.retain(|job| job.ended.is_none_or(|ended| ended.elapsed() < KEPT));
        OwnPaths {
            paths: jobs.iter().flat_map(|job| &job.paths).cloned().collect(),
            times: jobs.iter().filter_map(|job| job.times.clone()).collect(),
        }
    }
}

/// As long as it is there the job runs.
pub(crate) struct OwnChangesGuard<'a> {
    list: &'a OwnChanges,
    number: u64,
}

impl OwnChangesGuard<'_> {
    /// It has made these items, whose names were not known before.
    pub(crate) fn add(&self, entries: &[Entry]) {
        if let Some(job) = self.list.0.lock().iter_mut().find(|job| job.number == self.number) {
            job.paths.push(set_of(entries.iter().map(|entry| entry.path.clone())));
        }
    }
}

impl Drop for OwnChangesGuard<'_> {
    fn drop(&mut self) {
        if let Some(job) = self.list.0.lock().iter_mut().find(|job| job.number == self.number) {
            job.ended = Some(Instant::now());
            job.times = None;
        }
    }
}

fn set_of(paths: impl IntoIterator<Item = RemotePath>) -> Arc<HashSet<Arc<str>>> {
    Arc::new(paths.into_iter().map(|path| Arc::clone(path.lower())).collect())
}

/// The items in the target that an upload makes or changes.
pub(crate) fn paths_of_upload(plan: &UploadPlan) -> HashSet<RemotePath> {
    let depth = plan.target.lineage().len();
    let top = |path: &RemotePath| path.lineage().into_iter().nth(depth);
    let in_folders = plan.files.remote_folders().chain(&plan.empty_folders).filter_map(top);
    let in_target =
        (0..plan.files.len()).filter(|index| plan.files.remote_folder(*index) == Some(&plan.target));
    let files = in_target.map(|index| plan.target.join(plan.files.name(index)));
    in_folders.chain(files).collect()
}

/// The items that an edit changes, as far as their paths are known before.
pub(crate) fn paths_of_edit(edit: &Edit) -> Vec<RemotePath> {
    let mut paths = Vec::new();
    match edit {
        Edit::CreateFolder { path } | Edit::Restore { path, .. } => paths.push(path.clone()),
        Edit::Move(items) | Edit::Copy(items) => {
            paths.extend(items.iter().flat_map(|(entry, to)| [entry.path.clone(), to.clone()]));
        }
        Edit::Relocate { conflicts, .. } => {
            paths.extend(conflicts.iter().flat_map(|it| [it.entry.path.clone(), it.target.clone()]));
        }
        Edit::Delete(entries) | Edit::Undelete(entries) => add_entries(entries, &mut paths),
        Edit::DeleteCopies(groups) => groups.iter().for_each(|group| add_entries(&group.deleted, &mut paths)),
        Edit::RemoveSharedFolder(entry) => paths.push(entry.path.clone()),
        Edit::AddSharedFolder(folder) => paths.extend(folder.path.clone()),
        // What an undo changes is in the history, and what is brought back in its record.
        Edit::RevokeLink { .. } | Edit::Undo { .. } | Edit::BringBack(_) => {}
    }
    paths
}

fn add_entries(entries: &[Entry], paths: &mut Vec<RemotePath>) {
    paths.extend(entries.iter().map(|entry| entry.path.clone()));
}
