//! Ends a conflict as the person wants it. Both versions are files of the account until then, and what goes is deleted,
//! or becomes an earlier version: both can be undone.

use super::check_out::download;
use super::record::{ConflictRecord, StoredCopy};
use super::save::{SavedVersion, about, find_file, read, save_copy, set_base, upload, version, write};
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::convert;
use crate::history::{Inverse, NewOperation};
use crate::worker_context::WorkerContext;
use coffer_model::working_copy::{ConflictChoice, SaveResult};
use coffer_model::{OperationKind, ProblemKind, Receipt, RemotePath, Rev, WorkingCopyId};
use coffer_texts::tr;
use dropbox_protocol::files::{DELETE, DeleteArg};
use std::sync::Arc;

pub(crate) async fn resolve(
    worker: &WorkerContext,
    job: &JobContext,
    id: &WorkingCopyId,
    keep: ConflictChoice,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let mut copy = worker.working_copies.lock(id).await?;
    let account = account.noted_under(copy.path_root().into());
    let resolved = resolve_copy(worker, job, &account, &mut copy, keep).await;
    drop(copy);
    worker.working_copies.notify_changed(id);
    Ok(Receipt::SavedCopy(resolved?.record(worker, &account, id).await))
}

async fn resolve_copy(
    worker: &WorkerContext,
    job: &JobContext,
    account: &OpenAccount,
    copy: &mut StoredCopy,
    keep: ConflictChoice,
) -> Result<SavedVersion, JobError> {
    // What was changed since is saved beside theirs first: so it can be brought back whatever is chosen.
    save_copy(worker, job, account, copy).await?;
    let conflict = copy
        .record
        .conflict
        .clone()
        .ok_or_else(|| about(copy).because(ProblemKind::Changed, tr!("why-conflict-resolved")))?;
    let mine = copy.remote_path();
    let mine_rev = copy.record.rev.clone();
    let theirs = match keep {
        ConflictChoice::Both => None,
        _ => find_file(account, &conflict.file_id, || about(copy)).await?,
    };
    let Some(theirs) = theirs else {
        // Both stay, or they have deleted theirs since: mine stays under its name.
        copy.record.conflict = None;
        write(copy)?;
        return Ok(SavedVersion { remote_path: mine, result: SaveResult::Unchanged, operation: None });
    };
    let entry = convert::file_entry(&theirs, RemotePath::new(&conflict.remote_path).parent().as_ref());
    let mut operation = None;
    let (base, fingerprint, hash) = match keep {
        ConflictChoice::Mine => {
            let is_seen = conflict.content_hash.is_none() || conflict.content_hash == theirs.content_hash;
            if !is_seen {
                // Whoever chooses once more knows of it.
                let content_hash = theirs.content_hash;
                copy.record.conflict = Some(ConflictRecord { content_hash, ..conflict });
                write(copy)?;
                let detail = tr!("why-other-version-changed");
                return Err(about(copy).because(ProblemKind::Changed, detail).into());
            }
            // Before the upload: what a program writes while that runs is not in the account.
            let (fingerprint, hash) = read(copy).await?;
            let uploaded = upload(worker, job, copy, &entry.path, Some(theirs.rev.clone())).await?;
            operation = uploaded.operation;
            (version(account, copy, &uploaded.rev).await?, Some(fingerprint), hash)
        }
        ConflictChoice::Theirs | ConflictChoice::Both => {
            if let Some(file) = entry.file()
                && !download(worker, job, copy, &entry, file).await?
            {
                return Err(about(copy).because(ProblemKind::Changed, tr!("why-changed-just-now")).into());
            }
            (theirs, copy.record.fingerprint, copy.record.content_hash.clone())
        }
    };
    copy.record.conflict = None;
    entry.path.as_str().clone_into(&mut copy.record.remote_path);
    set_base(copy, &base, fingerprint, &hash)?;
    if delete(account, &mine, &mine_rev).await {
        let files = Arc::new(std::iter::once((mine.clone(), Rev(mine_rev.into()))).collect());
        operation = Some(with_deleted(operation, &mine, Inverse::Undelete { folders: Vec::new(), files }));
    }
    Ok(SavedVersion { remote_path: entry.path, result: result_of(keep), operation })
}

/// The deletion of the file with the changes made here belongs to the upload of these, if there was one.
fn with_deleted(uploaded: Option<NewOperation>, mine: &RemotePath, undelete: Inverse) -> NewOperation {
    if let Some(uploaded) = uploaded {
        let inverse = Inverse::all(uploaded.inverse.into_iter().chain([undelete]).collect());
        return NewOperation { inverse, ..uploaded };
    }
    let mut new = NewOperation::new(OperationKind::Delete, Some(undelete));
    new.add_item(mine, false, None);
    new
}

fn result_of(keep: ConflictChoice) -> SaveResult {
    match keep {
        ConflictChoice::Mine => SaveResult::NewVersion,
        ConflictChoice::Theirs | ConflictChoice::Both => SaveResult::Unchanged,
    }
}

/// Deletes the file with the changes made here, if it is still what was saved. A leftover is no harm, so a failure is
/// not one of the choice.
async fn delete(account: &OpenAccount, path: &RemotePath, rev: &str) -> bool {
    let arg = DeleteArg { parent_rev: Some(rev.to_owned()), ..DeleteArg::new(path.as_str()) };
    let deleted = account.service.rpc(&DELETE, &arg).await;
    if let Err(error) = &deleted {
        tracing::warn!(%error, "the file with the changes in conflict could not be deleted");
    }
    deleted.is_ok()
}
