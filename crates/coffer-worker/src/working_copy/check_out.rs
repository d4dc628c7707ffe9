//! Makes a working copy of a file, or finds the one there is.

use super::open_files::is_in_use;
use super::record::{CopyRecord, StoredCopy, make_private};
use super::watch::{is_saved, read_fingerprint};
use crate::account::{OpenAccount, account_name};
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::download::fetch_to;
use crate::local_name::local_name;
use crate::progress::Meter;
use crate::upload::{LocalFileError, local_file_hash};
use crate::worker_context::WorkerContext;
use crate::{blocking, desktop, problem};
use coffer_model::entry::File;
use coffer_model::{Entry, PathRootId, ProblemKind, Receipt, WorkingCopyState};
use coffer_texts::tr;
use jiff::Timestamp;
use std::fs;
use std::io;
use std::path::Path;

pub(crate) async fn check_out(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
    open: bool,
) -> Result<Receipt, JobError> {
    let about = || problem::item(&entry.path, Act::Open);
    let Some(file) = entry.file() else {
        return Err(about().because(ProblemKind::InvalidInput, tr!("why-not-a-file")).into());
    };
    let account = worker.account(job).await?;
    let path_root = account.service.path_root().await.map_err(|error| about().call(&error))?;
    let copies = &worker.working_copies;
    for error in copies.open_all(&account.choice).await {
        tracing::warn!(%error, "a working copy could not be read");
    }
    // Who asks for it a second time before it is there gets the same copy.
    let _making = copies.begin_making(&account.choice, &file.id).await;
    let found = copies.find(&account.choice, &file.id).await;
    let (local_path, copy) = if let Some(mut copy) = found {
        let state = refresh(worker, job, &mut copy, path_root, &entry, file).await?;
        (copy.local_path(), copy.to_model(state))
    } else {
        let copy = create(worker, job, &account, path_root, &entry, file).await?;
        let made = (copy.local_path(), copy.to_model(WorkingCopyState::Saved));
        copies.hold(copy);
        made
    };
    copies.notify_changed(&copy.id);
    if open {
        desktop::open_file(worker, local_path).await?;
    }
    Ok(Receipt::CheckedOut(copy))
}

/// Brings a copy up to date that holds nothing of its own.
async fn refresh(
    worker: &WorkerContext,
    job: &JobContext,
    copy: &mut StoredCopy,
    path_root: Option<PathRootId>,
    entry: &Entry,
    file: &File,
) -> Result<WorkingCopyState, JobError> {
    let about = || problem::item(&entry.path, Act::Open);
    copy.record.opened_unix_secs = Timestamp::now().as_second();
    let (path, record) = (copy.local_path(), copy.record.clone());
    let is_gone = !path.exists();
    let saved = is_gone
        || blocking(move || is_saved(&path, &record)).await?.map_err(|error| about().local(&error))?;
    if !saved {
        return Ok(WorkingCopyState::Edited);
    }
    // After an undone save the copy has another content than the version that it belongs to.
    let is_current = match &file.content_hash {
        Some(hash) => **hash == *copy.record.content_hash,
        None => copy.record.rev == *file.rev.0,
    };
    if is_gone || !is_current {
        let (folder, name) = (copy.content_folder(), copy.record.name.clone());
        // What that program saves later was made from the version that it shows, so this one stays.
        if !is_gone && blocking(move || is_in_use(&folder, &name)).await? {
            return Err(about().because(ProblemKind::LocalInUse, tr!("why-older-version-open")).into());
        }
        if !download(worker, job, copy, entry, file).await? {
            return Ok(WorkingCopyState::Edited);
        }
    }
    entry.path.as_str().clone_into(&mut copy.record.remote_path);
    copy.record.path_root = path_root.map(|root| root.0.to_string());
    copy.record.rev = file.rev.0.to_string();
    write(copy, entry)?;
    Ok(WorkingCopyState::Saved)
}

async fn create(
    worker: &WorkerContext,
    job: &JobContext,
    account: &OpenAccount,
    path_root: Option<PathRootId>,
    entry: &Entry,
    file: &File,
) -> Result<StoredCopy, JobError> {
    let record = CopyRecord {
        account: account_name(&account.choice),
        remote_path: entry.path.as_str().to_owned(),
        path_root: path_root.map(|root| root.0.to_string()),
        file_id: file.id.to_string(),
        rev: file.rev.0.to_string(),
        content_hash: String::new(),
        name: local_name(entry.name()),
        opened_unix_secs: Timestamp::now().as_second(),
        fingerprint: None,
        conflict: None,
    };
    let mut copy = worker.working_copies.create(record).await?;
    let made = match download(worker, job, &mut copy, entry, file).await {
        Ok(_) => write(&copy, entry),
        Err(stop) => Err(stop),
    };
    if let Err(stop) = made {
        // No program has seen it yet.
        if let Err(error) = copy.remove() {
            tracing::warn!(%error, "a working copy that was not completed could not be removed");
        }
        return Err(stop);
    }
    Ok(copy)
}

/// Puts the content of a version into the copy, which has this version as its base from then on. False where a program has
/// changed the copy meanwhile: then it is as that has left it.
pub(crate) async fn download(
    worker: &WorkerContext,
    job: &JobContext,
    copy: &mut StoredCopy,
    entry: &Entry,
    file: &File,
) -> Result<bool, JobError> {
    let about = || problem::item(&entry.path, Act::Open);
    let incoming = copy.incoming_path();
    let folder = incoming.parent().map(Path::to_owned).unwrap_or_default();
    blocking(move || make_private(&folder)).await?.map_err(|error| about().local(&error))?;
    let meter = Meter::new(job, 1, file.size_bytes);
    let arrived = fetch_to(worker, job, &meter, entry, file, incoming).await?;
    // An account that tells no hash is believed, as with every download.
    let told = file.content_hash.as_deref().map(str::to_owned);
    let (local_path, record) = (copy.local_path(), copy.record.clone());
    let put = blocking(move || {
        if local_path.exists() && !is_saved(&local_path, &record)? {
            fs::remove_file(&arrived)?;
            return Ok(None);
        }
        fs::rename(&arrived, &local_path)?;
        let fingerprint = read_fingerprint(&local_path)?;
        let hash = match told {
            Some(hash) => hash,
            None => local_file_hash(&local_path).map_err(LocalFileError::into_io)?,
        };
        Ok(Some((fingerprint, hash)))
    });
    let put = put.await?.map_err(|error: io::Error| about().local(&error))?;
    let Some((fingerprint, hash)) = put else { return Ok(false) };
    copy.record.fingerprint = Some(fingerprint);
    copy.record.content_hash = hash;
    Ok(true)
}

fn write(copy: &StoredCopy, entry: &Entry) -> Result<(), JobError> {
    copy.write().map_err(|error| problem::item(&entry.path, Act::Open).local(&error).into())
}
