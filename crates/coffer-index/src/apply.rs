//! Takes changes into the tables, by the rules of the feed: a file replaces a folder of its name and all in it, a folder
//! replaces a file but keeps what is known of its own content, a removal takes everything below with it, and folders that
//! nobody has named yet are made for what lies in them.

use crate::change::{FileChange, FolderChange, ItemChange, access_text, sharing_bits, split};
use crate::change_log::{ChangeLog, KnownFile};
use crate::folder_tree::{FolderNumber, FolderTree, ROOT, child};
use crate::spelt_paths::{contents, spelt_path};
use crate::totals::{PendingTotals, TotalsChange};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeSet;

/// What was taken in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// The lower-case paths of the folders whose items have changed.
    pub folders: BTreeSet<String>,
    /// How many entries said something new.
    pub changed: usize,
}

/// A name that came or went, for the table of names. Keys are names in lower case.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NameChange {
    File {
        folder: FolderNumber,
        key: String,
        bytes: u64,
        modified: i64,
    },
    Folder {
        parent: FolderNumber,
        key: String,
        folder: FolderNumber,
    },
    FileGone {
        folder: FolderNumber,
        key: String,
    },
    /// These folders, and all files in them.
    FoldersGone(Vec<FolderNumber>),
}

/// What to do where the name is known already.
#[derive(Clone, Copy)]
enum OnKnownName {
    Replace,
    Ignore,
}

const INSERT_OR_REPLACE_FILE: &str = "INSERT OR REPLACE INTO file (folder, key, name, id, rev, bytes, client_modified,
   server_modified, hash, view_only, access, round) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
const INSERT_OR_IGNORE_FILE: &str = "INSERT OR IGNORE INTO file (folder, key, name, id, rev, bytes, client_modified,
   server_modified, hash, view_only, access, round) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

/// Of a deleted folder that had more than that, nobody remembers what was in it: the log would be as large as the account.
const MOST_DELETED_ITEMS: i64 = 20_000;

struct KnownFolder {
    number: FolderNumber,
    /// Nothing about it is new.
    is_same: bool,
    /// This round of lists has told of it.
    is_told: bool,
    id: String,
}

/// Takes in the changes of one transaction.
pub(crate) struct Applier<'a> {
    connection: &'a Connection,
    tree: &'a mut FolderTree,
    totals: PendingTotals,
    log: Option<ChangeLog>,
    /// What is taken in belongs to this round of lists.
    round: i64,
    /// `None` where nobody wants to know.
    names: Option<Vec<NameChange>>,
    applied: Applied,
}

impl<'a> Applier<'a> {
    pub(crate) fn new(
        connection: &'a Connection,
        tree: &'a mut FolderTree,
        log: Option<ChangeLog>,
        round: i64,
        wants_names: bool,
    ) -> Self {
        let names = wants_names.then(Vec::new);
        Self {
            connection,
            tree,
            totals: PendingTotals::default(),
            log,
            round,
            names,
            applied: Applied::default(),
        }
    }

    pub(crate) fn apply(&mut self, change: &ItemChange<'_>) -> rusqlite::Result<()> {
        match change {
            ItemChange::File(file) => self.file(file),
            ItemChange::Folder(folder) => self.folder(folder),
            ItemChange::Removed { path_lower } => self.removed(path_lower),
        }
    }

    /// Writes what was added up.
    pub(crate) fn finish(mut self) -> rusqlite::Result<(Applied, Vec<NameChange>)> {
        self.totals.flush(self.connection, self.tree)?;
        if let Some(log) = self.log {
            log.write(self.connection)?;
        }
        Ok((self.applied, self.names.unwrap_or_default()))
    }

    fn file(&mut self, file: &FileChange<'_>) -> rusqlite::Result<()> {
        let Some((parent_path, key)) = split(file.path_lower) else { return Ok(()) };
        let folder = self.make_folders(parent_path)?;
        let name = (file.name != key).then_some(file.name);
        // While everything is listed for the first time, nothing is known of most names: then it costs one step, not three.
        let is_new = self.tree.is_leaf(folder) && self.put(OnKnownName::Ignore, folder, key, name, file)?;
        let mut known = None;
        if !is_new {
            known = self.known_file(folder, key)?;
            if known.is_none()
                && let Some(replaced) = child(self.connection, folder, key)?
            {
                self.remove_folder(parent_path, folder, replaced, file.path_lower)?;
            }
            if let Some(known) = &known
                && known.is_same(file, name)
            {
                if known.round != self.round {
                    self.connection
                        .prepare_cached("UPDATE file SET round = ?3 WHERE folder = ?1 AND key = ?2")?
                        .execute(params![folder, key, self.round])?;
                }
                return Ok(());
            }
            self.put(OnKnownName::Replace, folder, key, name, file)?;
        }
        let mut change = TotalsChange {
            files: 1,
            folders: 0,
            bytes: file.size_bytes as i64,
            newest: Some(file.client_modified),
        };
        if let Some(known) = &known {
            change.files = 0;
            change.bytes -= known.bytes;
            if known.client_modified > file.client_modified {
                self.totals.remove_date(folder, known.client_modified);
            }
        }
        self.totals.add(folder, change);
        if let Some(log) = &mut self.log {
            let parent = spelt_path(self.connection, folder)?;
            log.file(&parent, file, known.as_ref());
        }
        if let Some(names) = &mut self.names {
            names.push(NameChange::File {
                folder,
                key: key.to_owned(),
                bytes: file.size_bytes,
                modified: file.client_modified,
            });
        }
        self.changed(parent_path);
        Ok(())
    }

    /// Whether a row was written.
    fn put(
        &self,
        conflict: OnKnownName,
        folder: FolderNumber,
        key: &str,
        name: Option<&str>,
        file: &FileChange<'_>,
    ) -> rusqlite::Result<bool> {
        let mut hash = [0; 32];
        let digits = file.content_hash.filter(|digits| hex::decode_to_slice(digits, &mut hash).is_ok());
        let sql = match conflict {
            OnKnownName::Replace => INSERT_OR_REPLACE_FILE,
            OnKnownName::Ignore => INSERT_OR_IGNORE_FILE,
        };
        let written = self.connection.prepare_cached(sql)?.execute(params![
            folder,
            key,
            name,
            file.id.strip_prefix("id:").unwrap_or(file.id),
            file.rev,
            file.size_bytes as i64,
            file.client_modified,
            file.server_modified,
            digits.is_some().then_some(hash),
            file.is_view_only,
            access_text(&file.access),
            self.round,
        ])?;
        Ok(written > 0)
    }

    fn folder(&mut self, folder: &FolderChange<'_>) -> rusqlite::Result<()> {
        let Some((parent_path, key)) = split(folder.path_lower) else { return Ok(()) };
        let parent = self.make_folders(parent_path)?;
        let name = (folder.name != key).then_some(folder.name);
        let sharing = sharing_bits(folder.sharing);
        let known = self
            .connection
            .prepare_cached(
                "SELECT folder, name, id, sharing, round FROM folder WHERE parent = ?1 AND key = ?2",
            )?
            .query_row(params![parent, key], |row| {
                let id = row.get_ref(2)?.as_str()?;
                let known = KnownFolder {
                    number: row.get(0)?,
                    is_same: row.get_ref(1)?.as_str_or_null()? == name
                        && id == folder.id
                        && row.get::<_, i64>(3)? == sharing,
                    is_told: row.get::<_, i64>(4)? == self.round,
                    id: id.to_owned(),
                };
                Ok(known)
            })
            .optional()?;
        let number = match known {
            Some(KnownFolder { is_same: true, is_told: true, .. }) => return Ok(()),
            Some(KnownFolder { number, is_same, id, .. }) => {
                if let Some(log) = &mut self.log {
                    let parent = spelt_path(self.connection, parent)?;
                    if id.is_empty() {
                        // Until now it was only known by what is in it.
                        log.name_folder(&parent, folder);
                    } else if id != folder.id {
                        // Another folder is in its place. What was in it is told by itself.
                        let path = spelt_path(self.connection, number)?;
                        log.folder_removed(&path, &id, 0, 0, Vec::new());
                        log.folder(&parent, folder.name, folder.id);
                    }
                }
                self.connection
                    .prepare_cached(
                        "UPDATE folder SET name = ?2, id = ?3, sharing = ?4, round = ?5 WHERE folder = ?1",
                    )?
                    .execute(params![number, name, folder.id, sharing, self.round])?;
                if is_same {
                    return Ok(());
                }
                number
            }
            None => {
                self.remove_file(parent_path, parent, key)?;
                if let Some(log) = &mut self.log {
                    log.folder(&spelt_path(self.connection, parent)?, folder.name, folder.id);
                }
                self.insert_folder(parent, folder.path_lower, key, name, folder.id, sharing)?
            }
        };
        if let Some(names) = &mut self.names {
            names.push(NameChange::Folder { parent, key: key.to_owned(), folder: number });
        }
        self.changed(parent_path);
        Ok(())
    }

    fn removed(&mut self, path_lower: &str) -> rusqlite::Result<()> {
        let Some((parent_path, key)) = split(path_lower) else { return Ok(()) };
        let Some(parent) = self.tree.find(self.connection, parent_path)? else { return Ok(()) };
        if !self.remove_file(parent_path, parent, key)?
            && let Some(folder) = child(self.connection, parent, key)?
        {
            self.remove_folder(parent_path, parent, folder, path_lower)?;
        }
        Ok(())
    }

    /// Whether there was one.
    fn remove_file(&mut self, parent_path: &str, folder: FolderNumber, key: &str) -> rusqlite::Result<bool> {
        let Some(known) = self.known_file(folder, key)? else { return Ok(false) };
        self.connection
            .prepare_cached("DELETE FROM file WHERE folder = ?1 AND key = ?2")?
            .execute(params![folder, key])?;
        self.totals.add(folder, TotalsChange { files: -1, bytes: -known.bytes, ..TotalsChange::default() });
        self.totals.remove_date(folder, known.client_modified);
        if let Some(log) = &mut self.log {
            let parent = spelt_path(self.connection, folder)?;
            log.file_removed(&parent, &known);
        }
        if let Some(names) = &mut self.names {
            names.push(NameChange::FileGone { folder, key: key.to_owned() });
        }
        self.changed(parent_path);
        Ok(true)
    }

    /// With everything below it.
    fn remove_folder(
        &mut self,
        parent_path: &str,
        parent: FolderNumber,
        folder: FolderNumber,
        path_lower: &str,
    ) -> rusqlite::Result<()> {
        // Its own totals must be right before they are taken off.
        self.totals.flush(self.connection, self.tree)?;
        let (files, folders, bytes, newest, id) = self
            .connection
            .prepare_cached("SELECT files, folders, bytes, newest, id FROM folder WHERE folder = ?1")?
            .query_row([folder], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, i64>(2)?,
                    row.get::<_, Option<i64>>(3)?,
                    row.get::<_, String>(4)?,
                ))
            })?;
        if let Some(log) = &mut self.log {
            let path = spelt_path(self.connection, folder)?;
            let contents = if files + folders <= MOST_DELETED_ITEMS {
                contents(self.connection, folder, &path)?
            } else {
                Vec::new()
            };
            log.folder_removed(&path, &id, files, bytes, contents);
        }
        let gone: Vec<FolderNumber> = self
            .connection
            .prepare_cached(
                "WITH RECURSIVE gone (folder) AS (VALUES (?1) UNION ALL
                   SELECT folder.folder FROM folder JOIN gone ON folder.parent = gone.folder)
                 SELECT folder FROM gone",
            )?
            .query_map([folder], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        {
            let mut files = self.connection.prepare_cached("DELETE FROM file WHERE folder = ?1")?;
            let mut folders = self.connection.prepare_cached("DELETE FROM folder WHERE folder = ?1")?;
            for folder in &gone {
                files.execute([folder])?;
                folders.execute([folder])?;
            }
        }
        self.tree.forget();
        self.totals
            .add(parent, TotalsChange { files: -files, folders: -folders - 1, bytes: -bytes, newest: None });
        if let Some(newest) = newest {
            self.totals.remove_date(parent, newest);
        }
        if let Some(names) = &mut self.names {
            names.push(NameChange::FoldersGone(gone));
        }
        self.changed(parent_path);
        self.changed(path_lower);
        Ok(())
    }

    /// The folder at a path, which is made if it is not known, with those above it.
    fn make_folders(&mut self, path_lower: &str) -> rusqlite::Result<FolderNumber> {
        if let Some(folder) = self.tree.find(self.connection, path_lower)? {
            return Ok(folder);
        }
        let Some((parent_path, key)) = split(path_lower) else { return Ok(ROOT) };
        let parent = self.make_folders(parent_path)?;
        self.remove_file(parent_path, parent, key)?;
        if let Some(log) = &mut self.log {
            log.folder(&spelt_path(self.connection, parent)?, key, "");
        }
        let folder = self.insert_folder(parent, path_lower, key, None, "", 0)?;
        if let Some(names) = &mut self.names {
            names.push(NameChange::Folder { parent, key: key.to_owned(), folder });
        }
        self.changed(parent_path);
        Ok(folder)
    }

    fn insert_folder(
        &mut self,
        parent: FolderNumber,
        path_lower: &str,
        key: &str,
        name: Option<&str>,
        id: &str,
        sharing: i64,
    ) -> rusqlite::Result<FolderNumber> {
        self.connection
            .prepare_cached(
                "INSERT INTO folder (parent, key, name, id, sharing, round) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![parent, key, name, id, sharing, self.round])?;
        let folder = self.connection.last_insert_rowid();
        self.tree.made(path_lower, folder, parent);
        self.totals.add(parent, TotalsChange { folders: 1, ..TotalsChange::default() });
        Ok(folder)
    }

    fn known_file(&self, folder: FolderNumber, key: &str) -> rusqlite::Result<Option<KnownFile>> {
        self.connection
            .prepare_cached(
                "SELECT name, id, rev, bytes, client_modified, view_only, round FROM file
                 WHERE folder = ?1 AND key = ?2",
            )?
            .query_row(params![folder, key], |row| {
                Ok(KnownFile {
                    key: key.to_owned(),
                    name: row.get(0)?,
                    id: row.get(1)?,
                    rev: row.get(2)?,
                    bytes: row.get(3)?,
                    client_modified: row.get(4)?,
                    is_view_only: row.get(5)?,
                    round: row.get(6)?,
                })
            })
            .optional()
    }

    fn changed(&mut self, folder_path: &str) {
        self.applied.changed += 1;
        if !self.applied.folders.contains(folder_path) {
            self.applied.folders.insert(folder_path.to_owned());
        }
    }
}

impl KnownFile {
    fn is_same(&self, file: &FileChange<'_>, name: Option<&str>) -> bool {
        self.rev == file.rev
            && self.bytes == file.size_bytes as i64
            && self.client_modified == file.client_modified
            && self.name.as_deref() == name
            && self.id == file.id.strip_prefix("id:").unwrap_or(file.id)
            && self.is_view_only == file.is_view_only
    }
}
