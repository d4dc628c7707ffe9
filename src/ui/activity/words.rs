//! The words of an operation: what was done, where, how much, and what undoing it would do.

use super::super::{WindowContext, format};
use coffer_model::{Operation, OperationKind, RemotePath};
use coffer_state::operation_text;
use coffer_texts::tr;

/// A part of a sentence, and whether it carries weight.
pub(super) type SentencePart = (String, bool);

/// Stands around what carries weight. No name has it.
const WEIGHT: char = '\u{1}';

/// "Moved **Budget.csv** to **Archive 2025**"
pub(super) fn title(window: &WindowContext<'_>, operation: &Operation) -> Vec<SentencePart> {
    let sentence = weighted_sentence(window, operation);
    let parts = sentence.split(WEIGHT).enumerate().map(|(index, part)| (part.to_owned(), index % 2 == 1));
    parts.filter(|(part, _)| !part.is_empty()).collect()
}

fn weighted_sentence(window: &WindowContext<'_>, operation: &Operation) -> String {
    let strong = |text: &str| format!("{WEIGHT}{text}{WEIGHT}");
    let item = strong(&items(operation));
    let folder = || strong(window.state.folder_name(&operation.folder()));
    match operation.kind {
        OperationKind::CreateFolder => tr!("activity-created-folder", item = item),
        OperationKind::Delete => tr!("activity-deleted", item = item),
        OperationKind::Move => tr!("activity-moved", item = item, folder = folder()),
        OperationKind::Rename if operation.items > 1 => {
            tr!("activity-renamed-in", item = item, folder = folder())
        }
        OperationKind::Rename => {
            let before = operation.before.as_ref().map_or("", |before| before.name());
            tr!("activity-renamed", before = strong(before), item = item)
        }
        OperationKind::Copy if is_beside(operation) => tr!("activity-duplicated", item = item),
        OperationKind::Copy => tr!("activity-copied", item = item, folder = folder()),
        OperationKind::Upload => tr!("activity-uploaded", item = item),
        OperationKind::UploadVersion if operation.items == 1 && !operation.is_folder => {
            tr!("activity-uploaded-version", item = item)
        }
        OperationKind::UploadVersion if operation.items == 1 => {
            tr!("activity-uploaded-versions-in", item = item)
        }
        OperationKind::UploadVersion => tr!("activity-uploaded-versions", item = item),
        OperationKind::RestoreVersion => tr!("activity-restored-version", item = item),
        OperationKind::Undelete => tr!("activity-restored", item = item),
        OperationKind::BringBack => tr!("activity-brought-back", item = item),
        OperationKind::CreateLink => tr!("activity-created-link", item = item),
        OperationKind::ChangeLink => tr!("activity-changed-link", item = item),
        OperationKind::RevokeLink => tr!("activity-removed-link", item = item),
        OperationKind::AddSharedFolder => tr!("activity-added-shared-folder", item = item),
        OperationKind::RemoveSharedFolder => tr!("activity-removed-shared-folder", item = item),
    }
}

/// The same without weight.
pub(super) fn sentence(window: &WindowContext<'_>, operation: &Operation) -> String {
    title(window, operation).into_iter().map(|(text, _)| text).collect()
}

/// "Budget.csv", "12 items"
fn items(operation: &Operation) -> String {
    match operation.items {
        1 => operation.item.name().to_owned(),
        _ => operation_text::items(operation),
    }
}

fn is_beside(operation: &Operation) -> bool {
    operation.before.as_ref().and_then(RemotePath::parent) == operation.item.parent()
}

/// "Photos / 2026 / Drafts · 84 MB", "From Documents · undone at 17:41"
pub(super) fn place_and_amount(window: &WindowContext<'_>, operation: &Operation) -> String {
    let before = operation.before.as_ref().and_then(RemotePath::parent);
    let place = match (operation.kind, before) {
        (OperationKind::Move | OperationKind::Copy, Some(before)) if !is_beside(operation) => {
            tr!("activity-from", folder = window.state.folder_path(&before))
        }
        _ => window.state.folder_path(&operation.folder()),
    };
    let mut parts = vec![place];
    parts.extend(amount(operation));
    if operation.failed > 0 {
        parts.push(not_done(operation.kind, operation.failed));
    }
    if let Some(undone) = operation.undone {
        parts.push(undone_in_words(window, undone, operation));
    }
    parts.join(" · ")
}

/// "undone at 17:41", "undone yesterday, 17:41", "undone 12 November, 17:41"
fn undone_in_words(window: &WindowContext<'_>, undone: jiff::Timestamp, operation: &Operation) -> String {
    let (clock, time) = (window.clock, window.clock.time_of_day(undone));
    match clock.days_ago(undone) {
        _ if clock.date(undone) == clock.date(operation.at) => tr!("activity-undone-at", time = time),
        0 => tr!("activity-undone-today", time = time),
        1 => tr!("activity-undone-yesterday", time = time),
        _ => tr!("activity-undone-on", date = clock.day_and_time(undone)),
    }
}

/// "254 files, 84 MB"
pub(super) fn amount(operation: &Operation) -> Option<String> {
    let files = tr!("files", count = operation.files);
    let size = format::size(operation.bytes);
    let names_files = operation.items == operation.files;
    match (operation.files, operation.bytes) {
        (0, 0) => None,
        (0, _) => Some(size),
        (_, 0) if names_files => None,
        (_, 0) => Some(files),
        _ if names_files => Some(size),
        _ => Some(format!("{files}, {size}")),
    }
}

/// "3 items could not be deleted"
fn not_done(kind: OperationKind, count: u64) -> String {
    match kind {
        OperationKind::CreateFolder => tr!("activity-not-created", count = count),
        OperationKind::Delete => tr!("activity-not-deleted", count = count),
        OperationKind::Move => tr!("activity-not-moved", count = count),
        OperationKind::Rename => tr!("activity-not-renamed", count = count),
        OperationKind::Copy => tr!("activity-not-copied", count = count),
        OperationKind::Upload | OperationKind::UploadVersion => {
            tr!("activity-not-uploaded", count = count)
        }
        OperationKind::RestoreVersion | OperationKind::Undelete => {
            tr!("activity-not-restored", count = count)
        }
        OperationKind::BringBack => tr!("activity-not-brought-back", count = count),
        OperationKind::CreateLink | OperationKind::ChangeLink | OperationKind::RevokeLink => {
            tr!("activity-not-changed", count = count)
        }
        OperationKind::AddSharedFolder => tr!("activity-not-added", count = count),
        OperationKind::RemoveSharedFolder => tr!("activity-not-removed", count = count),
    }
}

/// What the button would do, or why there is none.
pub(super) fn consequence(window: &WindowContext<'_>, operation: &Operation) -> String {
    let is_one = operation.items == 1;
    let items = operation_text::items(operation);
    let folder = window.state.folder_path(&operation.folder());
    if !operation.can_reverse {
        return match operation.kind {
            OperationKind::ChangeLink => tr!("undoing-changed-link"),
            OperationKind::RevokeLink => tr!("undoing-removed-link"),
            _ => tr!("undoing-not-kept"),
        }
        .to_owned();
    }
    if operation.undone.is_some() {
        return tr!("redoing", edit = operation_text::label(operation));
    }
    let before = operation.before.as_ref().and_then(RemotePath::parent).unwrap_or_default();
    let before = window.state.folder_path(&before);
    match operation.kind {
        OperationKind::CreateFolder => tr!("undoing-create-folder", items = items),
        OperationKind::Delete => tr!("undoing-delete", items = items, folder = folder),
        OperationKind::Move => tr!("undoing-move", items = items, folder = before),
        OperationKind::Rename if !is_one => tr!("undoing-renames", items = items),
        OperationKind::Rename => {
            let name = operation.before.as_ref().map_or("", |before| before.name());
            tr!("undoing-rename", items = items, name = name)
        }
        OperationKind::Copy if is_one => tr!("undoing-copy", items = items),
        OperationKind::Copy => tr!("undoing-copies").to_owned(),
        OperationKind::Upload if is_one => tr!("undoing-upload", items = items),
        OperationKind::Upload => tr!("undoing-uploads", items = items),
        OperationKind::UploadVersion => tr!("undoing-upload-version").to_owned(),
        OperationKind::RestoreVersion => tr!("undoing-restore-version").to_owned(),
        OperationKind::BringBack => tr!("undoing-bring-back", items = items),
        OperationKind::Undelete => tr!("undoing-restore", items = items),
        OperationKind::CreateLink => tr!("undoing-create-link").to_owned(),
        OperationKind::ChangeLink | OperationKind::RevokeLink => String::new(),
        OperationKind::AddSharedFolder => tr!("undoing-add-shared-folder", items = items),
        OperationKind::RemoveSharedFolder => tr!("undoing-remove-shared-folder", items = items),
    }
}
