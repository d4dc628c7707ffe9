//! Files that another program takes: they were dragged out of the window, or copied in it. They are downloaded into a
//! folder of the program's own, from which the other program copies or opens them, and go after some time.

use super::requested_item::{DownloadLimit, Requested, RequestedItem};
use super::run::run_unrecorded;
use crate::context::{JobContext, JobError};
use crate::old_folders::remove_old;
use crate::worker_context::WorkerContext;
use crate::{blocking, problem};
use coffer_model::transfer::TransferCommand;
use coffer_model::{Entry, ProblemKind, Receipt};
use coffer_stdx::private;
use coffer_texts::tr;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// Nobody waits longer for a drop or a paste, and the files are on this computer twice until they are removed.
const MAX_FILES: u64 = 10_000;
const MAX_BYTES: u64 = 10_000_000_000;

/// The other program may have opened them where they are.
const KEPT: Duration = Duration::from_hours(7 * 24);

pub(crate) async fn fetch_promised(
    worker: &WorkerContext,
    job: &JobContext,
    entries: Vec<Entry>,
    folder: PathBuf,
) -> Result<Receipt, JobError> {
    let about = || problem::general(tr!("could-not-give-files"));
    let (all, made) = (worker.config.dirs.promised(), folder.clone());
    blocking(move || {
        remove_old(&all, KEPT, SystemTime::now());
        private::create_folder(&made)
    })
    .await?
    .map_err(|error| about().local(&error))?;
    // A person and a program wait for them.
    worker.transfers.control(job.id, TransferCommand::Prioritize);
    let problem = about().because(ProblemKind::InvalidInput, tr!("why-too-much-to-give"));
    let most = DownloadLimit { files: MAX_FILES, bytes: MAX_BYTES, problem };
    let items = entries.into_iter().map(|entry| RequestedItem::new(entry, None)).collect();
    run_unrecorded(worker, job, Requested::Bounded(items, most), folder).await
}
