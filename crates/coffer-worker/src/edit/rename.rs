//! Renaming an item to the same name in other letters. The service takes that for no change at all, so it goes through
//! another name, and a record of that is on disk from before the first step until after the last. Finishing what has
//! stopped half-way is `unfinished_renames`.

use super::edit_records::RenameRecord;
use super::relocate_calls::{move_one, move_to};
use super::relocation_item::about_move;
use super::stored_record::StoredRecord;
use super::{Editor, failure, is_unsure};
use crate::account::account_name;
use crate::error::{Classify, ServiceError};
use crate::{blocking, problem};
use coffer_model::{Entry, Problem, ProblemKind, RemotePath};

/// Renames an item to the same name in other letters. If the second step fails, the first is taken back; if that fails
/// too, the next start finishes the rename.
pub(super) async fn change_case(
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
        let about = about_move(entry, to);
        return Err(match error.kind() {
            ProblemKind::TooManyItems => about.because(
                ProblemKind::TooManyItems,
                "A folder with more than 10,000 items can’t change only the case of its name. Give it another name \
                 first, then this one.",
            ),
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
        from: Some(entry.path.to_string()),
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
