//! What the service has told of versions, kept beside the index for ever. Blocks.
//!
//! Where the file can't be written or is damaged, nothing is known, and everything is asked for again.

use super::evidence::{FileVersion, Question, VersionList};
use coffer_model::entry::File;
use coffer_model::{ContentAccess, RemotePath, Rev};
use coffer_stdx::private;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::path::Path;
use std::time::Duration;

const SCHEMA: &str = include_str!("schema_1.sql");
const VERSION: i64 = 1;
/// How long to wait for another program that writes.
const BUSY: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct KnownVersions {
    connection: Connection,
}

/// A list of versions as it was at the moment when it was asked for.
#[derive(Debug)]
pub(super) struct KnownList {
    pub asked: Timestamp,
    pub list: VersionList,
}

impl KnownVersions {
    /// Opens the file, or makes it; one that can't be used is made anew.
    pub(super) fn open(file: &Path) -> rusqlite::Result<Self> {
        if let Ok(known) = Self::try_open(file) {
            return Ok(known);
        }
        for suffix in ["", "-wal", "-shm"] {
            let mut path = file.as_os_str().to_owned();
            path.push(suffix);
            // The next try tells what is wrong.
            let _ = std::fs::remove_file(path);
        }
        Self::try_open(file)
    }

    fn try_open(file: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(BUSY)?;
        // It tells the names of files. Some file systems have no modes; the folder is private as well.
        let _ = private::close(file);
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match version {
            VERSION => {}
            0 => connection.execute_batch(&format!(
                "BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT"
            ))?,
            _ => return Err(rusqlite::Error::InvalidQuery),
        }
        Ok(Self { connection })
    }

    pub(super) fn read(&self, question: &Question) -> rusqlite::Result<Option<KnownList>> {
        let known = self
            .connection
            .prepare_cached("SELECT asked, deleted, is_complete FROM version_list WHERE question = ?1")?
            .query_row([question.text()], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?, row.get(2)?)))
            .optional()?;
        let Some((asked, deleted, is_complete)) = known else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(
            "SELECT path, id, rev, bytes, client_modified, server_modified, hash, access, is_kept
             FROM version WHERE question = ?1 ORDER BY place",
        )?;
        let versions = statement.query_map([question.text()], version)?.collect::<rusqlite::Result<_>>()?;
        let list = VersionList { versions, deleted: deleted.map(moment), is_complete };
        Ok(Some(KnownList { asked: moment(asked), list }))
    }

    pub(super) fn write(
        &mut self,
        lists: &[(Question, std::sync::Arc<VersionList>)],
        asked: Timestamp,
    ) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut forget = transaction.prepare_cached("DELETE FROM version WHERE question = ?1")?;
            let mut put_list =
                transaction.prepare_cached("INSERT OR REPLACE INTO version_list VALUES (?1, ?2, ?3, ?4)")?;
            let mut put = transaction.prepare_cached(
                "INSERT INTO version VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?;
            for (question, list) in lists {
                let key = question.text();
                forget.execute([key])?;
                let deleted = list.deleted.map(Timestamp::as_second);
                put_list.execute(params![key, asked.as_second(), deleted, list.is_complete])?;
                for (place, version) in list.versions.iter().enumerate() {
                    let file = &version.file;
                    put.execute(params![
                        key,
                        place as i64,
                        version.path.as_str(),
                        &*file.id,
                        &*file.rev.0,
                        file.size_bytes.cast_signed(),
                        file.client_modified.as_second(),
                        file.server_modified.as_second(),
                        file.content_hash.as_deref(),
                        access_text(&file.access),
                        version.is_kept,
                    ])?;
                }
            }
        }
        transaction.commit()
    }

    /// What was deleted below a folder when that was listed.
    pub(super) fn read_deleted(
        &self,
        folder: &RemotePath,
    ) -> rusqlite::Result<Option<(Timestamp, Vec<RemotePath>)>> {
        let listed = self
            .connection
            .prepare_cached("SELECT listed FROM deleted_list WHERE folder = ?1")?
            .query_row([&**folder.lower()], |row| row.get(0))
            .optional()?;
        let Some(listed) = listed else { return Ok(None) };
        let mut statement =
            self.connection.prepare_cached("SELECT path FROM deleted_item WHERE folder = ?1")?;
        let paths =
            statement.query_map([&**folder.lower()], |row| Ok(RemotePath::new(row.get_ref(0)?.as_str()?)))?;
        Ok(Some((moment(listed), paths.collect::<rusqlite::Result<_>>()?)))
    }

    pub(super) fn write_deleted(
        &mut self,
        folder: &RemotePath,
        listed: Timestamp,
        paths: &[RemotePath],
    ) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        let key = &**folder.lower();
        transaction.execute("DELETE FROM deleted_item WHERE folder = ?1", [key])?;
        transaction.execute(
            "INSERT OR REPLACE INTO deleted_list VALUES (?1, ?2)",
            params![key, listed.as_second()],
        )?;
        {
            let mut put = transaction.prepare_cached("INSERT OR IGNORE INTO deleted_item VALUES (?1, ?2)")?;
            for path in paths {
                put.execute([key, path.as_str()])?;
            }
        }
        transaction.commit()
    }
}

fn version(row: &Row<'_>) -> rusqlite::Result<FileVersion> {
    let text = |place| row.get_ref(place)?.as_str().map_err(rusqlite::Error::from);
    let file = File {
        id: text(1)?.into(),
        rev: Rev(text(2)?.into()),
        size_bytes: row.get::<_, i64>(3)?.cast_unsigned(),
        client_modified: moment(row.get(4)?),
        server_modified: moment(row.get(5)?),
        content_hash: row.get::<_, Option<String>>(6)?.map(Into::into),
        access: match row.get::<_, Option<String>>(7)? {
            None => ContentAccess::Download,
            Some(format) if format.is_empty() => ContentAccess::WebOnly,
            Some(format) => ContentAccess::Export(format.into()),
        },
    };
    Ok(FileVersion { path: RemotePath::new(text(0)?), file, is_kept: row.get(8)? })
}

fn access_text(access: &ContentAccess) -> Option<&str> {
    match access {
        ContentAccess::Download => None,
        ContentAccess::WebOnly => Some(""),
        ContentAccess::Export(format) => Some(format),
    }
}

fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
