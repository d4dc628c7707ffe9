//! Renaming an item to the same name in other letters. The service takes that for no change at all, so it goes through
//! another name, and a record of that is on disk from before the first step until after the last. Several items that change
//! their names together are in `rename_together`; finishing what has stopped half-way is `unfinished_renames`.

use super::edit_records::{RenameItem, RenameRecord};
use super::relocate_calls::move_one;
use super::relocation_item::{Item, about_move};
use super::stored_record::StoredRecord;
use super::{Editor, failure, is_unsure};
use crate::account::account_name;
use crate::error::Classify;
use crate::{blocking, problem};
use coffer_model::{Entry, Problem, ProblemKind, RemotePath};
use coffer_texts::tr;

/// Letters of a name that a temporary one keeps: with what is added, it stays within the limit of the service.
const KEPT_LETTERS: usize = 200;

/// Renames an item to the same name in other letters. If the second step fails, the first is taken back; if that fails
/// too, the next start finishes the rename.
pub(super) async fn change_case(
    editor: &Editor<'_>,
    entry: &Entry,
    to: &RemotePath,
) -> Result<Entry, Problem> {
    let temporary = temporary_path(to);
    let renamed = [((entry.clone(), to.clone()), temporary.clone())];
    let stored = record_renames(editor, &renamed).await?;
    if let Err(error) = move_one(editor, &entry.path, &temporary).await {
        if !is_unsure(&error) {
            remove_record(stored).await;
        }
        let about = about_move(entry, to);
        return Err(match error.kind() {
            ProblemKind::TooManyItems => {
                about.because(ProblemKind::TooManyItems, tr!("why-too-large-for-case"))
            }
            _ => failure(about, &error),
        });
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
                    problem.detail = for_now(&temporary);
                }
            }
            Err(problem)
        }
    }
}

/// What is said of an item that could not even get its old name back.
pub(super) fn for_now(temporary: &RemotePath) -> String {
    tr!("called-for-now", name = temporary.name())
}

/// A name that no other item has, beside the one that the item gets.
pub(super) fn temporary_path(to: &RemotePath) -> RemotePath {
    let kept: String = to.name().chars().take(KEPT_LETTERS).collect();
    let folder = to.parent().unwrap_or_default();
    folder.join(&format!("{kept}.renaming-{:06x}", fastrand::u32(..0x0100_0000)))
}

/// Keeps items with their temporary paths on disk.
pub(super) async fn record_renames(
    editor: &Editor<'_>,
    renamed: &[(Item, RemotePath)],
) -> Result<StoredRecord<RenameRecord>, Problem> {
    let folder = editor.worker.config.dirs.renames();
    let mut items = renamed.iter().map(|((entry, to), temporary)| RenameItem {
        item_id: entry.id().to_owned(),
        from: Some(entry.path.to_string()),
        temporary: temporary.to_string(),
        to: to.to_string(),
    });
    let (Some(first), Some(((entry, to), _))) = (items.next(), renamed.first()) else {
        return Err(problem::internal());
    };
    let path_root = editor.service().path_root().await;
    let path_root = path_root.map_err(|error| about_move(entry, to).call(&error))?;
    let record = RenameRecord {
        account: account_name(&editor.account.choice),
        path_root: path_root.map(|root| root.0.to_string()),
        first,
        others: items.collect(),
    };
    match blocking(move || StoredRecord::create(&folder, record)).await {
        Ok(Ok(stored)) => Ok(stored),
        Ok(Err(error)) => Err(about_move(entry, to).local(&error)),
        Err(_) => Err(problem::internal()),
    }
}

pub(super) async fn remove_record(stored: StoredRecord<RenameRecord>) {
    if let Ok(Err(error)) = blocking(move || stored.remove()).await {
        // The next start finds no item with the temporary name, and removes it.
        tracing::warn!(%error, "the record of a rename could not be removed");
    }
}
