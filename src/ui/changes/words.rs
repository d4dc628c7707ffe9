//! The words of a change: what happened, where, and by whom.

use super::super::{WindowContext, format};
use super::lines::FolderChanges;
use coffer_model::{ChangeKind, LoggedChange};

/// "14 files added in Photos / 2026"
pub(super) fn group_title(window: &WindowContext<'_>, group: &FolderChanges) -> String {
    let one = if group.is_folder { "folder" } else { "file" };
    let verb = match group.kind {
        ChangeKind::Added => "added in",
        ChangeKind::Edited => "edited in",
        ChangeKind::Moved => "moved to",
        ChangeKind::Deleted => "deleted from",
    };
    let folder = window.state.folder_path(&group.folder);
    format!("{} {verb} {folder}", format::counted(group.numbers.len(), one))
}

/// "Added in Photos / 2026", "Renamed from “Draft.txt”", "Moved from Inbox"
pub(super) fn change_detail(window: &WindowContext<'_>, change: &LoggedChange, in_group: bool) -> String {
    let parent = change.path.parent().unwrap_or_default();
    let folder = window.state.folder_path(&parent);
    let (plain, place) = match change.kind {
        ChangeKind::Added => ("Added", "in"),
        ChangeKind::Edited => ("Edited", "in"),
        ChangeKind::Deleted => ("Deleted", "from"),
        ChangeKind::Moved => {
            let old = change.old_path.as_ref();
            let old_parent = old.and_then(coffer_model::RemotePath::parent).unwrap_or_default();
            return match old {
                Some(old) if old_parent == parent => format!("Renamed from “{}”", old.name()),
                Some(_) => format!("Moved from {}", window.state.folder_path(&old_parent)),
                None => "Moved".to_owned(),
            };
        }
    };
    let mut words = if in_group { plain.to_owned() } else { format!("{plain} {place} {folder}") };
    if change.is_folder && change.files > 0 {
        words = format!("{words}, with {}", format::counted(change.files as usize, "file"));
    } else if let Some(bytes) = change.bytes {
        words = format!("{words}, {}", format::size(bytes));
    }
    words
}

/// Who made it, where the service tells.
pub(super) fn maker<'a>(window: &WindowContext<'_>, change: &'a LoggedChange) -> Option<&'a str> {
    Some(match &change.modified_by_name {
        _ if window.state.is_by_person(change.modified_by.as_deref())? => "you",
        Some(name) => name,
        None => "somebody else",
    })
}
