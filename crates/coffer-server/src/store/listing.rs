//! Listing folders in pages, and the changes since a moment. Both read by key, so a page costs the same
//! wherever it starts and however large the account is.

use super::entry::{ENTRY_COLUMNS, ENTRY_TABLES, Presence, StoredEntry, find, parent_of, read_entry};
use super::error::StoreError;
use rusqlite::{Connection, params};

/// Rows read for one page at most. A page may come out short, even empty, when most of them are
/// gone or lie elsewhere; the page says that there is more.
const SCAN: usize = 20_000;

/// What a listing covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingCoverage {
    /// The folder; `""` is the root.
    pub path_lower: String,
    /// Everything below, and the folder itself unless it is the root; otherwise its children only.
    pub recursive: bool,
    pub include_deleted: bool,
}

/// Where the next page starts. The default is the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Children are listed first as they are, then (when asked for) as they were deleted.
    pub among_deleted: bool,
    /// The path after which to go on.
    pub after: String,
}

/// Some entries and where to go on; `None` after the last.
#[derive(Debug)]
pub struct ListingPage {
    pub entries: Vec<StoredEntry>,
    pub next: Option<Position>,
}

/// Changes since a moment, each path in its present state.
#[derive(Debug)]
pub struct Changes {
    /// Present entries, and those that are gone (moved away or deleted).
    pub entries: Vec<StoredEntry>,
    /// The moment up to which this accounts for everything.
    pub sequence: i64,
    pub has_more: bool,
}

impl ListingCoverage {
    /// Whether a path is part of this listing.
    pub fn covers(&self, path_lower: &str) -> bool {
        if self.recursive {
            path_lower
                .strip_prefix(self.path_lower.as_str())
                .is_some_and(|rest| rest.starts_with('/') || (rest.is_empty() && !self.path_lower.is_empty()))
        } else {
            path_lower != self.path_lower && parent_of(path_lower) == self.path_lower
        }
    }

    fn shows(&self, presence: Presence) -> bool {
        match presence {
            Presence::Present => true,
            Presence::Deleted => self.include_deleted,
            Presence::MovedAway => false,
        }
    }
}

/// The moment of the last change in the account.
pub fn current_sequence(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.prepare_cached("SELECT sequence FROM counters")?.query_row([], |row| row.get(0))?)
}

/// Bytes in all present files.
pub fn used_bytes(connection: &Connection) -> Result<u64, StoreError> {
    let used: i64 =
        connection.prepare_cached("SELECT used_bytes FROM counters")?.query_row([], |row| row.get(0))?;
    Ok(used.max(0) as u64)
}

/// One page of a listing, at most `limit` entries.
pub fn page(
    connection: &Connection,
    scope: &ListingCoverage,
    position: &Position,
    limit: usize,
) -> Result<ListingPage, StoreError> {
    if scope.recursive {
        tree_page(connection, scope, position, limit)
    } else {
        children_page(connection, scope, position, limit)
    }
}

fn children_page(
    connection: &Connection,
    scope: &ListingCoverage,
    position: &Position,
    limit: usize,
) -> Result<ListingPage, StoreError> {
    let mut position = position.clone();
    let mut entries = Vec::new();
    loop {
        let presence = if position.among_deleted { Presence::Deleted } else { Presence::Present };
        let before = entries.len();
        let sql = format!(
            "SELECT {ENTRY_COLUMNS} FROM {ENTRY_TABLES} \
             WHERE e.parent_lower = ?1 AND e.gone = ?2 AND e.path_lower > ?3 ORDER BY e.path_lower LIMIT ?4"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(
            params![scope.path_lower, presence.code(), position.after, (limit - before) as i64 + 1],
            read_entry,
        )?;
        for row in rows {
            entries.push(row?);
        }
        if entries.len() > limit {
            entries.truncate(limit);
            if entries.len() > before {
                position.after =
                    entries.last().map(|last: &StoredEntry| last.path_lower.clone()).unwrap_or_default();
            }
            return Ok(ListingPage { entries, next: Some(position) });
        }
        if position.among_deleted || !scope.include_deleted {
            return Ok(ListingPage { entries, next: None });
        }
        position = Position { among_deleted: true, after: String::new() };
    }
}

fn tree_page(
    connection: &Connection,
    scope: &ListingCoverage,
    position: &Position,
    limit: usize,
) -> Result<ListingPage, StoreError> {
    let mut entries = Vec::new();
    let mut after = position.after.clone();
    if after.is_empty() {
        if let Some(top) = find(connection, &scope.path_lower)?
            && scope.shows(top.presence)
        {
            entries.push(top);
        }
        after = format!("{}/", scope.path_lower);
    }
    // Everything below a folder lies between `folder/` and `folder0`, because `0` follows `/`.
    let end = format!("{}0", scope.path_lower);
    let sql = format!(
        "SELECT {ENTRY_COLUMNS} FROM {ENTRY_TABLES} \
         WHERE e.path_lower > ?1 AND e.path_lower < ?2 ORDER BY e.path_lower LIMIT ?3"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![after, end, SCAN as i64])?;
    let mut scanned = 0;
    while let Some(row) = rows.next()? {
        let entry = read_entry(row)?;
        let shown = scope.shows(entry.presence);
        if shown && entries.len() == limit {
            // There is one more than fits: the page ends before it.
            return Ok(ListingPage { entries, next: Some(Position { among_deleted: false, after }) });
        }
        scanned += 1;
        after.clone_from(&entry.path_lower);
        if shown {
            entries.push(entry);
        }
    }
    let next = (scanned == SCAN).then_some(Position { among_deleted: false, after });
    Ok(ListingPage { entries, next })
}

/// What changed after `sequence`, oldest change first, at most `limit` entries.
pub fn changes(
    connection: &Connection,
    scope: &ListingCoverage,
    sequence: i64,
    limit: usize,
) -> Result<Changes, StoreError> {
    let sql = format!(
        "SELECT {ENTRY_COLUMNS} FROM {ENTRY_TABLES} WHERE e.sequence > ?1 ORDER BY e.sequence LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([sequence, SCAN as i64])?;
    let mut changes = Changes { entries: Vec::new(), sequence, has_more: false };
    let mut scanned = 0;
    while let Some(row) = rows.next()? {
        let covered = scope.covers(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        if covered && changes.entries.len() == limit {
            changes.has_more = true;
            return Ok(changes);
        }
        scanned += 1;
        changes.sequence = row.get(5)?;
        if covered {
            changes.entries.push(read_entry(row)?);
        }
    }
    changes.has_more = scanned == SCAN;
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(path: &str, recursive: bool) -> ListingCoverage {
        ListingCoverage { path_lower: path.into(), recursive, include_deleted: false }
    }

    #[test]
    fn a_recursive_listing_covers_the_folder_itself_and_everything_below_it() {
        for (folder, path, covered) in [
            ("", "/a", true),
            ("", "/a/b", true),
            ("/a", "/a", true),
            ("/a", "/a/b/c", true),
            ("/a", "/ab", false),
            ("/a", "/a b/c", false),
            ("/a/b", "/a", false),
        ] {
            assert_eq!(scope(folder, true).covers(path), covered, "{path} in {folder}");
        }
    }

    #[test]
    fn a_plain_listing_covers_the_children_only() {
        for (folder, path, covered) in [
            ("", "/a", true),
            ("", "/a/b", false),
            ("/a", "/a", false),
            ("/a", "/a/b", true),
            ("/a", "/a/b/c", false),
        ] {
            assert_eq!(scope(folder, false).covers(path), covered, "{path} in {folder}");
        }
    }
}
