//! The words of a change: what happened, where, and by whom.

use super::super::{WindowContext, format};
use super::lines::FolderChanges;
use coffer_model::{ChangeKind, LoggedChange};
use coffer_texts::tr;

/// "14 files added in Photos / 2026"
pub(super) fn group_title(window: &WindowContext<'_>, group: &FolderChanges) -> String {
    let (count, folder) = (group.count(), window.state.folder_path(&group.folder));
    match (group.kind, group.is_folder) {
        (ChangeKind::Added, false) => tr!("changes-files-added", count = count, folder = folder),
        (ChangeKind::Added, true) => tr!("changes-folders-added", count = count, folder = folder),
        (ChangeKind::Edited, false) => tr!("changes-files-edited", count = count, folder = folder),
        (ChangeKind::Edited, true) => tr!("changes-folders-edited", count = count, folder = folder),
        (ChangeKind::Moved, false) => tr!("changes-files-moved", count = count, folder = folder),
        (ChangeKind::Moved, true) => tr!("changes-folders-moved", count = count, folder = folder),
        (ChangeKind::Deleted, false) => tr!("changes-files-deleted", count = count, folder = folder),
        (ChangeKind::Deleted, true) => tr!("changes-folders-deleted", count = count, folder = folder),
    }
}

/// "Added in Photos / 2026", "Renamed from “Draft.txt”", "Moved from Inbox"
pub(super) fn change_detail(window: &WindowContext<'_>, change: &LoggedChange, in_group: bool) -> String {
    let parent = change.path.parent().unwrap_or_default();
    let folder = window.state.folder_path(&parent);
    let words = match change.kind {
        ChangeKind::Added if in_group => tr!("change-added").to_owned(),
        ChangeKind::Added => tr!("change-added-in", folder = folder),
        ChangeKind::Edited if in_group => tr!("change-edited").to_owned(),
        ChangeKind::Edited => tr!("change-edited-in", folder = folder),
        ChangeKind::Deleted if in_group => tr!("change-deleted").to_owned(),
        ChangeKind::Deleted => tr!("change-deleted-from", folder = folder),
        ChangeKind::Moved => {
            let old = change.old_path.as_ref();
            let old_parent = old.and_then(coffer_model::RemotePath::parent).unwrap_or_default();
            return match old {
                Some(old) if old_parent == parent => tr!("change-renamed-from", name = old.name()),
                Some(_) => tr!("change-moved-from", folder = window.state.folder_path(&old_parent)),
                None => tr!("change-moved").to_owned(),
            };
        }
    };
    match change.bytes {
        _ if change.is_folder && change.files > 0 => {
            tr!("change-with-files", change = words, count = change.files)
        }
        Some(bytes) => format!("{words}, {}", format::size(bytes)),
        None => words,
    }
}

/// "by Ida": who made it, where the service tells.
pub(super) fn maker(window: &WindowContext<'_>, change: &LoggedChange) -> Option<String> {
    Some(match &change.modified_by_name {
        _ if window.state.is_by_person(change.modified_by.as_deref())? => tr!("change-by-you").to_owned(),
        Some(name) => tr!("change-by", name = name),
        None => tr!("change-by-somebody-else").to_owned(),
    })
}
