//! Changes of the account. Each tells what stands there now and how to take it back; what was done is told also when
//! the rest failed.

mod batch;
mod bring_back;
mod conflicts;
mod copied_items;
mod create;
mod decided;
mod delete;
mod delete_copies;
mod describe;
mod edit_records;
mod existing;
mod mounts;
mod parts;
mod present;
mod relocate;
mod relocate_calls;
mod relocate_parts;
mod relocation_item;
mod rename;
mod rename_together;
mod restore;
mod split_folder;
mod stored_record;
mod subtree;
mod undo;
mod unfinished_renames;
mod unfinished_replacements;
mod unfinished_splits;

pub(crate) use batch::{launch_folders, relocate};
pub(crate) use bring_back::{finish_bring_backs, plan_bring_back};
pub(crate) use relocate::numbered;
pub(crate) use relocate_calls::copy_one;
pub(crate) use restore::plan_undelete;
pub(crate) use split_folder::find_first_parts;
pub(crate) use subtree::{Subtree, list_subtree};
pub(crate) use undo::remove_made;
pub(crate) use unfinished_renames::finish_renames;
pub(crate) use unfinished_replacements::finish_replacements;
pub(crate) use unfinished_splits::tell_splits;

use super::account::OpenAccount;
use super::account_index::own_changes::paths_of_edit;
use super::context::{JobContext, JobError};
use super::error::{Classify, HasReply, ServiceError};
use super::problem::{self, Subject, words_for_kind};
use super::service::Service;
use super::worker_context::WorkerContext;
use crate::history::Inverse;
use coffer_model::{Edit, Entry, Problem, ProblemKind, Receipt, RelocationConflict, RemotePath, Update};
use coffer_texts::tr;
use dropbox_protocol::files::{GET_METADATA, GetMetadataArg};
use dropbox_protocol::sharing::{REVOKE_SHARED_LINK, RevokeSharedLinkArg};
use std::sync::Arc;

pub(crate) async fn run(worker: &WorkerContext, job: &JobContext, edit: Edit) -> Result<Receipt, JobError> {
    match carry_out(worker, job, edit).await {
        // Nothing was done, and nobody wants it any more.
        Err(JobError::Failed(problem)) if job.cancel.is_cancelled() && !problem.kind.is_unsure() => {
            Err(JobError::Cancelled)
        }
        ended => ended,
    }
}

async fn carry_out(worker: &WorkerContext, job: &JobContext, edit: Edit) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    if let Edit::Undo { operation, step } = edit {
        return undo::reverse(worker, job, &account, operation, step).await;
    }
    let editor = Editor { worker, account: &account, job };
    if let Edit::BringBack(asked) = &edit {
        return bring_back::run(&editor, asked).await;
    }
    let asked = edit.clone();
    let own = account.index.own.begin(paths_of_edit(&edit));
    let done = match edit {
        Edit::CreateFolder { path } => create::folder(&editor, &path).await?,
        Edit::Move(items) => relocate::move_items(&editor, items).await?,
        Edit::Copy(items) => relocate::copy_items(&editor, items).await?,
        Edit::Relocate { kind, conflicts, .. } => decided::relocate(&editor, kind, conflicts).await?,
        Edit::Delete(entries) => delete::items(&editor, entries).await?,
        Edit::DeleteCopies(groups) => delete_copies::run(&editor, groups).await?,
        Edit::Restore { path, rev, current } => {
            restore::revision(&editor, &path, &rev, current.as_ref()).await?
        }
        Edit::Undelete(entries) => restore::undelete(&editor, &entries).await?,
        Edit::RevokeLink { path, link } => revoke_link(&editor, &path, link.url).await?,
        Edit::AddSharedFolder(folder) => mounts::add(&editor, &folder).await?,
        Edit::RemoveSharedFolder(entry) => mounts::remove(&editor, &entry).await?,
        // They tell their own receipts.
        Edit::Undo { .. } | Edit::BringBack(_) => Done::default(),
    };
    own.add(&done.entries);
    done.into_receipt(&editor, &asked).await
}

/// A link that was revoked never works again, so nothing takes that back.
async fn revoke_link(editor: &Editor<'_>, path: &RemotePath, url: String) -> Result<Done, Problem> {
    let revoked = editor.service().rpc(&REVOKE_SHARED_LINK, &RevokeSharedLinkArg::new(url)).await;
    let about = || problem::general(tr!("could-not-remove-link", name = path.name()));
    revoked.map_err(|error| about().call(&error))?;
    Ok(Done::default())
}

/// What every edit needs.
pub(crate) struct Editor<'a> {
    pub worker: &'a WorkerContext,
    pub account: &'a OpenAccount,
    pub job: &'a JobContext,
}

impl Editor<'_> {
    /// For all calls but those that begin something which may as well not begin after a cancel.
    fn service(&self) -> Service {
        self.account.service.until_wind_up(self.job)
    }

    /// The item at a path now, if there is one.
    async fn find_entry(&self, path: &RemotePath) -> Result<Option<Entry>, ServiceError> {
        match self.service().rpc(&GET_METADATA, &GetMetadataArg::new(path.as_str())).await {
            Ok(metadata) => Ok(Some(super::convert::entry(&metadata, path.parent().as_ref()))),
            Err(error) if error.kind() == ProblemKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The item with an id, wherever it is now.
    async fn find_by_id(&self, id: &str) -> Result<Option<Entry>, ServiceError> {
        match self.service().rpc(&GET_METADATA, &GetMetadataArg::new(id)).await {
            Ok(metadata) => Ok(Some(super::convert::entry(&metadata, None))),
            Err(error) if error.kind() == ProblemKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a call ended because the job was cancelled while it waited to be made again.
    fn gave_up(&self, kind: ProblemKind) -> bool {
        self.job.cancel.is_cancelled() && !kind.is_unsure()
    }

    /// After a call whose answer was lost: whether the item is gone from its place.
    async fn is_gone(&self, path: &RemotePath) -> bool {
        matches!(self.find_entry(path).await, Ok(None))
    }
}

/// What an edit has done so far.
#[derive(Default)]
pub(crate) struct Done {
    pub entries: Vec<Entry>,
    /// In the order in which they are to be undone.
    pub undo: Vec<Inverse>,
    pub failed: Vec<Problem>,
    pub conflicts: Vec<RelocationConflict>,
    /// Items that were asked for and of which nothing is known to be done: the job was cancelled, or a batch has failed.
    pub left: Vec<RemotePath>,
}

impl Done {
    pub(crate) fn add(&mut self, other: Self) {
        self.entries.extend(other.entries);
        // What was done last is undone first.
        self.undo.splice(0..0, other.undo);
        self.failed.extend(other.failed);
        self.conflicts.extend(other.conflicts);
        self.left.extend(other.left);
    }

    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.undo.is_empty() && self.conflicts.is_empty()
    }

    /// Keeps in the history what was done.
    async fn into_receipt(mut self, editor: &Editor<'_>, asked: &Edit) -> Result<Receipt, JobError> {
        if self.is_empty() && !self.failed.is_empty() {
            return Err(JobError::Failed(summary(self.failed)));
        }
        let inverse = Inverse::all(std::mem::take(&mut self.undo));
        let (history, account) = (&editor.worker.history, editor.account);
        let operation = match (describe::describe(asked, &self, inverse), asked) {
            (None, _) => None,
            (Some(new), Edit::Relocate { earlier: Some(earlier), .. }) => {
                history.record_with(account, *earlier, new).await
            }
            (Some(new), _) => history.record(account, new).await,
        };
        let Self { entries, failed, conflicts, .. } = self;
        Ok(Receipt::Edited { entries, operation, failed, conflicts })
    }
}

/// Keeps in the history an edit that an earlier run has begun and this one has finished, and tells the window of it.
async fn record_finished(editor: &Editor<'_>, asked: &Edit, mut done: Done) {
    let inverse = Inverse::all(std::mem::take(&mut done.undo));
    let Some(new) = describe::describe(asked, &done, inverse) else { return };
    let history = &editor.worker.history;
    history.record(editor.account, new).await;
    if let Some(latest) = history.latest(&editor.account.choice).await {
        editor.job.update(Update::History(Arc::new(latest)));
    }
}

/// One problem for several: the first one's words, and how many there are.
fn summary(problems: Vec<Problem>) -> Problem {
    let count = problems.len();
    let mut problems = problems.into_iter();
    match problems.next() {
        Some(first) if count == 1 => first,
        Some(first) => {
            Problem { title: tr!("problem-and-more", title = first.title, count = count - 1), ..first }
        }
        None => problem::internal(),
    }
}

/// Whether it is unknown if a call that changes something had an effect.
fn is_unsure(error: &impl Classify) -> bool {
    error.kind().is_unsure()
}

/// What comes after a batch that has failed as a whole.
fn not_tried(subject: Subject, error: &impl HasReply) -> Problem {
    if is_unsure(error) { subject.because(error.kind(), tr!("why-not-tried")) } else { subject.call(error) }
}

/// As [`Subject::call`], honest about changes whose answer was lost.
fn failure(subject: Subject, error: &impl HasReply) -> Problem {
    let problem = subject.call(error);
    if !problem.kind.is_unsure() {
        return problem;
    }
    let kind = ProblemKind::OutcomeUnknown;
    Problem { kind, detail: words_for_kind(kind).to_owned(), ..problem }
}
