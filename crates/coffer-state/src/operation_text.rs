//! The words for an operation of the history, as Undo and its toasts name it. The sentences of the list of all operations
//! are the window's.

use coffer_model::{Operation, OperationKind, UndoStep};
use coffer_stdx::units::counted;
use jiff::{SignedDuration, Timestamp};

/// "Move “Budget.csv”", "Delete 12 items".
pub fn label(operation: &Operation) -> String {
    let items = items(operation);
    let name = operation.item.name();
    match operation.kind {
        OperationKind::CreateFolder => format!("New folder {items}"),
        OperationKind::Delete => format!("Delete {items}"),
        OperationKind::Move => format!("Move {items}"),
        OperationKind::Rename if operation.items > 1 => format!("Rename {items}"),
        OperationKind::Rename => {
            let before = operation.before.as_ref().map_or("", |before| before.name());
            format!("Rename “{before}” to “{name}”")
        }
        OperationKind::Copy => format!("Copy {items}"),
        OperationKind::Upload | OperationKind::UploadVersion => format!("Upload {items}"),
        OperationKind::RestoreVersion => format!("Restore a version of “{name}”"),
        OperationKind::Undelete => format!("Restore {items}"),
        OperationKind::BringBack => format!("Bring back of {items}"),
        OperationKind::CreateLink => format!("Create the link to “{name}”"),
        OperationKind::RevokeLink => format!("Remove the link to “{name}”"),
        OperationKind::AddSharedFolder => format!("Add “{name}” to your Dropbox"),
        OperationKind::RemoveSharedFolder => format!("Remove “{name}” from your Dropbox"),
    }
}

/// "“Budget.csv”", "3 files", "3 items".
pub fn items(operation: &Operation) -> String {
    match operation.items {
        1 => format!("“{}”", operation.item.name()),
        items if items == operation.files => counted(items, "file"),
        items => counted(items, "item"),
    }
}

/// Names an operation that is not in view before it is undone or redone.
pub(super) fn elsewhere(operation: &Operation, now: Timestamp) -> String {
    let (step, at) = match operation.next_step() {
        UndoStep::Undo => ("Undo", operation.at),
        UndoStep::Redo => ("Redo", operation.undone.unwrap_or(operation.at)),
    };
    let folder = operation.folder();
    let place =
        if folder.is_root() { folder.display_name().to_owned() } else { format!("“{}”", folder.name()) };
    format!("{step} {}? In {place}, {}", label(operation), ago(at, now))
}

/// "5 minutes ago".
fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = u64::try_from(now.duration_since(at).max(SignedDuration::ZERO).as_mins()).unwrap_or(0);
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{} ago", counted(minutes, "minute")),
        60..1440 => format!("{} ago", counted(minutes / 60, "hour")),
        _ => format!("{} ago", counted(minutes / 1440, "day")),
    }
}
