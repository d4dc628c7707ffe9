//! Bringing back: old revisions, deleted files, deleted folders. There is no batch for it, so files are restored one
//! by one, several at a time.

use super::existing::{Existing, ExistingItems};
use super::{Done, Editor, batch, failure, is_unsure};
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::deleted::{DeletedState, DeletedTree};
use crate::error::{Classify, RetriedError, ServiceError};
use crate::history::{FileRevisions, Inverse, MadeItems, Rewind};
use crate::progress::Meter;
use crate::service::Service;
use crate::worker_context::WorkerContext;
use crate::{convert, problem};
use coffer_model::{DeletedKind, Entry, EntryKind, File, Problem, ProblemKind, Receipt, RemotePath, Rev};
use coffer_texts::tr;
use dropbox_protocol::files::{LIST_FOLDER, ListFolderArg, RESTORE, RestoreArg, RestoreError};
use futures_util::{StreamExt, stream};
use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

/// Files restored at once.
pub(super) const AT_ONCE: usize = 6;
/// After so many files the service is asked what has changed meanwhile.
pub(super) const FILES_BETWEEN_LOOKS: usize = 200;

/// Makes an old revision the newest one, provided that `current` still is it.
pub(crate) async fn revision(
    editor: &Editor<'_>,
    path: &RemotePath,
    rev: &Rev,
    current: Option<&Rev>,
) -> Result<Done, JobError> {
    let entry = rewind(editor, path, rev, current).await?;
    let undo = match (current, entry.file()) {
        (Some(before), Some(file)) => {
            let rewind = Rewind { path: path.clone(), current: file.rev.clone(), rev: before.clone() };
            Inverse::Rewind(vec![rewind])
        }
        _ => Inverse::Remove(vec![entry.clone()]),
    };
    Ok(Done { entries: vec![entry], undo: vec![undo], ..Done::default() })
}

/// Restores `rev` if the file is still at `current`.
async fn rewind(
    editor: &Editor<'_>,
    path: &RemotePath,
    rev: &Rev,
    current: Option<&Rev>,
) -> Result<Entry, Problem> {
    let now = editor.find_entry(path).await;
    rewind_from(editor, path, rev, current, now).await
}

/// Restores `rev` if the file is still at `current`, which `now` tells.
pub(super) async fn rewind_from(
    editor: &Editor<'_>,
    path: &RemotePath,
    rev: &Rev,
    current: Option<&Rev>,
    now: Existing,
) -> Result<Entry, Problem> {
    let about = || problem::general(tr!("could-not-restore-version", name = path.name()));
    let now = now.map_err(|error| about().call(&error))?;
    let now = now.as_ref().and_then(Entry::file).map(|file| &file.rev);
    if now != current {
        return Err(about().because(ProblemKind::Changed, tr!("why-check-current-version")));
    }
    restore_file(editor, path, rev).await.map_err(|error| failure(about(), &error))
}

pub(super) async fn restore_file(
    editor: &Editor<'_>,
    path: &RemotePath,
    rev: &Rev,
) -> Result<Entry, RetriedError<RestoreError>> {
    let service = editor.account.service.until_cancelled(editor.job);
    let file = service.rpc(&RESTORE, &RestoreArg::new(path.as_str(), rev.0.as_ref())).await?;
    Ok(convert::file_entry(&file, path.parent().as_ref()))
}

/// Restores deleted files and folders as they were when they were deleted.
pub(crate) async fn undelete(editor: &Editor<'_>, entries: &[Entry]) -> Result<Done, JobError> {
    let (mut folders, mut files) = (Vec::new(), FileRevisions::default());
    let failed = visit_restorable(editor, entries, |path, file| match file {
        Some(file) => files.push(path, &file.rev),
        None => folders.push(path.clone()),
    })
    .await?;
    let mut done = Done { failed, ..Done::default() };
    let meter = Meter::for_items(editor.job, folders.len() + files.len());
    done.add(bring_back(editor, folders, &files, meter.as_ref()).await?);
    Ok(done)
}

/// What [`undelete`] would restore. Changes nothing.
pub(crate) async fn plan_undelete(
    worker: &WorkerContext,
    job: &JobContext,
    entries: &[Entry],
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let editor = Editor { worker, account: &account, job };
    let mut restorable = Vec::new();
    let failed = visit_restorable(&editor, entries, |path, file| {
        let kind = match file {
            Some(file) => EntryKind::File(file.clone()),
            None => EntryKind::Folder { id: "".into() },
        };
        restorable.push(Entry::new(path.clone(), kind));
    })
    .await?;
    if let Some(problem) = failed.into_iter().next() {
        return Err(JobError::Failed(problem));
    }
    restorable.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(Receipt::UndeletePlanned(restorable))
}

/// Shows what comes back with these items, each as it was last, folders without a file; what is not deleted is a
/// problem.
async fn visit_restorable(
    editor: &Editor<'_>,
    entries: &[Entry],
    mut visit: impl FnMut(&RemotePath, Option<&File>),
) -> Result<Vec<Problem>, JobError> {
    let service = &editor.service();
    let mut failed = Vec::new();
    // Whoever listed a file has seen that nothing was deleted below it since: the tree need not be listed again.
    let is_file = |entry: &&Entry| matches!(entry.kind, EntryKind::Deleted(DeletedKind::File(_)));
    let (files, mut others): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(is_file);
    let paths: Vec<RemotePath> = files.iter().map(|entry| entry.path.clone()).collect();
    let mut states = stream::iter(paths)
        .map(|path| async move { DeletedState::ask(service, &path).await })
        .buffered(AT_ONCE)
        .zip(stream::iter(files));
    while let Some((state, entry)) = states.next().await {
        editor.job.check_wanted()?;
        match state.as_ref().map(DeletedState::file) {
            Ok(Some(file)) => visit(&entry.path, Some(file)),
            Ok(None) => others.push(entry),
            Err(error) => failed.push(problem::item(&entry.path, Act::Restore).call(error)),
        }
    }
    // What is in one folder is listed together.
    others.sort_by_key(|entry| entry.path.parent());
    for siblings in others.chunk_by(|left, right| left.path.parent() == right.path.parent()) {
        editor.job.check_wanted()?;
        let listed = async {
            let mut items = deleted_at(service, siblings).await?;
            items.ask_all(service).await?;
            Ok::<_, ServiceError>(items)
        };
        match listed.await {
            Ok(items) => {
                for entry in siblings {
                    let mut is_deleted = false;
                    items.visit_restorable(&entry.path, |path, file| {
                        is_deleted = true;
                        visit(path, file);
                    });
                    if !is_deleted {
                        failed.push(
                            problem::item(&entry.path, Act::Restore)
                                .because(ProblemKind::NotFound, tr!("why-nothing-deleted")),
                        );
                    }
                }
            }
            Err(error) => {
                let about = |entry: &&Entry| problem::item(&entry.path, Act::Restore).call(&error);
                failed.extend(siblings.iter().map(about));
            }
        }
    }
    Ok(failed)
}

/// What was deleted at and below some paths of one folder: found by listing the nearest folder that exists.
async fn deleted_at(service: &Service, siblings: &[&Entry]) -> Result<DeletedTree, ServiceError> {
    let mut existing = siblings.first().and_then(|entry| entry.path.parent()).unwrap_or_default();
    let wanted: HashSet<&RemotePath> = siblings.iter().map(|entry| &entry.path).collect();
    let mut page = loop {
        let arg =
            ListFolderArg { recursive: true, include_deleted: true, ..ListFolderArg::new(existing.as_str()) };
        match service.rpc(&LIST_FOLDER, &arg).await {
            Ok(page) => break page,
            Err(error) if error.kind() == ProblemKind::NotFound && !existing.is_root() => {
                existing = existing.parent().unwrap_or_default();
            }
            Err(error) => return Err(error.into()),
        }
    };
    let is_wanted = |entry: &Entry| entry.path.lineage().iter().any(|path| wanted.contains(path));
    let mut items = DeletedTree::default();
    loop {
        items.add(page.entries.iter().map(|item| convert::entry(item, None)).filter(is_wanted));
        if !page.has_more {
            return Ok(items);
        }
        page = service.continue_list(&page.cursor).await?;
    }
}

/// Makes folders and restores files where nothing stands now; what is taken is left alone and told.
pub(crate) async fn bring_back(
    editor: &Editor<'_>,
    mut folders: Vec<RemotePath>,
    files: &FileRevisions,
    meter: Option<&Meter>,
) -> Result<Done, JobError> {
    folders.sort();
    folders.dedup();
    let mut restored = Restored::default();
    make_folders(editor, &folders, &mut restored).await;
    Meter::end_items(meter, folders.len());
    let mut existing = ExistingItems::new(editor, files.iter().map(|(path, _)| path));
    let mut seen = HashSet::new();
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    // Only one of those with one path, and of a path no more than a hash: there may be very many.
    let mut files = files.iter().filter(|(path, _)| seen.insert(hasher.hash_one(path)));
    while !editor.job.cancel.is_cancelled() {
        let part: Vec<(RemotePath, Rev)> = files.by_ref().take(FILES_BETWEEN_LOOKS).collect();
        let paths: Vec<RemotePath> = part.iter().map(|(path, _)| path.clone()).collect();
        let Ok(now) = existing.find(&paths).await else { break };
        let mut results = stream::iter(part.into_iter().zip(now))
            .map(|((path, rev), now)| async move {
                if editor.job.cancel.is_cancelled() {
                    None
                } else {
                    Some(restore_to_free_place(editor, &path, &rev, now).await)
                }
            })
            .buffer_unordered(AT_ONCE);
        while let Some(result) = results.next().await {
            match result {
                Some(Ok(entry)) => restored.add(entry),
                Some(Err(problem)) if editor.gave_up(problem.kind) => continue,
                Some(Err(problem)) => restored.failed.push(problem),
                None => continue,
            }
            Meter::end_items(meter, 1);
        }
        let is_cut_off = |problem: &&Problem| problem.kind.ends_transfer();
        if let Some(problem) = restored.failed.iter().find(is_cut_off).cloned() {
            let about =
                |(path, _)| problem::item(&path, Act::Restore).because(problem.kind, &*problem.detail);
            restored.failed.extend(files.map(about));
            break;
        }
        if paths.len() < FILES_BETWEEN_LOOKS {
            break;
        }
    }
    if restored.entries.is_empty() && restored.failed.is_empty() {
        editor.job.check_wanted()?;
    }
    Ok(restored.into_done())
}

/// Those that are there already were made again meanwhile, or by restoring something in them.
async fn make_folders(editor: &Editor<'_>, folders: &[RemotePath], restored: &mut Restored) {
    let (made, ended_by) = batch::create_folders(editor, folders).await;
    let about = |folder| problem::item(folder, Act::Restore);
    let rest = folders.get(made.len()..).unwrap_or_default();
    for (folder, result) in folders.iter().zip(made) {
        match result {
            Ok(metadata) => restored.add(convert::entry(&metadata, folder.parent().as_ref())),
            Err(error) if error.kind() == ProblemKind::FolderExists => {}
            Err(error) => restored.failed.push(about(folder).entry(&error)),
        }
    }
    match ended_by {
        Some(error) if editor.gave_up(error.kind()) => restored.left = rest.to_vec(),
        Some(error) => {
            restored.failed.extend(rest.iter().map(|folder| failure(about(folder), &error)));
        }
        None => {}
    }
}

/// What is there again, and how it is taken away.
#[derive(Default)]
pub(super) struct Restored {
    entries: Vec<Entry>,
    made: MadeItems,
    made_folders: HashSet<RemotePath>,
    /// Those of the entries that are in no folder that was made.
    top_entries: Vec<Entry>,
    failed: Vec<Problem>,
    /// Folders that were not made, because the job was cancelled.
    left: Vec<RemotePath>,
}

impl Restored {
    /// A folder before what is in it.
    pub(super) fn add(&mut self, entry: Entry) {
        self.made.insert(&entry);
        if !entry.path.parent().is_some_and(|folder| self.made_folders.contains(&folder)) {
            self.top_entries.push(entry.clone());
        }
        if entry.is_folder() {
            self.made_folders.insert(entry.path.clone());
        }
        self.entries.push(entry);
    }

    pub(super) fn into_done(self) -> Done {
        let mut done =
            Done { entries: self.entries, failed: self.failed, left: self.left, ..Done::default() };
        if !self.top_entries.is_empty() {
            let made = Arc::new(self.made);
            done.undo.push(Inverse::RemoveMade { entries: self.top_entries, made });
        }
        done
    }
}

async fn restore_to_free_place(
    editor: &Editor<'_>,
    path: &RemotePath,
    rev: &Rev,
    now: Existing,
) -> Result<Entry, Problem> {
    let about = || problem::item(path, Act::Restore);
    if now.map_err(|error| about().call(&error))?.is_some() {
        return Err(about().because(ProblemKind::Changed, tr!("why-name-taken-now")));
    }
    match restore_file(editor, path, rev).await {
        Ok(entry) => Ok(entry),
        Err(error) if !is_unsure(&error) => Err(about().call(&error)),
        Err(error) => match editor.find_entry(path).await {
            // The answer was lost, but the file is back.
            Ok(Some(entry)) if entry.file().is_some() => Ok(entry),
            _ => Err(failure(about(), &error)),
        },
    }
}
