//! Copies for "Open" and "Show in file manager". They lie in the cache, are write-protected so that nobody edits one
//! by mistake, and go after some time. Showing them is `desktop`'s business.

use super::cancel_policy::CancelPolicy;
use super::context::{DownloadContext, PermitSource};
use super::download_file::DownloadFile;
use super::finalize::finalize;
use super::staging::Staging;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::local_name::local_name;
use crate::old_folders::remove_old;
use crate::progress::Meter;
use crate::worker_context::WorkerContext;
use crate::{blocking, problem};
use coffer_model::entry::File;
use coffer_model::{Entry, OnExisting, ProblemKind};
use coffer_texts::tr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Copies that nobody has asked for again for so long are removed.
const KEPT: Duration = Duration::from_hours(14 * 24);

/// A copy of the revision on this computer, downloaded if it is not there.
pub(crate) async fn local_copy(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
) -> Result<PathBuf, JobError> {
    let about = || problem::item(&entry.path, Act::Open);
    let Some(file) = entry.file() else {
        return Err(about().because(ProblemKind::InvalidInput, tr!("why-not-a-file")).into());
    };
    let (size_bytes, content_hash) = (file.size_bytes, file.content_hash.clone());
    let meter = Meter::new(job, 1, size_bytes);
    // A folder for each revision, so that the copy has the file's own name.
    let copies = worker.config.dirs.opened();
    let folder = copies.join(local_name(&file.rev.0));
    let place = folder.join(local_name(entry.name()));
    let (made, known) = (folder.clone(), place.clone());
    let there = blocking(move || {
        remove_old(&copies, KEPT, SystemTime::now());
        fs::create_dir_all(&made)?;
        Ok(is_whole(&known, size_bytes, content_hash.as_deref()))
    })
    .await?
    .map_err(|error: io::Error| about().local(&error))?;
    if there {
        return Ok(place);
    }
    let place = fetch_to(worker, job, &meter, &entry, file, place).await?;
    let protected = place.clone();
    blocking(move || protect(&protected)).await?.map_err(|error| about().local(&error))?;
    Ok(place)
}

/// Downloads one revision to a path, in place of what is there. Somebody waits for it, so it does not queue.
pub(crate) async fn fetch_to(
    worker: &WorkerContext,
    job: &JobContext,
    meter: &Meter,
    entry: &Entry,
    file: &File,
    local_path: PathBuf,
) -> Result<PathBuf, JobError> {
    let account = worker.account(job).await?;
    let service = account.service.for_transfer(meter);
    let store = worker.transfers.store.clone();
    let folder = local_path.parent().unwrap_or(Path::new(".")).to_owned();
    let wanted = DownloadFile::new(entry.path.clone(), file, local_path, &folder.as_path().into());
    let context = DownloadContext {
        service: &service,
        meter,
        account: &account.choice,
        store: store.clone(),
        staging: Staging::new(store, folder),
        cancel_policy: CancelPolicy::new(job.cancel.clone(), worker.closing.clone()),
        permits: PermitSource::Interactive(&worker.lanes),
        disk_is_full: Arc::default(),
    };
    let arrived = context.fetch(&wanted).await?;
    let staging = context.staging.clone();
    let finalized = blocking(move || finalize(vec![arrived], &staging, OnExisting::Replace)).await?;
    let Some((_, local_path)) = finalized.into_iter().next() else { return Err(problem::internal().into()) };
    let local_path = local_path?;
    meter.end_file();
    meter.report();
    Ok(local_path)
}

/// Whether the copy is what it should be; the person may have found a way to change it.
fn is_whole(place: &Path, size_bytes: u64, content_hash: Option<&str>) -> bool {
    let same_size = fs::metadata(place).is_ok_and(|metadata| metadata.len() == size_bytes);
    same_size
        && content_hash
            .is_some_and(|expected| crate::upload::local_file_hash(place).is_ok_and(|hash| hash == expected))
}

fn protect(place: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(place)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(place, permissions)
}
