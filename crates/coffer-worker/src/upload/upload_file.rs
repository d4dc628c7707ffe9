//! Uploads one file for a job that keeps its own record of it.

use super::run::{UploadOutcome, send};
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::history::{NewOperation, known_file};
use crate::worker_context::WorkerContext;
use crate::{blocking, problem};
use coffer_model::transfer::{Conflict, Decision, PlannedFile, UploadPlan};
use coffer_model::{PathRootId, RemotePath, Rev};
use jiff::Timestamp;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// A file that has arrived and was verified.
pub(crate) struct SingleUpload {
    pub rev: Rev,
    /// What is to be kept of it in the history. None where the account had the same content already.
    pub operation: Option<NewOperation>,
}

/// Uploads a file to a path, which starts from `path_root`, under the next free number if that is taken; or, with a revision, as a new version of the
/// file there, which must still have this revision ([`ProblemKind::Changed`](coffer_model::ProblemKind::Changed)).
pub(crate) async fn upload_file(
    worker: &WorkerContext,
    job: &JobContext,
    local_path: PathBuf,
    remote_path: RemotePath,
    path_root: Option<PathRootId>,
    replaces: Option<Rev>,
) -> Result<SingleUpload, JobError> {
    let looked_at = local_path.clone();
    let metadata = blocking(move || fs::metadata(&looked_at)).await?;
    let metadata = metadata.map_err(|error| problem::item(&remote_path, Act::Upload).local(&error))?;
    let modified = metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    let decision = replaces.is_some().then_some(Decision::Replace);
    let conflict = replaces.map(|rev| {
        Box::new(Conflict { existing: known_file(remote_path.clone(), "", rev), identical: false })
    });
    let (sources, target) = (vec![local_path.clone()], remote_path.parent().unwrap_or_default());
    let size_bytes = metadata.len();
    let file = PlannedFile { local_path, remote_path, size_bytes, modified, conflict, decision };
    let files = [file].into_iter().collect();
    let total_bytes = size_bytes;
    let plan = UploadPlan { sources, target, path_root, files, total_bytes, ..UploadPlan::default() };
    let UploadOutcome { mut report, operation, .. } = send(worker, job, None, &Arc::new(plan)).await?;
    match (report.uploaded.iter().next(), report.failed.pop()) {
        (Some(uploaded), _) => Ok(SingleUpload { rev: uploaded.rev, operation }),
        (None, Some(problem)) => Err(problem.into()),
        (None, None) => Err(JobError::Cancelled),
    }
}
