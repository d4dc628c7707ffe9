//! Goes on with what is being brought back, when the account is opened.

use super::{carry_out, finish, list_present};
use crate::account::{OpenAccount, account_name};
use crate::blocking;
use crate::context::JobContext;
use crate::edit::Editor;
use crate::edit::edit_records::BringBackRecord;
use crate::edit::stored_record::StoredRecord;
use crate::worker_context::WorkerContext;
use coffer_model::{PathRootId, Problem, Receipt, RemotePath, Update};
use futures_util::FutureExt;
use std::sync::Arc;

pub(crate) async fn finish_bring_backs(worker: &WorkerContext, job: &JobContext, account: &Arc<OpenAccount>) {
    let _one_at_a_time = worker.lanes.bring_back().await;
    let folder = worker.config.dirs.bring_backs();
    let stored = match blocking(move || StoredRecord::<BringBackRecord>::all(&folder)).await {
        Ok(Ok(stored)) => stored,
        Ok(Err(error)) => return tracing::warn!(%error, "unfinished bring backs could not be looked for"),
        Err(_) => return,
    };
    let name = account_name(&account.choice);
    for stored in stored.into_iter().filter(|stored| stored.record.account == name) {
        let path_root = stored.record.path_root.as_deref().map(|root| PathRootId(root.into()));
        let account = account.noted_under(path_root.into());
        let editor = Editor { worker, account: &account, job };
        // It stays for the next start where it can't be ended now.
        if let Err(problem) = go_on(&editor, stored).boxed().await {
            tracing::warn!(?problem, "a folder could not be brought back for now");
        }
    }
}

async fn go_on(editor: &Editor<'_>, stored: StoredRecord<BringBackRecord>) -> Result<(), Problem> {
    let steps = &stored.record.steps;
    let _own = editor.account.index.own.begin(steps.paths());
    let present = list_present(editor, &RemotePath::new(&steps.target)).await?;
    let carried_out = carry_out(editor, steps, present, None).await?;
    if carried_out.is_stopped && editor.job.cancel.is_cancelled() {
        // Not by the person: the account is closed.
        return Ok(());
    }
    let (folders, folder) = (Some(steps.folders_around()), RemotePath::new(&stored.record.folder));
    let finished = finish(editor, stored, carried_out).await;
    editor.job.update(Update::Changed { folders });
    if let Some(latest) = editor.worker.history.latest(&editor.account.choice).await {
        editor.job.update(Update::History(Arc::new(latest)));
    }
    let failed = match finished {
        Ok(Receipt::Edited { failed, .. }) => failed,
        Ok(_) => Vec::new(),
        Err(problem) => vec![problem],
    };
    editor.job.update(Update::BroughtBack { folder, failed });
    Ok(())
}
