//! Tells the window what was done in earlier runs, and what other programs do meanwhile: commands share the history.

use super::account::OpenAccount;
use super::blocking;
use super::context::JobContext;
use super::worker_context::WorkerContext;
use coffer_model::{History, Update};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::Notify;

/// Until the session ends. Does nothing where nobody looks at the account.
pub(crate) async fn tell_history(worker: &WorkerContext, job: &JobContext, account: &OpenAccount) {
    if !worker.config.follows_changes {
        return std::future::pending().await;
    }
    let tell = |history: Option<History>| {
        if let Some(history) = history.filter(|it| !it.operations.is_empty() || it.problem.is_some()) {
            job.update(Update::History(Arc::new(history)));
        }
    };
    // This makes the file, if there is none.
    tell(worker.history.latest(&account.choice).await);
    let changed = Arc::new(Notify::new());
    let (file, notified) = (worker.history.file().to_owned(), Arc::clone(&changed));
    let _watcher = match blocking(move || start_watcher(&file, notified)).await {
        Ok(Ok(watcher)) => Some(watcher),
        Ok(Err(error)) => {
            // What commands do is then told by the next start.
            tracing::info!(%error, "the history cannot be watched");
            None
        }
        Err(_) => None,
    };
    loop {
        tell(worker.history.news(&account.choice).await);
        changed.notified().await;
    }
}

/// The file stays the same one as long as it is there: SQLite writes into it.
fn start_watcher(file: &Path, changed: Arc<Notify>) -> notify::Result<RecommendedWatcher> {
    let on_event = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| event.kind.is_modify()) {
            changed.notify_one();
        }
    };
    let mut watcher = notify::recommended_watcher(on_event)?;
    watcher.watch(file, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}
