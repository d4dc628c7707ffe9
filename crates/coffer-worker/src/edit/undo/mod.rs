//! Taking an edit back, its items together where the service allows that. Every step first looks whether the items are still as
//! the edit left them, and refuses those that are not.

mod move_back;
mod remove;
mod rename_back;
mod rewind;

pub(crate) use remove::remove_made;

use super::restore::bring_back;
use super::{Done, Editor, mounts, revoke_link, summary};
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::history::{FileRevisions, Inverse, LoadedOperation, NewOperation};
use crate::problem;
use crate::progress::Meter;
use crate::worker_context::WorkerContext;
use coffer_model::{Operation, OperationId, Problem, ProblemKind, Receipt, RemotePath, Reversal, UndoStep};
use coffer_texts::tr;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use move_back::move_back;
use remove::{remove, remove_made_items, remove_uploaded};
use rename_back::rename_back;
use rewind::rewind_all;
use std::collections::HashSet;
use std::sync::Arc;

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
    let meter = Meter::for_items(job, inverse.item_count());
    let Undone { done, left } = run(&editor, inverse, meter.as_ref()).await;
    let mut done = match done {
        done if done.is_empty() && !done.failed.is_empty() => Err(summary(done.failed)),
        done if done.is_empty() && !left.is_empty() => return Err(JobError::Cancelled),
        done => Ok(done),
    };
    let history = &worker.history;
    // It gets its number before the undo is kept, so that this stays the last step, which can be done again.
    let rest = if step == UndoStep::Undo && done.is_ok() && !left.is_empty() {
        history.reserve().await
    } else {
        None
    };
    let operation = match &mut done {
        Ok(done) => {
            let mut problem = (!done.failed.is_empty()).then(|| summary(done.failed.clone()));
            if job.cancel.is_cancelled() {
                problem = problem.or_else(|| Some(stopped(step)));
            }
            let inverse = Inverse::all(std::mem::take(&mut done.undo));
            if let Some(rest) = rest {
                keep_rest(&editor, &operation, rest, left, problem.clone()).await;
            }
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

/// Keeps what was refused or not tried as an operation of its own, which can be undone later.
async fn keep_rest(
    editor: &Editor<'_>,
    operation: &Operation,
    reserved: OperationId,
    left: Vec<Inverse>,
    problem: Option<Problem>,
) {
    let (history, account) = (&editor.worker.history, editor.account);
    let mut new = NewOperation::new(operation.kind, Inverse::all(left));
    new.reserved = Some(reserved);
    let items = new.inverse.as_ref().map(Inverse::items).unwrap_or_default();
    new.before =
        new.inverse.as_ref().and_then(|left| left.moves().into_iter().next()).map(|(_, before)| before);
    for (path, is_folder) in &items {
        new.add_item(path, *is_folder, None);
    }
    if let (Some(rest), Some(problem)) = (history.record(account, new).await, problem) {
        history.record_refusal(&account.choice, &rest, problem).await;
    }
}

/// The person has cancelled it half-way.
fn stopped(step: UndoStep) -> Problem {
    problem::general(match step {
        UndoStep::Undo => tr!("undo-stopped"),
        UndoStep::Redo => tr!("redo-stopped"),
    })
    .because(ProblemKind::Incomplete, tr!("why-undo-stopped"))
}

/// What was done of an inverse.
#[derive(Default)]
struct Undone {
    done: Done,
    /// What was refused or not tried.
    left: Vec<Inverse>,
}

impl Undone {
    fn add(&mut self, other: Self) {
        self.done.add(other.done);
        self.left.extend(other.left);
    }

    /// Of one item: all of it is done or left.
    fn whole(done: Result<Done, JobError>, inverse: Inverse) -> Self {
        match done {
            Ok(done) => Self { done, left: Vec::new() },
            Err(error) => {
                let mut undone = Self { left: vec![inverse], ..Self::default() };
                if let JobError::Failed(problem) = error {
                    undone.done.failed.push(problem);
                }
                undone
            }
        }
    }
}

fn run<'a>(editor: &'a Editor<'a>, inverse: Inverse, meter: Option<&'a Meter>) -> BoxFuture<'a, Undone> {
    async move {
        if editor.job.cancel.is_cancelled() {
            return Undone::whole(Err(JobError::Cancelled), inverse);
        }
        match inverse {
            Inverse::Undelete { folders, files } => undelete(editor, folders, files, meter).await,
            Inverse::MoveBack(items) => move_back(editor, items, meter).await,
            Inverse::RenameBack(items) => rename_back(editor, items).await,
            Inverse::Rewind(rewinds) => rewind_all(editor, rewinds, meter).await,
            Inverse::Remove(entries) => remove(editor, entries, meter).await,
            Inverse::RemoveMade { entries, made } => remove_made_items(editor, entries, made, meter).await,
            Inverse::RemoveUploaded { files, folders } => {
                remove_uploaded(editor, &files, folders, meter).await
            }
            Inverse::AddSharedFolder(ref folder) => Undone::whole(mounts::add(editor, folder).await, inverse),
            Inverse::RemoveSharedFolder(ref folder) => {
                Undone::whole(mounts::remove_known(editor, folder).await, inverse)
            }
            Inverse::RevokeLink { ref path, ref url } => {
                let revoked = revoke_link(editor, path, url.clone()).await;
                Undone::whole(revoked.map_err(JobError::from), inverse)
            }
            Inverse::All(inverses) => {
                let mut undone = Undone::default();
                for inverse in inverses {
                    undone.add(run(editor, inverse, meter).await);
                }
                undone
            }
        }
    }
    .boxed()
}

async fn undelete(
    editor: &Editor<'_>,
    folders: Vec<RemotePath>,
    files: Arc<FileRevisions>,
    meter: Option<&Meter>,
) -> Undone {
    let done = match bring_back(editor, folders.clone(), &files, meter).await {
        Ok(done) => done,
        Err(error) => return Undone::whole(Err(error), Inverse::Undelete { folders, files }),
    };
    let back: HashSet<&RemotePath> = done.entries.iter().map(|entry| &entry.path).collect();
    let missing: HashSet<&RemotePath> =
        done.failed.iter().filter_map(|it| it.path.as_ref()).chain(&done.left).collect();
    let folders: Vec<RemotePath> = folders.into_iter().filter(|folder| missing.contains(folder)).collect();
    let files: FileRevisions = files.iter().filter(|(path, _)| !back.contains(path)).collect();
    let is_all_back = folders.is_empty() && files.is_empty();
    let left = Inverse::Undelete { folders, files: Arc::new(files) };
    Undone { left: if is_all_back { Vec::new() } else { vec![left] }, done }
}
