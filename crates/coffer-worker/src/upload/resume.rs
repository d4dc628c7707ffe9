//! What earlier runs of the same order have brought, so that it is not sent again.

use super::context::{UploadContext, problem_for};
use super::decisions::FileUpload;
use super::find_existing::{ExistingFile, ExpectedFile, find_existing};
use super::source;
use crate::blocking;
use crate::context::JobError;
use crate::transfer::{Change, CommittedFile, TransferHandle};
use coffer_model::transfer::FileState;
use coffer_model::{Entry, RemotePath};
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::HashMap;
use std::sync::Arc;

/// Files that are compared at once.
const COMPARED_AT_ONCE: usize = 3;

/// Those that earlier runs have not brought, or that were taken away since. The others have arrived.
pub(crate) async fn skip_committed(
    context: &UploadContext<'_>,
    tasks: Vec<Arc<FileUpload>>,
    committed: Vec<CommittedFile>,
) -> Result<Vec<Arc<FileUpload>>, JobError> {
    let mut committed: HashMap<usize, Entry> =
        committed.into_iter().map(|file| (file.index, file.entry)).collect();
    let (mut left, mut sought) = (Vec::new(), Vec::new());
    for task in tasks {
        let Some(entry) = committed.remove(&task.index) else {
            left.push(task);
            continue;
        };
        let hash = entry.file().and_then(|file| file.content_hash.as_deref()).unwrap_or_default().to_owned();
        sought.push(ExpectedFile { path: entry.path.clone(), what: (task, entry), hash });
    }
    for ((task, entry), found) in context.unless_cancelled(find_existing(context, sought)).await?? {
        if found.map_err(|error| problem_for(&task).call(&error))?.is_none() {
            left.push(task);
            continue;
        }
        context.outcome().add_committed(&task, &entry);
        context.emit(&task, FileState::Verified);
        context.transfer.meter.add_known(entry.file().map_or(0, |file| file.size_bytes));
        context.transfer.meter.end_file();
    }
    left.sort_unstable_by_key(|task| task.index);
    Ok(left)
}

/// A file is about to be made under this name, at which nothing stands. On disk when this returns, if it can be
/// written.
pub(crate) async fn record_number(handle: &TransferHandle, task: &FileUpload, path: &RemotePath) {
    let (index, path) = (task.index, path.clone());
    handle.record_change(|transfer| Change::NameNumbered { transfer, index, path });
    // Not written, a kill in the very moment would cost a second copy, and that is no reason to stop.
    let _ = handle.flush().await;
}

/// Tells those apart that were made with a number by a run that was killed before it knew, and the others.
pub(crate) async fn find_numbered(
    context: &UploadContext<'_>,
    tasks: Vec<Arc<FileUpload>>,
    mut numbered: HashMap<usize, RemotePath>,
) -> Result<(Vec<Arc<FileUpload>>, Vec<Arc<FileUpload>>), JobError> {
    let (mut made, mut others, mut noted) = (Vec::new(), Vec::new(), Vec::new());
    for task in tasks {
        match numbered.remove(&task.index) {
            Some(path) => noted.push((task, path)),
            None => others.push(task),
        }
    }
    let mut compared = stream::iter(noted)
        .map(|(task, path)| {
            async move { (has_same_content(context, &task, path.as_str()).await, task) }.boxed()
        })
        .buffered(COMPARED_AT_ONCE);
    while let Some((same, task)) = context.unless_cancelled(compared.next()).await? {
        match same?.map_err(|error| problem_for(&task).call(&error))? {
            Some(metadata) => {
                context.transfer.meter.add_known(metadata.size);
                context.record_uploaded(vec![(Arc::clone(&task), metadata)]);
                made.push(task);
            }
            None => others.push(task),
        }
    }
    others.sort_unstable_by_key(|task| task.index);
    Ok((made, others))
}

/// What stands at a path, if it has the content that the file has here.
async fn has_same_content(
    context: &UploadContext<'_>,
    task: &FileUpload,
    path: &str,
) -> Result<ExistingFile, JobError> {
    let there = match context.file_at(path).await {
        Ok(Some(there)) if there.size == task.file.size_bytes => there,
        Ok(_) => return Ok(Ok(None)),
        Err(error) => return Ok(Err(error)),
    };
    let local_path = task.file.local_path.clone();
    // What can't be read is told when it is sent.
    let hash = blocking(move || source::hash(&local_path)).await?.ok();
    Ok(Ok(Some(there).filter(|there| hash.is_some() && there.content_hash == hash)))
}
