//! Which names of a plan are taken, and by what. Folders that exist are listed; what is in new ones can't be taken.

use super::source;
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::error::{Classify, ServiceError};
use crate::lanes::Lanes;
use crate::list::{self, Folder};
use crate::{blocking, convert, problem};
use coffer_model::transfer::{Conflict, PlannedFile, PlannedFiles, RefusalReason, RefusedName, UploadPlan};
use coffer_model::{Entry, ProblemKind, RemotePath};
use coffer_texts::tr;
use dropbox_protocol::files::{GET_METADATA, GetMetadataArg};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// For so few files in a folder that is not known, each is asked for by itself: the folder may be huge.
const FEW: usize = 6;

/// Fills in the conflicts of `plan`; `folders` are all folders that it would make or fill, parents first.
///
/// An interactive permit is held for each call only: files that have to be hashed may take as long as they want.
pub(crate) async fn find_conflicts(
    account: &OpenAccount,
    lanes: &Lanes,
    job: &JobContext,
    plan: &mut UploadPlan,
    folders: &[RemotePath],
) -> Result<(), JobError> {
    let mut finder = ConflictFinder { account, lanes, known: HashMap::new() };
    let mut by_folder: BTreeMap<RemotePath, Vec<usize>> = BTreeMap::new();
    // Every folder is compared, since a file may have the name of one that holds nothing.
    by_folder.entry(plan.target.clone()).or_default();
    for folder in folders {
        by_folder.entry(folder.clone()).or_default();
    }
    for index in 0..plan.files.len() {
        let folder = plan.files.remote_folder(index).cloned().unwrap_or_default();
        by_folder.entry(folder).or_default().push(index);
    }
    let mut blocked = Vec::new();
    for (folder, files) in &by_folder {
        job.check_wanted()?;
        let state = finder
            .folder(folder, files.len(), &plan.target)
            .await
            .map_err(|error| JobError::from(problem::item(folder, Act::CompareWithLocal).call(&error)))?;
        match state {
            Remote::Missing => {}
            Remote::Blocked => blocked.push(folder.clone()),
            Remote::Listed(known) => {
                for &index in files {
                    let existing = |file: &PlannedFile| known.entry(&file.remote_path);
                    if let Some((file, existing)) =
                        plan.files.get(index).and_then(|file| existing(&file).map(|entry| (file, entry)))
                    {
                        plan.files.set_conflict(index, conflict(file, existing).await?);
                    }
                }
            }
            Remote::Unlisted => {
                for &index in files {
                    let Some(file) = plan.files.get(index) else { continue };
                    let existing = finder.item(&file.remote_path).await.map_err(|error| {
                        JobError::from(problem::item(&file.remote_path, Act::CompareWithLocal).call(&error))
                    })?;
                    if let Some(existing) = existing {
                        plan.files.set_conflict(index, conflict(file, existing).await?);
                    }
                }
            }
        }
    }
    refuse_blocked(plan, &blocked);
    plan.empty_folders.retain(|folder| !matches!(finder.known.get(folder.lower()), Some(Remote::Listed(_))));
    Ok(())
}

/// The conflict of a file with the item that has its name.
async fn conflict(file: PlannedFile, existing: Entry) -> Result<Conflict, JobError> {
    let same_size = existing.file().filter(|known| known.size_bytes == file.size_bytes);
    let identical = match same_size.and_then(|known| known.content_hash.clone()) {
        Some(hash) => {
            // A file that cannot be read differs as far as we know; sending it will tell.
            blocking(move || source::hash(&file.local_path)).await?.is_ok_and(|local| local == *hash)
        }
        None => false,
    };
    Ok(Conflict { existing, identical })
}

/// Files that would have to go into a file.
fn refuse_blocked(plan: &mut UploadPlan, blocked: &[RemotePath]) {
    if blocked.is_empty() {
        return;
    }
    let in_the_way = |path: &RemotePath| blocked.iter().find(|folder| folder.contains(path));
    let reason = |folder: &RemotePath| tr!("why-file-has-folder-name", name = folder.name());
    let mut kept = PlannedFiles::default();
    for file in plan.files.iter() {
        match in_the_way(&file.remote_path) {
            Some(folder) => {
                plan.refused.push(RefusedName {
                    local_path: file.local_path,
                    reason: reason(folder),
                    refusal: RefusalReason::FileInTheWay,
                });
            }
            None => kept.push(file),
        }
    }
    plan.files = kept;
    plan.empty_folders.retain(|folder| in_the_way(folder).is_none());
}

/// What stands where a folder of the plan would be.
#[derive(Clone)]
enum Remote {
    Missing,
    /// A file.
    Blocked,
    Listed(Arc<Folder>),
    /// It may or may not exist: its few files are asked for one by one.
    Unlisted,
}

struct ConflictFinder<'a> {
    account: &'a OpenAccount,
    lanes: &'a Lanes,
    known: HashMap<Arc<str>, Remote>,
}

impl ConflictFinder<'_> {
    async fn folder(
        &mut self,
        path: &RemotePath,
        files: usize,
        target: &RemotePath,
    ) -> Result<Remote, ServiceError> {
        let above =
            path.parent().filter(|_| path != target).and_then(|parent| self.known.get(parent.lower()));
        let state = match above {
            Some(Remote::Missing) => Remote::Missing,
            Some(Remote::Blocked) => Remote::Blocked,
            Some(Remote::Listed(parent)) => match parent.entry(path) {
                None => Remote::Missing,
                Some(entry) if entry.is_folder() => self.list(path, files).await?,
                Some(_) => Remote::Blocked,
            },
            Some(Remote::Unlisted) | None => self.list(path, files).await?,
        };
        self.known.insert(Arc::clone(path.lower()), state.clone());
        Ok(state)
    }

    async fn list(&self, path: &RemotePath, files: usize) -> Result<Remote, ServiceError> {
        if files <= FEW && !self.account.listings.folder(path).is_known() && !path.is_root() {
            return Ok(match self.item(path).await? {
                None => Remote::Missing,
                Some(entry) if entry.is_folder() => Remote::Unlisted,
                Some(_) => Remote::Blocked,
            });
        }
        let _permit = self.lanes.interactive().await;
        match list::load(self.account, path).await {
            Ok(folder) => Ok(Remote::Listed(folder)),
            Err(error) => match error.kind() {
                ProblemKind::NotFound => Ok(Remote::Missing),
                ProblemKind::NotAFolder => Ok(Remote::Blocked),
                _ => Err(error),
            },
        }
    }

    async fn item(&self, path: &RemotePath) -> Result<Option<Entry>, ServiceError> {
        let _permit = self.lanes.interactive().await;
        match self.account.service.rpc(&GET_METADATA, &GetMetadataArg::new(path.as_str())).await {
            Ok(metadata) => Ok(Some(convert::entry(&metadata, path.parent().as_ref()))),
            Err(error) if error.kind() == ProblemKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
