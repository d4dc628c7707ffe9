//! Taking an edit back. Every step first looks whether the item is still as the edit left it, and refuses if not.

use super::delete::{self, topmost};
use super::relocate_calls::move_one;
use super::relocate_parts::{begin, go_on};
use super::rename::change_case;
use super::restore::{bring_back, rewind};
use super::split_folder::SplitFolders;
use super::subtree::visit_subtree;
use super::{Done, Editor, failure, mounts, revoke_link, summary};
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::error::Classify;
use crate::history::{Inverse, ItemState, LoadedOperation, MadeItems, Rewind, known_file};
use crate::problem;
use crate::worker_context::WorkerContext;
use coffer_model::{
    Entry, OperationId, Problem, ProblemKind, Receipt, Relocation, RemotePath, Reversal, UndoStep,
};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt, stream};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

const AT_ONCE: usize = 6;

/// Undoes or redoes an operation of the history, and keeps how that went.
pub(super) async fn reverse(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
    id: OperationId,
    step: UndoStep,
) -> Result<Receipt, JobError> {
    let (LoadedOperation { operation, noted, .. }, inverse) =
        worker.history.load(&account.choice, id, step).await?;
    // Its paths mean the same items as those that the person sees.
    let is_here = noted == account.service.root().noted();
    let account = account.noted_under(noted);
    let editor = Editor { worker, account: &account, job };
    let _own = account.index.own.begin(inverse.changed_items());
    let (moved, removed, folders) = (inverse.moves(), inverse.removed(), inverse.changed_folders());
    let mut done = match run(&editor, inverse).await {
        Ok(done) if done.is_empty() && !done.failed.is_empty() => Err(summary(done.failed)),
        Ok(done) => Ok(done),
        Err(JobError::Failed(problem)) => Err(problem),
        Err(JobError::Cancelled) => return Err(JobError::Cancelled),
    };
    let history = &worker.history;
    let operation = match &mut done {
        Ok(done) => {
            let mut problem = (!done.failed.is_empty()).then(|| summary(done.failed.clone()));
            if job.cancel.is_cancelled() {
                problem = problem.or_else(|| Some(stopped(step)));
            }
            let inverse = Inverse::all(std::mem::take(&mut done.undo));
            history.record_reversal(&account.choice, &operation, inverse, problem).await
        }
        // It may work later.
        Err(problem) if problem.kind.may_succeed_later() && !problem.kind.is_full() => {
            return Err(problem.clone().into());
        }
        Err(problem) => history.record_refusal(&account.choice, &operation, problem.clone()).await,
    };
    Ok(Receipt::Reversed(Box::new(match done {
        Err(problem) => Reversal {
            operation,
            entries: Vec::new(),
            failed: vec![problem],
            moved: Vec::new(),
            removed: Vec::new(),
            folders: Some(folders).filter(|_| is_here),
        },
        Ok(done) => {
            let (moved, removed) = if is_here { (moved, removed) } else { (Vec::new(), Vec::new()) };
            let folders = Some(folders).filter(|_| is_here);
            Reversal { operation, entries: done.entries, failed: done.failed, moved, removed, folders }
        }
    })))
}

/// The person has cancelled it half-way.
fn stopped(step: UndoStep) -> Problem {
    let done = if step == UndoStep::Undo { "undone" } else { "done again" };
    problem::general(format!("It was stopped before all of it was {done}"))
        .because(ProblemKind::Incomplete, "What was done until then stays.")
}

pub(super) fn run<'a>(editor: &'a Editor<'a>, inverse: Inverse) -> BoxFuture<'a, Result<Done, JobError>> {
    async move {
        match inverse {
            Inverse::Undelete { folders, files } => bring_back(editor, folders, &files).await,
            Inverse::MoveBack(items) => Ok(move_back(editor, items).await),
            Inverse::Rewind(rewinds) => Ok(rewind_all(editor, rewinds).await),
            Inverse::Remove(entries) => remove(editor, entries).await,
            Inverse::RemoveMade { entries, made } => remove_if_made(editor, entries, &made).await,
            Inverse::RemoveUploaded { files, folders } => {
                let files = files.iter().map(|(path, rev)| known_file(path, "", rev));
                remove(editor, folders.into_iter().chain(files).collect()).await
            }
            Inverse::AddSharedFolder(folder) => mounts::add(editor, &folder).await,
            Inverse::RemoveSharedFolder(folder) => mounts::remove_known(editor, &folder).await,
            Inverse::RevokeLink { path, url } => Ok(revoke_link(editor, &path, url).await?),
            Inverse::All(inverses) => {
                let mut done = Done::default();
                for inverse in inverses {
                    match run(editor, inverse).await {
                        Ok(step) => done.add(step),
                        Err(JobError::Failed(problem)) => done.failed.push(problem),
                        Err(JobError::Cancelled) => break,
                    }
                }
                Ok(done)
            }
        }
    }
    .boxed()
}

async fn move_back(editor: &Editor<'_>, items: Vec<(Entry, RemotePath)>) -> Done {
    let mut done = Done::default();
    let mut moved = Vec::new();
    for (entry, back) in items {
        if editor.job.cancel.is_cancelled() {
            break;
        }
        match move_one_back(editor, &entry, &back).await {
            Ok((now, incomplete)) => {
                done.entries.extend(incomplete.is_none().then(|| now.clone()));
                done.failed.extend(incomplete);
                moved.push((now, entry.path));
            }
            Err(problem) => done.failed.push(problem),
        }
    }
    if !moved.is_empty() {
        // What was moved last goes back first: it may be in a folder that was moved before.
        moved.reverse();
        done.undo.push(Inverse::MoveBack(moved));
    }
    done
}

/// A folder that is too large for one call goes in parts; then with the reason why not all of it is back, if there is
/// one.
async fn move_one_back(
    editor: &Editor<'_>,
    entry: &Entry,
    back: &RemotePath,
) -> Result<(Entry, Option<Problem>), Problem> {
    let about = || problem::item(&entry.path, "moved back");
    let now = editor.find_entry(&entry.path).await.map_err(|error| about().call(&error))?;
    if now.as_ref().map(Entry::id) != Some(entry.id()) {
        return Err(about().because(ProblemKind::Changed, "It was moved or replaced in the meantime."));
    }
    if entry.path == *back {
        return Ok((change_case(editor, entry, back).await?, None));
    }
    let (kind, item) = (Relocation::Move, (entry.clone(), back.clone()));
    let splits = SplitFolders::load(editor).await;
    let begun = match splits.begun(editor, kind, &item).await {
        Some(begun) => begun,
        None => match move_one(editor, &entry.path, back).await {
            Ok(now) => return Ok((now, None)),
            Err(error) if error.kind() == ProblemKind::TooManyItems && entry.is_folder() => {
                begin(editor, kind, &item, false).await?
            }
            Err(error) => return Err(failure(about(), &error)),
        },
    };
    let folder = go_on(editor, kind, &splits, item, begun).await;
    Ok((folder.now, folder.incomplete))
}

async fn rewind_all(editor: &Editor<'_>, rewinds: Vec<Rewind>) -> Done {
    let mut done = Done::default();
    let mut redo = Vec::new();
    let mut results = stream::iter(rewinds)
        .map(|step| async move { (rewind(editor, &step.path, &step.rev, Some(&step.current)).await, step) })
        .buffer_unordered(AT_ONCE);
    while let Some((result, step)) = results.next().await {
        match result {
            Ok(entry) => {
                if let Some(file) = entry.file() {
                    let copies = &editor.worker.working_copies;
                    copies.follow_undo(&editor.account.choice, file, &step.current).await;
                    let current = file.rev.clone();
                    redo.push(Rewind { path: step.path, current, rev: step.current });
                }
                done.entries.push(entry);
            }
            Err(problem) => done.failed.push(problem),
        }
    }
    if !redo.is_empty() {
        done.undo.push(Inverse::Rewind(redo));
    }
    done
}

/// Deletes what was made here, also when the job is no longer wanted; gives back what is gone.
pub(crate) async fn remove_made(
    worker: &WorkerContext,
    account: &OpenAccount,
    job: &JobContext,
    entries: Vec<Entry>,
) -> Vec<Entry> {
    let job = JobContext::new(job.id, job.session, worker.events.clone(), CancellationToken::new());
    let editor = Editor { worker, account, job: &job };
    match remove(&editor, entries.clone()).await {
        Ok(done) if done.failed.is_empty() => entries,
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// Deletes what an edit has made. A folder goes only if nothing is in it that the edit did not make.
async fn remove(editor: &Editor<'_>, entries: Vec<Entry>) -> Result<Done, JobError> {
    let made = entries.iter().collect();
    remove_if_made(editor, entries, &made).await
}

async fn remove_if_made(
    editor: &Editor<'_>,
    entries: Vec<Entry>,
    made: &MadeItems,
) -> Result<Done, JobError> {
    let mut refused = Vec::new();
    let mut ready = Vec::new();
    for entry in topmost(entries) {
        editor.job.check_wanted()?;
        match check_unchanged(editor, &entry, made).await {
            Ok(()) => ready.push(entry),
            Err(problem) => refused.push(problem),
        }
    }
    let mut done = if ready.is_empty() { Done::default() } else { delete::items(editor, ready).await? };
    done.failed.extend(refused);
    Ok(done)
}

async fn check_unchanged(editor: &Editor<'_>, entry: &Entry, made: &MadeItems) -> Result<(), Problem> {
    let about = || problem::item(&entry.path, "deleted");
    let changed = |detail: &str| about().because(ProblemKind::Changed, detail);
    if !entry.is_folder() {
        let now = editor.find_entry(&entry.path).await.map_err(|error| about().call(&error))?;
        return match now {
            Some(now) if ItemState::new(&now) == ItemState::new(entry) => Ok(()),
            Some(_) => Err(changed("It was changed in the meantime, so it was kept.")),
            None => Err(changed("It no longer exists.")),
        };
    }
    let mut stranger = None;
    let visit = |item: Entry| {
        if stranger.is_none() && !made.contains(&item) {
            stranger = Some(item);
        }
    };
    match visit_subtree(&editor.account.service, &entry.path, visit).await {
        Ok(()) => {}
        Err(error) if error.kind() == ProblemKind::NotFound => return Err(changed("It no longer exists.")),
        Err(error) => return Err(about().call(&error)),
    }
    match stranger {
        None => Ok(()),
        Some(item) if item.path == entry.path => Err(changed("Another folder has its name now.")),
        Some(item) => Err(changed(&format!(
            "“{}” in it was added or changed in the meantime, so it was kept.",
            item.name()
        ))),
    }
}
