//! Makes the folders that an upload needs, many in one call, before any file is committed: so it is known which were
//! made here and can be taken back. Folders that are there already are all the better.

use super::context::UploadContext;
use crate::act::Act;
use crate::context::JobError;
use crate::edit::launch_folders;
use crate::problem;
use crate::retry::{RetryPolicy, TRIES_CONTENTION, back_off};
use coffer_model::{ProblemKind, RemotePath};
use coffer_texts::tr;
use dropbox_protocol::files::{
    BATCH_LIMIT, CreateFolderBatchResultEntry, CreateFolderEntryError, WriteConflictError, WriteError,
};
use std::collections::HashSet;

/// Makes `folders`, parents first. Only those of `wanted` are told when they could not be made, each by itself: the files
/// of the others tell it by themselves.
pub(crate) async fn make(
    context: &UploadContext<'_>,
    folders: &[RemotePath],
    wanted: &[RemotePath],
) -> Result<(), JobError> {
    let missing: Vec<&RemotePath> = folders.iter().filter(|folder| !is_listed(context, folder)).collect();
    for chunk in missing.chunks(BATCH_LIMIT) {
        make_some(context, chunk, &wanted.iter().collect()).await?;
    }
    context.folders_made.send_replace(true);
    Ok(())
}

/// Whether a listing shows the folder.
fn is_listed(context: &UploadContext<'_>, folder: &RemotePath) -> bool {
    let listed = folder.parent().map(|parent| context.account().listings.folder(&parent));
    listed.and_then(|parent| parent.entry(folder)).is_some_and(|entry| entry.is_folder())
}

async fn make_some(
    context: &UploadContext<'_>,
    folders: &[&RemotePath],
    wanted: &HashSet<&RemotePath>,
) -> Result<(), JobError> {
    let mut pending = folders.to_vec();
    let mut round = 0;
    loop {
        let results = match call(context, &pending).await {
            Ok(results) => results,
            // Files make their folders by themselves, and may well succeed.
            Err(JobError::Failed(problem)) if !problem.kind.ends_transfer() => {
                for folder in pending.iter().filter(|folder| wanted.contains(*folder)) {
                    let failed = problem::item(folder, Act::Create);
                    context.outcome().add_failed(failed.because(problem.kind, &problem.detail));
                }
                return Ok(());
            }
            Err(stop) => return Err(stop),
        };
        let mut made = Vec::new();
        let mut contended = Vec::new();
        for (folder, result) in pending.iter().zip(results) {
            match result {
                CreateFolderBatchResultEntry::Success(result) => made.push(result.metadata),
                CreateFolderBatchResultEntry::Failure(CreateFolderEntryError::Path(
                    WriteError::Conflict(WriteConflictError::Folder),
                )) => {}
                CreateFolderBatchResultEntry::Failure(CreateFolderEntryError::Path(
                    WriteError::TooManyWriteOperations,
                )) if round < TRIES_CONTENTION => contended.push(*folder),
                CreateFolderBatchResultEntry::Failure(error) => {
                    if wanted.contains(folder) {
                        context.outcome().add_failed(problem::item(folder, Act::Create).entry(&error));
                    }
                }
            }
        }
        context.outcome().add_made_folders(&context.transfer.handle, &made);
        if contended.is_empty() {
            return Ok(());
        }
        pending = contended;
        round += 1;
        context.unless_cancelled(tokio::time::sleep(back_off(round))).await?;
    }
}

async fn call(
    context: &UploadContext<'_>,
    folders: &[&RemotePath],
) -> Result<Vec<CreateFolderBatchResultEntry>, JobError> {
    let paths: Vec<String> = folders.iter().map(|folder| folder.as_str().to_owned()).collect();
    context.job.check_wanted()?;
    let _turn = context.acquire_commit_permit().await?;
    // Folders that are there already are all the better, so it may be repeated.
    let made = launch_folders(context.service(), RetryPolicy::Repeat, paths);
    let made = context.finish_before_exit(made).await?;
    let entries = made.map_err(|error| problem::general(tr!("could-not-begin-upload")).call(&error))?;
    if entries.len() < folders.len() {
        let kind = ProblemKind::ServiceError;
        return Err(problem::general(tr!("could-not-begin-upload"))
            .because(kind, problem::words_for_kind(kind))
            .into());
    }
    Ok(entries)
}
