//! Moving, renaming and copying.

use super::batch::{EntryResult, relocate};
use super::delete::topmost;
use super::edit_records::RenameRecord;
use super::relocation_item::{Item, about, about_move, past};
use super::stored_record::StoredRecord;
use super::{Done, Editor, conflicts, failure, is_unsure, list_subtree};
use crate::account::account_name;
use crate::context::JobError;
use crate::error::{Classify, ServiceError};
use crate::{blocking, convert, problem};
use coffer_model::{Entry, Inverse, Problem, ProblemKind, Relocation, RemotePath};
use dropbox_protocol::files::{
    BATCH_LIMIT, COPY, MOVE, Metadata, RelocationArg, RelocationBatchErrorEntry, RelocationPath,
};

/// An item whose name is taken in another folder becomes a conflict.
pub(crate) async fn move_items(editor: &Editor<'_>, items: Vec<Item>) -> Result<Done, JobError> {
    let mut moved = Vec::new();
    let mut done = Done::default();
    // The service takes a change of case for no change at all, so it goes through another name.
    let (case_only, others): (Vec<Item>, Vec<Item>) = items
        .into_iter()
        .filter(|(entry, to)| entry.path.as_str() != to.as_str())
        .partition(|(entry, to)| entry.path == *to);
    for (entry, to) in case_only {
        editor.job.check_wanted()?;
        match change_case(editor, &entry, &to).await {
            Ok(now) => moved.push((now, entry.path)),
            Err(problem) => done.failed.push(problem),
        }
    }
    let others = without_nested(others);
    let relocated = relocate_all(editor, Relocation::Move, &others, false).await;
    let (taken, others) = relocated.into_done(editor, Relocation::Move).await;
    if !moved.is_empty() {
        done.entries = moved.iter().map(|(now, _)| now.clone()).collect();
        done.undo.push(Inverse::MoveBack(moved));
    }
    done.add(others);
    done.add(conflicts::find(editor, Relocation::Move, taken).await);
    Ok(done)
}

/// An item whose name is taken in another folder becomes a conflict; a copy beside its original gets a number.
pub(crate) async fn copy_items(editor: &Editor<'_>, items: Vec<Item>) -> Result<Done, JobError> {
    let (beside, others): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|(entry, to)| entry.path == *to);
    // It needs another name from the start.
    let beside: Vec<Item> = beside.into_iter().map(|(entry, to)| (entry, numbered(&to, 1))).collect();
    let mut done = Done::default();
    for (items, autorename) in [(beside, true), (others, false)] {
        let relocated = relocate_all(editor, Relocation::Copy, &items, autorename).await;
        let (taken, copied) = relocated.into_done(editor, Relocation::Copy).await;
        done.add(copied);
        done.add(conflicts::find(editor, Relocation::Copy, taken).await);
    }
    Ok(done)
}

/// How items ended that were moved or copied.
#[derive(Default)]
pub(super) struct Relocated {
    /// Each with what it is now.
    pub done: Vec<(Item, Entry)>,
    /// Their names are taken in another folder.
    pub taken: Vec<Item>,
    pub failed: Vec<Problem>,
}

impl Relocated {
    /// What was done, with its inverse; and what was not, because names are taken.
    pub(super) async fn into_done(self, editor: &Editor<'_>, kind: Relocation) -> (Vec<Item>, Done) {
        let mut done = Done { failed: self.failed, ..Done::default() };
        done.entries = self.done.iter().map(|(_, now)| now.clone()).collect();
        if !self.done.is_empty() {
            done.undo.push(match kind {
                Relocation::Move => Inverse::MoveBack(
                    self.done.into_iter().map(|((entry, _), now)| (now, entry.path)).collect(),
                ),
                Relocation::Copy => Inverse::Remove(with_contents(editor, &done.entries).await),
            });
        }
        (self.taken, done)
    }
}

/// Moves or copies items; a taken name gets a number if `autorename`.
pub(super) async fn relocate_all(
    editor: &Editor<'_>,
    kind: Relocation,
    items: &[Item],
    autorename: bool,
) -> Relocated {
    let mut relocated = Relocated::default();
    if let [item] = items {
        let result = match kind {
            Relocation::Move => move_to(editor, &item.0.path, &item.1, autorename).await,
            Relocation::Copy => copy_to(editor, &item.0.path, &item.1, autorename).await,
        };
        match result {
            Ok(now) => relocated.done.push((item.clone(), now)),
            Err(error) if is_taken(item, error.kind()) => relocated.taken.push(item.clone()),
            Err(error) => relocated.failed.push(failure(about(kind, item), &error)),
        }
        return relocated;
    }
    for (item, result) in batches(editor, kind, items, autorename, &mut relocated.failed).await {
        match result {
            Ok(metadata) => relocated.done.push((item.clone(), entry_at(&metadata, &item.1))),
            Err(error) if is_taken(item, error.kind()) => relocated.taken.push(item.clone()),
            Err(error) => relocated.failed.push(about(kind, item).entry(&error)),
        }
    }
    relocated
}

/// Whether a failure means a conflict that a person can decide about. Who renames an item has typed the name, and takes
/// another one.
fn is_taken((entry, to): &Item, kind: ProblemKind) -> bool {
    let taken = matches!(kind, ProblemKind::NameTaken | ProblemKind::FolderExists);
    taken && entry.path.parent() != to.parent()
}

/// Moves one item to a free name.
pub(crate) async fn move_one(
    editor: &Editor<'_>,
    from: &RemotePath,
    to: &RemotePath,
) -> Result<Entry, ServiceError> {
    move_to(editor, from, to, false).await
}

/// Moves one item. When the answer is lost it looks whether the item has arrived.
async fn move_to(
    editor: &Editor<'_>,
    from: &RemotePath,
    to: &RemotePath,
    autorename: bool,
) -> Result<Entry, ServiceError> {
    let arg = RelocationArg { autorename, ..RelocationArg::new(from.as_str(), to.as_str()) };
    match editor.account.service.rpc(&MOVE, &arg).await {
        Ok(result) => Ok(entry_at(&result.metadata, to)),
        // With another name than was asked for it is not found again.
        Err(error) if is_unsure(&error) && !autorename => match editor.find_entry(to).await {
            Ok(Some(entry)) if editor.is_gone(from).await => Ok(entry),
            _ => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}

async fn copy_to(
    editor: &Editor<'_>,
    from: &RemotePath,
    to: &RemotePath,
    autorename: bool,
) -> Result<Entry, ServiceError> {
    let arg = RelocationArg { autorename, ..RelocationArg::new(from.as_str(), to.as_str()) };
    Ok(entry_at(&editor.account.service.rpc(&COPY, &arg).await?.metadata, to))
}

/// Copies one item if its place is free; `None` when it did not work, or it is not known whether it did.
pub(crate) async fn copy_one(editor: &Editor<'_>, path: &RelocationPath) -> Option<Metadata> {
    let arg = RelocationArg::new(path.from_path.as_str(), path.to_path.as_str());
    match editor.account.service.rpc(&COPY, &arg).await {
        Ok(result) => Some(result.metadata),
        Err(error) => {
            tracing::info!(%error, "an item could not be copied");
            None
        }
    }
}

/// Renames an item to the same name in other letters. If the second step fails, the first is taken back; if that fails
/// too, the next start finishes the rename.
pub(crate) async fn change_case(
    editor: &Editor<'_>,
    entry: &Entry,
    to: &RemotePath,
) -> Result<Entry, Problem> {
    let folder = to.parent().unwrap_or_default();
    let temporary = folder.join(&format!("{}.renaming-{:06x}", to.name(), fastrand::u32(..0x0100_0000)));
    let stored = record_rename(editor, entry, &temporary, to).await?;
    if let Err(error) = move_one(editor, &entry.path, &temporary).await {
        if !is_unsure(&error) {
            remove_record(stored).await;
        }
        return Err(failure(about_move(entry, to), &error));
    }
    match move_one(editor, &temporary, to).await {
        Ok(now) => {
            remove_record(stored).await;
            Ok(now)
        }
        Err(error) => {
            let mut problem = failure(about_move(entry, to), &error);
            match move_one(editor, &temporary, &entry.path).await {
                Ok(_) => remove_record(stored).await,
                Err(error) => {
                    tracing::warn!(%error, "a half-done rename could not be taken back");
                    problem.detail = format!(
                        "It is called “{}” for now. Coffer gives it its name when it is started again.",
                        temporary.name()
                    );
                }
            }
            Err(problem)
        }
    }
}

/// The last step of a rename that was not finished. Where another item has got the name meanwhile, it gets a number.
pub(super) async fn temporary_to_name(
    editor: &Editor<'_>,
    temporary: &RemotePath,
    to: &RemotePath,
) -> Result<Entry, ServiceError> {
    move_to(editor, temporary, to, true).await
}

async fn record_rename(
    editor: &Editor<'_>,
    entry: &Entry,
    temporary: &RemotePath,
    to: &RemotePath,
) -> Result<StoredRecord<RenameRecord>, Problem> {
    let folder = editor.worker.config.dirs.renames();
    let path_root = editor.account.service.path_root().await;
    let path_root = path_root.map_err(|error| about_move(entry, to).call(&error))?;
    let record = RenameRecord {
        account: account_name(&editor.account.choice),
        path_root: path_root.map(|root| root.0.to_string()),
        item_id: entry.id().to_owned(),
        temporary: temporary.to_string(),
        to: to.to_string(),
    };
    match blocking(move || StoredRecord::create(&folder, record)).await {
        Ok(Ok(stored)) => Ok(stored),
        Ok(Err(error)) => Err(about_move(entry, to).local(&error)),
        Err(_) => Err(problem::internal()),
    }
}

async fn remove_record(stored: StoredRecord<RenameRecord>) {
    if let Ok(Err(error)) = blocking(move || stored.remove()).await {
        // The next start finds no item with the temporary name, and removes it.
        tracing::warn!(%error, "the record of a rename could not be removed");
    }
}

/// All items in batches. A batch that fails as a whole is told for its first item, and ends the work.
async fn batches<'a>(
    editor: &Editor<'_>,
    kind: Relocation,
    items: &'a [Item],
    autorename: bool,
    failed: &mut Vec<Problem>,
) -> Vec<(&'a Item, EntryResult<RelocationBatchErrorEntry>)> {
    let mut results = Vec::new();
    for chunk in items.chunks(BATCH_LIMIT) {
        if editor.job.cancel.is_cancelled() {
            break;
        }
        let paths: Vec<RelocationPath> =
            chunk.iter().map(|(entry, to)| RelocationPath::new(entry.path.as_str(), to.as_str())).collect();
        match relocate(editor, kind, &paths, autorename).await {
            Ok(entries) => results.extend(chunk.iter().zip(entries)),
            Err(error) => {
                let words = format!("{} items could not be {}", chunk.len(), past(kind));
                let about = problem::general(words);
                failed.push(failure(about, &error));
                break;
            }
        }
    }
    results
}

/// Without what moves along with a folder that is moved itself.
fn without_nested(items: Vec<Item>) -> Vec<Item> {
    let kept = topmost(items.iter().map(|(entry, _)| entry.clone()).collect());
    items.into_iter().filter(|(entry, _)| kept.iter().any(|kept| kept.path == entry.path)).collect()
}

/// The items with everything in them, so that an undo can tell whether something was added since.
async fn with_contents(editor: &Editor<'_>, entries: &[Entry]) -> Vec<Entry> {
    let mut all = Vec::new();
    for entry in entries {
        all.push(entry.clone());
        if !entry.is_folder() {
            continue;
        }
        match list_subtree(&editor.account.service, &entry.path).await {
            Ok(subtree) => all.extend(subtree.entries.into_iter().filter(|item| item.path != entry.path)),
            // Then the undo finds items that it does not know, and refuses.
            Err(error) => tracing::warn!(%error, "a copied folder could not be listed"),
        }
    }
    all
}

/// The moved item, its folder spelt as it was asked for.
fn entry_at(metadata: &Metadata, to: &RemotePath) -> Entry {
    convert::entry(metadata, to.parent().as_ref())
}

/// `Photo.jpg` becomes `Photo (2).jpg`.
pub(crate) fn numbered(path: &RemotePath, number: u32) -> RemotePath {
    let name = path.name();
    let extension = coffer_model::file_kind::extension(name);
    let numbered = if extension.is_empty() {
        format!("{name} ({number})")
    } else {
        let stem = &name[..name.len() - extension.len() - 1];
        format!("{stem} ({number}).{extension}")
    };
    path.parent().unwrap_or_default().join(&numbered)
}

#[cfg(test)]
mod tests {
    use super::numbered;
    use coffer_model::RemotePath;

    #[test]
    fn the_number_goes_before_the_extension() {
        let check = |path, number, expected: &str| {
            assert_eq!(numbered(&RemotePath::new(path), number).as_str(), expected);
        };
        check("/a/Photo.jpg", 2, "/a/Photo (2).jpg");
        check("/README", 1, "/README (1)");
        check("/.bashrc", 1, "/.bashrc (1)");
        check("/archive.tar.gz", 3, "/archive.tar (3).gz");
    }
}
