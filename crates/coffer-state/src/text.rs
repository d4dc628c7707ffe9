//! The words of toasts, of undo, of transfers and of complaints about names: whatever the state itself says. Texts of
//! buttons, menus and dialogs are the window's.

use super::runs::{EarlierPart, EditRun};
use super::transfer_summary::TransferSummary;
use coffer_model::relocation::enclosing_folders;
use coffer_model::transfer::{Decision, Direction, TransferReport};
use coffer_model::working_copy::{ConflictChoice, SaveResult};
use coffer_model::{
    AccountChoice, BringBack, CopiesToDelete, Edit, Entry, ItemAccess, Problem, Progress, Relocation,
    RelocationConflict, RemotePath, TransferPhase, UndoStep, file_kind,
};
use coffer_texts::tr;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

pub(crate) fn new_folder() -> &'static str {
    tr!("new-folder-name")
}

pub(crate) fn nothing_to_paste() -> &'static str {
    tr!("nothing-to-paste")
}

pub(crate) fn nothing_to_upload() -> &'static str {
    tr!("nothing-to-upload")
}

pub(crate) fn dropped_on_no_folder() -> &'static str {
    tr!("dropped-on-no-folder")
}

pub(crate) fn dropped_on_sign_in() -> &'static str {
    tr!("dropped-on-sign-in")
}

pub(crate) fn team_space_changed() -> &'static str {
    tr!("team-space-changed")
}

pub(crate) fn address_taken() -> &'static str {
    tr!("address-taken")
}

pub(crate) fn signed_out() -> &'static str {
    tr!("signed-out")
}

pub(crate) fn not_signed_in() -> &'static str {
    tr!("not-signed-in")
}

pub(crate) fn in_use() -> &'static str {
    tr!("account-in-use")
}

/// Where a file goes that is opened with its program.
pub(crate) fn temporary_copy() -> &'static str {
    tr!("temporary-copy")
}

/// Where a file is edited.
pub(crate) fn other_program() -> &'static str {
    tr!("other-program")
}

fn several_folders() -> &'static str {
    tr!("several-folders")
}

pub(crate) fn search_removed(name: &str) -> String {
    tr!("search-removed", name = name)
}

/// What an edit does, as undo names it.
pub(super) fn edit_label(edit: &Edit) -> String {
    match edit {
        Edit::CreateFolder { path } => tr!("edit-new-folder", name = path.name()),
        Edit::Move(moves) => match renamed(moves) {
            Some((from, to)) => tr!("edit-rename-one", from = from, to = to),
            None if is_rename(moves) => tr!("edit-rename", items = items_of(moves)),
            None => tr!("edit-move", items = items_of(moves)),
        },
        Edit::Copy(copies) => tr!("edit-copy", items = items_of(copies)),
        Edit::Relocate { .. } => relocation_label(edit, None),
        Edit::Delete(entries) => tr!("edit-delete", items = items(entries)),
        Edit::DeleteCopies(groups) => tr!("edit-delete", items = copies(groups)),
        Edit::Restore { path, .. } => tr!("edit-restore-version", name = path.name()),
        Edit::Undelete(entries) => tr!("edit-restore", items = items(entries)),
        Edit::BringBack(asked) => tr!("edit-bring-back", folder = quoted_folder(&asked.folder)),
        Edit::RevokeLink { path, .. } => tr!("edit-remove-link", name = path.name()),
        Edit::AddSharedFolder(folder) => tr!("edit-add-shared-folder", name = folder.name.as_str()),
        Edit::RemoveSharedFolder(entry) => tr!("edit-remove-shared-folder", name = entry.name()),
        Edit::Undo { .. } => tr!("edit-undo").to_owned(),
    }
}

/// What a move or copy does, with what it had done before its questions.
pub(super) fn relocation_label(edit: &Edit, earlier: Option<&EarlierPart>) -> String {
    match edit {
        Edit::Relocate { kind: Relocation::Move, conflicts, .. } => {
            tr!("edit-move", items = decided_items(conflicts, earlier))
        }
        Edit::Relocate { kind: Relocation::Copy, conflicts, .. } => {
            tr!("edit-copy", items = decided_items(conflicts, earlier))
        }
        other => edit_label(other),
    }
}

/// What a toast says when an edit is done; nothing where the rows themselves say it.
pub(super) fn edit_done(run: &EditRun) -> Option<String> {
    let label = &run.label;
    Some(match &run.edit {
        Edit::CreateFolder { .. } => return None,
        Edit::Move(moves) if renamed(moves).is_some() => return None,
        Edit::Move(moves) if is_rename(moves) => tr!("done-renamed", items = items_of(moves)),
        Edit::Move(moves) => tr!("done-moved", items = items_of(moves), folder = target_of(moves)),
        Edit::Copy(copies) if copies.iter().all(|(entry, to)| entry.path.parent() == to.parent()) => {
            tr!("done-duplicated", items = items_of(copies))
        }
        Edit::Copy(copies) => tr!("done-copied", items = items_of(copies), folder = target_of(copies)),
        Edit::Relocate { kind, conflicts, .. } => {
            let target = conflicts.first().and_then(|conflict| conflict.target.parent()).unwrap_or_default();
            let (items, folder) = (decided_items(conflicts, run.earlier.as_ref()), quoted_folder(&target));
            match kind {
                Relocation::Move => tr!("done-moved", items = items, folder = folder),
                Relocation::Copy => tr!("done-copied", items = items, folder = folder),
            }
        }
        Edit::Delete(entries) => tr!("done-deleted", items = items(entries)),
        Edit::DeleteCopies(groups) => tr!("done-deleted", items = copies(groups)),
        Edit::Restore { path, .. } => tr!("done-restored-version", name = path.name()),
        Edit::Undelete(entries) => tr!("done-restored", items = items(entries)),
        Edit::BringBack(asked) => brought_back(&asked.folder),
        Edit::RevokeLink { path, .. } => tr!("done-removed-link", name = path.name()),
        Edit::AddSharedFolder(folder) => tr!("done-added-shared-folder", name = folder.name.as_str()),
        Edit::RemoveSharedFolder(entry) => tr!("done-removed-shared-folder", name = entry.name()),
        Edit::Undo { .. } if run.step() == Some(UndoStep::Redo) => tr!("done-redone", edit = label.as_str()),
        Edit::Undo { .. } => tr!("done-undone", edit = label.as_str()),
    })
}

/// Why nothing can be put into a folder: it is for looking only, the person sees only some folders of it, or nothing.
pub(super) fn access_refusal(access: ItemAccess, folder: &str) -> Option<String> {
    match access {
        ItemAccess::Edit => None,
        ItemAccess::ViewOnly => Some(tr!("refusal-view-only", folder = folder)),
        ItemAccess::TraverseOnly => Some(tr!("refusal-some-folders", folder = folder)),
        ItemAccess::NoAccess => Some(no_access(folder)),
    }
}

/// Why a folder is not moved or copied into itself.
pub(super) fn target_is_inside(kind: Relocation, name: &str) -> String {
    match kind {
        Relocation::Move => tr!("refusal-move-into-itself", name = name),
        Relocation::Copy => tr!("refusal-copy-into-itself", name = name),
    }
}

/// Why nothing is moved.
pub(super) fn already_in_folder(entries: &[Entry]) -> String {
    tr!("refusal-already-here", count = entries.len(), items = items(entries))
}

/// Why nothing can be put into the root of a team space, nor anything in it be renamed.
pub(super) fn team_root(team: &str) -> String {
    tr!("refusal-team-root", team = team)
}

/// Why nothing was deleted.
pub(super) fn shared_folder_among_others(name: &str) -> String {
    tr!("refusal-delete-shared-folder", name = name)
}

/// Why a folder can’t be opened.
pub(super) fn no_access(folder: &str) -> String {
    tr!("refusal-no-access", folder = folder)
}

/// The folder that was shown last is gone by the next start.
pub(super) fn restored_elsewhere(left: &str, shown: &str) -> String {
    tr!("restored-elsewhere", left = left, shown = shown)
}

/// What a toast says while very many items are edited.
pub(super) fn edit_progress(run: &EditRun, progress: &Progress) -> String {
    let items = match progress.files_total {
        0 => tr!("items", count = progress.files_done),
        total => tr!("progress-of-items", done = progress.files_done, count = total),
    };
    let edit = run.label.as_str();
    if progress.phase == TransferPhase::Preparing {
        return tr!("progress-listing", edit = edit, items = items);
    }
    match run.step() {
        Some(UndoStep::Undo) => tr!("progress-undo", edit = edit, items = items),
        Some(UndoStep::Redo) => tr!("progress-redo", edit = edit, items = items),
        None => tr!("progress-edit", edit = edit, items = items),
    }
}

/// The new folder beside one, for what was in it: "Photos (2026-03-12)".
pub(super) fn folder_of_then(folder: &RemotePath, at: Timestamp) -> RemotePath {
    let name = format!("{} ({})", folder.display_name(), at.strftime("%Y-%m-%d"));
    folder.parent().unwrap_or_default().join(&name)
}

pub(super) fn brought_back(folder: &RemotePath) -> String {
    tr!("done-brought-back", folder = quoted_folder(folder))
}

/// What a toast says when part of an edit was refused.
pub(super) fn edit_partly_done(label: &str, failed: &[Problem]) -> String {
    match failed {
        [problem] => problem.title.clone(),
        _ => tr!("partly-done", edit = label, count = failed.len()),
    }
}

/// All that was refused, as one problem to read.
pub(super) fn all_problems(first: &Problem, failed: &[Problem]) -> Problem {
    if failed.len() == 1 {
        return first.clone();
    }
    let lines: Vec<String> = failed.iter().map(|it| format!("{}. {}", it.title, it.detail)).collect();
    Problem {
        title: tr!("problems-of-items", count = failed.len()),
        detail: lines.join("\n"),
        ..first.clone()
    }
}

/// What a toast says when the changes made in another program are in the account; nothing where there were none.
pub(super) fn copy_saved(path: &RemotePath, result: SaveResult, with_dropbox: bool) -> Option<String> {
    let name = path.name();
    Some(match result {
        SaveResult::Unchanged => return None,
        SaveResult::NewVersion if with_dropbox => tr!("saved-to-dropbox", name = name),
        SaveResult::NewVersion => tr!("saved", name = name),
        SaveResult::NewFile => tr!("saved-as-new-file", name = name),
        SaveResult::Conflict => tr!("saved-beside", name = name),
    })
}

pub(super) fn conflict_resolved(path: &RemotePath, keep: ConflictChoice) -> String {
    match keep {
        ConflictChoice::Both => tr!("conflict-kept-both", name = path.name()),
        ConflictChoice::Mine => tr!("conflict-kept-mine", name = path.name()),
        ConflictChoice::Theirs => tr!("conflict-kept-theirs", name = path.name()),
    }
}

/// What a toast says of files that were dropped while a dialog covers the folder.
pub(super) fn dropped_behind_dialog(count: usize, target: &RemotePath) -> String {
    tr!("dropped-behind-dialog", count = count, folder = target.display_name())
}

/// "“Budget.csv”", "3 items".
pub(super) fn items(entries: &[Entry]) -> String {
    match entries {
        [entry] => tr!("quoted", name = entry.name()),
        _ => tr!("items", count = entries.len()),
    }
}

/// The end of one transfer of which nothing is missing.
pub(super) fn transferred(title: &str, it: &TransferSummary) -> String {
    match (it.files, it.skipped, it.renamed) {
        (0 | 1, 0, 0) => gone(it.direction, title),
        _ => transfer_summary(it),
    }
}

/// What one or more transfers have uploaded or downloaded.
pub(super) fn transfer_summary(it: &TransferSummary) -> String {
    let files = || tr!("files", count = it.files);
    let folders = || tr!("folders", count = it.folders);
    let what = match (it.files, it.folders) {
        (0, 0) => None,
        (0, _) => Some(folders()),
        (_, 0) => Some(files()),
        (_, _) => Some(tr!("files-and-folders", files = files(), folders = folders())),
    };
    let done = match (what, it.skipped) {
        (None, skipped) => already_exist(skipped as usize),
        (Some(what), 0) => gone(it.direction, &what),
        (Some(what), skipped) => match it.direction {
            Direction::Upload => tr!("uploaded-some", items = what, count = skipped),
            Direction::Download => tr!("downloaded-some", items = what, count = skipped),
        },
    };
    if it.renamed == 0 { done } else { tr!("done-with-other-names", done = done, count = it.renamed) }
}

fn gone(direction: Direction, items: &str) -> String {
    match direction {
        Direction::Upload => tr!("uploaded", items = items),
        Direction::Download => tr!("downloaded", items = items),
    }
}

/// The end of a transfer of which something is missing.
pub(super) fn transfer_failed(direction: Direction, report: &TransferReport) -> String {
    match report.failed.as_slice() {
        [problem] => problem.title.clone(),
        failed => {
            let all = failed.len() as u64 + report.files + report.skipped;
            match direction {
                Direction::Upload => tr!("not-uploaded", failed = failed.len(), count = all),
                Direction::Download => tr!("not-downloaded", failed = failed.len(), count = all),
            }
        }
    }
}

/// Transfers of an earlier run that were started again.
pub(super) fn resumed(transfers: usize) -> String {
    tr!("resumed", count = transfers)
}

/// Title and text of the message on the desktop when all transfers have ended. `last` is the title of the last one.
pub(super) fn all_transferred(done: usize, failed: usize, files: u64, last: &str) -> (String, String) {
    let ended = done + failed;
    let title = match (failed, ended) {
        (0, 1) => tr!("transfer-finished").to_owned(),
        (0, _) => tr!("all-transfers-finished").to_owned(),
        (1, 1) => tr!("transfer-failed").to_owned(),
        (failed, _) => tr!("some-transfers-failed", failed = failed, count = ended),
    };
    let body = match (ended, files) {
        (1, _) => last.to_owned(),
        (_, 0) => String::new(),
        (_, files) => tr!("files-transferred", count = files),
    };
    (title, body)
}

/// The folder of the account in which all of these lie.
pub(super) fn origin_of(entries: &[Entry]) -> String {
    let mut parents = entries.iter().map(|entry| entry.path.parent().unwrap_or_default());
    match parents.next() {
        Some(first) if parents.all(|parent| parent == first) => first.display_path(),
        Some(_) => several_folders().to_owned(),
        None => String::new(),
    }
}

/// The folder of the account in which all that is wanted of the past was, and when.
pub(super) fn origin_of_past(wanted: &BringBack) -> String {
    let around = wanted.folder.parent().filter(|_| wanted.items.is_empty());
    let folder = around.as_ref().unwrap_or(&wanted.folder);
    format!("{}, {}", folder.display_path(), wanted.at.strftime("%Y-%m-%d"))
}

/// The folder of this computer in which all of these are.
pub(super) fn local_origin(local_paths: &[PathBuf]) -> String {
    let mut parents = local_paths.iter().map(|path| path.parent().unwrap_or(path));
    match parents.next() {
        Some(first) if parents.all(|parent| parent == first) => first.display().to_string(),
        Some(_) => several_folders().to_owned(),
        None => String::new(),
    }
}

/// The folder of this computer that a file is saved in.
pub(super) fn local_folder(local_path: &Path) -> String {
    local_path.parent().map(|folder| folder.display().to_string()).unwrap_or_default()
}

pub(super) fn paths_copied(paths: usize) -> String {
    tr!("paths-copied", count = paths)
}

pub(super) fn link_copied(name: &str) -> String {
    tr!("link-copied", name = name)
}

pub(super) fn signed_in(choice: &AccountChoice) -> String {
    match choice {
        AccountChoice::Dropbox { email, .. } => tr!("signed-in-as", email = email.as_str()),
        AccountChoice::Local | AccountChoice::CommandLine { .. } => tr!("signed-in").to_owned(),
    }
}

/// A copy found only files with the same content.
pub(super) fn already_exist(files: usize) -> String {
    tr!("files-exist-already", count = files)
}

pub(super) fn name_taken(name: &str) -> String {
    tr!("name-taken", name = name)
}

/// Why nothing can be done in an account that is not there.
pub(super) fn unreachable(choice: &AccountChoice) -> String {
    match choice {
        AccountChoice::Local => tr!("local-account-unreachable"),
        AccountChoice::Dropbox { .. } | AccountChoice::CommandLine { .. } => tr!("dropbox-unreachable"),
    }
    .to_owned()
}

/// A refusal in the few words that fit under a name.
pub(super) fn complaint(problem: &Problem) -> String {
    if problem.detail.is_empty() { problem.title.clone() } else { problem.detail.clone() }
}

/// The name that an old revision is saved under: "Budget (2026-11-12).csv".
pub(super) fn revision_file_name(revision: &Entry) -> String {
    let name = revision.name();
    let Some(file) = revision.file() else { return name.to_owned() };
    let date = file.server_modified.strftime("%Y-%m-%d");
    match file_kind::extension(name) {
        "" => format!("{name} ({date})"),
        extension => format!("{} ({date}).{extension}", &name[..name.len() - extension.len() - 1]),
    }
}

/// Whether an edit only gives items other names.
pub(super) fn is_rename(moves: &[(Entry, RemotePath)]) -> bool {
    moves.iter().all(|(entry, to)| entry.path.parent() == to.parent())
}

/// The old and new name when an edit only gives one item another name.
fn renamed(moves: &[(Entry, RemotePath)]) -> Option<(&str, &str)> {
    match moves {
        [(entry, to)] if entry.path.parent() == to.parent() => Some((entry.name(), to.name())),
        _ => None,
    }
}

fn copies(groups: &[CopiesToDelete]) -> String {
    let mut deleted = groups.iter().flat_map(|group| &group.deleted);
    match (deleted.next(), deleted.next()) {
        (Some(one), None) => tr!("quoted", name = one.name()),
        (_, rest) => tr!("items", count = deleted.count() + 1 + usize::from(rest.is_some())),
    }
}

fn items_of(moves: &[(Entry, RemotePath)]) -> String {
    match moves {
        [(entry, _)] => tr!("quoted", name = entry.name()),
        _ => tr!("items", count = moves.len()),
    }
}

fn target_of(moves: &[(Entry, RemotePath)]) -> String {
    quoted_folder(&moves.first().and_then(|(_, to)| to.parent()).unwrap_or_default())
}

fn quoted_folder(folder: &RemotePath) -> String {
    if folder.is_root() { folder.display_name().to_owned() } else { tr!("quoted", name = folder.name()) }
}

/// Those about which something is done, without what is in folders of others; and what had been done before.
fn decided_items(conflicts: &[RelocationConflict], earlier: Option<&EarlierPart>) -> String {
    let enclosing = enclosing_folders(conflicts);
    let outer = conflicts.iter().zip(enclosing).filter(|(_, enclosing)| enclosing.is_none());
    let done: Vec<&RelocationConflict> =
        outer.map(|(conflict, _)| conflict).filter(|it| it.decision != Some(Decision::Skip)).collect();
    match (done.as_slice(), earlier) {
        ([only], None) => tr!("quoted", name = only.entry.name()),
        (done, earlier) => tr!("items", count = done.len() + earlier.map_or(0, |earlier| earlier.items)),
    }
}
