//! The words for an operation of the history, as Undo and its toasts name it. The sentences of the list of all operations
//! are the window's.

use coffer_model::{Operation, OperationKind, UndoStep};
use coffer_texts::tr;
use jiff::{SignedDuration, Timestamp};

/// "Move “Budget.csv”", "Delete 12 items".
pub fn label(operation: &Operation) -> String {
    let items = items(operation);
    let name = operation.item.name();
    match operation.kind {
        OperationKind::CreateFolder => tr!("operation-new-folder", items = items),
        OperationKind::Delete => tr!("edit-delete", items = items),
        OperationKind::Move => tr!("edit-move", items = items),
        OperationKind::Rename if operation.items > 1 => tr!("edit-rename", items = items),
        OperationKind::Rename => {
            let before = operation.before.as_ref().map_or("", |before| before.name());
            tr!("edit-rename-one", from = before, to = name)
        }
        OperationKind::Copy => tr!("edit-copy", items = items),
        OperationKind::Upload | OperationKind::UploadVersion => tr!("operation-upload", items = items),
        OperationKind::RestoreVersion => tr!("edit-restore-version", name = name),
        OperationKind::Undelete => tr!("edit-restore", items = items),
        OperationKind::BringBack => tr!("operation-bring-back", items = items),
        OperationKind::CreateLink => tr!("operation-create-link", name = name),
        OperationKind::ChangeLink => tr!("operation-change-link", name = name),
        OperationKind::RevokeLink => tr!("edit-remove-link", name = name),
        OperationKind::AddSharedFolder => tr!("edit-add-shared-folder", name = name),
        OperationKind::RemoveSharedFolder => tr!("edit-remove-shared-folder", name = name),
    }
}

/// "“Budget.csv”", "3 files", "3 items".
pub fn items(operation: &Operation) -> String {
    match operation.items {
        1 => tr!("quoted", name = operation.item.name()),
        items if items == operation.files => tr!("files", count = items),
        items => tr!("items", count = items),
    }
}

/// Names an operation that is not in view before it is undone or redone.
pub(super) fn elsewhere(operation: &Operation, now: Timestamp) -> String {
    let folder = operation.folder();
    let place =
        if folder.is_root() { folder.display_name().to_owned() } else { tr!("quoted", name = folder.name()) };
    let (kind, items) = (kind_in_question(operation), items(operation));
    let from = operation.before.as_ref().map_or("", |before| before.name());
    let ago = ago(operation.undone.unwrap_or(operation.at), now);
    match operation.next_step() {
        UndoStep::Undo => {
            tr!("undo-elsewhere", kind = kind, items = items, from = from, folder = place, ago = ago)
        }
        UndoStep::Redo => {
            tr!("redo-elsewhere", kind = kind, items = items, from = from, folder = place, ago = ago)
        }
    }
}

/// Which of the sentences of a question is that of an operation.
fn kind_in_question(operation: &Operation) -> &'static str {
    match operation.kind {
        OperationKind::CreateFolder => "create-folder",
        OperationKind::Delete => "delete",
        OperationKind::Move => "move",
        OperationKind::Rename if operation.items > 1 => "rename",
        OperationKind::Rename => "rename-one",
        OperationKind::Copy => "copy",
        OperationKind::Upload | OperationKind::UploadVersion => "upload",
        OperationKind::RestoreVersion => "restore-version",
        OperationKind::Undelete => "restore",
        OperationKind::BringBack => "bring-back",
        OperationKind::CreateLink => "create-link",
        OperationKind::ChangeLink => "change-link",
        OperationKind::RevokeLink => "remove-link",
        OperationKind::AddSharedFolder => "add-shared-folder",
        OperationKind::RemoveSharedFolder => "remove-shared-folder",
    }
}

/// "5 minutes ago".
fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = u64::try_from(now.duration_since(at).max(SignedDuration::ZERO).as_mins()).unwrap_or(0);
    match minutes {
        0 => tr!("ago-now").to_owned(),
        1..60 => tr!("ago-minutes", count = minutes),
        60..1440 => tr!("ago-hours", count = minutes / 60),
        _ => tr!("ago-days", count = minutes / 1440),
    }
}
