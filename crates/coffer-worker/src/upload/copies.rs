//! "Already in your Dropbox": a file whose content a listing shows somewhere in the account is copied there instead of
//! sent, if its place is free.
//!
//! A copy within the account keeps the time of the file that it was made from, and no call can change it. For a file
//! that is dear to send that is the lesser evil. A file that is cheap to send is copied only if both times agree.

use super::decide::{Naming, Task};
use super::sender::{Sender, Trouble, about};
use super::source;
use crate::blocking;
use crate::context::Stop;
use crate::edit::{Editor, Relocation, copy_one, relocate};
use crate::shared::Shared;
use coffer_model::Entry;
use dropbox_protocol::files::{BATCH_LIMIT, DELETE, DeleteArg, FileMetadata, Metadata, RelocationPath};
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Up to this size the time of a file counts for more than the bytes saved.
const CHEAP_BYTES: u64 = 256 * 1024;
/// Files that are hashed at once.
const HASHED_AT_ONCE: usize = 3;

/// A file, and the files of the account that may have the same content.
pub struct Candidate {
    task: Arc<Task>,
    alike: Vec<Entry>,
}

/// Tells the files that may be in the account already from those that must be sent.
pub async fn find(
    sender: &Sender<'_>,
    tasks: &[Arc<Task>],
) -> Result<(Vec<Candidate>, Vec<Arc<Task>>), Stop> {
    let sizes: HashSet<u64> =
        tasks.iter().map(|task| task.file.size_bytes).filter(|&size_bytes| size_bytes > 0).collect();
    let account = Arc::clone(&sender.transfer.account);
    let known = blocking(move || account.listings.files_of_sizes(&sizes)).await?;
    let mut by_size: HashMap<u64, Vec<Entry>> = HashMap::new();
    for entry in known {
        if let Some(file) = entry.file() {
            by_size.entry(file.size_bytes).or_default().push(entry);
        }
    }
    let mut candidates = Vec::new();
    let mut others = Vec::new();
    for task in tasks {
        let alike: Vec<Entry> = match by_size.get(&task.file.size_bytes) {
            Some(alike) if task.naming == Naming::New => {
                alike.iter().filter(|entry| is_worth_it(task, entry)).cloned().collect()
            }
            _ => Vec::new(),
        };
        if alike.is_empty() {
            others.push(Arc::clone(task));
        } else {
            candidates.push(Candidate { task: Arc::clone(task), alike });
        }
    }
    Ok((candidates, others))
}

fn is_worth_it(task: &Task, entry: &Entry) -> bool {
    let same_time = entry
        .file()
        .zip(task.file.modified)
        .is_some_and(|(file, modified)| file.client_modified.as_second() == modified.as_second());
    same_time || task.file.size_bytes > CHEAP_BYTES
}

/// Copies those whose content is the same; gives back the others, to be sent.
pub async fn make(
    sender: &Sender<'_>,
    shared: &Shared,
    candidates: Vec<Candidate>,
) -> Result<Vec<Arc<Task>>, Stop> {
    let mut others = Vec::new();
    let mut copies = Vec::new();
    let mut hashed = stream::iter(candidates)
        .map(|candidate: Candidate| {
            async move {
                let local_path = candidate.task.file.local_path.clone();
                (blocking(move || source::hash(&local_path)).await, candidate)
            }
            .boxed()
        })
        .buffered(HASHED_AT_ONCE);
    while let Some((hash, candidate)) = sender.wanted(hashed.next()).await? {
        // What can't be read is told when it is sent.
        let hash = hash?.ok();
        let same = candidate.alike.into_iter().find(|entry| {
            hash.is_some() && entry.file().and_then(|file| file.content_hash.as_deref()) == hash.as_deref()
        });
        match same.zip(hash) {
            Some((from, hash)) => copies.push((candidate.task, from, hash)),
            None => others.push(candidate.task),
        }
    }
    drop(hashed);
    if copies.is_empty() {
        return Ok(others);
    }
    sender.wait_for_folders().await?;
    let editor = Editor { shared, account: sender.account(), job: sender.job };
    while !copies.is_empty() {
        sender.job.check_wanted()?;
        let rest = copies.split_off(copies.len().min(BATCH_LIMIT));
        let batch = std::mem::replace(&mut copies, rest);
        let paths: Vec<RelocationPath> = batch
            .iter()
            .map(|(task, from, _)| RelocationPath::new(from.path.as_str(), task.file.remote_path.as_str()))
            .collect();
        let results = if let [path] = paths.as_slice() {
            vec![sender.ended(copy_one(&editor, path)).await?]
        } else {
            match sender.ended(relocate(&editor, Relocation::Copy, &paths, false)).await? {
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
                    sender.transfer.meter.add_known(file.size);
                    let size_bytes = file.size;
                    arrived.push((task, file, size_bytes));
                }
                Some(Metadata::File(file)) => match remove_wrong(sender, &task, &file).await {
                    Ok(()) => others.push(task),
                    Err(trouble) => sender.settle(&task, trouble)?,
                },
                _ => others.push(task),
            }
        }
        sender.copied(arrived);
    }
    Ok(others)
}

/// The source had changed since it was listed: its copy is not what was wanted.
async fn remove_wrong(sender: &Sender<'_>, task: &Task, copy: &FileMetadata) -> Result<(), Trouble> {
    let arg =
        DeleteArg { parent_rev: Some(copy.rev.clone()), ..DeleteArg::new(task.file.remote_path.as_str()) };
    match sender.service().rpc(&DELETE, &arg).await {
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "a wrong copy could not be removed");
            Err(about(task).call(&error).into())
        }
    }
}
