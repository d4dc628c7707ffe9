//! Goes on with what is being brought back, when the account is opened.

use super::{carry_out, finish, list_present, remove_record};
use crate::account::{OpenAccount, account_name};
use crate::act::Act;
use crate::blocking;
use crate::context::JobContext;
use crate::edit::Editor;
use crate::edit::edit_records::BringBackRecord;
use crate::edit::stored_record::StoredRecord;
use crate::history::MOST_DAYS;
use crate::problem;
use crate::worker_context::WorkerContext;
use coffer_model::{PathRootId, Problem, ProblemKind, Receipt, RemotePath, Update};
use coffer_texts::tr;
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
        if stored.record.is_too_old(worker) {
            give_up(&editor, stored).await;
            continue;
        }
        // It stays for the next start where it can't be ended now.
        if let Err(problem) = go_on(&editor, stored).boxed().await {
            tracing::warn!(?problem, "a folder could not be brought back for now");
        }
    }
}

/// Tells that the rest is not brought back any more. A command has nobody to tell, and leaves it to a window.
async fn give_up(editor: &Editor<'_>, stored: StoredRecord<BringBackRecord>) {
    if !editor.worker.config.follows_changes {
        return;
    }
    let folder = RemotePath::new(&stored.record.folder);
    let problem = problem::item(&folder, Act::BringBackWhole)
        .because(ProblemKind::Incomplete, tr!("bring-back-given-up", count = MOST_DAYS));
    remove_record(stored).await;
    editor.job.update(Update::BroughtBack { folder, failed: vec![problem] });
}

async fn go_on(editor: &Editor<'_>, mut stored: StoredRecord<BringBackRecord>) -> Result<(), Problem> {
    let _own = editor.account.index.own.begin(stored.record.steps.paths());
    let present = list_present(editor, &stored.record.steps).await?;
    let carried_out = carry_out(editor, &mut stored, present, None).await?;
    if carried_out.is_stopped && editor.job.cancel.is_cancelled() {
        // Not by the person: the account is closed.
        return Ok(());
    }
    let (folders, folder) =
        (Some(stored.record.steps.folders_around()), RemotePath::new(&stored.record.folder));
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
