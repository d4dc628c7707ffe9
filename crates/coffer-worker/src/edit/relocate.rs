//! Moving, renaming and copying.

use super::batch::{EntryResult, Relocation, relocate};
use super::delete::topmost;
use super::rename_record::{RenameRecord, StoredRename};
use super::{Done, Editor, failure, is_unsure, list_subtree};
use crate::account::account_name;
use crate::context::JobError;
use crate::error::ServiceError;
use crate::{blocking, convert, problem};
use coffer_model::{Entry, Inverse, Problem, RemotePath};
use dropbox_protocol::files::{
    BATCH_LIMIT, COPY, MOVE, Metadata, RelocationArg, RelocationBatchErrorEntry, RelocationPath,
};

type Item = (Entry, RemotePath);

/// A taken name is refused.
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
    if let [(entry, to)] = others.as_slice() {
        match move_one(editor, &entry.path, to).await {
            Ok(now) => moved.push((now, entry.path.clone())),
            Err(error) => done.failed.push(failure(about_move(entry, to), &error)),
        }
    } else {
        for (item, result) in batches(editor, Relocation::Move, &others, false, &mut done.failed).await {
            match result {
                Ok(metadata) => moved.push((entry_at(&metadata, &item.1), item.0.path.clone())),
                Err(error) => done.failed.push(about_move(&item.0, &item.1).entry(&error)),
            }
        }
    }
    done.entries = moved.iter().map(|(now, _)| now.clone()).collect();
    if !moved.is_empty() {
        done.undo.push(Inverse::MoveBack(moved));
    }
    Ok(done)
}

/// A taken name gets a number.
pub(crate) async fn copy_items(editor: &Editor<'_>, items: Vec<Item>) -> Result<Done, JobError> {
    let mut done = Done::default();
    // A copy beside its original needs another name from the start.
    let items: Vec<Item> = items
        .into_iter()
        .map(|(entry, to)| {
            let to = if entry.path == to { numbered(&to, 1) } else { to };
            (entry, to)
        })
        .collect();
    if let [(entry, to)] = items.as_slice() {
        let arg = RelocationArg { autorename: true, ..RelocationArg::new(entry.path.as_str(), to.as_str()) };
        match editor.account.service.rpc(&COPY, &arg).await {
            Ok(result) => done.entries.push(entry_at(&result.metadata, to)),
            Err(error) => done.failed.push(failure(about_copy(entry), &error)),
        }
    } else {
        for (item, result) in batches(editor, Relocation::Copy, &items, true, &mut done.failed).await {
            match result {
                Ok(metadata) => done.entries.push(entry_at(&metadata, &item.1)),
                Err(error) => done.failed.push(about_copy(&item.0).entry(&error)),
            }
        }
    }
    if !done.entries.is_empty() {
        done.undo.push(Inverse::Remove(with_contents(editor, &done.entries).await));
    }
    Ok(done)
}

/// Moves one item. When the answer is lost it looks whether the item has arrived.
pub(crate) async fn move_one(
    editor: &Editor<'_>,
    from: &RemotePath,
    to: &RemotePath,
) -> Result<Entry, ServiceError> {
    match editor.account.service.rpc(&MOVE, &RelocationArg::new(from.as_str(), to.as_str())).await {
        Ok(result) => Ok(entry_at(&result.metadata, to)),
        Err(error) if is_unsure(&error) => match editor.find_entry(to).await {
            Ok(Some(entry)) if editor.is_gone(from).await => Ok(entry),
            _ => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
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
    let arg = RelocationArg { autorename: true, ..RelocationArg::new(temporary.as_str(), to.as_str()) };
    Ok(entry_at(&editor.account.service.rpc(&MOVE, &arg).await?.metadata, to))
}

async fn record_rename(
    editor: &Editor<'_>,
    entry: &Entry,
    temporary: &RemotePath,
    to: &RemotePath,
) -> Result<StoredRename, Problem> {
    let folder = editor.worker.config.dirs.renames();
    let record = RenameRecord {
        account: account_name(&editor.account.choice),
        item_id: entry.id().to_owned(),
        temporary: temporary.to_string(),
        to: to.to_string(),
    };
    match blocking(move || StoredRename::create(&folder, record)).await {
        Ok(Ok(stored)) => Ok(stored),
        Ok(Err(error)) => Err(about_move(entry, to).local(&error)),
        Err(_) => Err(problem::internal()),
    }
}

async fn remove_record(stored: StoredRename) {
    if let Ok(Err(error)) = blocking(move || stored.remove()).await {
        // The next start finds no item with the temporary name, and removes it.
        tracing::warn!(%error, "the record of a rename could not be removed");
    }
}

/// All items in batches. A batch that fails as a whole is told for its first item, and ends the work.
async fn batches<'a>(
    editor: &Editor<'_>,
    relocation: Relocation,
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
        match relocate(editor, relocation, &paths, autorename).await {
            Ok(entries) => results.extend(chunk.iter().zip(entries)),
            Err(error) => {
                let word = if relocation == Relocation::Move { "moved" } else { "copied" };
                let about = problem::general(format!("{} items could not be {word}", chunk.len()));
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

fn about_move(entry: &Entry, to: &RemotePath) -> problem::Subject {
    let renamed = entry.path.parent() == to.parent();
    problem::item(&entry.path, if renamed { "renamed" } else { "moved" })
}

fn about_copy(entry: &Entry) -> problem::Subject {
    problem::item(&entry.path, "copied")
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
