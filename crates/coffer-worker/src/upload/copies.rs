//! "Already in your Dropbox": a file whose content a listing shows somewhere in the account is copied there instead of
//! sent, if its place is free.
//!
//! A copy within the account keeps the time of the file that it was made from, and no call can change it. For a file
//! that is dear to send that is the lesser evil. A file that is cheap to send is copied only if both times agree.

use super::context::{FileError, UploadContext, problem_for};
use super::decisions::{FileUpload, Naming};
use super::source;
use crate::blocking;
use crate::context::JobError;
use crate::edit::{Editor, Relocation, copy_one, relocate};
use crate::worker_context::WorkerContext;
use coffer_model::{Entry, File};
use dropbox_protocol::files::{BATCH_LIMIT, DELETE, DeleteArg, FileMetadata, Metadata, RelocationPath};
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Up to this size the time of a file counts for more than the bytes saved.
const CHEAP_BYTES: u64 = 256 * 1024;
/// Files that are hashed at once.
const PARALLEL_HASHES: usize = 3;

/// Files of which each may be in the account already, and the files of the account that come into question, by their
/// content hashes. So each local file is hashed once, and how many files share a size does not matter.
pub(crate) struct Candidates {
    tasks: Vec<Arc<FileUpload>>,
    by_hash: HashMap<Arc<str>, Vec<Entry>>,
}

/// Tells the files that may be in the account already from those that must be sent.
pub(crate) async fn find(
    context: &UploadContext<'_>,
    tasks: &[Arc<FileUpload>],
) -> Result<(Candidates, Vec<Arc<FileUpload>>), JobError> {
    // Everything about a file that tells without its content whether a copy could be made of another.
    let criteria: HashSet<CopyCriteria> = tasks
        .iter()
        .filter(|task| task.naming == Naming::New)
        .filter_map(|task| CopyCriteria::of_task(task))
        .collect();
    let account = Arc::clone(&context.transfer.account);
    let known = blocking(move || {
        let is_alike =
            |file: &File| file.content_hash.is_some() && criteria.contains(&CopyCriteria::of_file(file));
        let known = if criteria.is_empty() { Vec::new() } else { account.listings.find_files(is_alike) };
        let found: HashSet<CopyCriteria> =
            known.iter().filter_map(|entry| Some(CopyCriteria::of_file(entry.file()?))).collect();
        (known, found)
    });
    let (known, found) = known.await?;
    let is_candidate = |task: &Arc<FileUpload>| {
        task.naming == Naming::New
            && CopyCriteria::of_task(task).is_some_and(|criteria| found.contains(&criteria))
    };
    let (candidates, others) = tasks.iter().cloned().partition(is_candidate);
    let mut by_hash: HashMap<Arc<str>, Vec<Entry>> = HashMap::new();
    for entry in known {
        if let Some(hash) = entry.file().and_then(|file| file.content_hash.clone()) {
            by_hash.entry(hash).or_default().push(entry);
        }
    }
    Ok((Candidates { tasks: candidates, by_hash }, others))
}

/// The size of a file, and where a copy would have to have it, its time in seconds.
#[derive(PartialEq, Eq, Hash)]
struct CopyCriteria {
    size_bytes: u64,
    modified_secs: Option<i64>,
}

impl CopyCriteria {
    /// `None`: it is never copied. Empty files are sent as fast.
    fn of_task(task: &FileUpload) -> Option<Self> {
        let size_bytes = task.file.size_bytes;
        let modified = task.file.modified.map(jiff::Timestamp::as_second);
        match size_bytes {
            0 => None,
            1..=CHEAP_BYTES => Some(Self { size_bytes, modified_secs: Some(modified?) }),
            _ => Some(Self { size_bytes, modified_secs: None }),
        }
    }

    fn of_file(file: &File) -> Self {
        let is_cheap = file.size_bytes <= CHEAP_BYTES;
        let modified_secs = is_cheap.then(|| file.client_modified.as_second());
        Self { size_bytes: file.size_bytes, modified_secs }
    }
}

/// Copies those whose content is the same; gives back the others, to be sent.
pub(crate) async fn make(
    context: &UploadContext<'_>,
    worker: &WorkerContext,
    candidates: Candidates,
) -> Result<Vec<Arc<FileUpload>>, JobError> {
    let mut others = Vec::new();
    let mut copies = Vec::new();
    let Candidates { tasks, by_hash } = candidates;
    let mut hashed = stream::iter(tasks)
        .map(|task: Arc<FileUpload>| {
            async move {
                let local_path = task.file.local_path.clone();
                (blocking(move || source::hash(&local_path)).await, task)
            }
            .boxed()
        })
        .buffered(PARALLEL_HASHES);
    while let Some((hash, task)) = context.unless_cancelled(hashed.next()).await? {
        // What can't be read is told when it is sent.
        let hash = hash?.unwrap_or_default();
        let criteria = CopyCriteria::of_task(&task);
        let alike = by_hash.get(hash.as_str()).into_iter().flatten();
        // One content may be there with several times.
        let mut same = alike.filter(|entry| entry.file().map(CopyCriteria::of_file) == criteria);
        match same.next() {
            Some(from) => copies.push((task, from.path.clone(), hash)),
            None => others.push(task),
        }
    }
    drop(hashed);
    if copies.is_empty() {
        return Ok(others);
    }
    context.wait_for_folders().await?;
    let editor = Editor { worker, account: context.account(), job: context.job };
    while !copies.is_empty() {
        context.job.check_wanted()?;
        let rest = copies.split_off(copies.len().min(BATCH_LIMIT));
        let batch = std::mem::replace(&mut copies, rest);
        let paths: Vec<RelocationPath> = batch
            .iter()
            .map(|(task, from, _)| RelocationPath::new(from.as_str(), task.file.remote_path.as_str()))
            .collect();
        let results = if let [path] = paths.as_slice() {
            vec![context.finish_before_exit(copy_one(&editor, path)).await?]
        } else {
            match context.finish_before_exit(relocate(&editor, Relocation::Copy, &paths, false)).await? {
                Ok(results) => results.into_iter().map(Result::ok).collect(),
                // What has been copied all the same is found to be there when it is sent.
                Err(error) => {
                    tracing::info!(%error, "uploading instead of copying");
                    Vec::new()
                }
            }
        };
        let mut results = results.into_iter();
        let mut arrived = Vec::new();
        for (task, _, hash) in batch {
            match results.next().flatten() {
                Some(Metadata::File(file)) if file.content_hash.as_deref() == Some(hash.as_str()) => {
                    context.transfer.meter.add_known(file.size);
                    arrived.push((task, file));
                }
                Some(Metadata::File(file)) => match remove_wrong(context, &task, &file).await {
                    Ok(()) => others.push(task),
                    Err(error) => context.finish_file(&task, error)?,
                },
                _ => others.push(task),
            }
        }
        context.record_copied(arrived);
    }
    Ok(others)
}

/// The source had changed since it was listed: its copy is not what was wanted.
async fn remove_wrong(
    context: &UploadContext<'_>,
    task: &FileUpload,
    copy: &FileMetadata,
) -> Result<(), FileError> {
    let arg =
        DeleteArg { parent_rev: Some(copy.rev.clone()), ..DeleteArg::new(task.file.remote_path.as_str()) };
    match context.service().rpc(&DELETE, &arg).await {
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "a wrong copy could not be removed");
            Err(problem_for(task).call(&error).into())
        }
    }
}
