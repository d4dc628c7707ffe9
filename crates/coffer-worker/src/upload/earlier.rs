//! What earlier runs of the same order have brought, so that it is not sent again.

use super::decide::Task;
use super::look::{Found, Sought, look};
use super::sender::{Sender, about};
use super::source;
use crate::blocking;
use crate::context::Stop;
use crate::transfer::{Change, CommittedFile, TransferHandle};
use coffer_model::transfer::FileState;
use coffer_model::{Entry, RemotePath};
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::HashMap;
use std::sync::Arc;

/// Files that are compared at once.
const COMPARED_AT_ONCE: usize = 3;

/// Those that earlier runs have not brought, or that were taken away since. The others have arrived.
pub async fn without_arrived(
    sender: &Sender<'_>,
    tasks: Vec<Arc<Task>>,
    committed: Vec<CommittedFile>,
) -> Result<Vec<Arc<Task>>, Stop> {
    let mut committed: HashMap<usize, Entry> =
        committed.into_iter().map(|file| (file.index, file.entry)).collect();
    let (mut left, mut sought) = (Vec::new(), Vec::new());
    for task in tasks {
        let Some(entry) = committed.remove(&task.place) else {
            left.push(task);
            continue;
        };
        let hash = entry.file().and_then(|file| file.content_hash.as_deref()).unwrap_or_default().to_owned();
        sought.push(Sought { path: entry.path.clone(), what: (task, entry), hash });
    }
    for ((task, entry), found) in sender.wanted(look(sender, sought)).await?? {
        if found.map_err(|error| about(&task).call(&error))?.is_none() {
            left.push(task);
            continue;
        }
        sender.outcome().arrived(&task, &entry);
        sender.tell(&task, FileState::Verified);
        sender.transfer.meter.add_known(entry.file().map_or(0, |file| file.size_bytes));
        sender.transfer.meter.end_file();
    }
    left.sort_unstable_by_key(|task| task.place);
    Ok(left)
}

/// A file is about to be made under this name, at which nothing stands. On disk when this returns, if it can be written.
pub async fn note_number(handle: &TransferHandle, task: &Task, path: &RemotePath) {
    let (index, path) = (task.place, path.clone());
    handle.record_change(|transfer| Change::NameNumbered { transfer, index, path });
    // Not written, a kill in the very moment would cost a second copy, and that is no reason to stop.
    let _ = handle.flush().await;
}

/// Tells those apart that were made with a number by a run that was killed before it knew, and the others.
pub async fn made_with_number(
    sender: &Sender<'_>,
    tasks: Vec<Arc<Task>>,
    mut numbered: HashMap<usize, RemotePath>,
) -> Result<(Vec<Arc<Task>>, Vec<Arc<Task>>), Stop> {
    let (mut made, mut others, mut noted) = (Vec::new(), Vec::new(), Vec::new());
    for task in tasks {
        match numbered.remove(&task.place) {
            Some(path) => noted.push((task, path)),
            None => others.push(task),
        }
    }
    let mut compared = stream::iter(noted)
        .map(|(task, path)| async move { (same(sender, &task, path.as_str()).await, task) }.boxed())
        .buffered(COMPARED_AT_ONCE);
    while let Some((same, task)) = sender.wanted(compared.next()).await? {
        match same?.map_err(|error| about(&task).call(&error))? {
            Some(metadata) => {
                sender.transfer.meter.add_known(metadata.size);
                sender.arrived(vec![(Arc::clone(&task), metadata)]);
                made.push(task);
            }
            None => others.push(task),
        }
    }
    others.sort_unstable_by_key(|task| task.place);
    Ok((made, others))
}

/// What stands at a path, if it has the content that the file has here.
async fn same(sender: &Sender<'_>, task: &Task, path: &str) -> Result<Found, Stop> {
    let there = match sender.file_at(path).await {
        Ok(Some(there)) if there.size == task.file.size_bytes => there,
        Ok(_) => return Ok(Ok(None)),
        Err(error) => return Ok(Err(error)),
    };
    let local_path = task.file.local_path.clone();
    // What can't be read is told when it is sent.
    let hash = blocking(move || source::hash(&local_path)).await?.ok();
    Ok(Ok(Some(there).filter(|there| hash.is_some() && there.content_hash == hash)))
}
