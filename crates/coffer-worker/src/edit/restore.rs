//! Bringing back: old revisions, deleted files, deleted folders. There is no batch for it, so files are restored one
//! by one, several at a time.

use super::{Done, Editor, failure};
use crate::context::JobError;
use crate::error::{Classify, RetriedError, ServiceError};
use crate::progress::Meter;
use crate::{convert, problem};
use coffer_model::{Entry, Inverse, Problem, ProblemKind, RemotePath, Rev, receipt::Rewind};
use dropbox_protocol::files::{
    CREATE_FOLDER, CreateFolderArg, LIST_FOLDER, LIST_REVISIONS, ListFolderArg, ListRevisionsArg, Metadata,
    RESTORE, RestoreArg, RestoreError,
};
use futures_util::{StreamExt, stream};

/// Files restored at once.
const AT_ONCE: usize = 6;
/// From so many files on, progress is told.
const WORTH_TELLING: usize = 20;

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
    Ok(Done { entries: vec![entry], undo: vec![undo], failed: Vec::new() })
}

/// Restores `rev` if the file is still at `current`.
pub(crate) async fn rewind(
    editor: &Editor<'_>,
    path: &RemotePath,
    rev: &Rev,
    current: Option<&Rev>,
) -> Result<Entry, Problem> {
    let about = || problem::general(format!("The version of “{}” could not be restored", path.name()));
    let now = editor.find_entry(path).await.map_err(|error| about().call(&error))?;
    let now = now.as_ref().and_then(Entry::file).map(|file| &file.rev);
    if now != current {
        return Err(about().because(
            ProblemKind::Changed,
            "The file was changed in the meantime. Check its current version first.",
        ));
    }
    restore_file(editor, path, rev).await.map_err(|error| failure(about(), &error))
}

async fn restore_file(
    editor: &Editor<'_>,
    path: &RemotePath,
    rev: &Rev,
) -> Result<Entry, RetriedError<RestoreError>> {
    let file = editor.account.service.rpc(&RESTORE, &RestoreArg::new(path.as_str(), rev.0.as_ref())).await?;
    Ok(convert::file_entry(&file, path.parent().as_ref()))
}

/// Brings deleted files and folders back as they were last.
pub(crate) async fn undelete(editor: &Editor<'_>, paths: &[RemotePath]) -> Result<Done, JobError> {
    let mut files = Vec::new();
    let mut folders = Vec::new();
    let mut done = Done::default();
    for path in paths {
        editor.job.check_wanted()?;
        match last_revision(editor, path).await {
            Ok(Some(rev)) => files.push((path.clone(), rev)),
            Ok(None) => match deleted_below(editor, path).await {
                Ok(below) => {
                    folders.push(path.clone());
                    for path in below {
                        match last_revision(editor, &path).await {
                            Ok(Some(rev)) => files.push((path, rev)),
                            Ok(None) => folders.push(path),
                            Err(error) => done.failed.push(problem::item(&path, "restored").call(&error)),
                        }
                    }
                }
                Err(error) => done.failed.push(problem::item(path, "restored").call(&error)),
            },
            Err(error) => done.failed.push(problem::item(path, "restored").call(&error)),
        }
    }
    done.add(bring_back(editor, folders, files).await?);
    Ok(done)
}

/// Makes folders and restores files where nothing stands now; what is taken is left alone and told.
pub(crate) async fn bring_back(
    editor: &Editor<'_>,
    mut folders: Vec<RemotePath>,
    mut files: Vec<(RemotePath, Rev)>,
) -> Result<Done, JobError> {
    let mut done = Done::default();
    folders.sort();
    folders.dedup();
    files.sort_by(|left, right| left.0.cmp(&right.0));
    files.dedup_by(|left, right| left.0 == right.0);
    let meter = (files.len() >= WORTH_TELLING).then(|| {
        let meter = Meter::new(editor.job, (files.len() + folders.len()) as u64, 0);
        meter.phase(coffer_model::TransferPhase::Moving);
        meter
    });
    for folder in &folders {
        if editor.job.cancel.is_cancelled() {
            break;
        }
        match editor.account.service.rpc(&CREATE_FOLDER, &CreateFolderArg::new(folder.as_str())).await {
            Ok(result) => {
                done.entries.push(convert::folder_entry(&result.metadata, folder.parent().as_ref()));
            }
            // It is there already: made again meanwhile, or by restoring something in it.
            Err(error) if error.kind() == ProblemKind::FolderExists => {}
            Err(error) => done.failed.push(failure(problem::item(folder, "restored"), &error)),
        }
        if let Some(meter) = &meter {
            meter.end_file();
        }
    }
    let mut results = stream::iter(files)
        .map(|(path, rev)| async move {
            if editor.job.cancel.is_cancelled() {
                None
            } else {
                Some(restore_to_free_place(editor, &path, &rev).await)
            }
        })
        .buffer_unordered(AT_ONCE);
    while let Some(result) = results.next().await {
        match result {
            Some(Ok(entry)) => done.entries.push(entry),
            Some(Err(problem)) => done.failed.push(problem),
            None => continue,
        }
        if let Some(meter) = &meter {
            meter.end_file();
        }
    }
    drop(results);
    if done.entries.is_empty() && done.failed.is_empty() {
        editor.job.check_wanted()?;
    }
    if !done.entries.is_empty() {
        done.undo.push(Inverse::Remove(done.entries.clone()));
    }
    Ok(done)
}

async fn restore_to_free_place(editor: &Editor<'_>, path: &RemotePath, rev: &Rev) -> Result<Entry, Problem> {
    let about = || problem::item(path, "restored");
    if editor.find_entry(path).await.map_err(|error| about().call(&error))?.is_some() {
        return Err(about().because(ProblemKind::Changed, "Another item has its name now."));
    }
    match restore_file(editor, path, rev).await {
        Ok(entry) => Ok(entry),
        Err(error) => match editor.find_entry(path).await {
            // The answer was lost, but the file is back.
            Ok(Some(entry)) if entry.file().is_some() => Ok(entry),
            _ => Err(failure(about(), &error)),
        },
    }
}

/// The newest revision of a deleted file; `None` if it was a folder.
async fn last_revision(editor: &Editor<'_>, path: &RemotePath) -> Result<Option<Rev>, ServiceError> {
    let arg = ListRevisionsArg { limit: 1, ..ListRevisionsArg::new(path.as_str()) };
    match editor.account.service.rpc(&LIST_REVISIONS, &arg).await {
        Ok(result) => Ok(result.entries.first().map(|file| Rev(file.rev.as_str().into()))),
        Err(error) if matches!(error.kind(), ProblemKind::NotAFile | ProblemKind::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Every deleted item below a deleted folder: found by listing the nearest folder that still stands.
async fn deleted_below(editor: &Editor<'_>, path: &RemotePath) -> Result<Vec<RemotePath>, ServiceError> {
    let mut standing = path.parent().unwrap_or_default();
    let mut page = loop {
        let arg =
            ListFolderArg { recursive: true, include_deleted: true, ..ListFolderArg::new(standing.as_str()) };
        match editor.account.service.rpc(&LIST_FOLDER, &arg).await {
            Ok(page) => break page,
            Err(error) if error.kind() == ProblemKind::NotFound && !standing.is_root() => {
                standing = standing.parent().unwrap_or_default();
            }
            Err(error) => return Err(error.into()),
        }
    };
    let mut below = Vec::new();
    loop {
        below.extend(
            page.entries
                .iter()
                .filter(|item| matches!(item, Metadata::Deleted(_)))
                .map(|item| convert::entry(item, None).path)
                .filter(|item| path.contains(item) && item != path),
        );
        if !page.has_more {
            return Ok(below);
        }
        page = editor.account.service.continue_list(&page.cursor).await?;
    }
}
