//! Deleting, so that it can be taken back: what is in a folder is noted before it goes. A folder that is too large for one
//! call goes in parts.

use super::existing::existing;
use super::parts::Parts;
use super::subtree::visit_subtree;
use super::{Done, Editor, Subtree, batch, failure, is_unsure, not_tried};
use crate::act::Act;
use crate::context::JobError;
use crate::error::Classify as _;
use crate::history::{FileRevisions, Inverse};
use crate::problem;
use crate::progress::Meter;
use coffer_model::{Entry, Problem, ProblemKind, RemotePath, TransferPhase};
use coffer_texts::tr;
use dropbox_protocol::files::{BATCH_LIMIT, DELETE, DeleteArg};
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// Folders listed at once.
pub(super) const LISTS_AT_ONCE: usize = 6;

/// Deletes files that are still the revision that was seen, and folders as they are.
pub(crate) async fn items(editor: &Editor<'_>, entries: Vec<Entry>) -> Result<Done, JobError> {
    let entries = topmost(entries);
    let meter = Meter::for_items(editor.job, entries.len());
    let listing = entries.iter().any(Entry::is_folder).then(|| Meter::new(editor.job, 0, 0));
    if let Some(listing) = &listing {
        listing.phase(TransferPhase::Preparing);
    }
    let mut failed = Vec::new();
    let mut listed = Vec::new();
    let mut lists = stream::iter(entries)
        .map(|entry| {
            let listing = listing.as_ref();
            async move {
                editor.job.check_wanted()?;
                Ok::<_, JobError>(ListedItem::list(editor, entry, listing).await)
            }
            .boxed()
        })
        .buffered(LISTS_AT_ONCE);
    while let Some(list) = lists.next().await {
        match list? {
            Ok(item) => listed.push(item),
            Err(problem) => failed.push(problem),
        }
    }
    if let Some(listing) = &listing {
        listing.report();
    }
    editor.job.check_wanted()?;
    let (mut done, _) = listed_items(editor, listed, meter.as_ref()).await;
    done.failed.splice(0..0, failed);
    if done.undo.is_empty() && done.failed.is_empty() {
        editor.job.check_wanted()?;
    }
    Ok(done)
}

/// Deletes items whose contents are known; answers also with those that are still there.
pub(super) async fn listed_items(
    editor: &Editor<'_>,
    items: Vec<ListedItem>,
    meter: Option<&Meter>,
) -> (Done, Vec<Entry>) {
    let mut done = Done::default();
    let (in_parts, whole): (Vec<ListedItem>, Vec<ListedItem>) =
        items.into_iter().partition(|item| item.parts.is_some());
    let own_meter = meter_of_parts(editor, whole.len(), &in_parts);
    let meter = own_meter.as_ref().or(meter);
    let entries: Vec<&Entry> = whole.iter().map(|item| &item.entry).collect();
    let mut gone = DeletedItems::default();
    let mut left = Vec::new();
    let deleted = all(editor, &entries, Act::Delete, &mut done.failed, meter).await;
    for (item, is_gone) in whole.into_iter().zip(deleted) {
        if is_gone { gone.add(item.contents) } else { left.push(item.entry) }
    }
    done.left = left.iter().map(|entry| entry.path.clone()).collect();
    for item in in_parts {
        let Some(parts) = item.parts else { continue };
        let tops = delete_parts(editor, &parts, &mut done.failed, meter).await;
        let is_cut_off = editor.job.cancel.is_cancelled() && !tops.contains(&item.entry.path);
        if is_cut_off && tops.is_empty() {
            done.left.push(item.entry.path.clone());
        } else if is_cut_off {
            done.failed.push(deleted_in_part(&item.entry, tops.len(), parts.contents.len()));
        }
        if !tops.contains(&item.entry.path) {
            left.push(item.entry);
        }
        gone.add(item.contents.in_any_of(&tops));
    }
    if !gone.is_empty() {
        done.undo.push(gone.into_inverse());
    }
    (done, left)
}

/// Counts what is in folders that go in parts; none where no folder does.
fn meter_of_parts(editor: &Editor<'_>, whole: usize, in_parts: &[ListedItem]) -> Option<Meter> {
    let parts: usize = in_parts.iter().filter_map(|item| Some(item.parts.as_ref()?.contents.len())).sum();
    Meter::for_items(editor.job, whole + parts).filter(|_| parts > 0)
}

/// The person has stopped it in the middle. It names no item, because what is gone of the folder is in the history as its
/// deletion.
fn deleted_in_part(folder: &Entry, done: usize, count: usize) -> Problem {
    Problem::new(
        ProblemKind::Incomplete,
        tr!("could-not-delete-completely", name = folder.name()),
        tr!("deleted-in-part", done = done, count = count, folder = folder.path.as_str()),
    )
}

/// Deletes a folder that is too large for one call; answers with what is gone.
async fn delete_parts(
    editor: &Editor<'_>,
    parts: &Parts,
    failed: &mut Vec<Problem>,
    meter: Option<&Meter>,
) -> HashSet<RemotePath> {
    let contents: Vec<&Entry> = parts.contents.iter().collect();
    let deleted = all(editor, &contents, Act::Delete, failed, meter).await;
    let is_empty = deleted.iter().all(|gone| *gone);
    let mut gone: HashSet<RemotePath> =
        contents.iter().zip(deleted).filter(|(_, gone)| *gone).map(|(entry, _)| entry.path.clone()).collect();
    // A folder in which something was left stays with it.
    for folder in parts.emptied.iter().take_while(|_| is_empty) {
        if all(editor, &[folder], Act::Delete, failed, None).await != [true] {
            break;
        }
        gone.insert(folder.path.clone());
    }
    gone
}

/// Deletes files that are still the revision that was seen, and folders as they are; tells of each whether it is gone.
/// `act` is what they could not be when that fails.
pub(crate) async fn all(
    editor: &Editor<'_>,
    entries: &[&Entry],
    act: Act,
    failed: &mut Vec<Problem>,
    meter: Option<&Meter>,
) -> Vec<bool> {
    let about = |entry: &Entry| problem::item(&entry.path, act);
    if let [entry] = entries {
        return match editor.service().rpc(&DELETE, &arg(entry)).await {
            Ok(_) => vec![true],
            Err(error) if is_unsure(&error) && editor.is_gone(&entry.path).await => vec![true],
            Err(error) => {
                failed.push(failure(about(entry), &error));
                vec![false]
            }
        };
    }
    let mut gone = vec![false; entries.len()];
    let mut untried = entries;
    for (chunk, gone) in entries.chunks(BATCH_LIMIT).zip(gone.chunks_mut(BATCH_LIMIT)) {
        if editor.job.cancel.is_cancelled() {
            break;
        }
        untried = untried.get(chunk.len()..).unwrap_or_default();
        let args: Vec<DeleteArg> = chunk.iter().map(|entry| arg(entry)).collect();
        match batch::delete(editor, &args).await {
            Ok(results) => {
                for ((entry, gone), result) in chunk.iter().zip(gone).zip(results) {
                    match result {
                        Ok(_) => *gone = true,
                        Err(error) => failed.push(about(entry).entry(&error)),
                    }
                }
            }
            Err(error) if editor.gave_up(error.kind()) => break,
            Err(error) => {
                // The answer to the whole chunk is lost: look which items are gone.
                let paths: Vec<RemotePath> = chunk.iter().map(|entry| entry.path.clone()).collect();
                let now = if is_unsure(&error) { existing(editor, &paths).await } else { Ok(Vec::new()) };
                let mut now = now.unwrap_or_default().into_iter();
                for (entry, gone) in chunk.iter().zip(gone) {
                    if matches!(now.next(), Some(Ok(None))) {
                        *gone = true;
                    } else {
                        failed.push(failure(about(entry), &error));
                    }
                }
                failed.extend(untried.iter().map(|entry| not_tried(about(entry), &error)));
                break;
            }
        }
        Meter::end_items(meter, chunk.len());
    }
    gone
}

fn arg(entry: &Entry) -> DeleteArg {
    let parent_rev = entry.file().map(|file| file.rev.0.to_string());
    DeleteArg { parent_rev, ..DeleteArg::new(entry.path.as_str()) }
}

/// Without what lies in another of them.
pub(crate) fn topmost(entries: Vec<Entry>) -> Vec<Entry> {
    let folders: BTreeSet<RemotePath> =
        entries.iter().filter(|entry| entry.is_folder()).map(|entry| entry.path.clone()).collect();
    let mut seen = BTreeSet::new();
    entries
        .into_iter()
        .filter(|entry| {
            let mut above = std::iter::successors(entry.path.parent(), RemotePath::parent);
            seen.insert(entry.path.clone()) && !above.any(|folder| folders.contains(&folder))
        })
        .collect()
}

/// An item that is about to be deleted, with all that is in it.
pub(super) struct ListedItem {
    entry: Entry,
    contents: DeletedItems,
    /// Those of a folder that is too large to be deleted at once.
    parts: Option<Parts>,
}

impl ListedItem {
    /// Counts what it finds, because that may take a while.
    async fn list(editor: &Editor<'_>, entry: Entry, listing: Option<&Meter>) -> Result<Self, Problem> {
        if !entry.is_folder() {
            return Ok(Self::file(entry));
        }
        let mut subtree = Subtree::default();
        let visit = |item| {
            subtree.entries.push(item);
            Meter::end_items(listing, 1);
        };
        match visit_subtree(&editor.service(), &entry.path, visit).await {
            Ok(()) => Ok(Self::folder(entry, &subtree)),
            Err(error) => Err(problem::item(&entry.path, Act::Delete).call(&error)),
        }
    }

    pub(super) fn file(entry: Entry) -> Self {
        let files = entry.file().map(|file| (entry.path.clone(), file.rev.clone())).into_iter().collect();
        Self { entry, contents: DeletedItems { folders: Vec::new(), files }, parts: None }
    }

    pub(super) fn folder(entry: Entry, subtree: &Subtree) -> Self {
        let mut folders = subtree.folders();
        if !folders.contains(&entry.path) {
            folders.insert(0, entry.path.clone());
        }
        let contents = DeletedItems { folders, files: subtree.files().collect() };
        Self { contents, parts: Parts::of(&entry, subtree), entry }
    }
}

/// What is needed to restore items with all that is in them.
#[derive(Default)]
struct DeletedItems {
    folders: Vec<RemotePath>,
    files: FileRevisions,
}

impl DeletedItems {
    fn add(&mut self, other: Self) {
        self.folders.extend(other.folders);
        self.files.extend(other.files.iter());
    }

    /// Those at or below one of these paths.
    fn in_any_of(mut self, tops: &HashSet<RemotePath>) -> Self {
        let is_in = |path: &RemotePath| {
            std::iter::successors(Some(path.clone()), RemotePath::parent).any(|path| tops.contains(&path))
        };
        self.folders.retain(is_in);
        self.files = self.files.iter().filter(|(path, _)| is_in(path)).collect();
        self
    }

    fn is_empty(&self) -> bool {
        self.folders.is_empty() && self.files.is_empty()
    }

    fn into_inverse(self) -> Inverse {
        Inverse::Undelete { folders: self.folders, files: Arc::new(self.files) }
    }
}
