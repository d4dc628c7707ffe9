//! The words of an operation: what was done, where, how much, and what undoing it would do.

use super::super::{WindowContext, format};
use coffer_model::{Operation, OperationKind, RemotePath};
use coffer_state::operation_text;

/// A part of a sentence, and whether it carries weight.
pub(super) type SentencePart = (String, bool);

/// "Moved **Budget.csv** to **Archive 2025**"
pub(super) fn title(window: &WindowContext<'_>, operation: &Operation) -> Vec<SentencePart> {
    let plain = |text: &str| (text.to_owned(), false);
    let strong = |text: &str| (text.to_owned(), true);
    let item = strong(&items(operation));
    let folder = || strong(window.state.folder_name(&operation.folder()));
    match operation.kind {
        OperationKind::CreateFolder => vec![plain("Created the folder "), item],
        OperationKind::Delete => vec![plain("Deleted "), item],
        OperationKind::Move => vec![plain("Moved "), item, plain(" to "), folder()],
        OperationKind::Rename if operation.items > 1 => {
            vec![plain("Renamed "), item, plain(" in "), folder()]
        }
        OperationKind::Rename => {
            let before = operation.before.as_ref().map_or("", |before| before.name());
            vec![plain("Renamed "), strong(before), plain(" to "), item]
        }
        OperationKind::Copy if is_beside(operation) => vec![plain("Duplicated "), item],
        OperationKind::Copy => vec![plain("Copied "), item, plain(" to "), folder()],
        OperationKind::Upload => vec![plain("Uploaded "), item],
        OperationKind::UploadVersion if operation.items == 1 && !operation.is_folder => {
            vec![plain("Uploaded a new version of "), item]
        }
        OperationKind::UploadVersion if operation.items == 1 => {
            vec![plain("Uploaded new versions in "), item]
        }
        OperationKind::UploadVersion => vec![plain("Uploaded new versions of "), item],
        OperationKind::RestoreVersion => vec![plain("Restored an earlier version of "), item],
        OperationKind::Undelete => vec![plain("Restored "), item],
        OperationKind::BringBack => vec![plain("Brought back "), item],
        OperationKind::CreateLink => vec![plain("Created a link to "), item],
        OperationKind::RevokeLink => vec![plain("Removed the link to "), item],
        OperationKind::AddSharedFolder => vec![plain("Added "), item, plain(" to your Dropbox")],
        OperationKind::RemoveSharedFolder => vec![plain("Removed "), item, plain(" from your Dropbox")],
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
            format!("From {}", window.state.folder_path(&before))
        }
        _ => window.state.folder_path(&operation.folder()),
    };
    let mut parts = vec![place];
    parts.extend(amount(operation));
    if operation.failed > 0 {
        let failed = format::items(operation.failed as usize);
        parts.push(format!("{failed} could not be {}", done(operation.kind)));
    }
    if let Some(undone) = operation.undone {
        parts.push(format!("undone {}", at(window, undone, operation)));
    }
    parts.join(" · ")
}

/// "at 17:41", "yesterday, 17:41"
fn at(window: &WindowContext<'_>, undone: jiff::Timestamp, operation: &Operation) -> String {
    if window.clock.date(undone) == window.clock.date(operation.at) {
        format!("at {}", window.clock.time_of_day(undone))
    } else {
        window.clock.moment(undone).to_lowercase()
    }
}

/// "254 files, 84 MB"
pub(super) fn amount(operation: &Operation) -> Option<String> {
    let files = format::counted(operation.files as usize, "file");
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

/// The end of "3 items could not be …".
fn done(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::CreateFolder => "created",
        OperationKind::Delete => "deleted",
        OperationKind::Move => "moved",
        OperationKind::Rename => "renamed",
        OperationKind::Copy => "copied",
        OperationKind::Upload | OperationKind::UploadVersion => "uploaded",
        OperationKind::RestoreVersion | OperationKind::Undelete => "restored",
        OperationKind::BringBack => "brought back",
        OperationKind::CreateLink | OperationKind::RevokeLink => "changed",
        OperationKind::AddSharedFolder => "added",
        OperationKind::RemoveSharedFolder => "removed",
    }
}

/// What the button would do, or why there is none.
pub(super) fn consequence(window: &WindowContext<'_>, operation: &Operation) -> String {
    let is_one = operation.items == 1;
    let items = operation_text::items(operation);
    let folder = window.state.folder_path(&operation.folder());
    if !operation.can_reverse {
        return match operation.kind {
            OperationKind::RevokeLink => {
                "A link that was removed never works again. You can create a new one, which has another address."
            }
            _ => "How to undo this is not kept any more.",
        }
        .to_owned();
    }
    if operation.undone.is_some() {
        return format!("Does it again: {}.", operation_text::label(operation));
    }
    let before = operation.before.as_ref().and_then(RemotePath::parent).unwrap_or_default();
    let before = window.state.folder_path(&before);
    match operation.kind {
        OperationKind::CreateFolder => format!("Deletes the folder {items}, if it is still empty."),
        OperationKind::Delete => format!(
            "Puts {items} back into {folder}, and makes the folder again if it is gone. What has got the name of one \
             meanwhile is left alone."
        ),
        OperationKind::Move => format!("Moves {items} back to {before}."),
        OperationKind::Rename if !is_one => format!("Gives {items} their old names again."),
        OperationKind::Rename => {
            format!("Renames {items} back to “{}”.", operation.before.as_ref().map_or("", |it| it.name()))
        }
        OperationKind::Copy if is_one => format!("Deletes the copy {items}, if it was not changed since."),
        OperationKind::Copy => "Deletes the copies that were not changed since.".to_owned(),
        OperationKind::Upload if is_one => {
            format!("Deletes {items}, if it was not changed since. Files that were replaced get the version before.")
        }
        OperationKind::Upload => format!(
            "Deletes {items} that were not changed since. Files that were replaced get the version before."
        ),
        OperationKind::UploadVersion => {
            "Brings the version before back, if the file was not changed since. The new one stays among the versions."
                .to_owned()
        }
        OperationKind::RestoreVersion => {
            "Brings the version back that was the newest before, if the file was not changed since.".to_owned()
        }
        OperationKind::BringBack => {
            format!("Makes {items} again what they were before, as far as they were not changed since.")
        }
        OperationKind::Undelete => format!("Deletes {items} again, if nothing in it was changed since."),
        OperationKind::CreateLink => "Removes the link. It never works again.".to_owned(),
        OperationKind::RevokeLink => String::new(),
        OperationKind::AddSharedFolder => {
            format!("Removes {items} from your Dropbox. Its other members keep it.")
        }
        OperationKind::RemoveSharedFolder => format!("Adds {items} to your Dropbox where it was."),
    }
}
