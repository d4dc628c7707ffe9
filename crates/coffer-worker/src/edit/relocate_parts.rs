//! A folder with more items than the service moves or copies at once. A folder is made for it at the new place, and what is
//! in it goes there in batches; a folder in it that is too large as well goes the same way. The old folder is deleted when
//! nothing is left in it.
//!
//! At any moment each item is at one of the two places, so whatever stops the work loses nothing. The same edit again
//! goes on (`split_folder`). A folder is read page by page, and no more than a page of it is kept.

use super::conflicts::FolderPair;
use super::copied_items::{CopiedItems, NameInCopy};
use super::relocate_calls::{FolderInParts, relocate_each};
use super::relocation_item::{Item, about, act_of};
use super::split_folder::{BegunFolder, SplitFolders};
use super::subtree::{add_subtree, is_empty_folder};
use super::{Editor, delete, failure, is_unsure};
use crate::act::Act;
use crate::error::ServiceError;
use crate::history::MadeItems;
use crate::progress::Meter;
use crate::{convert, problem};
use coffer_model::{
    Entry, FolderTotals, Problem, ProblemKind, Relocation, RelocationConflict, RemotePath, TransferPhase,
};
use coffer_texts::tr;
use dropbox_protocol::files::{BATCH_LIMIT, CREATE_FOLDER, CreateFolderArg, LIST_FOLDER, ListFolderArg};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::collections::HashMap;

/// Goes on with a folder whose first parts are at the new place, or that has none yet.
pub(super) async fn go_on(
    editor: &Editor<'_>,
    kind: Relocation,
    splits: &SplitFolders,
    item: Item,
    begun: BegunFolder,
) -> FolderInParts {
    let path = item.0.path.clone();
    let totals = editor.account.index.ask(move |index| index.totals(&path)).await.flatten();
    let meter = Meter::new(editor.job, totals.as_ref().map_or(0, |totals| totals.files), 0);
    meter.phase(TransferPhase::Moving);
    let now = begun.into.clone();
    let mut parts = FolderParts {
        editor,
        kind,
        splits,
        meter,
        counts_files: totals.is_some(),
        made: MadeItems::default(),
        failed: 0,
        first_failure: None,
        is_stopped: false,
    };
    let is_complete = parts.folder(&item.0, begun).await;
    parts.meter.report();
    let made = std::mem::take(&mut parts.made);
    let incomplete = (!is_complete).then(|| parts.into_problem(&item.0, &now));
    FolderInParts { item, now, made, incomplete }
}

/// Makes the folder at the new place; a taken name gets a number if `autorename`.
pub(super) async fn begin(
    editor: &Editor<'_>,
    kind: Relocation,
    item: &Item,
    autorename: bool,
) -> Result<BegunFolder, Problem> {
    let (entry, to) = item;
    if entry.path.contains(to) {
        let kind_of_problem = ProblemKind::FolderIntoItself;
        return Err(about(kind, item).because(kind_of_problem, problem::words_for_kind(kind_of_problem)));
    }
    if entry.sharing.is_shared_folder {
        let kind_of_problem = match kind {
            Relocation::Move => ProblemKind::SharedFolderMove,
            Relocation::Copy => ProblemKind::SharedFolderCopy,
        };
        let words = match kind {
            Relocation::Move => tr!("why-shared-folder-in-parts-move"),
            Relocation::Copy => tr!("why-shared-folder-in-parts-copy"),
        };
        return Err(about(kind, item).because(kind_of_problem, words));
    }
    let arg = CreateFolderArg { autorename, ..CreateFolderArg::new(to.as_str()) };
    let into = match editor.service().rpc(&CREATE_FOLDER, &arg).await {
        Ok(result) => convert::folder_entry(&result.metadata, to.parent().as_ref()),
        Err(error) => match editor.find_entry(to).await {
            // The answer was lost. Nothing is in the folder that has the name now, so it serves as well as any.
            Ok(Some(found)) if is_unsure(&error) && is_empty(editor, &found).await => found,
            _ => return Err(failure(about(kind, item), &error)),
        },
    };
    Ok(BegunFolder::record(editor, kind, entry, into).await)
}

async fn is_empty(editor: &Editor<'_>, entry: &Entry) -> bool {
    entry.is_folder() && matches!(is_empty_folder(&editor.service(), &entry.path).await, Ok(true))
}

/// What is in the folders of a folder, by their names in lower case.
type FilesInFolders = HashMap<String, FolderTotals>;

/// For how many a moved item counts.
fn files_of(entry: &Entry, counts: Option<&FilesInFolders>) -> usize {
    let Some(counts) = counts.filter(|_| entry.is_folder()) else { return 1 };
    let totals = entry.path.lower().rsplit('/').next().and_then(|key| counts.get(key));
    totals.map_or(0, |totals| totals.files as usize)
}

struct FolderParts<'a> {
    editor: &'a Editor<'a>,
    kind: Relocation,
    splits: &'a SplitFolders,
    meter: Meter,
    /// How many files there are is known from the index; else items are counted as they come.
    counts_files: bool,
    /// What was copied; nothing of a move.
    made: MadeItems,
    /// How many items have failed, and the first of them.
    failed: usize,
    first_failure: Option<Problem>,
    /// All that would follow would fail as well, or nobody wants it any more.
    is_stopped: bool,
}

impl FolderParts<'_> {
    /// Moves or copies what is in a folder; tells whether all of it is at the new place.
    fn folder<'a>(&'a mut self, from: &'a Entry, begun: BegunFolder) -> BoxFuture<'a, bool> {
        async move {
            self.meter.begin_file(from.name());
            if self.kind == Relocation::Copy {
                self.made.insert(&begun.into);
            }
            let mut is_complete = match self.contents(&from.path, &begun).await {
                Ok(is_complete) => is_complete,
                Err(error) => {
                    self.fail(problem::item(&from.path, Act::List).call(&error));
                    self.is_stopped = true;
                    false
                }
            };
            if is_complete && self.kind == Relocation::Move {
                is_complete = self.delete_emptied(from).await;
            }
            if is_complete {
                begun.forget().await;
            } else {
                begun.leave(self.editor).await;
            }
            is_complete
        }
        .boxed()
    }

    async fn contents(&mut self, from: &RemotePath, begun: &BegunFolder) -> Result<bool, ServiceError> {
        let service = &self.editor.service();
        let into = &begun.into.path;
        let counts = self.counts(from).await;
        // What has been moved is not in the old folder any more, but what has been copied is.
        let copied = match self.kind {
            Relocation::Copy if !begun.is_new => CopiedItems::list(service, into).await?,
            Relocation::Copy | Relocation::Move => CopiedItems::default(),
        };
        let arg = ListFolderArg { limit: Some(BATCH_LIMIT as u32), ..ListFolderArg::new(from.as_str()) };
        let mut page = service.rpc(&LIST_FOLDER, &arg).await?;
        let mut is_complete = true;
        loop {
            let entries = page.entries.iter().map(|metadata| convert::entry(metadata, Some(from)));
            // A listing that goes on also tells what has left the folder meanwhile.
            let present = entries.filter(|entry| !entry.is_deleted());
            let items = present.map(|entry| {
                let to = into.join(entry.name());
                (entry, to)
            });
            is_complete &= self.page(items.collect(), &copied, counts.as_ref()).await;
            if self.is_stopped {
                return Ok(false);
            }
            if !page.has_more {
                return Ok(is_complete);
            }
            page = service.continue_list(&page.cursor).await?;
        }
    }

    /// How many files are in each of the folders in a folder.
    async fn counts(&self, folder: &RemotePath) -> Option<FilesInFolders> {
        if !self.counts_files {
            return None;
        }
        let folder = folder.clone();
        self.editor.account.index.ask(move |index| index.totals_within(&folder)).await
    }

    async fn page(
        &mut self,
        items: Vec<Item>,
        copied: &CopiedItems,
        counts: Option<&FilesInFolders>,
    ) -> bool {
        let mut is_complete = true;
        let mut free = Vec::with_capacity(items.len());
        for item in items {
            if let Some(begun) = self.splits.begun(self.editor, self.kind, &item).await {
                is_complete &= self.folder(&item.0, begun).await;
                if self.is_stopped {
                    return false;
                }
                continue;
            }
            match copied.name_of(&item) {
                NameInCopy::Free => free.push(item),
                NameInCopy::SameFile(state) => {
                    self.made.insert_state(state);
                    self.meter.end_file();
                }
                NameInCopy::Folder => is_complete &= self.copied_folder(item).await,
                NameInCopy::Another => {
                    self.fail(
                        about(self.kind, &item).because(ProblemKind::NameTaken, tr!("why-taken-meanwhile")),
                    );
                    is_complete = false;
                }
            }
        }
        self.items(free, counts).await && is_complete
    }

    /// Moves or copies items that are in no folder of their names yet.
    async fn items(&mut self, items: Vec<Item>, counts: Option<&FilesInFolders>) -> bool {
        if items.is_empty() {
            return true;
        }
        let relocated = relocate_each(self.editor, self.kind, &items, false).await;
        for (_, now) in &relocated.done {
            Meter::end_items(Some(&self.meter), files_of(now, counts));
            if self.kind == Relocation::Copy {
                self.add_made(now).await;
            }
        }
        let mut is_complete = relocated.done.len() + relocated.too_large.len() == items.len();
        self.is_stopped |= relocated.is_stopped || self.editor.job.cancel.is_cancelled();
        for problem in relocated.failed {
            self.is_stopped |= problem.kind == ProblemKind::AccountFull;
            self.fail(problem);
        }
        for item in &relocated.taken {
            self.fail(about(self.kind, item).because(ProblemKind::NameTaken, tr!("why-taken-meanwhile")));
        }
        for item in relocated.too_large {
            if self.is_stopped {
                return false;
            }
            match begin(self.editor, self.kind, &item, false).await {
                Ok(begun) => is_complete &= self.folder(&item.0, begun).await,
                Err(problem) => {
                    self.fail(problem);
                    is_complete = false;
                }
            }
        }
        is_complete && !self.is_stopped
    }

    /// A folder that an earlier run has copied with one call. What has come into the old one since is copied too.
    async fn copied_folder(&mut self, (entry, target): Item) -> bool {
        let existing = Entry { path: target.clone(), ..entry.clone() };
        let folders = RelocationConflict { entry, target, existing, decision: None };
        self.add_made(&folders.existing).await;
        let pair = match FolderPair::list(self.editor, &folders).await {
            Ok(pair) => pair,
            Err(error) => {
                self.fail(problem::item(&folders.entry.path, act_of(self.kind)).call(&error));
                return false;
            }
        };
        let mut is_complete = true;
        for ((entry, target), existing) in pair.conflicts {
            let conflict = RelocationConflict { entry, target, existing, decision: None };
            if !conflict.is_identical() {
                let item = (conflict.entry, conflict.target);
                self.fail(
                    about(self.kind, &item).because(ProblemKind::NameTaken, tr!("why-taken-meanwhile")),
                );
                is_complete = false;
            }
        }
        self.meter.end_file();
        self.items(pair.free, None).await && is_complete
    }

    async fn add_made(&mut self, copy: &Entry) {
        if let Err(error) = add_subtree(&self.editor.service(), copy, &mut self.made).await {
            // Then the undo finds items that it does not know, and refuses.
            tracing::warn!(%error, "a copied folder could not be listed");
        }
    }

    /// Deletes the old folder, if nothing has come into it meanwhile.
    async fn delete_emptied(&mut self, folder: &Entry) -> bool {
        match is_empty_folder(&self.editor.service(), &folder.path).await {
            Ok(true) => {
                let mut failed = Vec::new();
                let gone = delete::all(self.editor, &[folder], Act::Delete, &mut failed, None).await;
                for problem in failed {
                    self.fail(problem);
                }
                gone == [true]
            }
            Ok(false) => {
                self.fail(
                    problem::item(&folder.path, Act::Delete)
                        .because(ProblemKind::Changed, tr!("why-folder-not-empty")),
                );
                false
            }
            Err(error) => {
                self.fail(problem::item(&folder.path, Act::Delete).call(&error));
                false
            }
        }
    }

    fn fail(&mut self, problem: Problem) {
        self.failed += 1;
        self.first_failure.get_or_insert(problem);
    }

    /// Says why not all of a folder is at the new place, and what is where.
    fn into_problem(self, from: &Entry, now: &Entry) -> Problem {
        let incomplete = incomplete(self.kind, &from.path, &now.path);
        match self.first_failure {
            None => incomplete,
            Some(first) => {
                let Problem { title, detail: places, path, .. } = incomplete;
                let first_words = format!("{}. {}", first.title, first.detail);
                let first_words = match self.failed {
                    1 => first_words,
                    failed => tr!("first-of-several", problem = first_words, count = failed),
                };
                let detail = format!("{first_words}\n{places}");
                Problem { title, detail, path, ..first }
            }
        }
    }
}

/// Says that not all of a folder is at the new place, and what is where.
pub(super) fn incomplete(kind: Relocation, from: &RemotePath, now: &RemotePath) -> Problem {
    let (title, places) = match kind {
        Relocation::Move => (
            tr!("could-not-move-completely", name = from.name()),
            tr!("moved-in-part", now = now.as_str(), before = from.as_str()),
        ),
        Relocation::Copy => {
            (tr!("could-not-copy-completely", name = from.name()), tr!("copied-in-part", now = now.as_str()))
        }
    };
    Problem { path: Some(from.clone()), ..Problem::new(ProblemKind::Incomplete, title, places) }
}
