//! "Already in your Dropbox": a file whose content a listing or the index shows somewhere in the account is copied there
//! instead of sent, if its place is free. The index is asked only about files that are dear to send.
//!
//! A copy within the account keeps the time of the file that it was made from, and no call can change it. For a file
//! that is dear to send that is the lesser evil. A file that is cheap to send is copied only if both times agree.

use super::context::{FileError, UploadContext, problem_for};
use super::decisions::FileUpload;
use super::source;
use crate::blocking;
use crate::context::JobError;
use crate::edit::{Editor, copy_one, relocate};
use crate::worker_context::WorkerContext;
use coffer_model::transfer::{FileAction, UploadPlan};
use coffer_model::{Entry, File, Relocation, RemotePath};
use dropbox_protocol::files::{BATCH_LIMIT, DELETE, DeleteArg, FileMetadata, Metadata, RelocationPath};
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Up to this size the time of a file counts for more than the bytes saved.
const CHEAP_BYTES: u64 = 256 * 1024;
/// Files that are hashed at once.
const PARALLEL_HASHES: usize = 3;

/// Files of the plan of which each may be in the account already, and the files of the account that come into question,
/// by their content hashes. So each local file is hashed once, and how many files share a size does not matter.
pub(crate) struct Candidates {
    files: Vec<usize>,
    by_hash: HashMap<Arc<str>, Vec<Entry>>,
}

/// Divides files into those that may be in the account already, and those that must be sent.
pub(crate) async fn find(
    context: &UploadContext<'_>,
    files: Vec<usize>,
) -> Result<(Candidates, Vec<usize>), JobError> {
    let (account, plan) = (Arc::clone(&context.transfer.account), Arc::clone(&context.plan));
    let dear_sizes: HashSet<u64> =
        files.iter().map(|index| plan.files.size_bytes(*index)).filter(|size| *size > CHEAP_BYTES).collect();
    let indexed = account.index.ask(move |index| index.sizes_present(&dear_sizes)).await.unwrap_or_default();
    let found = blocking(move || {
        // First what is listed, which is mostly less than what is planned. Everything about a file that tells without
        // its content whether a copy could be made of another is in the criteria.
        let mut listed: HashSet<CopyCriteria> = HashSet::new();
        account.listings.for_each_file(|_, file| {
            if file.content_hash.is_some() {
                listed.insert(CopyCriteria::from_file(file));
            }
        });
        let criteria = |index: usize| {
            let is_new = plan.files.action(index) == FileAction::Add;
            is_new.then(|| CopyCriteria::from_plan(&plan, index)).flatten()
        };
        let is_candidate = |index: &usize| {
            criteria(*index)
                .is_some_and(|criteria| listed.contains(&criteria) || indexed.contains(&criteria.size_bytes))
        };
        let (candidates, others): (Vec<usize>, Vec<usize>) = files.into_iter().partition(is_candidate);
        let wanted: HashSet<CopyCriteria> = candidates.iter().filter_map(|index| criteria(*index)).collect();
        let mut by_hash: HashMap<Arc<str>, Vec<Entry>> = HashMap::new();
        if !wanted.is_empty() {
            account.listings.for_each_file(|entry, file| {
                if let Some(hash) = &file.content_hash
                    && wanted.contains(&CopyCriteria::from_file(file))
                {
                    by_hash.entry(Arc::clone(hash)).or_default().push(entry.clone());
                }
            });
        }
        (Candidates { files: candidates, by_hash }, others)
    });
    Ok(found.await?)
}

/// The size of a file, and where a copy would have to have it, its time in seconds.
#[derive(PartialEq, Eq, Hash)]
struct CopyCriteria {
    size_bytes: u64,
    modified_secs: Option<i64>,
}

impl CopyCriteria {
    /// `None`: it is never copied. Empty files are sent as fast.
    fn from_plan(plan: &UploadPlan, index: usize) -> Option<Self> {
        let size_bytes = plan.files.size_bytes(index);
        let modified = plan.files.modified(index).map(jiff::Timestamp::as_second);
        match size_bytes {
            0 => None,
            1..=CHEAP_BYTES => Some(Self { size_bytes, modified_secs: Some(modified?) }),
            _ => Some(Self { size_bytes, modified_secs: None }),
        }
    }

    fn from_file(file: &File) -> Self {
        let is_cheap = file.size_bytes <= CHEAP_BYTES;
        let modified_secs = is_cheap.then(|| file.client_modified.as_second());
        Self { size_bytes: file.size_bytes, modified_secs }
    }
}

/// Copies those whose content is the same; returns the others, to be sent.
pub(crate) async fn make(
    context: &UploadContext<'_>,
    worker: &WorkerContext,
    candidates: Candidates,
) -> Result<Vec<usize>, JobError> {
    let mut others = Vec::new();
    let mut copies = Vec::new();
    let Candidates { files, by_hash } = candidates;
    let mut hashed =
        stream::iter(files.into_iter().filter_map(|index| Some((index, context.plan.files.get(index)?))))
            .map(|(index, file)| {
                async move { (blocking(move || source::hash(&file.local_path)).await, index) }.boxed()
            })
            .buffered(PARALLEL_HASHES);
    while let Some((hash, index)) = context.unless_cancelled(hashed.next()).await? {
        // A file that can't be read is reported when it is sent.
        let hash = hash?.unwrap_or_default();
        let criteria = CopyCriteria::from_plan(&context.plan, index);
        let alike = by_hash.get(hash.as_str()).into_iter().flatten();
        // One content may be there with several times.
        let mut same = alike.filter(|entry| entry.file().map(CopyCriteria::from_file) == criteria);
        let from = match same.next() {
            Some(from) => Some(from.path.clone()),
            None => in_index(context, criteria, &hash).await,
        };
        match from {
            Some(from) => copies.push((index, from, hash)),
            None => others.push(index),
        }
    }
    drop(hashed);
    drop(by_hash);
    if copies.is_empty() {
        return Ok(others);
    }
    context.wait_for_folders().await?;
    let editor = Editor { worker, account: context.account(), job: context.job };
    while !copies.is_empty() {
        context.job.check_wanted()?;
        let rest = copies.split_off(copies.len().min(BATCH_LIMIT));
        let batch = std::mem::replace(&mut copies, rest);
        let batch: Vec<(Arc<FileUpload>, RemotePath, String)> = batch
            .into_iter()
            .filter_map(|(index, from, hash)| Some((context.file_upload(index)?, from, hash)))
            .collect();
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
                    Ok(()) => others.push(task.index),
                    Err(error) => context.finish_file(&task, error)?,
                },
                _ => others.push(task.index),
            }
        }
        context.record_copied(arrived);
    }
    Ok(others)
}

/// A file with this content, as far as the index knows. Should it not be there any more, nothing is copied.
async fn in_index(
    context: &UploadContext<'_>,
    criteria: Option<CopyCriteria>,
    hash: &str,
) -> Option<RemotePath> {
    criteria.filter(|criteria| criteria.size_bytes > CHEAP_BYTES)?;
    let hash = hash.to_owned();
    let files = context.account().index.ask(move |index| index.files_with_content(&hash)).await?;
    files.into_iter().next().map(|file| file.path)
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
