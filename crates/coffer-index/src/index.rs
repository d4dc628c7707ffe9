//! The file of the index: opened, checked, made anew when it can't be used. One connection writes, another reads, so that
//! nobody waits for a page that is being written.

use crate::apply::{Applied, Applier};
use crate::change::ItemChange;
use crate::change_log::ChangeLog;
use crate::error::IndexError;
use crate::folder_tree::FolderTree;
use crate::listing_queue::{self, PendingList};
use crate::name_table::NameTable;
use crate::news::{self, OwnPaths};
use crate::recount::recount;
use crate::{IndexState, index_state, people, read, tables};
use coffer_model::RemotePath;
use coffer_stdx::private;
use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard, RwLock};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long to wait for another program that writes.
const BUSY: Duration = Duration::from_secs(10);

/// KiB of pages that the reading connection remembers; for the other one see `index_state`.
const READER_CACHE_KIB: i64 = 4 * 1024;

/// The index of one account.
#[derive(Debug)]
pub struct Index {
    file: PathBuf,
    // Closed first: the one that can write folds the log into the file when it is the last.
    reader: Mutex<Connection>,
    writer: Mutex<Writer>,
    /// All names, once somebody has searched. Locked after `writer` where both are.
    names: RwLock<Option<NameTable>>,
    version: AtomicU64,
}

#[derive(Debug)]
struct Writer {
    connection: Connection,
    tree: FolderTree,
    /// Changes when another connection writes.
    data_version: i64,
    /// Changes when the tables are made anew.
    tables_number: i64,
}

/// What was found when the index was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenedIndex {
    /// It goes on where it was.
    Known,
    /// There was none.
    New,
    /// What was there is damaged or of another version, and was thrown away.
    Replaced,
}

/// How a transaction begins.
#[derive(Debug, Default)]
struct Begun {
    /// Where the changes are remembered for people, if they are.
    log: Option<ChangeLog>,
    /// The lower-case paths of items that are not there any more.
    gone: Vec<String>,
}

enum FoundFile {
    Index,
    Empty,
    OtherVersion,
}

impl Index {
    /// Opens the file, or makes it. Its folder must be there.
    pub fn open(file: &Path) -> Result<(Self, OpenedIndex), IndexError> {
        let existed = file.metadata().is_ok_and(|metadata| metadata.len() > 0);
        match Self::try_open(file) {
            Ok((index, FoundFile::Index)) => return Ok((index, OpenedIndex::Known)),
            // What is too short to be a database is taken for an empty one.
            Ok((index, FoundFile::Empty)) => {
                return Ok((index, if existed { OpenedIndex::Replaced } else { OpenedIndex::New }));
            }
            Ok((_, FoundFile::OtherVersion)) => {}
            Err(error) if existed && error.is_damage() => {
                tracing::warn!(%error, "the index can’t be used; it is made anew");
            }
            Err(error) => return Err(error),
        }
        Self::remove(file)?;
        Ok((Self::try_open(file)?.0, OpenedIndex::Replaced))
    }

    /// Removes the file of an index that is not open, and those that SQLite keeps beside it.
    pub fn remove(file: &Path) -> Result<(), IndexError> {
        for suffix in ["", "-wal", "-shm"] {
            let mut path = file.as_os_str().to_owned();
            path.push(suffix);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    fn try_open(file: &Path) -> Result<(Self, FoundFile), IndexError> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(BUSY)?;
        make_private(file);
        let version = tables::version(&connection)?;
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let is_new = version == 0 && tables == 0;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // Folded into the file after 16 MiB instead of 4: while everything is listed, most pages are written several times.
        connection.pragma_update(None, "wal_autocheckpoint", 4096)?;
        connection.set_prepared_statement_cache_capacity(64);
        if is_new {
            tables::make(&connection)?;
        }
        if is_new || version == tables::VERSION {
            index_state::size_cache(&connection)?;
        }
        let reader = Connection::open_with_flags(
            file,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        reader.busy_timeout(BUSY)?;
        reader.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
        reader.set_prepared_statement_cache_capacity(32);
        let data_version = connection.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        let tables_number = tables::number(&connection)?;
        let tree = FolderTree::default();
        let index = Self {
            file: file.to_owned(),
            reader: Mutex::new(reader),
            writer: Mutex::new(Writer { connection, tree, data_version, tables_number }),
            names: RwLock::default(),
            version: AtomicU64::new(0),
        };
        let found = match version {
            _ if is_new => FoundFile::Empty,
            tables::VERSION => FoundFile::Index,
            _ => FoundFile::OtherVersion,
        };
        Ok((index, found))
    }

    /// Begins anew, because an answer was an error that [is damage](IndexError::is_damage). If another program has done so already,
    /// its file is used.
    pub fn replace_damaged(&self) -> Result<(), IndexError> {
        let writer = &mut *self.writer.lock();
        let _nobody_reads = self.reader.lock();
        if tables::number(&writer.connection).ok() == Some(writer.tables_number) {
            tables::replace(&writer.connection)?;
        }
        writer.tables_number = tables::number(&writer.connection)?;
        writer.tree.forget();
        *self.names.write() = None;
        self.version.fetch_add(1, Ordering::Relaxed);
        index_state::size_cache(&writer.connection)
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    /// How far it is.
    pub fn state(&self) -> Result<IndexState, IndexError> {
        index_state::read(&self.reader.lock())
    }

    /// Of which root its paths are. What is known of another is forgotten.
    pub fn set_root(&self, root: &str) -> Result<(), IndexError> {
        if index_state::root(&self.reader.lock())?.as_deref() == Some(root) {
            return Ok(());
        }
        let writer = &mut *self.writer.lock();
        self.write_with(writer, |writer| {
            writer.tree.forget();
            index_state::clear(&writer.connection)?;
            index_state::set_root(&writer.connection, root)
        })?;
        *self.names.write() = None;
        Ok(())
    }

    /// Rises with everything that is taken in by this program.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Relaxed)
    }

    /// Begins to list everything, from the root on; `cursor` tells later what has come since. What is known stays, and is
    /// swept away in the end if no list has told of it.
    pub fn begin(&self, cursor: &str) -> Result<(), IndexError> {
        self.write(|writer| {
            listing_queue::clear(&writer.connection)?;
            listing_queue::push(&writer.connection, RemotePath::root().lower(), false)?;
            index_state::begin_round(&writer.connection)?;
            index_state::set_cursor(&writer.connection, cursor)
        })
    }

    /// The same, unless the feed does not go on from `expired` any more: somebody else has begun already.
    pub fn begin_instead_of(&self, expired: &str, cursor: &str) -> Result<(), IndexError> {
        if self.state()?.cursor.is_none_or(|known| known == expired) { self.begin(cursor) } else { Ok(()) }
    }

    /// What is still to be listed.
    pub fn pending_lists(&self, most: usize) -> Result<Vec<PendingList>, IndexError> {
        listing_queue::read(&self.reader.lock(), most)
    }

    /// Takes in a page of a pending list, and notes where the list goes on. `then` are listed as well: paths, and whether with
    /// all folders below. Nothing is taken in if another program has read the page before: `None`.
    pub fn apply_listed(
        &self,
        list: &PendingList,
        changes: &[ItemChange<'_>],
        next_cursor: Option<&str>,
        then: &[(&str, bool)],
    ) -> Result<Option<Applied>, IndexError> {
        self.apply(changes, |connection| {
            if !listing_queue::advance(connection, list, next_cursor)? {
                return Ok(None);
            }
            for (path, is_recursive) in then {
                listing_queue::push(connection, path, *is_recursive)?;
            }
            Ok(Some(Begun::default()))
        })
    }

    /// A list that can't be asked for: its folder is gone, or closed to the person.
    pub fn drop_pending(&self, list: &PendingList) -> Result<(), IndexError> {
        self.write(|writer| listing_queue::remove(&writer.connection, &list.path))
    }

    /// A list whose cursor is too old begins again.
    pub fn restart_pending(&self, list: &PendingList) -> Result<(), IndexError> {
        self.write(|writer| listing_queue::restart(&writer.connection, &list.path))
    }

    /// To be called when nothing is left to be listed: removes what no list has told of, and makes the index complete as of its
    /// cursor. What has changed since is for the feed to tell.
    pub fn finish_lists(&self) -> Result<Applied, IndexError> {
        // In one transaction: another program may begin a new round, in which nothing has been told of yet.
        let applied = self.apply(&[], |connection| {
            if !listing_queue::is_empty(connection)? || index_state::is_complete(connection)? {
                return Ok(None);
            }
            let gone = read::of_other_rounds(connection, index_state::round(connection)?)?;
            index_state::set_complete(connection)?;
            Ok(Some(Begun { log: None, gone }))
        })?;
        if applied.is_none() {
            return Ok(Applied::default());
        }
        // The log has grown with the lists. Should somebody read it just now, it stays until later.
        let _ = self.writer.lock().connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        // Folders that seemed to be of unknown size are empty now.
        self.version.fetch_add(1, Ordering::Relaxed);
        Ok(applied.unwrap_or_default())
    }

    /// Takes in a page of the feed that was asked for with `from`, and goes on from `next`. Changes are remembered for people once
    /// the index is complete; what is `own` was made by this program. `None` if another program has gone on meanwhile: then the index has another cursor.
    pub fn apply_feed(
        &self,
        changes: &[ItemChange<'_>],
        own: OwnPaths,
        from: &str,
        next: &str,
        seen: Timestamp,
    ) -> Result<Option<Applied>, IndexError> {
        self.apply(changes, |connection| {
            if index_state::cursor(connection)?.is_none_or(|cursor| cursor != from) {
                return Ok(None);
            }
            let after = index_state::as_of(connection)?;
            index_state::set_cursor(connection, next)?;
            index_state::set_as_of(connection, seen)?;
            let is_complete = index_state::is_complete(connection)?;
            if is_complete && index_state::log_since(connection)?.is_none() {
                index_state::set_log_since(connection, seen.as_second())?;
            }
            let log = is_complete.then(|| ChangeLog::new(after, seen, own));
            Ok(Some(Begun { log, gone: Vec::new() }))
        })
    }

    /// Nothing that happened later than this is missing in the log of changes, for whoever knows that.
    pub fn log_goes_back_to(&self, since: Timestamp) -> Result<(), IndexError> {
        self.write(|writer| Ok(index_state::set_log_since(&writer.connection, since.as_second())?))
    }

    /// The service was asked, and nothing has changed.
    pub fn confirm(&self, as_of: Timestamp) -> Result<(), IndexError> {
        self.write(|writer| index_state::set_as_of(&writer.connection, as_of))
    }

    /// Takes in what differs from a fresh listing.
    pub fn apply_mended(&self, changes: &[ItemChange<'_>]) -> Result<Applied, IndexError> {
        Ok(self.apply(changes, |_| Ok(Some(Begun::default())))?.unwrap_or_default())
    }

    /// Counts anew what is below every folder, and corrects what is wrong. How many folders had wrong totals.
    pub fn recount(&self) -> Result<u64, IndexError> {
        let wrong = self.write(|writer| Ok(recount(&writer.connection)?))?;
        if wrong > 0 {
            self.version.fetch_add(1, Ordering::Relaxed);
        }
        Ok(wrong)
    }

    /// Takes in the names of accounts; `None` where the service knows nobody of an id.
    pub fn set_names(&self, names: &[(String, Option<String>)]) -> Result<(), IndexError> {
        self.write(|writer| people::set_names(&writer.connection, names))
    }

    /// The person has looked into a folder; `None`: at everything that has changed.
    pub fn see(&self, folder: Option<&RemotePath>) -> Result<(), IndexError> {
        self.write(|writer| news::see(&writer.connection, folder))
    }

    /// In one transaction. `begin` notes where the changes come from, and says whether they are to be taken in.
    fn apply(
        &self,
        changes: &[ItemChange<'_>],
        begin: impl FnOnce(&Connection) -> Result<Option<Begun>, IndexError>,
    ) -> Result<Option<Applied>, IndexError> {
        let writer = &mut *self.writer.lock();
        let taken = self.write_with(writer, |writer| {
            let Some(Begun { log, gone }) = begin(&writer.connection)? else { return Ok(None) };
            let round = index_state::round(&writer.connection)?;
            let wants_names = self.names.read().is_some();
            let mut applier = Applier::new(&writer.connection, &mut writer.tree, log, round, wants_names);
            for path_lower in &gone {
                applier.apply(&ItemChange::Removed { path_lower })?;
            }
            for change in changes {
                applier.apply(change)?;
            }
            Ok(Some(applier.finish()?))
        })?;
        let Some((applied, names)) = taken else { return Ok(None) };
        if applied.changed > 0 {
            self.version.fetch_add(1, Ordering::Relaxed);
        }
        // Still locked, so that the table hears of changes in their order.
        if !names.is_empty()
            && let Some(table) = &mut *self.names.write()
        {
            table.apply(&names);
        }
        Ok(Some(applied))
    }

    fn write<T>(&self, work: impl FnOnce(&mut Writer) -> Result<T, IndexError>) -> Result<T, IndexError> {
        self.write_with(&mut self.writer.lock(), work)
    }

    fn write_with<T>(
        &self,
        writer: &mut Writer,
        work: impl FnOnce(&mut Writer) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        writer.connection.execute_batch("BEGIN IMMEDIATE")?;
        let result = self.forget_if_others_wrote(writer).and_then(|()| work(writer)).and_then(|value| {
            writer.connection.execute_batch("COMMIT")?;
            Ok(value)
        });
        if result.is_err() {
            writer.tree.forget();
            // The error that is told is the first one.
            let _ = writer.connection.execute_batch("ROLLBACK");
        }
        result
    }

    /// What is remembered of the file in memory is wrong once another program has written to it.
    fn forget_if_others_wrote(&self, writer: &mut Writer) -> Result<(), IndexError> {
        let version = writer.connection.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        if std::mem::replace(&mut writer.data_version, version) != version {
            writer.tree.forget();
            *self.names.write() = None;
            self.version.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// For questions; nobody else asks meanwhile.
    pub(crate) fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock()
    }

    /// Reads all names into memory, unless they are there.
    pub fn load_names(&self) -> Result<(), IndexError> {
        if self.names.read().is_some() {
            return Ok(());
        }
        // Nothing may be written between the reading and the moment from which on changes are told to the table.
        let writer = self.writer.lock();
        let mut names = self.names.write();
        if names.is_none() {
            *names = Some(NameTable::read(&writer.connection)?);
        }
        Ok(())
    }

    /// Asks the table of names, which is read if it was not yet. Where another program has written meanwhile, nothing is known.
    pub(crate) fn with_names<T: Default>(
        &self,
        question: impl FnOnce(&NameTable) -> T,
    ) -> Result<T, IndexError> {
        self.load_names()?;
        Ok(self.names.read().as_ref().map(question).unwrap_or_default())
    }
}

/// It tells the names of files, so it is for its owner's eyes only. Some file systems have no modes; the folder is private as
/// well.
fn make_private(file: &Path) {
    let _ = private::close(file);
}
