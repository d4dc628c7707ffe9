//! The words of toasts, of undo, of transfers and of complaints about names: whatever the state itself says. Texts of
//! buttons, menus and dialogs are the window's.

use super::runs::{EarlierPart, EditRun};
use super::transfer_summary::TransferSummary;
use coffer_model::relocation::enclosing_folders;
use coffer_model::transfer::{Decision, Direction, TransferReport};
use coffer_model::working_copy::{ConflictChoice, SaveResult};
use coffer_model::{
    AccountChoice, BringBack, CopiesToDelete, Edit, Entry, ItemAccess, Problem, Progress, Relocation,
    RelocationConflict, RemotePath, UndoStep, file_kind,
};
use coffer_stdx::units::{count, counted};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

pub(crate) const NEW_FOLDER: &str = "New folder";
pub(crate) const NOTHING_TO_PASTE: &str = "Nothing to paste";
pub(crate) const NOTHING_TO_UPLOAD: &str = "Nothing to upload: no files or folders were found";
pub(crate) const DROPPED_ON_NO_FOLDER: &str =
    "Nothing was uploaded: open a folder, then drop the files there";
pub(crate) const DROPPED_ON_SIGN_IN: &str =
    "Nothing was uploaded: close the dialog, then drop the files again";
pub(crate) const TEAM_SPACE_CHANGED: &str =
    "Your team’s folders have moved. They are shown where they are now";
pub(crate) const ADDRESS_TAKEN: &str = "Links of this account that you gave away don’t work now: another program uses \
     their address. Close it, then restart Coffer.";
pub(crate) const SIGNED_OUT: &str = "Signed out of Dropbox";
pub(crate) const NOT_SIGNED_IN: &str = "You are signed out";
pub(crate) const IN_USE: &str = "Another program has the account open";
/// Where a file goes that is opened with its program.
pub(crate) const TEMPORARY_COPY: &str = "Temporary copy";
/// Where a file is edited.
pub(crate) const OTHER_PROGRAM: &str = "Other program";
const SEVERAL_FOLDERS: &str = "Several folders";

pub(crate) fn search_removed(name: &str) -> String {
    format!("Removed the search “{name}”")
}

/// What an edit does, as undo names it.
pub(super) fn edit_label(edit: &Edit) -> String {
    match edit {
        Edit::CreateFolder { path } => format!("New folder “{}”", path.name()),
        Edit::Move(moves) => match renamed(moves) {
            Some((from, to)) => format!("Rename “{from}” to “{to}”"),
            None if is_rename(moves) => format!("Rename {}", items_of(moves)),
            None => format!("Move {}", items_of(moves)),
        },
        Edit::Copy(copies) => format!("Copy {}", items_of(copies)),
        Edit::Relocate { .. } => relocation_label(edit, None),
        Edit::Delete(entries) => format!("Delete {}", items(entries)),
        Edit::DeleteCopies(groups) => format!("Delete {}", copies(groups)),
        Edit::Restore { path, .. } => format!("Restore a version of “{}”", path.name()),
        Edit::Undelete(entries) => format!("Restore {}", items(entries)),
        Edit::BringBack(asked) => format!("Bring back {}", quoted_folder(&asked.folder)),
        Edit::RevokeLink { path, .. } => format!("Remove the link to “{}”", path.name()),
        Edit::AddSharedFolder(folder) => format!("Add “{}” to your Dropbox", folder.name),
        Edit::RemoveSharedFolder(entry) => format!("Remove “{}” from your Dropbox", entry.name()),
        Edit::Undo { .. } => "Undo".to_owned(),
    }
}

/// What a move or copy does, with what it had done before its questions.
pub(super) fn relocation_label(edit: &Edit, earlier: Option<&EarlierPart>) -> String {
    match edit {
        Edit::Relocate { kind: Relocation::Move, conflicts, .. } => {
            format!("Move {}", decided_items(conflicts, earlier))
        }
        Edit::Relocate { kind: Relocation::Copy, conflicts, .. } => {
            format!("Copy {}", decided_items(conflicts, earlier))
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
        Edit::Move(moves) if is_rename(moves) => format!("Renamed {}", items_of(moves)),
        Edit::Move(moves) => format!("Moved {} to {}", items_of(moves), target_of(moves)),
        Edit::Copy(copies) if copies.iter().all(|(entry, to)| entry.path.parent() == to.parent()) => {
            format!("Duplicated {}", items_of(copies))
        }
        Edit::Copy(copies) => format!("Copied {} to {}", items_of(copies), target_of(copies)),
        Edit::Relocate { kind, conflicts, .. } => {
            let verb = if *kind == Relocation::Move { "Moved" } else { "Copied" };
            let target = conflicts.first().and_then(|conflict| conflict.target.parent()).unwrap_or_default();
            let items = decided_items(conflicts, run.earlier.as_ref());
            format!("{verb} {items} to {}", quoted_folder(&target))
        }
        Edit::Delete(entries) => format!("Moved {} to Deleted files", items(entries)),
        Edit::DeleteCopies(groups) => format!("Moved {} to Deleted files", copies(groups)),
        Edit::Restore { path, .. } => format!("Restored an earlier version of “{}”", path.name()),
        Edit::Undelete(entries) => format!("Restored {}", items(entries)),
        Edit::BringBack(asked) => brought_back(&asked.folder),
        Edit::RevokeLink { path, .. } => {
            format!(
                "Removed the link to “{}”. This can’t be undone, but you can create a new link",
                path.name()
            )
        }
        Edit::AddSharedFolder(folder) => format!("Added “{}” to your Dropbox", folder.name),
        Edit::RemoveSharedFolder(entry) => format!("Removed “{}” from your Dropbox", entry.name()),
        Edit::Undo { .. } if run.step() == Some(UndoStep::Redo) => format!("Redone: {label}"),
        Edit::Undo { .. } => format!("Undone: {label}"),
    })
}

/// Why nothing can be put into a folder: it is for looking only, the person sees only some folders of it, or nothing.
pub(super) fn access_refusal(access: ItemAccess, folder: &str) -> Option<String> {
    match access {
        ItemAccess::Edit => None,
        ItemAccess::ViewOnly => Some(format!("You can view “{folder}”, but not change it")),
        ItemAccess::TraverseOnly => Some(format!("You have access to some folders in “{folder}” only")),
        ItemAccess::NoAccess => Some(no_access(folder)),
    }
}

/// Why a folder is not moved or copied into itself.
pub(super) fn target_is_inside(kind: Relocation, name: &str) -> String {
    let verb = if kind == Relocation::Move { "moved" } else { "copied" };
    format!("“{name}” can’t be {verb} into itself")
}

/// Why nothing is moved.
pub(super) fn already_in_folder(entries: &[Entry]) -> String {
    let verb = if entries.len() == 1 { "is" } else { "are" };
    format!("{} {verb} in this folder already", items(entries))
}

/// Why nothing can be put into the root of a team space, nor anything in it be renamed.
pub(super) fn team_root(team: &str) -> String {
    format!("Only admins can change what is in “{team}”. You can change what is in its folders")
}

/// Why nothing was deleted.
pub(super) fn shared_folder_among_others(name: &str) -> String {
    format!("Nothing was deleted: “{name}” is a shared folder. Remove it from your Dropbox by itself")
}

/// Why a folder can’t be opened.
pub(super) fn no_access(folder: &str) -> String {
    format!("You don’t have access to “{folder}”. Ask its owner for it")
}

/// The folder that was shown last is gone by the next start.
pub(super) fn restored_elsewhere(left: &str, shown: &str) -> String {
    format!("“{left}” is no longer there, so “{shown}” is shown")
}

/// What a toast says while very many items are edited.
pub(super) fn edit_progress(run: &EditRun, progress: &Progress) -> String {
    let step = match run.step() {
        Some(UndoStep::Undo) => "Undo: ",
        Some(UndoStep::Redo) => "Redo: ",
        None => "",
    };
    let items = match progress.files_total {
        0 => counted(progress.files_done, "item"),
        total => format!("{} of {}", count(progress.files_done), counted(total, "item")),
    };
    format!("{step}{}… {items}", run.label)
}

/// The new folder beside one, for what was in it: "Photos (2026-03-12)".
pub(super) fn folder_of_then(folder: &RemotePath, at: Timestamp) -> RemotePath {
    let name = format!("{} ({})", folder.display_name(), at.strftime("%Y-%m-%d"));
    folder.parent().unwrap_or_default().join(&name)
}

pub(super) fn brought_back(folder: &RemotePath) -> String {
    format!("Brought back {}", quoted_folder(folder))
}

/// What a toast says when part of an edit was refused.
pub(super) fn edit_partly_done(label: &str, failed: &[Problem]) -> String {
    match failed {
        [problem] => problem.title.clone(),
        _ => format!("{label}: {} failed", counted(failed.len() as u64, "item")),
    }
}

/// All that was refused, as one problem to read.
pub(super) fn all_problems(first: &Problem, failed: &[Problem]) -> Problem {
    if failed.len() == 1 {
        return first.clone();
    }
    let lines: Vec<String> = failed.iter().map(|it| format!("{}. {}", it.title, it.detail)).collect();
    Problem {
        title: format!("{} could not be changed", counted(failed.len() as u64, "item")),
        detail: lines.join("\n"),
        ..first.clone()
    }
}

/// What a toast says when the changes made in another program are in the account; nothing where there were none.
pub(super) fn copy_saved(path: &RemotePath, result: SaveResult, with_dropbox: bool) -> Option<String> {
    let name = path.name();
    Some(match result {
        SaveResult::Unchanged => return None,
        SaveResult::NewVersion if with_dropbox => format!("Saved “{name}” to Dropbox"),
        SaveResult::NewVersion => format!("Saved “{name}”"),
        SaveResult::NewFile => format!("“{name}” had been deleted, so it was saved as a new file"),
        SaveResult::Conflict => {
            format!("The file was also changed elsewhere. Your version was saved as “{name}”")
        }
    })
}

pub(super) fn conflict_resolved(path: &RemotePath, keep: ConflictChoice) -> String {
    match keep {
        ConflictChoice::Both => format!("Both versions were kept. Yours is “{}”", path.name()),
        ConflictChoice::Mine => format!("“{}” has your changes now", path.name()),
        ConflictChoice::Theirs => format!("“{}” was kept as it was changed elsewhere", path.name()),
    }
}

/// Files that were edited while the program was closed, or when it ended.
pub(super) fn unsent(count: usize) -> String {
    match count {
        1 => "1 edited file was not sent yet".to_owned(),
        _ => format!("{} were not sent yet", counted(count as u64, "edited file")),
    }
}

/// What a toast says of files that were dropped while a dialog covers the folder.
pub(super) fn dropped_behind_dialog(count: usize, target: &RemotePath) -> String {
    format!("Uploading {} to {}", counted(count as u64, "item"), target.display_name())
}

/// "“Budget.csv”", "3 items".
pub(super) fn items(entries: &[Entry]) -> String {
    match entries {
        [entry] => format!("“{}”", entry.name()),
        _ => counted(entries.len() as u64, "item"),
    }
}

/// The end of one transfer of which nothing is missing.
pub(super) fn transferred(title: &str, it: &TransferSummary) -> String {
    match (it.files, it.skipped, it.renamed) {
        (0 | 1, 0, 0) => format!("{} {title}", has_gone(it.direction)),
        _ => transfer_summary(it),
    }
}

/// What one or more transfers have uploaded or downloaded.
pub(super) fn transfer_summary(it: &TransferSummary) -> String {
    let what = match (it.files, it.folders) {
        (0, 0) => String::new(),
        (0, folders) => counted(folders, "folder"),
        (files, 0) => counted(files, "file"),
        (files, folders) => format!("{} and {}", counted(files, "file"), counted(folders, "folder")),
    };
    let verb = has_gone(it.direction);
    let done = match (what.as_str(), it.skipped) {
        ("", skipped) => already_exist(skipped as usize),
        (_, 0) => format!("{verb} {what}"),
        (_, 1) => format!("{verb} {what}, skipped 1 file"),
        (_, skipped) => format!("{verb} {what}, skipped {}", counted(skipped, "file")),
    };
    match it.renamed {
        0 => done,
        1 => format!("{done}. 1 item has another name here"),
        renamed => format!("{done}. {} have other names here", counted(renamed, "item")),
    }
}

fn has_gone(direction: Direction) -> &'static str {
    match direction {
        Direction::Upload => "Uploaded",
        Direction::Download => "Downloaded",
    }
}

/// The end of a transfer of which something is missing.
pub(super) fn transfer_failed(direction: Direction, report: &TransferReport) -> String {
    let verb = match direction {
        Direction::Upload => "uploaded",
        Direction::Download => "downloaded",
    };
    match report.failed.as_slice() {
        [problem] => problem.title.clone(),
        failed => {
            let all = failed.len() as u64 + report.files + report.skipped;
            format!("{} of {} could not be {verb}", failed.len(), counted(all, "file"))
        }
    }
}

/// Transfers of an earlier run that were started again.
pub(super) fn resumed(transfers: usize) -> String {
    format!("Resumed {}", counted(transfers as u64, "transfer"))
}

/// Title and text of the message on the desktop when all transfers have ended. `last` is the title of the last one.
pub(super) fn all_transferred(done: usize, failed: usize, files: u64, last: &str) -> (String, String) {
    let ended = done + failed;
    let title = match (failed, ended) {
        (0, 1) => "Transfer finished".to_owned(),
        (0, _) => "All transfers finished".to_owned(),
        (1, 1) => "Transfer failed or incomplete".to_owned(),
        (failed, _) => format!("{failed} of {} failed", counted(ended as u64, "transfer")),
    };
    let body = match (ended, files) {
        (1, _) => last.to_owned(),
        (_, 0) => String::new(),
        (_, files) => format!("{} transferred.", counted(files, "file")),
    };
    (title, body)
}

/// The folder of the account in which all of these lie.
pub(super) fn origin_of(entries: &[Entry]) -> String {
    let mut parents = entries.iter().map(|entry| entry.path.parent().unwrap_or_default());
    match parents.next() {
        Some(first) if parents.all(|parent| parent == first) => first.display_path(),
        Some(_) => SEVERAL_FOLDERS.to_owned(),
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
        Some(_) => SEVERAL_FOLDERS.to_owned(),
        None => String::new(),
    }
}

/// The folder of this computer that a file is saved in.
pub(super) fn local_folder(local_path: &Path) -> String {
    local_path.parent().map(|folder| folder.display().to_string()).unwrap_or_default()
}

pub(super) fn paths_copied(paths: usize) -> String {
    if paths == 1 { "Path copied".to_owned() } else { format!("{} copied", counted(paths as u64, "path")) }
}

pub(super) fn link_copied(name: &str) -> String {
    format!("Link to “{name}” copied")
}

pub(super) fn signed_in(choice: &AccountChoice) -> String {
    match choice {
        AccountChoice::Dropbox { email, .. } => format!("Signed in as {email}"),
        AccountChoice::Local | AccountChoice::CommandLine { .. } => "Signed in".to_owned(),
    }
}

/// A copy found only files with the same content.
pub(super) fn already_exist(files: usize) -> String {
    match files {
        1 => "The file already exists".to_owned(),
        _ => format!("All {} already exist", counted(files as u64, "file")),
    }
}

pub(super) fn name_taken(name: &str) -> String {
    format!("“{name}” already exists")
}

/// Why nothing can be done in an account that is not there.
pub(super) fn unreachable(choice: &AccountChoice) -> String {
    let account = match choice {
        AccountChoice::Local => "The local account",
        AccountChoice::Dropbox { .. } | AccountChoice::CommandLine { .. } => "Dropbox",
    };
    format!("{account} can’t be reached")
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
        (Some(one), None) => format!("“{}”", one.name()),
        (_, rest) => counted(deleted.count() as u64 + 1 + u64::from(rest.is_some()), "item"),
    }
}

fn items_of(moves: &[(Entry, RemotePath)]) -> String {
    match moves {
        [(entry, _)] => format!("“{}”", entry.name()),
        _ => counted(moves.len() as u64, "item"),
    }
}

fn target_of(moves: &[(Entry, RemotePath)]) -> String {
    quoted_folder(&moves.first().and_then(|(_, to)| to.parent()).unwrap_or_default())
}

fn quoted_folder(folder: &RemotePath) -> String {
    if folder.is_root() { folder.display_name().to_owned() } else { format!("“{}”", folder.name()) }
}

/// Those about which something is done, without what is in folders of others; and what had been done before.
fn decided_items(conflicts: &[RelocationConflict], earlier: Option<&EarlierPart>) -> String {
    let enclosing = enclosing_folders(conflicts);
    let outer = conflicts.iter().zip(enclosing).filter(|(_, enclosing)| enclosing.is_none());
    let done: Vec<&RelocationConflict> =
        outer.map(|(conflict, _)| conflict).filter(|it| it.decision != Some(Decision::Skip)).collect();
    match (done.as_slice(), earlier) {
        ([only], None) => format!("“{}”", only.entry.name()),
        (done, earlier) => counted((done.len() + earlier.map_or(0, |earlier| earlier.items)) as u64, "item"),
    }
}
