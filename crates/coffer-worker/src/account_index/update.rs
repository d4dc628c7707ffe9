//! Brings the index up to date for whoever asks, and compares it with the account.

use super::fill::FillError;
use super::{feed, fill, wire};
use crate::account::OpenAccount;
use crate::blocking;
use crate::context::{JobContext, JobError};
use crate::error::{Classify, ServiceError};
use crate::list::load_apart;
use crate::worker_context::WorkerContext;
use coffer_index::{Index, ItemChange};
use coffer_model::{Entry, IndexReport, IndexStatus, ProblemKind, Receipt, RemotePath, Update};
use coffer_texts::tr;
use dropbox_protocol::files::Metadata;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How often the index is brought up to date where its file proves to be damaged, or another program begins it anew.
const MOST_TRIES: u32 = 3;

/// Lists everything that is not in the index yet, or everything anew with `rebuild`, and takes in what has changed since. With
/// `verify`, the folders of the index are listed and compared, and what differs is mended.
pub(crate) async fn update(
    worker: &WorkerContext,
    job: &JobContext,
    rebuild: bool,
    verify: bool,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let failed = |error: FillError| error.problem(tr!("could-not-index"));
    if let Ok(space) = account.space().await {
        account.index.used_bytes.store(space.used_bytes, Ordering::Relaxed);
    }
    let (mut was_replaced, mut tries) = (false, 0);
    let checked = loop {
        tries += 1;
        let done = update_once(worker, job, &account, rebuild, verify).await;
        let is_complete = super::followed(&account).await.is_some();
        let is_damaged = account.index.take_replaced();
        was_replaced |= is_damaged;
        match done {
            Ok(checked) if is_complete || tries == MOST_TRIES => break checked,
            // Damage, or another program that lists everything anew.
            Ok(_) => {}
            Err(FillError::Index) if is_damaged && tries < MOST_TRIES => {}
            // The session found another cursor too old at the same time, and what it had begun was too old as well.
            Err(FillError::Service(error))
                if error.kind() == ProblemKind::CursorReset && tries < MOST_TRIES => {}
            Err(error) => return Err(failed(error).into()),
        }
    };
    Ok(Receipt::Indexed(IndexReport {
        checked_folders: checked.checked_folders,
        differences: checked.differences,
        wrong_totals: checked.wrong_totals,
        was_replaced,
        ..report(&account).await
    }))
}

/// Whether the index is complete and the service knows of nothing that is not in it.
pub(crate) async fn is_current(account: &OpenAccount) -> bool {
    super::followed(account).await.is_some() && matches!(feed::catch_up(account).await, Ok(0))
}

/// How far the index is, without a call.
pub(crate) async fn status(worker: &WorkerContext, job: &JobContext) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    Ok(Receipt::Indexed(report(&account).await))
}

async fn report(account: &OpenAccount) -> IndexReport {
    // The status first: asking for it may find damage.
    let status = account.index.status().await;
    let (file, file_bytes) = account.index.on_disk().await.unzip();
    let was_replaced = account.index.take_replaced();
    IndexReport { status, file, file_bytes: file_bytes.unwrap_or(0), was_replaced, ..IndexReport::default() }
}

/// Damage of the file may show only now: then the rest is left, and what was known is to be listed again.
async fn update_once(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    rebuild: bool,
    verify: bool,
) -> Result<IndexReport, FillError> {
    let tell = |status| job.update(Update::Index(status));
    if rebuild {
        fill::begin(account).await?;
    }
    hear(worker, account, tell).await?;
    super::learn_names(account).await;
    let mut checked = IndexReport::default();
    if verify {
        verify_folders(job, account, &mut checked).await?;
        checked.wrong_totals = account.index.ask(Index::recount).await.unwrap_or(0);
    }
    Ok(checked)
}

/// Lists everything unless the index is complete, and takes in what has changed since.
pub(crate) async fn hear(
    worker: &WorkerContext,
    account: &Arc<OpenAccount>,
    tell: impl Fn(IndexStatus),
) -> Result<(), FillError> {
    fill::fill_if_needed(&worker.lanes, account, &tell).await?;
    let mut caught_up = feed::catch_up(account).await;
    if let Err(error) = &caught_up
        && error.kind() == ProblemKind::CursorReset
        && let Some((_, expired)) = super::followed(account).await
    {
        fill::begin_instead_of(account, &expired).await?;
        fill::fill_if_needed(&worker.lanes, account, &tell).await?;
        caught_up = feed::catch_up(account).await;
    }
    caught_up?;
    Ok(())
}

/// Lists each folder of the account and compares. What differs may have changed since the feed was read, so it is read once more
/// before anything is called wrong.
async fn verify_folders(
    job: &JobContext,
    account: &Arc<OpenAccount>,
    report: &mut IndexReport,
) -> Result<(), ServiceError> {
    let mut folders = vec![RemotePath::root()];
    while let Some(path) = folders.pop() {
        if job.cancel.is_cancelled() {
            return Ok(());
        }
        let mut listed = match load_apart(account, &path).await {
            Ok(listed) => listed,
            // It is gone meanwhile.
            Err(error) if matches!(error.kind(), ProblemKind::NotFound | ProblemKind::NotAFolder) => continue,
            Err(error) => return Err(error),
        };
        report.checked_folders += 1;
        if !differing(account, &path, &listed).await.is_empty() {
            feed::catch_up(account).await?;
            listed = load_apart(account, &path).await?;
            let paths = differing(account, &path, &listed).await;
            report.differences += paths.len() as u64;
            mend(account, listed.clone(), paths).await;
        }
        folders.extend(listed.iter().filter_map(|metadata| match metadata {
            Metadata::Folder(folder) => folder.path_lower.as_deref().map(RemotePath::new),
            _ => None,
        }));
    }
    Ok(())
}

/// The lower-case paths of the items of a folder that the index knows otherwise, or not, or that are not there.
async fn differing(account: &OpenAccount, path: &RemotePath, listed: &[Metadata]) -> Vec<String> {
    let path = path.clone();
    let known = account.index.ask(move |index| index.folder(&path)).await.flatten().unwrap_or_default();
    let mut known: HashMap<String, Entry> =
        known.into_iter().map(|entry| (entry.path.lower().to_string(), entry)).collect();
    let mut paths = Vec::new();
    for metadata in listed {
        let Some(lower) = metadata.path_lower() else { continue };
        let is_same = known.remove(lower).is_some_and(|known| is_same(&known, metadata));
        if !is_same {
            paths.push(lower.to_owned());
        }
    }
    paths.extend(known.into_keys());
    paths
}

fn is_same(known: &Entry, metadata: &Metadata) -> bool {
    known.name() == metadata.name()
        && match (known.file(), metadata) {
            (Some(known), Metadata::File(file)) => {
                *known.rev.0 == *file.rev && known.size_bytes == file.size && *known.id == *file.id
            }
            (None, Metadata::Folder(folder)) => known.id() == folder.id,
            _ => false,
        }
}

async fn mend(account: &OpenAccount, listed: Vec<Metadata>, paths: Vec<String>) {
    let Some(index) = account.index.get().await else { return };
    let mending = Arc::clone(&index);
    let mended = blocking(move || {
        let by_path: HashMap<&str, &Metadata> =
            listed.iter().filter_map(|metadata| Some((metadata.path_lower()?, metadata))).collect();
        let changes: Vec<ItemChange<'_>> = paths
            .iter()
            .filter_map(|path| match by_path.get(path.as_str()) {
                Some(metadata) => wire::change(metadata),
                None => Some(ItemChange::Removed { path_lower: path }),
            })
            .collect();
        Index::apply_mended(&mending, &changes)
    });
    if let Ok(Err(error)) = mended.await {
        account.index.handle_error(index, &error).await;
    }
}
