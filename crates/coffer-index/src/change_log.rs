//! What has changed, for people: by when it was heard of. Bounded; what is older is forgotten.
//!
//! The feed tells a move as something that is gone and something that is new, in any order. Within what is taken in
//! together, both are one change where the id is the same; what lay in a moved folder is not told by itself.

use crate::change::{FileChange, FolderChange};
use crate::index_state;
use crate::news::{self, OwnPaths};
use coffer_model::{ChangeKind, RemotePath};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// How many changes are kept, and for how many days.
const MOST_CHANGES: i64 = 100_000;
const MOST_DAYS: i64 = 90;
const TOO_OLD: &str = "change <= (SELECT max(change) FROM change) - ?1 OR seen < ?2";

/// What is known of a file before it changes.
#[derive(Debug)]
pub(crate) struct KnownFile {
    pub key: String,
    pub name: Option<String>,
    pub id: String,
    pub rev: String,
    pub bytes: i64,
    pub client_modified: i64,
    pub is_view_only: bool,
    pub round: i64,
}

/// The changes of one transaction.
#[derive(Debug)]
pub(crate) struct ChangeLog {
    /// When the service was last asked before.
    after: Option<Timestamp>,
    seen: Timestamp,
    own: OwnPaths,
    rows: Vec<ChangeRow>,
}

#[derive(Clone, Debug)]
struct ChangeRow {
    kind: ChangeKind,
    is_folder: bool,
    path: String,
    old_path: Option<String>,
    id: String,
    files: i64,
    bytes: Option<i64>,
    rev: Option<String>,
    old_rev: Option<String>,
    modified_by: Option<String>,
    /// What was in a folder.
    contents: Vec<FolderItem>,
}

/// An item that was deleted with a folder.
#[derive(Clone, Debug)]
pub(crate) struct FolderItem {
    pub is_folder: bool,
    pub id: String,
    pub path: String,
}

impl ChangeLog {
    pub(crate) fn new(after: Option<Timestamp>, seen: Timestamp, own: OwnPaths) -> Self {
        Self { after, seen, own, rows: Vec::new() }
    }

    /// A file that is new or has another content. `known` is what was there before.
    pub(crate) fn file(&mut self, parent: &str, file: &FileChange<'_>, known: Option<&KnownFile>) {
        let id = file.id.strip_prefix("id:").unwrap_or(file.id);
        // Another file in its place is not another version of it.
        if let Some(known) = known.filter(|known| known.id != id) {
            self.file_removed(parent, known);
        }
        let old_rev = known.filter(|known| known.id == id).map(|known| known.rev.as_str());
        if old_rev == Some(file.rev) {
            // Only its name is spelt differently, or its sharing has changed.
            return;
        }
        self.rows.push(ChangeRow {
            kind: if old_rev.is_some() { ChangeKind::Edited } else { ChangeKind::Added },
            is_folder: false,
            path: format!("{parent}/{}", file.name),
            old_path: None,
            id: id.to_owned(),
            files: 0,
            bytes: Some(file.size_bytes as i64),
            rev: Some(file.rev.to_owned()),
            old_rev: old_rev.map(str::to_owned),
            modified_by: file.modified_by.map(str::to_owned),
            contents: Vec::new(),
        });
    }

    pub(crate) fn file_removed(&mut self, parent: &str, file: &KnownFile) {
        self.rows.push(ChangeRow {
            kind: ChangeKind::Deleted,
            is_folder: false,
            path: format!("{parent}/{}", file.name.as_ref().unwrap_or(&file.key)),
            old_path: None,
            id: file.id.clone(),
            files: 0,
            bytes: Some(file.bytes),
            rev: None,
            old_rev: Some(file.rev.clone()),
            modified_by: None,
            contents: Vec::new(),
        });
    }

    /// A folder that is new; `id` is empty where only its content was told.
    pub(crate) fn folder(&mut self, parent: &str, name: &str, id: &str) {
        self.rows.push(ChangeRow::folder(ChangeKind::Added, format!("{parent}/{name}"), id));
    }

    /// A folder that was only known by its content, perhaps from these changes.
    pub(crate) fn name_folder(&mut self, parent: &str, folder: &FolderChange<'_>) {
        let path = format!("{parent}/{}", folder.name);
        let is_same = |row: &&mut ChangeRow| {
            row.is_folder
                && row.id.is_empty()
                && row.kind == ChangeKind::Added
                && row.path.to_lowercase() == path.to_lowercase()
        };
        if let Some(row) = self.rows.iter_mut().find(is_same) {
            folder.id.clone_into(&mut row.id);
            row.path = path;
        }
    }

    pub(crate) fn folder_removed(
        &mut self,
        path: &str,
        id: &str,
        files: i64,
        bytes: i64,
        contents: Vec<FolderItem>,
    ) {
        let row = ChangeRow::folder(ChangeKind::Deleted, path.to_owned(), id);
        self.rows.push(ChangeRow { files, bytes: Some(bytes), contents, ..row });
    }

    pub(crate) fn write(mut self, connection: &Connection) -> rusqlite::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.join_moves();
        let seen = self.seen.as_second();
        {
            let mut insert = connection.prepare_cached(
                "INSERT INTO change (after, seen, kind, id, path, old_path, items, bytes, rev, old_rev,
                   modified_by, own) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?;
            let mut insert_item = connection.prepare_cached(
                "INSERT INTO deleted_item (change, is_folder, id, path) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for row in &self.rows {
                let kind = kind_number(row.kind, row.is_folder);
                let path = RemotePath::new(&row.path);
                let old_path = row.old_path.as_deref().map(RemotePath::new);
                let is_own = |path: &RemotePath| self.own.contains(path.lower());
                let own = is_own(&path) || old_path.as_ref().is_some_and(is_own);
                if !own {
                    news::add(connection, path.parent().unwrap_or_default().lower())?;
                }
                let claimed = [Some(&path), old_path.as_ref()]
                    .into_iter()
                    .flatten()
                    .find_map(|path| self.own.time(path.lower()));
                let (after, row_seen) = match claimed.map(Timestamp::as_second) {
                    Some(claimed) => (Some(claimed - 1), claimed),
                    None => (self.after.map(Timestamp::as_second), seen),
                };
                insert.execute(params![
                    after,
                    row_seen,
                    kind,
                    row.id,
                    row.path,
                    row.old_path,
                    row.files,
                    row.bytes,
                    row.rev,
                    row.old_rev,
                    row.modified_by,
                    own,
                ])?;
                let change = connection.last_insert_rowid();
                for item in &row.contents {
                    insert_item.execute(params![change, item.is_folder, item.id, item.path])?;
                }
            }
        }
        news::forget_old(connection)?;
        let forgotten: Option<i64> = connection
            .prepare_cached(&format!("SELECT max(seen) FROM change WHERE {TOO_OLD}"))?
            .query_row([MOST_CHANGES, seen - MOST_DAYS * 24 * 60 * 60], |row| row.get(0))?;
        if let Some(forgotten) = forgotten {
            connection
                .prepare_cached(&format!("DELETE FROM change WHERE {TOO_OLD}"))?
                .execute([MOST_CHANGES, seen - MOST_DAYS * 24 * 60 * 60])?;
            connection
                .prepare_cached("DELETE FROM deleted_item WHERE change < (SELECT min(change) FROM change)")?
                .execute([])?;
            index_state::set_log_since(connection, forgotten)?;
        }
        Ok(())
    }

    /// Makes one change of what is gone and what is new with the same id.
    fn join_moves(&mut self) {
        let mut gone: HashMap<String, usize> = HashMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            if row.kind == ChangeKind::Deleted && !row.id.is_empty() {
                gone.insert(row.id.clone(), place);
            }
        }
        let mut is_joined = vec![false; self.rows.len()];
        let mut moved_folders: Vec<MovedFolder> = Vec::new();
        for place in 0..self.rows.len() {
            let row = &self.rows[place];
            if row.kind != ChangeKind::Added {
                continue;
            }
            let Some(&from) = gone.get(&row.id) else { continue };
            is_joined[from] = true;
            let (old_path, files, bytes) =
                (self.rows[from].path.clone(), self.rows[from].files, self.rows[from].bytes);
            let contents = std::mem::take(&mut self.rows[from].contents);
            let row = &mut self.rows[place];
            row.kind = ChangeKind::Moved;
            if row.is_folder {
                row.files = files;
                row.bytes = bytes;
                moved_folders.push(MovedFolder::new(place, &row.path, &old_path, contents));
            }
            row.old_path = Some(old_path);
        }
        let mut moved_further = Vec::new();
        for (place, row) in self.rows.iter_mut().enumerate().filter(|(_, row)| row.kind == ChangeKind::Added)
        {
            match moved_folders.iter_mut().find_map(|folder| folder.take(row)) {
                None => {}
                Some(CameAlong::There) => is_joined[place] = true,
                Some(CameAlong::Elsewhere { old_path }) => {
                    is_joined[place] = true;
                    let (kind, old_path) = (ChangeKind::Moved, Some(old_path));
                    moved_further.push(ChangeRow { kind, old_path, ..row.clone() });
                }
            }
        }
        for folder in moved_folders {
            let place = folder.place;
            self.rows[place].contents = folder.left_items();
        }
        let mut is_joined = is_joined.into_iter();
        self.rows.retain(|_| !is_joined.next().unwrap_or_default());
        self.rows.extend(moved_further);
    }
}

/// A folder that was moved, and what was in it.
struct MovedFolder {
    /// Of its row.
    place: usize,
    /// Its path of now in lower case, with a slash.
    start: String,
    /// Whether it is known what was in it.
    is_whole: bool,
    /// What was in it and nobody has told of yet, by id, with the paths that it has now if it came along.
    items: HashMap<String, FolderItem>,
}

enum CameAlong {
    There,
    /// It was taken out of the folder, or renamed in it, after that had been moved.
    Elsewhere {
        old_path: String,
    },
}

impl MovedFolder {
    fn new(place: usize, path: &str, old_path: &str, contents: Vec<FolderItem>) -> Self {
        let start = format!("{}/", path.to_lowercase());
        let is_whole = !contents.is_empty();
        let now = |item: FolderItem| {
            let below = item.path.get(old_path.len()..).unwrap_or_default();
            (item.id, FolderItem { id: String::new(), path: format!("{path}{below}"), ..item })
        };
        let items = contents.into_iter().filter(|item| !item.id.is_empty()).map(now).collect();
        Self { place, start, is_whole, items }
    }

    /// What a new item has to do with the folder.
    fn take(&mut self, row: &ChangeRow) -> Option<CameAlong> {
        match self.items.remove(&row.id) {
            Some(item) if item.path.to_lowercase() == row.path.to_lowercase() => Some(CameAlong::There),
            Some(item) => Some(CameAlong::Elsewhere { old_path: item.path }),
            None if self.is_whole => None,
            None => row.path.to_lowercase().starts_with(&self.start).then_some(CameAlong::There),
        }
    }

    /// What is gone, or is told of later.
    fn left_items(self) -> Vec<FolderItem> {
        self.items.into_iter().map(|(id, item)| FolderItem { id, ..item }).collect()
    }
}

impl ChangeRow {
    fn folder(kind: ChangeKind, path: String, id: &str) -> Self {
        Self {
            kind,
            is_folder: true,
            path,
            old_path: None,
            id: id.to_owned(),
            files: 0,
            bytes: None,
            rev: None,
            old_rev: None,
            modified_by: None,
            contents: Vec::new(),
        }
    }
}

fn kind_number(kind: ChangeKind, is_folder: bool) -> i64 {
    let kind = match kind {
        ChangeKind::Added => 0,
        ChangeKind::Edited => 1,
        ChangeKind::Moved => 2,
        ChangeKind::Deleted => 3,
    };
    kind << 1 | i64::from(is_folder)
}
