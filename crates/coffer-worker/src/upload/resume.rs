//! What earlier runs of the same upload have committed, so that it is not sent again.

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

/// Files that are compared at once.
const COMPARED_AT_ONCE: usize = 3;

/// Those that earlier runs have not uploaded, or that were removed since. The others are recorded as uploaded.
pub(crate) async fn skip_committed(
    context: &UploadContext<'_>,
    files: Vec<usize>,
    committed: Vec<CommittedFile>,
) -> Result<Vec<usize>, JobError> {
    if committed.is_empty() {
        return Ok(files);
    }
    let mut committed: HashMap<usize, Entry> =
        committed.into_iter().map(|file| (file.index, file.entry)).collect();
    let (mut left, mut sought) = (Vec::new(), Vec::new());
    for index in files {
        let entry = committed.remove(&index);
        let Some((entry, task)) = entry.and_then(|entry| Some((entry, context.file_upload(index)?))) else {
            left.push(index);
            continue;
        };
        let hash = entry.file().and_then(|file| file.content_hash.as_deref()).unwrap_or_default().to_owned();
        sought.push(ExpectedFile { path: entry.path.clone(), what: (task, entry), hash });
    }
    for ((task, entry), found) in context.unless_cancelled(find_existing(context, sought)).await?? {
        if found.map_err(|error| problem_for(&task).call(&error))?.is_none() {
            left.push(task.index);
            continue;
        }
        context.outcome().add_committed(&task, &entry);
        context.emit(&task.file, FileState::Verified);
        context.transfer.meter.add_known(entry.file().map_or(0, |file| file.size_bytes));
        context.transfer.meter.end_file();
    }
    left.sort_unstable();
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
    files: Vec<usize>,
    mut numbered: HashMap<usize, RemotePath>,
) -> Result<(Vec<usize>, Vec<usize>), JobError> {
    let (mut made, mut others, mut recorded) = (Vec::new(), Vec::new(), Vec::new());
    for index in files {
        match numbered.remove(&index).and_then(|path| Some((context.file_upload(index)?, path))) {
            Some(file) => recorded.push(file),
            None => others.push(index),
        }
    }
    let mut compared = stream::iter(recorded)
        .map(|(task, path)| {
            async move { (has_same_content(context, &task, path.as_str()).await, task) }.boxed()
        })
        .buffered(COMPARED_AT_ONCE);
    while let Some((same, task)) = context.unless_cancelled(compared.next()).await? {
        match same?.map_err(|error| problem_for(&task).call(&error))? {
            Some(metadata) => {
                context.transfer.meter.add_known(metadata.size);
                made.push(task.index);
                context.record_uploaded(vec![(task, metadata)]);
            }
            None => others.push(task.index),
        }
    }
    others.sort_unstable();
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
