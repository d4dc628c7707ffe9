//! Tells of folders that an earlier run has moved or copied in part, when the account is opened. From then on the history has
//! what was moved, to be undone; the same edit again goes on with it.

use super::edit_records::SplitFolder;
use super::relocate_parts::incomplete;
use super::split_folder::SplitFolders;
use super::stored_record::StoredRecord;
use super::{Done, Editor, record_finished};
use crate::account::{OpenAccount, account_name};
use crate::blocking;
use crate::context::JobContext;
use crate::error::ServiceError;
use crate::history::Inverse;
use crate::worker_context::WorkerContext;
use coffer_model::{Edit, Entry, PathRootId, Problem, Relocation, RemotePath, Update};
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) async fn tell_splits(worker: &WorkerContext, job: &JobContext, account: &Arc<OpenAccount>) {
    // A command has nobody to tell, and leaves it to a window.
    if !worker.config.follows_changes {
        return;
    }
    let name = account_name(&account.choice);
    let splits = SplitFolders::load(&Editor { worker, account, job }).await;
    let is_news = |split: &SplitFolder| split.account == name && !(split.is_recorded && split.is_told);
    let news: Vec<(PathBuf, SplitFolder)> =
        splits.records.into_iter().filter(|(_, it)| is_news(it)).collect();
    let folders: Vec<RemotePath> = news.iter().map(|(_, split)| RemotePath::new(&split.from)).collect();
    let mut problems = Vec::new();
    for (file, split) in news {
        let path_root = split.path_root.as_deref().map(|root| PathRootId(root.into()));
        let account = account.noted_under(path_root.into());
        let editor = Editor { worker, account: &account, job };
        // One that lies in another one belongs to that.
        let from = RemotePath::new(&split.from);
        let is_inner = folders.iter().any(|folder| folder.contains(&from) && *folder != from);
        let left = if is_inner { Ok(None) } else { record(&editor, &split, from).await };
        match left {
            Ok(problem) => {
                problems.extend(problem);
                let _changing = worker.split_folder_records.lock().await;
                mark_told(file).await;
            }
            // It stays for the next start.
            Err(error) => tracing::warn!(%error, "a folder that went in parts could not be looked for"),
        }
    }
    // Whoever hears of it may go on with it at once, and needs the records.
    for problem in problems {
        job.update(Update::LeftInPart(problem));
    }
}

/// Keeps in the history what was moved; answers with what is where, unless all of it is at the new place.
async fn record(
    editor: &Editor<'_>,
    split: &SplitFolder,
    from: RemotePath,
) -> Result<Option<Problem>, ServiceError> {
    let Some(into) = editor.find_by_id(&split.into_id).await? else { return Ok(None) };
    let rest = editor.find_by_id(&split.from_id).await?;
    let kind = if split.is_copy { Relocation::Copy } else { Relocation::Move };
    let problem = rest.as_ref().map(|rest| incomplete(kind, &rest.path, &into.path));
    let before = rest.map_or(from, |rest| rest.path);
    // Nobody knows whether all that is in a copy was copied, so nothing deletes it.
    if !split.is_recorded && !split.is_copy {
        let moved = Entry { path: before.clone(), ..into.clone() };
        let asked = Edit::Move(vec![(moved, into.path.clone())]);
        let undo = vec![Inverse::MoveBack(vec![(into, before)])];
        let failed = problem.iter().cloned().collect();
        record_finished(editor, &asked, Done { undo, failed, ..Done::default() }).await;
    }
    Ok(problem)
}

async fn mark_told(file: PathBuf) {
    let Ok(Ok(Some(mut stored))) = blocking(move || StoredRecord::<SplitFolder>::open(file)).await else {
        return;
    };
    let told = SplitFolder { is_recorded: true, is_told: true, ..stored.record.clone() };
    if let Err(error) = stored.replace(told).await {
        tracing::warn!(%error, "the record of a folder that went in parts could not be changed");
    }
}
