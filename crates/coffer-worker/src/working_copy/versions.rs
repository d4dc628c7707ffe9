//! Finds both versions of a file in conflict.

use super::save::{find_file, write};
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::JobError;
use crate::worker_context::WorkerContext;
use crate::{convert, problem};
use coffer_model::{Entry, ProblemKind, RemotePath, WorkingCopyId};
use coffer_texts::tr;
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) struct VersionsInConflict {
    /// As the paths of the copy were noted.
    pub account: Arc<OpenAccount>,
    /// Where the file of the working copy is in the account.
    pub mine: RemotePath,
    pub local_path: PathBuf,
    pub theirs: Entry,
}

/// Reads nothing of their contents. The copy is free again when this returns, so that it can be saved meanwhile.
pub(crate) async fn find_versions(
    worker: &WorkerContext,
    account: &Arc<OpenAccount>,
    id: &WorkingCopyId,
) -> Result<VersionsInConflict, JobError> {
    let copy = worker.working_copies.lock(id).await?;
    let account = account.noted_under(copy.path_root().into());
    let mine = copy.remote_path();
    let about = || problem::item(&mine, Act::Compare);
    let Some(conflict) = &copy.record.conflict else {
        return Err(about().because(ProblemKind::Changed, tr!("why-conflict-resolved")).into());
    };
    let theirs = find_file(&account, &conflict.file_id, about).await?;
    let Some(theirs) = theirs else {
        let detail = tr!("why-other-version-deleted");
        return Err(about().because(ProblemKind::Changed, detail).into());
    };
    let theirs = convert::file_entry(&theirs, RemotePath::new(&conflict.remote_path).parent().as_ref());
    Ok(VersionsInConflict { account, local_path: copy.local_path(), theirs, mine: mine.clone() })
}

/// The person sees this content of the other version, and may replace it.
pub(crate) async fn note_shown(
    worker: &WorkerContext,
    id: &WorkingCopyId,
    theirs: &Entry,
) -> Result<(), JobError> {
    let mut copy = worker.working_copies.lock(id).await?;
    let content_hash = theirs.file().and_then(|file| file.content_hash.as_deref()).map(str::to_owned);
    match &mut copy.record.conflict {
        Some(conflict) if conflict.content_hash != content_hash => conflict.content_hash = content_hash,
        _ => return Ok(()),
    }
    write(&copy)
}
