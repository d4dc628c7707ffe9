//! Taking an edit back. Every step first looks whether the item is still as the edit left it, and refuses if not.

use super::delete::{self, topmost};
use super::relocate_calls::move_one;
use super::relocate_parts::{begin, go_on};
use super::rename::change_case;
use super::restore::{bring_back, rewind};
use super::split_folder::SplitFolders;
use super::subtree::visit_subtree;
use super::{Done, Editor, failure, mounts};
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::error::Classify;
use crate::problem;
use crate::worker_context::WorkerContext;
use coffer_model::transfer::Uploaded;
use coffer_model::{
    Entry, EntryKind, File, Inverse, ItemState, MadeItems, Problem, ProblemKind, Relocation, RemotePath,
    receipt::Rewind,
};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt, stream};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

const AT_ONCE: usize = 6;

pub(crate) fn run<'a>(editor: &'a Editor<'a>, inverse: Inverse) -> BoxFuture<'a, Result<Done, JobError>> {
    async move {
        match inverse {
            Inverse::Undelete { folders, files } => bring_back(editor, folders, &files).await,
            Inverse::MoveBack(items) => Ok(move_back(editor, items).await),
            Inverse::Rewind(rewinds) => Ok(rewind_all(editor, rewinds).await),
            Inverse::Remove(entries) => remove(editor, entries).await,
            Inverse::RemoveMade { entries, made } => remove_if_made(editor, entries, &made).await,
            Inverse::RemoveUploaded { files, folders } => {
                let files = files.iter().filter(|file| file.replaced.is_none()).map(uploaded_entry);
                remove(editor, folders.into_iter().chain(files).collect()).await
            }
            Inverse::AddSharedFolder(folder) => mounts::add(editor, &folder).await,
            Inverse::RemoveSharedFolder(folder) => mounts::remove_known(editor, &folder).await,
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

/// What an upload has kept of a file is enough to delete it, if it still has this revision.
fn uploaded_entry(file: Uploaded) -> Entry {
    let kind = EntryKind::File(File {
        id: "".into(),
        rev: file.rev,
        size_bytes: 0,
        client_modified: Timestamp::UNIX_EPOCH,
        server_modified: Timestamp::UNIX_EPOCH,
        content_hash: None,
        access: coffer_model::entry::ContentAccess::Download,
    });
    Entry::new(file.remote_path, kind)
}
