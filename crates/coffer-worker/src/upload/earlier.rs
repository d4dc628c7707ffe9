//! What earlier runs of the same order have brought, so that it is not sent again.

use super::decide::Task;
use super::look::{Sought, look};
use super::outcome::Arrival;
use super::sender::{Sender, about};
use super::source;
use crate::blocking;
use crate::context::Stop;
use crate::convert;
use crate::transfer::TransferLog;
use coffer_model::RemotePath;
use coffer_model::transfer::FileState;
use dropbox_client::ApiError;
use dropbox_protocol::files::FileMetadata;
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::HashMap;
use std::sync::Arc;

/// Files that are compared at once.
const COMPARED_AT_ONCE: usize = 3;

/// Those that earlier runs have not brought, or that were taken away since. The others have arrived.
pub async fn without_arrived(
    sender: &Sender<'_>,
    tasks: Vec<Arc<Task>>,
    arrivals: Vec<Arrival>,
) -> Result<Vec<Arc<Task>>, Stop> {
    let mut arrivals: HashMap<usize, Arrival> =
        arrivals.into_iter().map(|arrival| (arrival.place, arrival)).collect();
    let (mut left, mut sought) = (Vec::new(), Vec::new());
    for task in tasks {
        let Some(arrival) = arrivals.remove(&task.place) else {
            left.push(task);
            continue;
        };
        let path = convert::file_entry(&arrival.metadata, None).path;
        let hash = arrival.metadata.content_hash.clone().unwrap_or_default();
        sought.push(Sought { what: (task, arrival), path, hash });
    }
    for ((task, arrival), found) in sender.wanted(look(sender, sought)).await?? {
        if found.map_err(|error| about(&task).call(&error))?.is_none() {
            left.push(task);
            continue;
        }
        sender.outcome().arrived(&task, &arrival);
        sender.tell(&task, FileState::Verified);
        sender.transfer.meter.add_known(arrival.size_bytes);
        sender.transfer.meter.end_file();
    }
    left.sort_unstable_by_key(|task| task.place);
    Ok(left)
}

/// A file is about to be made under this name, at which nothing stands. On disk when this returns, if it can be written.
pub async fn note_number(log: &TransferLog, task: &Task, path: &RemotePath) -> Result<(), Stop> {
    log.note(&number_key(task), &path.as_str());
    // Not noted, a kill in the very moment would cost a second copy, and that is no reason to stop.
    log.flush().await.map(drop)
}

/// Tells those apart that were made with a number by a run that was killed before it knew, and the others.
pub async fn made_with_number(
    sender: &Sender<'_>,
    tasks: Vec<Arc<Task>>,
) -> Result<(Vec<Arc<Task>>, Vec<Arc<Task>>), Stop> {
    let (mut made, mut others, mut noted) = (Vec::new(), Vec::new(), Vec::new());
    for task in tasks {
        match sender.transfer.log.find::<String>(&number_key(&task)) {
            Some(path) => noted.push((task, path)),
            None => others.push(task),
        }
    }
    let mut compared = stream::iter(noted)
        .map(|(task, path)| async move { (same(sender, &task, &path).await, task) }.boxed())
        .buffered(COMPARED_AT_ONCE);
    while let Some((same, task)) = sender.wanted(compared.next()).await? {
        match same?.map_err(|error| about(&task).call(&error))? {
            Some(metadata) => {
                let size_bytes = metadata.size;
                sender.transfer.meter.add_known(size_bytes);
                sender.arrived(vec![(Arc::clone(&task), metadata, size_bytes)]);
                made.push(task);
            }
            None => others.push(task),
        }
    }
    others.sort_unstable_by_key(|task| task.place);
    Ok((made, others))
}

/// What stands at a path, if it has the content that the file has here.
async fn same(
    sender: &Sender<'_>,
    task: &Task,
    path: &str,
) -> Result<Result<Option<FileMetadata>, ApiError>, Stop> {
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

fn number_key(task: &Task) -> String {
    format!("numbered {}", task.place)
}
