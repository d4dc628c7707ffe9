//! One edit of the account inside the writer's transaction: the counters, and the few ways in which a
//! row of the tree can change. Everything that changes the tree goes through here, so that sequence,
//! quota, history and search index always agree. The rules of the API (conflicts, renaming, batches)
//! are in the neighbours: `commit`, `folders`, `removal`, `relocation`.

use super::blobs::Hash;
use super::entry::{Presence, StoredEntry, Version, find, name_of, parent_of};
use super::error::StoreError;
use super::folding::fold;
use super::unmounted::is_unmounted;
use crate::clock::{Clock, Seconds};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

/// An edit under way. Reads through [`EditTransaction::connection`] see what it has changed so far.
pub struct EditTransaction<'a> {
    connection: &'a Connection,
    clock: &'a Clock,
    now: Seconds,
    counters: Counters,
    /// New rows and their folded names. The search index takes them in at the end: it writes itself out at every
    /// savepoint.
    names: Vec<(i64, String)>,
}

#[derive(Clone, Copy)]
struct Counters {
    sequence: i64,
    rev: i64,
    used_bytes: i64,
}

/// A path to be written, in both spellings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WritePath {
    pub lower: String,
    pub display: String,
}

impl WritePath {
    pub fn is_root(&self) -> bool {
        self.lower.is_empty()
    }

    pub fn parent_lower(&self) -> &str {
        parent_of(&self.lower)
    }

    pub fn name(&self) -> &str {
        name_of(&self.display)
    }
}

/// What a new revision holds.
#[derive(Clone, Debug)]
pub struct NewContent {
    pub hash: Hash,
    pub size: u64,
    /// The file's own time; the present when absent.
    pub client_modified: Option<Seconds>,
}

impl<'a> EditTransaction<'a> {
    pub(super) fn begin(connection: &'a Connection, clock: &'a Clock) -> Result<Self, StoreError> {
        let counters = connection
            .prepare_cached("SELECT sequence, rev, used_bytes FROM counters")?
            .query_row([], |row| {
                Ok(Counters { sequence: row.get(0)?, rev: row.get(1)?, used_bytes: row.get(2)? })
            })?;
        Ok(Self { connection, clock, now: clock.now(), counters, names: Vec::new() })
    }

    /// Writes names and counters; returns the sequence of the last change.
    pub(super) fn finish(self) -> Result<i64, StoreError> {
        let mut insert =
            self.connection.prepare_cached("INSERT INTO names (rowid, folded) VALUES (?1, ?2)")?;
        for (row, name) in &self.names {
            insert.execute(params![row, name])?;
        }
        let Counters { sequence, rev, used_bytes } = self.counters;
        self.connection
            .prepare_cached("UPDATE counters SET sequence = ?1, rev = ?2, used_bytes = ?3")?
            .execute([sequence, rev, used_bytes])?;
        Ok(sequence)
    }

    /// Runs `work`; if it fails, nothing of it happened.
    pub fn attempt<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut EditTransaction<'a>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (before, names) = (self.counters, self.names.len());
        self.execute("SAVEPOINT attempt")?;
        let result = work(self);
        if result.is_err() {
            if self.connection.is_autocommit() {
                // SQLite has taken everything back already, and this error says why.
                return result;
            }
            self.counters = before;
            self.names.truncate(names);
            self.execute("ROLLBACK TO attempt")?;
        }
        self.execute("RELEASE attempt")?;
        result
    }

    fn execute(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    pub fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// The moment at which this edit happens.
    pub fn now(&self) -> Seconds {
        self.now
    }

    /// The moment at which it happens to an item.
    fn now_at(&self, path_lower: &str) -> Seconds {
        self.clock.item_time(path_lower).unwrap_or(self.now)
    }

    /// Bytes in all present files.
    pub fn used_bytes(&self) -> u64 {
        self.counters.used_bytes.max(0) as u64
    }

    /// Makes a present folder. The caller has seen that the path is free and its parent present.
    pub fn create_folder(&mut self, target: &WritePath) -> Result<StoredEntry, StoreError> {
        self.put(target, &new_id()?, None)
    }

    /// Makes a present file with a new revision. The caller has seen that the path is free.
    pub fn create_file(
        &mut self,
        target: &WritePath,
        id: &str,
        content: &NewContent,
    ) -> Result<StoredEntry, StoreError> {
        // The row comes first, because the revision refers to it.
        let entry = self.put(target, id, None)?;
        self.add_revision(entry, content)
    }

    /// Gives a present file new content.
    pub fn overwrite(
        &mut self,
        mut entry: StoredEntry,
        content: &NewContent,
    ) -> Result<StoredEntry, StoreError> {
        self.account_for(&entry, -1);
        entry.sequence = self.next_sequence();
        entry.changed = self.now_at(&entry.path_lower);
        entry.version = None;
        self.add_revision(entry, content)
    }

    /// Takes an entry out of the tree (not what is below it).
    pub fn remove(&mut self, entry: &StoredEntry, presence: Presence) -> Result<(), StoreError> {
        self.account_for(entry, -1);
        let sequence = self.next_sequence();
        self.connection
            .prepare_cached("UPDATE entries SET gone = ?2, sequence = ?3, changed = ?4 WHERE entry = ?1")?
            .execute(params![entry.row, presence.code(), sequence, self.now_at(&entry.path_lower)])?;
        Ok(())
    }

    /// Inserts an item that was removed as moved at its new path, with its id and its revision.
    pub fn insert_moved(
        &mut self,
        target: &WritePath,
        moved: &StoredEntry,
    ) -> Result<StoredEntry, StoreError> {
        let mut entry = self.put(target, &moved.id, moved.version.as_ref().map(|version| version.rev))?;
        entry.version.clone_from(&moved.version);
        if let Some(version) = &moved.version {
            self.connection
                .prepare_cached("UPDATE revisions SET entry = ?2 WHERE rev = ?1")?
                .execute([version.rev, entry.row])?;
            self.record_revision(&entry, version.rev)?;
        }
        self.account_for(&entry, 1);
        Ok(entry)
    }

    fn add_revision(
        &mut self,
        mut entry: StoredEntry,
        content: &NewContent,
    ) -> Result<StoredEntry, StoreError> {
        self.counters.rev += 1;
        let now = self.now_at(&entry.path_lower);
        let version = Version {
            rev: self.counters.rev,
            hash: content.hash,
            size: content.size,
            client_modified: content.client_modified.unwrap_or(now),
            server_modified: now,
        };
        self.connection
            .prepare_cached(
                "INSERT INTO revisions (rev, file_id, entry, hash, size, client_modified, server_modified) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                version.rev,
                entry.id,
                entry.row,
                version.hash,
                version.size as i64,
                version.client_modified,
                version.server_modified
            ])?;
        self.connection
            .prepare_cached("UPDATE entries SET rev = ?2, sequence = ?3, changed = ?4 WHERE entry = ?1")?
            .execute([entry.row, version.rev, entry.sequence, entry.changed])?;
        self.record_revision(&entry, version.rev)?;
        entry.version = Some(version);
        self.account_for(&entry, 1);
        Ok(entry)
    }

    /// Makes the row of a path present, whether the path was used before or not.
    fn put(&mut self, target: &WritePath, id: &str, rev: Option<i64>) -> Result<StoredEntry, StoreError> {
        let sequence = self.next_sequence();
        let now = self.now_at(&target.lower);
        let known = find(self.connection, &target.lower)?;
        let row = if let Some(known) = known {
            self.connection
                .prepare_cached(
                    "UPDATE entries SET path_display = ?2, id = ?3, gone = 0, rev = ?4, sequence = ?5, \
                     changed = ?6 WHERE entry = ?1",
                )?
                .execute(params![known.row, target.display, id, rev, sequence, now])?;
            known.row
        } else {
            self.connection
                .prepare_cached(
                    "INSERT INTO entries (path_lower, parent_lower, path_display, id, gone, rev, sequence, changed) \
                     VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7)",
                )?
                .execute(params![
                    target.lower,
                    target.parent_lower(),
                    target.display,
                    id,
                    rev,
                    sequence,
                    now
                ])?;
            let row = self.connection.last_insert_rowid();
            self.names.push((row, fold(name_of(&target.lower))));
            row
        };
        Ok(StoredEntry {
            row,
            path_lower: target.lower.clone(),
            path_display: target.display.clone(),
            id: id.to_owned(),
            presence: Presence::Present,
            version: None,
            sequence,
            changed: now,
        })
    }

    /// Notes that a revision has come to stand at a path.
    fn record_revision(&self, entry: &StoredEntry, rev: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT INTO history (entry, sequence, rev) VALUES (?1, ?2, ?3)")?
            .execute([entry.row, entry.sequence, rev])?;
        Ok(())
    }

    fn account_for(&mut self, entry: &StoredEntry, sign: i64) {
        if let Some(version) = &entry.version
            && !is_unmounted(&entry.path_lower)
        {
            self.counters.used_bytes += sign * version.size as i64;
        }
    }

    fn next_sequence(&mut self) -> i64 {
        self.counters.sequence += 1;
        self.counters.sequence
    }
}

/// An id for a new item: `id:` and 22 URL-safe characters.
pub fn new_id() -> Result<String, StoreError> {
    Ok(format!("id:{}", URL_SAFE_NO_PAD.encode(random::<16>()?)))
}

/// Bytes nobody can guess.
pub fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::NoRandomness)?;
    Ok(bytes)
}
