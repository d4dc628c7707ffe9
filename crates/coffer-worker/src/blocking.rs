//! Work that blocks, on threads beside those that run jobs.

use super::problem;
use coffer_model::Problem;

/// Runs what blocks (files, decoding, hashing) beside the jobs. A panic in it becomes a problem.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| problem::internal())
}
