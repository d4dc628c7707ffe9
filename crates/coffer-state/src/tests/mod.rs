//! The state as a specification: scripts of actions and events, compared with a picture of the state in one line.
//! Here is what scripts are made of (entries, rows, problems); the scripts are in the files by subject.

mod activity;
mod arranging;
mod bookmarks;
mod bringing_back;
mod changes;
mod choosing_folders;
mod commands;
mod comparing;
mod deleted;
mod duplicates;
mod edits;
mod filtering;
mod folder_views;
mod going;
mod guide;
mod in_work;
mod inspector;
mod kept_searches;
mod large_operations;
mod late_events;
mod locations;
mod naming;
mod news;
mod open_files;
mod page_texts;
mod panel;
mod panes;
mod past;
mod picture;
mod places;
mod player;
mod previews;
mod promises;
mod quitting;
mod refresh;
mod relocating;
mod renaming_many;
mod rows;
mod script;
mod searching;
mod sessions;
mod settings;
mod settings_dialog;
mod shared_folders;
mod sharing;
mod space;
mod starts;
mod tabs;
mod team;
mod text_search;
mod thumbnails;
mod toasts;
mod transfer_commands;
mod transfers;
mod trees;
mod undoing;
mod unfinished;
mod unfolding;
mod updates_of_jobs;
mod uploads;
mod version_dialog;
mod welcome;

use picture::{describe, picture};
use script::Script;

use coffer_model::link::{Audience, LinkOptions};
use coffer_model::{
    Account, DeletedKind, Entry, EntryKind, File, Listing, Operation, OperationId, OperationKind, Problem,
    ProblemKind, Recovery, RemotePath, Rev, Settings,
};
use jiff::Timestamp;
use std::sync::Arc;

/// `a.txt` is a file, `a.txt@2` its second revision, `Docs/` a folder, `a.txt†` was deleted.
pub(super) fn entry(folder: &str, word: &str) -> Entry {
    let at = |name: &str| RemotePath::new(folder).join(name);
    if let Some(name) = word.strip_suffix('/') {
        let kind = EntryKind::Folder { id: format!("id:{name}").into() };
        return Entry::new(at(name), kind);
    }
    if let Some(name) = word.strip_suffix('†') {
        return Entry::new(at(name), EntryKind::Deleted(DeletedKind::Unknown));
    }
    let (name, revision) = word.split_once('@').unwrap_or((word, "1"));
    let file = File {
        id: format!("id:{name}").into(),
        rev: Rev(revision.into()),
        size_bytes: 10,
        client_modified: Timestamp::UNIX_EPOCH,
        server_modified: Timestamp::UNIX_EPOCH,
        content_hash: Some(format!("hash of {name} {revision}").into()),
        access: coffer_model::entry::ContentAccess::Download,
    };
    Entry::new(at(name), EntryKind::File(file))
}

/// The rows of a folder, in this order.
pub(super) fn entries(folder: &str, rows: &str) -> Vec<Entry> {
    rows.split_whitespace().map(|word| entry(folder, word)).collect()
}

pub(super) fn listing(folder: &str, rows: &str) -> Arc<Listing> {
    partial(folder, rows, true)
}

pub(super) fn partial(folder: &str, rows: &str, complete: bool) -> Arc<Listing> {
    let sort = Settings::default().sort;
    Arc::new(Listing::new(entries(folder, rows), sort, complete))
}

pub(super) fn problem(title: &str, recovery: Recovery) -> Problem {
    // The state goes by the kind; for its tests one with this button will do.
    let kind = match recovery {
        Recovery::None => ProblemKind::Forbidden,
        Recovery::Retry => ProblemKind::ServiceFailed,
        Recovery::Offline => ProblemKind::Unreachable,
        Recovery::NetworkSignIn => ProblemKind::NetworkSignIn,
        Recovery::SignIn => ProblemKind::SignedOut,
        Recovery::Refresh => ProblemKind::Changed,
        Recovery::Rename => ProblemKind::NameTaken,
        Recovery::Space => ProblemKind::AccountFull,
    };
    Problem::new(kind, title, "")
}

/// An operation of the history, of one item.
pub(super) fn operation(id: i64, kind: OperationKind, item: &str, before: Option<&str>) -> Operation {
    Operation {
        id: OperationId(id),
        changed: id,
        at: Timestamp::UNIX_EPOCH,
        kind,
        item: RemotePath::new(item),
        is_folder: false,
        before: before.map(RemotePath::new),
        items: 1,
        files: 1,
        bytes: 10,
        failed: 0,
        undone: None,
        can_reverse: true,
        problem: None,
    }
}

/// The same once it was undone; or redone, if it was undone. `changed` is the number of that.
pub(super) fn reversed(operation: &Operation, changed: i64) -> Operation {
    let undone = operation.undone.is_none().then_some(Timestamp::UNIX_EPOCH);
    Operation { changed, undone, ..operation.clone() }
}

pub(super) fn account() -> Account {
    Account {
        display_name: "Ida".to_owned(),
        email: "ida@example.org".to_owned(),
        is_local: false,
        used_bytes: 1,
        allocated_bytes: 2,
        link_options: LinkOptions { audiences: vec![Audience::Anyone, Audience::Password], expiry: true },
    }
}
