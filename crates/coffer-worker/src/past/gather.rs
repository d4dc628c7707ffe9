//! Gathers what is known of a folder's history, and asks the service for the rest.
//!
//! A list of versions stays right as long as its file is what it was: for one that is there, as long as the index has its
//! newest revision; for a deleted one, as long as the log of the index, which leaves nothing out, says nothing new of its path.

use super::evidence::{Evidence, FileVersion, Question, VersionList};
use super::folder_past::FolderPast;
use super::known_versions::KnownList;
use crate::account::OpenAccount;
use crate::convert;
use crate::error::{Classify, ServiceError};
use coffer_index::{Index, IndexError, PathChanges};
use coffer_model::{ChangeKind, Entry, EntryKind, ProblemKind, RemotePath};
use dropbox_protocol::files::{
    LIST_FOLDER, LIST_REVISIONS, ListFolderArg, ListRevisionsArg, ListRevisionsMode, Metadata,
    REVISIONS_PAGE_LIMIT,
};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What the index knows of a folder: everything that is there and was moved away, and the log.
pub(super) struct Indexed {
    version: u64,
    pub present: Vec<Entry>,
    pub log: PathChanges,
    /// Where files were deleted that had been moved out of the folder.
    deleted_outside: Vec<RemotePath>,
}

/// Gathers the history of a folder. `None` where the account is not indexed.
pub(crate) async fn gather(
    account: &OpenAccount,
    folder: &RemotePath,
) -> Result<Option<Arc<FolderPast>>, ServiceError> {
    let wanted = folder.clone();
    let Some(Some(indexed)) = account.index.ask(move |index| read_index(index, &wanted)).await else {
        return Ok(None);
    };
    if let Some(past) = account.past.find(folder, indexed.version) {
        return Ok(Some(past));
    }
    let mut deleted = deleted_below(account, folder, &indexed.log).await?;
    deleted.extend(indexed.deleted_outside);
    let there: HashSet<&Arc<str>> = indexed.present.iter().map(|entry| entry.path.lower()).collect();
    deleted.retain(|path| !there.contains(path.lower()));
    let evidence = Evidence {
        folder: folder.clone(),
        present: indexed.present,
        deleted,
        log: indexed.log,
        versions: HashMap::new(),
    };
    let past = Arc::new(FolderPast::new(indexed.version, evidence));
    account.past.keep(Arc::clone(&past));
    Ok(Some(past))
}

/// `None` while not everything is in the index.
pub(super) fn read_index(index: &Index, folder: &RemotePath) -> Result<Option<Indexed>, IndexError> {
    let version = index.version();
    if !index.state()?.is_complete {
        return Ok(None);
    }
    let log = index.path_changes(Timestamp::MIN)?;
    let mut present = index.tree(folder)?.unwrap_or_default();
    let mut deleted_outside = Vec::new();
    for (path, id) in moved_out(&log, folder) {
        match index.entry(&path)? {
            Some(entry) if entry.id() == id => {
                if entry.is_folder() {
                    present.extend(index.tree(&path)?.unwrap_or_default());
                }
                present.push(entry);
            }
            _ => deleted_outside.push(path),
        }
    }
    Ok(Some(Indexed { version, present, log, deleted_outside }))
}

/// Where items are now, or were last, that were moved out of a folder; with their ids.
fn moved_out(log: &PathChanges, folder: &RemotePath) -> HashMap<RemotePath, String> {
    // Where the folder itself was.
    let mut places = vec![folder.clone()];
    for change in log.changes.iter().filter(|change| change.is_folder) {
        if let (Some(old), Some(place)) = (&change.old_path, places.last())
            && let Some(before) = place.moved(&change.path, old)
        {
            places.push(before);
        }
    }
    let mut moved: HashMap<RemotePath, String> = HashMap::new();
    for (place, change) in log.changes.iter().enumerate() {
        let Some(old_path) = change.old_path.as_ref().filter(|_| change.kind == ChangeKind::Moved) else {
            continue;
        };
        let came_from_inside = places.iter().any(|place| place.contains(old_path) && place != old_path);
        if !came_from_inside {
            continue;
        }
        // What came later stands before it.
        let mut path = change.path.clone();
        for later in log.changes[..place].iter().rev() {
            if let Some(from) = &later.old_path
                && (later.is_folder || later.id == change.id)
                && let Some(now) = path.moved(from, &later.path)
            {
                path = now;
            }
        }
        if !folder.contains(&path) {
            moved.insert(path, change.id.clone());
        }
    }
    moved
}

/// Paths below a folder at which something was deleted: from what is kept and the log, or listed.
async fn deleted_below(
    account: &OpenAccount,
    folder: &RemotePath,
    log: &PathChanges,
) -> Result<Vec<RemotePath>, ServiceError> {
    let wanted = folder.clone();
    let kept = account.past.with_known(move |known| known.read_deleted(&wanted)).await.flatten();
    if let Some((listed, mut paths)) = kept
        && log.since.is_some_and(|since| since <= listed)
    {
        let later: Vec<_> = log.changes.iter().take_while(|change| change.seen >= listed).cloned().collect();
        // Of a folder the log does not tell what was in it.
        let is_known = !later.iter().any(|change| {
            change.is_folder
                && change.kind != ChangeKind::Added
                && (folder.contains(&change.path)
                    || change.path.contains(folder)
                    || change
                        .old_path
                        .as_ref()
                        .is_some_and(|old| folder.contains(old) || old.contains(folder)))
        });
        if is_known {
            let deleted = later.into_iter().filter(|change| change.kind == ChangeKind::Deleted);
            paths.extend(deleted.map(|change| change.path).filter(|path| folder.contains(path)));
            return Ok(paths);
        }
    }
    let listed = account.index.now();
    let paths = list_deleted(account, folder).await?;
    let (kept, wanted) = (paths.clone(), folder.clone());
    account.past.with_known(move |known| known.write_deleted(&wanted, listed, &kept)).await;
    Ok(paths)
}

async fn list_deleted(account: &OpenAccount, folder: &RemotePath) -> Result<Vec<RemotePath>, ServiceError> {
    let arg = ListFolderArg { recursive: true, include_deleted: true, ..ListFolderArg::new(folder.as_str()) };
    let mut page = account.service.rpc(&LIST_FOLDER, &arg).await?;
    let mut deleted: HashMap<String, RemotePath> = HashMap::new();
    loop {
        for metadata in &page.entries {
            let Some(lower) = metadata.path_lower() else { continue };
            if let Metadata::Deleted(_) = metadata {
                deleted.insert(lower.to_owned(), convert::entry(metadata, None).path);
            } else {
                // A later page may say that there is an item again.
                deleted.remove(lower);
            }
        }
        if !page.has_more {
            return Ok(deleted.into_values().collect());
        }
        page = account.service.continue_list(&page.cursor).await?;
    }
}

/// Those of the questions that were answered before, and whose answers still hold.
pub(crate) async fn known_answers(
    account: &OpenAccount,
    past: &FolderPast,
    questions: Vec<Question>,
    at: Timestamp,
) -> Vec<(Question, Arc<VersionList>)> {
    let evidence = past.evidence();
    let read = account.past.with_known(move |known| {
        let newest: HashMap<Arc<str>, Arc<str>> = evidence
            .present
            .iter()
            .filter_map(|entry| match &entry.kind {
                EntryKind::File(file) => Some((entry, file)),
                _ => None,
            })
            .flat_map(|(entry, file)| {
                [Arc::clone(entry.path.lower()), Arc::clone(&file.id)]
                    .map(|key| (key, Arc::clone(&file.rev.0)))
            })
            .collect();
        // When the log told of a path last, or of a folder around it.
        let mut told: HashMap<&str, Timestamp> = HashMap::new();
        for change in &evidence.log.changes {
            for path in std::iter::once(&change.path).chain(&change.old_path) {
                let seen = told.entry(&**path.lower()).or_insert(change.seen);
                *seen = change.seen.max(*seen);
            }
        }
        let mut answers = Vec::new();
        for question in questions {
            let Some(KnownList { asked, list }) = known.read(&question)? else { continue };
            // One that does not reach back far enough is asked for again.
            let reaches = list.is_complete
                || list.versions.last().is_some_and(|version| version.file.server_modified <= at);
            let holds = match (newest.get(question.text()), list.versions.first()) {
                (Some(rev), Some(version)) => version.file.rev.0 == *rev && list.deleted.is_none(),
                (Some(_), None) => false,
                (None, _) => {
                    let last = lineage(question.text()).filter_map(|path| told.get(path)).max();
                    evidence.log.since.is_some_and(|since| since <= asked)
                        && last.is_none_or(|last| *last < asked)
                }
            };
            if reaches && holds {
                answers.push((question, Arc::new(list)));
            }
        }
        Ok(answers)
    });
    read.await.unwrap_or_default()
}

/// A path and those of the folders around it.
fn lineage(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(folder, _)| folder))
}

/// Asks the service for one list of versions, as far back as a moment.
pub(crate) async fn ask(
    account: &OpenAccount,
    question: &Question,
    at: Timestamp,
) -> Result<VersionList, ServiceError> {
    let mut list = VersionList::default();
    let mut before_rev = None;
    let mode = match question {
        Question::AtPath(_) => ListRevisionsMode::Path,
        Question::OfFile(_) => ListRevisionsMode::Id,
    };
    loop {
        let arg = ListRevisionsArg {
            mode: mode.clone(),
            limit: REVISIONS_PAGE_LIMIT,
            before_rev: before_rev.take(),
            include_restorable_info: true,
            ..ListRevisionsArg::new(question.text())
        };
        let page = match account.service.rpc(&LIST_REVISIONS, &arg).await {
            Ok(page) => page,
            // There was a folder, or what was there is forgotten.
            Err(error) if matches!(error.kind(), ProblemKind::NotAFile | ProblemKind::NotFound) => {
                return Ok(VersionList { is_complete: true, ..list });
            }
            Err(error) => return Err(error.into()),
        };
        if list.versions.is_empty() {
            list.deleted = page.server_deleted.map(jiff::Timestamp::from);
        }
        before_rev = page.entries.last().map(|file| file.rev.clone());
        list.versions.extend(page.entries.iter().filter_map(|metadata| {
            let entry = convert::file_entry(metadata, None);
            let EntryKind::File(file) = entry.kind else { return None };
            Some(FileVersion { path: entry.path, file, is_kept: metadata.is_restorable != Some(false) })
        }));
        list.is_complete = !page.has_more;
        let reaches = list.versions.last().is_none_or(|version| version.file.server_modified <= at);
        if list.is_complete || reaches || mode == ListRevisionsMode::Id {
            return Ok(list);
        }
    }
}

/// Keeps answers for ever.
pub(crate) async fn keep(account: &OpenAccount, lists: Vec<(Question, Arc<VersionList>)>, asked: Timestamp) {
    account.past.with_known(move |known| known.write(&lists, asked)).await;
}
