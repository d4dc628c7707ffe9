-- Times are UTC: `…_nanos` and `…_secs` since 1970. Unsigned numbers of the system (sizes, inodes) are stored with the
-- same 64 bits. Local paths are bytes, as the system has them. Words in columns (`kind`, `decision`, …) are stable: they
-- are written out in Rust and never follow the name of a variant.

CREATE TABLE transfer (
    -- Never used again, so that a late change of a transfer that is gone meets no other one.
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account       TEXT NOT NULL,
    -- Equal for the same files in the same state to the same places.
    key           BLOB NOT NULL,
    -- 'upload', 'download' or 'save_as'
    kind          TEXT NOT NULL,
    -- Where an upload goes.
    remote_folder TEXT,
    -- Where a download goes: a folder, or with 'save_as' the item itself.
    local_path    BLOB,
    -- What a download does where a name is taken: 'number', 'skip_identical' or 'replace'.
    existing      TEXT,
    created_nanos INTEGER NOT NULL,
    -- When a program began or stopped to work on it.
    touched_secs  INTEGER NOT NULL,
    paused        INTEGER NOT NULL,
    -- It has ended, but files have failed: another try is spared what has been transferred.
    ended         INTEGER NOT NULL,
    -- The program that works on it, if that is alive.
    program       TEXT,
    UNIQUE (account, key)
) STRICT;

-- What an upload was planned from.
CREATE TABLE upload_source (
    transfer   INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    local_path BLOB NOT NULL,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE planned_file (
    transfer       INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    local_path     BLOB NOT NULL,
    remote_path    TEXT NOT NULL,
    size_bytes     INTEGER NOT NULL,
    modified_nanos INTEGER,
    -- 'replace', 'keep_both' or 'skip'
    decision       TEXT,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE empty_folder (
    transfer    INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    remote_path TEXT NOT NULL,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;

-- What had the name of a planned file.
CREATE TABLE conflict (
    transfer              INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position              INTEGER NOT NULL,
    identical             INTEGER NOT NULL,
    -- The entry: 'file', 'folder' or 'deleted'.
    kind                  TEXT NOT NULL,
    path                  TEXT NOT NULL,
    item_id               TEXT,
    rev                   TEXT,
    size_bytes            INTEGER,
    client_modified_nanos INTEGER,
    server_modified_nanos INTEGER,
    content_hash          TEXT,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;

-- What a download was asked to download.
CREATE TABLE requested_entry (
    transfer              INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position              INTEGER NOT NULL,
    kind                  TEXT NOT NULL,
    path                  TEXT NOT NULL,
    item_id               TEXT,
    rev                   TEXT,
    size_bytes            INTEGER,
    client_modified_nanos INTEGER,
    server_modified_nanos INTEGER,
    content_hash          TEXT,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;

-- Uploaded files that are files of the account, by their positions in the plan.
CREATE TABLE committed_file (
    transfer              INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position              INTEGER NOT NULL,
    kind                  TEXT NOT NULL,
    path                  TEXT NOT NULL,
    item_id               TEXT,
    rev                   TEXT,
    size_bytes            INTEGER,
    client_modified_nanos INTEGER,
    server_modified_nanos INTEGER,
    content_hash          TEXT,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;

-- A free name with a number that a file is about to be committed under.
CREATE TABLE numbered_name (
    transfer    INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    remote_path TEXT NOT NULL,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;

-- Folders that an upload has made.
CREATE TABLE made_folder (
    transfer    INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    remote_path TEXT NOT NULL,
    item_id     TEXT NOT NULL,
    PRIMARY KEY (transfer, remote_path)
) STRICT, WITHOUT ROWID;

-- Sessions for the small files of an upload, one file each. A session whose file is committed, or that is of no use, is
-- deleted.
CREATE TABLE batch_session (
    transfer       INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    session_id     TEXT NOT NULL,
    started_secs   INTEGER NOT NULL,
    -- The file that was last sent to it, if any.
    position       INTEGER,
    content_hash   TEXT,
    size_bytes     INTEGER,
    modified_nanos INTEGER,
    inode          INTEGER,
    -- Nothing but this very content can be in the session.
    fits           INTEGER,
    -- The service has confirmed that it holds the file.
    held           INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (transfer, session_id)
) STRICT, WITHOUT ROWID;

-- Files and ordered folders that a download has finished.
CREATE TABLE downloaded_item (
    transfer   INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    path_lower TEXT NOT NULL,
    -- Its name in its folder on this computer.
    local_name TEXT NOT NULL,
    -- None for folders.
    rev        TEXT,
    PRIMARY KEY (transfer, path_lower)
) STRICT, WITHOUT ROWID;

-- The session of a large file, found by account and both paths, whichever transfer the file is in.
CREATE TABLE upload_session (
    id             INTEGER PRIMARY KEY,
    key            BLOB NOT NULL UNIQUE,
    session_id     TEXT NOT NULL,
    started_secs   INTEGER NOT NULL,
    size_bytes     INTEGER NOT NULL,
    modified_nanos INTEGER NOT NULL,
    inode          INTEGER NOT NULL,
    program        TEXT
) STRICT;

-- Blocks that the service has confirmed.
CREATE TABLE upload_block (
    session  INTEGER NOT NULL REFERENCES upload_session (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (session, position)
) STRICT, WITHOUT ROWID;

-- A hidden local file that is not complete. Of two programs that download the same file each has its own.
CREATE TABLE partial_file (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    key          BLOB NOT NULL,
    local_path   BLOB NOT NULL,
    rev          TEXT NOT NULL,
    size_bytes   INTEGER NOT NULL,
    touched_secs INTEGER NOT NULL,
    program      TEXT
) STRICT;

CREATE INDEX partial_file_key ON partial_file (key);

-- Blocks that were written to it.
CREATE TABLE partial_block (
    file     INTEGER NOT NULL REFERENCES partial_file (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (file, position)
) STRICT, WITHOUT ROWID;

-- Hidden local folders of small files that are not verified yet.
CREATE TABLE staging_folder (
    local_path BLOB PRIMARY KEY,
    program    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
